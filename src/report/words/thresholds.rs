//! The runner's own thresholds in words.

use crate::warning::{RuleId, thresholds::Thresholds};

impl Thresholds {
    /// What a rule judges by beside what it does unless set; `None` where both are the same.
    #[must_use]
    pub fn told(self, rule: RuleId) -> Option<String> {
        let usual = Self::default();
        let text = match rule {
            RuleId::LongRunSpike => format!(
                "Your own threshold is {} %, the studied one {} %.",
                self.long_run_spike_percent, usual.long_run_spike_percent
            ),
            RuleId::WeeklyJump => format!(
                "Your own threshold is {} %, the studied one {} %.",
                self.weekly_jump_percent, usual.weekly_jump_percent
            ),
            RuleId::NoRest => format!(
                "Your own threshold is {} days in a row, the usual one {}; no study has either.",
                self.no_rest_days, usual.no_rest_days
            ),
            RuleId::DescentSpike => format!(
                "Your own threshold is {} % and {} m, the usual one {} % and {} m; no study has either.",
                self.descent_spike_percent,
                self.descent_spike_min_m,
                usual.descent_spike_percent,
                usual.descent_spike_min_m
            ),
            RuleId::AcuteChronic => {
                format!("Your own definition is {}.", self.acute_chronic_definition.title())
            }
            _ => return None,
        };
        self.is_own(rule).then_some(text)
    }
}
