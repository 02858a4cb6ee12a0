//! Runs and weeks as CSV: one header row, units in the names, empty where unknown.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and names of files and shoes are other
//! people's words: such a text gets an apostrophe in front, which spreadsheets show as the text itself.
//! Source: OWASP, "CSV Injection".

use crate::fields::{Column, Row, Value};

use super::written;

/// Rows of one list of fields as a table; nothing where there is no row.
///
/// # Errors
/// Only if a value cannot be written as CSV.
pub fn table<R: Row>(rows: impl Iterator<Item = R>) -> Result<String, csv::Error> {
    let mut rows = rows.peekable();
    let mut bytes = if rows.peek().is_some() { header(&super::of::<R>())? } else { Vec::new() };
    bytes.extend(lines(rows)?);
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The header.
///
/// # Errors
/// Only if a name cannot be written as CSV.
pub fn header(columns: &[&'static Column]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns.iter().map(|column| column.name))?;
    bytes_of(writer)
}

/// Rows without the header.
///
/// # Errors
/// Only if a value cannot be written as CSV.
pub fn lines<R: Row>(rows: impl Iterator<Item = R>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        let values = row.values().filter(|(column, _)| column.is_in_csv());
        writer.write_record(values.map(|(column, value)| cell(value, column)))?;
    }
    bytes_of(writer)
}

fn bytes_of(writer: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, csv::Error> {
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// How formulas begin.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

fn harmless(text: String) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text }
}

fn cell(value: Value<'_>, column: &Column) -> String {
    match written(value, column.kind) {
        Value::Unknown => String::new(),
        Value::Text(text) => harmless(text.into_owned()),
        Value::Texts(texts) => harmless(texts.join("; ")),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Time(time) => time.format("%Y-%m-%dT%H:%M:%S").to_string(),
        Value::Whole(number) => number.to_string(),
        // a whole number of metres keeps its `.0`, as in JSON
        Value::Real(number) => format!("{number:?}"),
        // never a column of CSV
        Value::Sums(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::{
        activity::{Activity, Format, Note, Sport},
        fields::RunRow,
    };

    fn row_of(file: &str, note: &str) -> String {
        let start = DateTime::parse_from_rfc3339("2026-03-01T08:00:00-03:00").unwrap();
        let mut run = Activity::new(file, Format::Fit, Sport::running(), start);
        run.descent_m = Some(0.0);
        run.notes = vec![Note::OwnNote(note.to_owned())];
        table([RunRow::of(&run)].into_iter()).unwrap()
    }

    #[test]
    fn a_text_that_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe() {
        for begin in FORMULA {
            let text = row_of(&format!("{begin}cmd.fit"), &format!("{begin}1+1"));
            assert!(text.contains(&format!("'{begin}cmd.fit")), "{text}");
            assert!(text.contains(&format!("'{begin}1+1")), "{text}");
        }
    }

    #[test]
    fn other_texts_and_numbers_stay_as_they_are() {
        let text = row_of("2026/a=b.fit", "windy - cold");
        assert!(!text.contains('\''), "{text}");
        assert!(text.contains(",0.0,"), "{text}");
    }
}
