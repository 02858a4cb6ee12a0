//! The page of `treadlight knee`, and the same in a few lines for reports.

use chrono::Weekday;

use crate::{
    dates,
    knee::{
        Knee,
        fold::{Limit, State},
        light::Light,
        place::{About, Placed},
    },
    report::{
        knee::strip,
        words::knee::{self as words, fixed},
    },
    units::UnitSystem,
};

/// Columns before the text of a paragraph.
pub const INDENT: usize = 2;

/// What a reader sees, as paragraphs; a renderer wraps them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A heading in capitals.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A paragraph that begins with a word in bold.
    Marked(&'static str, String),
    /// What follows, behind an arrow.
    Action(String),
    /// A row of a table, cells by column.
    Row(Vec<String>),
}

/// Metres of the run that a row is about.
#[must_use]
pub fn metres_of(knee: &Knee, row: &Placed) -> Option<i64> {
    match row.about {
        About::Run(run) => knee.runs.get(run).map(|run| run.metres),
        _ => None,
    }
}

/// State, cause, limit, who should look at it, what is missing: the section of reports.
#[must_use]
pub fn section(knee: &Knee, limit: &Limit, units: UnitSystem) -> Vec<Part> {
    let mut parts = Vec::new();
    if limit.state == State::Stop {
        parts.push(Part::Text(format!("You noted: {}.", words::stopped_by(knee))));
    } else if let Some(row) = knee.cause(limit).filter(|_| limit.state != State::Clear) {
        parts.push(Part::Text(words::row(row, metres_of(knee, row), units)));
    }
    if let Some(action) = words::action(knee, limit, units) {
        parts.push(Part::Action(action));
    }
    // a stop has said who should look at it
    if limit.state != State::Stop {
        parts.extend(words::see(knee).map(Part::Text));
    }
    parts.extend(words::ended(knee, limit).map(Part::Text));
    if limit.state == State::Clear && parts.is_empty() {
        let newest = knee.newest();
        parts.extend(newest.map(|row| Part::Text(words::row(row, metres_of(knee, row), units))));
        parts.push(Part::Text("No limit from your diary today.".to_owned()));
    }
    parts.extend(words::missing(knee).into_iter().map(Part::Text));
    parts.extend(words::silent(knee).map(Part::Text));
    parts.extend(problems(knee));
    parts
}

/// What could not be read, of the last 28 days: here too, as nobody reads stderr of a mail.
fn problems(knee: &Knee) -> Vec<Part> {
    const SHOWN: usize = 5;
    let all: Vec<String> = knee.recent_problems().map(ToString::to_string).collect();
    let more = all.len().saturating_sub(SHOWN);
    let mut parts: Vec<Part> =
        all.into_iter().take(SHOWN).map(|problem| Part::Marked("To mend:", problem)).collect();
    if more > 0 {
        parts.push(Part::Text(format!("+{more} more to mend: treadlight knee -v lists them.")));
    }
    parts
}

/// The signs text under every output about pain.
#[must_use]
pub fn signs() -> Vec<Part> {
    fixed::SIGNS.iter().map(|(how_soon, what)| Part::Marked(how_soon, (*what).to_owned())).collect()
}

/// The whole page.
#[must_use]
pub fn page(knee: &Knee, limit: &Limit, units: UnitSystem, first_weekday: Weekday) -> Vec<Part> {
    let mut parts = vec![Part::Heading(format!(
        "KNEE, {}: {}",
        dates::relative_to(knee.as_of, knee.as_of),
        words::state_name(limit.state)
    ))];
    parts.extend(section(knee, limit, units));
    parts.push(Part::Heading("LIGHTS".to_owned()));
    parts.push(Part::Row(
        ["week", units.symbol(), "runs", "longest", &strip::heading(first_weekday)].map(str::to_owned).into(),
    ));
    for week in strip::weeks(knee, first_weekday) {
        parts.push(Part::Row(vec![
            dates::short(week.start),
            units.number(week.metres),
            week.runs.to_string(),
            units.number(week.longest_m),
            week.letters(knee.as_of),
        ]));
    }
    parts.push(Part::Text(
        "G green, A amber, R red, S stop, W incomplete; a day shows its worst entry. Twelve weeks: "
            .to_owned()
            + &counts(knee),
    ));
    parts.extend(words::trend(knee, limit).map(Part::Text));
    if knee.newest().is_some_and(|row| row.painkiller) {
        parts.push(Part::Text(fixed::PAINKILLER.to_owned()));
    }
    parts.extend(exercises_due(knee, limit));
    if let Some((spot, _)) = limit.of {
        parts.push(Part::Heading("WHY".to_owned()));
        parts.push(Part::Text(fixed::why(spot).to_owned()));
        parts.push(Part::Text(fixed::COURSE.to_owned()));
        parts.extend(fixed::of_spot(spot).map(|text| Part::Text(text.to_owned())));
    }
    parts.push(Part::Heading("SIGNS".to_owned()));
    parts.extend(signs());
    parts.push(Part::Text(fixed::NOT_A_DEVICE.to_owned()));
    parts
}

fn counts(knee: &Knee) -> String {
    let lights = [Light::Green, Light::Amber, Light::Red, Light::Stop, Light::Wait];
    let counted: Vec<String> = lights
        .into_iter()
        .map(|light| format!("{} {}", knee.count(light), words::light_name(light).to_lowercase()))
        .collect();
    format!("{}.", counted.join(", "))
}

fn exercises_due(knee: &Knee, limit: &Limit) -> Vec<Part> {
    let Some((spot, _)) = limit.of else { return Vec::new() };
    match knee.circumstances().exercises(spot, false) {
        Err(why) => vec![Part::Text(words::no_exercise(why))],
        Ok(_) => vec![Part::Text(format!(
            "{} treadlight knee exercises {spot} shows them.",
            words::done_this_week(knee.exercise_days())
        ))],
    }
}
