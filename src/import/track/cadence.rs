//! The median of the step rates at each speed: what tells one month from another, where a mean over whole runs mixes slow and
//! fast ones, walks and stops.
//!
//! ```text
//! speed   = metres of ten seconds ÷ their time, in quarters of a metre a second     (see `moving_time`)
//! steps   = counts a minute × 2 where the device counts strides, × 1 where it counts steps     (see `readings`)
//! counted = time of running with 120–240 steps a minute; at least 80 % of the running with a cadence at that speed
//! median  = L + w × (T/2 − time below L) ÷ time of its class      (of data in classes: w = 2 for strides, 1 for steps)
//! ```
//! Below 140 steps a minute a median is no run's: unknown, as is any that is not counted. A device gives whole counts, so a
//! plain median would leap by two steps. Evidence grade D: definitions of ours.

use crate::activity::CadenceAt;

/// Running has at least so many steps of both feet a minute.
pub(super) const RUNNING_SPM: u32 = 140;
/// Step rates that a runner can have.
const LEAST_SPM: u32 = 120;
const MOST_SPM: u32 = 240;
const RATES: usize = (MOST_SPM - LEAST_SPM) as usize + 1;
/// Speeds from 0 up to 7 metres a second.
const BINS: usize = 28;
/// Slower than 1.25 metres a second the feet run and the place does not: indoors, or without satellites.
const FIRST_BIN: usize = 5;
/// Of each speed the time at every rate, and behind it all time with a cadence.
const ROW: usize = RATES + 1;
/// Less time at a speed, in milliseconds, says nothing.
const LEAST_MS: u32 = 60_000;
/// So many per cent of the time have to be at a rate that can be.
const PLAUSIBLE_PERCENT: u64 = 80;

/// How long each step rate was held at each speed.
pub(crate) struct Cadences {
    /// What one count of the device stands for.
    steps_a_count: u32,
    /// A row a speed; nothing where the track has no cadence.
    held_ms: Vec<u32>,
}

impl Cadences {
    /// `steps_a_count` is 2 where the device counts strides, 1 where it counts steps.
    pub(crate) fn new(steps_a_count: u32, has_any: bool) -> Self {
        Self { steps_a_count, held_ms: if has_any { vec![0; BINS * ROW] } else { Vec::new() } }
    }

    /// Adds a moment of running at a speed.
    #[inline]
    pub(crate) fn add(&mut self, raw: u8, meters: f64, seconds: f64, step_ms: i64) {
        // not a number, and less than nothing, are 0
        let bin = (meters * f64::from(CadenceAt::BINS_PER_M_S) / seconds) as usize;
        let (Some(row), Ok(step_ms)) = (
            self.held_ms.get_mut(bin.saturating_mul(ROW)..).and_then(|rows| rows.first_chunk_mut::<ROW>()),
            u32::try_from(step_ms),
        ) else {
            return;
        };
        // standing feet are not running
        if raw == 0 {
            return;
        }
        row[RATES] = row[RATES].saturating_add(step_ms);
        let rate = (self.steps_a_count * u32::from(raw)).wrapping_sub(LEAST_SPM) as usize;
        if rate < RATES {
            row[rate] = row[rate].saturating_add(step_ms);
        }
    }

    /// The step rate at each speed that was held for a minute.
    pub(crate) fn at_speeds(&self) -> Vec<CadenceAt> {
        let rows = (0_u8..).zip(self.held_ms.chunks_exact(ROW));
        rows.skip(FIRST_BIN).filter_map(|(speed_bin, row)| self.at_speed(speed_bin, row)).collect()
    }

    fn at_speed(&self, speed_bin: u8, row: &[u32]) -> Option<CadenceAt> {
        let (all_ms, rates) = row.split_last()?;
        if *all_ms < LEAST_MS {
            return None;
        }
        let counted_ms: u64 = rates.iter().map(|ms| u64::from(*ms)).sum();
        let is_plausible = 100 * counted_ms >= PLAUSIBLE_PERCENT * u64::from(*all_ms);
        let median =
            self.median(rates, counted_ms).filter(|spm| is_plausible && *spm >= f64::from(RUNNING_SPM));
        Some(CadenceAt {
            speed_bin,
            seconds: u16::try_from(all_ms / 1000).unwrap_or(u16::MAX),
            tenths_spm: median.map(|spm| (10.0 * spm).round() as u16),
        })
    }

