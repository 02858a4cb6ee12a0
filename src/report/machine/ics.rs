//! Limits and shoes as an iCalendar file (RFC 5545): all-day events that a calendar may subscribe to.
//!
//! A slot, not a date or a number, names an event: "the limit that holds now" keeps its UID whatever it becomes, so that a
//! calendar changes instead of doubling. `SEQUENCE` is the day of the report, counted from a fixed one: without any memory
//! it never falls from one report to the next, and two reports of one day and one content are the same bytes. What does not
//! hold any longer is not in the file: a subscribed calendar takes the file as a whole, so it vanishes there.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use icalendar::{Calendar, Class, Component, Event, EventLike, Property};

use crate::{
    analysis::{
        Analysis,
        limits::answer::{HORIZON_DAYS, Limits},
    },
    dates,
    plan::OWN_UIDS,
    report::words::calendar::{self as words, Said},
    settings::folded,
    units::UnitSystem,
};

/// How often a calendar that subscribes should look.
const REFRESH: &str = "PT12H";

/// An event: its name among events, its days, both included, and what it says.
struct Entry {
    slot: String,
    first: NaiveDate,
    last: NaiveDate,
    said: Said,
}

/// The calendar of a report.
#[must_use]
pub fn calendar(analysis: &Analysis, units: UnitSystem) -> String {
    let limits = &analysis.limits;
    let mut calendar = Calendar::empty();
    let properties = [
        ("VERSION", "2.0"),
        ("PRODID", "-//treadlight//treadlight//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("NAME", words::NAME),
        ("X-WR-CALNAME", words::NAME),
        ("X-PUBLISHED-TTL", REFRESH),
    ];
    for property in properties {
        calendar.append_property(property);
    }
    calendar.append_property(
        Property::new("REFRESH-INTERVAL", REFRESH).append_parameter(("VALUE", "DURATION")).done(),
    );
    let entries = runs(limits, units).chain(beside(limits, units)).chain(shoes(analysis, units));
    calendar.extend(entries.map(|entry| event(&entry, limits.as_of)));
    calendar.to_string()
}

/// The limits on a run, one event for the days of each.
fn runs(limits: &Limits, units: UnitSystem) -> impl Iterator<Item = Entry> {
    let slot = |number: usize| match number {
        0 => "limit-run-now".to_owned(),
        1 => "limit-run-next".to_owned(),
        _ => format!("limit-run-next-{number}"),
    };
    limits.steps.iter().enumerate().filter_map(move |(number, step)| {
        let last = step.until.unwrap_or_else(|| horizon(limits)).max(step.from);
        Some(Entry { slot: slot(number), first: step.from, last, said: words::step(step, limits, units)? })
    })
}

/// The limits on minutes of running and on seven days.
fn beside(limits: &Limits, units: UnitSystem) -> impl Iterator<Item = Entry> {
    let running = limits.running.as_ref().and_then(|running| {
        let last = running.until.unwrap_or_else(|| horizon(limits)).max(limits.date);
        let said = words::running(running, limits, units)?;
        Some(Entry { slot: "limit-running-now".to_owned(), first: limits.date, last, said })
    });
    let week = words::seven_days(limits, units).map(|said| Entry {
        slot: "limit-7-days".to_owned(),
        first: dates::days_after(limits.as_of, 1),
        last: dates::days_after(limits.as_of, 7),
        said,
    });
    running.into_iter().chain(week)
}

/// The days around which a pair reaches the next end of its window.
fn shoes(analysis: &Analysis, units: UnitSystem) -> impl Iterator<Item = Entry> {
    analysis.shoes.pairs.iter().filter(|shoe| shoe.in_use).filter_map(move |shoe| {
        let (_, (first, last)) = shoe.ahead()?;
        let slot = format!("shoe-{:016x}", hash(&folded(&shoe.settings.name)));
        Some(Entry { slot, first, last, said: words::shoe(shoe, &analysis.limits, units)? })
    })
}

fn event(entry: &Entry, as_of: NaiveDate) -> Event {
    let stamp: DateTime<Utc> = as_of.and_time(NaiveTime::MIN).and_utc();
    // days since 1 January 1970
    let sequence = u32::try_from(stamp.timestamp() / 86_400).unwrap_or_default();
    // the end of an all-day event is the first day without it
    let end = dates::days_after(entry.last, 1);
    Event::new()
        .uid(&format!("{}{OWN_UIDS}", entry.slot))
        .sequence(sequence)
        .timestamp(stamp)
        .last_modified(stamp)
        .starts(entry.first)
        .ends(end)
        .summary(&plain(&entry.said.title))
        .description(&plain(&entry.said.text))
        // what somebody may run is health data, and nobody is busy for it
        .class(Class::Private)
        .add_property("TRANSP", "TRANSPARENT")
        .done()
}

fn horizon(limits: &Limits) -> NaiveDate {
    dates::days_after(limits.date, HORIZON_DAYS)
}

/// Without signs that a calendar may not hold: names come from files.
fn plain(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

/// FNV-1a, which is the same on every machine and in every version.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
