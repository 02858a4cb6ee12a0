//! From a recording with all its points to what they add up to: small, and all that is kept of a file.

use chrono::{DateTime, Datelike};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{
    skipped::SkipReason,
    track::{self, TrackSummary},
    zone,
};
use crate::{
    activity::{Format, HeartRateTimes, Note, Position, Recording, Sport, Totals},
    import::{
        circumstances::{Circumstances, is_possible_start},
        services::Entry,
        track::{clean, fingerprint::Fingerprint, heart_rate},
    },
};

/// A date from this year on is no slip of the clock but a broken number.
const CLOCK_GONE_MAD_YEAR: i32 = 2100;

/// What one recording says and what its track adds up to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Path inside the folder, with `/`; empty until it is named.
    #[serde(skip)]
    pub file: String,
    /// What kind of file it came from.
    pub format: Format,
    /// The sport, if the file names one.
    pub sport: Option<Sport>,
    /// The finer kind, in FIT's words.
    pub sub_sport: Option<String>,
    /// The name that the runner or the service gave it.
    pub name: Option<String>,
    /// Start in milliseconds since 1970.
    pub start_unix_ms: i64,
    /// Local time minus UTC in seconds, if the file tells.
    pub utc_offset_s: Option<i32>,
    /// Maker and model.
    pub device: Option<String>,
    /// The device's totals.
    pub totals: Totals,
    /// What the track adds up to.
    pub track: TrackSummary,
    /// How long the heart beat at which rate.
    pub heart_rate_times: HeartRateTimes,
    /// The first fix, for the time zone: never shown.
    pub first_position: Option<Position>,
    /// The time zone of the first fix, unless the file tells the offset.
    #[serde(with = "zone::by_name")]
    pub first_zone: Option<Tz>,
    /// A sample of the track that tells the same run saved at another hour.
    pub fingerprint: Fingerprint,
    /// What an export's index says of it; boxed, as most have none.
    #[serde(skip)]
    pub index: Option<Box<Entry>>,
    /// What was noticed.
    pub notes: Vec<Note>,
}

impl Measured {
    /// When it ended: start plus elapsed time, or plus a plausible share of it.
    #[must_use]
    pub fn end_unix_ms(&self) -> i64 {
        let elapsed_s = self.totals.elapsed_time_s.or(self.track.elapsed_time_s);
        let span_ms = plausible_span_s(self.totals.timer_time_s, elapsed_s) * 1000.0;
        self.start_unix_ms.saturating_add(span_ms as i64)
    }
}

/// Measures one recording. Its file is named later: what it comes to does not depend on it.
///
/// # Errors
/// If it has no usable date, or nothing to measure.
pub fn measure(mut recording: Recording, circumstances: Circumstances) -> Result<Measured, SkipReason> {
    let latest_unix_ms = circumstances.latest_unix_ms();
    let start_unix_ms = start_of(&recording, latest_unix_ms)?;
    drop_undated_points(&mut recording, latest_unix_ms);
    clean::drop_repeated_segments(&mut recording);
    clean::drop_heart_rate_spikes(&mut recording);
    let track = track::summarize(&recording.segments);
    let says_how_far_or_long = recording.totals.distance_m.or(recording.totals.timer_time_s).is_some();
    if recording.point_count() < 2 && track.records_distance_m.is_none() && !says_how_far_or_long {
        return Err(SkipReason::TooFewPoints { points: recording.point_count() });
    }
    let first_position = recording.segments.iter().flatten().find_map(|point| point.position);
    Ok(Measured {
        file: String::new(),
        format: recording.format,
        start_unix_ms,
        utc_offset_s: recording.utc_offset_s,
        track,
        heart_rate_times: heart_rate::heart_rate_times(&recording.segments),
        first_position,
        first_zone: first_position.filter(|_| recording.utc_offset_s.is_none()).and_then(zone::zone_at),
        fingerprint: Fingerprint::of(&recording.segments),
        index: None,
        sport: recording.sport,
        sub_sport: recording.sub_sport,
        name: recording.name,
        device: recording.device,
        totals: recording.totals,
        notes: recording.notes,
    })
}

/// The device's start, else the time of the first point that has a date that can be.
fn start_of(recording: &Recording, latest_unix_ms: i64) -> Result<i64, SkipReason> {
    let mut times = recording.segments.iter().flatten().map(|point| point.time_unix_ms);
    let is_possible = |ms: &i64| is_possible_start(*ms, latest_unix_ms);
    let start = match recording.start_unix_ms {
        Some(start) => Some(start),
        None => times.clone().find(is_possible).or_else(|| times.next()),
    };
    let start = start.ok_or(SkipReason::NoDate)?;
    if is_possible(&start) {
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
        segment.retain(|point| is_possible_start(point.time_unix_ms, latest_unix_ms));
    }
    let count = before - recording.point_count();
    if count > 0 {
        recording.notes.push(Note::ImpossibleTimesDropped { count });
    }
}

/// How long an activity took, not fooled by a watch that was never stopped (elapsed of 31 days).
fn plausible_span_s(timer_s: Option<f64>, elapsed_s: Option<f64>) -> f64 {
    match (timer_s, elapsed_s) {
        (Some(timer), Some(elapsed)) => elapsed.min(2.0 * timer + 3.0 * 3600.0),
        (Some(span), None) | (None, Some(span)) => span,
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watch_left_running_for_days_does_not_occupy_them() {
        assert_eq!(plausible_span_s(Some(1_477.0), Some(2_656_055.0)), 2.0 * 1_477.0 + 10_800.0);
        assert_eq!(plausible_span_s(Some(1_800.0), Some(2_000.0)), 2_000.0);
        assert_eq!(plausible_span_s(None, Some(60.0)), 60.0);
    }
}
