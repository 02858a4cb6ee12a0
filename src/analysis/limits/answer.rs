//! What the engine answers: the limits of a day, with everything that they come from.

use chrono::NaiveDate;

use super::{
    exposure::Exposure,
    source::{Because, Source},
};
use crate::{dates, warning::Body};

/// How many days ahead limits are followed.
pub const HORIZON_DAYS: u64 = 60;
/// A last run this many days ago leaves nothing to count seven days from.
pub const WEEK_UNKNOWN_AFTER_DAYS: i64 = 14;
/// A step of ten per cent, and the days between two of them.
const STEP_PERCENT: i64 = 110;
const DAYS_A_STEP: u64 = 7;
/// More steps than this (a year) say nothing.
const MOST_STEPS: u64 = 52;

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
    /// How far a run may go, in per cent of what counts: 110, or less by a stricter threshold.
    pub run_percent: i64,
    /// Everything that limits the next run (the strictest first) and the next seven days.
    pub sources: Vec<Source>,
    /// What the knee diary says first, where it leaves less than a number.
    pub body: Option<Body>,
}

impl Limits {
    /// The first day on which a distance is within the limit; `None` where that lies more than [`HORIZON_DAYS`] ahead.
    #[must_use]
    pub fn fits_from(&self, distance_m: i64) -> Option<NaiveDate> {
        let fits = |step: &&Step| step.most_m.is_some_and(|most_m| distance_m <= most_m);
        let first = self.steps.iter().find(fits)?.from;
        Some(self.not_before.map_or(first, |not_before| first.max(not_before)))
    }

    /// How often a distance beyond every limit of the horizon lies a step of ten per cent away, and the first day of the
    /// last step, with seven days between the steps: arithmetic on the highest limit, not a plan. `None` where the distance
    /// fits without, where there is no limit, or where the runner's own threshold is below such a step.
    #[must_use]
    pub fn steps_of_ten_percent(&self, distance_m: i64) -> Option<(u64, NaiveDate)> {
        let is_held = self.steps.iter().any(|step| matches!(step.because, Some(Because::Knee { .. })));
        // a knee that hurts climbs no arithmetic
        if self.run_percent < STEP_PERCENT || is_held {
            return None;
        }
        // of equally high limits the earliest
        let highest = self.steps.iter().rev().max_by_key(|step| step.most_m)?;
        let mut most_m = highest.most_m?;
        let mut steps = 0;
        while most_m < distance_m {
            let next_m = Exposure::Metres.rounded(STEP_PERCENT * most_m / 100);
            if next_m == most_m || steps == MOST_STEPS {
                return None;
            }
            (most_m, steps) = (next_m, steps + 1);
        }
        (steps > 0).then(|| (steps, dates::days_after(highest.from, DAYS_A_STEP * steps)))
    }

    /// Whether the last run is too long ago to count seven days from.
    #[must_use]
    pub fn week_is_unknown(&self) -> bool {
        self.last_run.is_none_or(|last| (self.as_of - last).num_days() >= WEEK_UNKNOWN_AFTER_DAYS)
    }
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
