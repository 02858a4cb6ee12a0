//! Exports of services as their users have them: folders and zips with an index beside the files. Everything is
//! invented; positions lie at sea, where a place tells no time zone.

use serde_json::{Value, json};
use treadlight::{
    activity::Position,
    fit_encoder::{FileId, FitEncoder, Record, Session},
    import::services::SERVICES,
};

use crate::{
    packed::{gzip, zip},
    project::{Project, fit_activity, fit_run, gpx_track},
};

/// The 1st of March, a Sunday: 08:00 in Berlin is 07:00 UTC.
const START: &str = "2026-03-01T08:00:00+01:00";
const START_UNIX_S: i64 = 1_772_348_400;
const METERS_PER_DEGREE: f64 = 111_319.49;

/// Paths inside an export, and what stands there.
type Export = Vec<(String, Vec<u8>)>;

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> (String, Vec<u8>) {
    (name.to_owned(), bytes.into())
}

/// A project whose runner lives in Berlin.
fn berlin() -> Project {
    let project = Project::new();
    project.settings("timezone = \"Europe/Berlin\"");
    project
}

/// An export unpacked into a folder.
fn unpacked(project: &Project, folder: &str, export: &Export) {
    for (name, bytes) in export {
        project.write(&format!("runs/{folder}{name}"), bytes);
    }
}

fn runs_of(project: &Project) -> Value {
    project.json(&["runs", "runs", "--format", "json", "--as-of", "2026-03-31"])
}

fn notices_of(project: &Project) -> String {
    project.treadlight(&["check", "runs", "--as-of", "2026-03-31"]).err
}

/// How many runs, other activities, duplicates and skipped files there are.
fn counts(runs: &Value) -> [usize; 4] {
    ["runs", "others", "duplicates", "skipped"].map(|list| runs[list].as_array().unwrap().len())
}

/// The values of one field over a list.
fn each<'a>(runs: &'a Value, list: &str, field: &str) -> Vec<&'a Value> {
    runs[list].as_array().unwrap().iter().map(|activity| &activity[field]).collect()
}

// Strava

/// The first 32 headings of today, and some of the rest, in Strava's order.
const HEADINGS: [&str; 36] = [
    "Activity ID",
    "Activity Date",
    "Activity Name",
    "Activity Type",
    "Activity Description",
    "Elapsed Time",
    "Distance",
    "Max Heart Rate",
    "Relative Effort",
    "Commute",
    "Activity Private Note",
    "Activity Gear",
    "Filename",
    "Athlete Weight",
    "Bike Weight",
    "Elapsed Time",
    "Moving Time",
    "Distance",
    "Max Speed",
    "Average Speed",
    "Elevation Gain",
    "Elevation Loss",
    "Elevation Low",
    "Elevation High",
    "Max Grade",
    "Average Grade",
    "Average Positive Grade",
    "Average Negative Grade",
    "Max Cadence",
    "Average Cadence",
    "Max Heart Rate",
    "Average Heart Rate",
    "Type",
    "Bike",
    "Gear",
    "Media",
];

/// A row of `activities.csv`: `Mar 1, 2026, 7:00:00 AM` is UTC.
#[derive(Clone, Copy)]
struct Listed {
    date: &'static str,
    name: &'static str,
    sport: &'static str,
    description: &'static str,
    seconds: f64,
    meters: f64,
    gear: &'static str,
    file: &'static str,
}

/// The run that `fit_run(START, 3_600.0)` is: 20 minutes at 3 m/s.
const MORNING_RUN: Listed = Listed {
    date: "Mar 1, 2026, 7:00:00 AM",
    name: "Morning Run",
    sport: "Run",
    description: "",
    seconds: 1_200.0,
    meters: 3_600.0,
    gear: "Pegasus 40",
    file: "activities/1.fit.gz",
};

/// Two days later, half an hour indoors, which no watch saw.
const TREADMILL: Listed = Listed {
    date: "Mar 3, 2026, 6:00:00 PM",
    name: "",
    seconds: 1_800.0,
    meters: 5_000.0,
    gear: "Ghost 15",
    file: "",
    ..MORNING_RUN
};

impl Listed {
    fn cell(&self, column: usize) -> String {
        let is_second = HEADINGS[..column].contains(&HEADINGS[column]);
        match (HEADINGS[column], is_second) {
            ("Activity ID", _) => "7000000001".to_owned(),
            ("Activity Date", _) => self.date.to_owned(),
            ("Activity Name", _) => self.name.to_owned(),
            ("Activity Type", _) => self.sport.to_owned(),
            ("Activity Description", _) => self.description.to_owned(),
            ("Activity Gear", _) => self.gear.to_owned(),
            ("Filename", _) => self.file.to_owned(),
            ("Elapsed Time", false) => format!("{:.0}", self.seconds),
            ("Elapsed Time", true) | ("Moving Time", _) => format!("{:.1}", self.seconds),
            ("Distance", false) => format!("{:.2}", self.meters / 1000.0),
            ("Distance", true) => format!("{:.1}", self.meters),
            ("Commute", _) => "false".to_owned(),
            _ => String::new(),
        }
    }
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let quoted: Vec<String> = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    format!("{}\n", quoted.join(","))
}

fn activities_csv(rows: &[Listed]) -> (String, Vec<u8>) {
    let rows = rows.iter().map(|row| line((0..HEADINGS.len()).map(|column| row.cell(column))));
    file("activities.csv", format!("{}\n{}", HEADINGS.join(","), rows.collect::<String>()))
}

/// A run with gear, a trail run without a name or a type of its own, a ride, a treadmill run without a file.
fn strava_export() -> Export {
    let trail = Listed {
        date: "Mar 2, 2026, 6:30:00 AM",
        name: "",
        sport: "Trail Run",
        gear: "",
        file: "activities/2.gpx.gz",
        ..MORNING_RUN
    };
    let ride = Listed {
        date: "Mar 4, 2026, 7:00:00 AM",
        name: "To work",
        sport: "Ride",
        seconds: 3_000.0,
        meters: 9_000.0,
        gear: "Blue bicycle",
        file: "activities/3.fit.gz",
        ..MORNING_RUN
    };
    let described = Listed {
        description: "rain, wind\nand \"sun\",\n\nthen coffee",
        name: "Hills, twice",
        ..MORNING_RUN
    };
    vec![
        activities_csv(&[described, trail, TREADMILL, ride]),
        file("activities/1.fit.gz", gzip(&fit_run(START, 3_600.0))),
        file("activities/2.gpx.gz", gzip(gpx_track("2026-03-02T06:30:00Z", 1_200, 3.0, "").as_bytes())),
        file("activities/3.fit.gz", gzip(&fit_activity("2026-03-04T08:00:00+01:00", 9_000.0, 2, 0))),
    ]
}

