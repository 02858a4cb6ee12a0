//! Points to totals: distance, moving time, climb, heart rate and cadence of a track.
//!
//! Distance is the sum of great-circle steps within each segment; pauses between segments are not
//! bridged. A step faster than a car-like 12 m/s is a GPS error only if the track comes back to where
//! it was, or if the half minute around it is too fast as well: the catch-up step that follows
//! repeated fixes is real distance.

use serde::{Deserialize, Serialize};

use super::running_time::RunningTime;
use crate::activity::{Position, TrackPoint};

/// The equatorial radius of WGS 84, as most services take it. It lies 0.11 % above the mean radius, on the
/// side of the error of GPS watches, which read 3 to 6 % short.
const EARTH_RADIUS_M: f64 = 6_378_137.0;
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
const MOST_LOOKS: usize = 20_000;
/// Slower than this, over [`STOP_WINDOW_MS`], is standing.
const STOP_SPEED_MPS: f64 = 0.5;
pub(super) const STOP_WINDOW_MS: i64 = 10_000;
/// Altitude must turn by this much to count as climb or descent.
const CLIMB_HYSTERESIS_M: f32 = 3.0;
/// Cadences below this count one leg (strides), above it both (steps).
const STRIDES_BELOW: f64 = 120.0;

/// What a track adds up to; a value that its points do not tell is `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TrackSummary {
    /// Sum over positions, jumps cut, in metres.
    pub track_distance_m: Option<f64>,
    /// The device's running total: highest minus first, in metres.
    pub records_distance_m: Option<f64>,
    /// Time above the stop threshold in seconds.
    pub moving_time_s: Option<f64>,
    /// Time of running, not walking, in seconds: see `running_time`.
    pub running_time_s: Option<f64>,
    /// First to last point in seconds.
    pub elapsed_time_s: Option<f64>,
    /// Climb in metres.
    pub ascent_m: Option<f64>,
    /// Descent in metres.
    pub descent_m: Option<f64>,
    /// Mean over the points that have one.
    pub average_heart_rate_bpm: Option<f64>,
    /// Highest.
    pub max_heart_rate_bpm: Option<f64>,
    /// Mean steps of both feet a minute while moving feet.
    pub average_cadence_spm: Option<f64>,
    /// GPS errors taken out.
    pub jumps: Jumps,
}

/// GPS errors taken out of a track.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Jumps {
    /// How many.
    pub count: usize,
    /// The distance that they would have added, in metres.
    pub distance_m: f64,
}

/// Great-circle distance in metres.
pub fn haversine_m(a: Position, b: Position) -> f64 {
    meters_between(&Fix::new(0, a), &Fix::new(0, b))
}

/// Adds a track up.
pub fn summarize(segments: &[Vec<TrackPoint>]) -> TrackSummary {
    let mut summary = TrackSummary::default();
    let mut moving_ms = 0;
    let (mut located, mut cumulative) = (Vec::new(), Vec::new());
    let mut looks_left = MOST_LOOKS;
    let mut running = RunningTime::of(segments);
    for segment in segments {
        located.clear();
        located.reserve(segment.len());
        located.extend(segment.iter().filter_map(Fix::of));
        if located.len() >= 2 {
            let (meters, jumps) = cumulative_distance(&located, &mut cumulative, &mut looks_left);
            *summary.track_distance_m.get_or_insert(0.0) += meters;
            summary.jumps.count += jumps.count;
            summary.jumps.distance_m += jumps.distance_m;
            moving_ms += moving_time_ms(&located, |fix| fix.time_ms, &cumulative);
            running.add_located(segment, &cumulative);
        } else {
            moving_ms += records_moving_time_ms(segment);
            running.add_records(segment);
        }
    }
    let points = || segments.iter().flatten();
    summary.moving_time_s = (moving_ms > 0).then(|| moving_ms as f64 / 1000.0);
    summary.running_time_s = running.seconds();
    summary.records_distance_m = records_distance_m(points());
    summary.elapsed_time_s = elapsed_time_s(points());
    (summary.ascent_m, summary.descent_m) = climb_and_descent(segments);
    summary.average_heart_rate_bpm = mean(points().filter_map(|p| p.heart_rate_bpm).map(f64::from));
    summary.max_heart_rate_bpm = points().filter_map(|p| p.heart_rate_bpm).max().map(f64::from);
    summary.average_cadence_spm = cadence_spm(mean(points().filter_map(|p| p.cadence_raw).map(f64::from)));
    summary
}

