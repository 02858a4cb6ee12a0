//! Samsung Health: `com.samsung.shealth.exercise.<stamp>.csv`, a row for each exercise.
//!
//! The first line names the kind of the file, the second has the headings, most of them behind
//! `com.samsung.health.exercise.`; rows end in one comma more. Starts are UTC with the offset apart, which others compared
//! with the phone's own numbers; durations are milliseconds without pauses. On treadmills the metres stand in
//! `total_distance`. The older `com.samsung.health.exercise.<stamp>.csv` has no prefix and the offset in milliseconds;
//! whether its starts are UTC is not proved. Known from two public rows and from five public readers.

use super::{
    moments::{moment, offset_s, utc_ms},
    part::{IndexError, Part, Row},
    service::{Head, Service, ServiceFile, not_used, whole},
    spans::elapsed_s,
    table::{Cells, Table},
};
use crate::{
    activity::{Sport, Totals},
    import::words,
};

/// The row of [`SERVICES`](super::SERVICES).
pub static SAMSUNG_HEALTH: Service = Service {
    name: "Samsung Health",
    files: &[
        ServiceFile {
            name: "com.samsung.shealth.exercise.….csv",
            is,
            else_by_name: None,
            read: |_, reader| read(&whole(reader)?),
            samples,
        },
        ServiceFile {
            name: "com.samsung.….csv",
            is: |head| {
                head.headings()
                    .and_then(|known| known.first())
                    .is_some_and(|kind| kind.starts_with("com.samsung."))
            },
            else_by_name: None,
            read: |_, _| not_used("days, weights, sleep and the like, no exercises"),
            samples: || {
                vec![(
                    "com.samsung.shealth.step_daily_trend.2026.csv",
                    "com.samsung.shealth.step_daily_trend,7006011,5\nday_time,count\n1772348400000,9\n"
                        .into(),
                )]
            },
        },
    ],
    reads: "exercises: distance, times, climb, heart rate",
    how_to_export: "Samsung Health, Settings, Download personal data",
    totals_are_the_devices: true,
    shorter_means_cropped: false,
};

/// What stands before most headings.
const PREFIX: &str = "com.samsung.health.exercise.";

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let today = "\u{feff}com.samsung.shealth.exercise,7006011,17\ntitle,total_distance,\
        com.samsung.health.exercise.duration,com.samsung.health.exercise.start_time,\
        com.samsung.health.exercise.exercise_type,com.samsung.health.exercise.mean_heart_rate,\
        com.samsung.health.exercise.distance,com.samsung.health.exercise.time_offset,\
        com.samsung.health.exercise.end_time\n\
        ,,1790000,2026-03-01 07:00:00.319,1002,150.0,5200.0,UTC-0300,2026-03-01 07:30:05.000,\n\
        ,4100,1500000,2026-03-02 07:00:00.000,15005,0.0,,UTC+0530,2026-03-02 07:25:00.000,\n";
    let legacy = "com.samsung.health.exercise,4,3\ndatauuid,exercise_type,duration,distance,mean_heart_rate,time_offset,\
        start_time,end_time\na,1002,600000,2000.0,150.0,7200000,2021-07-08 10:48:24.000,2021-07-08 10:58:24.000\n";
    vec![
        ("com.samsung.shealth.exercise.20260914.csv", today.into()),
        ("com.samsung.health.exercise.2021.csv", legacy.into()),
    ]
}

/// By the first line: the weather of an exercise, its pauses and routines have names of their own.
fn is(head: &Head<'_>) -> bool {
    let first = head.headings().and_then(|headings| headings.first());
    first.is_some_and(|kind| matches!(kind, "com.samsung.shealth.exercise" | "com.samsung.health.exercise"))
}

fn read(bytes: &[u8]) -> Result<Part, IndexError> {
    let table = Table::read_from_second_line(bytes)?.without(PREFIX);
    if !table.headings.hold(&["start_time", "exercise_type"]) {
        return Err(IndexError::UnknownHeadings(format!("it begins with “{}”", table.headings.beginning())));
    }
    Ok(table.activities(SAMSUNG_HEALTH.name, row)?.into())
}

fn row(cells: &Cells<'_>) -> Option<Row> {
    let unix_ms = cells.word("start_time").and_then(utc_ms)?;
    let span_s = elapsed_s(unix_ms, cells.word("end_time").and_then(utc_ms));
    let (sport, sub_sport) = sport(cells);
    Some(Row {
        start: Some(moment(unix_ms, cells.word("time_offset").and_then(offset_s))),
        sport: Some(sport),
        sub_sport,
        name: cells.word("title").map(str::to_owned),
        totals: Totals {
            distance_m: cells.amount("distance").or(cells.amount("total_distance")),
            timer_time_s: cells.amount("duration").map(|ms| ms / 1_000.0).or(span_s),
            elapsed_time_s: span_s,
            ascent_m: cells.amount("altitude_gain"),
            descent_m: cells.amount("altitude_loss"),
            average_heart_rate_bpm: cells.heart_rate_bpm("mean_heart_rate"),
            max_heart_rate_bpm: cells.heart_rate_bpm("max_heart_rate"),
            ..Totals::default()
        },
        ..Row::default()
    })
}

/// By the number of the exercise; 0 is one of the runner's own, known by its name.
fn sport(cells: &Cells<'_>) -> (Sport, Option<String>) {
    let word = match cells.word("exercise_type") {
        Some("1002") => "run",
        Some("15005") => "treadmill",
        Some("1001") => "walk",
        Some("13001") => "hike",
        Some("11007") => "ride",
        Some("15003") => "exercise bike",
        Some("14001") => "swim",
        Some("0") | None => return words::sport(cells.any_word(&["title", "custom"]).unwrap_or("other")),
        Some(number) => return (Sport::new(&format!("samsung_{number}")), None),
    };
    words::sport(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(sample: usize) -> Vec<Row> {
        read(&samples()[sample].1).unwrap().rows.rows
    }

    #[test]
    fn a_row_gives_the_moment_the_offset_and_the_time_without_pauses() {
        let run = &rows(0)[0];
        assert_eq!(run.start, Some(moment(1_772_348_400_319, Some(-10_800))));
        assert_eq!((run.totals.distance_m, run.totals.timer_time_s), (Some(5_200.0), Some(1_790.0)));
        assert_eq!(run.totals.elapsed_time_s, Some(1_804.681));
    }

    #[test]
    fn a_treadmill_has_its_metres_elsewhere_and_a_heart_rate_of_0_is_none() {
        let run = &rows(0)[1];
        assert_eq!((run.sub_sport.as_deref(), run.totals.distance_m), (Some("treadmill"), Some(4_100.0)));
        assert_eq!(run.totals.average_heart_rate_bpm, None);
    }

    #[test]
    fn the_older_layout_has_its_offset_in_milliseconds() {
        assert_eq!(rows(1)[0].start, Some(moment(1_625_741_304_000, Some(7_200))));
    }

    #[test]
    fn the_weather_of_an_exercise_is_none() {
        let weather = b"com.samsung.shealth.exercise.weather,7006011,3\nstart_time,exercise_id,temperature\n";
        assert!(!is(&Head::new("a.csv", weather)));
    }
}
