//! `treadlight knee …`: what was typed becomes an action on the diary.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};

use crate::{
    commands::{Command, Format, KneeAction, KneeEntry, Options, SheetFormat},
    knee::{
        phone,
        sign::Sign,
        spot::{Side, Spot},
    },
    settings::nearest,
    units::Distance,
};

use super::shared::Shared;

#[derive(Subcommand)]
pub(super) enum CliKnee {
    /// One entry, new or completed; without numbers it asks
    Log {
        /// A run's id, a date, or `last` (default: the last run; today with --worst)
        what: Option<String>,
        #[command(flatten)]
        entry: Box<EntryArgs>,
        #[command(flatten)]
        options: KneeOptions,
    },
    /// A doctor or physio has examined it
    Seen {
        /// The stage of the walk and run ladder that they named, 0 to 6
        #[arg(long, value_name = "0-6", value_parser = clap::value_parser!(u8).range(0..=6))]
        stage: Option<u8>,
        /// Their own plan decides: treadlight gives no distance
        #[arg(long, conflicts_with = "stage")]
        their_plan: bool,
        /// The day (default: today)
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<NaiveDate>,
        /// Who examined it, and what they said
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
        #[command(flatten)]
        options: KneeOptions,
    },
    /// Exercises for a spot, at most four
    Exercises {
        /// front, outer, below, above (default: that of your diary)
        #[arg(value_parser = parse_spot)]
        spot: Option<Spot>,
        /// Every exercise of the spot
        #[arg(long)]
        all: bool,
        /// Note exercises as done today, by their ids
        #[arg(long, value_name = "ID", num_args = 1..)]
        done: Vec<String>,
        /// Warm-up, cool-down, ice
        #[arg(long)]
        routines: bool,
        #[command(flatten)]
        options: KneeOptions,
    },
    /// One page for a doctor or physio
    Sheet {
        /// Write to this file
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// How to write it (default: by the ending of FILE)
        #[arg(long, value_name = "FORMAT", value_enum)]
        format: Option<CliSheetFormat>,
        /// A name to put on it; without, it has none
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        #[command(flatten)]
        options: KneeOptions,
    },
    /// Add rows from intervals.icu (wellness, INJURED events) or another diary
    Import {
        /// CSV or JSON
        file: PathBuf,
        /// Show how many would be added
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        options: KneeOptions,
    },
    /// Every entry, as CSV that is a diary again, or as JSON
    Export {
        /// How to write it
        #[arg(long, value_name = "FORMAT", value_enum, default_value_t = CliExportFormat::Csv)]
        format: CliExportFormat,
        /// Write to this file
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        #[command(flatten)]
        options: KneeOptions,
    },
}

/// Folders and the rest of what an import needs.
#[derive(Args)]
pub(super) struct KneeOptions {
    /// A folder with your watch exports (default: `folders` in the settings)
    #[arg(long = "folder", value_name = "FOLDER")]
    folders: Vec<PathBuf>,
    #[command(flatten)]
    shared: Shared,
}

