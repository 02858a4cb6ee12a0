//! A page as one HTML file: no network, no file beside it. [`head`] has its look and its script, [`blocks`] what it says,
//! [`figures`] the charts, [`paper`] is a page to print, [`markup`] closes tags and escapes, [`inline`] finds code and citations.

mod blocks;
mod figures;
mod head;
mod inline;
mod markup;
mod paper;

use chrono::NaiveDate;

use crate::report::{
    charts::{ChartError, data::ChartData},
    page::Page,
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
    let body = tag("body").hold_lines([main, head::footer(as_of), head::script()]);
    let page = tag("html").with("lang", "en").hold_lines([head::head(as_of), body]);
    Ok(Markup::ours("<!DOCTYPE html>\n").then(page).then(Markup::ours("\n")).into_text())
}
