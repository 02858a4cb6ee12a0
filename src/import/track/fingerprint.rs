//! A small sample of a track that tells whether two recordings are the same run saved at different hours.
//!
//! Equal totals never suffice: two runs a day on the same loop are two runs. What tells is that the same
//! places, or the same changing heart rates, come at the same seconds after the start.

use std::collections::HashSet;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::great_circle::meters_between;
use crate::activity::{Position, TrackPoint};

/// At most so many points are kept; the step between them is a power of two seconds, so that the samples of
/// two savings of one run hold the same moments.
const MOST_POINTS: usize = 64;
/// So many points must agree.
const MIN_AGREEING: usize = 20;
/// Heart rates of a steady treadmill run agree by chance: they must take so many values at least.
const MIN_DIFFERENT_RATES: usize = 6;
/// Two places this close (in 1e-5 degrees, about a metre) are the same fix, rounded differently.
const SAME_PLACE_E5: i32 = 2;

/// A sample of a track, relative to its start.
///
/// It stays packed, in memory and in the cache: few tracks are ever compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fingerprint {
    packed: Box<[u8]>,
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.packed)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&[u8]>::deserialize(deserializer).map(|packed| Self { packed: packed.into() })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Sample {
    /// Whole seconds since the first point.
    second: u32,
    /// Latitude and longitude in 1e-5 degrees.
    place_e5: Option<(i32, i32)>,
    heart_rate_bpm: Option<u8>,
}

impl Fingerprint {
    /// Samples a track: every point at first, then those at even seconds, at seconds divisible by four …
    #[must_use]
    pub fn of(segments: &[Vec<TrackPoint>]) -> Self {
        let points = || segments.iter().flatten();
        let Some(first) = points().next() else { return Self::default() };
        let mut samples = Samples::default();
        points().for_each(|point| samples.add(point, first.time_unix_ms));
        samples.points.sort_by_key(|sample| sample.second);
        samples.points.dedup_by_key(|sample| sample.second);
        Self { packed: postcard::to_allocvec(&samples.points).unwrap_or_default().into() }
    }

    /// Its points by second; none where they cannot be unpacked, so that it agrees with nothing.
    fn points(&self) -> Vec<Sample> {
        postcard::from_bytes(&self.packed).unwrap_or_default()
    }

    /// Whether two tracks are the same one: at least twenty places, or changing heart rates, come at the same
    /// seconds, and none differs.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.points(), other.points());
        let pairs: Vec<(&Sample, &Sample)> = ours
            .iter()
            .filter_map(|a| {
                let b = theirs.binary_search_by_key(&a.second, |b| b.second).ok()?;
                Some((a, &theirs[b]))
            })
            .collect();
        places_agree(&pairs).unwrap_or_else(|| heart_rates_agree(&pairs))
    }
}

/// How two tracks of the same time lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Company {
    /// At the same places.
    Together,
    /// Further than a kilometre apart all the time: two people, or two clocks.
    Apart,
    /// Nothing tells.
    Unknown,
}

/// Two samples further apart in time say nothing of each other.
const SAME_MOMENT_MS: i64 = 64_000;
/// So many moments have to be known in both.
const LEAST_MOMENTS: usize = 5;
/// Tracks this far apart are of two people.
const APART_M: f64 = 1_000.0;
/// Fixes of two devices at one moment lie this close together …
const TOGETHER_M: f64 = 50.0;
/// … and so much further for every second between the samples.
const TOGETHER_MPS: f64 = 12.0;

impl Fingerprint {
    /// Whether two tracks, whose first points have these times, were at the same places at the same moments.
    #[must_use]
    pub fn company(&self, first_ms: i64, other: &Self, other_first_ms: i64) -> Company {
        let (ours, theirs) = (self.moments(first_ms), other.moments(other_first_ms));
        let mut moments = Vec::new();
        for (ms, place) in ours {
            let nearest = theirs.iter().min_by_key(|(other_ms, _)| other_ms.abs_diff(ms));
            if let Some((other_ms, other_place)) = nearest
                && (other_ms - ms).abs() <= SAME_MOMENT_MS
            {
                let apart_s = (other_ms - ms).abs() as f64 / 1000.0;
                moments.push((meters_between(place, *other_place), apart_s));
            }
        }
        if moments.len() < LEAST_MOMENTS {
            return Company::Unknown;
        }
        let together =
            moments.iter().filter(|(meters, apart_s)| *meters <= TOGETHER_M + TOGETHER_MPS * apart_s);
        if 5 * together.count() >= 4 * moments.len() {
            Company::Together
        } else if moments.iter().all(|(meters, _)| *meters > APART_M) {
            Company::Apart
        } else {
            Company::Unknown
        }
    }

    /// The places with their times in milliseconds since 1970.
    fn moments(&self, first_ms: i64) -> Vec<(i64, Position)> {
        let moment = |sample: &Sample| {
            let (latitude_e5, longitude_e5) = sample.place_e5?;
            let degrees = |e5: i32| f64::from(e5) / 1e5;
            let place = Position { latitude_deg: degrees(latitude_e5), longitude_deg: degrees(longitude_e5) };
            Some((first_ms + 1000 * i64::from(sample.second), place))
        };
        self.points().iter().filter_map(moment).collect()
    }
}

/// Samples at seconds that a power of two divides: the power grows as there are too many.
#[derive(Default)]
struct Samples {
    points: Vec<Sample>,
    power: u32,
}

