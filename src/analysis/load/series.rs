//! Load day by day: one measure for all runs, the holes estimated and counted.
//!
//! ```text
//! measure  = the first of trimp, session-rpe, minutes that at least 80 % of the runs of the span have
//! estimate = minutes × median of load per minute over the last 28 runs before it that have the measure
//! ```
//!
//! A run knows nothing of later ones: before the first run with the measure there is no series, and what lies there is
//! left out and counted. Other sports count for nothing.
//!
//! Source: our own choice. Evidence grade for injury: D.

use std::collections::VecDeque;

use chrono::NaiveDate;

use super::{
    HeartRateFormula, Measure, RunLoads, TrainingLoad,
    moving::{ACUTE_DAYS, CHRONIC_DAYS, Recursion},
};
use crate::{activity::Activity, dates, settings::AthleteSettings};

/// So many runs of a hundred must have a measure for it to be taken.
pub const SHARE_PERCENT: usize = 80;
/// Runs that an estimate looks back at.
const ESTIMATED_FROM_RUNS: usize = 28;

/// The loads of all runs, by every measure.
#[derive(Clone, Debug)]
pub struct LoadHistory {
    runs: Vec<(NaiveDate, RunLoads)>,
    as_of: NaiveDate,
    counts_heart_rates: bool,
}

/// A day from the first with a load on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoadDay {
    /// The day.
    pub date: NaiveDate,
    /// The load of its runs, 0 without one.
    pub load: f64,
    /// Whether that holds all of its runs: one may have neither the measure nor minutes.
    pub is_whole: bool,
    /// The average that forgets within about a week.
    pub acute: f64,
    /// The average that forgets within about six weeks.
    pub chronic: f64,
    /// Whether both still start up from 0.
    pub warming_up: bool,
}

/// Loads day by day, with what stands behind them.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadSeries {
    /// What is counted: heart rate, rating or minutes.
    pub measure: Measure,
    /// Every day from the first run with a load to the day of the report; empty without one.
    pub days: Vec<LoadDay>,
    /// Where the numbers of the runs in the span come from.
    pub sources: Sources,
}

/// How many runs of a span have their load from where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// All runs.
    pub runs: usize,
    /// Of them from the average heart rate alone.
    pub from_average: usize,
    /// Of them estimated from their minutes.
    pub estimated: usize,
    /// Of them left out, as not even their time is known.
    pub untimed: usize,
    /// Of them left out, as no run before them has the measure.
    pub before_first: usize,
}

impl LoadHistory {
    /// The loads of `runs` (sorted by start) up to a day.
    #[must_use]
    pub fn new(runs: &[Activity], athlete: &AthleteSettings, as_of: NaiveDate) -> Self {
        let loads = runs.iter().map(|run| (run.local_date(), RunLoads::of(run, athlete)));
        let counts_heart_rates = HeartRateFormula::of(athlete).is_some();
        Self { runs: loads.collect(), as_of, counts_heart_rates }
    }

    /// Whether the settings tell enough for a load from heart rate.
    #[must_use]
    pub fn counts_heart_rates(&self) -> bool {
        self.counts_heart_rates
    }

    /// The load of a run by its own best measure, by the run's position in the import.
    #[must_use]
    pub fn best_of(&self, run: usize) -> Option<TrainingLoad> {
        self.runs.get(run)?.1.best()
    }

    /// The series of the measure that most runs from a day on have.
    #[must_use]
    pub fn series(&self, from: NaiveDate) -> LoadSeries {
        let span = &self.runs[self.runs.partition_point(|(date, _)| *date < from)..];
        self.series_of(measure_of(if span.is_empty() { &self.runs } else { span }), from)
    }

    /// The series of a measure; `from` only says which runs are counted in [`Sources`].
    #[must_use]
    pub fn series_of(&self, measure: Measure, from: NaiveDate) -> LoadSeries {
        let mut sources = Sources::default();
        let mut estimator = Estimator::default();
        let mut by_day: Vec<(NaiveDate, Option<f64>)> = Vec::new();
        for (date, loads) in &self.runs {
            let counted = estimator.load(loads, measure);
            if *date >= from {
                sources.add(&counted);
            }
            if !by_day.is_empty() || counted.value().is_some() {
                by_day.push((*date, counted.value()));
            }
        }
        LoadSeries { measure, days: days(&by_day, self.as_of), sources }
    }
}