/// Steps of both feet a minute from a device's cadence, which counts strides or steps.
pub fn cadence_spm(cadence: Option<f64>) -> Option<f64> {
    cadence.map(|c| if c < STRIDES_BELOW { 2.0 * c } else { c })
}

/// A point with a position, and what both steps to its neighbours need of it.
#[derive(Clone, Copy)]
struct Fix {
    time_ms: i64,
    latitude_rad: f64,
    cos_latitude: f64,
    longitude_deg: f64,
}

impl Fix {
    fn new(time_ms: i64, position: Position) -> Self {
        let latitude_rad = position.latitude_deg.to_radians();
        Self {
            time_ms,
            latitude_rad,
            cos_latitude: latitude_rad.cos(),
            longitude_deg: position.longitude_deg,
        }
    }

    fn of(point: &TrackPoint) -> Option<Self> {
        Some(Self::new(point.time_unix_ms, point.position?))
    }
}

/// Great-circle distance in metres, by the haversine.
fn meters_between(a: &Fix, b: &Fix) -> f64 {
    let half_lat = (b.latitude_rad - a.latitude_rad) / 2.0;
    let half_lon = (b.longitude_deg - a.longitude_deg).to_radians() / 2.0;
    let h = half_lat.sin().powi(2) + a.cos_latitude * b.cos_latitude * half_lon.sin().powi(2);
    2.0 * EARTH_RADIUS_M * h.sqrt().min(1.0).asin()
}

/// Seconds from `a` to `b`, at least one: two points within a second say little about speed.
fn seconds_between(a: &Fix, b: &Fix) -> f64 {
    ((b.time_ms - a.time_ms).abs() as f64 / 1000.0).max(1.0)
}

/// Fills `cumulative` with the metres covered up to each fix, errors cut; returns the total. Takes the fast steps that
/// it looks at off `looks_left`.
fn cumulative_distance(fixes: &[Fix], cumulative: &mut Vec<f64>, looks_left: &mut usize) -> (f64, Jumps) {
    cumulative.clear();
    cumulative.push(0.0);
    let mut total = 0.0;
    let mut jumps = Jumps::default();
    let mut i = 0;
    while i + 1 < fixes.len() {
        let step_m = meters_between(&fixes[i], &fixes[i + 1]);
        if step_m / seconds_between(&fixes[i], &fixes[i + 1]) <= JUMP_SPEED_MPS {
            total += step_m;
            i += 1;
        } else if *looks_left == 0 {
            jumps.count += 1;
            jumps.distance_m += step_m;
            i += 1;
        } else if let Some(back) = comes_back(fixes, i) {
            *looks_left -= 1;
            let detour_m: f64 = fixes[i..=back].windows(2).map(|w| meters_between(&w[0], &w[1])).sum();
            let direct_m = meters_between(&fixes[i], &fixes[back]);
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
        let returns_fast = meters_between(&fixes[j - 1], &fixes[j])
            / seconds_between(&fixes[j - 1], &fixes[j])
            > JUMP_SPEED_MPS;
        returns_fast
            && meters_between(start, &fixes[j]) / seconds_between(start, &fixes[j]) <= REACHABLE_SPEED_MPS
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
    let path_m: f64 = fixes[first..=last].windows(2).map(|w| meters_between(&w[0], &w[1])).sum();
    path_m / seconds_between(&fixes[first], &fixes[last]) > JUMP_SPEED_MPS
}

/// Milliseconds during which the distance grew faster than the stop threshold.
fn moving_time_ms<T>(points: &[T], time_ms: impl Fn(&T) -> i64, cumulative_m: &[f64]) -> i64 {
    let time_ms = |i: usize| time_ms(&points[i]);
    let mut moving = 0;
    let mut window_start = 0;
    for i in 1..points.len().min(cumulative_m.len()) {
        while window_start + 1 < i && time_ms(i) - time_ms(window_start + 1) >= STOP_WINDOW_MS {
            window_start += 1;
        }
        let step_ms = time_ms(i) - time_ms(i - 1);
        let start = if step_ms >= STOP_WINDOW_MS { i - 1 } else { window_start };
        if step_ms >= STOP_WINDOW_MS {
            // what follows a long step is not judged by it
            window_start = i;
        }
        let window_s = (time_ms(i) - time_ms(start)) as f64 / 1000.0;
        if step_ms > 0
            && window_s > 0.0
            && (cumulative_m[i] - cumulative_m[start]) / window_s > STOP_SPEED_MPS
        {
            moving += step_ms;
        }
    }
    moving
}

/// Moving time of a segment without positions, from the device's running total.
fn records_moving_time_ms(segment: &[TrackPoint]) -> i64 {
    let with_distance: Vec<(i64, f64)> =
        segment.iter().filter_map(|p| Some((p.time_unix_ms, p.distance_m?))).collect();
    let meters: Vec<f64> = with_distance.iter().map(|&(_, m)| m).collect();
    moving_time_ms(&with_distance, |(ms, _)| *ms, &meters)
}

fn records_distance_m<'a>(points: impl Iterator<Item = &'a TrackPoint>) -> Option<f64> {
    let mut first = None;
    let mut highest = f64::MIN;
    for meters in points.filter_map(|p| p.distance_m) {
        first.get_or_insert(meters);
        highest = highest.max(meters);
    }
    first.map(|first| highest - first).filter(|meters| *meters > 0.0)
}

fn elapsed_time_s<'a>(points: impl Iterator<Item = &'a TrackPoint>) -> Option<f64> {
    let (mut first, mut last) = (i64::MAX, i64::MIN);
    for point in points {
        first = first.min(point.time_unix_ms);
        last = last.max(point.time_unix_ms);
    }
    (last > first).then(|| (last - first) as f64 / 1000.0)
}

