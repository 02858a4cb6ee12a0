//! What was imported, and what was not, file by file.

use super::{Page, markup::Html};
use crate::{
    dates,
    report::text::imported::{not_counted_sentences, summary},
};

/// Files of a kind that are named; the rest is counted.
const NAMED: usize = 40;

/// Totals, then what did not count.
pub(super) fn write(html: &mut Html, page: &Page<'_>) {
    let import = page.import;
    html.around("<h2>What was imported</h2>\n<p>", &summary(import), "</p>\n");
    for sentence in not_counted_sentences(import) {
        html.tag("<p class=\"muted\">").with_code(&sentence).tag("</p>\n");
    }
    for notice in &import.notices {
        html.tag("<p class=\"muted\">").with_code(notice).tag("</p>\n");
    }
    let others = import.others.iter().map(|other| {
        let sport = other.sport.as_str().replace('_', " ");
        format!("{}: {sport}, {}", other.file, dates::long(other.local_date()))
    });
    write_list(html, "Other sports", &others.collect::<Vec<_>>());
    let duplicates = import.duplicates.iter().map(|twin| format!("{}: {}", twin.activity.file, twin.because));
    write_list(html, "Duplicates", &duplicates.collect::<Vec<_>>());
    let skipped = import.skipped.iter().map(|skipped| format!("{}: {}", skipped.file, skipped.reason));
    write_list(html, "Skipped", &skipped.collect::<Vec<_>>());
}

fn write_list(html: &mut Html, name: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    html.around("<details><summary>", &format!("{name}: {}", lines.len()), "</summary>\n<ul>\n");
    for line in lines.iter().take(NAMED) {
        html.around("<li>", line, "</li>\n");
    }
    html.tag("</ul>\n");
    if lines.len() > NAMED {
        let rest = format!("+{} more: `treadlight runs --skipped` lists them.", lines.len() - NAMED);
        html.tag("<p class=\"muted\">").with_code(&rest).tag("</p>\n");
    }
    html.tag("</details>\n");
}
