//! Strava: `activities.csv` of a bulk export, a row for each activity.
//!
//! Three layouts, told by their headings:
//!
//! - until June 2019 ten columns, `id,date,name,…,filename`: dates as `2018-09-12 15:02:23`, distance in
//!   metres;
//! - from July 2019 the same ten with names, `Activity ID,Activity Date,…`: dates as
//!   `Sep 12, 2018, 3:02:23 PM`, distance in kilometres;
//! - since then ever more columns, 101 at the last count. `Elapsed Time`, `Distance` and
//!   `Max Heart Rate` stand twice: first as Strava shows them, then plainly, in metres and seconds.
//!
//! Dates are in UTC and do not say so. Strava documents none of this: taken from headings and rows that
//! users show in the public threads of hugovk/strava-tools (#1, #2) and martin-ueding/geo-activity-playground
//! (#86, #143, #191, #393, #403), and from one real file of the first layout. What moving time means is
//! documented by Strava ("Moving Time, Speed, and Pace Calculations").
//!
//! Headings, types and months are in the language of the account; the order of the columns is the same in each, and newer
//! columns stand before the last. So a wide file in another language is read by position: from column 15 on numbers have a
//! decimal point in every language. The columns `Type`, `Gear` and `Bike` hold numbers that are not documented and are not
//! used, and neither is the cadence.

use super::{
    dates::date_time,
    moments::moment,
    part::{IndexError, Row, Rows, Start, knee_lines},
    service::{Head, Service, ServiceFile, whole},
    strava_shoes::SHOES,
    table::{Cells, Headings, Table, local_amount},
};
use crate::{
    activity::{Sport, Totals},
    import::words,
};

/// The row of [`SERVICES`](super::SERVICES).
pub static STRAVA: Service = Service {
    name: "Strava",
    files: &[
        ServiceFile {
            name: "activities.csv",
            is: |head| head.headings().is_some_and(is_index) || is_wide(head),
            else_by_name: Some("activities.csv"),
            read: |_, reader| Ok(read(&whole(reader)?)?.into()),
            samples,
        },
        SHOES,
    ],
    reads: "recordings, distance, times, climb, heart rate, shoes",
    how_to_export: "strava.com, Settings, My Account, Download or Delete Your Account, Request Your Archive",
    totals_are_the_devices: false,
    shorter_means_cropped: true,
};

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let until_2019 = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n\
        7,2026-03-01 07:00:00,Rain,Run,,3700,10050.5,false,Red shoes,activities/7.fit.gz\n";
    let since = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Activity Gear,Filename,\
        Elapsed Time,Moving Time,Distance,Elevation Gain,Max Heart Rate,Average Heart Rate\n\
        7,\"Mar 1, 2026, 7:00:00 AM\",\"Hills, twice\",Run,3700,\"10,05\",Red shoes,activities/7.gpx,3700.0,3600.0,\
        10050.0,84.5,172.0,151.5\n8,\"12 Sept 2026, 15:02:23\",x,Ride,1,1,,,,,,,,\n";
    let (mut headings, mut row) = (vec!["Spalte"; WIDE], vec![""; WIDE]);
    headings[1] = "Aktivitätsdatum";
    for (column, text) in [
        (0, "7"),
        (1, "\"01.03.2026, 07:00:00\""),
        (2, "Regen"),
        (3, "Traillauf"),
        (5, "3700"),
        (6, "\"10,05\""),
        (11, "Rote Schuhe"),
        (12, "activities/7.fit.gz"),
        (15, "3700.0"),
        (16, "3600.0"),
        (17, "10050.0"),
        (31, "151.5"),
    ] {
        row[column] = text;
    }
    let wide = format!("{}\n{}\n", headings.join(","), row.join(","));
    vec![
        ("activities.csv", until_2019.into()),
        ("activities.csv", since.into()),
        ("activities.csv", wide.into()),
    ]
}

/// Where a runner writes sentences, in every layout.
const NOTES: [&str; 3] = ["Activity Description", "Activity Private Note", "description"];

const METERS_PER_KILOMETER: f64 = 1_000.0;

