//! The fields of a calendar day, also of one without a run.

use chrono::NaiveDate;

use super::{Column, Field, Kind, Row, Value};

/// A calendar day with its load.
#[derive(Clone, Copy, Debug)]
pub struct DayWithLoad {
    /// The day.
    pub date: NaiveDate,
    /// Number of its runs.
    pub runs: u32,
    /// Distance of its runs in whole metres.
    pub distance_m: i64,
    /// Longest run in whole metres; `None` without a run.
    pub longest_m: Option<i64>,
    /// Moving time in seconds; `None` where no run has one.
    pub moving_time_s: Option<f64>,
    /// Distance of this day and the six before it, in whole metres.
    pub last_7_days_m: i64,
    /// Training load; 0 without a run, `None` where that of a run is not known.
    pub load: Option<f64>,
    /// The name of the measure of the load.
    pub measure: &'static str,
}

/// A field of a day.
pub type DayField = Field<for<'a> fn(&'a DayWithLoad) -> Value<'a>>;

const fn day(column: Column, value: for<'a> fn(&'a DayWithLoad) -> Value<'a>) -> DayField {
    Field { column, value }
}

/// One decimal says all that a watch knows.
const TENTHS: Kind = Kind::Real(1);

/// The fields of a day, in the order of JSON, CSV and Parquet.
pub static DAY_FIELDS: &[DayField] = &[
    day(Column::new("local_date", Kind::Date, "", "the day").in_every_row(), |row| Value::Date(row.date)),
    day(Column::new("runs", Kind::Whole, "", "number of its runs").in_every_row(), |row| {
        Value::Whole(row.runs.into())
    }),
    day(Column::new("distance_m", Kind::Whole, "m", "distance of its runs").in_every_row(), |row| {
        Value::Whole(row.distance_m)
    }),
    day(Column::new("longest_m", Kind::Whole, "m", "longest run").null_when("no run"), |row| {
        row.longest_m.into()
    }),
    day(
        Column::new("moving_time_s", TENTHS, "s", "moving time of the runs that have one")
            .null_when("no run, or none has one"),
        |row| row.moving_time_s.into(),
    ),
    day(
        Column::new("last_7_days_m", Kind::Whole, "m", "distance of this day and the six before it")
            .in_every_row(),
        |row| Value::Whole(row.last_7_days_m),
    ),
    day(
        Column::new("training_load", TENTHS, "see its measure", "training load of its runs, 0 without one")
            .null_when("a run of the day has none"),
        |row| row.load.into(),
    ),
    day(
        Column::new("training_load_measure", Kind::Text, "", "what the training load is made of")
            .in_every_row(),
        |row| row.measure.into(),
    ),
];

impl Row for DayWithLoad {
    fn columns() -> impl Iterator<Item = &'static Column> {
        DAY_FIELDS.iter().map(|field| &field.column)
    }

    fn values(&self) -> impl Iterator<Item = (&'static Column, Value<'_>)> {
        DAY_FIELDS.iter().map(|field| (&field.column, (field.value)(self)))
    }
}
