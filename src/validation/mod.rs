//! How the rules' alarms and the injuries that were reported lie to each other: counts for a runner, ratios for a group.
//!
//! Pure: no file, no clock, nothing printed. The way through it:
//!
//! ```text
//! injuries::read(&bytes, Athletes::Required)  -> Result<InjuryFile, InjuriesError>   rows, and the bad ones with their line
//! from_analysis::runs(&sessions, &comparisons) -> Vec<Run>                           what is known of each run
//! from_analysis::alarms(&rules, &warnings)     -> Vec<Alarms>                        of level caution and above, a rule each
//! of_runner(&FollowUp { h0, last, runs, alarms, injuries }) -> RunnerCounts          small, serde, a line of JSON a runner
//! table(counts of all runners, in any order)   -> Vec<ValidationRow>                 a row a rule and scale
//! VALIDATION_FIELDS                            columns of the table, `ValidationRow: fields::Row`
//! ```
//!
//! The words of a group: below 20 injuries no ratio at all, below 80 a ratio with a caution, and where the ratio lies on
//! different sides of 1 on different scales (a run, a kilometre, a day) nothing is told apart. One runner has counts only.

mod bootstrap;
mod days_at_risk;
mod exposures;
mod fields;
mod first_injury;
mod follow_up;
pub mod from_analysis;
pub mod hits;
pub mod injuries;
pub mod null;
mod pool;
pub mod power;
pub mod ratio;
mod row;
mod runner;
mod scale;
mod table;
mod verdict;
pub mod wilson;

pub use fields::{VALIDATION_FIELDS, ValidationField};
pub use first_injury::FirstInjury;
pub use follow_up::{Alarms, FollowUp, Run};
pub use injuries::{Athletes, Injury};
pub use row::ValidationRow;
pub use runner::{Exposure, RunnerCounts, of_runner};
pub use scale::Scale;
pub use table::table;
pub use verdict::Verdict;

/// Days that an alarm is looked at for, its own day included.
pub const WINDOW_DAYS: u64 = 7;
/// The first day that counts is so many days after the first of the record: no rule of 30 days speaks before.
pub const HISTORY_DAYS: u64 = 30;

#[cfg(test)]
mod tests;