/// The headings of the columns that every layout has.
struct Layout {
    id: &'static str,
    date: &'static str,
    name: &'static str,
    sport: &'static str,
    elapsed_time: &'static str,
    gear: &'static str,
    file: &'static str,
    distance_m: fn(&Cells<'_>) -> Option<f64>,
}

const UNTIL_2019: Layout = Layout {
    id: "id",
    date: "date",
    name: "name",
    sport: "type",
    elapsed_time: "elapsed_time",
    gear: "gear",
    file: "filename",
    distance_m: |cells| cells.amount("distance"),
};

const SINCE_2019: Layout = Layout {
    id: "Activity ID",
    date: "Activity Date",
    name: "Activity Name",
    sport: "Activity Type",
    elapsed_time: "Elapsed Time",
    gear: "Activity Gear",
    file: "Filename",
    distance_m: distance_since_2019_m,
};

impl Layout {
    fn of(headings: &Headings) -> Option<&'static Self> {
        [&SINCE_2019, &UNTIL_2019].into_iter().find(|layout| {
            headings.hold(&[layout.id, layout.date, layout.sport, layout.elapsed_time, layout.file])
        })
    }
}

/// Whether these are Strava's English headings, of any layout.
pub(crate) fn is_index(headings: &Headings) -> bool {
    Layout::of(headings).is_some()
}

/// So many columns stand where they stand in every language.
const WIDE: usize = 86;

