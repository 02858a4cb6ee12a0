//! Days without a run that are too many to be rest: what compares weeks says nothing until enough days are covered again.
//!
//! A day without a file is "no run in your files", not rest. A hole of ten days makes a comparison of weeks unknown until 28
//! days are covered again: a design choice.

use chrono::NaiveDate;

use crate::{dates, table::DayRow};

/// A hole of this many days without a run …
pub const HOLE_DAYS: usize = 10;
/// … makes what compares weeks silent until this many days are covered again.
const COVERED_DAYS: usize = 28;

/// For every day: how many days ago the first run after the last hole was; `None` before any hole.
#[must_use]
pub fn days_since_hole(days: &[DayRow]) -> Vec<Option<usize>> {
    since_hole(days.iter().map(|day| day.runs > 0))
}

/// For every day: whether a hole still makes it unknown.
#[must_use]
pub fn silenced_by_hole(days: &[DayRow]) -> Vec<bool> {
    silenced(days.iter().map(|day| day.runs > 0))
}

/// The same of days of which only is known whether a run stands on them.
pub fn silenced(ran: impl Iterator<Item = bool>) -> Vec<bool> {
    let is_silenced = |since: Option<usize>| since.is_some_and(|since| since + 1 < COVERED_DAYS);
    since_hole(ran).into_iter().map(is_silenced).collect()
}

fn since_hole(ran: impl Iterator<Item = bool>) -> Vec<Option<usize>> {
    let mut empty_days = 0;
    let mut back_since = None;
    ran.enumerate()
        .map(|(t, ran)| {
            if ran {
                if empty_days >= HOLE_DAYS {
                    back_since = Some(t);
                }
                empty_days = 0;
            } else {
                empty_days += 1;
            }
            if empty_days >= HOLE_DAYS { Some(0) } else { back_since.map(|back| t - back) }
        })
        .collect()
}

/// Why nothing can be said on the last of `days`, which is `as_of`, if a hole is the reason.
#[must_use]
pub fn why_unknown(days: &[DayRow], as_of: NaiveDate) -> Option<String> {
    let covered = days_since_hole(days).last().copied().flatten()? + 1;
    if covered >= COVERED_DAYS {
        return None;
    }
    let last_run = days.iter().rposition(|day| day.runs > 0);
    let missing_since_last_run = last_run.map_or(days.len(), |last| days.len() - 1 - last);
    Some(if missing_since_last_run >= HOLE_DAYS {
        format!("no runs in your files for {missing_since_last_run} days up to {}", dates::long(as_of))
    } else {
        format!("after a hole of {HOLE_DAYS} days or more ({covered} of {COVERED_DAYS} days covered again)")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::day_rows;

    #[test]
    fn nine_days_without_a_run_are_no_hole_and_ten_are() {
        let after = |empty: usize| {
            let days = day_rows("2026-01-05", &[vec![5_000; 30], vec![0; empty], vec![5_000]].concat());
            silenced_by_hole(&days).last().copied()
        };
        assert_eq!([after(9), after(10)], [Some(false), Some(true)]);
    }

    #[test]
    fn the_28th_covered_day_ends_the_silence() {
        let covered = |covered: usize| {
            let days = day_rows("2026-01-05", &[vec![0; 10], vec![5_000; covered]].concat());
            (silenced_by_hole(&days).last().copied(), why_unknown(&days, days[9 + covered].date))
        };
        let why = "after a hole of 10 days or more (27 of 28 days covered again)".to_owned();
        assert_eq!(covered(27), (Some(true), Some(why)));
        assert_eq!(covered(28), (Some(false), None));
    }
}
