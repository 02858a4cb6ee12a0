//! A page as one HTML file: no network, no file beside it. [`head`] has its look and its script, [`blocks`] what it says,
//! [`figures`] the charts, [`paper`] is a page to print, [`markup`] closes tags and escapes, [`inline`] finds code and citations.

mod blocks;
mod figures;
mod head;
mod inline;
mod markup;
mod paper;

use chrono::NaiveDate;

use crate::{
    dates,
    report::{
        charts::{ChartError, data::ChartData},
        page::Page,
    },
};
use markup::{Markup, tag};
pub use paper::paper;

/// The whole page; `data` is what the charts draw.
///
/// # Errors
/// A chart cannot be drawn.
pub fn html(page: &Page, as_of: NaiveDate, data: &ChartData) -> Result<String, ChartError> {
    let sections = page.sections.iter().map(|section| blocks::section(section, Some(data)));
    let main = tag("main").hold_lines(sections.collect::<Result<Vec<_>, _>>()?);
    let body = [main, head::footer(head::OF_A_RUNNER, as_of), head::script()];
    Ok(document(&format!("treadlight, as of {}", dates::long(as_of)), body))
}

/// A page about many runners, without charts.
///
/// # Errors
/// None without charts.
pub fn roster(page: &Page, as_of: NaiveDate) -> Result<String, ChartError> {
    let sections = page.sections.iter().map(|section| blocks::section(section, None));
    let main = tag("main").hold_lines(sections.collect::<Result<Vec<_>, _>>()?);
    let body = [main, head::footer(head::OF_MANY, as_of)];
    Ok(document(&format!("treadlight triage, as of {}", dates::long(as_of)), body))
}

fn document<const N: usize>(title: &str, body: [Markup; N]) -> String {
    let page = tag("html").with("lang", "en").hold_lines([head::head(title), tag("body").hold_lines(body)]);
    Markup::ours("<!DOCTYPE html>\n").then(page).then(Markup::ours("\n")).into_text()
}
