//! What a recording says twice or cannot mean, taken out with a note before anything is added up.

use std::collections::BTreeMap;

use crate::activity::{Note, Recording, TrackPoint};

/// A reading this far above the median of five is a spike of the sensor: no heart does that within seconds.
const SPIKE_BPM: u8 = 30;

/// Drops later segments, each in order, whose time lies inside an earlier one: nobody runs twice at the same moment.
///
/// A segment of one point may share its moment with the end of another: it adds nothing and stays.
pub(crate) fn drop_repeated_segments(recording: &mut Recording) {
    let mut told = Spans::default();
    let mut count = 0;
    recording.segments.retain(|segment| {
        let Some(span) = span_ms(segment).filter(|(first, last)| first < last) else { return true };
        let repeats = told.hold(span);
        if repeats {
            count += 1;
        } else {
            told.add(span);
        }
        !repeats
    });
    if count > 0 {
        recording.notes.push(Note::RepeatedSegmentsDropped { count });
    }
}

/// Spans of time of which none lies inside another: sorted by their starts they are sorted by their ends, so that
/// one look tells about all of them.
#[derive(Default)]
struct Spans(BTreeMap<i64, i64>);

impl Spans {
    /// Whether a span lies inside one of them.
    fn hold(&self, (first, last): (i64, i64)) -> bool {
        self.0.range(..=first).next_back().is_some_and(|(_, &end)| last <= end)
    }

    /// Adds a span that lies inside none, in place of those that lie inside it.
    fn add(&mut self, (first, last): (i64, i64)) {
        while let Some((&start, _)) = self.0.range(first..).next().filter(|&(_, &end)| end <= last) {
            self.0.remove(&start);
        }
        self.0.insert(first, last);
    }
}

/// First and last time of a segment that is in order.
fn span_ms(segment: &[TrackPoint]) -> Option<(i64, i64)> {
    Some((segment.first()?.time_unix_ms, segment.last()?.time_unix_ms))
}

/// Takes out heart rates far above their neighbours.
pub(crate) fn drop_heart_rate_spikes(recording: &mut Recording) {
    let mut count = 0;
    let mut readings: Vec<(usize, u8)> = Vec::new();
    for segment in recording.segments.iter_mut().filter(|segment| may_hold_a_spike(segment)) {
        readings.clear();
        readings.extend(segment.iter().enumerate().filter_map(|(i, point)| Some((i, point.heart_rate_bpm?))));
        for around in readings.windows(5).filter(|around| is_spike(around)) {
            segment[around[2].0].heart_rate_bpm = None;
            count += 1;
        }
    }
    if count > 0 {
        recording.notes.push(Note::HeartRateSpikesDropped { count });
    }
}

/// Whether some reading lies far above the one before or behind it: a spike does above one of both at least. Few segments
/// have any, and to see that takes less than to look at each five.
fn may_hold_a_spike(segment: &[TrackPoint]) -> bool {
    let mut before = None;
    segment.iter().filter_map(|point| point.heart_rate_bpm).any(|bpm| {
        let is_far = before.is_some_and(|before: u8| before.abs_diff(bpm) > SPIKE_BPM);
        before = Some(bpm);
        is_far
    })
}

/// Whether the middle one of five readings lies far above their median: then at most one other comes near it.
fn is_spike(around: &[(usize, u8)]) -> bool {
    let middle_bpm = around[2].1;
    let near = around.iter().filter(|(_, bpm)| middle_bpm.saturating_sub(*bpm) <= SPIKE_BPM);
    near.count() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Format;

    fn point(second: i64, heart_rate_bpm: u8) -> TrackPoint {
        TrackPoint {
            heart_rate_bpm: Some(heart_rate_bpm),
            ..TrackPoint::at(1_772_348_400_000 + 1000 * second)
        }
    }

    fn recording(segments: &[&[(i64, u8)]]) -> Recording {
        let segments =
            segments.iter().map(|points| points.iter().map(|&(s, bpm)| point(s, bpm)).collect()).collect();
        Recording { segments, ..Recording::new(Format::Gpx) }
    }

    #[test]
    fn a_later_segment_inside_the_time_of_an_earlier_one_counts_once() {
        let mut run =
            recording(&[&[(0, 1), (9, 1)], &[(0, 1), (9, 1)], &[(2, 1), (5, 1)], &[(9, 1), (20, 1)]]);
        drop_repeated_segments(&mut run);
        assert_eq!(run.segments.len(), 2);
        assert_eq!(run.notes, [Note::RepeatedSegmentsDropped { count: 2 }]);
    }

    #[test]
    fn segments_that_follow_each_other_all_count_and_a_lone_point_harms_nobody() {
        let mut run = recording(&[&[(0, 1), (9, 1)], &[(9, 1)], &[(9, 1), (20, 1)], &[(30, 1), (40, 1)]]);
        drop_repeated_segments(&mut run);
        assert_eq!((run.segments.len(), run.notes.len()), (4, 0));
    }

    #[test]
    fn one_reading_31_beats_above_the_median_of_five_is_a_spike_and_30_is_not() {
        let rates = |middle| recording(&[&[(0, 140), (1, 141), (2, middle), (3, 140), (4, 139)]]);
        let mut spike = rates(171);
        drop_heart_rate_spikes(&mut spike);
        assert_eq!(spike.segments[0][2].heart_rate_bpm, None);
        assert_eq!(spike.notes, [Note::HeartRateSpikesDropped { count: 1 }]);
        let mut high = rates(170);
        drop_heart_rate_spikes(&mut high);
        assert_eq!((high.segments[0][2].heart_rate_bpm, high.notes.len()), (Some(170), 0));
    }

    #[test]
    fn a_heart_that_climbs_and_stays_there_is_no_spike() {
        let mut sprint = recording(&[&[(0, 120), (10, 125), (20, 160), (30, 162), (40, 165)]]);
        drop_heart_rate_spikes(&mut sprint);
        assert_eq!(sprint.notes, []);
    }
}
