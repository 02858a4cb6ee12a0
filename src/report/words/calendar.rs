//! What a calendar says of limits, of days that the knee diary holds, and of pairs of shoes. A calendar is read at a glance
//! and far from the report: every title stands alone, and no title invites to a run.

use super::{
    cap_text, date_range_after,
    knee::fixed::NOT_A_DEVICE,
    limits::{self as words, is_without_numbers},
    running_minutes, window_in, window_text,
};
use crate::{
    analysis::{
        limits::{
            answer::{HORIZON_DAYS, Limits, RunningLimit, Step},
            exposure::Exposure,
            source::{Because, Source},
        },
        rules,
        shoes::Shoe,
    },
    dates,
    units::UnitSystem,
};

/// The name of the calendar.
pub const NAME: &str = "treadlight";
/// What every limit supposes.
const SUPPOSED: &str =
    "A limit, not a target. It supposes that nothing is run before, and no break of 7 days or more.";

/// A title and the text below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// One line.
    pub title: String,
    /// Lines.
    pub text: String,
}

/// The days of a limit on one run; `None` where there is nothing to say of them, and where the knee diary leaves no number:
/// then only its own days are said.
#[must_use]
pub fn step(step: &Step, limits: &Limits, units: UnitSystem) -> Option<Said> {
    let because = step.because.as_ref()?;
    let is_knee = is_of_knee(because);
    let title = match step.most_m {
        Some(0) if is_knee => no_run(step, limits),
        None if is_knee => "No distance: see your knee diary".to_owned(),
        Some(most_m) if most_m > 0 && !is_without_numbers(limits) => {
            format!("One run up to {}{}", cap_text(most_m, units), words::or_minutes(because))
        }
        _ => return None,
    };
    let mut lines = vec![words::sentence(because, Exposure::Metres, units)];
    lines.extend(rule(limits, because, |source| source.run.is_some()));
    lines.extend(step.until.is_none().then(open_end));
    if step.most_m.is_some_and(|most_m| most_m > 0) {
        lines.push(SUPPOSED.to_owned());
    }
    Some(said(title, lines, is_knee, limits))
}

/// `No run before Sat 14 Nov: see your knee diary`.
fn no_run(step: &Step, limits: &Limits) -> String {
    let first = step.until.map(|until| dates::days_after(until, 1));
    match limits.not_before.filter(|not_before| Some(*not_before) == first) {
        Some(first) => format!("No run before {}: see your knee diary", dates::with_weekday(first)),
        None => "No run: see your knee diary".to_owned(),
    }
}

/// The limit in minutes of running, where running and walking take turns.
#[must_use]
pub fn running(running: &RunningLimit, limits: &Limits, units: UnitSystem) -> Option<Said> {
    if is_without_numbers(limits) {
        return None;
    }
    let title = format!("{} a session", running_minutes(running.minutes));
    let mut lines = vec![words::sentence(&running.because, Exposure::RunningSeconds, units)];
    lines.extend(rule(limits, &running.because, |source| source.exposure == Exposure::RunningSeconds));
    lines.extend(running.until.is_none().then(open_end));
    lines.push(SUPPOSED.to_owned());
    Some(said(title, lines, is_of_knee(&running.because), limits))
}

/// The limit of the seven days after the report.
#[must_use]
pub fn seven_days(limits: &Limits, units: UnitSystem) -> Option<Said> {
    let most_m = limits.next_7_days_m.filter(|most_m| *most_m > 0 && !is_without_numbers(limits))?;
    let why = limits.week_because.as_ref()?;
    let mut lines: Vec<String> = words::week_sentence(limits, units).into_iter().collect();
    lines.extend(rule(limits, why, |source| source.week_m.is_some()));
    lines.push("All runs of these days together. A limit, not a target.".to_owned());
    let title = format!("Seven days up to {}", cap_text(most_m, units));
    Some(said(title, lines, is_of_knee(why), limits))
}

/// When a pair reaches the next end of its window, by its recent use.
#[must_use]
pub fn shoe(shoe: &Shoe, limits: &Limits, units: UnitSystem) -> Option<Said> {
    let (end, (early, late)) = shoe.ahead()?;
    let window = window_in(shoe.settings.window, units);
    let title = format!("{} reaches {}", shoe.settings.name, window[end]);
    let now = window[0].written_in.whole(shoe.distance_m);
    let when = date_range_after(early, late, limits.as_of);
    let lines = vec![
        format!("About {when} at its recent use; it has {now} of a {} window.", window_text(window)),
        "The window is custom and material wear; no study ties it to injury.".to_owned(),
    ];
    Some(said(title, lines, false, limits))
}

fn said(title: String, mut lines: Vec<String>, is_knee: bool, limits: &Limits) -> Said {
    if is_knee {
        lines.push(NOT_A_DEVICE.to_owned());
    }
    lines.push(format!("As of {}.", dates::long(limits.as_of)));
    Said { title, text: lines.join("\n") }
}

/// Which rule it comes from, where it is one of those that hold now.
fn rule(limits: &Limits, why: &Because, is_asked: impl Fn(&Source) -> bool) -> Option<String> {
    let source = limits.sources.iter().find(|source| is_asked(source) && source.because == *why)?;
    // what counts anew every day comes from no rule
    rules::find(source.name).map(|rule| format!("Rule: {}.", rule.id))
}

fn open_end() -> String {
    format!("Followed for {HORIZON_DAYS} days only: it may hold for longer.")
}

fn is_of_knee(why: &Because) -> bool {
    matches!(why, Because::Knee { .. } | Because::Said(_))
}
