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
            Self::Csv => match csv::lines(rows) {
                Ok(lines) => Piece::Lines(lines),
                Err(error) => Piece::Unwritable(error.to_string()),
            },
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
    /// Rows that cannot be written, and why: they are an error of their table, never fewer rows.
    Unwritable(String),
}
