//! `days`: a row for every calendar day from the first of the record to the last.

use super::Key;
use crate::{
    fields::{Column, Field, Kind, Value},
    table::DayRow as Sums,
};

/// One day.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the fields document them")]
pub struct DayRow<'a> {
    pub person_id: &'a str,
    pub sums: &'a Sums,
    pub load: Option<f64>,
    pub covered: bool,
}

type DayField = Field<for<'a> fn(&'a DayRow<'a>) -> Value<'a>>;

const fn field(column: Column, value: for<'a> fn(&'a DayRow<'a>) -> Value<'a>) -> DayField {
    Field { column, value }
}

/// Its columns.
pub static FIELDS: &[DayField] = &[
    field(super::PERSON_ID, |row| row.person_id.into()),
    field(Column::new("date", Kind::Date, "", "the day").in_every_row(), |row| Value::Date(row.sums.date)),
    field(Column::new("runs", Kind::Whole, "", "recordings that start on it").in_every_row(), |row| {
        Value::Whole(row.sums.runs.into())
    }),
    field(Column::new("distance_m", Kind::Whole, "m", "distance of its runs").in_every_row(), |row| {
        Value::Whole(row.sums.distance_m)
    }),
    field(
        Column::new("moving_s", Kind::Whole, "s", "moving time of its runs").null_when("no run has one"),
        |row| row.sums.moving_time_s.map(|seconds| seconds.round() as i64).into(),
    ),
    field(Column::new("longest_m", Kind::Whole, "m", "longest recording").null_when("no run"), |row| {
        row.sums.longest_m.into()
    }),
    field(
        Column::new("distance_7d_m", Kind::Whole, "m", "this day and the six before it").in_every_row(),
        |row| Value::Whole(row.sums.last_7_days_m),
    ),
    field(
        Column::new("load", Kind::Real(1), "see load_measure of runs", "training load, 0 without a run")
            .null_when("a run of the day has none"),
        |row| row.load.into(),
    ),
    field(
        Column::new("covered", Kind::Flag, "", "not in a hole of 10 days or more without a run")
            .in_every_row(),
        |row| Value::Flag(row.covered),
    ),
];

/// The table and what it is.
pub static TABLE: super::Table = super::Table {
    name: "days",
    what: "a row a calendar day, also without a run",
    key: Key::Day,
    columns: || FIELDS.iter().map(|field| &field.column).collect(),
};

super::rows!(DayRow<'_>, FIELDS);
