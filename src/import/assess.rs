//! From what a file says to what we believe: a recording becomes an activity, or is skipped with a reason.

use chrono::{DateTime, Datelike, Duration, FixedOffset, Offset, TimeZone, Utc};
use chrono_tz::Tz;

use super::{skipped::SkipReason, sport, track};
use crate::activity::{Activity, DistanceSource, Note, Recording};

/// Faster than this over more than [`IMPOSSIBLE_OVER_M`] is no run: the half-marathon record is 6.2 m/s.
const IMPOSSIBLE_SPEED_MPS: f64 = 6.7;
const IMPOSSIBLE_OVER_M: f64 = 5_000.0;
/// 2000-01-01T00:00:00Z: anything older is a clock that was never set.
const EARLIEST_UNIX_MS: i64 = 946_684_800_000;
/// A date from this year on is no slip of the clock but a broken number.
const CLOCK_GONE_MAD_YEAR: i32 = 2100;
/// With less moving time than this a speed tells no sport.
const TELLING_TIME_S: f64 = 60.0;

/// What a recording is judged by besides itself.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// Where the runner lives, for files that do not tell the offset.
    pub zone: Tz,
    /// The clock's now: nothing is recorded more than a day after it.
    pub now: DateTime<Utc>,
}

/// An activity and the time it occupied, for finding duplicates.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessed {
    /// The activity.
    pub activity: Activity,
    /// When it ended: start plus elapsed time, or plus a plausible share of it.
    pub end_unix_ms: i64,
}

/// Judges one recording of the file `file` (its path inside the folder).
///
/// # Errors
/// The reason why it does not count as an activity.
pub fn assess(
    mut recording: Recording,
    file: &str,
    circumstances: Circumstances,
) -> Result<Assessed, SkipReason> {
    let latest_unix_ms = (circumstances.now + Duration::days(1)).timestamp_millis();
    let start_unix_ms = start_of(&recording, latest_unix_ms)?;
    drop_undated_points(&mut recording, latest_unix_ms);
    let summary = track::summarize(&recording.segments);
    let totals = &recording.totals;
    let (distance_m, distance_source) = distance_of(&recording, &summary);
    if recording.point_count() < 2 && distance_m.is_none() && totals.timer_time_s.is_none() {
        return Err(SkipReason::TooFewPoints { points: recording.point_count() });
    }
    let timer_time_s = totals.timer_time_s;
    let elapsed_time_s = totals.elapsed_time_s.or(summary.elapsed_time_s);
    let moving_time_s = timer_time_s.or(summary.moving_time_s);
    let moving_speed_mps = ratio(distance_m, moving_time_s.filter(|seconds| *seconds >= TELLING_TIME_S));
    let names = [recording.name.as_deref().unwrap_or_default(), file_stem(file)];
    let decision = sport::decide(recording.sport.as_ref(), &names, moving_speed_mps);
    if decision.sport.is_running() {
        refuse_the_impossible(distance_m, moving_time_s.or(elapsed_time_s))?;
    }
    let mut notes = recording.notes;
    notes.extend(decision.note);
    if distance_source == Some(DistanceSource::Track) && summary.jumps.count > 0 {
        notes.push(Note::JumpsCut { count: summary.jumps.count, distance_m: summary.jumps.distance_m });
    }
    let end_unix_ms = start_unix_ms + (plausible_span_s(timer_time_s, elapsed_time_s) * 1000.0) as i64;
    let activity = Activity {
        id: String::new(),
        file: file.to_owned(),
        format: recording.format,
        sport: decision.sport,
        sub_sport: recording.sub_sport.or(decision.sub_sport),
        start: local_start(start_unix_ms, recording.utc_offset_s, circumstances.zone)?,
        distance_m,
        distance_source,
        timer_time_s,
        moving_time_s,
        elapsed_time_s,
        ascent_m: totals.ascent_m.or(summary.ascent_m),
        descent_m: totals.descent_m.or(summary.descent_m),
        average_heart_rate_bpm: totals.average_heart_rate_bpm.or(summary.average_heart_rate_bpm),
        max_heart_rate_bpm: totals.max_heart_rate_bpm.or(summary.max_heart_rate_bpm),
        average_cadence_spm: totals.average_cadence_spm.or(summary.average_cadence_spm),
        training_load: totals.training_load,
        device: recording.device,
        notes,
    };
    Ok(Assessed { activity, end_unix_ms })
}

