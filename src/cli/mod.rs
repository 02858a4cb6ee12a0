//! The command line: with its parts the only file that names clap. What was typed becomes a [`Command`].

mod check;
mod cohort;
mod knee;
mod many;
mod packages;
mod report;
mod runs;
mod schedule;
mod shared;
mod shoes;
mod watch;

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use chrono::NaiveDate;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::{
    commands::{Ack, CacheAction, Command, Format, KneeAction, Options, RunList, exports_list},
    units::Distance,
};
use check::CliCheck;
use cohort::CliCohort;
use knee::CliKnee;
use many::CliTriage;
use packages::{CliCompletions, CliMan};
use report::CliReport;
use runs::CliRuns;
use schedule::CliSchedule;
use shared::{Common, Shared};
use shoes::CliShoes;
use watch::CliWatch;

/// Says in time, in kilometres and dates, what is too much: a training-load monitor for runners.
#[derive(Parser)]
#[command(name = "treadlight", version, about, max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: CliCommand,
}

#[derive(Subcommand)]
enum CliCommand {
    /// Import, print warnings, write the page and charts: the main job
    Report(CliReport),
    /// The warnings as text, for cron and mail
    Check(CliCheck),
    /// Check whenever the folders change, and every morning, until a signal ends it
    Watch(CliWatch),
    /// Print or write what makes this computer check by itself: systemd, launchd, Windows, cron
    Schedule(CliSchedule),
    /// How far the next run and the next seven days may go, and why
    Next {
        #[command(flatten)]
        common: Common,
        /// From which day a run of this distance would fit, such as 21.1km or 13.1mi
        #[arg(long, value_name = "DISTANCE")]
        distance: Option<Distance>,
        /// Check the runs of a plan ahead: CSV with `date,distance`, or an iCalendar file
        #[arg(long, value_name = "FILE")]
        plan: Option<PathBuf>,
        /// How to print it; `ics` is for a calendar
        #[arg(long, value_name = "FORMAT", value_enum, default_value_t = NextFormat::Text)]
        format: NextFormat,
    },
    /// What was imported, and what was not, with the reason
    ///
    /// `exclude`, `set` and `restore` are your own word on a single run, in the settings.
    #[command(args_conflicts_with_subcommands = true)]
    Runs {
        #[command(subcommand)]
        edit: Option<Box<CliRuns>>,
        #[command(flatten)]
        common: Common,
        /// List what did not count instead: other sports, duplicates, skipped files
        #[arg(long)]
        skipped: bool,
        /// List only runs of which something was guessed or put right, newest first, with the line that corrects it
        #[arg(long, conflicts_with = "skipped")]
        suspicious: bool,
        #[command(flatten)]
        output: TableOutput,
    },
    /// The table of calendar days, also of those without a run
    Days {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        output: TableOutput,
    },
    /// The weekly table
    Weeks {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        output: TableOutput,
    },
    /// Pairs of shoes: distance, window, when to replace them; add them, assign runs to them
    #[command(args_conflicts_with_subcommands = true)]
    Shoes {
        #[command(subcommand)]
        edit: Option<Box<CliShoes>>,
        #[command(flatten)]
        common: Common,
        /// How to print it
        #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ShoesFormat::Text)]
        format: ShoesFormat,
    },
    /// The knee diary: lights, limit, what is missing; log an entry, exercises, a sheet for the clinic
    ///
    /// Not a medical device, not for diagnosis or treatment.
    #[command(args_conflicts_with_subcommands = true)]
    Knee {
        #[command(subcommand)]
        action: Option<Box<CliKnee>>,
        #[command(flatten)]
        common: Common,
        /// How to print it
        #[arg(long, value_name = "FORMAT", value_enum, default_value_t = TextOrJson::Text)]
        format: TextOrJson,
    },
    /// How often every rule would have warned on your own history
    Replay {
        #[command(flatten)]
        common: Common,
        /// How many weeks to look back
        #[arg(long, value_name = "N", default_value_t = 52, value_parser = clap::value_parser!(u64).range(1..=5200))]
        weeks: u64,
        /// Hold the alarms of the whole record against injuries: CSV with `date,recovered,kind`
        #[arg(long, value_name = "FILE")]
        injuries: Option<PathBuf>,
    },
    /// Many runners, a folder each: whom to talk to first, for a coach
    Triage(CliTriage),
    /// Why a file counts as it does; the arithmetic behind a run, a day or a rule
    Explain {
        /// Folders with your watch exports (default: `folders` in the settings), then a file in them,
        /// a run's id, `last`, a date, a rule, or `caps`
        #[arg(value_name = "[FOLDER]... WHAT", required = true)]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        shared: Shared,
    },
    /// Silence a rule for a while, with a reason, in the settings
    ///
    /// With `--end` a silence ends.
    Ack {
        /// The rule: long-run-spike, weekly-jump …
        rule: String,
        /// Folders with your watch exports, whose settings are edited if they have some
        #[arg(value_name = "FOLDER")]
        folders: Vec<PathBuf>,
        /// The last day on which it is silent
        #[arg(long, value_name = "YYYY-MM-DD", required_unless_present = "end", conflicts_with = "end")]
        until: Option<NaiveDate>,
        /// Why, for yourself in a month
        #[arg(long, value_name = "TEXT", required_unless_present = "end", conflicts_with = "end")]
        because: Option<String>,
        /// End a silence of the rule instead
        #[arg(long)]
        end: bool,
        /// Edit these settings instead of FOLDER/treadlight.toml, or the ones in your configuration folder
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Write a commented treadlight.toml that remembers your folders
    Init {
        /// Folders with your watch exports
        #[arg(value_name = "FOLDER")]
        folders: Vec<PathBuf>,
        /// Write this file instead of the one in your configuration folder
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// Change the folders in settings that exist already, and nothing else
        #[arg(long)]
        change: bool,
    },
    /// Tables of many runners, for a study
    ///
    /// Exposures, runs, days, weeks, warnings, persons, quality. SOURCE is a folder with a sub-folder for each runner, or a table of sessions: CSV, CSV.gz, Parquet.
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    Cohort(Box<CliCohort>),
    /// What is remembered of files that were read before
    Cache {
        #[command(subcommand)]
        action: CliCacheAction,
    },
    /// Which apps' exports are read, what of each, and how to get them
    #[command(after_help = exports_list())]
    Exports,
    /// Write the sample data: one invented runner, a year
    Demo {
        /// The folder to write to
        #[arg(value_name = "DIR")]
        dir: PathBuf,
        /// A longer invented history of so many weeks instead
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=2000))]
        weeks: Option<u32>,
    },
    /// Print what a shell reads to complete commands and options
    ///
    /// Once: `treadlight completions bash > ~/.local/share/bash-completion/completions/treadlight`. Packages bring it along.
    Completions(CliCompletions),
    /// Print the manual as `man` reads it, or write a page for every command
    ///
    /// `treadlight man | man -l -` shows it. Packages bring the pages along.
    Man(CliMan),
}

