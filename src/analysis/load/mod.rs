//! Training load: how much a run was, by heart rate, by the runner's own rating, or by its minutes.
//!
//! For the charts and tables only; no warning ever comes of it.
//!
//! ```text
//! trimp       = Σ minutes × x × a × e^(b × x),  x = (rate − resting) / (max − resting), held within 0 and 1
//!               women  a 0.86, b 1.67      men  a 0.64, b 1.92      unknown  a 0.725215, b 1.795
//! session-rpe = minutes × rating from 0 to 10
//! minutes     = minutes
//! ```
//!
//! The sum goes over every heart rate of the track where those last for at least 80 % of the watch's time, and is scaled
//! to that time; else the average stands for the whole time, which reads a little lower. Without both rates in the
//! settings there is no trimp: 220 minus age can miss by ten beats and more.
//!
//! Source: Banister 1991 (Physiological Testing of the High-Performance Athlete) with the constants of Green and Morton;
//! those of an unknown sex are Runalyze's, which lie between. Session-RPE: Foster 1998, Med Sci Sports Exerc 30:1164.
//! Evidence grade for injury: D, or X where it is turned into a zone. A knee does not feel heartbeats.

pub mod moving;
pub mod others;
pub mod series;
pub mod weekly;

use crate::{
    activity::{Activity, HeartRateTimes},
    settings::{AthleteSettings, Sex},
};

/// Heart rates for less than this share of a run's time do not speak for the whole of it. (Our choice.)
const COVERED_SHARE: f64 = 0.8;

/// What a load counts. Numbers of different measures are never compared or added, but for the first two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Banister's training impulse, summed over the heart rates of the track.
    Trimp,
    /// The same from the average heart rate alone.
    TrimpFromAverage,
    /// Minutes times the runner's own rating.
    SessionRpe,
    /// Minutes.
    Minutes,
}

impl Measure {
    /// The name in CSV and JSON: `trimp`, `trimp-from-average`, `session-rpe`, `minutes`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Trimp => "trimp",
            Self::TrimpFromAverage => "trimp-from-average",
            Self::SessionRpe => "session-rpe",
            Self::Minutes => "minutes",
        }
    }

    /// The name for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Trimp => "TRIMP from heart rate",
            Self::TrimpFromAverage => "TRIMP from the average heart rate",
            Self::SessionRpe => "minutes × your rating (session RPE)",
            Self::Minutes => "minutes of running",
        }
    }
}

/// The load of one run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrainingLoad {
    /// How much, in the measure's own unit; finite and never negative.
    pub value: f64,
    /// What it counts.
    pub measure: Measure,
}

/// The load of one run by every measure that it allows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RunLoads {
    /// By heart rate: [`Measure::Trimp`] or [`Measure::TrimpFromAverage`].
    pub trimp: Option<TrainingLoad>,
    /// By the runner's own rating.
    pub session_rpe: Option<f64>,
    /// Minutes of moving time, else of elapsed time.
    pub minutes: Option<f64>,
}

impl RunLoads {
    /// The loads of an activity, whatever else was run.
    #[must_use]
    pub fn of(run: &Activity, athlete: &AthleteSettings) -> Self {
        let minutes = minutes(run);
        let rpe = run.session_rpe.filter(|rpe| (0.0..=10.0).contains(rpe));
        Self {
            trimp: HeartRateFormula::of(athlete).and_then(|formula| trimp(run, formula)),
            session_rpe: minutes.zip(rpe).map(|(minutes, rpe)| minutes * rpe),
            minutes,
        }
    }

    /// By heart rate, else by the rating, else in minutes; `None` where not even its time is known.
    #[must_use]
    pub fn best(&self) -> Option<TrainingLoad> {
        [Measure::Trimp, Measure::SessionRpe, Measure::Minutes].into_iter().find_map(|m| self.by(m))
    }

    /// By one measure; heart rates and their average are one.
    #[must_use]
    pub fn by(&self, measure: Measure) -> Option<TrainingLoad> {
        let counted = |value: Option<f64>| value.map(|value| TrainingLoad { value, measure });
        match measure {
            Measure::Trimp | Measure::TrimpFromAverage => self.trimp,
            Measure::SessionRpe => counted(self.session_rpe),
            Measure::Minutes => counted(self.minutes),
        }
    }
}

