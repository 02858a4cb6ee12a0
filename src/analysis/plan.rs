//! A plan checked ahead: the planned runs behind the history, judged by the engine of limits and by every rule that can speak
//! of them.
//!
//! A planned run is held against the limit of its day and the seven days up to it against theirs (`limits`), each by what was
//! run and is planned before; what rules would say of it is what they say of a recorded run, as both go the same way.

use std::ops::Range;

use chrono::{FixedOffset, NaiveDate, NaiveTime, Offset, TimeZone, Utc};
use polars::prelude::PolarsResult;

use super::{Analysis, analyze};
use crate::{
    activity::{Activity, Format, Sport},
    analysis::{
        knee_limits::BesidePlan,
        limits::walk::{self, Beside, Fit},
        rules::{RULES, Warning},
    },
    dates,
    plan::PlannedRun,
    settings::Settings,
};

/// Minutes between two planned runs of a day: they are two runs, not one with a pause.
const MINUTES_APART: u32 = 31;
/// Minutes of a day, and those of noon: a run that ended after midnight is not joined with one that is planned.
const MINUTES: u32 = 24 * 60;
const NOON: u32 = 12 * 60;

/// A planned run beside its limits, with what it would raise.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The run.
    pub run: PlannedRun,
    /// The limits of its day.
    pub fit: Fit,
    /// What it would raise; empty: nothing.
    pub warnings: Vec<Warning>,
}

impl Judged {
    /// The ids of the rules that would speak, each once.
    #[must_use]
    pub fn rules(&self) -> Vec<&'static str> {
        let mut rules: Vec<&'static str> = Vec::new();
        for warning in &self.warnings {
            if !rules.contains(&warning.rule.id) {
                rules.push(warning.rule.id);
            }
        }
        rules
    }

    /// Whether it is above a limit, or would raise something.
    #[must_use]
    pub fn is_noted(&self) -> bool {
        self.fit.is_over() || !self.warnings.is_empty()
    }
}

/// The planned runs of a calendar week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedWeek {
    /// Its first day.
    pub week_start: NaiveDate,
    /// Positions in the plan.
    pub runs: Range<usize>,
    /// The planned distance, in whole metres.
    pub planned_m: i64,
    /// What the files hold of that week, in whole metres.
    pub run_m: i64,
}

/// A plan, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanCheck {
    /// The planned runs that are still ahead, by day.
    pub runs: Vec<Judged>,
    /// The same by calendar week.
    pub weeks: Vec<PlannedWeek>,
    /// Planned runs that the day of the report has passed.
    pub past: usize,
}

/// Checks planned runs (by day) against the history of an analysis; `runs` and `others` are the activities that it was made
/// from.
///
/// # Errors
/// Only if polars refuses a query.
pub fn check_plan(
    analysis: &Analysis,
    runs: &[Activity],
    others: &[Activity],
    settings: &Settings,
    planned: &[PlannedRun],
) -> PolarsResult<PlanCheck> {
    // a run on the day of the report takes the place of one that was planned for it
    let ahead: Vec<PlannedRun> =
        planned.iter().filter(|run| run.date >= analysis.limits.date).copied().collect();
    let past = planned.len() - ahead.len();
    let Some(last) = ahead.last() else {
        return Ok(PlanCheck { runs: Vec::new(), weeks: Vec::new(), past });
    };
    let offset = runs.last().map_or_else(|| Utc.fix(), |run| *run.start.offset());
    let mut all = runs.to_vec();
    all.extend(ahead.iter().enumerate().map(|(i, run)| activity(i, run, &ahead, offset)));
    let ahead_analysis = analyze(&all, others, settings, last.date)?;
    let engine = &ahead_analysis.engine;
    let known = analysis.sessions.len();
    let warnings = of_plans(&ahead_analysis);
    let of_knee = analysis.knee.as_ref().map(|knee| BesidePlan { knee, recorded: known });
    let beside = of_knee.as_ref().map(|beside| beside as &dyn Beside);
    let judged = ahead.iter().enumerate().map(|(i, run)| {
        let id = id(i);
        let raised = warnings.iter().filter(|warning| warning.run == id);
        Judged {
            run: *run,
            fit: walk::fit(engine, known + i, beside),
            warnings: raised.map(|w| (*w).clone()).collect(),
        }
    });
    Ok(PlanCheck { runs: judged.collect(), weeks: weeks(analysis, settings, &ahead), past })
}

fn of_plans(analysis: &Analysis) -> Vec<&Warning> {
    let speaks = |warning: &&Warning| RULES.iter().any(|row| row.of_plans && row.rule == warning.rule);
    // that a plan leaves a break is no news to who plans it; a run above what it leaves is
    analysis.warnings.iter().filter(speaks).filter(|warning| !warning.is_break()).collect()
}

/// The name of a planned run among recorded ones: no start looks like it.
fn id(position: usize) -> String {
    format!("planned {position}")
}

/// A planned run as if it had been recorded.
fn activity(position: usize, run: &PlannedRun, ahead: &[PlannedRun], offset: FixedOffset) -> Activity {
    let earlier = ahead[..position].iter().rev().take_while(|other| other.date == run.date).count();
    let minute = (NOON + u32::try_from(earlier).unwrap_or_default() * MINUTES_APART).min(MINUTES - 1);
    let time = NaiveTime::from_num_seconds_from_midnight_opt(60 * minute, 0).unwrap_or_default();
    let local = run.date.and_time(time);
    // by the clock of the last run, so that it stays behind that one
    let start = offset.from_local_datetime(&local).single().unwrap_or_else(|| local.and_utc().fixed_offset());
    Activity {
        id: id(position),
        distance_m: Some(run.distance_m as f64),
        ..Activity::new("", Format::Index, Sport::new("running"), start)
    }
}

/// The plan by calendar week.
fn weeks(analysis: &Analysis, settings: &Settings, ahead: &[PlannedRun]) -> Vec<PlannedWeek> {
    let mut weeks: Vec<PlannedWeek> = Vec::new();
    for (i, run) in ahead.iter().enumerate() {
        let week_start = dates::week_start(run.date, settings.week_start);
        match weeks.last_mut() {
            Some(week) if week.week_start == week_start => {
                week.runs.end = i + 1;
                week.planned_m += run.distance_m;
            }
            _ => {
                let recorded = analysis.weeks.iter().find(|week| week.week_start == week_start);
                let run_m = recorded.map_or(0, |week| week.distance_m);
                weeks.push(PlannedWeek { week_start, runs: i..i + 1, planned_m: run.distance_m, run_m });
            }
        }
    }
    weeks
}