/// Whether this is a list in any language, by what stands in its columns.
fn is_wide(head: &Head<'_>) -> bool {
    head.headings().is_some_and(|headings| headings.count() >= WIDE)
        && Table::read(&head.bytes).is_ok_and(|table| {
            // a row with a long description may not end within the head
            let first = table.first_row();
            first.is_some_and(|cells| {
                let is_number = cells.at(0).is_some_and(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
                is_number && cells.at(1).and_then(date_time).is_some()
            })
        })
}

/// Reads the rows of an `activities.csv`.
///
/// Of the totals, `timer_time_s` is Strava's moving time in seconds: the watch's own for a run on which it
/// was paused, else without the time that Strava finds the runner standing. A 0 counts as not known.
///
/// # Errors
/// If the headings are not Strava's in English, or nothing of the file is whole.
pub fn read(bytes: &[u8]) -> Result<Rows, IndexError> {
    let table = Table::read(bytes)?;
    if let Some(layout) = Layout::of(&table.headings) {
        return table.into_rows(|cells| row(layout, cells));
    }
    if table.headings.count() < WIDE {
        return Err(unknown(&table.headings));
    }
    let dates = || table.cells().filter_map(|cells| cells.at(1).map(str::to_owned));
    if let Some(date) = dates().next().filter(|_| !dates().any(|date| date_time(&date).is_some())) {
        return Err(IndexError::UnknownHeadings(format!("its dates, such as “{date}”, cannot be read")));
    }
    table.into_rows(row_by_position)
}

/// A row of a wide list in any language.
fn row_by_position(cells: &Cells<'_>) -> Option<Row> {
    let owned = |column: usize| cells.at(column).map(str::to_owned);
    let number = |column: usize| cells.at(column).and_then(local_amount);
    let beats = |column: usize| number(column).filter(|bpm| *bpm <= 255.0);
    let word = cells.at(3);
    let known = word.and_then(words::known);
    let is_shown_in_meters = known.as_ref().is_some_and(|(sport, _)| sport.as_str() == "swimming");
    let shown_m = cells.at(6).and_then(local_amount).map(|km| km * METERS_PER_KILOMETER);
    Some(Row {
        file: owned(12),
        start: Some(start(cells.at(1)?)?),
        sport_is_unknown: known.is_none(),
        sub_sport: known.as_ref().and_then(|(_, kind)| kind.map(str::to_owned)),
        sport: known.map(|(sport, _)| sport).or_else(|| word.map(Sport::new)),
        name: owned(2),
        gear: owned(11),
        // description and private note
        knee_lines: knee_lines([cells.at(4), cells.at(10)]),
        totals: Totals {
            distance_m: number(17).or(shown_m.filter(|_| !is_shown_in_meters)),
            timer_time_s: number(16),
            elapsed_time_s: number(15).or(number(5)),
            ascent_m: number(20),
            descent_m: number(21),
            max_heart_rate_bpm: beats(30),
            average_heart_rate_bpm: beats(31),
            ..Totals::default()
        },
        ..Row::default()
    })
}

fn unknown(headings: &Headings) -> IndexError {
    IndexError::UnknownHeadings(format!(
        "it begins with “{}”, as no service does that is known; take the file as the service sent it, not as a spreadsheet \
         saved it, in English if there is a choice",
        headings.beginning()
    ))
}

fn row(layout: &Layout, cells: &Cells<'_>) -> Option<Row> {
    let owned = |name: &str| cells.word(name).map(str::to_owned);
    let (sport, sub_sport) = cells.word(layout.sport).map(sport).unzip();
    Some(Row {
        file: owned(layout.file),
        start: Some(start(cells.word(layout.date)?)?),
        sport,
        sub_sport: sub_sport.flatten().map(str::to_owned),
        name: owned(layout.name),
        gear: owned(layout.gear),
        knee_lines: knee_lines(NOTES.map(|heading| cells.word(heading))),
        totals: totals(layout, cells),
        ..Row::default()
    })
}

fn totals(layout: &Layout, cells: &Cells<'_>) -> Totals {
    Totals {
        distance_m: (layout.distance_m)(cells),
        timer_time_s: cells.amount("Moving Time"),
        elapsed_time_s: cells.amount(layout.elapsed_time),
        ascent_m: cells.amount("Elevation Gain"),
        descent_m: cells.amount("Elevation Loss"),
        average_heart_rate_bpm: cells.heart_rate_bpm("Average Heart Rate"),
        max_heart_rate_bpm: cells.heart_rate_bpm("Max Heart Rate"),
        ..Totals::default()
    }
}

/// The second column is in metres. The first is in kilometres as the account's country writes them, but for
/// swimming and rowing, which Strava shows in metres.
fn distance_since_2019_m(cells: &Cells<'_>) -> Option<f64> {
    let plain = cells.nth_word("Distance", 1).and_then(local_amount);
    plain.or_else(|| {
        let is_shown_in_meters = matches!(cells.word(SINCE_2019.sport), Some("Swim" | "Rowing"));
        let shown = cells.word("Distance").filter(|_| !is_shown_in_meters).and_then(local_amount);
        shown.map(|km| km * METERS_PER_KILOMETER)
    })
}

/// The sport and the finer kind, both in FIT's words where FIT has them.
fn sport(word: &str) -> (Sport, Option<&'static str>) {
    let letters: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    let (sport, kind) = match letters.to_lowercase().as_str() {
        "run" => ("running", None),
        "trailrun" => ("running", Some("trail")),
        "virtualrun" => ("running", Some("virtual_activity")),
        "ride" => ("cycling", None),
        "virtualride" => ("cycling", Some("virtual_activity")),
        "mountainbikeride" => ("cycling", Some("mountain")),
        "gravelride" => ("cycling", Some("gravel_cycling")),
        "hike" => ("hiking", None),
        "walk" => ("walking", None),
        "swim" => ("swimming", None),
        _ => (word, None),
    };
    (Sport::new(sport), kind)
}

/// The moment, in UTC.
fn start(text: &str) -> Option<Start> {
    Some(moment(date_time(text)?.and_utc().timestamp_millis(), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,\
        Elapsed Time,Distance,Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,\
        Filename,Athlete Weight,Bike Weight,Elapsed Time,Moving Time,Distance,Max Speed,Average Speed,Elevation Gain,\
        Elevation Loss,Max Heart Rate,Average Heart Rate,Type,Bike,Gear,Media";

    fn one(text: &str) -> Row {
        let rows = read(text.as_bytes()).unwrap();
        assert_eq!((rows.rows.len(), rows.notices.as_slice()), (1, [].as_slice()));
        rows.rows.into_iter().next().unwrap()
    }

    fn today(date: &str, name: &str, sport: &str, km: &str, meters: &str) -> String {
        format!(
            "{TODAY}\n7,\"{date}\",{name},{sport},\"two\nlines\",3700,\"{km}\",171,40,false,\"\", Red shoes ,\
            activities/70.fit.gz,60.0,,3700.0,3600.0,{meters},5.1,2.8,84.5,80.25,172.0,151.5,0.0,,9.0,\"\"\n"
        )
    }

    fn started_unix_ms(date: &str) -> Option<i64> {
        match start(date)? {
            Start::Moment { unix_ms, utc_offset_s: None } => Some(unix_ms),
            other => panic!("{other:?}"),
        }
    }

    fn is_index(head: &[u8]) -> bool {
        Headings::of(head).is_some_and(|headings| super::is_index(&headings))
    }

    #[test]
    fn a_row_of_today_gives_file_start_sport_names_and_totals() {
        let row = one(&today("Mar 1, 2026, 7:00:00 AM", "\"Hills, twice\"", "Run", "10.05", "10049.5"));
        assert_eq!(
            row,
            Row {
                file: Some("activities/70.fit.gz".to_owned()),
                start: Some(Start::Moment { unix_ms: 1_772_348_400_000, utc_offset_s: None }),
                sport: Some(Sport::running()),
                sub_sport: None,
                name: Some("Hills, twice".to_owned()),
                gear: Some("Red shoes".to_owned()),
                totals: Totals {
                    distance_m: Some(10_049.5),
                    timer_time_s: Some(3_600.0),
                    elapsed_time_s: Some(3_700.0),
                    ascent_m: Some(84.5),
                    descent_m: Some(80.25),
                    average_heart_rate_bpm: Some(151.5),
                    max_heart_rate_bpm: Some(172.0),
                    ..Totals::default()
                },
                ..Row::default()
            }
        );
    }

    #[test]
    fn without_metres_the_kilometres_count_if_they_read_one_way_only() {
        let distance_m = |sport, km, meters| {
            one(&today("Mar 1, 2026, 7:00:00 AM", "", sport, km, meters)).totals.distance_m
        };
        assert_eq!(distance_m("Run", "10.5", ""), Some(10_500.0));
        assert_eq!(distance_m("Run", "10,5", ""), Some(10_500.0));
        assert_eq!(distance_m("Run", "10.5", "10490.0"), Some(10_490.0));
        assert_eq!(distance_m("Run", "1,234", ""), None);
        assert_eq!(distance_m("Run", "0.0", "0.0"), None);
        assert_eq!(distance_m("Run", "", ""), None);
        assert_eq!(distance_m("Swim", "1500", ""), None);
        assert_eq!(distance_m("Swim", "1,500", "1500.0"), Some(1_500.0));
    }

    #[test]
    fn the_ten_columns_until_2019_give_metres() {
        let row = one("id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n\
            7,2018-03-01 07:00:00,Morning Run,Run,,3700,10049.5,false,,activities/7.gpx\n");
        assert_eq!(row.start, Some(Start::Moment { unix_ms: 1_519_887_600_000, utc_offset_s: None }));
        assert_eq!((row.totals.distance_m, row.totals.elapsed_time_s), (Some(10_049.5), Some(3_700.0)));
        assert_eq!((row.totals.timer_time_s, row.totals.ascent_m), (None, None));
        assert_eq!((row.file.as_deref(), row.gear), (Some("activities/7.gpx"), None));
    }

    #[test]
    fn the_ten_columns_from_2019_on_give_kilometres() {
        let row =
            one("Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,\
            Distance,Commute,Activity Gear,Filename\n\
            7,\"Mar 1, 2018, 7:00:00 AM\",,Run,,3700,10.05,false,,\n");
        assert_eq!((row.totals.distance_m, row.totals.elapsed_time_s), (Some(10_050.0), Some(3_700.0)));
        assert_eq!((row.file, row.name), (None, None));
    }

    #[test]
    fn dates_are_utc_however_they_are_written() {
        for date in [
            "Nov 3, 2018, 2:30:00 PM",
            "Nov 3, 2018, 2:30:00\u{202f}PM",
            "Nov 3, 2018,\u{a0}02:30:00 pm",
            "Nov 3, 2018, 14:30:00",
            "November 3, 2018, 14:30:00",
            "3 Nov 2018, 14:30:00",
            "03 Nov 2018, 2:30:00 pm",
            "2018-11-03 14:30:00",
            "03.11.2018, 14:30:00",
            "3 nov. 2018, 14:30:00",
            "2018-11-03T14:30:00Z",
        ] {
            assert_eq!(started_unix_ms(date), Some(1_541_255_400_000), "{date}");
        }
        assert_eq!(started_unix_ms("Sept 1, 2018, 12:00:00 AM"), started_unix_ms("2018-09-01 00:00:00"));
        assert_eq!(started_unix_ms("Sep 1, 2018, 12:00:00 PM"), started_unix_ms("2018-09-01 12:00:00"));
    }

    #[test]
    fn what_is_no_date_with_a_time_is_none() {
        for date in ["", "yesterday", "Nov 3, 2018", "Feb 30, 2018, 2:30:00 PM", "Nov 3, 2018, 14:30:00 PM"] {
            assert_eq!(started_unix_ms(date), None, "{date}");
        }
    }

    #[test]
    fn kinds_of_runs_and_rides_are_runs_and_rides() {
        let told = |word| {
            let (sport, kind) = sport(word);
            (sport.to_string(), kind)
        };
        assert_eq!(told("Run"), ("running".to_owned(), None));
        assert_eq!(told("Trail Run"), told("TrailRun"));
        assert_eq!(told("TrailRun"), ("running".to_owned(), Some("trail")));
        assert_eq!(told("Virtual Run"), ("running".to_owned(), Some("virtual_activity")));
        assert_eq!(told("Virtual Ride"), ("cycling".to_owned(), Some("virtual_activity")));
        assert_eq!(told("Hike"), ("hiking".to_owned(), None));
        assert_eq!(told("Weight Training"), ("weight_training".to_owned(), None));
    }

    #[test]
    fn headings_of_strava_are_known_and_those_of_others_are_not() {
        assert!(is_index(TODAY.as_bytes()));
        assert!(is_index(format!("\u{feff}{TODAY}\r\n").as_bytes()));
        assert!(is_index(b"id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n1,"));
        assert!(!is_index(b"Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR\n"));
        assert!(!is_index(
            b"Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Pace,GPX File\n"
        ));
        assert!(!is_index(b"id,date,name,type\n1,2,3,4\n"));
        assert!(!is_index(b""));
        assert!(!is_index(&[0xFF; 40_000]));
    }

    #[test]
    fn headings_in_another_language_say_what_to_do() {
        let error = read("Aktivitäts-ID,Aktivitätsdatum,Dateiname\n1,2,3\n".as_bytes()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "an index of activities with unknown headings: it begins with \
            “Aktivitäts-ID, Aktivitätsdatum, Dateiname”, as no service does that is known; take the file as the service \
            sent it, not as a spreadsheet saved it, in English if there is a choice"
        );
    }

    #[test]
    fn a_row_without_a_date_or_with_too_few_columns_is_left_out_with_a_notice() {
        let mut file = today("Mar 1, 2026, 7:00:00 AM", "First", "Run", "10.05", "10049.5");
        file.push_str(&today("some day", "Second", "Run", "1", "1").replacen(TODAY, "", 1));
        file.push_str("9,\"Mar 2, 2026, 7:00:00 AM\",Third,Run\n");
        let rows = read(file.as_bytes()).unwrap();
        assert_eq!(rows.rows.len(), 1);
        assert_eq!(
            rows.notices,
            ["1 row without a usable date was left out", "breaks off in line 7; what came before it counts"]
        );
    }

    #[test]
    fn a_file_cut_anywhere_or_with_any_byte_changed_never_panics() {
        let file = today("Mar 1, 2026, 7:00:00\u{202f}AM", "Über", "Run", "1,5", "").into_bytes();
        for length in 0..file.len() {
            let _ = is_index(&file[..length]);
            if let Ok(rows) = read(&file[..length]) {
                // the last cell is empty: its quotes and the end of the line may be missing
                assert!(rows.rows.is_empty() || length + 3 >= file.len(), "at {length}");
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
