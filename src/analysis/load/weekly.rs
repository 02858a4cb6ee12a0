//! A week's load, how even it was, and its days without a run.
//!
//! ```text
//! monotony = mean / standard deviation of the seven days' loads (over all 7, not 6), at most 10
//! strain   = load of the week × monotony
//! ```
//!
//! With two days off monotony cannot pass 1.58: a high one says "at most one day off" in other words, which is why the
//! days without a run stand beside it. It is undefined in a week without a run and in one that is not over.
//!
//! Source: Foster 1998, Med Sci Sports Exerc 30:1164, in 25 athletes, with colds as the outcome; the cap is Runalyze's.
//! Evidence grade for injury: D.

use chrono::NaiveDate;

use super::series::{LoadDay, LoadSeries};
use crate::{
    dates,
    table::{DayRow, WeekRow},
};

/// Even the evenest week is not more monotonous than this.
const MOST_MONOTONY: f64 = 10.0;
/// Days of a whole week.
const DAYS: usize = 7;

pub use crate::fields::WeekLoad;

/// The load of each of the days: 0 without a run, `None` where that of a run is not known.
#[must_use]
pub fn of_days(series: &LoadSeries, days: &[DayRow]) -> Vec<Option<f64>> {
    let known = |date: NaiveDate| {
        let at = series.days.binary_search_by_key(&date, |day| day.date).ok()?;
        series.days.get(at).filter(|day| day.is_whole).map(|day| day.load)
    };
    days.iter().map(|day| if day.runs == 0 { Some(0.0) } else { known(day.date) }).collect()
}

/// The weeks of a series. `days` and `weeks` are the rows of the tables, oldest first.
#[must_use]
pub fn weeks(series: &LoadSeries, days: &[DayRow], weeks: &[WeekRow]) -> Vec<WeekLoad> {
    weeks.iter().map(|week| week_load(series, week.week_start, days)).collect()
}

fn week_load(series: &LoadSeries, week_start: NaiveDate, days: &[DayRow]) -> WeekLoad {
    let next = dates::days_after(week_start, DAYS as u64);
    let inside = |date: NaiveDate| (week_start..next).contains(&date);
    let from = days.partition_point(|day| day.date < week_start);
    let to = days.partition_point(|day| day.date < next);
    let days = &days[from..to];
    let from = series.days.partition_point(|day| day.date < week_start);
    let known: Vec<&LoadDay> = series.days[from..].iter().take_while(|day| inside(day.date)).collect();
    let loads: Option<Vec<f64>> = of_days(series, days).into_iter().collect();
    let load = loads.as_ref().map(|loads| loads.iter().sum());
    let monotony = loads.and_then(|loads| monotony(&loads.try_into().ok()?));
    let end = known.last().filter(|day| !day.warming_up);
    let starts_whole = days.first().is_some_and(|day| day.date == week_start);
    WeekLoad {
        week_start,
        rest_days: starts_whole.then(|| days.iter().map(|day| u32::from(day.runs == 0)).sum()),
        load,
        acute: end.map(|day| day.acute),
        chronic: end.map(|day| day.chronic),
        monotony,
        strain: load.zip(monotony).map(|(load, monotony)| load * monotony),
    }
}

