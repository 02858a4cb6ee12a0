//! What rules and limits know of the past: sessions, holes, comparisons, breaks.

pub mod holes;
pub mod sessions;