    fn median(&self, rates: &[u32], counted_ms: u64) -> Option<f64> {
        let half_ms = counted_ms as f64 / 2.0;
        let mut below_ms = 0.0;
        for (rate, ms) in (LEAST_SPM..).zip(rates).filter(|(_, ms)| **ms > 0) {
            let of_class_ms = f64::from(*ms);
            if below_ms + of_class_ms >= half_ms {
                let width = f64::from(self.steps_a_count);
                let lower = f64::from(rate) - width / 2.0;
                return Some(lower + width * (half_ms - below_ms) / of_class_ms);
            }
            below_ms += of_class_ms;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        activity::{CadenceAt, TrackPoint},
        import::track::summarize,
    };

    /// A point a second, each part with its speed in metres a second, its count and its seconds.
    fn track(parts: &[(f64, u8, usize)]) -> Vec<TrackPoint> {
        let mut meters = 0.0;
        let mut points = vec![TrackPoint { distance_m: Some(0.0), ..TrackPoint::at(0) }];
        for &(mps, raw, seconds) in parts {
            for _ in 0..seconds {
                meters += mps;
                points.push(TrackPoint {
                    distance_m: Some(meters),
                    cadence_raw: Some(raw),
                    ..TrackPoint::at(1000 * points.len() as i64)
                });
            }
        }
        points
    }

    fn at_speeds(parts: &[(f64, u8, usize)]) -> Vec<(u8, u16, Option<u16>)> {
        let cadence = summarize(&[track(parts)]).cadence;
        cadence.iter().map(|at: &CadenceAt| (at.speed_bin, at.seconds, at.tenths_spm)).collect()
    }

    #[test]
    fn strides_and_steps_of_the_same_run_are_the_same_cadence() {
        assert_eq!(at_speeds(&[(2.8, 82, 600)]), [(11, 600, Some(1640))]);
        assert_eq!(at_speeds(&[(2.8, 164, 600)]), [(11, 600, Some(1640))]);
        assert_eq!(CadenceAt::band_m_s(11), [2.75, 3.0]);
    }

    #[test]
    fn the_median_lies_between_the_counts_of_a_device() {
        // strides: T = 600 s, half 300; 82 strides are the class from 163 to 165: 163 + 2 × 300 ÷ 400
        assert_eq!(at_speeds(&[(2.8, 82, 400), (2.8, 83, 200)])[0].2, Some(1645));
        // steps: 164 are the class from 163.5 to 164.5: 163.5 + 300 ÷ 400
        assert_eq!(at_speeds(&[(2.8, 164, 400), (2.8, 166, 200)])[0].2, Some(1643));
    }

    #[test]
    fn each_speed_stands_for_itself_and_less_than_a_minute_says_nothing() {
        let run = [(2.6, 80, 300), (3.1, 84, 300), (4.1, 92, 40)];
        let bins: Vec<_> = at_speeds(&run).iter().map(|at| (at.0, at.2)).collect();
        assert_eq!(bins, [(10, Some(1600)), (12, Some(1680))]);
    }

    #[test]
    fn walks_and_standing_are_no_part_of_it() {
        assert_eq!(at_speeds(&[(1.4, 55, 600)]), []);
        let bins = at_speeds(&[(2.8, 82, 300), (1.4, 55, 300), (0.0, 0, 300)]);
        assert_eq!(bins.iter().map(|at| at.0).collect::<Vec<_>>(), [11]);
        assert_eq!(bins[0].2, Some(1640));
    }

    #[test]
    fn what_no_foot_counts_is_unknown_and_never_another_number() {
        // halved once more, a constant 255, in between, turns of a wheel
        for raw in [41, 255, 125, 115, 30] {
            assert_eq!(at_speeds(&[(2.8, raw, 600)]), [(11, 600, None)], "{raw}");
        }
        assert_eq!(at_speeds(&[(2.8, 0, 600)]), []);
        // half of the file counts strides and half counts steps
        assert_eq!(at_speeds(&[(2.8, 82, 300), (2.8, 164, 300)]), [(11, 600, None)]);
    }

    #[test]
    fn a_few_counts_that_cannot_be_harm_nothing_up_to_a_fifth_of_the_time() {
        assert_eq!(at_speeds(&[(2.8, 82, 480), (2.8, 41, 120)]), [(11, 600, Some(1640))]);
        assert_eq!(at_speeds(&[(2.8, 82, 479), (2.8, 41, 121)]), [(11, 600, None)]);
    }

    #[test]
    fn a_track_without_cadence_or_without_speed_has_none() {
        let mut bare = track(&[(2.8, 82, 600)]);
        bare.iter_mut().for_each(|point| point.cadence_raw = None);
        assert_eq!(summarize(&[bare]).cadence, []);
        let mut still = track(&[(2.8, 82, 600)]);
        still.iter_mut().for_each(|point| point.distance_m = None);
        assert_eq!(summarize(&[still]).cadence, []);
    }
}
