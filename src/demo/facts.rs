//! What the runs add up to: the numbers of the README, computed from the files' own distances.

use chrono::{Days, NaiveDate};

use super::Run;

/// The longest run from 30 days before a day to the day before it, in metres.
pub(super) fn longest_before_m(runs: &[Run], date: NaiveDate) -> Option<i64> {
    let window = date - Days::new(30)..date;
    runs.iter().filter(|run| window.contains(&run.date)).map(|run| run.distance_m).max()
}

/// The metres of the seven days that end with this one.
pub(super) fn seven_days_m(runs: &[Run], date: NaiveDate) -> i64 {
    let window = date - Days::new(6)..=date;
    runs.iter().filter(|run| window.contains(&run.date)).map(|run| run.distance_m).sum()
}

/// The best of the four blocks of seven days before the one that ends with this day, in metres.
pub(super) fn best_of_4_m(runs: &[Run], date: NaiveDate) -> i64 {
    (1..=4).map(|weeks| seven_days_m(runs, date - Days::new(7 * weeks))).max().unwrap_or(0)
}

/// The metres of a day.
pub(super) fn day_m(runs: &[Run], date: NaiveDate) -> i64 {
    runs.iter().filter(|run| run.date == date).map(|run| run.distance_m).sum()
}

/// How much more the first is than the second, in whole percent.
pub(super) fn percent_more(value_m: i64, base_m: i64) -> i64 {
    (100.0 * (value_m - base_m) as f64 / base_m as f64).round() as i64
}
