//! What a rule counts as one run: recordings of running less than 30 minutes apart are one session.
//!
//! A long run stored as 12 + 8 km is a 20 km session. Never joined across another sport. One recording with a pause of
//! 30 minutes or more is two sessions (F7), each with its share of the distance. For rules and caps only: lists and tables
//! keep every recording.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};

use crate::{
    activity::{Activity, Part},
    warning::Warning,
};

/// Recordings at least this far apart (end to start) are two sessions.
const JOIN_BELOW_MINUTES: i64 = 30;

/// One or more recordings, as rules see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Id of the first recording.
    pub run: String,
    /// Local date of the start.
    pub date: NaiveDate,
    /// Local start; midnight where only the day is known.
    pub start: NaiveDateTime,
    /// Distance in whole metres.
    pub distance_m: i64,
    /// Descent in whole metres; `None` where one of the recordings does not know it.
    pub descent_m: Option<i64>,
    /// Running, not walking, in whole seconds; `None` where one of the recordings does not know it.
    pub running_time_s: Option<i64>,
    /// Moving time in whole seconds; `None` where one of the recordings does not know it.
    pub moving_time_s: Option<i64>,
    /// Whether one of the recordings is a race, by the runner's own word.
    pub race: bool,
    /// Whether one of the recordings was run on a treadmill.
    pub treadmill: bool,
    /// Whether of one of the recordings it was guessed that it is a run.
    pub assumed_sport: bool,
    /// How many recordings it is made of.
    pub recordings: usize,
}

impl Session {
    /// A session of which nothing else is known.
    #[must_use]
    pub fn new(run: String, date: NaiveDate, distance_m: i64) -> Self {
        Self {
            run,
            date,
            start: date.and_time(NaiveTime::MIN),
            distance_m,
            descent_m: None,
            running_time_s: None,
            moving_time_s: None,
            race: false,
            treadmill: false,
            assumed_sport: false,
            recordings: 1,
        }
    }

    /// Takes in a recording that goes on with it.
    pub fn take(&mut self, next: &Self) {
        self.distance_m += next.distance_m;
        self.descent_m = sum(self.descent_m, next.descent_m);
        self.running_time_s = sum(self.running_time_s, next.running_time_s);
        self.moving_time_s = sum(self.moving_time_s, next.moving_time_s);
        self.race |= next.race;
        self.treadmill |= next.treadmill;
        self.assumed_sport |= next.assumed_sport;
        self.recordings += next.recordings;
    }
}

impl<F> Warning<F> {
    /// The same as a statement about a session: a race, if it is one, and of so many recordings.
    #[must_use]
    pub fn of_session(self, session: &Session) -> Self {
        Self { recordings: session.recordings, ..self.of_race(session.race) }
    }
}

/// Joins runs (sorted by start) to sessions; `others` are the activities of other sports.
#[must_use]
pub fn join_sessions(runs: &[Activity], others: &[Activity]) -> Vec<Session> {
    let mut sessions: Vec<Session> = Vec::new();
    let mut previous: Option<&Activity> = None;
    for run in runs {
        let mut parts = parts(run).into_iter();
        if let (Some(before), Some(session)) = (previous, sessions.last_mut())
            && continues(before, run, others)
            && let Some(first) = parts.next()
        {
            session.take(&first);
        }
        sessions.extend(parts);
        previous = Some(run);
    }
    sessions
}

/// The sessions of one recording: one, unless long pauses divide it.
fn parts(run: &Activity) -> Vec<Session> {
    let session = |distance_m: i64, start: NaiveDateTime, share: f64| Session {
        start,
        descent_m: whole(run.descent_m.map(|meters| meters * share)),
        running_time_s: whole(run.running_time_s.map(|seconds| seconds * share)),
        moving_time_s: whole(run.moving_time_s.map(|seconds| seconds * share)),
        race: run.race,
        treadmill: run.is_on_treadmill(),
        assumed_sport: run.is_guessed_run(),
        ..Session::new(run.id.clone(), start.date(), distance_m)
    };
    if run.parts.len() < 2 {
        return vec![session(run.whole_meters(), run.start.naive_local(), 1.0)];
    }
    let of_part = |part: &Part| {
        let start = run.start.checked_add_signed(Duration::milliseconds((part.after_s * 1000.0) as i64));
        let distance_m = (run.whole_meters() as f64 * part.share).round() as i64;
        session(distance_m, start.unwrap_or(run.start).naive_local(), part.share)
    };
    run.parts.iter().map(of_part).collect()
}

