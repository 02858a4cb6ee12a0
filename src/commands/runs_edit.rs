//! `treadlight runs exclude|set|restore`: the runner's own word on a single run, under `[runs]` in the settings.

use anyhow::{Context, Result, bail};
use chrono::{NaiveDateTime, TimeDelta};

use super::{
    ExitStatus, Options,
    load::Loaded,
    shoes::edit::{Opened, history, open, open_or_make},
    which_run::{LAST, WhichRun},
};
use crate::{
    activity::Activity,
    settings::{
        RunSettings,
        edit::runs::{RunEdit, with_run, without_run},
    },
};

/// An edit of what is said of a run, as typed.
#[derive(Clone, Debug)]
pub enum RunsEdit {
    /// It does not count.
    Exclude {
        /// The run.
        run: WhichRun,
        /// Why, for oneself.
        note: Option<String>,
    },
    /// It counts as said.
    Set {
        /// The run.
        run: WhichRun,
        /// What is said.
        said: RunEdit,
    },
    /// Nothing is said of it any more.
    Restore {
        /// Its id, or a date.
        which: String,
    },
}

/// How far an id may be from the start that the settings name: as far as corrections look.
const NEAR: TimeDelta = TimeDelta::minutes(5);

pub(super) fn run(edit: RunsEdit, options: &Options, dry_run: bool) -> Result<ExitStatus> {
    match edit {
        RunsEdit::Exclude { run, note } => exclude(&run, note, options, dry_run),
        RunsEdit::Set { run, said } => set(&run, &said, options, dry_run),
        RunsEdit::Restore { which } => restore(&which, options, dry_run),
    }
}

fn exclude(run: &WhichRun, note: Option<String>, options: &Options, dry_run: bool) -> Result<ExitStatus> {
    let opened = open_or_make(options)?;
    let id = id_of(run, &opened, options)?;
    let edit = RunEdit { exclude: Some(true), note, ..RunEdit::default() };
    let text = with_run(opened.file.text(), &id, &edit);
    opened.edited(text)?.finish_lines(options, dry_run, &format!("{id} does not count any more"))
}

fn set(run: &WhichRun, said: &RunEdit, options: &Options, dry_run: bool) -> Result<ExitStatus> {
    if said.is_empty() {
        bail!("say what is true of it: `--distance 10.2km`, `--sport running`, `--race`, `--note TEXT`");
    }
    let opened = open_or_make(options)?;
    let id = id_of(run, &opened, options)?;
    let text = with_run(opened.file.text(), &id, said);
    opened.edited(text)?.finish_lines(options, dry_run, &format!("{id} is corrected"))
}

fn restore(which: &str, options: &Options, dry_run: bool) -> Result<ExitStatus> {
    let opened = open(options)?;
    let id = entry(which, &opened)?.id.clone();
    let text = without_run(opened.file.text(), &id);
    opened.edited(text)?.finish_lines(options, dry_run, &format!("{id} counts as its file says again"))
}

/// The id by which the settings speak of a run, or will.
fn id_of(run: &WhichRun, opened: &Opened, options: &Options) -> Result<String> {
    let loaded = history(options, &opened.settings)?.with_context(|| {
        format!("no folder is known in which to look for `{}`: name one with `--folder FOLDER`", run.which)
    })?;
    if let Some(excluded) = opened.settings.runs.iter().find(|entry| entry.exclude && entry.id == run.which) {
        bail!(
            "`{}` is excluded in {}: `treadlight runs restore {}` takes it back",
            excluded.id,
            opened.file.path().display(),
            excluded.id
        );
    }
    let runs = if run.which == LAST { loaded.import.runs.iter().collect() } else { loaded.activities() };
    let chosen = run.among(&runs)?;
    let [chosen] = chosen.as_slice() else { bail!("name one run by its id: `treadlight runs` shows them") };
    Ok(loaded.id_in_settings(chosen))
}

/// The entry of the settings that is meant.
fn entry<'a>(which: &str, opened: &'a Opened) -> Result<&'a RunSettings> {
    let runs = &opened.settings.runs;
    if let Some(named) = runs.iter().find(|entry| entry.id == which) {
        return Ok(named);
    }
    let start = NaiveDateTime::parse_from_str(which, "%Y-%m-%dT%H:%M").ok();
    let is_meant = |entry: &&RunSettings| {
        start.is_some_and(|start| (entry.start - start).abs() <= NEAR)
            || entry.id.starts_with(&format!("{which}T"))
    };
    match runs.iter().filter(is_meant).collect::<Vec<_>>().as_slice() {
        [entry] => Ok(entry),
        [] => {
            let corrected: Vec<&RunSettings> = runs.iter().filter(|entry| entry.is_corrected()).collect();
            bail!(
                "nothing is said of `{which}` in {}; excluded or corrected are: {}",
                opened.file.path().display(),
                listed(&corrected)
            )
        }
        several => bail!("`{which}` may be one of several: {}", listed(several)),
    }
}

/// The newest ids, as many as fit a line.
fn listed(entries: &[&RunSettings]) -> String {
    const SHOWN: usize = 4;
    let newest: Vec<&str> = entries.iter().rev().take(SHOWN).map(|entry| entry.id.as_str()).collect();
    match entries.len() {
        0 => "none".to_owned(),
        n if n > SHOWN => format!("{} and {} more", newest.join(", "), n - SHOWN),
        _ => newest.join(", "),
    }
}

impl Loaded {
    /// Runs and other activities, by start.
    fn activities(&self) -> Vec<&Activity> {
        let mut all: Vec<&Activity> = self.import.runs.iter().chain(&self.import.others).collect();
        all.sort_by_key(|activity| activity.start);
        all
    }
}
