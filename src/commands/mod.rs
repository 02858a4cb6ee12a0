//! The commands, one file each: a table of contents of its steps. Clock, environment, terminal and files
//! are touched here and nowhere below.

mod ack;
mod browser;
mod cache;
mod check;
mod cohort;
mod completions;
mod days;
mod demo;
mod disk;
mod environment;
mod explain;
mod exports;
mod init;
mod keys;
mod knee;
pub mod load;
mod man;
mod next;
mod notify;
mod output;
mod paths;
mod replay;
mod report;
mod runs;
mod runs_edit;
mod said;
mod schedule;
mod settings_file;
mod shoes;
mod start;
mod table_file;
mod text_file;
mod triage;
mod watch;
mod weeks;
mod which_run;

use std::{path::PathBuf, process::ExitCode};

use chrono::NaiveDate;

pub use crate::report::charts::PictureScale;
pub use ack::Ack;
pub use cache::CacheAction;
pub use check::{Check, Notify};
pub use cohort::{CohortAction, Request as CohortRequest, Shard};
pub use exports::list as exports_list;
pub use knee::{Entry as KneeEntry, KneeAction, SheetFormat};
pub use man::ManPage;
pub use report::Report;
pub use runs::RunList;
pub use runs_edit::RunsEdit;
pub use schedule::{Every, Schedule, SystemName};
pub use shoes::ShoesEdit;
pub use triage::TriageOf;
pub use which_run::WhichRun;

use crate::units::{Distance, UnitSystem};

/// What every command that imports takes, as typed.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Folders to import; empty: those of the settings.
    pub folders: Vec<PathBuf>,
    /// Show whole paths.
    pub with_paths: bool,
    /// Show the rows and notes of the knee diary.
    pub with_diary: bool,
    /// The settings to read.
    pub config: Option<PathBuf>,
    /// The day to report on.
    pub as_of: Option<NaiveDate>,
    /// Neither use nor renew the cache.
    pub no_cache: bool,
    /// Units to show.
    pub units: Option<UnitSystem>,
    /// A skipped file is an error.
    pub strict: bool,
    /// When to use colour.
    pub color: ColorChoice,
    /// Write ASCII only.
    pub ascii: bool,
    /// Warnings only.
    pub quiet: bool,
    /// Tell more on stderr.
    pub verbose: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How to print a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// Comma-separated, with a header.
    Csv,
    /// Stable field names.
    Json,
    /// For mail and notes.
    Markdown,
    /// Typed columns, in a file.
    Parquet,
    /// For calendars.
    Ics,
}

/// How many weeks the charts show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// The newest so many.
    Weeks(usize),
    /// The whole history.
    All,
}

/// A command with everything it needs.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the command line documents them")]
pub enum Command {
    Report { options: Options, report: Report },
    Check { options: Options, check: Check },
    Next { options: Options, distance: Option<Distance>, plan: Option<PathBuf>, format: Format },
    Runs { options: Options, format: Format, output: Option<PathBuf>, list: RunList },
    Weeks { options: Options, format: Format, output: Option<PathBuf> },
    Days { options: Options, format: Format, output: Option<PathBuf> },
    Shoes { options: Options, format: Format },
    EditShoes { edit: Box<ShoesEdit>, options: Options, dry_run: bool },
    EditRuns { edit: Box<RunsEdit>, options: Options, dry_run: bool },
    Knee { action: KneeAction, options: Options },
    Explain { options: Options, paths: Vec<PathBuf> },
    Schedule { options: Options, schedule: Schedule },
    Watch { options: Options, poll_s: Option<u64> },
    Triage { of: TriageOf, options: Options, format: Format },
    Replay { options: Options, weeks: u64, injuries: Option<PathBuf> },
    Ack { ack: Ack, options: Options },
    Cache(CacheAction),
    Cohort(Box<CohortAction>),
    Exports,
    Init { folders: Vec<PathBuf>, config: Option<PathBuf>, change: bool },
    Demo { dir: PathBuf, weeks: Option<u32> },
    Completions { script: String },
    Man { pages: Vec<ManPage>, out: Option<PathBuf> },
}

/// What the shell learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// Done.
    Done,
    /// Done, and a warning of level caution or higher is active (only where asked for).
    WarningsActive,
    /// Not done.
    Failed,
    /// Done for some runners; others could not be read.
    SomeFailed,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(match status {
            ExitStatus::Done => 0,
            ExitStatus::WarningsActive => 1,
            ExitStatus::Failed => 2,
            ExitStatus::SomeFailed => 3,
        })
    }
}

/// Runs a command; errors are printed with their causes.
#[must_use]
pub fn run(command: Command) -> ExitStatus {
    match dispatch(command) {
        Ok(status) => status,
        Err(error) if output::is_closed_pipe(&error) => ExitStatus::Done,
        Err(error) => {
            output::print_error(&error);
            ExitStatus::Failed
        }
    }
}

fn dispatch(command: Command) -> anyhow::Result<ExitStatus> {
    match command {
        Command::Report { options, report } => report::run(&options, &report),
        Command::Check { options, check } => check::run(&options, check),
        Command::Next { options, distance, plan, format } => {
            next::run(&options, distance, plan.as_deref(), format)
        }
        Command::Runs { options, format, output, list } => {
            runs::run(&options, format, output.as_deref(), list)
        }
        Command::Weeks { options, format, output } => weeks::run(&options, format, output.as_deref()),
        Command::Days { options, format, output } => days::run(&options, format, output.as_deref()),
        Command::Shoes { options, format } => shoes::run(&options, format),
        Command::EditShoes { edit, options, dry_run } => shoes::edit(*edit, &options, dry_run),
        Command::EditRuns { edit, options, dry_run } => runs_edit::run(*edit, &options, dry_run),
        Command::Knee { action, options } => knee::run(action, &options),
        Command::Explain { options, paths } => explain::run(&options, paths),
        Command::Triage { of, options, format } => triage::run(&of, &options, format),
        Command::Schedule { options, schedule } => schedule::run(&options, &schedule),
        Command::Watch { options, poll_s } => watch::run(&options, poll_s),
        Command::Replay { options, weeks, injuries } => replay::run(&options, weeks, injuries.as_deref()),
        Command::Ack { ack, options } => ack::run(ack, &options),
        Command::Cache(action) => cache::run(action),
        Command::Cohort(action) => cohort::run(*action),
        Command::Init { folders, config, change } => init::run(&folders, config, change),
        Command::Demo { dir, weeks } => demo::run(&dir, weeks),
        Command::Exports => exports::run(),
        Command::Completions { script } => completions::run(&script),
        Command::Man { pages, out } => man::run(pages, out.as_deref()),
    }
}
