//! `new-shoe`: a pair with hardly any distance carries a long run, or most of a week. Evidence grade D, for information.
//!
//! ```text
//! before = prior distance + metres in the pair before the run
//! new    = before < 50 km
//! said     new  and  the run is longer than 10 km, once a pair
//!          or  new  and  2 × metres in the pair > metres of all runs, both in the 7 days up to the run,
//!              which hold two runs or more; once a pair
//! ```
//! Not within the first 30 days of history. A pair is known to be new only if it came in the middle: a run before its
//! first one was in another pair or, where the settings say from when on it is in use, in any or none. So a runner's only
//! pair is not told of, and neither is the pair with which an export starts to name gear. Quiet for less than 7 days after
//! another message about the same pair. Prior distance is the runner's word that it is not new.
//! Source: novices name new shoes among sudden changes; a trial of the change to minimalist shoes (Fuller et al. 2017)
//! saw no clear difference. 50 km, 10 km, half a week and the guards are design choices.

use chrono::NaiveDate;

use crate::{
    analysis::{
        history::compare::LOOK_BACK_DAYS,
        shoes::{
            Shoe,
            wear::{self, Worn},
        },
    },
    dates,
    warning::{About, Compared, Rule, ShoeKind, Unit, Warning, evidence::Evidence},
};

/// What the rule is.
pub static RULE: Rule = Rule {
    id: "new-shoe",
    title: "new pair",
    about: About::Shoes,
    on_by_default: true,
    is_missed: true,
    evidence: Evidence {
        grade: 'D',
        cite: "custom",
        source: "Nielsen names new shoes among sudden changes; Fuller et al. 2017: 61 runners, 26 weeks into minimalist \
                 shoes, hazard ratio 1.64 (0.63-4.27), so chance is possible; 50 km, 10 km and half a week are chosen here",
    },
    base_rate: None,
    keys: &[],
};

/// A run longer than this is a long one for a new pair.
pub const LONG_RUN_IN_NEW_PAIR_M: i64 = 10_000;
/// A pair with less than this is new.
pub const NEW_PAIR_BELOW_M: i64 = 50_000;

/// What a new pair of shoes was asked to carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewPairReason {
    /// A run longer than 10 km.
    LongRun,
    /// More than half of seven days.
    HalfOfAWeek {
        /// Whole metres in the pair …
        in_pair_m: i64,
        /// … of so many in the seven days up to the run.
        week_m: i64,
    },
}

/// What only this rule knows of a warning. Its value is the long run, or what was run in the pair in seven days; only then
/// is there a baseline: all distance of these days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The pair.
    pub shoe: String,
    /// What the pair is for.
    pub kind: ShoeKind,
    /// What the pair had before the run.
    pub before_m: i64,
    /// What it was asked to carry.
    pub reason: NewPairReason,
    /// Another pair to turn to.
    pub other: Option<String>,
    /// The last day of the advice.
    pub until: NaiveDate,
}

/// Days of the block whose half counts, and the runs that it holds at least.
const BLOCK_DAYS: u64 = 7;
const BLOCK_RUNS: usize = 2;
/// Days without another message about the same pair.
const COOL_DOWN_DAYS: i64 = 7;
/// How long the limit is stated.
const LIMIT_DAYS: u64 = 14;

/// What is known of a pair while its runs go by.
#[derive(Clone, Debug, Default)]
struct Course {
    distance_m: i64,
    /// Whether it came in the middle of the history; `None` before its first run.
    came_later: Option<bool>,
    last_told: Option<NaiveDate>,
    long_told: bool,
    half_told: bool,
}

