//! How long the next run may be: credit accounting, so that a spike earns no higher ceiling.
//!
//! ```text
//! credit_i  = d_i, or min(d_i, 1.10 L_i) if run i was a spike
//! C(date)   = highest credit of [date − 30, date − 1]
//! k         = 1.00 if a spike above 30 % lies at most 14 days back, else 1.10
//! cap(date) = k C, rounded down to 100 m
//! ```
//! A design choice (evidence grade D) on top of the bands of Frandsen 2025.

use chrono::NaiveDate;

use super::{
    long_run_spike::{Comparison, LOOK_BACK_DAYS, SpikeState},
    sessions::Session,
};
use crate::{dates, warning::SpikeSize};

/// Days for which a spike above 30 % freezes the cap.
const FREEZE_DAYS: u64 = 14;
/// Days for which the cap after a smaller spike is stated.
const SMALL_SPIKE_DAYS: u64 = 7;
/// Caps are rounded down to this.
const STEP_M: i64 = 100;

/// Metres that a session earns towards the next cap.
#[must_use]
pub fn credit_m(session: &Session, comparison: &Comparison) -> i64 {
    match (comparison.state, comparison.longest) {
        (SpikeState::Spike(_), Some((longest_m, _))) => session.distance_m.min(110 * longest_m / 100),
        _ => session.distance_m,
    }
}

/// The longest run that `date` should see, in metres; `None` without a run in the 30 days before.
#[must_use]
pub fn cap_m(sessions: &[Session], comparisons: &[Comparison], date: NaiveDate) -> Option<i64> {
    let earliest = dates::days_before(date, LOOK_BACK_DAYS);
    let recent = || sessions.iter().zip(comparisons).filter(|(s, _)| s.date >= earliest && s.date < date);
    let credit = recent().map(|(session, comparison)| credit_m(session, comparison)).max()?;
    let frozen_since = dates::days_before(date, FREEZE_DAYS);
    let frozen = recent().any(|(session, comparison)| {
        let big = matches!(comparison.state, SpikeState::Spike(SpikeSize::Moderate | SpikeSize::Large));
        big && session.date >= frozen_since
    });
    let percent = if frozen { 100 } else { 110 };
    Some(credit * percent / 100 / STEP_M * STEP_M)
}

/// The cap after the last of `sessions`, a spike, and the last day for which it is stated.
#[must_use]
pub fn after_spike(sessions: &[Session], comparisons: &[Comparison], size: SpikeSize) -> (i64, NaiveDate) {
    let Some(spike) = sessions.last() else { return (0, NaiveDate::MIN) };
    let days = if size == SpikeSize::Small { SMALL_SPIKE_DAYS } else { FREEZE_DAYS };
    let next_day = dates::days_after(spike.date, 1);
    (cap_m(sessions, comparisons, next_day).unwrap_or_default(), dates::days_after(spike.date, days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{
        long_run_spike::compare,
        testing::{day, sessions},
    };

    #[test]
    fn the_evidence_vectors_give_their_caps() {
        let sessions = sessions(&[
            ("2026-03-01", 10_000),
            ("2026-03-04", 6_000),
            ("2026-03-08", 11_000),
            ("2026-03-15", 12_100),
            ("2026-03-22", 13_400),
            ("2026-03-29", 20_000),
        ]);
        let comparisons = compare(&sessions, day("2026-01-01"));
        for (date, cap) in [
            ("2026-03-23", 14_600),
            ("2026-03-30", 14_700),
            ("2026-04-12", 14_700),
            ("2026-04-13", 16_200),
            ("2026-04-28", 16_200),
        ] {
            assert_eq!(cap_m(&sessions, &comparisons, day(date)), Some(cap), "{date}");
        }
        assert_eq!(cap_m(&sessions, &comparisons, day("2026-04-29")), None);
    }

    #[test]
    fn a_big_spike_is_capped_for_14_days_and_a_small_one_for_7() {
        let after = |distance_m| {
            let sessions = sessions(&[("2026-03-22", 10_000), ("2026-03-29", distance_m)]);
            let comparisons = compare(&sessions, day("2026-01-01"));
            let SpikeState::Spike(size) = comparisons[1].state else { panic!("no spike") };
            after_spike(&sessions, &comparisons, size)
        };
        assert_eq!(after(12_000), (12_100, day("2026-04-05")));
        assert_eq!(after(14_000), (11_000, day("2026-04-12")));
    }
}
