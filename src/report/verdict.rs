//! The week in one sentence: for the top of the page, and for a notification.

use super::text::{printable, warnings::blocks};
use crate::{
    analysis::Analysis, dates, knee::fold::State, report::words::knee as words, units::UnitSystem,
    warning::Level,
};

/// What to do, or that nothing asks for it; what is active beside it is counted.
#[must_use]
pub fn sentence(analysis: &Analysis, units: UnitSystem) -> String {
    if let Some((knee, limit)) = analysis.knee_limit()
        && limit.state == State::Stop
    {
        let urgent = words::action(knee, &limit, units).unwrap_or_default();
        return format!("You noted: {}. {urgent}", words::stopped_by(knee));
    }
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
    let actions: Vec<String> = block.advice().iter().map(|advice| advice.action(units)).collect();
    let more = more(active);
    format!("{title} on {}. {}{more}", dates::with_weekday(block.head.date), actions.join(" "))
}

/// One line for a notification; empty when nothing is active.
#[must_use]
pub fn notification(analysis: &Analysis, units: UnitSystem) -> String {
    let knee = analysis.knee_limit().and_then(|(knee, limit)| {
        words::quiet(knee, &limit, units).map(|line| (format!("{}\n", printable(&line)), limit.state))
    });
    // a stop stands alone: no distance beside it
    if let Some((line, State::Stop)) = knee {
        return line;
    }
    let knee = knee.map_or_else(String::new, |(line, _)| line);
    if analysis.active().is_empty() {
        return knee;
    }
    let stale = analysis.stale_since.map_or_else(String::new, |newest| {
        format!("Newest activity: {}. Have you exported lately? ", dates::long(newest))
    });
    let line = format!("{stale}{}", sentence(analysis, units));
    format!("{knee}{}\n", printable(&line))
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
