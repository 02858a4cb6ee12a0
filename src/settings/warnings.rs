//! `[warnings]`: which rules speak, and by what.

use serde::Deserialize;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Context, SettingsError, nearest};
use crate::warning::{
    Rule,
    thresholds::{Allowed, Key, Thresholds},
};

/// The keys beside those of the rules.
const OWN_KEYS: [&str; 2] = ["disable", "enable"];

#[derive(Default, Deserialize)]
pub(super) struct RawWarnings {
    #[serde(default)]
    pub(super) disable: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) enable: Vec<Spanned<String>>,
}

impl Context<'_> {
    /// Names that may stand under `[warnings]`.
    pub(super) fn warnings_keys(&self) -> Vec<&'static str> {
        OWN_KEYS.into_iter().chain(self.keys().map(|key| key.name)).collect()
    }

    fn keys(&self) -> impl Iterator<Item = &'static Key> {
        self.rules.iter().flat_map(|rule| rule.keys)
    }

    pub(super) fn rules(&self, names: &[Spanned<String>]) -> Result<Vec<&'static Rule>, SettingsError> {
        names.iter().map(|name| self.rule(name)).collect()
    }

    pub(super) fn rule(&self, raw: &Spanned<String>) -> Result<&'static Rule, SettingsError> {
        let known: Vec<&str> = self.rules.iter().map(|rule| rule.id).collect();
        let position = self.named("rule", raw, raw.get_ref(), &known)?;
        Ok(self.rules[position])
    }

    /// From where on rules speak, by the whole file; what is not set is as usual.
    pub(super) fn thresholds(&self, file: &DeTable<'_>) -> Result<Thresholds, SettingsError> {
        let raw = file.get("warnings").and_then(|warnings| warnings.get_ref().as_table());
        let set = self.keys().filter_map(|key| Some((key, raw?.get(key.name)?)));
        set.into_iter().try_fold(Thresholds::default(), |thresholds, (key, value)| {
            Ok(thresholds.with(key, self.threshold(key, value)?))
        })
    }

    fn threshold(&self, key: &Key, raw: &Spanned<DeValue<'_>>) -> Result<i64, SettingsError> {
        match key.allowed {
            Allowed::Numbers { least, most, unit_and_reason } => {
                let value = whole(raw.get_ref()).ok_or_else(|| {
                    self.error(&raw.span(), format!("write a whole number for `{}`", key.name))
                })?;
                if (least..=most).contains(&value) {
                    return Ok(value);
                }
                let usual = key.usual;
                let what = format!(
                    "{value} is out of range: write {least} to {most} {unit_and_reason} (usual: {usual})"
                );
                Err(self.error(&raw.span(), what))
            }
            Allowed::Names(names) => {
                let name = raw.get_ref().as_str().unwrap_or_default();
                self.named(key.unit, raw, name, names).map(|position| position as i64)
            }
        }
    }

    /// The position of a name among those that are known, else an error with the nearest of them.
    fn named<T>(
        &self,
        what: &str,
        raw: &Spanned<T>,
        name: &str,
        known: &[&str],
    ) -> Result<usize, SettingsError> {
        known.iter().position(|known| *known == name).ok_or_else(|| {
            let hint = nearest(name, known).map_or_else(
                || format!("known are {}", known.join(", ")),
                |k| format!("did you mean `{k}`?"),
            );
            self.error(&raw.span(), format!("unknown {what} `{name}`: {hint}"))
        })
    }
}

/// A whole number, if it is one that fits.
fn whole(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

#[cfg(test)]
mod tests {
    use crate::{
        analysis::rules::{
            acute_chronic, descent_spike, long_run_spike, no_rest, settings as parse, weekly_jump,
        },
        warning::{acute_chronic::AcuteChronicDefinition, thresholds::Thresholds},
    };

    #[test]
    fn the_definition_of_the_ratio_is_the_one_that_runners_were_studied_with_unless_set() {
        let definition = |toml: &str| acute_chronic::definition(parse(toml).unwrap().thresholds);
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

    #[test]
    fn every_threshold_is_read_and_what_is_not_set_is_as_usual() {
        let thresholds = |toml: &str| parse(&format!("[warnings]\n{toml}")).unwrap().thresholds;
        assert_eq!(thresholds(""), Thresholds::default());
        let all = "long_run_spike_percent = 5\nweekly_jump_percent = 20\nno_rest_days = 10\n\
                   descent_spike_percent = 40\ndescent_spike_min_m = 80";
        let expected = Thresholds::default()
            .with(&long_run_spike::PERCENT, 5)
            .with(&weekly_jump::PERCENT, 20)
            .with(&no_rest::DAYS, 10)
            .with(&descent_spike::PERCENT, 40)
            .with(&descent_spike::LEAST_M, 80);
        assert_eq!(thresholds(all), expected);
    }

    #[test]
    fn a_threshold_out_of_its_range_is_refused_with_line_range_and_reason() {
        let error = |line: &str| parse(&format!("[warnings]\n{line}")).err().map(|error| error.to_string());
        for (key, least, most) in [
            ("long_run_spike_percent", 1, 30),
            ("weekly_jump_percent", 10, 100),
            ("no_rest_days", 7, 60),
            ("descent_spike_percent", 10, 200),
            ("descent_spike_min_m", 50, 2_000),
        ] {
            assert_eq!([least, most].map(|value| error(&format!("{key} = {value}"))), [None, None]);
            for value in [least - 1, most + 1, i64::MIN, i64::MAX] {
                let told = error(&format!("{key} = {value}")).unwrap();
                assert!(
                    told.starts_with(&format!("line 2: {value} is out of range: write {least} to {most} ")),
                    "{told}"
                );
            }
        }
        assert_eq!(
            error("long_run_spike_percent = 40").as_deref(),
            Some(
                "line 2: 40 is out of range: write 1 to 30 per cent: above 30 another band of the study begins (usual: 10)"
            )
        );
        assert!(error("no_rest_days = 9.5").is_some_and(|told| told.starts_with("line 2: ")));
    }
}
