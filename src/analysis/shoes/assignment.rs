//! Which pair a run counts for, and why.
//!
//! In this order: the run's own entry under `[runs]`; the gear that its export names (a pair that answers to that name, else
//! one of its own); the first of the `[[shoe_rules]]` that fits; the pair with `default = true` whose days hold the run.
//! Else the run is in no pair. A pair gains nothing outside its days: what names it then leaves the run in no pair, a rule
//! for it is passed over.

use std::collections::HashMap;

use crate::{
    activity::Activity,
    settings::{Settings, ShoeRule, ShoeSettings, same_name},
};

/// Why a run counts for a pair, or for none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// Its own entry under `[runs]` names the pair.
    OwnEntry,
    /// The gear that its export names is the pair.
    Gear,
    /// The rule of this number, counted from 1, is the first that fits.
    Rule(usize),
    /// The pair is the default one of that day.
    Default,
    /// Its entry or its gear names a pair, by position, that is not in use on that day: it counts for none.
    NotItsDays {
        /// The pair that is named.
        pair: usize,
        /// Whether the runner's own entry names it; else the export does.
        by_own_entry: bool,
    },
    /// Nothing names a pair, no rule fits, no default pair has that day.
    Nothing,
}

/// The pairs, and what became of every run, by position.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assignment {
    /// The pairs of the settings, then those that only exports name, by first use.
    pub pairs: Vec<ShoeSettings>,
    /// For each run the pair's position.
    pub pair_of_run: Vec<Option<usize>>,
    /// For each run the reason.
    pub because: Vec<Because>,
}

/// Assigns runs (sorted by start) to pairs.
#[must_use]
pub fn assign(runs: &[Activity], settings: &Settings) -> Assignment {
    let known = Known::new(runs, settings);
    let (pair_of_run, because) = runs.iter().map(|run| known.pair_for(run)).unzip();
    Assignment { pairs: known.pairs, pair_of_run, because }
}

/// The pairs, and which of them a name means: names are compared once, however many runs use them.
struct Known<'a> {
    /// The pairs of the settings, then those that only the exports name.
    pairs: Vec<ShoeSettings>,
    /// By the names under `[runs]`.
    own: HashMap<&'a str, Option<usize>>,
    /// By the names of gear.
    gear: HashMap<&'a str, usize>,
    /// The rules in order, each with its pair.
    rules: Vec<(usize, &'a ShoeRule)>,
}

impl<'a> Known<'a> {
    fn new(runs: &'a [Activity], settings: &'a Settings) -> Self {
        let mut pairs = settings.shoes.clone();
        let mut gear = HashMap::new();
        for name in runs.iter().filter_map(|run| run.gear.as_deref()) {
            gear.entry(name).or_insert_with(|| {
                position_of_gear(name, &pairs).unwrap_or_else(|| {
                    pairs.push(ShoeSettings::named(name.trim()));
                    pairs.len() - 1
                })
            });
        }
        let mut own = HashMap::new();
        for name in runs.iter().filter_map(|run| run.shoe.as_deref()) {
            own.entry(name).or_insert_with(|| position_named(name, &pairs));
        }
        let rules = settings.shoe_rules.iter();
        let rules = rules.filter_map(|rule| Some((position_named(&rule.shoe, &pairs)?, rule))).collect();
        Self { pairs, own, gear, rules }
    }

    fn pair_for(&self, run: &Activity) -> (Option<usize>, Because) {
        let in_use = |pair: usize| self.pairs[pair].in_use_on(run.local_date());
        let own = run.shoe.as_deref().and_then(|name| self.own.get(name).copied().flatten());
        let gear = run.gear.as_deref().and_then(|name| self.gear.get(name).copied());
        match (own, gear) {
            (Some(pair), _) if in_use(pair) => return (Some(pair), Because::OwnEntry),
            (None, Some(pair)) if in_use(pair) => return (Some(pair), Because::Gear),
            (Some(pair), _) => return (None, Because::NotItsDays { pair, by_own_entry: true }),
            (None, Some(pair)) => return (None, Because::NotItsDays { pair, by_own_entry: false }),
            (None, None) => {}
        }
        let fitting = self.rules.iter().position(|(pair, rule)| in_use(*pair) && rule.fits(run));
        if let Some(rule) = fitting {
            return (Some(self.rules[rule].0), Because::Rule(rule + 1));
        }
        match (0..self.pairs.len()).find(|pair| self.pairs[*pair].default && in_use(*pair)) {
            Some(pair) => (Some(pair), Because::Default),
            None => (None, Because::Nothing),
        }
    }
}

fn position_named(name: &str, pairs: &[ShoeSettings]) -> Option<usize> {
    pairs.iter().position(|pair| same_name(&pair.name, name))
}

