//! What held on a day and was not reported: why.

use chrono::NaiveDate;

use crate::{
    analysis::{
        Analysis,
        rules::{RULES, guards::Silence},
        silence::silent,
    },
    dates,
    report::page::{Block, Section},
    warning::Rule,
};

/// A section for each rule that held on a day in silence, or that is silenced or switched off on the day of the report.
pub(super) fn on(analysis: &Analysis, date: NaiveDate) -> Vec<Section> {
    let is_on = |rule: &Rule| analysis.rules_on.contains(&rule);
    let held = silent(analysis).into_iter().filter(|silent| silent.date == date && is_on(silent.rule));
    let held = held.map(|silent| held_in_silence(silent.rule, &reason(silent.why, date)));
    let fired = |rule: &Rule| analysis.warnings.iter().any(|w| w.date == date && w.rule == rule);
    let acks = analysis.silenced.iter().filter(|ack| fired(ack.rule));
    let acks = acks.map(|ack| {
        let until = dates::relative_to(ack.until, analysis.as_of);
        held_in_silence(ack.rule, &format!("you silenced it until {until} ({})", ack.because))
    });
    let off = RULES.iter().map(|row| row.rule).filter(|rule| rule.on_by_default && !is_on(rule));
    let off = off.map(|rule| {
        Section::steps(format!("not asked: {} (disabled in treadlight.toml)", rule.id), Vec::new())
    });
    held.chain(acks).chain(off).collect()
}

fn held_in_silence(rule: &Rule, why: &str) -> Section {
    Section::steps(format!("silent: {} held", rule.id), vec![Block::step(format!("not reported: {why}"))])
}

/// Why a rule that held said nothing.
fn reason(why: Silence, date: NaiveDate) -> String {
    match why {
        Silence::CoolingDown(earlier) if earlier == date => "it had fired on the same day".to_owned(),
        Silence::CoolingDown(earlier) => {
            format!("it had fired on {}, less than 7 days before", dates::relative_to(earlier, date))
        }
        Silence::AfterBreak => {
            "a break of 14 days or more: silent until 14 days and three runs after the return".to_owned()
        }
        Silence::TooSmall => "the run has less than 3 km, or is less than 500 m longer".to_owned(),
        Silence::Hole => "ten days or more without a run lie in the five blocks".to_owned(),
    }
}
