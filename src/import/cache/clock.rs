//! Under which clocks a file comes to the same. Points dated in the future are left out, so the day on which a file is
//! read can matter: a watch that was a year ahead comes true a year later.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::activity::Recording;

/// The latest moments that may be taken as possible (milliseconds since 1970) without any difference to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::import) struct Clocks {
    first_ms: i64,
    last_ms: i64,
}

impl Clocks {
    /// The clock does not matter.
    pub(in crate::import) const ANY: Self = Self { first_ms: i64::MIN, last_ms: i64::MAX };

    /// The clocks under which no time of a recording changes sides: those that were possible stay so, and so do those
    /// that were not.
    pub(in crate::import) fn of(recording: &Recording, latest_ms: i64) -> Self {
        let points = recording.segments.iter().flatten().map(|point| point.time_unix_ms);
        points
            .chain(recording.start_unix_ms)
            .fold(Self::ANY, |clocks, time_ms| clocks.and(Self::of_time(time_ms, latest_ms)))
    }

    /// The clocks under which one moment stays possible, or does not become it.
    #[inline]
    pub(in crate::import) fn of_time(time_ms: i64, latest_ms: i64) -> Self {
        if time_ms <= latest_ms {
            Self { first_ms: time_ms, ..Self::ANY }
        } else {
            Self { last_ms: time_ms - 1, ..Self::ANY }
        }
    }

    /// The clocks under which both hold.
    pub(in crate::import) fn and(self, other: Self) -> Self {
        Self { first_ms: self.first_ms.max(other.first_ms), last_ms: self.last_ms.min(other.last_ms) }
    }

    /// Whether this clock is one of them.
    pub(in crate::import) fn hold(self, latest_ms: i64) -> bool {
        RangeInclusive::new(self.first_ms, self.last_ms).contains(&latest_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Format, TrackPoint};

    fn clocks(start_ms: i64, times_ms: &[i64], latest_ms: i64) -> Clocks {
        let point = |time_unix_ms: &i64| TrackPoint::at(*time_unix_ms);
        let segments = vec![times_ms.iter().map(point).collect()];
        let recording = Recording { start_unix_ms: Some(start_ms), segments, ..Recording::new(Format::Fit) };
        Clocks::of(&recording, latest_ms)
    }

    #[test]
    fn what_was_possible_stays_possible_and_what_was_not_does_not() {
        let clocks = clocks(100, &[150, 300, 200], 200);
        for (latest_ms, holds) in [(199, false), (200, true), (299, true), (300, false)] {
            assert_eq!(clocks.hold(latest_ms), holds, "{latest_ms}");
        }
    }

    #[test]
    fn a_file_of_the_past_holds_for_ever_and_two_hold_together() {
        let past = clocks(100, &[150], 1_000);
        assert!(past.hold(i64::MAX) && !past.hold(149));
        let ahead = clocks(2_000, &[], 1_000);
        let both = past.and(ahead);
        assert!(both.hold(150) && both.hold(1_999) && !both.hold(2_000) && !both.hold(149));
    }
}
