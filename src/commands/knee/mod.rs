//! `treadlight knee`: the page, one entry, what a professional said, exercises, the sheet, import and export.

mod ask;
mod desk;
pub(super) mod diary_file;
mod exercises;
mod export;
pub(super) mod gather;
mod import;
mod log;
mod seen;
mod sheet;

use std::{mem::ManuallyDrop, path::PathBuf};

use anyhow::Result;
use chrono::NaiveDate;

use super::{
    ExitStatus, Format, Options,
    load::{Loaded, load},
    output,
};
use crate::{
    knee::{
        sign::Sign,
        spot::{Side, Spot},
    },
    report::{
        page::{Block, Page, Section},
        sections::knee as page,
    },
};

/// What is to be done about the diary.
#[derive(Clone, Debug)]
pub enum KneeAction {
    /// The page.
    Show {
        /// How to print it.
        format: Format,
    },
    /// One row, new or completed.
    Log(Box<Entry>),
    /// A doctor or physio has examined it.
    Seen {
        /// The stage of the ladder to start at.
        stage: Option<u8>,
        /// Their own plan decides.
        their_plan: bool,
        /// The day.
        on: Option<NaiveDate>,
        /// Who, and what they said.
        note: Option<String>,
    },
    /// Exercises for a spot.
    Exercises {
        /// The spot; `None`: that of the diary.
        spot: Option<Spot>,
        /// The whole list of the spot.
        all: bool,
        /// Exercises that were done today.
        done: Vec<String>,
        /// Warm-up, cool-down, ice.
        routines: bool,
    },
    /// The sheet for a clinician.
    Sheet {
        /// Where to write it.
        out: Option<PathBuf>,
        /// As what.
        format: SheetFormat,
        /// The name to put on it.
        name: Option<String>,
    },
    /// Rows from elsewhere.
    Import {
        /// A wellness file, events, or a diary.
        file: PathBuf,
        /// Show what would be added.
        dry_run: bool,
    },
    /// Every row.
    Export {
        /// CSV or JSON.
        format: Format,
        /// Where to write it.
        out: Option<PathBuf>,
    },
}

/// How the sheet is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum SheetFormat {
    Text,
    Markdown,
    Html,
}

/// What was typed of one entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// A run's id, a date, or `last`; empty: the last run, or today.
    pub what: Option<String>,
    /// Where it hurts.
    pub spot: Option<Spot>,
    /// On which side.
    pub side: Option<Side>,
    /// Before the run.
    pub before: Option<u8>,
    /// The worst while running.
    pub during: Option<u8>,
    /// An hour after.
    pub after: Option<u8>,
    /// The next morning.
    pub morning: Option<u8>,
    /// The worst of a day.
    pub worst: Option<u8>,
    /// Where in the run it began, in metres.
    pub from_m: Option<i64>,
    /// Signs.
    pub signs: Vec<Sign>,
    /// A painkiller.
    pub painkiller: bool,
    /// A planned walk.
    pub walk: bool,
    /// The runner's words.
    pub note: Option<String>,
}

impl Entry {
    /// Whether nothing was typed that could be written.
    pub(super) fn says_nothing(&self) -> bool {
        *self == Self { what: self.what.clone(), spot: self.spot, side: self.side, ..Self::default() }
    }
}

pub(super) fn run(action: KneeAction, options: &Options) -> Result<ExitStatus> {
    match action {
        KneeAction::Show { format } => show(options, format),
        KneeAction::Log(entry) => log::run(*entry, options),
        KneeAction::Seen { stage, their_plan, on, note } => seen::run(stage, their_plan, on, note, options),
        KneeAction::Exercises { spot, all, done, routines } => {
            exercises::run(spot, all, &done, routines, options)
        }
        KneeAction::Sheet { out, format, name } => sheet::run(out.as_deref(), format, name, options),
        KneeAction::Import { file, dry_run } => import::run(&file, dry_run, options),
        KneeAction::Export { format, out } => export::run(format, out.as_deref(), options),
    }
}

/// The history with its diary, its notices told.
fn load_knee(options: &Options) -> Result<ManuallyDrop<Loaded>> {
    let loaded = load(options)?;
    loaded.tell_about_files(options);
    Ok(loaded)
}

fn show(options: &Options, format: Format) -> Result<ExitStatus> {
    let loaded = load_knee(options)?;
    let knee = loaded.analysis.knee_limit();
    if format == Format::Json {
        let document = crate::report::machine::knee::document(loaded.knee(), loaded.analysis.load_limits);
        output::print(&output::pretty_json(&document)?, options.color)?;
        return Ok(loaded.status(options));
    }
    let page = match knee {
        Some((knee, limit)) => {
            let mut shown = page::page(knee, &limit, loaded.units(), loaded.settings.week_start);
            let state = shown.sections.first_mut();
            state.into_iter().for_each(|state| state.blocks.extend(page::before(&loaded.analysis)));
            shown
        }
        None => page::no_entry(),
    };
    output::print_page(&page, options)?;
    Ok(loaded.status(options))
}

/// What was written, and what the diary says now; `first` stands above it.
fn answer(first: Vec<Block>, path: &std::path::Path, options: &Options) -> Result<ExitStatus> {
    let loaded = load_knee(&Options { quiet: true, ..options.clone() })?;
    let knee = loaded.analysis.knee_limit();
    let mut said = vec![Block::plain(format!("written to {}", path.display()))];
    if let Some((knee, limit)) = knee {
        said.extend(page::state(knee, &limit, loaded.units()));
        said.extend(page::signs());
    }
    output::print_page(&Page::of(vec![Section::joined(first), Section::joined(said)]), options)?;
    Ok(ExitStatus::Done)
}
