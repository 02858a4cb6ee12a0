//! Tracks whose times nobody ran (F8): planners invent them, at a constant speed from 2010-01-01T00:00:00Z, or with the
//! same long step from point to point.

use crate::activity::{Format, Recording, TrackPoint};

/// 2010-01-01T00:00:00Z, where several planners begin.
const PLANNERS_START_UNIX_MS: i64 = 1_262_304_000_000;
/// Nobody records a point every ten minutes, to the second.
const LONG_STEP_MS: i64 = 600_000;
/// So few points tell no constant step.
const LEAST_POINTS: usize = 5;

/// Whether the times of a GPX track are invented.
pub(super) fn is_planned(recording: &Recording) -> bool {
    let points = || recording.segments.iter().flatten();
    let Some(first) = points().next().filter(|_| recording.format == Format::Gpx) else { return false };
    if first.time_unix_ms != PLANNERS_START_UNIX_MS && !steps_are_long(points()) {
        return false;
    }
    let is_measured = |point: &TrackPoint| point.heart_rate_bpm.is_some() || point.cadence_raw.is_some();
    !points().any(is_measured)
}

fn steps_are_long<'a>(points: impl Iterator<Item = &'a TrackPoint> + Clone) -> bool {
    let mut steps =
        points.clone().zip(points.skip(1)).map(|(a, b)| b.time_unix_ms.saturating_sub(a.time_unix_ms));
    let Some(first) = steps.next().filter(|step| *step >= LONG_STEP_MS) else { return false };
    let mut count = 2;
    steps.all(|step| {
        count += 1;
        step == first
    }) && count >= LEAST_POINTS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(first_ms: i64, step_ms: i64, count: i64, heart_rate_bpm: Option<u8>) -> bool {
        let point = |i: i64| TrackPoint { heart_rate_bpm, ..TrackPoint::at(first_ms + step_ms * i) };
        let segments = vec![(0..count).map(point).collect()];
        is_planned(&Recording { segments, ..Recording::new(Format::Gpx) })
    }

    #[test]
    fn times_from_the_first_second_of_2010_are_invented_unless_a_heart_beat() {
        assert!(planned(PLANNERS_START_UNIX_MS, 1_000, 3, None));
        assert!(!planned(PLANNERS_START_UNIX_MS, 1_000, 3, Some(140)));
        assert!(!planned(PLANNERS_START_UNIX_MS + 1_000, 1_000, 3, None));
    }

    #[test]
    fn five_points_ten_minutes_apart_to_the_second_are_invented() {
        let first_ms = 1_772_348_400_000;
        assert!(planned(first_ms, 600_000, 5, None));
        assert!(!planned(first_ms, 600_000, 4, None));
        assert!(!planned(first_ms, 599_000, 5, None));
    }
}
