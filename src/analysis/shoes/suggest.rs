//! Which pairs a run in no pair may have been run in, from the runner's own past.
//!
//! Four questions in a fixed order, each answered by one pair and said as its reason: which pair was worn most on runs of
//! this kind, on this weekday, over about this distance, and which one was worn last. Only runs before it count, and only
//! pairs that were in use on its day.

use chrono::Datelike;

use super::assignment::Assignment;
use crate::activity::Activity;

/// How many suggestions a run gets at most.
pub const MOST: usize = 3;
/// How many of the latest runs that are alike count: habits change.
const LATEST: usize = 8;
/// How far two distances that are about the same may be apart, in percent of the run.
pub const APART_PERCENT: i64 = 10;

/// Why a pair is suggested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alike {
    /// Worn on most of the latest runs of this sub-sport.
    SubSport(String),
    /// Worn on most of the latest runs on this day of the week.
    Weekday(chrono::Weekday),
    /// Worn on most of the latest runs over about this distance.
    Distance,
    /// Worn on the run before.
    LastWorn,
}

/// A pair, by its position, and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Its position among the pairs.
    pub pair: usize,
    /// The first reason that speaks for it.
    pub alike: Alike,
}

/// Pairs for the run at a position, the best first; `runs` are sorted by start, and of the pairs only the first `pairs` may
/// be suggested.
#[must_use]
pub fn suggest(runs: &[Activity], assignment: &Assignment, run: usize, pairs: usize) -> Vec<Suggestion> {
    let Some(asked) = runs.get(run) else { return Vec::new() };
    let date = asked.local_date();
    let past: Vec<(&Activity, usize)> = runs[..run]
        .iter()
        .zip(&assignment.pair_of_run)
        .rev()
        .filter_map(|(run, pair)| Some((run, (*pair)?)))
        .filter(|(_, pair)| *pair < pairs && assignment.pairs[*pair].in_use_on(date))
        .collect();
    let weekday = date.weekday();
    let sub_sport = asked.sub_sport.as_ref();
    let candidates = [
        sub_sport.and_then(|kind| {
            Some((
                most_worn(&past, |run| run.sub_sport.as_ref() == Some(kind))?,
                Alike::SubSport(kind.clone()),
            ))
        }),
        most_worn(&past, |run| run.local_date().weekday() == weekday)
            .map(|pair| (pair, Alike::Weekday(weekday))),
        most_worn(&past, |run| is_about_as_far(run, asked)).map(|pair| (pair, Alike::Distance)),
        past.first().map(|(_, pair)| (*pair, Alike::LastWorn)),
    ];
    let mut suggestions: Vec<Suggestion> = Vec::new();
    for (pair, alike) in candidates.into_iter().flatten() {
        if suggestions.len() < MOST && suggestions.iter().all(|known| known.pair != pair) {
            suggestions.push(Suggestion { pair, alike });
        }
    }
    suggestions
}

/// The pair of most of the latest runs that are alike; of two the one that was worn later.
fn most_worn(past: &[(&Activity, usize)], is_alike: impl Fn(&Activity) -> bool) -> Option<usize> {
    let latest: Vec<usize> =
        past.iter().filter(|(run, _)| is_alike(run)).map(|(_, pair)| *pair).take(LATEST).collect();
    let times = |pair: usize| latest.iter().filter(|worn| **worn == pair).count();
    // the last of equals wins, so the latest run comes last
    latest.iter().rev().copied().max_by_key(|pair| times(*pair))
}

fn is_about_as_far(run: &Activity, asked: &Activity) -> bool {
    let (metres, asked_m) = (run.whole_meters(), asked.whole_meters());
    asked_m > 0 && (metres - asked_m).abs() * 100 <= asked_m * APART_PERCENT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{rules, shoes::assignment::assign, testing};

    const TWO: &str = "[[shoes]]\nname = \"road\"\n[[shoes]]\nname = \"long\"\n";

    /// A run of a day of March 2026 (the 1st is a Sunday) in a pair.
    fn run(day: u32, metres: i64, shoe: &str) -> Activity {
        let mut run = testing::run(&format!("2026-03-{day:02}T08:00:00+01:00"), metres, 60);
        run.shoe = Some(shoe.to_owned()).filter(|shoe| !shoe.is_empty());
        run
    }

    fn suggested(toml: &str, runs: &[Activity]) -> Vec<(String, Alike)> {
        let settings = rules::settings(toml).unwrap();
        let assignment = assign(runs, &settings);
        suggest(runs, &assignment, runs.len() - 1, settings.shoes.len())
            .into_iter()
            .map(|s| (assignment.pairs[s.pair].name.clone(), s.alike))
            .collect()
    }

    #[test]
    fn the_weekday_comes_before_the_pair_worn_last_and_each_pair_is_named_once() {
        let runs = [run(1, 20_000, "long"), run(3, 8_000, "road"), run(7, 8_000, "road"), run(8, 8_100, "")];
        let expected =
            [("long".to_owned(), Alike::Weekday(chrono::Weekday::Sun)), ("road".to_owned(), Alike::Distance)];
        assert_eq!(suggested(TWO, &runs), expected);
    }

    #[test]
    fn a_distance_is_alike_up_to_a_tenth_of_the_run_and_no_metre_more() {
        let at = |metres| [run(2, metres, "long"), run(4, 30_000, "road"), run(6, 10_000, "")];
        assert_eq!(suggested(TWO, &at(11_000))[0], ("long".to_owned(), Alike::Distance));
        assert_eq!(suggested(TWO, &at(11_001)), [("road".to_owned(), Alike::LastWorn)]);
    }

    #[test]
    fn a_run_of_a_kind_asks_for_the_pair_of_that_kind_first() {
        let trail = |mut run: Activity| {
            run.sub_sport = Some("trail".to_owned());
            run
        };
        let runs = [trail(run(2, 9_000, "long")), run(8, 9_000, "road"), trail(run(15, 9_000, ""))];
        assert_eq!(suggested(TWO, &runs)[0], ("long".to_owned(), Alike::SubSport("trail".to_owned())));
    }

    #[test]
    fn a_pair_that_was_retired_before_the_day_is_never_suggested() {
        let retired =
            |day: u32| TWO.replace("\"long\"\n", &format!("\"long\"\nretired = 2026-03-{day:02}\n"));
        let runs = [run(1, 20_000, "long"), run(8, 20_000, "")];
        assert_eq!(suggested(&retired(7), &runs), []);
        assert_eq!(suggested(&retired(8), &runs).len(), 1);
    }

    #[test]
    fn without_a_past_nothing_is_suggested() {
        assert_eq!(suggested(TWO, &[run(1, 8_000, "")]), []);
    }

    #[test]
    fn of_two_pairs_worn_as_often_the_later_one_is_suggested() {
        let runs = [run(1, 8_000, "long"), run(8, 8_000, "road"), run(15, 8_000, "")];
        assert_eq!(suggested(TWO, &runs)[0].0, "road");
    }
}
