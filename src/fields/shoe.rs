//! The fields of a pair of shoes.

use chrono::NaiveDate;

use super::{Column, Field, Kind, Outputs, Row, Value};

/// A pair on the day of the report.
#[derive(Clone, Debug, PartialEq)]
pub struct ShoeRow<'a> {
    /// Its name.
    pub name: &'a str,
    /// `daily`, `racing` or `trail`.
    pub kind: &'static str,
    /// First day of use.
    pub from: Option<NaiveDate>,
    /// Last day of use.
    pub retired: Option<NaiveDate>,
    /// Prior distance and every run in it, in whole metres.
    pub distance_m: i64,
    /// Runs in it.
    pub runs: usize,
    /// Days with a run in it.
    pub days_in_use: usize,
    /// Day of the first run in it.
    pub first_run: Option<NaiveDate>,
    /// Day of the last run in it.
    pub last_run: Option<NaiveDate>,
    /// What was run in it in the last 28 days, in whole metres.
    pub last_28_days_m: i64,
    /// Of all that was run in them, from 0 to 1; `None` where nothing was.
    pub share_of_28_days: Option<f64>,
    /// `ok`, `window` or `past`.
    pub state: &'static str,
    /// Start and end of its window, in whole metres.
    pub window_m: [i64; 2],
    /// When it reaches the start of its window, early and late.
    pub reaches_start: Option<(NaiveDate, NaiveDate)>,
    /// When it reaches its end.
    pub reaches_end: Option<(NaiveDate, NaiveDate)>,
    /// What the runner notes of it.
    pub note: Option<&'a str>,
    /// Comfort when it was bought, from 1 to 5.
    pub comfort_at_purchase: Option<u8>,
    /// Comfort now, from 1 to 5.
    pub comfort_now: Option<u8>,
    /// Heel above toe in millimetres.
    pub drop_mm: Option<f64>,
    /// Sole below the heel in millimetres.
    pub stack_mm: Option<f64>,
}

/// A field of a pair.
pub type ShoeField = Field<for<'a> fn(&'a ShoeRow<'a>) -> Value<'a>>;

const fn shoe(column: Column, value: for<'a> fn(&'a ShoeRow<'a>) -> Value<'a>) -> ShoeField {
    Field { column, value }
}

/// JSON has a window and its dates as lists.
const fn in_csv_alone(name: &'static str, kind: Kind, unit: &'static str, meaning: &'static str) -> Column {
    Column { outputs: Outputs::Csv, ..Column::new(name, kind, unit, meaning) }
}

fn date(date: Option<NaiveDate>) -> Value<'static> {
    date.map_or(Value::Unknown, Value::Date)
}

/// A count; one that no table holds is not known.
fn count(count: usize) -> Value<'static> {
    i64::try_from(count).ok().into()
}

/// What is null where the settings say nothing.
const NOT_SET: &str = "not set";
/// When nobody can say when a pair reaches a limit.
const NO_FORECAST: &str = "it has, or it cannot be said";

/// The fields of a pair, in the order of JSON and CSV.
pub static SHOE_FIELDS: &[ShoeField] = &[
    shoe(Column::new("name", Kind::Text, "", "its name").in_every_row(), |row| row.name.into()),
    shoe(Column::new("kind", Kind::Text, "", "daily, racing or trail").in_every_row(), |row| row.kind.into()),
    shoe(Column::new("from", Kind::Date, "", "its first day").null_when(NOT_SET), |row| date(row.from)),
    shoe(Column::new("retired", Kind::Date, "", "its last day").null_when(NOT_SET), |row| date(row.retired)),
    shoe(
        Column::new("distance_m", Kind::Long, "m", "prior distance and every run in it").in_every_row(),
        |row| Value::Whole(row.distance_m),
    ),
    shoe(Column::new("runs", Kind::Whole, "", "runs in it").in_every_row(), |row| count(row.runs)),
    shoe(Column::new("days_in_use", Kind::Whole, "", "days with a run in it").in_every_row(), |row| {
        count(row.days_in_use)
    }),
    shoe(
        Column::new("first_run", Kind::Date, "", "day of the first run in it").null_when("no run in it"),
        |row| date(row.first_run),
    ),
    shoe(
        Column::new("last_run", Kind::Date, "", "day of the last run in it").null_when("no run in it"),
        |row| date(row.last_run),
    ),
    shoe(
        Column::new("last_28_days_m", Kind::Whole, "m", "what was run in it in the last 28 days")
            .in_every_row(),
        |row| Value::Whole(row.last_28_days_m),
    ),
    shoe(
        Column::new("share_of_28_days", Kind::Real(3), "", "of all that was run in them")
            .null_when("nothing was run in them"),
        |row| row.share_of_28_days.into(),
    ),
    shoe(
        Column::new("state", Kind::Text, "", "against its window: ok, window or past").in_every_row(),
        |row| row.state.into(),
    ),
    shoe(
        in_csv_alone("window_start_m", Kind::Whole, "m", "start of its window; in JSON `window_m`")
            .in_every_row(),
        |row| Value::Whole(row.window_m[0]),
    ),
    shoe(
        in_csv_alone("window_end_m", Kind::Whole, "m", "end of its window; in JSON `window_m`")
            .in_every_row(),
        |row| Value::Whole(row.window_m[1]),
    ),
    shoe(
        in_csv_alone("reaches_start_early", Kind::Date, "", "when it reaches the start; in JSON `reaches`")
            .null_when(NO_FORECAST),
        |row| date(row.reaches_start.map(|dates| dates.0)),
    ),
    shoe(
        in_csv_alone("reaches_start_late", Kind::Date, "", "the same at its slowest").null_when(NO_FORECAST),
        |row| date(row.reaches_start.map(|dates| dates.1)),
    ),
    shoe(
        in_csv_alone("reaches_end_early", Kind::Date, "", "when it reaches the end; in JSON `reaches`")
            .null_when(NO_FORECAST),
        |row| date(row.reaches_end.map(|dates| dates.0)),
    ),
    shoe(
        in_csv_alone("reaches_end_late", Kind::Date, "", "the same at its slowest").null_when(NO_FORECAST),
        |row| date(row.reaches_end.map(|dates| dates.1)),
    ),
    shoe(Column::new("note", Kind::Text, "", "what you note of it").null_when(NOT_SET), |row| {
        row.note.into()
    }),
    shoe(
        Column::new("comfort_at_purchase", Kind::Whole, "", "1 (poor) to 5 (best), when it was bought")
            .null_when(NOT_SET),
        |row| row.comfort_at_purchase.map(i64::from).into(),
    ),
    shoe(Column::new("comfort_now", Kind::Whole, "", "the same now").null_when(NOT_SET), |row| {
        row.comfort_now.map(i64::from).into()
    }),
    shoe(
        Column::new("drop_mm", Kind::Real(1), "mm", "heel above toe, as its maker says").null_when(NOT_SET),
        |row| row.drop_mm.into(),
    ),
    shoe(
        Column::new("stack_mm", Kind::Real(1), "mm", "sole below the heel, as its maker says")
            .null_when(NOT_SET),
        |row| row.stack_mm.into(),
    ),
];

impl Row for ShoeRow<'_> {
    fn columns() -> impl Iterator<Item = &'static Column> {
        SHOE_FIELDS.iter().map(|field| &field.column)
    }

    fn values(&self) -> impl Iterator<Item = (&'static Column, Value<'_>)> {
        SHOE_FIELDS.iter().map(|field| (&field.column, (field.value)(self)))
    }
}
