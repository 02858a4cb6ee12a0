//! Each session against the 30 days before it: by distance, and by running minutes where those are known.

use chrono::NaiveDate;

use super::sessions::Session;
use crate::dates;

/// Days that the comparison looks back, and that a history needs.
pub const LOOK_BACK_DAYS: u64 = 30;
/// Up to so many per cent of the longest of the 30 days before, a run is no spike: the bands of the study.
pub const REFERENCE_PERCENT: i64 = 110;
/// Up to so many per cent, a spike is a small one.
pub const SMALL_PERCENT: i64 = 130;
/// Less running than this share of the moving time is run and walk.
pub const RUN_WALK_BELOW_PERCENT: i64 = 60;
/// Less than this share tells nothing.
const TELLING_FROM_PERCENT: i64 = 10;
/// Less running than this is nothing to compare with.
pub const SHORTEST_BASELINE_S: i64 = 60;
/// No warning below ten minutes of running.
pub const SHORTEST_WARNED_S: i64 = 600;
/// No warning for a smaller step than two minutes.
pub const SMALLEST_STEP_S: i64 = 120;

/// How much longer than the 30-day longest a run was, in the bands of the study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpikeSize {
    /// More than 10, up to 30 % longer.
    Small,
    /// More than 30, up to 100 % longer.
    Moderate,
    /// More than twice as long.
    Large,
}

/// How a session compares with the 30 days before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpikeState {
    /// Less than 30 days are known before it.
    NoHistory,
    /// No run in the 30 days before it.
    NoBaseline,
    /// Not more than 10 % longer.
    Reference,
    /// Longer, by so much.
    Spike(SpikeSize),
}

impl SpikeState {
    /// The band of a spike.
    #[must_use]
    pub fn size(self) -> Option<SpikeSize> {
        match self {
            Self::Spike(size) => Some(size),
            _ => None,
        }
    }
}

/// A session's comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The state.
    pub state: SpikeState,
    /// The longest session of the window: metres and date.
    pub longest: Option<(i64, NaiveDate)>,
    /// The same by running minutes, where those of the session are known.
    pub running: Option<RunningComparison>,
}

impl Comparison {
    /// The comparison by running minutes, where it stands in place of that by distance.
    #[must_use]
    pub fn in_minutes(&self) -> Option<RunningComparison> {
        self.running.filter(|running| running.in_place)
    }
}

/// The band of a distance against the longest of the window, both in whole metres.
#[must_use]
pub fn classify(distance_m: i64, longest_m: i64) -> SpikeState {
    if 100 * distance_m <= REFERENCE_PERCENT * longest_m {
        SpikeState::Reference
    } else if 100 * distance_m <= SMALL_PERCENT * longest_m {
        SpikeState::Spike(SpikeSize::Small)
    } else if distance_m <= 2 * longest_m {
        SpikeState::Spike(SpikeSize::Moderate)
    } else {
        SpikeState::Spike(SpikeSize::Large)
    }
}

/// Compares every session (sorted by start) with its window. `h0`: first known day.
#[must_use]
pub fn compare(sessions: &[Session], h0: NaiveDate) -> Vec<Comparison> {
    (0..sessions.len()).map(|i| compare_one(sessions, i, h0)).collect()
}

/// The sessions of the 30 days before session `i`, earlier ones of its day among them, the latest first.
fn window(sessions: &[Session], i: usize) -> impl Iterator<Item = &Session> + Clone {
    let earliest = dates::days_before(sessions[i].date, LOOK_BACK_DAYS);
    sessions[..i].iter().rev().take_while(move |earlier| earlier.date >= earliest)
}

/// The longest session of the 30 days before session `i`, whether or not so many days are known: metres and date.
#[must_use]
pub fn longest_before(sessions: &[Session], i: usize) -> Option<(i64, NaiveDate)> {
    // of equally long ones the latest is named
    let longer = |best: Option<&'_ Session>, s: &Session| best.is_none_or(|b| s.distance_m > b.distance_m);
    window(sessions, i)
        .fold(None, |best, s| if longer(best, s) { Some(s) } else { best })
        .map(|session| (session.distance_m, session.date))
}

fn compare_one(sessions: &[Session], i: usize, h0: NaiveDate) -> Comparison {
    let session = &sessions[i];
    let longest = longest_before(sessions, i);
    let has_history = session.date >= dates::days_after(h0, LOOK_BACK_DAYS);
    let state = match longest {
        _ if !has_history => SpikeState::NoHistory,
        None => SpikeState::NoBaseline,
        Some((longest_m, _)) => classify(session.distance_m, longest_m),
    };
    let running = compare_running(session, window(sessions, i), has_history);
    Comparison { state, longest: longest.filter(|_| has_history), running }
}

