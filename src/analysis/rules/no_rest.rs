//! `no-rest`: hardly a day without a run. Evidence grade C, said for information only.
//!
//! ```text
//! streak(t)    = consecutive days with a run that end on day t
//! rest_days(t) = days of t − 6 … t without a run
//! said         streak ≥ 14 (or what the settings say), once a streak
//!              or, in the first 12 months of history, rest_days < 2 in 3 of the 4 blocks that end on
//!              t, t − 7, t − 14 and t − 21; again after 28 days at the earliest, when all four are new
//! ```
//! A run of any distance is a run. Quiet for less than 7 days after another one. A week with fewer than two free days is
//! nothing to tell by itself: nearly half of all published plan weeks have them.
//! Source: Ristolainen et al. 2014 (446 elite athletes of three endurance sports, asked about a year behind them). The
//! 14 days and the blocks are a design choice.

use chrono::{Months, NaiveDate};

use crate::{
    activity::OtherSport,
    analysis::{
        beside::DayBeside,
        history::sessions::{self, Session},
    },
    dates,
    table::DayRow,
    warning::{
        About, Compared, KeepTo, Kept, Rule, Unit, Warning,
        evidence::Evidence,
        thresholds::{Allowed, Key},
    },
};

/// So many days in a row with a run are told.
pub const DAYS: Key = Key {
    name: "no_rest_days",
    usual: 14,
    allowed: Allowed::Numbers {
        least: 7,
        most: 60,
        unit_and_reason: "days: a week with a run each day is the least that can be reported",
    },
    unit: " days in a row",
    studied: false,
};

/// What the rule is.
pub static RULE: Rule = Rule {
    id: "no-rest",
    title: "no rest day",
    about: About::Load,
    on_by_default: true,
    is_missed: true,
    evidence: Evidence {
        grade: 'C',
        cite: "Ristolainen 2014",
        source: "Ristolainen et al. 2014: 446 elite skiers, swimmers and distance runners, asked about twelve months; \
                 the 14 days and the four blocks are chosen here",
    },
    base_rate: None,
    keys: &[DAYS],
};

/// What only this rule knows of a warning. Its value are days with a run, its threshold from how many on it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The days that were looked at, up to the day of the warning.
    pub of_days: i64,
    /// What was done on the days between that had no run; `None` where the files hold no other sport on them.
    pub between: Option<Between>,
}

/// The days without a run among those that were looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Between {
    /// On how many there was each of [`OtherSport::ALL`].
    pub kinds: [u32; OtherSport::ALL.len()],
    /// On how many there was no sport in the files.
    pub free: u32,
}

/// Days of a block, and the blocks that are looked at.
const BLOCK_DAYS: usize = 7;
const BLOCKS: usize = 4;
/// A block with fewer days off than this is a full one …
const FEW_REST_DAYS: usize = 2;
/// … and so many full ones are told.
const FULL_BLOCKS: usize = 3;
/// Days with a run that this many full blocks hold at least.
const FEWEST_RUN_DAYS: i64 = (FULL_BLOCKS * (BLOCK_DAYS + 1 - FEW_REST_DAYS)) as i64;
/// Months of history after which only streaks are told.
const NEW_RUNNER_MONTHS: u32 = 12;
/// Days without another message of this rule.
const COOL_DOWN_DAYS: i64 = 7;
/// One day off is asked for within so many days after a streak …
const WITHIN_DAYS_OF_STREAK: u64 = 3;
/// … else two within so many.
const WITHIN_DAYS: u64 = 7;

/// The messages of all days (every calendar day from the first known one on), oldest first. A streak is told
/// from `streak_days` on.
#[must_use]
pub fn warnings(
    days: &[DayRow],
    beside: &[DayBeside],
    sessions: &[Session],
    streak_days: i64,
) -> Vec<Warning<Seen>> {
    let mut warnings: Vec<Warning<Seen>> = Vec::new();
    let mut streak = 0;
    let mut streak_told = false;
    for t in 0..days.len() {
        if days[t].runs == 0 {
            (streak, streak_told) = (0, false);
            continue;
        }
        streak += 1;
        let quiet_days = warnings.last().map(|last| (days[t].date - last.date).num_days());
        let quiet_for = |needed: i64| quiet_days.is_none_or(|days| days >= needed);
        if streak >= streak_days && !streak_told && quiet_for(COOL_DOWN_DAYS) {
            streak_told = true;
            let seen = Seen { of_days: streak, between: None };
            warnings.push(message(days[t].date, streak, seen, streak_days, sessions));
        } else if quiet_for((BLOCKS * BLOCK_DAYS) as i64)
            && is_new_runner(days, t)
            && has_few_rest_days(days, t)
        {
            let first = t + 1 - BLOCKS * BLOCK_DAYS;
            let run_days = run_days(&days[first..=t]) as i64;
            let between = beside.get(first..=t).and_then(between);
            let seen = Seen { of_days: (BLOCKS * BLOCK_DAYS) as i64, between };
            warnings.push(message(days[t].date, run_days, seen, FEWEST_RUN_DAYS, sessions));
        }
    }
    warnings
}

