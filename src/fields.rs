//! The fields of a run, a [`day`], a week and a pair of [`shoe`]s, each once: JSON, CSV, Parquet, the polars tables and `docs/tables.md` are made of these lists.
//!
//! A field has a stable name with its unit, what it means, and how to read it off a row. Its value is exact; JSON and CSV
//! round it to the field's decimals. A value that is not known is [`Value::Unknown`], never 0 and never NaN.

pub mod beside;
pub mod day;
pub mod shoe;

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveDateTime, SecondsFormat};

use beside::WeekBeside;

use crate::activity::{Activity, OtherSport, Surface};

/// A value as it stands in one field of one row.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Not known, or not defined.
    Unknown,
    /// A word, a name, a time.
    Text(Cow<'a, str>),
    /// Several texts: a list in JSON, one cell in CSV.
    Texts(Vec<String>),
    /// Yes or no.
    Flag(bool),
    /// A calendar day.
    Date(NaiveDate),
    /// A local time.
    Time(NaiveDateTime),
    /// A count, or whole metres.
    Whole(i64),
    /// A measured number; always finite.
    Real(f64),
    /// Whole numbers by name: an object in JSON; CSV has a column for each instead.
    Sums(Vec<(&'static str, Option<i64>)>),
}

impl From<Option<f64>> for Value<'_> {
    fn from(number: Option<f64>) -> Self {
        number.filter(|number| number.is_finite()).map_or(Self::Unknown, Self::Real)
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::Unknown, Self::Whole)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Unknown, Self::from)
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// [`Value::Text`].
    Text,
    /// [`Value::Texts`].
    Texts,
    /// [`Value::Flag`].
    Flag,
    /// [`Value::Date`].
    Date,
    /// [`Value::Time`].
    Time,
    /// [`Value::Whole`] that fits into 32 bits.
    Whole,
    /// [`Value::Whole`] that may not: sums over a life.
    Long,
    /// [`Value::Real`], rounded to so many decimals where it is written.
    Real(i32),
    /// [`Value::Sums`]: JSON alone has it.
    Sums,
}

/// Which outputs have a field; the polars tables have all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outputs {
    /// JSON and CSV.
    JsonAndCsv,
    /// JSON; the CSV has no such column.
    Json,
    /// CSV; JSON says it in another shape.
    Csv,
    /// Neither: the field is for the tables.
    Tables,
}

/// A field without the way to its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The stable name, with its unit.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// The unit, empty where there is none.
    pub unit: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// When a row has no value of it; [`NEVER`] where every row has one.
    pub null_when: &'static str,
    /// Where it is written.
    pub outputs: Outputs,
}

/// When a row has no value of a field that every row has.
pub const NEVER: &str = "never";
/// When a row has no value of a field, unless the field says more.
const NOT_KNOWN: &str = "not known";

impl Column {
    /// A column of JSON and CSV whose values may be unknown.
    #[must_use]
    pub const fn new(name: &'static str, kind: Kind, unit: &'static str, meaning: &'static str) -> Self {
        Self { name, kind, unit, meaning, null_when: NOT_KNOWN, outputs: Outputs::JsonAndCsv }
    }

    /// The same where every row has a value.
    #[must_use]
    pub const fn in_every_row(self) -> Self {
        self.null_when(NEVER)
    }

    /// The same with the reason for which a row has no value.
    #[must_use]
    pub const fn null_when(self, null_when: &'static str) -> Self {
        Self { null_when, ..self }
    }

    /// Whether every row has a value.
    #[must_use]
    pub fn is_in_every_row(&self) -> bool {
        self.null_when == NEVER
    }

    /// Whether JSON has it.
    #[must_use]
    pub fn is_in_json(&self) -> bool {
        matches!(self.outputs, Outputs::JsonAndCsv | Outputs::Json)
    }

    /// Whether CSV has it.
    #[must_use]
    pub fn is_in_csv(&self) -> bool {
        matches!(self.outputs, Outputs::JsonAndCsv | Outputs::Csv)
    }
}

