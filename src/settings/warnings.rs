//! `[warnings]`: which rules speak, and by what.

use std::ops::RangeInclusive;

use serde::Deserialize;
use toml::Spanned;

use super::{Context, SettingsError, nearest};
use crate::warning::{RuleId, acute_chronic::AcuteChronicDefinition, thresholds::Thresholds};

pub(super) const WARNINGS_KEYS: &[&str] = &[
    "disable",
    "enable",
    "long_run_spike_percent",
    "weekly_jump_percent",
    "no_rest_days",
    "descent_spike_percent",
    "descent_spike_min_m",
    "acute_chronic_definition",
];

#[derive(Default, Deserialize)]
pub(super) struct RawWarnings {
    #[serde(default)]
    pub(super) disable: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) enable: Vec<Spanned<String>>,
    long_run_spike_percent: Option<Spanned<i64>>,
    weekly_jump_percent: Option<Spanned<i64>>,
    no_rest_days: Option<Spanned<i64>>,
    descent_spike_percent: Option<Spanned<i64>>,
    descent_spike_min_m: Option<Spanned<i64>>,
    acute_chronic_definition: Option<Spanned<String>>,
}

impl Context<'_> {
    pub(super) fn rules(&self, names: &[Spanned<String>]) -> Result<Vec<RuleId>, SettingsError> {
        names.iter().map(|name| self.rule(name)).collect()
    }

    pub(super) fn rule(&self, raw: &Spanned<String>) -> Result<RuleId, SettingsError> {
        let known: Vec<&str> = RuleId::ALL.iter().map(|rule| rule.name()).collect();
        self.named("rule", raw, &known, RuleId::from_name)
    }

    /// From where on rules speak; what is not set is as usual.
    pub(super) fn thresholds(&self, raw: &RawWarnings) -> Result<Thresholds, SettingsError> {
        let usual = Thresholds::default();
        let definition = raw.acute_chronic_definition.as_ref().map(|name| self.definition(name));
        Ok(Thresholds {
            long_run_spike_percent: self.within(
                raw.long_run_spike_percent.as_ref(),
                1..=30,
                "per cent: above 30 another band of the study begins",
                usual.long_run_spike_percent,
            )?,
            weekly_jump_percent: self.within(
                raw.weekly_jump_percent.as_ref(),
                10..=100,
                "per cent: weeks differ by less than 10 on their own",
                usual.weekly_jump_percent,
            )?,
            no_rest_days: self.within(
                raw.no_rest_days.as_ref(),
                7..=60,
                "days: a week with a run each day is the least that can be told",
                usual.no_rest_days,
            )?,
            descent_spike_percent: self.within(
                raw.descent_spike_percent.as_ref(),
                10..=200,
                "per cent: altitudes of watches err by about 10",
                usual.descent_spike_percent,
            )?,
            descent_spike_min_m: self.within(
                raw.descent_spike_min_m.as_ref(),
                50..=2_000,
                "metres of descent: less than 50 is what altitudes of watches err by",
                usual.descent_spike_min_m,
            )?,
            acute_chronic_definition: definition.transpose()?.unwrap_or(usual.acute_chronic_definition),
        })
    }

    /// A number within its range, else what is usual.
    fn within(
        &self,
        raw: Option<&Spanned<i64>>,
        allowed: RangeInclusive<i64>,
        unit_and_reason: &str,
        usual: i64,
    ) -> Result<i64, SettingsError> {
        let Some(raw) = raw else { return Ok(usual) };
        let value = *raw.get_ref();
        if allowed.contains(&value) {
            return Ok(value);
        }
        let (least, most) = (allowed.start(), allowed.end());
        let what =
            format!("{value} is out of range: write {least} to {most} {unit_and_reason} (usual: {usual})");
        Err(self.error(&raw.span(), what))
    }

    fn definition(&self, raw: &Spanned<String>) -> Result<AcuteChronicDefinition, SettingsError> {
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
    use crate::warning::{acute_chronic::AcuteChronicDefinition, thresholds::Thresholds};

    #[test]
    fn the_definition_of_the_ratio_is_the_one_that_runners_were_studied_with_unless_set() {
        let definition = |toml: &str| parse(toml).unwrap().thresholds.acute_chronic_definition;
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
        let expected = Thresholds {
            long_run_spike_percent: 5,
            weekly_jump_percent: 20,
            no_rest_days: 10,
            descent_spike_percent: 40,
            descent_spike_min_m: 80,
            ..Thresholds::default()
        };
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
