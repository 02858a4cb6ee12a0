//! A page that is to be printed on one sheet of A4: no chart, no script, black on white, nothing loaded from anywhere.

use super::{
    blocks,
    markup::{Markup, tag},
};
use crate::report::{charts::ChartError, page::Page};

const STYLE: &str = "\n@page{size:A4;margin:12mm 14mm}\n\
body{font:10.5pt/1.35 system-ui,sans-serif;max-width:182mm;margin:1em auto;padding:0 1em;color:#111;background:#fff}\n\
h2{font-size:11.5pt;margin:.7em 0 .2em}\np{margin:.2em 0;overflow-wrap:anywhere}\n\
table{border-collapse:collapse;font-size:9.5pt}\nth,td{padding:.05em .7em .05em 0;text-align:right;font-weight:400}\n\
thead th{font-weight:600}\nth:first-child{text-align:left}\n\
.words{text-align:left;font-family:ui-monospace,monospace;white-space:pre}\n\
@media screen and (max-width:30em){body{font-size:12pt}table{font-size:8.5pt}}\n\
@media print{body{margin:0;padding:0;max-width:none}}\n";

/// The page as a file of its own.
///
/// # Errors
/// None without charts, of which paper has none.
pub fn paper(page: &Page, title: &str) -> Result<String, ChartError> {
    let sections = page.sections.iter().map(|section| blocks::section(section, None));
    let main = tag("main").hold_lines(sections.collect::<Result<Vec<_>, _>>()?);
    let head = tag("head").hold_lines([
        Markup::ours("<meta charset=\"utf-8\"/>"),
        Markup::ours("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>"),
        tag("title").say(title),
        tag("style").hold([Markup::ours(STYLE)]),
    ]);
    let page = tag("html").with("lang", "en").hold_lines([head, tag("body").hold_lines([main])]);
    Ok(Markup::ours("<!DOCTYPE html>\n").then(page).then(Markup::ours("\n")).into_text())
}
