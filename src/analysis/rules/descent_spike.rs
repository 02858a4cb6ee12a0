//! `descent-spike`: far more downhill in one run than in any of the 30 days before. Evidence grade D, for information.
//!
//! ```text
//! M_i  = highest known descent of the runs in [D − 30, D] before run i
//! said   2 v_i > 3 M_i  and  v_i ≥ 150 m  and  1000 v_i ≥ 15 d_i      (v_i: descent, d_i: distance, both in whole metres)
//! ```
//! Not within the first 30 days of history, nor where no run of the window knows its descent: unknown is not 0. Quiet for
//! less than 7 days after another one. Thresholds of the runner's own stand in place of 1.5 and 150 m.
//! Source: mechanism (downhill running loads thigh and kneecap more); no cohort has a threshold, so the numbers are a
//! design choice.

use chrono::NaiveDate;

use super::guards::cooling_down;
use crate::{
    analysis::history::{compare::LOOK_BACK_DAYS, sessions::Session},
    dates,
    warning::{
        About, Compared, KeepTo, Kept, Rule, Unit, Unknown, Warning,
        evidence::Evidence,
        percent_above,
        thresholds::{Allowed, Key, Thresholds},
    },
};

/// So many per cent above the most descent of the 30 days before are told …
pub const PERCENT: Key = Key {
    name: "descent_spike_percent",
    usual: 50,
    allowed: Allowed::Numbers {
        least: 10,
        most: 200,
        unit_and_reason: "per cent: altitudes of watches err by about 10",
    },
    unit: " %",
    studied: false,
};
/// … and at least so many metres of it.
pub const LEAST_M: Key = Key {
    name: "descent_spike_min_m",
    usual: 150,
    allowed: Allowed::Numbers {
        least: 50,
        most: 2_000,
        unit_and_reason: "metres of descent: less than 50 is what altitudes of watches err by",
    },
    unit: " m",
    studied: false,
};

/// What the rule is.
pub static RULE: Rule = Rule {
    id: "descent-spike",
    title: "descent spike",
    about: About::Load,
    on_by_default: true,
    is_missed: false,
    evidence: Evidence {
        grade: 'D',
        cite: "mechanism",
        source: "Mechanism: downhill running loads thigh and kneecap more; no cohort has a threshold, the numbers are \
                 chosen here",
    },
    base_rate: None,
    keys: &[PERCENT, LEAST_M],
};

/// What only this rule knows of a warning. Its value is descent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Distance of the run.
    pub distance_m: i64,
    /// So many per cent above the most of the 30 days before are told …
    pub percent: i64,
    /// … from so many metres of descent on.
    pub least_m: i64,
}

/// No message for a run with less descent a kilometre than this.
const LEAST_M_PER_KM: i64 = 15;
/// How long the limit is stated.
const LIMIT_DAYS: u64 = 7;
/// The limit is rounded down to this.
const STEP_M: i64 = 10;

/// The messages of all sessions (sorted by start), cool-down applied, oldest first. `h0`: first known day.
#[must_use]
pub fn warnings(sessions: &[Session], h0: NaiveDate, thresholds: Thresholds) -> Vec<Warning<Seen>> {
    let (percent, least_m) = (thresholds.of(&PERCENT), thresholds.of(&LEAST_M));
    let mut warnings = Vec::new();
    for (i, session) in sessions.iter().enumerate() {
        let is_steep = |descent_m: &i64| {
            *descent_m >= least_m && 1000 * descent_m >= LEAST_M_PER_KM * session.distance_m
        };
        let Some(descent_m) = session.descent_m.filter(is_steep) else {
            continue;
        };
        let Some(most_m) = most_before(&sessions[..i], session.date, h0) else { continue };
        if 100 * descent_m <= (100 + percent) * most_m {
            continue;
        }
        let threshold = percent_above(most_m, percent);
        let compared = Compared { value: descent_m, baseline: Some(most_m), threshold, unit: Unit::Metres };
        let most = threshold.max(least_m) / STEP_M * STEP_M;
        let until = dates::days_after(session.date, LIMIT_DAYS);
        let keep_to = KeepTo { most: Some(most), until: Some(until), ..KeepTo::set(Kept::Descent, until) };
        let seen = Seen { distance_m: session.distance_m, percent, least_m };
        let warning = Warning {
            keep_to: Some(keep_to),
            ..Warning::new(&RULE, (session.run.clone(), session.date), compared, seen)
        };
        if !cooling_down(&warnings, &warning) {
            warnings.push(warning.of_session(session));
        }
    }
    warnings
}