#[test]
fn a_strava_export_gives_its_runs_their_sport_and_their_shoes() {
    let project = berlin();
    unpacked(&project, "", &strava_export());
    let runs = runs_of(&project);
    assert_eq!((counts(&runs), &runs["ignored"]), ([3, 1, 0, 0], &json!(0)), "{runs}");
    assert_eq!(each(&runs, "runs", "file"), ["activities/1.fit.gz", "activities/2.gpx.gz", "activities.csv"]);
    assert_eq!(each(&runs, "runs", "sub_sport"), [&Value::Null, &json!("trail"), &Value::Null]);
    assert_eq!(runs["runs"][0]["distance_m"], 3_600.0);
    assert_eq!(runs["runs"][0]["notes"], json!([]));
    assert_eq!(runs["runs"][1]["notes"], json!(["sport from activities.csv"]));
    assert_eq!(runs["others"][0]["file"], "activities/3.fit.gz");
    assert_eq!(notices_of(&project), "");
}

#[test]
fn the_gear_of_a_strava_export_is_the_shoe_of_its_run() {
    let project = berlin();
    unpacked(&project, "", &strava_export());
    let runs = runs_of(&project);
    assert_eq!(each(&runs, "runs", "shoe"), [&json!("Pegasus 40"), &Value::Null, &json!("Ghost 15")]);
}

#[test]
fn a_strava_export_in_its_zip_gives_the_same_as_unpacked() {
    let (folder, packed) = (berlin(), berlin());
    unpacked(&folder, "", &strava_export());
    packed.write("runs/export_7.zip", zip(&strava_export()));
    let (folder, packed) = (runs_of(&folder), runs_of(&packed));
    assert_eq!(packed["runs"][0]["file"], "export_7.zip/activities/1.fit.gz");
    assert_eq!(packed["runs"][2]["file"], "export_7.zip/activities.csv");
    assert_eq!(counts(&packed), counts(&folder));
    for field in ["id", "distance_m", "moving_time_s", "sub_sport", "shoe", "notes"] {
        assert_eq!(each(&packed, "runs", field), each(&folder, "runs", field), "{field}");
    }
}

/// Files are told as duplicates; a row that both indexes have is no file and counts once without a word.
#[test]
fn a_strava_export_beside_its_own_zip_doubles_nothing() {
    let project = berlin();
    unpacked(&project, "strava/", &strava_export());
    project.write("runs/strava.zip", zip(&strava_export()));
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [3, 1, 3, 0], "{runs}");
    assert_eq!(
        each(&runs, "duplicates", "file"),
        ["strava/activities/1.fit.gz", "strava/activities/2.gpx.gz", "strava/activities/3.fit.gz"]
    );
    assert_eq!(
        each(&runs, "duplicates", "of"),
        [
            "strava.zip/activities/1.fit.gz",
            "strava.zip/activities/2.gpx.gz",
            "strava.zip/activities/3.fit.gz"
        ]
    );
    assert_eq!(runs["duplicates"][0]["because"], "same time; `strava.zip/activities/1.fit.gz` comes first");
}

#[test]
fn a_treadmill_run_that_only_the_index_knows_counts_and_says_so() {
    let project = berlin();
    project.run(START, 3_600.0);
    unpacked(&project, "", &vec![activities_csv(&[TREADMILL])]);
    let runs = runs_of(&project);
    let run = &runs["runs"][1];
    assert_eq!(
        (&run["id"], &run["start"]),
        (&json!("2026-03-03T19:00"), &json!("2026-03-03T19:00:00+01:00"))
    );
    assert_eq!((&run["distance_m"], &run["elapsed_time_s"]), (&json!(5_000.0), &json!(1_800.0)));
    assert_eq!(run["moving_time_s"], 1_800.0);
    assert_eq!(run["notes"], json!(["from activities.csv, no track"]));
    let weeks = project.json(&["weeks", "runs", "--format", "json", "--as-of", "2026-03-08"]);
    assert_eq!(weeks["weeks"][1]["distance_m"], 5_000);
}

#[test]
fn an_index_alone_without_any_activity_file_is_enough() {
    let project = berlin();
    unpacked(&project, "", &vec![activities_csv(&[TREADMILL])]);
    let said = project.treadlight(&["runs", "runs", "--format", "json", "--as-of", "2026-03-31"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let runs: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(counts(&runs), [1, 0, 0, 0]);
}

fn cropped() -> Listed {
    Listed { meters: 3_000.0, seconds: 1_000.0, ..MORNING_RUN }
}

#[test]
fn a_run_that_was_cropped_at_strava_counts_for_what_was_left() {
    let project = berlin();
    let watch = || file("activities/1.fit.gz", gzip(&fit_run(START, 3_600.0)));
    unpacked(&project, "", &vec![activities_csv(&[cropped()]), watch()]);
    let run = &runs_of(&project)["runs"][0];
    assert_eq!(run["distance_m"], 3_000.0);
    assert_eq!(run["notes"], json!(["cropped to 3.0 of 3.6 km, says activities.csv"]));
    // a tenth less is the usual difference between two ways to measure
    let a_tenth_less = Listed { meters: 3_240.0, ..MORNING_RUN };
    unpacked(&project, "", &vec![activities_csv(&[a_tenth_less])]);
    let run = &runs_of(&project)["runs"][0];
    assert_eq!((&run["distance_m"], &run["notes"]), (&json!(3_600.0), &json!([])));
}

#[test]
fn a_cropped_run_is_cropped_in_time_too() {
    let project = berlin();
    let watch = file("activities/1.fit.gz", gzip(&fit_run(START, 3_600.0)));
    unpacked(&project, "", &vec![activities_csv(&[cropped()]), watch]);
    let run = &runs_of(&project)["runs"][0];
    assert_eq!((&run["moving_time_s"], &run["elapsed_time_s"]), (&json!(1_000.0), &json!(1_000.0)), "{run}");
}

#[test]
fn a_cropped_run_stays_cropped_though_the_watchs_own_file_lies_beside() {
    let project = berlin();
    let packed = gzip(&fit_run(START, 3_600.0));
    let export = vec![activities_csv(&[cropped()]), file("activities/1.fit.gz", packed)];
    unpacked(&project, "strava/", &export);
    project.write("runs/from-the-watch.fit", fit_run(START, 3_600.0));
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 0, 1, 0]);
    assert_eq!(runs["runs"][0]["distance_m"], 3_000.0, "{runs}");
}

#[test]
fn a_run_both_packed_and_unpacked_beside_the_index_stays_cropped() {
    let project = berlin();
    let export = vec![
        activities_csv(&[cropped()]),
        file("activities/1.fit", fit_run(START, 3_600.0)),
        file("activities/1.fit.gz", gzip(&fit_run(START, 3_600.0))),
    ];
    unpacked(&project, "", &export);
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 0, 1, 0]);
    assert_eq!(runs["runs"][0]["distance_m"], 3_000.0, "{runs}");
}

#[test]
fn a_ride_recorded_as_a_run_and_put_right_at_strava_is_no_run() {
    let ride = Listed { sport: "Ride", ..MORNING_RUN };
    let project = berlin();
    let watch = file("activities/1.fit.gz", gzip(&fit_run(START, 3_600.0)));
    unpacked(&project, "strava/", &vec![activities_csv(&[ride]), watch]);
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [0, 1, 0, 0]);
    assert_eq!(runs["others"][0]["sport"], "cycling");
    assert_eq!(runs["others"][0]["notes"], json!(["sport from activities.csv; the file says running"]));
    // the watch's own file still says running
    project.write("runs/from-the-watch.fit", fit_run(START, 3_600.0));
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [0, 1, 1, 0], "{runs}");
}

