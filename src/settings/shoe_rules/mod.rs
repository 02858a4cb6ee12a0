//! `[[shoe_rules]]`: which runs count for which pair. The first rule that fits a run decides.
//!
//! A rule names a pair and at least one filter; a run has to pass all of them. A rule never fits a run outside the days of
//! its pair: the next rule is asked then.

pub mod checks;

use std::fmt;

use chrono::{Datelike, NaiveDate, Weekday};
use glob::{MatchOptions, Pattern, PatternError};
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::{
    Context, SettingsError, ShoeSettings, folded,
    shoes::{Names, RawNames},
};
use crate::{
    activity::{Activity, Sport},
    units::DistanceRange,
};

pub(super) const RULE_KEYS: &[&str] =
    &["shoe", "sport", "sub_sport", "weekday", "distance", "file", "from", "until"];

/// The days of the week as settings write them, Monday first.
const DAY_NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// One rule; a filter that is not written lets every run pass.
#[derive(Clone, Debug, PartialEq)]
pub struct ShoeRule {
    /// The pair, as its `[[shoes]]` writes it.
    pub shoe: String,
    /// The sport, in FIT's word.
    pub sport: Option<Sport>,
    /// The finer kind: `trail`, `treadmill`, `track` …
    pub sub_sport: Option<String>,
    /// Days of the week; empty: all.
    pub weekdays: Vec<Weekday>,
    /// Distances, both ends included.
    pub distance: Option<DistanceRange>,
    /// Files and folders.
    pub file: Option<FilePattern>,
    /// First day, inclusive.
    pub from: Option<NaiveDate>,
    /// Last day, inclusive.
    pub until: Option<NaiveDate>,
}

impl ShoeRule {
    /// Whether a run passes every filter; the days of the pair are not asked here.
    #[must_use]
    pub fn fits(&self, run: &Activity) -> bool {
        let date = run.local_date();
        self.sport.as_ref().is_none_or(|sport| *sport == run.sport)
            && self.sub_sport.as_ref().is_none_or(|kind| run.sub_sport.as_ref() == Some(kind))
            && (self.weekdays.is_empty() || self.weekdays.contains(&date.weekday()))
            && self.distance.is_none_or(|range| run.distance_m.is_some() && range.holds(run.whole_meters()))
            && self.file.as_ref().is_none_or(|pattern| pattern.fits(&run.file))
            && self.from.is_none_or(|from| from <= date)
            && self.until.is_none_or(|until| date <= until)
    }

    fn has_a_filter(&self) -> bool {
        !self.filters().is_empty()
    }

    /// Every filter as settings write it, in their order.
    #[must_use]
    pub fn filters(&self) -> Vec<(&'static str, String)> {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let days: Vec<String> = self.weekdays.iter().map(|day| quoted(day_name(*day))).collect();
        let days = match days.as_slice() {
            [] => None,
            [day] => Some(day.clone()),
            _ => Some(format!("[{}]", days.join(", "))),
        };
        [
            ("sport", self.sport.as_ref().map(|sport| quoted(sport.as_str()))),
            ("sub_sport", self.sub_sport.as_deref().map(quoted)),
            ("weekday", days),
            ("distance", self.distance.map(|range| quoted(&range.to_string()))),
            ("file", self.file.as_ref().map(|pattern| quoted(&pattern.text))),
            ("from", self.from.map(|date| date.to_string())),
            ("until", self.until.map(|date| date.to_string())),
        ]
        .into_iter()
        .filter_map(|(name, text)| Some((name, text?)))
        .collect()
    }
}

impl fmt::Display for ShoeRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let filters: Vec<String> =
            self.filters().into_iter().map(|(name, text)| format!("{name} = {text}")).collect();
        f.write_str(&filters.join(", "))
    }
}

fn day_name(day: Weekday) -> &'static str {
    DAY_NAMES[day.num_days_from_monday() as usize]
}

/// Files by a pattern: `*` stands for anything but `/`, `**` for any folders, `?` for one character; one that ends
/// with `/` names a folder. It fits the path inside the imported folder, or any end of it: `trail/` fits
/// `2026/trail/a.fit`. Case and accents do not matter.
#[derive(Clone, Debug, PartialEq)]
pub struct FilePattern {
    /// As written.
    pub text: String,
    pattern: Pattern,
}

