//! The sheet for a clinician: one page, what the runner and the watch wrote down, nothing interpreted.
//!
//! Source: EVIDENCE-KNEE 7.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};

use super::strip::{self, WEEKS, Week};
use crate::{
    dates,
    knee::{
        Knee,
        fold::{Limit, State},
        place::Placed,
        sign::Sign,
    },
    report::{
        page::{Block, Column, Page, Row, Section, Table},
        words::knee::{self as words, fixed},
    },
    units::UnitSystem,
};

/// What the sheet says beside the diary.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// The runner's name, if it is set.
    pub name: Option<String>,
    /// What the load's rules said in the 30 days before the first pain, a line each.
    pub before: Vec<String>,
    /// Pairs.
    pub shoes: Vec<Pair>,
    /// The cadence before and since the first pain.
    pub cadence: Option<CadenceAround>,
    /// Descent of each week in metres, the newest first, where known.
    pub descent_m: Vec<Option<f64>>,
    /// Days of each week with strength or mobility training, in the diary or in files, the newest first.
    pub strength_days: Vec<usize>,
}

/// Steps a minute at one easy speed, each with its number of runs.
#[derive(Clone, Debug)]
pub struct CadenceAround {
    /// The speed, as pace.
    pub pace: String,
    /// Before the first pain.
    pub before: (f64, usize),
    /// Since then.
    pub since: (f64, usize),
}

/// A pair of shoes that is in use.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Its name.
    pub name: String,
    /// Its distance in metres.
    pub distance_m: i64,
    /// Its first day.
    pub from: Option<NaiveDate>,
    /// What the runner says of its fit.
    pub fit: Option<String>,
}

/// The sheet.
#[must_use]
pub fn sheet(knee: &Knee, limit: &Limit, beside: &Beside, units: UnitSystem, first: Weekday) -> Page {
    let mut top = vec![Block::plain(format!(
        "Written by the runner and a watch, not examined. Numbers: {}; before, while running, an hour after, next morning.",
        fixed::SCALE
    ))];
    top.extend(spots(knee, units));
    top.extend(signs_noted(knee));
    let mut sections = vec![
        Section::named(title(knee, beside), top),
        Section::named(
            "Twelve weeks",
            vec![
                Block::Table(weeks(knee, beside, units, first)),
                Block::plain(format!("{}.", words::letters())),
            ],
        ),
    ];
    let mut rest = Vec::new();
    if let Some(CadenceAround { pace, before, since }) = &beside.cadence {
        rest.push(Block::Marked(
            "Cadence at easy speed:",
            format!(
                "{:.0} steps a minute in the 12 weeks before the first pain ({} runs), {:.0} since ({} runs); medians at {pace}.",
                before.0, before.1, since.0, since.1
            ),
        ));
    }
    rest.extend(shoes(beside, units));
    rest.extend(done(beside));
    rest.push(Block::Marked("Limits today:", present_limits(knee, limit, units)));
    if beside.before.is_empty() {
        sections.push(Section::apart(rest));
    } else {
        let before = beside.before.iter().map(Block::plain).collect();
        let title = "What came before (30 days up to the first entry with pain)";
        sections.extend([Section::named(title, before), Section::apart(rest)]);
    }
    sections.push(for_the_clinic());
    Page::of(sections)
}

/// Lines to write on.
fn for_the_clinic() -> Section {
    let lines = ["Diagnosis:", "Distance and pace for now:", "Next visit:"];
    let mut said: Vec<Block> = lines.into_iter().map(|line| Block::Marked(line, "_".repeat(48))).collect();
    said.push(Block::plain(format!(
        "The runner enters it with: `treadlight knee seen [--stage 0-6 | --their-plan]`. {}",
        fixed::NOT_A_DEVICE
    )));
    Section::named("For the clinic", said)
}

fn title(knee: &Knee, beside: &Beside) -> String {
    let name = beside.name.as_ref().map_or_else(String::new, |name| format!(", {name}"));
    let first = dates::days_before(knee.as_of, 7 * WEEKS - 1);
    format!("Knee diary{name}: {}", dates::range(first, knee.as_of))
}

