//! The week in one sentence: for the top of the page, and for a notification.

use super::{Report, stale, warnings::blocks};
use crate::{
    analysis::Analysis,
    dates,
    report::page::{Block, Heading, Section, Tone},
    units::UnitSystem,
    warning::Level,
};

/// The answer, below the name of the page.
pub(super) fn section(report: &Report<'_>) -> Option<Section> {
    let as_of = report.analysis.as_of;
    let title = format!("treadlight, {} {}", dates::with_weekday(as_of), as_of.format("%Y"));
    let verdict = sentence(report.analysis, report.units);
    Some(Section { heading: Heading::Page(title), blocks: vec![Block::Text(Tone::Verdict, verdict)] })
}

/// What to do, or that nothing asks for it; what is active beside it is counted.
#[must_use]
pub fn sentence(analysis: &Analysis, units: UnitSystem) -> String {
    if analysis.sessions.is_empty() {
        return "No runs in your files yet.".to_owned();
    }
    let (load, rest) = blocks(analysis);
    let active = load.len() + rest.len();
    let asks = load.iter().chain(&rest).find(|block| block.head.level >= Level::Caution);
    let Some(block) = asks else {
        let Some(first) = load.iter().chain(&rest).next() else {
            return "No warning is active, which does not mean no risk.".to_owned();
        };
        let title = capitalized(first.head.rule.title);
        return format!("Nothing asks you to act. {title}: {}{}", first.head.fact(units), more(active));
    };
    let title = capitalized(block.head.rule.title);
    let actions = block.actions(units);
    let more = more(active);
    format!("{title} on {}. {}{more}", dates::with_weekday(block.head.date), actions.join(" "))
}

/// One line for a notification; empty when nothing is active.
#[must_use]
pub fn notification(report: &Report<'_>) -> String {
    if report.analysis.active().is_empty() {
        return String::new();
    }
    let stale = stale::sentence(report).map_or_else(String::new, |stale| format!("{stale} "));
    format!("{stale}{}", sentence(report.analysis, report.units))
}

/// What is active beside the one that is told.
fn more(active: usize) -> String {
    match active {
        0 | 1 => String::new(),
        n => format!(" (+{} more)", n - 1),
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