#[test]
fn a_row_whose_file_is_missing_or_damaged_counts_by_its_row() {
    let missing = Listed { file: "activities/9.fit.gz", ..TREADMILL };
    let project = berlin();
    let damaged = file("activities/1.fit.gz", b"\x1f\x8b\x08\x00garbage".as_slice());
    unpacked(&project, "", &vec![activities_csv(&[MORNING_RUN, missing]), damaged]);
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [2, 0, 0, 1], "{runs}");
    assert_eq!(each(&runs, "runs", "distance_m"), [3_600.0, 5_000.0]);
    assert_eq!(each(&runs, "runs", "file"), ["activities.csv", "activities.csv"]);
    for notes in each(&runs, "runs", "notes") {
        assert_eq!(notes, &json!(["from activities.csv, no track"]));
    }
    assert_eq!(runs["skipped"][0]["file"], "activities/1.fit.gz");
}

#[test]
fn a_file_that_breaks_off_before_its_total_takes_the_distance_of_its_row() {
    let whole = fit_run(START, 3_600.0);
    let project = berlin();
    let half = gzip(&whole[..whole.len() / 2]);
    unpacked(&project, "", &vec![activities_csv(&[MORNING_RUN]), file("activities/1.fit.gz", half)]);
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 0, 0, 0]);
    let run = &runs["runs"][0];
    assert_eq!((&run["file"], &run["distance_m"]), (&json!("activities/1.fit.gz"), &json!(3_600.0)), "{run}");
    assert!(run["notes"].to_string().contains("damaged at byte"), "{run}");
}

/// 6 km in 2,000 seconds, of which 40 % of the file are left: with its own 800 seconds it would be a ride.
#[test]
fn a_file_that_breaks_off_takes_the_time_of_its_row_with_its_distance() {
    let row = Listed { seconds: 2_000.0, meters: 6_000.0, ..MORNING_RUN };
    let whole = fit_run(START, 6_000.0);
    let project = berlin();
    let part = gzip(&whole[..whole.len() * 2 / 5]);
    unpacked(&project, "", &vec![activities_csv(&[row]), file("activities/1.fit.gz", part)]);
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 0, 0, 0], "{runs}");
    let run = &runs["runs"][0];
    assert_eq!((&run["distance_m"], &run["moving_time_s"]), (&json!(6_000.0), &json!(2_000.0)), "{run}");
}

#[test]
fn two_short_runs_that_touch_keep_their_own_rows() {
    let first = Listed { seconds: 240.0, meters: 720.0, ..MORNING_RUN };
    let second = Listed {
        date: "Mar 1, 2026, 7:03:55 AM",
        sport: "Walk",
        seconds: 250.0,
        meters: 750.0,
        gear: "Ghost 15",
        file: "activities/2.fit.gz",
        ..MORNING_RUN
    };
    let project = berlin();
    let export = vec![
        activities_csv(&[first, second]),
        file("activities/1.fit.gz", gzip(&fit_run(START, 720.0))),
        file("activities/2.fit.gz", gzip(&fit_run("2026-03-01T08:03:55+01:00", 750.0))),
    ];
    unpacked(&project, "", &export);
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 1, 0, 0], "{runs}");
    assert_eq!(
        (&runs["runs"][0]["shoe"], &runs["others"][0]["sport"]),
        (&json!("Pegasus 40"), &json!("walking"))
    );
}

#[test]
fn a_warm_up_without_a_file_and_the_run_four_minutes_later_are_two_runs() {
    let warm_up = Listed { seconds: 180.0, meters: 500.0, gear: "Ghost 15", file: "", ..MORNING_RUN };
    let run = Listed { date: "Mar 1, 2026, 7:04:00 AM", seconds: 300.0, meters: 900.0, ..MORNING_RUN };
    let project = berlin();
    let watch = file("activities/1.fit.gz", gzip(&fit_run("2026-03-01T08:04:00+01:00", 900.0)));
    unpacked(&project, "", &vec![activities_csv(&[warm_up, run]), watch]);
    let runs = runs_of(&project);
    assert_eq!(each(&runs, "runs", "distance_m"), [500.0, 900.0], "{runs}");
    assert_eq!(each(&runs, "runs", "shoe"), ["Ghost 15", "Pegasus 40"]);
}

#[test]
fn the_ten_columns_of_2018_are_read_too() {
    let project = berlin();
    let index = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n\
        7,2026-03-01 07:00:00,Morning Run,Run,,1200,3600.0,false,Pegasus 40,activities/1.gpx\n\
        8,2026-03-03 18:00:00,,Run,,1800,5000.0,false,,\n\
        9,2026-03-04 07:00:00,To work,Ride,,3000,9000.0,false,,\n";
    let track = gpx_track(START, 1_200, 3.0, "");
    unpacked(&project, "", &vec![file("activities.csv", index), file("activities/1.gpx", track)]);
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [2, 1, 0, 0], "{runs}");
    assert_eq!(runs["runs"][0]["notes"], json!(["sport from activities.csv"]));
    assert_eq!(runs["runs"][1]["distance_m"], 5_000.0);
    assert_eq!(runs["runs"][0]["shoe"], "Pegasus 40");
}

const IN_GERMAN: &str =
    "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Dateiname\n7,01.03.2026,Lauf,activities/1.fit.gz\n";

#[test]
fn a_strava_index_in_another_language_is_told_and_the_files_still_count() {
    let project = berlin();
    let watch = file("activities/1.fit.gz", gzip(&fit_run(START, 3_600.0)));
    unpacked(&project, "", &vec![file("activities.csv", IN_GERMAN), watch]);
    assert_eq!(counts(&runs_of(&project)), [1, 0, 0, 0]);
    assert_eq!(
        notices_of(&project),
        "notice: `activities.csv` is not used: an index of activities with unknown headings: it begins with \
         “Aktivitäts-ID, Aktivitätsdatum, Name der Aktivität”, as no service does that is known; take the file as the service \
            sent it, not as a spreadsheet saved it, in English if there is a choice\n"
    );
}

#[test]
fn a_strava_index_in_another_language_alone_is_an_error_that_says_so() {
    let project = berlin();
    unpacked(&project, "", &vec![file("activities.csv", IN_GERMAN)]);
    let said = project.treadlight(&["check", "runs", "--as-of", "2026-03-31"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("in English if there is a choice"), "{}", said.err);
}

#[test]
fn a_file_unpacked_from_its_gzip_is_found_by_the_name_in_the_index() {
    let project = berlin();
    let sport_unknown = fit_activity(START, 3_600.0, 0, 0);
    unpacked(&project, "", &vec![activities_csv(&[MORNING_RUN]), file("activities/1.fit", sport_unknown)]);
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 0, 0, 0], "{runs}");
    assert_eq!(runs["runs"][0]["file"], "activities/1.fit");
    assert_eq!(runs["runs"][0]["notes"], json!(["sport from activities.csv; the file says generic"]));
}

