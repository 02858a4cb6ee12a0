//! Running minutes in place of distance for run–walk sessions, in `long-run-spike`. Evidence grade D for this form.
//!
//! ```text
//! run–walk    10 % to less than 60 % of a session's moving time was running, and both times are known
//! r_i       = running seconds of session i
//! R_i       = most r of the sessions of [D − 30, D] before session i, run–walk or not, that ran for a minute at least
//! state     = as in long-run-spike, of r_i against R_i; NO_BASELINE: distance decides as ever
//! way out     a run without walks after 30 days of which at least half of the known sessions are run–walk: by minutes too,
//!             where they are a spike, else by distance
//! told        r_i ≥ 10 min and r_i − R_i ≥ 2 min
//! credit_i  = r_i, or min(r_i, 1.10 R_i) if session i was a spike of minutes
//! cap       = k × highest credit of the 30 days before, rounded down to whole minutes; k as in `caps`
//! ```
//! From walks to runs distance hardly changes while running triples, so distance is blind here. Below a tenth of running a
//! slow runner without a cadence looks like a walker: distance decides. The 60 % and what is running (`import`) are custom;
//! 10 and 2 minutes are ours, so that the first weeks from walking to running are no alarm. Source: the bands of Frandsen et
//! al. 2025, a study of distance, not of minutes.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::{
    analysis::{
        caps::{FREEZE_DAYS, HORIZON_DAYS, stated_until, window_before},
        history::{
            breaks::{self, Gap},
            compare::{
                Comparison, LOOK_BACK_DAYS, SHORTEST_BASELINE_S, SpikeSize, SpikeState, mostly_run_walk,
            },
            sessions::Session,
        },
        rules::long_run_spike::run_cap_percent,
    },
    dates,
    warning::thresholds::Thresholds,
};

/// Caps are rounded down to whole minutes.
const STEP_S: i64 = 60;

/// The session that a cap is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedRunning {
    /// Its local date.
    pub date: NaiveDate,
    /// Its running in whole seconds.
    pub running_s: i64,
    /// What it counts for: less, where it was a spike.
    pub credit_s: i64,
}

/// How many minutes of running the next session may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunningCap {
    /// Whole minutes, at least one.
    pub minutes: i64,
    /// The session that counts most.
    pub counted: CountedRunning,
    /// So many per cent of what it counts for.
    pub percent: i64,
    /// Why not more than that.
    pub because: RunningBecause,
    /// The last day for which it holds; `None` where it lies beyond the horizon of caps.
    pub until: Option<NaiveDate>,
}

/// Where the share of a cap in minutes comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunningBecause {
    /// The usual step.
    Step,
    /// No step up after a spike of minutes above 30 %, on this day.
    Frozen(NaiveDate),
    /// A share after a break.
    Break(Gap),
}

/// The cap after the last of `sessions`, a spike of minutes: whole seconds and the last day for which it is stated.
#[must_use]
pub fn after_spike(
    sessions: &[Session],
    comparisons: &[Comparison],
    size: Option<SpikeSize>,
    thresholds: Thresholds,
) -> Option<(i64, NaiveDate)> {
    let date = sessions.last()?.date;
    let next_day = dates::days_after(date, 1);
    let cap = cap_on(sessions, comparisons, next_day, false, thresholds)?;
    let gap = match cap.because {
        RunningBecause::Break(gap) => Some(gap),
        RunningBecause::Step | RunningBecause::Frozen(_) => None,
    };
    Some((STEP_S * cap.minutes, stated_until(date, size, gap)))
}

/// The cap for the next session on `date`, where at least half of the sessions of the 30 days before it of which that is
/// known are run–walk. `break_lasts`: whether a break lasts on that day.
#[must_use]
pub fn next(
    sessions: &[Session],
    comparisons: &[Comparison],
    date: NaiveDate,
    break_lasts: bool,
    thresholds: Thresholds,
) -> Option<RunningCap> {
    let window = window_before(date);
    if !mostly_run_walk(sessions.iter().filter(|session| window.contains(&session.date))) {
        return None;
    }
    let on = |date| cap_on(sessions, comparisons, date, break_lasts, thresholds);
    let cap = on(date)?;
    let is_other = |later: &NaiveDate| on(*later).map(|cap| cap.minutes) != Some(cap.minutes);
    let changes = date.iter_days().skip(1).take(HORIZON_DAYS as usize).find(is_other);
    Some(RunningCap { until: changes.map(|day| dates::days_before(day, 1)), ..cap })
}

