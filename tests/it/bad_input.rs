//! Whatever is wrong with the input gets one clear error or notice, the right exit code, and no half output.

use std::fs;

use crate::project::{Project, fit_run, gpx_track};

fn error_of(project: &Project, arguments: &[&str]) -> String {
    let said = project.treadlight(arguments);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
    said.err
}

#[test]
fn an_empty_folder_says_what_is_missing() {
    let project = Project::new();
    fs::create_dir(project.path().join("runs")).unwrap();
    assert_eq!(
        error_of(&project, &["report", "runs"]),
        "error: no FIT, GPX or TCX file in `runs`: README says how to get them out of your watch or app\n"
    );
    project.write("runs/notes.txt", "x");
    assert!(error_of(&project, &["report", "runs"]).contains("in `runs` (one file of another kind): README"));
    assert!(!project.path().join("treadlight-report").exists(), "no output folder for nothing");
}

#[test]
fn a_missing_folder_and_no_folder_at_all_are_told_apart() {
    let project = Project::new();
    assert_eq!(
        error_of(&project, &["check", "nowhere"]),
        "error: the folder `nowhere` does not exist: check the spelling, or name another\n"
    );
    assert!(
        error_of(&project, &["check"])
            .starts_with("error: no folder to read: name the one with your watch exports")
    );
}

