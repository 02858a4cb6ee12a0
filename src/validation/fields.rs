//! The columns of the table `validation`, each once, as those of runs and weeks are in [`fields`](crate::fields).

use super::ValidationRow;
use crate::fields::{Column, Field, Kind, Row, Value};

/// A field of a row.
pub type ValidationField = Field<for<'a> fn(&'a ValidationRow) -> Value<'a>>;

impl Row for ValidationRow {
    fn columns() -> impl Iterator<Item = &'static Column> {
        VALIDATION_FIELDS.iter().map(|field| &field.column)
    }

    fn values(&self) -> impl Iterator<Item = (&'static Column, Value<'_>)> {
        VALIDATION_FIELDS.iter().map(|field| (&field.column, (field.value)(self)))
    }
}

type Read = for<'a> fn(&'a ValidationRow) -> Value<'a>;

/// A field that every row has.
const fn every(name: &'static str, kind: Kind, meaning: &'static str, value: Read) -> ValidationField {
    Field { column: Column::new(name, kind, "", meaning).in_every_row(), value }
}

/// A field of alarms.
const fn alarm(name: &'static str, kind: Kind, meaning: &'static str, value: Read) -> ValidationField {
    unless(NO_ALARM, name, kind, meaning, value)
}

/// A field of the ratio.
const fn ratio(name: &'static str, kind: Kind, meaning: &'static str, value: Read) -> ValidationField {
    unless(NO_RATIO, name, kind, meaning, value)
}

const fn unless(
    null_when: &'static str,
    name: &'static str,
    kind: Kind,
    meaning: &'static str,
    value: Read,
) -> ValidationField {
    Field { column: Column::new(name, kind, "", meaning).null_when(null_when), value }
}

const NO_ALARM: &str = "`window_d` is 0";
const NO_INJURY: &str = "`window_d` is 0, or there is no injury";
const NO_DAY: &str = "`window_d` is 0, or no day is at risk";
const NO_RATIO: &str = "fewer than 20 injuries, or all came in exposed time, or none did";
const NO_CHANCE: &str = "fewer than 20 injuries, or no runner has exposed and other time";
const ONE_KIND: &str = "all runs are exposed, or none is";

const SHARE: Kind = Kind::Real(4);
const NUMBER: Kind = Kind::Real(3);

fn count(count: Option<u32>) -> Value<'static> {
    count.map(i64::from).into()
}

/// In the order of the table.
pub static VALIDATION_FIELDS: &[ValidationField] = &[
    every("rule", Kind::Text, "id of the rule", |row| row.rule.as_str().into()),
    every(
        "window_d",
        Kind::Whole,
        "days that an alarm counts for, its own included; 0: the run itself was a spike",
        |row| count(Some(row.window_d)),
    ),
    every("scale", Kind::Text, "what the ratio is counted in: run, km, day", |row| row.scale.name().into()),
    alarm("injuries", Kind::Whole, "overuse injuries on days at risk", |row| count(row.injuries)),
    alarm("hits", Kind::Whole, "of these, with an alarm in the window", |row| count(row.hits)),
    alarm(
        "hits_same_day",
        Kind::Whole,
        "of the hits, with alarms on the day of the injury only: they came too late",
        |row| count(row.hits_same_day),
    ),
    alarm("misses", Kind::Whole, "injuries without an alarm in the window", |row| count(row.misses)),
    every(
        "not_evaluable",
        Kind::Whole,
        "overuse injuries reported for days that do not count: the first 30 of a record, after it, while injured",
        |row| count(Some(row.not_evaluable)),
    ),
    alarm("episodes", Kind::Whole, "alarms less than a window apart, taken together", |row| {
        count(row.episodes)
    }),
    alarm("false_alarms", Kind::Whole, "episodes without an injury", |row| count(row.false_alarms)),
    every("years_at_risk", Kind::Real(2), "days at risk by 365.25", |row| Some(row.years_at_risk).into()),
    unless(NO_DAY, "share_alarm", SHARE, "share of days at risk with an alarm in the window", |row| {
        row.share_alarm.into()
    }),
    unless(NO_INJURY, "sensitivity", SHARE, "hits by injuries", |row| {
        row.sensitivity.map(|(share, _, _)| share).into()
    }),
    unless(NO_INJURY, "sensitivity_lo", SHARE, "its lower bound, 95 % by Wilson", |row| {
        row.sensitivity.map(|(_, low, _)| low).into()
    }),
    unless(NO_INJURY, "sensitivity_hi", SHARE, "its upper bound", |row| {
        row.sensitivity.map(|(_, _, high)| high).into()
    }),
    unless(
        NO_DAY,
        "expected_hits",
        NUMBER,
        "hits of alarms that know nothing: share_alarm times injuries",
        |row| row.expected_hits.into(),
    ),
    unless("`window_d` is 0, or `expected_hits` is 0", "lift", NUMBER, "hits by expected_hits", |row| {
        row.lift.into()
    }),
    unless(NO_DAY, "false_per_year", NUMBER, "false alarms a year at risk", |row| row.false_per_year.into()),
    every("rr_injuries", Kind::Whole, "first injuries that rr rests on", |row| count(Some(row.rr_injuries))),
    ratio("rr", NUMBER, "injury rate in exposed time by that in other time of the same runners", |row| {
        row.rr.map(|(ratio, _, _)| ratio).into()
    }),
    ratio("rr_lo", NUMBER, "its lower bound, 95 % by formula", |row| row.rr.map(|(_, low, _)| low).into()),
    ratio("rr_hi", NUMBER, "its upper bound", |row| row.rr.map(|(_, _, high)| high).into()),
    ratio("rr_boot_lo", NUMBER, "lower bound of rr, 95 % by drawing runners again 1,000 times", |row| {
        row.rr_boot.map(|(low, _)| low).into()
    }),
    ratio("rr_boot_hi", NUMBER, "upper bound of the same", |row| row.rr_boot.map(|(_, high)| high).into()),
    unless(
        NO_CHANCE,
        "p_null",
        SHARE,
        "how often chance goes as far: first injuries put on other runs, metres or days of the same runners, 9,999 times",
        |row| row.p_null.into(),
    ),
    unless(
        NO_CHANCE,
        "p_null_max",
        SHARE,
        "the same for the exposure that chance takes farthest: it pays for the number of rules",
        |row| row.p_null_max.into(),
    ),
    unless(
        ONE_KIND,
        "km_ratio",
        NUMBER,
        "mean distance of exposed by that of other runs: a ratio a run lies so much above one a kilometre",
        |row| row.km_ratio.into(),
    ),
    unless(
        ONE_KIND,
        "injuries_needed",
        Kind::Whole,
        "first injuries that show a true 1.64 in 4 of 5 groups, by the share of exposed runs",
        |row| count(row.injuries_needed),
    ),
    every("verdict", Kind::Text, "what can be said, of all three scales together", |row| {
        row.verdict.words().into()
    }),
];