impl Samples {
    fn add(&mut self, point: &TrackPoint, first_ms: i64) {
        let Ok(second) = u32::try_from((point.time_unix_ms - first_ms).div_euclid(1000)) else { return };
        if second.trailing_zeros() < self.power {
            return;
        }
        let e5 = |degrees: f64| (degrees * 1e5).round() as i32;
        self.points.push(Sample {
            second,
            place_e5: point.position.map(|at| (e5(at.latitude_deg), e5(at.longitude_deg))),
            heart_rate_bpm: point.heart_rate_bpm,
        });
        while self.points.len() > MOST_POINTS && self.power < u32::BITS {
            self.power += 1;
            self.points.retain(|sample| sample.second.trailing_zeros() >= self.power);
        }
        // many points at the very first second
        self.points.truncate(MOST_POINTS);
    }
}

/// `None` where too few moments have a place in both.
fn places_agree(pairs: &[(&Sample, &Sample)]) -> Option<bool> {
    let places: Vec<_> = pairs.iter().filter_map(|(a, b)| Some((a.place_e5?, b.place_e5?))).collect();
    let moved = places.iter().map(|(place, _)| place).collect::<HashSet<_>>().len() >= MIN_DIFFERENT_RATES;
    let close = |a: i32, b: i32| a.abs_diff(b) <= SAME_PLACE_E5.unsigned_abs();
    (places.len() >= MIN_AGREEING && moved)
        .then(|| places.iter().all(|(a, b)| close(a.0, b.0) && close(a.1, b.1)))
}

fn heart_rates_agree(pairs: &[(&Sample, &Sample)]) -> bool {
    let rates: Vec<_> =
        pairs.iter().filter_map(|(a, b)| Some((a.heart_rate_bpm?, b.heart_rate_bpm?))).collect();
    let different = rates.iter().map(|(rate, _)| rate).collect::<HashSet<_>>().len();
    rates.len() >= MIN_AGREEING && different >= MIN_DIFFERENT_RATES && rates.iter().all(|(a, b)| a == b)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A point every `step` seconds northward at 3 m/s, `east_m` away, with a heart rate that changes.
    fn track(start_s: i64, count: i64, step: i64, east_deg: f64) -> Vec<TrackPoint> {
        let point = |i: i64| TrackPoint {
            time_unix_ms: 1000 * (start_s + i * step),
            position: Some(Position {
                latitude_deg: 54.0 + 0.000_027 * (i * step) as f64,
                longitude_deg: 7.0 + east_deg,
            }),
            altitude_m: None,
            distance_m: None,
            heart_rate_bpm: u8::try_from(120 + i * step / 60 % 40).ok(),
            cadence_raw: None,
        };
        (0..count).map(point).collect()
    }

    fn without_places(mut points: Vec<TrackPoint>) -> Vec<TrackPoint> {
        points.iter_mut().for_each(|point| point.position = None);
        points
    }

    fn agree(a: Vec<TrackPoint>, b: Vec<TrackPoint>) -> bool {
        Fingerprint::of(&[a]).agrees_with(&Fingerprint::of(&[b]))
    }

    #[test]
    fn the_same_track_two_hours_later_agrees_and_the_same_loop_a_little_beside_does_not() {
        assert!(agree(track(0, 1800, 1, 0.0), track(7200, 1800, 1, 0.0)));
        assert!(agree(track(0, 1800, 1, 0.0), track(7200, 1800, 1, 0.000_01)), "rounding is no difference");
        assert!(!agree(track(0, 1800, 1, 0.0), track(7200, 1800, 1, 0.000_1)));
    }

    #[test]
    fn a_sample_is_small_and_a_longer_saving_of_the_same_run_still_agrees() {
        let long = Fingerprint::of(&[track(0, 20_000, 1, 0.0)]);
        assert!(long.points().len() <= MOST_POINTS && long.packed.len() <= 1_000);
        assert!(agree(track(0, 1800, 1, 0.0), track(7200, 1700, 1, 0.0)));
    }

    #[test]
    fn nineteen_points_are_too_few_and_twenty_are_enough() {
        assert!(!agree(track(0, 19, 60, 0.0), track(7200, 19, 60, 0.0)));
        assert!(agree(track(0, 20, 60, 0.0), track(7200, 20, 60, 0.0)));
    }

    #[test]
    fn without_places_changing_heart_rates_tell_and_steady_ones_do_not() {
        let of = |start| without_places(track(start, 1800, 1, 0.0));
        assert!(agree(of(0), of(3600)));
        let steady = |start| {
            let mut points = of(start);
            points.iter_mut().for_each(|point| point.heart_rate_bpm = Some(140));
            points
        };
        assert!(!agree(steady(0), steady(3600)));
    }

    #[test]
    fn nothing_agrees_with_nothing() {
        assert!(!agree(vec![], vec![]));
    }

    #[test]
    fn two_devices_of_one_runner_are_together_and_two_runners_are_apart() {
        let of = |start, east_deg| (Fingerprint::of(&[track(start, 1800, 1, east_deg)]), 1000 * start);
        let company = |(a, first_a): (Fingerprint, i64), (b, first_b): (Fingerprint, i64)| {
            a.company(first_a, &b, first_b)
        };
        assert_eq!(company(of(0, 0.0), of(0, 0.000_3)), Company::Together);
        assert_eq!(company(of(0, 0.0), of(0, 0.05)), Company::Apart, "3 km to the east");
        assert_eq!(company(of(0, 0.0), of(0, 0.01)), Company::Unknown, "650 m");
        assert_eq!(company(of(0, 0.0), of(7200, 0.0)), Company::Unknown, "two hours later");
    }
}
