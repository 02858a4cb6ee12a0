//! The rows of days and weeks, and what they are made by, whoever adds them up.

use chrono::NaiveDate;

pub use crate::fields::WeekRow;

/// Days that a rolling week holds.
pub(super) const ROLLING_DAYS: usize = 7;
/// Weeks that the best one is taken of.
pub(super) const WEEKS_COMPARED: usize = 4;
/// The days that a runner's table covers.
#[derive(Clone, Copy, Debug)]
pub struct Span<'a> {
    /// Whose days; `None` where there is one runner.
    pub runner: Option<&'a str>,
    /// The first day.
    pub first: NaiveDate,
    /// The last day; a span that ends before it starts is empty.
    pub last: NaiveDate,
}

impl Span<'_> {
    pub(super) fn days(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.first.iter_days().take_while(|day| *day <= self.last)
    }
}

/// A day of a runner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayRow {
    /// The day.
    pub date: NaiveDate,
    /// Distance of its runs in whole metres.
    pub distance_m: i64,
    /// Number of its runs.
    pub runs: u32,
    /// Distance of this day and the six before it, in whole metres.
    pub last_7_days_m: i64,
    /// Longest run in whole metres; `None` without a run.
    pub longest_m: Option<i64>,
    /// Moving time in seconds; `None` where no run has one.
    pub moving_time_s: Option<f64>,
}

/// The highest of the rows before each, as far back as weeks are compared. Not by a shift of polars: the null that comes
/// in costs eight megabytes of zeros, as a literal one does.
pub(super) fn best_before(distances_m: &[Option<i64>]) -> Vec<Option<i64>> {
    let before = |row: usize| &distances_m[row.saturating_sub(WEEKS_COMPARED)..row];
    (0..distances_m.len()).map(|row| before(row).iter().flatten().max().copied()).collect()
}
