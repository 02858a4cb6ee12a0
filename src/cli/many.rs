//! `treadlight triage`: many runners.

use std::path::PathBuf;

use chrono::NaiveDate;
use chrono_tz::Tz;
use clap::{Args, ValueEnum};

use super::shared::Shared;
use crate::commands::{Command, Format, TriageOf};

/// What `triage` takes.
#[derive(Args)]
pub(super) struct CliTriage {
    /// The folder with a sub-folder, or an export as .zip, for each runner; or one table of sessions, as `cohort` reads it
    #[arg(value_name = "SOURCE")]
    source: PathBuf,
    /// List first only of whom a warning was raised since this day; the others are counted
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<NaiveDate>,
    /// Write it as a page too, such as triage.html
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// How many runners are read at once; else as many as there are cores
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    jobs: Option<u16>,
    /// Whose days count where a table's times state a zone, such as Europe/Berlin
    #[arg(long, value_name = "ZONE")]
    timezone: Option<Tz>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = TriageFormat::Text)]
    format: TriageFormat,
    #[command(flatten)]
    shared: Shared,
}

#[derive(Clone, Copy, ValueEnum)]
enum TriageFormat {
    Text,
    Json,
}

impl From<CliTriage> for Command {
    fn from(triage: CliTriage) -> Self {
        let CliTriage { source, since, out, jobs, timezone, format, shared } = triage;
        let format = match format {
            TriageFormat::Text => Format::Text,
            TriageFormat::Json => Format::Json,
        };
        Self::Triage {
            of: TriageOf { source, timezone, since, out, jobs: jobs.map(usize::from) },
            options: shared.into(),
            format,
        }
    }
}