/// A session's running against that of the 30 days before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunningComparison {
    /// Its running in whole seconds.
    pub running_s: i64,
    /// The state.
    pub state: SpikeState,
    /// The most running of the window: whole seconds and date.
    pub most: Option<(i64, NaiveDate)>,
    /// Whether running and walking took turns in the session.
    pub run_walk: bool,
    /// Whether it stands in place of the comparison of distance.
    pub in_place: bool,
}

impl RunningComparison {
    /// Whether it is long enough, and far enough above what it is held against, to be told.
    #[must_use]
    pub fn is_worth_a_warning(&self) -> bool {
        let above_s = self.most.map_or(0, |(most_s, _)| most_s);
        self.running_s >= SHORTEST_WARNED_S && self.running_s - above_s >= SMALLEST_STEP_S
    }
}

/// Whether running and walking took turns in a session; `None` where that is not known.
#[must_use]
pub fn is_run_walk(session: &Session) -> Option<bool> {
    let (running_s, moving_s) = session.running_time_s.zip(session.moving_time_s)?;
    let share = |percent: i64| percent * moving_s;
    (100 * running_s >= share(TELLING_FROM_PERCENT) && moving_s > 0)
        .then_some(100 * running_s < share(RUN_WALK_BELOW_PERCENT))
}

/// Compares the running of a session with that of its window; `None` where it is not known. `has_history`: 30 days are
/// known before it.
fn compare_running<'a>(
    session: &Session,
    window: impl Iterator<Item = &'a Session> + Clone,
    has_history: bool,
) -> Option<RunningComparison> {
    let running_s = session.running_time_s?;
    let known = window.clone().filter_map(|earlier| Some((earlier.running_time_s?, earlier.date)));
    // of equally long ones the latest is named
    let most = known.filter(|(s, _)| *s >= SHORTEST_BASELINE_S).max().filter(|_| has_history);
    let state = match most {
        _ if !has_history => SpikeState::NoHistory,
        None => SpikeState::NoBaseline,
        Some((most_s, _)) => classify(running_s, most_s),
    };
    let run_walk = is_run_walk(session) == Some(true);
    let first_without_walks = || state.size().is_some() && mostly_run_walk(window);
    let in_place = most.is_some() && (run_walk || first_without_walks());
    Some(RunningComparison { running_s, state, most, run_walk, in_place })
}

/// Whether at least half of the sessions are run–walk, of those of which that is known.
pub fn mostly_run_walk<'a>(sessions: impl Iterator<Item = &'a Session>) -> bool {
    most_are_run_walk(sessions.map(is_run_walk))
}

