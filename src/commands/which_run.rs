//! Which run was meant: by its id, by its date, or as `last`.
//!
//! Of several runs on a date none is guessed: their ids are listed. An id that is not there suggests one of its own day.

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;

use crate::{activity::Activity, dates, settings::nearest};

/// What was typed for the run.
#[derive(Clone, Debug)]
pub struct WhichRun {
    /// An id, a date, or `last`.
    pub which: String,
    /// All runs of the date.
    pub all: bool,
}

/// The word for the newest run.
pub(super) const LAST: &str = "last";

impl WhichRun {
    /// The runs that are meant, of activities sorted by start.
    pub(super) fn among<'a>(&self, runs: &[&'a Activity]) -> Result<Vec<&'a Activity>> {
        if self.which == LAST {
            let last = runs.last().copied().context("there is no run yet")?;
            return Ok(vec![last]);
        }
        if let Ok(date) = self.which.parse::<NaiveDate>() {
            return self.of_day(date, runs);
        }
        let named = runs.iter().find(|known| known.id == self.which);
        let named = named.with_context(|| format!("no run `{}`: {}", self.which, hint(&self.which, runs)))?;
        Ok(vec![named])
    }

    fn of_day<'a>(&self, date: NaiveDate, runs: &[&'a Activity]) -> Result<Vec<&'a Activity>> {
        let found: Vec<&Activity> = runs.iter().copied().filter(|run| run.local_date() == date).collect();
        if found.is_empty() {
            bail!("no run on {}: `treadlight runs` lists all", dates::long(date));
        }
        if found.len() > 1 && !self.all {
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
}

/// What to write instead of an id that no run has.
fn hint(which: &str, runs: &[&Activity]) -> String {
    if let Some(run) = on_the_day_of(which, runs) {
        return format!("did you mean `{}`?", run.id);
    }
    if day_of(which).is_some() {
        return "no run starts on that day; `treadlight runs` lists all".to_owned();
    }
    let ids: Vec<&str> = runs.iter().map(|run| run.id.as_str()).collect();
    nearest(which, &ids).map_or_else(
        || "write its id, a date like 2026-03-01, or `last`".to_owned(),
        |id| format!("did you mean `{id}`?"),
    )
}

/// The run of the day of an id, by the nearest start.
pub(super) fn on_the_day_of<'a>(id: &str, runs: &[&'a Activity]) -> Option<&'a Activity> {
    let day = day_of(id)?;
    let minute = |text: &str| -> Option<i64> {
        let (hours, minutes) = text.get(11..16)?.split_once(':')?;
        Some(60 * hours.parse::<i64>().ok()? + minutes.parse::<i64>().ok()?)
    };
    let typed = minute(id).unwrap_or_default();
    let apart = |run: &&&Activity| minute(&run.id).map_or(i64::MAX, |starts| (starts - typed).abs());
    runs.iter().filter(|run| run.local_date() == day).min_by_key(apart).copied()
}

/// The day that an id begins with.
fn day_of(id: &str) -> Option<NaiveDate> {
    id.get(..10)?.parse().ok().filter(|_| id.as_bytes().get(10) == Some(&b'T'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Format, Sport};

    fn run(start: &str) -> Activity {
        let start = chrono::DateTime::parse_from_rfc3339(start).unwrap();
        let id = start.format("%Y-%m-%dT%H:%M").to_string();
        Activity { id, ..Activity::new("a.fit", Format::Fit, Sport::running(), start) }
    }

    fn error(which: &str) -> String {
        let runs = ["2025-01-21T18:04:00Z", "2026-05-21T07:00:00Z", "2026-05-21T18:30:00Z"].map(run);
        let which = WhichRun { which: which.to_owned(), all: false };
        which.among(&runs.iter().collect::<Vec<_>>()).unwrap_err().to_string()
    }

    #[test]
    fn an_id_that_is_not_there_suggests_the_nearest_run_of_its_day_never_one_of_another() {
        assert_eq!(error("2026-05-21T18:04"), "no run `2026-05-21T18:04`: did you mean `2026-05-21T18:30`?");
        assert_eq!(error("2026-05-21T07:01"), "no run `2026-05-21T07:01`: did you mean `2026-05-21T07:00`?");
        let none = "no run starts on that day; `treadlight runs` lists all";
        assert_eq!(error("2026-05-22T18:04"), format!("no run `2026-05-22T18:04`: {none}"));
    }

    #[test]
    fn of_several_runs_on_a_day_none_is_guessed() {
        assert!(
            error("2026-05-21").starts_with("2 runs on 21 May 2026 (2026-05-21T07:00, 2026-05-21T18:30): ")
        );
    }
}
