//! `[[shoes]]`: pairs with their days, their distance before the first file and their replacement window.

use std::ops::Range;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::{
    Context, SettingsError, nearest, same_name,
    shoe_fit::{RawFit, ShoeFit},
};
use crate::{units::Distance, warning::ShoeKind};

pub(super) const SHOE_KEYS: &[&str] = &[
    "name",
    "from",
    "retired",
    "prior_distance",
    "window",
    "kind",
    "default",
    "gear",
    "note",
    "comfort",
    "drop_mm",
    "stack_mm",
];

/// A pair of shoes as set.
#[derive(Clone, Debug, PartialEq)]
pub struct ShoeSettings {
    /// Its name, unique.
    pub name: String,
    /// First day of use, inclusive.
    pub from: Option<NaiveDate>,
    /// Last day of use, inclusive.
    pub retired: Option<NaiveDate>,
    /// Distance run in it before the first import.
    pub prior_distance_m: i64,
    /// Where replacement is customary, start and end.
    pub window: [Distance; 2],
    /// What it is for.
    pub kind: ShoeKind,
    /// Whether runs without another pair count for it.
    pub default: bool,
    /// Other names that exports use for it.
    pub gear: Vec<String>,
    /// How it fits; nothing is computed from it.
    pub fit: ShoeFit,
}

impl ShoeSettings {
    /// An everyday pair of which only the name is known.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            from: None,
            retired: None,
            prior_distance_m: 0,
            window: ShoeKind::Daily.customary_window(),
            kind: ShoeKind::Daily,
            default: false,
            gear: Vec::new(),
            fit: ShoeFit::default(),
        }
    }

    /// Whether `gear` is its name, or one of the names that exports use for it.
    #[must_use]
    pub fn answers_to(&self, gear: &str) -> bool {
        same_name(&self.name, gear) || self.gear.iter().any(|name| same_name(name, gear))
    }

    /// Whether `date` lies in the days of the pair, both ends included.
    #[must_use]
    pub fn in_use_on(&self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.retired.is_none_or(|retired| date <= retired)
    }
}

#[derive(Deserialize)]
pub(super) struct RawShoe {
    name: Spanned<String>,
    from: Option<Spanned<Datetime>>,
    retired: Option<Spanned<Datetime>>,
    prior_distance: Option<Spanned<String>>,
    window: Option<Spanned<[String; 2]>>,
    #[serde(default)]
    kind: ShoeKind,
    #[serde(default)]
    default: bool,
    gear: Option<RawNames>,
    note: Option<String>,
    comfort: Option<Spanned<toml::Value>>,
    drop_mm: Option<Spanned<f64>>,
    stack_mm: Option<Spanned<f64>>,
}

/// Names, one or several.
pub(super) type Names = Vec<String>;

/// One text or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum RawNames {
    One(String),
    Many(Names),
}

impl From<RawNames> for Names {
    fn from(names: RawNames) -> Self {
        match names {
            RawNames::One(name) => vec![name],
            RawNames::Many(names) => names,
        }
    }
}

