//! What a rule counts as one run: recordings of running less than 30 minutes apart are one session.
//!
//! A long run stored as 12 + 8 km is a 20 km session. Never joined across another sport. For rules and
//! caps only: lists and tables keep every recording.

use chrono::{Duration, NaiveDate};

use crate::activity::Activity;

/// Recordings at least this far apart (end to start) are two sessions.
const JOIN_BELOW_MINUTES: i64 = 30;

/// One or more recordings, as rules see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Id of the first recording.
    pub run: String,
    /// Local date of the start.
    pub date: NaiveDate,
    /// Distance in whole metres.
    pub distance_m: i64,
}

/// Joins runs (sorted by start) to sessions; `others` are the activities of other sports.
#[must_use]
pub fn join_sessions(runs: &[Activity], others: &[Activity]) -> Vec<Session> {
    let mut sessions: Vec<Session> = Vec::new();
    let mut previous: Option<&Activity> = None;
    for run in runs {
        match (previous, sessions.last_mut()) {
            (Some(before), Some(session)) if continues(before, run, others) => {
                session.distance_m += run.whole_meters();
            }
            _ => sessions.push(Session {
                run: run.id.clone(),
                date: run.local_date(),
                distance_m: run.whole_meters(),
            }),
        }
        previous = Some(run);
    }
    sessions
}

fn continues(before: &Activity, run: &Activity, others: &[Activity]) -> bool {
    let elapsed_ms = before.elapsed_time_s.or(before.moving_time_s).unwrap_or(0.0) * 1000.0;
    let Some(end) = before.start.checked_add_signed(Duration::milliseconds(elapsed_ms as i64)) else {
        return false;
    };
    let pause = run.start - end;
    let first_after = others.partition_point(|other| other.start <= before.start);
    let other_between = others.get(first_after).is_some_and(|other| other.start < run.start);
    pause < Duration::minutes(JOIN_BELOW_MINUTES) && !other_between
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{activity, run};

    fn distances(runs: &[Activity], others: &[Activity]) -> Vec<i64> {
        join_sessions(runs, others).iter().map(|session| session.distance_m).collect()
    }

    #[test]
    fn a_pause_of_29_minutes_joins_and_one_of_30_does_not() {
        let first = run("2026-03-01T08:00:00+01:00", 12_000, 60);
        assert_eq!(distances(&[first.clone(), run("2026-03-01T09:29:00+01:00", 8_000, 40)], &[]), [20_000]);
        assert_eq!(distances(&[first, run("2026-03-01T09:30:00+01:00", 8_000, 40)], &[]), [12_000, 8_000]);
    }

    #[test]
    fn runs_are_never_joined_across_another_sport() {
        let legs = [run("2026-03-01T08:00:00+01:00", 2_000, 10), run("2026-03-01T08:20:00+01:00", 3_000, 15)];
        let swim = activity("swimming", "2026-03-01T08:12:00+01:00", 400, 7);
        assert_eq!(distances(&legs, &[swim]), [2_000, 3_000]);
        assert_eq!(distances(&legs, &[]), [5_000]);
    }
}
