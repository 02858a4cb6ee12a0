//! The training load from the files to CSV and JSON.

use serde_json::Value;
use treadlight::fit_encoder::{FileId, FitEncoder, Session};

use crate::project::Project;

const HEART: &str = "[athlete]\nmax_heart_rate_bpm = 190\nresting_heart_rate_bpm = 60\nsex = \"male\"\n";

/// An hour's run of which only the session message is there.
fn hour(workout_rpe: Option<u8>, average_heart_rate_bpm: Option<u8>) -> Vec<u8> {
    let start_unix_s = 1_772_348_400;
    let mut file = FitEncoder::new();
    file.file_id(&FileId { time_created_unix_s: start_unix_s, ..FileId::default() });
    file.session(&Session {
        start_unix_s: Some(start_unix_s),
        time_unix_s: Some(start_unix_s + 3_600),
        sport: Some(1),
        elapsed_time_s: Some(3_600.0),
        timer_time_s: Some(3_600.0),
        distance_m: Some(10_000.0),
        average_heart_rate_bpm,
        workout_rpe,
        ..Session::default()
    });
    file.activity(start_unix_s + 3_600, 3_600, 3_600.0);
    file.finish()
}

/// Load and measure of the only run.
fn load(project: &Project) -> (Value, Value) {
    let runs = project.json(&["runs", "runs", "--as-of", "2026-03-12", "--format", "json"]);
    let run = &runs["runs"][0];
    (run["training_load"].clone(), run["training_load_measure"].clone())
}

fn loaded(bytes: Vec<u8>, settings: &str) -> (Value, Value) {
    let project = Project::new();
    project.write("runs/a.fit", bytes).settings(settings);
    load(&project)
}

#[test]
fn heart_rates_of_the_records_count_if_the_settings_name_both_rates_and_else_minutes() {
    let project = Project::new();
    project.run("2026-03-01T08:00:00+01:00", 10_000.0).settings(HEART);
    // 55.55 minutes at 140: x = 80 / 130, so 1.2838 a minute
    assert_eq!(load(&project), (71.3.into(), "trimp".into()));
    project.settings("[athlete]\nmax_heart_rate_bpm = 190");
    assert_eq!(load(&project), (55.6.into(), "minutes".into()));
}

#[test]
fn the_average_counts_where_only_that_is_known_and_says_so() {
    assert_eq!(loaded(hour(None, Some(150)), HEART), (100.4.into(), "trimp-from-average".into()));
}

#[test]
fn a_rating_on_the_watch_counts_where_heart_rate_cannot() {
    assert_eq!(loaded(hour(Some(70), Some(150)), ""), (420.0.into(), "session-rpe".into()));
    assert_eq!(loaded(hour(Some(0), Some(150)), ""), (60.0.into(), "minutes".into()));
    assert_eq!(loaded(hour(Some(70), Some(150)), HEART), (100.4.into(), "trimp-from-average".into()));
}

#[test]
fn weeks_tell_where_their_load_comes_from() {
    let project = Project::new();
    project.run("2026-03-02T08:00:00+01:00", 10_000.0).run("2026-03-04T08:00:00+01:00", 10_000.0);
    project.settings(HEART);
    let weeks = project.json(&["weeks", "runs", "--as-of", "2026-03-08", "--format", "json"]);
    assert_eq!(weeks["training_load"]["measure"], "trimp");
    assert_eq!(weeks["training_load"]["chronic"], "C += (load - C) / 42");
    assert_eq!(weeks["training_load"]["runs"], 2);
    let week = &weeks["weeks"][0];
    assert_eq!((&week["training_load"], &week["rest_days"]), (&142.6.into(), &5.into()));
    // two equal days of seven: the square root of 2 / 5
    assert_eq!((&week["monotony"], &week["strain"]), (&0.63.into(), &90.2.into()));
    assert_eq!(week["chronic_load"], Value::Null);
}

#[test]
fn no_warning_ever_comes_of_a_load() {
    let sample = Project::sample();
    let check = |settings: &str| {
        sample.write("load.toml", settings);
        sample.json(&["check", "runs", "--config", "load.toml", "--as-of", "2026-11-09", "--format", "json"])
    };
    let (with, without) = (check(HEART), check(""));
    for said in ["warnings", "caps", "unknown"] {
        assert_eq!(with[said], without[said]);
    }
}
