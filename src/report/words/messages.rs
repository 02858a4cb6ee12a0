//! What a message says that stands alone on a phone: what was seen, what to do, how sure the evidence is, a line each.

use super::knee;
use crate::{
    analysis::rules::Warning,
    capitals::capitalized,
    knee::{
        Knee,
        fold::{Limit, State},
    },
    units::UnitSystem,
};

/// A warning.
#[must_use]
pub fn of_warning(warning: &Warning, units: UnitSystem) -> String {
    let fact = format!("{}: {}", capitalized(warning.rule.title), warning.fact(units));
    // what only remarks has no evidence to name
    let evidence = (!warning.is_remark()).then(|| warning.evidence_tag());
    [Some(fact), Some(warning.action(units)), evidence].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// What the knee diary asks for; `None` where that is nothing. In a stop there is no distance.
#[must_use]
pub fn of_knee(diary: &Knee, limit: &Limit, units: UnitSystem) -> Option<String> {
    if limit.state == State::Stop {
        return knee::quiet(diary, limit, units).map(|line| format!("{}.", capitalized(&line)));
    }
    let asks = [knee::action(diary, limit, units), knee::see(diary)];
    let said: Vec<String> = asks.into_iter().flatten().collect();
    (!said.is_empty()).then(|| format!("Knee: {}", said.join("\n")))
}
