//! Acute and chronic load: a daily average that forgets, over about one and about six weeks.
//!
//! ```text
//! A += (x − A) / 7      C += (x − C) / 42      x: the day's load, 0 on a day without a run in your files
//! ```
//!
//! Three recursions are in use that differ by up to a third; the first is drawn, and the legend names it. All start at 0:
//! after the first 42 days the chronic load has come 64 % of its way.
//!
//! Source: TrainingPeaks and Suunto (1/n), GoldenCheetah and intervals.icu (e^(−1/n)), Runalyze (2/(n+1)).
//! Evidence grade for injury: D. A moving average is not fitness.

/// Days that the acute load looks back, roughly.
pub const ACUTE_DAYS: u32 = 7;
/// Days that the chronic load looks back, roughly; so long it warms up.
pub const CHRONIC_DAYS: u32 = 42;

/// How much of the way from the old average to the new day's load is gone in a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recursion {
    /// 1 / n.
    OneOverN,
    /// 1 − e^(−1/n).
    Exponential,
    /// 2 / (n + 1).
    TwoOverNPlusOne,
}

impl Recursion {
    /// The one that is drawn.
    pub const DRAWN: Self = Self::OneOverN;

    /// The share for `days`.
    #[must_use]
    pub fn gain(self, days: u32) -> f64 {
        let n = f64::from(days);
        match self {
            Self::OneOverN => 1.0 / n,
            Self::Exponential => 1.0 - (-1.0 / n).exp(),
            Self::TwoOverNPlusOne => 2.0 / (n + 1.0),
        }
    }

    /// The average after each day, from `seed` before the first one.
    pub fn averages(self, days: u32, seed: f64, loads: &[f64]) -> Vec<f64> {
        let gain = self.gain(days);
        let step = |average: &mut f64, load: &f64| {
            *average += gain * (load - *average);
            Some(*average)
        };
        loads.iter().scan(seed, step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Recursion; 3] = [Recursion::OneOverN, Recursion::Exponential, Recursion::TwoOverNPlusOne];

    fn near(value: f64, expected: f64) -> bool {
        (value - expected).abs() < 0.006
    }

    #[test]
    fn a_hundred_a_day_for_42_days_from_nothing() {
        for (recursion, (chronic, acute)) in
            ALL.into_iter().zip([(63.65, 99.85), (63.21, 99.75), (86.47, 100.0)])
        {
            let last = |days| recursion.averages(days, 0.0, &[100.0; 42])[41];
            assert!(near(last(CHRONIC_DAYS), chronic), "{recursion:?}: {}", last(CHRONIC_DAYS));
            assert!(near(last(ACUTE_DAYS), acute), "{recursion:?}: {}", last(ACUTE_DAYS));
        }
    }

    #[test]
    fn a_week_of_changing_loads_from_forty() {
        let loads = [50.0, 0.0, 80.0, 60.0, 0.0, 120.0, 0.0];
        let chronic = [
            [40.24, 39.28, 40.25, 40.72, 39.75, 41.66, 40.67],
            [40.24, 39.29, 40.25, 40.71, 39.75, 41.64, 40.66],
            [40.47, 38.58, 40.51, 41.42, 39.49, 43.23, 41.22],
        ];
        let acute = [
            [41.43, 35.51, 41.87, 44.46, 38.11, 49.80, 42.69],
            [41.33, 35.83, 41.71, 44.14, 38.27, 49.15, 42.61],
            [42.50, 31.88, 43.91, 47.93, 35.95, 56.96, 42.72],
        ];
        for (index, recursion) in ALL.into_iter().enumerate() {
            for (days, expected) in [(CHRONIC_DAYS, chronic[index]), (ACUTE_DAYS, acute[index])] {
                let averages = recursion.averages(days, 40.0, &loads);
                for (average, expected) in averages.into_iter().zip(expected) {
                    assert!(
                        near(average, expected),
                        "{recursion:?} over {days} days: {average}, not {expected}"
                    );
                }
            }
        }
    }

    #[test]
    fn fifty_fade_without_a_run() {
        for (recursion, days, expected) in [
            (Recursion::OneOverN, 14, 35.68),
            (Recursion::Exponential, 14, 35.83),
            (Recursion::OneOverN, 30, 24.27),
            (Recursion::Exponential, 30, 24.48),
        ] {
            let left = recursion.averages(CHRONIC_DAYS, 50.0, &[0.0; 30])[days - 1];
            assert!(near(left, expected), "{recursion:?} after {days} days: {left}");
        }
    }

    #[test]
    fn a_rest_day_never_raises_the_acute_load_and_twice_the_load_is_twice_the_average() {
        let loads = [30.0, 0.0, 55.0, 0.0, 0.0, 90.0];
        let double: Vec<f64> = loads.iter().map(|load| 2.0 * load).collect();
        for recursion in ALL {
            let averages = recursion.averages(ACUTE_DAYS, 0.0, &loads);
            assert!(
                averages.windows(2).zip(&loads[1..]).all(|(pair, load)| *load > 0.0 || pair[1] <= pair[0])
            );
            let doubled = recursion.averages(ACUTE_DAYS, 0.0, &double);
            assert!(averages.iter().zip(&doubled).all(|(one, two)| (2.0 * one - two).abs() < 1e-9));
        }
    }
}
