//! Flat Parquet tables, a row at a time: whoever wrote them (snappy, zstd, gzip; days, times and old 96-bit times).

use std::sync::Arc;

use parquet::{
    basic::{ConvertedType, LogicalType, TimeUnit},
    column::reader::{ColumnReader, ColumnReaderImpl},
    data_type::{ByteArray, DataType, FixedLenByteArray, Int96},
    errors::Result,
    file::reader::{ChunkReader, FileReader, SerializedFileReader},
    schema::types::ColumnDescriptor,
};

/// Rows that are read at once.
const ROWS_AT_ONCE: usize = 8_192;

/// What stands in one cell of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing, or a kind that no column of ours has.
    Unknown,
    /// A text, as it stands there.
    Text(&'a [u8]),
    /// A whole number.
    Whole(i64),
    /// A number.
    Real(f64),
    /// Yes or no.
    Flag(bool),
    /// Days since 1970.
    Day(i64),
    /// Microseconds since 1970, and whether they are meant in UTC.
    Time {
        /// Microseconds.
        us: i64,
        /// Whether in UTC.
        is_utc: bool,
    },
}

/// A table that is being read.
pub struct ParquetTable<R: ChunkReader + 'static> {
    reader: SerializedFileReader<R>,
}

impl<R: ChunkReader + 'static> ParquetTable<R> {
    /// Reads the foot of a file.
    ///
    /// # Errors
    /// Where it is no Parquet, or damaged.
    pub fn open(file: R) -> Result<Self> {
        Ok(Self { reader: SerializedFileReader::new(file)? })
    }

    /// The names of its columns; lists and groups have none.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let columns = self.reader.metadata().file_metadata().schema_descr().columns();
        let is_flat =
            |column: &ColumnDescriptor| column.path().parts().len() == 1 && column.max_rep_level() == 0;
        let name = |column: &Arc<ColumnDescriptor>| {
            if is_flat(column) { column.name().to_owned() } else { String::new() }
        };
        columns.iter().map(name).collect()
    }

    /// Every row in order: the cells of the columns asked for, by their positions in [`names`](Self::names). `each` may
    /// end it with its own error.
    ///
    /// # Errors
    /// Where the file is damaged, or `each` fails.
    pub fn rows<E: From<parquet::errors::ParquetError>>(
        &self,
        wanted: &[usize],
        mut each: impl FnMut(&[Cell<'_>]) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        for group in 0..self.reader.num_row_groups() {
            let group = self.reader.get_row_group(group)?;
            let readers = wanted.iter().map(|column| group.get_column_reader(*column));
            let mut readers = readers.collect::<Result<Vec<_>>>()?;
            let described: Vec<_> =
                wanted.iter().map(|c| group.metadata().column(*c).column_descr_ptr()).collect();
            let mut left = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
            while left > 0 {
                let rows = left.min(ROWS_AT_ONCE);
                let columns = readers.iter_mut().zip(&described);
                let columns = columns.map(|(reader, column)| Read::next(reader, column, rows));
                let columns = columns.collect::<Result<Vec<_>>>()?;
                let mut cells = vec![Cell::Unknown; wanted.len()];
                for row in 0..rows {
                    cells.iter_mut().zip(&columns).for_each(|(cell, column)| *cell = column.cell(row));
                    each(&cells)?;
                }
                left -= rows;
            }
        }
        Ok(())
    }
}

/// What was read of a column: for each row the position of its value, and the values.
struct Read {
    positions: Vec<Option<usize>>,
    values: ReadValues,
}

enum ReadValues {
    Texts(Vec<ByteArray>),
    Fixed(Vec<FixedLenByteArray>),
    Flags(Vec<bool>),
    Wholes(Vec<i64>),
    Reals(Vec<f64>),
    Days(Vec<i64>),
    Times { us: Vec<i64>, is_utc: bool },
}