/// The messages of everything worn (by start), oldest first. `h0`: first known day.
#[must_use]
pub fn warnings(worn: &[Worn], pairs: &[Shoe], h0: NaiveDate) -> Vec<Warning<Seen>> {
    let begin = |shoe: &Shoe| Course { distance_m: shoe.settings.prior_distance_m, ..Course::default() };
    let mut courses: Vec<Course> = pairs.iter().map(begin).collect();
    let first_day = dates::days_after(h0, LOOK_BACK_DAYS);
    let mut warnings = Vec::new();
    for (i, run) in worn.iter().enumerate() {
        let Some((pair, shoe)) = run.pair.and_then(|pair| Some((pair, pairs.get(pair)?))) else { continue };
        let course = &mut courses[pair];
        let came_later = *course.came_later.get_or_insert_with(|| has_others_before(&worn[..i], shoe));
        let before_m = course.distance_m;
        course.distance_m += run.distance_m;
        let quiet = course.last_told.is_none_or(|told| (run.date - told).num_days() >= COOL_DOWN_DAYS);
        if before_m >= NEW_PAIR_BELOW_M || !came_later || !quiet || run.date < first_day {
            continue;
        }
        let told = |reason: &NewPairReason| match reason {
            NewPairReason::LongRun => course.long_told,
            NewPairReason::HalfOfAWeek { .. } => course.half_told,
        };
        let Some(reason) = reason(&worn[..=i], pair).filter(|reason| !told(reason)) else { continue };
        course.last_told = Some(run.date);
        match reason {
            NewPairReason::LongRun => course.long_told = true,
            NewPairReason::HalfOfAWeek { .. } => course.half_told = true,
        }
        let seen = Seen {
            shoe: shoe.settings.name.clone(),
            kind: shoe.settings.kind,
            before_m,
            reason,
            other: wear::other_pair(&worn[..=i], pairs, pair).map(str::to_owned),
            until: dates::days_after(run.date, LIMIT_DAYS),
        };
        warnings.push(Warning::new(&RULE, (run.run.clone(), run.date), compared(run, reason), seen));
    }
    warnings
}

fn compared(run: &Worn, reason: NewPairReason) -> Compared {
    let unit = Unit::Metres;
    match reason {
        NewPairReason::LongRun => {
            Compared { value: run.distance_m, baseline: None, threshold: LONG_RUN_IN_NEW_PAIR_M, unit }
        }
        NewPairReason::HalfOfAWeek { in_pair_m, week_m } => {
            Compared { value: in_pair_m, baseline: Some(week_m), threshold: week_m / 2, unit }
        }
    }
}

/// Whether the runs before a pair's first one show that it is new, and not only newly named.
fn has_others_before(before: &[Worn], shoe: &Shoe) -> bool {
    before.iter().any(|run| run.pair.is_some() || shoe.settings.from.is_some())
}