/// The same of what [`is_run_walk`] says of each.
pub fn most_are_run_walk(sessions: impl Iterator<Item = Option<bool>>) -> bool {
    let known: Vec<bool> = sessions.flatten().collect();
    !known.is_empty() && 2 * known.iter().filter(|is_run_walk| **is_run_walk).count() >= known.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{day, sessions};

    fn states(rows: &[(&str, i64)], h0: &str) -> Vec<SpikeState> {
        compare(&sessions(rows), day(h0)).iter().map(|c| c.state).collect()
    }

    const SMALL: SpikeState = SpikeState::Spike(SpikeSize::Small);
    const MODERATE: SpikeState = SpikeState::Spike(SpikeSize::Moderate);
    const LARGE: SpikeState = SpikeState::Spike(SpikeSize::Large);

    /// The rows of `session_spike` in the evidence vectors.
    const EVIDENCE_ROWS: [(&str, i64); 9] = [
        ("2026-03-01", 10_000),
        ("2026-03-04", 6_000),
        ("2026-03-08", 11_000),
        ("2026-03-15", 12_100),
        ("2026-03-22", 13_400),
        ("2026-03-29", 20_000),
        ("2026-04-29", 18_000),
        ("2026-05-30", 5_000),
        ("2026-05-31", 11_000),
    ];

    #[test]
    fn the_evidence_vectors_give_their_states_and_baselines() {
        let comparisons = compare(&sessions(&EVIDENCE_ROWS), day("2026-01-01"));
        let expected = [
            (SpikeState::NoBaseline, None),
            (SpikeState::Reference, Some(10_000)),
            (SpikeState::Reference, Some(10_000)),
            (SpikeState::Reference, Some(11_000)),
            (SMALL, Some(12_100)),
            (MODERATE, Some(13_400)),
            (SpikeState::NoBaseline, None),
            (SpikeState::NoBaseline, None),
            (LARGE, Some(5_000)),
        ];
        let got: Vec<_> = comparisons.iter().map(|c| (c.state, c.longest.map(|(m, _)| m))).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn the_evidence_classes_stand_at_their_boundaries() {
        for (distance_m, longest_m, state) in [
            (11_000, 10_000, SpikeState::Reference),
            (12_100, 11_000, SpikeState::Reference),
            (13_310, 12_100, SpikeState::Reference),
            (13_400, 12_100, SMALL),
            (26_000, 20_000, SMALL),
            (26_001, 20_000, MODERATE),
            (40_000, 20_000, MODERATE),
            (40_001, 20_000, LARGE),
        ] {
            assert_eq!(classify(distance_m, longest_m), state, "{distance_m} against {longest_m}");
        }
    }

    #[test]
    fn without_thirty_days_of_history_nothing_is_compared() {
        let rows = [("2026-03-01", 10_000), ("2026-03-30", 20_000), ("2026-03-31", 30_000)];
        assert_eq!(states(&rows, "2026-03-01"), [SpikeState::NoHistory, SpikeState::NoHistory, MODERATE]);
    }

    #[test]
    fn a_run_thirty_days_back_is_in_the_window_and_one_31_days_back_is_not() {
        assert_eq!(states(&[("2026-01-01", 10_000), ("2026-01-31", 12_000)], "2025-11-01")[1], SMALL);
        assert_eq!(
            states(&[("2026-01-01", 10_000), ("2026-02-01", 12_000)], "2025-11-01")[1],
            SpikeState::NoBaseline
        );
    }

    #[test]
    fn an_earlier_run_of_the_same_day_counts_and_the_run_itself_never_does() {
        let rows = [("2026-03-01", 10_000), ("2026-03-01", 12_000)];
        assert_eq!(states(&rows, "2026-01-01"), [SpikeState::NoBaseline, SMALL]);
    }

    #[test]
    fn steps_of_ten_per_cent_compound_without_a_spike() {
        let rows = [
            ("2026-06-01", 10_000),
            ("2026-06-02", 11_000),
            ("2026-06-04", 12_100),
            ("2026-06-06", 13_310),
            ("2026-06-07", 14_640),
        ];
        assert_eq!(states(&rows, "2026-01-01")[1..], [SpikeState::Reference; 4]);
    }

    /// Sessions of 30 minutes, 4 km and so many seconds of running.
    fn run_walks(rows: &[(&str, i64)]) -> Vec<Session> {
        let session = |&(date, running_s): &(&str, i64)| Session {
            running_time_s: Some(running_s),
            moving_time_s: Some(1_800),
            ..Session::new(format!("{date}T08:00"), day(date), 4_000)
        };
        rows.iter().map(session).collect()
    }

    #[test]
    fn less_than_60_per_cent_of_running_is_run_walk_and_less_than_10_tells_nothing() {
        let of = |running_s| is_run_walk(&run_walks(&[("2026-03-01", running_s)])[0]);
        assert_eq!([of(1_080), of(1_079)], [Some(false), Some(true)]);
        assert_eq!([of(180), of(179)], [Some(true), None]);
        let unknown = Session::new(String::new(), day("2026-03-01"), 4_000);
        assert_eq!(is_run_walk(&unknown), None);
        assert_eq!(
            is_run_walk(&Session { running_time_s: Some(0), moving_time_s: Some(0), ..unknown }),
            None
        );
    }

    #[test]
    fn the_bands_of_the_study_hold_in_whole_seconds() {
        let state = |running_s| {
            compare(&run_walks(&[("2026-03-01", 500), ("2026-03-04", running_s)]), day("2026-01-01"))[1]
                .running
                .unwrap()
                .state
        };
        assert_eq!([state(550), state(551)], [SpikeState::Reference, SpikeState::Spike(SpikeSize::Small)]);
        assert_eq!(
            [state(650), state(651)].map(SpikeState::size),
            [SpikeSize::Small, SpikeSize::Moderate].map(Some)
        );
        assert_eq!(
            [state(1_000), state(1_001)].map(SpikeState::size),
            [SpikeSize::Moderate, SpikeSize::Large].map(Some)
        );
    }
}
