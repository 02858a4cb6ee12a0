//! A row of the table: one exposure on one time scale.

use super::{Scale, Verdict};

/// What the alarms of one rule did in a group, and how often injuries were reported in exposed time on one scale. What is
/// counted against injuries is the same in the rows of all three scales, and `None` where the exposure is "this run was a
/// spike": that is no alarm.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidationRow {
    /// The id of the rule.
    pub rule: String,
    /// Days that an alarm counts for; 0: the run itself was a spike.
    pub window_d: u32,
    /// What rates are counted in.
    pub scale: Scale,
    /// Overuse injuries on days at risk.
    pub injuries: Option<u32>,
    /// Of these, with an alarm in the window.
    pub hits: Option<u32>,
    /// Of these, with alarms on the day of the injury only.
    pub hits_same_day: Option<u32>,
    /// Injuries without an alarm in the window.
    pub misses: Option<u32>,
    /// Injuries on days that do not count.
    pub not_evaluable: u32,
    /// Alarms less than a window apart, taken together.
    pub episodes: Option<u32>,
    /// Episodes without an injury.
    pub false_alarms: Option<u32>,
    /// Days at risk, in years of 365.25.
    pub years_at_risk: f64,
    /// Share of days at risk with an alarm in the window.
    pub share_alarm: Option<f64>,
    /// Hits by injuries, and its bounds.
    pub sensitivity: Option<(f64, f64, f64)>,
    /// Hits of alarms that know nothing: `share_alarm` of the injuries.
    pub expected_hits: Option<f64>,
    /// Hits by those.
    pub lift: Option<f64>,
    /// False alarms a year at risk.
    pub false_per_year: Option<f64>,
    /// First injuries that the ratio rests on.
    pub rr_injuries: u32,
    /// The ratio within runners and its bounds by formula; `None` below 20 injuries.
    pub rr: Option<(f64, f64, f64)>,
    /// Its bounds by drawing runners again.
    pub rr_boot: Option<(f64, f64)>,
    /// How often chance goes as far, for this rule alone.
    pub p_null: Option<f64>,
    /// The same for the rule that chance takes farthest.
    pub p_null_max: Option<f64>,
    /// Mean distance of exposed by that of other runs.
    pub km_ratio: Option<f64>,
    /// First injuries that it takes to see a ratio of 1.64 in four of five groups, by the share of exposed runs.
    pub injuries_needed: Option<u32>,
    /// What can be said, of all three scales together.
    pub verdict: Verdict,
}
