//! `treadlight shoes add|retire|assign|set|rule|rename|import`: what was typed becomes an edit of the settings.

use std::path::PathBuf;

use chrono::{NaiveDate, Weekday};
use clap::{Args, Subcommand, ValueEnum, builder::TypedValueParser};

use crate::{
    commands::{Command, Options, ShoesEdit, WhichRun},
    settings::{
        ShoeFit, ShoeRule,
        edit::shoes::NewPair,
        shoe_fit::COMFORT,
        shoe_rules::{FilePattern, sport, sub_sport},
    },
    units::{Distance, DistanceRange, UnitSystem},
    warning::ShoeKind,
};

#[derive(Subcommand)]
pub(super) enum CliShoes {
    /// Add a pair to your settings
    Add {
        /// Its name, such as "Pegasus 40"
        #[arg(value_parser = parse_name)]
        name: String,
        /// The first day you wore it
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: Option<NaiveDate>,
        /// Run in it before your first file, such as 35km
        #[arg(long, value_name = "DISTANCE")]
        prior: Option<Distance>,
        /// When to think of a new pair, such as 300mi..500mi (the default; racing: 100mi..250mi)
        #[arg(long, value_name = "FROM..TO", value_parser = parse_window)]
        window: Option<[Distance; 2]>,
        /// What it is for
        #[arg(long, value_enum)]
        kind: Option<CliKind>,
        /// Every run without another pair counts for it
        #[arg(long)]
        default: bool,
        #[command(flatten)]
        fit: FitArgs,
        #[command(flatten)]
        edit: EditArgs,
    },
    /// Set the last day of a pair: it gains nothing after
    Retire {
        /// The pair
        name: String,
        /// Its last day (default: today)
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<NaiveDate>,
        #[command(flatten)]
        edit: EditArgs,
    },
    /// Say which pair you wore on one run
    Assign {
        /// The run: its id (`treadlight runs` shows it), its date, or `last`
        run: String,
        /// The pair
        name: String,
        /// All runs of the date, where there are several
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        edit: EditArgs,
    },
    /// Say how a pair fits: it is shown with the pair, and nothing is computed from it
    Set {
        /// The pair
        name: String,
        #[command(flatten)]
        fit: FitArgs,
        #[command(flatten)]
        edit: EditArgs,
    },
    /// For every run in no pair, newest first: which pair was it? One key an answer
    ///
    /// Up to three pairs are suggested, each with its reason from your own past. Without a terminal, or with `--dry-run`, it
    /// prints the commands that would say the same.
    Ask {
        #[command(flatten)]
        edit: EditArgs,
    },
    /// Say which runs count for a pair; the first rule that fits decides
    #[command(override_usage = "treadlight shoes rule <NAME> <FILTER>... [OPTIONS]")]
    Rule {
        /// The pair
        name: String,
        #[command(flatten)]
        edit: EditArgs,
        #[command(flatten)]
        filters: Filters,
    },
    /// Give a pair another name, wherever your settings name it
    Rename {
        /// The pair
        name: String,
        /// Its new name
        #[arg(value_parser = parse_name)]
        new_name: String,
        #[command(flatten)]
        edit: EditArgs,
    },
    /// Add the pairs that a Strava or Garmin export names, each once
    Import {
        /// Folders with the export
        #[arg(value_name = "FOLDER", required = true)]
        folders: Vec<PathBuf>,
        #[command(flatten)]
        place: Place,
    },
}

/// How a pair fits, in the runner's own words.
#[derive(Args)]
pub(super) struct FitArgs {
    /// Whatever you want to remember of it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// How comfortable it was when you bought it, from 1 (poor) to 5 (best)
    #[arg(long, value_name = "1-5", value_parser = comfort())]
    comfort: Option<u8>,
    /// How comfortable it is now
    #[arg(long, value_name = "1-5", value_parser = comfort())]
    comfort_now: Option<u8>,
    /// How much higher the heel stands than the toe, as its maker says
    #[arg(long, value_name = "MM", allow_negative_numbers = true)]
    drop_mm: Option<f64>,
    /// How much sole lies below the heel, as its maker says
    #[arg(long, value_name = "MM")]
    stack_mm: Option<f64>,
}

impl From<FitArgs> for ShoeFit {
    fn from(said: FitArgs) -> Self {
        let FitArgs { note, comfort, comfort_now, drop_mm, stack_mm } = said;
        Self { note, comfort_at_purchase: comfort, comfort_now, drop_mm, stack_mm }
    }
}

fn comfort() -> impl TypedValueParser<Value = u8> {
    clap::value_parser!(u8).range(i64::from(*COMFORT.start())..=i64::from(*COMFORT.end()))
}

