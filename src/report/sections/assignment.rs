//! Why a run counts for its pair, in the words of the settings; what the settings ask for and cannot have.

use std::collections::BTreeMap;

use crate::{
    activity::Activity,
    analysis::shoes::{Shoes, assignment::Because},
    dates,
    settings::{
        Settings, ShoeSettings,
        shoe_rules::checks::{Never, never_fitting},
    },
};

/// The pair of a run, by its position, and what names it.
#[must_use]
pub fn reason(runs: &[Activity], position: usize, shoes: &Shoes, settings: &Settings) -> String {
    let (Some(run), Some(because)) = (runs.get(position), shoes.because_of_run.get(position)) else {
        return String::new();
    };
    let name = |pair: usize| shoes.pairs.get(pair).map_or("", |pair| pair.settings.name.as_str());
    let pair = shoes.pair_of_run.get(position).copied().flatten().map_or("", name);
    match because {
        Because::OwnEntry => format!("{pair}: {}", named_by(run, true)),
        Because::Gear => format!("{pair}: {}", named_by(run, false)),
        Because::Rule(number) => {
            let rule = settings.shoe_rules.get(number - 1).map(ToString::to_string).unwrap_or_default();
            format!("{pair}: rule {number} of [[shoe_rules]] fits first ({rule})")
        }
        Because::Default => format!("{pair}: the default pair of that day"),
        Because::NotItsDays { by_own_entry, .. } => {
            format!("none: {}, which was not in use on that day", named_by(run, *by_own_entry))
        }
        Because::Nothing if settings.shoe_rules.is_empty() => "none: no default pair has that day".to_owned(),
        Because::Nothing => "none: no rule fits, and no default pair has that day".to_owned(),
    }
}

fn named_by(run: &Activity, by_own_entry: bool) -> String {
    if by_own_entry {
        return "set under [runs] in treadlight.toml".to_owned();
    }
    let index = run.index.as_deref().unwrap_or("the export");
    format!("{index} names `{}`", run.gear.as_deref().unwrap_or_default())
}

/// Runs that are given to a pair outside its days, and rules that can never fit: a sentence each.
#[must_use]
pub fn notices(runs: &[Activity], shoes: &Shoes, settings: &Settings) -> Vec<String> {
    outside_their_days(runs, shoes).into_iter().chain(idle_rules(settings)).collect()
}

fn outside_their_days(runs: &[Activity], shoes: &Shoes) -> Vec<String> {
    let mut groups: BTreeMap<(usize, bool, bool), Vec<&Activity>> = BTreeMap::new();
    for (run, because) in runs.iter().zip(&shoes.because_of_run) {
        if let Because::NotItsDays { pair, by_own_entry } = because {
            let is_early = shoes.pairs[*pair].settings.from.is_some_and(|from| run.local_date() < from);
            groups.entry((*pair, *by_own_entry, is_early)).or_default().push(run);
        }
    }
    let said = |((pair, by_own_entry, is_early), runs): ((usize, bool, bool), Vec<&Activity>)| {
        outside_its_days(&shoes.pairs[pair].settings, by_own_entry, is_early, &runs)
    };
    groups.into_iter().map(said).collect()
}

fn outside_its_days(pair: &ShoeSettings, by_own_entry: bool, is_early: bool, runs: &[&Activity]) -> String {
    let who = if by_own_entry { "[runs] in treadlight.toml gives" } else { "your export gives" };
    let (limit, date) =
        if is_early { ("before its first day", pair.from) } else { ("after its last day", pair.retired) };
    let limit = date.map_or_else(|| limit.to_owned(), |date| format!("{limit}, {}", dates::long(date)));
    let days = match (runs.first(), runs.last()) {
        (Some(first), Some(last)) => dates::range(first.local_date(), last.local_date()),
        _ => String::new(),
    };
    format!("{who} `{}` {} {limit} ({days}): in no pair", pair.name, counted(runs.len()))
}

/// Rules that can never fit, each with the reason.
#[must_use]
pub fn idle_rules(settings: &Settings) -> Vec<String> {
    let said = |(number, never): (usize, Never)| {
        let rule = &settings.shoe_rules[number - 1];
        format!("rule {number} of [[shoe_rules]] ({rule}) never fits: {}", why_never(never, &rule.shoe))
    };
    never_fitting(&settings.shoe_rules, &settings.shoes).into_iter().map(said).collect()
}

