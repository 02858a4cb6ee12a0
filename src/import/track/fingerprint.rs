//! A small sample of a track that tells whether two recordings are the same run saved at different hours.
//!
//! Equal totals never suffice: two runs a day on the same loop are two runs. What tells is that the same
//! places, or the same changing heart rates, come at the same seconds after the start.

use std::collections::HashSet;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::activity::TrackPoint;

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
    use crate::activity::Position;

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
}
