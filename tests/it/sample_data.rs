//! `sample_data/`: what `treadlight demo` writes, and what treadlight must find in it.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::project::Project;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// (rule, date, level, active) of every warning.
fn warnings(check: &Value) -> Vec<(String, String, String, bool)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let tell =
        |w: &Value| (text(&w["rule"]), text(&w["date"]), text(&w["level"]), w["active"].as_bool().unwrap());
    check["warnings"].as_array().unwrap().iter().map(tell).collect()
}

#[test]
fn the_folder_is_what_demo_writes_byte_for_byte() {
    let files = treadlight::demo::demo_files(None).unwrap();
    for file in &files {
        let committed = fs::read(repository().join("sample_data").join(&file.path)).unwrap();
        assert!(
            committed == file.bytes,
            "{} differs: write it anew with `treadlight demo sample_data`",
            file.path
        );
    }
    let committed = walk(&repository().join("sample_data"));
    assert_eq!(committed, files.len(), "files that demo does not write lie in sample_data");
}

fn walk(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { walk(&path) } else { 1 }).sum()
}

#[test]
fn demo_writes_the_same_twice_and_never_between_the_files_of_others() {
    let project = Project::new();
    assert_eq!(project.treadlight(&["demo", "new"]).code, 0);
    assert_eq!(project.treadlight(&["demo", "new"]).code, 0, "over its own files");
    project.write("mine/run.fit", "precious");
    let said = project.treadlight(&["demo", "mine"]);
    assert_eq!(said.code, 2);
    assert_eq!(
        said.err,
        "error: the folder `mine` holds files already: name a new one for the sample data\n"
    );
    assert_eq!(fs::read_dir(project.path().join("mine")).unwrap().count(), 1);
}

#[test]
fn exactly_the_planted_warnings_are_raised() {
    let check = Project::sample().json(&["check", "runs", "--format", "json"]);
    let expected = [
        ("one-pair", "2025-12-11", "info", false),
        ("shoe-window", "2026-04-02", "info", false),
        ("long-run-spike", "2026-04-12", "caution", false),
        ("weekly-jump", "2026-05-01", "caution", false),
        ("new-shoe", "2026-05-10", "info", false),
        ("shoe-past", "2026-06-28", "caution", false),
        ("gap", "2026-08-18", "info", false),
        ("shoe-window", "2026-09-27", "info", false),
        ("shoe-window", "2026-11-05", "info", true),
        ("long-run-spike", "2026-11-08", "caution", true),
    ];
    let expected: Vec<_> =
        expected.map(|(rule, date, level, active)| (rule.into(), date.into(), level.into(), active)).into();
    assert_eq!(warnings(&check), expected);
    assert_eq!(check["unknown"], json!([]));
}

#[test]
fn the_active_spike_carries_the_numbers_of_the_readme() {
    let check = Project::sample().json(&["check", "runs", "--format", "json"]);
    let spike = check["warnings"].as_array().unwrap().last().unwrap();
    assert_eq!(spike["value"], 21_349);
    assert_eq!(spike["baseline"], 15_017);
    assert_eq!(spike["threshold"], 16_518);
    assert_eq!(spike["cap_m"], 16_500);
    assert_eq!(spike["until"], "2026-11-22");
    assert_eq!(spike["evidence"]["grade"], "B");
}

#[test]
fn every_special_file_comes_to_what_its_readme_says() {
    let runs = Project::sample().json(&["runs", "runs", "--format", "json"]);
    let list = |key: &str| runs[key].as_array().unwrap().clone();
    assert_eq!(list("runs").len(), 188);
    assert_eq!(list("others")[0]["file"], "2026/06/2026-06-10-ride.fit");
    let sports: Vec<_> = list("others").into_iter().map(|other| other["sport"].clone()).collect();
    assert_eq!(sports, ["cycling", "cycling", "swimming", "training", "training"]);
    assert_eq!(list("duplicates")[0]["file"], "2026/05/2026-05-19-easy-again.gpx");
    assert_eq!(list("duplicates")[0]["of"], "2026/05/2026-05-19-easy.fit");
    assert_eq!(list("skipped")[0]["file"], "routes/planned-half-marathon.gpx");
    assert_eq!(list("skipped")[0]["code"], "planned");
    assert_eq!((list("others").len(), list("duplicates").len(), list("skipped").len()), (5, 1, 1));
    let run = |file: &str| list("runs").into_iter().find(|run| run["file"] == file).unwrap();
    let truncated = run("2026/07/2026-07-16-easy.fit");
    assert_eq!(truncated["distance_m"], 5207.2);
    assert!(truncated["notes"][0].as_str().unwrap().starts_with("no session message"), "{truncated}");
    let treadmill = list("runs").into_iter().find(|run| run["sub_sport"] == "treadmill").unwrap();
    assert_eq!(treadmill["local_date"], "2026-03-24");
    assert_eq!(treadmill["ascent_m"], Value::Null, "a treadmill knows no climb, and that is not 0");
}

