//! FIT `lap` messages: they fill what a session lacks (F11), or stand for it.

use super::fields::Fields;
use super::time;
use crate::activity::{Sport, Totals};

/// FIT's field numbers.
mod number {
    pub(super) const START_TIME: u8 = 2;
    pub(super) const TOTAL_ELAPSED_TIME: u8 = 7;
    pub(super) const TOTAL_TIMER_TIME: u8 = 8;
    pub(super) const TOTAL_DISTANCE: u8 = 9;
    pub(super) const SPORT: u8 = 25;
}

/// FIT `sport` 1.
const RUNNING: i64 = 1;

/// All laps of a file together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Laps {
    count: usize,
    /// The first start, in milliseconds since 1970.
    pub(crate) start_unix_ms: Option<i64>,
    distance_cm: i64,
    timer_ms: i64,
    elapsed_ms: i64,
    /// How many laps name a sport, and how many of them running.
    with_sport: usize,
    running: usize,
}

impl Laps {
    pub(super) fn add(&mut self, fields: &Fields, message: &[u8]) {
        let read = |number| fields.read(number, message).filter(|value| *value >= 0);
        let start = read(number::START_TIME).and_then(time::unix_ms);
        self.count += 1;
        self.start_unix_ms = self.start_unix_ms.into_iter().chain(start).min();
        for (sum, number) in [
            (&mut self.distance_cm, number::TOTAL_DISTANCE),
            (&mut self.timer_ms, number::TOTAL_TIMER_TIME),
            (&mut self.elapsed_ms, number::TOTAL_ELAPSED_TIME),
        ] {
            *sum = sum.saturating_add(read(number).unwrap_or_default());
        }
        let sport = read(number::SPORT);
        self.with_sport += usize::from(sport.is_some());
        self.running += usize::from(sport == Some(RUNNING));
    }

    /// Running, where every lap that names a sport names it.
    pub(crate) fn sport(&self) -> Option<Sport> {
        (self.running > 0 && self.running == self.with_sport).then(Sport::running)
    }

    /// Whether there is a lap that says how far or how long.
    pub(crate) fn are_of_use(&self) -> bool {
        self.count > 0 && (self.distance_cm > 0 || self.timer_ms > 0)
    }

    /// Distance and times; what no lap says is unknown.
    pub(crate) fn totals(&self) -> Totals {
        let positive = |sum: i64, of_unit: f64| (sum > 0).then(|| sum as f64 / of_unit);
        Totals {
            distance_m: positive(self.distance_cm, 100.0),
            timer_time_s: positive(self.timer_ms, 1000.0),
            elapsed_time_s: positive(self.elapsed_ms, 1000.0),
            ..Totals::default()
        }
    }
}
