//! `treadlight shoes assign`: the pair of single runs, under `[runs]` in the settings.
//!
//! A run is named by its id, by its date, or as `last`. Of several runs on a date none is guessed: their ids are listed, and
//! `--all` takes them all.

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;

use super::{
    super::{ExitStatus, Options, load::Loaded},
    edit::{history, open},
};
use crate::{
    activity::Activity,
    dates,
    import::judge::corrections::entry_of,
    settings::{ShoeSettings, edit::shoes::with_pair_of_runs, nearest},
};

/// What was typed for the run.
#[derive(Clone, Debug)]
pub struct WhichRun {
    /// An id, a date, or `last`.
    pub which: String,
    /// All runs of the date.
    pub all: bool,
}

pub(super) fn run(run: &WhichRun, name: &str, options: &Options, dry_run: bool) -> Result<ExitStatus> {
    let opened = open(options)?;
    let pair = opened.pair(name)?.clone();
    let loaded = history(options, &opened.settings)?.with_context(|| {
        format!("no folder is known in which to look for `{}`: name one with `--folder FOLDER`", run.which)
    })?;
    let runs = chosen(run, loaded)?;
    runs.iter().try_for_each(|run| refuse_other_days(&pair, run))?;
    let ids: Vec<String> = runs.iter().map(|run| id_in_settings(run, loaded)).collect();
    let did = match runs.as_slice() {
        [run] => {
            format!("the run of {} ({}) counts for {}", dates::long(run.local_date()), run.id, pair.name)
        }
        runs => format!("{} runs of {} count for {}", runs.len(), run.which, pair.name),
    };
    let text = with_pair_of_runs(opened.file.text(), &ids, &pair.name);
    opened.edited(text)?.finish(options, dry_run, Some(loaded), &did)
}

fn chosen<'a>(run: &WhichRun, loaded: &'a Loaded) -> Result<Vec<&'a Activity>> {
    let runs = &loaded.import.runs;
    if run.which == "last" {
        let last = runs.last().context("there is no run yet")?;
        return Ok(vec![last]);
    }
    if let Ok(date) = run.which.parse::<NaiveDate>() {
        return of_day(date, run.all, runs);
    }
    let named = runs.iter().find(|known| known.id == run.which).with_context(|| unknown(&run.which, runs))?;
    Ok(vec![named])
}

fn of_day(date: NaiveDate, all: bool, runs: &[Activity]) -> Result<Vec<&Activity>> {
    let found: Vec<&Activity> = runs.iter().filter(|run| run.local_date() == date).collect();
    if found.is_empty() {
        bail!("no run on {}: `treadlight runs` lists all", dates::long(date));
    }
    if found.len() > 1 && !all {
        let ids: Vec<&str> = found.iter().map(|run| run.id.as_str()).collect();
        bail!(
            "{} runs on {} ({}): name one by its id, or take all with `--all`",
            found.len(),
            dates::long(date),
            ids.join(", ")
        );
    }
    Ok(found)
}

fn unknown(which: &str, runs: &[Activity]) -> String {
    let ids: Vec<&str> = runs.iter().map(|run| run.id.as_str()).collect();
    let hint = nearest(which, &ids).map_or_else(
        || "write its id, a date like 2026-03-01, or `last`".to_owned(),
        |id| format!("did you mean `{id}`?"),
    );
    format!("no run `{which}`: {hint}")
}

/// A pair cannot be worn before it was bought, nor after it was retired.
fn refuse_other_days(pair: &ShoeSettings, run: &Activity) -> Result<()> {
    let (date, name) = (run.local_date(), &pair.name);
    if let Some(from) = pair.from.filter(|from| date < *from) {
        bail!(
            "`{name}` has its first day on {from}, and the run is of {date}: change its `from`, or name another pair"
        );
    }
    if let Some(last) = pair.retired.filter(|last| *last < date) {
        bail!(
            "`{name}` had its last day on {last}, and the run is of {date}: change `retired`, or name another pair"
        );
    }
    Ok(())
}

/// The id by which the settings speak of a run already, else its own.
fn id_in_settings(run: &Activity, loaded: &Loaded) -> String {
    let activities: Vec<Activity> = loaded.import.runs.iter().chain(&loaded.import.others).cloned().collect();
    let position = activities.iter().position(|activity| activity.id == run.id);
    let entry = position.and_then(|position| entry_of(position, &activities, &loaded.settings.runs));
    entry.unwrap_or(&run.id).to_owned()
}
