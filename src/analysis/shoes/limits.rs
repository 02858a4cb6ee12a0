//! The runs that took a pair into its window, to its end, and every 50 km beyond: each is told once.

use super::Shoe;
use crate::{activity::Activity, warning::Warning};

/// After the window's end a pair is told of again every so many metres.
const PAST_STEP_M: i64 = 50_000;

/// A warning for each limit that a run took the pair over.
pub(super) fn limits_passed(shoe: &Shoe, runs: &[&Activity]) -> Vec<Warning> {
    let window = shoe.settings.window;
    let mut warnings = Vec::new();
    let mut before_m = shoe.settings.prior_distance_m;
    for run in runs {
        let after_m = before_m + run.whole_meters();
        let steps_past = |meters: i64| (meters - window[1].meters).div_euclid(PAST_STEP_M).max(-1);
        let past = steps_past(after_m) > steps_past(before_m);
        let entered = before_m < window[0].meters && after_m >= window[0].meters;
        if past || entered {
            warnings.push(Warning::Shoe {
                run: run.id.clone(),
                date: run.local_date(),
                shoe: shoe.settings.name.clone(),
                distance_m: after_m,
                window,
                past,
                reaches_end: shoe.reaches_end.filter(|_| !past),
                retired: shoe.settings.retired,
            });
        }
        before_m = after_m;
    }
    warnings
}
