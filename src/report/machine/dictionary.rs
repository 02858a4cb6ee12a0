//! The dictionary of the tables, `docs/tables.md`: every field of a run, a day, a week and a pair of shoes, from the lists that write them.

use crate::fields::{Column, Kind, Outputs, Row, RunRow, WeekFacts, day::DayWithLoad, shoe::ShoeRow};

const HEAD: &str = "# Fields of the tables

What `runs`, `days`, `weeks` and `shoes` write with `--format json` and `--format csv`, and the first three with `--format parquet --output FILE`. Names are stable
and carry their unit. Where a value is not known, JSON and Parquet have null and CSV an empty cell: never 0, never NaN. Parquet
has typed columns: dates, 32-bit whole numbers, doubles, true or false, texts; its metadata has `schema_version` and `table`. In CSV a text that begins with `=`, `+`, `-`, `@`, a tab or a
carriage return has an apostrophe in front, so that no spreadsheet takes it for a formula; JSON has it as it is. This page is made of `src/fields.rs`, and a test holds it
to that.
";

/// How to read a table elsewhere; a test runs each where its tool is there.
const READ: &str = include_str!("read_elsewhere.md");

/// The whole page in Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut page = HEAD.to_owned();
    page.push_str(&section("Runs", RunRow::columns()));
    page.push_str(&section("Days", DayWithLoad::columns()));
    page.push_str(&section("Weeks", WeekFacts::columns()));
    page.push_str(&section("Shoes", ShoeRow::columns()));
    page.push_str(READ);
    page
}

fn section<'a>(title: &str, columns: impl Iterator<Item = &'a Column>) -> String {
    let head = format!(
        "\n## {title}\n\n| field | what it is | unit | kind | null | in |\n|---|---|---|---|---|---|\n"
    );
    columns.filter(|column| column.outputs != Outputs::Tables).fold(head, |text, column| text + &line(column))
}

fn line(column: &Column) -> String {
    let places = match column.outputs {
        Outputs::JsonAndCsv => "JSON, CSV, Parquet",
        Outputs::Json => "JSON",
        Outputs::Csv => "CSV, Parquet",
        Outputs::Tables => "tables",
    };
    let kind = match column.kind {
        Kind::Text => "text".to_owned(),
        Kind::Texts => "list of texts".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Date => "date".to_owned(),
        Kind::Time => "local time".to_owned(),
        Kind::Whole | Kind::Long => "whole number".to_owned(),
        Kind::Sums => "whole numbers by name".to_owned(),
        Kind::Real(1) => "number, 1 decimal".to_owned(),
        Kind::Real(decimals) => format!("number, {decimals} decimals"),
    };
    let Column { name, meaning, unit, null_when, .. } = column;
    format!("| `{name}` | {meaning} | {unit} | {kind} | {null_when} | {places} |\n")
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    #[test]
    fn the_page_in_docs_is_the_one_of_the_fields() {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tables.md");
        let made = super::markdown();
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&page, &made).unwrap();
        }
        let written = fs::read_to_string(&page).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(written, made, "write it anew with UPDATE_DOCS=1 cargo test");
    }
}
