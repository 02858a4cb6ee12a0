//! `treadlight schedule`: a check by the clock.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::commands::{Command, Every, Options, Schedule, SystemName};

/// What `schedule` takes.
#[derive(Args)]
pub(super) struct CliSchedule {
    /// Folders with your watch exports (default: `folders` in the settings)
    #[arg(value_name = "FOLDER")]
    folders: Vec<PathBuf>,
    /// When: a weekday or `day`, then the hour (7:00 where it is left out)
    #[arg(long, value_name = "DAY@H:MM", default_value = "monday@7:00")]
    every: Every,
    /// For which system; else for this one
    #[arg(long = "for", value_name = "SYSTEM", value_enum)]
    system: Option<CliSystem>,
    /// Write the files where they belong, never over others, instead of printing them
    #[arg(long)]
    write: bool,
    /// Read these settings instead of FOLDER/treadlight.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum CliSystem {
    Systemd,
    Launchd,
    Windows,
    Cron,
}

impl From<CliSchedule> for Command {
    fn from(cli: CliSchedule) -> Self {
        let CliSchedule { folders, every, system, write, config } = cli;
        let system = system.map(|system| match system {
            CliSystem::Systemd => SystemName::Systemd,
            CliSystem::Launchd => SystemName::Launchd,
            CliSystem::Windows => SystemName::Windows,
            CliSystem::Cron => SystemName::Cron,
        });
        Self::Schedule {
            options: Options { folders, config, ..Options::default() },
            schedule: Schedule { every, system, write },
        }
    }
}