/// The first measure that enough runs have.
fn measure_of(runs: &[(NaiveDate, RunLoads)]) -> Measure {
    let enough = |measure: &Measure| {
        let with = runs.iter().filter(|(_, loads)| loads.by(*measure).is_some()).count();
        100 * with >= SHARE_PERCENT * runs.len()
    };
    let mut better = [Measure::Trimp, Measure::SessionRpe].into_iter().filter(|_| !runs.is_empty());
    better.find(enough).unwrap_or(Measure::Minutes)
}

/// A run's load and where it comes from.
enum Counted {
    Measured(TrainingLoad),
    Estimated(f64),
    Untimed,
    BeforeFirst,
}

impl Counted {
    fn value(&self) -> Option<f64> {
        match self {
            Self::Measured(load) => Some(load.value),
            Self::Estimated(value) => Some(*value),
            Self::Untimed | Self::BeforeFirst => None,
        }
    }
}

impl Sources {
    fn add(&mut self, counted: &Counted) {
        self.runs += 1;
        match counted {
            Counted::Measured(load) if load.measure == Measure::TrimpFromAverage => self.from_average += 1,
            Counted::Measured(_) => {}
            Counted::Estimated(_) => self.estimated += 1,
            Counted::Untimed => self.untimed += 1,
            Counted::BeforeFirst => self.before_first += 1,
        }
    }

    /// How many runs have no load.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.untimed + self.before_first
    }
}

/// Loads per minute of the last runs that have the measure.
#[derive(Default)]
struct Estimator {
    per_minute: VecDeque<f64>,
}

impl Estimator {
    /// The load of the next run, which later ones may be estimated from.
    fn load(&mut self, loads: &RunLoads, measure: Measure) -> Counted {
        if let Some(load) = loads.by(measure) {
            self.per_minute.extend(loads.minutes.map(|minutes| load.value / minutes));
            if self.per_minute.len() > ESTIMATED_FROM_RUNS {
                self.per_minute.pop_front();
            }
            return Counted::Measured(load);
        }
        match (loads.minutes, self.median()) {
            (None, _) => Counted::Untimed,
            (Some(_), None) => Counted::BeforeFirst,
            (Some(minutes), Some(median)) => Counted::Estimated(minutes * median),
        }
    }

    fn median(&self) -> Option<f64> {
        let mut sorted: Vec<f64> = self.per_minute.iter().copied().collect();
        sorted.sort_by(f64::total_cmp);
        let upper = sorted.len() / 2;
        let lower = upper.checked_sub(usize::from(sorted.len().is_multiple_of(2)))?;
        Some((sorted.get(lower)? + sorted.get(upper)?) / 2.0)
    }
}

