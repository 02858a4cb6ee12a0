//! Withings, before that Nokia Health and Health Mate: `activities.csv`, a row for each activity, its values as JSON in a
//! cell.
//!
//! The first two headings are in the language of the account, so the others tell the file. Moments state their offset.
//! What the runner typed goes first. The distance of the GPS is often absurd and is not read, `elevation` is not in metres.
//! A `Multi Sport` row with the times of another row is the same activity again. Seen in one real export.

use std::collections::HashSet;

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;
use serde::Deserialize;

use super::{
    json::{self, Scalar},
    moments::{moment, utc_ms, wall_clock},
    part::{IndexError, Part, Row, Start},
    service::{Service, ServiceFile, whole},
    spans::elapsed_s,
    table::{Cells, Headings, Table},
};
use crate::{activity::Totals, import::words};

/// The row of [`SERVICES`](super::SERVICES).
pub static WITHINGS: Service = Service {
    name: "Withings",
    files: &[ServiceFile {
        name: "activities.csv",
        is: |head| head.headings().is_some_and(is_list),
        else_by_name: None,
        read: |_, reader| read(&whole(reader)?),
        samples,
    }],
    reads: "activities: distance, times, heart rate",
    how_to_export: "Withings, Profile, Settings, Download your data",
    totals_are_the_devices: true,
    shorter_means_cropped: false,
};

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let file = "von,bis,\"from (manual)\",\"to (manual)\",Timezone,\"Activity type\",Data,GPS,Modified\n\
        2026-03-01T08:00:00+01:00,2026-03-01T08:31:00+01:00,,,Europe/Berlin,Running,\"{\"\"manual_distance\"\":5010,\
        \"\"hr_average\"\":151,\"\"hr_max\"\":0,\"\"pause_duration\"\":60,\"\"distance\"\":4800}\",\
        \"{\"\"distance\"\":9999}\",2026-03-01T09:00:00+01:00\n\
        2026-03-01T08:00:00+01:00,2026-03-01T08:31:00+01:00,,,Europe/Berlin,\"Multi Sport\",{},,\
        2026-03-01T09:00:00+01:00\n";
    vec![("activities.csv", file.into())]
}

fn is_list(headings: &Headings) -> bool {
    headings.hold(&["Timezone", "Activity type", "Data", "GPS", "Modified"])
}

/// The values of an activity.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Data {
    /// Metres.
    manual_distance: Scalar,
    distance: Scalar,
    hr_average: Scalar,
    hr_max: Scalar,
    /// Seconds.
    pause_duration: Scalar,
}

fn read(bytes: &[u8]) -> Result<Part, IndexError> {
    let table = Table::read(bytes)?;
    let times = |cells: &Cells<'_>| [0, 1].map(|column| cells.at(column).unwrap_or_default().to_owned());
    let of_others: HashSet<[String; 2]> =
        table.cells().filter(|cells| !is_shell(cells)).map(|cells| times(&cells)).collect();
    let is_again = |cells: &Cells<'_>| is_shell(cells) && of_others.contains(&times(cells));
    Ok(table.keep(|cells| !is_again(cells)).activities(WITHINGS.name, row)?.into())
}

fn is_shell(cells: &Cells<'_>) -> bool {
    cells.word("Activity type").is_some_and(|word| word.eq_ignore_ascii_case("Multi Sport"))
}

fn row(cells: &Cells<'_>) -> Option<Row> {
    let zone = cells.word("Timezone").and_then(|zone| zone.parse::<Tz>().ok());
    let moments = |from: usize, to: usize| {
        Some((start(cells.at(from)?, zone)?, cells.at(to).and_then(|to| start(to, zone))))
    };
    let (from, to) = moments(2, 3).or_else(|| moments(0, 1))?;
    let (sport, sub_sport) = words::sport(cells.word("Activity type").unwrap_or("other"));
    let data: Data = cells.word("Data").and_then(|data| json::read(data).ok()).unwrap_or_default();
    let elapsed_s = elapsed_s(unix_ms(from)?, to.and_then(unix_ms));
    let pause_s = data.pause_duration.amount().unwrap_or_default();
    Some(Row {
        start: Some(from),
        sport: Some(sport),
        sub_sport,
        totals: Totals {
            distance_m: data.manual_distance.amount().or(data.distance.amount()),
            timer_time_s: elapsed_s.map(|s| s - pause_s).filter(|s| *s > 0.0).or(elapsed_s),
            elapsed_time_s: elapsed_s,
            average_heart_rate_bpm: data.hr_average.heart_rate_bpm(),
            max_heart_rate_bpm: data.hr_max.heart_rate_bpm(),
            ..Totals::default()
        },
        ..Row::default()
    })
}

/// A moment with its offset, or with that of the row's zone.
fn start(text: &str, zone: Option<Tz>) -> Option<Start> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(moment(time.timestamp_millis(), Some(time.offset().local_minus_utc())));
    }
    let Some(clock) = wall_clock(text) else { return Some(moment(utc_ms(text)?, None)) };
    let in_zone = zone.and_then(|zone| zone.from_local_datetime(&clock).earliest());
    Some(in_zone.map_or(Start::Local(clock), |time| {
        moment(time.timestamp_millis(), Some(time.offset().fix().local_minus_utc()))
    }))
}

/// The moment, or for a clock on the wall one to count from.
fn unix_ms(start: Start) -> Option<i64> {
    match start {
        Start::Moment { unix_ms, .. } => Some(unix_ms),
        Start::Local(clock) => Some(clock.and_utc().timestamp_millis()),
        Start::Day(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_runner_typed_goes_first_and_a_shell_of_the_same_times_is_nothing() {
        let rows = read(&samples()[0].1).unwrap().rows.rows;
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].start, Some(moment(1_772_348_400_000, Some(3_600))));
        let totals = &rows[0].totals;
        assert_eq!((totals.distance_m, totals.timer_time_s), (Some(5_010.0), Some(1_800.0)));
        assert_eq!((totals.average_heart_rate_bpm, totals.max_heart_rate_bpm), (Some(151.0), None));
    }

    #[test]
    fn times_that_were_typed_go_first_and_a_shell_alone_is_an_activity() {
        let file = String::from_utf8(samples()[0].1.clone()).unwrap();
        let typed = file.replace("+01:00,,,", "+01:00,2026-03-01T09:00:00+01:00,2026-03-01T09:10:00+01:00,");
        let rows = read(typed.as_bytes()).unwrap().rows.rows;
        assert_eq!(rows[0].start, Some(moment(1_772_352_000_000, Some(3_600))));
        assert_eq!(rows[0].totals.elapsed_time_s, Some(600.0));
        let alone: Vec<&str> = file.lines().filter(|line| !line.contains("Running")).collect();
        assert_eq!(read(alone.join("\n").as_bytes()).unwrap().rows.rows.len(), 1);
    }

    #[test]
    fn without_an_offset_the_rows_zone_counts() {
        let berlin = "Europe/Berlin".parse().ok();
        assert_eq!(start("2026-03-01 08:00:00", berlin), Some(moment(1_772_348_400_000, Some(3_600))));
        assert_eq!(start("x", berlin), None);
    }
}