impl Context<'_> {
    pub(super) fn shoe(&self, raw: Spanned<RawShoe>) -> Result<(Range<usize>, ShoeSettings), SettingsError> {
        let span = raw.get_ref().name.span();
        let raw = raw.into_inner();
        let name = raw.name.get_ref().trim().to_owned();
        if name.is_empty() {
            return Err(self.error(&span, "a pair of shoes needs a name"));
        }
        let from = raw.from.map(|date| self.date(&date)).transpose()?;
        let retired = raw.retired.as_ref().map(|date| self.date(date)).transpose()?;
        if let (Some(from), Some(until), Some(at)) = (from, retired, &raw.retired)
            && until < from
        {
            let what = format!("`{name}` is retired on {until}, before its first day {from}");
            return Err(self.error(&at.span(), what));
        }
        let prior = raw.prior_distance.map(|text| self.parsed::<Distance>(&text)).transpose()?;
        let window = raw.window.map(|window| self.window(&window)).transpose()?;
        let RawShoe { note, comfort, drop_mm, stack_mm, .. } = raw;
        let shoe = ShoeSettings {
            name,
            from,
            retired,
            prior_distance_m: prior.map_or(0, |distance| distance.meters),
            window: window.unwrap_or_else(|| raw.kind.customary_window()),
            kind: raw.kind,
            default: raw.default,
            gear: raw.gear.map(Names::from).unwrap_or_default(),
            fit: self.fit(RawFit { note, comfort, drop_mm, stack_mm })?,
        };
        Ok((span, shoe))
    }

    fn window(&self, raw: &Spanned<[String; 2]>) -> Result<[Distance; 2], SettingsError> {
        let [start, end] = raw.get_ref();
        let parse = |text: &str| text.parse::<Distance>().map_err(|e| self.error(&raw.span(), e.to_string()));
        let (start, end) = (parse(start)?, parse(end)?);
        if start.meters >= end.meters {
            let what = format!(
                "the window [\"{start}\", \"{end}\"] ends before it starts: write the shorter one first"
            );
            return Err(self.error(&raw.span(), what));
        }
        Ok([start, end])
    }

    /// Names stand once, and no day has two default pairs.
    pub(super) fn refuse_conflicts(
        &self,
        shoes: &[(Range<usize>, ShoeSettings)],
    ) -> Result<(), SettingsError> {
        for (i, (span, shoe)) in shoes.iter().enumerate() {
            for (_, earlier) in &shoes[..i] {
                if same_name(&earlier.name, &shoe.name) {
                    return Err(self.error(
                        span,
                        format!("two pairs are named `{}`: give each its own name", shoe.name),
                    ));
                }
                if earlier.default && shoe.default && days_overlap(earlier, shoe) {
                    let what = format!(
                        "`{}` and `{}` are both `default` on the same days: set `retired` for one or `from` for the other",
                        earlier.name, shoe.name
                    );
                    return Err(self.error(span, what));
                }
            }
        }
        Ok(())
    }

    /// The name of a pair as its `[[shoes]]` writes it.
    pub(super) fn pair_named(
        &self,
        name: &Spanned<String>,
        shoes: &[ShoeSettings],
    ) -> Result<String, SettingsError> {
        if let Some(pair) = shoes.iter().find(|pair| same_name(&pair.name, name.get_ref())) {
            return Ok(pair.name.clone());
        }
        Err(self.error(&name.span(), unknown_pair(name.get_ref(), shoes)))
    }
}

/// What is said of a name that no pair has.
#[must_use]
pub fn unknown_pair(name: &str, shoes: &[ShoeSettings]) -> String {
    let known: Vec<&str> = shoes.iter().map(|pair| pair.name.as_str()).collect();
    let hint = nearest(name, &known)
        .map_or_else(|| "add it as [[shoes]] first".to_owned(), |pair| format!("did you mean `{pair}`?"));
    format!("no pair is named `{name}`: {hint}")
}

fn days_overlap(a: &ShoeSettings, b: &ShoeSettings) -> bool {
    let starts_before_end = |start: Option<NaiveDate>, end: Option<NaiveDate>| match (start, end) {
        (Some(start), Some(end)) => start <= end,
        _ => true,
    };
    starts_before_end(a.from, b.retired) && starts_before_end(b.from, a.retired)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::settings as parse;

    fn error(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_pair_is_in_use_on_its_first_and_its_last_day() {
        let settings = parse("[[shoes]]\nname = \"a\"\nfrom = 2026-03-01\nretired = 2026-06-30").unwrap();
        let on = |month, d| settings.shoes[0].in_use_on(day(2026, month, d));
        assert_eq!([on(2, 28), on(3, 1), on(6, 30), on(7, 1)], [false, true, true, false]);
    }

    #[test]
    fn two_default_pairs_on_the_same_day_are_refused_and_in_turn_are_fine() {
        let two = |retired: &str| {
            format!(
                "[[shoes]]\nname = \"a\"\nretired = {retired}\ndefault = true\n\
                 [[shoes]]\nname = \"b\"\nfrom = 2026-07-01\ndefault = true"
            )
        };
        assert!(parse(&two("2026-06-30")).is_ok());
        assert_eq!(
            error(&two("2026-07-01")),
            "line 6: `a` and `b` are both `default` on the same days: set `retired` for one or `from` for the other"
        );
    }

    #[test]
    fn a_pair_answers_to_its_name_and_to_those_of_exports_whatever_their_accents() {
        let settings = parse("[[shoes]]\nname = \"Órbita\"\ngear = \"Nike Orbita 2\"").unwrap();
        assert!(["orbita", "NIKE ÓRBITA 2"].iter().all(|gear| settings.shoes[0].answers_to(gear)));
        assert!(!settings.shoes[0].answers_to("Nike"));
        let two = "[[shoes]]\nname = \"a\"\ngear = [\"b\", \"c\"]";
        assert_eq!(parse(two).unwrap().shoes[0].gear, ["b", "c"]);
        assert_eq!(
            error("[[shoes]]\nname = \"Órbita\"\n[[shoes]]\nname = \"orbita\""),
            "line 4: two pairs are named `orbita`: give each its own name"
        );
    }
}
