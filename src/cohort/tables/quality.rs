//! `quality`: what was left out, and what to know of the data: no names, no places.

use serde::{Deserialize, Serialize};

use super::Key;
use crate::fields::{Column, Field, Kind, Value};

/// One kind of finding about one runner's data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields document them")]
pub struct QualityRow {
    pub person_id: Option<String>,
    pub kind: String,
    pub reason: String,
    pub n: i64,
    pub detail: String,
}

impl QualityRow {
    /// A finding about a runner.
    #[must_use]
    pub fn of_runner(person_id: &str, reason: &str, n: i64) -> Self {
        Self::new(Some(person_id), "runner", reason, n, "")
    }

    /// A finding of any kind: `file`, `row`, `runner`.
    #[must_use]
    pub fn new(person_id: Option<&str>, kind: &str, reason: &str, n: i64, detail: &str) -> Self {
        Self {
            person_id: person_id.map(str::to_owned),
            kind: kind.to_owned(),
            reason: reason.to_owned(),
            n,
            detail: detail.to_owned(),
        }
    }
}

type QualityField = Field<for<'a> fn(&'a QualityRow) -> Value<'a>>;

const fn field(column: Column, value: for<'a> fn(&'a QualityRow) -> Value<'a>) -> QualityField {
    Field { column, value }
}

/// Its columns.
pub static FIELDS: &[QualityField] = &[
    field(Column::new("person_id", Kind::Text, "", "the runner").null_when("the row names none"), |row| {
        row.person_id.as_deref().into()
    }),
    field(Column::new("kind", Kind::Text, "", "file, row or runner").in_every_row(), |row| {
        row.kind.as_str().into()
    }),
    field(Column::new("reason", Kind::Text, "", "a code of a closed list").in_every_row(), |row| {
        row.reason.as_str().into()
    }),
    field(Column::new("n", Kind::Whole, "", "how many").in_every_row(), |row| Value::Whole(row.n)),
    field(
        Column::new("detail", Kind::Text, "", "the first line of a table, or what is meant")
            .null_when("nothing more to say"),
        |row| Some(row.detail.as_str()).filter(|detail| !detail.is_empty()).into(),
    ),
];

/// The table and what it is.
pub static TABLE: super::Table = super::Table {
    name: "quality",
    what: "a row for each kind of thing that was left out or guessed, a runner",
    key: Key::Finding,
    columns: || FIELDS.iter().map(|field| &field.column).collect(),
};

super::rows!(QualityRow, FIELDS);