#[test]
fn a_folder_with_rides_only_has_no_runs_and_is_no_error() {
    let project = Project::new();
    project.write("runs/ride.fit", crate::project::fit_activity("2026-03-01T08:00:00+01:00", 30_000.0, 2, 0));
    let said = project.treadlight(&["report", "runs", "--as-of", "2026-03-02"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.starts_with("no runs (1 file: 1 other sport)"), "{}", said.out);
}

#[test]
fn a_typo_in_the_settings_names_file_line_and_the_nearest_key() {
    let project = Project::new();
    project.run("2026-03-01T08:00:00+01:00", 5_000.0).settings("units = \"km\"\ntimezon = \"Europe/Berlin\"");
    let file = std::path::Path::new("runs").join("treadlight.toml");
    assert_eq!(
        error_of(&project, &["check", "runs"]),
        format!(
            "error: cannot use the settings: `{}` line 2: unknown key `timezon`: did you mean `timezone`?\n",
            file.display()
        )
    );
}

#[test]
fn an_unknown_zone_and_missing_settings_are_errors() {
    let project = Project::new();
    project.run("2026-03-01T08:00:00+01:00", 5_000.0).write("my.toml", "timezone = \"Mars/Olympus\"");
    assert!(
        error_of(&project, &["check", "runs", "--config", "my.toml"])
            .contains("`my.toml` line 1: unknown time zone")
    );
    assert_eq!(
        error_of(&project, &["check", "runs", "--config", "none.toml"]),
        "error: settings `none.toml` do not exist: `treadlight init` writes some\n"
    );
}

#[test]
fn one_bad_file_never_stops_the_others_and_is_told() {
    let project = Project::new();
    project.run("2026-03-01T08:00:00+01:00", 5_000.0);
    project.write("runs/garbage.fit", "not a FIT file at all").write("runs/empty.gpx", "");
    project.write("runs/broken.gpx.gz", b"\x1f\x8b\x08\x00garbage");
    let said = project.treadlight(&["check", "runs", "--as-of", "2026-03-02"]);
    assert_eq!(said.code, 0);
    assert!(said.out.starts_with("1 run, 1 Mar 2026 (4 files: 3 skipped)"), "{}", said.out);
    for file in ["garbage.fit", "empty.gpx", "broken.gpx.gz"] {
        assert!(said.err.contains(&format!("notice: `{file}` skipped: ")), "{}", said.err);
    }
    assert_eq!(project.treadlight(&["check", "runs", "--as-of", "2026-03-02", "--strict"]).code, 2);
}

#[test]
fn a_truncated_file_counts_for_what_it_holds_and_is_told() {
    let whole = fit_run("2026-03-01T08:00:00+01:00", 6_000.0);
    let project = Project::new();
    project.write("runs/cut.fit", &whole[..whole.len() / 2]);
    let runs = project.json(&["runs", "runs", "--format", "json", "--as-of", "2026-03-02"]);
    let run = &runs["runs"][0];
    let meters = run["distance_m"].as_f64().unwrap();
    assert!((2_000.0..4_000.0).contains(&meters), "{run}");
    assert!(run["notes"].to_string().contains("damaged at byte"), "{run}");
    let said = project.treadlight(&["check", "runs", "--as-of", "2026-03-02"]);
    assert!(said.err.starts_with("notice: `cut.fit`: damaged at byte"), "{}", said.err);
}

#[test]
fn a_file_dated_in_the_future_or_never_is_skipped_with_the_reason() {
    let project = Project::new();
    project.write("runs/later.gpx", gpx_track("2090-01-01T08:00:00Z", 1200, 3.0, ""));
    project.write("runs/never.gpx", gpx_track("1970-01-01T00:00:00Z", 1200, 3.0, ""));
    let runs = project.json(&["runs", "runs", "--format", "json"]);
    let codes: Vec<_> = runs["skipped"].as_array().unwrap().iter().map(|s| s["code"].clone()).collect();
    assert_eq!(codes, ["in-the-future", "no-date"]);
    assert_eq!(runs["skipped"][0]["reason"], "dated 1 Jan 2090, which is in the future");
}

#[test]
fn an_output_folder_that_cannot_be_written_is_an_error_and_nothing_is_left() {
    let sample = Project::sample();
    sample.write("out", "a file stands where the folder should be");
    let error = error_of(&sample, &["report", "runs", "--out", "out"]);
    let expected =
        "error: nothing was written; choose another folder with `--out DIR`: cannot make the folder `out`: ";
    assert!(error.contains(expected), "{error}");
    assert_eq!(
        fs::read_to_string(sample.path().join("out")).unwrap(),
        "a file stands where the folder should be"
    );
}

#[test]
#[cfg(unix)]
fn a_read_only_source_folder_is_no_obstacle() {
    use std::os::unix::fs::PermissionsExt;
    let sample = Project::sample();
    let runs = sample.path().join("runs");
    fs::set_permissions(&runs, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(runs.join("probe"), "").is_ok() {
        fs::remove_file(runs.join("probe")).unwrap();
        println!("skipped in part: permissions do not stop this user");
    }
    let said = sample.treadlight(&["report", "runs", "--out", "out"]);
    fs::set_permissions(&runs, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(said.code, 0, "{}", said.err);
}

#[test]
#[cfg(unix)]
fn a_file_without_read_permission_is_skipped_with_the_reason() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::new();
    project.run("2026-03-01T08:00:00+01:00", 5_000.0).write("runs/secret.fit", "x");
    let secret = project.path().join("runs/secret.fit");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&secret).is_ok() {
        println!("skipped: permissions do not stop this user");
        return;
    }
    let runs = project.json(&["runs", "runs", "--format", "json", "--as-of", "2026-03-02"]);
    assert_eq!(runs["skipped"][0]["code"], "unreadable");
}

#[test]
fn wrong_flags_are_explained_and_end_with_2() {
    let project = Project::new();
    for (arguments, part) in [
        (&["check", "--as-of", "yesterday"][..], "invalid value 'yesterday'"),
        (&["check", "--units", "miles"], "write `km` or `mi`"),
        (&["report", "--span", "0"], "write a number of weeks, or `all`"),
        (&["chekc"], "similar subcommand exists: 'check'"),
    ] {
        let error = error_of(&project, arguments);
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let sample = Project::sample();
    let program = assert_cmd::cargo::cargo_bin("treadlight");
    let mut child = std::process::Command::new(program)
        .args(["runs", "runs", "--format", "json"])
        .current_dir(sample.path())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
#[cfg(unix)]
fn a_name_with_a_newline_or_bytes_that_are_no_utf_8_stands_on_one_line() {
    use std::os::unix::ffi::OsStrExt;
    let project = Project::new();
    project.write("runs/new\nline.fit", "x");
    let odd = project.path().join("runs").join(std::ffi::OsStr::from_bytes(b"bad\xff.gpx"));
    if fs::write(odd, "x").is_err() {
        println!("skipped in part: this file system takes no such name");
    }
    let said = project.treadlight(&["runs", "runs", "--skipped"]);
    assert_eq!(said.code, 0);
    assert!(
        said.out.contains("new\u{fffd}line.fit: its name says FIT, its content is something else"),
        "{}",
        said.out
    );
}

#[test]
fn two_gigabytes_of_nothing_are_told_without_being_read() {
    let project = Project::new();
    fs::create_dir(project.path().join("runs")).unwrap();
    let file = fs::File::create(project.path().join("runs/zeros.fit")).unwrap();
    if file.set_len(2 << 30).is_err() {
        println!("skipped: no sparse files here");
        return;
    }
    let runs = project.json(&["runs", "runs", "--format", "json"]);
    assert_eq!(runs["skipped"][0]["code"], "not-what-its-name-says");
}
