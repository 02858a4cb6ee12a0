//! The week in a sentence, and how far the next runs may go.

use super::{Page, markup::Html};
use crate::{
    dates,
    report::{
        text::{cap_arithmetic, next},
        verdict,
        words::caps,
    },
};

/// The top of the page.
pub(super) fn write(html: &mut Html, page: &Page<'_>) {
    let analysis = page.analysis;
    html.around("<h1>treadlight, ", &dates::with_weekday(analysis.as_of), "");
    html.around(" ", &analysis.as_of.format("%Y").to_string(), "</h1>\n");
    html.around("<p class=\"verdict\">", &verdict::sentence(analysis, page.units), "</p>\n");
    if let Some(newest) = analysis.stale_since {
        let newest = dates::long(newest);
        html.around("<p>Newest activity: ", &newest, ". Have you exported lately?</p>\n");
    }
    if !page.import.runs.is_empty() {
        write_caps(html, page);
    }
}

fn write_caps(html: &mut Html, page: &Page<'_>) {
    let (caps, units) = (&page.analysis.caps, page.units);
    html.around("<dl class=\"caps\">\n<div><dt>One run</dt><dd>", &next::run(caps, units), "</dd>");
    if caps.next_run_m.is_some() {
        html.around("<dd class=\"why\">", &caps::sentence(&caps.because, units), "</dd>");
    }
    html.around("</div>\n<div><dt>Next 7 days</dt><dd>", &next::week(caps, units), "</dd>");
    if caps.next_7_days_m.is_some() {
        html.around("<dd class=\"why\">", &next::week_reason(caps), "</dd>");
    }
    html.tag("</div>\n</dl>\n<details><summary>How these limits come about</summary>\n<pre>");
    let text = cap_arithmetic::of_caps(page.analysis, units).unwrap_or_default();
    html.lines(&anstream::adapter::strip_str(&text).to_string()).tag("</pre></details>\n");
}
