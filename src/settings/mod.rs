//! `treadlight.toml`: what it may hold, read strictly, every error with its line and a next step.
//!
//! Pure: text in, [`Settings`] out. Which file is read is decided by the commands.

mod acks;
mod athlete;
mod charts;
pub mod edit;
mod names;
mod notify;
mod runs;
pub mod shoe_fit;
pub mod shoe_rules;
mod shoes;
mod syntax;
mod warnings;

use std::{collections::BTreeMap, ops::Range, path::PathBuf, str::FromStr};

use chrono::{NaiveDate, Weekday};
use chrono_tz::Tz;
use serde::Deserialize;
use thiserror::Error;
use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
    value::Datetime,
};

use crate::{
    units::UnitSystem,
    warning::{Rule, thresholds::Thresholds},
};

pub use acks::AckSettings;
pub use athlete::{AthleteSettings, Sex};
pub use charts::ChartSettings;
pub use names::{folded, nearest, same_name};
pub use runs::RunSettings;
pub use shoe_fit::ShoeFit;
pub use shoe_rules::ShoeRule;
pub use shoes::{ShoeSettings, unknown_pair};
use syntax::toml_message;

/// Names that may stand at the top of the file.
const TOP_KEYS: &[&str] = &[
    "folders",
    "as_of",
    "units",
    "timezone",
    "week_start",
    "athlete",
    "charts",
    "knee",
    "warnings",
    "notify",
    "shoes",
    "shoe_rules",
    "runs",
    "acks",
];

/// What a runner can set; everything is optional.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Folders to import when none is named.
    pub folders: Vec<String>,
    /// A fixed day to report on, for samples and tests.
    pub as_of: Option<NaiveDate>,
    /// Units to show.
    pub units: UnitSystem,
    /// The runner's zone, for files that do not state one.
    pub timezone: Option<Tz>,
    /// First day of the calendar week.
    pub week_start: Weekday,
    /// What the training load needs to know of the runner.
    pub athlete: AthleteSettings,
    /// What the charts show beside the runs.
    pub charts: ChartSettings,
    /// Where the knee diary lies, if not beside the settings.
    pub diary: Option<String>,
    /// The program that messages are handed to, and its arguments; empty: none.
    pub notify: Vec<String>,
    /// Rules that are switched off.
    pub disabled_rules: Vec<&'static Rule>,
    /// Rules that are off by default and asked for.
    pub enabled_rules: Vec<&'static Rule>,
    /// From where on rules speak.
    pub thresholds: Thresholds,
    /// Pairs in the order of the file.
    pub shoes: Vec<ShoeSettings>,
    /// Which runs count for which pair, first match first.
    pub shoe_rules: Vec<ShoeRule>,
    /// Corrections of single activities, by id.
    pub runs: Vec<RunSettings>,
    /// Rules that are silent for a while.
    pub acks: Vec<AckSettings>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            folders: Vec::new(),
            as_of: None,
            units: UnitSystem::default(),
            timezone: None,
            week_start: Weekday::Mon,
            athlete: AthleteSettings::default(),
            charts: ChartSettings::default(),
            diary: None,
            notify: Vec::new(),
            disabled_rules: Vec::new(),
            enabled_rules: Vec::new(),
            thresholds: Thresholds::default(),
            shoes: Vec::new(),
            shoe_rules: Vec::new(),
            runs: Vec::new(),
            acks: Vec::new(),
        }
    }
}

impl Settings {
    /// Shows everything in units that the runner has asked for: windows of shoes too, whatever they were written in.
    pub fn show_in(&mut self, units: UnitSystem) {
        self.units = units;
        for limit in self.shoes.iter_mut().flat_map(|shoe| &mut shoe.window) {
            limit.written_in = units;
        }
    }

    /// Whether a rule speaks: on by default or enabled, and not disabled.
    #[must_use]
    pub fn is_on(&self, rule: &'static Rule) -> bool {
        !self.disabled_rules.contains(&rule) && (rule.on_by_default || self.enabled_rules.contains(&rule))
    }
}

/// Something in the settings that cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{}line {line}: {what}", .file.as_ref().map(|f| format!("`{}` ", f.display())).unwrap_or_default())]
pub struct SettingsError {
    /// The file, where there is one.
    pub file: Option<PathBuf>,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub what: String,
}

