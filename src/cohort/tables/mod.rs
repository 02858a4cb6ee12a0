//! The tables of many runners: for each its columns, once, for Parquet, CSV and `cohort schema`.
//!
//! No place, no file name, no serial number, no shoe, no free text stands in any of them. Columns may be added; none is ever
//! renamed, retyped or given another meaning without a new major [`SCHEMA_VERSION`].

pub mod days;
pub mod exposures;
pub mod persons;
pub mod quality;
pub mod runs;
pub mod warnings;
pub mod weeks;

use crate::{
    fields::{Column, Kind, Row, Value},
    validation::ValidationRow,
};

/// Major: what a column means; minor: which there are.
pub const SCHEMA_VERSION: &str = "1.0";

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A runner.
    Person,
    /// A session of a runner.
    Session,
    /// A recording of a runner.
    Run,
    /// A day of a runner.
    Day,
    /// A calendar week of a runner.
    Week,
    /// Something that a rule said of a runner.
    Warning,
    /// A kind of finding about a runner's data.
    Finding,
    /// A rule on a time scale.
    RuleAndScale,
}

/// A table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name and folder.
    pub name: &'static str,
    /// What it is, in a line.
    pub what: &'static str,
    /// What a row stands for.
    pub key: Key,
    /// Its columns.
    pub columns: fn() -> Vec<&'static Column>,
}

/// What a rule and an injury lie to each other.
pub static VALIDATION: Table = Table {
    name: "validation",
    what: "a row a rule and time scale: hits, misses, false alarms, ratios; only with --injuries",
    key: Key::RuleAndScale,
    columns: || ValidationRow::columns().collect(),
};

/// Every table, in the order of the documents.
pub static TABLES: &[&Table] = &[
    &runs::TABLE,
    &days::TABLE,
    &weeks::TABLE,
    &warnings::TABLE,
    &exposures::TABLE,
    &persons::TABLE,
    &quality::TABLE,
    &VALIDATION,
];

/// The key of every table.
pub(crate) const PERSON_ID: Column = Column::new("person_id", Kind::Text, "", "the runner").in_every_row();

/// Yes, no, or not known.
fn known(flag: Option<bool>) -> Value<'static> {
    flag.map_or(Value::Unknown, Value::Flag)
}

/// Rows of a type by a list of fields.
macro_rules! rows {
    ($row:ty, $fields:expr) => {
        impl crate::fields::Row for $row {
            fn columns() -> impl Iterator<Item = &'static crate::fields::Column> {
                $fields.iter().map(|field| &field.column)
            }

            fn values(
                &self,
            ) -> impl Iterator<Item = (&'static crate::fields::Column, crate::fields::Value<'_>)> {
                $fields.iter().map(|field| (&field.column, (field.value)(self)))
            }
        }
    };
}
use rows;
