//! The runs behind limits, in one exposure: what each is held against, and what it counts for.
//!
//! ```text
//! L_i      = longest run of [D − 30, D] before run i (see `long-run-spike`)
//! credit_i = d_i, or min(d_i, 1.10 L_i) where d_i > 1.10 L_i: a spike earns no higher limit
//! ```
//! Whatever is asked of day D looks at nothing after it, so one history answers for every day. A design choice (evidence
//! grade D).

use chrono::NaiveDate;

use super::{counted::Counted, exposure::Exposure};
use crate::{
    analysis::{
        history::{
            compare::{
                Comparison, LOOK_BACK_DAYS, REFERENCE_PERCENT, SHORTEST_BASELINE_S, SpikeState, classify,
            },
            sessions::Session,
        },
        rules::guards::silent_after_break,
    },
    dates,
};

/// One run in one exposure.
#[derive(Clone, Debug)]
pub struct Effort {
    /// Its local date.
    pub date: NaiveDate,
    /// What was run; `None` where it is not known.
    pub amount: Option<i64>,
    /// The most of the 30 days before it; `None` where nothing is known of them, or the other exposure judges it.
    pub longest: Option<i64>,
    /// What it counts for.
    pub credit: Option<i64>,
    /// Whether it can be a new longest run.
    pub can_be_longest: bool,
    /// Whether rule 1 is silent because a break lies too short before it.
    pub silent: bool,
}

impl Effort {
    fn new(date: NaiveDate, amount: Option<i64>, longest: Option<i64>) -> Self {
        let credit = amount.map(|amount| longest.map_or(amount, |longest| credit(amount, longest)));
        Self { date, amount, longest, credit, can_be_longest: false, silent: false }
    }

    fn counted(&self) -> Option<Counted> {
        let (amount, credit) = self.amount.zip(self.credit)?;
        Some(Counted { date: self.date, amount, credit })
    }

    /// Its amount and what it is held against.
    #[must_use]
    pub fn compared(&self) -> Option<(i64, i64)> {
        self.amount.zip(self.longest)
    }
}

/// What a run counts for beside the longest of the 30 days before it.
fn credit(amount: i64, longest: i64) -> i64 {
    match classify(amount, longest) {
        SpikeState::Spike(_) => amount.min(REFERENCE_PERCENT * longest / 100),
        _ => amount,
    }
}

/// All runs, by date, in one exposure.
#[derive(Clone, Debug)]
pub struct Past {
    /// What amounts count.
    pub exposure: Exposure,
    /// The first day of which anything is known.
    pub h0: NaiveDate,
    /// How far a run may go, in per cent of what counts: 110, or less by a stricter threshold.
    pub percent: i64,
    /// By date.
    pub efforts: Vec<Effort>,
}

impl Past {
    /// The runs in one exposure; `sessions` are sorted by date.
    #[must_use]
    pub fn new(
        exposure: Exposure,
        sessions: &[Session],
        comparisons: &[Comparison],
        h0: NaiveDate,
        percent: i64,
    ) -> Self {
        let effort = |(i, (session, comparison)): (usize, (&Session, &Comparison))| {
            let effort = match exposure {
                Exposure::Metres => by_distance(session, comparison),
                Exposure::RunningSeconds => by_running(session, comparison),
            };
            Effort { silent: silent_after_break(sessions, i), ..effort }
        };
        let efforts = sessions.iter().zip(comparisons).enumerate().map(effort).collect();
        Self { exposure, h0, percent, efforts }
    }

    /// How many runs lie on or before a day.
    #[must_use]
    pub fn up_to(&self, day: NaiveDate) -> usize {
        self.efforts.partition_point(|effort| effort.date <= day)
    }

    /// How many runs lie before a day.
    #[must_use]
    pub fn before(&self, day: NaiveDate) -> usize {
        self.efforts.partition_point(|effort| effort.date < day)
    }

    /// Of the first `n` runs those of some days.
    #[must_use]
    pub fn window(&self, first: NaiveDate, last: NaiveDate, n: usize) -> &[Effort] {
        let end = n.min(self.up_to(last));
        &self.efforts[self.before(first).min(end)..end]
    }

    /// Of the first `n` runs the one of some days that counts most, the latest of equals.
    #[must_use]
    pub fn most_credit(&self, first: NaiveDate, last: NaiveDate, n: usize) -> Option<Counted> {
        self.window(first, last, n).iter().filter_map(Effort::counted).max_by_key(|counted| counted.credit)
    }

    /// The runs of the 30 days before a day with what they count for, oldest first.
    #[must_use]
    pub fn counted_before(&self, day: NaiveDate) -> Vec<Counted> {
        let (first, last) = (dates::days_before(day, LOOK_BACK_DAYS), dates::days_before(day, 1));
        self.window(first, last, usize::MAX).iter().filter_map(Effort::counted).collect()
    }

    /// What counts most of the 30 days before a day.
    #[must_use]
    pub fn most_credit_before(&self, day: NaiveDate, n: usize) -> Option<Counted> {
        self.most_credit(dates::days_before(day, LOOK_BACK_DAYS), dates::days_before(day, 1), n)
    }

    /// Whether 30 days are known before a day.
    #[must_use]
    pub fn has_history(&self, day: NaiveDate) -> bool {
        day >= dates::days_after(self.h0, LOOK_BACK_DAYS)
    }
}

fn by_distance(session: &Session, comparison: &Comparison) -> Effort {
    let longest_m = comparison.longest.map(|(longest_m, _)| longest_m);
    let by_minutes = comparison.in_minutes().is_some();
    Effort { can_be_longest: !by_minutes, ..Effort::new(session.date, Some(session.distance_m), longest_m) }
}

/// A run without walks is judged by its distance, not by its minutes: it earns all of them.
fn by_running(session: &Session, comparison: &Comparison) -> Effort {
    let running_s = session.running_time_s.filter(|running_s| *running_s >= SHORTEST_BASELINE_S);
    let most_s = comparison.in_minutes().and_then(|running| running.most).map(|(most_s, _)| most_s);
    Effort::new(session.date, running_s, most_s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spike_counts_for_ten_per_cent_more_than_the_longest_before_it() {
        assert_eq!([11_000, 11_001, 21_000].map(|m| credit(m, 10_000)), [11_000; 3]);
        assert_eq!([0, 9_000].map(|m| credit(m, 10_000)), [0, 9_000]);
        assert_eq!(credit(5, 0), 0);
    }
}
