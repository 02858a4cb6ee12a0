//! The times of a track put right before anything is added up.
//!
//! - F10: whole segments are sorted by their start; a segment that is written backwards is turned; where time steps back
//!   by more than ten minutes a new segment begins. Points out of order by less are sorted where that makes the way
//!   shorter, else they keep the order of the file and time stands still until it is caught up.
//! - F1: fewer than 5 % of the points, behind a hole of three hours at either end, are remains of another day.
//! - F12: points of one time are spread evenly over the gap to the next.
//!
//! Each leaves a note. A track in order, nearly every one, is looked through once.

use crate::{
    activity::{Note, Recording, TrackPoint},
    import::track::great_circle::{Latitude, Place},
};

/// A step back by more than this begins a new segment.
const STEP_BACK_MS: i64 = 600_000;
/// What lies behind a hole like this may be of another day.
const HOLE_MS: i64 = 3 * 3_600_000;
/// At least so many times as many points have to lie on the other side of the hole.
const TINY_SHARE: usize = 20;
/// Points of one time are spread only where each gets a second.
const SPREAD_MS: i64 = 1_000;

type Segment = Vec<TrackPoint>;

/// Whether every point is later than the one before it in its segment, and every segment begins no earlier than the one
/// before it: then nothing has to be sorted or spread.
pub(crate) fn is_rising(segments: &[Segment]) -> bool {
    segments.iter().all(|segment| segment.is_sorted_by(|a, b| a.time_unix_ms < b.time_unix_ms))
        && segments.iter().filter_map(|segment| Some(segment.first()?.time_unix_ms)).is_sorted()
}

/// Puts the times of a recording right; returns whether its head or tail was of another day.
pub(crate) fn put_in_order(recording: &mut Recording, is_rising: bool) -> bool {
    if !is_rising && !is_in_order(&recording.segments) {
        sort(&mut recording.segments);
        recording.notes.push(Note::TimesPutInOrder);
    }
    let stray = drop_stray_ends(&mut recording.segments);
    if stray > 0 {
        recording.notes.push(Note::StrayPointsDropped { count: stray });
    }
    let mut spread = false;
    if !is_rising {
        recording.segments.iter_mut().for_each(|segment| spread |= spread_times(segment));
    }
    if spread {
        recording.notes.push(Note::TimesSpread);
    }
    stray > 0
}

fn is_in_order(segments: &[Segment]) -> bool {
    let ends = segments.iter().filter_map(|segment| Some((segment.first()?, segment.last()?)));
    segments.iter().all(|segment| segment.is_sorted_by_key(|point| point.time_unix_ms))
        && ends.map(|(first, _)| first.time_unix_ms).is_sorted()
}

fn sort(segments: &mut Vec<Segment>) {
    let pieces = std::mem::take(segments).into_iter().flat_map(|segment| {
        let backwards = segment.len() > 1 && segment.is_sorted_by(|a, b| a.time_unix_ms >= b.time_unix_ms);
        if backwards {
            return vec![segment.into_iter().rev().collect()];
        }
        let steps_back =
            |a: &TrackPoint, b: &TrackPoint| a.time_unix_ms.saturating_sub(b.time_unix_ms) <= STEP_BACK_MS;
        segment.chunk_by(steps_back).map(<[TrackPoint]>::to_vec).collect::<Vec<_>>()
    });
    segments.extend(pieces.map(sorted));
    segments.sort_by_key(|segment| segment.first().map(|point| point.time_unix_ms));
}

/// A segment by time if that is the shorter way, else as it is, with time that never goes back.
fn sorted(mut segment: Segment) -> Segment {
    if segment.is_sorted_by_key(|point| point.time_unix_ms) {
        return segment;
    }
    let mut by_time = segment.clone();
    by_time.sort_by_key(|point| point.time_unix_ms);
    if way_m(&by_time) <= way_m(&segment) {
        return by_time;
    }
    let mut latest_ms = i64::MIN;
    for point in &mut segment {
        latest_ms = latest_ms.max(point.time_unix_ms);
        point.time_unix_ms = latest_ms;
    }
    segment
}