/// Every day from the first run's to `as_of`, with both averages. `runs` are sorted by date.
fn days(runs: &[(NaiveDate, Option<f64>)], as_of: NaiveDate) -> Vec<LoadDay> {
    let Some(&(first, _)) = runs.first() else { return Vec::new() };
    let mut rest = runs;
    let calendar = first.iter_days().take_while(|day| *day <= as_of);
    let mut days: Vec<LoadDay> = calendar
        .map(|date| {
            let (today, later) = rest.split_at(rest.partition_point(|(other, _)| *other <= date));
            rest = later;
            LoadDay {
                date,
                load: today.iter().filter_map(|(_, load)| *load).sum(),
                is_whole: today.iter().all(|(_, load)| load.is_some()),
                acute: 0.0,
                chronic: 0.0,
                warming_up: date < dates::days_after(first, u64::from(CHRONIC_DAYS)),
            }
        })
        .collect();
    let loads: Vec<f64> = days.iter().map(|day| day.load).collect();
    let acute = Recursion::DRAWN.averages(ACUTE_DAYS, 0.0, &loads);
    let chronic = Recursion::DRAWN.averages(CHRONIC_DAYS, 0.0, &loads);
    for (day, (acute, chronic)) in days.iter_mut().zip(acute.into_iter().zip(chronic)) {
        (day.acute, day.chronic) = (acute, chronic);
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{day, run};

    /// A run of so many minutes on the n-th day of March, with a rating if it is above 0.
    fn rated(n: u32, minutes: i64, rpe: f64) -> Activity {
        Activity {
            session_rpe: (rpe > 0.0).then_some(rpe),
            ..run(&format!("2026-03-{n:02}T08:00:00+01:00"), 10_000, minutes)
        }
    }

    fn history(runs: &[Activity]) -> LoadHistory {
        LoadHistory::new(runs, &AthleteSettings::default(), day("2026-03-31"))
    }

    #[test]
    fn a_measure_is_taken_if_80_per_cent_of_the_runs_have_it_and_not_at_79() {
        let runs = |with: u32, of: u32| -> Vec<Activity> {
            (1..=of).map(|n| rated(n, 30, if n <= with { 4.0 } else { 0.0 })).collect()
        };
        let measure = |with, of| history(&runs(with, of)).series(NaiveDate::MIN).measure;
        assert_eq!(
            [measure(4, 5), measure(8, 10), measure(15, 19)],
            [Measure::SessionRpe, Measure::SessionRpe, Measure::Minutes]
        );
    }

    #[test]
    fn only_the_runs_of_the_span_choose_the_measure_and_are_counted() {
        let mut runs: Vec<Activity> = (1..=10).map(|n| rated(n, 30, 0.0)).collect();
        runs.extend((11..=15).map(|n| rated(n, 30, 4.0)));
        assert_eq!(history(&runs).series(NaiveDate::MIN).measure, Measure::Minutes);
        let late = history(&runs).series(day("2026-03-10"));
        assert_eq!(late.measure, Measure::SessionRpe);
        assert_eq!(late.sources, Sources { runs: 6, before_first: 1, ..Sources::default() });
        assert_eq!(late.days[0].date, day("2026-03-11"));
    }

    #[test]
    fn a_run_without_the_measure_is_estimated_from_its_minutes_and_the_median_of_runs_before_it() {
        // 3, 5 and 4 a minute: the median is 4; the run after it is never asked
        let runs =
            [rated(1, 30, 3.0), rated(2, 60, 5.0), rated(3, 45, 4.0), rated(4, 50, 0.0), rated(5, 30, 9.0)];
        let series = history(&runs).series(NaiveDate::MIN);
        let loads: Vec<f64> = series.days[..5].iter().map(|day| day.load).collect();
        assert_eq!(loads, [90.0, 300.0, 180.0, 200.0, 270.0]);
        assert_eq!(series.sources, Sources { runs: 5, estimated: 1, ..Sources::default() });
        let two = history(&[rated(1, 30, 3.0), rated(2, 60, 5.0), rated(3, 10, 0.0)]);
        assert_eq!(two.series_of(Measure::SessionRpe, NaiveDate::MIN).days[2].load, 40.0);
    }

    #[test]
    fn an_estimate_looks_back_at_28_runs() {
        let mut runs: Vec<Activity> =
            (1..=28).map(|n| rated(n, 30, if n <= 14 { 2.0 } else { 4.0 })).collect();
        runs.push(rated(29, 10, 0.0));
        let on_29 = |runs: &[Activity]| history(runs).series(NaiveDate::MIN).days[28].load;
        assert_eq!(on_29(&runs), 30.0);
        runs.insert(28, rated(29, 30, 4.0));
        assert_eq!(on_29(&runs) - 120.0, 40.0);
    }

    #[test]
    fn days_without_a_run_count_0_and_two_runs_a_day_are_added() {
        let series =
            history(&[rated(1, 30, 0.0), rated(3, 30, 0.0), rated(3, 15, 0.0)]).series(NaiveDate::MIN);
        let loads: Vec<f64> = series.days[..4].iter().map(|day| day.load).collect();
        assert_eq!(loads, [30.0, 0.0, 45.0, 0.0]);
        assert_eq!((series.days.len(), series.measure), (31, Measure::Minutes));
        assert!((series.days[0].acute - 30.0 / 7.0).abs() < 1e-9);
        assert!((series.days[0].chronic - 30.0 / 42.0).abs() < 1e-9);
    }

    #[test]
    fn a_run_of_which_not_even_the_time_is_known_leaves_its_day_in_part_and_is_counted() {
        let mut untimed = rated(2, 30, 0.0);
        (untimed.moving_time_s, untimed.timer_time_s, untimed.elapsed_time_s) = (None, None, None);
        let series = history(&[rated(1, 30, 0.0), untimed.clone()]).series(NaiveDate::MIN);
        assert_eq!(
            series.days.iter().map(|day| day.is_whole).take(3).collect::<Vec<_>>(),
            [true, false, true]
        );
        assert_eq!((series.sources.untimed, series.sources.left_out()), (1, 1));
        assert_eq!(history(&[untimed]).series(NaiveDate::MIN).days, []);
        assert_eq!(history(&[]).series(NaiveDate::MIN).days, []);
    }

    #[test]
    fn the_first_42_days_warm_up() {
        let long = LoadHistory::new(&[rated(1, 30, 0.0)], &AthleteSettings::default(), day("2026-05-01"));
        let days = long.series(NaiveDate::MIN).days;
        assert_eq!([days[41].warming_up, days[42].warming_up], [true, false]);
    }
}