/// Which runs a rule fits: all of what is named.
#[derive(Args)]
#[group(required = true, multiple = true)]
#[command(next_help_heading = "Filters, of which a run has to pass all")]
pub(super) struct Filters {
    /// The sport; shoes gain runs only
    #[arg(long, value_name = "SPORT")]
    sport: Option<String>,
    /// The finer kind: trail, treadmill, track
    #[arg(long, value_name = "KIND")]
    sub_sport: Option<String>,
    /// Days of the week, such as saturday,sunday
    #[arg(long, value_name = "DAYS", value_delimiter = ',', value_parser = parse_weekday)]
    weekday: Vec<Weekday>,
    /// Distances, both ends included: 8km..12km, ..12km, 20km..
    #[arg(long, value_name = "FROM..TO")]
    distance: Option<DistanceRange>,
    /// Files: a folder such as treadmill/, or a pattern such as "*race*.fit"
    #[arg(long, value_name = "PATTERN", value_parser = parse_pattern)]
    file: Option<FilePattern>,
    /// From this day on
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<NaiveDate>,
    /// Up to and including this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<NaiveDate>,
}

/// What every edit takes.
#[derive(Args)]
pub(super) struct EditArgs {
    /// A folder with your exports, for `--dry-run` and to find runs (default: `folders` in the settings)
    #[arg(long = "folder", value_name = "FOLDER")]
    folders: Vec<PathBuf>,
    #[command(flatten)]
    place: Place,
}

/// Where it is written, and how it is shown.
#[derive(Args)]
pub(super) struct Place {
    /// Edit these settings instead of FOLDER/treadlight.toml, or the ones in your configuration folder
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Show what would change over your whole history; write nothing
    #[arg(long)]
    dry_run: bool,
    /// As if nothing after this day had been recorded
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<NaiveDate>,
    /// Units to show: km or mi
    #[arg(long, value_name = "UNITS")]
    units: Option<UnitSystem>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum CliKind {
    Daily,
    Racing,
    Trail,
}

impl From<CliShoes> for Command {
    fn from(command: CliShoes) -> Self {
        let (edit, (options, dry_run)) = match command {
            CliShoes::Add { name, from, prior, window, kind, default, fit, edit } => {
                let kind = kind.map(ShoeKind::from);
                let (prior_distance, gear) = (prior, Vec::new());
                let pair =
                    NewPair { name, from, prior_distance, window, kind, default, gear, fit: fit.into() };
                (ShoesEdit::Add(pair), edit.into_options())
            }
            CliShoes::Retire { name, on, edit } => (ShoesEdit::Retire { name, on }, edit.into_options()),
            CliShoes::Assign { run, name, all, edit } => {
                (ShoesEdit::Assign { run: WhichRun { which: run, all }, name }, edit.into_options())
            }
            CliShoes::Set { name, fit, edit } => {
                (ShoesEdit::Set { name, fit: fit.into() }, edit.into_options())
            }
            CliShoes::Rule { name, filters, edit } => {
                (ShoesEdit::Rule(filters.into_rule(name)), edit.into_options())
            }
            CliShoes::Ask { edit } => (ShoesEdit::Ask, edit.into_options()),
            CliShoes::Rename { name, new_name, edit } => {
                (ShoesEdit::Rename { old: name, new: new_name }, edit.into_options())
            }
            CliShoes::Import { folders, place } => {
                (ShoesEdit::Import, EditArgs { folders, place }.into_options())
            }
        };
        Self::EditShoes { edit: Box::new(edit), options, dry_run }
    }
}

impl EditArgs {
    pub(super) fn into_options(self) -> (Options, bool) {
        let Place { config, dry_run, as_of, units } = self.place;
        (Options { folders: self.folders, config, as_of, units, ..Options::default() }, dry_run)
    }
}

impl Filters {
    fn into_rule(mut self, shoe: String) -> ShoeRule {
        self.weekday.sort_by_key(Weekday::num_days_from_monday);
        self.weekday.dedup();
        ShoeRule {
            shoe,
            sport: self.sport.as_deref().map(sport),
            sub_sport: self.sub_sport.as_deref().map(sub_sport),
            weekdays: self.weekday,
            distance: self.distance,
            file: self.file,
            from: self.from,
            until: self.until,
        }
    }
}

impl From<CliKind> for ShoeKind {
    fn from(kind: CliKind) -> Self {
        match kind {
            CliKind::Daily => Self::Daily,
            CliKind::Racing => Self::Racing,
            CliKind::Trail => Self::Trail,
        }
    }
}

fn parse_name(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() { Err("a pair of shoes needs a name".to_owned()) } else { Ok(name.to_owned()) }
}

fn parse_window(text: &str) -> Result<[Distance; 2], String> {
    let range: DistanceRange =
        text.parse().map_err(|error: crate::units::DistanceRangeError| error.to_string())?;
    match (range.from, range.to) {
        (Some(start), Some(end)) => Ok([start, end]),
        _ => Err(format!("`{text}` has one end only: write it like `300mi..500mi`")),
    }
}

fn parse_weekday(text: &str) -> Result<Weekday, String> {
    text.trim().parse().map_err(|_| "write days like `saturday,sunday`".to_owned())
}

fn parse_pattern(text: &str) -> Result<FilePattern, String> {
    FilePattern::new(text).map_err(|error| error.msg.to_owned())
}
