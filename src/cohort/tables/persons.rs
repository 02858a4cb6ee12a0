//! `persons`: a row a runner, also one who could not be read.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Key;
use crate::{
    analysis::rules::{
        acute_chronic, descent_spike, gap, long_run_spike, no_rest, step_stack, ten_percent, weekly_jump,
    },
    fields::{Column, Field, Kind, Value},
    warning::Rule,
};

/// Rules that are counted, in the order of their columns.
pub static COUNTED: [&Rule; 8] = [
    &long_run_spike::RULE,
    &gap::RULE,
    &weekly_jump::RULE,
    &step_stack::RULE,
    &no_rest::RULE,
    &descent_spike::RULE,
    &ten_percent::RULE,
    &acute_chronic::RULE,
];

/// One runner.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields document them")]
pub struct PersonRow {
    pub person_id: String,
    pub first_date: Option<NaiveDate>,
    pub last_date: Option<NaiveDate>,
    pub days: Option<i64>,
    pub days_at_risk: Option<i64>,
    pub sessions: Option<i64>,
    pub distance_m: Option<i64>,
    pub km_per_week_median: Option<f64>,
    pub runs_per_week_median: Option<f64>,
    pub longest_m: Option<i64>,
    pub share_spike: Option<f64>,
    /// Warnings of each rule of [`COUNTED`].
    pub warnings: [Option<i64>; 8],
    pub injuries: Option<i64>,
    pub files: Option<i64>,
    pub skipped: Option<i64>,
    pub failed: bool,
    pub reason: Option<String>,
}

impl PersonRow {
    /// A runner who could not be read.
    #[must_use]
    pub fn failed(person_id: &str, reason: &str) -> Self {
        Self {
            person_id: person_id.to_owned(),
            failed: true,
            reason: Some(reason.to_owned()),
            ..Self::default()
        }
    }
}

type PersonField = Field<for<'a> fn(&'a PersonRow) -> Value<'a>>;

const fn field(column: Column, value: for<'a> fn(&'a PersonRow) -> Value<'a>) -> PersonField {
    Field { column, value }
}

const FAILED: &str = "the runner could not be read";

const fn whole(name: &'static str, unit: &'static str, meaning: &'static str) -> Column {
    Column::new(name, Kind::Whole, unit, meaning).null_when(FAILED)
}

const fn counted<const N: usize>(name: &'static str, meaning: &'static str) -> PersonField {
    let column = Column::new(name, Kind::Whole, "", meaning).null_when("the rule was not asked");
    field(column, |row| row.warnings[N].into())
}

/// Its columns.
pub static FIELDS: &[PersonField] = &[
    field(super::PERSON_ID, |row| row.person_id.as_str().into()),
    field(Column::new("first_date", Kind::Date, "", "first day of the record").null_when(FAILED), |row| {
        row.first_date.map_or(Value::Unknown, Value::Date)
    }),
    field(Column::new("last_date", Kind::Date, "", "last day of the record").null_when(FAILED), |row| {
        row.last_date.map_or(Value::Unknown, Value::Date)
    }),
    field(whole("days", "d", "days of the record"), |row| row.days.into()),
    field(whole("days_at_risk", "d", "days from the 31st on on which the runner is not injured"), |row| {
        row.days_at_risk.into()
    }),
    field(whole("sessions", "", "sessions"), |row| row.sessions.into()),
    field(Column::new("distance_m", Kind::Long, "m", "distance of all sessions").null_when(FAILED), |row| {
        row.distance_m.into()
    }),
    field(
        Column::new(
            "km_per_week_median",
            Kind::Real(1),
            "km",
            "median of whole blocks of seven days from the first day on",
        )
        .null_when("fewer than 7 days of record"),
        |row| row.km_per_week_median.into(),
    ),
    field(
        Column::new("runs_per_week_median", Kind::Real(1), "", "the same of recordings")
            .null_when("fewer than 7 days of record"),
        |row| row.runs_per_week_median.into(),
    ),
    field(Column::new("longest_m", Kind::Whole, "m", "longest session").null_when("no session"), |row| {
        row.longest_m.into()
    }),
    field(
        Column::new(
            "share_spike",
            Kind::Real(4),
            "",
            "share of the sessions with 30 days before them that are small, moderate or large",
        )
        .null_when("no such session"),
        |row| row.share_spike.into(),
    ),
    counted::<0>("n_long_run_spike", "warnings of long-run-spike"),
    counted::<1>("n_gap", "warnings of gap"),
    counted::<2>("n_weekly_jump", "warnings of weekly-jump"),
    counted::<3>("n_step_stack", "warnings of step-stack"),
    counted::<4>("n_no_rest", "warnings of no-rest"),
    counted::<5>("n_descent_spike", "warnings of descent-spike"),
    counted::<6>("n_ten_percent", "warnings of ten-percent"),
    counted::<7>("n_acute_chronic", "warnings of acute-chronic"),
    field(
        Column::new("injuries", Kind::Whole, "", "overuse injuries reported").null_when("no --injuries"),
        |row| row.injuries.into(),
    ),
    field(Column::new("files", Kind::Whole, "", "activity files").null_when("a table was read"), |row| {
        row.files.into()
    }),
    field(whole("skipped", "", "files or rows left out; quality says why"), |row| row.skipped.into()),
    field(Column::new("failed", Kind::Flag, "", "the runner could not be read").in_every_row(), |row| {
        Value::Flag(row.failed)
    }),
    field(Column::new("reason", Kind::Text, "", "why, as in quality").null_when("not failed"), |row| {
        row.reason.as_deref().into()
    }),
];

/// The table and what it is.
pub static TABLE: super::Table = super::Table {
    name: "persons",
    what: "a row a runner, also one who could not be read",
    key: Key::Person,
    columns: || FIELDS.iter().map(|field| &field.column).collect(),
};

super::rows!(PersonRow, FIELDS);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_counted_rule_has_its_column_in_its_place() {
        let names = FIELDS.iter().map(|field| field.column.name).filter(|name| name.starts_with("n_"));
        let rules = COUNTED.map(|rule| format!("n_{}", rule.id.replace('-', "_")));
        assert_eq!(names.collect::<Vec<_>>(), rules);
        let row = PersonRow { warnings: std::array::from_fn(|at| Some(at as i64)), ..PersonRow::default() };
        let values = FIELDS
            .iter()
            .filter(|field| field.column.name.starts_with("n_"))
            .map(|field| (field.value)(&row));
        assert_eq!(values.collect::<Vec<_>>(), (0..8).map(Value::Whole).collect::<Vec<_>>());
    }
}
