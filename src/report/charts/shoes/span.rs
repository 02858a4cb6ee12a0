//! Which days the shoes chart shows, and what is said of a pair on them.

use chrono::{Days, NaiveDate};

use crate::report::charts::data::{ChartData, ShoeLife};

/// Width of the edges of a window.
pub(super) const EDGE: f64 = 1.5;
/// Days shown where nothing was run, and days behind today at least.
const SHORTEST_DAYS: u64 = 28;
const LEAST_AHEAD_DAYS: i64 = 14;
/// Forecasts take up to this share of the days shown before today, or so many days.
const AHEAD_SHARE: f64 = 0.35;
const AHEAD_DAYS: i64 = 90;

/// The first day of the charts, or the first on which one of the pairs was worn (without any: on which anything was run) if that
/// is later.
pub(super) fn first_day(pairs: &[&ShoeLife], data: &ChartData) -> NaiveDate {
    let lines = pairs.iter().map(|pair| &pair.line);
    let worn = lines.filter_map(|line| line.first()).map(|(date, _)| *date).min();
    let begun = worn.or(data.unassigned.first().map(|(date, _)| *date));
    let earliest = latest_start(data);
    let shown_from = data.weeks.first().map_or(earliest, |week| week.start);
    begun.map_or(earliest, |begun| begun.max(shown_from)).min(earliest)
}

/// No chart begins later than this.
pub(super) fn latest_start(data: &ChartData) -> NaiveDate {
    data.as_of.checked_sub_days(Days::new(SHORTEST_DAYS)).unwrap_or(data.as_of)
}

/// Days from today to the right edge: to the last forecast, but no further than the past can bear.
pub(super) fn days_ahead(pairs: &[&ShoeLife], data: &ChartData, days_behind: i64) -> i64 {
    let last = pairs.iter().filter_map(|pair| pair.fan).map(|fan| (fan.late - data.as_of).num_days()).max();
    let most = AHEAD_DAYS.max((days_behind as f64 * AHEAD_SHARE) as i64);
    last.unwrap_or_default().clamp(LEAST_AHEAD_DAYS, most)
}

/// Whether there is a row for what was run in no known pair: always, if there are no pairs.
pub(super) fn shows_unassigned(data: &ChartData) -> bool {
    data.unassigned_m > 0 || data.shoes.is_empty()
}

pub(super) fn is_past(pair: &ShoeLife) -> bool {
    pair.retired.is_none() && pair.distance_m > pair.window_end_m
}
