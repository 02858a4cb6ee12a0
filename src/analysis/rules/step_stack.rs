//! `step-stack`: two new longest runs within a week. Evidence grade D.
//!
//! ```text
//! L_i        = longest run of [D − 30, D] before run i, as in long-run-spike
//! new longest: d_i > L_i, with a history of 30 days and a run in the window
//! said       run i is a new longest, and the new longest before it lies at most 6 days back
//! limit      the longer of the two, until D + 7: `limits::step_stack`
//! ```
//! Steps of ten per cent are no spike, yet 10, 11, 12.1 and 13.3 km within a week are a third more. Guards of
//! `long-run-spike` for the second run: 3 km, 500 m above L, silent after a break (there the gap cap speaks). Quiet for
//! less than 7 days after another one. A session that is compared by running minutes is no new longest run: its distance says
//! little. Where it cannot tell, `long-run-spike` says so: both need the same window.
//! Source: a limit that the authors of Frandsen et al. 2025 name themselves; the six days are a design choice.

use chrono::NaiveDate;

use super::guards::{Silence, held_back_by, silent_after_break, worth_a_warning};
use crate::{
    analysis::{
        history::{compare::Comparison, sessions::Session},
        limits::step_stack::{HOLD_DAYS, WITHIN_DAYS},
    },
    dates,
    warning::{
        About, Compared, KeepTo, Kept, Level, Rule, Unit, Warning,
        evidence::{BaseRate, Evidence, Of},
    },
};

/// What the rule is.
pub static RULE: Rule = Rule {
    id: "step-stack",
    title: "step stack",
    about: About::Load,
    on_by_default: true,
    is_missed: true,
    evidence: Evidence {
        grade: 'D',
        cite: "a limit named in Frandsen 2025",
        source: "Frandsen et al. 2025, Br J Sports Med 59:1203-1210, doi:10.1136/bjsports-2024-109380, name it as a limit \
                 of their own rule; the six days are chosen here",
    },
    base_rate: Some(BaseRate { of: Of::Runs, of_100: "0.05–0.09" }),
    keys: &[],
};

/// What only this rule knows of a warning. Its baseline is the first of the two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// When the first of the two was run.
    pub first_date: NaiveDate,
}

/// The warnings of all sessions, guards and cool-down applied, oldest first.
#[must_use]
pub fn warnings(sessions: &[Session], comparisons: &[Comparison]) -> Vec<Warning<Seen>> {
    judged(sessions, comparisons).0
}

/// The same with every second new longest run that was passed over in silence: its position, and why.
#[must_use]
pub fn judged(
    sessions: &[Session],
    comparisons: &[Comparison],
) -> (Vec<Warning<Seen>>, Vec<(usize, Silence)>) {
    let (mut warnings, mut silent) = (Vec::new(), Vec::new());
    let mut last_longest: Option<&Session> = None;
    for (i, (session, comparison)) in sessions.iter().zip(comparisons).enumerate() {
        let by_distance = comparison.longest.filter(|_| comparison.in_minutes().is_none());
        let Some((longest_m, _)) = by_distance.filter(|(longest_m, _)| session.distance_m > *longest_m)
        else {
            continue;
        };
        let before = last_longest.replace(session);
        let stacked = before.filter(|before| (session.date - before.date).num_days() <= WITHIN_DAYS as i64);
        let Some(before) = stacked else { continue };
        if !worth_a_warning(session.distance_m, longest_m) {
            silent.push((i, Silence::TooSmall));
            continue;
        }
        if silent_after_break(sessions, i) {
            silent.push((i, Silence::AfterBreak));
            continue;
        }
        let compared = Compared {
            value: session.distance_m,
            baseline: Some(longest_m),
            threshold: longest_m,
            unit: Unit::Metres,
        };
        let keep_to = KeepTo::set(Kept::Run, dates::days_after(session.date, HOLD_DAYS));
        let seen = Seen { first_date: before.date };
        let warning = Warning {
            level: Level::Caution,
            keep_to: Some(keep_to),
            ..Warning::new(&RULE, (session.run.clone(), session.date), compared, seen)
        };
        match held_back_by(&warnings, &warning) {
            Some(day) => silent.push((i, Silence::CoolingDown(day))),
            None => warnings.push(warning.of_session(session)),
        }
    }
    (warnings, silent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{
        history::compare::compare,
        testing::{day, sessions},
    };

    fn fired(rows: &[(&str, i64)], h0: &str) -> Vec<(String, i64)> {
        let sessions = sessions(rows);
        let comparisons = compare(&sessions, day(h0));
        let tell = |warning: &Warning<Seen>| (warning.date.to_string(), warning.compared.value);
        warnings(&sessions, &comparisons).iter().map(tell).collect()
    }

    #[test]
    fn steps_of_ten_per_cent_within_a_week_are_told_once() {
        let rows = [
            ("2026-06-01", 10_000),
            ("2026-06-02", 11_000),
            ("2026-06-04", 12_100),
            ("2026-06-06", 13_310),
            ("2026-06-07", 14_640),
        ];
        assert_eq!(fired(&rows, "2026-01-01"), [("2026-06-04".to_owned(), 12_100)]);
        assert_eq!(fired(&rows, "2026-05-15"), [], "less than 30 days of history");
    }

    #[test]
    fn six_days_apart_are_stacked_and_seven_are_not() {
        let with =
            |date| fired(&[("2026-03-01", 10_000), ("2026-03-08", 11_000), (date, 12_000)], "2026-01-01");
        assert_eq!(with("2026-03-14"), [("2026-03-14".to_owned(), 12_000)]);
        assert_eq!(with("2026-03-15"), []);
    }

    #[test]
    fn an_equally_long_run_is_no_new_longest_and_499_m_more_are_too_little() {
        let with = |first, second| {
            let rows = [("2026-03-01", 10_000), ("2026-03-08", first), ("2026-03-10", second)];
            fired(&rows, "2026-01-01").len()
        };
        assert_eq!(with(10_000, 10_900), 0, "the first is as long as the one before");
        assert_eq!([with(10_001, 10_500), with(10_001, 10_501)], [0, 1]);
        assert_eq!(with(11_000, 11_000), 0);
    }

    #[test]
    fn after_a_break_of_14_days_the_gap_cap_speaks_instead() {
        let rows = [("2026-03-01", 5_000), ("2026-03-20", 5_500), ("2026-03-22", 6_500)];
        assert_eq!(fired(&rows, "2026-01-01"), []);
    }
}
