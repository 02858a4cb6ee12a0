//! What every command takes besides its folders.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use crate::{
    commands::{ColorChoice, Options},
    units::UnitSystem,
};

#[derive(Clone, Copy, ValueEnum)]
enum CliColor {
    Auto,
    Always,
    Never,
}

/// What they take besides folders.
#[derive(Args)]
pub(super) struct Shared {
    /// Read these settings instead of FOLDER/treadlight.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Report as of this day, as if nothing later had been recorded
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<NaiveDate>,
    /// Units to show: km or mi
    #[arg(long, value_name = "UNITS")]
    units: Option<UnitSystem>,
    /// Read every file again, and remember nothing
    #[arg(long)]
    no_cache: bool,
    /// Exit with 2 when a file was skipped
    #[arg(long)]
    strict: bool,
    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = CliColor::Auto)]
    color: CliColor,
    /// Write text in ASCII: no arrows, dashes and bars (by itself on a terminal that is not UTF-8)
    #[arg(long)]
    ascii: bool,
    /// Print what is active only (`check`: in one line), and nothing without
    #[arg(short, long)]
    quiet: bool,
    /// Tell which settings, zone and files were used
    #[arg(short, long)]
    verbose: bool,
}

/// What every command that imports takes.
#[derive(Args)]
pub(super) struct Common {
    /// Folders with your watch exports (default: `folders` in the settings)
    #[arg(value_name = "FOLDER")]
    pub(super) folders: Vec<PathBuf>,
    /// Show whole paths of files; else they start at the folder given
    #[arg(long)]
    with_paths: bool,
    #[command(flatten)]
    shared: Shared,
}

impl From<Common> for Options {
    fn from(common: Common) -> Self {
        Self { folders: common.folders, with_paths: common.with_paths, ..common.shared.into() }
    }
}

impl From<Shared> for Options {
    fn from(shared: Shared) -> Self {
        Self {
            folders: Vec::new(),
            with_paths: false,
            with_diary: false,
            config: shared.config,
            as_of: shared.as_of,
            no_cache: shared.no_cache,
            units: shared.units,
            strict: shared.strict,
            color: match shared.color {
                CliColor::Auto => ColorChoice::Auto,
                CliColor::Always => ColorChoice::Always,
                CliColor::Never => ColorChoice::Never,
            },
            ascii: shared.ascii,
            quiet: shared.quiet,
            verbose: shared.verbose,
        }
    }
}
