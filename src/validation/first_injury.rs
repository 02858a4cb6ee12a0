//! A runner's first injury and the time at risk up to it, by exposure: all that a ratio within runners needs.
//!
//! A run's exposures are bits (see [`of_runner`](super::of_runner)), and what was run is added up by them, so that one
//! draw of a run says for all rules at once whether it was exposed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{FollowUp, Run, Scale, days_at_risk::Days, exposures::Bits};
use chrono::NaiveDate;

/// An injury this many days after the last run is not that run's.
const RUN_OF_INJURY_DAYS: i64 = 7;

/// The first injury at risk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FirstInjury {
    /// Exposures of its run: the last up to its day; `None` if that is more than seven days back or not at risk.
    pub at_run: Option<u32>,
    /// Exposures of its day.
    pub at_day: u32,
    /// Exposures, number and whole metres of the runs at risk up to and with its run; empty without one.
    pub runs: Vec<(u32, i64, i64)>,
    /// Exposures and number of the days at risk up to and with its day.
    pub days: Vec<(u32, i64)>,
}

/// Where the injury was, and what could have been it instead, on one scale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stratum {
    /// Exposures at the injury.
    pub at_injury: u32,
    /// Exposures, and runs, metres or days with them.
    pub at_risk: Vec<(u32, i64)>,
}

impl FirstInjury {
    /// The same on one scale; `None` where there is no run of it.
    #[must_use]
    pub fn on(&self, scale: Scale) -> Option<Stratum> {
        let of_runs = |amount: fn(&(u32, i64, i64)) -> i64| {
            let at_risk = self.runs.iter().map(|row| (row.0, amount(row))).collect();
            self.at_run.map(|at_injury| Stratum { at_injury, at_risk })
        };
        match scale {
            Scale::Run => of_runs(|row| row.1),
            Scale::Km => of_runs(|row| row.2),
            Scale::Day => Some(Stratum { at_injury: self.at_day, at_risk: self.days.clone() }),
        }
    }

    /// The same with every set of bits replaced; what then is one is added up.
    #[must_use]
    pub(super) fn with_bits(&self, replace: impl Fn(u32) -> u32) -> Self {
        let mut runs: BTreeMap<u32, (i64, i64)> = BTreeMap::new();
        for (bits, count, metres) in &self.runs {
            let sum = runs.entry(replace(*bits)).or_default();
            *sum = (sum.0 + count, sum.1 + metres);
        }
        let mut days: BTreeMap<u32, i64> = BTreeMap::new();
        self.days.iter().for_each(|(bits, count)| *days.entry(replace(*bits)).or_default() += count);
        Self {
            at_run: self.at_run.map(&replace),
            at_day: replace(self.at_day),
            runs: runs.into_iter().map(|(bits, (count, metres))| (bits, count, metres)).collect(),
            days: days.into_iter().collect(),
        }
    }
}

/// The first of the injuries on days at risk (sorted), with the time up to it.
pub(super) fn first_injury(
    follow_up: &FollowUp<'_>,
    events: &[NaiveDate],
    days: &Days,
    bits: &Bits,
) -> Option<FirstInjury> {
    let date = *events.first()?;
    let injured_at = days.at(date)?;
    let up_to = &follow_up.runs[..follow_up.runs.partition_point(|run| run.date <= date)];
    let of_run = |run: &Run| days.at(run.date).map(|at| bits.of_run(at, run.spike));
    let is_close = |run: &&Run| (date - run.date).num_days() <= RUN_OF_INJURY_DAYS;
    let at_run = up_to.last().filter(is_close).and_then(of_run);
    let mut runs = BTreeMap::<u32, (i64, i64)>::new();
    for run in up_to.iter().filter(|_| at_run.is_some()) {
        if let Some(bits) = of_run(run) {
            let sum = runs.entry(bits).or_default();
            *sum = (sum.0 + 1, sum.1 + run.distance_m.max(0));
        }
    }
    let by_day = day_bits(up_to, days, bits);
    let mut counted = BTreeMap::<u32, i64>::new();
    days.places()
        .take_while(|at| *at <= injured_at)
        .for_each(|at| *counted.entry(by_day[at]).or_default() += 1);
    Some(FirstInjury {
        at_run,
        at_day: by_day[injured_at],
        runs: runs.into_iter().map(|(bits, (count, metres))| (bits, count, metres)).collect(),
        days: counted.into_iter().collect(),
    })
}

/// Exposures of every day: a spike is that of the last run up to it.
fn day_bits(runs: &[Run], days: &Days, bits: &Bits) -> Vec<u32> {
    let mut spikes: Vec<Option<bool>> = vec![None; days.len()];
    for run in runs {
        if let Some(at) = days.at(run.date) {
            spikes[at] = Some(run.spike);
        }
    }
    let mut spike = false;
    let day = |(at, of_day): (usize, Option<bool>)| {
        spike = of_day.unwrap_or(spike);
        bits.of_run(at, spike)
    };
    spikes.into_iter().enumerate().map(day).collect()
}
