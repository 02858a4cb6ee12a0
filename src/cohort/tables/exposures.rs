//! `exposures`: a row a session, with what came before it and whether an injury came after it.

use chrono::{NaiveDate, NaiveDateTime};

use super::Key;
use crate::fields::{Column, Field, Kind, Value};

/// Ratios: more decimals than any threshold has.
const RATIO: Kind = Kind::Real(6);
/// One session.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields document them")]
pub struct ExposureRow<'a> {
    pub person_id: &'a str,
    pub session: i64,
    pub recordings: i64,
    pub date: NaiveDate,
    pub start: Option<NaiveDateTime>,
    pub distance_m: i64,
    pub moving_s: Option<i64>,
    pub running_s: Option<i64>,
    pub descent_m: Option<i64>,
    pub race: bool,
    pub treadmill: bool,
    pub assumed_sport: bool,
    pub longest_30d_m: Option<i64>,
    pub ratio_longest_30d: Option<f64>,
    pub state: &'static str,
    pub week: Week,
    pub days_since_last: Option<i64>,
    pub warned: [Option<bool>; 4],
    pub m_start: i64,
    pub m_stop: i64,
    pub day_start: i64,
    pub day_stop: i64,
    pub at_risk: bool,
    pub injury: Option<After>,
}

/// The weeks up to the day of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields document them")]
pub struct Week {
    pub distance_7d_m: Option<i64>,
    pub distance_prev_7d_m: Option<i64>,
    pub best_7d_of_4_m: Option<i64>,
    /// Uncoupled, coupled, weighted.
    pub acwr: [Option<f64>; 3],
    pub state_acwr: &'static str,
    pub state_week: &'static str,
}

/// What was reported after a session, where injuries are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    /// Days to the injury that counts for this session.
    pub days_to_injury: Option<i64>,
    /// Injuries before its day.
    pub before: i64,
}

type ExposureField = Field<for<'a> fn(&'a ExposureRow<'a>) -> Value<'a>>;

const fn field(column: Column, value: for<'a> fn(&'a ExposureRow<'a>) -> Value<'a>) -> ExposureField {
    Field { column, value }
}

const fn number(name: &'static str, unit: &'static str, meaning: &'static str) -> Column {
    Column::new(name, Kind::Whole, unit, meaning).in_every_row()
}

const fn flag(name: &'static str, meaning: &'static str) -> Column {
    Column::new(name, Kind::Flag, "", meaning).in_every_row()
}

const fn ratio(name: &'static str, meaning: &'static str, null_when: &'static str) -> Column {
    Column::new(name, RATIO, "", meaning).null_when(null_when)
}

const fn warned(name: &'static str, meaning: &'static str) -> Column {
    Column::new(name, Kind::Flag, "", meaning).null_when("the rule cannot be asked yet")
}

const NOT_RECORDED: &str = "not recorded";
const ACWR_NULL: &str = "fewer than 28 days of record, nothing to divide by, or a hole of 10 days in them";
const NO_INJURIES: &str = "no --injuries";

