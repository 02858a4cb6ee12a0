//! Points to totals: distance, times, climb, heart rate and cadence of a track.
//!
//! Distance is the sum of great-circle steps within each segment; pauses between segments are not bridged.

pub(crate) mod cadence;
pub(crate) mod clean;
pub(crate) mod climb;
pub(crate) mod fingerprint;
pub(crate) mod great_circle;
pub(crate) mod heart_rate;
pub(crate) mod jumps;
pub(crate) mod moving_time;
pub(crate) mod occupied;
pub(crate) mod order;
pub(crate) mod readings;

use serde::{Deserialize, Serialize};

pub use crate::import::track::jumps::Jumps;
use crate::{
    activity::{CadenceAt, TrackPoint},
    import::track::{
        cadence::Cadences,
        climb::climb_and_descent,
        great_circle::Latitude,
        jumps::{Fix, MOST_LOOKS, cumulative_distance},
        moving_time::{MovingTime, Timed},
        readings::Readings,
    },
};

/// What a track adds up to; a value that its points do not tell is `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TrackSummary {
    /// Sum over positions, jumps cut, in metres.
    pub track_distance_m: Option<f64>,
    /// The device's running total: highest minus first, in metres.
    pub records_distance_m: Option<f64>,
    /// Time above the stop threshold in seconds.
    pub moving_time_s: Option<f64>,
    /// Time of running, not walking, in seconds: see `moving_time`.
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
    /// Median steps of both feet a minute at each speed, slow to fast.
    pub cadence: Vec<CadenceAt>,
    /// GPS errors taken out.
    pub jumps: Jumps,
}

/// Adds a track up.
pub fn summarize(segments: &[Vec<TrackPoint>]) -> TrackSummary {
    let readings = Readings::of(segments);
    let mut summary = TrackSummary::default();
    let mut times = MovingTime::new(readings.steps_a_count());
    let mut cadences = Cadences::new(readings.steps_a_count(), readings.has_cadence());
    let (mut located, mut cumulative_m) = (Vec::new(), Vec::new());
    let (mut looks_left, mut near) = (MOST_LOOKS, Latitude::default());
    for segment in segments {
        located.clear();
        located.reserve(segment.len());
        located.extend(segment.iter().filter_map(|point| Fix::of(point, &mut near)));
        if located.len() >= 2 {
            let (meters, jumps) = cumulative_distance(&located, &mut cumulative_m, &mut looks_left);
            *summary.track_distance_m.get_or_insert(0.0) += meters;
            summary.jumps.count += jumps.count;
            summary.jumps.distance_m += jumps.distance_m;
            times.add(&located, Some(&cumulative_m), &mut cadences);
        } else {
            add_records(segment, &mut times, &mut cadences);
        }
    }
    let (ascent_m, descent_m) = climb_and_descent(segments);
    TrackSummary {
        records_distance_m: readings.records_distance_m(),
        moving_time_s: times.moving_s(),
        running_time_s: times.running_s(),
        elapsed_time_s: readings.elapsed_time_s(),
        ascent_m,
        descent_m,
        average_heart_rate_bpm: readings.average_heart_rate_bpm(),
        max_heart_rate_bpm: readings.max_heart_rate_bpm(),
        average_cadence_spm: readings.average_cadence_spm(),
        cadence: cadences.at_speeds(),
        ..summary
    }
}

/// Adds a segment without positions, by the device's running total and its cadence.
fn add_records(segment: &[TrackPoint], times: &mut MovingTime, cadences: &mut Cadences) {
    let (points, cumulative_m): (Vec<&TrackPoint>, Vec<f64>) =
        segment.iter().filter_map(|point| Some((point, point.distance_m?))).unzip();
    if points.is_empty() {
        times.add(segment, None, cadences);
    } else {
        times.add(&points, Some(&cumulative_m), cadences);
    }
}

impl Timed for TrackPoint {
    fn time_ms(&self) -> i64 {
        self.time_unix_ms
    }

    fn cadence_raw(&self) -> Option<u8> {
        self.cadence_raw
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{activity::Position, import::track::great_circle::EARTH_RADIUS_M};

    /// Points a second apart on a meridian; one degree of latitude is 111.319 km on this sphere.
    fn northward(meters: &[f64]) -> Vec<TrackPoint> {
        timed(&meters.iter().enumerate().map(|(i, m)| (i as i64, *m)).collect::<Vec<_>>())
    }

    fn timed(seconds_and_meters: &[(i64, f64)]) -> Vec<TrackPoint> {
        let point = |&(s, m): &(i64, f64)| TrackPoint {
            position: Some(Position { latitude_deg: (m / EARTH_RADIUS_M).to_degrees(), longitude_deg: 7.0 }),
            ..TrackPoint::at(1_772_348_400_000 + s * 1000)
        };
        seconds_and_meters.iter().map(point).collect()
    }

    fn distance(points: Vec<TrackPoint>) -> f64 {
        summarize(&[points]).track_distance_m.unwrap()
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
}
