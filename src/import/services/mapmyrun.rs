//! MapMyRun and its sisters MapMyFitness and MapMyRide: `user_workout_history.csv`, a row for each workout.
//!
//! A row tells the day only, as the site writes it (`Sept. 5, 2020`), and kilometres or miles, as the heading says. Known
//! from three real rows quoted in two projects. Which pair of shoes was worn may stand in the runner's notes, which are
//! not read.

use super::{
    dates::date_time,
    part::{IndexError, Part, Row, Start},
    service::{Service, ServiceFile, whole},
    table::{Cells, Table, local_amount},
};
use crate::{
    activity::{Sport, Totals},
    import::{services::table::Headings, words},
    units::METERS_PER_MILE,
};

/// The row of [`SERVICES`](super::SERVICES).
pub static MAP_MY_RUN: Service = Service {
    name: "MapMyRun",
    files: &[ServiceFile {
        name: "user_workout_history.csv",
        is: |head| head.headings().is_some_and(is_history),
        else_by_name: None,
        read: |_, reader| read(&whole(reader)?),
        samples,
    }],
    reads: "workouts: day, distance, duration, heart rate",
    how_to_export: "mapmyrun.com/workout/export/csv, signed in",
    totals_are_the_devices: true,
    shorter_means_cropped: false,
};

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let file = "Date Submitted,Workout Date,Activity Type,Calories Burned (kCal),Distance (mi),\
        Workout Time (seconds),Avg Pace (min/mi),Avg Heart Rate,Steps,Notes,Source,Link\n\
        \"March 2, 2026\",\"March 1, 2026\",Indoor Run / Jog,582,3.1,1800,9.7,151,5658,\"a, \"\"b\"\"\",x,http://x\n\
        \"Sept. 5, 2020\",\"Sept. 5, 2020\",Bike Ride,600,14.0,3600,4.28,,0,,x,http://x\n";
    vec![("user_workout_history.csv", file.into())]
}

const DISTANCES: [(&str, f64); 2] = [("Distance (km)", 1_000.0), ("Distance (mi)", METERS_PER_MILE)];

fn is_history(headings: &Headings) -> bool {
    headings.hold(&["Workout Date", "Activity Type", "Workout Time (seconds)"])
}

fn read(bytes: &[u8]) -> Result<Part, IndexError> {
    Ok(Table::read(bytes)?.activities(MAP_MY_RUN.name, row)?.into())
}

fn row(cells: &Cells<'_>) -> Option<Row> {
    // dates are read with a time: any does
    let day = date_time(&format!("{} 12:00", cells.word("Workout Date")?))?.date();
    let (sport, sub_sport) = sport(cells.word("Activity Type").unwrap_or("other"));
    let meters = |(name, unit_m): (&str, f64)| Some(cells.word(name).and_then(local_amount)? * unit_m);
    Some(Row {
        start: Some(Start::Day(day)),
        sport: Some(sport),
        sub_sport,
        totals: Totals {
            distance_m: DISTANCES.into_iter().find_map(meters),
            timer_time_s: cells.word("Workout Time (seconds)").and_then(local_amount),
            average_heart_rate_bpm: cells.heart_rate_bpm("Avg Heart Rate"),
            ..Totals::default()
        },
        ..Row::default()
    })
}

/// A word that is known, else anything that speaks of a run.
fn sport(word: &str) -> (Sport, Option<String>) {
    let speaks_of_a_run = word
        .split(|c: char| !c.is_alphabetic())
        .any(|part| matches!(part.to_lowercase().as_str(), "run" | "jog" | "running"));
    match words::known(word) {
        Some((sport, kind)) => (sport, kind.map(str::to_owned)),
        None if speaks_of_a_run => (Sport::running(), None),
        None => words::sport(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_tells_the_day_of_the_workout_and_its_unit_stands_in_the_heading() {
        let rows = read(&samples()[0].1).unwrap().rows.rows;
        assert_eq!(rows[0].start, Some(Start::Day("2026-03-01".parse().unwrap())));
        assert_eq!(
            (rows[0].sport.as_ref(), rows[0].sub_sport.as_deref()),
            (Some(&Sport::running()), Some("treadmill"))
        );
        assert!((rows[0].totals.distance_m.unwrap() - 4_988.97).abs() < 0.01);
        assert_eq!(
            (rows[0].totals.timer_time_s, rows[0].totals.average_heart_rate_bpm),
            (Some(1_800.0), Some(151.0))
        );
        assert_eq!(rows[1].start, Some(Start::Day("2020-09-05".parse().unwrap())));
        assert_eq!(
            (rows[1].sport.as_ref().unwrap().as_str(), rows[1].totals.average_heart_rate_bpm),
            ("cycling", None)
        );
    }

    #[test]
    fn anything_that_speaks_of_a_run_is_one() {
        for word in ["Run", "Trail Run", "Interval Run", "Run / Jog", "Dog Run"] {
            assert!(sport(word).0.is_running(), "{word}");
        }
        for word in ["Walk", "Brunch", "Trunk Lift"] {
            assert!(!sport(word).0.is_running(), "{word}");
        }
    }
}
