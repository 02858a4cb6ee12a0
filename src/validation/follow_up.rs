//! What has to be known of a runner.

use chrono::NaiveDate;

use super::injuries::Injury;

/// A run, as rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its day.
    pub date: NaiveDate,
    /// Whole metres.
    pub distance_m: i64,
    /// Whether it was more than 10 % longer than the longest of the 30 days before it.
    pub spike: bool,
}

/// The alarms of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarms {
    /// The id of the rule: `long-run-spike`.
    pub rule: &'static str,
    /// Their days, in any order.
    pub dates: Vec<NaiveDate>,
}

/// A runner's record.
#[derive(Clone, Copy, Debug)]
pub struct FollowUp<'a> {
    /// Its first day.
    pub h0: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// Runs by time.
    pub runs: &'a [Run],
    /// A row for each rule that was asked, also for one that never spoke; the same order for every runner.
    pub alarms: &'a [Alarms],
    /// What the runner reported, in any order.
    pub injuries: &'a [Injury],
}
