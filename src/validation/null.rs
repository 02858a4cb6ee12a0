//! How far chance alone takes an exposure: the injuries put on other runs (kilometres, days) of the same runners.
//!
//! ```text
//! p_i = T1/T of runner i      U = Σ (x_i − p_i)      sd = √ Σ p_i (1 − p_i)
//! a draw: for each runner one run at risk, each as likely as the next; x* = its exposures, of all rules at once
//! p     = (1 + #{|U*| ≥ |U|}) / (1 + draws)
//! p_max = (1 + #{largest |U*|/sd over the rules ≥ |U|/sd}) / (1 + draws)
//! ```
//! `p_max` pays for having looked at several rules. On the scale of kilometres a metre is drawn, of days a day.

use fastrand::Rng;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use super::{first_injury::Stratum, ratio::Part};

/// Draws for a table.
pub const DRAWS: u64 = 9_999;
/// The same draws every time.
const SEED: u64 = 16;
/// Sums of the same shares in another order.
const ROUNDING: f64 = 1e-9;

/// What chance says of one exposure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Null {
    /// Injuries in exposed time less those that chance would put there.
    pub u: f64,
    /// Standard deviation of `u` by chance.
    pub sd: f64,
    /// How often chance goes as far, for this exposure alone.
    pub p: f64,
    /// How often chance goes as far for the exposure that it takes farthest.
    pub p_max: f64,
}

/// An exposure before anything is drawn.
#[derive(Clone, Copy)]
struct Expected {
    shares: f64,
    u: f64,
    sd: f64,
}

/// One entry an exposure (bits from 0 on); `None` where chance cannot move it: no runner has exposed and other time.
#[must_use]
pub fn null(strata: &[Stratum], exposures: usize, draws: u64) -> Vec<Option<Null>> {
    let expected: Vec<Expected> = (0..exposures).map(|bit| expected(strata, bit)).collect();
    let at_risk: Vec<(u64, &Stratum)> =
        strata.iter().map(|stratum| (total(stratum), stratum)).filter(|(total, _)| *total > 0).collect();
    let mut seeds = Rng::with_seed(SEED);
    let seeds: Vec<u64> = (0..draws).map(|_| seeds.u64(..)).collect();
    let as_far = seeds
        .into_par_iter()
        .map(|seed| as_far(&drawn(&at_risk, exposures, seed), &expected))
        .reduce(|| vec![(0, 0); exposures], sum);
    let told = |(expected, (alone, largest)): (&Expected, (u64, u64))| {
        let p = |count: u64| (1 + count) as f64 / (1 + draws) as f64;
        (expected.sd > 0.0).then(|| Null { u: expected.u, sd: expected.sd, p: p(alone), p_max: p(largest) })
    };
    expected.iter().zip(as_far).map(told).collect()
}

fn expected(strata: &[Stratum], bit: usize) -> Expected {
    let parts = strata.iter().map(|stratum| Part::of(stratum, bit));
    let known: Vec<(bool, f64)> = parts.filter_map(|part| Some((part.exposed, part.share()?))).collect();
    let shares: f64 = known.iter().map(|(_, share)| share).sum();
    let injured = known.iter().filter(|(exposed, _)| *exposed).count() as f64;
    let variance: f64 = known.iter().map(|(_, share)| share * (1.0 - share)).sum();
    Expected { shares, u: injured - shares, sd: variance.sqrt() }
}

fn total(stratum: &Stratum) -> u64 {
    stratum.at_risk.iter().map(|(_, amount)| u64::try_from(*amount).unwrap_or(0)).sum()
}

/// Injuries in exposed time, an exposure each, if every runner's comes at random.
fn drawn(at_risk: &[(u64, &Stratum)], exposures: usize, seed: u64) -> Vec<u32> {
    let mut chance = Rng::with_seed(seed);
    let mut injured = vec![0; exposures];
    for (total, stratum) in at_risk {
        let mut left = chance.u64(..*total);
        let mut bits = 0;
        for (of_row, amount) in &stratum.at_risk {
            let amount = u64::try_from(*amount).unwrap_or(0);
            bits = *of_row;
            if left < amount {
                break;
            }
            left -= amount;
        }
        while bits != 0 {
            if let Some(count) = injured.get_mut(bits.trailing_zeros() as usize) {
                *count += 1;
            }
            bits &= bits - 1;
        }
    }
    injured
}

