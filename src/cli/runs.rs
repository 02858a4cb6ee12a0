//! `treadlight runs exclude|set|restore`: what was typed becomes an edit of the settings.

use clap::Subcommand;

use super::shoes::EditArgs;
use crate::{
    commands::{Command, RunsEdit, WhichRun},
    settings::edit::runs::RunEdit,
    units::Distance,
};

#[derive(Subcommand)]
pub(super) enum CliRuns {
    /// Leave a run out: it does not count any more
    Exclude {
        /// The run: its id (`treadlight runs` shows it), its date, or `last`
        run: String,
        /// Why, for yourself in a month
        #[arg(long, visible_alias = "because", value_name = "TEXT")]
        note: Option<String>,
        #[command(flatten)]
        edit: EditArgs,
    },
    /// Correct a run: its distance, its sport, whether it was a race
    Set {
        /// The run: its id (`treadlight runs` shows it), its date, or `last`
        run: String,
        /// Its true distance, such as 10.2km
        #[arg(long, value_name = "DISTANCE")]
        distance: Option<Distance>,
        /// Its true sport: running, cycling, walking …
        #[arg(long, value_name = "SPORT")]
        sport: Option<String>,
        /// It was a race (`--race false`: it was none)
        #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
        race: Option<bool>,
        /// Whatever you want to remember
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
        #[command(flatten)]
        edit: EditArgs,
    },
    /// Take back what was said of a run: it counts as its file says; its pair of shoes stays
    Restore {
        /// The run: its id, or its date
        run: String,
        #[command(flatten)]
        edit: EditArgs,
    },
}

impl From<CliRuns> for Command {
    fn from(command: CliRuns) -> Self {
        let one = |which| WhichRun { which, all: false };
        let (edit, (options, dry_run)) = match command {
            CliRuns::Exclude { run, note, edit } => {
                (RunsEdit::Exclude { run: one(run), note }, edit.into_options())
            }
            CliRuns::Set { run, distance, sport, race, note, edit } => {
                let said = RunEdit { exclude: None, distance, sport, race, note };
                (RunsEdit::Set { run: one(run), said }, edit.into_options())
            }
            CliRuns::Restore { run, edit } => (RunsEdit::Restore { which: run }, edit.into_options()),
        };
        Self::EditRuns { edit: Box::new(edit), options, dry_run }
    }
}
