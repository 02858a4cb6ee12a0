//! `treadlight cohort` as it is typed.

use std::path::PathBuf;

use chrono_tz::Tz;
use clap::{Args, Subcommand, ValueEnum};

use super::shared::Shared;
use crate::{
    cohort::sheet::Format,
    commands::{self, CohortAction, CohortRequest, Options, Shard},
};

#[derive(Args)]
pub(super) struct CliCohort {
    #[command(subcommand)]
    action: Option<CliAction>,
    /// A folder with a sub-folder for each runner, or a table: .csv, .csv.gz, .parquet, a folder of .parquet parts
    #[arg(value_name = "SOURCE", required = true)]
    source: Option<PathBuf>,
    /// Where the tables go, a folder each
    #[arg(long, value_name = "DIR", required = true)]
    out: Option<PathBuf>,
    /// How tables are written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = CliFormat::Parquet)]
    format: CliFormat,
    /// Only these tables, with commas between; `quality` always comes along
    #[arg(long, value_name = "TABLES", value_delimiter = ',')]
    tables: Vec<String>,
    /// Injuries that were reported: CSV with `athlete_id,date` and, where known, `recovered,kind,site`
    #[arg(long, value_name = "FILE")]
    injuries: Option<PathBuf>,
    /// Random ids instead of p0001; this file, outside OUT, keeps whose they are
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
    /// Only part I of N of the runners, counted from 0; then `cohort collect`
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// How many runners at once (default: as many as there are cores)
    #[arg(long, value_name = "N", value_parser = parse_jobs)]
    jobs: Option<usize>,
    /// Whose days count where a table's times state a zone, such as Europe/Berlin
    #[arg(long, value_name = "ZONE")]
    timezone: Option<Tz>,
    #[command(flatten)]
    shared: Shared,
}

#[derive(Subcommand)]
enum CliAction {
    /// After all shards: look whether they are there, and write the tables that need all of them
    Collect {
        /// The folder that was --out
        #[arg(value_name = "OUT")]
        out: PathBuf,
        #[command(flatten)]
        shared: Shared,
    },
    /// Every table and column: type, unit, meaning, when it is null
    Schema {
        /// How to print it
        #[arg(long, value_name = "FORMAT", value_enum, default_value_t = CliSchemaFormat::Markdown)]
        format: CliSchemaFormat,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum CliFormat {
    Parquet,
    Csv,
}

#[derive(Clone, Copy, ValueEnum)]
enum CliSchemaFormat {
    Json,
    Markdown,
}

fn parse_jobs(text: &str) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|jobs| (1..=1024).contains(jobs))
        .ok_or_else(|| "write a number from 1 to 1024".to_owned())
}

impl From<CliCohort> for CohortAction {
    fn from(typed: CliCohort) -> Self {
        match typed.action {
            Some(CliAction::Collect { out, shared }) => Self::Collect { out, options: shared.into() },
            Some(CliAction::Schema { format }) => Self::Schema {
                format: match format {
                    CliSchemaFormat::Json => commands::Format::Json,
                    CliSchemaFormat::Markdown => commands::Format::Markdown,
                },
            },
            None => {
                let options: Options = typed.shared.into();
                Self::Make(CohortRequest {
                    source: typed.source.unwrap_or_default(),
                    out: typed.out.unwrap_or_default(),
                    format: match typed.format {
                        CliFormat::Parquet => Format::Parquet,
                        CliFormat::Csv => Format::Csv,
                    },
                    tables: typed.tables,
                    injuries: typed.injuries,
                    keys: typed.keys,
                    shard: typed.shard,
                    jobs: typed.jobs,
                    timezone: typed.timezone,
                    // a study reads each folder once: remembering it would fill the runner's cache with other people
                    options: Options { no_cache: true, ..options },
                })
            }
        }
    }
}
