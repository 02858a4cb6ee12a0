//! Every sentence about limits: how far, until when, why, or why there is none. Never an invitation to run more.

use chrono::NaiveDate;

use super::parts::{cap_text, running_minutes};
use crate::{
    analysis::{
        history::breaks::NOVICE_AFTER_DAYS,
        limits::{
            answer::{Limits, Missing},
            breaks::Break,
            counted::Counted,
            engine::Above,
            exposure::Exposure,
            source::{Because, Source},
        },
    },
    capitals::capitalized,
    dates,
    knee::{
        fold::{Standing, State},
        light::Light,
    },
    units::UnitSystem,
    warning::Body,
};

const SECONDS_PER_MINUTE: i64 = 60;

/// Why a limit on a run holds, as one sentence.
#[must_use]
pub fn sentence(because: &Because, exposure: Exposure, units: UnitSystem) -> String {
    let minutes = or_minutes(because);
    let comma = if minutes.is_empty() { "" } else { "," };
    capitalized(&format!("{}{comma}{minutes}.", self::because(because, exposure, units)))
}

/// Why the next run may go so far, or why nothing is said about it, as one sentence.
#[must_use]
pub fn why(limits: &Limits, units: UnitSystem) -> String {
    match &limits.because {
        Some(because) => sentence(because, Exposure::Metres, units),
        None => missing_sentence(limits),
    }
}

/// Why nothing is said of a run, as one sentence.
#[must_use]
pub fn missing_sentence(limits: &Limits) -> String {
    capitalized(&format!("{}.", missing(limits)))
}

/// The same of one of the days ahead: what is too short today may be long enough by then.
#[must_use]
pub fn missing_sentence_on(limits: &Limits, day: NaiveDate) -> String {
    if day == limits.date {
        missing_sentence(limits)
    } else {
        capitalized(&format!("{NOTHING_TO_COUNT_FROM}."))
    }
}

/// The same without capital and full stop.
#[must_use]
pub fn because(because: &Because, exposure: Exposure, units: UnitSystem) -> String {
    let told = |counted: &Counted| told(counted, exposure, units);
    match because {
        Because::Longest { counted, percent } => {
            let what = match exposure {
                Exposure::Metres => "the longest run",
                Exposure::RunningSeconds => "the most running",
            };
            format!("{} of the 30 days before: {}", above(*percent, what), told(counted))
        }
        Because::Spike { .. } => of_spike(because, exposure, units),
        Because::NewLongest { date, amount } => format!(
            "{} on {} was a new longest run: for six days no other one that is 500 m longer",
            amount_text(*amount, exposure, units),
            dates::short(*date)
        ),
        Because::SecondLongest { date, amount } => format!(
            "{} on {} was the second new longest run within a week: no step up for seven days",
            amount_text(*amount, exposure, units),
            dates::short(*date)
        ),
        Because::Break { rest, percent, credit } => {
            let share = format!("{}: {}", hole(rest), share(rest, *percent, exposure, units));
            credit.map_or_else(
                || share.clone(),
                |counted| format!("{share}, and no more than one step above {}", told(&counted)),
            )
        }
        Because::Blocks { last, best, percent } => {
            let note = last.credit_m * percent <= best.credit_m * (*percent).min(110);
            let (percent, block) = if note { ((*percent).min(110), best) } else { (*percent, last) };
            let which = if note || last == best {
                "the best of the last four blocks of seven days"
            } else {
                "the last seven days"
            };
            let counts = format!("{} to {}", units.short(block.credit_m), dates::short(block.last));
            format!("{} ({counts}, jumps and spikes cut to what they count for)", above(percent, which))
        }
        Because::Jump { date, week_m, best_m } => format!(
            "the weekly jump of {} ({} in seven days) leaves no step up for a week: what counts is {}",
            dates::short(*date),
            units.short(*week_m),
            units.short(*best_m)
        ),
        Because::Knee { state, standing, entry } => of_knee(*state, *standing, *entry),
        Because::Said(words) => (*words).to_owned(),
    }
}

