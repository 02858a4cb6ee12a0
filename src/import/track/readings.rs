//! What the points of a track tell one by one, in one pass over them: its span of time, heart rate, cadence, the device's
//! running total.

use crate::activity::TrackPoint;

/// A mean cadence below this counts one leg (strides), above it both (steps).
const STRIDES_BELOW: f64 = 120.0;
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
    /// The device's running total in metres: the first and the highest.
    records_m: Option<(f64, f64)>,
    heart_rate: Bytes,
    cadence: Bytes,
    /// Cadences above 0 …
    cadences: u64,
    /// … and those above what strides can be.
    above_strides: u64,
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
    pub(crate) fn of(segments: &[Vec<TrackPoint>]) -> Self {
        let mut readings = Self::default();
        for segment in segments {
            segment.iter().for_each(|point| readings.add(point));
        }
        readings
    }

    #[inline]
    fn add(&mut self, point: &TrackPoint) {
        let ms = point.time_unix_ms;
        let (first_ms, last_ms) = self.span_ms.unwrap_or((ms, ms));
        self.span_ms = Some((first_ms.min(ms), last_ms.max(ms)));
        if let Some(meters) = point.distance_m {
            let (first_m, highest_m) = self.records_m.unwrap_or((meters, meters));
            self.records_m = Some((first_m, highest_m.max(meters)));
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
        self.records_m.map(|(first_m, highest_m)| highest_m - first_m).filter(|meters| *meters > 0.0)
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
        self.cadence.mean().map(|mean| if mean < STRIDES_BELOW { 2.0 * mean } else { mean })
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
