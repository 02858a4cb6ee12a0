//! From a recording with all its points to what they add up to: small, and all that is kept of a file.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{
    artificial,
    skipped::SkipReason,
    start,
    track::{self, TrackSummary},
    zone,
};
use crate::{
    activity::{Format, HeartRateTimes, Note, Part, Position, Recording, Sport, Totals, TrackPoint},
    import::{
        circumstances::{Circumstances, is_possible_start},
        services::Entry,
        track::{
            clean, fingerprint::Fingerprint, great_circle::meters_between, heart_rate, occupied::Occupied,
            order,
        },
    },
};

/// A pause this long divides a recording into two sessions for the rules (F7): two files are one below it.
const DIVIDES_MS: i64 = 30 * 60_000;
/// A fix further away than this from the middle of the track is no place where the run began.
const FAR_M: f64 = 300_000.0;

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
    /// The time that it occupies.
    pub occupied: Occupied,
    /// Its parts, where pauses of half an hour divide it.
    pub parts: Vec<Part>,
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
    let mut times = recording.segments.iter().flatten().map(|point| point.time_unix_ms);
    let stated = recording.start_unix_ms.or_else(|| times.next());
    let is_rising = order::is_rising(&recording.segments);
    drop_undated_points(&mut recording, latest_unix_ms, is_rising);
    if artificial::is_planned(&recording) {
        return Err(SkipReason::ArtificialTimes);
    }
    let is_trimmed = order::put_in_order(&mut recording, is_rising);
    clean::drop_repeated_segments(&mut recording);
    clean::drop_heart_rate_spikes(&mut recording);
    let start_unix_ms = start::start_of(&mut recording, stated, is_trimmed, latest_unix_ms)?;
    let by_points = Occupied::by_points(&recording.segments);
    if is_trimmed {
        forget_times_beyond(&mut recording.totals, &by_points);
    }
    let track = track::summarize(&recording.segments);
    let says_how_far_or_long = recording.totals.distance_m.or(recording.totals.timer_time_s).is_some();
    if recording.point_count() < 2 && track.records_distance_m.is_none() && !says_how_far_or_long {
        return Err(SkipReason::TooFewPoints { points: recording.point_count() });
    }
    let first_position = first_position(&recording.segments);
    let may_need_zone = recording.utc_offset_s.is_none_or(|offset| offset == 0);
    let occupied = occupied(by_points, start_unix_ms, &recording);
    Ok(Measured {
        file: String::new(),
        format: recording.format,
        start_unix_ms,
        utc_offset_s: recording.utc_offset_s,
        track,
        heart_rate_times: heart_rate::heart_rate_times(&recording.segments),
        first_position,
        first_zone: first_position.filter(|_| may_need_zone).and_then(zone::zone_at),
        parts: parts(&occupied, start_unix_ms, &recording.segments),
        occupied,
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

/// The watch ran on for days: only what lies within the points counts.
fn forget_times_beyond(totals: &mut Totals, by_points: &Occupied) {
    totals.elapsed_time_s = None;
    let span_s =
        by_points.start_ms().zip(by_points.end_ms()).map(|(start, end)| (end - start) as f64 / 1000.0);
    totals.timer_time_s = totals.timer_time_s.filter(|timer| span_s.is_none_or(|span| *timer <= 1.1 * span));
}

/// The time that a recording occupies: that of its points, unless they tell of less than half of the time it ran.
fn occupied(by_points: Occupied, start_unix_ms: i64, recording: &Recording) -> Occupied {
    let totals = &recording.totals;
    let elapsed_s = totals.elapsed_time_s.filter(|_| recording.point_count() == 0);
    let ran_ms = (totals.timer_time_s.or(elapsed_s).unwrap_or_default() * 1000.0) as i64;
    if 2 * by_points.length_ms() < ran_ms { Occupied::span(start_unix_ms, ran_ms) } else { by_points }
}

/// The parts that long pauses divide a track into, with their shares of the distance; none where it is whole.
fn parts(occupied: &Occupied, start_unix_ms: i64, segments: &[Vec<TrackPoint>]) -> Vec<Part> {
    let spans = occupied.parts(DIVIDES_MS);
    if spans.len() < 2 {
        return Vec::new();
    }
    let meters = |&(start, end): &(i64, i64)| {
        let within = |point: &&TrackPoint| (start..=end).contains(&point.time_unix_ms);
        let segments: Vec<Vec<TrackPoint>> =
            segments.iter().map(|segment| segment.iter().filter(within).copied().collect()).collect();
        let summary = track::summarize(&segments);
        summary.track_distance_m.or(summary.records_distance_m).unwrap_or_default()
    };
    let meters: Vec<f64> = spans.iter().map(meters).collect();
    let total_m: f64 = meters.iter().sum();
    let seconds = |ms: i64| ms as f64 / 1000.0;
    let part = |(&(start, end), meters): (&(i64, i64), f64)| Part {
        after_s: seconds(start - start_unix_ms),
        elapsed_time_s: seconds(end - start),
        share: if total_m > 0.0 { meters / total_m } else { 0.0 },
    };
    let parts: Vec<Part> = spans.iter().zip(meters).map(part).collect();
    if total_m > 0.0 { parts } else { Vec::new() }
}

/// The first fix that is not far away from the middle of the track: a watch may remember where it was last.
fn first_position(segments: &[Vec<TrackPoint>]) -> Option<Position> {
    let places = || segments.iter().flatten().filter_map(|point| point.position);
    let first = places().next()?;
    let count: usize = segments.iter().map(Vec::len).sum();
    let middle = segments.iter().flatten().skip(count / 2).find_map(|point| point.position).unwrap_or(first);
    if meters_between(first, middle) <= FAR_M {
        return Some(first);
    }
    places().find(|place| meters_between(*place, middle) <= FAR_M)
}

/// Takes out points whose date cannot be: a clock that jumped for a moment.
fn drop_undated_points(recording: &mut Recording, latest_unix_ms: i64, is_rising: bool) {
    let before = recording.point_count();
    let is_possible = |point: &TrackPoint| is_possible_start(point.time_unix_ms, latest_unix_ms);
    for segment in &mut recording.segments {
        // what lies between two dates that can be can be
        let are_ends_possible =
            segment.first().is_none_or(is_possible) && segment.last().is_none_or(is_possible);
        if !(is_rising && are_ends_possible) {
            segment.retain(is_possible);
        }
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
