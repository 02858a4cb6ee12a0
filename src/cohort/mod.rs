//! Many runners: what is said of each, and in which order. Pure: no file, no clock, no sentence.

pub mod exposure;
pub mod facts;
pub mod input;
pub mod natural;
pub mod person;
pub mod reason;
pub mod remarks;
pub mod schema;
pub mod sheet;
pub mod tables;
pub mod triage;
pub mod view;
