//! `long-run-spike`: one run against the longest run of the 30 days before it. Evidence grade B.
//!
//! ```text
//! W_i   = sessions with local date in [D − 30, D] that started before session i
//! L_i   = longest of W_i
//! state = no history    D < H0 + 30
//!         no baseline   W_i is empty
//!         reference     100 d ≤ 110 L      (the line itself belongs to the reference)
//!         small         100 d ≤ 130 L
//!         moderate          d ≤ 2 L
//!         large         otherwise
//! ```
//! Source: Frandsen et al. 2025, Br J Sports Med 59:1203, doi 10.1136/bjsports-2024-109380. Integer metres,
//! civil dates. A warning needs 3 km and 500 m above L (below that, a step is measurement noise), keeps
//! quiet for less than 7 days after one of at least its level, and after a break of 14 days or more until
//! the new runs tell something. Those guards are ours, no study has them. A threshold of the runner's own (`thresholds`)
//! moves where a warning begins; state, bands and what is cited stay those of the study. Where running and walking take
//! turns, running minutes stand in place of distance: see `running_minutes`.

use chrono::NaiveDate;

use crate::{
    analysis::{
        caps::{
            self,
            running::{self, RunningComparison},
        },
        history::sessions::Session,
    },
    dates,
    warning::{Level, RuleId, SpikeSize, Unknown, Warning, thresholds::Thresholds},
};

/// Days that the comparison looks back, and that a history needs.
pub const LOOK_BACK_DAYS: u64 = 30;
/// No warning below this distance.
const SHORTEST_WARNED_M: i64 = 3_000;
/// No warning for a smaller step than this.
const SMALLEST_STEP_M: i64 = 500;
/// A second warning of the same level needs this many days.
const COOL_DOWN_DAYS: i64 = 7;
/// A break of this many days silences the rule …
const BREAK_DAYS: i64 = 14;
/// … for this many days after the return …
const SILENT_DAYS: i64 = 14;
/// … and until this many runs …
const RUNS_AFTER_BREAK: usize = 3;
/// … spread over this many days stand in the window.
const RUN_DAYS_AFTER_BREAK: i64 = 10;

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
    if 100 * distance_m <= 110 * longest_m {
        SpikeState::Reference
    } else if 100 * distance_m <= 130 * longest_m {
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

fn compare_one(sessions: &[Session], i: usize, h0: NaiveDate) -> Comparison {
    let session = &sessions[i];
    let earliest = dates::days_before(session.date, LOOK_BACK_DAYS);
    let window = sessions[..i].iter().rev().take_while(|earlier| earlier.date >= earliest);
    // of equally long ones the latest is named
    let longest = window
        .clone()
        .fold(
            None::<&Session>,
            |best, s| if best.is_none_or(|b| s.distance_m > b.distance_m) { Some(s) } else { best },
        )
        .map(|session| (session.distance_m, session.date));
    let has_history = session.date >= dates::days_after(h0, LOOK_BACK_DAYS);
    let state = match longest {
        _ if !has_history => SpikeState::NoHistory,
        None => SpikeState::NoBaseline,
        Some((longest_m, _)) => classify(session.distance_m, longest_m),
    };
    let running = running::compare(session, window, has_history);
    Comparison { state, longest: longest.filter(|_| has_history), running }
}

/// The warnings of all sessions, guards and cool-down applied, oldest first.
#[must_use]
pub fn warnings(sessions: &[Session], comparisons: &[Comparison], thresholds: Thresholds) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = Vec::new();
    for i in 0..sessions.len().min(comparisons.len()) {
        let (known, compared) = (&sessions[..=i], &comparisons[..=i]);
        let told = match comparisons[i].in_minutes() {
            Some(running) => of_minutes(known, compared, running, thresholds),
            None => of_distance(known, compared, thresholds),
        };
        let Some(warning) = told.filter(|_| !silent_after_break(sessions, i)) else { continue };
        if !cooling_down(&warnings, &warning) {
            warnings.push(warning);
        }
    }
    warnings
}

/// The warning of the last of `sessions` by its distance, before cool-down and breaks.
fn of_distance(sessions: &[Session], comparisons: &[Comparison], thresholds: Thresholds) -> Option<Warning> {
    let (session, comparison) = sessions.last().zip(comparisons.last())?;
    let (longest_m, longest_date) = comparison.longest?;
    let threshold_percent = thresholds.long_run_spike_percent;
    let is_above = 100 * session.distance_m > (100 + threshold_percent) * longest_m;
    if !is_above || !worth_a_warning(session.distance_m, longest_m) {
        return None;
    }
    let size = comparison.state.size();
    let (cap_m, until) = caps::after_spike(sessions, comparisons, size, thresholds)?;
    Some(Warning::LongRunSpike {
        run: session.run.clone(),
        date: session.date,
        distance_m: session.distance_m,
        longest_m,
        longest_date,
        size,
        threshold_percent,
        race: session.race,
        cap_m,
        until,
    })
}

