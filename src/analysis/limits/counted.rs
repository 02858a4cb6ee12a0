//! What runs and weeks count for, apart from what they were.

use chrono::NaiveDate;

/// A run with what it counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Its local date.
    pub date: NaiveDate,
    /// What was run, in metres or seconds of running.
    pub amount: i64,
    /// What it counts for: less, where it was a spike.
    pub credit: i64,
}

/// Seven days with what they count for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The last of the seven days.
    pub last: NaiveDate,
    /// What they count for, in whole metres.
    pub credit_m: i64,
}
