//! When a recording begins (F9).
//!
//! A stated start counts unless it is impossible or lies outside the points: then the first point does. A file whose
//! points are dated is never left out. A clock that was never set (before 8 January 2000), or that is 1,024 weeks behind,
//! takes the day that the file's name tells, with a note.

use chrono::{DateTime, Datelike, Days, NaiveDate};
use chrono_tz::Tz;

use super::{
    circumstances::{Circumstances, is_possible_start},
    names::base_name,
    skipped::SkipReason,
};
use crate::activity::{Note, Recording, TrackPoint};

/// A date from this year on is no slip of the clock but a broken number.
const CLOCK_GONE_MAD_YEAR: i32 = 2100;
/// The watch may look for satellites so long before its first point.
const BEFORE_POINTS_MS: i64 = 30 * 60_000;
/// 1,024 weeks: GPS counts weeks in ten bits.
const ROLLOVER_DAYS: i64 = 7_168;
const DAY_MS: i64 = 86_400_000;

/// The start that counts, once the points are in order and those that cannot be are gone. `stated` is the first time that
/// the file gave, possible or not; `is_trimmed` whether points of another day were taken off.
///
/// # Errors
/// If neither start nor points have a date that can be.
pub(super) fn start_of(
    recording: &mut Recording,
    stated: Option<i64>,
    is_trimmed: bool,
    latest_unix_ms: i64,
) -> Result<i64, SkipReason> {
    let span = span_ms(&recording.segments);
    let possible = recording.start_unix_ms.filter(|start| is_possible_start(*start, latest_unix_ms));
    let (start, is_stated) = match (possible, span) {
        (Some(start), Some((first, last))) => {
            let totals = &recording.totals;
            let length_s = totals.elapsed_time_s.or(totals.timer_time_s).unwrap_or_default();
            let ends = start.saturating_add((length_s * 1000.0) as i64);
            let fits = start <= last && (first.saturating_sub(start) <= BEFORE_POINTS_MS || ends >= first);
            if fits && !is_trimmed { (start, true) } else { (first, false) }
        }
        (Some(start), None) => (start, true),
        (None, Some((first, _))) => (first, recording.start_unix_ms.is_none()),
        (None, None) => return Err(no_date(stated, latest_unix_ms)),
    };
    if !is_stated && !is_trimmed {
        recording.notes.push(Note::StartFromPoints);
    }
    Ok(start)
}

/// First and last time of points that are in order.
fn span_ms(segments: &[Vec<TrackPoint>]) -> Option<(i64, i64)> {
    let firsts = segments.iter().filter_map(|segment| segment.first());
    let lasts = segments.iter().filter_map(|segment| segment.last());
    let ms = |point: &TrackPoint| point.time_unix_ms;
    firsts.map(ms).min().zip(lasts.map(ms).max())
}

fn no_date(stated: Option<i64>, latest_unix_ms: i64) -> SkipReason {
    let date = stated.and_then(DateTime::from_timestamp_millis).map(|time| time.date_naive());
    match date {
        Some(date) if stated > Some(latest_unix_ms) && date.year() < CLOCK_GONE_MAD_YEAR => {
            SkipReason::InTheFuture { date }
        }
        _ => SkipReason::NoDate,
    }
}

/// Moves a recording whose clock was not set to the day that its file's name tells.
pub(super) fn take_date_of_name(recording: &mut Recording, name: &str, circumstances: Circumstances) {
    let latest_unix_ms = circumstances.latest_unix_ms();
    let times = || recording.segments.iter().flatten().map(|point| point.time_unix_ms);
    let Some(first_ms) = times().next().or(recording.start_unix_ms) else { return };
    let is_set = |ms: i64| is_possible_start(ms, latest_unix_ms) || ms > latest_unix_ms;
    let was_never_set = !times().chain(recording.start_unix_ms).any(is_set);
    if !was_never_set && first_ms > latest_unix_ms - (ROLLOVER_DAYS - 1) * DAY_MS {
        return;
    }
    let Some(days) = local_date(first_ms, circumstances.zone)
        .zip(date_in(base_name(name)))
        .map(|(says, named)| (named - says).num_days())
    else {
        return;
    };
    if days == 0 || !(was_never_set || days.abs_diff(ROLLOVER_DAYS) <= 1) {
        return;
    }
    let shift_ms = days * DAY_MS;
    let moved = |ms: i64| ms.saturating_add(shift_ms);
    if moved(first_ms) > latest_unix_ms {
        return;
    }
    recording.segments.iter_mut().flatten().for_each(|point| point.time_unix_ms = moved(point.time_unix_ms));
    recording.start_unix_ms = recording.start_unix_ms.map(moved);
    recording.notes.push(Note::DateFromName);
}

