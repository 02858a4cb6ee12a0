//! The counts of all runners added up, the same in whichever order they come.

use std::collections::BTreeMap;

use super::{
    first_injury::{FirstInjury, Stratum},
    runner::{Exposure, RunnerCounts},
    scale::Scale,
};
use crate::analysis::rules;

/// The sums of a group.
#[derive(Debug)]
pub(super) struct Pool {
    /// Sums of all runners; it has no injury of its own.
    pub(super) counts: RunnerCounts,
    /// First injuries, in an order that depends on nothing but themselves.
    first_injuries: Vec<FirstInjury>,
}

/// Exposures in the order of the table: by window, the most important rule first.
type Key = (u32, usize, String);

fn key(exposure: &Exposure) -> Key {
    let rank = rules::known().iter().position(|rule| rule.id == exposure.rule).unwrap_or(usize::MAX);
    (u32::MAX - exposure.window_d, rank, exposure.rule.clone())
}

impl Pool {
    pub(super) fn of(runners: impl IntoIterator<Item = RunnerCounts>) -> Self {
        let mut counts = RunnerCounts::default();
        let mut sums: BTreeMap<Key, Exposure> = BTreeMap::new();
        let mut injured: Vec<(Vec<Key>, FirstInjury)> = Vec::new();
        for mut runner in runners {
            counts.days_at_risk += runner.days_at_risk;
            counts.injuries += runner.injuries;
            counts.not_evaluable += runner.not_evaluable;
            counts.runs += runner.runs;
            counts.runs_m += runner.runs_m;
            let keys: Vec<Key> = runner.exposures.iter().map(key).collect();
            if let Some(first) = runner.first_injury.take() {
                injured.push((keys.clone(), first));
            }
            for (key, exposure) in keys.into_iter().zip(&runner.exposures) {
                add(sums.entry(key).or_default(), exposure);
            }
        }
        let places: BTreeMap<&Key, usize> = sums.keys().enumerate().map(|(at, key)| (key, at)).collect();
        let mut first_injuries: Vec<FirstInjury> = injured
            .iter()
            .map(|(keys, first)| {
                let to: Vec<usize> = keys.iter().filter_map(|key| places.get(key).copied()).collect();
                first.with_bits(|bits| moved(bits, &to))
            })
            .collect();
        first_injuries.sort_unstable();
        counts.exposures = sums.into_values().collect();
        Self { counts, first_injuries }
    }

    /// The first injuries on one scale.
    pub(super) fn strata(&self, scale: Scale) -> Vec<Stratum> {
        self.first_injuries.iter().filter_map(|first| first.on(scale)).collect()
    }
}

/// Bit `i` goes to place `to[i]`.
fn moved(bits: u32, to: &[usize]) -> u32 {
    to.iter().enumerate().filter(|(from, _)| bits & (1 << from) != 0).map(|(_, to)| 1 << to).sum()
}

fn add(sum: &mut Exposure, exposure: &Exposure) {
    sum.rule.clone_from(&exposure.rule);
    sum.window_d = exposure.window_d;
    sum.hits += exposure.hits;
    sum.hits_same_day += exposure.hits_same_day;
    sum.misses += exposure.misses;
    sum.episodes += exposure.episodes;
    sum.false_alarms += exposure.false_alarms;
    sum.alarm_days += exposure.alarm_days;
    sum.runs += exposure.runs;
    sum.runs_m += exposure.runs_m;
}
