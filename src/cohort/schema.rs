//! The dictionary of the tables of many runners, from the lists that write them: `cohort schema`, `OUT/schema.json`.

use crate::capitals::capitalized;
use serde_json::{Value, json};

use super::tables::{Key, SCHEMA_VERSION, TABLES, Table};
use crate::fields::{Column, Kind};

/// Every table with its columns, as JSON.
#[must_use]
pub fn json() -> Value {
    let column = |column: &'static Column| {
        json!({
            "name": column.name,
            "type": type_of(column.kind),
            "unit": (!column.unit.is_empty()).then_some(column.unit),
            "meaning": column.meaning,
            "null_when": column.null_when,
        })
    };
    let table = |table: &&Table| {
        let columns: Vec<Value> = (table.columns)().into_iter().map(column).collect();
        json!({ "name": table.name, "what": table.what, "key": key_of(table.key), "columns": columns })
    };
    let tables: Vec<Value> = TABLES.iter().map(table).collect();
    json!({ "schema_version": SCHEMA_VERSION, "treadlight": env!("CARGO_PKG_VERSION"), "tables": tables })
}

/// The same as a page of Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut page = format!(
        "# Tables of many runners, schema {SCHEMA_VERSION}\n\nWhat `treadlight cohort` writes: a folder a table, Parquet or CSV with the \
         same columns. int32 and int64 are whole numbers, utf8 is text, timestamp is local time in microseconds without a zone. \
         Null means not known or not defined, never 0. Columns may be added; none is renamed, retyped or given another meaning \
         without a new major version.\n"
    );
    for table in TABLES {
        page.push_str(&format!(
            "\n## {}\n\n{}. Key: {}.\n\n",
            table.name,
            capitalized(table.what),
            key_of(table.key)
        ));
        page.push_str("| column | type | unit | what it is | null when |\n|---|---|---|---|---|\n");
        for column in (table.columns)() {
            page.push_str(&format!(
                "| `{}` | {} | {} | {} | {} |\n",
                column.name,
                type_of(column.kind),
                column.unit,
                column.meaning,
                column.null_when
            ));
        }
    }
    page
}

fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Texts | Kind::Sums => "utf8",
        Kind::Flag => "bool",
        Kind::Date => "date32",
        Kind::Time => "timestamp[us]",
        Kind::Whole => "int32",
        Kind::Long => "int64",
        Kind::Real(_) => "double",
    }
}

fn key_of(key: Key) -> &'static str {
    match key {
        Key::Person => "person_id",
        Key::Session => "person_id, session",
        Key::Run => "person_id, run",
        Key::Day => "person_id, date",
        Key::Week => "person_id, week_start",
        Key::Warning => "person_id, rule, date, session",
        Key::Finding => "person_id, kind, reason",
        Key::RuleAndScale => "rule, window_d, scale",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_of_columns_are_unique_in_their_table_and_every_column_is_explained() {
        for table in TABLES {
            let columns = (table.columns)();
            let names: HashSet<&str> = columns.iter().map(|column| column.name).collect();
            assert_eq!(names.len(), columns.len(), "{}", table.name);
            assert!(columns.iter().all(|column| !column.meaning.is_empty() && !column.null_when.is_empty()));
        }
    }

    #[test]
    fn no_table_has_a_place_a_file_a_device_or_a_shoe() {
        for table in TABLES {
            for column in (table.columns)() {
                for word in ["lat", "lon", "file_name", "device", "serial", "shoe", "note", "gear"] {
                    let names = column.name.split('_').any(|part| part == word) || column.name == word;
                    assert!(!names, "{}.{}", table.name, column.name);
                }
            }
        }
    }

    #[test]
    fn both_forms_have_every_column() {
        let (json, markdown) = (json().to_string(), markdown());
        for column in TABLES.iter().flat_map(|table| (table.columns)()) {
            assert!(json.contains(&format!("\"{}\"", column.name)));
            assert!(markdown.contains(&format!("| `{}` |", column.name)));
        }
    }
}
