//! The charts: what each says as words, then its shapes, once for desktops and once for phones.

use super::markup::{Markup, tag, words};
use crate::report::charts::{
    Chart, ChartError,
    data::ChartData,
    vectors::{self, Drawing, Vectors},
};

/// Every chart, in this order.
pub(super) fn figures(charts: &[Chart], data: &ChartData) -> Result<Markup, ChartError> {
    let drawn = charts.iter().map(|chart| Ok(figure(*chart, &vectors::draw(*chart, data)?)));
    let drawn = drawn.collect::<Result<Vec<_>, ChartError>>()?;
    Ok(tag("section").class("figures").with("aria-label", "Charts").hold_lines(drawn))
}

fn figure(chart: Chart, vectors: &Vectors) -> Markup {
    let class = match chart {
        Chart::WeeklyMileage | Chart::LongRuns => Some("lead"),
        _ if vectors.narrow.is_tall => Some("tall"),
        _ => None,
    };
    // what the hover script tells: texts once a chart, places once a drawing
    let tips: Vec<String> = vectors.tips.iter().map(|tip| words(tip).replace('|', "/")).collect();
    let tips = (!tips.is_empty()).then(|| tips.join("|"));
    tag("figure").with_any("class", class).with_any("data-tips", tips.as_deref()).hold_lines([
        caption(chart.name(), vectors),
        legend(vectors),
        drawing("broad", chart.name(), &vectors.wide),
        drawing("narrow", chart.name(), &vectors.narrow),
    ])
}

/// Heading and description, which are the drawings' text alternative too.
fn caption(name: &str, vectors: &Vectors) -> Markup {
    tag("figcaption").hold([
        tag("h2").with("id", &format!("{name}-title")).say(&vectors.title),
        tag("p").with("id", &format!("{name}-description")).say(&vectors.subtitle),
    ])
}

fn legend(vectors: &Vectors) -> Markup {
    if vectors.legend.is_empty() {
        return Markup::nothing();
    }
    tag("ul").class("legend").hold_lines(vectors.legend.iter().map(|entry| {
        let mark = tag("svg").with("aria-hidden", "true").with("viewBox", &entry.view_box);
        let mark = mark.hold([Markup::ours("\n"), Markup::ours(&entry.elements)]);
        tag("li").hold([mark, Markup::text(&format!(" {}", entry.word))])
    }))
}

/// One of the two drawings; the style sheet shows the one that fits and hides the other from everybody.
fn drawing(class: &str, name: &str, drawing: &Drawing) -> Markup {
    let places: Vec<String> = drawing.places.iter().map(|(x, y)| format!("{x} {y}")).collect();
    let places = (!places.is_empty()).then(|| places.join(" "));
    tag("svg")
        .class(class)
        .with("role", "img")
        .with("viewBox", &drawing.view_box)
        .with("aria-labelledby", &format!("{name}-title {name}-description"))
        .with_any("data-at", places.as_deref())
        .hold([Markup::ours("\n"), Markup::ours(&drawing.elements)])
}
