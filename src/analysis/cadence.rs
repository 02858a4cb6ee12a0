//! Steps a minute at the runner's usual easy speed, month by month: shown, and no rule asks it.
//!
//! ```text
//! speed = the quarter of a metre a second with the most running whose cadence is known, over the 365 days up to the newest such
//!         run; of equal ones the slower. One speed for all months, so that months compare.
//! run   = the median of its step rates at that speed, from 10 minutes at it on     (`import::track::cadence`)
//! month = the median of its runs, from 3 runs on; of an even number the mean of the middle two
//! ```
//! Left out and counted: treadmills, whose speed is the belt's; runs with more than 15 m of climb or descent a kilometre; runs
//! whose counts are neither strides nor steps; runs of which only an average is known, which counts walks and stops too. Most
//! minutes of most runners are easy ones, so the speed with the most is taken for the easy one: a choice of ours (grade D).
//! Source: Heiderscheit 2011, Lenhart 2014 (load on the knee in the laboratory, evidence grade C); as treatment Esculier 2018.

use chrono::{Datelike, NaiveDate};

use crate::{
    activity::{Activity, CadenceAt},
    dates,
    table::WeekRow,
};

/// Less time at the speed says nothing of a run, in seconds.
pub const LEAST_S: u16 = 600;
/// Fewer runs say nothing of a month, or of the time before a pain.
pub const LEAST_RUNS: usize = 3;
/// What was run within so many days before the newest run says which speed is usual.
const USUAL_DAYS: u64 = 365;
/// More climb or descent, in metres a kilometre, is no flat run.
const FLAT_M_PER_KM: f64 = 15.0;

/// The cadence of a history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cadence {
    /// The ends of the usual easy speed in metres a second; `None` where no run tells.
    pub band_m_s: Option<[f64; 2]>,
    /// Of each run, by position: its day, and its median steps a minute or why it has none.
    pub of_runs: Vec<(NaiveDate, Result<f64, LeftOut>)>,
    /// Months with runs enough, oldest first.
    pub months: Vec<Month>,
    /// The median of the runs of each week, in the order of the weeks.
    pub of_weeks: Vec<Option<f64>>,
}

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Month {
    /// Its first day.
    pub first: NaiveDate,
    /// Median steps of both feet a minute.
    pub median_spm: f64,
    /// Of so many runs.
    pub runs: usize,
}

/// Why a run has no cadence at the usual easy speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// Its speed is that of a belt.
    Treadmill,
    /// It has no cadence of moments, an average at most.
    NoCadence,
    /// Its counts are neither strides nor steps.
    Unclear,
    /// It is not flat.
    Hilly,
    /// It was run at that speed for less than ten minutes.
    OtherSpeed,
}

/// The cadence of runs, sorted by start, and of the weeks that hold them.
#[must_use]
pub fn cadence(runs: &[Activity], weeks: &[WeekRow]) -> Cadence {
    let Some(bin) = usual_bin(runs) else {
        let none = |run: &Activity| (run.local_date(), Err(refused(run).unwrap_or(LeftOut::Unclear)));
        return Cadence {
            of_runs: runs.iter().map(none).collect(),
            of_weeks: vec![None; weeks.len()],
            ..Cadence::default()
        };
    };
    let of_runs: Vec<_> = runs.iter().map(|run| (run.local_date(), at(run, bin))).collect();
    let known = known(&of_runs);
    let of_week =
        |week: &WeekRow| median_of(between(&known, week.week_start, dates::days_after(week.week_start, 6)));
    Cadence {
        band_m_s: Some(CadenceAt::band_m_s(bin)),
        months: months(&known),
        of_weeks: weeks.iter().map(of_week).collect(),
        of_runs,
    }
}

impl Cadence {
    /// The median of the runs between two days, both included, and their number; `None` with too few.
    #[must_use]
    pub fn between(&self, first: NaiveDate, last: NaiveDate) -> Option<(f64, usize)> {
        let known = known(&self.of_runs);
        let known = between(&known, first, last);
        median_of(known).filter(|_| known.len() >= LEAST_RUNS).map(|median| (median, known.len()))
    }

    /// Median steps a minute of a run, by its position.
    #[must_use]
    pub fn of_run(&self, run: usize) -> Option<f64> {
        self.of_runs.get(run).and_then(|(_, spm)| spm.ok())
    }

    /// How many runs were left out for a reason.
    #[must_use]
    pub fn left_out(&self, why: LeftOut) -> usize {
        self.of_runs.iter().filter(|(_, spm)| *spm == Err(why)).count()
    }
}