/// A field of a row: its column, and how to read it off the row.
#[derive(Clone, Copy, Debug)]
pub struct Field<V> {
    /// Name, kind, unit, meaning.
    pub column: Column,
    /// The value of a row.
    pub value: V,
}

/// A field of a run.
pub type RunField = Field<for<'a> fn(&RunRow<'a>) -> Value<'a>>;
/// A field of a week.
pub type WeekField = Field<for<'a> fn(&WeekFacts<'a>) -> Value<'a>>;

/// Rows of one list of fields.
pub trait Row {
    /// The columns, in the order in which they are written.
    fn columns() -> impl Iterator<Item = &'static Column>;
    /// Every column with the value of this row, in the same order.
    fn values(&self) -> impl Iterator<Item = (&'static Column, Value<'_>)>;
}

/// A run with what the analysis says of it.
#[derive(Clone, Copy, Debug)]
pub struct RunRow<'a> {
    /// The run itself.
    pub run: &'a Activity,
    /// The pair of shoes that it counts for.
    pub pair: Option<&'a str>,
    /// Its median steps a minute at the usual easy speed.
    pub easy_cadence_spm: Option<f64>,
    /// Its training load, and the name of the measure.
    pub load: Option<(f64, &'static str)>,
    /// Whose run it is, where there are several runners.
    pub runner: Option<&'a str>,
}

impl<'a> RunRow<'a> {
    /// An activity of which the analysis says nothing.
    #[must_use]
    pub fn of(run: &'a Activity) -> Self {
        Self { run, pair: None, easy_cadence_spm: None, load: None, runner: None }
    }
}

impl Row for RunRow<'_> {
    fn columns() -> impl Iterator<Item = &'static Column> {
        RUN_FIELDS.iter().map(|field| &field.column)
    }

    fn values(&self) -> impl Iterator<Item = (&'static Column, Value<'_>)> {
        RUN_FIELDS.iter().map(|field| (&field.column, (field.value)(self)))
    }
}

/// The sums of a calendar week: a row of the table of weeks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeekRow {
    /// First day of the week.
    pub week_start: NaiveDate,
    /// Distance of its runs in whole metres.
    pub distance_m: i64,
    /// Number of its runs.
    pub runs: u32,
    /// Longest run in whole metres; `None` without a run.
    pub longest_m: Option<i64>,
    /// Moving time in seconds; `None` where no run has one.
    pub moving_time_s: Option<f64>,
    /// Climb in metres; `None` where no run has one.
    pub ascent_m: Option<f64>,
    /// Descent in metres; `None` where no run has one.
    pub descent_m: Option<f64>,
    /// Highest weekly distance of the four weeks before; `None` in the first week.
    pub best_of_4_m: Option<i64>,
    /// Highest distance of seven days in a row that end in this week.
    pub peak_7_days_m: i64,
}

/// The training load of a calendar week; a value that is not defined is `None`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeekLoad {
    /// First day of the week.
    pub week_start: NaiveDate,
    /// Days without a run in the files; so far, in a week that is not over. `None` in a first week that is not whole.
    pub rest_days: Option<u32>,
    /// Load of its runs.
    pub load: Option<f64>,
    /// Acute load at its end, a day.
    pub acute: Option<f64>,
    /// Chronic load at its end, a day.
    pub chronic: Option<f64>,
    /// Mean by standard deviation of its daily loads.
    pub monotony: Option<f64>,
    /// Load times monotony.
    pub strain: Option<f64>,
}

/// A week with its load.
#[derive(Clone, Copy, Debug)]
pub struct WeekFacts<'a> {
    /// Its sums.
    pub sums: &'a WeekRow,
    /// Its training load.
    pub load: &'a WeekLoad,
    /// What stands beside its runs.
    pub beside: &'a WeekBeside,
    /// The name of the measure of the load.
    pub measure: &'static str,
    /// The median of its runs' steps a minute at the usual easy speed.
    pub easy_cadence_spm: Option<f64>,
    /// Whether it is over on the day of the report.
    pub is_complete: bool,
    /// Whose week it is, where there are several runners.
    pub runner: Option<&'a str>,
}

