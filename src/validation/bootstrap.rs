//! An interval of the ratio that believes no formula: runners drawn again, with replacement.
//!
//! Runners without an injury add nothing to a ratio, so those with one are drawn. One draw serves every exposure and scale.

use fastrand::Rng;

/// Draws for a table.
pub(super) const DRAWS: usize = 1_000;
/// The same draws every time.
const SEED: u64 = 1_600;

/// Bounds of the middle 95 % of the ratios, a column each; `None` where a bound is not finite. `terms` are what each runner
/// adds to R and S, a pair a column.
pub(super) fn intervals(terms: &[Vec<(f64, f64)>], columns: usize) -> Vec<Option<(f64, f64)>> {
    if terms.is_empty() {
        return vec![None; columns];
    }
    let mut chance = Rng::with_seed(SEED);
    let mut drawn: Vec<Vec<f64>> = vec![Vec::with_capacity(DRAWS); columns];
    for _ in 0..DRAWS {
        let mut sums = vec![(0.0, 0.0); columns];
        for _ in 0..terms.len() {
            for (sum, (r, s)) in sums.iter_mut().zip(&terms[chance.usize(..terms.len())]) {
                *sum = (sum.0 + r, sum.1 + s);
            }
        }
        drawn.iter_mut().zip(sums).for_each(|(ratios, (r, s))| ratios.push(r / s));
    }
    drawn.into_iter().map(middle).collect()
}

/// The percentiles 2.5 and 97.5; nothing by nothing counts as nothing known.
fn middle(mut ratios: Vec<f64>) -> Option<(f64, f64)> {
    if ratios.iter().any(|ratio| ratio.is_nan()) {
        return None;
    }
    ratios.sort_unstable_by(f64::total_cmp);
    let (low, high) = (ratios[ratios.len() / 40], ratios[ratios.len() - 1 - ratios.len() / 40]);
    high.is_finite().then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_thousand_leaves_25_out_on_either_side() {
        let thousand: Vec<f64> = (0..1_000).rev().map(f64::from).collect();
        assert_eq!(middle(thousand), Some((25.0, 974.0)));
    }

    #[test]
    fn runners_who_are_all_alike_leave_no_doubt() {
        let alike = vec![vec![(0.3, 0.1), (0.1, 0.1)]; 20];
        let rounded = |bound: f64| (bound * 1e9).round() / 1e9;
        let told: Vec<_> =
            intervals(&alike, 2).into_iter().flatten().map(|(a, b)| (rounded(a), rounded(b))).collect();
        assert_eq!(told, [(3.0, 3.0), (1.0, 1.0)]);
    }

    #[test]
    fn a_single_injury_in_exposed_time_is_left_out_of_many_draws_and_gives_a_bound_of_0() {
        let mut terms = vec![vec![(0.0, 0.2)]; 19];
        terms.push(vec![(0.8, 0.0)]);
        let (low, high) = intervals(&terms, 1)[0].unwrap();
        assert!(low == 0.0 && high > 0.2, "{low} {high}");
    }

    #[test]
    fn without_other_injuries_there_is_no_interval() {
        assert_eq!(intervals(&vec![vec![(0.8, 0.0)]; 20], 1), [None]);
        assert_eq!(intervals(&[], 2), [None, None]);
    }
}
