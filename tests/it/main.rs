//! One binary for all integration tests: each file tests what its name says, on the built program where it can.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod architecture;
mod bad_input;
mod cache;
mod cadence;
mod calendar;
mod charts;
mod circles;
mod cohort;
mod cohort_recipes;
mod command_line;
mod corpus;
mod exports;
mod findings;
mod formats;
mod golden;
mod html;
mod injuries;
mod knee;
mod knee_days;
mod knee_limits;
mod knee_properties;
mod knee_vectors;
mod limits;
mod mutations;
mod notify;
mod own_word;
mod packages;
mod packed;
mod privacy;
mod project;
mod properties;
mod recipes;
mod robustness;
mod run_walk;
mod sample_data;
mod schedule;
mod settings_edits;
mod shoes;
mod source;
mod tables;
mod training_load;
mod triage;
mod voices;
mod watch;
