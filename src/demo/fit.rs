//! FIT as a watch writes it, through our own encoder.

use super::track::{Point, Track};
use crate::fit_encoder::{FileId, FitEncoder, Record, Session, TimerEvent};

/// FIT `manufacturer` 255, "development": no maker's name on an invented file.
const DEVELOPMENT: u16 = 255;

/// FIT's number of a sport and of its finer kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SportNumbers {
    sport: u8,
    sub_sport: u8,
    /// Whether the watch measures a way.
    moves: bool,
}

const fn sport(sport: u8, sub_sport: u8) -> SportNumbers {
    SportNumbers { sport, sub_sport, moves: true }
}

/// Running, outdoors.
pub(super) const RUNNING: SportNumbers = sport(1, 0);
/// Running on a treadmill.
pub(super) const TREADMILL: SportNumbers = sport(1, 1);
/// Cycling.
pub(super) const CYCLING: SportNumbers = sport(2, 0);
/// Swimming in a pool.
pub(super) const SWIMMING: SportNumbers = sport(5, 17);
/// Strength training: nothing but time and heart rate.
pub(super) const STRENGTH: SportNumbers = SportNumbers { moves: false, ..sport(10, 20) };

/// A whole activity file.
pub(super) fn whole(track: &Track, sport: SportNumbers) -> Vec<u8> {
    let mut file = beginning(track, sport);
    for (number, points) in track.segments.iter().enumerate() {
        if number > 0 {
            timer(&mut file, points.first(), TimerEvent::Start);
        }
        for point in points {
            file.record(&record(point, sport));
        }
        timer(&mut file, points.last(), TimerEvent::StopAll);
    }
    file.session(&session(track, sport));
    file.activity(track.end_unix_s(), track.utc_offset_s, track.timer_s() as f64);
    file.finish()
}

/// An activity file that breaks off in the middle of the record after this distance, and how far it got:
/// the distance of its last whole record.
pub(super) fn broken_off(track: &Track, sport: SportNumbers, after_m: f64) -> (Vec<u8>, f64) {
    let recorded: Vec<&Point> = track.points().take_while(|point| point.distance_m < after_m).collect();
    let mut beginning = beginning(track, sport);
    for point in &recorded {
        beginning.record(&record(point, sport));
    }
    let whole_records = beginning.finish().len() - CHECKSUM_BYTES;
    let mut bytes = whole(track, sport);
    bytes.truncate(whole_records + HALF_A_RECORD_BYTES);
    (bytes, recorded.last().map_or(0.0, |point| point.distance_m))
}

const CHECKSUM_BYTES: usize = 2;
const HALF_A_RECORD_BYTES: usize = 10;

fn beginning(track: &Track, sport: SportNumbers) -> FitEncoder {
    let start = track.start_unix_s();
    let id =
        FileId { manufacturer: DEVELOPMENT, product: 1, time_created_unix_s: start, ..FileId::default() };
    let mut file = FitEncoder::new();
    file.file_id(&id).sport(sport.sport, sport.sub_sport).timer(start, TimerEvent::Start);
    file
}

fn timer(file: &mut FitEncoder, at: Option<&Point>, what: TimerEvent) {
    if let Some(point) = at {
        file.timer(point.time_unix_s, what);
    }
}

fn record(point: &Point, sport: SportNumbers) -> Record {
    let moving = Some(point).filter(|_| sport.moves);
    Record {
        time_unix_s: Some(point.time_unix_s),
        position: point.position,
        altitude_m: point.altitude_m,
        heart_rate_bpm: Some(point.heart_rate_bpm),
        cadence: moving.map(|point| point.cadence),
        distance_m: moving.map(|point| point.distance_m),
        speed_m_per_s: moving.map(|point| point.speed_m_per_s),
    }
}

fn session(track: &Track, sport: SportNumbers) -> Session {
    let outdoors = track.points().any(|point| point.altitude_m.is_some());
    let (up, down) = track.climb_m();
    let whole = |meters: f64| outdoors.then_some(meters.round() as u16);
    Session {
        start_unix_s: Some(track.start_unix_s()),
        time_unix_s: Some(track.end_unix_s()),
        sport: Some(sport.sport),
        sub_sport: Some(sport.sub_sport),
        elapsed_time_s: Some((track.end_unix_s() - track.start_unix_s()) as f64),
        timer_time_s: Some(track.timer_s() as f64),
        distance_m: sport.moves.then(|| track.distance_m()),
        average_heart_rate_bpm: mean(track, |point| point.heart_rate_bpm),
        max_heart_rate_bpm: track.points().map(|point| point.heart_rate_bpm).max(),
        average_cadence: mean(track, |point| point.cadence).filter(|_| sport.moves),
        ascent_m: whole(up),
        descent_m: whole(down),
        workout_rpe: None,
    }
}

fn mean(track: &Track, value: impl Fn(&Point) -> u8) -> Option<u8> {
    let (sum, count) =
        track.points().fold((0_u32, 0_u32), |(sum, count), p| (sum + u32::from(value(p)), count + 1));
    let mean = (sum + count / 2).checked_div(count)?;
    u8::try_from(mean).ok()
}