/// A pair of that name, else one that the settings say the export calls so.
fn position_of_gear(gear: &str, pairs: &[ShoeSettings]) -> Option<usize> {
    position_named(gear, pairs).or_else(|| pairs.iter().position(|pair| pair.answers_to(gear)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{rules, testing};

    /// A trail run of 10 km on Sunday, 1 March 2026.
    fn run() -> Activity {
        let mut run = testing::run("2026-03-01T08:00:00+01:00", 10_000, 60);
        run.sub_sport = Some("trail".to_owned());
        run
    }

    fn assigned(toml: &str, run: Activity) -> (Option<String>, Because) {
        let assignment = assign(&[run], &rules::settings(toml).unwrap());
        let name = assignment.pair_of_run[0].map(|pair| assignment.pairs[pair].name.clone());
        (name, assignment.because[0].clone())
    }

    const FOUR: &str = "[[shoes]]\nname = \"Own\"\n[[shoes]]\nname = \"Geared\"\n[[shoes]]\nname = \"Ruled\"\n\
                        [[shoes]]\nname = \"Default\"\ndefault = true\n\
                        [[shoe_rules]]\nshoe = \"ruled\"\nsub_sport = \"trail\"\n";

    fn is(name: &str, because: Because) -> (Option<String>, Because) {
        (Some(name.to_owned()), because)
    }

    #[test]
    fn entry_gear_rule_and_default_are_asked_in_this_order() {
        let all = Activity { shoe: Some("own".to_owned()), gear: Some("geared".to_owned()), ..run() };
        let geared = Activity { shoe: None, ..all.clone() };
        let road = Activity { sub_sport: None, ..run() };
        assert_eq!(assigned(FOUR, all), is("Own", Because::OwnEntry));
        assert_eq!(assigned(FOUR, geared), is("Geared", Because::Gear));
        assert_eq!(assigned(FOUR, run()), is("Ruled", Because::Rule(1)));
        assert_eq!(assigned(FOUR, road.clone()), is("Default", Because::Default));
        assert_eq!(assigned("[[shoes]]\nname = \"a\"", road), (None, Because::Nothing));
    }

    #[test]
    fn of_two_rules_that_fit_the_first_decides() {
        let second = format!("{FOUR}[[shoe_rules]]\nshoe = \"own\"\nweekday = \"sunday\"");
        assert_eq!(assigned(&second, run()), is("Ruled", Because::Rule(1)));
        let road = Activity { sub_sport: None, ..run() };
        assert_eq!(assigned(&second, road), is("Own", Because::Rule(2)));
    }

    #[test]
    fn a_rule_reaches_neither_before_the_first_day_of_its_pair_nor_behind_its_last() {
        let rules = "[[shoe_rules]]\nshoe = \"old\"\nsub_sport = \"trail\"\n\
                     [[shoe_rules]]\nshoe = \"new\"\nsub_sport = \"trail\"\n";
        let pairs = |retired: &str, from: &str| {
            format!(
                "[[shoes]]\nname = \"old\"\nretired = {retired}\n[[shoes]]\nname = \"new\"\nfrom = {from}\n{rules}"
            )
        };
        assert_eq!(assigned(&pairs("2026-03-01", "2026-03-02"), run()), is("old", Because::Rule(1)));
        assert_eq!(assigned(&pairs("2026-02-28", "2026-03-01"), run()), is("new", Because::Rule(2)));
        assert_eq!(assigned(&pairs("2026-02-28", "2026-03-02"), run()), (None, Because::Nothing));
    }

    #[test]
    fn an_entry_or_gear_of_a_pair_not_in_use_leaves_the_run_in_no_pair_whatever_rule_fits() {
        let pairs = FOUR.replace("name = \"Own\"", "name = \"Own\"\nfrom = 2026-03-02");
        let pairs = pairs.replace("name = \"Geared\"", "name = \"Geared\"\nretired = 2026-02-28");
        let own = Activity { shoe: Some("Own".to_owned()), ..run() };
        let geared = Activity { gear: Some("Geared".to_owned()), ..run() };
        assert_eq!(assigned(&pairs, own), (None, Because::NotItsDays { pair: 0, by_own_entry: true }));
        assert_eq!(assigned(&pairs, geared), (None, Because::NotItsDays { pair: 1, by_own_entry: false }));
    }

    #[test]
    fn gear_finds_its_pair_by_name_first_then_by_the_names_of_exports() {
        let pairs =
            "[[shoes]]\nname = \"Red\"\ngear = [\"Nike Pegasus\", \"Blue\"]\n[[shoes]]\nname = \"Blue\"\n";
        let worn = |gear: &str| assigned(pairs, Activity { gear: Some(gear.to_owned()), ..run() });
        assert_eq!(worn("NIKE PÉGASUS"), is("Red", Because::Gear));
        assert_eq!(worn("blue"), is("Blue", Because::Gear));
        assert_eq!(worn(" Green "), is("Green", Because::Gear));
    }
}