fn whole(value: Option<f64>) -> Option<i64> {
    value.filter(|value| value.is_finite()).map(|value| value.round() as i64)
}

/// Known where both are.
fn sum(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    a.zip(b).map(|(a, b)| a.saturating_add(b))
}

/// Id of the last session up to and including a day; empty without one.
#[must_use]
pub fn last_run_up_to(sessions: &[Session], date: NaiveDate) -> String {
    let first_after = sessions.partition_point(|session| session.date <= date);
    sessions[..first_after].last().map(|session| session.run.clone()).unwrap_or_default()
}

fn continues(before: &Activity, run: &Activity, others: &[Activity]) -> bool {
    let elapsed_ms = before.elapsed_time_s.or(before.moving_time_s).unwrap_or(0.0) * 1000.0;
    let Some(end) = before.start.checked_add_signed(Duration::milliseconds(elapsed_ms as i64)) else {
        return false;
    };
    let first_after = others.partition_point(|other| other.start <= before.start);
    let other_between = others.get(first_after).is_some_and(|other| other.start < run.start);
    is_one_run(end.naive_utc(), run.start.naive_utc()) && !other_between
}

/// Whether a recording that begins at `start` goes on with one that ended at `end`.
#[must_use]
pub fn is_one_run(end: NaiveDateTime, start: NaiveDateTime) -> bool {
    start - end < Duration::minutes(JOIN_BELOW_MINUTES)
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
    fn the_descent_of_a_session_is_known_where_every_recording_knows_it() {
        let legs = |first: Option<f64>, second: Option<f64>| {
            let mut legs =
                [run("2026-03-01T08:00:00+01:00", 2_000, 10), run("2026-03-01T08:20:00+01:00", 3_000, 15)];
            (legs[0].descent_m, legs[1].descent_m) = (first, second);
            join_sessions(&legs, &[])[0].descent_m
        };
        assert_eq!(legs(Some(100.4), Some(50.0)), Some(150));
        assert_eq!([legs(Some(100.0), None), legs(None, Some(50.0))], [None, None]);
    }

    #[test]
    fn the_running_of_a_session_is_the_sum_and_known_where_every_recording_knows_it() {
        let legs = |first: Option<f64>, second: Option<f64>| {
            let mut legs =
                [run("2026-03-01T08:00:00+01:00", 2_000, 10), run("2026-03-01T08:20:00+01:00", 3_000, 15)];
            (legs[0].running_time_s, legs[1].running_time_s) = (first, second);
            let session = join_sessions(&legs, &[]).remove(0);
            (session.running_time_s, session.moving_time_s)
        };
        assert_eq!(legs(Some(300.4), Some(60.0)), (Some(360), Some(1_500)));
        assert_eq!([legs(Some(300.0), None).0, legs(None, Some(60.0)).0], [None, None]);
    }

    #[test]
    fn a_session_with_a_race_in_it_is_a_race() {
        let mut legs =
            [run("2026-03-01T08:00:00+01:00", 2_000, 10), run("2026-03-01T08:20:00+01:00", 3_000, 15)];
        assert!(!join_sessions(&legs, &[])[0].race);
        legs[1].race = true;
        assert!(join_sessions(&legs, &[])[0].race);
    }

    #[test]
    fn runs_are_never_joined_across_another_sport() {
        let legs = [run("2026-03-01T08:00:00+01:00", 2_000, 10), run("2026-03-01T08:20:00+01:00", 3_000, 15)];
        let swim = activity("swimming", "2026-03-01T08:12:00+01:00", 400, 7);
        assert_eq!(distances(&legs, &[swim]), [2_000, 3_000]);
        assert_eq!(distances(&legs, &[]), [5_000]);
    }

    #[test]
    fn one_recording_with_a_pause_of_half_an_hour_is_two_sessions_with_their_shares() {
        let mut day = run("2026-03-01T08:00:00+01:00", 15_000, 600);
        let part = |after_s, share| Part { after_s, elapsed_time_s: 3_600.0, share };
        day.parts = vec![part(0.0, 0.4), part(32_400.0, 0.6)];
        assert_eq!(distances(&[day.clone()], &[]), [6_000, 9_000]);
        day.parts.clear();
        assert_eq!(distances(&[day], &[]), [15_000]);
    }
}
