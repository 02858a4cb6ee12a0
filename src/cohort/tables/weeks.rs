//! `weeks`: a row a calendar week.

use super::Key;
use crate::fields::{Column, Field, Kind, Value, WeekLoad, WeekRow as Sums};

/// One week.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the fields document them")]
pub struct WeekRow<'a> {
    pub person_id: &'a str,
    pub sums: &'a Sums,
    pub load: &'a WeekLoad,
    pub days_covered: i64,
}

type WeekField = Field<for<'a> fn(&'a WeekRow<'a>) -> Value<'a>>;

const fn field(column: Column, value: for<'a> fn(&'a WeekRow<'a>) -> Value<'a>) -> WeekField {
    Field { column, value }
}

/// Its columns.
pub static FIELDS: &[WeekField] = &[
    field(super::PERSON_ID, |row| row.person_id.into()),
    field(Column::new("week_start", Kind::Date, "", "first day of the week").in_every_row(), |row| {
        Value::Date(row.sums.week_start)
    }),
    field(
        Column::new(
            "days_covered",
            Kind::Whole,
            "d",
            "days of the record in it that lie in no hole of 10 days",
        )
        .in_every_row(),
        |row| Value::Whole(row.days_covered),
    ),
    field(Column::new("runs", Kind::Whole, "", "recordings").in_every_row(), |row| {
        Value::Whole(row.sums.runs.into())
    }),
    field(Column::new("distance_m", Kind::Whole, "m", "distance of its runs").in_every_row(), |row| {
        Value::Whole(row.sums.distance_m)
    }),
    field(Column::new("longest_m", Kind::Whole, "m", "longest recording").null_when("no run"), |row| {
        row.sums.longest_m.into()
    }),
    field(
        Column::new("best_of_4_m", Kind::Whole, "m", "highest weekly distance of the four weeks before")
            .null_when("first week"),
        |row| row.sums.best_of_4_m.into(),
    ),
    field(
        Column::new("peak_7d_m", Kind::Whole, "m", "highest distance of seven days in a row that end in it")
            .in_every_row(),
        |row| Value::Whole(row.sums.peak_7_days_m),
    ),
    field(
        Column::new("rest_days", Kind::Whole, "d", "days without a run")
            .null_when("a first week that is not whole"),
        |row| row.load.rest_days.map(i64::from).into(),
    ),
    field(
        Column::new("load", Kind::Real(1), "see load_measure of runs", "training load")
            .null_when("a run has none"),
        |row| row.load.load.into(),
    ),
    field(
        Column::new("acute_load", Kind::Real(1), "load a day", "acute load at its end")
            .null_when("warming up"),
        |row| row.load.acute.into(),
    ),
    field(
        Column::new("chronic_load", Kind::Real(1), "load a day", "chronic load at its end")
            .null_when("warming up"),
        |row| row.load.chronic.into(),
    ),
    field(
        Column::new(
            "monotony",
            Kind::Real(2),
            "",
            "mean by standard deviation of the daily loads, at most 10",
        )
        .null_when("no run, or the week is not over"),
        |row| row.load.monotony.into(),
    ),
    field(
        Column::new("strain", Kind::Real(1), "load", "load times monotony").null_when("no monotony"),
        |row| row.load.strain.into(),
    ),
];

/// The table and what it is.
pub static TABLE: super::Table = super::Table {
    name: "weeks",
    what: "a row a calendar week",
    key: Key::Week,
    columns: || FIELDS.iter().map(|field| &field.column).collect(),
};

super::rows!(WeekRow<'_>, FIELDS);
