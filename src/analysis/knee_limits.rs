//! The knee diary over the limits of the load: the smaller one holds, day by day, and a stop beats all.
//!
//! Nothing here raises a limit. On the ladder and under a professional's plan there is no distance at all, the load's
//! neither; before the first day after a rest, and while a sign stands, a run's limit is 0. [`on_day`] is the only place
//! where the diary is laid over the load: limits, steps, plans and whatever reads them ask it.

use chrono::NaiveDate;

use super::limits::{
    answer::{HORIZON_DAYS, Limits, Step},
    engine::Engine,
    exposure::Exposure,
    source::{Because, Source},
    walk::{Beside, Run},
};
use crate::{
    dates,
    knee::{
        Knee,
        fold::{Limit, LoadLimits, State},
    },
    warning::Body,
};

/// The diary's name in `explain caps` and JSON.
pub const NAME: &str = "knee-diary";

/// What the diary leaves of the load's limits on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnDay {
    /// State, numbers and first day.
    pub limit: Limit,
    /// What it says first, where it leaves less than a number.
    pub body: Option<Body>,
    /// The most for one run on that very day, in metres: 0 before the first day. `None`: no distance.
    pub run_m: Option<i64>,
}

/// What the diary leaves of the load's limits on a day, where further runs are planned before it.
#[must_use]
pub fn on_day(knee: &Knee, planned: &[(NaiveDate, i64)], date: NaiveDate, load: LoadLimits) -> OnDay {
    let limit = knee.limit_with(planned, date, load);
    let first = limit.not_before.filter(|first| *first > date);
    let body = match (limit.state, first) {
        (State::Stop, _) => Some(Body::NoRun),
        _ if limit.because.is_some() => Some(Body::NoRun),
        (State::Ladder | State::Plan, _) => Some(Body::NoDistance),
        // what cannot be read may be a stop
        _ if knee.unread().is_some() => Some(Body::NoDistance),
        (_, first) => first.map(Body::NotBefore),
    };
    let run_m = match body {
        Some(Body::NoRun | Body::NotBefore(_)) => Some(0),
        _ => limit.run_m,
    };
    if body == Some(Body::NoDistance) {
        let limit = Limit { run_m: None, week_m: None, ..limit };
        return OnDay { limit, body, run_m: None };
    }
    OnDay { limit, body, run_m }
}

/// Lays the diary over limits.
pub fn lay_over(limits: &mut Limits, knee: &Knee) {
    let load = LoadLimits { run_m: limits.next_run_m, week_m: limits.next_7_days_m };
    let today = on_day(knee, &[], limits.date, load);
    let limit = today.limit;
    if limit.state == State::Clear && today.body.is_none() {
        return;
    }
    let because = because(knee, &limit);
    limits.steps = steps(limits, knee);
    limits.body = today.body;
    limits.not_before = limit.not_before.filter(|first| *first > limits.date);
    if limit.run_m != load.run_m || today.body.is_some() {
        limits.because = Some(because.clone());
    }
    if limit.week_m != load.week_m {
        limits.week_because = Some(because.clone());
        limits.next_7_days_until = None;
    }
    (limits.next_run_m, limits.next_7_days_m) = (limit.run_m, limit.week_m);
    limits.missing = limits.missing.filter(|_| limit.run_m.is_none());
    if !matches!(limit.state, State::Hold | State::Ramp) || limit.because.is_some() {
        // a number of minutes would be a distance by another name
        limits.running = None;
    }
    let first = limit.not_before.unwrap_or(limits.date);
    let of_first = limits.steps.iter().find(|step| step.until.is_none_or(|until| until >= first));
    limits.until = limit.run_m.and(of_first).and_then(|step| step.until);
    take_source(limits, &limit, because);
}

