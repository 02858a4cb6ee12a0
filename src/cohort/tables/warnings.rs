//! `warnings`: a row for everything that a rule said.

use super::Key;
use crate::{
    analysis::rules::Warning,
    fields::{Column, Field, Kind, Value},
};

/// One warning.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the fields document them")]
pub struct WarningRow<'a> {
    pub person_id: &'a str,
    pub warning: &'a Warning,
    pub session: Option<i64>,
    pub acknowledged: bool,
}

type WarningField = Field<for<'a> fn(&'a WarningRow<'a>) -> Value<'a>>;

const fn field(column: Column, value: for<'a> fn(&'a WarningRow<'a>) -> Value<'a>) -> WarningField {
    Field { column, value }
}

/// Its columns.
pub static FIELDS: &[WarningField] = &[
    field(super::PERSON_ID, |row| row.person_id.into()),
    field(Column::new("rule", Kind::Text, "", "the rule").in_every_row(), |row| row.warning.rule.id.into()),
    field(Column::new("level", Kind::Text, "", "info, caution or warning").in_every_row(), |row| {
        row.warning.level.name().into()
    }),
    field(Column::new("date", Kind::Date, "", "the day it is about").in_every_row(), |row| {
        Value::Date(row.warning.date)
    }),
    field(
        Column::new("session", Kind::Whole, "", "the session that raised it").null_when("no session did"),
        |row| row.session.into(),
    ),
    field(Column::new("value", Kind::Long, "see unit", "what was measured").in_every_row(), |row| {
        Value::Whole(row.warning.compared.value)
    }),
    field(
        Column::new("baseline", Kind::Long, "see unit", "what it is held against")
            .null_when("the rule knows a threshold only"),
        |row| row.warning.compared.baseline.into(),
    ),
    field(
        Column::new("threshold", Kind::Long, "see unit", "the limit that was passed").in_every_row(),
        |row| Value::Whole(row.warning.compared.threshold),
    ),
    field(Column::new("unit", Kind::Text, "", "m, days or s").in_every_row(), |row| {
        row.warning.compared.unit.symbol().into()
    }),
    field(
        Column::new("cap_m", Kind::Whole, "m", "distance to keep to at the end of the record")
            .null_when("none holds then"),
        |row| row.warning.cap().map(|(meters, _)| meters).into(),
    ),
    field(
        Column::new("until", Kind::Date, "", "the last day of that").null_when("no cap_m, or no last day"),
        |row| row.warning.cap().and_then(|(_, until)| until).map_or(Value::Unknown, Value::Date),
    ),
    field(Column::new("race", Kind::Flag, "", "about a race").in_every_row(), |row| {
        Value::Flag(row.warning.race)
    }),
    field(
        Column::new("acknowledged", Kind::Flag, "", "the rule was silenced by the runner on that day")
            .in_every_row(),
        |row| Value::Flag(row.acknowledged),
    ),
    field(Column::new("grade", Kind::Text, "", "evidence, A to D, or X").in_every_row(), |row| {
        row.warning.evidence.grade.to_string().into()
    }),
];

/// The table and what it is.
pub static TABLE: super::Table = super::Table {
    name: "warnings",
    what: "a row for everything that a rule said",
    key: Key::Warning,
    columns: || FIELDS.iter().map(|field| &field.column).collect(),
};

super::rows!(WarningRow<'_>, FIELDS);
