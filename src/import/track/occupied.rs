//! The time that a recording occupies (F1): the spans of its points without holes of more than ten minutes; without
//! points its start and the time the watch ran. What was not stopped for days occupies no more than it recorded.

use serde::{Deserialize, Serialize};

use crate::activity::TrackPoint;

/// A longer hole between two points belongs to nobody.
const HOLE_MS: i64 = 600_000;
/// So many points are looked at as one.
const STRETCH: usize = 64;

/// Spans of time in milliseconds since 1970, in order, apart from each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occupied(Box<[(i64, i64)]>);

impl Occupied {
    /// By the points of a track that is in order.
    #[must_use]
    pub fn by_points(segments: &[Vec<TrackPoint>]) -> Self {
        let Some(first) = segments.iter().flatten().next() else { return Self::default() };
        let mut spans = Vec::new();
        let (mut start_ms, mut end_ms) = (first.time_unix_ms, first.time_unix_ms);
        for stretch in segments.iter().flat_map(|segment| segment.chunks(STRETCH)) {
            // as they are in order, there is no hole between points of which the last is near
            if let Some(last) = stretch.last()
                && last.time_unix_ms.saturating_sub(end_ms) <= HOLE_MS
            {
                end_ms = end_ms.max(last.time_unix_ms);
                continue;
            }
            for point in stretch {
                if point.time_unix_ms.saturating_sub(end_ms) > HOLE_MS {
                    spans.push((start_ms, end_ms));
                    start_ms = point.time_unix_ms;
                }
                end_ms = end_ms.max(point.time_unix_ms);
            }
        }
        spans.push((start_ms, end_ms));
        spans.sort_unstable();
        Self(spans.into())
    }

    /// One span from a start on.
    #[must_use]
    pub fn span(start_unix_ms: i64, length_ms: i64) -> Self {
        Self(Box::new([(start_unix_ms, start_unix_ms.saturating_add(length_ms.max(0)))]))
    }

    /// Becomes one span, where that is longer than what is known.
    pub fn reach(&mut self, start_unix_ms: i64, length_ms: i64) {
        if length_ms > self.length_ms() {
            *self = Self::span(start_unix_ms, length_ms);
        }
    }

    /// The first moment.
    #[must_use]
    pub fn start_ms(&self) -> Option<i64> {
        self.0.first().map(|span| span.0)
    }

    /// The last moment.
    #[must_use]
    pub fn end_ms(&self) -> Option<i64> {
        self.0.iter().map(|span| span.1).max()
    }

    /// All spans together.
    #[must_use]
    pub fn length_ms(&self) -> i64 {
        self.0.iter().map(|(start, end)| end.saturating_sub(*start)).sum()
    }

    /// Spans and the holes between them of at least so long, as start and end.
    pub(crate) fn parts(&self, hole_ms: i64) -> Vec<(i64, i64)> {
        let mut parts: Vec<(i64, i64)> = Vec::new();
        for &(start, end) in &self.0 {
            match parts.last_mut() {
                Some(last) if start.saturating_sub(last.1) < hole_ms => last.1 = end,
                _ => parts.push((start, end)),
            }
        }
        parts
    }

    /// How much of the time is occupied by both.
    #[must_use]
    pub fn overlap_ms(&self, other: &Self) -> i64 {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut overlap_ms = 0;
        while let (Some(&&(start_a, end_a)), Some(&&(start_b, end_b))) = (a.peek(), b.peek()) {
            overlap_ms += end_a.min(end_b).saturating_sub(start_a.max(start_b)).max(0);
            if end_a <= end_b {
                a.next();
            } else {
                b.next();
            }
        }
        overlap_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(minutes: &[i64]) -> Occupied {
        Occupied::by_points(&[minutes.iter().map(|minute| TrackPoint::at(60_000 * minute)).collect()])
    }

    #[test]
    fn a_hole_of_more_than_ten_minutes_is_not_occupied() {
        assert_eq!(of(&[0, 5, 15, 26, 30]), Occupied(Box::new([(0, 900_000), (1_560_000, 1_800_000)])));
        assert_eq!(of(&[0, 5, 15, 26, 30]).length_ms(), 19 * 60_000);
        assert_eq!(of(&[]).start_ms(), None);
        // a point a minute but for a hole of eleven, wherever it lies
        for hole in 0..300 {
            let minutes: Vec<i64> = (0..300).map(|i| if i > hole { i + 10 } else { i }).collect();
            assert_eq!(of(&minutes).length_ms(), 60_000 * if hole < 299 { 298 } else { 299 }, "{hole}");
        }
    }

    #[test]
    fn what_lies_in_the_hole_of_another_overlaps_it_by_nothing() {
        let commute = of(&[0, 10, 20, 500, 510]);
        assert_eq!(commute.overlap_ms(&of(&[100, 110, 120])), 0);
        assert_eq!(commute.overlap_ms(&of(&[15, 25, 35])), 5 * 60_000);
        assert_eq!(commute.overlap_ms(&commute), 30 * 60_000);
    }

    #[test]
    fn parts_end_at_long_holes_only() {
        assert_eq!(of(&[0, 10, 30, 70]).parts(1_800_000), [(0, 1_800_000), (4_200_000, 4_200_000)]);
    }
}
