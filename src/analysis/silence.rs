//! Rules that held and said nothing: which, on which day, of which run, and why.

use chrono::NaiveDate;

use super::Analysis;
use crate::{
    analysis::rules::{guards::Silence, long_run_spike, step_stack, weekly_jump},
    warning::Rule,
};

/// A rule that held in silence.
#[derive(Clone, Copy, Debug)]
pub struct Silent<'a> {
    /// The rule.
    pub rule: &'static Rule,
    /// The day it is about.
    pub date: NaiveDate,
    /// The first recording of the run; `None` of seven days.
    pub run: Option<&'a str>,
    /// Why nothing was said.
    pub why: Silence,
}

/// Everything that ever held in silence, rule by rule, oldest first: of the rules that compare a run or seven days with those
/// before.
#[must_use]
pub fn silent(analysis: &Analysis) -> Vec<Silent<'_>> {
    let (sessions, comparisons) = (&analysis.sessions, &analysis.comparisons);
    let of_session = |rule: &'static Rule| {
        move |(position, why): (usize, Silence)| {
            let session = &sessions[position];
            Silent { rule, date: session.date, run: Some(session.run.as_str()), why }
        }
    };
    let spikes = long_run_spike::judged(sessions, comparisons, analysis.thresholds).1;
    let stacks = step_stack::judged(sessions, comparisons).1;
    let jumps = weekly_jump::judged(&analysis.days, sessions, analysis.thresholds).1;
    let of_day = |(day, why): (usize, Silence)| Silent {
        rule: &weekly_jump::RULE,
        date: analysis.days[day].date,
        run: None,
        why,
    };
    spikes
        .into_iter()
        .map(of_session(&long_run_spike::RULE))
        .chain(jumps.into_iter().map(of_day))
        .chain(stacks.into_iter().map(of_session(&step_stack::RULE)))
        .collect()
}
