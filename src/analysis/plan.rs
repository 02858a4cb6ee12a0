//! A plan checked ahead: the planned runs behind the history, and the same rules over all of it.
//!
//! ```text
//! nearest distance that would not warn, rounded down to 100 m: the least of
//!   long-run-spike   max(1.10 L, L + 499 m, 2,999 m)
//!   weekly-jump      what is left of the day's limit: 1.30 m or, above that of a NOTE, max(1.30 p, 1.10 m)
//!   gap              the cap of a break of 14 days or more
//! ```
//! with the runner's own thresholds in place of 1.10 and 1.30. Evidence grades and sources are those of the rules. Every planned run is judged with the others as written.

use chrono::NaiveDate;

use super::Analysis;
use crate::{
    analysis::{
        history::{
            History,
            breaks::{self, Gap},
            compare::compare,
            sessions::Session,
        },
        rules::{self, Facts, RULES, Warning},
        shoes::Shoes,
    },
    dates,
    plan::PlannedRun,
    settings::Settings,
    table::DayRow,
};

/// Nearest distances are rounded down to this.
const STEP_M: i64 = 100;
const ROLLING_DAYS: usize = 7;

/// What a planned run would raise.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// A warning of a rule.
    Warning(Warning),
    /// The run is longer than a break before it allows.
    AboveBreakCap {
        /// The break.
        gap: Gap,
        /// What it allows, in whole metres.
        cap_m: i64,
    },
}

/// A planned run with what it would raise.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The run.
    pub run: PlannedRun,
    /// What it would raise; empty: nothing.
    pub findings: Vec<Finding>,
    /// The nearest shorter distance that would raise nothing, in whole metres; `None` where even the shortest run
    /// would, or where nothing is raised.
    pub nearest_m: Option<i64>,
}

/// A plan, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanCheck {
    /// The planned runs that are still ahead, by day.
    pub runs: Vec<Judged>,
    /// Planned runs that the day of the report has passed.
    pub past: usize,
}

/// Checks planned runs (by day) against the history of an analysis.
#[must_use]
pub fn check_plan(analysis: &Analysis, settings: &Settings, planned: &[PlannedRun]) -> PlanCheck {
    // a run on the day of the report takes the place of one that was planned for it
    let ahead: Vec<PlannedRun> =
        planned.iter().filter(|run| run.date >= analysis.caps.date).copied().collect();
    let past = planned.len() - ahead.len();
    let h0 = analysis.days.first().map_or(analysis.as_of, |day| day.date);
    let recorded = analysis.sessions.len();
    let mut sessions = analysis.sessions.clone();
    sessions.extend(ahead.iter().enumerate().map(|(i, run)| Session::new(id(i), run.date, run.distance_m)));
    let comparisons = compare(&sessions, h0);
    let history = History {
        runs: &[],
        sessions: &sessions,
        comparisons: &comparisons,
        days: &days_with(&analysis.days, &ahead),
        weeks: &[],
        shoes: &Shoes::default(),
        worn: &[],
        h0,
        as_of: analysis.as_of,
        thresholds: settings.thresholds,
    };
    let asked = RULES.iter().filter(|row| row.of_plans && settings.is_on(row.rule));
    let warnings: Vec<Warning> = asked.flat_map(|row| (row.ask)(&history)).collect();

    let judge = |(i, run): (usize, &PlannedRun)| {
        let mut findings = Vec::new();
        findings.extend(above_break_cap(&sessions[..recorded + i], run));
        let id = id(i);
        findings.extend(warnings.iter().filter(|w| w.run == id).cloned().map(Finding::Warning));
        let nearest_m = findings.iter().filter_map(|finding| limit_m(finding, run)).min().filter(|m| *m > 0);
        Judged { run: *run, findings, nearest_m }
    };
    PlanCheck { runs: ahead.iter().enumerate().map(judge).collect(), past }
}

/// The name of a planned run among recorded ones: no start looks like it.
fn id(position: usize) -> String {
    format!("planned {position}")
}

fn above_break_cap(before: &[Session], run: &PlannedRun) -> Option<Finding> {
    let gap = breaks::gap_on(before, run.date).filter(|gap| gap.days >= breaks::BLIND_FROM_DAYS)?;
    let cap_m = gap.cap_m(run.date)?;
    (run.distance_m > cap_m).then_some(Finding::AboveBreakCap { gap, cap_m })
}

/// The days of a history, and on up to the last planned run.
fn days_with(known: &[DayRow], planned: &[PlannedRun]) -> Vec<DayRow> {
    let mut days = known.to_vec();
    let (Some(last_known), Some(last)) = (known.last(), planned.last()) else { return days };
    let after = |date: &NaiveDate| *date <= last.date;
    let empty = |date| DayRow { date, distance_m: 0, runs: 0, last_7_days_m: 0 };
    days.extend(dates::days_after(last_known.date, 1).iter_days().take_while(after).map(empty));
    for run in planned {
        let position = days.binary_search_by_key(&run.date, |day| day.date);
        if let Some(day) = position.ok().and_then(|position| days.get_mut(position)) {
            day.distance_m += run.distance_m;
            day.runs += 1;
        }
    }
    for t in 0..days.len() {
        let first = (t + 1).saturating_sub(ROLLING_DAYS);
        days[t].last_7_days_m = days[first..=t].iter().map(|day| day.distance_m).sum();
    }
    days
}

