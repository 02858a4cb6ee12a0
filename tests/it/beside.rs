//! Other sports, strength and surfaces beside the runs, on the built program.

use serde_json::{Value, json};

use crate::project::{Project, fit_activity};

/// The head and rows of the activity list that Garmin's web gives; distances are kilometres, of swims metres.
fn garmin_list(rows: &[&str]) -> String {
    let head = "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,Aerobic TE,Avg Run Cadence,\
                Total Ascent,Total Descent,Avg Stride Length,Moving Time,Elapsed Time\n";
    rows.iter().fold(head.to_owned(), |list, row| format!("{list}{row}\n"))
}

/// Runs on Monday, Wednesday and Friday of the week of 2 March 2026.
fn three_runs() -> Project {
    let project = Project::new();
    for day in ["02", "04", "06"] {
        project.run(&format!("2026-03-{day}T08:00:00+01:00"), 5_000.0);
    }
    project
}

fn weeks(project: &Project) -> Value {
    project.json(&["weeks", "runs", "--format", "json", "--as-of", "2026-03-08"])
}

#[test]
fn the_sample_tells_its_last_week_both_ways() {
    let project = Project::sample();
    let weeks = project.json(&["weeks", "runs", "--format", "json"])["weeks"].clone();
    let week = weeks.as_array().unwrap().iter().find(|week| week["week_start"] == "2026-11-02").unwrap();
    assert_eq!((&week["days_without_run"], &week["days_without_sport"]), (&json!(3), &json!(1)));
    assert_eq!(week["rest_days"], week["days_without_run"]);
    assert_eq!(week["other_sports"]["strength"], week["other_sports_time_s"]);
    assert_eq!((&week["other_sports"]["ride"], &week["strength_days"]), (&json!(0), &json!(2)));
    let text = project.treadlight(&["weeks", "runs"]).out;
    let in_a_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = "strength 0:50 h; strength or mobility on 2 days; 3 days without a run, 1 without any sport";
    assert!(in_a_line.contains(told), "{text}");
    let check = project.json(&["check", "runs", "--format", "json"]);
    assert_eq!(check["weeks"], weeks);
}

#[test]
fn other_sports_change_no_run_no_limit_and_no_warning() {
    let of = |project: &Project| {
        let mut check = project.json(&["check", "runs", "--format", "json"]);
        check.as_object_mut().unwrap().remove("weeks");
        check
    };
    let with = Project::sample();
    let without = Project::sample();
    for file in ["06/2026-06-10-ride", "10/2026-10-24-ride", "10/2026-10-28-swim", "11/2026-11-02-strength"] {
        std::fs::remove_file(without.path().join(format!("runs/2026/{file}.fit"))).unwrap();
    }
    assert_eq!(of(&with), of(&without));
}

#[test]
fn rows_of_a_list_without_files_count_and_a_week_adds_up() {
    let project = three_runs();
    project.write("runs/ride.fit", fit_activity("2026-03-03T18:00:00+01:00", 20_000.0, 2, 0));
    project.write(
        "runs/Activities.csv",
        garmin_list(&[
            "Pool Swimming,2026-03-05 18:00:00,false,x,\"1,000\",\"--\",\"00:30:00\",\"--\",\"--\",,\"0\",,,\"0.00\",,",
            "Strength Training,2026-03-05 19:00:00,false,x,\"0.00\",\"--\",\"00:25:00\",\"--\",\"--\",,\"0\",,,\"0.00\",,",
            "Hiking,2026-03-08 09:00:00,false,x,\"8.00\",\"--\",\"02:00:00\",\"--\",\"--\",,\"0\",,,\"0.00\",,",
            "Padel,2026-03-08 15:00:00,false,x,\"0.00\",\"--\",\"01:00:00\",\"--\",\"--\",,\"0\",,,\"0.00\",,",
        ]),
    );
    let week = weeks(&project)["weeks"][0].clone();
    let kinds = &week["other_sports"];
    assert_eq!(
        [&kinds["swim"], &kinds["walk"], &kinds["strength"], &kinds["other"]],
        [&json!(1_800), &json!(7_200), &json!(1_500), &json!(3_600)],
        "{week}"
    );
    let sum: i64 = kinds.as_object().unwrap().values().map(|seconds| seconds.as_i64().unwrap()).sum();
    assert_eq!(week["other_sports_time_s"], sum);
    assert_eq!((&week["runs"], &week["distance_m"]), (&json!(3), &json!(15_000)), "never mileage");
    assert_eq!((&week["days_without_run"], &week["days_without_sport"]), (&json!(4), &json!(1)));
}

#[test]
fn impossible_times_and_distances_are_unknown_with_a_reason() {
    let project = three_runs();
    project.write(
        "runs/Activities.csv",
        garmin_list(&[
            "Other,2026-03-03 00:00:00,false,x,\"0.00\",\"--\",\"24:00:00\",\"--\",\"--\",,\"0\",,,\"0.00\",,",
            "Open Water Swimming,2026-03-05 18:00:00,false,x,\"1,500,000\",\"--\",\"00:30:00\",\"--\",\"--\",,\"0\",,,\"0.00\",,",
        ]),
    );
    let document = weeks(&project);
    let week = &document["weeks"][0];
    assert_eq!(
        (&week["other_sports"]["other"], &week["other_sports"]["swim"]),
        (&Value::Null, &json!(1_800))
    );
    assert_eq!(week["days_without_sport"], Value::Null, "nobody knows whether Tuesday had any");
    assert_eq!(
        document["other_sports_left_out"][0]["because"],
        "24:00 h at a stretch: a watch that was left running"
    );
    let runs = project.json(&["runs", "runs", "--format", "json", "--as-of", "2026-03-08"]);
    let swim = runs["others"].as_array().unwrap().iter().find(|other| other["sport"] == "swimming").unwrap();
    assert_eq!(swim["distance_m"], Value::Null, "{swim}");
    assert!(swim["notes"].to_string().contains("nobody swims 1500.0 km in that time"), "{swim}");
    let text = project.treadlight(&["weeks", "runs", "--as-of", "2026-03-08"]).out;
    assert!(text.contains("Not counted as another sport: other of 2026-03-03T00:00 (24:00 h"), "{text}");
}

#[test]
fn no_rest_says_what_was_done_on_the_days_between() {
    let project = Project::new();
    // four weeks with a run on each day but Thursday, and a ride on three of the four Thursdays
    for day in 0..28_u32 {
        let date = format!("2026-02-{:02}", day + 1);
        let ride = day % 7 == 4;
        if !ride {
            project.run(&format!("{date}T08:00:00+01:00"), 5_000.0);
        } else if day > 7 {
            project.write(
                &format!("runs/{date}-ride.fit"),
                fit_activity(&format!("{date}T08:00:00+01:00"), 20_000.0, 2, 0),
            );
        }
    }
    let check = project.json(&["check", "runs", "--format", "json", "--as-of", "2026-02-28"]);
    let warnings = check["warnings"].as_array().unwrap();
    let message =
        warnings.iter().find(|warning| warning["rule"] == "no-rest").unwrap()["message"].to_string();
    assert!(
        message.contains("Of the 4 days without a run, 3 had a ride, 1 no sport in your files."),
        "{message}"
    );
}