/// Climb and descent from altitudes smoothed by a 5-point median, with hysteresis.
fn climb_and_descent(segments: &[Vec<TrackPoint>]) -> (Option<f64>, Option<f64>) {
    let (mut up, mut down, mut known) = (0.0, 0.0, false);
    for segment in segments {
        let altitudes: Vec<f32> = segment.iter().filter_map(|p| p.altitude_m).collect();
        let mut turning_point = None;
        for altitude in median_of_5(&altitudes) {
            known = true;
            let base = *turning_point.get_or_insert(altitude);
            if (altitude - base).abs() >= CLIMB_HYSTERESIS_M {
                if altitude > base {
                    up += f64::from(altitude - base);
                } else {
                    down += f64::from(base - altitude);
                }
                turning_point = Some(altitude);
            }
        }
    }
    (known.then_some(up), known.then_some(down))
}

fn median_of_5(values: &[f32]) -> impl Iterator<Item = f32> + '_ {
    (0..values.len()).map(|i| {
        if let Some(&[a, b, c, d, e]) = i.checked_sub(2).and_then(|first| values[first..].first_chunk()) {
            // the middle one lies between the higher of the lower and the lower of the higher of two pairs
            let (low, high) = (a.min(b).max(c.min(d)), a.max(b).min(c.max(d)));
            return low.min(high).max(low.max(high).min(e));
        }
        let window = &values[i.saturating_sub(2)..(i + 3).min(values.len())];
        let mut sorted = [0.0; 5];
        let sorted = &mut sorted[..window.len()];
        sorted.copy_from_slice(window);
        sorted.sort_by(f32::total_cmp);
        sorted[sorted.len() / 2]
    })
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for value in values {
        sum += value;
        count += 1;
    }
    (count > 0).then(|| sum / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points a second apart on a meridian; one degree of latitude is 111.319 km on this sphere.
    fn northward(meters: &[f64]) -> Vec<TrackPoint> {
        timed(&meters.iter().enumerate().map(|(i, m)| (i as i64, *m)).collect::<Vec<_>>())
    }

    fn timed(seconds_and_meters: &[(i64, f64)]) -> Vec<TrackPoint> {
        let point = |&(s, m): &(i64, f64)| TrackPoint {
            time_unix_ms: 1_772_348_400_000 + s * 1000,
            position: Some(Position { latitude_deg: (m / EARTH_RADIUS_M).to_degrees(), longitude_deg: 7.0 }),
            altitude_m: None,
            distance_m: None,
            heart_rate_bpm: None,
            cadence_raw: None,
        };
        seconds_and_meters.iter().map(point).collect()
    }

    fn distance(points: Vec<TrackPoint>) -> f64 {
        summarize(&[points]).track_distance_m.unwrap()
    }

    #[test]
    fn one_degree_of_latitude_is_111_319_m() {
        let at = |latitude_deg| Position { latitude_deg, longitude_deg: 7.0 };
        assert!((haversine_m(at(54.0), at(55.0)) - 111_319.5).abs() < 1.0);
    }

    #[test]
    fn distance_is_the_sum_of_the_steps_and_pauses_are_not_bridged() {
        let first = northward(&[0.0, 3.0, 6.0]);
        let after_pause = northward(&[1000.0, 1003.0]);
        assert!((summarize(&[first, after_pause]).track_distance_m.unwrap() - 9.0).abs() < 1e-6);
    }

    #[test]
    fn an_outlier_that_comes_back_is_cut_and_told() {
        let summary = summarize(&[northward(&[0.0, 3.0, 203.0, 9.0, 12.0])]);
        assert!((summary.track_distance_m.unwrap() - 12.0).abs() < 1e-6);
        assert_eq!(summary.jumps.count, 1);
        assert!((summary.jumps.distance_m - (200.0 + 194.0 - 6.0)).abs() < 1e-6);
    }

    #[test]
    fn a_jump_away_for_good_is_cut() {
        let summary = summarize(&[northward(&[0.0, 3.0, 5003.0, 5006.0])]);
        assert!((summary.track_distance_m.unwrap() - 6.0).abs() < 1e-6);
        assert_eq!(summary.jumps.count, 1);
    }

    #[test]
    fn a_catch_up_step_after_repeated_fixes_is_real_distance() {
        let mut meters: Vec<f64> = vec![0.0; 20];
        meters.extend((0..20).map(|i| 60.0 + 3.0 * f64::from(i)));
        assert!((distance(northward(&meters)) - 117.0).abs() < 1e-6);
        assert_eq!(summarize(&[northward(&meters)]).jumps.count, 0);
    }

    #[test]
    fn first_fixes_far_from_the_track_are_cut_and_nearer_ones_may_be_real() {
        let summary = |jump_m: f64| {
            let wrong = (0..10).map(|i| (i, 3.0 * i as f64));
            let right = (10..100).map(|i| (i, jump_m + 3.0 * i as f64));
            summarize(&[timed(&wrong.chain(right).collect::<Vec<_>>())])
        };
        // over the 25 s around it, 500 m are faster than 12 m/s; 100 m are not
        let cut = summary(500.0);
        assert_eq!(cut.jumps.count, 1);
        assert!((cut.track_distance_m.unwrap() - (297.0 - 3.0)).abs() < 1e-6);
        assert_eq!(summary(100.0).jumps.count, 0);
    }

    #[test]
    fn standing_does_not_count_as_moving() {
        // 100 s at 3 m/s, 200 s without a point, then 100 s at 3 m/s
        let mut points: Vec<(i64, f64)> = (0..=100).map(|s| (s, 3.0 * s as f64)).collect();
        points.extend((300..=400).map(|s| (s, 300.0 + 3.0 * (s - 300) as f64)));
        let summary = summarize(&[timed(&points)]);
        assert_eq!(summary.moving_time_s, Some(200.0));
        assert_eq!(summary.elapsed_time_s, Some(400.0));
    }

    #[test]
    fn time_running_backwards_harms_neither_distance_nor_moving_time() {
        let summary = summarize(&[timed(&[(0, 0.0), (10, 30.0), (5, 33.0), (20, 60.0)])]);
        assert!((summary.track_distance_m.unwrap() - 60.0).abs() < 1e-6);
        assert!(summary.moving_time_s.unwrap() <= 30.0);
    }

    #[test]
    fn climb_counts_only_turns_of_three_metres() {
        let mut points = northward(&[0.0; 30]);
        let altitudes = [[10.0; 10], [12.0; 10], [14.0; 10]].concat();
        points.iter_mut().zip(altitudes).for_each(|(p, a)| p.altitude_m = Some(a));
        assert_eq!(climb_and_descent(&[points.clone()]), (Some(4.0), Some(0.0)));
        points.iter_mut().for_each(|p| p.altitude_m = None);
        assert_eq!(climb_and_descent(&[points]), (None, None));
    }

    #[test]
    fn records_give_the_highest_total_minus_the_first() {
        let mut points = northward(&[0.0; 4]);
        points
            .iter_mut()
            .zip([41_993.0, 42_100.0, 42_050.0, 42_292.0])
            .for_each(|(p, m)| p.distance_m = Some(m));
        assert_eq!(summarize(&[points]).records_distance_m, Some(299.0));
    }

    #[test]
    fn an_empty_track_says_nothing() {
        assert_eq!(summarize(&[]), TrackSummary::default());
        assert_eq!(summarize(&[vec![]]), TrackSummary::default());
    }

    #[test]
    fn cadence_of_one_leg_is_doubled() {
        assert_eq!(cadence_spm(Some(82.0)), Some(164.0));
        assert_eq!(cadence_spm(Some(164.0)), Some(164.0));
        assert_eq!(cadence_spm(None), None);
    }
}