#[test]
fn a_row_without_a_usable_date_is_told_and_the_others_count() {
    let undated = Listed { date: "some day", ..TREADMILL };
    let project = berlin();
    project.run(START, 3_600.0);
    unpacked(&project, "", &vec![activities_csv(&[undated, TREADMILL])]);
    assert_eq!(counts(&runs_of(&project)), [2, 0, 0, 0]);
    assert_eq!(notices_of(&project), "notice: `activities.csv`: 1 row without a usable date was left out\n");
}

// Garmin

/// What `summarizedActivities.json` says of an activity: milliseconds, and centimetres.
fn summary(id: i64, sport: &str, start_unix_s: i64, seconds: i64, meters: f64) -> Value {
    json!({
        "activityId": id,
        "name": "somewhere",
        "activityType": sport,
        "beginTimestamp": 1_000 * start_unix_s,
        "startTimeGmt": (1_000 * start_unix_s) as f64,
        "startTimeLocal": (1_000 * (start_unix_s + 3_600)) as f64,
        "duration": (1_000 * seconds) as f64,
        "elapsedDuration": (1_000 * seconds) as f64,
        "distance": 100.0 * meters,
    })
}

/// Shoes with the activities that they were worn for.
fn gear(name: &str, activities: &[i64]) -> Value {
    let uses: Vec<Value> = activities.iter().map(|id| json!({"gearPk": 5, "activityId": id})).collect();
    json!([{
        "gearDTOS": [{"gearPk": 5, "gearTypeName": "Shoes", "customMakeModel": name}],
        "gearActivityDTOs": {"5": uses},
    }])
}

/// A FIT file that is no activity: 2 settings, 32 monitoring.
fn fit_of_kind(kind: u8) -> Vec<u8> {
    let mut file = FitEncoder::new();
    file.file_id(&FileId { kind, time_created_unix_s: START_UNIX_S, ..FileId::default() });
    file.finish()
}

/// An account export: the files stand in a zip of their own.
fn garmin_export(files: &Export, summaries: &[Value], gear: &Value) -> Vec<u8> {
    let fitness = "DI_CONNECT/DI-Connect-Fitness";
    zip(&[
        file("DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip", zip(files)),
        file(
            &format!("{fitness}/x_0_summarizedActivities.json"),
            json!([{"summarizedActivitiesExport": summaries}]).to_string(),
        ),
        file(&format!("{fitness}/x_gear.json"), gear.to_string()),
        file("customer_data/customer.json", "{}"),
    ])
}

const PART_1: &str = "garmin.zip/DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip";

#[test]
fn a_garmin_export_counts_its_files_once_and_what_only_its_list_knows() {
    let files = vec![
        file("x_1.fit", fit_run(START, 3_600.0)),
        file("x_2.fit", fit_of_kind(2)),
        file("x_3.fit", fit_of_kind(32)),
    ];
    let day = 86_400;
    let summaries = [
        summary(71, "running", START_UNIX_S, 1_200, 3_590.0),
        summary(72, "treadmill_running", START_UNIX_S + 2 * day, 1_800, 5_000.0),
        summary(73, "lap_swimming", START_UNIX_S + 3 * day, 1_800, 1_000.0),
    ];
    let project = berlin();
    project.write("runs/garmin.zip", garmin_export(&files, &summaries, &gear("Pegasus 40", &[71, 72])));
    let runs = runs_of(&project);
    assert_eq!((counts(&runs), &runs["ignored"]), ([2, 1, 0, 2], &json!(1)), "{runs}");
    let [outdoors, indoors] = [&runs["runs"][0], &runs["runs"][1]];
    assert_eq!(outdoors["file"], format!("{PART_1}/x_1.fit"));
    assert_eq!((&outdoors["distance_m"], &outdoors["notes"]), (&json!(3_600.0), &json!([])));
    assert_eq!(indoors["start"], "2026-03-03T08:00:00+01:00");
    assert_eq!((&indoors["distance_m"], &indoors["sub_sport"]), (&json!(5_000.0), &json!("treadmill")));
    assert_eq!(indoors["notes"], json!(["from x_0_summarizedActivities.json, no track"]));
    assert_eq!(each(&runs, "skipped", "code"), ["no-activity", "no-activity"]);
    assert_eq!(notices_of(&project), "", "settings and monitoring are no loss");
}

/// 9 km in 3,000 seconds, of which 60 % of the file are left.
#[test]
fn a_broken_file_of_a_garmin_export_takes_distance_and_time_of_the_list() {
    let whole = fit_activity(START, 9_000.0, 1, 0);
    let files = vec![file("x_1.fit", &whole[..whole.len() * 3 / 5])];
    let summaries = [summary(71, "running", START_UNIX_S, 3_000, 9_000.0)];
    let project = berlin();
    project.write("runs/garmin.zip", garmin_export(&files, &summaries, &json!([])));
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 0, 0, 0], "{runs}");
    let run = &runs["runs"][0];
    assert_eq!((&run["distance_m"], &run["moving_time_s"]), (&json!(9_000.0), &json!(3_000.0)), "{run}");
}

#[test]
fn the_gear_of_a_garmin_export_is_the_shoe_of_its_run() {
    let files = vec![file("x_1.fit", fit_run(START, 3_600.0))];
    let summaries = [summary(71, "running", START_UNIX_S, 1_200, 3_600.0)];
    let project = berlin();
    project.write("runs/garmin.zip", garmin_export(&files, &summaries, &gear("Pegasus 40", &[71])));
    assert_eq!(runs_of(&project)["runs"][0]["shoe"], "Pegasus 40");
}

/// A swim of 15 minutes, a ride of an hour, a run of 20 minutes, and the whole of them.
fn triathlon() -> [Value; 4] {
    [
        summary(80, "multi_sport", START_UNIX_S, 5_700, 22_600.0),
        summary(81, "open_water_swimming", START_UNIX_S, 900, 1_000.0),
        summary(82, "cycling", START_UNIX_S + 900, 3_600, 18_000.0),
        summary(83, "running", START_UNIX_S + 4_500, 1_200, 3_600.0),
    ]
}

#[test]
fn a_triathlon_as_a_whole_adds_nothing_to_its_legs() {
    let legs = [
        fit_activity(START, 2_700.0, 5, 0),
        fit_activity("2026-03-01T08:15:00+01:00", 10_800.0, 2, 0),
        fit_run("2026-03-01T09:15:00+01:00", 3_600.0),
    ];
    let project = berlin();
    let files = vec![file("x_80.fit", legs.concat())];
    project.write("runs/garmin.zip", garmin_export(&files, &triathlon(), &json!([])));
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 2, 0, 0], "{runs}");
    assert_eq!(runs["runs"][0]["distance_m"], 3_600.0);
    assert_eq!(each(&runs, "others", "sport"), ["swimming", "cycling"]);
}

