//! treadlight: a training-load monitor for runners.
//!
//! # Follow one run
//! A file in a watch export becomes a line of advice in eight steps:
//!
//! 1. [`cli`] reads what was typed and hands plain options to [`commands`].
//! 2. [`settings`] reads `treadlight.toml`; flags come on top in [`commands::load`].
//! 3. [`import::find`] walks the folders; [`import::unpack`] opens archives, [`import::content`] recognises a
//!    file by its first bytes.
//! 4. [`import::fit`], [`import::gpx`] and [`import::tcx`] turn bytes into [`activity::Recording`]s: what the file says.
//! 5. [`import::assess`] makes an [`activity::Activity`] of it, [`import::duplicates`] sets doubles apart.
//! 6. [`table`] puts runs, calendar days and weeks into polars tables.
//! 7. [`analysis`] asks every rule; [`analysis::rules::RULES`] is their table; each gives [`warning::Warning`]s.
//! 8. [`report`] writes text, JSON, CSV and charts; [`report::words`] has every sentence.
//!
//! Dependencies point one way: `main → cli → commands → {import, table, analysis, report} → {activity, units,
//! settings, dates, warning}`. Only [`cli`] names clap, only [`table`] and [`analysis`] name polars, only
//! [`commands`] reads the clock, the environment and the terminal. A test holds these rules.

pub mod activity;
pub mod analysis;
mod cli;
pub mod commands;
pub mod dates;
pub mod demo;
pub mod fields;
pub mod fit_encoder;
pub mod import;
pub mod knee;
pub mod plan;
pub mod report;
pub mod settings;
pub mod table;
pub mod units;
pub mod warning;

use std::{ffi::OsString, process::ExitCode};

/// Runs treadlight with command-line arguments (the program's name first) and returns its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    match cli::parse(arguments) {
        Ok(command) => commands::run(command).into(),
        Err(exit_code) => exit_code,
    }
}
