//! `one-pair`: nearly everything of four weeks was run in one pair. Evidence grade C, for information.
//!
//! ```text
//! top    = metres in the most used pair in [t − 27, t],  all = metres of all runs there, in no pair included
//! said   10 × top > 9 × all  and  metres in known pairs ≥ 60 km
//! ```
//! On days with a run, not within the first 30 days of history, and at most once in 26 weeks: who runs in one pair knows
//! it. Distance in no pair counts in the whole, so whoever assigns little is not told.
//! Source: Malisoux et al. 2015 (264 runners, 22 weeks: hazard ratio 0.614, 95 % CI 0.389–0.969 for the use of more
//! than one pair in turn), observed, not assigned. 90 %, 60 km and 26 weeks are design choices.

use chrono::NaiveDate;

use crate::{
    analysis::{
        history::compare::LOOK_BACK_DAYS,
        shoes::{
            Shoe,
            usage::SHARE_DAYS,
            wear::{self, Worn},
        },
    },
    dates,
    warning::{About, Compared, Rule, Unit, Warning, evidence::Evidence},
};

/// What the rule is.
pub static RULE: Rule = Rule {
    id: "one-pair",
    title: "one pair",
    about: About::Shoes,
    on_by_default: true,
    is_missed: true,
    evidence: Evidence {
        grade: 'C',
        cite: "Malisoux 2015",
        source: "Malisoux et al. 2015: 264 runners, 22 weeks, several pairs in turn against one, hazard ratio 0.614 \
                 (0.389-0.969), observational; 90 %, 60 km and 26 weeks are chosen here",
    },
    base_rate: None,
    keys: &[],
};

/// What only this rule knows of a warning. Its value is the distance in the pair, its baseline all of the 28 days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The pair.
    pub shoe: String,
    /// Another pair to turn to.
    pub other: Option<String>,
    /// The last day of the advice.
    pub until: NaiveDate,
}

/// Nothing is told below so much in known pairs.
const LEAST_ASSIGNED_M: i64 = 60_000;
/// Days without another message.
const COOL_DOWN_DAYS: i64 = 26 * 7;
/// How long the advice is for.
const ADVICE_DAYS: u64 = 28;

/// The messages of everything worn (by start), oldest first. `h0`: first known day.
#[must_use]
pub fn warnings(worn: &[Worn], pairs: &[Shoe], h0: NaiveDate) -> Vec<Warning<Seen>> {
    let first_day = dates::days_after(h0, LOOK_BACK_DAYS);
    let mut warnings: Vec<Warning<Seen>> = Vec::new();
    for (i, run) in worn.iter().enumerate() {
        let is_last_of_day = worn.get(i + 1).is_none_or(|next| next.date > run.date);
        let quiet = warnings.last().is_none_or(|told| (run.date - told.date).num_days() >= COOL_DOWN_DAYS);
        if !is_last_of_day || !quiet || run.date < first_day {
            continue;
        }
        let Some(top) = top_pair(&worn[..=i], pairs.len()) else { continue };
        if 10 * top.distance_m <= 9 * top.all_m || top.assigned_m < LEAST_ASSIGNED_M {
            continue;
        }
        let compared = Compared {
            value: top.distance_m,
            baseline: Some(top.all_m),
            threshold: top.all_m * 9 / 10,
            unit: Unit::Metres,
        };
        let seen = Seen {
            shoe: pairs[top.pair].settings.name.clone(),
            other: wear::other_pair(&worn[..=i], pairs, top.pair).map(str::to_owned),
            until: dates::days_after(run.date, ADVICE_DAYS),
        };
        warnings.push(Warning::new(&RULE, (run.run.clone(), run.date), compared, seen));
    }
    warnings
}

/// The most used pair of 28 days, with the distances that it is held against, in whole metres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Top {
    pair: usize,
    distance_m: i64,
    assigned_m: i64,
    all_m: i64,
}

/// The most used of so many pairs in the 28 days up to the last of `worn`.
fn top_pair(worn: &[Worn], pairs: usize) -> Option<Top> {
    let mut of_pair_m = vec![0; pairs];
    let mut all_m = 0;
    for run in wear::of_days(worn, SHARE_DAYS) {
        all_m += run.distance_m;
        if let Some(sum_m) = run.pair.and_then(|pair| of_pair_m.get_mut(pair)) {
            *sum_m += run.distance_m;
        }
    }
    let assigned_m = of_pair_m.iter().sum();
    let (pair, distance_m) = of_pair_m.into_iter().enumerate().max_by_key(|(_, distance_m)| *distance_m)?;
    Some(Top { pair, distance_m, assigned_m, all_m })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::rules,
        analysis::{shoes::shoes, testing::day},
    };

    fn worn(rows: &[(&str, Option<usize>, i64)]) -> Vec<Worn> {
        let worn = |(date, pair, distance_m): &(&str, Option<usize>, i64)| Worn {
            run: format!("{date}T08:00"),
            date: day(date),
            pair: *pair,
            distance_m: *distance_m,
        };
        rows.iter().map(worn).collect()
    }

    fn told(rows: &[(&str, Option<usize>, i64)]) -> Vec<String> {
        let toml = "[[shoes]]\nname = \"a\"\n[[shoes]]\nname = \"b\"\n[[shoes]]\nname = \"c\"";
        let pairs = shoes(&[], &rules::settings(toml).unwrap(), day("2026-12-31")).pairs;
        warnings(&worn(rows), &pairs, day("2026-01-01")).iter().map(|w| w.date.to_string()).collect()
    }

    #[test]
    fn the_evidence_vector_has_a_top_share_of_three_quarters() {
        let worn = worn(&[("2026-03-01", Some(0), 120_000), ("2026-03-02", Some(1), 40_000)]);
        let top = top_pair(&worn, 3).unwrap();
        assert_eq!((top.pair, 100 * top.distance_m / top.all_m), (0, 75));
    }

    #[test]
    fn nine_tenths_are_not_told_and_a_metre_more_is() {
        let with = |top_m| told(&[("2026-03-01", Some(1), 10_000), ("2026-03-02", Some(0), top_m)]);
        assert_eq!(with(90_000), Vec::<String>::new());
        assert_eq!(with(90_001), ["2026-03-02"]);
    }

    #[test]
    fn less_than_60_km_and_whoever_assigns_little_are_not_told() {
        assert_eq!(told(&[("2026-03-01", Some(0), 59_999)]).len(), 0);
        assert_eq!(told(&[("2026-03-01", Some(0), 60_000)]).len(), 1);
        assert_eq!(told(&[("2026-03-01", None, 10_000), ("2026-03-02", Some(0), 90_000)]).len(), 0);
    }

    #[test]
    fn the_block_has_28_days_and_the_first_30_days_of_history_are_silent() {
        let with = |first| told(&[(first, Some(1), 30_000), ("2026-03-29", Some(0), 70_000)]).len();
        assert_eq!([with("2026-03-02"), with("2026-03-01")], [0, 1]);
        let alone = |date| told(&[(date, Some(0), 70_000)]).len();
        assert_eq!([alone("2026-01-30"), alone("2026-01-31")], [0, 1]);
    }

    #[test]
    fn it_is_told_once_in_26_weeks() {
        let with = |second| told(&[("2026-03-01", Some(0), 70_000), (second, Some(0), 70_000)]).len();
        assert_eq!([with("2026-08-29"), with("2026-08-30")], [1, 2]);
    }
}