/// A second on foot between two swims is a leg, alone in its file it was stopped at once.
#[test]
fn a_leg_of_a_moment_counts_and_a_run_of_a_moment_does_not() {
    let moment = |start| fit_activity(start, 3.0, 1, 0);
    let swim = |start| fit_activity(start, 900.0, 5, 0);
    let project = berlin();
    project.write("runs/swimrun.fit", [swim(START), moment("2026-03-01T08:10:00+01:00")].concat());
    project.write("runs/stopped.fit", moment("2026-03-02T08:10:00+01:00"));
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 1, 0, 1], "{runs}");
    assert_eq!(each(&runs, "skipped", "code"), ["too-short"]);
}

#[test]
fn the_run_of_a_triathlon_counts_where_only_the_list_knows_of_it() {
    let project = berlin();
    project.write("runs/garmin.zip", garmin_export(&vec![], &triathlon(), &json!([])));
    project.run("2026-03-05T08:00:00+01:00", 3_000.0);
    let runs = runs_of(&project);
    assert_eq!(each(&runs, "runs", "distance_m"), [3_600.0, 3_000.0], "{runs}");
}

#[test]
fn a_row_without_any_time_is_not_added_to_the_run_that_it_tells_of() {
    for seconds_off in [-30, 0, 30] {
        let mut untimed = summary(71, "running", START_UNIX_S + seconds_off, 0, 3_600.0);
        untimed["elapsedDuration"] = Value::Null;
        let project = berlin();
        let files = vec![file("x_1.fit", fit_run(START, 3_600.0))];
        project.write("runs/garmin.zip", garmin_export(&files, &[untimed], &json!([])));
        let runs = runs_of(&project);
        assert_eq!(counts(&runs)[0], 1, "{seconds_off} s: {runs}");
    }
}

#[test]
fn the_same_run_from_strava_and_from_garmin_counts_once_and_keeps_its_shoe() {
    let project = berlin();
    let files = vec![file("x_1.fit", fit_run(START, 3_600.0))];
    let summaries = [summary(71, "running", START_UNIX_S, 1_200, 3_600.0)];
    project.write("runs/garmin.zip", garmin_export(&files, &summaries, &json!([])));
    unpacked(&project, "strava/", &strava_export());
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [3, 1, 1, 0], "{runs}");
    assert_eq!(runs["runs"][0]["file"], format!("{PART_1}/x_1.fit"));
    assert_eq!(runs["duplicates"][0]["file"], "strava/activities/1.fit.gz");
    assert_eq!(runs["runs"][0]["shoe"], "Pegasus 40", "only Strava knows it");
}

#[test]
fn a_treadmill_run_in_the_lists_of_two_services_counts_once() {
    let project = berlin();
    let half_a_minute_off = START_UNIX_S + 2 * 86_400 + 10 * 3_600 + 30 + 3_600;
    let summaries = [summary(72, "treadmill_running", half_a_minute_off, 1_800, 5_100.0)];
    project.write("runs/garmin.zip", garmin_export(&vec![], &summaries, &json!([])));
    unpacked(&project, "strava/", &vec![activities_csv(&[TREADMILL])]);
    project.run(START, 3_000.0);
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [2, 0, 0, 0], "{runs}");
    let run = &runs["runs"][1];
    assert_eq!((&run["sub_sport"], &run["shoe"]), (&json!("treadmill"), &json!("Ghost 15")), "{run}");
}

// Apple Health

/// A workout of so many kilometres, with what stands inside it.
fn workout(kind: &str, start: &str, end: &str, minutes: u32, km: f64, inside: &str) -> String {
    format!(
        "<Workout workoutActivityType=\"HKWorkoutActivityType{kind}\" duration=\"{minutes}\" \
         durationUnit=\"min\" sourceName=\"Watch\" startDate=\"{start}\" endDate=\"{end}\">\n\
         <WorkoutStatistics type=\"HKQuantityTypeIdentifierDistanceWalkingRunning\" sum=\"{km}\" unit=\"km\"/>\n\
         {inside}</Workout>\n"
    )
}

fn apple_export(workouts: &str, route: &str) -> Vec<u8> {
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData (Record)*>\n]>\n\
         <HealthData locale=\"de_DE\">\n\
         <Record type=\"HKQuantityTypeIdentifierStepCount\" unit=\"count\" value=\"12\"/>\n{workouts}</HealthData>\n"
    );
    zip(&[
        file("apple_health_export/export.xml", xml),
        file("apple_health_export/export_cda.xml", "<?xml version=\"1.0\"?><ClinicalDocument/>"),
        file("apple_health_export/workout-routes/route_2026-03-01_8.20am.gpx", route),
    ])
}

#[test]
fn an_apple_export_gives_routes_the_workouts_distance_and_offset_and_counts_indoor_runs() {
    let route =
        "<WorkoutRoute><FileReference path=\"/workout-routes/route_2026-03-01_8.20am.gpx\"/></WorkoutRoute>";
    let indoors = "<MetadataEntry key=\"HKIndoorWorkout\" value=\"1\"/>";
    let workouts = [
        workout("Running", "2026-03-01 09:00:00 +0200", "2026-03-01 09:20:00 +0200", 20, 3.55, route),
        workout("Running", "2026-03-03 19:00:00 +0100", "2026-03-03 19:30:00 +0100", 30, 5.0, indoors),
        workout("Walking", "2026-03-04 12:00:00 +0100", "2026-03-04 12:30:00 +0100", 30, 2.0, ""),
    ];
    let track = gpx_track("2026-03-01T07:00:00Z", 1_200, 3.0, "<name>Route 2026-03-01 8:20am</name>");
    let project = berlin();
    project.write("runs/export.zip", apple_export(&workouts.concat(), &track));
    let runs = runs_of(&project);
    assert_eq!((counts(&runs), &runs["ignored"]), ([2, 1, 0, 0], &json!(1)), "{runs}");
    let [outdoors, indoors] = [&runs["runs"][0], &runs["runs"][1]];
    assert_eq!(outdoors["file"], "export.zip/apple_health_export/workout-routes/route_2026-03-01_8.20am.gpx");
    assert_eq!((&outdoors["distance_m"], &outdoors["id"]), (&json!(3_550.0), &json!("2026-03-01T09:00")));
    assert_eq!(outdoors["start"], "2026-03-01T09:00:00+02:00");
    assert_eq!(outdoors["notes"], json!(["distance from export.xml", "sport from export.xml"]));
    assert_eq!((&indoors["distance_m"], &indoors["sub_sport"]), (&json!(5_000.0), &json!("treadmill")));
    assert_eq!(indoors["notes"], json!(["from export.xml, no track"]));
    assert_eq!(runs["others"][0]["sport"], "walking");
    assert_eq!(notices_of(&project), "");
}

#[test]
fn an_apple_workout_that_the_watchs_own_file_tells_adds_nothing() {
    let workouts = workout("Running", "2026-03-01 08:00:10 +0100", "2026-03-01 08:20:00 +0100", 20, 3.55, "");
    let project = berlin();
    project.write("runs/apple/export.xml", format!("<HealthData locale=\"de_DE\">{workouts}</HealthData>"));
    project.write("runs/watch.fit", fit_run(START, 3_600.0));
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 0, 0, 0], "{runs}");
    assert_eq!((&runs["runs"][0]["distance_m"], &runs["runs"][0]["notes"]), (&json!(3_600.0), &json!([])));
}

