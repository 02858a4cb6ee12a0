//! The three tables: runs, calendar days, calendar weeks. [`frames`] has them in polars, of one runner or of many, wherever a
//! table is what was asked for; [`sums`] adds days and weeks of one runner up for answers that wait for nothing else. Both
//! hand out the same [`rows`].

mod frames;
mod rows;
pub mod sums;

pub use frames::{DayTable, RunTable, WeekTable};
pub use rows::{DayRow, Span, WeekRow};
