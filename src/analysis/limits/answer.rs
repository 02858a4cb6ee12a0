//! What the engine answers: the limits of a day, with everything that they come from.

use chrono::NaiveDate;

use super::source::{Because, Source};

/// How many days ahead limits are followed.
pub const HORIZON_DAYS: u64 = 60;

/// How far the next run and the next seven days may go, as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The day of the report.
    pub as_of: NaiveDate,
    /// The last run on or before it.
    pub last_run: Option<NaiveDate>,
    /// The day of the next run: the day of the report, or the day after where a run stands on it.
    pub date: NaiveDate,
    /// The most for the next run, in whole metres; `None` where nothing can be said, 0 where no run is possible.
    pub next_run_m: Option<i64>,
    /// The last day for which that holds; `None` without a limit, or more than [`HORIZON_DAYS`] ahead.
    pub until: Option<NaiveDate>,
    /// The first day on which a run is possible at all, where it is later than `date`.
    pub not_before: Option<NaiveDate>,
    /// Why the next run may go so far; `None` without a limit.
    pub because: Option<Because>,
    /// Why there is no limit on the next run.
    pub missing: Option<Missing>,
    /// The most running of the next session, where running and walking take turns.
    pub running: Option<RunningLimit>,
    /// The most for the seven days after the day of the report, in whole metres; `None` where nothing can be said.
    pub next_7_days_m: Option<i64>,
    /// The last day of the hold or break that limits them, where one does.
    pub next_7_days_until: Option<NaiveDate>,
    /// Why the seven days may go so far.
    pub week_because: Option<Because>,
    /// The limits on a run of the next [`HORIZON_DAYS`], beginning with `date`; never empty.
    pub steps: Vec<Step>,
    /// Everything that limits the next run (the strictest first) and the next seven days.
    pub sources: Vec<Source>,
}

/// Days in a row with the same limit on a run, supposing no run and no break that has not begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; `None` where it lies more than [`HORIZON_DAYS`] ahead.
    pub until: Option<NaiveDate>,
    /// The limit in whole metres; `None` where nothing can be said.
    pub most_m: Option<i64>,
    /// Why.
    pub because: Option<Because>,
}

/// How much running the next session may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningLimit {
    /// Whole minutes.
    pub minutes: i64,
    /// The last day for which it holds; `None` where it lies more than [`HORIZON_DAYS`] ahead.
    pub until: Option<NaiveDate>,
    /// Why.
    pub because: Because,
}

/// Why there is no limit on a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No run at all.
    NoRuns,
    /// Too few days are known.
    ShortHistory {
        /// So many are known.
        days: i64,
        /// So many are needed.
        needed: i64,
    },
    /// No run in the 30 days before, or none long enough to count from.
    NothingToCountFrom,
}
