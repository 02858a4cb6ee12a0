//! `treadlight check`: what is active, shown and reported.

use clap::{Args, ValueEnum};

use super::shared::Common;
use crate::commands::{Check, Command, Format, Notify, Options};

/// What `check` takes.
#[derive(Args)]
pub(super) struct CliCheck {
    #[command(flatten)]
    common: Common,
    /// Exit with 1 when a warning of level caution or higher is active
    #[arg(long)]
    exit_code: bool,
    /// Show every warning that is active, not the first ones only
    #[arg(long)]
    all: bool,
    /// How to print it
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = CheckFormat::Text)]
    format: CheckFormat,
    /// Put date, rules, limits and knee on top as properties, for note programs (with `--format markdown`)
    #[arg(long)]
    front_matter: bool,
    /// Hand what is active and was not reported before to the program of `[notify]` in the settings
    #[arg(long)]
    notify: bool,
    /// Show what `--notify` would hand over, and nothing else
    #[arg(long, requires = "notify")]
    dry_run: bool,
    /// Show the rows and notes of the knee diary, too: they are health data
    #[arg(long)]
    with_diary: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum CheckFormat {
    Text,
    Markdown,
    Json,
}

impl From<CliCheck> for Command {
    fn from(cli: CliCheck) -> Self {
        let CliCheck { common, exit_code, all, format, front_matter, notify, dry_run, with_diary } = cli;
        let notify = match (notify, dry_run) {
            (false, _) => Notify::No,
            (true, false) => Notify::Report,
            (true, true) => Notify::Preview,
        };
        Self::Check {
            options: Options { with_diary, ..common.into() },
            check: Check { exit_code, all, format: format.into(), front_matter, notify },
        }
    }
}

impl From<CheckFormat> for Format {
    fn from(format: CheckFormat) -> Self {
        match format {
            CheckFormat::Text => Self::Text,
            CheckFormat::Markdown => Self::Markdown,
            CheckFormat::Json => Self::Json,
        }
    }
}
