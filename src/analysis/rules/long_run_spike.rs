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

use super::guards::{Silence, held_back_by, silent_after_break, worth_a_warning};
use crate::{
    analysis::{
        history::{
            compare::{Comparison, LOOK_BACK_DAYS, RunningComparison, SpikeSize},
            sessions::Session,
        },
        limits::spike_hold::hold_days,
    },
    dates,
    warning::{
        About, Compared, KeepTo, Kept, Level, Rule, Unit, Unknown, Warning,
        evidence::{BaseRate, Evidence, OWN_THRESHOLD, Of},
        percent_above,
        thresholds::{Allowed, Key, Thresholds},
    },
};

/// So many per cent above the longest run of the 30 days before are told.
pub const PERCENT: Key = Key {
    name: "long_run_spike_percent",
    usual: 10,
    allowed: Allowed::Numbers {
        least: 1,
        most: 30,
        unit_and_reason: "per cent: above 30 another band of the study begins",
    },
    unit: " %",
    studied: true,
};

/// What the rule is.
pub static RULE: Rule = Rule {
    id: "long-run-spike",
    title: "long-run spike",
    about: About::Load,
    on_by_default: true,
    is_missed: true,
    evidence: Evidence {
        grade: 'B',
        cite: "Frandsen 2025",
        source: "Frandsen et al. 2025, Br J Sports Med 59:1203-1210, doi:10.1136/bjsports-2024-109380: 5,205 \
                 runners, 588,071 sessions, 18 months",
    },
    base_rate: Some(BaseRate { of: Of::Runs, of_100: "2.0–3.7" }),
    keys: &[PERCENT],
};

/// What stands behind running minutes in place of distance.
pub const RUNNING_MINUTES: Evidence = Evidence {
    grade: 'D',
    cite: "minutes in place of distance, custom",
    source: "Frandsen et al. 2025, Br J Sports Med 59:1203-1210, doi:10.1136/bjsports-2024-109380, studied distance; that \
             running minutes stand in for it in sessions of running and walking is chosen here",
};

/// What only this rule knows of a warning. Its baseline is the longest run, or the most running, of the 30 days before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// When the baseline was run.
    pub baseline_date: NaiveDate,
    /// The band of the study; `None` below all of them, where only the runner's own threshold speaks.
    pub size: Option<SpikeSize>,
    /// So many per cent above the baseline are told.
    pub percent: i64,
    /// Where running minutes stand in place of distance: whether less than 60 % of the session was running; else the
    /// sessions before it were mostly like that.
    pub run_walk: Option<bool>,
}

/// How far a next run may go, in per cent of what counts: 110, or less with a stricter threshold, never more.
#[must_use]
pub fn run_cap_percent(thresholds: Thresholds) -> i64 {
    100 + thresholds.of(&PERCENT).min(PERCENT.usual)
}

/// The warnings of all sessions, guards and cool-down applied, oldest first.
#[must_use]
pub fn warnings(
    sessions: &[Session],
    comparisons: &[Comparison],
    thresholds: Thresholds,
) -> Vec<Warning<Seen>> {
    judged(sessions, comparisons, thresholds).0
}

/// The same with every session that was above the threshold in silence: its position, and why.
#[must_use]
pub fn judged(
    sessions: &[Session],
    comparisons: &[Comparison],
    thresholds: Thresholds,
) -> (Vec<Warning<Seen>>, Vec<(usize, Silence)>) {
    let (mut warnings, mut silent): (Vec<Warning<Seen>>, Vec<_>) = (Vec::new(), Vec::new());
    for i in 0..sessions.len().min(comparisons.len()) {
        let running = comparisons[i].in_minutes();
        let held = match running {
            Some(running) => of_minutes(&sessions[i], running, thresholds),
            None => of_distance(&sessions[i], &comparisons[i], thresholds),
        };
        let Some(warning) = held else { continue };
        let is_worth = match running {
            Some(running) => running.is_worth_a_warning(),
            None => worth_a_warning(warning.compared.value, warning.compared.baseline.unwrap_or_default()),
        };
        let why = if !is_worth {
            Some(Silence::TooSmall)
        } else if silent_after_break(sessions, i) {
            Some(Silence::AfterBreak)
        } else {
            held_back_by(&warnings, &warning).map(Silence::CoolingDown)
        };
        match why {
            Some(why) => silent.push((i, why)),
            None => warnings.push(warning.of_session(&sessions[i])),
        }
    }
    (warnings, silent)
}

