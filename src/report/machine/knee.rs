//! The knee for machines: the `knee` object of JSON, and every row as CSV cells or JSON.
//!
//! Rows and notes are health data: they stand in an export that was asked for, in no other output.

use chrono::NaiveDate;
use serde::Serialize;

use crate::knee::{
    Knee,
    diary::Column,
    fold::{LoadLimits, State},
    light::Light,
    place::{About, Placed},
};

/// The `knee` object.
#[derive(Debug, Serialize)]
pub struct KneeJson {
    state: &'static str,
    light: Option<&'static str>,
    spot: Option<&'static str>,
    side: Option<&'static str>,
    stage: Option<u8>,
    next_run_m: Option<i64>,
    not_before: Option<NaiveDate>,
    next_7_days_m: Option<i64>,
    until: Option<NaiveDate>,
    see: Option<&'static str>,
    because: Option<String>,
    waiting: Vec<String>,
    entries: usize,
    lights: Lights,
}

#[derive(Debug, Serialize)]
struct Lights {
    green: usize,
    amber: usize,
    red: usize,
    stop: usize,
    wait: usize,
}

/// The `knee` object of a report; `None` is `null`: no entry.
#[must_use]
pub fn knee(knee: Option<&Knee>, load: LoadLimits) -> Option<KneeJson> {
    let knee = knee?;
    let mut limit = knee.limit(knee.on, load);
    if knee.unread().is_some() && limit.state != State::Stop {
        (limit.run_m, limit.week_m) = (None, None);
        // it may hold a stop: no stage to walk and run by
        limit.stage = None;
    }
    let (spot, side) = limit.of.unzip();
    let because = match limit.because {
        Some(standing) => Some(standing.words().to_owned()),
        None => knee.cause(&limit).map(|row| {
            let signs: Vec<&str> = row.signs.iter().map(|sign| sign.code()).collect();
            let light = row.light.map_or("", Light::word);
            format!("{light} {} {}", row.date, signs.join(" ")).trim().to_owned()
        }),
    };
    Some(KneeJson {
        state: limit.state.word(),
        light: knee.newest().and_then(|row| row.light).map(Light::word),
        spot: spot.map(crate::knee::spot::Spot::code),
        side: side.map(crate::knee::spot::Side::code),
        stage: limit.stage,
        next_run_m: limit.run_m,
        not_before: limit.not_before,
        next_7_days_m: limit.week_m,
        until: limit.until,
        see: knee.see().map(crate::knee::sign::Urgency::word),
        because: because.filter(|_| limit.state != State::Clear),
        waiting: knee.waiting().map(|(_, run)| run.id.clone()).collect(),
        entries: knee.entries(),
        lights: Lights {
            green: knee.count(Light::Green),
            amber: knee.count(Light::Amber),
            red: knee.count(Light::Red),
            stop: knee.count(Light::Stop),
            wait: knee.count(Light::Wait),
        },
    })
}

/// The document of `treadlight knee --format json`.
#[derive(Debug, Serialize)]
pub struct Document {
    schema: u32,
    as_of: Option<NaiveDate>,
    knee: Option<KneeJson>,
}

/// The document of `treadlight knee --format json`.
#[must_use]
pub fn document(of: Option<&Knee>, load: LoadLimits) -> Document {
    Document { schema: 1, as_of: of.map(|knee| knee.as_of), knee: knee(of, load) }
}

/// Every row as cells of a diary.
#[must_use]
pub fn cells(knee: Option<&Knee>) -> Vec<Vec<(Column, String)>> {
    let Some(knee) = knee else { return Vec::new() };
    let rows = knee.diary.rows.iter().map(|row| row_cells(knee, row));
    let done = knee.diary.exercises.iter();
    let done = done.map(|(date, id)| vec![(Column::Date, date.to_string()), (Column::Exercises, id.clone())]);
    let notes = knee.diary.notes.iter();
    let notes =
        notes.map(|(date, note)| vec![(Column::Date, date.to_string()), (Column::Note, note.clone())]);
    rows.chain(done).chain(notes).collect()
}

fn row_cells(knee: &Knee, row: &Placed) -> Vec<(Column, String)> {
    let number = |n: Option<u8>| n.map(|n| n.to_string()).unwrap_or_default();
    let run = match row.about {
        About::Run(at) => knee.runs.get(at).map(|run| run.id.clone()).unwrap_or_default(),
        About::Walk => "walk".to_owned(),
        About::Day => String::new(),
    };
    let mut signs: Vec<String> = row.signs.iter().map(ToString::to_string).collect();
    signs.extend(row.seen.iter().map(ToString::to_string));
    // a sign that could not be read stays one, so that the row stays red wherever it is read again
    signs.extend(row.unreadable.then(|| "unreadable".to_owned()));
    let is_row = row.seen.is_none();
    let from = row.entry.from_m.map(|m| format!("{:.1}", m as f64 / 1000.0)).unwrap_or_default();
    let cells = vec![
        (Column::Date, row.date.to_string()),
        (Column::Run, run),
        (Column::Spot, if is_row { row.spot.code() } else { "" }.to_owned()),
        (Column::Side, row.side.filter(|_| is_row).map_or("", crate::knee::spot::Side::code).to_owned()),
        (Column::Before, number(row.readings.before)),
        (Column::During, number(row.readings.during)),
        (Column::After, number(row.readings.after)),
        (Column::Morning, number(row.readings.morning)),
        (Column::Worst, number(row.readings.worst)),
        (Column::FromKm, from),
        (Column::Signs, signs.join(" ")),
        (Column::Painkiller, if row.painkiller { "yes" } else { "" }.to_owned()),
        (Column::Note, row.note.clone()),
    ];
    cells.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// Every row as JSON.
#[derive(Debug, Serialize)]
pub struct Rows {
    schema: u32,
    rows: Vec<serde_json::Map<String, serde_json::Value>>,
}

/// Every row as JSON; numbers are numbers.
#[must_use]
pub fn rows(knee: Option<&Knee>) -> Rows {
    let rows = cells(knee)
        .into_iter()
        .map(|cells| {
            let value = |text: String| {
                serde_json::from_str::<serde_json::Number>(&text)
                    .map_or(serde_json::Value::String(text), serde_json::Value::Number)
            };
            cells
                .into_iter()
                .map(|(column, text)| {
                    let is_text = matches!(column, Column::Note | Column::Signs | Column::Exercises);
                    let value = if is_text { serde_json::Value::String(text) } else { value(text) };
                    (column.name().to_owned(), value)
                })
                .collect()
        })
        .collect();
    Rows { schema: 1, rows }
}