#[test]
fn a_workout_with_two_routes_counts_its_distance_once() {
    let routes = "<WorkoutRoute><FileReference path=\"/workout-routes/a.gpx\"/></WorkoutRoute>\
        <WorkoutRoute><FileReference path=\"/workout-routes/b.gpx\"/></WorkoutRoute>";
    let workouts =
        workout("Running", "2026-03-01 08:00:00 +0100", "2026-03-01 08:20:00 +0100", 20, 3.55, routes);
    let project = berlin();
    // the second route goes on where the first ended
    let second = gpx_track("2026-03-01T07:10:00Z", 600, 3.0, "").replace("lat=\"54.0", "lat=\"54.016");
    let export = vec![
        file("export.xml", format!("<HealthData locale=\"de_DE\">{workouts}</HealthData>")),
        file("workout-routes/a.gpx", gpx_track("2026-03-01T07:00:00Z", 590, 3.0, "")),
        file("workout-routes/b.gpx", second),
    ];
    unpacked(&project, "apple/", &export);
    let runs = runs_of(&project);
    assert_eq!(each(&runs, "runs", "distance_m"), [3_550.0], "{runs}");
}

// Runkeeper, Nike, adidas

#[test]
fn a_runkeeper_export_counts_its_tracks_and_its_treadmill_runs_in_local_time() {
    let index = "Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Pace,Average Speed (km/h),\
        Calories Burned,Climb (m),Average Heart Rate (bpm),Friend's Tagged,Notes,GPX File\n\
        a-1,2026-03-01 08:00:00,Running,By the sea,3.55,20:00,5:38,10.65,250.0,12.0,,,\"Wind,\nrain\",2026-03-01-080000.gpx\n\
        a-2,2026-03-03 19:00:00,Running,,5.00,30:00,6:00,10.00,350.0,0.0,,,,\n\
        a-3,2026-03-04 12:00:00,Walking,,2.00,30:00,15:00,4.00,100.0,0.0,,,,\n";
    let track = gpx_track("2026-03-01T07:00:00Z", 1_200, 3.0, "<name>Running 3/1/26 8:00 am</name>");
    let project = berlin();
    unpacked(
        &project,
        "runkeeper/",
        &vec![file("cardioActivities.csv", index), file("2026-03-01-080000.gpx", track)],
    );
    let runs = runs_of(&project);
    assert_eq!((counts(&runs), &runs["ignored"]), ([2, 1, 0, 0], &json!(0)), "{runs}");
    assert_eq!(each(&runs, "runs", "id"), ["2026-03-01T08:00", "2026-03-03T19:00"]);
    assert_eq!(each(&runs, "runs", "distance_m"), [3_550.0, 5_000.0], "the phone's own total");
    assert_eq!(
        runs["runs"][0]["notes"],
        json!(["distance from cardioActivities.csv", "sport from cardioActivities.csv"])
    );
    assert_eq!(runs["runs"][1]["notes"], json!(["from cardioActivities.csv, no track"]));
    assert_eq!(runs["runs"][1]["moving_time_s"], 1_800.0);
}

/// No real file of either app was at hand. adidas Running (once Runtastic) exports a GPX and a JSON of each
/// activity, and the sport stands in the JSON only: built from samples in the tests of public converters. Nike
/// exports nothing itself; public programs write a track with the runner's title, if any, and no type.
#[test]
fn tracks_of_nike_and_adidas_that_tell_no_sport_are_runs_by_their_speed() {
    let adidas = |start: &str, speed_mps: f64| {
        gpx_track(start, 1_200, speed_mps, "<name>runtastic_20260301_0800</name>").replace(
            "creator=\"test\"><trk>",
            "creator=\"Runtastic: Life is short - live long, http://www.runtastic.com\" \
             xmlns=\"http://www.topografix.com/GPX/1/1\"><metadata><name>runtastic_20260301_0800</name>\
             <copyright author=\"www.runtastic.com\"><year>2026</year></copyright>\
             <link href=\"http://www.runtastic.com\"><text>runtastic</text></link></metadata><trk>",
        )
    };
    let nike = gpx_track("2026-03-03T07:00:00Z", 1_200, 3.0, "<name>Tuesday morning</name>");
    let project = berlin();
    unpacked(
        &project,
        "adidas/Sport-sessions/",
        &vec![
            file("GPS-data/2026-03-01_07-00-00-UTC_a1.gpx", adidas("2026-03-01T07:00:00.000Z", 3.0)),
            file("GPS-data/2026-03-02_07-00-00-UTC_a2.gpx", adidas("2026-03-02T07:00:00.000Z", 1.2)),
            file("2026-03-01_07-00-00-UTC_a1.json", "{\"sport_type_id\":\"1\",\"distance\":3600}"),
        ],
    );
    project.write("runs/nike/gpx_output/6a0f.gpx", nike);
    let runs = runs_of(&project);
    assert_eq!((counts(&runs), &runs["ignored"]), ([2, 1, 0, 0], &json!(1)), "{runs}");
    for run in runs["runs"].as_array().unwrap() {
        assert_eq!(run["notes"], json!(["sport assumed from speed"]));
        let meters = run["distance_m"].as_f64().unwrap();
        assert!((meters - 3_600.0).abs() < 36.0, "{meters}");
    }
}

// The runner's own word

#[test]
fn corrections_in_the_settings_stand_above_every_file() {
    let project = Project::new();
    project
        .run("2026-03-02T08:00:00+01:00", 5_000.0)
        .write("runs/drive.fit", fit_run("2026-03-03T08:00:00+01:00", 20_000.0))
        .write("runs/generic.fit", fit_activity("2026-03-04T08:00:00+01:00", 4_000.0, 0, 0));
    project.settings(
        "timezone = \"Europe/Berlin\"\n[runs]\n\
         \"2026-03-02T08:02\" = { distance = \"5.2 km\", note = \"measured course\" }\n\
         \"2026-03-03T08:00\" = { exclude = true, note = \"drive home\" }\n\
         \"2026-03-04T08:00\" = { sport = \"running\" }\n\
         \"2026-03-05T08:00\" = { exclude = true }\n",
    );
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [2, 0, 0, 1], "{runs}");
    assert_eq!(each(&runs, "runs", "distance_m"), [5_200.0, 4_000.0]);
    assert_eq!(
        runs["runs"][0]["notes"],
        json!(["distance set in treadlight.toml, instead of 5.00 km", "measured course"])
    );
    assert_eq!(runs["runs"][1]["notes"], json!(["sport set in treadlight.toml, instead of generic"]));
    assert_eq!(
        runs["skipped"],
        json!([{"file": "drive.fit", "reason": "excluded in treadlight.toml: drive home", "code": "excluded"}])
    );
    assert_eq!(
        notices_of(&project),
        "notice: `2026-03-05T08:00` in [runs] of treadlight.toml: no activity starts within 5 minutes of it\n"
    );
}

