//! The charts: what each says as words, then its shapes, once for desktops and once for phones.

use super::markup::Html;
use crate::report::charts::{
    Chart,
    vectors::{Drawing, Vectors},
};

/// Every chart, in the order of the report.
pub(super) fn write(html: &mut Html, drawn: &[(Chart, Vectors)]) {
    html.tag("<section class=\"figures\" aria-label=\"Charts\">\n");
    for (chart, vectors) in drawn {
        html.tag(match chart {
            Chart::WeeklyMileage | Chart::LongRuns => "<figure class=\"lead\"",
            _ if vectors.narrow.is_tall => "<figure class=\"tall\"",
            _ => "<figure",
        });
        write_tips(html, &vectors.tips);
        html.tag(">\n");
        write_caption(html, chart.name(), vectors);
        write_legend(html, vectors);
        write_drawing(html, "<svg class=\"broad\" role=\"img\" viewBox=\"", chart.name(), &vectors.wide);
        write_drawing(html, "<svg class=\"narrow\" role=\"img\" viewBox=\"", chart.name(), &vectors.narrow);
        html.tag("</figure>\n");
    }
    html.tag("</section>\n");
}

/// What the hover script tells: texts once a chart, places once a drawing.
fn write_tips(html: &mut Html, tips: &[String]) {
    if !tips.is_empty() {
        let tips: Vec<String> = tips.iter().map(|tip| tip.replace('|', "/")).collect();
        html.around(" data-tips=\"", &tips.join("|"), "\"");
    }
}

/// Heading and description, which are the drawings' text alternative too.
fn write_caption(html: &mut Html, name: &str, vectors: &Vectors) {
    html.around("<figcaption><h2 id=\"", name, "-title\">").around("", &vectors.title, "</h2>");
    html.around("<p id=\"", name, "-description\">").around("", &vectors.subtitle, "</p></figcaption>\n");
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

/// One of the two drawings; the style sheet shows the one that fits and hides the other from everybody.
fn write_drawing(html: &mut Html, open: &'static str, name: &str, drawing: &Drawing) {
    html.tag(open).text(&drawing.view_box).tag("\" aria-labelledby=\"");
    html.text(&format!("{name}-title {name}-description")).tag("\"");
    if !drawing.places.is_empty() {
        let places: Vec<String> = drawing.places.iter().map(|(x, y)| format!("{x} {y}")).collect();
        html.around(" data-at=\"", &places.join(" "), "\"");
    }
    html.tag(">\n").shapes(drawing).tag("</svg>\n");
}