impl Row for WeekFacts<'_> {
    fn columns() -> impl Iterator<Item = &'static Column> {
        WEEK_FIELDS.iter().map(|field| &field.column)
    }

    fn values(&self) -> impl Iterator<Item = (&'static Column, Value<'_>)> {
        WEEK_FIELDS.iter().map(|field| (&field.column, (field.value)(self)))
    }
}

const fn run(column: Column, value: for<'a> fn(&RunRow<'a>) -> Value<'a>) -> RunField {
    Field { column, value }
}

const fn week(column: Column, value: for<'a> fn(&WeekFacts<'a>) -> Value<'a>) -> WeekField {
    Field { column, value }
}

const fn column(name: &'static str, kind: Kind, unit: &'static str, meaning: &'static str) -> Column {
    Column::new(name, kind, unit, meaning)
}

const fn only_in(outputs: Outputs, column: Column) -> Column {
    Column { outputs, ..column }
}

/// One decimal says all that a watch knows.
const TENTHS: Kind = Kind::Real(1);

/// Name of the runner's column in every table.
pub const RUNNER: &str = "runner";
/// Name of the column of whole metres of a run, which every rule and every sum uses.
pub const WHOLE_DISTANCE_M: &str = "whole_distance_m";

const RUNNER_COLUMN: Column = only_in(
    Outputs::Tables,
    column(RUNNER, Kind::Text, "", "whose it is, where several runners stand in one table; else empty")
        .in_every_row(),
);

/// The fields of a run, in the order of JSON and CSV.
pub static RUN_FIELDS: &[RunField] = &[
    run(RUNNER_COLUMN, |row| row.runner.unwrap_or_default().into()),
    run(
        column(
            "id",
            Kind::Text,
            "",
            "local start to the minute; `-2` and so on where two start in one minute",
        )
        .in_every_row(),
        |row| row.run.id.as_str().into(),
    ),
    run(column("file", Kind::Text, "", "the file, from the folder given on").in_every_row(), |row| {
        row.run.file.as_str().into()
    }),
    run(
        only_in(Outputs::Json, column("sport", Kind::Text, "", "the sport in FIT's words").in_every_row()),
        |row| row.run.sport.to_string().into(),
    ),
    run(column("sub_sport", Kind::Text, "", "the finer kind: trail, treadmill, track and so on"), |row| {
        row.run.sub_sport.as_deref().into()
    }),
    run(column("start", Kind::Text, "", "local start with the offset from UTC").in_every_row(), |row| {
        row.run.start.to_rfc3339_opts(SecondsFormat::Secs, true).into()
    }),
    run(
        column("local_date", Kind::Date, "", "local date of the start: the day that it counts for")
            .in_every_row(),
        |row| Value::Date(row.run.local_date()),
    ),
    run(column("distance_m", TENTHS, "m", "the distance that counts"), |row| row.run.distance_m.into()),
    run(
        only_in(
            Outputs::Tables,
            column(
                WHOLE_DISTANCE_M,
                Kind::Whole,
                "m",
                "the distance in whole metres, 0 where it is not known",
            )
            .in_every_row(),
        ),
        |row| Value::Whole(row.run.whole_meters()),
    ),
    run(column("timer_time_s", TENTHS, "s", "the watch running, without pauses"), |row| {
        row.run.timer_time_s.into()
    }),
    run(
        column("moving_time_s", TENTHS, "s", "the device's timer, else the time above the stop threshold"),
        |row| row.run.moving_time_s.into(),
    ),
    run(
        column("running_time_s", TENTHS, "s", "the moving time that was running, not walking; runs only"),
        |row| row.run.running_time_s.filter(|_| row.run.is_run()).into(),
    ),
    run(column("elapsed_time_s", TENTHS, "s", "from start to stop, with pauses"), |row| {
        row.run.elapsed_time_s.into()
    }),
    run(column("ascent_m", TENTHS, "m", "climb"), |row| row.run.ascent_m.into()),
    run(column("descent_m", TENTHS, "m", "descent"), |row| row.run.descent_m.into()),
    run(column("average_heart_rate_bpm", TENTHS, "beats per minute", "mean heart rate"), |row| {
        row.run.average_heart_rate_bpm.into()
    }),
    run(column("max_heart_rate_bpm", TENTHS, "beats per minute", "highest heart rate"), |row| {
        row.run.max_heart_rate_bpm.into()
    }),
    run(
        column(
            "average_cadence_spm",
            TENTHS,
            "steps per minute",
            "mean steps of both feet, walks and stops too",
        )
        .null_when("not known, or no run's: below 90 or above 240"),
        |row| row.run.average_cadence_spm.into(),
    ),
    run(
        column(
            "easy_cadence_spm",
            TENTHS,
            "steps per minute",
            "median steps of both feet at your usual easy speed, the same for all runs",
        )
        .null_when("not known, or less than 10 minutes at that speed"),
        |row| row.easy_cadence_spm.into(),
    ),
    run(column("training_load", TENTHS, "see its measure", "the training load; runs only"), |row| {
        row.load.map(|(load, _)| load).into()
    }),
    run(column("training_load_measure", Kind::Text, "", "what the training load is made of"), |row| {
        row.load.map(|(_, measure)| measure).into()
    }),
    run(
        column("device_training_load", TENTHS, "the maker's", "the watch maker's own training load"),
        |row| row.run.training_load.into(),
    ),
    run(column("device", Kind::Text, "", "maker and model, never a serial number"), |row| {
        row.run.device.as_deref().into()
    }),
    run(column("shoe", Kind::Text, "", "the pair that it counts for; runs only"), |row| row.pair.into()),
    run(column("race", Kind::Flag, "", "whether the settings call it a race").in_every_row(), |row| {
        Value::Flag(row.run.race)
    }),
    run(
        column("notes", Kind::Texts, "", "what the import noticed; in CSV and Parquet one text")
            .in_every_row(),
        |row| Value::Texts(row.run.notes.iter().map(ToString::to_string).collect()),
    ),
];