/// The sessions of the 30 days before a day with what they count for, oldest first: what its cap is taken from.
#[must_use]
pub fn counted_before(
    sessions: &[Session],
    comparisons: &[Comparison],
    date: NaiveDate,
) -> Vec<CountedRunning> {
    counted_in(sessions, comparisons, &window_before(date)).collect()
}

fn cap_on(
    sessions: &[Session],
    comparisons: &[Comparison],
    date: NaiveDate,
    break_lasts: bool,
    thresholds: Thresholds,
) -> Option<RunningCap> {
    let by =
        |window: RangeInclusive<NaiveDate>| by_sessions(sessions, comparisons, &window, date, thresholds);
    let gap = if break_lasts { breaks::gap_on(sessions, date) } else { breaks::ended_gap_on(sessions, date) };
    let Some((gap, percent)) = gap.and_then(|gap| Some((gap, gap.percent_on(date)?))) else {
        return by(window_before(date));
    };
    // as for distance: a break pays a spike out no more than its credit does
    let before = dates::days_before(gap.last_run, LOOK_BACK_DAYS)..=gap.last_run;
    let most = counted_in(sessions, comparisons, &before).max_by_key(|counted| counted.running_s)?;
    let share = CountedRunning { credit_s: most.running_s, ..most };
    let by_break = cap(share, percent, RunningBecause::Break(gap));
    let usual = (gap.days < breaks::BLIND_FROM_DAYS).then(|| by(window_before(date))).flatten();
    [by(before), usual, by_break].into_iter().flatten().min_by_key(|cap| cap.minutes)
}

/// The cap on `date` by the sessions of a window.
fn by_sessions(
    sessions: &[Session],
    comparisons: &[Comparison],
    window: &RangeInclusive<NaiveDate>,
    date: NaiveDate,
    thresholds: Thresholds,
) -> Option<RunningCap> {
    let counted = counted_in(sessions, comparisons, window).max_by_key(|counted| counted.credit_s)?;
    let frozen_since = dates::days_before(date, FREEZE_DAYS);
    let is_big = |(session, comparison): &(&Session, &Comparison)| {
        let state = comparison.in_minutes().map(|running| running.state);
        let is_recent = window.contains(&session.date) && session.date >= frozen_since;
        is_recent && matches!(state, Some(SpikeState::Spike(SpikeSize::Moderate | SpikeSize::Large)))
    };
    match sessions.iter().zip(comparisons).rfind(is_big) {
        Some((spike, _)) => cap(counted, 100, RunningBecause::Frozen(spike.date)),
        None => cap(counted, run_cap_percent(thresholds), RunningBecause::Step),
    }
}

fn cap(counted: CountedRunning, percent: i64, because: RunningBecause) -> Option<RunningCap> {
    let minutes = counted.credit_s * percent / 100 / STEP_S;
    (minutes > 0).then_some(RunningCap { minutes, counted, percent, because, until: None })
}

