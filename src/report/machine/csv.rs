//! Runs and weeks as CSV: one header row, units in the names, empty where unknown.

use crate::fields::{Column, Row, Value};

use super::written;

/// Rows of one list of fields as a table.
///
/// # Errors
/// Only if a value cannot be written as CSV.
pub fn table<R: Row>(rows: impl Iterator<Item = R>) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut rows = rows.peekable();
    if rows.peek().is_some() {
        writer.write_record(R::columns().filter(|column| column.is_in_csv()).map(|column| column.name))?;
    }
    for row in rows {
        let values = row.values().filter(|(column, _)| column.is_in_csv());
        writer.write_record(values.map(|(column, value)| cell(value, column)))?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn cell(value: Value<'_>, column: &Column) -> String {
    match written(value, column.kind) {
        Value::Unknown => String::new(),
        Value::Text(text) => text.into_owned(),
        Value::Texts(texts) => texts.join("; "),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Whole(number) => number.to_string(),
        // a whole number of metres keeps its `.0`, as in JSON
        Value::Real(number) => format!("{number:?}"),
    }
}