impl FilePattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// On brackets or `**` that cannot be read.
    pub fn new(text: &str) -> Result<Self, PatternError> {
        let inside = text.trim().trim_start_matches("./");
        let whole = if inside.ends_with('/') { format!("{inside}**") } else { inside.to_owned() };
        Ok(Self { text: text.to_owned(), pattern: Pattern::new(&folded(&whole))? })
    }

    /// Whether it fits a path with `/`, or the end of it behind one.
    #[must_use]
    pub fn fits(&self, file: &str) -> bool {
        let file = folded(file);
        let options = MatchOptions { require_literal_separator: true, ..MatchOptions::default() };
        let ends = file.match_indices('/').map(|(slash, _)| &file[slash + 1..]);
        std::iter::once(file.as_str()).chain(ends).any(|end| self.pattern.matches_with(end, options))
    }
}

#[derive(Deserialize)]
pub(super) struct RawRule {
    shoe: Spanned<String>,
    sport: Option<String>,
    sub_sport: Option<String>,
    weekday: Option<Spanned<RawNames>>,
    distance: Option<Spanned<RawNames>>,
    file: Option<Spanned<String>>,
    from: Option<Spanned<Datetime>>,
    until: Option<Spanned<Datetime>>,
}

impl Context<'_> {
    pub(super) fn shoe_rule(
        &self,
        raw: Spanned<RawRule>,
        shoes: &[ShoeSettings],
    ) -> Result<ShoeRule, SettingsError> {
        let raw = raw.into_inner();
        let until = raw.until.as_ref().map(|date| self.date(date)).transpose()?;
        let rule = ShoeRule {
            shoe: self.pair_named(&raw.shoe, shoes)?,
            sport: raw.sport.as_deref().map(sport),
            sub_sport: raw.sub_sport.as_deref().map(sub_sport),
            weekdays: raw.weekday.map(|days| self.weekdays(days)).transpose()?.unwrap_or_default(),
            distance: raw.distance.map(|range| self.distance_range(range)).transpose()?,
            file: raw.file.map(|pattern| self.file_pattern(&pattern)).transpose()?,
            from: raw.from.map(|date| self.date(&date)).transpose()?,
            until,
        };
        if let (Some(from), Some(until), Some(at)) = (rule.from, rule.until, &raw.until)
            && until < from
        {
            return Err(
                self.error(&at.span(), format!("the rule ends on {until}, before it begins on {from}"))
            );
        }
        if !rule.has_a_filter() {
            let what = format!(
                "this rule fits every run: give it a filter ({}), or set `default = true` for `{}`",
                RULE_KEYS[1..].join(", "),
                rule.shoe
            );
            return Err(self.error(&raw.shoe.span(), what));
        }
        Ok(rule)
    }

    fn weekdays(&self, raw: Spanned<RawNames>) -> Result<Vec<Weekday>, SettingsError> {
        let span = raw.span();
        let names: Names = raw.into_inner().into();
        let read = |name: &String| {
            name.trim()
                .parse()
                .map_err(|_| self.error(&span, format!("unknown weekday `{name}`: write one like `sunday`")))
        };
        let mut days = names.iter().map(read).collect::<Result<Vec<Weekday>, _>>()?;
        days.sort_by_key(Weekday::num_days_from_monday);
        days.dedup();
        Ok(days)
    }

    /// `"8 km..12 km"`, or `["8 km", "12 km"]` as windows are written.
    fn distance_range(&self, raw: Spanned<RawNames>) -> Result<DistanceRange, SettingsError> {
        let span = raw.span();
        let ends: Names = raw.into_inner().into();
        ends.join("..")
            .parse()
            .map_err(|error: crate::units::DistanceRangeError| self.error(&span, error.to_string()))
    }

    fn file_pattern(&self, raw: &Spanned<String>) -> Result<FilePattern, SettingsError> {
        FilePattern::new(raw.get_ref()).map_err(|error| {
            self.error(&raw.span(), format!("`{}` is no pattern of files: {}", raw.get_ref(), error.msg))
        })
    }
}

/// `run` is `running`, in every spelling.
#[must_use]
pub fn sport(word: &str) -> Sport {
    let sport = Sport::new(word);
    if matches!(sport.as_str(), "run" | "runs") { Sport::running() } else { sport }
}

