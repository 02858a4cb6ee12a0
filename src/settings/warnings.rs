//! `[warnings]`: which rules speak, and by what.

use serde::Deserialize;
use toml::Spanned;

use super::{Context, SettingsError, nearest};
use crate::warning::{RuleId, acute_chronic::AcuteChronicDefinition};

pub(super) const WARNINGS_KEYS: &[&str] = &["disable", "enable", "acute_chronic_definition"];

#[derive(Default, Deserialize)]
pub(super) struct RawWarnings {
    #[serde(default)]
    pub(super) disable: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) enable: Vec<Spanned<String>>,
    pub(super) acute_chronic_definition: Option<Spanned<String>>,
}

impl Context<'_> {
    pub(super) fn rules(&self, names: &[Spanned<String>]) -> Result<Vec<RuleId>, SettingsError> {
        names.iter().map(|name| self.rule(name)).collect()
    }

    pub(super) fn rule(&self, raw: &Spanned<String>) -> Result<RuleId, SettingsError> {
        let known: Vec<&str> = RuleId::ALL.iter().map(|rule| rule.name()).collect();
        self.named("rule", raw, &known, RuleId::from_name)
    }

    pub(super) fn definition(&self, raw: &Spanned<String>) -> Result<AcuteChronicDefinition, SettingsError> {
        let known = AcuteChronicDefinition::ALL.map(AcuteChronicDefinition::name);
        self.named("definition", raw, &known, AcuteChronicDefinition::from_name)
    }

    /// What a name stands for, else an error with the nearest known one.
    fn named<T>(
        &self,
        what: &str,
        raw: &Spanned<String>,
        known: &[&str],
        from_name: fn(&str) -> Option<T>,
    ) -> Result<T, SettingsError> {
        let name = raw.get_ref();
        from_name(name).ok_or_else(|| {
            let hint = nearest(name, known).map_or_else(
                || format!("known are {}", known.join(", ")),
                |k| format!("did you mean `{k}`?"),
            );
            self.error(&raw.span(), format!("unknown {what} `{name}`: {hint}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use crate::warning::acute_chronic::AcuteChronicDefinition;

    #[test]
    fn the_definition_of_the_ratio_is_the_one_that_runners_were_studied_with_unless_set() {
        let definition = |toml: &str| parse(toml).unwrap().acute_chronic_definition;
        assert_eq!(definition(""), AcuteChronicDefinition::Uncoupled);
        for known in AcuteChronicDefinition::ALL {
            let toml = format!("[warnings]\nacute_chronic_definition = \"{}\"", known.name());
            assert_eq!(definition(&toml), known);
        }
        assert_eq!(
            parse("[warnings]\nacute_chronic_definition = \"couple\"").unwrap_err().to_string(),
            "line 2: unknown definition `couple`: did you mean `coupled`?"
        );
    }
}
