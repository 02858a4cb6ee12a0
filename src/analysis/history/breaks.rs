//! Breaks between runs, and what share of the longest run before one a run after it may have: the bands of `gap`.

use chrono::NaiveDate;

use super::{compare::LOOK_BACK_DAYS, sessions::Session};
use crate::dates;

/// Breaks of fewer days are ordinary.
pub const SHORTEST_DAYS: i64 = 7;
/// From so many days on the longest of the 30 days before a run says nothing.
pub const BLIND_FROM_DAYS: i64 = 14;
/// After so many days the runner is a beginner again.
pub const NOVICE_AFTER_DAYS: i64 = 56;

/// Breaks of so many days, and the shares that they leave.
#[derive(Debug)]
pub struct Band {
    /// From so many days on.
    pub from: i64,
    /// Up to so many days.
    pub to: Option<i64>,
    /// In per cent of the longest run before: of the first and of the second week after the return; `None`: all of the usual.
    pub shares: [Option<i64>; 2],
}

impl Band {
    /// The share on a day, counted from the return (which is day 0); `None` where the break no longer matters.
    #[must_use]
    pub fn share(&self, since_return: i64) -> Option<i64> {
        let week = usize::try_from(since_return.div_euclid(STEP_DAYS)).ok()?;
        self.shares.get(week).copied().flatten()
    }
}

/// The longest first.
const BANDS: [Band; 4] = [
    Band { from: NOVICE_AFTER_DAYS + 1, to: None, shares: [Some(33), None] },
    Band { from: 31, to: Some(NOVICE_AFTER_DAYS), shares: [Some(50), Some(75)] },
    Band { from: BLIND_FROM_DAYS, to: Some(30), shares: [Some(75), Some(90)] },
    Band { from: SHORTEST_DAYS, to: Some(BLIND_FROM_DAYS - 1), shares: [Some(100), None] },
];

/// The band of a break of so many days; `None` where that is ordinary.
#[must_use]
pub fn band(days: i64) -> Option<&'static Band> {
    BANDS.iter().find(|band| band.from <= days)
}

/// Days of each step of the way back.
pub const STEP_DAYS: i64 = 7;
/// Days after the return for which a break can matter: two steps.
pub const AFTERMATH_DAYS: i64 = 2 * STEP_DAYS;
/// A shorter break is no news where these days before it hold another one.
const HABIT_DAYS: u64 = 28;

/// The first of the days before a break that say whether this runner pauses like that habitually.
#[must_use]
pub fn habit_since(last_run: NaiveDate) -> NaiveDate {
    dates::days_before(last_run, HABIT_DAYS)
}

/// Whether a break of so many days is nothing new after these run days: who runs once a week has one every week.
#[must_use]
pub fn is_habit(days: i64, run_days: impl Iterator<Item = NaiveDate> + Clone) -> bool {
    let mut pauses = run_days.clone().zip(run_days.skip(1)).map(|(a, b)| (b - a).num_days());
    days < BLIND_FROM_DAYS && pauses.any(|pause| pause >= SHORTEST_DAYS)
}

/// The share that a break of so many days leaves on a day, in per cent; `None` where it no longer matters. While it lasts,
/// as if it ended on that day.
#[must_use]
pub fn percent_on(days: i64, returned: Option<NaiveDate>, date: NaiveDate) -> Option<i64> {
    band(days)?.share(returned.map_or(0, |returned| (date - returned).num_days()))
}

/// Caps are rounded down to this.
const STEP_M: i64 = 100;

/// A break between two runs, or from the last run up to the day asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The last run before it.
    pub last_run: NaiveDate,
    /// The first run after it; `None` while it lasts.
    pub returned: Option<NaiveDate>,
    /// Days between the last run and the return, or the day asked about.
    pub days: i64,
    /// The longest run in the 30 days up to the last one, in whole metres.
    pub longest_before_m: i64,
}

impl Gap {
    /// What a run on `date` should not exceed, in whole metres; `None` where the break no longer matters.
    #[must_use]
    pub fn cap_m(&self, date: NaiveDate) -> Option<i64> {
        Some(self.longest_before_m * self.percent_on(date)? / 100 / STEP_M * STEP_M)
    }

    /// Which share of the longest run before it a run on `date` may have, in per cent; `None` where it no longer matters.
    #[must_use]
    pub fn percent_on(&self, date: NaiveDate) -> Option<i64> {
        percent_on(self.days, self.returned, date)
    }

    /// The last day for which a break that ended on a day leaves less than usual.
    #[must_use]
    pub fn matters_until(&self, returned: NaiveDate) -> NaiveDate {
        let weeks = band(self.days).map_or(0, |band| band.shares.iter().flatten().count());
        dates::days_before(dates::days_after(returned, STEP_DAYS.unsigned_abs() * weeks as u64), 1)
    }
}

/// The break that matters for a run on `date`, by the sessions before it (sorted by start): the strictest of those whose
/// aftermath holds `date`, or the one that `date` itself would end.
#[must_use]
pub fn gap_on(sessions: &[Session], date: NaiveDate) -> Option<Gap> {
    let before = before(sessions, date);
    strictest(ended(before, date).chain(gap_between(before, date, None)), date)
}

fn before(sessions: &[Session], date: NaiveDate) -> &[Session] {
    &sessions[..sessions.partition_point(|session| session.date < date)]
}

fn ended(before: &[Session], date: NaiveDate) -> impl Iterator<Item = Gap> {
    let returns =
        (1..before.len()).rev().take_while(move |i| (date - before[*i].date).num_days() < AFTERMATH_DAYS);
    returns.filter_map(|i| gap_between(&before[..i], before[i].date, Some(before[i].date)))
}

fn strictest(gaps: impl Iterator<Item = Gap>, date: NaiveDate) -> Option<Gap> {
    gaps.filter_map(|gap| Some((gap.cap_m(date)?, gap))).min_by_key(|(cap_m, _)| *cap_m).map(|(_, gap)| gap)
}

/// The break between the last of `before` and a day: the run that ended it, or the day asked about.
#[must_use]
pub fn gap_between(before: &[Session], until: NaiveDate, returned: Option<NaiveDate>) -> Option<Gap> {
    let last_run = before.last()?.date;
    let days = (until - last_run).num_days();
    if days < SHORTEST_DAYS {
        return None;
    }
    let earliest = dates::days_before(last_run, LOOK_BACK_DAYS);
    let recent = before.iter().rev().take_while(|session| session.date >= earliest);
    let longest_before_m = recent.map(|session| session.distance_m).max()?;
    Some(Gap { last_run, returned, days, longest_before_m })
}
