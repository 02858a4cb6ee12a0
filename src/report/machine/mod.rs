//! Outputs for programs: JSON and CSV.

pub mod csv;
pub mod json;
