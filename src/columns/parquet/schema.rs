//! What a column is in Parquet.

use std::sync::Arc;

use parquet::{
    basic::{LogicalType, Repetition, TimeUnit, Type as Physical},
    errors::Result,
    schema::types::{Type, TypePtr},
};

use crate::fields::{Column, Kind};

/// The schema of a table.
pub(super) fn schema(columns: &[&'static Column]) -> Result<TypePtr> {
    let fields = columns.iter().map(|column| field(column)).collect::<Result<Vec<_>>>()?;
    Ok(Arc::new(Type::group_type_builder("schema").with_fields(fields).build()?))
}

fn field(column: &Column) -> Result<TypePtr> {
    let (physical, logical) = match column.kind {
        Kind::Text | Kind::Texts | Kind::Sums => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Flag => (Physical::BOOLEAN, None),
        Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
        // local without a zone: not adjusted to UTC
        Kind::Time => (Physical::INT64, Some(LogicalType::timestamp(false, TimeUnit::MICROS))),
        Kind::Whole => (Physical::INT32, None),
        Kind::Long => (Physical::INT64, None),
        Kind::Real(_) => (Physical::DOUBLE, None),
    };
    let repetition = if column.is_in_every_row() { Repetition::REQUIRED } else { Repetition::OPTIONAL };
    let builder = Type::primitive_type_builder(column.name, physical).with_repetition(repetition);
    Ok(Arc::new(builder.with_logical_type(logical).build()?))
}
