//! `treadlight runs`: what was imported, and what was not, with the reason.

use super::{hours_and_minutes, imported, whole};
use crate::{
    activity::Activity,
    analysis::cadence::Cadence,
    import::Import,
    report::{
        page::{Block, Column, Item, Marks, Page, Row, Section, Table, Tone},
        suspicion::{self, Suspicion},
        words,
    },
    units::UnitSystem,
};

/// Every run, with counts of what did not count.
#[must_use]
pub fn runs(import: &Import, cadence: &Cadence, units: UnitSystem) -> Page {
    let mut sections = vec![Section::joined(imported::head(import))];
    sections.extend(activities("runs", &import.runs, units, false, Some(cadence)));
    let steps = words::cadence::steps_are(cadence, units).map(|text| Block::text(Tone::Aside, text));
    sections.extend(steps.map(|steps| Section::joined(vec![steps])));
    Page::of(sections)
}

/// Everything that did not count, a line each: other sports, duplicates, skipped files with their reasons.
#[must_use]
pub fn skipped(import: &Import, units: UnitSystem) -> Page {
    let mut sections = vec![Section::joined(imported::head(import))];
    sections.extend(activities("other sports", &import.others, units, true, None));
    let duplicates = import.duplicates.iter().map(|d| format!("{}: {}", d.activity.file, d.because));
    sections.extend(reasons("Duplicates", duplicates.collect()));
    let skipped = import.skipped.iter().map(|s| format!("{}: {}", s.file, s.reason));
    sections.extend(reasons("Skipped", skipped.collect()));
    Page::of(sections)
}

/// Runs of which a rule put something right or guessed, newest first, each with the line that corrects it.
#[must_use]
pub fn suspicious(import: &Import, units: UnitSystem) -> Page {
    let found = suspicion::of(&import.runs);
    if found.is_empty() {
        let none = format!("No run of {}: nothing was guessed or put right.", import.runs.len());
        return Page::of(vec![Section::joined(vec![Block::text(Tone::Plain, none)])]);
    }
    let title = format!("Suspicious runs ({} of {})", found.len(), import.runs.len());
    let blocks = |one: Suspicion<'_>| {
        let distance = one.run.distance_m.map_or_else(|| "–".to_owned(), |m| units.number(m.round() as i64));
        let Suspicion { run, reasons, correction } = one;
        let line = format!("{}  {distance} {}  {}: {reasons}", run.id, units.symbol(), run.file);
        // a line of its own: it is to be copied
        [Block::List(vec![Item::line(line)]), Block::text(Tone::Action, correction)]
    };
    let fix = "Where one is wrong, write its line under [runs] in treadlight.toml.";
    let blocks = found.into_iter().flat_map(blocks).chain([Block::text(Tone::Plain, fix)]);
    Page::of(vec![Section::titled(title, blocks.collect())])
}

fn reasons(title: &str, lines: Vec<String>) -> Option<Section> {
    let items: Vec<Item> = lines.into_iter().map(Item::line).collect();
    (!items.is_empty()).then(|| Section::titled(title, vec![Block::List(items)]))
}

fn activities(
    title: &str,
    activities: &[Activity],
    units: UnitSystem,
    with_sport: bool,
    cadence: Option<&Cadence>,
) -> Option<Section> {
    let cadence = cadence.filter(|cadence| cadence.band_m_s.is_some());
    let mut columns = vec![
        Column::left(title, 18, Some(18)),
        Column::right(units.symbol(), 7, Some(7)),
        Column::right("time", 7, Some(7)),
        Column::right("bpm", 5, Some(5)),
    ];
    columns.extend(cadence.map(|_| Column::right("steps", 7, None)));
    columns.push(Column::left("file", 0, Some(0)));
    let rows = activities.iter().enumerate().map(|(position, activity)| {
        let steps = cadence.map(|cadence| whole(cadence.of_run(position)));
        row(activity, units, with_sport, steps)
    });
    let rows = rows.collect();
    let table = Table { columns, rows, has_head: true, marks: Marks::Words, wraps: false, footnote: None };
    (!activities.is_empty()).then(|| Section::titled(title, vec![Block::Table(table)]))
}

fn row(activity: &Activity, units: UnitSystem, with_sport: bool, steps: Option<String>) -> Row {
    let sport = if with_sport { format!("{} · ", activity.sport) } else { String::new() };
    let race = if activity.race { "race · " } else { "" };
    let numbers = [
        activity.id.clone(),
        activity.distance_m.map_or_else(|| "–".to_owned(), |m| units.number(m.round() as i64)),
        hours_and_minutes(activity.moving_time_s),
        whole(activity.average_heart_rate_bpm),
    ];
    let file = format!("{sport}{race}{}", activity.file);
    Row {
        cells: numbers.into_iter().chain(steps).chain([file]).collect(),
        note: None,
        below: activity.notes.iter().map(|note| format!("! {note}")).collect(),
    }
}