fn counted_in<'a>(
    sessions: &'a [Session],
    comparisons: &'a [Comparison],
    window: &'a RangeInclusive<NaiveDate>,
) -> impl Iterator<Item = CountedRunning> + 'a {
    let inside = sessions.iter().zip(comparisons).filter(|(session, _)| window.contains(&session.date));
    inside.filter_map(|(session, comparison)| {
        let running = comparison.running.filter(|running| running.running_s >= SHORTEST_BASELINE_S)?;
        // a run without walks is judged by its distance, not by its minutes: it earns all of them
        let credit_s = match comparison.in_minutes() {
            Some(running) => running.credit_s(),
            None => running.running_s,
        };
        Some(CountedRunning { date: session.date, running_s: running.running_s, credit_s })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{
            caps::{Caps, caps},
            history::compare::{self, RunningComparison},
            rules::{long_run_spike, step_stack},
            testing::day,
        },
        warning::{Level, Warning},
    };

    /// Sessions of 30 minutes, 4 km and so many seconds of running.
    fn run_walks(rows: &[(&str, i64)]) -> Vec<Session> {
        let session = |&(date, running_s): &(&str, i64)| Session {
            running_time_s: Some(running_s),
            moving_time_s: Some(1_800),
            ..Session::new(format!("{date}T08:00"), day(date), 4_000)
        };
        rows.iter().map(session).collect()
    }

    fn compared(sessions: &[Session]) -> Vec<Comparison> {
        compare::compare(sessions, day("2026-01-01"))
    }

    fn warnings(sessions: &[Session]) -> Vec<Warning<long_run_spike::Seen>> {
        long_run_spike::warnings(sessions, &compared(sessions), Thresholds::default())
    }

    fn told(rows: &[(&str, i64)]) -> Vec<(String, i64)> {
        let tell = |warning: &Warning<long_run_spike::Seen>| {
            (warning.date.to_string(), warning.running_cap().unwrap().0)
        };
        warnings(&run_walks(rows)).iter().map(tell).collect()
    }

    /// Running minutes a session of the weeks 1 to 9 of Couch-to-5K, three sessions a week.
    const COUCH_TO_5K: [[i64; 3]; 9] = [
        [8, 8, 8],
        [9, 9, 9],
        [9, 9, 9],
        [16, 16, 16],
        [15, 16, 20],
        [18, 20, 25],
        [25, 25, 25],
        [28, 28, 28],
        [30, 30, 30],
    ];

    fn couch_to_5k() -> Vec<Session> {
        let mut sessions = Vec::new();
        for (week, minutes) in (0..).zip(COUCH_TO_5K) {
            for (session, minutes) in (0..).zip(minutes) {
                let date = dates::days_after(day("2026-03-02"), 7 * week + 2 * session);
                let run_walk = Session {
                    running_time_s: Some(60 * minutes),
                    moving_time_s: Some(60 * (minutes + 10).max(30)),
                    ..Session::new(date.to_string(), date, 4_000)
                };
                sessions.push(run_walk);
            }
        }
        sessions
    }

    #[test]
    fn couch_to_5k_steps_up_in_five_of_26_sessions() {
        let sessions = couch_to_5k();
        let running: Vec<RunningComparison> =
            compared(&sessions).iter().map(|c| c.running.unwrap()).collect();
        assert_eq!(running.iter().filter(|running| running.most.is_some()).count(), 26);
        let steps: Vec<(usize, usize, i64, SpikeSize)> = running
            .iter()
            .enumerate()
            .filter_map(|(i, r)| {
                Some((i / 3 + 1, i % 3 + 1, 1000 * r.running_s / r.most?.0, r.state.size()?))
            })
            .collect();
        assert_eq!(
            steps,
            [
                (2, 1, 1_125, SpikeSize::Small),
                (4, 1, 1_777, SpikeSize::Moderate),
                (5, 3, 1_250, SpikeSize::Small),
                (6, 3, 1_250, SpikeSize::Small),
                (8, 1, 1_120, SpikeSize::Small),
            ]
        );
    }

    #[test]
    fn of_the_steps_of_couch_to_5k_all_but_that_to_nine_minutes_are_told() {
        // from week 5 on two thirds of a session are running: the sessions before are what makes minutes speak
        let dates: Vec<String> =
            warnings(&couch_to_5k()).iter().map(|warning| warning.date.to_string()).collect();
        assert_eq!(dates[..3], ["2026-03-23", "2026-04-03", "2026-04-10"]);
    }

    #[test]
    fn ten_minutes_and_two_minutes_more_are_told_and_a_second_less_is_not() {
        let told = |most_s, running_s| told(&[("2026-03-01", most_s), ("2026-03-04", running_s)]).len();
        assert_eq!([told(400, 599), told(400, 600)], [0, 1]);
        assert_eq!([told(600, 719), told(600, 720)], [0, 1]);
    }

    #[test]
    fn the_cap_is_one_step_of_what_counts_in_whole_minutes_and_frozen_after_a_big_step() {
        // credit 1.10 × 900 s = 990 s; × 1.10 = 1,089 s: 18 minutes
        assert_eq!(told(&[("2026-03-01", 900), ("2026-03-04", 1_070)]), [("2026-03-04".to_owned(), 18 * 60)]);
        // credit 1.10 × 540 s = 594 s, frozen: 9 minutes
        assert_eq!(told(&[("2026-03-01", 540), ("2026-03-04", 960)]), [("2026-03-04".to_owned(), 9 * 60)]);
    }

    #[test]
    fn minutes_replace_the_distance_and_a_step_stack_of_distance() {
        let mut sessions = run_walks(&[("2026-03-01", 900), ("2026-03-04", 900), ("2026-03-06", 900)]);
        (sessions[1].distance_m, sessions[2].distance_m) = (6_000, 7_000);
        assert_eq!(warnings(&sessions), []);
        assert_eq!(step_stack::warnings(&sessions, &compared(&sessions), Thresholds::default()), []);
        sessions[0].running_time_s = None;
        sessions[1].running_time_s = None;
        let by_distance = warnings(&sessions[..2]);
        assert_eq!(
            (by_distance.len(), by_distance[0].facts.run_walk),
            (1, None),
            "nothing known to compare with"
        );
    }

    #[test]
    fn the_way_out_of_run_walk_is_held_against_minutes_too() {
        let mut sessions = run_walks(&[("2026-03-01", 900), ("2026-03-04", 900), ("2026-03-06", 1_500)]);
        let told = |sessions: &[Session]| match &warnings(sessions)[..] {
            [told] => told.facts.run_walk,
            _ => None,
        };
        assert_eq!(told(&sessions), Some(false));
        // among runs without walks distance decides
        sessions[0].moving_time_s = Some(900);
        sessions[1].moving_time_s = Some(900);
        assert_eq!(told(&sessions), None);
    }

    #[test]
    fn a_race_is_told_in_minutes_and_asks_for_nothing() {
        let mut sessions = run_walks(&[("2026-03-01", 400), ("2026-03-04", 1_000)]);
        assert_eq!(warnings(&sessions)[0].level, Level::Warning);
        sessions[1].race = true;
        assert_eq!(warnings(&sessions)[0].level, Level::Info);
    }

    #[test]
    fn an_own_threshold_moves_where_minutes_are_told() {
        let sessions = run_walks(&[("2026-03-01", 1_000), ("2026-03-04", 1_050 + 100)]);
        let with = |percent| {
            let own = Thresholds::default().with(&long_run_spike::PERCENT, percent);
            long_run_spike::warnings(&sessions, &compared(&sessions), own).len()
        };
        assert_eq!([with(14), with(15)], [1, 0]);
    }

    fn caps_on(sessions: &[Session], as_of: &str) -> Caps {
        caps(sessions, &compared(sessions), day("2026-01-01"), day(as_of), Thresholds::default())
    }

    fn minutes_on(sessions: &[Session], as_of: &str) -> Option<(i64, Option<String>)> {
        let cap = caps_on(sessions, as_of).running?;
        Some((cap.minutes, cap.until.map(|until| until.to_string())))
    }

    #[test]
    fn the_next_session_has_a_cap_in_minutes_where_half_of_the_known_ones_are_run_walk() {
        let mut sessions = run_walks(&[("2026-03-01", 900), ("2026-03-03", 900), ("2026-03-05", 960)]);
        // 1.10 × 960 s = 1,056 s: 17 minutes, until the session of 5 March leaves the 30 days
        assert_eq!(minutes_on(&sessions, "2026-03-06"), Some((17, Some("2026-04-04".to_owned()))));
        sessions[0].moving_time_s = Some(1_000);
        assert!(minutes_on(&sessions, "2026-03-06").is_some(), "two of three");
        sessions[1].moving_time_s = None;
        assert!(minutes_on(&sessions, "2026-03-06").is_some(), "one of two");
        sessions[2].moving_time_s = Some(1_000);
        assert!(minutes_on(&sessions, "2026-03-06").is_none(), "none of two");
    }

    #[test]
    fn after_a_spike_of_minutes_no_step_up_for_14_days_and_after_a_break_its_share() {
        let spiked = run_walks(&[("2026-03-01", 540), ("2026-03-04", 960), ("2026-03-10", 540)]);
        assert_eq!(minutes_on(&spiked, "2026-03-11"), Some((9, Some("2026-03-18".to_owned()))));
        // 1.10 × 594 s: a break of nine days pays the spike out no more than its credit does
        assert_eq!(minutes_on(&spiked, "2026-03-19").map(|(minutes, _)| minutes), Some(10));
        let steady = run_walks(&[("2026-03-01", 1_000), ("2026-03-04", 1_000)]);
        assert_eq!(minutes_on(&steady, "2026-03-05").map(|(minutes, _)| minutes), Some(18));
        // 16 days: 75 % of 1,000 s
        assert_eq!(minutes_on(&steady, "2026-03-20").map(|(minutes, _)| minutes), Some(12));
    }

    #[test]
    fn a_spike_of_minutes_right_after_a_week_off_keeps_to_what_next_says() {
        let sessions = run_walks(&[("2026-03-01", 1_000), ("2026-03-08", 1_700)]);
        let (cap_s, until) = warnings(&sessions)[0].running_cap().unwrap();
        // 100 % of 1,000 s for seven days, not the 1,100 s of the spike's credit for fourteen
        assert_eq!((cap_s, until.to_string()), (16 * 60, "2026-03-14".to_owned()));
        assert_eq!(minutes_on(&sessions, "2026-03-08").map(|(minutes, _)| 60 * minutes), Some(cap_s));
    }
}