/// The fields of a week, in the order of JSON and CSV.
pub static WEEK_FIELDS: &[WeekField] = &[
    week(RUNNER_COLUMN, |row| row.runner.unwrap_or_default().into()),
    week(column("week_start", Kind::Date, "", "first day of the calendar week").in_every_row(), |row| {
        Value::Date(row.sums.week_start)
    }),
    week(column("distance_m", Kind::Whole, "m", "distance of its runs").in_every_row(), |row| {
        Value::Whole(row.sums.distance_m)
    }),
    week(column("runs", Kind::Whole, "", "number of its runs").in_every_row(), |row| {
        Value::Whole(row.sums.runs.into())
    }),
    week(column("longest_m", Kind::Whole, "m", "longest run; unknown without one"), |row| {
        row.sums.longest_m.into()
    }),
    week(column("moving_time_s", TENTHS, "s", "moving time of the runs that have one"), |row| {
        row.sums.moving_time_s.into()
    }),
    week(column("ascent_m", TENTHS, "m", "climb of the runs that have one"), |row| row.sums.ascent_m.into()),
    week(column("descent_m", TENTHS, "m", "descent of the runs that have one"), |row| {
        row.sums.descent_m.into()
    }),
    week(
        column("best_of_4_m", Kind::Whole, "m", "highest weekly distance of the four weeks before"),
        |row| row.sums.best_of_4_m.into(),
    ),
    week(
        column(
            "peak_7_days_m",
            Kind::Whole,
            "m",
            "highest distance of seven days in a row that end in this week",
        )
        .in_every_row(),
        |row| Value::Whole(row.sums.peak_7_days_m),
    ),
    week(
        column("easy_cadence_spm", TENTHS, "steps per minute", "median of `easy_cadence_spm` of its runs")
            .null_when("none of its runs has one"),
        |row| row.easy_cadence_spm.into(),
    ),
    week(
        column("complete", Kind::Flag, "", "whether the week is over on the day of the report")
            .in_every_row(),
        |row| Value::Flag(row.is_complete),
    ),
    week(column("training_load", TENTHS, "see its measure", "training load of its runs"), |row| {
        row.load.load.into()
    }),
    week(
        column("training_load_measure", Kind::Text, "", "what the training load is made of").in_every_row(),
        |row| row.measure.into(),
    ),
    week(column("acute_load", TENTHS, "load a day", "acute load at its end"), |row| row.load.acute.into()),
    week(column("chronic_load", TENTHS, "load a day", "chronic load at its end"), |row| {
        row.load.chronic.into()
    }),
    week(
        column("monotony", Kind::Real(2), "", "mean by standard deviation of the daily loads, at most 10"),
        |row| row.load.monotony.into(),
    ),
    week(column("strain", TENTHS, "load", "training load times monotony"), |row| row.load.strain.into()),
    week(column("rest_days", Kind::Whole, "", "the same as `days_without_run`"), |row| {
        row.load.rest_days.map(i64::from).into()
    }),
    week(
        column(
            "days_without_run",
            Kind::Whole,
            "",
            "days without a run in the files; so far, in a week that is not over",
        )
        .null_when("a first week that is not whole"),
        |row| row.load.rest_days.map(i64::from).into(),
    ),
    week(
        column("days_without_sport", Kind::Whole, "", "days without any sport in the files, in the same way")
            .null_when("a first week that is not whole, or a recording does not say whether there was any"),
        |row| row.beside.days_without_sport.map(i64::from).into(),
    ),
    week(
        column("other_sports_time_s", Kind::Whole, "s", "time of other sports, 0 without one; never mileage")
            .null_when("none of them has a time"),
        |row| row.beside.other_sports_time_s().into(),
    ),
    week(
        only_in(
            Outputs::Json,
            column(
                "other_sports",
                Kind::Sums,
                "",
                "the same in seconds by kind: ride, swim, walk, strength, other",
            )
            .in_every_row(),
        ),
        |row| Value::Sums(row.beside.other_sports()),
    ),
    week(sport_column("ride_time_s", "time of rides"), |row| row.beside.time_s(OtherSport::Ride).into()),
    week(sport_column("swim_time_s", "time of swims"), |row| row.beside.time_s(OtherSport::Swim).into()),
    week(sport_column("walk_time_s", "time of walks and hikes"), |row| {
        row.beside.time_s(OtherSport::Walk).into()
    }),
    week(sport_column("strength_time_s", "time of strength training"), |row| {
        row.beside.time_s(OtherSport::Strength).into()
    }),
    week(
        sport_column("other_time_s", "time of any other sport, also of one that the file does not name"),
        |row| row.beside.time_s(OtherSport::Other).into(),
    ),
    week(
        column(
            "strength_days",
            Kind::Whole,
            "",
            "days with strength or mobility training in the files or the knee diary",
        )
        .in_every_row(),
        |row| Value::Whole(row.beside.strength_days.into()),
    ),
    week(
        only_in(
            Outputs::Json,
            column(
                "surfaces",
                Kind::Sums,
                "",
                "metres of its runs by surface: road, trail, track, treadmill, unknown",
            )
            .in_every_row(),
        ),
        |row| Value::Sums(row.beside.ground.by_name()),
    ),
    week(surface_column("road_m", "distance on roads"), |row| of_surface(row, Surface::Road)),
    week(surface_column("trail_m", "distance on trails"), |row| of_surface(row, Surface::Trail)),
    week(surface_column("track_m", "distance on a running track"), |row| of_surface(row, Surface::Track)),
    week(surface_column("treadmill_m", "distance on a treadmill"), |row| of_surface(row, Surface::Treadmill)),
    week(surface_column("unknown_surface_m", "distance on a surface that is not known"), |row| {
        of_surface(row, Surface::Unknown)
    }),
    week(
        column("ascent_m_per_km", TENTHS, "m/km", "climb a kilometre of the runs that have a climb"),
        |row| row.beside.ground.ascent_m_per_km.into(),
    ),
    week(
        column("descent_m_per_km", TENTHS, "m/km", "descent a kilometre of the runs that have a descent"),
        |row| row.beside.ground.descent_m_per_km.into(),
    ),
];

