//! All that a group needs to know of one runner: counts that add up, and the first injury.

use serde::{Deserialize, Serialize};

use super::{
    FollowUp, WINDOW_DAYS,
    days_at_risk::Days,
    exposures::{Bits, MOST_RULES},
    first_injury::{FirstInjury, first_injury},
    hits::{Hits, hits},
};
use crate::analysis::rules::long_run_spike;

/// What is counted of one runner; small enough for a line of JSON each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunnerCounts {
    /// Days on which the runner could be injured anew.
    pub days_at_risk: u32,
    /// Injuries on such days.
    pub injuries: u32,
    /// Injuries reported for any other day: before the first that counts, after the record, while injured.
    pub not_evaluable: u32,
    /// Runs at risk up to and with that of the first injury.
    pub runs: u32,
    /// Their whole metres.
    pub runs_m: i64,
    /// A row a rule, and one for the exposure "this run was a spike"; place `i` is bit `i` of the first injury.
    pub exposures: Vec<Exposure>,
    /// The first injury at risk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_injury: Option<FirstInjury>,
}

/// What is counted of one exposure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exposure {
    /// The id of the rule.
    pub rule: String,
    /// Days that an alarm counts for; 0: the run itself was a spike, and nothing was counted against injuries.
    pub window_d: u32,
    /// Injuries with an alarm in the window.
    #[serde(skip_serializing_if = "is_zero")]
    pub hits: u32,
    /// Of these, with alarms on the day of the injury only.
    #[serde(skip_serializing_if = "is_zero")]
    pub hits_same_day: u32,
    /// Injuries without.
    #[serde(skip_serializing_if = "is_zero")]
    pub misses: u32,
    /// Alarms less than a window apart, taken together.
    #[serde(skip_serializing_if = "is_zero")]
    pub episodes: u32,
    /// Episodes without an injury.
    #[serde(skip_serializing_if = "is_zero")]
    pub false_alarms: u32,
    /// Days at risk with an alarm in the window.
    #[serde(skip_serializing_if = "is_zero")]
    pub alarm_days: u32,
    /// Exposed runs among those at risk up to and with that of the first injury.
    #[serde(skip_serializing_if = "is_zero")]
    pub runs: u32,
    /// Their whole metres.
    #[serde(skip_serializing_if = "is_zero_m")]
    pub runs_m: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out a reference")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out a reference")]
fn is_zero_m(metres: &i64) -> bool {
    *metres == 0
}

/// Counts one runner.
#[must_use]
pub fn of_runner(follow_up: &FollowUp<'_>) -> RunnerCounts {
    let days = Days::of(follow_up);
    let (events, not_evaluable) = days.events(follow_up);
    let bits = Bits::of(follow_up, &days);
    let mut exposures: Vec<Exposure> = follow_up
        .alarms
        .iter()
        .take(MOST_RULES)
        .map(|alarms| exposure(alarms.rule, hits(&days.alarms(&alarms.dates), &events, &days)))
        .collect();
    exposures.push(Exposure { rule: long_run_spike::RULE.id.to_owned(), ..Exposure::default() });
    let mut counts = RunnerCounts {
        days_at_risk: count(days.places()),
        injuries: count(events.iter()),
        not_evaluable,
        exposures,
        first_injury: first_injury(follow_up, &events, &days, &bits),
        ..RunnerCounts::default()
    };
    let is_up_to = |run: &&super::Run| events.first().is_none_or(|first| run.date <= *first);
    for run in follow_up.runs.iter().take_while(is_up_to) {
        if let Some(at) = days.at(run.date) {
            counts.take_run(bits.of_run(at, run.spike), run.distance_m.max(0));
        }
    }
    counts
}

impl RunnerCounts {
    fn take_run(&mut self, bits: u32, distance_m: i64) {
        self.runs += 1;
        self.runs_m += distance_m;
        for (i, exposure) in self.exposures.iter_mut().enumerate() {
            let is_exposed = bits & (1 << i) != 0;
            exposure.runs += u32::from(is_exposed);
            exposure.runs_m += if is_exposed { distance_m } else { 0 };
        }
    }
}

fn exposure(rule: &str, counted: Hits) -> Exposure {
    Exposure {
        rule: rule.to_owned(),
        window_d: WINDOW_DAYS as u32,
        hits: counted.hits,
        hits_same_day: counted.hits_same_day,
        misses: counted.misses,
        episodes: counted.episodes,
        false_alarms: counted.false_alarms,
        alarm_days: counted.alarm_days,
        ..Exposure::default()
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}
