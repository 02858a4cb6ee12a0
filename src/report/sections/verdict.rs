//! The week in one sentence: for the top of the page, and for a notification.

use super::{
    Report, stale,
    warnings::{Block, blocks},
};
use crate::{
    analysis::Analysis,
    capitals::capitalized,
    dates,
    knee::fold::State,
    report::{
        page::{self, Heading, Section, Tone},
        words::knee as words,
    },
    units::UnitSystem,
    warning::Level,
};

/// The answer, below the name of the page.
pub(super) fn section(report: &Report<'_>) -> Option<Section> {
    let as_of = report.analysis.as_of;
    let title = format!("treadlight, {} {}", dates::with_weekday(as_of), as_of.format("%Y"));
    let verdict = sentence(report.analysis, report.units);
    Some(Section { heading: Heading::Page(title), blocks: vec![page::Block::Text(Tone::Verdict, verdict)] })
}

/// What to do, or that nothing asks for it; what is active beside it is counted.
#[must_use]
pub fn sentence(analysis: &Analysis, units: UnitSystem) -> String {
    if let Some((knee, limit)) = analysis.knee_limit()
        && limit.state == State::Stop
    {
        let urgent = words::action(knee, &limit, units).unwrap_or_default();
        return format!("You noted: {}. {urgent}", words::stopped_by(knee));
    }
    // what a runner reports of the body stands above every rule about load
    if let Some((knee, limit)) = analysis.knee_limit()
        && analysis.knee_level() >= Some(Level::Caution)
        && let Some(said) = words::quiet(knee, &limit, units)
    {
        return capitalized(&said);
    }
    of_load(analysis, units)
}

/// The same without the knee diary.
fn of_load(analysis: &Analysis, units: UnitSystem) -> String {
    if analysis.sessions.is_empty() {
        return "No runs in your files yet.".to_owned();
    }
    let (load, rest) = blocks(analysis);
    let active = load.len() + rest.len();
    let urgent = |block: &&Block<'_>| block.head.level >= Level::Caution;
    let all = || load.iter().chain(&rest);
    let Some(block) = all().find(urgent).or_else(|| all().next()) else {
        return "No warning is active, which does not mean no risk.".to_owned();
    };
    let head = block.head;
    let title = capitalized(head.rule.title);
    // a run is known by its day; a pair of shoes, and what only informs, by what was seen
    let day = dates::with_weekday(head.date);
    let what = if head.is_above_break_cap() {
        format!("The run of {day} was above what the break before leaves.")
    } else if head.level >= Level::Caution && head.rule.is_load() {
        format!("{title} on {day}.")
    } else {
        format!("{title}: {}", head.fact(units))
    };
    format!("{what} {}{}", block.actions(units).join(" "), more(active))
}

/// A line for a notification, and one before it where the knee diary holds a limit; empty when nothing is active.
#[must_use]
pub fn notification(report: &Report<'_>) -> Vec<String> {
    let (analysis, units) = (report.analysis, report.units);
    let knee = analysis.knee_limit();
    let of_knee = knee.as_ref().and_then(|(knee, limit)| words::quiet(knee, limit, units));
    // a stop stands alone: no distance beside it
    let is_stop = knee.is_some_and(|(_, limit)| limit.state == State::Stop);
    if analysis.active().is_empty() || (is_stop && of_knee.is_some()) {
        return of_knee.into_iter().collect();
    }
    let stale = stale::sentence(report).map_or_else(String::new, |stale| format!("{stale} "));
    let of_load = format!("{stale}{}", of_load(analysis, units));
    of_knee.into_iter().chain([of_load]).collect()
}

/// What is active beside the one that is told.
fn more(active: usize) -> String {
    match active {
        0 | 1 => String::new(),
        n => format!(" (+{} more)", n - 1),
    }
}
