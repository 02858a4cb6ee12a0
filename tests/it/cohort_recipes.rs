//! The shell lines of docs/cohort.md do what stands beside them.

use std::{collections::BTreeMap, fs, process::Command as Process};

use assert_cmd::cargo::cargo_bin;

use crate::project::Project;

const HEADER: &str = "athlete_id,start,distance_m,duration_s,sport\n";

/// Twenty runners of sixty runs each, a day apart, of 5.0 to 5.9 km.
fn table() -> String {
    let runs = (0..20).flat_map(|runner| (0..60).map(move |day| (runner, day)));
    let row = |(runner, day): (i64, i64)| {
        let date = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(day as u64);
        format!("a{runner:02},{date}T07:00:00,{},1800,running\n", 5_000 + 100 * ((runner + day) % 10))
    };
    runs.map(row).fold(HEADER.to_owned(), |text, row| text + &row)
}

/// The block of docs/cohort.md that holds this text.
fn recipe(holding: &str) -> String {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/cohort.md")).unwrap();
    let blocks = page.split("```").skip(1).step_by(2);
    let block = blocks.filter_map(|block| block.strip_prefix("sh\n")).find(|block| block.contains(holding));
    block.unwrap().to_owned()
}

/// Runs lines of a shell in the project's folder; its exit code and what it said.
fn shell(project: &Project, lines: &str, variables: &[(&str, &str)]) -> (i32, String) {
    let program = cargo_bin("treadlight");
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut command = Process::new("sh");
    command.current_dir(project.path()).args(["-c", lines]).env("PATH", path);
    command.env("HOME", project.path().join("home")).env("XDG_CONFIG_HOME", project.path().join("home"));
    command.envs(variables.iter().copied());
    let output = command.output().unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// The rows of each table below a folder, whatever files they are in.
fn rows(project: &Project, out: &str) -> BTreeMap<String, Vec<String>> {
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for folder in fs::read_dir(project.path().join(out)).unwrap().map(|entry| entry.unwrap().path()) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        if !folder.is_dir() || name.starts_with('_') {
            continue;
        }
        let rows = tables.entry(name).or_default();
        for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            rows.extend(fs::read_to_string(file).unwrap().lines().skip(1).map(str::to_owned));
        }
        rows.sort();
    }
    tables
}

/// As CSV, which a test can read line by line.
fn as_csv(lines: &str) -> String {
    lines.replace("--out", "--format csv --out")
}

#[cfg(unix)]
#[test]
fn eight_parts_by_xargs_give_the_rows_of_one_process() {
    let project = Project::new();
    project.write("study.csv", table());
    let one = project.treadlight(&["cohort", "study.csv", "--format", "csv", "--out", "one"]);
    assert_eq!(one.code, 0, "{}", one.err);
    let (code, said) = shell(&project, &as_csv(&recipe("xargs")), &[]);
    assert_eq!(code, 0, "{said}");
    let expected = rows(&project, "one");
    assert_eq!(expected["exposures"].len(), 1_200);
    assert_eq!(expected["persons"].len(), 20);
    assert_eq!(rows(&project, "tables"), expected);
}

#[cfg(unix)]
#[test]
fn each_task_of_an_array_makes_its_part_and_collect_names_those_that_are_missing() {
    let project = Project::new();
    project.write("study.csv", table());
    let script = recipe("SLURM_ARRAY_TASK_ID").replace("/shared/study.parquet", "study.csv");
    let script = as_csv(&script.replace("/shared/tables", "tables"));
    for task in ["0", "47"] {
        let (code, said) = shell(&project, &script, &[("SLURM_ARRAY_TASK_ID", task)]);
        assert_eq!(code, 0, "{said}");
    }
    let parts = fs::read_dir(project.path().join("tables/exposures")).unwrap();
    let mut parts: Vec<_> = parts.map(|part| part.unwrap().file_name().into_string().unwrap()).collect();
    parts.sort();
    assert_eq!(parts, ["part-00000-of-00048.csv", "part-00047-of-00048.csv"]);
    let collected = project.treadlight(&["cohort", "collect", "tables"]);
    assert_eq!(collected.code, 2);
    assert!(collected.err.contains("missing: 1, 2, 3"), "{}", collected.err);
    // a runner who cannot be read stops no array: 3 of treadlight is 0 of the task
    project.write("study.csv", table() + "bad,no date,5000,1800,running\n");
    let whole = script.replace("/48", "/1").replace("tables", "whole");
    let (code, said) = shell(&project, &whole, &[("SLURM_ARRAY_TASK_ID", "0")]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("1 of 21 runners could not be read"), "{said}");
}
