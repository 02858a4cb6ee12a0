//! A novice who runs and walks in turns: compared by running minutes, from the files to every output.

use chrono::{DateTime, Duration, FixedOffset};
use serde_json::Value;
use treadlight::fit_encoder::{FileId, FitEncoder, Record, Session};

use crate::project::Project;

/// 30 minutes, a record every ten seconds: so many of them running at 2.6 m/s, spread over the half hour, the others
/// walking at 1.5 m/s.
fn half_hour(start: &str, running_minutes: i64) -> Vec<u8> {
    let start: DateTime<FixedOffset> = DateTime::parse_from_rfc3339(start).unwrap();
    let start_unix_s = start.timestamp();
    let mut file = FitEncoder::new();
    file.file_id(&FileId { time_created_unix_s: start_unix_s, ..FileId::default() });
    let mut distance_m = 0.0;
    for second in (0..=1_800).step_by(10) {
        let minute = (second - 1) / 60;
        let runs = (minute + 1) * running_minutes / 30 > minute * running_minutes / 30;
        if second > 0 {
            distance_m += if runs { 26.0 } else { 15.0 };
        }
        let time_unix_s = Some(start_unix_s + second);
        file.record(&Record { time_unix_s, distance_m: Some(distance_m), ..Record::default() });
    }
    file.session(&Session {
        start_unix_s: Some(start_unix_s),
        time_unix_s: Some(start_unix_s + 1_800),
        sport: Some(1),
        elapsed_time_s: Some(1_800.0),
        timer_time_s: Some(1_800.0),
        distance_m: Some(distance_m),
        ..Session::default()
    });
    file.activity(start_unix_s + 1_800, i64::from(start.offset().local_minus_utc()), 1_800.0);
    file.finish()
}

impl Project {
    fn half_hour(&self, date: &str, running_minutes: i64) -> &Self {
        let bytes = half_hour(&format!("{date}T08:00:00+01:00"), running_minutes);
        self.write(&format!("runs/{date}.fit"), bytes)
    }
}

/// Five weeks of Sundays and Wednesdays with 9 running minutes, then 16 on Sunday, 1 March.
fn sixteen_after_nine() -> Project {
    let project = Project::new();
    let sunday = DateTime::parse_from_rfc3339("2026-01-25T08:00:00+01:00").unwrap().date_naive();
    for week in 0..5 {
        for days in [0, 3] {
            project.half_hour(&(sunday + Duration::days(7 * week + days)).to_string(), 9);
        }
    }
    project.half_hour("2026-03-01", 16);
    project
}

fn check(project: &Project, as_of: &str) -> Value {
    project.json(&["check", "runs", "--as-of", as_of, "--format", "json"])
}

#[test]
fn a_run_walk_session_is_warned_of_in_minutes_with_a_cap_in_minutes() {
    let project = sixteen_after_nine();
    let said = project.treadlight(&["check", "runs", "--as-of", "2026-03-01"]);
    insta::assert_snapshot!("check", said.all());
    let day = project.treadlight(&["explain", "runs", "2026-03-01", "--as-of", "2026-03-01"]);
    insta::assert_snapshot!("explain_the_day", day.all());
    let caps = project.treadlight(&["explain", "runs", "caps", "--as-of", "2026-03-01"]);
    insta::assert_snapshot!("explain_the_caps", caps.all());
    let next = project.treadlight(&["next", "runs", "--as-of", "2026-03-01"]);
    insta::assert_snapshot!("next", next.all());
}

#[test]
fn machines_read_seconds_and_their_unit() {
    let project = sixteen_after_nine();
    let check = check(&project, "2026-03-01");
    let warning = &check["warnings"][0];
    let numbers =
        ["rule", "unit", "value", "threshold", "baseline", "cap_m", "cap_s"].map(|name| &warning[name]);
    let expected =
        ["long-run-spike".into(), "s".into(), 960.into(), 594.into(), 540.into(), Value::Null, 540.into()];
    assert_eq!(numbers, expected.each_ref());
    assert_eq!((&warning["until"], &warning["evidence"]["grade"]), (&"2026-03-15".into(), &"D".into()));
    assert_eq!(check["warnings"].as_array().unwrap().len(), 1, "{check:#}");
    assert_eq!(check["caps"]["next_run_running_minutes"], 9);
    let runs = project.json(&["runs", "runs", "--as-of", "2026-03-01", "--format", "json"]);
    let running: Vec<&Value> =
        runs["runs"].as_array().unwrap().iter().map(|run| &run["running_time_s"]).collect();
    assert_eq!((running.len(), running[0], running[10]), (11, &540.0.into(), &960.0.into()));
}

#[test]
fn later_sessions_change_nothing_about_an_earlier_day() {
    let project = sixteen_after_nine();
    let before = check(&project, "2026-03-01");
    project.half_hour("2026-03-02", 30).half_hour("2026-03-04", 3);
    assert_eq!(check(&project, "2026-03-01"), before);
}

#[test]
fn a_plan_a_silenced_rule_and_a_look_back_go_on_working() {
    let project = sixteen_after_nine();
    project.write("plan.csv", "date,distance\n2026-03-08,4 km\n2026-03-15,9 km\n");
    let next = ["next", "runs", "--as-of", "2026-03-01", "--plan", "plan.csv", "--format", "json"];
    let plan = project.json(&next);
    assert_eq!(plan["plan"][1]["rules"][0], "long-run-spike", "{plan:#}");
    let replay = project.treadlight(&["replay", "runs", "--as-of", "2026-03-01"]);
    assert!(replay.out.contains("running minutes"), "{}", replay.out);
    project.settings("");
    let because = ["--because", "a plan of nine weeks", "--config", "runs/treadlight.toml"];
    let ack = [&["ack", "long-run-spike", "--until", "2026-03-20"][..], &because].concat();
    let acked = project.treadlight(&ack);
    assert_eq!(acked.code, 0, "{}", acked.err);
    let silent = project.treadlight(&["check", "runs", "--as-of", "2026-03-01"]);
    assert!(silent.code == 0 && !silent.out.contains("16 running minutes"), "{}", silent.all());
}

#[test]
fn a_race_of_a_run_walker_is_a_statement() {
    let project = sixteen_after_nine();
    project.settings("[runs.\"2026-03-01T08:00\"]\nrace = true\n");
    let said = project.treadlight(&["check", "runs", "--as-of", "2026-03-01"]);
    assert!(said.code == 0 && said.out.contains("a race of 16 running minutes"), "{}", said.all());
    assert!(said.out.contains("The limit that follows: 9 running minutes a session"), "{}", said.out);
}
