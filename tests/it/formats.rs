//! Files as they come: packed, renamed, several activities in one, the same run twice.

use serde_json::Value;
use treadlight::import;

use crate::{
    packed::{gzip, zip},
    project::{Project, fit_activity, fit_run, gpx_track},
};

fn runs_of(project: &Project) -> Value {
    project.json(&["runs", "runs", "--format", "json", "--as-of", "2026-03-31"])
}

fn count(document: &Value, list: &str) -> usize {
    document[list].as_array().unwrap().len()
}

const START: &str = "2026-03-01T08:00:00+01:00";

#[test]
fn content_decides_not_the_name() {
    let project = Project::new();
    project.write("runs/really-fit.gpx", fit_run(START, 5_000.0));
    project.write("runs/no-ending", gpx_track("2026-03-02T07:00:00Z", 1200, 3.0, "<type>running</type>"));
    project.write("runs/packed-without-gz.fit", gzip(&fit_run("2026-03-03T08:00:00+01:00", 5_000.0)));
    assert_eq!(count(&runs_of(&project), "runs"), 3);
}

#[test]
fn the_same_run_as_fit_and_gpx_and_packed_counts_once() {
    let project = Project::new();
    let fit = fit_run(START, 3_600.0);
    project.write("runs/a.fit", &fit).write("runs/copy.fit.gz", gzip(&fit));
    project.write("runs/a.gpx", gpx_track(START, 1200, 3.0, "<type>running</type>"));
    let runs = runs_of(&project);
    assert_eq!((count(&runs, "runs"), count(&runs, "duplicates")), (1, 2));
    assert_eq!(runs["runs"][0]["file"], "a.fit");
    assert_eq!(runs["duplicates"][0]["of"], "a.fit");
}

#[test]
fn the_same_run_as_fit_and_gpx_agrees_within_one_per_cent() {
    let project = Project::new();
    project.write("runs/a.gpx", gpx_track(START, 1200, 3.0, "<type>running</type>"));
    let meters = runs_of(&project)["runs"][0]["distance_m"].as_f64().unwrap();
    assert!((meters - 3_600.0).abs() < 36.0, "{meters}");
}

#[test]
fn two_sessions_in_a_row_in_one_file_are_two_activities_with_their_own_ids() {
    let chained = [fit_run(START, 3_000.0), fit_run("2026-03-01T09:00:00+01:00", 4_000.0)].concat();
    let project = Project::new();
    project.write("runs/chained.fit", chained);
    let runs = runs_of(&project);
    assert_eq!(runs["runs"][0]["id"], "2026-03-01T08:00");
    assert_eq!(runs["runs"][1]["id"], "2026-03-01T09:00");
    assert_eq!(runs["runs"][1]["distance_m"], 4_000.0);
}

#[test]
fn two_runs_in_the_same_minute_have_different_ids() {
    let project = Project::new();
    project.write("runs/a.fit", fit_run("2026-03-01T08:00:00+01:00", 30.0));
    project.write("runs/b.fit", fit_run("2026-03-01T08:00:40+01:00", 30.0));
    let runs = runs_of(&project);
    assert_eq!(runs["runs"][0]["id"], "2026-03-01T08:00");
    assert_eq!(runs["runs"][1]["id"], "2026-03-01T08:00-2");
}

#[test]
fn generic_fit_activities_are_other_and_never_guessed_by_speed() {
    let project = Project::new();
    project.write("runs/generic.fit", fit_activity(START, 5_000.0, 0, 0));
    let runs = runs_of(&project);
    assert_eq!((count(&runs, "runs"), count(&runs, "others")), (0, 1));
    assert_eq!(runs["others"][0]["sport"], "generic");
}

#[test]
fn a_track_without_any_hint_is_a_run_by_its_speed_and_says_so() {
    let project = Project::new();
    project.write("runs/track.gpx", gpx_track(START, 1200, 3.0, ""));
    project.write("runs/stroll.gpx", gpx_track("2026-03-02T08:00:00+01:00", 1200, 1.2, ""));
    let runs = runs_of(&project);
    assert_eq!((count(&runs, "runs"), count(&runs, "others")), (1, 1));
    assert_eq!(runs["runs"][0]["notes"][0], "sport assumed from speed");
}

