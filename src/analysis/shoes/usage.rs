//! How much a pair is in use.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{activity::Activity, dates};

/// Days over which shares are reported.
pub const SHARE_DAYS: u64 = 28;

/// How much a pair was worn up to the day of the report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Use {
    /// Days with a run in it.
    pub days: usize,
    /// The first of them.
    pub first_run: Option<NaiveDate>,
    /// The last of them.
    pub last_run: Option<NaiveDate>,
    /// Whole metres in it in the last 28 days.
    pub last_28_days_m: i64,
    /// Its share of everything run in the last 28 days, in no pair included: 0 to 1; `None` if nothing was run.
    pub share_of_28_days: Option<f64>,
}

impl Use {
    /// The use of a pair with these runs (sorted by start) beside `all` runs.
    pub(super) fn of(runs: &[&Activity], all: &[Activity], as_of: NaiveDate) -> Self {
        let earliest = dates::days_before(as_of, SHARE_DAYS - 1);
        let lately = |run: &Activity| (earliest..=as_of).contains(&run.local_date());
        let last_28_days_m = runs.iter().filter(|run| lately(run)).map(|run| run.whole_meters()).sum::<i64>();
        let all_m = all.iter().filter(|run| lately(run)).map(Activity::whole_meters).sum::<i64>();
        let days: BTreeSet<NaiveDate> = runs.iter().map(|run| run.local_date()).collect();
        Self {
            days: days.len(),
            first_run: days.first().copied(),
            last_run: days.last().copied(),
            last_28_days_m,
            share_of_28_days: (all_m > 0).then(|| last_28_days_m as f64 / all_m as f64),
        }
    }
}
