//! Steps a minute at one speed: the same run told in strides, in steps and in numbers that no foot counts.

use serde_json::{Value, json};

use crate::project::Project;

/// Half an hour at 2.9 m/s northward, a point every five seconds with these counts a minute, one after the other.
fn gpx(date: &str, counts: &[&str], mps: f64) -> String {
    let point = |index: usize| {
        let second = 5 * index;
        let latitude = 54.0 + mps * second as f64 / 111_319.49;
        let cadence = match counts {
            [] => String::new(),
            counts => {
                format!("<extensions><gpxtpx:cad>{}</gpxtpx:cad></extensions>", counts[index % counts.len()])
            }
        };
        format!(
            "<trkpt lat=\"{latitude:.7}\" lon=\"7.0\"><time>{date}T07:{:02}:{:02}Z</time>{cadence}</trkpt>",
            second / 60,
            second % 60
        )
    };
    let points: String = (0..360).map(point).collect();
    format!("<gpx version=\"1.1\"><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>")
}

/// March 2026 with three runs of an hour in each of these counts, and what `check` says of the month.
fn months(of_runs: &[&[&str]]) -> (Project, Value) {
    let project = Project::new();
    for (index, counts) in of_runs.iter().enumerate() {
        let date = format!("2026-03-{:02}", 2 * index + 1);
        project.write(&format!("runs/{date}.gpx"), gpx(&date, counts, 2.9));
    }
    project.settings("as_of = 2026-03-31\ntimezone = \"Europe/Berlin\"\n");
    let check = project.json(&["check", "runs", "--format", "json"]);
    let cadence = check["cadence"].clone();
    (project, cadence)
}

fn march(median_spm: f64, runs: usize) -> Value {
    json!([{"month": "2026-03", "median_spm": median_spm, "runs": runs, "speed_band_m_s": [2.75, 3.0]}])
}

#[test]
fn strides_and_steps_of_one_month_are_one_cadence() {
    let (_, cadence) = months(&[&["82"], &["164"], &["83"], &["166"]]);
    assert_eq!(cadence, march(165.0, 4));
}

#[test]
fn what_no_foot_counts_is_left_out_with_its_reason_and_never_another_number() {
    let strange: [&[&str]; 7] = [&["41"], &["125"], &["255"], &["0"], &["300"], &["82", "164"], &["-82"]];
    let (project, cadence) = months(&[&[&["82"][..], &["82"], &["82"]], &strange[..]].concat());
    assert_eq!(cadence, march(164.0, 3));
    let runs = project.json(&["runs", "runs", "--format", "json"]);
    let known: Vec<bool> =
        runs["runs"].as_array().unwrap().iter().map(|run| run["easy_cadence_spm"].is_number()).collect();
    assert_eq!(known, [true, true, true, false, false, false, false, false, false, false]);
    let explained = project.treadlight(&["explain", "runs", "2026-03-07.gpx"]).out;
    assert!(
        explained.contains("not known: its counts are neither strides nor steps of a run"),
        "{explained}"
    );
    let explained = project.treadlight(&["explain", "runs", "2026-03-01.gpx"]).out;
    assert!(explained.contains("164 steps a minute at 5:33–6:04 a km"), "{explained}");
}

#[test]
fn two_runs_are_no_month_and_a_walk_or_another_speed_is_no_third() {
    let (project, cadence) = months(&[&["82"], &["83"]]);
    assert_eq!(cadence, json!([]));
    project.write("runs/walk.gpx", gpx("2026-03-20", &["55"], 1.4));
    project.write("runs/fast.gpx", gpx("2026-03-22", &["90"], 4.1));
    let check = project.json(&["check", "runs", "--format", "json"]);
    assert_eq!(check["cadence"], json!([]));
    let said = project.treadlight(&["report", "runs", "--out", "out"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(!project.path().join("out/cadence.png").exists(), "nothing to draw");
}

#[test]
fn the_cadence_raises_no_warning_and_changes_no_limit() {
    let without = months(&[&[], &[], &[]]).0;
    let with = months(&[&["70"], &["100"], &["70"]]).0;
    let said = |project: &Project| {
        let check = project.json(&["check", "runs", "--format", "json"]);
        (check["warnings"].clone(), check["caps"].clone(), check["unknown"].clone())
    };
    assert_eq!(said(&without), said(&with));
}

#[test]
fn later_runs_change_nothing_about_an_earlier_day() {
    let (project, _) = months(&[&["82"], &["82"], &["83"]]);
    let as_of =
        |day: &str| project.json(&["check", "runs", "--format", "json", "--as-of", day])["cadence"].clone();
    let before = as_of("2026-03-10");
    project.write("runs/later.gpx", gpx("2026-03-28", &["90"], 3.3));
    assert_eq!(as_of("2026-03-10"), before);
}
