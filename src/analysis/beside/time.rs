//! How long an activity of another sport was, and when its recording does not say.
//!
//! ```text
//! time = the watch's own, without pauses
//!        else, of a ride or a walk, the time of moving
//!        else from start to stop
//! ```
//!
//! Whoever lifts weights or swims hardly moves by the satellites: without a watch's own time of a minute that is counted whole. A time
//! of a day or more (of a swim, of strength and of what nobody knows more than half a day) is a watch that was left
//! running; one below a minute was stopped at once. Both limits are chosen here.

use crate::activity::{Activity, OtherSport};

const MINUTE_S: f64 = 60.0;
const DAY_S: f64 = 24.0 * 3600.0;

/// What of an activity counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Counted {
    /// So many seconds of a kind.
    Timed(OtherSport, i64),
    /// No time; the kind, where it is a sport.
    Not(Reason, Option<OtherSport>),
}

/// Why a time does not count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// A drive, a flight, a change of clothes.
    NoSport,
    /// No time is known.
    NoTime,
    /// Longer than anybody does that.
    TooLong {
        /// Seconds.
        seconds: f64,
    },
    /// Below a minute.
    StoppedAtOnce,
}

/// The time of an activity of another sport.
#[must_use]
pub fn counted(activity: &Activity) -> Counted {
    let Some(kind) = activity.other_sport else { return Counted::Not(Reason::NoSport, None) };
    let is_on_the_way = matches!(kind, OtherSport::Ride | OtherSport::Walk);
    let moving_s = activity.moving_time_s.filter(|seconds| *seconds > 0.0);
    let whole_s = activity.elapsed_time_s.or(moving_s);
    // what a service calls the time of moving stands here too, and satellites hardly see a swimmer move
    let is_of_use =
        |timer_s: &f64| is_on_the_way || *timer_s >= MINUTE_S || whole_s.is_none_or(|whole| whole < MINUTE_S);
    let seconds = match activity.timer_time_s.filter(is_of_use) {
        Some(seconds) => Some(seconds),
        None if is_on_the_way => moving_s.or(whole_s),
        None => whole_s,
    };
    let longest_s = if is_on_the_way { DAY_S } else { DAY_S / 2.0 };
    match seconds.filter(|seconds| seconds.is_finite() && *seconds > 0.0) {
        None => Counted::Not(Reason::NoTime, Some(kind)),
        Some(seconds) if seconds < MINUTE_S => Counted::Not(Reason::StoppedAtOnce, Some(kind)),
        Some(seconds) if seconds >= DAY_S || seconds > longest_s => {
            Counted::Not(Reason::TooLong { seconds }, Some(kind))
        }
        Some(seconds) => Counted::Timed(kind, seconds.round() as i64),
    }
}