/// The longest distance of this run for which a finding would not be.
fn limit_m(finding: &Finding, run: &PlannedRun) -> Option<i64> {
    let limit_m = match finding {
        Finding::AboveBreakCap { cap_m, .. } => *cap_m,
        Finding::Warning(warning) => match warning.facts {
            Facts::LongRunSpike(_) => {
                let longest_m = warning.compared.baseline.unwrap_or_default();
                warning.compared.threshold.max(longest_m + 499).max(2_999)
            }
            Facts::WeeklyJump(seen) => {
                let above = |meters: i64| (100 + seen.percent) * meters / 100;
                let note_m = above(seen.previous_m).max(110 * seen.best_m / 100);
                let attention_m = above(seen.best_m);
                let week_limit_m = if seen.previous_m > 0 { attention_m.min(note_m) } else { attention_m };
                week_limit_m - (warning.compared.value - run.distance_m)
            }
            _ => return None,
        },
    };
    Some(limit_m.max(0) / STEP_M * STEP_M)
}

impl Finding {
    /// The rule's name.
    #[must_use]
    pub fn rule_name(&self) -> &'static str {
        match self {
            Self::Warning(warning) => warning.rule.id,
            Self::AboveBreakCap { .. } => rules::gap::RULE.id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{
        analyze,
        testing::{day, run},
    };

    /// Eight weeks of Wednesdays with 8 km and Sundays with 12 km, 4 January to 1 March 2026.
    fn steady() -> Analysis {
        let mut runs = Vec::new();
        for week in 0..9_u64 {
            let sunday = dates::days_after(day("2026-01-04"), 7 * week);
            if week > 0 {
                let wednesday = dates::days_before(sunday, 4);
                runs.push(run(&format!("{wednesday}T08:00:00+01:00"), 8_000, 48));
            }
            runs.push(run(&format!("{sunday}T08:00:00+01:00"), 12_000, 72));
        }
        analyze(&runs, &[], &Settings::default(), day("2026-03-01")).unwrap()
    }

    fn planned(rows: &[(&str, i64)]) -> Vec<PlannedRun> {
        let row = |(line, &(date, distance_m)): (u64, &(&str, i64))| PlannedRun {
            date: day(date),
            distance_m,
            line,
        };
        (2..).zip(rows).map(row).collect()
    }

    /// Rules and nearest distance of every planned run.
    fn judged(rows: &[(&str, i64)]) -> Vec<(Vec<&'static str>, Option<i64>)> {
        let check = check_plan(&steady(), &Settings::default(), &planned(rows));
        let tell =
            |judged: &Judged| (judged.findings.iter().map(Finding::rule_name).collect(), judged.nearest_m);
        check.runs.iter().map(tell).collect()
    }

    #[test]
    fn a_plan_within_ten_per_cent_raises_nothing_and_a_metre_more_does() {
        assert_eq!(
            judged(&[("2026-03-04", 8_000), ("2026-03-08", 13_200)]),
            [(vec![], None), (vec![], None)]
        );
        assert_eq!(
            judged(&[("2026-03-04", 8_000), ("2026-03-08", 13_201)]),
            [(vec![], None), (vec!["long-run-spike"], Some(13_200))]
        );
    }

    #[test]
    fn what_is_planned_before_counts_for_what_is_planned_after() {
        let rows =
            [("2026-03-04", 8_000), ("2026-03-08", 13_200), ("2026-03-11", 8_000), ("2026-03-15", 14_500)];
        assert!(judged(&rows).iter().all(|(rules, _)| rules.is_empty()), "14.5 km after 13.2 km");
        assert_eq!(
            judged(&[rows[0], ("2026-03-08", 12_000), rows[2], rows[3]])[3].1,
            Some(13_200),
            "14.5 km after 12.0 km"
        );
    }

    #[test]
    fn seven_days_that_jump_leave_what_is_left_of_them() {
        // 20 km in every block: 8 + 12 + 8 = 28 km are more than 1.30 × 20; left for the last run: 26 − 20 = 6 km
        let rows = [("2026-03-04", 8_000), ("2026-03-08", 12_000), ("2026-03-10", 8_000)];
        assert_eq!(judged(&rows)[2], (vec!["weekly-jump"], Some(6_000)));
    }

    #[test]
    fn a_run_after_a_break_is_held_against_the_cap_of_the_break() {
        // 20 days after the last run: 0.75 × 12.0 km
        assert_eq!(judged(&[("2026-03-21", 9_000)]), [(vec![], None)]);
        assert_eq!(judged(&[("2026-03-21", 9_100)]), [(vec!["gap"], Some(9_000))]);
    }

    #[test]
    fn planned_runs_of_the_past_are_left_out() {
        let plan = planned(&[("2026-02-25", 30_000), ("2026-03-01", 30_000), ("2026-03-04", 8_000)]);
        let check = check_plan(&steady(), &Settings::default(), &plan);
        assert_eq!((check.past, check.runs.len()), (2, 1), "a run stands on 1 March already");
    }

    #[test]
    fn the_nearest_distance_raises_nothing_indeed() {
        for distance_m in (2_000..30_000).step_by(1_700) {
            let rows = [("2026-03-03", 6_000), ("2026-03-05", distance_m)];
            if let (_, Some(nearest_m)) = judged(&rows)[1] {
                assert!(nearest_m < distance_m);
                assert_eq!(judged(&[rows[0], ("2026-03-05", nearest_m)])[1], (vec![], None), "{distance_m}");
            }
        }
    }
}