fn message(
    date: NaiveDate,
    run_days: i64,
    seen: Seen,
    threshold_days: i64,
    sessions: &[Session],
) -> Warning<Seen> {
    let run = sessions::last_run_up_to(sessions, date);
    let compared = Compared { value: run_days, baseline: None, threshold: threshold_days, unit: Unit::Days };
    let within_days = if run_days == seen.of_days { WITHIN_DAYS_OF_STREAK } else { WITHIN_DAYS };
    let keep_to = KeepTo::set(Kept::DaysOff, dates::days_after(date, within_days));
    Warning { keep_to: Some(keep_to), ..Warning::new(&RULE, (run, date), compared, seen) }
}

/// What was done on the days without a run; `None` without another sport.
fn between(days: &[DayBeside]) -> Option<Between> {
    let without_run = || days.iter().filter(|day| !day.has_run);
    let mut between = Between::default();
    for day in without_run() {
        for (count, there_was) in between.kinds.iter_mut().zip(day.kinds) {
            *count += u32::from(there_was);
        }
        between.free += u32::from(day.is_free() == Some(true));
    }
    without_run().any(DayBeside::has_other_sport).then_some(between)
}

fn is_new_runner(days: &[DayRow], t: usize) -> bool {
    let h0 = days[0].date;
    h0.checked_add_months(Months::new(NEW_RUNNER_MONTHS)).is_none_or(|a_year| days[t].date < a_year)
}

fn has_few_rest_days(days: &[DayRow], t: usize) -> bool {
    let Some(first) = (t + 1).checked_sub(BLOCKS * BLOCK_DAYS) else { return false };
    let is_full = |block: &&[DayRow]| block.len() - run_days(block) < FEW_REST_DAYS;
    days[first..=t].chunks(BLOCK_DAYS).filter(is_full).count() >= FULL_BLOCKS
}

fn run_days(days: &[DayRow]) -> usize {
    days.iter().filter(|day| day.runs > 0).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::day_rows;

    /// (date, days with a run, of so many days).
    fn told(meters: &[i64]) -> Vec<(String, i64, i64)> {
        let tell = |w: &Warning<Seen>| (w.date.to_string(), w.compared.value, w.facts.of_days);
        warnings(&day_rows("2026-01-05", meters), &[], &[], 14).iter().map(tell).collect()
    }

    #[test]
    fn an_own_number_of_days_stands_in_place_of_the_14() {
        let told =
            |run_days: usize| warnings(&day_rows("2026-01-05", &vec![2_000; run_days]), &[], &[], 10).len();
        assert_eq!([told(9), told(10)], [0, 1]);
    }

    #[test]
    fn thirteen_days_in_a_row_are_nothing_to_tell_and_the_fourteenth_is() {
        assert_eq!(told(&[2_000; 13]), []);
        assert_eq!(told(&[2_000; 14]), [("2026-01-18".to_owned(), 14, 14)]);
    }

    #[test]
    fn a_streak_is_told_once_and_the_next_one_again() {
        // after a year, so that only streaks count
        let year = [0; 370];
        assert_eq!(told(&[&year[..], &[2_000; 60]].concat()).len(), 1);
        let two = [&year[..], &[2_000; 14], &[0], &[2_000; 14]].concat();
        assert_eq!(told(&two).len(), 2);
    }

    #[test]
    fn three_of_four_blocks_with_one_day_off_are_told_to_a_new_runner() {
        let full = [5_000, 5_000, 5_000, 0, 5_000, 5_000, 5_000];
        let easy = [5_000, 0, 5_000, 0, 5_000, 0, 5_000];
        assert_eq!(told(&[easy, full, full, full].concat()), [("2026-02-01".to_owned(), 22, 28)]);
        assert_eq!(told(&[easy, easy, full, full].concat()), []);
        assert_eq!(told(&[full, full, full].concat()), [], "21 days are too few");
    }

    #[test]
    fn after_twelve_months_only_streaks_are_told() {
        let full = [5_000, 5_000, 5_000, 0, 5_000, 5_000, 5_000];
        let after = |days_before: usize| told(&[vec![0; days_before], full.repeat(4)].concat()).len();
        assert_eq!([after(0), after(365)], [1, 0]);
    }

    #[test]
    fn the_same_is_told_again_when_all_four_blocks_are_new() {
        let full = [5_000, 5_000, 5_000, 0, 5_000, 5_000, 5_000];
        let dates: Vec<String> = told(&full.repeat(8)).into_iter().map(|(date, ..)| date).collect();
        assert_eq!(dates, ["2026-02-01", "2026-03-01"]);
    }
}