/// The device's start, else the time of the first point that has a date that can be.
fn start_of(recording: &Recording, latest_unix_ms: i64) -> Result<i64, SkipReason> {
    let mut times = recording.segments.iter().flatten().map(|point| point.time_unix_ms);
    let possible = EARLIEST_UNIX_MS..=latest_unix_ms;
    let start = match recording.start_unix_ms {
        Some(start) => Some(start),
        None => times.clone().find(|ms| possible.contains(ms)).or_else(|| times.next()),
    };
    let start = start.ok_or(SkipReason::NoDate)?;
    if possible.contains(&start) {
        return Ok(start);
    }
    match DateTime::from_timestamp_millis(start).map(|time| time.date_naive()) {
        Some(date) if start > latest_unix_ms && date.year() < CLOCK_GONE_MAD_YEAR => {
            Err(SkipReason::InTheFuture { date })
        }
        _ => Err(SkipReason::NoDate),
    }
}

/// Takes out points whose date cannot be: a clock that jumped for a moment.
fn drop_undated_points(recording: &mut Recording, latest_unix_ms: i64) {
    let before = recording.point_count();
    for segment in &mut recording.segments {
        segment.retain(|point| (EARLIEST_UNIX_MS..=latest_unix_ms).contains(&point.time_unix_ms));
    }
    let count = before - recording.point_count();
    if count > 0 {
        recording.notes.push(Note::ImpossibleTimesDropped { count });
    }
}

/// The device's total, else its records', else the sum over the track.
fn distance_of(
    recording: &Recording,
    summary: &track::TrackSummary,
) -> (Option<f64>, Option<DistanceSource>) {
    let sources = [
        (recording.totals.distance_m, DistanceSource::Session),
        (summary.records_distance_m, DistanceSource::Records),
        (summary.track_distance_m, DistanceSource::Track),
    ];
    let known = sources.into_iter().find_map(|(meters, source)| Some((meters?, source)));
    known.map_or((None, None), |(meters, source)| (Some(meters), Some(source)))
}

fn refuse_the_impossible(distance_m: Option<f64>, time_s: Option<f64>) -> Result<(), SkipReason> {
    let (Some(meters), Some(speed_mps)) = (distance_m, ratio(distance_m, time_s)) else { return Ok(()) };
    if meters > IMPOSSIBLE_OVER_M && speed_mps > IMPOSSIBLE_SPEED_MPS {
        return Err(SkipReason::ImpossibleSpeed { distance_m: meters, speed_mps });
    }
    Ok(())
}

fn ratio(meters: Option<f64>, seconds: Option<f64>) -> Option<f64> {
    let seconds = seconds.filter(|s| *s > 0.0)?;
    Some(meters? / seconds)
}

/// How long an activity took, not fooled by a watch that was never stopped (elapsed of 31 days).
fn plausible_span_s(timer_s: Option<f64>, elapsed_s: Option<f64>) -> f64 {
    match (timer_s, elapsed_s) {
        (Some(timer), Some(elapsed)) => elapsed.min(2.0 * timer + 3.0 * 3600.0),
        (Some(span), None) | (None, Some(span)) => span,
        (None, None) => 0.0,
    }
}

/// The offset that the file states, else the zone's at that moment.
fn local_start(unix_ms: i64, offset_s: Option<i32>, zone: Tz) -> Result<DateTime<FixedOffset>, SkipReason> {
    let utc = DateTime::from_timestamp_millis(unix_ms).ok_or(SkipReason::NoDate)?;
    let offset = offset_s
        .and_then(FixedOffset::east_opt)
        .unwrap_or_else(|| zone.offset_from_utc_datetime(&utc.naive_utc()).fix());
    Ok(utc.with_timezone(&offset))
}