/// Each spot: first entry, worst, usual number while running, where in the run, lights.
fn spots(knee: &Knee, units: UnitSystem) -> Vec<Block> {
    let mut spots: BTreeMap<(crate::knee::spot::Spot, Option<crate::knee::spot::Side>), Vec<&Placed>> =
        BTreeMap::new();
    for row in knee.diary.rows.iter().filter(|row| row.seen.is_none()) {
        spots.entry((row.spot, row.side)).or_default().push(row);
    }
    spots
        .into_iter()
        .map(|((spot, side), rows)| {
            let first = rows.first().map_or_else(String::new, |row| dates::long(row.date));
            let worst = rows.iter().filter_map(|row| row.readings.largest()).max();
            let mut during: Vec<u8> = rows.iter().filter_map(|row| row.readings.during).collect();
            during.sort_unstable();
            let usual = during.get(during.len().saturating_sub(1) / 2);
            let from: Vec<i64> = rows.iter().filter_map(|row| row.entry.from_m).collect();
            let from = from.iter().min().zip(from.iter().max()).map_or_else(String::new, |(low, high)| {
                let to = if low == high { String::new() } else { format!(" to {}", units.number(*high)) };
                format!("; began at {}{to} {}", units.number(*low), units.symbol())
            });
            let number = |n: Option<u8>| n.map_or_else(|| "–".to_owned(), |n| n.to_string());
            Block::Marked(
                "Where:",
                format!(
                    "{}. First entry {first}; {} entries; worst {}, usually {} while running{from}. Lights: {}.",
                    spot.with_side(side),
                    rows.len(),
                    number(worst),
                    number(usual.copied()),
                    words::counts(|light| rows.iter().filter(|row| row.light == Some(light)).count()),
                ),
            )
        })
        .collect()
}

fn signs_noted(knee: &Knee) -> Vec<Block> {
    let mut noted: BTreeMap<Sign, Vec<NaiveDate>> = BTreeMap::new();
    let mut painkiller = Vec::new();
    for row in &knee.diary.rows {
        row.signs.iter().for_each(|sign| noted.entry(*sign).or_default().push(row.date));
        if row.painkiller {
            painkiller.push(row.date);
        }
    }
    let days = |days: &[NaiveDate]| days.iter().map(|day| dates::short(*day)).collect::<Vec<_>>().join(", ");
    let signs: Vec<String> =
        noted.iter().map(|(sign, on)| format!("{} ({})", sign.question(), days(on))).collect();
    let signs = if signs.is_empty() { "none noted".to_owned() } else { signs.join("; ") };
    let mut parts = vec![Block::Marked("Signs:", format!("{signs}."))];
    if !painkiller.is_empty() {
        parts.push(Block::Marked("Painkiller:", format!("{}.", days(&painkiller))));
    }
    let seen: Vec<String> = knee
        .diary
        .rows
        .iter()
        .filter_map(|row| {
            Some(format!("{} {} {}", dates::short(row.date), row.seen?, row.note).trim().to_owned())
        })
        .collect();
    if !seen.is_empty() {
        parts.push(Block::Marked("Seen before:", format!("{}.", seen.join("; "))));
    }
    parts
}

fn weeks(knee: &Knee, beside: &Beside, units: UnitSystem, first: Weekday) -> Table {
    let has_descent = beside.descent_m.iter().flatten().any(|metres| *metres > 0.0);
    let mut columns = vec![
        Column::left("week", 7, Some(7)),
        Column::right(units.symbol(), 7, Some(6)),
        Column::right("runs", 6, None),
        Column::right("longest", 9, Some(9)),
        Column::right("rest days", 11, None),
    ];
    if has_descent {
        columns.push(Column::right("descent m", 11, None));
    }
    columns.push(Column::left("lights, a day each", 0, Some(0)));
    let row = |(at, week): (usize, Week)| {
        let mut cells = vec![
            dates::short(week.start),
            units.number(week.metres),
            week.runs.to_string(),
            units.number(week.longest_m),
            week.rest_days.to_string(),
        ];
        if has_descent {
            let descent = beside.descent_m.get(at).copied().flatten();
            cells.push(descent.map_or_else(|| "–".to_owned(), |metres| format!("{metres:.0}")));
        }
        cells.push(week.letters(knee.as_of));
        Row { cells, ..Row::default() }
    };
    Table::plain(columns, strip::weeks(knee, first).into_iter().enumerate().map(row).collect())
}

fn shoes(beside: &Beside, units: UnitSystem) -> Vec<Block> {
    let pairs: Vec<String> = beside
        .shoes
        .iter()
        .map(|pair| {
            let since = pair.from.map_or_else(String::new, |from| format!(" since {}", dates::long(from)));
            let fit = pair.fit.as_ref().map_or_else(String::new, |fit| format!(" ({fit})"));
            format!("{}, {}{since}{fit}", pair.name, units.whole(pair.distance_m))
        })
        .collect();
    if pairs.is_empty() {
        Vec::new()
    } else {
        vec![Block::Marked("Shoes:", format!("{}.", pairs.join("; ")))]
    }
}

/// Days with strength or mobility training in the diary and in files; none where there was no such day.
fn done(beside: &Beside) -> Vec<Block> {
    if beside.strength_days.iter().all(|days| *days == 0) {
        return Vec::new();
    }
    let days: Vec<String> = beside.strength_days.iter().rev().map(ToString::to_string).collect();
    vec![Block::Marked(
        "Days with strength or mobility training, a week each, oldest first:",
        format!("{}.", days.join(" ")),
    )]
}

fn present_limits(knee: &Knee, limit: &Limit, units: UnitSystem) -> String {
    match words::action(knee, limit, units) {
        Some(action) => action,
        None if limit.state == State::Clear => "none from the diary.".to_owned(),
        None => "none.".to_owned(),
    }
}