/// The warning of a session by its distance, before guards and cool-down.
fn of_distance(session: &Session, comparison: &Comparison, thresholds: Thresholds) -> Option<Warning<Seen>> {
    let (longest_m, baseline_date) = comparison.longest?;
    let percent = thresholds.of(&PERCENT);
    let is_above = 100 * session.distance_m > (100 + percent) * longest_m;
    if !is_above {
        return None;
    }
    let size = comparison.state.size();
    let compared = compared(session.distance_m, longest_m, percent, Unit::Metres);
    let seen = Seen { baseline_date, size, percent, run_walk: None };
    Some(warning(session, compared, held(session, Kept::Run, size), seen))
}

/// The same by its running minutes.
fn of_minutes(
    session: &Session,
    running: RunningComparison,
    thresholds: Thresholds,
) -> Option<Warning<Seen>> {
    let (most_s, baseline_date) = running.most?;
    let percent = thresholds.of(&PERCENT);
    let is_above = 100 * running.running_s > (100 + percent) * most_s;
    if !is_above {
        return None;
    }
    let size = running.state.size();
    let compared = compared(running.running_s, most_s, percent, Unit::RunningSeconds);
    let seen = Seen { baseline_date, size, percent, run_walk: Some(running.run_walk) };
    Some(warning(session, compared, held(session, Kept::Running, size), seen))
}

/// Its limit holds for 14 days after a spike above 30 %, else for 7: see `limits::spike_hold`.
fn held(session: &Session, of: Kept, size: Option<SpikeSize>) -> KeepTo {
    KeepTo::set(of, dates::days_after(session.date, hold_days(size > Some(SpikeSize::Small))))
}

fn compared(value: i64, baseline: i64, percent: i64, unit: Unit) -> Compared {
    Compared { value, baseline: Some(baseline), threshold: percent_above(baseline, percent), unit }
}

fn warning(session: &Session, compared: Compared, keep_to: KeepTo, seen: Seen) -> Warning<Seen> {
    let evidence = match seen.size {
        None => OWN_THRESHOLD,
        Some(_) if seen.run_walk.is_some() => RUNNING_MINUTES,
        Some(_) => RULE.evidence,
    };
    Warning {
        level: if seen.size == Some(SpikeSize::Large) { Level::Warning } else { Level::Caution },
        keep_to: Some(keep_to),
        evidence,
        ..Warning::new(&RULE, (session.run.clone(), session.date), compared, seen)
    }
}

/// Why the rule has nothing to say about a run on `as_of`, if so.
#[must_use]
pub fn unknown(sessions: &[Session], h0: NaiveDate, as_of: NaiveDate) -> Option<Unknown> {
    let rule = &RULE;
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
    use crate::analysis::{
        history::compare::compare,
        testing::{day, sessions},
    };

    fn fired(rows: &[(&str, i64)]) -> Vec<(String, SpikeSize)> {
        let sessions = sessions(rows);
        let comparisons = compare(&sessions, day("2026-01-01"));
        let size = |warning: &Warning<Seen>| (warning.date.to_string(), warning.facts.size.unwrap());
        warnings(&sessions, &comparisons, Thresholds::default()).iter().map(size).collect()
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
        let own = Thresholds::default().with(&PERCENT, percent);
        let tell = |warning: &Warning<Seen>| (warning.date.to_string(), warning.facts.size);
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
            let tell = |warning: &Warning<Seen>| (warning.date.to_string(), warning.level);
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
