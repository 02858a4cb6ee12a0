//! The rules: one row each in [`RULES`], one file each, with formula, source and evidence grade on top.
//!
//! To add one: its file here (what it is, what it asks, what it saw), its row and its variant of [`Facts`] in this file,
//! its sentences in `report/words/warnings.rs`.

pub mod acute_chronic;
pub mod descent_spike;
pub mod gap;
pub mod guards;
pub mod long_run_spike;
pub mod new_shoe;
pub mod no_rest;
pub mod one_pair;
pub mod shoe_window;
pub mod step_stack;
pub mod ten_percent;
pub mod weekly_jump;

use crate::{
    analysis::history::History,
    settings::{self, Settings, SettingsError},
    warning::{self, Rule, Unknown},
};

/// What one rule saw.
pub type Warning = warning::Warning<Facts>;

impl Warning {
    /// Whether it is about a break itself, not about a run after one.
    #[must_use]
    pub fn is_break(&self) -> bool {
        matches!(&self.facts, Facts::Gap(gap) if gap.above.is_none())
    }

    /// The pair of shoes that it is about.
    #[must_use]
    pub fn pair(&self) -> Option<&str> {
        match &self.facts {
            Facts::Shoes(seen) => Some(&seen.shoe),
            Facts::NewShoe(seen) => Some(&seen.shoe),
            Facts::OnePair(seen) => Some(&seen.shoe),
            _ => None,
        }
    }

    /// Whether it is about how far a pair has come.
    #[must_use]
    pub fn is_wear(&self) -> bool {
        matches!(self.facts, Facts::Shoes(_))
    }
}

/// What only one rule knows of its warning.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "one variant a rule, by the rule's name")]
pub enum Facts {
    LongRunSpike(long_run_spike::Seen),
    Gap(gap::Seen),
    WeeklyJump(weekly_jump::Seen),
    StepStack(step_stack::Seen),
    Shoes(shoe_window::Seen),
    NoRest(no_rest::Seen),
    NewShoe(new_shoe::Seen),
    OnePair(one_pair::Seen),
    DescentSpike(descent_spike::Seen),
    TenPercent(ten_percent::Seen),
    AcuteChronic(acute_chronic::Seen),
}

