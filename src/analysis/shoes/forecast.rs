//! When a pair reaches a limit: between which dates, at its use of the last eight weeks.
//!
//! ```text
//! weekly  = metres of the last eight blocks of seven days that lie in the pair's days
//! days    = limit − distance, divided by the upper (early date) and the lower quartile (late date) of weekly, × 7
//! ```
//! Nothing is told of a retired pair, of less than four weeks of use, below 1 km a week, or more than three years ahead.

use chrono::NaiveDate;

use crate::{activity::Activity, dates, settings::ShoeSettings};

/// Weeks that the forecast looks back.
const FORECAST_WEEKS: u64 = 8;
/// Weeks of use that a forecast needs at least.
const FORECAST_MIN_WEEKS: usize = 4;
/// Less than this a week is not enough use to say anything.
const FORECAST_MIN_WEEKLY_M: f64 = 1_000.0;
/// A limit further away than this is not forecast.
const FORECAST_MAX_DAYS: f64 = 3.0 * 365.0;

/// Earliest and latest date of an event.
pub type DateRange = (NaiveDate, NaiveDate);

/// Metres of the last eight blocks of seven days, as far as the pair was in use; none once it is retired.
pub(super) fn recent_weekly_distances(
    settings: &ShoeSettings,
    runs: &[&Activity],
    as_of: NaiveDate,
) -> Vec<i64> {
    let first_use = settings.from.or_else(|| runs.first().map(|run| run.local_date()));
    let retired = settings.retired.is_some_and(|retired| retired <= as_of);
    let Some(first_use) = first_use.filter(|_| !retired) else { return Vec::new() };
    let blocks = (0..FORECAST_WEEKS).map(|week| {
        let last = dates::days_before(as_of, 7 * week);
        (dates::days_before(last, 6), last)
    });
    blocks
        .take_while(|(first, _)| *first >= first_use)
        .map(|(first, last)| {
            let inside = runs.iter().filter(|run| (first..=last).contains(&run.local_date()));
            inside.map(|run| run.whole_meters()).sum()
        })
        .collect()
}

/// Between which dates `remaining_m` more will have been run, by the quartiles of the weekly distances.
pub(super) fn forecast(remaining_m: i64, weekly_m: &[i64], as_of: NaiveDate) -> Option<DateRange> {
    if remaining_m <= 0 || weekly_m.len() < FORECAST_MIN_WEEKS {
        return None;
    }
    let mut sorted = weekly_m.to_vec();
    sorted.sort_unstable();
    let date_at = |weekly_m: f64| {
        let days = remaining_m as f64 / weekly_m * 7.0;
        (weekly_m >= FORECAST_MIN_WEEKLY_M && days <= FORECAST_MAX_DAYS)
            .then(|| dates::days_after(as_of, days.ceil() as u64))
    };
    Some((date_at(quantile(&sorted, 0.75))?, date_at(quantile(&sorted, 0.25))?))
}

/// The quantile of sorted values, linear between them (Hyndman and Fan's type 7).
fn quantile(sorted: &[i64], share: f64) -> f64 {
    let position = share * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[position.floor() as usize], sorted[position.ceil() as usize]);
    below as f64 + (above - below) as f64 * position.fract()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{analysis::testing::day, warning::ShoeKind};

    #[test]
    fn the_evidence_vector_of_430_km_at_28_km_a_week_gives_its_weeks() {
        // 52.803 / 28 = 1.89 weeks = 13.2 days; 374.672 / 28 = 13.38 weeks = 93.7 days
        let [start, end] = ShoeKind::Daily.customary_window().map(|limit| limit.meters);
        let reaches = |limit_m| forecast(limit_m - 430_000, &[28_000; 8], day("2026-01-01"));
        assert_eq!(reaches(start), Some((day("2026-01-15"), day("2026-01-15"))));
        assert_eq!(reaches(end), Some((day("2026-04-05"), day("2026-04-05"))));
    }

    #[test]
    fn the_early_date_comes_from_the_upper_quartile_and_the_late_one_from_the_lower() {
        let reaches = |weekly_m: &[i64]| forecast(100_000, weekly_m, day("2026-01-01"));
        // sorted 10, 20, 30, 40: quartiles 17.5 and 32.5; 100 / 32.5 × 7 = 21.5; 100 / 17.5 × 7 = 40
        assert_eq!(reaches(&[40_000, 10_000, 30_000, 20_000]), Some((day("2026-01-23"), day("2026-02-10"))));
        assert_eq!(reaches(&[999; 8]), None, "less than 1 km a week");
        assert_eq!(reaches(&[30_000, 30_000, 0, 0, 0, 0]), None, "the late date cannot be told");
        assert_eq!(reaches(&[30_000; 3]), None, "three weeks");
    }
}
