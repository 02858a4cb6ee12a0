//! Many runners: what is said of each, and in which order. Pure: no file, no clock, no sentence.

pub mod natural;
pub mod reason;
pub mod remarks;