/// What the last of `worn` asks of the new pair that it was run in.
fn reason(worn: &[Worn], pair: usize) -> Option<NewPairReason> {
    if worn.last()?.distance_m > LONG_RUN_IN_NEW_PAIR_M {
        return Some(NewPairReason::LongRun);
    }
    let block = || wear::of_days(worn, BLOCK_DAYS);
    let week_m: i64 = block().map(|run| run.distance_m).sum();
    let in_pair_m: i64 = block().filter(|run| run.pair == Some(pair)).map(|run| run.distance_m).sum();
    (block().count() >= BLOCK_RUNS && 2 * in_pair_m > week_m)
        .then_some(NewPairReason::HalfOfAWeek { in_pair_m, week_m })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::rules,
        analysis::{
            shoes::shoes,
            testing::{day, run},
        },
    };

    /// (date, value in metres) of what is told of runs (date, pair, metres), known from 1 January on.
    fn told(toml: &str, rows: &[(&str, Option<usize>, i64)]) -> Vec<(String, i64)> {
        let worn: Vec<Worn> = rows
            .iter()
            .map(|(date, pair, distance_m)| Worn {
                run: format!("{date}T08:00"),
                date: day(date),
                pair: *pair,
                distance_m: *distance_m,
            })
            .collect();
        let none = [run("2026-01-01T08:00:00+01:00", 0, 1)];
        let pairs = shoes(&none, &rules::settings(toml).unwrap(), day("2026-12-31")).pairs;
        warnings(&worn, &pairs, day("2026-01-01"))
            .iter()
            .map(|warning| (warning.date.to_string(), warning.compared.value))
            .collect()
    }

    const TWO: &str = "[[shoes]]\nname = \"old\"\n[[shoes]]\nname = \"new\"";
    /// So much of the old pair before that no share of a week comes near a half.
    const OLD: (&str, Option<usize>, i64) = ("2026-02-28", Some(0), 60_000);

    #[test]
    fn more_than_10_km_in_a_pair_with_less_than_50_km_is_told() {
        assert_eq!(told(TWO, &[OLD, ("2026-03-01", Some(1), 10_000)]), []);
        assert_eq!(told(TWO, &[OLD, ("2026-03-01", Some(1), 10_001)]), [("2026-03-01".to_owned(), 10_001)]);
    }

    #[test]
    fn prior_distance_counts_and_50_km_are_no_longer_new() {
        let with = |prior: &str| {
            told(&format!("{TWO}\nprior_distance = \"{prior} km\""), &[OLD, ("2026-03-01", Some(1), 12_000)])
        };
        assert_eq!(with("49.999").len(), 1);
        assert_eq!(with("50").len(), 0);
    }

    #[test]
    fn more_than_half_of_seven_days_is_told_once() {
        let week = [("2026-03-01", Some(0), 9_000), ("2026-03-05", Some(1), 9_000)];
        assert_eq!(told(TWO, &week), [], "a half");
        let more = [("2026-03-01", Some(0), 9_000), ("2026-03-05", Some(1), 9_001)];
        assert_eq!(told(TWO, &more), [("2026-03-05".to_owned(), 9_001)]);
        let then = [more[0], more[1], ("2026-03-12", Some(1), 9_000), ("2026-03-13", Some(1), 9_000)];
        assert_eq!(told(TWO, &then).len(), 1);
        let alone = [("2026-02-20", Some(0), 9_000), ("2026-03-05", Some(1), 9_000)];
        assert_eq!(told(TWO, &alone), [], "a week of one run has no half");
    }

    #[test]
    fn a_long_run_is_told_once_a_pair() {
        let rows = [OLD, ("2026-03-01", Some(1), 11_000), ("2026-03-15", Some(1), 11_000)];
        assert_eq!(told(TWO, &rows).len(), 1);
    }

    #[test]
    fn a_second_message_about_a_pair_waits_for_a_week() {
        let rows = |last| {
            [OLD, ("2026-03-01", Some(1), 11_000), ("2026-03-05", Some(1), 9_000), (last, Some(1), 5_000)]
        };
        assert_eq!(told(TWO, &rows("2026-03-07")).len(), 1);
        assert_eq!(told(TWO, &rows("2026-03-08")).len(), 2);
    }

    #[test]
    fn a_pair_that_was_there_from_the_start_or_came_with_the_naming_of_gear_is_not_new() {
        let long = ("2026-03-01", Some(0), 12_000);
        assert_eq!(told(TWO, &[long]), [], "the first run of all");
        assert_eq!(told(TWO, &[("2026-01-05", Some(0), 3_000), long]), []);
        assert_eq!(told(TWO, &[("2026-01-05", None, 90_000), long]), [], "nobody says when it was new");
        let dated = "[[shoes]]\nname = \"a\"\nfrom = 2026-03-01";
        assert_eq!(told(dated, &[("2026-02-28", None, 90_000), long]).len(), 1);
    }

    #[test]
    fn nothing_is_told_within_the_first_30_days() {
        let with = |date| told(TWO, &[("2026-01-02", Some(0), 90_000), (date, Some(1), 12_000)]).len();
        assert_eq!([with("2026-01-30"), with("2026-01-31")], [0, 1]);
    }

    #[test]
    fn the_other_pair_to_turn_to_is_the_most_worn_one_that_is_still_to_be_had() {
        let other = |toml: &str| {
            let worn: Vec<Worn> =
                [("2026-02-20", 0, 20_000), ("2026-02-21", 2, 9_000), ("2026-03-01", 1, 12_000)]
                    .into_iter()
                    .map(|(date, pair, distance_m)| Worn {
                        run: date.into(),
                        date: day(date),
                        pair: Some(pair),
                        distance_m,
                    })
                    .collect();
            let pairs = shoes(&[], &rules::settings(toml).unwrap(), day("2026-12-31")).pairs;
            wear::other_pair(&worn, &pairs, 1).map(str::to_owned)
        };
        let pairs = |first: &str| {
            format!("[[shoes]]\nname = \"a\"\n{first}\n[[shoes]]\nname = \"b\"\n[[shoes]]\nname = \"c\"")
        };
        assert_eq!(other(&pairs("")).as_deref(), Some("a"));
        for gone in ["retired = 2026-03-01", "prior_distance = \"800 km\"", "kind = \"racing\""] {
            assert_eq!(other(&pairs(gone)).as_deref(), Some("c"), "{gone}");
        }
    }
}
