//! Which alarms lie in the seven days up to a day or a run, a bit each: bit `i` is that of rule `i`, the one after the last
//! that the run itself was a spike.

use super::{FollowUp, days_at_risk::Days, hits::covered};

/// Rules that have a bit beside that of the spike.
pub(super) const MOST_RULES: usize = 31;

/// Bits of one runner's exposures.
#[derive(Debug)]
pub(super) struct Bits {
    by_day: Vec<u32>,
    spike: u32,
}

impl Bits {
    pub(super) fn of(follow_up: &FollowUp<'_>, days: &Days) -> Self {
        let mut by_day = vec![0; days.len()];
        let rules = follow_up.alarms.len().min(MOST_RULES);
        for (rule, alarms) in follow_up.alarms.iter().take(rules).enumerate() {
            for (bits, is_covered) in by_day.iter_mut().zip(covered(&days.alarms(&alarms.dates), days)) {
                *bits |= u32::from(is_covered) << rule;
            }
        }
        Self { by_day, spike: 1 << rules }
    }

    /// Those of a run on the day at a place.
    pub(super) fn of_run(&self, at: usize, is_spike: bool) -> u32 {
        self.by_day[at] | if is_spike { self.spike } else { 0 }
    }
}
