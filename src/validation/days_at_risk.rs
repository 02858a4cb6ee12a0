//! On which days a runner can be injured anew.

use chrono::NaiveDate;

use super::{FollowUp, HISTORY_DAYS};
use crate::dates;

/// Every day from the first that counts to the last of the record, and whether the runner was at risk.
#[derive(Clone, Debug)]
pub(super) struct Days {
    first: NaiveDate,
    at_risk: Vec<bool>,
}

impl Days {
    /// From 30 days after the start of the record on. Whoever is injured is at risk on the day of the injury, then no more
    /// up to and with the day of recovery; without one, not again.
    pub(super) fn of(follow_up: &FollowUp<'_>) -> Self {
        let first = dates::days_after(follow_up.h0, HISTORY_DAYS);
        let length = usize::try_from((follow_up.last - first).num_days() + 1).unwrap_or(0);
        let mut days = Self { first, at_risk: vec![true; length] };
        for injury in follow_up.injuries {
            let from = days.place(injury.date) + 1;
            let to = injury.recovered.map_or(length as i64, |day| days.place(day) + 1);
            let place = |at: i64| usize::try_from(at).unwrap_or(0).min(length);
            let (from, to) = (place(from), place(to));
            days.at_risk[from.min(to)..to].fill(false);
        }
        days
    }

    /// Where a day stands; below 0 before the first.
    fn place(&self, date: NaiveDate) -> i64 {
        (date - self.first).num_days()
    }

    /// Where a day at risk stands, `None` for any other.
    pub(super) fn at(&self, date: NaiveDate) -> Option<usize> {
        let at = usize::try_from(self.place(date)).ok()?;
        self.at_risk.get(at).copied().unwrap_or(false).then_some(at)
    }

    /// Whether a day lies in the record.
    pub(super) fn is_known(&self, date: NaiveDate) -> bool {
        self.place(date) < self.len() as i64
    }

    /// How many days the record has from the first that counts on.
    pub(super) fn len(&self) -> usize {
        self.at_risk.len()
    }

    /// The places of the days at risk.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        self.at_risk.iter().enumerate().filter_map(|(at, is_at_risk)| is_at_risk.then_some(at))
    }

    /// The days of injuries that can be counted, once each, and how many reported ones cannot: overuse only.
    pub(super) fn events(&self, follow_up: &FollowUp<'_>) -> (Vec<NaiveDate>, u32) {
        let overuse = follow_up.injuries.iter().filter(|injury| injury.overuse);
        let mut dates: Vec<NaiveDate> = overuse.map(|injury| injury.date).collect();
        dates.sort_unstable();
        dates.dedup();
        let (counted, other): (Vec<NaiveDate>, Vec<NaiveDate>) =
            dates.into_iter().partition(|date| self.at(*date).is_some());
        (counted, u32::try_from(other.len()).unwrap_or(u32::MAX))
    }

    /// The days of alarms that count, by day, once each: those of days at risk.
    pub(super) fn alarms(&self, dates: &[NaiveDate]) -> Vec<NaiveDate> {
        let mut dates: Vec<NaiveDate> =
            dates.iter().copied().filter(|date| self.at(*date).is_some()).collect();
        dates.sort_unstable();
        dates.dedup();
        dates
    }
}