/// A rule, and how it is asked.
#[derive(Debug)]
pub struct Row {
    /// What it is.
    pub rule: &'static Rule,
    /// Everything that it ever said, guards and cool-down applied, oldest first.
    pub ask: fn(&History<'_>) -> Vec<Warning>,
    /// Why it cannot say anything on the day of the report, if so.
    pub unknown: fn(&History<'_>) -> Option<Unknown>,
    /// Whether it can speak of runs that are only planned.
    pub of_plans: bool,
}

/// Every rule, most important first.
pub static RULES: &[Row] = &[
    Row {
        rule: &long_run_spike::RULE,
        ask: |h| all(long_run_spike::warnings(h.sessions, h.comparisons, h.thresholds), Facts::LongRunSpike),
        unknown: |h| long_run_spike::unknown(h.sessions, h.h0, h.as_of),
        of_plans: true,
    },
    Row {
        rule: &gap::RULE,
        ask: |h| all(gap::warnings(h.sessions, h.as_of), Facts::Gap),
        unknown: never,
        of_plans: true,
    },
    Row {
        rule: &weekly_jump::RULE,
        ask: |h| all(weekly_jump::warnings(h.days, h.sessions, h.thresholds), Facts::WeeklyJump),
        unknown: |h| weekly_jump::unknown(h.days, h.as_of),
        of_plans: true,
    },
    Row {
        rule: &step_stack::RULE,
        ask: |h| all(step_stack::warnings(h.sessions, h.comparisons), Facts::StepStack),
        unknown: never,
        of_plans: true,
    },
    Row {
        rule: &shoe_window::RULE,
        ask: |h| all(shoe_window::entered(h.runs, h.shoes), Facts::Shoes),
        unknown: never,
        of_plans: false,
    },
    Row {
        rule: &shoe_window::PAST,
        ask: |h| all(shoe_window::passed(h.runs, h.shoes), Facts::Shoes),
        unknown: never,
        of_plans: false,
    },
    Row {
        rule: &no_rest::RULE,
        ask: |h| {
            let streak_days = h.thresholds.of(&no_rest::DAYS);
            all(no_rest::warnings(h.days, h.beside, h.sessions, streak_days), Facts::NoRest)
        },
        unknown: never,
        of_plans: true,
    },
    Row {
        rule: &new_shoe::RULE,
        ask: |h| all(new_shoe::warnings(h.worn, &h.shoes.pairs, h.h0), Facts::NewShoe),
        unknown: never,
        of_plans: false,
    },
    Row {
        rule: &one_pair::RULE,
        ask: |h| all(one_pair::warnings(h.worn, &h.shoes.pairs, h.h0), Facts::OnePair),
        unknown: never,
        of_plans: false,
    },
    Row {
        rule: &descent_spike::RULE,
        ask: |h| all(descent_spike::warnings(h.sessions, h.h0, h.thresholds), Facts::DescentSpike),
        unknown: |h| descent_spike::unknown(h.sessions, h.h0, h.as_of),
        of_plans: false,
    },
    Row {
        rule: &ten_percent::RULE,
        ask: |h| all(ten_percent::warnings(h.weeks, h.sessions, h.h0, h.as_of), Facts::TenPercent),
        unknown: never,
        of_plans: true,
    },
    Row {
        rule: &acute_chronic::RULE,
        ask: |h| {
            let definition = acute_chronic::definition(h.thresholds);
            all(acute_chronic::warnings(h.days, h.sessions, definition), Facts::AcuteChronic)
        },
        unknown: |h| acute_chronic::unknown(h.days, acute_chronic::definition(h.thresholds), h.as_of),
        of_plans: true,
    },
];

/// The warnings of one rule among those of all.
fn all<F>(warnings: Vec<warning::Warning<F>>, facts: fn(F) -> Facts) -> Vec<Warning> {
    warnings.into_iter().map(|warning| warning.map(facts)).collect()
}

/// A rule that can always tell.
fn never(_: &History<'_>) -> Option<Unknown> {
    None
}

/// Every rule as settings and outputs know it, most important first.
#[must_use]
pub fn known() -> Vec<&'static Rule> {
    RULES.iter().map(|row| row.rule).collect()
}

/// The rule of an id, or of the title that its warnings have (`break`, `no rest day`), if that is of one rule only.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    let by_id = known().into_iter().find(|rule| rule.id == name);
    by_id.or_else(|| {
        let is_titled = |rule: &&Rule| rule.title == name || rule.title.replace(' ', "-") == name;
        let titled: Vec<&'static Rule> = known().into_iter().filter(is_titled).collect();
        if let [rule] = titled[..] { Some(rule) } else { None }
    })
}

/// How important a rule is: 0 is the most.
#[must_use]
pub fn rank(rule: &Rule) -> usize {
    RULES.iter().position(|row| row.rule == rule).unwrap_or(RULES.len())
}

/// Reads settings that name rules and their keys.
///
/// # Errors
/// On the first thing that cannot be used, with its line.
pub fn settings(text: &str) -> Result<Settings, SettingsError> {
    settings::parse(text, &known())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::warning::thresholds::MOST_KEYS;

    #[test]
    fn ids_and_keys_are_unique_and_every_key_fits_into_the_thresholds() {
        let ids: BTreeSet<&str> = known().iter().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), RULES.len());
        let keys: Vec<&str> = known().iter().flat_map(|rule| rule.keys).map(|key| key.name).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
        assert!(keys.len() <= MOST_KEYS);
    }

    #[test]
    fn a_rule_is_found_by_its_id_and_by_the_title_that_only_it_has() {
        let id = |name| find(name).map(|rule| rule.id);
        assert_eq!([id("gap"), id("break"), id("Break")], [Some("gap"), Some("gap"), None]);
        assert_eq!([id("no rest day"), id("no-rest-day")], [Some("no-rest"); 2]);
        assert_eq!(id("shoes"), None, "the title of two rules");
    }

    #[test]
    fn only_what_was_changed_is_the_runners_own() {
        let own = settings("[warnings]\ndescent_spike_min_m = 80").unwrap().thresholds;
        let changed: Vec<&Rule> = known().into_iter().filter(|rule| own.is_own(rule)).collect();
        assert_eq!(changed, [&descent_spike::RULE]);
    }
}
