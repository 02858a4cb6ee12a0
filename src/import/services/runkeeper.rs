//! Runkeeper: `cardioActivities.csv` of an export, a row for each activity, with the GPX files beside it.
//!
//! Runkeeper's own blog told in 2012 what an export holds: this file, with the name of the GPX file last in
//! each row, and GPX files in UTC. The columns are taken from headings and single rows in public programs
//! that read them, from 2011 to 2026; no real file was at hand. Accounts in miles have `Distance (mi)` and
//! `Climb (ft)`; early exports have no `Activity Id` and no `Friend's Tagged`, so columns are found by
//! their headings.
//!
//! Unlike the GPX files, the dates are the clock on the wall and do not say where it hung.

use chrono::NaiveDateTime;

use super::{
    part::{IndexError, Row, Rows, Start},
    service::{Service, ServiceFile, whole},
    table::{Cells, Headings, Table, local_amount},
};
use crate::{
    activity::{Sport, Totals},
    units::METERS_PER_MILE,
};

/// The row of [`SERVICES`](super::SERVICES).
pub static RUNKEEPER: Service = Service {
    name: "Runkeeper",
    files: &[ServiceFile {
        name: "cardioActivities.csv",
        is: |head| head.headings().is_some_and(is_index),
        else_by_name: None,
        read: |_, reader| Ok(read(&whole(reader)?)?.into()),
        samples,
    }],
    reads: "recordings, distance, duration, climb, heart rate",
    how_to_export: "runkeeper.com, Account Settings, Export Data",
    totals_are_the_devices: true,
    shorter_means_cropped: false,
};

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let file = "Activity Id,Date,Type,Route Name,Distance (mi),Duration,Climb (ft),Average Heart Rate (bpm),\
        Notes,GPX File\na-1,2026-03-01 07:00:00,Running,Canal,10.00,1:02:33,50.0,151,\"a\nb\",1.gpx\n";
    vec![("cardioActivities.csv", file.into())]
}

const METERS_PER_KILOMETER: f64 = 1_000.0;
const METERS_PER_FOOT: f64 = 0.3048;

/// Headings that every export has.
const ALWAYS: [&str; 4] = ["Date", "Type", "Duration", "GPX File"];
const KILOMETERS: &str = "Distance (km)";
const MILES: &str = "Distance (mi)";

/// Whether these are Runkeeper's headings.
pub(crate) fn is_index(headings: &Headings) -> bool {
    headings.hold(&ALWAYS) && (headings.hold(&[KILOMETERS]) || headings.hold(&[MILES]))
}

/// Reads the rows of a `cardioActivities.csv`.
///
/// Of the totals, `timer_time_s` is Runkeeper's duration in seconds, which leaves pauses out. A 0 counts
/// as not known.
///
/// # Errors
/// If the headings are not Runkeeper's, or nothing of the file is whole.
pub fn read(bytes: &[u8]) -> Result<Rows, IndexError> {
    let table = Table::read(bytes)?;
    if !is_index(&table.headings) {
        return Err(unknown(&table.headings));
    }
    table.into_rows(row)
}

fn unknown(headings: &Headings) -> IndexError {
    IndexError::UnknownHeadings(format!(
        "it begins with “{}”; if it comes from Runkeeper, set the language to English there and export again",
        headings.beginning()
    ))
}

fn row(cells: &Cells<'_>) -> Option<Row> {
    let owned = |name: &str| cells.word(name).map(str::to_owned);
    Some(Row {
        file: owned("GPX File"),
        start: Some(start(cells.word("Date")?)?),
        sport: cells.word("Type").map(Sport::new),
        name: owned("Route Name"),
        totals: totals(cells),
        ..Row::default()
    })
}

fn totals(cells: &Cells<'_>) -> Totals {
    let meters =
        |name: &str, unit_m: f64| cells.word(name).and_then(local_amount).map(|units| units * unit_m);
    Totals {
        distance_m: meters(KILOMETERS, METERS_PER_KILOMETER).or_else(|| meters(MILES, METERS_PER_MILE)),
        timer_time_s: cells.word("Duration").and_then(duration_s),
        ascent_m: meters("Climb (m)", 1.0).or_else(|| meters("Climb (ft)", METERS_PER_FOOT)),
        average_heart_rate_bpm: cells.heart_rate_bpm("Average Heart Rate (bpm)"),
        ..Totals::default()
    }
}

fn start(text: &str) -> Option<Start> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok().map(Start::Local)
}

/// Seconds of `32:10` or `1:02:33`.
fn duration_s(text: &str) -> Option<f64> {
    let parts: Vec<u32> = text.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (hours, minutes, seconds) = match *parts.as_slice() {
        [minutes, seconds] => (0, minutes, seconds),
        [hours, minutes, seconds] if minutes < 60 => (hours, minutes, seconds),
        _ => return None,
    };
    let total_s = f64::from(hours) * 3_600.0 + f64::from(minutes) * 60.0 + f64::from(seconds);
    (seconds < 60 && total_s > 0.0).then_some(total_s)
}

#[cfg(test)]
mod tests {
    use super::*;

