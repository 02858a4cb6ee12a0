//! treadlight: a training-load monitor for runners.
//!
//! # Follow one run
//! A file in a watch export becomes a line of advice in eight steps:
//!
//! 1. [`cli`] reads what was typed and hands plain options to [`commands`].
//! 2. [`settings`] reads `treadlight.toml`; flags come on top in [`commands::load`].
//! 3. [`import::files`] walks the folders, opens archives and recognises a file by its first bytes.
//! 4. [`import::formats`] turns bytes into [`activity::Recording`]s: what the file says; [`import::services`] reads what an
//!    export says beside its files.
//! 5. [`import::judge`] makes an [`activity::Activity`] of it and sets doubles apart.
//! 6. [`table`] puts runs, calendar days and weeks into polars tables.
//! 7. [`analysis`] asks every rule of [`analysis::rules::RULES`] and every source of [`analysis::limits`]; [`knee`] lowers
//!    limits by what the runner feels.
//! 8. [`report`] says it: sentences in [`report::words`], what is said in [`report::sections`], how it is shown in
//!    [`report::render`].
//!
//! Dependencies point one way; ARCHITECTURE.md has the table of the rooms, and a test holds it.

pub mod activity;
pub mod analysis;
pub mod capitals;
mod cli;
pub mod cohort;
pub mod columns;
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
pub mod validation;
pub mod warning;

use std::{ffi::OsString, process::ExitCode};

/// Runs treadlight with command-line arguments (the program's name first) and returns its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    match cli::parse(arguments) {
        Ok(command) => commands::run(command).into(),
        Err(exit_code) => exit_code,
    }
}