impl Read {
    fn next(reader: &mut ColumnReader, column: &ColumnDescriptor, rows: usize) -> Result<Self> {
        let (levels, values) = match reader {
            ColumnReader::BoolColumnReader(reader) => {
                let (levels, values) = batch(reader, rows)?;
                (levels, ReadValues::Flags(values))
            }
            ColumnReader::Int32ColumnReader(reader) => {
                let (levels, values) = batch(reader, rows)?;
                (levels, whole_or_time(values.into_iter().map(i64::from).collect(), column))
            }
            ColumnReader::Int64ColumnReader(reader) => {
                let (levels, values) = batch(reader, rows)?;
                (levels, whole_or_time(values, column))
            }
            ColumnReader::Int96ColumnReader(reader) => {
                let (levels, values) = batch(reader, rows)?;
                // written by programs that keep local times without a zone in it
                let us = values.iter().map(Int96::to_micros).collect();
                (levels, ReadValues::Times { us, is_utc: false })
            }
            ColumnReader::FloatColumnReader(reader) => {
                let (levels, values) = batch(reader, rows)?;
                (levels, ReadValues::Reals(values.into_iter().map(f64::from).collect()))
            }
            ColumnReader::DoubleColumnReader(reader) => {
                let (levels, values) = batch(reader, rows)?;
                (levels, ReadValues::Reals(values))
            }
            ColumnReader::ByteArrayColumnReader(reader) => {
                let (levels, values) = batch(reader, rows)?;
                (levels, ReadValues::Texts(values))
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                let (levels, values) = batch(reader, rows)?;
                (levels, ReadValues::Fixed(values))
            }
        };
        let mut next = 0;
        let position = |is_known: bool| {
            let position = is_known.then_some(next);
            next += usize::from(is_known);
            position
        };
        let is_known = |level: &i16| *level == column.max_def_level();
        let positions = match column.max_def_level() {
            0 => (0..rows).map(Some).collect(),
            _ => levels.iter().map(is_known).map(position).collect(),
        };
        Ok(Self { positions, values })
    }

    fn cell(&self, row: usize) -> Cell<'_> {
        let Some(at) = self.positions.get(row).copied().flatten() else { return Cell::Unknown };
        let cell = match &self.values {
            ReadValues::Texts(texts) => texts.get(at).map(|text| Cell::Text(text.data())),
            ReadValues::Fixed(texts) => texts.get(at).map(|text| Cell::Text(text.data())),
            ReadValues::Flags(flags) => flags.get(at).map(|flag| Cell::Flag(*flag)),
            ReadValues::Wholes(numbers) => numbers.get(at).map(|number| Cell::Whole(*number)),
            ReadValues::Reals(numbers) => numbers.get(at).map(|number| Cell::Real(*number)),
            ReadValues::Days(days) => days.get(at).map(|day| Cell::Day(*day)),
            ReadValues::Times { us, is_utc } => us.get(at).map(|us| Cell::Time { us: *us, is_utc: *is_utc }),
        };
        cell.unwrap_or(Cell::Unknown)
    }
}

/// The next so many rows: for each whether it has a value (empty where all have), and the values.
fn batch<T: DataType>(reader: &mut ColumnReaderImpl<T>, rows: usize) -> Result<(Vec<i16>, Vec<T::T>)> {
    let (mut levels, mut values) = (Vec::new(), Vec::with_capacity(rows));
    reader.read_records(rows, Some(&mut levels), None, &mut values)?;
    Ok((levels, values))
}

