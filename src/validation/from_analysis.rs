//! What the analysis knows, as a follow-up needs it.

use super::{Alarms, Run};
use crate::{
    analysis::{
        history::{compare::Comparison, sessions::Session},
        rules::{Warning, gap, long_run_spike, step_stack, weekly_jump},
    },
    warning::{Level, Rule},
};

/// The rules whose alarms are held against injuries: of the load, and of level caution or above.
#[must_use]
pub fn rules() -> [&'static Rule; 4] {
    [&long_run_spike::RULE, &gap::RULE, &weekly_jump::RULE, &step_stack::RULE]
}

/// Runs with their comparison by distance.
#[must_use]
pub fn runs(sessions: &[Session], comparisons: &[Comparison]) -> Vec<Run> {
    let run = |(session, comparison): (&Session, &Comparison)| Run {
        date: session.date,
        distance_m: session.distance_m,
        spike: comparison.state.size().is_some(),
    };
    sessions.iter().zip(comparisons).map(run).collect()
}

/// The alarms of some rules, a row each, also for one that never spoke.
#[must_use]
pub fn alarms(rules: &[&'static Rule], warnings: &[Warning]) -> Vec<Alarms> {
    let of_rule = |rule: &&'static Rule| {
        let is_alarm = |warning: &&Warning| warning.rule == *rule && warning.level >= Level::Caution;
        Alarms {
            rule: rule.id,
            dates: warnings.iter().filter(is_alarm).map(|warning| warning.date).collect(),
        }
    };
    rules.iter().map(of_rule).collect()
}
