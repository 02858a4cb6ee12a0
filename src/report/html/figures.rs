//! The charts: what each says as words, then its shapes.

use super::markup::Html;
use crate::report::charts::{Chart, vectors::Vectors};

/// Every chart, in the order of the report.
pub(super) fn write(html: &mut Html, drawn: &[(Chart, Vectors)]) {
    html.tag("<section class=\"figures\" aria-label=\"Charts\">\n");
    for (chart, vectors) in drawn {
        let lead = matches!(chart, Chart::WeeklyMileage | Chart::LongRuns);
        html.tag(if lead { "<figure class=\"lead\">\n" } else { "<figure>\n" });
        write_caption(html, vectors);
        write_legend(html, vectors);
        write_shapes(html, *chart, vectors);
        html.tag("</figure>\n");
    }
    html.tag("</section>\n");
}

fn write_caption(html: &mut Html, vectors: &Vectors) {
    html.around("<figcaption><h2>", &vectors.title, "</h2><p>");
    html.around("", &vectors.subtitle, "</p></figcaption>\n");
}

fn write_legend(html: &mut Html, vectors: &Vectors) {
    if vectors.legend.is_empty() {
        return;
    }
    html.tag("<ul class=\"legend\">\n");
    for entry in &vectors.legend {
        html.tag("<li><svg aria-hidden=\"true\" viewBox=\"").text(&entry.view_box).tag("\">\n").mark(entry);
        html.around("</svg> ", &entry.word, "</li>\n");
    }
    html.tag("</ul>\n");
}

/// In a box of its own that scrolls sideways where the page is narrower than the chart can be read.
fn write_shapes(html: &mut Html, chart: Chart, vectors: &Vectors) {
    let name = chart.name();
    // names stand at the left of the shoes; of the others the newest days are seen first
    html.tag(if chart == Chart::Shoes {
        "<div class=\"wide chart\""
    } else {
        "<div class=\"wide chart newest\""
    });
    html.tag(" tabindex=\"0\" role=\"group\" aria-label=\"").text(&vectors.title);
    html.tag("\"><svg role=\"img\" viewBox=\"").text(&vectors.view_box).tag("\" aria-labelledby=\"");
    html.text(&format!("{name}-title {name}-description")).tag("\">\n<title id=\"").text(name);
    html.around("-title\">", &vectors.title, "</title>\n<desc id=\"").text(name);
    html.around("-description\">", &vectors.subtitle, "</desc>\n");
    html.shapes(vectors).tag("</svg></div>\n");
}