/// Minutes of a run: with the watch running, else moving, else from start to stop.
fn minutes(run: &Activity) -> Option<f64> {
    let seconds = run.moving_time_s.or(run.timer_time_s).or(run.elapsed_time_s);
    seconds.filter(|seconds| seconds.is_finite() && *seconds > 0.0).map(|seconds| seconds / 60.0)
}

/// Banister's formula for one runner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeartRateFormula {
    /// The highest heart rate, in beats per minute.
    pub max_bpm: f64,
    /// The heart rate at rest, in beats per minute.
    pub resting_bpm: f64,
    /// The factor.
    pub a: f64,
    /// The exponent's factor.
    pub b: f64,
}

impl HeartRateFormula {
    /// The formula, if the settings name both heart rates.
    #[must_use]
    pub fn of(athlete: &AthleteSettings) -> Option<Self> {
        let (max_bpm, resting_bpm) = athlete.max_heart_rate_bpm.zip(athlete.resting_heart_rate_bpm)?;
        let (a, b) = constants(athlete.sex);
        (resting_bpm < max_bpm).then(|| Self {
            max_bpm: f64::from(max_bpm),
            resting_bpm: f64::from(resting_bpm),
            a,
            b,
        })
    }

    /// The load of a minute at so many beats.
    #[must_use]
    pub fn per_minute(&self, bpm: f64) -> f64 {
        let x = ((bpm - self.resting_bpm) / (self.max_bpm - self.resting_bpm)).clamp(0.0, 1.0);
        x * self.a * (self.b * x).exp()
    }
}

/// The two constants: Banister's, or Runalyze's for a runner who does not say.
fn constants(sex: Option<Sex>) -> (f64, f64) {
    match sex {
        Some(Sex::Female) => (0.86, 1.67),
        Some(Sex::Male) => (0.64, 1.92),
        None => (0.725_215, 1.795),
    }
}

/// Banister's training impulse of a run.
fn trimp(run: &Activity, formula: HeartRateFormula) -> Option<TrainingLoad> {
    let minutes = trimp_minutes(run)?;
    let (per_minute, measure) = if is_covered(&run.heart_rate_times, minutes) {
        (mean_per_minute(&run.heart_rate_times, formula)?, Measure::Trimp)
    } else {
        let bpm = run.average_heart_rate_bpm.filter(|bpm| bpm.is_finite() && *bpm > 0.0)?;
        (formula.per_minute(bpm), Measure::TrimpFromAverage)
    };
    Some(TrainingLoad { value: minutes * per_minute, measure })
}

/// The time that the heart is counted over: the watch's own, else all that has a heart rate, standing included.
fn trimp_minutes(run: &Activity) -> Option<f64> {
    let timer = run.timer_time_s.filter(|seconds| seconds.is_finite() && *seconds > 0.0);
    let beating = run.heart_rate_times.total_s() as f64 / 60.0;
    match timer {
        Some(seconds) => Some(seconds / 60.0),
        None => Some(minutes(run).unwrap_or_default().max(beating)).filter(|minutes| *minutes > 0.0),
    }
}

fn is_covered(times: &HeartRateTimes, minutes: f64) -> bool {
    let covered = times.total_s() as f64 / 60.0;
    covered > 0.0 && covered >= COVERED_SHARE * minutes
}

