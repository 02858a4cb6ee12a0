//! Mi Fitness of Xiaomi: `…_MiFitness_hlth_center_sport_record.csv`, a row for each activity, its values as JSON in a cell.
//!
//! Moments are seconds in UTC without an offset, so the runner's zone tells the local day; what a `timezone` among the
//! values counts is not known. A distance that the runner corrected goes first. Known from one real row and five public
//! readers. The export is a zip with a password: a locked one is told as such.

use serde::Deserialize;

use super::{
    json::{self, Scalar},
    moments::moment,
    part::{IndexError, Part, Row},
    service::{Service, ServiceFile, not_used, whole},
    spans::elapsed_s,
    table::{Cells, Table},
};
use crate::{
    activity::{Sport, Totals},
    import::words,
};

/// The row of [`SERVICES`](super::SERVICES).
pub static MI_FITNESS: Service = Service {
    name: "Mi Fitness",
    files: &[
        ServiceFile {
            name: "…_hlth_center_sport_record.csv",
            is: |head| {
                head.headings().is_some_and(|known| known.hold(&["Key", "Category", "Value", "UpdateTime"]))
            },
            else_by_name: None,
            read: |_, reader| read(&whole(reader)?),
            samples,
        },
        ServiceFile {
            name: "…_hlth_center_…_fitness_data.csv",
            is: |head| {
                head.headings().is_some_and(|known| known.hold(&["Uid", "Sid", "Key", "Value", "UpdateTime"]))
            },
            else_by_name: None,
            read: |_, _| not_used("single measurements and daily sums, no activities"),
            samples: || {
                let file = "Uid,Sid,Key,Time,Value,UpdateTime\n1,d/0,steps,1772348400,\"{\"\"steps\"\":9}\",1772348400\n";
                vec![("1_MiFitness_hlth_center_fitness_data.csv", file.into())]
            },
        },
    ],
    reads: "activities: distance, times, heart rate",
    how_to_export: "account.xiaomi.com, Privacy, Manage your data, Mi Fitness; unpack the zip with its password",
    totals_are_the_devices: true,
    shorter_means_cropped: false,
};

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let file = "Uid,Sid,Key,Time,Category,Value,UpdateTime\n\
        1,d/0,outdoor_running,1772348400,running,\"{\"\"start_time\"\":1772348400,\"\"end_time\"\":1772350260,\
        \"\"duration\"\":1800,\"\"avg_hrm\"\":151,\"\"max_hrm\"\":170,\"\"distance\"\":5100,\
        \"\"corrected_distance\"\":5010}\",1772351000\n\
        1,d/0,outdoor_riding,1772434800,cycling,\"{\"\"duration\"\":3600,\"\"distance\"\":21000,\"\"avg_hrm\"\":0}\",1\n";
    vec![("20260301_1_MiFitness_hlth_center_sport_record.csv", file.into())]
}

/// The values of an activity.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Value {
    /// Seconds since 1970, as the end.
    start_time: Scalar,
    end_time: Scalar,
    /// Seconds without pauses.
    duration: Scalar,
    /// Metres.
    distance: Scalar,
    corrected_distance: Scalar,
    avg_hrm: Scalar,
    max_hrm: Scalar,
}

fn read(bytes: &[u8]) -> Result<Part, IndexError> {
    Ok(Table::read(bytes)?.activities(MI_FITNESS.name, row)?.into())
}

fn row(cells: &Cells<'_>) -> Option<Row> {
    let value: Value = json::read(cells.word("Value")?).ok()?;
    let written = Scalar::Text(cells.word("Time").unwrap_or_default().to_owned());
    let unix_ms = value.start_time.epoch_ms().or_else(|| written.epoch_ms())?;
    let (sport, sub_sport) = sport(cells.word("Key"), cells.word("Category"));
    let elapsed_s = elapsed_s(unix_ms, value.end_time.epoch_ms());
    Some(Row {
        start: Some(moment(unix_ms, None)),
        sport: Some(sport),
        sub_sport,
        totals: Totals {
            distance_m: value.corrected_distance.amount().or(value.distance.amount()),
            timer_time_s: value.duration.amount().or(elapsed_s),
            elapsed_time_s: elapsed_s,
            average_heart_rate_bpm: value.avg_hrm.heart_rate_bpm(),
            max_heart_rate_bpm: value.max_hrm.heart_rate_bpm(),
            ..Totals::default()
        },
        ..Row::default()
    })
}

/// `indoor_running` is the treadmill, `outdoor_riding` a ride.
fn sport(key: Option<&str>, category: Option<&str>) -> (Sport, Option<String>) {
    let word = key.or(category).unwrap_or("other").to_lowercase();
    let kind = |kind: &str| Some(kind.to_owned());
    if let Some(before) = word.strip_suffix("running") {
        let sub_sport = match before.trim_end_matches('_') {
            "indoor" | "treadmill" => kind("treadmill"),
            "" | "outdoor" => None,
            other => kind(other),
        };
        return (Sport::running(), sub_sport);
    }
    match word.rsplit('_').next() {
        Some("treadmill") => (Sport::running(), kind("treadmill")),
        Some("riding") => {
            (Sport::known("cycling"), kind("indoor_cycling").filter(|_| word.starts_with("indoor")))
        }
        Some(last) if words::known(last).is_some() => words::sport(last),
        _ => (Sport::new(&word), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_in_utc_and_what_the_runner_corrected_goes_first() {
        let rows = read(&samples()[0].1).unwrap().rows.rows;
        assert_eq!(rows[0].start, Some(moment(1_772_348_400_000, None)));
        assert_eq!((rows[0].totals.distance_m, rows[0].totals.timer_time_s), (Some(5_010.0), Some(1_800.0)));
        assert_eq!(
            (rows[0].totals.elapsed_time_s, rows[0].totals.average_heart_rate_bpm),
            (Some(1_860.0), Some(151.0))
        );
        assert_eq!(rows[1].start, Some(moment(1_772_434_800_000, None)));
        assert_eq!(
            (rows[1].totals.average_heart_rate_bpm, rows[1].totals.distance_m),
            (None, Some(21_000.0))
        );
    }

    #[test]
    fn keys_tell_the_sport() {
        let is = |key| {
            let (sport, kind) = sport(Some(key), None);
            (sport.to_string(), kind)
        };
        let with = |sport: &str, kind: Option<&str>| (sport.to_owned(), kind.map(str::to_owned));
        assert_eq!(is("outdoor_running"), with("running", None));
        assert_eq!(is("indoor_running"), with("running", Some("treadmill")));
        assert_eq!(is("trail_running"), with("running", Some("trail")));
        assert_eq!(is("outdoor_walking"), with("walking", None));
        assert_eq!(is("outdoor_riding"), with("cycling", None));
        assert_eq!(is("free_training"), with("free_training", None));
        assert_eq!(sport(None, Some("running")).0, Sport::running());
    }
}
