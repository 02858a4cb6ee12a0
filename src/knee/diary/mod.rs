//! `treadlight-knee.csv`: read whatever a spreadsheet made of it, edited without touching what is the runner's.

mod cells;
mod sheet;

pub use cells::{Cells, read};
pub use sheet::{Column, Sheet, SheetRow};
