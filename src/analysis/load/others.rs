//! The load of other sports, by the measure of the runs: what the chart of training load stacks on theirs.
//!
//! ```text
//! stacked = A of the runs + A of the other sports,  A += (load of the day − A) / 7
//! ```
//!
//! An activity without the measure (no heart rate, no rating) has no load and is counted as left out; nothing is estimated
//! from another sport. No warning and no limit asks this, and the chronic load is that of the runs alone.
//!
//! Source: our own choice. Evidence grade for injury: D.

use chrono::NaiveDate;

use super::{
    RunLoads,
    moving::{ACUTE_DAYS, Recursion},
    series::LoadSeries,
};
use crate::{
    activity::Activity,
    analysis::beside::time::{Counted, counted},
    settings::Settings,
};

const MINUTE_S: f64 = 60.0;

/// The loads of the activities of other sports that have a time, by date.
#[derive(Clone, Debug, Default)]
pub struct OtherLoads {
    loads: Vec<(NaiveDate, RunLoads)>,
}

/// The acute load of other sports on each day of a series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StackedLoad {
    /// In the order of the series' days; empty without any load.
    pub acute: Vec<f64>,
    /// Activities without the measure.
    pub left_out: usize,
}

impl OtherLoads {
    /// The loads of `others`; none where the settings do not want them drawn.
    #[must_use]
    pub fn new(others: &[Activity], settings: &Settings) -> Self {
        if !settings.charts.other_sports {
            return Self::default();
        }
        let load = |other: &Activity| {
            let Counted::Timed(_, seconds) = counted(other) else { return None };
            let minutes = Some(seconds as f64 / MINUTE_S);
            Some((other.local_date(), RunLoads { minutes, ..RunLoads::of(other, &settings.athlete) }))
        };
        let mut loads: Vec<_> = others.iter().filter_map(load).collect();
        loads.sort_by_key(|(date, _)| *date);
        Self { loads }
    }

    /// The acute load beside a series, from the series' first day on.
    #[must_use]
    pub fn beside(&self, series: &LoadSeries) -> StackedLoad {
        let mut stacked = StackedLoad::default();
        let mut of_days = vec![0.0; series.days.len()];
        let mut has_any = false;
        for (date, loads) in &self.loads {
            let Ok(at) = series.days.binary_search_by_key(date, |day| day.date) else { continue };
            match loads.by(series.measure) {
                Some(load) => {
                    of_days[at] += load.value;
                    has_any = true;
                }
                None => stacked.left_out += 1,
            }
        }
        if has_any {
            stacked.acute = Recursion::DRAWN.averages(ACUTE_DAYS, 0.0, &of_days);
        }
        stacked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        activity::OtherSport,
        analysis::{
            load::{Measure, series::LoadHistory},
            testing::{activity, day, run},
        },
    };

    fn ride(n: u32, minutes: i64) -> Activity {
        Activity {
            other_sport: Some(OtherSport::Ride),
            ..activity("cycling", &format!("2026-03-{n:02}T18:00:00+01:00"), 20_000, minutes)
        }
    }

    fn series(settings: &Settings) -> LoadSeries {
        let runs = [run("2026-03-02T08:00:00+01:00", 5_000, 30)];
        LoadHistory::new(&runs, &settings.athlete, day("2026-03-08")).series(NaiveDate::MIN)
    }

    #[test]
    fn seventy_minutes_of_riding_stack_ten_minutes_a_day_and_fade_by_a_seventh() {
        let settings = Settings::default();
        let stacked = OtherLoads::new(&[ride(3, 70)], &settings).beside(&series(&settings));
        let expected = [0.0, 10.0, 10.0 * 6.0 / 7.0];
        for (acute, expected) in stacked.acute.iter().zip(expected) {
            assert!((acute - expected).abs() < 1e-9, "{stacked:?}");
        }
        assert_eq!((stacked.acute.len(), stacked.left_out), (7, 0));
    }

    #[test]
    fn without_the_measure_of_the_runs_a_ride_is_left_out_and_before_the_first_run_there_is_no_series() {
        let settings = Settings::default();
        let rated = LoadSeries { measure: Measure::SessionRpe, ..series(&settings) };
        let stacked = OtherLoads::new(&[ride(1, 60), ride(3, 60)], &settings).beside(&rated);
        assert_eq!(stacked, StackedLoad { acute: Vec::new(), left_out: 1 });
    }

    #[test]
    fn settings_can_leave_other_sports_out() {
        let mut settings = Settings::default();
        settings.charts.other_sports = false;
        let stacked = OtherLoads::new(&[ride(3, 60)], &settings).beside(&series(&settings));
        assert_eq!(stacked, StackedLoad::default());
    }
}
