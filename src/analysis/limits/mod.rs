//! Limits: how far the next run and the next seven days may go. The only place where a limit is made.
//!
//! A limit is the smallest of what its sources allow: [`table::SOURCES`], a file and a row each. [`engine::Engine`] asks
//! them for every day of a history; whatever names a limit reads it from [`answer::Limits`]. Only what lay before a day
//! decides, and nothing that the runner silences, disables or calls a race changes a limit.

pub mod answer;
pub mod asked;
pub mod blocks;
pub mod breaks;
pub mod counted;
pub mod credit;
pub mod engine;
pub mod exposure;
pub mod gap;
pub mod keep;
pub mod past;
pub mod source;
pub mod spike_hold;
pub mod step_stack;
pub mod table;
pub mod walk;
pub mod weekly_jump;

#[cfg(test)]
mod tests;
