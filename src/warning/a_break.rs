//! Days without a run.

use chrono::NaiveDate;

/// Days without a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// The last run before them.
    pub last_run: NaiveDate,
    /// The first run after them, or the day of the report while they last.
    pub up_to: NaiveDate,
    /// Whether no run has ended them yet.
    pub lasts: bool,
    /// Days from `last_run` to `up_to`.
    pub days: i64,
    /// After how many days a break is told this way: 7, 14, 31 or 57.
    pub told_from_days: i64,
}
