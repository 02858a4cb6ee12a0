//! The knee for people: the page of `treadlight knee`, the same in a few lines for reports, exercises, the sheet for a
//! clinician.

pub(super) mod diary;
pub mod exercises;
pub mod sheet;
pub mod strip;

use chrono::Weekday;

use super::{Medium, Report};
use crate::{
    analysis::{Analysis, rules::Warning},
    dates,
    knee::{
        Knee,
        fold::{Limit, State},
        place::{About, Placed},
        row::Problem,
    },
    report::{
        page::{Block, Column, Page, Row, Section, Table, Tone},
        words::knee::{self as words, fixed},
    },
    units::UnitSystem,
    warning::{Body, Level},
};

/// Metres of the run that a row is about.
#[must_use]
pub fn metres_of(knee: &Knee, row: &Placed) -> Option<i64> {
    match row.about {
        About::Run(run) => knee.runs.get(run).map(|run| run.metres),
        _ => None,
    }
}

/// No run, or a doctor today: before everything else, as it is no time to read about kilometres.
pub(super) fn first(report: &Report<'_>) -> Option<Section> {
    section(report).filter(|_| stands_first(report.analysis))
}

/// Whether the knee stands above all that is said of load.
#[must_use]
pub fn stands_first(analysis: &Analysis) -> bool {
    analysis.limits.body == Some(Body::NoRun) || analysis.knee_level() == Some(Level::Warning)
}

/// KNEE: where it stands, and the signs; or once that nothing is known of it.
pub(super) fn in_report(report: &Report<'_>) -> Option<Section> {
    if report.analysis.knee.is_none() {
        let is_said = report.medium != Medium::Quiet;
        return is_said.then(|| Section::joined(vec![Block::text(Tone::Aside, fixed::NO_ENTRY)]));
    }
    section(report).filter(|_| !stands_first(report.analysis))
}

fn section(report: &Report<'_>) -> Option<Section> {
    let (knee, limit) = report.analysis.knee_limit()?;
    // a notice of a cron job that says nothing of load says nothing of a quiet knee either
    let is_loud = report.analysis.knee_level().is_some_and(|level| level >= Level::Caution);
    if report.medium == Medium::Quiet && !is_loud {
        return None;
    }
    let mut said = state(knee, &limit, report.units);
    said.extend(before(report.analysis));
    said.extend(signs());
    Some(Section::titled("Knee", said))
}

/// Load warnings of the 14 days before the entry that holds the state: beside the pain, never as its reason.
#[must_use]
pub fn before(analysis: &Analysis) -> Option<Block> {
    let (knee, limit) = analysis.knee_limit()?;
    let row = knee.cause(&limit).filter(|_| !matches!(limit.state, State::Clear | State::Stop))?;
    let days = dates::days_before(row.date, DAYS_BEFORE)..row.date;
    let is_before = |warning: &&Warning| {
        warning.rule.is_load() && warning.level > Level::Info && days.contains(&warning.date)
    };
    let named = analysis.warnings.iter().filter(is_before).map(|warning| warning.in_short(knee.as_of));
    words::before(&named.collect::<Vec<_>>()).map(Block::plain)
}

/// Days before an entry whose load warnings are named beside it.
const DAYS_BEFORE: u64 = 14;

/// KNEE beside the limits of `treadlight next`, while the diary holds any.
#[must_use]
pub fn beside_limits(analysis: &Analysis, units: UnitSystem) -> Option<Section> {
    let (knee, limit) = analysis.knee_limit()?;
    if limit.state == State::Clear && knee.see().is_none() && knee.unread().is_none() {
        return None;
    }
    let mut said = state(knee, &limit, units);
    said.extend(signs());
    Some(Section::titled("Knee", said))
}

/// State, cause, limit, who should look at it, what is missing.
#[must_use]
pub fn state(knee: &Knee, limit: &Limit, units: UnitSystem) -> Vec<Block> {
    let mut parts = Vec::new();
    if limit.state == State::Stop {
        parts.push(Block::plain(format!("You noted: {}.", words::stopped_by(knee))));
    } else if let Some(row) = knee.cause(limit).filter(|_| limit.state != State::Clear) {
        parts.push(Block::plain(words::row(row, metres_of(knee, row), units)));
    }
    parts.extend(words::action(knee, limit, units).map(|action| Block::text(Tone::Action, action)));
    // a stop has said who should look at it
    if limit.state != State::Stop {
        parts.extend(words::see(knee).map(Block::plain));
    }
    parts.extend(words::ended(knee, limit).map(Block::plain));
    if limit.state == State::Clear && parts.is_empty() {
        let newest = knee.newest();
        parts.extend(newest.map(|row| Block::plain(words::row(row, metres_of(knee, row), units))));
        parts.push(Block::plain("No limit from your diary today."));
    }
    parts.extend(words::missing(knee).into_iter().map(Block::plain));
    parts.extend(words::silent(knee).map(Block::plain));
    parts.extend(problems(knee, limit));
    parts
}