#[derive(Clone, Copy, Subcommand)]
enum CliCacheAction {
    /// Where the cache lies and how large it is
    Info,
    /// Forget everything: the next run reads every file again
    Clear,
}

#[derive(Args)]
struct TableOutput {
    /// How to print it
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = TableFormat::Table)]
    format: TableFormat,
    /// Write to this file instead of the terminal
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum TextOrJson {
    Text,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum ShoesFormat {
    Text,
    Csv,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum NextFormat {
    Text,
    Json,
    Ics,
}

#[derive(Clone, Copy, ValueEnum)]
enum TableFormat {
    Table,
    Csv,
    Json,
    Parquet,
}

/// Reads the arguments; help, version and mistakes are printed here and end with the given exit code.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, ExitCode> {
    match Cli::try_parse_from(arguments) {
        Ok(cli) => Ok(cli.command.into()),
        Err(error) => {
            // a closed pipe while printing help is nobody's problem
            let _ = error.print();
            Err(ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)))
        }
    }
}

impl From<CliCommand> for Command {
    fn from(command: CliCommand) -> Self {
        match command {
            CliCommand::Report(report) => report.into(),
            CliCommand::Check(check) => check.into(),
            CliCommand::Watch(watch) => watch.into(),
            CliCommand::Schedule(schedule) => schedule.into(),
            CliCommand::Next { common, distance, plan, format } => {
                Self::Next { options: common.into(), distance, plan, format: format.into() }
            }
            CliCommand::Runs { edit: Some(edit), .. } => (*edit).into(),
            CliCommand::Runs { edit: None, common, skipped, suspicious, output } => Self::Runs {
                options: common.into(),
                format: output.format.into(),
                output: output.output,
                list: match (skipped, suspicious) {
                    (true, _) => RunList::Skipped,
                    (_, true) => RunList::Suspicious,
                    _ => RunList::Runs,
                },
            },
            CliCommand::Explain { paths, shared } => Self::Explain { options: shared.into(), paths },
            CliCommand::Days { common, output } => {
                Self::Days { options: common.into(), format: output.format.into(), output: output.output }
            }
            CliCommand::Weeks { common, output } => {
                Self::Weeks { options: common.into(), format: output.format.into(), output: output.output }
            }
            CliCommand::Shoes { edit: Some(edit), .. } => (*edit).into(),
            CliCommand::Shoes { edit: None, common, format } => {
                Self::Shoes { options: common.into(), format: format.into() }
            }
            CliCommand::Knee { action: Some(action), .. } => (*action).into(),
            CliCommand::Knee { action: None, common, format } => {
                Self::Knee { action: KneeAction::Show { format: format.into() }, options: common.into() }
            }
            CliCommand::Triage(triage) => triage.into(),
            CliCommand::Replay { common, weeks, injuries } => {
                Self::Replay { options: common.into(), weeks, injuries }
            }
            CliCommand::Ack { rule, folders, until, because, end: _, config } => Self::Ack {
                ack: Ack { rule, silence: until.zip(because) },
                options: Options { folders, config, ..Options::default() },
            },
            CliCommand::Init { folders, config, change } => Self::Init { folders, config, change },
            CliCommand::Cohort(cohort) => Self::Cohort(Box::new((*cohort).into())),
            CliCommand::Cache { action: CliCacheAction::Info } => Self::Cache(CacheAction::Info),
            CliCommand::Cache { action: CliCacheAction::Clear } => Self::Cache(CacheAction::Clear),
            CliCommand::Exports => Self::Exports,
            CliCommand::Demo { dir, weeks } => Self::Demo { dir, weeks },
            CliCommand::Completions(completions) => completions.of(Cli::command()),
            CliCommand::Man(man) => man.of(Cli::command()),
        }
    }
}

impl From<TextOrJson> for Format {
    fn from(format: TextOrJson) -> Self {
        match format {
            TextOrJson::Text => Self::Text,
            TextOrJson::Json => Self::Json,
        }
    }
}

impl From<ShoesFormat> for Format {
    fn from(format: ShoesFormat) -> Self {
        match format {
            ShoesFormat::Text => Self::Text,
            ShoesFormat::Csv => Self::Csv,
            ShoesFormat::Json => Self::Json,
        }
    }
}

impl From<NextFormat> for Format {
    fn from(format: NextFormat) -> Self {
        match format {
            NextFormat::Text => Self::Text,
            NextFormat::Json => Self::Json,
            NextFormat::Ics => Self::Ics,
        }
    }
}

impl From<TableFormat> for Format {
    fn from(format: TableFormat) -> Self {
        match format {
            TableFormat::Table => Self::Text,
            TableFormat::Csv => Self::Csv,
            TableFormat::Json => Self::Json,
            TableFormat::Parquet => Self::Parquet,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
