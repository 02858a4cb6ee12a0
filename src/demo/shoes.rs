//! The runner's shoes: which pair when, how far it went, when it passed the ends of its replacement window.

use chrono::{Days, NaiveDate};

use super::{
    Run,
    clock::day,
    story::{self, FIRST_DAY, RETIRED, TRAIL_FIRST},
};
use crate::warning::ShoeKind;

/// How long a pair lasts before the story begins.
const EARLIER_PAIR_WEEKS: u32 = 20;
const TRAIL: &str = "Speedgoat 5";
const RACING: &str = "Vaporfly 3";

/// How the everyday pair of today fits.
const GHOST_FIT: &str = "comfort = { at_purchase = 5, now = 4 }  # of 5: shown, and nothing is computed from it\n\
                         drop_mm = 12\n\
                         note = \"roomy toe box, worn at the outer heel\"\n";

/// The long runs in the trail pair: about every second one, from its first day on.
const TRAIL_DAYS: [NaiveDate; 12] = [
    TRAIL_FIRST,
    day(2026, 5, 24),
    day(2026, 6, 7),
    day(2026, 6, 21),
    day(2026, 7, 12),
    day(2026, 7, 26),
    day(2026, 8, 23),
    day(2026, 9, 6),
    day(2026, 9, 20),
    day(2026, 10, 4),
    day(2026, 10, 18),
    day(2026, 11, 1),
];
/// The long runs in the racing pair.
const RACING_DAYS: [NaiveDate; 4] = [day(2026, 4, 12), day(2026, 5, 17), day(2026, 6, 14), day(2026, 9, 27)];

/// A pair of shoes as the settings describe it.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) kind: ShoeKind,
    /// Whether it takes the runs of its days that name no pair.
    pub(super) default: bool,
    pub(super) from: NaiveDate,
    /// Its last day.
    pub(super) retired: Option<NaiveDate>,
    pub(super) prior_distance_m: i64,
    /// How it fits, in lines of the settings.
    pub(super) fit: &'static str,
}

/// The pair that the settings name for a day's run, where it is not the default one.
pub(super) fn named_on(date: NaiveDate) -> Option<&'static str> {
    if TRAIL_DAYS.contains(&date) {
        Some(TRAIL)
    } else if RACING_DAYS.contains(&date) {
        Some(RACING)
    } else {
        None
    }
}

impl Pair {
    fn default(name: &str, from: NaiveDate, retired: Option<NaiveDate>) -> Self {
        let name = name.to_owned();
        Self { name, kind: ShoeKind::Daily, default: true, from, retired, prior_distance_m: 0, fit: "" }
    }

    /// Whether the run of a day was in it.
    fn was_worn_on(&self, date: NaiveDate) -> bool {
        match named_on(date) {
            Some(name) => name == self.name,
            None => self.default && self.from <= date && self.retired.is_none_or(|retired| date <= retired),
        }
    }

    /// Its runs.
    pub(super) fn runs<'a>(&self, runs: &'a [Run]) -> impl Iterator<Item = &'a Run> {
        runs.iter().filter(move |run| self.was_worn_on(run.date))
    }

    /// What it has run in all, in metres.
    pub(super) fn distance_m(&self, runs: &[Run]) -> i64 {
        self.prior_distance_m + self.runs(runs).map(|run| run.distance_m).sum::<i64>()
    }

    /// What it has run in so many days up to a day, in metres.
    pub(super) fn distance_in_m(&self, runs: &[Run], last: NaiveDate, days: u64) -> i64 {
        let window = last - Days::new(days - 1)..=last;
        self.runs(runs).filter(|run| window.contains(&run.date)).map(|run| run.distance_m).sum()
    }

    /// The ends of its replacement window in whole metres.
    pub(super) fn window_m(&self) -> [i64; 2] {
        self.kind.customary_window().map(|limit| limit.meters)
    }

    /// The run that took it to a distance, and its distance after that run, in metres.
    pub(super) fn reaches<'a>(&self, runs: &'a [Run], limit_m: i64) -> Option<(&'a Run, i64)> {
        let mut total_m = self.prior_distance_m;
        self.runs(runs).find_map(|run| {
            let before_m = total_m;
            total_m += run.distance_m;
            (before_m < limit_m && total_m >= limit_m).then_some((run, total_m))
        })
    }
}

/// The pairs of so many weeks: the everyday ones, one after the other and never two at once, then trail and racing.
pub(super) fn pairs(weeks: u32) -> Vec<Pair> {
    let mut pairs = earlier_pairs(weeks.saturating_sub(story::story_weeks()));
    pairs.push(Pair { prior_distance_m: 30_000, ..Pair::default("Pegasus 40", FIRST_DAY, Some(RETIRED)) });
    pairs.push(Pair {
        prior_distance_m: 120_000,
        fit: GHOST_FIT,
        ..Pair::default("Ghost 15", RETIRED + Days::new(1), None)
    });
    pairs.push(Pair {
        kind: ShoeKind::Trail,
        default: false,
        fit: "comfort = { at_purchase = 4 }\ndrop_mm = 4\n",
        ..Pair::default(TRAIL, TRAIL_FIRST, None)
    });
    pairs.push(Pair {
        kind: ShoeKind::Racing,
        default: false,
        prior_distance_m: 110_000,
        ..Pair::default(RACING, day(2026, 3, 1), None)
    });
    pairs
}

fn earlier_pairs(weeks: u32) -> Vec<Pair> {
    let weeks_before = |weeks: u32| FIRST_DAY - Days::new(7 * u64::from(weeks));
    let count = weeks.div_ceil(EARLIER_PAIR_WEEKS);
    let pair = |number: u32| {
        let from = weeks_before(weeks.min((number + 1) * EARLIER_PAIR_WEEKS));
        let retired = weeks_before(number * EARLIER_PAIR_WEEKS) - Days::new(1);
        Pair::default(&format!("Old pair {}", count - number), from, Some(retired))
    };
    (0..count).rev().map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_everyday_pair_follows_the_other_without_a_free_day() {
        for weeks in [52, 53, 72, 73, 500] {
            let pairs: Vec<Pair> = pairs(weeks).into_iter().filter(|pair| pair.default).collect();
            for pair in pairs.windows(2) {
                assert_eq!(pair[0].retired.map(|day| day + Days::new(1)), Some(pair[1].from), "{weeks}");
            }
            let first = FIRST_DAY - Days::new(7 * u64::from(weeks - 52));
            assert_eq!(pairs.first().map(|pair| pair.from), Some(first), "{weeks}");
        }
    }
}
