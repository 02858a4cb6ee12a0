//! Days without a run, and what they leave: a cap for the first week back, and where it matters for the second.

use chrono::NaiveDate;

/// A distance that no run should pass, and the last day for which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CapUntil {
    /// In whole metres.
    pub cap_m: i64,
    /// The last day.
    pub until: NaiveDate,
}

/// Days without a run, and what they leave.
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
    /// Counted from `up_to`: the first seven days back, then (where it matters) the seven after.
    pub caps: Vec<CapUntil>,
}

impl Break {
    /// The cap that holds on a day.
    #[must_use]
    pub fn cap_on(&self, date: NaiveDate) -> Option<CapUntil> {
        self.caps.iter().copied().find(|cap| date <= cap.until)
    }
}
