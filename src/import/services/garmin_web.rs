//! Garmin Connect on the web: `Activities.csv`, the list of activities as "Export CSV" gives it.
//!
//! The first nine columns stand in the same order in every language: type, date, favourite, title, distance, calories,
//! time, mean and highest heart rate; the others are known by their headings where the language is. Seen in English
//! (kilometres) and in German. Dates are the clock on the wall. `--` and 0 are not known; numbers have a decimal point and
//! commas between thousands.
//!
//! Whether distances are kilometres or miles no column says. Steps a minute times metres a step times minutes are the
//! metres of a run: the median over all runs tells. Without such a run they are read as kilometres, with a notice.

use super::{
    moments::wall_clock,
    part::{IndexError, Part, Row, Start},
    service::{Head, ServiceFile, whole},
    table::{Cells, Table, amount, clock_s, local_amount},
};
use crate::{
    activity::{Sport, Totals},
    import::words,
    units::{LARGEST, METERS_PER_MILE},
};

/// The file among those of Garmin.
pub(crate) const WEB: ServiceFile = ServiceFile {
    name: "Activities.csv",
    is,
    else_by_name: None,
    read: |_, reader| read(&whole(reader)?),
    samples,
};

const METERS_PER_KILOMETER: f64 = 1_000.0;
const METERS_PER_FOOT: f64 = 0.3048;
/// Metres a unit above which the unit is a mile: half way between.
const MILES_ABOVE: f64 = 1_300.0;
/// Nobody's steps are longer in metres: they are feet.
const LONGEST_STEP_M: f64 = 2.2;

const CADENCE: [&str; 5] = [
    "Avg Run Cadence",
    "Ø Schrittfrequenz (Laufen)",
    "Cadence de course moyenne",
    "Cadencia de carrera media",
    "Cadenza di corsa media",
];
const STRIDE: [&str; 5] = [
    "Avg Stride Length",
    "Ø Schrittlänge",
    "Longueur moyenne des foulées",
    "Longitud media de zancada",
    "Lunghezza media passo",
];
const ASCENT: [&str; 6] = [
    "Total Ascent",
    "Elev Gain",
    "Positiver Höhenunterschied",
    "Ascension totale",
    "Ascenso total",
    "Ascesa totale",
];
const DESCENT: [&str; 6] = [
    "Total Descent",
    "Elev Loss",
    "Negativer Höhenunterschied",
    "Descente totale",
    "Descenso total",
    "Discesa totale",
];
const ELAPSED: [&str; 5] =
    ["Elapsed Time", "Verstrichene Zeit", "Temps écoulé", "Tiempo transcurrido", "Tempo trascorso"];

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let english = "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,Aerobic TE,Avg Run Cadence,\
        Total Ascent,Total Descent,Avg Stride Length,Moving Time,Elapsed Time\n\
        Treadmill Running,2026-03-01 08:00:00,false,\"Hills, twice\",\"5.01\",\"400\",\"00:30:00\",\"151\",\"--\",\"3.1\",\
        \"170\",\"12\",\"--\",\"0.98\",\"00:00:00\",\"00:30:10.5\"\n\
        Pool Swimming,2026-03-02 08:00:00,false,x,\"1,000\",\"--\",\"00:20:00\",\"--\",\"--\",,\"0\",,,\"0.00\",,\n";
    let german = "\u{feff}Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit,Ø Herzfrequenz,Maximale Herzfrequenz,\
        Ø Schrittfrequenz (Laufen),Ø Schrittlänge\nLaufen,2026-03-01 08:00:00,false,x,\"3.11\",\"2,336\",\"00:30:00\",\
        \"151\",\"171\",\"170\",\"0.98\"\n";
    vec![("Activities.csv", english.into()), ("Activities (1).csv", german.into())]
}

/// By what stands in the first row: headings are translated.
fn is(head: &Head<'_>) -> bool {
    let is_known = |first: &str| ["Activity Type", "Aktivitätstyp"].contains(&first);
    head.headings().is_some_and(|headings| headings.count() >= 9)
        && Table::read(&head.bytes).is_ok_and(|table| {
            let of_row = |cells: Cells<'_>| {
                let is_dated = cells.at(1).and_then(wall_clock).is_some();
                is_dated && cells.at(2).is_some_and(|word| matches!(word, "true" | "false"))
            };
            table.first_row().map_or(table.headings.first().is_some_and(is_known), of_row)
        })
}

fn read(bytes: &[u8]) -> Result<Part, IndexError> {
    let table = Table::read(bytes)?;
    let meters_a_unit = meters_a_unit(&table);
    let unit_m = meters_a_unit.unwrap_or(METERS_PER_KILOMETER);
    let mut rows = table.activities("Garmin Connect", |cells| row(cells, unit_m))?;
    let is_told = meters_a_unit.is_some() || rows.rows.iter().all(|row| row.totals.distance_m.is_none());
    if !is_told {
        let notice =
            "no run shows by its steps whether distances are kilometres or miles: read as kilometres";
        rows.notices.push(notice.to_owned());
    }
    Ok(rows.into())
}

