//! What the points of a track tell one by one, in one pass over them: its span of time, heart rate, cadence, the device's
//! running total.

use crate::activity::{TrackPoint, both_feet};

/// A device that counts steps tells more than this somewhere in a run, one that counts strides never: twice as many would
/// be 220 steps. The mean, which serves for whole runs, would take the steps of a run–walker for strides.
const STRIDES_UP_TO: u8 = 110;
/// So many in a hundred cadences may lie above: a stumble is no step rate.
const OUTLIERS_PERCENT: u64 = 5;

/// Sums over all points.
#[derive(Default)]
pub(crate) struct Readings {
    /// First and last time in milliseconds since 1970.
    span_ms: Option<(i64, i64)>,
    /// The device's running total.
    records: Records,
    heart_rate: Bytes,
    cadence: Bytes,
    /// Cadences above 0 …
    cadences: u64,
    /// … and those above what strides can be.
    above_strides: u64,
}

/// A running total may begin anywhere, and again from the start; it may leap for a moment. What counts is by how much it
/// grew (F11).
#[derive(Default)]
struct Records {
    /// Where it began last, and the highest since, in metres.
    run_m: Option<(f64, f64)>,
    /// When it was highest.
    highest_ms: i64,
    /// What it grew by before it began again.
    before_m: f64,
    /// A value that does not follow from those before: a spike, unless the next one follows from it.
    odd: Option<(f64, i64)>,
}

/// More than this in metres is no step, but for what may be run, or driven, in the time between …
const STEP_M: f64 = 200.0;
/// … at this speed.
const STEP_MPS: f64 = 30.0;

impl Records {
    #[inline]
    fn add(&mut self, meters: f64, ms: i64) {
        let Some((first_m, highest_m)) = self.run_m else {
            self.run_m = Some((meters, meters));
            self.highest_ms = ms;
            return;
        };
        if (0.0..=STEP_M).contains(&(meters - highest_m)) {
            // nearly every value
            self.run_m = Some((first_m, meters));
            (self.highest_ms, self.odd) = (ms, None);
        } else {
            self.add_other(meters, ms, (first_m, highest_m));
        }
    }

    /// A value below the highest, or far above it.
    fn add_other(&mut self, meters: f64, ms: i64, (first_m, highest_m): (f64, f64)) {
        if follows(highest_m, meters, self.highest_ms, ms) {
            self.odd = None;
            if meters >= highest_m {
                self.run_m = Some((first_m, meters));
                self.highest_ms = ms;
            }
        } else {
            self.add_odd(meters, ms);
        }
    }

    #[cold]
    fn add_odd(&mut self, meters: f64, ms: i64) {
        match self.odd {
            Some((odd_m, odd_ms)) if follows(odd_m, meters, odd_ms, ms) => {
                self.before_m += self.run_m.map_or(0.0, |(first_m, highest_m)| highest_m - first_m);
                self.run_m = Some((odd_m, meters.max(odd_m)));
                (self.highest_ms, self.odd) = (ms, None);
            }
            _ => self.odd = Some((meters, ms)),
        }
    }

    /// `None` where it never grew.
    fn grown_m(&self) -> Option<f64> {
        let (first_m, highest_m) = self.run_m?;
        Some(self.before_m + highest_m - first_m).filter(|meters| *meters > 0.0)
    }
}

/// Whether a total can be the next: no leap ahead, and not back by more than a step and a half of the whole.
#[inline]
fn follows(highest_m: f64, meters: f64, highest_ms: i64, ms: i64) -> bool {
    let ahead_m = meters - highest_m;
    if ahead_m >= 0.0 {
        return ahead_m <= STEP_M
            || ahead_m <= STEP_M + STEP_MPS * ms.saturating_sub(highest_ms) as f64 / 1000.0;
    }
    -ahead_m <= STEP_M.min(highest_m / 2.0)
}

/// Readings of one byte each.
#[derive(Default)]
struct Bytes {
    sum: u64,
    count: u64,
    highest: u8,
}

impl Bytes {
    #[inline]
    fn add(&mut self, value: u8) {
        self.sum += u64::from(value);
        self.count += 1;
        self.highest = self.highest.max(value);
    }

    fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / self.count as f64)
    }
}