fn mean_per_minute(times: &HeartRateTimes, formula: HeartRateFormula) -> Option<f64> {
    let total_s = Some(times.total_s() as f64).filter(|seconds| *seconds > 0.0)?;
    let sum: f64 =
        times.iter().map(|(bpm, seconds)| f64::from(seconds) * formula.per_minute(f64::from(bpm))).sum();
    Some(sum / total_s)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::run;

    fn athlete(sex: Option<Sex>) -> AthleteSettings {
        AthleteSettings {
            max_heart_rate_bpm: Some(190),
            resting_heart_rate_bpm: Some(60),
            sex,
            birth_year: None,
        }
    }

    /// So many minutes at each heart rate.
    fn times(rates: &[(u8, u64)]) -> HeartRateTimes {
        let mut held_ms = [0; 256];
        rates.iter().for_each(|&(bpm, minutes)| held_ms[usize::from(bpm)] = 60_000 * minutes);
        HeartRateTimes::from_milliseconds(&held_ms)
    }

    /// An hour's run with these minutes at each heart rate.
    fn hour(rates: &[(u8, u64)]) -> Activity {
        Activity { heart_rate_times: times(rates), ..run("2026-03-01T08:00:00+01:00", 10_000, 60) }
    }

    fn trimp_of(run: &Activity, sex: Option<Sex>) -> TrainingLoad {
        RunLoads::of(run, &athlete(sex)).trimp.unwrap()
    }

    #[test]
    fn an_hour_at_150_between_60_and_190_is_what_the_literature_gives() {
        for (sex, expected) in [(Some(Sex::Male), 100.44), (Some(Sex::Female), 113.52), (None, 104.38)] {
            let load = trimp_of(&hour(&[(150, 60)]), sex);
            assert!((load.value - expected).abs() < 0.006, "{sex:?}: {}", load.value);
            assert_eq!(load.measure, Measure::Trimp);
        }
    }

    #[test]
    fn heart_rates_are_summed_one_by_one_so_that_hard_minutes_count_for_more_than_their_average() {
        let even = trimp_of(&hour(&[(150, 60)]), None).value;
        let hard_and_easy = trimp_of(&hour(&[(120, 30), (180, 30)]), None).value;
        assert!(hard_and_easy > 1.1 * even, "{hard_and_easy} {even}");
        let halves = trimp_of(&hour(&[(120, 60)]), None).value + trimp_of(&hour(&[(180, 60)]), None).value;
        assert!((hard_and_easy - halves / 2.0).abs() < 1e-9);
    }

    #[test]
    fn below_rest_counts_nothing_and_above_the_maximum_counts_as_the_maximum() {
        assert_eq!(trimp_of(&hour(&[(50, 60)]), None).value, 0.0);
        assert_eq!(trimp_of(&hour(&[(60, 60)]), None).value, 0.0);
        assert_eq!(trimp_of(&hour(&[(220, 60)]), None), trimp_of(&hour(&[(190, 60)]), None));
    }

    #[test]
    fn heart_rates_for_80_per_cent_of_the_time_stand_for_all_of_it_and_for_less_the_average_does() {
        let whole = trimp_of(&hour(&[(150, 60)]), None).value;
        let covered = trimp_of(&hour(&[(150, 48)]), None);
        assert!((covered.value - whole).abs() < 1e-9 && covered.measure == Measure::Trimp, "{covered:?}");
        let mut broken = hour(&[(150, 47)]);
        assert_eq!(RunLoads::of(&broken, &athlete(None)).trimp, None);
        broken.average_heart_rate_bpm = Some(150.0);
        let average = trimp_of(&broken, None);
        assert!((average.value - whole).abs() < 1e-9 && average.measure == Measure::TrimpFromAverage);
    }

    #[test]
    fn without_a_timer_the_heart_counts_while_standing_too() {
        let track = Activity { timer_time_s: None, moving_time_s: Some(2_700.0), ..hour(&[(150, 60)]) };
        assert!((trimp_of(&track, Some(Sex::Male)).value - 100.44).abs() < 0.006);
    }

    #[test]
    fn without_both_heart_rates_in_the_settings_there_is_no_trimp() {
        let one = AthleteSettings { max_heart_rate_bpm: Some(190), ..AthleteSettings::default() };
        let loads = RunLoads::of(&hour(&[(150, 60)]), &one);
        assert_eq!(loads.best(), Some(TrainingLoad { value: 60.0, measure: Measure::Minutes }));
    }

    #[test]
    fn the_best_measure_is_heart_rate_then_the_rating_then_minutes_then_nothing() {
        let mut run = hour(&[(150, 60)]);
        (run.timer_time_s, run.moving_time_s) = (Some(2_700.0), Some(2_700.0));
        run.session_rpe = Some(5.0);
        let best = |run: &Activity, athlete| RunLoads::of(run, &athlete).best();
        assert_eq!(best(&run, athlete(None)).map(|load| load.measure), Some(Measure::Trimp));
        let rated = best(&run, AthleteSettings::default());
        assert_eq!(rated, Some(TrainingLoad { value: 225.0, measure: Measure::SessionRpe }));
        run.session_rpe = None;
        let timed = best(&run, AthleteSettings::default());
        assert_eq!(timed, Some(TrainingLoad { value: 45.0, measure: Measure::Minutes }));
        (run.timer_time_s, run.moving_time_s, run.elapsed_time_s) = (None, None, None);
        assert_eq!(best(&run, AthleteSettings::default()), None);
    }
}
