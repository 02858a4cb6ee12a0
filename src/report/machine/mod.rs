//! What machines read: JSON documents, calendars, front matter, CSV tables, and the dictionary of their fields.

pub mod dictionary;
pub mod front_matter;
pub mod ics;
pub mod json;
pub mod knee;
pub mod triage;

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    analysis::{Analysis, load::weekly, shoes::Shoe},
    columns::written,
    fields::{Row, RunRow, Value, WeekFacts, day::DayWithLoad, shoe::ShoeRow},
    import::Import,
};

/// A row as a JSON object: the fields of its list that JSON has.
#[derive(Clone, Copy, Debug)]
pub struct Object<R>(pub R);

impl<R: Row> Serialize for Object<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (column, value) in self.0.values().filter(|(column, _)| column.is_in_json()) {
            map.serialize_key(column.name)?;
            match written(value, column.kind) {
                Value::Unknown => map.serialize_value(&())?,
                Value::Text(text) => map.serialize_value(&text)?,
                Value::Texts(texts) => map.serialize_value(&texts)?,
                Value::Flag(flag) => map.serialize_value(&flag)?,
                Value::Date(date) => map.serialize_value(&date)?,
                Value::Time(time) => map.serialize_value(&time)?,
                Value::Whole(number) => map.serialize_value(&number)?,
                Value::Real(number) => map.serialize_value(&number)?,
                Value::Sums(sums) => map.serialize_value(&Named(&sums))?,
            }
        }
        map.end()
    }
}

/// Numbers by name, in their order.
struct Named<'a>(&'a [(&'static str, Option<i64>)]);

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// The runs with their pairs and loads, oldest first.
pub fn runs<'a>(import: &'a Import, analysis: &'a Analysis) -> impl Iterator<Item = RunRow<'a>> {
    import.runs.iter().enumerate().map(|(position, run)| RunRow {
        run,
        pair: analysis.shoe_of(position),
        easy_cadence_spm: analysis.cadence.of_run(position),
        load: analysis.loads.best_of(position).map(|load| (load.value, load.measure.name())),
        runner: None,
    })
}

/// The calendar days with their loads, oldest first.
pub fn days(analysis: &Analysis) -> impl Iterator<Item = DayWithLoad> {
    let measure = analysis.load_series.measure.name();
    let loads = weekly::of_days(&analysis.load_series, &analysis.days);
    analysis.days.iter().zip(loads).map(move |(day, load)| DayWithLoad {
        date: day.date,
        runs: day.runs,
        distance_m: day.distance_m,
        longest_m: day.longest_m,
        moving_time_s: day.moving_time_s,
        last_7_days_m: day.last_7_days_m,
        load,
        measure,
    })
}

/// The calendar weeks with their loads, oldest first.
pub fn weeks(analysis: &Analysis) -> impl Iterator<Item = WeekFacts<'_>> {
    let cadences = analysis.cadence.of_weeks.iter();
    let beside = analysis.week_loads.iter().zip(&analysis.beside.weeks).zip(cadences);
    analysis.weeks.iter().zip(beside).map(|(sums, ((load, beside), cadence))| WeekFacts {
        sums,
        load,
        beside,
        easy_cadence_spm: *cadence,
        measure: analysis.load_series.measure.name(),
        is_complete: analysis.is_complete(sums.week_start),
        runner: None,
    })
}

/// The pairs, in their order.
pub fn shoes(analysis: &Analysis) -> impl Iterator<Item = ShoeRow<'_>> {
    analysis.shoes.pairs.iter().map(shoe)
}

fn shoe(shoe: &Shoe) -> ShoeRow<'_> {
    let (settings, fit) = (&shoe.settings, &shoe.settings.fit);
    ShoeRow {
        name: &settings.name,
        kind: settings.kind.as_str(),
        from: settings.from,
        retired: settings.retired,
        distance_m: shoe.distance_m,
        runs: shoe.runs,
        days_in_use: shoe.worn.days,
        first_run: shoe.worn.first_run,
        last_run: shoe.worn.last_run,
        last_28_days_m: shoe.worn.last_28_days_m,
        share_of_28_days: shoe.worn.share_of_28_days,
        state: shoe.state.name(),
        window_m: settings.window.map(|limit| limit.meters),
        reaches_start: shoe.reaches_start,
        reaches_end: shoe.reaches_end,
        note: fit.note.as_deref(),
        comfort_at_purchase: fit.comfort_at_purchase,
        comfort_now: fit.comfort_now,
        drop_mm: fit.drop_mm,
        stack_mm: fit.stack_mm,
    }
}