#[test]
fn an_activity_that_only_an_index_knows_can_be_corrected_too() {
    let project = Project::new();
    project
        .run(START, 3_600.0)
        .settings("timezone = \"Europe/Berlin\"\n[runs]\n\"2026-03-03T19:00\" = { distance = \"4.5 km\" }\n");
    unpacked(&project, "", &vec![activities_csv(&[TREADMILL])]);
    let run = &runs_of(&project)["runs"][1];
    assert_eq!(run["distance_m"], 4_500.0);
    assert_eq!(
        run["notes"],
        json!(["from activities.csv, no track", "distance set in treadlight.toml, instead of 5.00 km"])
    );
}

#[test]
fn a_correction_of_the_second_run_in_a_minute_never_falls_on_the_first() {
    let project = Project::new();
    project.run(START, 3_600.0).settings("[runs]\n\"2026-03-01T08:00-2\" = { exclude = true }\n");
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 0, 0, 0], "{runs}");
    assert!(notices_of(&project).contains("`2026-03-01T08:00-2` in [runs]"));
}

#[test]
fn a_corrected_sport_may_name_the_kind_of_run() {
    let project = Project::new();
    project
        .write("runs/generic.fit", fit_activity(START, 4_000.0, 0, 0))
        .settings("[runs]\n\"2026-03-01T08:00\" = { sport = \"trail running\" }\n");
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 0, 0, 0], "{runs}");
    assert_eq!(runs["runs"][0]["sub_sport"], "trail");
}

/// The run that `gpx_track(START, 1_200, 3.0, …)` is, from the watch.
fn fit_with_positions() -> Vec<u8> {
    let mut file = FitEncoder::new();
    file.file_id(&FileId { time_created_unix_s: START_UNIX_S, ..FileId::default() });
    for second in (0..=1_200).step_by(10) {
        let latitude_deg = 54.0 + 3.0 * second as f64 / METERS_PER_DEGREE;
        file.record(&Record {
            time_unix_s: Some(START_UNIX_S + second),
            position: Some(Position { latitude_deg, longitude_deg: 7.0 }),
            ..Record::default()
        });
    }
    file.session(&Session {
        start_unix_s: Some(START_UNIX_S),
        time_unix_s: Some(START_UNIX_S + 1_200),
        sport: Some(1),
        sub_sport: Some(0),
        elapsed_time_s: Some(1_200.0),
        timer_time_s: Some(1_200.0),
        distance_m: Some(3_600.0),
        ..Session::default()
    });
    file.activity(START_UNIX_S + 1_200, 3_600, 1_200.0);
    file.finish()
}

#[test]
fn a_run_saved_again_two_hours_off_is_a_duplicate_of_the_one_it_names() {
    let project = berlin();
    project.write("runs/watch.fit", fit_with_positions());
    let typed = "<type>running</type>";
    project.write("runs/saved-again.gpx", gpx_track("2026-03-01T09:00:00Z", 1_200, 3.0, typed));
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 0, 1, 0], "{runs}");
    assert_eq!(
        runs["duplicates"][0],
        json!({
            "file": "saved-again.gpx",
            "of": "watch.fit",
            "because": "the same track saved 2 h apart; `watch.fit` has the device's own distance",
        })
    );
    // the same loop, really run again: a little slower, so other places at the same seconds
    project.write("runs/again.gpx", gpx_track("2026-03-01T11:00:00Z", 1_200, 2.9, typed));
    assert_eq!(counts(&runs_of(&project)), [2, 0, 1, 0]);
}

// The table of services

/// README and `treadlight help exports` list what the table holds, word for word.
#[test]
fn every_service_is_listed_with_what_is_read_of_it() {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let readme = plain(&std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap());
    let help = plain(&Project::new().treadlight(&["help", "exports"]).out);
    for service in SERVICES {
        let (reads, get) = (plain(service.reads), plain(service.how_to_export));
        let line = format!("- **{}**: {reads}. *{get}.*", service.name);
        assert!(readme.contains(&line), "README lacks: {line}");
        let said = format!("{} Read: {reads}. Get it: {get}.", service.name);
        assert!(help.contains(&said), "help lacks: {said}");
    }
}

/// A session, its track and its heart rates in three files of one name, and the pair that names the session.
fn adidas_export() -> Export {
    let session = r#"{"start_time":1772348400000,"end_time":1772349600000,"start_time_timezone_offset":3600000,
        "distance":3700,"duration":1200000,"pulse_avg":0,"id":"a-1","sport_type_id":"1","user_equipment_ids":[]}"#;
    let point = |second: u32, rest: String| {
        let (minutes, seconds) = (second / 60, second % 60);
        format!(
            r#"{{"version":1,"timestamp":"2026-03-01 09:{minutes:02}:{seconds:02} +0200","duration":{second},{rest}}}"#
        )
    };
    let list = |points: Vec<String>| format!("[{}]", points.join(","));
    let seconds = || (0..1200).step_by(10);
    let places = seconds().map(|second| {
        let latitude = 54.0 + 3.0 * f64::from(second) / METERS_PER_DEGREE;
        point(second, format!(r#""latitude":{latitude},"longitude":7.0,"altitude":3.0"#))
    });
    let beats = seconds().map(|second| point(second, r#""heart_rate":150"#.to_owned()));
    let shoe = r#"{"name":"Red pair","id":"s-1","equipment_type":"shoe","samples_ids":["a-1"]}"#;
    vec![
        file("Sport-sessions/a-1.json", session),
        file("Sport-sessions/GPS-data/a-1.json", list(places.collect())),
        file("Sport-sessions/Heart-rate-data/a-1.json", list(beats.collect())),
        file("User/Shoes/s-1.json", shoe),
    ]
}

#[test]
fn an_activity_in_several_files_of_one_name_is_one_run_with_the_words_of_its_session() {
    for is_packed in [false, true] {
        let project = berlin();
        if is_packed {
            project.write("runs/export.zip", zip(&adidas_export()));
        } else {
            unpacked(&project, "", &adidas_export());
        }
        let runs = runs_of(&project);
        assert_eq!(counts(&runs), [1, 0, 0, 0], "{runs}");
        let run = &runs["runs"][0];
        assert_eq!(
            (&run["start"], &run["distance_m"]),
            (&json!("2026-03-01T08:00:00+01:00"), &json!(3_700.0))
        );
        assert_eq!((&run["moving_time_s"], &run["shoe"]), (&json!(1_200.0), &json!("Red pair")));
        assert_eq!(run["average_heart_rate_bpm"], 150.0);
    }
}

/// The same export unpacked and in its zip: the copy adds nothing.
#[test]
fn an_adidas_export_beside_its_own_zip_doubles_nothing() {
    let project = berlin();
    unpacked(&project, "adidas/", &adidas_export());
    project.write("runs/adidas.zip", zip(&adidas_export()));
    assert_eq!(counts(&runs_of(&project))[..2], [1, 0]);
}

#[test]
fn heart_rates_of_no_session_are_no_activity() {
    let project = berlin();
    project.run(START, 3_600.0);
    let beats = adidas_export().remove(2);
    unpacked(&project, "", &vec![beats]);
    assert_eq!(counts(&runs_of(&project)), [1, 0, 0, 0]);
}

/// The same run twice in one list is told as a duplicate, and three repetitions within minutes are three runs.
#[test]
fn rows_of_one_index_never_merge_silently() {
    let project = berlin();
    let rep = |date| Listed { date, seconds: 200.0, meters: 800.0, file: "", ..MORNING_RUN };
    let reps =
        [rep("Mar 1, 2026, 7:00:00 AM"), rep("Mar 1, 2026, 7:04:30 AM"), rep("Mar 1, 2026, 7:04:30 AM")];
    unpacked(&project, "", &vec![activities_csv(&reps)]);
    assert_eq!(counts(&runs_of(&project)), [2, 0, 1, 0]);
}

/// Watch and phone, half a minute apart: the one that got farther counts, though it began later.
#[test]
fn of_two_rows_of_one_run_the_longer_counts() {
    let project = berlin();
    let row = |date, meters| Listed { date, seconds: 1_800.0, meters, file: "", ..MORNING_RUN };
    let rows = [row("Mar 1, 2026, 7:00:00 AM", 4_000.0), row("Mar 1, 2026, 7:00:30 AM", 5_000.0)];
    unpacked(&project, "", &vec![activities_csv(&rows)]);
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 0, 1, 0], "{runs}");
    assert_eq!(runs["runs"][0]["distance_m"], 5_000.0);
}

/// Garmin's list of the web has the clock on the wall: in Tokyo, where the run was, not in Berlin, where the runner lives.
#[test]
fn a_row_by_the_clock_on_the_wall_finds_a_run_made_in_another_zone() {
    let list = "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR\n\
        Running,2026-03-01 08:00:00,false,\"By the river\",\"3.60\",\"--\",\"00:20:00\",\"150\",\"--\"\n";
    let project = berlin();
    project.run("2026-03-01T08:00:30+09:00", 3_600.0);
    unpacked(&project, "", &vec![file("Activities.csv", list)]);
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 0, 0, 0], "{runs}");
    assert_eq!(runs["runs"][0]["id"], "2026-03-01T08:00");
    // another run of that length at another hour is another run
    let evening = list.replace("08:00:00", "18:10:00");
    unpacked(&project, "", &vec![file("Activities.csv", evening)]);
    assert_eq!(counts(&runs_of(&project)), [2, 0, 0, 0]);
}

