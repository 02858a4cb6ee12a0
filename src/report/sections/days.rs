//! The table of calendar days, also of those without a run.

use super::{hours_and_minutes, whole};
use crate::{
    analysis::Analysis,
    dates,
    fields::day::DayWithLoad,
    report::{
        machine,
        page::{Block, Column, Page, Row, Section, Table},
    },
    units::UnitSystem,
};

/// Every day, oldest first.
#[must_use]
pub fn all(analysis: &Analysis, units: UnitSystem) -> Page {
    let columns = vec![
        Column::left("day", 12, Some(12)),
        Column::right(units.symbol(), 8, Some(7)),
        Column::right("runs", 6, Some(6)),
        Column::right("longest", 9, None),
        Column::right("time", 8, Some(7)),
        Column::right("7 days", 9, Some(8)),
        Column::right("load", 8, None),
    ];
    let rows = machine::days(analysis).map(|day| row(&day, units)).collect();
    Page::of(vec![Section::titled("Days", vec![Block::Table(Table::plain(columns, rows))])])
}

fn row(day: &DayWithLoad, units: UnitSystem) -> Row {
    let unknown = || "–".to_owned();
    let distance = if day.runs > 0 && day.distance_m == 0 { unknown() } else { units.number(day.distance_m) };
    let longest = day.longest_m.filter(|meters| *meters > 0);
    Row {
        cells: vec![
            dates::long(day.date),
            distance,
            day.runs.to_string(),
            longest.map_or_else(unknown, |meters| units.number(meters)),
            hours_and_minutes(day.moving_time_s),
            units.number(day.last_7_days_m),
            whole(day.load),
        ],
        ..Row::default()
    }
}