/// Why a rule for a pair can never fit.
#[must_use]
pub fn why_never(never: Never, pair: &str) -> String {
    match never {
        Never::OtherSport => "shoes gain runs only".to_owned(),
        Never::NoDays => format!("`{pair}` is not in use on its days"),
        Never::Covered(earlier) => format!("rule {earlier} takes all its runs first"),
    }
}

/// `1 run`, `2 runs`.
pub(super) fn counted(runs: usize) -> String {
    if runs == 1 { "1 run".to_owned() } else { format!("{runs} runs") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::rules::settings as parse,
        analysis::{
            shoes::shoes,
            testing::{day, run},
        },
    };

    fn said(toml: &str, runs: &[Activity]) -> (String, Vec<String>) {
        let settings = parse(toml).unwrap();
        let shoes = shoes(runs, &settings, day("2026-12-31"));
        (reason(runs, 0, &shoes, &settings), notices(runs, &shoes, &settings))
    }

    #[test]
    fn a_rule_is_told_with_its_number_and_filters() {
        let toml = "[[shoes]]\nname = \"a\"\n[[shoe_rules]]\nshoe = \"a\"\nweekday = \"monday\"\n\
                    [[shoe_rules]]\nshoe = \"a\"\nweekday = \"sunday\"\ndistance = \"..12 km\"";
        let (reason, notices) = said(toml, &[run("2026-03-01T08:00:00+01:00", 10_000, 60)]);
        assert_eq!(
            reason,
            "a: rule 2 of [[shoe_rules]] fits first (weekday = \"sunday\", distance = \"..12 km\")"
        );
        assert_eq!(notices, [""; 0]);
        let (reason, _) = said(toml, &[run("2026-03-03T08:00:00+01:00", 10_000, 60)]);
        assert_eq!(reason, "none: no rule fits, and no default pair has that day");
    }

    #[test]
    fn runs_of_a_pair_outside_its_days_are_told_once_for_each_pair_and_side() {
        let toml = "[[shoes]]\nname = \"a\"\nfrom = 2026-03-02\nretired = 2026-03-10\n[runs]\n\
                    \"2026-03-01T08:00\" = { shoe = \"a\" }";
        let mut runs = ["2026-03-01", "2026-03-11", "2026-03-12"]
            .map(|date| run(&format!("{date}T08:00:00+01:00"), 10_000, 60));
        runs[0].shoe = Some("a".to_owned());
        runs[1].gear = Some("A".to_owned());
        runs[2].gear = Some("A".to_owned());
        let (reason, notices) = said(toml, &runs);
        assert_eq!(reason, "none: set under [runs] in treadlight.toml, which was not in use on that day");
        assert_eq!(
            notices,
            [
                "your export gives `a` 2 runs after its last day, 10 Mar 2026 (11–12 Mar 2026): in no pair",
                "[runs] in treadlight.toml gives `a` 1 run before its first day, 2 Mar 2026 (1 Mar 2026): in no pair",
            ]
        );
    }

    #[test]
    fn rules_that_never_fit_are_told_with_the_reason() {
        let toml = "[[shoes]]\nname = \"a\"\nfrom = 2026-03-01\n\
                    [[shoe_rules]]\nshoe = \"a\"\nsub_sport = \"trail\"\n\
                    [[shoe_rules]]\nshoe = \"a\"\nsub_sport = \"trail\"\nweekday = \"sunday\"\n\
                    [[shoe_rules]]\nshoe = \"a\"\nsport = \"cycling\"\n\
                    [[shoe_rules]]\nshoe = \"a\"\nuntil = 2026-02-28";
        assert_eq!(
            said(toml, &[]).1,
            [
                "rule 2 of [[shoe_rules]] (sub_sport = \"trail\", weekday = \"sunday\") never fits: rule 1 takes all its runs first",
                "rule 3 of [[shoe_rules]] (sport = \"cycling\") never fits: shoes gain runs only",
                "rule 4 of [[shoe_rules]] (until = 2026-02-28) never fits: `a` is not in use on its days",
            ]
        );
    }
}