impl Readings {
    /// Of segments that are each in order.
    pub(crate) fn of(segments: &[Vec<TrackPoint>]) -> Self {
        let mut readings = Self::default();
        for segment in segments {
            if let (Some(first), Some(last)) = (segment.first(), segment.last()) {
                let (first_ms, last_ms) = (first.time_unix_ms, last.time_unix_ms);
                let (earliest_ms, latest_ms) = readings.span_ms.unwrap_or((first_ms, last_ms));
                readings.span_ms = Some((earliest_ms.min(first_ms), latest_ms.max(last_ms)));
            }
            segment.iter().for_each(|point| readings.add(point));
        }
        readings
    }

    #[inline]
    fn add(&mut self, point: &TrackPoint) {
        if let Some(meters) = point.distance_m {
            self.records.add(meters, point.time_unix_ms);
        }
        if let Some(bpm) = point.heart_rate_bpm {
            self.heart_rate.add(bpm);
        }
        if let Some(raw) = point.cadence_raw {
            self.cadence.add(raw);
            self.cadences += u64::from(raw > 0);
            self.above_strides += u64::from(raw > STRIDES_UP_TO);
        }
    }

    /// First to last point in seconds.
    pub(crate) fn elapsed_time_s(&self) -> Option<f64> {
        let (first_ms, last_ms) = self.span_ms?;
        (last_ms > first_ms).then(|| (last_ms - first_ms) as f64 / 1000.0)
    }

    /// The device's running total in metres: highest minus first.
    pub(crate) fn records_distance_m(&self) -> Option<f64> {
        self.records.grown_m()
    }

    /// Mean over the points that have one.
    pub(crate) fn average_heart_rate_bpm(&self) -> Option<f64> {
        self.heart_rate.mean()
    }

    /// Highest heart rate.
    pub(crate) fn max_heart_rate_bpm(&self) -> Option<f64> {
        (self.heart_rate.count > 0).then(|| f64::from(self.heart_rate.highest))
    }

    /// Mean steps of both feet a minute.
    pub(crate) fn average_cadence_spm(&self) -> Option<f64> {
        self.cadence.mean().map(both_feet)
    }

    /// Whether feet were ever seen to move.
    pub(crate) fn has_cadence(&self) -> bool {
        self.cadences > 0
    }

    /// 2 where the cadences are strides (one leg), 1 where they are steps.
    pub(crate) fn steps_a_count(&self) -> u32 {
        if 100 * self.above_strides <= OUTLIERS_PERCENT * self.cadences { 2 } else { 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cadence_spm(cadences: &[u8]) -> Option<f64> {
        let point = |(second, raw): (i64, &u8)| TrackPoint {
            cadence_raw: Some(*raw),
            ..TrackPoint::at(1000 * second)
        };
        Readings::of(&[(0..).zip(cadences).map(point).collect()]).average_cadence_spm()
    }

    fn grown_m(seconds_and_meters: &[(i64, f64)]) -> Option<f64> {
        let point = |&(second, meters): &(i64, f64)| TrackPoint {
            distance_m: Some(meters),
            ..TrackPoint::at(1000 * second)
        };
        Readings::of(&[seconds_and_meters.iter().map(point).collect()]).records_distance_m()
    }

    #[test]
    fn a_running_total_that_begins_again_goes_on_growing() {
        let steps = [(0, 0.0), (100, 300.0), (200, 600.0), (300, 0.0), (310, 30.0), (400, 300.0)];
        assert_eq!(grown_m(&steps), Some(900.0));
        assert_eq!(grown_m(&[(0, 5_000.0), (100, 5_300.0)]), Some(300.0));
    }

    #[test]
    fn a_leap_for_a_moment_is_no_growth_and_neither_is_a_dip() {
        assert_eq!(grown_m(&[(0, 0.0), (10, 30.0), (20, 4e6), (30, 90.0)]), Some(90.0));
        assert_eq!(grown_m(&[(0, 0.0), (10, 30.0), (20, 20.0), (30, 90.0)]), Some(90.0));
        assert_eq!(grown_m(&[(0, 300.0), (10, 330.0), (20, 0.0), (30, 390.0)]), Some(90.0));
        assert_eq!(grown_m(&[(0, 4e6), (10, 30.0), (20, 60.0), (30, 90.0)]), Some(60.0));
    }

    #[test]
    fn cadence_of_one_leg_is_doubled() {
        assert_eq!(cadence_spm(&[82, 82]), Some(164.0));
        assert_eq!(cadence_spm(&[164]), Some(164.0));
        assert_eq!(cadence_spm(&[]), None);
    }

    #[test]
    fn a_mean_counts_standing_feet_too() {
        assert_eq!(cadence_spm(&[0, 80]), Some(80.0));
    }
}
