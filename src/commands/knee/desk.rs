//! What an entry is about: the run, walk or day that was typed, found in the history and the diary.

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;

use super::Entry;
use crate::{
    knee::{
        Knee, place,
        row::Run,
        spot::{Side, Spot},
    },
    units::UnitSystem,
};

/// What a row is written about.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    Run(Run),
    Walk(NaiveDate),
    Day(NaiveDate),
}

impl Target {
    pub(super) fn date(&self) -> NaiveDate {
        match self {
            Self::Run(run) => run.date(),
            Self::Walk(date) | Self::Day(date) => *date,
        }
    }

    pub(super) fn cell(&self) -> String {
        match self {
            Self::Run(run) => run.id.clone(),
            Self::Walk(_) => "walk".to_owned(),
            Self::Day(_) => String::new(),
        }
    }
}

/// The diary and history that entries are checked against.
pub(super) struct Desk<'a> {
    pub(super) runs: Vec<Run>,
    pub(super) knee: Option<&'a Knee>,
    pub(super) as_of: NaiveDate,
    pub(super) units: UnitSystem,
}

impl Desk<'_> {
    /// Spot and side of the newest row.
    pub(super) fn last_spot(&self) -> (Spot, Option<Side>) {
        let rows = self.knee.into_iter().flat_map(|knee| knee.diary.rows.iter().rev());
        let newest = rows.into_iter().find(|row| row.seen.is_none());
        newest.map_or((Spot::Other, None), |row| (row.spot, row.side))
    }

    pub(super) fn runs_of(&self, date: NaiveDate) -> Vec<&Run> {
        self.runs.iter().filter(|run| run.date() == date).collect()
    }
}

/// The run, walk or day that was typed; by itself the last run where numbers of a run are given, else today.
pub(super) fn target(desk: &Desk<'_>, entry: &Entry) -> Result<Target> {
    let of_run = [entry.before, entry.during, entry.after, entry.morning].iter().any(Option::is_some);
    let last =
        || desk.runs.last().cloned().map(Target::Run).context("no run yet: name a date, or use --worst");
    let Some(what) = entry.what.as_deref() else {
        return if entry.walk {
            Ok(Target::Walk(desk.as_of))
        } else if of_run || entry.from_m.is_some() {
            last()
        } else {
            Ok(Target::Day(desk.as_of))
        };
    };
    if what.eq_ignore_ascii_case("last") {
        return last();
    }
    if let Some(run) = place::run_by_id(what, &desk.runs) {
        return Ok(Target::Run(desk.runs[run].clone()));
    }
    if place::start_of(what).is_some() {
        bail!("no run {what} among your files: `treadlight runs` shows their ids");
    }
    let date: NaiveDate = what.parse().ok().with_context(|| {
        format!("`{what}` is no run and no date: write an id, a date such as {}, or `last`", desk.as_of)
    })?;
    if entry.walk {
        return Ok(Target::Walk(date));
    }
    match desk.runs_of(date)[..] {
        _ if !of_run && entry.worst.is_some() => Ok(Target::Day(date)),
        [run] => Ok(Target::Run(run.clone())),
        [] => Ok(Target::Day(date)),
        ref several => {
            let ids: Vec<&str> = several.iter().map(|run| run.id.as_str()).collect();
            bail!("two runs on {date}: which? {}", ids.join(" or "))
        }
    }
}