/// `your knee diary, amber on 8 Nov`.
fn of_knee(state: State, standing: Option<Standing>, entry: Option<(NaiveDate, Light)>) -> String {
    let diary = "your knee diary";
    match (standing, state) {
        (Some(Standing::Swollen), _) => format!("{diary}: no run while it is swollen"),
        (Some(Standing::Night), _) => format!("{diary}: no run while it hurts at night"),
        (_, State::Stop) => format!("{diary}: no run until a doctor or physio has examined it"),
        (_, State::Plan) => format!("{diary}: your doctor's or physio's plan decides"),
        (_, State::Ladder) => format!("{diary}: walking and running in turns, no distance"),
        _ => entry.map_or_else(
            || diary.to_owned(),
            |(date, light)| format!("{diary}, {} on {}", light.word(), dates::short(date)),
        ),
    }
}

fn of_spike(because: &Because, exposure: Exposure, units: UnitSystem) -> String {
    let Because::Spike { date, amount, counted, percent } = because else { return String::new() };
    let spike = format!("the spike of {} ({})", dates::short(*date), amount_text(*amount, exposure, units));
    let own = counted.date == *date && counted.amount == *amount;
    let credit = amount_text(counted.credit, exposure, units);
    let step = percent - 100;
    match (own && counted.credit < *amount, step) {
        (true, 0) => format!("{spike} counts for {credit}, and leaves no step up for two weeks"),
        (true, _) => format!("{spike} counts for {credit}, and leaves {step} % above that for a week"),
        (false, 0) => {
            let longest = told(counted, exposure, units);
            format!("{spike} leaves no step up for two weeks: what counted then is {longest}")
        }
        (false, _) => {
            let longest = told(counted, exposure, units);
            format!("{spike} leaves {step} % above what counted then for a week: {longest}")
        }
    }
}

/// `no runs in your files between 2 Aug and 18 Aug (16 days)`.
fn hole(rest: &Break) -> String {
    let last = dates::short(rest.last_run);
    let span = rest.returned.map_or_else(
        || format!("since {last}"),
        |returned| format!("between {last} and {}", dates::short(returned)),
    );
    format!("no runs in your files {span} ({} days)", rest.days)
}

fn share(rest: &Break, percent: i64, exposure: Exposure, units: UnitSystem) -> String {
    let what = match exposure {
        Exposure::Metres => "the longest run before",
        Exposure::RunningSeconds => "the most running before",
    };
    let longest = rest
        .longest
        .map_or_else(String::new, |longest| format!(", {}", amount_text(longest, exposure, units)));
    format!("{percent} % of {what}{longest}")
}

/// `10 % above the longest run`.
fn above(percent: i64, what: &str) -> String {
    format!("{} % above {what}", percent - 100)
}

/// `15.0 km`, or `12 running minutes`.
#[must_use]
pub fn amount_text(amount: i64, exposure: Exposure, units: UnitSystem) -> String {
    match exposure {
        Exposure::Metres => units.short(amount),
        Exposure::RunningSeconds => running_minutes(amount / SECONDS_PER_MINUTE),
    }
}

/// `15.0 km on 18 Oct`, and what it counts for where that is less.
fn told(counted: &Counted, exposure: Exposure, units: UnitSystem) -> String {
    let run = format!("{} on {}", amount_text(counted.amount, exposure, units), dates::short(counted.date));
    if counted.credit < counted.amount {
        format!("{run}, a spike that counts for {}", amount_text(counted.credit, exposure, units))
    } else {
        run
    }
}

/// Why there is no limit on the next run, in a few words.
#[must_use]
pub fn missing(limits: &Limits) -> String {
    match limits.missing {
        Some(Missing::ShortHistory { days, needed }) => {
            format!("not enough data ({days} of {needed} days)")
        }
        Some(Missing::NoRuns) => "no run in your files".to_owned(),
        _ => NOTHING_TO_COUNT_FROM.to_owned(),
    }
}

/// Why nothing is said of a later day.
pub const NOTHING_TO_COUNT_FROM: &str = "no run to count from in the 30 days before";

/// Why nothing is said about seven days, in a few words.
#[must_use]
pub fn missing_week(limits: &Limits) -> &'static str {
    match limits.last_run {
        None => "no run in your files",
        Some(_) if limits.week_is_unknown() => "no run in the last 14 days",
        Some(_) => "no distance to count from",
    }
}

/// ` or 30 minutes, whichever is shorter` after a long break, else nothing.
#[must_use]
pub fn or_minutes(because: &Because) -> &'static str {
    match because {
        Because::Break { rest, .. } if rest.days > NOVICE_AFTER_DAYS => {
            " or 30 minutes, whichever is shorter"
        }
        _ => "",
    }
}

