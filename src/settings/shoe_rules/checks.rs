//! What the rules say about each other: one that can never fit, two that may fit the same run.

use chrono::{NaiveDate, Weekday};

use super::ShoeRule;
use crate::activity::Sport;
use crate::settings::{ShoeSettings, same_name};

/// Why a rule can never fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Never {
    /// It asks for another sport than running, and only runs count for shoes.
    OtherSport,
    /// Its days and those of its pair have none in common.
    NoDays,
    /// Every run that it would fit, an earlier one fits: its number, counted from 1.
    Covered(usize),
}

/// The numbers (from 1) of the rules that can never fit, each with the reason.
#[must_use]
pub fn never_fitting(rules: &[ShoeRule], shoes: &[ShoeSettings]) -> Vec<(usize, Never)> {
    let why = |position: usize| -> Option<Never> {
        let rule = &rules[position];
        let days = days_of(rule, shoes);
        if rule.sport.as_ref().is_some_and(|sport| !sport.is_running()) {
            return Some(Never::OtherSport);
        }
        if days.0.zip(days.1).is_some_and(|(first, last)| last < first) {
            return Some(Never::NoDays);
        }
        let covers =
            |earlier: &ShoeRule| filters_cover(earlier, rule) && days_cover(days_of(earlier, shoes), days);
        rules[..position].iter().position(covers).map(|earlier| Never::Covered(earlier + 1))
    };
    (0..rules.len()).filter_map(|position| Some((position + 1, why(position)?))).collect()
}

/// The numbers (from 1) of the rules before the last one that may fit a run which the last one fits too.
#[must_use]
pub fn before_the_last(rules: &[ShoeRule], shoes: &[ShoeSettings]) -> Vec<usize> {
    let Some((last, earlier)) = rules.split_last() else { return Vec::new() };
    let meets =
        |rule: &ShoeRule| filters_meet(rule, last) && days_meet(days_of(rule, shoes), days_of(last, shoes));
    earlier.iter().enumerate().filter(|(_, rule)| meets(rule)).map(|(i, _)| i + 1).collect()
}

type Days = (Option<NaiveDate>, Option<NaiveDate>);

/// The days on which a rule may fit: its own, within those of its pair.
fn days_of(rule: &ShoeRule, shoes: &[ShoeSettings]) -> Days {
    let pair = shoes.iter().find(|pair| same_name(&pair.name, &rule.shoe));
    let first = rule.from.max(pair.and_then(|pair| pair.from));
    let last = [rule.until, pair.and_then(|pair| pair.retired)].into_iter().flatten().min();
    (first, last)
}

fn days_cover(outer: Days, inner: Days) -> bool {
    let starts = outer.0.is_none_or(|outer| inner.0.is_some_and(|inner| outer <= inner));
    let ends = outer.1.is_none_or(|outer| inner.1.is_some_and(|inner| inner <= outer));
    starts && ends
}

fn days_meet(a: Days, b: Days) -> bool {
    let before = |first: Option<NaiveDate>, last: Option<NaiveDate>| {
        first.zip(last).is_none_or(|(first, last)| first <= last)
    };
    before(a.0, b.1) && before(b.0, a.1)
}

fn filters_cover(outer: &ShoeRule, inner: &ShoeRule) -> bool {
    let sports = outer.sport.as_ref().is_none_or(Sport::is_running);
    let kinds = outer.sub_sport.is_none() || outer.sub_sport == inner.sub_sport;
    let weekdays = outer.weekdays.is_empty()
        || (!inner.weekdays.is_empty() && inner.weekdays.iter().all(|day| outer.weekdays.contains(day)));
    let distances = outer.distance.is_none_or(|outer| {
        inner.distance.is_some_and(|inner| {
            let reaches_down = outer.from.is_none_or(|o| inner.from.is_some_and(|i| o.meters <= i.meters));
            let reaches_up = outer.to.is_none_or(|o| inner.to.is_some_and(|i| i.meters <= o.meters));
            reaches_down && reaches_up
        })
    });
    sports && kinds && weekdays && distances && (outer.file.is_none() || outer.file == inner.file)
}

