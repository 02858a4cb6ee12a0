//! The parts that sentences are put together from: windows, dates, caps, minutes, shares.

use chrono::{Datelike, NaiveDate};

use crate::{
    dates,
    units::{Distance, METERS_PER_MILE, UnitSystem},
    warning::{Break, ShoeKind},
};

const SECONDS_PER_MINUTE: i64 = 60;

/// `300–500 mi`, or with both units where they differ.
#[must_use]
pub fn window_text(window: [Distance; 2]) -> String {
    let [start, end] = window;
    if start.written_in == end.written_in {
        let start = start.to_string();
        let number = start.split(' ').next().unwrap_or_default();
        format!("{number}–{end}")
    } else {
        format!("{start} – {end}")
    }
}

/// A window in the unit that it was written in, or in miles where the runner reads miles.
#[must_use]
pub fn window_in(window: [Distance; 2], units: UnitSystem) -> [Distance; 2] {
    match units {
        UnitSystem::Kilometers => window,
        UnitSystem::Miles => window.map(|limit| Distance { written_in: UnitSystem::Miles, ..limit }),
    }
}

/// `Vaporfly 3, a racing pair`; the name alone for an everyday one.
pub(crate) fn pair_of_kind(shoe: &str, kind: ShoeKind) -> String {
    match kind {
        ShoeKind::Daily => shoe.to_owned(),
        ShoeKind::Racing | ShoeKind::Trail => format!("{shoe}, a {} pair", kind.as_str()),
    }
}

/// `14 Jan – 2 Feb`; one date where both are the same.
#[must_use]
fn date_range(early: NaiveDate, late: NaiveDate) -> String {
    if early == late {
        dates::short(early)
    } else {
        format!("{} – {}", dates::short(early), dates::short(late))
    }
}

/// The same with the year where the late date is not in the year of `today`.
#[must_use]
pub fn date_range_after(early: NaiveDate, late: NaiveDate, today: NaiveDate) -> String {
    if late.year() == today.year() { date_range(early, late) } else { dates::range(early, late) }
}

/// A cap rounded down as it is shown: to 0.1 km, or to half a mile.
#[must_use]
pub fn cap_text(cap_m: i64, units: UnitSystem) -> String {
    let step_m = match units {
        UnitSystem::Kilometers => 100.0,
        UnitSystem::Miles => METERS_PER_MILE / 2.0,
    };
    let steps = (cap_m as f64 / step_m + 1e-9).floor();
    format!("{:.1} {}", units.from_meters(steps * step_m), units.symbol())
}

/// `no run in your files between 2 Aug and 18 Aug`.
pub(crate) fn hole_text(gap: &Break) -> String {
    let from = dates::relative_to(gap.last_run, gap.up_to);
    format!("no run in your files between {from} and {}", dates::short(gap.up_to))
}

/// ` in two recordings`; nothing of one.
#[must_use]
pub fn in_recordings(recordings: usize) -> String {
    match recordings {
        0 | 1 => String::new(),
        2 => " in two recordings".to_owned(),
        3 => " in three recordings".to_owned(),
        n => format!(" in {n} recordings"),
    }
}

/// Whole minutes of so many seconds, to the nearest.
pub(crate) fn minutes(seconds: i64) -> i64 {
    (seconds + SECONDS_PER_MINUTE / 2) / SECONDS_PER_MINUTE
}

/// `17 running minutes`.
#[must_use]
pub fn running_minutes(minutes: i64) -> String {
    let plural = if minutes == 1 { "" } else { "s" };
    format!("{minutes} running minute{plural}")
}

/// The same of seconds, whole minutes only.
pub(crate) fn running_minutes_of(seconds: i64) -> String {
    running_minutes(seconds / SECONDS_PER_MINUTE)
}

/// `42 % ` (with the blank that follows), or nothing where the base is 0.
pub(crate) fn percent_text(value_m: i64, base_m: i64) -> String {
    whole_percent_above(value_m, base_m).map_or_else(String::new, |percent| format!("{percent} % "))
}

/// By how many whole per cent a value lies above a base.
pub(crate) fn whole_percent_above(value_m: i64, base_m: i64) -> Option<i64> {
    (base_m > 0).then(|| ((value_m - base_m) as f64 * 100.0 / base_m as f64).round() as i64)
}
