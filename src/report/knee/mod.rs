//! The knee for people: the page of `treadlight knee`, the section of reports, exercises, the sheet for a clinician.

pub mod exercises;
pub mod page;
pub mod sheet;
pub mod strip;
pub mod text;
