//! The last weeks as a table.

use super::{Page, markup::Html};
use crate::{
    dates,
    report::text::weeks::{change, distance},
};

/// Weeks that the table shows.
const WEEKS_SHOWN: usize = 12;

/// The newest weeks, newest first.
pub(super) fn write(html: &mut Html, page: &Page<'_>) {
    let (analysis, units) = (page.analysis, page.units);
    html.tag("<h2>The last 12 weeks</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"group\" ");
    html.tag("aria-label=\"The last 12 weeks\">\n<table>\n<thead><tr><th scope=\"col\">week of</th>");
    html.around("<th scope=\"col\">", units.symbol(), "</th>");
    for name in ["runs", "longest", "vs 4-week best", "7-day peak"] {
        html.around("<th scope=\"col\">", name, "</th>");
    }
    html.tag("</tr></thead>\n<tbody>\n");
    for week in analysis.weeks.iter().rev().take(WEEKS_SHOWN) {
        let complete = analysis.is_complete(week.week_start);
        let so_far = if complete { "" } else { " (so far)" };
        let start = dates::relative_to(week.week_start, analysis.as_of);
        html.around("<tr><th scope=\"row\">", &format!("{start}{so_far}"), "</th>");
        let cells = [
            distance(week, units),
            week.runs.to_string(),
            week.longest_m.map_or_else(|| "–".to_owned(), |meters| units.number(meters)),
            change(week, complete),
            units.number(week.peak_7_days_m),
        ];
        for cell in cells {
            html.around("<td>", &cell, "</td>");
        }
        html.tag("</tr>\n");
    }
    html.tag("</tbody>\n</table>\n</div>\n");
}