/// ` until 2 Dec`, with the year where it is another; nothing where it holds on.
#[must_use]
pub fn until(until: Option<NaiveDate>, as_of: NaiveDate) -> String {
    until.map_or_else(String::new, |until| format!(" until {}", dates::relative_to(until, as_of)))
}

/// `up to 16.5 km until 22 Nov`, or why there is no limit.
#[must_use]
pub fn next_run(limits: &Limits, units: UnitSystem) -> String {
    if let Some(text) = by_knee(limits, units) {
        return text;
    }
    let Some(most_m) = limits.next_run_m else { return format!("not known: {}", missing(limits)) };
    let running = limits.running.as_ref();
    let minutes = running.map_or_else(String::new, |r| format!(", {},", running_minutes(r.minutes)));
    // both hold until the first of them changes
    let last_days = [limits.until, running.and_then(|running| running.until)];
    let until = until(last_days.into_iter().flatten().min(), limits.as_of);
    let or_minutes = limits.because.as_ref().map_or("", or_minutes);
    let text = format!("up to {}{minutes}{or_minutes}{until}", cap_text(most_m, units));
    text.trim_end_matches(',').to_owned()
}

/// What the knee diary leaves, where it leaves less than a number.
fn by_knee(limits: &Limits, units: UnitSystem) -> Option<String> {
    Some(match limits.body? {
        Body::NoRun => "no run: see KNEE".to_owned(),
        Body::NoDistance => "no distance: see KNEE".to_owned(),
        Body::NotBefore(first) => {
            let first = dates::with_weekday(first);
            let later = limits
                .next_run_m
                .map_or_else(String::new, |later_m| format!(", then {} or less", cap_text(later_m, units)));
            format!("no run before {first}{later}: see KNEE")
        }
    })
}

/// Whether the diary leaves neither a distance nor a day for one.
#[must_use]
pub fn is_without_numbers(limits: &Limits) -> bool {
    matches!(limits.body, Some(Body::NoRun | Body::NoDistance))
}

/// The same of the next seven days.
#[must_use]
pub fn next_7_days(limits: &Limits, units: UnitSystem) -> String {
    if is_without_numbers(limits) {
        return "see KNEE".to_owned();
    }
    match limits.next_7_days_m {
        Some(most_m) => format!("up to {}", cap_text(most_m, units)),
        // “next 7 days: no run …” would be read as advice
        None => format!("not known: {}", missing_week(limits)),
    }
}

/// Why the seven days may go so far, as one sentence; a hold with its last day.
#[must_use]
pub fn week_sentence(limits: &Limits, units: UnitSystem) -> Option<String> {
    if is_without_numbers(limits) {
        return None;
    }
    let why = because(limits.week_because.as_ref()?, Exposure::Metres, units);
    let held = limits.next_7_days_until.map_or_else(String::new, |until| {
        format!("; that holds until {}", dates::relative_to(until, limits.as_of))
    });
    Some(capitalized(&format!("{why}{held}.")))
}

/// What a source allows, until when and why, in one line of `explain caps`.
#[must_use]
pub fn source_line(source: &Source, as_of: NaiveDate, units: UnitSystem) -> String {
    let run = source.run.map(|most| match source.exposure {
        Exposure::Metres if most == 0 => "no run".to_owned(),
        Exposure::Metres => format!("one run up to {}", cap_text(most, units)),
        Exposure::RunningSeconds => format!("{} a session", running_minutes(most / SECONDS_PER_MINUTE)),
    });
    // "no run" needs no kilometres beside it
    let week = source.week_m.filter(|most_m| *most_m > 0 || run.is_none());
    let week = week.map(|most_m| format!("seven days up to {}", cap_text(most_m, units)));
    let most: Vec<String> = [run, week].into_iter().flatten().collect();
    let until = until(source.until, as_of);
    let why = because(&source.because, source.exposure, units);
    let most = if most.is_empty() { "no distance".to_owned() } else { most.join(", ") };
    format!("{}: {most}{until}: {why}", source.name)
}

/// `Sun 5 Apr, 23.6 km, was above the 17.1 km of that day.`
#[must_use]
pub fn above_limit(above: &Above, units: UnitSystem) -> String {
    format!(
        "{}, {}, was above the {} of that day.",
        dates::with_weekday(above.date),
        units.short(above.distance_m),
        cap_text(above.limit_m, units)
    )
}
