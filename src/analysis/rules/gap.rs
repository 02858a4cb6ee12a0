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
//!
//! Told from 7, 14, 31 and 57 days on, one warning a break: the open one counts its caps from the day of the report, a past
//! one is dated at the run that ended it. A break of less than 14 days is told only if the 28 days before it hold no other
//! one: who runs once a week has one every week. A run above the cap of its day is a caution of its own after 14 days or
//! more (from 3 km and 500 m on, and not for less than 7 days after another one).
//! Source: coaching tables (Daniels), a design choice; no study of tissue after a break.

use chrono::NaiveDate;

use super::long_run_spike::{cooling_down, worth_a_warning};
use crate::{
    analysis::history::sessions::Session,
    dates,
    warning::{Break, CapUntil, Warning},
};

/// Breaks of fewer days are ordinary.
pub const SHORTEST_DAYS: i64 = 7;
/// From so many days on the longest of the 30 days before a run says nothing.
pub const BLIND_FROM_DAYS: i64 = 14;
/// After so many days the runner is a beginner again.
pub const NOVICE_AFTER_DAYS: i64 = 56;
/// Breaks are told from so many days on, each band in its own way.
const TOLD_FROM_DAYS: [i64; 4] = [57, 31, 14, SHORTEST_DAYS];
/// A shorter break is told only if these days before it hold no other one.
const HABIT_DAYS: u64 = 28;
/// Days before the break whose longest run counts.
const LOOK_BACK_DAYS: u64 = 30;
/// Days after the return for which a break can matter.
const AFTERMATH_DAYS: i64 = 14;
/// Days after the return on which the second step begins.
const SECOND_WEEK: u64 = 7;
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

    /// The break in the words of warnings; while it lasts, as if it ended on `today`.
    fn told(&self, today: NaiveDate) -> Break {
        let up_to = self.returned.unwrap_or(today);
        let back = Gap { returned: Some(up_to), ..*self };
        let cap = |days_after: u64| {
            let date = dates::days_after(up_to, days_after);
            let cap_m = back.cap_m(date).filter(|cap_m| *cap_m > 0)?;
            Some(CapUntil { cap_m, until: back.holds_until(date)? })
        };
        Break {
            last_run: self.last_run,
            up_to,
            lasts: self.returned.is_none(),
            days: self.days,
            told_from_days: self.told_from_days(),
            caps: [0, SECOND_WEEK].into_iter().filter_map(cap).collect(),
        }
    }

    fn told_from_days(&self) -> i64 {
        TOLD_FROM_DAYS.into_iter().find(|from| *from <= self.days).unwrap_or(SHORTEST_DAYS)
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
    if days < SHORTEST_DAYS {
        return None;
    }
    let earliest = dates::days_before(last_run, LOOK_BACK_DAYS);
    let recent = before.iter().rev().take_while(|session| session.date >= earliest);
    let longest_before_m = recent.map(|session| session.distance_m).max()?;
    Some(Gap { last_run, returned, days, longest_before_m })
}

/// Every break up to `as_of` and every run above what one leaves, oldest first. `sessions` hold nothing later.
#[must_use]
pub fn warnings(sessions: &[Session], as_of: NaiveDate) -> Vec<Warning> {
    let mut warnings = runs_above(sessions);
    warnings.extend((1..sessions.len()).filter_map(|i| ended_by(sessions, i)));
    warnings.extend(lasting(sessions, as_of));
    warnings.sort_by_key(Warning::date);
    warnings
}

/// The break that session `i` ends.
fn ended_by(sessions: &[Session], i: usize) -> Option<Warning> {
    let Session { run, date, .. } = &sessions[i];
    let gap = gap_between(&sessions[..i], *date, Some(*date)).filter(|gap| !is_habit(&sessions[..i], gap))?;
    Some(Warning::Gap { run: run.clone(), date: *date, gap: gap.told(*date) })
}

/// The break that lasts on `as_of`.
fn lasting(sessions: &[Session], as_of: NaiveDate) -> Option<Warning> {
    let gap = gap_between(sessions, as_of, None).filter(|gap| !is_habit(sessions, gap))?;
    let run = sessions.last()?.run.clone();
    let date = dates::days_after(gap.last_run, gap.told_from_days().unsigned_abs());
    Some(Warning::Gap { run, date, gap: gap.told(as_of) })
}

/// Whether a break of less than two weeks is nothing new: who runs once a week has one every week.
fn is_habit(before: &[Session], gap: &Gap) -> bool {
    let since = dates::days_before(gap.last_run, HABIT_DAYS);
    let recent = &before[before.partition_point(|session| session.date < since)..];
    let is_pause = |pair: &[Session]| (pair[1].date - pair[0].date).num_days() >= SHORTEST_DAYS;
    gap.days < BLIND_FROM_DAYS && recent.windows(2).any(is_pause)
}