/// Mean by standard deviation of seven days; `None` where nothing was run.
#[must_use]
pub fn monotony(loads: &[f64; DAYS]) -> Option<f64> {
    let mean = loads.iter().sum::<f64>() / DAYS as f64;
    let variance = loads.iter().map(|load| (load - mean).powi(2)).sum::<f64>() / DAYS as f64;
    // equal days: the deviation is 0 or what rounding leaves of it
    (mean > 0.0).then(|| (mean / variance.sqrt()).min(MOST_MONOTONY))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        activity::Activity,
        analysis::{
            analyze,
            testing::{day, run},
        },
        settings::Settings,
    };

    #[test]
    fn monotony_and_strain_of_weeks_that_can_be_checked_by_hand() {
        for (loads, expected, strain) in [
            ([5.0, 15.0, 20.0, 20.0, 20.0, 25.0, 35.0], 2.3664, 331.3),
            ([0.0, 20.0, 10.0, 10.0, 10.0, 10.0, 10.0], 1.8708, 130.96),
            ([0.0, 6.0, 0.0, 8.0, 0.0, 0.0, 12.0], 0.8093, 21.04),
            ([0.0, 300.0, 0.0, 300.0, 0.0, 0.0, 600.0], 0.7845, 941.36),
            ([10.0, 12.0, 8.0, 11.0, 9.0, 10.0, 0.0], 2.318, 139.08),
            ([6.0; 7], 10.0, 420.0),
            ([0.1; 7], 10.0, 7.0),
        ] {
            let monotony = monotony(&loads).unwrap();
            assert!((monotony - expected).abs() < 0.0001, "{loads:?}: {monotony}");
            let sum: f64 = loads.iter().sum();
            assert!((sum * monotony - strain).abs() < 0.05, "{loads:?}: {}", sum * monotony);
        }
    }

    #[test]
    fn a_week_without_a_run_has_no_monotony() {
        assert_eq!(monotony(&[0.0; 7]), None);
    }

    #[test]
    fn equal_loads_on_five_days_come_to_the_square_root_of_five_halves() {
        let two_days_off = monotony(&[30.0, 30.0, 0.0, 30.0, 30.0, 0.0, 30.0]).unwrap();
        assert!((two_days_off - 2.5_f64.sqrt()).abs() < 1e-9);
    }

    /// The weeks of a runner who ran so many minutes on the days of 2026 from Monday, 2 March.
    fn weeks_of(minutes: &[i64], as_of: &str) -> Vec<WeekLoad> {
        let ran = minutes.iter().enumerate().filter(|(_, minutes)| **minutes > 0);
        let runs: Vec<Activity> = ran
            .map(|(n, minutes)| {
                run(
                    &format!("{}T08:00:00+01:00", dates::days_after(day("2026-03-02"), n as u64)),
                    5_000,
                    *minutes,
                )
            })
            .collect();
        analyze(&runs, &[], &Settings::default(), day(as_of)).unwrap().week_loads
    }

    #[test]
    fn a_week_tells_its_load_its_days_off_and_how_even_it_was() {
        let weeks = weeks_of(&[20, 0, 10, 10, 10, 10, 10], "2026-03-08");
        assert_eq!((weeks[0].load, weeks[0].rest_days), (Some(70.0), Some(1)));
        assert!((weeks[0].monotony.unwrap() - 1.8708).abs() < 0.0001);
        assert!((weeks[0].strain.unwrap() - 130.96).abs() < 0.01);
        assert_eq!((weeks[0].acute, weeks[0].chronic), (None, None), "it warms up for 42 days");
    }

    #[test]
    fn a_week_that_is_not_over_has_no_monotony_and_counts_its_days_off_so_far() {
        let weeks = weeks_of(&[20, 0, 10], "2026-03-05");
        assert_eq!((weeks[0].load, weeks[0].rest_days), (Some(30.0), Some(2)));
        assert_eq!((weeks[0].monotony, weeks[0].strain), (None, None));
    }

    #[test]
    fn a_first_week_that_is_not_whole_has_no_days_off_and_no_monotony() {
        let weeks = weeks_of(&[0, 0, 10, 10, 10, 10, 10, 10], "2026-03-15");
        assert_eq!((weeks[0].load, weeks[0].rest_days, weeks[0].monotony), (Some(50.0), None, None));
        assert_eq!((weeks[1].load, weeks[1].rest_days), (Some(10.0), Some(6)));
    }

    #[test]
    fn a_week_without_a_run_has_load_0_seven_days_off_and_no_monotony() {
        let weeks = weeks_of(&[10], "2026-03-15");
        assert_eq!((weeks[1].load, weeks[1].rest_days), (Some(0.0), Some(7)));
        assert_eq!((weeks[1].monotony, weeks[1].strain), (None, None));
    }

    #[test]
    fn averages_are_told_from_the_seventh_week_on() {
        let weeks = weeks_of(&[30; 60], "2026-04-30");
        assert_eq!(weeks[5].chronic, None);
        assert!((weeks[6].chronic.unwrap() - 30.0 * (1.0 - (41.0_f64 / 42.0).powi(49))).abs() < 1e-9);
    }
}