/// Reads settings that may name these rules and their keys.
///
/// # Errors
/// On the first thing that cannot be used: syntax, an unknown key (with the nearest known one), a value.
pub fn parse(text: &str, rules: &[&'static Rule]) -> Result<Settings, SettingsError> {
    let context = Context { text, rules };
    let table = DeTable::parse(text).map_err(|error| context.toml_error(&error))?;
    context.refuse_unknown_keys(table.get_ref())?;
    let raw: RawSettings = toml::from_str(text).map_err(|error| context.toml_error(&error))?;
    context.settings(raw, context.thresholds(table.get_ref())?)
}

#[derive(Deserialize)]
struct RawSettings {
    #[serde(default)]
    folders: Vec<String>,
    as_of: Option<Spanned<Datetime>>,
    units: Option<Spanned<String>>,
    timezone: Option<Spanned<String>>,
    week_start: Option<Spanned<String>>,
    #[serde(default)]
    athlete: athlete::RawAthlete,
    #[serde(default)]
    charts: charts::RawCharts,
    #[serde(default)]
    knee: RawKnee,
    notify: Option<notify::RawNotify>,
    #[serde(default)]
    warnings: warnings::RawWarnings,
    #[serde(default)]
    shoes: Vec<Spanned<shoes::RawShoe>>,
    #[serde(default)]
    shoe_rules: Vec<Spanned<shoe_rules::RawRule>>,
    #[serde(default)]
    runs: BTreeMap<String, Spanned<runs::RawRun>>,
    #[serde(default)]
    acks: Vec<acks::RawAck>,
}

/// Names that may stand in `[knee]`.
const KNEE_KEYS: &[&str] = &["diary"];

#[derive(Default, Deserialize)]
struct RawKnee {
    diary: Option<String>,
}

/// The text at hand, for line numbers, and the rules that it may name.
struct Context<'a> {
    text: &'a str,
    rules: &'a [&'static Rule],
}

