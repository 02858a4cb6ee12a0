//! What a limit counts: metres, or seconds of running where running and walking take turns.

use crate::analysis::{
    history::compare::{SHORTEST_WARNED_S, SMALLEST_STEP_S},
    rules::guards::{SHORTEST_WARNED_M, SMALLEST_STEP_M},
};

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposure {
    /// Whole metres.
    Metres,
    /// Whole seconds of running.
    RunningSeconds,
}

impl Exposure {
    /// Limits are rounded down to this: 100 m, or a minute.
    #[must_use]
    pub fn step(self) -> i64 {
        match self {
            Self::Metres => 100,
            Self::RunningSeconds => 60,
        }
    }

    /// Less than this is too short to be judged: 3 km, or ten minutes.
    #[must_use]
    pub fn shortest(self) -> i64 {
        match self {
            Self::Metres => SHORTEST_WARNED_M,
            Self::RunningSeconds => SHORTEST_WARNED_S,
        }
    }

    /// A smaller difference is measurement noise: 500 m, or two minutes.
    #[must_use]
    pub fn smallest_step(self) -> i64 {
        match self {
            Self::Metres => SMALLEST_STEP_M,
            Self::RunningSeconds => SMALLEST_STEP_S,
        }
    }

    /// Whether a run is long enough, and far enough above what it is held against, to be more than noise.
    #[must_use]
    pub fn is_telling(self, amount: i64, above: i64) -> bool {
        amount >= self.shortest() && amount - above >= self.smallest_step()
    }

    /// Rounded down to a whole step.
    #[must_use]
    pub fn rounded(self, amount: i64) -> i64 {
        amount / self.step() * self.step()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_kilometers_and_half_of_one_more_are_telling_and_a_metre_less_is_not() {
        let metres = Exposure::Metres;
        assert!(metres.is_telling(3_000, 2_500) && metres.is_telling(10_500, 10_000));
        assert!(!metres.is_telling(2_999, 0) && !metres.is_telling(10_499, 10_000));
        let running = Exposure::RunningSeconds;
        assert!(running.is_telling(600, 480) && !running.is_telling(599, 0) && !running.is_telling(720, 601));
    }

    #[test]
    fn limits_are_rounded_down_to_a_hundred_metres_or_a_minute() {
        assert_eq!([12_199, 12_200].map(|m| Exposure::Metres.rounded(m)), [12_100, 12_200]);
        assert_eq!([719, 720].map(|s| Exposure::RunningSeconds.rounded(s)), [660, 720]);
    }
}
