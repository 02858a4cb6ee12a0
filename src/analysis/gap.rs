//! `gap`: how far a run may go after a break. Evidence grade D.
//!
//! ```text
//! g     = days between two runs (or between the last run and the day asked about)
//! Lpre  = longest run in [last run − 30, last run]
//! g         days 1–7 after the return    days 8–14
//! 7–13      1.00 Lpre                    as usual
//! 14–30     0.75 Lpre                    0.90 Lpre
//! 31–56     0.50 Lpre                    0.75 Lpre
//! > 56      0.33 Lpre                    as usual
//! ```
//! Rounded down to 100 m. While it lasts it stands in place of the cap of `long-run-spike`, which is blind after a break:
//! the old long run is still in its window, or nothing is. A day without a file is no rest: what is said is that the
//! files hold no run.
//! Source: coaching tables (Daniels), a design choice; no study of tissue after a break.

use chrono::NaiveDate;

use super::sessions::Session;
use crate::dates;

/// Breaks of fewer days are ordinary.
pub const SHORTEST_DAYS: i64 = 7;
/// From so many days on the longest of the 30 days before a run says nothing.
pub const BLIND_FROM_DAYS: i64 = 14;
/// After so many days the runner is a beginner again.
pub const NOVICE_AFTER_DAYS: i64 = 56;
/// Days before the break whose longest run counts.
const LOOK_BACK_DAYS: u64 = 30;
/// Days after the return for which a break can matter.
const AFTERMATH_DAYS: i64 = 14;
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
        let day_after_return = self.returned.map_or(1, |returned| (date - returned).num_days() + 1);
        percent(self.days, day_after_return)
    }

    /// The last day of the cap that holds on `date`; `None` while the break lasts, and where it no longer matters.
    #[must_use]
    pub fn holds_until(&self, date: NaiveDate) -> Option<NaiveDate> {
        let returned = self.returned?;
        self.cap_m(date)?;
        let days = if (date - returned).num_days() < 7 { 6 } else { 13 };
        Some(dates::days_after(returned, days))
    }
}

/// Percent of the longest run before a break of `gap_days`, on a day counted from the return (which is day 1).
fn percent(gap_days: i64, day_after_return: i64) -> Option<i64> {
    let second_week = match day_after_return {
        1..=7 => false,
        8..=14 => true,
        _ => return None,
    };
    match (gap_days, second_week) {
        (..7, _) | (7..=13 | 57.., true) => None,
        (7..=13, false) => Some(100),
        (14..=30, false) | (31..=56, true) => Some(75),
        (14..=30, true) => Some(90),
        (31..=56, false) => Some(50),
        (57.., false) => Some(33),
    }
}

/// The break that matters for a run on `date`, by the sessions before it (sorted by start): the strictest of those whose
/// aftermath holds `date`, or the one that `date` itself would end.
#[must_use]
pub fn gap_on(sessions: &[Session], date: NaiveDate) -> Option<Gap> {
    let before = before(sessions, date);
    strictest(ended(before, date).chain(gap_between(before, date, None)), date)
}

/// The same without a break that `date` itself would end: the strictest of those that a run has ended.
#[must_use]
pub fn ended_gap_on(sessions: &[Session], date: NaiveDate) -> Option<Gap> {
    strictest(ended(before(sessions, date), date), date)
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

fn gap_between(before: &[Session], until: NaiveDate, returned: Option<NaiveDate>) -> Option<Gap> {
    let last_run = before.last()?.date;
    let days = (until - last_run).num_days();
    let earliest = dates::days_before(last_run, LOOK_BACK_DAYS);
    let longest_before_m = before
        .iter()
        .rev()
        .take_while(|session| session.date >= earliest)
        .map(|session| session.distance_m)
        .max()?;
    (days >= SHORTEST_DAYS).then_some(Gap { last_run, returned, days, longest_before_m })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{day, sessions};

    /// The caps of the first, the second and the eighth day after a break of so many days, 18 km before it.
    fn caps_after(days: i64) -> [Option<i64>; 3] {
        let returned = day("2026-03-21");
        let gap =
            Gap { last_run: day("2026-03-01"), returned: Some(returned), days, longest_before_m: 18_000 };
        [0, 1, 7].map(|days_after| gap.cap_m(dates::days_after(returned, days_after)))
    }

    #[test]
    fn the_evidence_vectors_give_their_caps() {
        assert_eq!(caps_after(5), [None, None, None]);
        assert_eq!(caps_after(10), [Some(18_000), Some(18_000), None]);
        assert_eq!(caps_after(20), [Some(13_500), Some(13_500), Some(16_200)]);
        assert_eq!(caps_after(41), [Some(9_000), Some(9_000), Some(13_500)]);
        assert_eq!(caps_after(60), [Some(5_900), Some(5_900), None], "33 % of 18 km, rounded down");
    }

    #[test]
    fn the_limits_of_the_bands_belong_to_the_milder_side() {
        let first = |days| caps_after(days)[0];
        assert_eq!(first(6), None);
        assert_eq!([first(7), first(13)], [Some(18_000); 2]);
        assert_eq!([first(14), first(30)], [Some(13_500); 2]);
        assert_eq!([first(31), first(56)], [Some(9_000); 2]);
        assert_eq!(first(57), Some(5_900));
    }

    #[test]
    fn the_second_week_begins_on_the_eighth_day_and_ends_with_the_fourteenth() {
        let gap = Gap {
            last_run: day("2026-03-01"),
            returned: Some(day("2026-03-21")),
            days: 20,
            longest_before_m: 18_000,
        };
        let on = |date: &str| gap.cap_m(day(date));
        assert_eq!([on("2026-03-27"), on("2026-03-28")], [Some(13_500), Some(16_200)]);
        assert_eq!([on("2026-04-03"), on("2026-04-04")], [Some(16_200), None]);
        assert_eq!(gap.holds_until(day("2026-03-22")), Some(day("2026-03-27")));
        assert_eq!(gap.holds_until(day("2026-03-28")), Some(day("2026-04-03")));
        assert_eq!(gap.holds_until(day("2026-04-04")), None);
    }

    #[test]
    fn a_run_more_than_30_days_before_the_last_one_is_not_the_longest_before_a_break() {
        let rows = [("2026-01-29", 30_000), ("2026-01-30", 20_000), ("2026-03-01", 10_000)];
        let gap = gap_on(&sessions(&rows), day("2026-03-15")).unwrap();
        assert_eq!((gap.longest_before_m, gap.days, gap.returned), (20_000, 14, None));
    }

    #[test]
    fn a_second_break_within_the_aftermath_of_the_first_leaves_the_stricter_cap() {
        // 41 days, a run, then 8 days: the first allows 13.5 km in its second week, the second 5 km
        let rows = [("2026-03-01", 18_000), ("2026-04-11", 5_000)];
        let gap = gap_on(&sessions(&rows), day("2026-04-19")).unwrap();
        assert_eq!((gap.days, gap.cap_m(day("2026-04-19"))), (8, Some(5_000)));
    }

    #[test]
    fn without_any_run_before_there_is_no_break() {
        assert_eq!(gap_on(&[], day("2026-03-01")), None);
    }
}
