//! Alarms against injuries, for one runner and one rule.
//!
//! ```text
//! w            = 7 days
//! at risk      = days from H0 + 30 on, without those from the day after an injury up to and with the day of recovery
//!                (without one: to the end of the record)
//! alarm        = a warning of level caution or above on a day at risk
//! episode      = alarms less than w days apart
//! hit          = an injury on day t with an alarm in [t − w + 1, t]
//! on the day   = of these, with an alarm on t only: it came too late
//! miss         = any other injury on a day at risk
//! false alarm  = an episode without an injury in [its first alarm, its last alarm + w − 1]; one whose days are not over at the
//!                end of the record is neither false nor a hit yet
//! ```

use chrono::NaiveDate;

use super::{WINDOW_DAYS, days_at_risk::Days};
use crate::dates;

/// What one rule's alarms did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Injuries with an alarm in the seven days up to them.
    pub hits: u32,
    /// Of these, with alarms on the day of the injury only.
    pub hits_same_day: u32,
    /// Injuries without.
    pub misses: u32,
    /// Alarms less than seven days apart, taken together.
    pub episodes: u32,
    /// Episodes without an injury.
    pub false_alarms: u32,
    /// Days at risk with an alarm in the seven days up to them.
    pub alarm_days: u32,
}

/// Counts; `alarms` and `injuries` are those that count, by day.
pub(super) fn hits(alarms: &[NaiveDate], injuries: &[NaiveDate], days: &Days) -> Hits {
    let is_before = |alarm: &NaiveDate, injury: NaiveDate| {
        *alarm <= injury && *alarm >= dates::days_before(injury, WINDOW_DAYS - 1)
    };
    let mut counted = Hits::default();
    for injury in injuries {
        let before: Vec<NaiveDate> =
            alarms.iter().copied().filter(|alarm| is_before(alarm, *injury)).collect();
        counted.hits += u32::from(!before.is_empty());
        counted.misses += u32::from(before.is_empty());
        counted.hits_same_day += u32::from(before.iter().all(|alarm| alarm == injury) && !before.is_empty());
    }
    for episode in alarms.chunk_by(|one, next| (*next - *one).num_days() < WINDOW_DAYS as i64) {
        let to = dates::days_after(episode[episode.len() - 1], WINDOW_DAYS - 1);
        let is_hit = injuries.iter().any(|injury| (episode[0]..=to).contains(injury));
        counted.episodes += 1;
        counted.false_alarms += u32::from(!is_hit && days.is_known(to));
    }
    let covered = covered(alarms, days);
    counted.alarm_days = days.places().map(|at| u32::from(covered[at])).sum();
    counted
}

/// For every day of the record from the first that counts on, whether an alarm lies in the seven days up to it.
pub(super) fn covered(alarms: &[NaiveDate], days: &Days) -> Vec<bool> {
    let mut covered = vec![false; days.len()];
    for from in alarms.iter().filter_map(|alarm| days.at(*alarm)) {
        let to = (from + WINDOW_DAYS as usize).min(covered.len());
        covered[from..to].fill(true);
    }
    covered
}
