//! The rows of the diary, where a reader asked for them: health data stand in no report by themselves.

use super::metres_of;
use crate::{
    dates,
    knee::{Knee, place::Placed},
    report::{
        page::{Block, Column, Row, Section, Table},
        sections::Report,
        words::knee::{self as words, fixed},
    },
    units::UnitSystem,
};

/// Rows that a text has room for.
const MOST_ROWS: usize = 84;

/// KNEE DIARY: the newest rows with their numbers, then signs and notes in words.
pub(in crate::report::sections) fn section(report: &Report<'_>) -> Option<Section> {
    let knee = report.analysis.knee.as_ref().filter(|_| report.with_diary)?;
    let rows: Vec<&Placed> =
        knee.diary.rows.iter().rev().filter(|row| row.seen.is_none()).take(MOST_ROWS).collect();
    if rows.is_empty() {
        return None;
    }
    let scale = format!("The newest first. Numbers: {}.", fixed::SCALE);
    let mut said = vec![Block::plain(scale), Block::Table(table(knee, &rows, report.units))];
    said.extend(knee.diary.rows.iter().rev().take(MOST_ROWS).filter_map(in_words).map(Block::plain));
    Some(Section::titled("Knee diary", said))
}

fn table(knee: &Knee, rows: &[&Placed], units: UnitSystem) -> Table {
    let columns = vec![
        Column::left("day", 11, Some(11)),
        Column::left("where", 15, None),
        Column::right(units.symbol(), 6, None),
        Column::right("before", 8, None),
        Column::right("during", 8, Some(8)),
        Column::right("after", 7, Some(7)),
        Column::right("morning", 9, Some(9)),
        Column::left("  light", 0, Some(0)),
    ];
    let number = |n: Option<u8>| n.map_or_else(|| "–".to_owned(), |n| n.to_string());
    let row = |row: &&Placed| {
        let side = row.side.map_or_else(String::new, |side| format!(" {}", side.code()));
        let light = row.light.map_or("", words::light_name).to_lowercase();
        let cells = vec![
            dates::with_weekday(row.date),
            format!("{}{side}", row.spot.code()),
            metres_of(knee, row).map_or_else(|| "–".to_owned(), |metres| units.number(metres)),
            number(row.readings.before),
            number(row.readings.during.or(row.readings.worst)),
            number(row.readings.after),
            number(row.readings.morning),
            format!("  {light}"),
        ];
        Row { cells, ..Row::default() }
    };
    Table::plain(columns, rows.iter().map(row).collect())
}

/// `Sun 8 Nov: limp, a painkiller; stairs hurt`: what is no number.
fn in_words(row: &Placed) -> Option<String> {
    let mut noted: Vec<String> = row.signs.iter().map(|sign| sign.code().to_owned()).collect();
    noted.extend(row.seen.map(|seen| seen.to_string()));
    noted.extend(row.unreadable.then(|| "a word that could not be read".to_owned()));
    noted.extend(row.painkiller.then(|| "a painkiller".to_owned()));
    let noted = noted.join(", ");
    let said: Vec<&str> =
        [noted.as_str(), row.note.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
    (!said.is_empty()).then(|| format!("{}: {}", dates::with_weekday(row.date), said.join("; ")))
}
