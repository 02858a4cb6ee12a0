//! What nobody runs: too fast for too long, or stopped at once. And what nobody swims: metres that were read as kilometres.

use crate::{
    activity::{Activity, Note, OtherSport},
    import::skipped::SkipReason,
};

/// Faster than this over more than [`IMPOSSIBLE_OVER_M`] is no run: the half-marathon record is 6.2 m/s.
const IMPOSSIBLE_SPEED_MPS: f64 = 6.7;
const IMPOSSIBLE_OVER_M: f64 = 5_000.0;
/// A run of less distance than this and less time than [`STOPPED_AT_ONCE_S`] was stopped at once.
const STOPPED_AT_ONCE_M: f64 = 10.0;
const STOPPED_AT_ONCE_S: f64 = 60.0;

/// Faster than this is no swim: the record over 50 m is 2.4 m/s …
const IMPOSSIBLE_SWIM_MPS: f64 = 2.5;
/// … and without a time, farther than this.
const IMPOSSIBLE_SWIM_M: f64 = 100_000.0;

/// Takes from a swim a distance that nobody swims, unless it is the runner's own word. Its time stands.
pub(crate) fn forget_impossible_swim(activity: &mut Activity) {
    let is_own_word =
        activity.notes.iter().any(|note| matches!(note, Note::Corrected { what, .. } if what == "distance"));
    let Some(stated_m) = activity.distance_m.filter(|_| activity.other_sport == Some(OtherSport::Swim))
    else {
        return;
    };
    // satellites hardly see a swimmer move: a moving time of seconds says nothing
    let longest_s =
        [activity.timer_time_s, activity.moving_time_s, activity.elapsed_time_s].into_iter().flatten();
    let speed_mps = ratio(Some(stated_m), longest_s.reduce(f64::max));
    let is_impossible = speed_mps.map_or(stated_m > IMPOSSIBLE_SWIM_M, |speed| speed > IMPOSSIBLE_SWIM_MPS);
    if is_impossible && !is_own_word {
        (activity.distance_m, activity.distance_source) = (None, None);
        activity.notes.push(Note::SwimDistanceUnknown { stated_m });
    }
}

/// Refuses what nobody runs.
///
/// # Errors
/// If it is a run of more than 5 km at more than 6.7 m/s, or one that was stopped at once.
pub fn refuse_the_impossible(activity: &Activity) -> Result<(), SkipReason> {
    if !activity.is_run() {
        return Ok(());
    }
    let time_s = activity.moving_time_s.or(activity.elapsed_time_s);
    if let (Some(meters), Some(seconds)) = (activity.distance_m, activity.elapsed_time_s.or(time_s))
        && meters < STOPPED_AT_ONCE_M
        && seconds < STOPPED_AT_ONCE_S
    {
        return Err(SkipReason::TooShort { meters, seconds });
    }
    match (activity.distance_m, ratio(activity.distance_m, time_s)) {
        (Some(distance_m), Some(speed_mps)) if is_impossible(activity.distance_m, time_s) => {
            Err(SkipReason::ImpossibleSpeed { distance_m, speed_mps })
        }
        _ => Ok(()),
    }
}

/// Whether a run of so far in that time would be faster than anybody runs.
#[must_use]
pub fn is_impossible(distance_m: Option<f64>, time_s: Option<f64>) -> bool {
    distance_m.is_some_and(|meters| meters > IMPOSSIBLE_OVER_M)
        && ratio(distance_m, time_s).is_some_and(|speed| speed > IMPOSSIBLE_SPEED_MPS)
}

/// Metres a second.
pub(super) fn ratio(meters: Option<f64>, seconds: Option<f64>) -> Option<f64> {
    let seconds = seconds.filter(|s| *s > 0.0)?;
    Some(meters? / seconds)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::activity::{Format, Sport};

    /// The distance that is left of a swim of so many metres and seconds.
    fn kept_m(stated_m: f64, moving_s: Option<f64>, elapsed_s: Option<f64>) -> Option<f64> {
        let start = DateTime::parse_from_rfc3339("2026-09-04T17:42:26Z").unwrap();
        let mut swim = Activity {
            other_sport: Some(OtherSport::Swim),
            distance_m: Some(stated_m),
            moving_time_s: moving_s,
            elapsed_time_s: elapsed_s,
            ..Activity::new("a.csv", Format::Index, Sport::new("swimming"), start)
        };
        forget_impossible_swim(&mut swim);
        assert_eq!(swim.distance_m.is_none(), !swim.notes.is_empty(), "it says so");
        swim.distance_m
    }

    #[test]
    fn metres_that_were_read_as_kilometres_are_no_swim_and_seconds_of_moving_say_nothing() {
        assert_eq!(kept_m(2_050_000.0, Some(3_600.0), Some(3_683.0)), None);
        assert_eq!(kept_m(2_050.0, Some(3_600.0), Some(3_683.0)), Some(2_050.0));
        assert_eq!(kept_m(2_050.0, Some(3.0), Some(3_683.0)), Some(2_050.0));
        assert_eq!(kept_m(2_050.0, Some(3.0), None), None, "nothing else tells how long it was");
    }

    #[test]
    fn without_a_time_only_what_nobody_swims_at_all_goes() {
        assert_eq!((kept_m(100_000.0, None, None), kept_m(100_001.0, None, None)), (Some(100_000.0), None));
    }
}
