//! Fitbit in Google's Takeout, in two layouts that may hold the same run.
//!
//! - `Global Export Data/exercise-N.json`: a hundred entries a file. `startTime` is UTC though nothing says so, which steps
//!   of the same export prove; `activeDuration` is without pauses; most entries are walks that were found by themselves.
//! - `Health Fitness Data_GoogleData/UserExercises_….csv`: moments in UTC and the offset apart; millimetres; runs that were
//!   typed have `manually_logged_…` only. Its speeds are wrong by a hundred and are not read.
//!
//! One real file of the first was seen, two of the second are quoted by others.

use chrono::NaiveDateTime;
use serde::Deserialize;

use super::{
    json::{self, Scalar},
    moments::{moment, offset_s, utc_ms},
    part::{IndexError, Part, Row, Rows},
    service::{Head, Service, ServiceFile, not_used, whole},
    spans::elapsed_s,
    table::{Cells, Table},
};
use crate::{
    activity::{Sport, Totals},
    import::words,
    units::METERS_PER_MILE,
};

/// The row of [`SERVICES`](super::SERVICES).
pub static FITBIT: Service = Service {
    name: "Fitbit",
    files: &[
        ServiceFile {
            name: "exercise-N.json",
            is: |head| head.is_json_with(&["logId", "activityTypeId", "activityName"]),
            else_by_name: None,
            read: |_, reader| read_entries(&whole(reader)?),
            samples: entry_samples,
        },
        ServiceFile {
            name: "UserExercises_….csv",
            is: |head| {
                head.headings()
                    .is_some_and(|known| known.hold(&["exercise_start", "activity_name", "utc_offset"]))
            },
            else_by_name: None,
            read: |_, reader| read_table(&whole(reader)?),
            samples: table_samples,
        },
        ServiceFile {
            name: "steps-….json, heart_rate-….json …",
            is: is_measurements,
            else_by_name: None,
            read: |_, _| not_used("single measurements, no exercises"),
            samples: || {
                vec![(
                    "Takeout/Fitbit/steps-2026-03-01.json",
                    r#"[{ "dateTime": "03/01/26 07:00:00", "value": "9" }]"#.into(),
                )]
            },
        },
    ],
    reads: "exercises: distance, times, climb, heart rate",
    how_to_export: "takeout.google.com, Fitbit",
    totals_are_the_devices: true,
    shorter_means_cropped: false,
};

/// A list of values at times, whatever they are of.
fn is_measurements(head: &Head<'_>) -> bool {
    let signs = head.bytes.iter().copied().filter(|byte| !byte.is_ascii_whitespace());
    signs.take(13).eq(br#"[{"dateTime":"#.iter().copied())
}

const METERS_PER_KILOMETER: f64 = 1_000.0;

fn entry_samples() -> Vec<(&'static str, Vec<u8>)> {
    let file = r#"[{"logId":1,"activityName":"Run","activityTypeId":90009,"averageHeartRate":151,"distance":3.1,
        "distanceUnit":"Mile","duration":1890000,"activeDuration":1800000,"elevationGain":0,"logType":"tracker",
        "startTime":"03/01/26 07:00:00","hasGps":true},{"logId":2,"activityName":"Walk","activityTypeId":90013,
        "duration":900000,"activeDuration":900000,"startTime":"03/02/26 07:00:00"}]"#;
    vec![("Takeout/Fitbit/Global Export Data/exercise-0.json", file.into())]
}

fn table_samples() -> Vec<(&'static str, Vec<u8>)> {
    let file = "exercise_id,exercise_start,exercise_end,utc_offset,activity_name,log_type,tracker_total_distance_mm,\
        tracker_total_altitude_mm,tracker_avg_heart_rate,tracker_peak_heart_rate,manually_logged_total_distance_mm,events\n\
        1,2026-03-01T07:00:00Z,2026-03-01T07:31:00.250Z,+01:00,Run,TRACKER,5012000,12000,152,171,,\"[{\"\"a\"\":1}]\"\n\
        2,2026-03-02T07:00:00Z,2026-03-02T07:30:00Z,+01:00,Treadmill run,MANUAL,,,0,0,8000000,\n";
    vec![("Takeout/Fitbit/Health Fitness Data_GoogleData/UserExercises_2026-03-01.csv", file.into())]
}

/// An entry of the older layout.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Entry {
    activity_name: Scalar,
    activity_type_id: Scalar,
    start_time: Scalar,
    /// Milliseconds with pauses.
    duration: Scalar,
    /// Milliseconds without pauses.
    active_duration: Scalar,
    distance: Scalar,
    distance_unit: Scalar,
    average_heart_rate: Scalar,
    /// Metres.
    elevation_gain: Scalar,
}

fn read_entries(bytes: &[u8]) -> Result<Part, IndexError> {
    let (entries, damage) = json::list::<Entry>(&json::text(bytes))?;
    let mut rows = Rows::of(FITBIT.name, entries.iter().map(Entry::row));
    rows.notices.extend(damage);
    Ok(rows.into())
}