#[test]
fn the_knee_story_comes_to_what_the_readme_says() {
    let project = Project::sample();
    let readme = fs::read_to_string(repository().join("sample_data/README.md")).unwrap();
    for (as_of, row, state, limit_m) in [
        ("2026-09-04", "| 3 Sep | amber: 80 % of 6.967 km | hold | 5.5 km |", "hold", 5_500),
        (
            "2026-09-07",
            "| 6 Sep | amber: 5.5 km stays, as 80 % of 12.014 km is more | hold | 5.5 km |",
            "hold",
            5_500,
        ),
        ("2026-09-14", "red: half of 6.967 km, the shortest judged run", "back", 3_400),
        ("2026-09-20", "| 19 Sep | green: 110 % of 3.483 km | hold | 3.8 km |", "hold", 3_800),
        ("2026-09-23", "| 22 Sep | two green: 110 % of 110 % of 3.831 km | ramp | 4.6 km |", "ramp", 4_600),
    ] {
        let knee = project.json(&["knee", "runs", "--format", "json", "--as-of", as_of])["knee"].clone();
        assert_eq!(
            (&knee["state"], &knee["next_run_m"]),
            (&json!(state), &json!(limit_m)),
            "{as_of}: {knee}"
        );
        assert!(readme.contains(row), "{row}");
    }
    let state = |as_of| {
        project.json(&["knee", "runs", "--format", "json", "--as-of", as_of])["knee"]["state"].clone()
    };
    assert_eq!((state("2026-10-10"), state("2026-10-12")), (json!("ramp"), json!("clear")));
    assert!(readme.contains("11 Oct is the last day with a limit"));
    let today = project.json(&["knee", "runs", "--format", "json"])["knee"].clone();
    assert_eq!(today["lights"], json!({"green": 6, "amber": 2, "red": 1, "stop": 0, "wait": 0}));
}

#[test]
fn the_shoes_are_those_of_the_readme() {
    let shoes = Project::sample().json(&["shoes", "runs", "--format", "json"]);
    let tell = |i: usize| {
        let shoe = &shoes["shoes"][i];
        (
            shoe["name"].clone(),
            shoe["distance_m"].as_i64().unwrap() / 100,
            shoe["runs"].clone(),
            shoe["state"].clone(),
        )
    };
    assert_eq!(tell(0), (json!("Pegasus 40"), 8_317, json!(120), json!("past")));
    assert_eq!(tell(1), (json!("Ghost 15"), 5_130, json!(52), json!("window")));
    assert_eq!(tell(2), (json!("Speedgoat 5"), 1_597, json!(12), json!("ok")));
    assert_eq!(tell(3), (json!("Vaporfly 3"), 1_619, json!(4), json!("window")));
    let reaches = |i: usize| shoes["shoes"][i]["reaches"].clone();
    assert_eq!(reaches(1), json!({"start": null, "end": ["2027-01-22", "2027-02-22"]}));
    assert_eq!(reaches(2), json!({"start": null, "end": null}), "not enough use to say");
    let shares: Vec<f64> = (0..4).map(|i| shoes["shoes"][i]["share_of_28_days"].as_f64().unwrap()).collect();
    assert_eq!(shares, [0.0, 0.783, 0.217, 0.0]);
    assert_eq!(shoes["shoes"][1]["days_in_use"], 52);
    assert_eq!(shoes["unassigned_m"], 0);
}

#[test]
fn the_readme_of_the_repository_shows_the_real_output() {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let block = readme.split("```console\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let shown = block.split_once('\n').unwrap().1;
    let project = Project::sample();
    let said = project.treadlight(&["report", "runs", "--out", "treadlight-report"]);
    assert_eq!(said.out, shown, "README's first screen is no longer what treadlight prints");
}

#[test]
fn the_pictures_of_the_readme_are_those_that_report_draws() {
    let project = Project::sample();
    assert_eq!(project.treadlight(&["report", "runs", "--out", "out"]).code, 0);
    for picture in ["long-runs.png", "shoes.png"] {
        let shown = fs::read(repository().join("docs").join(picture)).unwrap();
        let drawn = fs::read(project.path().join("out").join(picture)).unwrap();
        assert!(shown == drawn, "copy treadlight-report/{picture} of the sample data to docs/");
    }
}
