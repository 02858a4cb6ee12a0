//! The distance along a track, and the GPS errors cut out of it.
//!
//! A step faster than a car-like 12 m/s is an error only if the track comes back to where it was, or if the half minute
//! around it is too fast as well: the catch-up step that follows repeated fixes is real distance.

use serde::{Deserialize, Serialize};

use super::{
    great_circle::{Latitude, Place},
    moving_time::Timed,
};
use crate::activity::TrackPoint;

/// A step faster than this is looked at.
const JUMP_SPEED_MPS: f64 = 12.0;
/// A track "comes back" if a point within this time is reachable at running speed.
const COME_BACK_MS: i64 = 30_000;
const REACHABLE_SPEED_MPS: f64 = 6.7;
/// Half of the window over which a fast step must hold its speed to be an error.
const HALF_WINDOW_MS: i64 = 15_000;
/// No look at a jump goes over more points than this, so that bad clocks cost no time.
const MAX_POINTS_AROUND: usize = 120;
/// A track with more fast steps than this is no run's: the rest of them are errors without a look, so that noise by
/// the megabyte costs no time.
pub(crate) const MOST_LOOKS: usize = 20_000;

/// GPS errors taken out of a track.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Jumps {
    /// How many.
    pub count: usize,
    /// The distance that they would have added, in metres.
    pub distance_m: f64,
}

/// What the sums need of a point with a position.
pub(crate) struct Fix {
    time_ms: i64,
    place: Place,
    cadence_raw: Option<u8>,
}

impl Fix {
    /// `near` is the latitude of points before it; `None` without a position.
    #[inline]
    pub(crate) fn of(point: &TrackPoint, near: &mut Latitude) -> Option<Self> {
        let place = Place::new(point.position?, near);
        Some(Self { time_ms: point.time_unix_ms, place, cadence_raw: point.cadence_raw })
    }

    fn meters_to(&self, other: &Self) -> f64 {
        self.place.meters_to(&other.place)
    }
}

impl Timed for Fix {
    fn time_ms(&self) -> i64 {
        self.time_ms
    }

    fn cadence_raw(&self) -> Option<u8> {
        self.cadence_raw
    }
}

/// Seconds from `a` to `b`, at least one: two points within a second say little about speed.
fn seconds_between(a: &Fix, b: &Fix) -> f64 {
    ((b.time_ms - a.time_ms).abs() as f64 / 1000.0).max(1.0)
}

/// Fills `cumulative` with the metres covered up to each fix, errors cut; returns the total. Takes the fast steps that
/// it looks at off `looks_left`.
pub(crate) fn cumulative_distance(
    fixes: &[Fix],
    cumulative: &mut Vec<f64>,
    looks_left: &mut usize,
) -> (f64, Jumps) {
    cumulative.clear();
    cumulative.push(0.0);
    let mut total = 0.0;
    let mut jumps = Jumps::default();
    let mut i = 0;
    // without any time there is no speed to judge by (F12)
    let is_timeless = fixes.iter().all(|fix| fix.time_ms == fixes[0].time_ms);
    while i + 1 < fixes.len() {
        let step_m = fixes[i].meters_to(&fixes[i + 1]);
        if is_timeless || step_m <= JUMP_SPEED_MPS * seconds_between(&fixes[i], &fixes[i + 1]) {
            total += step_m;
            i += 1;
        } else if *looks_left == 0 {
            jumps.count += 1;
            jumps.distance_m += step_m;
            i += 1;
        } else if let Some(back) = comes_back(fixes, i) {
            *looks_left -= 1;
            let detour_m: f64 = fixes[i..=back].windows(2).map(|w| w[0].meters_to(&w[1])).sum();
            let direct_m = fixes[i].meters_to(&fixes[back]);
            jumps.count += 1;
            jumps.distance_m += detour_m - direct_m;
            cumulative.resize(back, total);
            total += direct_m;
            i = back;
        } else {
            *looks_left -= 1;
            if too_fast_around(fixes, i) {
                jumps.count += 1;
                jumps.distance_m += step_m;
            } else {
                total += step_m;
            }
            i += 1;
        }
        cumulative.push(total);
    }
    (total, jumps)
}

/// The fix at which a track is back from the jump that starts at `from`, if it soon comes back.
fn comes_back(fixes: &[Fix], from: usize) -> Option<usize> {
    let start = &fixes[from];
    let near = (from + 2..fixes.len()).take(MAX_POINTS_AROUND);
    near.take_while(|&j| fixes[j].time_ms - start.time_ms <= COME_BACK_MS).find(|&j| {
        let returns_fast =
            fixes[j - 1].meters_to(&fixes[j]) / seconds_between(&fixes[j - 1], &fixes[j]) > JUMP_SPEED_MPS;
        returns_fast && start.meters_to(&fixes[j]) / seconds_between(start, &fixes[j]) <= REACHABLE_SPEED_MPS
    })
}

/// Whether the 30 s round the step from `at` are too fast as a whole.
fn too_fast_around(fixes: &[Fix], at: usize) -> bool {
    let from_ms = fixes[at].time_ms - HALF_WINDOW_MS;
    let to_ms = fixes[at + 1].time_ms + HALF_WINDOW_MS;
    let before = (0..=at).rev().take(MAX_POINTS_AROUND);
    let first = before.take_while(|&j| fixes[j].time_ms >= from_ms).last().unwrap_or(at);
    let after = (at + 1..fixes.len()).take(MAX_POINTS_AROUND);
    let last = after.take_while(|&j| fixes[j].time_ms <= to_ms).last().unwrap_or(at + 1);
    let path_m: f64 = fixes[first..=last].windows(2).map(|w| w[0].meters_to(&w[1])).sum();
    path_m / seconds_between(&fixes[first], &fixes[last]) > JUMP_SPEED_MPS
}
