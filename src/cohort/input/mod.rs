//! A table of sessions, a row a session: CSV or Parquet to rows of one runner.
//!
//! [`header`] knows the columns, [`cells`] the values, [`row`] a row, [`order`] who stands before whom, [`runner`] makes
//! sessions of a runner's rows.

pub mod cells;
pub mod header;
pub mod order;
pub mod row;
pub mod runner;
