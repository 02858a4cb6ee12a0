//! How much of a track was run, not walked or stood: what compares run–walk sessions.
//!
//! A step between two points is running where the later one tells at least 140 steps a minute, or where the speed over
//! the ten seconds up to it (the window of moving time) is at least 1.9 m/s. Both limits are a design choice (evidence
//! grade D): walking has 90 to 135 steps, slow running 150 and more; most people break into a run below 2.2 m/s.

use super::track::STOP_WINDOW_MS;
use crate::activity::TrackPoint;

/// Running has at least so many steps of both feet a minute.
const RUNNING_SPM: u32 = 140;
/// Running is at least so fast.
const RUNNING_SPEED_MPS: f64 = 1.9;
/// A device that counts steps tells more than this somewhere in a run, one that counts strides never: twice as many would
/// be 220 steps. The mean, which serves for whole runs, would take the steps of a run–walker for strides.
const STRIDES_UP_TO: u8 = 110;
/// So many per cent of the time have to be known: a device that writes a cadence twice a minute tells too little.
const KNOWN_PERCENT: i64 = 90;
/// No look ahead goes over more points than this, so that bad clocks cost no time.
const MOST_POINTS_AHEAD: usize = 120;
/// So many in a hundred cadences may lie above: a stumble is no step rate.
const OUTLIERS_PERCENT: usize = 5;

/// Adds up the running of a track, segment by segment.
pub(super) struct RunningTime {
    /// What one count of the device's cadence stands for.
    steps_a_count: u32,
    running_ms: i64,
    /// The time of which it is known whether it was running …
    known_ms: i64,
    /// … of so much.
    all_ms: i64,
}

impl RunningTime {
    pub(super) fn of(segments: &[Vec<TrackPoint>]) -> Self {
        Self { steps_a_count: steps_a_count(segments), running_ms: 0, known_ms: 0, all_ms: 0 }
    }

    /// Adds the points of a segment that have a position, with the metres up to each.
    pub(super) fn add_located(&mut self, segment: &[TrackPoint], cumulative_m: &[f64]) {
        let located = segment.iter().filter(|point| point.position.is_some());
        let points: Vec<Point> =
            located.zip(cumulative_m).map(|(point, meters)| self.point(point, Some(*meters))).collect();
        self.add(&points);
    }

    /// Adds a segment without positions, by the device's running total and its cadence.
    pub(super) fn add_records(&mut self, segment: &[TrackPoint]) {
        let has_distance = segment.iter().any(|point| point.distance_m.is_some());
        let told = segment.iter().filter(|point| point.distance_m.is_some() || !has_distance);
        let points: Vec<Point> = told.map(|point| self.point(point, point.distance_m)).collect();
        self.add(&points);
    }

    /// Seconds of running; `None` where neither cadence nor speed is known for nearly all of the time.
    pub(super) fn seconds(&self) -> Option<f64> {
        let is_known = self.known_ms > 0 && self.known_ms >= self.all_ms / 100 * KNOWN_PERCENT;
        is_known.then_some(self.running_ms as f64 / 1000.0)
    }

    fn point(&self, point: &TrackPoint, meters: Option<f64>) -> Point {
        let cadence = point.cadence_raw.map(|raw| self.steps_a_count * u32::from(raw));
        Point { time_ms: point.time_unix_ms, meters, cadence_spm: cadence }
    }

    fn add(&mut self, points: &[Point]) {
        let mut window_start = 0;
        for i in 1..points.len() {
            while window_start + 1 < i && millis(points, window_start + 1, i) >= STOP_WINDOW_MS {
                window_start += 1;
            }
            let step_ms = millis(points, i - 1, i);
            let is_long = step_ms >= STOP_WINDOW_MS;
            let speed = if is_long {
                speed_mps(points, i - 1, i)
            } else {
                windowed_speed_mps(points, window_start, i)
            };
            // a cadence tells of the moment before it, not of a pause
            let cadence = points[i].cadence_spm.filter(|_| step_ms <= STOP_WINDOW_MS);
            if is_long {
                window_start = i;
            }
            if step_ms <= 0 {
                continue;
            }
            self.all_ms = self.all_ms.saturating_add(step_ms);
            if speed.is_none() && cadence.is_none() {
                continue;
            }
            self.known_ms = self.known_ms.saturating_add(step_ms);
            if speed.is_some_and(|mps| mps >= RUNNING_SPEED_MPS)
                || cadence.is_some_and(|spm| spm >= RUNNING_SPM)
            {
                self.running_ms = self.running_ms.saturating_add(step_ms);
            }
        }
    }
}

/// What running is told by.
struct Point {
    time_ms: i64,
    meters: Option<f64>,
    cadence_spm: Option<u32>,
}

fn millis(points: &[Point], from: usize, to: usize) -> i64 {
    points[to].time_ms.saturating_sub(points[from].time_ms)
}