/// `Trail Running`, `trail_run` and `trail` are one.
#[must_use]
pub fn sub_sport(word: &str) -> String {
    let word = Sport::new(word);
    let word = word.as_str();
    let kind = word.strip_suffix("_running").or_else(|| word.strip_suffix("_run")).unwrap_or(word);
    kind.to_owned()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::activity::Format;
    use crate::analysis::rules::settings as parse;

    fn rule(filters: &str) -> ShoeRule {
        let text = format!("[[shoes]]\nname = \"a\"\n[[shoe_rules]]\nshoe = \"A\"\n{filters}");
        parse(&text).unwrap().shoe_rules.remove(0)
    }

    fn error(filters: &str) -> String {
        let text = format!("[[shoes]]\nname = \"a\"\n[[shoe_rules]]\nshoe = \"a\"\n{filters}");
        parse(&text).unwrap_err().to_string()
    }

    /// Sunday, 1 March 2026.
    fn run(distance_m: f64) -> Activity {
        let start = DateTime::parse_from_rfc3339("2026-03-01T08:00:00+01:00").unwrap();
        Activity {
            distance_m: Some(distance_m),
            sub_sport: Some("trail".to_owned()),
            ..Activity::new("2026/Trail/a.fit", Format::Fit, Sport::running(), start)
        }
    }

    #[test]
    fn each_filter_lets_its_runs_pass_and_no_others() {
        for (fitting, other) in [
            ("sport = \"run\"", "sport = \"cycling\""),
            ("sub_sport = \"trail\"", "sub_sport = \"treadmill\""),
            ("sub_sport = \"Trail Running\"", "sub_sport = \"trails\""),
            ("weekday = \"sunday\"", "weekday = [\"monday\", \"saturday\"]"),
            ("weekday = [\"Sat\", \"sun\"]", "weekday = \"mon\""),
            ("distance = \"..12 km\"", "distance = \"12.1 km..\""),
            ("distance = [\"0 km\", \"12 km\"]", "distance = [\"0 km\", \"11.9 km\"]"),
            ("file = \"trail/\"", "file = \"road/\""),
            ("from = 2026-03-01", "from = 2026-03-02"),
            ("until = 2026-03-01", "until = 2026-02-28"),
        ] {
            assert!(rule(fitting).fits(&run(12_000.0)), "{fitting}");
            assert!(!rule(other).fits(&run(12_000.0)), "{other}");
        }
    }

    #[test]
    fn a_run_has_to_pass_every_filter() {
        let both = rule("sub_sport = \"trail\"\nweekday = \"sunday\"\ndistance = \"10 km..\"");
        assert!(both.fits(&run(10_000.0)));
        assert!(!both.fits(&run(9_999.0)));
        assert!(!both.fits(&Activity { distance_m: None, ..run(0.0) }), "an unknown distance is in no range");
        assert_eq!(both.to_string(), "sub_sport = \"trail\", weekday = \"sunday\", distance = \"10 km..\"");
    }

    #[test]
    fn patterns_of_files_fit_whole_paths_and_their_ends() {
        for (pattern, fits) in [
            ("2026/trail/a.fit", true),
            ("a.fit", true),
            ("*.FIT", true),
            ("trail/*.fit", true),
            ("2026/*.fit", false),
            ("2026/**/*.fit", true),
            ("trail/", true),
            ("2026/", true),
            ("rail/", false),
            ("träil/?.fit", true),
            ("[ab].fit", true),
        ] {
            assert_eq!(FilePattern::new(pattern).unwrap().fits("2026/Trail/a.fit"), fits, "{pattern}");
        }
    }

    #[test]
    fn what_cannot_be_a_rule_is_refused_with_its_line() {
        for (filters, message) in [
            (
                "",
                "line 4: this rule fits every run: give it a filter (sport, sub_sport, weekday, distance, file, from, \
                 until), or set `default = true` for `a`",
            ),
            ("weekday = \"funday\"", "line 5: unknown weekday `funday`: write one like `sunday`"),
            (
                "distance = \"12 km\"",
                "line 5: `12 km` is no range: write it like `300mi..500mi`, `..12km` or `20km..`",
            ),
            (
                "distance = [\"12 km\", \"8 km\"]",
                "line 5: `12 km..8 km` ends before it starts: write the shorter one first",
            ),
            (
                "file = \"a**b\"",
                "line 5: `a**b` is no pattern of files: recursive wildcards must form a single path component",
            ),
            (
                "from = 2026-03-02\nuntil = 2026-03-01",
                "line 6: the rule ends on 2026-03-01, before it begins on 2026-03-02",
            ),
            ("subsport = \"trail\"", "line 5: unknown key `subsport`: did you mean `sub_sport`?"),
        ] {
            assert_eq!(error(filters), message);
        }
        assert_eq!(
            parse("[[shoe_rules]]\nshoe = \"a\"\nsport = \"run\"").unwrap_err().to_string(),
            "line 2: no pair is named `a`: add it as [[shoes]] first"
        );
    }
}
