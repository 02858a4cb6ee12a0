//! The hold after a spike: nothing run meanwhile raises the limit.
//!
//! ```text
//! above 30 %  1.00 × C to f + 14      C: highest credit of the 30 days before f + 1, the spike's own with it
//! smaller     1.10 × C to f + 7       (less by a stricter threshold of the runner's own, which is held from there on)
//! ```
//! Every run of at least 3 km and 500 m above the longest of the 30 days before it (running: ten and two minutes), told or
//! not; none while a break is blind. A design choice (evidence grade D).
//! Source: the bands of Frandsen 2025.

use super::{
    breaks,
    past::Past,
    source::{Because, Source},
};
use crate::{
    analysis::history::compare::{LOOK_BACK_DAYS, SMALL_PERCENT},
    dates,
};

/// Its name: that of the rule.
pub const NAME: &str = "long-run-spike";
/// A spike above the small ones is held for so many days, without a step up.
const BIG_DAYS: u64 = 14;
const SMALL_DAYS: u64 = 7;

/// For how many days a spike holds, above 30 % or not.
#[must_use]
pub fn hold_days(is_big: bool) -> u64 {
    if is_big { BIG_DAYS } else { SMALL_DAYS }
}

/// What run `i` sets.
pub fn set(past: &Past, i: usize, found: &mut Vec<Source>) {
    let Some(effort) = past.efforts.get(i) else { return };
    let Some((amount, longest)) = effort.compared() else { return };
    let date = effort.date;
    let is_spike = 100 * amount > past.percent * longest;
    if !is_spike || !past.exposure.is_telling(amount, longest) {
        return;
    }
    if breaks::is_blind(&breaks::breaks(past, date, i, true), date) {
        return;
    }
    let Some(counted) = past.most_credit(dates::days_before(date, LOOK_BACK_DAYS - 1), date, i + 1) else {
        return;
    };
    let is_big = 100 * amount > SMALL_PERCENT * longest;
    let percent = if is_big { 100 } else { past.percent };
    let most = past.exposure.rounded(percent * counted.credit / 100);
    found.push(Source {
        name: NAME,
        exposure: past.exposure,
        run: (most > 0).then_some(most),
        not_before: None,
        week_m: None,
        from: dates::days_after(date, 1),
        until: Some(dates::days_after(date, hold_days(is_big))),
        raised: Some(date),
        because: Because::Spike { date, amount, counted, percent },
    });
}