/// Why a run says nothing at any speed.
fn refused(run: &Activity) -> Option<LeftOut> {
    let per_km =
        |meters: Option<f64>| Some(meters? / (run.distance_m.filter(|meters| *meters > 0.0)? / 1000.0));
    let is_steep = |meters| per_km(meters).is_some_and(|per_km| per_km > FLAT_M_PER_KM);
    if run.is_on_treadmill() {
        Some(LeftOut::Treadmill)
    } else if run.cadence.is_empty() {
        Some(LeftOut::NoCadence)
    } else if is_steep(run.ascent_m) || is_steep(run.descent_m) {
        Some(LeftOut::Hilly)
    } else {
        None
    }
}

/// The speed with the most time at a known cadence.
fn usual_bin(runs: &[Activity]) -> Option<u8> {
    let says =
        |run: &&Activity| refused(run).is_none() && run.cadence.iter().any(|at| at.tenths_spm.is_some());
    let newest = runs.iter().filter(says).map(Activity::local_date).max()?;
    let first = dates::days_before(newest, USUAL_DAYS - 1);
    let mut seconds = [0_u64; u8::MAX as usize + 1];
    let lately = runs.iter().filter(says).filter(|run| run.local_date() >= first);
    for at in lately.flat_map(|run| &run.cadence).filter(|at| at.tenths_spm.is_some()) {
        seconds[usize::from(at.speed_bin)] += u64::from(at.seconds);
    }
    // of equal ones `max_by_key` takes the last: the slower
    (0..=u8::MAX).rev().max_by_key(|bin| seconds[usize::from(*bin)])
}

fn at(run: &Activity, bin: u8) -> Result<f64, LeftOut> {
    if let Some(why) = refused(run) {
        return Err(why);
    }
    let at = run.cadence.iter().find(|at| at.speed_bin == bin && at.seconds >= LEAST_S);
    at.ok_or(LeftOut::OtherSpeed)?.spm().ok_or(LeftOut::Unclear)
}

/// The runs with a cadence by local date: who flies west may run on the day before.
fn known(of_runs: &[(NaiveDate, Result<f64, LeftOut>)]) -> Vec<(NaiveDate, f64)> {
    let known = of_runs.iter().filter_map(|(date, spm)| Some((*date, spm.ok()?)));
    let mut known: Vec<(NaiveDate, f64)> = known.collect();
    known.sort_by_key(|(date, _)| *date);
    known
}

/// Those between two days, both included.
fn between(known: &[(NaiveDate, f64)], first: NaiveDate, last: NaiveDate) -> &[(NaiveDate, f64)] {
    let begin = known.partition_point(|(date, _)| *date < first);
    let end = known.partition_point(|(date, _)| *date <= last);
    known.get(begin..end).unwrap_or_default()
}

fn months(known: &[(NaiveDate, f64)]) -> Vec<Month> {
    let month = |runs: &[(NaiveDate, f64)]| {
        let first = runs.first()?.0.with_day(1)?;
        Some(Month { first, median_spm: median_of(runs)?, runs: runs.len() })
    };
    known
        .chunk_by(|(one, _), (next, _)| (one.year(), one.month()) == (next.year(), next.month()))
        .filter(|runs| runs.len() >= LEAST_RUNS)
        .filter_map(month)
        .collect()
}

fn median_of(runs: &[(NaiveDate, f64)]) -> Option<f64> {
    median(runs.iter().map(|(_, spm)| *spm).collect())
}