#[test]
fn two_recordings_15_minutes_apart_are_one_long_run_for_the_rules_and_two_in_the_list() {
    let project = Project::new();
    for week in 0..5 {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 4).unwrap() + chrono::Days::new(7 * week);
        project.run(&format!("{day}T08:00:00+01:00"), 10_000.0);
    }
    // 6 km in 33 minutes, then 15 minutes later 6 km more: 12 km is 20 % above 10 km
    project.run("2026-02-08T08:00:00+01:00", 6_000.0).run("2026-02-08T08:50:00+01:00", 6_000.0);
    let check = project.json(&["check", "runs", "--format", "json", "--as-of", "2026-02-09"]);
    let warnings = check["warnings"].as_array().unwrap();
    let spikes: Vec<_> = warnings.iter().filter(|w| w["rule"] == "long-run-spike").collect();
    assert_eq!((spikes.len(), &spikes[0]["value"]), (1, &serde_json::json!(12_000)));
    assert_eq!(
        count(&project.json(&["runs", "runs", "--format", "json", "--as-of", "2026-02-09"]), "runs"),
        7
    );
}

#[test]
fn an_export_is_read_inside_its_zip_and_a_zip_beside_its_folder_doubles_nothing() {
    let first = fit_run(START, 3_600.0);
    let second = gzip(&fit_run("2026-03-03T08:00:00+01:00", 5_000.0));
    let inner = zip(&[("activities/2.fit.gz", &second)]);
    let project = Project::new();
    project.write(
        "runs/export.zip",
        zip(&[("1.fit", first.as_slice()), ("part.zip", &inner), ("README.txt", b"x")]),
    );
    let runs = runs_of(&project);
    assert_eq!((count(&runs, "runs"), count(&runs, "skipped")), (2, 0));
    assert_eq!(runs["runs"][1]["file"], "export.zip/part.zip/activities/2.fit.gz");
    assert_eq!(runs["ignored"], 1);
    project.write("runs/1.fit", &first);
    let runs = runs_of(&project);
    assert_eq!((count(&runs, "runs"), count(&runs, "duplicates")), (2, 1));
}

#[test]
fn everything_that_is_no_activity_is_one_number() {
    let project = Project::new();
    project.run(START, 5_000.0).settings("units = \"km\"");
    project
        .write("runs/notes.txt", "x")
        .write("runs/photo.jpg", [0xff, 0xd8, 0xff])
        .write("runs/activities.csv", "a,b");
    let runs = runs_of(&project);
    assert_eq!(runs["ignored"], 2);
    assert_eq!(count(&runs, "skipped"), 0);
}

#[test]
fn our_gpx_reader_sees_what_the_gpx_crate_sees_in_every_sample_file() {
    let mut compared = 0;
    for file in treadlight::demo::demo_files(None).unwrap() {
        if file.path.ends_with(".gpx") {
            compared += usize::from(same_points(&file.bytes, &file.path));
        }
    }
    assert!(compared > 10, "{compared}");
}

/// Compares every timed track point with the `gpx` crate's; `false` where that crate refuses the file.
pub(crate) fn same_points(bytes: &[u8], name: &str) -> bool {
    let Ok(reference) = gpx::read(bytes) else { return false };
    let expected: Vec<(i64, f64, f64, Option<f64>)> = reference
        .tracks
        .iter()
        .flat_map(|track| &track.segments)
        .flat_map(|segment| &segment.points)
        .filter_map(|point| {
            let time: time::OffsetDateTime = point.time?.into();
            let ms = i64::try_from(time.unix_timestamp_nanos().div_euclid(1_000_000)).ok()?;
            Some((ms, point.point().y(), point.point().x(), point.elevation))
        })
        .collect();
    let ours = import::formats::gpx::read_recordings(bytes).unwrap_or_default();
    let ours: Vec<_> = ours.iter().flat_map(|r| r.segments.iter().flatten()).collect();
    assert_eq!(ours.len(), expected.len(), "{name}: number of points");
    for (point, (ms, latitude_deg, longitude_deg, altitude_m)) in ours.into_iter().zip(expected) {
        assert_eq!(point.time_unix_ms, ms, "{name}");
        if let Some(position) = point.position {
            assert_eq!(
                (position.latitude_deg, position.longitude_deg),
                (latitude_deg, longitude_deg),
                "{name}"
            );
        }
        let close = |a: f32, b: f64| (f64::from(a) - b).abs() < 1e-3 * b.abs().max(1.0);
        assert!(point.altitude_m.zip(altitude_m).is_none_or(|(a, b)| close(a, b)), "{name}");
    }
    true
}