/// The diary among the sources: alone where it leaves no distance, as no other one counts then.
fn take_source(limits: &mut Limits, limit: &Limit, because: Because) {
    if matches!(limits.body, Some(Body::NoRun | Body::NoDistance)) {
        limits.sources.clear();
    }
    let own = Source {
        name: NAME,
        exposure: Exposure::Metres,
        run: limit.run_m,
        not_before: limits.not_before,
        week_m: limit.week_m,
        from: limits.date,
        until: limit.until,
        raised: None,
        because,
    };
    let is_stricter = |source: &Source| source.run.is_none_or(|run| limit.run_m.is_none_or(|own| own <= run));
    let at = limits.sources.iter().position(is_stricter).unwrap_or(limits.sources.len());
    limits.sources.insert(at, own);
}

fn because(knee: &Knee, limit: &Limit) -> Because {
    if knee.unread().is_some() && !matches!(limit.state, State::Stop | State::Plan) && limit.because.is_none()
    {
        return Because::Said("a file of your knee diary cannot be read");
    }
    let entry = knee.cause(limit).and_then(|row| Some((row.date, row.light?)));
    Because::Knee { state: limit.state, standing: limit.because, entry }
}

/// The steps of the load, each day with what the diary leaves of it.
fn steps(limits: &Limits, knee: &Knee) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let last = dates::days_after(limits.date, HORIZON_DAYS);
    for date in limits.date.iter_days().take_while(|date| *date <= last) {
        let Some(of_load) = limits.steps.iter().rev().find(|step| step.from <= date) else { continue };
        let load = LoadLimits { run_m: of_load.most_m, week_m: None };
        let today = on_day(knee, &[], date, load);
        let because = if today.run_m == of_load.most_m && today.body.is_none() {
            of_load.because.clone()
        } else {
            Some(because(knee, &today.limit))
        };
        match steps.last_mut() {
            Some(step) if step.most_m == today.run_m => {}
            last => {
                if let Some(step) = last {
                    step.until = Some(dates::days_before(date, 1));
                }
                steps.push(Step { from: date, until: None, most_m: today.run_m, because });
            }
        }
    }
    steps
}

/// The diary beside the limits of a plan: every planned day asks it, with what is planned before.
#[derive(Clone, Copy, Debug)]
pub struct BesidePlan<'a> {
    /// The diary.
    pub knee: &'a Knee,
    /// So many runs are recorded; those behind them are planned.
    pub recorded: usize,
}

impl BesidePlan<'_> {
    fn planned(&self, engine: &Engine, n: usize) -> Vec<(NaiveDate, i64)> {
        (self.recorded..n).map_while(|i| engine.run(i)).collect()
    }
}

impl Beside for BesidePlan<'_> {
    fn run(&self, engine: &Engine, day: NaiveDate, n: usize, load_m: Option<i64>) -> Run {
        let planned = self.planned(engine, n);
        let today = on_day(self.knee, &planned, day, LoadLimits { run_m: load_m, week_m: None });
        match today.limit.state {
            _ if today.body == Some(Body::NoRun) => Run::NoRun,
            State::Plan => Run::TheirPlan,
            _ if today.body == Some(Body::NoDistance) => Run::NoDistance,
            _ => Run::Most(today.run_m),
        }
    }

    /// The seven days are those up to the planned one, but none before the day of the report: what was run by then is known.
    fn week(&self, engine: &Engine, day: NaiveDate, n: usize) -> Option<(i64, i64)> {
        let first = dates::days_before(day, 6).max(self.knee.on);
        let planned = self.planned(engine, n);
        let load = LoadLimits { run_m: engine.on_day(first), week_m: None };
        // a sign that stands is said of each day by itself
        let week_m = self.knee.limit_with(&planned, first, load).week_m.filter(|week_m| *week_m > 0)?;
        let inside = planned.iter().filter(|(date, _)| (first..=day).contains(date));
        Some((week_m, week_m - inside.map(|(_, metres)| *metres).sum::<i64>()))
    }
}
