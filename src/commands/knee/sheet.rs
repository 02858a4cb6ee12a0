//! `treadlight knee sheet`: one page for a clinician.

use std::{collections::BTreeSet, path::Path};

use anyhow::{Context, Result};
use chrono::{NaiveDate, Weekday};

use super::{
    super::{ExitStatus, Options, load::Loaded, output},
    SheetFormat, load_knee,
};
use crate::{
    analysis::{beside::change, shoes::Shoe},
    dates,
    knee::{Knee, light::Light},
    report::{
        render::{Layout, html, markdown, text},
        sections::knee::{
            self as section,
            sheet::{self, Beside, CadenceAround, Pair},
            strip::WEEKS,
        },
        words,
    },
};

/// Days before the first pain that are shown.
const BEFORE_DAYS: u64 = 30;
/// The cadence is that of a longer time: a month may have few runs at one speed.
const CADENCE_BEFORE_DAYS: u64 = 84;

pub(super) fn run(
    out: Option<&Path>,
    format: SheetFormat,
    name: Option<String>,
    options: &Options,
) -> Result<ExitStatus> {
    let loaded = load_knee(options)?;
    let knee = loaded.analysis.knee_limit();
    let page = match knee {
        None => section::no_entry(),
        Some((knee, limit)) => {
            let beside = beside(&loaded, knee, name);
            sheet::sheet(knee, &limit, &beside, loaded.units(), loaded.settings.week_start)
        }
    };
    let text = match format {
        // the sheet is a document: as wide as paper, whatever the terminal is
        SheetFormat::Text => text::text(&page, Layout::OF_FILES),
        SheetFormat::Markdown => markdown::markdown(&page),
        SheetFormat::Html => html::paper(&page, "Knee diary").context("cannot write the sheet")?,
    };
    output::print_or_write(&text, options.color, out)?;
    if let Some(out) = out {
        output::notice(&format!("wrote {}", out.display()));
    }
    Ok(ExitStatus::Done)
}

fn beside(loaded: &Loaded, knee: &Knee, name: Option<String>) -> Beside {
    let first_pain = knee.diary.rows.iter().find(|row| row.light.is_some_and(|light| light > Light::Wait));
    let first_pain = first_pain.map_or(knee.as_of, |row| row.date);
    let since = dates::days_before(first_pain, BEFORE_DAYS);
    let raised = loaded.analysis.warnings.iter();
    let raised = raised.filter(|warning| (since..=first_pain).contains(&warning.date));
    let mut before: Vec<String> = raised.map(|warning| warning.in_short(knee.as_of)).collect();
    let changes = change::changes(&loaded.import.runs, first_pain);
    before.extend(changes.iter().map(|change| words::beside::surface_change(change, loaded.units())));
    let pairs = loaded.analysis.shoes.pairs.iter().filter(|pair| pair.settings.retired.is_none());
    let pair = |pair: &Shoe| Pair {
        name: pair.settings.name.clone(),
        distance_m: pair.distance_m,
        from: pair.settings.from,
        fit: words::shoe_fit(&pair.settings.fit),
    };
    Beside {
        name,
        before,
        shoes: pairs.map(pair).collect(),
        cadence: cadence(loaded, first_pain),
        descent_m: descent(loaded, knee.as_of, loaded.settings.week_start),
        strength_days: strength_days(loaded, knee),
    }
}

/// Descent of the last weeks, the newest first.
fn descent(loaded: &Loaded, as_of: NaiveDate, first: Weekday) -> Vec<Option<f64>> {
    let this_week = dates::week_start(as_of, first);
    (0..WEEKS)
        .map(|back| {
            let start = dates::days_before(this_week, 7 * back);
            let week = start..dates::days_after(start, 7);
            let runs = loaded.import.runs.iter().filter(|run| week.contains(&run.local_date()));
            let metres: Vec<f64> = runs.filter_map(|run| run.descent_m).collect();
            (!metres.is_empty()).then(|| metres.iter().sum())
        })
        .collect()
}

/// Days with strength or mobility training of the last weeks, the newest first.
fn strength_days(loaded: &Loaded, knee: &Knee) -> Vec<usize> {
    let this_week = dates::week_start(knee.as_of, loaded.settings.week_start);
    // the diary may be older than the files
    let of_diary = knee.diary.exercises.iter().map(|(date, _)| *date);
    let of_files = loaded.analysis.beside.days.iter().filter(|day| day.has_strength).map(|day| day.date);
    let days: BTreeSet<NaiveDate> = of_diary.chain(of_files).collect();
    let of_week = |back| {
        let start = dates::days_before(this_week, 7 * back);
        days.range(start..dates::days_after(start, 7)).count()
    };
    (0..WEEKS).map(of_week).collect()
}

/// The cadence at one speed, before and since the first pain; `None` where one of both has too few runs.
fn cadence(loaded: &Loaded, first_pain: NaiveDate) -> Option<CadenceAround> {
    let cadence = &loaded.analysis.cadence;
    let before = (dates::days_before(first_pain, CADENCE_BEFORE_DAYS), dates::days_before(first_pain, 1));
    Some(CadenceAround {
        pace: words::cadence::pace(cadence.band_m_s?, loaded.units()),
        before: cadence.between(before.0, before.1)?,
        since: cadence.between(first_pain, loaded.analysis.as_of)?,
    })
}