impl Context<'_> {
    fn error(&self, span: &Range<usize>, what: impl Into<String>) -> SettingsError {
        let before = &self.text.as_bytes()[..span.start.min(self.text.len())];
        let line = 1 + before.iter().filter(|&&b| b == b'\n').count();
        SettingsError { file: None, line, what: what.into() }
    }

    fn toml_error(&self, error: &toml::de::Error) -> SettingsError {
        let span = error.span().unwrap_or_default();
        self.error(&span, toml_message(self.text, &span, error.message()))
    }

    fn refuse_unknown_keys(&self, table: &DeTable<'_>) -> Result<(), SettingsError> {
        self.refuse_unknown(table, TOP_KEYS)?;
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("athlete", DeValue::Table(athlete)) => {
                    self.refuse_unknown(athlete, athlete::ATHLETE_KEYS)?;
                }
                ("charts", DeValue::Table(table)) => self.refuse_unknown(table, charts::CHARTS_KEYS)?,
                ("knee", DeValue::Table(table)) => self.refuse_unknown(table, KNEE_KEYS)?,
                ("notify", DeValue::Table(table)) => self.refuse_unknown(table, notify::NOTIFY_KEYS)?,
                ("warnings", DeValue::Table(table)) => self.refuse_unknown(table, &self.warnings_keys())?,
                ("shoes", DeValue::Array(shoes)) => self.refuse_unknown_of_pairs(shoes)?,
                ("shoe_rules", DeValue::Array(rules)) => {
                    self.refuse_unknown_in(rules, shoe_rules::RULE_KEYS)?;
                }
                ("acks", DeValue::Array(acks)) => self.refuse_unknown_in(acks, acks::ACK_KEYS)?,
                ("runs", DeValue::Table(runs)) => {
                    for (_, run) in runs {
                        if let DeValue::Table(run) = run.get_ref() {
                            self.refuse_unknown(run, runs::RUN_KEYS)?;
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn refuse_unknown_of_pairs(&self, pairs: &DeArray<'_>) -> Result<(), SettingsError> {
        self.refuse_unknown_in(pairs, shoes::SHOE_KEYS)?;
        let tables = pairs.iter().filter_map(|pair| pair.get_ref().as_table());
        let mut comforts = tables.filter_map(|pair| pair.get("comfort")?.get_ref().as_table());
        comforts.try_for_each(|comfort| self.refuse_unknown(comfort, shoe_fit::COMFORT_KEYS))
    }

    fn refuse_unknown_in(&self, tables: &DeArray<'_>, known: &[&str]) -> Result<(), SettingsError> {
        tables.iter().try_for_each(|table| match table.get_ref() {
            DeValue::Table(table) => self.refuse_unknown(table, known),
            _ => Ok(()),
        })
    }

    fn refuse_unknown(&self, table: &DeTable<'_>, known: &[&str]) -> Result<(), SettingsError> {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let hint = nearest(name, known).map_or_else(
                    || format!("known are {}", known.join(", ")),
                    |k| format!("did you mean `{k}`?"),
                );
                return Err(self.error(&key.span(), format!("unknown key `{name}`: {hint}")));
            }
        }
        Ok(())
    }

    fn settings(&self, raw: RawSettings, thresholds: Thresholds) -> Result<Settings, SettingsError> {
        let shoes = raw.shoes.into_iter().map(|shoe| self.shoe(shoe)).collect::<Result<Vec<_>, _>>()?;
        self.refuse_conflicts(&shoes)?;
        let shoes: Vec<ShoeSettings> = shoes.into_iter().map(|(_, shoe)| shoe).collect();
        let shoe_rules = raw.shoe_rules.into_iter().map(|rule| self.shoe_rule(rule, &shoes));
        let shoe_rules = shoe_rules.collect::<Result<Vec<_>, _>>()?;
        let runs = raw.runs.into_iter().map(|(id, run)| self.run(id, run, &shoes));
        let units: Option<UnitSystem> = raw.units.map(|text| self.parsed(&text)).transpose()?;
        let mut settings = Settings {
            runs: runs.collect::<Result<Vec<_>, _>>()?,
            acks: raw.acks.iter().map(|ack| self.ack(ack)).collect::<Result<Vec<_>, _>>()?,
            folders: raw.folders,
            as_of: raw.as_of.map(|date| self.date(&date)).transpose()?,
            units: UnitSystem::default(),
            timezone: raw.timezone.map(|text| self.zone(&text)).transpose()?,
            week_start: raw.week_start.map(|text| self.weekday(&text)).transpose()?.unwrap_or(Weekday::Mon),
            athlete: self.athlete(&raw.athlete)?,
            charts: raw.charts.into(),
            diary: raw.knee.diary,
            notify: self.notify(raw.notify)?,
            disabled_rules: self.rules(&raw.warnings.disable)?,
            enabled_rules: self.rules(&raw.warnings.enable)?,
            thresholds,
            shoes,
            shoe_rules,
        };
        if let Some(units) = units {
            settings.show_in(units);
        }
        Ok(settings)
    }

    fn date(&self, raw: &Spanned<Datetime>) -> Result<NaiveDate, SettingsError> {
        let date = raw.get_ref().date.filter(|_| raw.get_ref().time.is_none());
        date.and_then(|d| NaiveDate::from_ymd_opt(i32::from(d.year), d.month.into(), d.day.into()))
            .ok_or_else(|| self.error(&raw.span(), "write a date like 2026-03-01, without quotes and time"))
    }

    fn parsed<T>(&self, raw: &Spanned<String>) -> Result<T, SettingsError>
    where
        T: FromStr,
        T::Err: std::fmt::Display,
    {
        raw.get_ref().parse().map_err(|error: T::Err| self.error(&raw.span(), error.to_string()))
    }

    fn zone(&self, raw: &Spanned<String>) -> Result<Tz, SettingsError> {
        let name = raw.get_ref();
        name.parse().map_err(|_| {
            let known: Vec<&str> = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
            let hint = nearest(name, &known).map_or_else(
                || "write one like `Europe/Berlin`".to_owned(),
                |zone| format!("did you mean `{zone}`?"),
            );
            self.error(&raw.span(), format!("unknown time zone `{name}`: {hint}"))
        })
    }

    fn weekday(&self, raw: &Spanned<String>) -> Result<Weekday, SettingsError> {
        raw.get_ref().parse().map_err(|_| {
            self.error(&raw.span(), format!("unknown weekday `{}`: write one like `monday`", raw.get_ref()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::{gap, settings as parse, ten_percent, weekly_jump};

    fn error(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn an_empty_file_gives_the_defaults() {
        assert_eq!(parse(""), Ok(Settings::default()));
    }

    #[test]
    fn every_setting_is_read() {
        let settings = parse(
            r#"
            folders = ["~/watch-exports"]
            as_of = 2026-11-09
            units = "mi"
            timezone = "Europe/Berlin"
            week_start = "sunday"
            [warnings]
            disable = ["weekly-jump"]
            enable = ["ten-percent"]
            [[shoes]]
            name = "Pegasus 40"
            from = 2026-03-01
            retired = 2026-06-30
            prior_distance = "35 km"
            window = ["400 km", "700 km"]
            default = true
            [[shoes]]
            name = "Vaporfly"
            kind = "racing"
            "#,
        )
        .unwrap();
        assert_eq!(settings.folders, ["~/watch-exports"]);
        assert_eq!(settings.as_of, Some(day(2026, 11, 9)));
        assert_eq!(settings.units, UnitSystem::Miles);
        assert_eq!(settings.timezone, Some(chrono_tz::Europe::Berlin));
        assert_eq!(settings.week_start, Weekday::Sun);
        assert_eq!(settings.disabled_rules, [&weekly_jump::RULE]);
        assert_eq!(settings.enabled_rules, [&ten_percent::RULE]);
        assert_eq!(settings.shoes[0].prior_distance_m, 35_000);
        assert_eq!(settings.shoes[0].window.map(|d| d.meters), [400_000, 700_000]);
        assert_eq!(settings.shoes[1].window.map(|d| d.meters), [160_934, 402_336]);
    }

    #[test]
    fn a_rule_is_on_by_default_or_by_the_runners_word() {
        let is_on = |toml: &str, rule| parse(&format!("[warnings]\n{toml}")).unwrap().is_on(rule);
        assert!(is_on("", &gap::RULE) && !is_on("disable = [\"gap\"]", &gap::RULE));
        assert!(!is_on("", &ten_percent::RULE) && is_on("enable = [\"ten-percent\"]", &ten_percent::RULE));
        let both = "enable = [\"ten-percent\"]\ndisable = [\"ten-percent\"]";
        assert!(!is_on(both, &ten_percent::RULE));
        assert_eq!(
            error("[warnings]\nenable = [\"ten-per-cent\"]"),
            "line 2: unknown rule `ten-per-cent`: did you mean `ten-percent`?"
        );
    }

    #[test]
    fn a_typo_names_its_line_and_the_nearest_key() {
        assert_eq!(
            error("units = \"km\"\ntimezon = \"UTC\""),
            "line 2: unknown key `timezon`: did you mean `timezone`?"
        );
        assert_eq!(
            error("[[shoes]]\nname = \"a\"\nretire = 2026-01-01"),
            "line 3: unknown key `retire`: did you mean `retired`?"
        );
        assert_eq!(
            error("[warnings]\ndisabled = []"),
            "line 2: unknown key `disabled`: did you mean `disable`?"
        );
    }

    #[test]
    fn an_unknown_zone_or_rule_suggests_one() {
        assert_eq!(
            error("timezone = \"Europe/Berln\""),
            "line 1: unknown time zone `Europe/Berln`: did you mean `Europe/Berlin`?"
        );
        assert_eq!(
            error("[warnings]\ndisable = [\"week-jump\"]"),
            "line 2: unknown rule `week-jump`: did you mean `weekly-jump`?"
        );
    }

    #[test]
    fn values_that_cannot_be_are_refused_with_their_line() {
        for (text, message) in [
            ("units = \"miles\"", "line 1: unknown units `miles`: write `km` or `mi`"),
            ("as_of = 2026-11-09T10:00:00", "line 1: write a date like 2026-03-01, without quotes and time"),
            ("week_start = \"funday\"", "line 1: unknown weekday `funday`: write one like `monday`"),
            (
                "[[shoes]]\nname = \"a\"\nprior_distance = \"35\"",
                "line 3: `35` has no unit: write it like `35 km` or `300 mi`",
            ),
            (
                "[[shoes]]\nname = \"a\"\nwindow = [\"500 mi\", \"300 mi\"]",
                "line 3: the window [\"500 mi\", \"300 mi\"] ends before it starts: write the shorter one first",
            ),
            (
                "[[shoes]]\nname = \"a\"\nfrom = 2026-03-01\nretired = 2026-02-01",
                "line 4: `a` is retired on 2026-02-01, before its first day 2026-03-01",
            ),
            (
                "[[shoes]]\nname = \"a\"\n[[shoes]]\nname = \"A\"",
                "line 4: two pairs are named `A`: give each its own name",
            ),
        ] {
            assert_eq!(error(text), message);
        }
    }

    #[test]
    fn broken_toml_names_its_line() {
        assert!(
            error("units = \"km\"\nfolders = [").starts_with("line 2: "),
            "{}",
            error("units = \"km\"\nfolders = [")
        );
    }
}