fn file_stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.split('.').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::activity::{Format, Position, Sport, TrackPoint};

    fn circumstances() -> Circumstances {
        let now = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(12, 0, 0).unwrap().and_utc();
        Circumstances { zone: chrono_tz::Europe::Berlin, now }
    }

    fn point(utc: &str, latitude_deg: f64) -> TrackPoint {
        TrackPoint {
            time_unix_ms: DateTime::parse_from_rfc3339(utc).unwrap().timestamp_millis(),
            position: Some(Position { latitude_deg, longitude_deg: 7.0 }),
            altitude_m: None,
            distance_m: None,
            heart_rate_bpm: None,
            cadence_raw: None,
        }
    }

    fn recording(points: Vec<TrackPoint>) -> Recording {
        Recording { segments: vec![points], ..Recording::new(Format::Gpx) }
    }

    fn ten_minutes_at_3_mps() -> Recording {
        // 0.0162 degrees of latitude are 1801 m
        recording(vec![point("2026-03-29T22:30:00Z", 54.0), point("2026-03-29T22:40:00Z", 54.0162)])
    }

    #[test]
    fn a_run_late_on_sunday_utc_counts_for_monday_in_berlin() {
        let run = assess(ten_minutes_at_3_mps(), "a.gpx", circumstances()).unwrap().activity;
        assert_eq!(run.start.to_rfc3339(), "2026-03-30T00:30:00+02:00");
        assert_eq!(run.local_date(), NaiveDate::from_ymd_opt(2026, 3, 30).unwrap());
    }

    #[test]
    fn local_dates_of_the_evidence_table() {
        for (utc, zone, local_date) in [
            ("2026-03-29T22:30:00Z", chrono_tz::Europe::Berlin, "2026-03-30"),
            ("2026-03-28T23:30:00Z", chrono_tz::Europe::Berlin, "2026-03-29"),
            ("2026-03-30T06:30:00Z", chrono_tz::America::Los_Angeles, "2026-03-29"),
        ] {
            let ms = DateTime::parse_from_rfc3339(utc).unwrap().timestamp_millis();
            assert_eq!(local_start(ms, None, zone).unwrap().date_naive().to_string(), local_date);
        }
    }

    #[test]
    fn the_offset_in_the_file_comes_before_the_zone() {
        let mut run = ten_minutes_at_3_mps();
        run.utc_offset_s = Some(-5 * 3600);
        let run = assess(run, "a.gpx", circumstances()).unwrap().activity;
        assert_eq!(run.start.to_rfc3339(), "2026-03-29T17:30:00-05:00");
    }

    #[test]
    fn the_sessions_distance_comes_before_records_and_track() {
        let mut run = ten_minutes_at_3_mps();
        run.segments[0][0].distance_m = Some(10.0);
        run.segments[0][1].distance_m = Some(1_900.0);
        let by_records = assess(run.clone(), "a.fit", circumstances()).unwrap().activity;
        assert_eq!(
            (by_records.distance_m, by_records.distance_source),
            (Some(1_890.0), Some(DistanceSource::Records))
        );
        run.totals.distance_m = Some(1_950.0);
        let by_session = assess(run, "a.fit", circumstances()).unwrap().activity;
        assert_eq!(by_session.distance_source, Some(DistanceSource::Session));
    }

    #[test]
    fn one_point_alone_is_no_activity() {
        let lone = recording(vec![point("2026-03-29T22:30:00Z", 54.0)]);
        assert_eq!(assess(lone, "a.gpx", circumstances()), Err(SkipReason::TooFewPoints { points: 1 }));
    }

    #[test]
    fn a_clock_that_jumped_for_a_moment_loses_its_points_and_is_told() {
        let mut run = ten_minutes_at_3_mps();
        run.segments[0].insert(0, point("1999-12-31T23:59:59Z", 54.0));
        run.segments[0].push(point("2076-03-06T02:58:20Z", 54.0));
        let run = assess(run, "a.gpx", circumstances()).unwrap().activity;
        assert_eq!(run.start.to_rfc3339(), "2026-03-30T00:30:00+02:00");
        assert!(run.notes.contains(&Note::ImpossibleTimesDropped { count: 2 }));
    }

    #[test]
    fn dates_before_2000_or_after_tomorrow_are_no_dates() {
        for undated in ["1999-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "7502-01-01T00:00:00Z"] {
            let old = recording(vec![point(undated, 54.0), point(undated, 54.1)]);
            assert_eq!(assess(old, "a.gpx", circumstances()), Err(SkipReason::NoDate), "{undated}");
        }
        let tomorrow =
            recording(vec![point("2026-11-21T11:00:00Z", 54.0), point("2026-11-21T11:10:00Z", 54.016)]);
        assert!(assess(tomorrow, "a.gpx", circumstances()).is_ok());
        let later =
            recording(vec![point("2026-11-21T13:00:00Z", 54.0), point("2026-11-21T13:10:00Z", 54.016)]);
        let date = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        assert_eq!(assess(later, "a.gpx", circumstances()), Err(SkipReason::InTheFuture { date }));
    }

    #[test]
    fn a_run_of_more_than_5_km_at_more_than_6_7_mps_is_impossible() {
        let mut run = ten_minutes_at_3_mps();
        run.sport = Some(Sport::running());
        run.totals.timer_time_s = Some(1_000.0);
        for (meters, possible) in [(6_700.0, true), (6_701.0, false)] {
            run.totals.distance_m = Some(meters);
            assert_eq!(assess(run.clone(), "a.fit", circumstances()).is_ok(), possible, "{meters}");
        }
        run.totals.timer_time_s = Some(500.0);
        run.totals.distance_m = Some(5_000.0);
        assert!(assess(run, "a.fit", circumstances()).is_ok());
    }

    #[test]
    fn a_watch_left_running_for_days_does_not_occupy_them() {
        assert_eq!(plausible_span_s(Some(1_477.0), Some(2_656_055.0)), 2.0 * 1_477.0 + 10_800.0);
        assert_eq!(plausible_span_s(Some(1_800.0), Some(2_000.0)), 2_000.0);
        assert_eq!(plausible_span_s(None, Some(60.0)), 60.0);
    }
}
