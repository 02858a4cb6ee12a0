//! The runner's own thresholds in words.

use crate::warning::{
    Rule,
    acute_chronic::AcuteChronicDefinition,
    thresholds::{Allowed, Key, Thresholds},
};

/// Units up to this long are signs, which stand behind every number; a longer one is said once.
const SIGN_BYTES: usize = 3;

impl Thresholds {
    /// What a rule judges by beside what it does unless set; `None` where both are the same.
    #[must_use]
    pub fn told(&self, rule: &Rule) -> Option<String> {
        if !self.is_own(rule) {
            return None;
        }
        if let [Key { allowed: Allowed::Names(names), unit, .. }] = rule.keys {
            let chosen = usize::try_from(self.of(&rule.keys[0])).ok().and_then(|chosen| names.get(chosen))?;
            let name =
                AcuteChronicDefinition::from_name(chosen).map_or(*chosen, AcuteChronicDefinition::title);
            return Some(format!("Your own {unit} is {name}."));
        }
        let own: Vec<String> = rule.keys.iter().map(|key| format!("{}{}", self.of(key), key.unit)).collect();
        let usual = rule.keys.iter().map(|key| {
            let sign = if key.unit.len() <= SIGN_BYTES { key.unit } else { "" };
            format!("{}{sign}", key.usual)
        });
        let (own, usual) = (own.join(" and "), usual.collect::<Vec<_>>().join(" and "));
        Some(if rule.keys.iter().all(|key| key.studied) {
            format!("Your own threshold is {own}, the studied one {usual}.")
        } else {
            format!("Your own threshold is {own}, the usual one {usual}; no study has either.")
        })
    }
}
