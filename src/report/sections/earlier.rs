//! EARLIER: a line for each warning of the last 52 weeks that is no longer active, its facts unfolding.

use super::{Report, replay::one_line, warnings::stated};
use crate::{
    analysis::{EARLIER_WEEKS, replay::replay, rules::Warning},
    report::page::{Block, Item, Section, Tone},
};

/// Every earlier warning, newest first; those that say the same again folded into the newest.
pub(super) fn section(report: &Report<'_>) -> Option<Section> {
    let analysis = report.analysis;
    let active = analysis.active();
    // a pair that is reported above has no second line
    let is_above = |warning: &&Warning| active.iter().any(|above| above.is_of_the_wear_of(warning));
    let earlier: Vec<&Warning> =
        analysis.earlier().into_iter().filter(|warning| !is_above(warning)).collect();
    if earlier.is_empty() {
        return None;
    }
    let all = one_line(&replay(analysis, EARLIER_WEEKS));
    let item = |(newest, told_before): (&Warning, Vec<&Warning>)| {
        let facts = told_before.iter().map(|warning| format!("Before: {}", warning.fact(report.units)));
        let more: Vec<String> =
            [newest.fact(report.units)].into_iter().chain(stated(newest)).chain(facts).collect();
        Item {
            mark: None,
            text: format!("{}{}", newest.in_short(analysis.as_of), before(told_before.len())),
            more: Some(more.join(" ")),
        }
    };
    let items = each_once(earlier).into_iter().map(item).collect();
    Some(Section::titled(
        "Earlier, last 52 weeks",
        vec![Block::text(Tone::Muted, format!("in all: {all}")), Block::List(items)],
    ))
}

fn before(told_before: usize) -> String {
    match told_before {
        0 => String::new(),
        1 => ", reported once before".to_owned(),
        2 => ", reported twice before".to_owned(),
        n => format!(", reported {n} times before"),
    }
}

/// Warnings (newest first) with those that say the same again folded into the newest, and those.
fn each_once(warnings: Vec<&Warning>) -> Vec<(&Warning, Vec<&Warning>)> {
    let mut folded: Vec<(&Warning, Vec<&Warning>)> = Vec::new();
    for warning in warnings {
        let same = folded.iter_mut().find(|(newest, _)| newest.says_again(warning));
        match same {
            Some((_, told_before)) => told_before.push(warning),
            None => folded.push((warning, Vec::new())),
        }
    }
    folded
}
