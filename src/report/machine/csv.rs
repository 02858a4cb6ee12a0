//! Runs and weeks as CSV: one header row, units in the names, empty where unknown.

use serde::Serialize;

use super::json::{RunFields, WeekFields};

/// The runs, oldest first.
///
/// # Errors
/// Only if a value cannot be written as CSV.
pub fn runs(runs: &[RunFields]) -> Result<String, csv::Error> {
    #[derive(Serialize)]
    struct Row<'a> {
        id: &'a str,
        file: &'a str,
        sub_sport: Option<&'a str>,
        start: &'a str,
        local_date: &'a str,
        distance_m: Option<f64>,
        timer_time_s: Option<f64>,
        moving_time_s: Option<f64>,
        running_time_s: Option<f64>,
        elapsed_time_s: Option<f64>,
        ascent_m: Option<f64>,
        descent_m: Option<f64>,
        average_heart_rate_bpm: Option<f64>,
        max_heart_rate_bpm: Option<f64>,
        average_cadence_spm: Option<f64>,
        training_load: Option<f64>,
        training_load_measure: Option<&'a str>,
        device_training_load: Option<f64>,
        device: Option<&'a str>,
        shoe: Option<&'a str>,
        race: bool,
        notes: String,
    }
    table(runs.iter().map(|run| Row {
        id: &run.id,
        file: &run.file,
        sub_sport: run.sub_sport.as_deref(),
        start: &run.start,
        local_date: &run.local_date,
        distance_m: run.distance_m,
        timer_time_s: run.timer_time_s,
        moving_time_s: run.moving_time_s,
        running_time_s: run.running_time_s,
        elapsed_time_s: run.elapsed_time_s,
        ascent_m: run.ascent_m,
        descent_m: run.descent_m,
        average_heart_rate_bpm: run.average_heart_rate_bpm,
        max_heart_rate_bpm: run.max_heart_rate_bpm,
        average_cadence_spm: run.average_cadence_spm,
        training_load: run.training_load,
        training_load_measure: run.training_load_measure,
        device_training_load: run.device_training_load,
        device: run.device.as_deref(),
        shoe: run.shoe.as_deref(),
        race: run.race,
        notes: run.notes.join("; "),
    }))
}

/// The weeks, oldest first.
///
/// # Errors
/// Only if a value cannot be written as CSV.
pub fn weeks(weeks: &[WeekFields]) -> Result<String, csv::Error> {
    table(weeks.iter())
}

fn table(rows: impl Iterator<Item = impl Serialize>) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.serialize(row)?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
