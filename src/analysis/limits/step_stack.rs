//! New longest runs: no second one that would be a step stack, and none after it.
//!
//! ```text
//! a new longest run of 3 km or more   its distance + 499 m to f + 6
//! the second within six days          its distance to f + 7, from 3 km and 500 m above the longest before on
//! ```
//! Told or not; not while rule 1 is silent after a break. In metres only: the distance of a run with walks says little.
//! Source: a limit that the authors of Frandsen 2025 name themselves; the days are a design choice (evidence grade D).

use super::{
    exposure::Exposure,
    past::{Effort, Past},
    source::{Because, Source},
};
use crate::dates;

/// Its name: that of the rule.
pub const NAME: &str = "step-stack";
/// The second new longest run lies at most so many days after the first.
pub const WITHIN_DAYS: u64 = 6;
/// For so many days the second one holds.
pub const HOLD_DAYS: u64 = 7;

/// What run `i` sets.
pub fn set(past: &Past, i: usize, found: &mut Vec<Source>) {
    let Some(effort) = past.efforts.get(i) else { return };
    let Some((amount, longest)) = new_longest(effort).filter(|_| past.exposure == Exposure::Metres) else {
        return;
    };
    if effort.silent {
        return;
    }
    let date = effort.date;
    let hold = |most: i64, days: u64, because| Source {
        name: NAME,
        exposure: past.exposure,
        run: Some(past.exposure.rounded(most)),
        not_before: None,
        week_m: None,
        from: dates::days_after(date, 1),
        until: Some(dates::days_after(date, days)),
        raised: Some(date),
        because,
    };
    let earliest = dates::days_before(date, WITHIN_DAYS);
    let is_second = past.window(earliest, date, i).iter().any(|effort| new_longest(effort).is_some());
    if is_second && past.exposure.is_telling(amount, longest) {
        found.push(hold(amount, HOLD_DAYS, Because::SecondLongest { date, amount }));
    }
    // a metre less than what would be told
    let next = (amount + past.exposure.smallest_step()).max(past.exposure.shortest()) - 1;
    found.push(hold(next, WITHIN_DAYS, Because::NewLongest { date, amount }));
}

fn new_longest(effort: &Effort) -> Option<(i64, i64)> {
    effort.compared().filter(|(amount, longest)| effort.can_be_longest && amount > longest)
}
