//! `runs`: a row a recording.

use super::Key;
use crate::{
    activity::{Activity, DistanceSource},
    fields::{Column, Field, Kind, Value},
};

/// One recording.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the fields document them")]
pub struct RunRow<'a> {
    pub person_id: &'a str,
    pub run: i64,
    pub session: i64,
    pub has_time: bool,
    pub activity: &'a Activity,
    pub load: Option<(f64, &'static str)>,
}

type RunField = Field<for<'a> fn(&'a RunRow<'a>) -> Value<'a>>;

const fn field(column: Column, value: for<'a> fn(&'a RunRow<'a>) -> Value<'a>) -> RunField {
    Field { column, value }
}

const fn whole(name: &'static str, unit: &'static str, meaning: &'static str) -> Column {
    Column::new(name, Kind::Whole, unit, meaning).null_when("not recorded")
}

/// Whole units of a number.
fn rounded(number: Option<f64>) -> Value<'static> {
    number.filter(|number| number.is_finite()).map(|number| number.round() as i64).into()
}

/// Its columns.
pub static FIELDS: &[RunField] = &[
    field(super::PERSON_ID, |row| row.person_id.into()),
    field(Column::new("run", Kind::Whole, "", "recordings by start, from 0").in_every_row(), |row| {
        Value::Whole(row.run)
    }),
    field(
        Column::new("session", Kind::Whole, "", "the session of exposures that it belongs to").in_every_row(),
        |row| Value::Whole(row.session),
    ),
    field(Column::new("date", Kind::Date, "", "local date of the start").in_every_row(), |row| {
        Value::Date(row.activity.local_date())
    }),
    field(
        Column::new("start", Kind::Time, "", "local start, without a zone")
            .null_when("only the date is known"),
        |row| if row.has_time { Value::Time(row.activity.start.naive_local()) } else { Value::Unknown },
    ),
    field(
        Column::new("distance_m", Kind::Whole, "m", "distance").null_when("neither device nor track says"),
        |row| row.activity.distance_m.map(|_| row.activity.whole_meters()).into(),
    ),
    field(
        Column::new("distance_source", Kind::Text, "", "session, records, track, index or settings")
            .null_when("no distance"),
        |row| row.activity.distance_source.map(source_name).into(),
    ),
    field(whole("moving_s", "s", "moving time"), |row| rounded(row.activity.moving_time_s)),
    field(whole("running_s", "s", "running, not walking"), |row| rounded(row.activity.running_time_s)),
    field(whole("elapsed_s", "s", "from start to stop, with pauses"), |row| {
        rounded(row.activity.elapsed_time_s)
    }),
    field(whole("ascent_m", "m", "climb"), |row| rounded(row.activity.ascent_m)),
    field(whole("descent_m", "m", "descent"), |row| rounded(row.activity.descent_m)),
    field(whole("hr_avg", "beats per minute", "mean heart rate"), |row| {
        rounded(row.activity.average_heart_rate_bpm)
    }),
    field(whole("cadence_avg", "steps per minute", "mean steps of both feet"), |row| {
        rounded(row.activity.average_cadence_spm)
    }),
    field(
        Column::new("load", Kind::Real(1), "see load_measure", "training load").null_when("no time known"),
        |row| row.load.map(|(load, _)| load).into(),
    ),
    field(
        Column::new("load_measure", Kind::Text, "", "what the load is made of").null_when("no load"),
        |row| row.load.map(|(_, measure)| measure).into(),
    ),
    field(Column::new("race", Kind::Flag, "", "called a race").in_every_row(), |row| {
        Value::Flag(row.activity.race)
    }),
    field(Column::new("treadmill", Kind::Flag, "", "on a treadmill").in_every_row(), |row| {
        Value::Flag(row.activity.is_on_treadmill())
    }),
    field(
        Column::new("assumed_sport", Kind::Flag, "", "that it is a run was guessed from its name or speed")
            .in_every_row(),
        |row| Value::Flag(row.activity.is_guessed_run()),
    ),
];

/// The table and what it is.
pub static TABLE: super::Table = super::Table {
    name: "runs",
    what: "a row a recording",
    key: Key::Run,
    columns: || FIELDS.iter().map(|field| &field.column).collect(),
};

super::rows!(RunRow<'_>, FIELDS);

fn source_name(source: DistanceSource) -> &'static str {
    match source {
        DistanceSource::Session => "session",
        DistanceSource::Records => "records",
        DistanceSource::Track => "track",
        DistanceSource::Index => "index",
        DistanceSource::Settings => "settings",
    }
}
