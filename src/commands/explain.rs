//! `treadlight explain`: why a file counts as it does; the arithmetic behind a day, a run or a rule.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;

use super::{
    ExitStatus, Options,
    load::{Loaded, load},
    output,
    which_run::{LAST, on_the_day_of},
};
use crate::{
    activity::Activity,
    analysis::rules,
    report::{
        page::Page,
        sections::{
            arithmetic, assignment, cap_arithmetic,
            explain::{Found, explain},
        },
        words,
    },
    settings::nearest,
};

pub(super) fn run(options: &Options, mut paths: Vec<PathBuf>) -> Result<ExitStatus> {
    let what = paths.pop().context("name a file, the id of a run, `last`, a date, a rule or `caps`")?;
    let options = Options { folders: paths, ..options.clone() };
    let loaded = load(&options)?;
    let inside = options.folders.iter().find_map(|folder| what.strip_prefix(folder).ok()).unwrap_or(&what);
    let name = inside.to_string_lossy().replace('\\', "/");
    output::print_page(&explanation(&loaded, &name)?, &options)?;
    Ok(ExitStatus::Done)
}

/// What the limits of `next` are explained by.
const CAPS: &str = "caps";

/// A rule, the caps, a date, a file or a run's id (with the arithmetic of its day), in this order.
fn explanation(loaded: &Loaded, name: &str) -> Result<Page> {
    let (analysis, units) = (&loaded.analysis, loaded.units());
    if let Some(rule) = rules::find(name) {
        return Ok(Page::of(arithmetic::of_rule(analysis, rule, units)));
    }
    let last = loaded.import.runs.last().filter(|_| name == LAST);
    let name = last.map_or(name, |run| run.id.as_str());
    if name == CAPS {
        return Ok(Page::of(cap_arithmetic::of_caps(analysis, units)));
    }
    if let Ok(date) = name.parse::<NaiveDate>() {
        return Ok(Page::of(arithmetic::of_day(analysis, date, units)));
    }
    let runs = &loaded.import.runs;
    let of_run = |run| {
        let cadence = words::cadence::of_run(&analysis.cadence, run, units);
        let shoe = assignment::reason(runs, run, &analysis.shoes, &loaded.settings);
        cadence.map(|cadence| ("cadence", cadence)).into_iter().chain([("shoe", shoe)]).collect()
    };
    let found = Found::find(&loaded.import, name, of_run);
    if found.is_empty() {
        let all: Vec<&Activity> = runs.iter().chain(&loaded.import.others).collect();
        let files: Vec<&str> = loaded.import.names().collect();
        let meant = on_the_day_of(name, &all).map(|run| run.id.as_str());
        let hint = meant.or_else(|| nearest(name, &files)).map_or_else(
            || {
                let ids: Vec<&str> = rules::known().iter().map(|rule| rule.id).collect();
                format!(
                    "`treadlight runs` and `treadlight runs --skipped` list all; rules are {}",
                    ids.join(", ")
                )
            },
            |meant| format!("did you mean `{meant}`?"),
        );
        bail!(
            "`{name}` is no rule, not `caps` or `last`, no date like 2026-03-01, and no file or run that was imported: \
             {hint}"
        );
    }
    let mut sections = explain(&loaded.import, &found, &loaded.settings.athlete, units);
    if let Some((run, _)) = found.activities.iter().find(|(run, _)| run.is_run() && run.id == name) {
        sections.extend(arithmetic::of_day(analysis, run.local_date(), units));
    }
    Ok(Page::of(sections))
}
