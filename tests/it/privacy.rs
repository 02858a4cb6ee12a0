//! What no report tells: where somebody runs, where their files lie, which watch is theirs.

use std::fs;

use chrono::DateTime;
use treadlight::{
    activity::Position,
    fit_encoder::{FileId, FitEncoder, Record, Session},
};

use crate::project::{Project, gpx_track};

const SERIAL: u32 = 3_912_345_678;
/// Places of the fixtures; GPX tracks start at 54.0, 7.0 and go north, so their middle has digits of its own.
const LATITUDE_DEG: f64 = 48.137_154;
const LONGITUDE_DEG: f64 = 11.576_124;
const TELLING: [&str; 8] =
    ["3912345678", "48.13", "11.57", "54.01", "7.0000", "5739", "latitude", "longitude"];

/// A run with a position in every record, on a watch with a serial number.
fn run_with_places(start: &str) -> Vec<u8> {
    let start_unix_s = DateTime::parse_from_rfc3339(start).unwrap().timestamp();
    let mut file = FitEncoder::new();
    file.file_id(&FileId {
        time_created_unix_s: start_unix_s,
        serial_number: Some(SERIAL),
        ..FileId::default()
    });
    for second in (0..=1_800).step_by(10) {
        file.record(&Record {
            time_unix_s: Some(start_unix_s + second),
            position: Some(Position {
                latitude_deg: LATITUDE_DEG + second as f64 * 3e-5,
                longitude_deg: LONGITUDE_DEG,
            }),
            distance_m: Some(3.0 * second as f64),
            ..Record::default()
        });
    }
    file.session(&Session {
        start_unix_s: Some(start_unix_s),
        time_unix_s: Some(start_unix_s + 1_800),
        sport: Some(1),
        sub_sport: Some(0),
        elapsed_time_s: Some(1_800.0),
        timer_time_s: Some(1_800.0),
        distance_m: Some(5_400.0),
        ..Session::default()
    });
    file.activity(start_unix_s + 1_800, 3_600, 1_800.0);
    file.finish()
}

/// FIT, GPX and TCX with places and serial numbers; a duplicate, a ride, and files that are skipped.
fn telling() -> Project {
    let project = Project::new();
    let fit = run_with_places("2026-03-01T08:00:00+01:00");
    let gpx = gpx_track("2026-03-03T08:00:00+01:00", 2_400, 3.0, "<type>running</type>")
        .replace("creator=\"test\"", "creator=\"Forerunner 245 (S/N 3912345678)\"");
    let tcx = "<TrainingCenterDatabase><Activities><Activity Sport=\"Running\"><Id>2026-03-05T07:00:00Z</Id>\
        <Lap StartTime=\"2026-03-05T07:00:00Z\"><TotalTimeSeconds>1800</TotalTimeSeconds><DistanceMeters>5400</DistanceMeters>\
        <Track><Trackpoint><Time>2026-03-05T07:00:00Z</Time><Position><LatitudeDegrees>48.137154</LatitudeDegrees>\
        <LongitudeDegrees>11.576124</LongitudeDegrees></Position><DistanceMeters>0</DistanceMeters></Trackpoint>\
        <Trackpoint><Time>2026-03-05T07:30:00Z</Time><Position><LatitudeDegrees>48.1393</LatitudeDegrees>\
        <LongitudeDegrees>11.5762</LongitudeDegrees></Position><DistanceMeters>5400</DistanceMeters></Trackpoint></Track></Lap>\
        <Creator><Name>Forerunner 945</Name><UnitId>3912345678</UnitId></Creator></Activity></Activities>\
        </TrainingCenterDatabase>";
    project.write("home/watch/2026/a.fit", &fit).write("home/watch/copies/a.fit", &fit);
    project.write("home/watch/b.gpx", gpx.as_bytes()).write("home/watch/c.tcx", tcx);
    project.write("home/watch/broken.gpx", gpx.replacen("lat=\"54", "lat=\"48.13715,x", 3));
    project.write("home/watch/broken.fit", &fit[..40]);
    let ride = gpx_track("2026-03-04T08:00:00+01:00", 2_400, 8.0, "<type>cycling</type>");
    project.write("home/watch/ride.gpx", ride);
    project
}

/// Everything that treadlight says of these files, by a name for the form.
fn reports(project: &Project, more: &[&str]) -> Vec<(String, String)> {
    let folder = project.path().join("home/watch");
    let out = project.path().join("reports");
    let (folder, out) = (folder.to_str().unwrap(), out.to_str().unwrap());
    let day = ["--as-of", "2026-03-06"];
    let commands: [&[&str]; 13] = [
        &["report", folder, "--out", out],
        &["check", folder],
        &["check", folder, "-q"],
        &["check", folder, "--format", "markdown"],
        &["check", folder, "--format", "json"],
        &["runs", folder],
        &["runs", folder, "--skipped"],
        &["runs", folder, "--format", "csv"],
        &["runs", folder, "--format", "json"],
        &["weeks", folder, "--format", "json"],
        &["next", folder],
        &["shoes", folder, "--format", "json"],
        &["replay", folder],
    ];
    let mut reports = Vec::new();
    for command in commands {
        let said = project.treadlight(&[command, &day, more].concat());
        assert_eq!(said.code, 0, "{command:?}: {}", said.err);
        reports.push((command.join(" "), said.out));
    }
    for file in ["warnings.txt", "report.html"] {
        reports
            .push((file.to_owned(), fs::read_to_string(project.path().join("reports").join(file)).unwrap()));
    }
    reports
}

#[test]
fn no_report_tells_a_place_a_path_outside_of_the_folder_or_a_serial_number() {
    let project = telling();
    let here = project.path().to_str().unwrap();
    for (form, text) in reports(&project, &[]) {
        assert!(!text.contains(here), "{form} tells where the folder lies:\n{text}");
        // where in a drawing something stands is no place on earth
        let text = text.split("<section class=\"figures\"").next().unwrap();
        for word in TELLING {
            assert!(!text.contains(word), "{form} tells {word}:\n{text}");
        }
    }
}

#[test]
fn explain_tells_no_place_and_no_serial_number_either() {
    let project = telling();
    for file in ["2026/a.fit", "b.gpx", "c.tcx", "broken.gpx"] {
        let said = project.treadlight(&["explain", "home/watch", file, "--as-of", "2026-03-06"]);
        assert_eq!(said.code, 0, "{}", said.err);
        for word in TELLING {
            assert!(!said.out.contains(word), "{file}: {word}:\n{}", said.out);
        }
    }
}

#[test]
fn whole_paths_are_shown_to_those_who_ask_for_them() {
    let project = telling();
    let inside = |name: &str| project.path().join("home/watch").join(name).to_str().unwrap().to_owned();
    let reports = reports(&project, &["--with-paths"]);
    let text_of = |form: &str| &reports.iter().find(|(name, _)| name.contains(form)).unwrap().1;
    let json: serde_json::Value = serde_json::from_str(text_of("runs").trim_start()).unwrap_or_default();
    assert!(json.is_null(), "the first `runs` is the table");
    let csv = text_of("--format csv");
    assert!(csv.contains(&inside("2026/a.fit")) && csv.contains(&inside("b.gpx")), "{csv}");
    let page = text_of("report.html");
    assert!(page.contains(&inside("broken.fit")) && page.contains(&inside("ride.gpx")));
    let reports_folder = project.path().join("reports");
    let told = text_of("report ").split_whitespace().collect::<String>();
    assert!(told.contains(reports_folder.to_str().unwrap()), "{told}");
}
