//! Peloton: `…workouts.csv`, a row for each class or ride of one's own.
//!
//! Times are the clock on the wall, to the minute, with the zone's abbreviation or its hours behind. The length is that of
//! the class in minutes; where it is not known, pace and distance tell it. Kilometres or miles, as the heading says. Known
//! from real headings and rides quoted by others; no run was seen.

use super::{
    moments::{moment, offset_s, wall_clock},
    part::{IndexError, Part, Row, Start},
    service::{Service, ServiceFile, whole},
    table::{Cells, Table, clock_s, local_amount},
};
use crate::{activity::Totals, import::words, units::METERS_PER_MILE};

/// The row of [`SERVICES`](super::SERVICES).
pub static PELOTON: Service = Service {
    name: "Peloton",
    files: &[ServiceFile {
        name: "…workouts.csv",
        is: |head| {
            head.headings().is_some_and(|known| known.hold(&["Workout Timestamp", "Fitness Discipline"]))
        },
        else_by_name: None,
        read: |_, reader| read(&whole(reader)?),
        samples,
    }],
    reads: "workouts: distance, length of the class, heart rate",
    how_to_export: "members.onepeloton.com, your profile, Workouts, Download workouts",
    totals_are_the_devices: true,
    shorter_means_cropped: false,
};

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let file = "Workout Timestamp,Live/On-Demand,Instructor Name,Length (minutes),Fitness Discipline,Type,Title,\
        Class Timestamp,Avg. Speed (mph),Distance (mi),Calories Burned,Avg. Heartrate,Avg. Pace (min/mi)\n\
        2026-03-01 08:00 (PST),On Demand,x,30,Running,Endurance,\"30, min\",2023-12-01 10:00 (PST),6.4,3.20,330,151.20,9:22\n\
        2026-03-02 08:00 (-05),On Demand,x,None,Running,Scenic,5 km,,,3.11,320,,9:40\n\
        2026-03-03 08:00 (UTC),On Demand,x,10,Bike Bootcamp,Core,y,,,,60,,\n";
    vec![("workouts.csv", file.into())]
}

const METERS_PER_KILOMETER: f64 = 1_000.0;

/// What clocks that Peloton sells to call themselves, and hours from UTC.
const ZONES: &[(&str, f64)] = &[
    ("UTC", 0.0),
    ("GMT", 0.0),
    ("BST", 1.0),
    ("CET", 1.0),
    ("CEST", 2.0),
    ("NST", -3.5),
    ("NDT", -2.5),
    ("AST", -4.0),
    ("ADT", -3.0),
    ("EST", -5.0),
    ("EDT", -4.0),
    ("CST", -6.0),
    ("CDT", -5.0),
    ("MST", -7.0),
    ("MDT", -6.0),
    ("PST", -8.0),
    ("PDT", -7.0),
    ("AKST", -9.0),
    ("AKDT", -8.0),
    ("HST", -10.0),
    ("AWST", 8.0),
    ("ACST", 9.5),
    ("ACDT", 10.5),
    ("AEST", 10.0),
    ("AEDT", 11.0),
];

fn read(bytes: &[u8]) -> Result<Part, IndexError> {
    Ok(Table::read(bytes)?.activities(PELOTON.name, row)?.into())
}

fn row(cells: &Cells<'_>) -> Option<Row> {
    let (sport, sub_sport) = words::sport(cells.word("Fitness Discipline").unwrap_or("other"));
    let meters =
        |name: &str, unit_m: f64| cells.word(name).and_then(local_amount).map(|units| units * unit_m);
    let pace = |name: &str, unit_m: f64| cells.word(name).and_then(clock_s).map(|seconds| seconds / unit_m);
    let distance_m =
        meters("Distance (km)", METERS_PER_KILOMETER).or_else(|| meters("Distance (mi)", METERS_PER_MILE));
    let s_per_meter = pace("Avg. Pace (min/km)", METERS_PER_KILOMETER)
        .or_else(|| pace("Avg. Pace (min/mi)", METERS_PER_MILE));
    let length_s = cells.word("Length (minutes)").and_then(local_amount).map(|minutes| 60.0 * minutes);
    Some(Row {
        start: Some(start(cells.word("Workout Timestamp")?)?),
        sport: Some(sport),
        sub_sport,
        totals: Totals {
            distance_m,
            timer_time_s: length_s.or_else(|| Some(distance_m? * s_per_meter?)),
            average_heart_rate_bpm: cells.heart_rate_bpm("Avg. Heartrate"),
            ..Totals::default()
        },
        ..Row::default()
    })
}

/// `2020-04-17 12:29 (PDT)`; with a zone that is not known the clock on the wall.
fn start(text: &str) -> Option<Start> {
    let (clock, zone) = text.split_once('(').unwrap_or((text, ""));
    let clock = wall_clock(clock)?;
    let zone = zone.trim_end_matches(')').trim();
    let known = ZONES.iter().find(|(name, _)| zone.eq_ignore_ascii_case(name));
    let is_number = || zone.bytes().any(|byte| byte.is_ascii_digit());
    let offset = match known {
        Some((_, hours)) => Some((hours * 3_600.0) as i32),
        None if is_number() => offset_s(zone),
        None => None,
    };
    Some(offset.map_or(Start::Local(clock), |offset| {
        moment(clock.and_utc().timestamp_millis() - 1_000 * i64::from(offset), Some(offset))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_on_the_wall_and_its_zone_give_the_moment() {
        assert_eq!(start("2026-03-01 08:00 (PST)"), Some(moment(1_772_380_800_000, Some(-28_800))));
        assert_eq!(start("2026-03-01 08:00 (-05)"), Some(moment(1_772_370_000_000, Some(-18_000))));
        assert_eq!(start("2026-03-01 08:00 (UTC)"), Some(moment(1_772_352_000_000, Some(0))));
        let on_the_wall = Some(Start::Local("2026-03-01T08:00:00".parse().unwrap()));
        assert_eq!([start("2026-03-01 08:00 (XYZ)"), start("2026-03-01 08:00")], [on_the_wall; 2]);
        assert_eq!(start("March"), None);
    }

    #[test]
    fn without_a_length_pace_and_distance_tell_the_time() {
        let rows = read(&samples()[0].1).unwrap().rows.rows;
        assert_eq!(
            (rows[0].totals.timer_time_s, rows[0].totals.average_heart_rate_bpm),
            (Some(1_800.0), Some(151.2))
        );
        assert!((rows[0].totals.distance_m.unwrap() - 5_149.9).abs() < 0.1);
        assert!((rows[1].totals.timer_time_s.unwrap() - 1_803.8).abs() < 0.1);
        assert_eq!(rows[2].sport.as_ref().unwrap().as_str(), "bike_bootcamp");
        assert_eq!((rows[2].totals.timer_time_s, rows[2].totals.distance_m), (Some(600.0), None));
    }
}
