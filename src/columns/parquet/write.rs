//! Columns to Parquet: snappy, groups of one size, so that the same rows make the same bytes however they came in.

use std::{io::Write, sync::Arc};

use parquet::{
    basic::{Compression, Encoding},
    data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type},
    errors::{ParquetError, Result},
    file::{
        metadata::KeyValue,
        properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder},
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::types::ColumnPath,
};

use super::schema::schema;
use crate::{
    columns::{Columns, Filled, Values},
    fields::{Column, Kind},
};

/// Rows of a group: some ten megabytes of the widest table wait in memory.
const ROWS_OF_A_GROUP: usize = 1 << 16;

/// A Parquet file in the making.
pub struct ParquetWriter<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    waiting: Columns,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Begins a file of these columns; `about` goes into its metadata.
    ///
    /// # Errors
    /// Where the sink fails.
    pub fn new(sink: W, columns: &[&'static Column], about: &[(&str, &str)]) -> Result<Self> {
        let about = about.iter().map(|(key, value)| KeyValue::new((*key).to_owned(), (*value).to_owned()));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_dictionary_enabled(false)
            .set_created_by(concat!("treadlight ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(about.collect()));
        let properties = columns.iter().fold(properties, |properties, column| encoded(properties, column));
        let writer = SerializedFileWriter::new(sink, schema(columns)?, Arc::new(properties.build()))?;
        Ok(Self { writer, waiting: Columns::new(columns) })
    }

    /// Takes rows; whole groups are written.
    ///
    /// # Errors
    /// Where the sink fails, and where a value does not fit into a column that every row must have.
    pub fn write(&mut self, rows: Columns) -> Result<()> {
        if let Some(column) = rows.unfit() {
            return Err(ParquetError::General(format!("a value does not fit into the column `{column}`")));
        }
        self.waiting.append(rows);
        while self.waiting.len() >= ROWS_OF_A_GROUP {
            let group = self.waiting.split_front(ROWS_OF_A_GROUP);
            self.write_group(group)?;
        }
        Ok(())
    }

    /// Writes what waits, and the foot of the file.
    ///
    /// # Errors
    /// Where the sink fails.
    pub fn finish(mut self) -> Result<W> {
        let rest = self.waiting.split_front(usize::MAX);
        if !rest.is_empty() {
            self.write_group(rest)?;
        }
        self.writer.into_inner()
    }

    fn write_group(&mut self, group: Columns) -> Result<()> {
        let mut writer = self.writer.next_row_group()?;
        for filled in group.filled {
            if let Some(mut column) = writer.next_column()? {
                write_column(&mut column, filled)?;
                column.close()?;
            }
        }
        writer.close()?;
        Ok(())
    }
}

/// Words come again and again; of numbers, whose every value would be looked up in a dictionary, the differences are small.
fn encoded(properties: WriterPropertiesBuilder, column: &Column) -> WriterPropertiesBuilder {
    let path = ColumnPath::from(column.name);
    match column.kind {
        Kind::Text | Kind::Texts | Kind::Sums => properties.set_column_dictionary_enabled(path, true),
        Kind::Date | Kind::Time | Kind::Whole | Kind::Long => {
            properties.set_column_encoding(path, Encoding::DELTA_BINARY_PACKED)
        }
        Kind::Flag | Kind::Real(_) => properties,
    }
}

fn write_column(writer: &mut SerializedColumnWriter<'_>, filled: Filled) -> Result<()> {
    let levels = filled.levels.as_slice();
    match filled.values {
        Values::Text { letters, ends } => {
            let pool = ByteArray::from(letters);
            let starts = std::iter::once(0).chain(ends.iter().copied());
            let texts: Vec<ByteArray> =
                starts.zip(&ends).map(|(start, end)| pool.slice(start, end - start)).collect();
            put::<ByteArrayType>(writer, &texts, levels)
        }
        Values::Flag(values) => put::<BoolType>(writer, &values, levels),
        Values::Int(values) => put::<Int32Type>(writer, &values, levels),
        Values::Long(values) => put::<Int64Type>(writer, &values, levels),
        Values::Real(values) => put::<DoubleType>(writer, &values, levels),
    }
}

fn put<T: DataType>(writer: &mut SerializedColumnWriter<'_>, values: &[T::T], levels: &[i16]) -> Result<()> {
    let levels = (!levels.is_empty()).then_some(levels);
    writer.typed::<T>().write_batch(values, levels, None)?;
    Ok(())
}