/// The same by its running minutes.
fn of_minutes(
    sessions: &[Session],
    comparisons: &[Comparison],
    running: RunningComparison,
    thresholds: Thresholds,
) -> Option<Warning> {
    let session = sessions.last()?;
    let (most_s, most_date) = running.most?;
    let threshold_percent = thresholds.long_run_spike_percent;
    let is_above = 100 * running.running_s > (100 + threshold_percent) * most_s;
    if !is_above || !running.is_worth_a_warning() {
        return None;
    }
    let size = running.state.size();
    let (cap_s, until) = running::after_spike(sessions, comparisons, size, thresholds)?;
    Some(Warning::RunningMinutesSpike {
        run: session.run.clone(),
        date: session.date,
        running_s: running.running_s,
        most_s,
        most_date,
        run_walk: running.run_walk,
        size,
        threshold_percent,
        race: session.race,
        cap_s,
        until,
    })
}

/// Whether a run is long enough, and far enough above what it is held against, to be more than measurement noise.
#[must_use]
pub fn worth_a_warning(distance_m: i64, above_m: i64) -> bool {
    distance_m >= SHORTEST_WARNED_M && distance_m - above_m >= SMALLEST_STEP_M
}

/// Whether a warning of at least the same level stands less than [`COOL_DOWN_DAYS`] before. A race holds back no warning,
/// nor does what only the runner's own threshold tells hold back what a study speaks of.
#[must_use]
pub fn cooling_down(earlier: &[Warning], next: &Warning) -> bool {
    let since = |warning: &Warning| (next.date() - warning.date()).num_days();
    let recent = earlier.iter().rev().take_while(|warning| since(warning) < COOL_DOWN_DAYS);
    let recent = recent.filter(|warning| next.is_below_studied() || !warning.is_below_studied());
    recent.map(Warning::level).max().is_some_and(|level: Level| level >= next.level_of_training())
}

/// Whether the runs since the last break are still too few to compare with.
#[must_use]
pub fn silent_after_break(sessions: &[Session], i: usize) -> bool {
    let days_between = |a: usize, b: usize| (sessions[b].date - sessions[a].date).num_days();
    let date = sessions[i].date;
    let earliest = dates::days_before(date, LOOK_BACK_DAYS);
    let Some(back) = (1..=i).rev().find(|&j| days_between(j - 1, j) >= BREAK_DAYS) else { return false };
    if sessions[back].date < earliest {
        return false;
    }
    let since_return = days_between(back, i);
    since_return < SILENT_DAYS || i - back < RUNS_AFTER_BREAK || since_return < RUN_DAYS_AFTER_BREAK
}