/// Its columns.
pub static FIELDS: &[ExposureField] = &[
    field(super::PERSON_ID, |row| row.person_id.into()),
    field(number("session", "", "runs as rules count them, by start, from 0"), |row| Value::Whole(row.session)),
    field(number("recordings", "", "recordings joined, less than 30 minutes apart"), |row| {
        Value::Whole(row.recordings)
    }),
    field(Column::new("date", Kind::Date, "", "local date of the start").in_every_row(), |row| {
        Value::Date(row.date)
    }),
    field(
        Column::new("start", Kind::Time, "", "local start, without a zone").null_when("only the date is known"),
        |row| row.start.map_or(Value::Unknown, Value::Time),
    ),
    field(number("distance_m", "m", "distance"), |row| Value::Whole(row.distance_m)),
    field(Column::new("moving_s", Kind::Whole, "s", "moving time").null_when(NOT_RECORDED), |row| {
        row.moving_s.into()
    }),
    field(Column::new("running_s", Kind::Whole, "s", "running, not walking").null_when(NOT_RECORDED), |row| {
        row.running_s.into()
    }),
    field(Column::new("descent_m", Kind::Whole, "m", "descent").null_when(NOT_RECORDED), |row| {
        row.descent_m.into()
    }),
    field(flag("race", "called a race"), |row| Value::Flag(row.race)),
    field(flag("treadmill", "on a treadmill"), |row| Value::Flag(row.treadmill)),
    field(flag("assumed_sport", "that it is a run was guessed from its name or speed"), |row| {
        Value::Flag(row.assumed_sport)
    }),
    field(
        Column::new("longest_30d_m", Kind::Whole, "m", "longest session of the 30 days before")
            .null_when("no run in the 30 days before"),
        |row| row.longest_30d_m.into(),
    ),
    field(ratio("ratio_longest_30d", "distance by longest_30d_m", "longest_30d_m is null or 0"), |row| {
        row.ratio_longest_30d.into()
    }),
    field(
        Column::new(
            "state",
            Kind::Text,
            "",
            "against longest_30d_m: ref, small (over 10 %), moderate (over 30 %), large (over 100 %), no_baseline, \
             no_history (fewer than 30 days of record)",
        )
        .in_every_row(),
        |row| row.state.into(),
    ),
    field(
        Column::new("distance_7d_m", Kind::Whole, "m", "this day and the six before it")
            .null_when("fewer than 7 days of record"),
        |row| row.week.distance_7d_m.into(),
    ),
    field(
        Column::new("distance_prev_7d_m", Kind::Whole, "m", "the seven days before those")
            .null_when("fewer than 14 days of record"),
        |row| row.week.distance_prev_7d_m.into(),
    ),
    field(
        Column::new("best_7d_of_4_m", Kind::Whole, "m", "highest of the four blocks of seven days before those")
            .null_when("fewer than 35 days of record"),
        |row| row.week.best_7d_of_4_m.into(),
    ),
    field(ratio("ratio_7d", "distance_7d_m by distance_prev_7d_m", "the divisor is null or 0"), |row| {
        by(row.week.distance_7d_m, row.week.distance_prev_7d_m).into()
    }),
    field(ratio("ratio_best_of_4", "distance_7d_m by best_7d_of_4_m", "the divisor is null or 0"), |row| {
        by(row.week.distance_7d_m, row.week.best_7d_of_4_m).into()
    }),
    field(ratio("acwr_uncoupled", "7 days by a third of the 21 before them", ACWR_NULL), |row| {
        row.week.acwr[0].into()
    }),
    field(ratio("acwr_coupled", "7 days by a quarter of the 28 that hold them", ACWR_NULL), |row| {
        row.week.acwr[1].into()
    }),
    field(ratio("acwr_ewma", "weighted means of 7 by 28 days", ACWR_NULL), |row| row.week.acwr[2].into()),
    field(
        Column::new("state_acwr", Kind::Text, "", "acwr_uncoupled in the bands of state, or not_possible").in_every_row(),
        |row| row.week.state_acwr.into(),
    ),
    field(
        Column::new("state_week", Kind::Text, "", "ratio_7d in the bands of state, or not_possible").in_every_row(),
        |row| row.week.state_week.into(),
    ),
    field(
        Column::new("days_since_last", Kind::Whole, "d", "days since the session before").null_when("first session"),
        |row| row.days_since_last.into(),
    ),
    field(warned("spike_7d", "a warning of long-run-spike in these 7 days"), |row| super::known(row.warned[0])),
    field(warned("weekly_jump_7d", "a warning of weekly-jump in these 7 days"), |row| super::known(row.warned[1])),
    field(warned("step_stack_7d", "a warning of step-stack in these 7 days"), |row| super::known(row.warned[2])),
    field(warned("gap_7d", "a warning of gap in these 7 days"), |row| super::known(row.warned[3])),
    field(number("run_start", "", "sessions before this one"), |row| Value::Whole(row.session)),
    field(number("run_stop", "", "sessions with this one"), |row| Value::Whole(row.session + 1)),
    field(Column::new("m_start", Kind::Long, "m", "metres before this session").in_every_row(), |row| {
        Value::Whole(row.m_start)
    }),
    field(Column::new("m_stop", Kind::Long, "m", "metres with this session").in_every_row(), |row| {
        Value::Whole(row.m_stop)
    }),
    field(number("day_start", "d", "days from the first of the record to this session"), |row| {
        Value::Whole(row.day_start)
    }),
    field(number("day_stop", "d", "the same to the next session, or to the end of the record"), |row| {
        Value::Whole(row.day_stop)
    }),
    field(flag("at_risk", "not in no_history, and not injured"), |row| Value::Flag(row.at_risk)),
    field(
        Column::new("event", Kind::Whole, "", "1: an overuse injury from this session on, before the next, in 7 days at most")
            .null_when(NO_INJURIES),
        |row| row.injury.map(|after| i64::from(after.days_to_injury.is_some())).into(),
    ),
    field(
        Column::new("days_to_injury", Kind::Whole, "d", "days to that injury").null_when("event is not 1"),
        |row| row.injury.and_then(|after| after.days_to_injury).into(),
    ),
    field(
        Column::new("injuries_before", Kind::Whole, "", "overuse injuries before this day").null_when(NO_INJURIES),
        |row| row.injury.map(|after| after.before).into(),
    ),
];

/// The table and what it is.
pub static TABLE: super::Table = super::Table {
    name: "exposures",
    what: "a row a session, with what came before it, for survival models",
    key: Key::Session,
    columns: || FIELDS.iter().map(|field| &field.column).collect(),
};

super::rows!(ExposureRow<'_>, FIELDS);

/// A share of something; `None` where there is nothing to divide by.
fn by(value: Option<i64>, divisor: Option<i64>) -> Option<f64> {
    let (value, divisor) = value.zip(divisor)?;
    (divisor > 0).then(|| value as f64 / divisor as f64)
}