/// The time of a kind of sport: JSON has all five in one object.
const fn sport_column(name: &'static str, meaning: &'static str) -> Column {
    only_in(Outputs::Csv, column(name, Kind::Whole, "s", meaning).null_when("none of them has a time"))
}

/// The distance on a surface: JSON has all five in one object.
const fn surface_column(name: &'static str, meaning: &'static str) -> Column {
    only_in(Outputs::Csv, column(name, Kind::Whole, "m", meaning).in_every_row())
}

fn of_surface(row: &WeekFacts<'_>, surface: Surface) -> Value<'static> {
    Value::Whole(row.beside.ground.surface_m(surface))
}

/// A number with so many decimals.
#[must_use]
pub fn rounded(number: f64, decimals: i32) -> f64 {
    const SCALES: [f64; 7] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];
    let known = usize::try_from(decimals).ok().and_then(|decimals| SCALES.get(decimals)).copied();
    let scale = known.unwrap_or_else(|| 10.0_f64.powi(decimals));
    (number * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::DateTime;

    use super::*;
    use crate::activity::{Format, Sport};

    fn fits(kind: Kind, value: &Value<'_>) -> bool {
        matches!(
            (kind, value),
            (_, Value::Unknown)
                | (Kind::Text, Value::Text(_))
                | (Kind::Texts, Value::Texts(_))
                | (Kind::Flag, Value::Flag(_))
                | (Kind::Date, Value::Date(_))
                | (Kind::Time, Value::Time(_))
                | (Kind::Whole | Kind::Long, Value::Whole(_))
                | (Kind::Real(_), Value::Real(_))
                | (Kind::Sums, Value::Sums(_))
        )
    }

    fn activity() -> Activity {
        let start = DateTime::parse_from_rfc3339("2026-11-18T07:02:11+01:00").unwrap();
        let mut run = Activity::new("2026/long.fit", Format::Fit, Sport::running(), start);
        run.distance_m = Some(21_312.44);
        run.ascent_m = Some(f64::NAN);
        run
    }

    #[test]
    fn every_value_is_of_the_kind_that_its_field_states() {
        let run = activity();
        let row = RunRow { load: Some((81.26, "minutes")), pair: Some("Pegasus"), ..RunRow::of(&run) };
        for (column, value) in row.values() {
            assert!(fits(column.kind, &value), "{}: {value:?}", column.name);
        }
        let known = row.values().filter(|(_, value)| *value != Value::Unknown).count();
        assert!(known >= 11, "{known}");
    }

    #[test]
    fn a_number_that_is_none_is_unknown() {
        let run = activity();
        let row = RunRow::of(&run);
        let ascent = row.values().find(|(column, _)| column.name == "ascent_m").unwrap().1;
        assert_eq!(ascent, Value::Unknown);
    }

    #[test]
    fn names_are_unique_and_end_in_their_unit() {
        let units = [("_m", "m"), ("_s", "s"), ("_bpm", "beats per minute"), ("_spm", "steps per minute")];
        for columns in [RunRow::columns().collect::<Vec<_>>(), WeekFacts::columns().collect()] {
            let names: BTreeSet<&str> = columns.iter().map(|column| column.name).collect();
            assert_eq!(names.len(), columns.len());
            for column in columns {
                for (ending, unit) in units {
                    assert_eq!(column.name.ends_with(ending), column.unit == unit, "{}", column.name);
                }
                assert!(!column.meaning.is_empty(), "{}", column.name);
            }
        }
    }

    #[test]
    fn numbers_are_rounded_to_their_decimals() {
        assert_eq!(
            (rounded(21_312.44, 1), rounded(21_312.45, 1), rounded(1.005, 2)),
            (21_312.4, 21_312.5, 1.0)
        );
    }
}
