//! Distances and dates as the sample's README writes them.

use chrono::{Datelike, NaiveDate};

use super::story::AS_OF;

pub(super) fn km(meters: i64) -> String {
    format!("{:.1} km", meters as f64 / 1000.0)
}

pub(super) fn short(date: NaiveDate) -> String {
    let format = if date.year() == AS_OF.year() { "%-d %b" } else { "%-d %b %Y" };
    date.format(format).to_string()
}

pub(super) fn long_date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}