/// What one entry can have.
#[derive(Args)]
pub(super) struct EntryArgs {
    /// Where it hurts: front, below, above, outer, inner, behind, inside, whole, calf, achilles, hip, thigh, shin, foot, other
    #[arg(long, value_parser = parse_spot)]
    spot: Option<Spot>,
    /// left, right or both
    #[arg(long, value_parser = parse_side)]
    side: Option<Side>,
    /// Just before the run, 0 (none) to 10 (the worst you can imagine)
    #[arg(long, value_name = "0-10", value_parser = parse_number, allow_negative_numbers = true)]
    before: Option<u8>,
    /// The worst while running
    #[arg(long, value_name = "0-10", value_parser = parse_number, allow_negative_numbers = true)]
    during: Option<u8>,
    /// An hour after
    #[arg(long, value_name = "0-10", value_parser = parse_number, allow_negative_numbers = true)]
    after: Option<u8>,
    /// The morning after the run
    #[arg(long, value_name = "0-10", value_parser = parse_number, allow_negative_numbers = true)]
    morning: Option<u8>,
    /// The worst of a day without a run
    #[arg(long, value_name = "0-10", value_parser = parse_number, allow_negative_numbers = true)]
    worst: Option<u8>,
    /// Where in the run it began, such as 5km
    #[arg(long, value_name = "DISTANCE")]
    from: Option<Distance>,
    /// Signs such as swelling, limp, locked, gives-way
    #[arg(long = "sign", value_name = "SIGN", num_args = 1.., value_parser = parse_sign)]
    signs: Vec<Sign>,
    /// A painkiller between the day before the run and the morning after
    #[arg(long)]
    painkiller: bool,
    /// A planned walk instead of a run
    #[arg(long)]
    walk: bool,
    /// Your own words
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum CliSheetFormat {
    Text,
    Markdown,
    Html,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum CliExportFormat {
    Csv,
    Json,
}

fn parse_number(text: &str) -> Result<u8, String> {
    phone::scale(text).ok_or_else(|| "write a whole number: 0 none, 10 the worst you can imagine".to_owned())
}

fn parse_spot(text: &str) -> Result<Spot, String> {
    text.parse().map_err(|()| unknown("spot", text, &Spot::codes()))
}

fn parse_side(text: &str) -> Result<Side, String> {
    text.parse().map_err(|()| unknown("side", text, &Side::codes()))
}

fn parse_sign(text: &str) -> Result<Sign, String> {
    text.parse().map_err(|()| unknown("sign", text, &Sign::codes()))
}

fn unknown(what: &str, text: &str, known: &[&str]) -> String {
    nearest(text, known).map_or_else(
        || format!("unknown {what}: known are {}", known.join(", ")),
        |near| format!("unknown {what}: did you mean `{near}`?"),
    )
}

impl From<KneeOptions> for Options {
    fn from(options: KneeOptions) -> Self {
        Self { folders: options.folders, ..options.shared.into() }
    }
}

impl From<CliKnee> for Command {
    fn from(command: CliKnee) -> Self {
        let (action, options) = match command {
            CliKnee::Log { what, entry, options } => {
                (KneeAction::Log(Box::new(KneeEntry { what, ..(*entry).into() })), options)
            }
            CliKnee::Seen { stage, their_plan, on, note, options } => {
                (KneeAction::Seen { stage, their_plan, on, note }, options)
            }
            CliKnee::Exercises { spot, all, done, routines, options } => {
                (KneeAction::Exercises { spot, all, done, routines }, options)
            }
            CliKnee::Sheet { out, format, name, options } => {
                let format = sheet_format(format, out.as_deref());
                (KneeAction::Sheet { out, format, name }, options)
            }
            CliKnee::Import { file, dry_run, options } => (KneeAction::Import { file, dry_run }, options),
            CliKnee::Export { format, out, options } => {
                let format = match format {
                    CliExportFormat::Csv => Format::Csv,
                    CliExportFormat::Json => Format::Json,
                };
                (KneeAction::Export { format, out }, options)
            }
        };
        Self::Knee { action, options: options.into() }
    }
}

fn sheet_format(format: Option<CliSheetFormat>, out: Option<&std::path::Path>) -> SheetFormat {
    let ending =
        out.and_then(std::path::Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    match (format, ending.as_deref()) {
        (Some(CliSheetFormat::Text), _) => SheetFormat::Text,
        (Some(CliSheetFormat::Markdown), _) | (None, Some("md")) => SheetFormat::Markdown,
        (Some(CliSheetFormat::Html), _) | (None, Some("html" | "htm")) => SheetFormat::Html,
        (None, _) => SheetFormat::Text,
    }
}

impl From<EntryArgs> for KneeEntry {
    fn from(entry: EntryArgs) -> Self {
        Self {
            what: None,
            spot: entry.spot,
            side: entry.side,
            before: entry.before,
            during: entry.during,
            after: entry.after,
            morning: entry.morning,
            worst: entry.worst,
            from_m: entry.from.map(|distance| distance.meters),
            signs: entry.signs,
            painkiller: entry.painkiller,
            walk: entry.walk,
            note: entry.note,
        }
    }
}