fn way_m(segment: &[TrackPoint]) -> f64 {
    let mut near = Latitude::default();
    let places: Vec<Place> =
        segment.iter().filter_map(|point| Some(Place::new(point.position?, &mut near))).collect();
    places.windows(2).map(|pair| pair[0].meters_to(&pair[1])).sum()
}

/// Takes few points behind a long hole off either end; returns how many.
fn drop_stray_ends(segments: &mut Vec<Segment>) -> usize {
    let count: usize = segments.iter().map(Vec::len).sum();
    let times = || segments.iter().flatten().map(|point| point.time_unix_ms);
    let (Some(first_ms), Some(last_ms)) =
        (times().next(), segments.iter().flatten().next_back().map(|p| p.time_unix_ms))
    else {
        return 0;
    };
    if last_ms.saturating_sub(first_ms) < HOLE_MS {
        return 0;
    }
    let is_tiny = |points: usize| points * TINY_SHARE < count;
    let is_hole = |(_, (before, after)): &(usize, (i64, i64))| after.saturating_sub(*before) >= HOLE_MS;
    let holes: Vec<usize> =
        times().zip(times().skip(1)).enumerate().filter(is_hole).map(|(before, _)| before + 1).collect();
    let head = holes.iter().copied().filter(|points| is_tiny(*points)).max().unwrap_or(0);
    let tail = holes.iter().map(|before| count - before).filter(|points| is_tiny(*points)).max().unwrap_or(0);
    let mut at = 0;
    for segment in segments.iter_mut() {
        segment.retain(|_| {
            at += 1;
            (head + 1..=count - tail).contains(&at)
        });
    }
    segments.retain(|segment| !segment.is_empty());
    head + tail
}

/// Spreads points of one time over the gap to the next; returns whether there were any.
fn spread_times(segment: &mut [TrackPoint]) -> bool {
    if segment.windows(2).all(|pair| pair[0].time_unix_ms != pair[1].time_unix_ms) {
        return false;
    }
    let (mut start, mut gap_before_ms, mut spread) = (0, None, false);
    while start < segment.len() {
        let time_ms = segment[start].time_unix_ms;
        let length = segment[start..].iter().take_while(|point| point.time_unix_ms == time_ms).count();
        let to_next_ms = segment.get(start + length).map(|next| next.time_unix_ms.saturating_sub(time_ms));
        // a pause is no gap to fill, and behind the last one there is none
        let gap_ms = match (to_next_ms, gap_before_ms) {
            (Some(next), Some(before)) if next > 3 * before => before,
            (Some(gap), _) | (None, Some(gap)) => gap,
            (None, None) => 0,
        };
        let group = &mut segment[start..start + length];
        if length > 1 && gap_ms >= SPREAD_MS * length as i64 && moves(group) {
            for (at, point) in (0..).zip(group) {
                point.time_unix_ms = time_ms + gap_ms * at / length as i64;
            }
            spread = true;
        }
        gap_before_ms = to_next_ms;
        start += length;
    }
    spread
}