/// How long the unit of distances is, by the runs that have steps.
fn meters_a_unit(table: &Table) -> Option<f64> {
    let ratio = |cells: Cells<'_>| {
        let stride = number(cells.any_word(&STRIDE)?)?;
        let stride_m = if stride > LONGEST_STEP_M { stride * METERS_PER_FOOT } else { stride };
        let minutes = cells.at(6).and_then(clock_s)? / 60.0;
        Some(number(cells.any_word(&CADENCE)?)? * stride_m * minutes / number(cells.at(4)?)?)
    };
    let mut ratios: Vec<f64> = table.cells().filter_map(ratio).filter(|ratio| ratio.is_finite()).collect();
    ratios.sort_by(f64::total_cmp);
    let median = *ratios.get(ratios.len() / 2)?;
    Some(if median > MILES_ABOVE { METERS_PER_MILE } else { METERS_PER_KILOMETER })
}

fn row(cells: &Cells<'_>, unit_m: f64) -> Option<Row> {
    let (sport, sub_sport) = cells.at(0).map_or((Sport::new("other"), None), words::sport);
    let is_swim = sport.as_str().contains("swim");
    let height_m = if unit_m > MILES_ABOVE { METERS_PER_FOOT } else { 1.0 };
    let heights = |names: &[&str]| cells.any_word(names).and_then(number).map(|units| units * height_m);
    let beats = |column: usize| cells.at(column).and_then(number).filter(|bpm| *bpm <= 255.0);
    let cadence = cells.any_word(&CADENCE).and_then(number).filter(|steps| *steps <= 500.0);
    Some(Row {
        start: Some(Start::Local(wall_clock(cells.at(1)?)?)),
        name: cells.at(3).map(str::to_owned),
        totals: Totals {
            distance_m: cells
                .at(4)
                .and_then(number)
                .map(|units| if is_swim { units } else { units * unit_m })
                .filter(|meters| *meters <= LARGEST),
            timer_time_s: cells.at(6).and_then(clock_s).filter(|seconds| *seconds <= LARGEST),
            elapsed_time_s: cells.any_word(&ELAPSED).and_then(clock_s).filter(|seconds| *seconds <= LARGEST),
            ascent_m: heights(&ASCENT),
            descent_m: heights(&DESCENT),
            average_heart_rate_bpm: beats(7),
            max_heart_rate_bpm: beats(8),
            average_cadence_spm: cadence.filter(|_| sport.is_running()),
            ..Totals::default()
        },
        sport: Some(sport),
        sub_sport,
        ..Row::default()
    })
}

/// A number above 0 as any country writes it; where a comma may be either, it stands between thousands.
fn number(text: &str) -> Option<f64> {
    local_amount(text).or_else(|| amount(&text.replace(',', "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(sample: usize) -> Vec<Row> {
        read(&samples()[sample].1).unwrap().rows.rows
    }

    #[test]
    fn a_row_gives_the_clock_on_the_wall_sport_and_totals() {
        let run = &rows(0)[0];
        assert_eq!(run.start, Some(Start::Local("2026-03-01T08:00:00".parse().unwrap())));
        assert_eq!(
            (run.sub_sport.as_deref(), run.name.as_deref()),
            (Some("treadmill"), Some("Hills, twice"))
        );
        assert_eq!((run.totals.distance_m, run.totals.timer_time_s), (Some(5_010.0), Some(1_800.0)));
        assert_eq!((run.totals.elapsed_time_s, run.totals.descent_m), (Some(1_810.5), None));
        assert_eq!((run.totals.average_heart_rate_bpm, run.totals.max_heart_rate_bpm), (Some(151.0), None));
        assert_eq!(rows(0)[1].totals.distance_m, Some(1_000.0));
    }

    #[test]
    fn steps_tell_kilometres_from_miles() {
        // 170 steps a minute of 0.98 m over 30 minutes are 5.0 km: 3.11 of them are miles
        assert_eq!(rows(1)[0].totals.distance_m, Some(3.11 * METERS_PER_MILE));
        let without = String::from_utf8(samples()[1].1.clone()).unwrap().replace("\"0.98\"", "\"--\"");
        let read = read(without.as_bytes()).unwrap().rows;
        assert_eq!((read.rows[0].totals.distance_m, read.notices.len()), (Some(3_110.0), 1));
    }

    #[test]
    fn numbers_have_points_and_thousands() {
        for (text, expected) in [
            ("9.73", Some(9.73)),
            ("1,000", Some(1_000.0)),
            ("1,234.5", Some(1_234.5)),
            ("9,73", Some(9.73)),
            ("1.234,5", Some(1_234.5)),
            ("1,234,567", Some(1_234_567.0)),
            ("--", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }
}