/// Only after a break that blinds `long-run-spike`: after a shorter one that rule speaks.
fn runs_above(sessions: &[Session]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for session in sessions {
        let Some(gap) = gap_on(sessions, session.date).filter(|gap| gap.days >= BLIND_FROM_DAYS) else {
            continue;
        };
        let gap = Gap { returned: gap.returned.or(Some(session.date)), ..gap };
        let cap_m = gap.cap_m(session.date).unwrap_or_default();
        if cap_m == 0 || !worth_a_warning(session.distance_m, cap_m) {
            continue;
        }
        let warning = Warning::AboveGapCap {
            run: session.run.clone(),
            date: session.date,
            distance_m: session.distance_m,
            race: session.race,
            gap: gap.told(session.date),
        };
        if !cooling_down(&warnings, &warning) {
            warnings.push(warning);
        }
    }
    warnings
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

    /// What is told of a break: (date, days, told from, caps).
    fn told(rows: &[(&str, i64)], as_of: &str) -> Vec<(String, i64, i64, Vec<i64>)> {
        let tell = |warning: &Warning| match warning {
            Warning::Gap { date, gap, .. } => {
                let caps = gap.caps.iter().map(|cap| cap.cap_m).collect();
                (date.to_string(), gap.days, gap.told_from_days, caps)
            }
            other => panic!("{other:?}"),
        };
        warnings(&sessions(rows), day(as_of)).iter().map(tell).collect()
    }

    /// (date, distance) of the runs above a cap.
    fn above(rows: &[(&str, i64)]) -> Vec<(String, i64)> {
        let tell = |warning: &Warning| match warning {
            Warning::AboveGapCap { date, distance_m, .. } => Some((date.to_string(), *distance_m)),
            _ => None,
        };
        warnings(&sessions(rows), day("2026-12-31")).iter().filter_map(tell).collect()
    }

    #[test]
    fn a_break_that_lasts_is_told_from_its_seventh_day_on_and_once() {
        let row = [("2026-03-01", 18_000)];
        assert_eq!(told(&row, "2026-03-07"), []);
        let on = |as_of| told(&row, as_of).remove(0);
        assert_eq!(on("2026-03-08"), ("2026-03-08".into(), 7, 7, vec![18_000]));
        assert_eq!(on("2026-03-14"), ("2026-03-08".into(), 13, 7, vec![18_000]));
        assert_eq!(on("2026-03-15"), ("2026-03-15".into(), 14, 14, vec![13_500, 16_200]));
        assert_eq!(on("2026-04-01"), ("2026-04-01".into(), 31, 31, vec![9_000, 13_500]));
        assert_eq!(on("2026-04-27"), ("2026-04-27".into(), 57, 57, vec![5_900]));
        assert_eq!(told(&row, "2026-12-31").len(), 1);
    }

    #[test]
    fn a_break_that_ended_is_told_once_on_the_day_of_the_return() {
        let rows = [("2026-03-01", 18_000), ("2026-03-21", 5_000), ("2026-03-23", 5_000)];
        let expected = ("2026-03-21".to_owned(), 20, 14, vec![13_500, 16_200]);
        assert_eq!(told(&rows[..2], "2026-03-21"), std::slice::from_ref(&expected));
        assert_eq!(told(&rows, "2026-03-29"), [expected], "six days after the last run");
    }

    #[test]
    fn the_caps_of_a_lasting_break_are_counted_from_the_day_of_the_report() {
        let open = &warnings(&sessions(&[("2026-03-01", 18_000)]), day("2026-03-21"))[0];
        assert_eq!(open.cap(), Some((13_500, day("2026-03-27"))));
    }

    #[test]
    fn a_run_500_m_above_the_cap_of_its_day_is_a_caution_and_one_of_499_m_is_none() {
        let back =
            |date, meters| above(&[("2026-03-01", 18_000), ("2026-03-21", 5_000), (date, meters)]).len();
        assert_eq!([back("2026-03-27", 13_999), back("2026-03-27", 14_000)], [0, 1], "0.75 of 18 km");
        assert_eq!([back("2026-03-28", 16_699), back("2026-03-28", 16_700)], [0, 1], "0.90 of 18 km");
        let back = ["2026-03-21", "2026-03-26", "2026-03-31"].map(|date| (date, 5_000));
        let later = [&[("2026-03-01", 18_000)], &back[..], &[("2026-04-04", 30_000)]].concat();
        assert_eq!(above(&later), [], "15 days after the return");
        assert_eq!(above(&[("2026-03-01", 18_000), ("2026-03-21", 14_000)]).len(), 1, "the return itself");
        assert_eq!(above(&[("2026-03-01", 2_000), ("2026-03-21", 2_999)]), [], "too short to tell");
    }

    #[test]
    fn a_second_run_above_the_cap_waits_seven_days() {
        let base = [("2026-03-01", 18_000), ("2026-03-21", 15_000)];
        let with = |date| above(&[base[0], base[1], (date, 18_000)]).len();
        assert_eq!([with("2026-03-27"), with("2026-03-28")], [1, 2]);
    }

    #[test]
    fn without_a_distance_before_the_break_no_cap_is_told() {
        assert_eq!(told(&[("2026-03-01", 0)], "2026-03-15"), [("2026-03-15".into(), 14, 14, vec![])]);
    }

    #[test]
    fn who_runs_once_a_week_is_told_of_the_first_pause_of_a_week_and_of_two_weeks() {
        let weekly = [
            ("2026-03-01", 10_000),
            ("2026-03-03", 5_000),
            ("2026-03-10", 10_000),
            ("2026-03-17", 10_000),
            ("2026-03-24", 10_000),
        ];
        let dates = |as_of| told(&weekly, as_of).into_iter().map(|(date, ..)| date).collect::<Vec<_>>();
        assert_eq!(dates("2026-04-06"), ["2026-03-10"]);
        assert_eq!(dates("2026-04-07"), ["2026-03-10", "2026-04-07"], "two weeks are no habit");
        assert_eq!(above(&[("2026-03-01", 10_000), ("2026-03-10", 11_000)]), [], "9 days blind nobody");
    }
}
