//! The runner's shoes: which pair when, how far it went, when it entered its replacement window.

use chrono::{Days, NaiveDate};

use super::{
    Run,
    story::{self, FIRST_DAY, PRIOR_DISTANCE_M, RETIRED},
};

/// 300 miles in whole metres.
pub(super) const WINDOW_START_M: i64 = 482_803;
/// How long a pair lasts before the story begins.
const EARLIER_PAIR_WEEKS: u32 = 20;

/// A pair of shoes as the settings describe it.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) from: NaiveDate,
    /// Its last day.
    pub(super) retired: Option<NaiveDate>,
    pub(super) prior_distance_m: i64,
}

impl Pair {
    /// Its runs: every run of its days.
    pub(super) fn runs<'a>(&self, runs: &'a [Run]) -> impl Iterator<Item = &'a Run> {
        let (from, retired) = (self.from, self.retired.unwrap_or(NaiveDate::MAX));
        runs.iter().filter(move |run| (from..=retired).contains(&run.date))
    }

    /// What it has run in all, in metres.
    pub(super) fn distance_m(&self, runs: &[Run]) -> i64 {
        self.prior_distance_m + self.runs(runs).map(|run| run.distance_m).sum::<i64>()
    }

    /// The run that took it past 300 miles, and its distance after that run in metres.
    pub(super) fn enters_window<'a>(&self, runs: &'a [Run]) -> Option<(&'a Run, i64)> {
        let distances = self.runs(runs).scan(self.prior_distance_m, |total_m, run| {
            *total_m += run.distance_m;
            Some((run, *total_m))
        });
        distances.into_iter().find(|(_, total_m)| *total_m > WINDOW_START_M)
    }
}

/// The pairs of so many weeks, oldest first: one after the other, never two at once.
pub(super) fn pairs(weeks: u32) -> Vec<Pair> {
    let mut pairs = earlier_pairs(weeks.saturating_sub(story::story_weeks()));
    pairs.push(Pair {
        name: "Pegasus 40".to_owned(),
        from: FIRST_DAY,
        retired: Some(RETIRED),
        prior_distance_m: PRIOR_DISTANCE_M,
    });
    pairs.push(Pair {
        name: "Ghost 15".to_owned(),
        from: RETIRED + Days::new(1),
        retired: None,
        prior_distance_m: 0,
    });
    pairs
}

fn earlier_pairs(weeks: u32) -> Vec<Pair> {
    let weeks_before = |weeks: u32| FIRST_DAY - Days::new(7 * u64::from(weeks));
    let count = weeks.div_ceil(EARLIER_PAIR_WEEKS);
    let pair = |number: u32| Pair {
        name: format!("Old pair {}", count - number),
        from: weeks_before(weeks.min((number + 1) * EARLIER_PAIR_WEEKS)),
        retired: Some(weeks_before(number * EARLIER_PAIR_WEEKS) - Days::new(1)),
        prior_distance_m: 0,
    };
    (0..count).rev().map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pair_follows_the_other_without_a_free_day() {
        for weeks in [40, 41, 60, 61, 500] {
            let pairs = pairs(weeks);
            for pair in pairs.windows(2) {
                assert_eq!(pair[0].retired.map(|day| day + Days::new(1)), Some(pair[1].from), "{weeks}");
            }
            let first = FIRST_DAY - Days::new(7 * u64::from(weeks - 40));
            assert_eq!(pairs.first().map(|pair| pair.from), Some(first), "{weeks}");
        }
    }
}
