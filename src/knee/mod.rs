//! The knee diary: what a runner reports about the body, and what it leaves of the load's limits.
//!
//! Of the trials of advice to runners given from afar, the one that helped reacted to what runners reported, so five
//! numbers outrank every load rule here: they may lower a limit, never raise one.
//!
//! ```text
//! lines ──diary, phone──▶ Row ──place──▶ Placed (light) ──fold──▶ Limit
//!                                             └── see, trend, exercises ──▶ Knee
//! ```
//! Pure: no clock, no files, nothing of the import. The specification is EVIDENCE-KNEE, its vectors are tests.

pub mod diary;
pub mod exercises;
pub mod fold;
pub mod ladder;
pub mod light;
pub mod lines;
mod machine;
pub mod numbers;
pub mod overview;
pub mod phone;
pub mod phone_rows;
pub mod place;
pub mod row;
pub mod see;
pub mod sign;
pub mod spot;
pub mod standing;
#[cfg(test)]
mod tests;
pub mod trend;

pub use overview::Knee;