impl Entry {
    fn row(&self) -> Option<Row> {
        let text = self.start_time.text()?;
        let start = NaiveDateTime::parse_from_str(&text, "%m/%d/%y %H:%M:%S").ok()?;
        let (sport, sub_sport) = self.sport();
        let seconds = |ms: &Scalar| ms.amount().map(|ms| ms / 1_000.0);
        let unit_m = match self.distance_unit.text().as_deref() {
            Some("Mile") => Some(METERS_PER_MILE),
            Some("Kilometer") => Some(METERS_PER_KILOMETER),
            Some("Meter") => Some(1.0),
            _ => None,
        };
        let distance_m = self.distance.amount().zip(unit_m).map(|(units, meters)| units * meters);
        Some(Row {
            start: Some(moment(start.and_utc().timestamp_millis(), None)),
            sport: Some(sport),
            sub_sport,
            totals: Totals {
                distance_m: distance_m.filter(|meters| *meters <= 1e8),
                timer_time_s: seconds(&self.active_duration).or(seconds(&self.duration)),
                elapsed_time_s: seconds(&self.duration),
                ascent_m: self.elevation_gain.amount(),
                average_heart_rate_bpm: self.average_heart_rate.heart_rate_bpm(),
                ..Totals::default()
            },
            ..Row::default()
        })
    }

    /// By the number of its kind, which is the same in every language, else by its name.
    fn sport(&self) -> (Sport, Option<String>) {
        let known = match self.activity_type_id.whole() {
            Some(90_009) => Some("run"),
            Some(20_049) => Some("treadmill"),
            Some(90_013) => Some("walk"),
            Some(90_001 | 1_071) => Some("bike"),
            Some(90_024) => Some("swim"),
            Some(20_047) => Some("elliptical"),
            _ => None,
        };
        let name = self.activity_name.text();
        words::sport(known.or(name.as_deref()).unwrap_or("other"))
    }
}

fn read_table(bytes: &[u8]) -> Result<Part, IndexError> {
    let table = Table::read(bytes)?;
    Ok(table.activities(FITBIT.name, row)?.into())
}

fn row(cells: &Cells<'_>) -> Option<Row> {
    let unix_ms = cells.word("exercise_start").and_then(utc_ms)?;
    let meters = |name: &str| cells.amount(name).map(|mm| mm / 1_000.0);
    let (sport, sub_sport) = words::sport(cells.word("activity_name").unwrap_or("other"));
    Some(Row {
        start: Some(moment(unix_ms, cells.word("utc_offset").and_then(offset_s))),
        sport: Some(sport),
        sub_sport,
        totals: Totals {
            distance_m: meters("tracker_total_distance_mm").or(meters("manually_logged_total_distance_mm")),
            elapsed_time_s: elapsed_s(unix_ms, cells.word("exercise_end").and_then(utc_ms)),
            ascent_m: meters("tracker_total_altitude_mm"),
            average_heart_rate_bpm: cells.heart_rate_bpm("tracker_avg_heart_rate"),
            max_heart_rate_bpm: cells.heart_rate_bpm("tracker_peak_heart_rate"),
            ..Totals::default()
        },
        ..Row::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_in_utc_and_in_its_own_unit() {
        let rows = read_entries(&entry_samples()[0].1).unwrap().rows.rows;
        assert_eq!(rows[0].start, Some(moment(1_772_348_400_000, None)));
        assert_eq!(rows[0].totals.distance_m, Some(3.1 * METERS_PER_MILE));
        assert_eq!(
            (rows[0].totals.timer_time_s, rows[0].totals.elapsed_time_s),
            (Some(1_800.0), Some(1_890.0))
        );
        assert_eq!((rows[1].totals.distance_m, rows[1].sport.as_ref().unwrap().as_str()), (None, "walking"));
    }

    #[test]
    fn a_row_has_its_offset_and_a_typed_run_its_own_distance() {
        let rows = read_table(&table_samples()[0].1).unwrap().rows.rows;
        assert_eq!(rows[0].start, Some(moment(1_772_348_400_000, Some(3_600))));
        assert_eq!(
            (rows[0].totals.distance_m, rows[0].totals.elapsed_time_s),
            (Some(5_012.0), Some(1_860.25))
        );
        assert_eq!((rows[1].totals.distance_m, rows[1].totals.average_heart_rate_bpm), (Some(8_000.0), None));
        assert_eq!(rows[1].sub_sport.as_deref(), Some("treadmill"));
    }

    #[test]
    fn a_button_pressed_by_mistake_is_left_out_with_a_notice() {
        let entry = r#"[{"logId":1,"activityName":"Run","activityTypeId":90009,"activeDuration":4000,"startTime":"03/01/26 07:00:00"}]"#;
        let rows = read_entries(entry.as_bytes()).unwrap().rows;
        assert_eq!(
            rows.notices,
            ["1 activity of Fitbit took less than a minute or went nowhere and is left out"]
        );
    }
}