// Files that tell the day only, that bring nothing, or that are locked

const WORKOUTS: &str = "Date Submitted,Workout Date,Activity Type,Calories Burned (kCal),Distance (km),\
    Workout Time (seconds),Avg Heart Rate,Notes\n";

/// A run of the day recorded elsewhere is the same one if it is as long; a ride is not, nor is another row of the list.
#[test]
fn a_row_that_tells_the_day_only_is_the_days_run_of_its_distance_else_one_at_noon() {
    let project = berlin();
    project.run(START, 5_000.0);
    let rows = "\"March 1, 2026\",\"March 1, 2026\",Bike Ride,1,5.0,900,,\n\
        \"March 2, 2026\",\"March 1, 2026\",Run,1,5.05,1700,,\n\
        \"March 2, 2026\",\"March 2, 2026\",Run,1,5.0,1700,,\n\
        \"March 2, 2026\",\"March 2, 2026\",Run,1,5.0,1700,150,\n";
    project.write("runs/user_workout_history.csv", format!("{WORKOUTS}{rows}"));
    project.write("runs/sister/user_workout_history.csv", format!("{WORKOUTS}{rows}"));
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [3, 1, 0, 0], "{runs}");
    assert_eq!(each(&runs, "runs", "id"), ["2026-03-01T08:00", "2026-03-02T12:00", "2026-03-02T12:00-2"]);
    let explained = project.treadlight(&["explain", "runs", "2026-03-02T12:00", "--as-of", "2026-03-31"]).out;
    assert!(explained.contains("time of day not known"), "{explained}");
}

#[test]
fn files_of_a_known_service_that_bring_nothing_are_named() {
    let project = berlin();
    let minutes = "Date,Exercise,Type,Exercise Calories,Exercise Minutes\n2026-03-01,Running,Cardio,400,40\n";
    project.write("runs/Exercise-Summary.csv", minutes);
    let told = "1 file of a MyFitnessPal export is not used: minutes and calories";
    let alone = project.treadlight(&["check", "runs", "--as-of", "2026-03-31"]);
    assert!(alone.err.contains(told), "{}", alone.err);
    project.run(START, 5_000.0);
    assert!(notices_of(&project).contains(told));
    let listed = project.treadlight(&["runs", "runs", "--format", "json"]);
    assert!(listed.err.contains(told), "the list of runs says so every time: {}", listed.err);
}

/// At one time in Berlin and 500 km away: two people, said by the list and by the check, and not added up in silence.
#[test]
fn the_runs_of_two_people_in_one_folder_are_told() {
    let project = berlin();
    let here = gpx_track(START, 1_800, 3.0, "<type>running</type>");
    project.write("runs/a.gpx", &here);
    project.write("runs/b.gpx", here.replace("lat=\"5", "lat=\"4"));
    let listed = project.treadlight(&["runs", "runs", "--format", "json", "--as-of", "2026-03-31"]);
    for said in [listed.err, notices_of(&project)] {
        assert!(said.contains("if these are two people, give each a folder of their own"), "{said}");
    }
    assert_eq!(counts(&runs_of(&project)), [2, 0, 0, 0]);
    let suspicious = project.treadlight(&["runs", "runs", "--suspicious", "--as-of", "2026-03-31"]).out;
    let to_copy = "\n→ \"2026-03-01T08:00-2\" = { exclude = true }\n";
    assert!(suspicious.contains(to_copy), "a line of its own: {suspicious}");
}

#[test]
fn a_zip_with_a_password_says_once_how_to_unpack_it() {
    let project = berlin();
    project.run(START, 5_000.0);
    let mut locked = zip(&[file("a.json", "x"), file("b.json", "y")]);
    // the lowest flag of each member's two headers is that of the password
    for at in 0..locked.len() - 4 {
        match &locked[at..at + 4] {
            b"PK\x03\x04" => locked[at + 6] |= 1,
            b"PK\x01\x02" => locked[at + 8] |= 1,
            _ => {}
        }
    }
    project.write("runs/HUAWEI_HEALTH.zip", locked);
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 0, 0, 1], "{runs}");
    let reason = runs["skipped"][0]["reason"].as_str().unwrap();
    assert!(
        reason.contains("needs the password you chose when you asked for the export: unpack it first"),
        "{reason}"
    );
}

#[test]
fn a_clock_that_the_runners_zone_leaps_over_loses_no_run() {
    let project = berlin();
    // in Berlin 02:00 is followed by 03:00 that night; where the run was, it was half past two
    let list = "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR\n\
        Running,2026-03-29 02:30:00,false,x,10.00,400,01:00:00,151,171\n";
    unpacked(&project, "", &vec![file("Activities.csv", list)]);
    let runs = runs_of(&project);
    assert_eq!(counts(&runs), [1, 0, 0, 0]);
    assert_eq!(runs["runs"][0]["start"], json!("2026-03-29T03:30:00+02:00"));
}
