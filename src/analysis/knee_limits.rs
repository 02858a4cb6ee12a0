//! The knee diary over the limits of the load: the smaller one holds, day by day, and a stop beats all.
//!
//! Nothing here raises a limit. On the ladder and under a professional's plan there is no distance at all, the load's
//! neither; before the first day after a rest, and while a sign stands, a run's limit is 0.

use chrono::NaiveDate;

use super::limits::answer::{HORIZON_DAYS, Limits, Step};
use crate::{
    dates,
    knee::{
        Knee,
        fold::{LoadLimits, State},
    },
};

/// Lays the diary over limits.
pub fn lay_over(limits: &mut Limits, knee: &Knee) {
    let load = LoadLimits { run_m: limits.next_run_m, week_m: limits.next_7_days_m };
    let limit = knee.limit(limits.date, load);
    if limit.state == State::Clear {
        return;
    }
    limits.steps = steps(limits, knee);
    limits.next_run_m = limit.run_m;
    limits.not_before = limit.not_before.filter(|first| *first > limits.date);
    limits.next_7_days_m = limit.week_m;
    if !matches!(limit.state, State::Hold | State::Ramp) || limit.because.is_some() {
        // a number of minutes would be a distance by another name
        limits.running = None;
    }
    let first = limit.not_before.unwrap_or(limits.date);
    let of_first = limits.steps.iter().find(|step| step.until.is_none_or(|until| until >= first));
    limits.until = limit.run_m.and(of_first).and_then(|step| step.until);
}

/// The steps of the load, each day with what the diary leaves of it.
fn steps(limits: &Limits, knee: &Knee) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let last = dates::days_after(limits.date, HORIZON_DAYS);
    for date in limits.date.iter_days().take_while(|date| *date <= last) {
        let Some(of_load) = limits.steps.iter().rev().find(|step| step.from <= date) else { continue };
        let cap_m = on_day(knee, date, of_load.most_m);
        match steps.last_mut() {
            Some(step) if step.most_m == cap_m => {}
            last => {
                if let Some(step) = last {
                    step.until = Some(dates::days_before(date, 1));
                }
                steps.push(Step { from: date, until: None, most_m: cap_m, because: of_load.because.clone() });
            }
        }
    }
    steps
}

/// What one run of a day may have at most, in metres; `None`: no distance.
#[must_use]
pub fn on_day(knee: &Knee, date: NaiveDate, load_m: Option<i64>) -> Option<i64> {
    let limit = knee.limit(date, LoadLimits { run_m: load_m, week_m: None });
    let rests = limit.not_before.is_some_and(|first| first > date);
    if rests && limit.run_m.is_some() { Some(0) } else { limit.run_m }
}
