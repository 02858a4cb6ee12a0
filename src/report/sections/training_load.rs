//! How a run's training load was counted, and what is missing for a better one.

use crate::{
    activity::Activity,
    analysis::load::{HeartRateFormula, Measure, RunLoads},
    settings::AthleteSettings,
};

/// `61 TRIMP: summed over its heart rates between 52 and 190 bpm …`.
#[must_use]
pub fn of_run(run: &Activity, athlete: &AthleteSettings) -> String {
    let loads = RunLoads::of(run, athlete);
    let Some(load) = loads.best() else { return "unknown: not even its time is known".to_owned() };
    let minutes = loads.minutes.unwrap_or_default();
    match load.measure {
        Measure::Trimp => {
            format!("{:.0} TRIMP, summed over its heart rates{}", load.value, range(run, athlete))
        }
        Measure::TrimpFromAverage => format!(
            "{:.0} TRIMP from its average heart rate alone, a little too low,{}",
            load.value,
            range(run, athlete)
        ),
        Measure::SessionRpe => format!(
            "{:.0}: {minutes:.0} minutes × your rating of {}{}",
            load.value,
            run.session_rpe.unwrap_or_default(),
            hint(run, athlete)
        ),
        Measure::Minutes => format!("{minutes:.0} minutes{}", hint(run, athlete)),
    }
}

/// The runner's heart rates, the constants, and a highest heart rate that cannot be.
fn range(run: &Activity, athlete: &AthleteSettings) -> String {
    let Some(formula) = HeartRateFormula::of(athlete) else { return String::new() };
    let HeartRateFormula { max_bpm, resting_bpm, a, b } = formula;
    let sex = if athlete.sex.is_some() { "" } else { ", between the sexes as you name none" };
    let above = run.max_heart_rate_bpm.filter(|highest| *highest > max_bpm);
    let above = above.map_or_else(String::new, |highest| {
        format!("; its highest, {highest:.0} bpm, lies above your max_heart_rate_bpm and counts as that")
    });
    format!(" between {resting_bpm:.0} and {max_bpm:.0} bpm (constants {a} and {b}{sex}){above}")
}

/// Why heart rate does not count.
fn hint(run: &Activity, athlete: &AthleteSettings) -> String {
    if !run.has_heart_rate() {
        return "; no heart rate is known".to_owned();
    }
    let missing: Vec<&str> = [
        ("max_heart_rate_bpm", athlete.max_heart_rate_bpm),
        ("resting_heart_rate_bpm", athlete.resting_heart_rate_bpm),
    ]
    .into_iter()
    .filter(|(_, bpm)| bpm.is_none())
    .map(|(key, _)| key)
    .collect();
    match missing.as_slice() {
        [] => "; its heart rates break off and no average is known".to_owned(),
        keys => format!("; set {} under [athlete] to count its heart rates", keys.join(" and ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{activity::HeartRateTimes, analysis::testing::run, settings::Sex};

    fn athlete(max: u8, sex: Option<Sex>) -> AthleteSettings {
        AthleteSettings {
            max_heart_rate_bpm: Some(max),
            resting_heart_rate_bpm: Some(60),
            sex,
            birth_year: None,
        }
    }

    fn hour_at_150() -> Activity {
        let mut held_ms = [0; 256];
        held_ms[150] = 3_600_000;
        Activity {
            heart_rate_times: HeartRateTimes::from_milliseconds(&held_ms),
            average_heart_rate_bpm: Some(150.0),
            max_heart_rate_bpm: Some(150.0),
            ..run("2026-03-01T08:00:00+01:00", 10_000, 60)
        }
    }

    #[test]
    fn every_way_to_count_a_load_is_told_with_what_it_rests_on() {
        let mut run = hour_at_150();
        assert_eq!(
            of_run(&run, &athlete(190, Some(Sex::Male))),
            "100 TRIMP, summed over its heart rates between 60 and 190 bpm (constants 0.64 and 1.92)"
        );
        assert_eq!(
            of_run(&run, &athlete(140, None)),
            "262 TRIMP, summed over its heart rates between 60 and 140 bpm (constants 0.725215 and 1.795, \
             between the sexes as you name none); its highest, 150 bpm, lies above your max_heart_rate_bpm and \
             counts as that"
        );
        run.heart_rate_times = HeartRateTimes::default();
        assert!(
            of_run(&run, &athlete(190, Some(Sex::Female)))
                .starts_with("114 TRIMP from its average heart rate alone, a little too low, between 60 and")
        );
        run.session_rpe = Some(4.5);
        assert_eq!(
            of_run(&run, &AthleteSettings { max_heart_rate_bpm: Some(190), ..AthleteSettings::default() }),
            "270: 60 minutes × your rating of 4.5; set resting_heart_rate_bpm under [athlete] to count its heart rates"
        );
    }

    #[test]
    fn what_is_missing_for_a_better_measure_is_told() {
        let mut run = hour_at_150();
        assert_eq!(
            of_run(&run, &AthleteSettings::default()),
            "60 minutes; set max_heart_rate_bpm and resting_heart_rate_bpm under [athlete] to count its heart rates"
        );
        (run.heart_rate_times, run.average_heart_rate_bpm) = (HeartRateTimes::default(), None);
        assert_eq!(of_run(&run, &athlete(190, None)), "60 minutes; no heart rate is known");
        (run.timer_time_s, run.moving_time_s, run.elapsed_time_s) = (None, None, None);
        assert_eq!(of_run(&run, &athlete(190, None)), "unknown: not even its time is known");
    }
}