    const METRIC: &str = "Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Pace,\
        Average Speed (km/h),Calories Burned,Climb (m),Average Heart Rate (bpm),Friend's Tagged,Notes,\
        GPX File";
    const IMPERIAL: &str = "Activity Id,Date,Type,Route Name,Distance (mi),Duration,Average Pace,\
        Average Speed (mph),Calories Burned,Climb (ft),Average Heart Rate (bpm),Friend's Tagged,Notes,\
        GPX File";
    const RUN: &str = "a-1,2026-03-01 07:00:00,Running,By the canal,10.00,1:02:33,6:15,9.59,700.0,50.0,151,,\
        \"Wind, rain\nand \"\"sun\"\"\",2026-03-01-070000.gpx";

    fn one(text: &str) -> Row {
        let rows = read(text.as_bytes()).unwrap();
        assert_eq!((rows.rows.len(), rows.notices.as_slice()), (1, [].as_slice()));
        rows.rows.into_iter().next().unwrap()
    }

    fn seven_o_clock() -> Start {
        Start::Local("2026-03-01T07:00:00".parse().unwrap())
    }

    fn is_index(head: &[u8]) -> bool {
        Headings::of(head).is_some_and(|headings| super::is_index(&headings))
    }

    #[test]
    fn a_row_gives_file_local_start_sport_route_and_totals() {
        assert_eq!(
            one(&format!("{METRIC}\n{RUN}\n")),
            Row {
                file: Some("2026-03-01-070000.gpx".to_owned()),
                start: Some(seven_o_clock()),
                sport: Some(Sport::running()),
                sub_sport: None,
                name: Some("By the canal".to_owned()),
                gear: None,
                totals: Totals {
                    distance_m: Some(10_000.0),
                    timer_time_s: Some(3_753.0),
                    ascent_m: Some(50.0),
                    average_heart_rate_bpm: Some(151.0),
                    ..Totals::default()
                },
                ..Row::default()
            }
        );
    }

    #[test]
    fn miles_and_feet_become_metres() {
        let totals = one(&format!("{IMPERIAL}\n{RUN}\n")).totals;
        assert_eq!((totals.distance_m, totals.ascent_m), (Some(16_093.44), Some(15.24)));
    }

    #[test]
    fn an_early_export_without_an_id_and_an_empty_row_are_read() {
        let row = one("Date,Type,Route Name,Distance (km),Duration,Average Pace,Average Speed (km/h),\
            Calories Burned,Climb (m),Average Heart Rate (bpm),Notes,GPX File\n\
            2026-03-01 07:00:00,Cycling,,0.00,0:32:42,,,49.0,0.00,,,\n");
        assert_eq!((row.file, row.name), (None, None));
        assert_eq!((row.start, row.sport), (Some(seven_o_clock()), Some(Sport::new("cycling"))));
        assert_eq!(row.totals, Totals { timer_time_s: Some(1_962.0), ..Totals::default() });
    }

    #[test]
    fn durations_have_minutes_and_seconds_and_may_have_hours() {
        assert_eq!(
            ["32:10", "90:00", "1:02:33", "00:00:01"].map(duration_s),
            [Some(1_930.0), Some(5_400.0), Some(3_753.0), Some(1.0)]
        );
        assert_eq!(
            ["", "0:00", "32", "1:60", "1:60:00", "1:2:3:4", "-1:00", "4294967296:00", "a:b"].map(duration_s),
            [None; 9]
        );
    }

    #[test]
    fn a_row_without_a_date_is_left_out_with_a_notice() {
        let rows = read(format!("{METRIC}\n{RUN}\n{}\n", RUN.replace("07:00:00", "")).as_bytes()).unwrap();
        assert_eq!(rows.rows.len(), 1);
        assert_eq!(rows.notices, ["1 row without a usable date was left out"]);
    }

    #[test]
    fn headings_of_runkeeper_are_known_and_those_of_others_are_not() {
        assert!(is_index(METRIC.as_bytes()));
        assert!(is_index(format!("\u{feff}{IMPERIAL}\r\n").as_bytes()));
        assert!(!is_index(b"id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n"));
        assert!(!is_index(b"Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR\n"));
        assert!(!is_index(b""));
        let error = read(b"Date,Weight (kg)\n2026-03-01,60\n").unwrap_err();
        assert_eq!(
            error.to_string(),
            "an index of activities with unknown headings: it begins with “Date, Weight (kg)”; if it \
            comes from Runkeeper, set the language to English there and export again"
        );
    }

    #[test]
    fn a_file_cut_anywhere_or_with_any_byte_changed_never_panics() {
        let file = format!("{METRIC}\n{RUN}\n").replace("canal", "chênes").into_bytes();
        let name = file.len() - "2026-03-01-070000.gpx\n".len();
        for length in 0..file.len() {
            let _ = is_index(&file[..length]);
            if let Ok(rows) = read(&file[..length]) {
                assert!(rows.rows.is_empty() || length >= name, "at {length}");
            }
        }
        for at in 0..file.len() {
            for byte in [0, b'"', b',', b'\n', b'9', 0xFF] {
                let mut file = file.clone();
                file[at] = byte;
                let _ = (is_index(&file), read(&file));
            }
        }
    }
}