/// Why the rule has nothing to say about a run on `as_of`, if so.
#[must_use]
pub fn unknown(sessions: &[Session], h0: NaiveDate, as_of: NaiveDate) -> Option<Unknown> {
    let rule = RuleId::LongRunSpike;
    let known_days = (as_of - h0).num_days();
    if known_days < LOOK_BACK_DAYS as i64 {
        return Some(Unknown::too_short(rule, known_days.max(0), LOOK_BACK_DAYS as i64));
    }
    let earliest = dates::days_before(as_of, LOOK_BACK_DAYS);
    if sessions.last().is_none_or(|last| last.date < earliest) {
        return Some(Unknown {
            rule,
            why: "no run in the 30 days before: nothing to compare with".to_owned(),
        });
    }
    let mut with_today = sessions.to_vec();
    with_today.push(Session::new(String::new(), as_of, 0));
    silent_after_break(&with_today, sessions.len()).then(|| Unknown {
        rule,
        why: "a break of 14 days or more: silent until 14 days and three runs after the return".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{day, sessions};

    fn states(rows: &[(&str, i64)], h0: &str) -> Vec<SpikeState> {
        compare(&sessions(rows), day(h0)).iter().map(|c| c.state).collect()
    }

    fn fired(rows: &[(&str, i64)]) -> Vec<(String, SpikeSize)> {
        let sessions = sessions(rows);
        let comparisons = compare(&sessions, day("2026-01-01"));
        let size = |warning: &Warning| match warning {
            Warning::LongRunSpike { date, size, .. } => (date.to_string(), size.unwrap()),
            other => panic!("{other:?}"),
        };
        warnings(&sessions, &comparisons, Thresholds::default()).iter().map(size).collect()
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

    #[test]
    fn no_warning_below_3_km_or_for_less_than_500_m() {
        let against =
            |longest_m, distance_m| fired(&[("2026-03-01", longest_m), ("2026-03-04", distance_m)]).len();
        assert_eq!(against(2_000, 2_999), 0);
        assert_eq!(against(2_000, 3_000), 1);
        assert_eq!(against(4_000, 4_499), 0);
        assert_eq!(against(4_000, 4_500), 1);
    }

    #[test]
    fn the_second_spike_of_a_level_waits_seven_days_and_a_higher_level_does_not() {
        let base = [("2026-03-01", 10_000), ("2026-03-08", 12_000)];
        let with = |date, meters| fired(&[base[0], base[1], (date, meters)]).len();
        assert_eq!(with("2026-03-14", 14_000), 1);
        assert_eq!(with("2026-03-15", 14_000), 2);
        assert_eq!(with("2026-03-09", 25_000), 2);
    }

    /// Dates and bands told by a threshold of the runner's own.
    fn fired_by(percent: i64, rows: &[(&str, i64)]) -> Vec<(String, Option<SpikeSize>)> {
        let sessions = sessions(rows);
        let comparisons = compare(&sessions, day("2026-01-01"));
        let own = Thresholds { long_run_spike_percent: percent, ..Thresholds::default() };
        let tell = |warning: &Warning| match warning {
            Warning::LongRunSpike { date, size, .. } => (date.to_string(), *size),
            other => panic!("{other:?}"),
        };
        warnings(&sessions, &comparisons, own).iter().map(tell).collect()
    }

    #[test]
    fn an_own_threshold_moves_where_a_warning_begins_and_never_the_bands_of_the_study() {
        let with = |percent, distance_m| {
            fired_by(percent, &[("2026-03-01", 10_000), ("2026-03-08", distance_m)])
                .pop()
                .map(|(_, size)| size)
        };
        assert_eq!([with(5, 10_500), with(5, 10_501)], [None, Some(None)]);
        assert_eq!([with(5, 11_000), with(5, 11_001)], [Some(None), Some(Some(SpikeSize::Small))]);
        assert_eq!([with(20, 12_000), with(20, 12_001)], [None, Some(Some(SpikeSize::Small))]);
        assert_eq!(with(30, 13_001), Some(Some(SpikeSize::Moderate)));
    }

    #[test]
    fn what_only_the_own_threshold_tells_holds_back_nothing_that_was_studied() {
        let rows = [("2026-03-01", 10_000), ("2026-03-08", 10_700), ("2026-03-10", 12_500)];
        let told: Vec<_> = fired_by(5, &rows).into_iter().map(|(_, size)| size).collect();
        assert_eq!(told, [None, Some(SpikeSize::Small)]);
        let rows = [rows[0], rows[1], ("2026-03-10", 11_500)];
        assert_eq!(fired_by(5, &rows).len(), 1, "two of the own threshold within a week");
    }

    #[test]
    fn a_race_is_told_like_a_spike_and_holds_back_no_warning() {
        let told = |rows: &[(&str, i64)], race: usize| -> Vec<(String, Level)> {
            let mut sessions = sessions(rows);
            sessions[race].race = true;
            let comparisons = compare(&sessions, day("2026-01-01"));
            let tell = |warning: &Warning| (warning.date().to_string(), warning.level());
            warnings(&sessions, &comparisons, Thresholds::default()).iter().map(tell).collect()
        };
        let rows = [("2026-03-01", 10_000), ("2026-03-08", 21_000), ("2026-03-12", 25_000)];
        let caution = ("2026-03-12".to_owned(), Level::Caution);
        assert_eq!(told(&rows, 1), [("2026-03-08".to_owned(), Level::Info), caution]);
        let first = ("2026-03-08".to_owned(), Level::Warning);
        assert_eq!(told(&rows, 2), [first], "a race of less than the spike before it");
    }

    #[test]
    fn after_a_break_of_14_days_the_rule_waits_14_days_and_three_runs() {
        let back = |last: &'static str, between: &[(&'static str, i64)]| {
            let first = [("2026-03-01", 10_000), ("2026-03-15", 5_000)];
            fired(&[&first, between, &[(last, 14_000)]].concat()).len()
        };
        let two = [("2026-03-20", 5_000), ("2026-03-24", 5_000)];
        assert_eq!(back("2026-03-28", &two), 0, "13 days after the return");
        assert_eq!(back("2026-03-29", &two), 1, "14 days after the return");
        assert_eq!(back("2026-03-29", &two[..1]), 0, "two runs only");
        assert_eq!(
            fired(&[("2026-03-01", 10_000), ("2026-03-14", 14_000)]),
            [("2026-03-14".to_owned(), SpikeSize::Moderate)],
            "13 days are no break"
        );
    }

    #[test]
    fn what_the_rule_cannot_tell_is_said() {
        let why = |rows: &[(&str, i64)], h0: &str, as_of: &str| {
            unknown(&sessions(rows), day(h0), day(as_of)).map(|u| u.why)
        };
        assert_eq!(
            why(&[("2026-03-01", 5_000)], "2026-03-01", "2026-03-13").as_deref(),
            Some("not enough data (12 of 30 days)")
        );
        assert_eq!(why(&[("2026-03-01", 5_000)], "2026-01-01", "2026-03-14"), None);
        for as_of in ["2026-03-15", "2026-03-31"] {
            let why = why(&[("2026-03-01", 5_000)], "2026-01-01", as_of);
            assert!(why.is_some_and(|why| why.starts_with("a break of 14 days")), "{as_of}");
        }
        assert!(
            why(&[("2026-03-01", 5_000)], "2026-01-01", "2026-04-01")
                .is_some_and(|why| why.starts_with("no run in the 30 days"))
        );
        assert_eq!(why(&[("2026-03-01", 5_000), ("2026-03-05", 5_000)], "2026-01-01", "2026-03-07"), None);
    }
}