/// The middle value; of an even number the mean of the middle two.
fn median(mut sorted: Vec<f64>) -> Option<f64> {
    sorted.sort_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = *sorted.get(sorted.len().saturating_sub(1) / 2)?;
    Some((lower + upper) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        activity::Surface,
        analysis::testing::{day, run},
    };

    /// A flat run of 10 km on a day, with minutes and steps at some speeds.
    fn at_speeds(date: &str, speeds: &[(u8, u16, u16)]) -> Activity {
        let at = |&(speed_bin, minutes, spm): &(u8, u16, u16)| CadenceAt {
            speed_bin,
            seconds: 60 * minutes,
            tenths_spm: (spm > 0).then_some(10 * spm),
        };
        Activity {
            cadence: speeds.iter().map(at).collect(),
            ..run(&format!("{date}T08:00:00+01:00"), 10_000, 60)
        }
    }

    fn of(runs: &[Activity]) -> Cadence {
        cadence(runs, &[])
    }

    #[test]
    fn the_usual_speed_is_the_one_with_the_most_time_and_of_equal_ones_the_slower() {
        let runs = [
            at_speeds("2026-03-01", &[(11, 20, 164), (12, 15, 168)]),
            at_speeds("2026-03-03", &[(12, 10, 170)]),
        ];
        assert_eq!(of(&runs).band_m_s, Some([3.0, 3.25]));
        assert_eq!(of(&runs[..1]).band_m_s, Some([2.75, 3.0]));
        let equal = [at_speeds("2026-03-01", &[(11, 20, 164), (12, 20, 168)])];
        assert_eq!(of(&equal).band_m_s, Some([2.75, 3.0]));
    }

    #[test]
    fn only_the_year_up_to_the_newest_run_says_which_speed_is_usual() {
        let old = at_speeds("2025-03-01", &[(9, 600, 160)]);
        let band = |date| of(&[old.clone(), at_speeds(date, &[(11, 20, 164)])]).band_m_s;
        assert_eq!(band("2026-02-28"), Some([2.25, 2.5]), "364 days later");
        assert_eq!(band("2026-03-01"), Some([2.75, 3.0]), "365 days later");
    }

    #[test]
    fn a_month_is_the_median_of_its_runs_from_three_runs_on() {
        let on = |day: u32, spm| at_speeds(&format!("2026-03-{day:02}"), &[(11, 20, spm)]);
        let runs = [on(1, 164), on(2, 170), on(3, 166), on(31, 168)];
        let march = |median_spm, runs| [Month { first: day("2026-03-01"), median_spm, runs }];
        assert_eq!(of(&runs[..2]).months, []);
        assert_eq!(of(&runs[..3]).months, march(166.0, 3));
        assert_eq!(of(&runs).months, march(167.0, 4));
    }

    #[test]
    fn ten_minutes_at_the_speed_count_and_less_do_not() {
        let at = |seconds| {
            let mut runs =
                [at_speeds("2026-03-01", &[(11, 60, 164)]), at_speeds("2026-03-02", &[(11, 1, 180)])];
            runs[1].cadence[0].seconds = seconds;
            of(&runs).of_runs[1].1
        };
        assert_eq!((at(599), at(600)), (Err(LeftOut::OtherSpeed), Ok(180.0)));
    }

    #[test]
    fn what_is_left_out_says_why() {
        let plain = || at_speeds("2026-03-01", &[(11, 60, 164)]);
        let treadmill = Activity { sub_sport: Some("treadmill".to_owned()), ..plain() };
        let by_name = Activity { surface: Surface::Treadmill, ..plain() };
        assert_eq!(refused(&by_name), Some(LeftOut::Treadmill), "only its name says so");
        let hilly = |meters| Activity { descent_m: Some(meters), ..plain() };
        let average = Activity { average_cadence_spm: Some(164.0), cadence: Vec::new(), ..plain() };
        let unclear = at_speeds("2026-03-01", &[(11, 60, 0)]);
        let runs = [plain(), treadmill, hilly(150.0), hilly(150.1), average, unclear];
        let expected = [
            Ok(164.0),
            Err(LeftOut::Treadmill),
            Ok(164.0),
            Err(LeftOut::Hilly),
            Err(LeftOut::NoCadence),
            Err(LeftOut::Unclear),
        ];
        let cadence = of(&runs);
        assert_eq!(cadence.of_runs.iter().map(|run| run.1).collect::<Vec<_>>(), expected);
        assert_eq!(cadence.left_out(LeftOut::Treadmill), 1);
        assert_eq!((cadence.of_run(0), cadence.of_run(1), cadence.of_run(99)), (Some(164.0), None, None));
    }

    #[test]
    fn where_no_run_tells_there_is_no_speed_and_every_run_has_its_reason() {
        let runs = [at_speeds("2026-03-01", &[(11, 60, 0)]), at_speeds("2026-03-02", &[])];
        let cadence = of(&runs);
        assert_eq!((cadence.band_m_s, cadence.months.len()), (None, 0));
        assert_eq!(cadence.of_runs[0].1, Err(LeftOut::Unclear));
        assert_eq!(cadence.of_runs[1].1, Err(LeftOut::NoCadence));
        assert_eq!(of(&[]), Cadence::default());
    }

    #[test]
    fn between_two_days_both_count_and_three_runs_are_needed() {
        let on = |day: u32| at_speeds(&format!("2026-03-{day:02}"), &[(11, 20, 160 + day as u16)]);
        let cadence = of(&[on(1), on(2), on(3), on(4)]);
        assert_eq!(cadence.between(day("2026-03-02"), day("2026-03-04")), Some((163.0, 3)));
        assert_eq!(cadence.between(day("2026-03-03"), day("2026-03-31")), None);
    }
}