/// Whether a run may pass both; of two patterns of files it is supposed.
fn filters_meet(a: &ShoeRule, b: &ShoeRule) -> bool {
    let same = |a: Option<&String>, b: Option<&String>| a.zip(b).is_none_or(|(a, b)| a == b);
    let share_a_day =
        |a: &[Weekday], b: &[Weekday]| a.is_empty() || b.is_empty() || a.iter().any(|day| b.contains(day));
    let distances = a.distance.zip(b.distance).is_none_or(|(a, b)| {
        let below = |from: Option<crate::units::Distance>, to: Option<crate::units::Distance>| {
            from.zip(to).is_none_or(|(from, to)| from.meters <= to.meters)
        };
        below(a.from, b.to) && below(b.from, a.to)
    });
    same(a.sub_sport.as_ref(), b.sub_sport.as_ref()) && share_a_day(&a.weekdays, &b.weekdays) && distances
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::settings as parse;

    const PAIRS: &str =
        "[[shoes]]\nname = \"a\"\nfrom = 2026-03-01\nretired = 2026-06-30\n[[shoes]]\nname = \"b\"\n";

    fn checked(rules: &[&str]) -> (Vec<(usize, Never)>, Vec<usize>) {
        let rules: String = rules.iter().map(|rule| format!("[[shoe_rules]]\n{rule}\n")).collect();
        let settings = parse(&format!("{PAIRS}{rules}")).unwrap();
        (
            never_fitting(&settings.shoe_rules, &settings.shoes),
            before_the_last(&settings.shoe_rules, &settings.shoes),
        )
    }

    #[test]
    fn a_rule_behind_one_that_takes_all_its_runs_never_fits() {
        for (earlier, later, covered) in [
            ("sub_sport = \"trail\"", "sub_sport = \"trail\"", true),
            ("sub_sport = \"trail\"", "sub_sport = \"trail\"\nweekday = \"sunday\"", true),
            ("sub_sport = \"trail\"\nweekday = \"sunday\"", "sub_sport = \"trail\"", false),
            ("weekday = [\"sat\", \"sun\"]", "weekday = \"sun\"", true),
            ("distance = \"..12km\"", "distance = \"5km..12km\"", true),
            ("distance = \"..12km\"", "distance = \"5km..\"", false),
            ("from = 2026-01-01", "from = 2026-02-01", true),
            ("from = 2026-01-01", "until = 2026-02-01", false),
            ("file = \"x/\"", "file = \"y/\"", false),
        ] {
            let rules = [format!("shoe = \"b\"\n{earlier}"), format!("shoe = \"b\"\n{later}")];
            let (never, _) = checked(&[&rules[0], &rules[1]]);
            assert_eq!(never == [(2, Never::Covered(1))], covered, "{earlier} / {later}");
        }
    }

    #[test]
    fn the_days_of_the_pair_count_too() {
        let trail = |pair: &str| format!("shoe = \"{pair}\"\nsub_sport = \"trail\"");
        assert_eq!(checked(&[&trail("a"), &trail("b")]).0, [], "b is worn after a is retired");
        assert_eq!(checked(&[&trail("b"), &trail("a")]).0, [(2, Never::Covered(1))]);
        assert_eq!(checked(&["shoe = \"a\"\nuntil = 2026-02-28"]).0, [(1, Never::NoDays)]);
        assert_eq!(checked(&["shoe = \"a\"\nuntil = 2026-03-01"]).0, []);
        assert_eq!(checked(&["shoe = \"a\"\nsport = \"cycling\""]).0, [(1, Never::OtherSport)]);
    }

    #[test]
    fn rules_that_may_fit_the_same_run_are_found() {
        let sunday = "shoe = \"b\"\nweekday = \"sunday\"";
        let monday = "shoe = \"b\"\nweekday = \"monday\"";
        let trail = "shoe = \"b\"\nsub_sport = \"trail\"";
        assert_eq!(checked(&[sunday, monday, trail]).1, [1, 2]);
        assert!(checked(&[sunday, monday]).1.is_empty());
        assert!(checked(&["shoe = \"b\"\nuntil = 2026-02-28", "shoe = \"a\"\nsport = \"run\""]).1.is_empty());
        assert_eq!(
            checked(&["shoe = \"b\"\ndistance = \"..5km\"", "shoe = \"b\"\ndistance = \"5km..\""]).1,
            [1]
        );
    }
}