/// What could not be read, of the last 28 days: here too, as nobody reads stderr of a mail.
fn problems(knee: &Knee, limit: &Limit) -> Vec<Block> {
    const SHOWN: usize = 5;
    // where a file decides, the limit has said so
    let is_new = |problem: &&Problem| !problem.is_file || words::unread(knee, limit).is_none();
    let all: Vec<String> = knee.recent_problems().filter(is_new).map(ToString::to_string).collect();
    let more = all.len().saturating_sub(SHOWN);
    let mut parts: Vec<Block> =
        all.into_iter().take(SHOWN).map(|problem| Block::Marked("To mend:", problem)).collect();
    if more > 0 {
        parts.push(Block::plain(format!("+{more} more to mend: treadlight knee -v lists them.")));
    }
    parts
}

/// The signs text under every output about pain.
#[must_use]
pub fn signs() -> Vec<Block> {
    fixed::SIGNS.iter().map(|(how_soon, what)| Block::Marked(how_soon, (*what).to_owned())).collect()
}

/// The whole page.
#[must_use]
pub fn page(knee: &Knee, limit: &Limit, units: UnitSystem, first_weekday: Weekday) -> Page {
    let head =
        format!("Knee, {}: {}", dates::relative_to(knee.as_of, knee.as_of), words::stands(knee, limit));
    let mut sections = vec![
        Section::titled(head, state(knee, limit, units)),
        Section::titled("Lights", lights(knee, limit, units, first_weekday)),
    ];
    if let Some((spot, _)) = limit.of {
        let why = [fixed::why(spot), fixed::COURSE].into_iter().chain(fixed::of_spot(spot));
        sections.push(Section::titled("Why", why.map(Block::plain).collect()));
    }
    sections.push(signs_section());
    Page::of(sections)
}

/// The page where there is no diary yet.
#[must_use]
pub fn no_entry() -> Page {
    let mut said = vec![Block::plain(format!("{} Begin with: `treadlight knee log`", fixed::NO_ENTRY))];
    said.extend(signs());
    Page::of(vec![Section::joined(said)])
}

/// The signs under their title, and for what all of this is not made.
#[must_use]
pub fn signs_section() -> Section {
    let mut said = signs();
    said.push(Block::plain(fixed::NOT_A_DEVICE));
    Section::titled("Signs", said)
}

/// The strip, what its letters mean, the trend, exercises.
fn lights(knee: &Knee, limit: &Limit, units: UnitSystem, first_weekday: Weekday) -> Vec<Block> {
    let mut said = vec![Block::Table(strip_table(knee, units, first_weekday))];
    said.push(Block::plain(format!(
        "{}; a day shows its worst entry. Twelve weeks: {}.",
        words::letters(),
        words::counts(|light| knee.count(light))
    )));
    said.extend(words::trend(knee, limit).map(Block::plain));
    if knee.newest().is_some_and(|row| row.painkiller) {
        said.push(Block::plain(fixed::PAINKILLER));
    }
    said.extend(exercises_due(knee, limit));
    said
}

/// The weeks with a letter a day.
fn strip_table(knee: &Knee, units: UnitSystem, first_weekday: Weekday) -> Table {
    let row = |week: strip::Week| Row {
        cells: vec![
            dates::short(week.start),
            units.number(week.metres),
            week.runs.to_string(),
            units.number(week.longest_m),
            week.letters(knee.as_of),
        ],
        ..Row::default()
    };
    let columns = vec![
        Column::left("week", 7, Some(7)),
        Column::right(units.symbol(), 7, Some(6)),
        Column::right("runs", 6, None),
        Column::right("longest", 9, Some(9)),
        Column::left(strip::heading(first_weekday), 0, Some(0)),
    ];
    Table::plain(columns, strip::weeks(knee, first_weekday).into_iter().map(row).collect())
}

fn exercises_due(knee: &Knee, limit: &Limit) -> Vec<Block> {
    let Some((spot, _)) = limit.of else { return Vec::new() };
    match knee.circumstances().exercises(spot, false) {
        Err(why) => vec![Block::plain(words::no_exercise(why))],
        Ok(_) => vec![Block::plain(format!(
            "{} treadlight knee exercises {spot} shows them.",
            words::done_this_week(knee.exercise_days())
        ))],
    }
}