/// Whole numbers are also how days and times are kept.
fn whole_or_time(numbers: Vec<i64>, column: &ColumnDescriptor) -> ReadValues {
    let times = |a_us: fn(i64) -> i64, is_utc| ReadValues::Times {
        us: numbers.iter().map(|n| a_us(*n)).collect(),
        is_utc,
    };
    match (column.logical_type_ref(), column.converted_type()) {
        (Some(LogicalType::Date), _) | (None, ConvertedType::DATE) => ReadValues::Days(numbers),
        (Some(LogicalType::Timestamp(time)), _) => {
            let a_us: fn(i64) -> i64 = match time.unit {
                TimeUnit::MILLIS => |ms| ms.saturating_mul(1_000),
                TimeUnit::MICROS => |us| us,
                TimeUnit::NANOS => |ns| ns.div_euclid(1_000),
            };
            times(a_us, time.is_adjusted_to_u_t_c)
        }
        (None, ConvertedType::TIMESTAMP_MILLIS) => times(|ms| ms.saturating_mul(1_000), true),
        (None, ConvertedType::TIMESTAMP_MICROS) => times(|us| us, true),
        _ => ReadValues::Wholes(numbers),
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::{
        columns::{
            Columns,
            parquet::{ParquetError, write::ParquetWriter},
            testing::{Sample, samples},
        },
        fields::{Column, Kind, Row, Value},
    };

    fn file(rows: &[Sample], pieces: usize) -> Vec<u8> {
        let mut writer =
            ParquetWriter::new(Vec::new(), &crate::columns::of::<Sample>(), &[("schema_version", "1.0")])
                .unwrap();
        for piece in rows.chunks(pieces) {
            writer.write(Columns::of_rows(piece.to_vec())).unwrap();
        }
        writer.finish().unwrap()
    }

    #[test]
    fn what_was_written_is_read_back_cell_by_cell() {
        let rows = samples(70_000);
        let table = ParquetTable::open(Bytes::from(file(&rows, 1_000))).unwrap();
        assert_eq!(table.names(), ["id", "date", "start", "distance_m", "sum_m", "ratio", "race"]);
        let mut at = 0;
        let read = table.rows::<ParquetError>(&[0, 3, 2, 1, 5, 6, 4], |cells| {
            let row = &rows[at];
            let known = |cell: Option<Cell<'static>>| cell.unwrap_or(Cell::Unknown);
            let expected = [
                Cell::Text(row.id.as_bytes()),
                known(row.meters.map(Cell::Whole)),
                known(
                    row.start
                        .map(|start| Cell::Time { us: start.and_utc().timestamp_micros(), is_utc: false }),
                ),
                Cell::Day(row.date.to_epoch_days().into()),
                known(row.ratio.map(|ratio| Cell::Real(crate::fields::rounded(ratio, 4)))),
                Cell::Flag(row.race),
                Cell::Whole(row.sum_m),
            ];
            assert_eq!(cells, expected, "row {at}");
            at += 1;
            Ok(())
        });
        read.unwrap();
        assert_eq!(at, rows.len());
    }

    #[test]
    fn the_same_rows_make_the_same_bytes_however_they_came_in() {
        let rows = samples(70_000);
        let whole = file(&rows, 70_000);
        assert!(file(&rows, 1) == whole && file(&rows, 977) == whole);
    }

    #[test]
    fn a_value_that_does_not_fit_its_column_is_an_error_and_never_another_number() {
        struct Steps(i64);
        static STEPS: Column = Column::new("steps", Kind::Whole, "", "steps").in_every_row();
        impl Row for Steps {
            fn columns() -> impl Iterator<Item = &'static Column> {
                std::iter::once(&STEPS)
            }
            fn values(&self) -> impl Iterator<Item = (&'static Column, Value<'_>)> {
                std::iter::once((&STEPS, Value::Whole(self.0)))
            }
        }
        let write = |steps| {
            let mut writer = ParquetWriter::new(Vec::new(), &[&STEPS], &[]).unwrap();
            writer.write(Columns::of_rows([Steps(7), Steps(steps)])).map_err(|error| error.to_string())
        };
        assert_eq!(write(i32::MAX.into()), Ok(()));
        assert!(write(i64::MAX).unwrap_err().contains("does not fit into the column `steps`"));
    }

    #[test]
    fn a_table_without_rows_has_its_columns() {
        let table = ParquetTable::open(Bytes::from(file(&[], 1))).unwrap();
        assert_eq!(table.names().len(), 7);
    }

    #[test]
    fn a_file_that_is_no_parquet_or_cut_is_an_error() {
        let whole = file(&samples(10), 10);
        for bytes in [&b"athlete_id,date\n"[..], &whole[..whole.len() - 5], &[]] {
            assert!(ParquetTable::open(Bytes::from(bytes.to_vec())).is_err());
        }
    }
}
