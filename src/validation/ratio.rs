//! How much more often injury was reported in exposed time than in other time of the same runner.
//!
//! ```text
//! for each runner i with an injury: T1, T0 = exposed and other amount up to and with the first injury (runs, metres, days),
//!                                   x = 1 where the injury came in exposed time, T = T1 + T0
//! R = Σ x T0/T      S = Σ (1 − x) T1/T      ratio = R/S
//! var ln ratio = Σ T1 T0/T² / (R S)         interval = ratio · exp(±1.96 √var)
//! ```
//! Runners without an injury, and those with nothing at risk, add nothing.

use super::first_injury::Stratum;

/// Standard normal quantile of a two-sided 95 % interval.
pub const Z_95: f64 = 1.959_964;

/// One runner's part.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Part {
    /// Whether the injury came in exposed time.
    pub exposed: bool,
    /// T1.
    pub exposed_amount: f64,
    /// T0.
    pub other_amount: f64,
}

impl Part {
    /// The part of a runner for the exposure at a bit.
    #[must_use]
    pub fn of(stratum: &Stratum, bit: usize) -> Self {
        let is_exposed = |bits: u32| bits & (1 << bit) != 0;
        let sum = |exposed: bool| {
            let rows = stratum.at_risk.iter().filter(|(bits, _)| is_exposed(*bits) == exposed);
            rows.map(|(_, amount)| *amount).sum::<i64>() as f64
        };
        Self { exposed: is_exposed(stratum.at_injury), exposed_amount: sum(true), other_amount: sum(false) }
    }

    /// T1/T: how likely the injury is to come in exposed time if it comes at random; `None` with nothing at risk.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        let all = self.exposed_amount + self.other_amount;
        (all > 0.0).then(|| self.exposed_amount / all)
    }

    /// What it adds to R and to S.
    #[must_use]
    pub fn terms(self) -> (f64, f64) {
        match self.share() {
            Some(share) if self.exposed => (1.0 - share, 0.0),
            Some(share) => (0.0, share),
            None => (0.0, 0.0),
        }
    }
}

/// A ratio with its interval by formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// R/S.
    pub ratio: f64,
    /// Variance of its logarithm.
    pub variance_of_ln: f64,
    /// Lower bound of the 95 % interval.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// The ratio of all parts; `None` where no injury came in exposed time, or none in other time.
#[must_use]
pub fn ratio(parts: &[Part]) -> Option<Ratio> {
    let (r, s) = parts.iter().map(|part| part.terms()).fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
    if r <= 0.0 || s <= 0.0 {
        return None;
    }
    let spread: f64 = parts.iter().filter_map(|part| part.share()).map(|share| share * (1.0 - share)).sum();
    let variance_of_ln = spread / (r * s);
    let factor = (Z_95 * variance_of_ln.sqrt()).exp();
    Some(Ratio { ratio: r / s, variance_of_ln, low: r / s / factor, high: r / s * factor })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Five runners: whether the injury came in exposed time, exposed runs, other runs.
    pub(crate) const FIVE: [Part; 5] = [
        part(true, 10.0, 90.0),
        part(false, 5.0, 45.0),
        part(false, 20.0, 60.0),
        part(false, 0.0, 40.0),
        part(true, 0.0, 0.0),
    ];

    const fn part(exposed: bool, exposed_amount: f64, other_amount: f64) -> Part {
        Part { exposed, exposed_amount, other_amount }
    }

    #[test]
    fn five_runners_give_nine_tenths_by_seven_twentieths() {
        // R = 90/100, S = 5/50 + 20/80
        let terms = FIVE.map(Part::terms);
        let sum = |of: fn(&(f64, f64)) -> f64| terms.iter().map(of).sum::<f64>();
        assert!((sum(|t| t.0) - 0.9).abs() < 1e-12 && (sum(|t| t.1) - 0.35).abs() < 1e-12);
        let ratio = ratio(&FIVE).unwrap();
        let told =
            format!("{:.4} {:.5} {:.3} {:.2}", ratio.ratio, ratio.variance_of_ln, ratio.low, ratio.high);
        assert_eq!(told, "2.5714 1.16667 0.310 21.36");
    }

    #[test]
    fn a_runner_with_nothing_at_risk_adds_nothing() {
        assert_eq!(ratio(&FIVE[..4]), ratio(&FIVE));
    }

    #[test]
    fn injuries_in_other_time_only_give_no_ratio() {
        assert_eq!(ratio(&FIVE[1..4]), None);
        assert_eq!(ratio(&FIVE[..1]), None);
        assert_eq!(ratio(&[]), None);
    }

    #[test]
    fn amounts_are_added_up_by_the_bit_of_the_exposure() {
        let stratum =
            Stratum { at_injury: 0b10, at_risk: vec![(0b00, 70), (0b01, 20), (0b10, 6), (0b11, 4)] };
        assert_eq!(Part::of(&stratum, 0), part(false, 24.0, 76.0));
        assert_eq!(Part::of(&stratum, 1), part(true, 10.0, 90.0));
    }
}
