//! How long the heart beat at which rate while the watch was running: all that is kept of a track's heart rates.
//!
//! A reading holds until the next one in its segment, but for 30 seconds at most: what lies further apart was not
//! measured. Pauses lie between segments and count for nothing.

use crate::activity::{HeartRateTimes, TrackPoint};

/// A reading says nothing about what comes later than this.
const HOLDS_MS: i64 = 30_000;
/// Below this no runner's heart beats: a sensor without contact writes it.
const LOWEST_BPM: u8 = 30;

/// Adds up the time at each heart rate.
pub(crate) fn heart_rate_times(segments: &[Vec<TrackPoint>]) -> HeartRateTimes {
    let mut held_ms = [0_u64; 256];
    for segment in segments {
        add_segment(segment, &mut held_ms);
    }
    HeartRateTimes::from_milliseconds(&held_ms)
}

fn add_segment(segment: &[TrackPoint], held_ms: &mut [u64; 256]) {
    let Some(end_ms) = segment.last().map(|point| point.time_unix_ms) else { return };
    let mut readings = segment
        .iter()
        .filter_map(|point| {
            Some((point.time_unix_ms, point.heart_rate_bpm.filter(|bpm| *bpm >= LOWEST_BPM)?))
        })
        .peekable();
    while let Some((time_ms, bpm)) = readings.next() {
        let until_ms = readings.peek().map_or(end_ms, |(next_ms, _)| *next_ms);
        let held = until_ms.saturating_sub(time_ms).clamp(0, HOLDS_MS);
        held_ms[usize::from(bpm)] += held.unsigned_abs();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points at these seconds with these heart rates, 0 for none.
    fn segment(readings: &[(i64, u8)]) -> Vec<TrackPoint> {
        let point = |&(second, bpm): &(i64, u8)| TrackPoint {
            heart_rate_bpm: (bpm > 0).then_some(bpm),
            ..TrackPoint::at(1_772_348_400_000 + 1000 * second)
        };
        readings.iter().map(point).collect()
    }

    fn times(segments: &[&[(i64, u8)]]) -> Vec<(u8, u16)> {
        let segments: Vec<_> = segments.iter().map(|readings| segment(readings)).collect();
        heart_rate_times(&segments).iter().collect()
    }

    #[test]
    fn a_reading_holds_until_the_next_one_and_the_last_until_the_segment_ends() {
        assert_eq!(times(&[&[(0, 120), (10, 130), (15, 120), (18, 0)]]), [(120, 13), (130, 5)]);
    }

    #[test]
    fn a_reading_holds_for_30_seconds_at_most() {
        assert_eq!(times(&[&[(0, 120), (30, 130), (61, 140)]]), [(120, 30), (130, 30)]);
    }

    #[test]
    fn nothing_counts_between_segments_or_without_contact() {
        assert_eq!(times(&[&[(0, 120), (10, 120)], &[(600, 120), (605, 29), (610, 0)]]), [(120, 20)]);
        assert_eq!(times(&[&[(0, 29), (10, 0)], &[], &[(20, 150)]]), []);
    }

    #[test]
    fn a_clock_that_jumps_back_adds_nothing_and_one_gone_mad_does_not_overflow() {
        assert_eq!(times(&[&[(0, 120), (10, 130), (5, 140), (7, 0)]]), [(120, 10), (140, 2)]);
        let mut mad = segment(&[(0, 120), (1, 130)]);
        (mad[0].time_unix_ms, mad[1].time_unix_ms) = (i64::MIN, i64::MAX);
        assert_eq!(heart_rate_times(&[mad]).total_s(), 30);
    }
}