/// Whether points lie at different places: a fix that is written twice is one moment.
fn moves(group: &[TrackPoint]) -> bool {
    group
        .windows(2)
        .any(|pair| pair[0].position != pair[1].position || pair[0].distance_m != pair[1].distance_m)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Format, Position};

    /// Points at these seconds, as many metres north.
    fn points(seconds_and_meters: &[(i64, f64)]) -> Segment {
        let point = |&(second, meters): &(i64, f64)| TrackPoint {
            position: Some(Position { latitude_deg: 50.0 + meters / 111_319.49, longitude_deg: 7.0 }),
            ..TrackPoint::at(1_772_348_400_000 + 1000 * second)
        };
        seconds_and_meters.iter().map(point).collect()
    }

    fn seconds(segments: &[Segment]) -> Vec<Vec<i64>> {
        let second = |point: &TrackPoint| (point.time_unix_ms - 1_772_348_400_000) / 1000;
        segments.iter().map(|segment| segment.iter().map(second).collect()).collect()
    }

    fn ordered(segments: Vec<Segment>) -> (Vec<Vec<i64>>, Vec<Note>) {
        let mut recording = Recording { segments, ..Recording::new(Format::Gpx) };
        let is_rising = is_rising(&recording.segments);
        put_in_order(&mut recording, is_rising);
        (seconds(&recording.segments), recording.notes)
    }

    #[test]
    fn a_track_in_order_is_left_alone() {
        let (seconds, notes) = ordered(vec![points(&[(0, 0.0), (1, 3.0)]), points(&[(9, 9.0)])]);
        assert_eq!((seconds, notes), (vec![vec![0, 1], vec![9]], vec![]));
    }

    #[test]
    fn a_segment_written_backwards_is_turned_and_segments_are_sorted_by_their_start() {
        let (seconds, notes) =
            ordered(vec![points(&[(30, 90.0), (20, 60.0)]), points(&[(0, 0.0), (10, 30.0)])]);
        assert_eq!((seconds, notes), (vec![vec![0, 10], vec![20, 30]], vec![Note::TimesPutInOrder]));
    }

    #[test]
    fn halves_that_changed_places_in_one_segment_are_two_in_order() {
        let (seconds, _) = ordered(vec![points(&[(2000, 0.0), (2010, 30.0), (0, 60.0), (10, 90.0)])]);
        assert_eq!(seconds, [[0, 10], [2000, 2010]]);
    }

    #[test]
    fn points_out_of_order_are_sorted_only_where_the_way_becomes_shorter() {
        let (sorted, _) = ordered(vec![points(&[(0, 0.0), (20, 60.0), (10, 30.0), (30, 90.0)])]);
        assert_eq!(sorted, [[0, 10, 20, 30]]);
        let (kept, _) = ordered(vec![points(&[(0, 0.0), (20, 30.0), (10, 60.0), (30, 90.0)])]);
        assert_eq!(kept, [[0, 20, 25, 30]], "time stands still, then is spread");
    }

    #[test]
    fn few_points_behind_a_hole_of_three_hours_go_and_one_in_twenty_stays() {
        let run = |count: i64| (0..count).map(|i| (20_000 + i, 3.0 * i as f64)).collect::<Vec<_>>();
        let with_head = |count| [vec![(0, 0.0)], run(count)].concat();
        assert_eq!(ordered(vec![points(&with_head(20))]).1, [Note::StrayPointsDropped { count: 1 }]);
        assert_eq!(ordered(vec![points(&with_head(19))]).1, []);
        let with_tail = [run(30), vec![(40_000, 0.0)]].concat();
        assert_eq!(ordered(vec![points(&with_tail)]).1, [Note::StrayPointsDropped { count: 1 }]);
        let near = [vec![(9_300, 0.0)], run(30)].concat();
        assert_eq!(ordered(vec![points(&near)]).1, [], "under three hours");
    }

    #[test]
    fn points_of_one_minute_are_spread_over_it() {
        let (seconds, notes) = ordered(vec![points(&[
            (0, 0.0),
            (0, 30.0),
            (0, 60.0),
            (60, 90.0),
            (60, 120.0),
            (60, 150.0),
            (120, 180.0),
            (120, 210.0),
        ])]);
        assert_eq!(seconds, [[0, 20, 40, 60, 80, 100, 120, 150]]);
        assert_eq!(notes, [Note::TimesSpread]);
    }

    #[test]
    fn a_fix_written_twice_and_points_within_a_second_stay_where_they_are() {
        assert_eq!(ordered(vec![points(&[(0, 0.0), (0, 0.0), (10, 30.0), (10, 30.0)])]).1, []);
        assert_eq!(ordered(vec![points(&[(0, 0.0), (0, 2.0), (1, 3.0), (2, 6.0)])]).1, []);
        assert_eq!(ordered(vec![points(&[(5, 0.0), (5, 30.0), (5, 60.0)])]).1, [], "no time at all");
    }
}
