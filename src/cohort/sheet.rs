//! The rows of one table as they go into its file.

use crate::{
    columns::{Columns, csv},
    fields::Row,
};

/// How tables are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Parquet.
    #[default]
    Parquet,
    /// CSV.
    Csv,
}

impl Format {
    /// The ending of its files, and its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
        }
    }

    /// Rows of one table.
    #[must_use]
    pub fn piece<R: Row>(self, rows: impl Iterator<Item = R>) -> Piece {
        match self {
            Self::Parquet => Piece::Columns(Columns::of_rows(rows)),
            // a table in memory takes every row
            Self::Csv => Piece::Lines(csv::lines(rows).unwrap_or_default()),
        }
    }
}

/// Rows of one table.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// For Parquet.
    Columns(Columns),
    /// For CSV, without the header.
    Lines(Vec<u8>),
}