/// The speed over the window that ends at a point; at the beginning of a track, where it is not full yet, of the window
/// that begins there.
fn windowed_speed_mps(points: &[Point], window_start: usize, at: usize) -> Option<f64> {
    let is_full = |to: usize| millis(points, window_start, to) >= STOP_WINDOW_MS;
    let mut end = at;
    while !is_full(end)
        && end - at < MOST_POINTS_AHEAD
        && end + 1 < points.len()
        && millis(points, end, end + 1) < STOP_WINDOW_MS
    {
        end += 1;
    }
    speed_mps(points, window_start, end)
}

fn speed_mps(points: &[Point], from: usize, to: usize) -> Option<f64> {
    let seconds = millis(points, from, to) as f64 / 1000.0;
    let meters = points[to].meters? - points[from].meters?;
    (seconds > 0.0).then(|| meters / seconds)
}

/// 2 where the cadences of a track are strides (one leg), 1 where they are steps.
fn steps_a_count(segments: &[Vec<TrackPoint>]) -> u32 {
    let mut count_of = [0_usize; 256];
    for cadence in segments.iter().flatten().filter_map(|point| point.cadence_raw).filter(|raw| *raw > 0) {
        count_of[usize::from(cadence)] += 1;
    }
    let all: usize = count_of.iter().sum();
    let above: usize = count_of[usize::from(STRIDES_UP_TO) + 1..].iter().sum();
    if 100 * above <= OUTLIERS_PERCENT * all { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{activity::Position, import::track::summarize};

    fn bare(second: i64) -> TrackPoint {
        TrackPoint {
            time_unix_ms: 1000 * second,
            position: None,
            altitude_m: None,
            distance_m: None,
            heart_rate_bpm: None,
            cadence_raw: None,
        }
    }

    fn running_s(points: Vec<TrackPoint>) -> Option<f64> {
        summarize(&[points]).running_time_s
    }

    /// A point a second with these cadences, each for so many seconds.
    fn with_cadences(parts: &[(u8, i64)]) -> Vec<TrackPoint> {
        let cadences = parts.iter().flat_map(|&(raw, seconds)| vec![raw; seconds as usize]);
        let mut points = vec![bare(0)];
        points.extend(
            (1..).zip(cadences).map(|(second, raw)| TrackPoint { cadence_raw: Some(raw), ..bare(second) }),
        );
        points
    }

    /// A record every ten seconds at these speeds, each for so many seconds.
    fn at_speeds(parts: &[(f64, i64)]) -> Vec<TrackPoint> {
        let (mut second, mut meters) = (0, 0.0);
        let mut points = vec![TrackPoint { distance_m: Some(0.0), ..bare(0) }];
        for &(mps, seconds) in parts {
            for _ in 0..seconds / 10 {
                (second, meters) = (second + 10, meters + 10.0 * mps);
                points.push(TrackPoint { distance_m: Some(meters), ..bare(second) });
            }
        }
        points
    }

    #[test]
    fn at_140_steps_a_minute_it_is_running_and_at_138_it_is_not() {
        assert_eq!(running_s(with_cadences(&[(55, 90), (70, 60)])), Some(60.0));
        assert_eq!(running_s(with_cadences(&[(55, 90), (69, 60)])), Some(0.0));
    }

    #[test]
    fn a_watch_that_counts_steps_of_a_run_walker_is_not_taken_for_one_that_counts_strides() {
        // the mean is 119: below the limit at which a whole run's cadence is doubled
        assert_eq!(running_s(with_cadences(&[(110, 80), (156, 20)])), Some(20.0));
    }

    #[test]
    fn at_1_9_metres_a_second_it_is_running_and_slower_it_is_not() {
        assert_eq!(running_s(at_speeds(&[(1.5, 120), (2.6, 60), (1.5, 60)])), Some(60.0));
        assert_eq!(running_s(at_speeds(&[(1.89, 60)])), Some(0.0));
        assert_eq!(running_s(at_speeds(&[(1.91, 60)])), Some(60.0));
    }

    #[test]
    fn where_neither_cadence_nor_speed_is_known_nothing_is() {
        assert_eq!(running_s(vec![bare(0), bare(10), bare(20)]), None);
        assert_eq!(summarize(&[]).running_time_s, None);
    }

    #[test]
    fn a_cadence_after_a_long_step_tells_nothing_of_it_and_more_than_a_tenth_unknown_is_unknown() {
        let paused = |seconds: i64| {
            let mut points = with_cadences(&[(80, 180)]);
            points.push(TrackPoint { cadence_raw: Some(80), ..bare(180 + seconds) });
            running_s(points)
        };
        assert_eq!([paused(10), paused(20), paused(21)], [Some(190.0), Some(180.0), None]);
    }

    #[test]
    fn positions_that_waver_make_no_running_of_a_walk() {
        // 1.4 m/s northward, every second point 0.6 m too far: single steps of 2.0 m/s
        let walk = (0..=120).map(|second| {
            let meters = 1.4 * second as f64 + if second % 2 == 0 { 0.0 } else { 0.6 };
            let position = Position { latitude_deg: 54.0 + meters / 111_319.49, longitude_deg: 7.0 };
            TrackPoint { position: Some(position), ..bare(second) }
        });
        assert_eq!(running_s(walk.collect()), Some(0.0));
    }
}
