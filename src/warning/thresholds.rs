//! From where on rules speak. The defaults are the studied thresholds, or the customary ones where no study has any.

use super::{RuleId, acute_chronic::AcuteChronicDefinition};

/// The studied threshold of `long-run-spike`: Frandsen et al. 2025.
pub const STUDIED_LONG_RUN_PERCENT: i64 = 10;
/// The studied threshold of `weekly-jump`: the band of Nielsen et al. 2014.
pub const STUDIED_WEEK_PERCENT: i64 = 30;

/// What rules judge by, set by the runner or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// `long-run-spike`: so many per cent above the longest run of the 30 days before.
    pub long_run_spike_percent: i64,
    /// `weekly-jump`: so many per cent above the blocks of seven days before.
    pub weekly_jump_percent: i64,
    /// `no-rest`: so many days in a row with a run.
    pub no_rest_days: i64,
    /// `descent-spike`: so many per cent above the most descent of the 30 days before …
    pub descent_spike_percent: i64,
    /// … and at least so many metres of it.
    pub descent_spike_min_m: i64,
    /// `acute-chronic`: the definition that judges.
    pub acute_chronic_definition: AcuteChronicDefinition,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            long_run_spike_percent: STUDIED_LONG_RUN_PERCENT,
            weekly_jump_percent: STUDIED_WEEK_PERCENT,
            no_rest_days: 14,
            descent_spike_percent: 50,
            descent_spike_min_m: 150,
            acute_chronic_definition: AcuteChronicDefinition::default(),
        }
    }
}

impl Thresholds {
    /// How far a next run may go, in per cent of what counts: 110, or less with a stricter threshold, never more.
    #[must_use]
    pub fn run_cap_percent(self) -> i64 {
        100 + self.long_run_spike_percent.min(STUDIED_LONG_RUN_PERCENT)
    }

    /// How far seven days may go, in per cent of the best block: 130, or less with a stricter threshold, never more.
    #[must_use]
    pub fn week_cap_percent(self) -> i64 {
        100 + self.weekly_jump_percent.min(STUDIED_WEEK_PERCENT)
    }

    /// Whether a rule judges by something else than it does unless set.
    #[must_use]
    pub fn is_own(self, rule: RuleId) -> bool {
        let usual = Self::default();
        match rule {
            RuleId::LongRunSpike => self.long_run_spike_percent != usual.long_run_spike_percent,
            RuleId::WeeklyJump => self.weekly_jump_percent != usual.weekly_jump_percent,
            RuleId::NoRest => self.no_rest_days != usual.no_rest_days,
            RuleId::DescentSpike => {
                (self.descent_spike_percent, self.descent_spike_min_m)
                    != (usual.descent_spike_percent, usual.descent_spike_min_m)
            }
            RuleId::AcuteChronic => self.acute_chronic_definition != usual.acute_chronic_definition,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stricter_threshold_lowers_the_caps_and_a_laxer_one_never_raises_them() {
        let caps = |run, week| {
            let own = Thresholds {
                long_run_spike_percent: run,
                weekly_jump_percent: week,
                ..Thresholds::default()
            };
            (own.run_cap_percent(), own.week_cap_percent())
        };
        assert_eq!([caps(5, 20), caps(10, 30), caps(20, 50)], [(105, 120), (110, 130), (110, 130)]);
    }

    #[test]
    fn only_what_was_changed_is_the_runners_own() {
        let own = Thresholds { descent_spike_min_m: 80, ..Thresholds::default() };
        let changed = RuleId::ALL.iter().filter(|rule| own.is_own(**rule));
        assert_eq!(changed.collect::<Vec<_>>(), [&RuleId::DescentSpike]);
    }
}