/// For each exposure whether a draw went as far, by itself and by its farthest exposure.
fn as_far(injured: &[u32], expected: &[Expected]) -> Vec<(u64, u64)> {
    let far = |(injured, expected): (&u32, &Expected)| (f64::from(*injured) - expected.shares).abs();
    let drawn: Vec<f64> = injured.iter().zip(expected).map(far).collect();
    let in_sd = |u: f64, sd: f64| if sd > 0.0 { u / sd } else { 0.0 };
    let farthest = drawn.iter().zip(expected).map(|(u, e)| in_sd(*u, e.sd)).fold(0.0, f64::max);
    let row = |(u, e): (&f64, &Expected)| {
        let is_as_far = *u >= e.u.abs() - ROUNDING;
        (u64::from(is_as_far), u64::from(farthest >= in_sd(e.u.abs(), e.sd) - ROUNDING))
    };
    drawn.iter().zip(expected).map(row).collect()
}

fn sum(mut a: Vec<(u64, u64)>, b: Vec<(u64, u64)>) -> Vec<(u64, u64)> {
    for (a, b) in a.iter_mut().zip(b) {
        *a = (a.0 + b.0, a.1 + b.1);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stratum(at_injury: u32, at_risk: &[(u32, i64)]) -> Stratum {
        Stratum { at_injury, at_risk: at_risk.to_vec() }
    }

    /// The five runners of the ratio's test.
    fn five() -> Vec<Stratum> {
        vec![
            stratum(1, &[(0, 90), (1, 10)]),
            stratum(0, &[(0, 45), (1, 5)]),
            stratum(0, &[(0, 60), (1, 20)]),
            stratum(0, &[(0, 40)]),
            stratum(1, &[]),
        ]
    }

    /// How often chance goes as far, by every outcome there is.
    fn exact(strata: &[Stratum]) -> (f64, f64) {
        let known: Vec<(bool, f64)> = strata
            .iter()
            .map(|stratum| Part::of(stratum, 0))
            .filter_map(|part| Some((part.exposed, part.share()?)))
            .collect();
        let u = |of: &dyn Fn(usize) -> bool| -> f64 {
            known.iter().enumerate().map(|(i, (_, share))| f64::from(u8::from(of(i))) - share).sum()
        };
        let seen = u(&|i| known[i].0);
        let likely = |outcome: usize| -> f64 {
            let of_one = |(i, (_, share)): (usize, &(bool, f64))| {
                if outcome & (1 << i) == 0 { 1.0 - share } else { *share }
            };
            known.iter().enumerate().map(of_one).product()
        };
        let as_far = |outcome: &usize| u(&|i| outcome & (1 << i) != 0).abs() >= seen.abs() - ROUNDING;
        (seen, (0..1 << known.len()).filter(as_far).map(likely).sum())
    }

    #[test]
    fn five_runners_come_as_far_by_chance_as_counted_over_every_outcome() {
        let (u, p) = exact(&five());
        assert_eq!(format!("{u:.4} {p:.4}"), "0.5500 0.3925");
        let drawn = null(&five(), 1, DRAWS)[0].unwrap();
        assert!((drawn.u - 0.55).abs() < 1e-12);
        // 9,999 draws scatter by √(0.3925 · 0.6075 / 9,999) = 0.0049
        assert!((drawn.p - p).abs() < 3.0 * 0.0049, "{drawn:?}");
        assert!((drawn.p - drawn.p_max).abs() < 1e-12, "one exposure pays for no other");
    }

    #[test]
    fn a_second_exposure_makes_the_largest_more_likely_and_leaves_the_first_as_it_was() {
        let with_second = |stratum: &Stratum| {
            let at_risk =
                stratum.at_risk.iter().flat_map(|(bits, n)| [(*bits, n / 5 * 4), (bits | 2, n / 5)]);
            Stratum { at_injury: stratum.at_injury, at_risk: at_risk.collect() }
        };
        let two: Vec<Stratum> = five().iter().map(with_second).collect();
        let told = null(&two, 2, DRAWS);
        let first = told[0].unwrap();
        assert!((first.p - 0.3925).abs() < 3.0 * 0.0049, "{first:?}");
        assert!(first.p_max > first.p + 0.05, "{first:?}");
    }

    #[test]
    fn the_same_draws_are_made_every_time_and_an_exposure_of_nobody_has_none() {
        let once = null(&five(), 2, 999);
        assert_eq!(once, null(&five(), 2, 999));
        assert_eq!(once[1], None);
    }
}
