//! Zepp, before that Amazfit and Mi Fit: `SPORT/SPORT_<stamp>.csv`, a row for each sport.
//!
//! Starts are UTC with an offset of `+0000` wherever the runner was, so the runner's zone tells the local day. −1 is not
//! known. Known from four public rows and six public readers; numbers of sports from the service's interface.

use super::{
    moments::{moment, utc_ms},
    part::{IndexError, Part, Row},
    service::{Service, ServiceFile, not_used, whole},
    table::{Cells, Table},
};
use crate::{
    activity::{Sport, Totals},
    import::words,
};

/// The row of [`SERVICES`](super::SERVICES).
pub static ZEPP: Service = Service {
    name: "Zepp",
    files: &[
        ServiceFile {
            name: "SPORT_….csv",
            is: |head| {
                head.headings()
                    .is_some_and(|known| known.hold(&["type", "startTime", "sportTime(s)", "distance(m)"]))
            },
            else_by_name: None,
            read: |_, reader| read(&whole(reader)?),
            samples,
        },
        ServiceFile {
            name: "ACTIVITY_….csv",
            is: |head| head.headings().is_some_and(|known| known.hold(&["date", "steps", "runDistance"])),
            else_by_name: None,
            read: |_, _| not_used("sums of days, no sports"),
            samples: || {
                vec![(
                    "ACTIVITY/ACTIVITY_1772348400000.csv",
                    "date,steps,distance,runDistance,calories\n2026-03-01,9,7,5,3\n".into(),
                )]
            },
        },
    ],
    reads: "sports: distance and times",
    how_to_export: "Zepp, Profile, Settings, Account, Export data",
    totals_are_the_devices: true,
    shorter_means_cropped: false,
};

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let file = "\u{feff}type,startTime,sportTime(s),maxPace(/meter),minPace(/meter),distance(m),avgPace(/meter),\
        calories(kcal)\n1,2026-03-01 07:00:00+0000,1800,0.0,0.25,5010.0,0.335,400.0\n\
        17,2026-03-02 07:00:00+0000,5400,-1.0,-1.0,-1.0,-1.0,640.0\n";
    vec![("SPORT/SPORT_1772348400000.csv", file.into())]
}

fn read(bytes: &[u8]) -> Result<Part, IndexError> {
    let table = Table::read(bytes)?;
    Ok(table.activities(ZEPP.name, row)?.into())
}

fn row(cells: &Cells<'_>) -> Option<Row> {
    let unix_ms = cells.word("startTime").and_then(utc_ms)?;
    let (sport, sub_sport) = match cells.word("type") {
        Some("1") => words::sport("run"),
        Some("6") => words::sport("walk"),
        Some("8") => words::sport("treadmill"),
        Some("9") => words::sport("ride"),
        Some("16" | "52") => (Sport::new("strength_training"), None),
        number => (Sport::new(&format!("zepp_{}", number.unwrap_or("unknown"))), None),
    };
    Some(Row {
        start: Some(moment(unix_ms, None)),
        sport: Some(sport),
        sub_sport,
        totals: Totals {
            distance_m: cells.amount("distance(m)"),
            timer_time_s: cells.amount("sportTime(s)"),
            ..Totals::default()
        },
        ..Row::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_in_utc_and_minus_one_is_not_known() {
        let rows = read(&samples()[0].1).unwrap().rows.rows;
        assert_eq!(rows[0].start, Some(moment(1_772_348_400_000, None)));
        assert_eq!((rows[0].totals.distance_m, rows[0].totals.timer_time_s), (Some(5_010.0), Some(1_800.0)));
        assert_eq!((rows[1].totals.distance_m, rows[1].sport.as_ref().unwrap().as_str()), (None, "zepp_17"));
    }
}