/// The highest known descent of the 30 days before; `None` without one, and without 30 days of history.
fn most_before(before: &[Session], date: NaiveDate, h0: NaiveDate) -> Option<i64> {
    if date < dates::days_after(h0, LOOK_BACK_DAYS) {
        return None;
    }
    let earliest = dates::days_before(date, LOOK_BACK_DAYS);
    let window = before.iter().rev().take_while(|session| session.date >= earliest);
    window.filter_map(|session| session.descent_m).max()
}

/// Why the rule has nothing to say about a run on `as_of`, if so.
#[must_use]
pub fn unknown(sessions: &[Session], h0: NaiveDate, as_of: NaiveDate) -> Option<Unknown> {
    let rule = &RULE;
    let known_days = (as_of - h0).num_days();
    if known_days < LOOK_BACK_DAYS as i64 {
        return Some(Unknown::too_short(rule, known_days.max(0), LOOK_BACK_DAYS as i64));
    }
    most_before(sessions, as_of, h0)
        .is_none()
        .then(|| Unknown { rule, why: "no run in the 30 days before whose descent is known".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{day, sessions};

    /// Fired dates of runs (date, distance, descent), known from 1 January on.
    fn fired(rows: &[(&str, i64, Option<i64>)]) -> Vec<String> {
        fired_by(Thresholds::default(), rows)
    }

    fn fired_by(thresholds: Thresholds, rows: &[(&str, i64, Option<i64>)]) -> Vec<String> {
        let distances: Vec<(&str, i64)> = rows.iter().map(|(date, meters, _)| (*date, *meters)).collect();
        let mut sessions = sessions(&distances);
        for (session, (.., descent_m)) in sessions.iter_mut().zip(rows) {
            session.descent_m = *descent_m;
        }
        warnings(&sessions, day("2026-01-01"), thresholds)
            .iter()
            .map(|warning| warning.date.to_string())
            .collect()
    }

    #[test]
    fn half_more_than_the_most_of_30_days_is_the_line_and_belongs_to_the_quiet_side() {
        let with =
            |descent_m| fired(&[("2026-03-01", 8_000, Some(120)), ("2026-03-08", 8_000, Some(descent_m))]);
        assert_eq!(with(180), Vec::<String>::new());
        assert_eq!(with(181), ["2026-03-08"]);
    }

    #[test]
    fn at_least_150_m_and_15_m_a_kilometre() {
        let with = |distance_m, descent_m| {
            fired(&[("2026-03-01", 8_000, Some(40)), ("2026-03-08", distance_m, Some(descent_m))]).len()
        };
        assert_eq!([with(8_000, 149), with(8_000, 150)], [0, 1]);
        assert_eq!([with(10_001, 150), with(10_000, 150)], [0, 1]);
    }

    #[test]
    fn own_thresholds_stand_in_place_of_the_usual_ones() {
        let own = Thresholds::default().with(&PERCENT, 20).with(&LEAST_M, 80);
        let with = |most_m, descent_m| {
            fired_by(own, &[("2026-03-01", 5_000, Some(most_m)), ("2026-03-08", 5_000, Some(descent_m))])
                .len()
        };
        assert_eq!([with(100, 120), with(100, 121)], [0, 1]);
        assert_eq!([with(20, 79), with(20, 80)], [0, 1]);
    }

    #[test]
    fn unknown_descent_is_not_zero() {
        let hilly = ("2026-03-08", 8_000, Some(300));
        assert_eq!(fired(&[("2026-03-01", 8_000, None), hilly]).len(), 0);
        assert_eq!(fired(&[("2026-03-01", 8_000, Some(0)), hilly]).len(), 1);
        assert_eq!(fired(&[("2026-02-05", 8_000, Some(0)), hilly]).len(), 0, "31 days back");
    }

    #[test]
    fn nothing_is_told_within_the_first_30_days_nor_twice_in_a_week() {
        let flat = ("2026-01-20", 8_000, Some(10));
        assert_eq!(fired(&[flat, ("2026-01-30", 8_000, Some(200))]).len(), 0);
        assert_eq!(fired(&[flat, ("2026-01-31", 8_000, Some(200))]).len(), 1);
        let first = ("2026-02-01", 8_000, Some(200));
        assert_eq!(fired(&[flat, first, ("2026-02-07", 8_000, Some(400))]).len(), 1);
        assert_eq!(fired(&[flat, first, ("2026-02-08", 8_000, Some(400))]).len(), 2);
    }

    #[test]
    fn what_the_rule_cannot_tell_is_said() {
        let why = |as_of: &str| {
            unknown(&sessions(&[("2026-02-01", 5_000)]), day("2026-01-01"), day(as_of)).map(|u| u.why)
        };
        assert_eq!(why("2026-01-13").as_deref(), Some("not enough data (12 of 30 days)"));
        assert_eq!(why("2026-02-02").as_deref(), Some("no run in the 30 days before whose descent is known"));
    }
}
