//! How many injuries it takes to see a ratio.
//!
//! ```text
//! p = share of exposed runs, r = ratio, p1 = r p / (1 + (r − 1) p)
//! n = (1.96 √(p (1 − p)) + 0.84 √(p1 (1 − p1)))² / (p1 − p)²
//! ```
//! So many that four of five groups would tell the ratio from 1, two-sided at 5 %.

use super::ratio::Z_95;

/// Standard normal quantile of four in five.
const Z_80: f64 = 0.841_621;
/// The ratio that a group should be able to see: that of the primary rule's first band.
pub const RATIO_TO_SEE: f64 = 1.64;

/// Injuries that it takes; `None` where nothing is exposed, or everything, or the ratio is 1.
#[must_use]
pub fn needed_injuries(share: f64, ratio: f64) -> Option<u32> {
    let with = ratio * share / (1.0 + (ratio - 1.0) * share);
    let apart = with - share;
    if !(share > 0.0 && share < 1.0 && ratio > 0.0) || apart == 0.0 {
        return None;
    }
    let spread = |share: f64| (share * (1.0 - share)).sqrt();
    let needed = ((Z_95 * spread(share) + Z_80 * spread(with)) / apart).powi(2).ceil();
    (needed < f64::from(u32::MAX)).then_some(needed as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_of_the_runs_exposed_takes_hundreds_of_injuries() {
        let tenth = [1.5, RATIO_TO_SEE, 2.28].map(|ratio| needed_injuries(0.10, ratio));
        assert_eq!(tenth, [Some(425), Some(272), Some(83)]);
        assert_eq!(needed_injuries(0.025, RATIO_TO_SEE), Some(944));
    }

    #[test]
    fn nothing_exposed_or_no_difference_takes_no_number() {
        assert_eq!([(0.0, 1.64), (1.0, 1.64), (0.1, 1.0)].map(|(p, r)| needed_injuries(p, r)), [None; 3]);
    }
}
