//! From the knee diary to what its chart draws: lights, states and limits of each day, as of that day.

use chrono::NaiveDate;

use super::{
    data::{KneeChart, KneePoint, KneeSpan},
    kit::step::Step,
    periods,
};
use crate::{
    activity::Activity,
    analysis::{Analysis, knee_limits},
    dates,
    knee::fold::{LoadLimits, State},
    report::words::knee as words,
};

/// Weeks at least, so that what was run before the pain is there; at most, a year.
const LEAST_WEEKS: u64 = 12;
const MOST_WEEKS: u64 = 52;
/// Weeks before the first entry.
const WEEKS_BEFORE: u64 = 4;

/// The data of the knee's chart, none of it before `first`; `None` without a diary.
pub(super) fn knee(runs: &[Activity], analysis: &Analysis, first: NaiveDate) -> Option<KneeChart> {
    let (knee, limit) = analysis.knee_limit()?;
    let back = |weeks: u64| dates::days_before(analysis.this_week, 7 * (weeks - 1));
    let begin = knee.diary.rows.first().map_or(analysis.as_of, |row| row.date);
    let week_start = chrono::Datelike::weekday(&analysis.this_week);
    let begin = dates::week_start(dates::days_before(begin, 7 * WEEKS_BEFORE), week_start);
    let first = begin.min(back(LEAST_WEEKS)).max(back(MOST_WEEKS)).max(first.min(analysis.this_week));
    let mut distances: Vec<_> = runs.iter().map(|run| (run.local_date(), run.whole_meters())).collect();
    distances.sort_by_key(|(date, _)| *date);
    let point = |row: &crate::knee::place::Placed| {
        Some(KneePoint { date: row.date, number: row.readings.largest(), light: row.light? })
    };
    let rows = knee.diary.rows.iter().filter(|row| row.date >= first);
    let days: Vec<NaiveDate> = first.iter_days().take_while(|date| *date <= analysis.as_of).collect();
    let load = |date| LoadLimits { run_m: analysis.engine.on_day(date), week_m: None };
    let stood = days.iter().map(|date| (*date, knee_limits::on_day(knee, &[], *date, load(*date))));
    let stood: Vec<(NaiveDate, knee_limits::OnDay)> = stood.collect();
    Some(KneeChart {
        first,
        stands: words::stands(knee, &limit),
        points: rows.filter_map(point).collect(),
        states: spans(&stood),
        limits: stood.iter().map(|(date, on)| (*date, of_diary(on))).collect(),
        weeks: periods::bars(Step::Week, (first, analysis.as_of), week_start, &distances, &[]),
    })
}

/// The limit of one run where the diary names one.
fn of_diary(on: &knee_limits::OnDay) -> Option<i64> {
    on.run_m.filter(|_| on.limit.state != State::Clear || on.body.is_some())
}

fn spans(stood: &[(NaiveDate, knee_limits::OnDay)]) -> Vec<KneeSpan> {
    let mut spans: Vec<KneeSpan> = Vec::new();
    for (date, on) in stood {
        match spans.last_mut() {
            Some(span) if span.state == on.limit.state => span.last = *date,
            _ => spans.push(KneeSpan { first: *date, last: *date, state: on.limit.state }),
        }
    }
    spans
}
