//! `long-share`: one run that is more than half of its calendar week. Off unless asked for.
//!
//! ```text
//! w = metres of a calendar week that is over, with three runs or more; l = its longest run
//! said   2 l > w
//! ```
//! A custom of coaches: the long run should not be the week. No study has a share, so it informs only and asks for nothing.
//! Settings: `enable = ["long-share"]` under `[warnings]`. Source: coaches' custom, evidence grade D.

use chrono::NaiveDate;

use crate::{
    analysis::history::sessions::{self, Session},
    dates,
    table::WeekRow,
    warning::{About, Compared, Rule, Unit, Warning, evidence::Evidence},
};

/// What the rule is.
pub static RULE: Rule = Rule {
    id: "long-share",
    title: "long run share",
    about: About::Load,
    on_by_default: false,
    is_missed: true,
    evidence: Evidence {
        grade: 'D',
        cite: "custom",
        source: "coaches' custom; no study of the share was found",
    },
    base_rate: None,
    keys: &[],
};

/// The rule knows no more than the week and its longest run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen;

/// Runs that a week needs before one of them can be too much of it.
const LEAST_RUNS: u32 = 3;

/// The messages of all weeks that are over on `as_of`, oldest first.
#[must_use]
pub fn warnings(weeks: &[WeekRow], sessions: &[Session], as_of: NaiveDate) -> Vec<Warning<Seen>> {
    let mut warnings = Vec::new();
    for week in weeks {
        let last_day = dates::days_after(week.week_start, 6);
        let longest_m = week.longest_m.unwrap_or_default();
        if last_day <= as_of && week.runs >= LEAST_RUNS && 2 * longest_m > week.distance_m {
            let run = (sessions::last_run_up_to(sessions, last_day), last_day);
            let half_m = week.distance_m / 2;
            let compared =
                Compared { value: longest_m, baseline: Some(half_m), threshold: half_m, unit: Unit::Metres };
            warnings.push(Warning::new(&RULE, run, compared, Seen));
        }
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::day;

    fn fires(runs: u32, longest_m: i64, distance_m: i64, as_of: &str) -> bool {
        let week = WeekRow {
            week_start: day("2026-01-05"),
            distance_m,
            runs,
            longest_m: Some(longest_m),
            moving_time_s: None,
            ascent_m: None,
            descent_m: None,
            best_of_4_m: None,
            peak_7_days_m: distance_m,
        };
        !warnings(&[week], &[], day(as_of)).is_empty()
    }

    #[test]
    fn half_of_a_week_with_three_runs_is_not_reported_and_a_metre_more_is() {
        assert!(!fires(3, 15_000, 30_000, "2026-01-11"));
        assert!(fires(3, 15_001, 30_000, "2026-01-11"));
    }

    #[test]
    fn a_week_of_two_runs_and_one_that_is_not_over_are_not_judged() {
        assert!(!fires(2, 20_000, 30_000, "2026-01-11"));
        assert!(!fires(3, 20_000, 30_000, "2026-01-10"));
    }
}