fn local_date(unix_ms: i64, zone: Tz) -> Option<NaiveDate> {
    let time = DateTime::from_timestamp_millis(unix_ms)?;
    Some(time.with_timezone(&zone).date_naive())
}

/// The first date in a name: `2026-10-25_run`, `run_20261025`, `2026.10.25`.
fn date_in(name: &str) -> Option<NaiveDate> {
    let digits: Vec<&str> =
        name.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let whole = |part: &str| {
        let day = part.get(..8).filter(|_| matches!(part.len(), 8 | 12 | 14))?;
        NaiveDate::parse_from_str(day, "%Y%m%d").ok()
    };
    let parts = |three: &[&str]| {
        let is_date = three[0].len() == 4 && three[1].len() == 2 && three[2].len() == 2;
        let text = is_date.then(|| three.join("-"))?;
        NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok()
    };
    let found = digits.iter().find_map(|part| whole(part)).or_else(|| digits.windows(3).find_map(parts));
    found.filter(|date| date.year() >= 2000 && date.checked_add_days(Days::new(1)).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Format, TrackPoint};

    fn ms(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
    }

    fn circumstances() -> Circumstances {
        let now = DateTime::parse_from_rfc3339("2026-11-20T12:00:00Z").unwrap().to_utc();
        Circumstances { zone: chrono_tz::Europe::Berlin, now }
    }

    /// An hour of points from this moment on.
    fn recording(stated: Option<&str>, first: &str) -> Recording {
        let points = (0..61).map(|minute| TrackPoint::at(ms(first) + 60_000 * minute)).collect();
        Recording { start_unix_ms: stated.map(ms), segments: vec![points], ..Recording::new(Format::Fit) }
    }

    fn start(stated: &str) -> (i64, Vec<Note>) {
        let mut recording = recording(Some(stated), "2026-10-18T07:00:00Z");
        let start = start_of(&mut recording, None, false, circumstances().latest_unix_ms()).unwrap();
        ((start - ms("2026-10-18T07:00:00Z")) / 1000, recording.notes)
    }

    #[test]
    fn a_start_half_an_hour_before_the_points_or_within_them_counts() {
        assert_eq!(start("2026-10-18T06:30:00Z"), (-1_800, vec![]));
        assert_eq!(start("2026-10-18T07:05:00Z"), (300, vec![]));
    }

    #[test]
    fn an_impossible_start_or_one_outside_the_points_gives_way_to_them() {
        for stated in
            ["2026-10-17T07:00:00Z", "2026-11-10T12:00:00Z", "1999-12-31T00:00:00Z", "2046-10-17T07:00:00Z"]
        {
            assert_eq!(start(stated), (0, vec![Note::StartFromPoints]), "{stated}");
        }
    }

    #[test]
    fn records_that_begin_late_in_a_long_run_do_not_move_its_start() {
        let mut recording = recording(Some("2026-10-18T05:00:00Z"), "2026-10-18T07:00:00Z");
        recording.totals.elapsed_time_s = Some(10_800.0);
        let start = start_of(&mut recording, None, false, circumstances().latest_unix_ms());
        assert_eq!(start, Ok(ms("2026-10-18T05:00:00Z")));
    }

    #[test]
    fn a_clock_that_was_not_set_takes_the_day_of_the_name_and_keeps_its_hour() {
        let mut unset = recording(None, "2000-01-01T16:03:00Z");
        take_date_of_name(&mut unset, "a/run_20261025.gpx", circumstances());
        assert_eq!(unset.segments[0][0].time_unix_ms, ms("2026-10-25T16:03:00Z"));
        assert_eq!(unset.notes, [Note::DateFromName]);
        let mut slipped = recording(None, "2007-03-11T07:00:00Z");
        take_date_of_name(&mut slipped, "2026-10-25.gpx", circumstances());
        assert_eq!(slipped.segments[0][0].time_unix_ms, ms("2026-10-25T07:00:00Z"));
    }

    #[test]
    fn a_clock_that_was_set_keeps_its_day_whatever_the_name() {
        for first in ["2007-03-12T07:00:00Z", "2026-10-18T07:00:00Z"] {
            let mut set = recording(None, first);
            take_date_of_name(&mut set, "2026-11-01.gpx", circumstances());
            assert_eq!((set.segments[0][0].time_unix_ms, set.notes), (ms(first), vec![]));
        }
    }

    #[test]
    fn a_date_is_found_in_the_ways_that_programs_write_it() {
        let date = NaiveDate::from_ymd_opt(2026, 10, 25);
        for name in
            ["2026-10-25_run.gpx", "run_20261025.gpx", "20261025T070000", "Run 2026.10.25", "20261025070000"]
        {
            assert_eq!(date_in(name), date, "{name}");
        }
        assert_eq!([date_in("run 12345678901.gpx"), date_in("2026-13-40"), date_in("week 42")], [None; 3]);
    }
}
