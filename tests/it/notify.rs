//! `check --notify`: each active message is handed over once, to a program that may do whatever it likes.

#![cfg(unix)]

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use crate::project::{Project, Said, said};

const TODAY: &str = "2026-11-09";

/// Two months of 10 km every other day, then 14 km: one spike; and a program that writes down what it gets.
fn runner() -> Project {
    let project = Project::new();
    let first: chrono::NaiveDate = "2026-09-01".parse().unwrap();
    for day in first.iter_days().step_by(2).take(34) {
        project.run(&format!("{day}T07:00:00+01:00"), 10_000.0);
    }
    project.run("2026-11-08T07:00:00+01:00", 14_000.0);
    project.settings(&format!("as_of = {TODAY}\n[notify]\ncommand = [\"../program\", \"knees\"]\n"));
    program(
        &project,
        "{ echo \"-- $1 $TREADLIGHT_RULE $TREADLIGHT_LEVEL $TREADLIGHT_DATE $TREADLIGHT_UNTIL\"; cat; } >> \"$(dirname \"$0\")/got\"",
    );
    project
}

fn program(project: &Project, script: &str) {
    project.write("program", format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(project.path().join("program"), fs::Permissions::from_mode(0o755)).unwrap();
}

fn check(project: &Project, rest: &[&str]) -> Said {
    project.treadlight(&[&["check", "runs", "--quiet", "--notify"], rest].concat())
}

/// What the program was given so far.
fn got(project: &Project) -> String {
    fs::read_to_string(project.path().join("got")).unwrap_or_default()
}

fn calls(project: &Project) -> usize {
    got(project).lines().filter(|line| line.starts_with("-- ")).count()
}

fn state(project: &Project) -> PathBuf {
    project.path().join("home/.state/treadlight/reported.json")
}

#[test]
fn a_warning_is_reported_once_with_its_text_and_its_environment() {
    let project = runner();
    let first = check(&project, &[]);
    assert_eq!((first.code, first.err.as_str()), (0, ""));
    insta::assert_snapshot!("a_message", got(&project));
    let again = check(&project, &[]);
    assert_eq!((again.code, calls(&project)), (0, 1));
    assert_eq!(again.out, first.out, "what is printed does not hang on what was reported");
}

#[test]
fn a_file_that_is_renamed_imported_again_or_corrected_a_little_reports_nothing_new() {
    let project = runner();
    check(&project, &[]);
    let runs = project.path().join("runs");
    let file = runs.join("2026-11-08T070000+0100.fit");
    fs::rename(&file, runs.join("long run.fit")).unwrap();
    check(&project, &["--no-cache"]);
    project.run("2026-11-08T07:00:30+01:00", 14_100.0);
    check(&project, &[]);
    fs::rename(&runs, project.path().join("renamed")).unwrap();
    let said = project.treadlight(&["check", "renamed", "--quiet", "--notify"]);
    assert_eq!((said.code, calls(&project)), (0, 1), "{}{}", said.err, got(&project));
}

#[test]
fn a_higher_level_and_another_runner_are_news() {
    let project = runner();
    check(&project, &[]);
    let anna = project.path().join("anna");
    fs::create_dir(&anna).unwrap();
    for entry in fs::read_dir(project.path().join("runs")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, anna.join(path.file_name().unwrap())).unwrap();
    }
    project.treadlight(&["check", "anna", "--notify"]);
    assert_eq!(calls(&project), 2);
    project.run("2026-11-08T07:00:00+01:00", 21_000.0);
    check(&project, &[]);
    let got = got(&project);
    assert_eq!(got.matches("long-run-spike warning 2026-11-08").count(), 1, "{got}");
    assert_eq!(got.matches("long-run-spike caution 2026-11-08").count(), 2, "{got}");
}

#[test]
fn what_is_withdrawn_before_the_program_took_it_is_never_reported() {
    let project = runner();
    program(&project, "exit 3");
    let failed = check(&project, &[]);
    assert_eq!(failed.code, 0);
    assert!(failed.err.contains("1 message was not reported"), "{}", failed.err);
    project.run("2026-11-08T07:00:00+01:00", 10_500.0);
    program(&project, "echo '-- called' >> \"$(dirname \"$0\")/got\"");
    check(&project, &[]);
    assert_eq!(calls(&project), 0, "{}", got(&project));
}

#[test]
fn a_program_that_fails_is_asked_again_and_only_strict_makes_an_error_of_it() {
    let project = runner();
    program(&project, "echo 'no such topic' >&2; exit 3");
    insta::assert_snapshot!(
        "a_failing_program",
        check(&project, &[]).err.replace(project.path().to_str().unwrap(), "…")
    );
    assert_eq!(check(&project, &["--strict"]).code, 2);
    program(&project, "echo '-- called' >> \"$(dirname \"$0\")/got\"");
    assert_eq!((check(&project, &["--strict"]).code, calls(&project)), (0, 1));
}

#[test]
fn a_preview_shows_what_would_be_reported_and_reports_nothing() {
    let project = runner();
    let preview = check(&project, &["--dry-run"]);
    insta::assert_snapshot!("a_preview", preview.all().replace(project.path().to_str().unwrap(), "…"));
    assert!(!state(&project).exists() && calls(&project) == 0);
    check(&project, &[]);
    assert_eq!(check(&project, &["--dry-run"]).out, "Nothing new to report.\n");
    let alone = project.treadlight(&["check", "runs", "--dry-run"]);
    assert!(alone.code == 2 && alone.err.contains("--notify"), "{}", alone.err);
}

#[test]
fn without_a_program_the_settings_are_named() {
    let project = runner();
    project.settings("units = \"km\"\n");
    let said = check(&project, &[]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("nothing says whom to notify") && said.err.contains("treadlight.toml"),
        "{}",
        said.err
    );
}

#[test]
fn two_checks_at_once_report_once() {
    let project = runner();
    program(&project, "sleep 1; echo '-- called' >> \"$(dirname \"$0\")/got\"");
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| assert_eq!(check(&project, &[]).code, 0));
        }
    });
    assert_eq!(calls(&project), 1);
}

#[test]
fn a_list_that_is_damaged_or_newer_is_said_once_and_what_is_active_counts_as_reported() {
    for (text, why) in [("{\"schema\": 1, \"run", "is damaged"), ("{\"schema\": 9}", "newer treadlight")] {
        let project = runner();
        project.write("home/.state/treadlight/reported.json", text);
        let first = check(&project, &[]);
        assert!(first.code == 0 && first.err.contains(why), "{}", first.err);
        let kept = fs::read_to_string(state(&project).with_file_name("reported-unread.json")).unwrap();
        assert_eq!(kept, text, "nothing is lost");
        assert_eq!((check(&project, &[]).err.as_str(), calls(&project)), ("", 0));
        project.run("2026-11-09T07:00:00+01:00", 16_000.0);
        check(&project, &[]);
        assert_eq!(calls(&project), 1, "what comes later is reported: {}", got(&project));
    }
}

#[test]
fn what_cannot_be_remembered_is_not_reported() {
    let project = runner();
    project.write("home/.state", "a file where the folder belongs");
    let said = check(&project, &[]);
    assert_eq!((said.code, calls(&project)), (2, 0));
    assert!(said.err.contains("cannot keep what was reported"), "{}", said.err);
    assert!(!said.out.is_empty(), "the check itself is printed");
}

#[test]
fn a_full_disk_reports_nothing_and_loses_nothing() {
    let project = runner();
    let folder = project.path().join("home/.state/treadlight");
    fs::create_dir_all(&folder).unwrap();
    let mut mount = std::process::Command::new("mount");
    let mount = mount.args(["-t", "tmpfs", "-o", "size=16k", "treadlight-test"]).arg(&folder);
    if !mount.output().is_ok_and(|output| output.status.success()) {
        println!("skipped: a small disk cannot be mounted here");
        return;
    }
    // leave no room at all
    let filler = folder.join("filler");
    let _ = fs::write(&filler, vec![0; 1 << 20]);
    let full = check(&project, &[]);
    let calls_on_full_disk = calls(&project);
    fs::remove_file(&filler).unwrap();
    let roomy = [check(&project, &[]), check(&project, &[])];
    std::process::Command::new("umount").arg(&folder).output().unwrap();
    assert_eq!((full.code, calls_on_full_disk), (2, 0), "{}", full.err);
    assert!(full.err.contains("not reported"), "{}", full.err);
    assert_eq!((roomy[0].code, roomy[1].code, calls(&project)), (0, 0, 1));
}

#[test]
fn a_knee_state_and_an_old_export_are_reported_once() {
    let project = runner();
    project.write(
        "runs/treadlight-knee.csv",
        "date,run,spot,side,before,during,after,morning,worst,from_km,signs,painkiller,exercises,note\n\
         2026-11-08,2026-11-08T07:00,front,left,,7,,,,,locked,,,fell over the dog\n",
    );
    let said = said(&mut project.command(&["check", "runs", "--notify", "--as-of", "2026-12-20"]));
    assert_eq!(said.code, 0, "{}", said.err);
    let got = got(&project);
    insta::assert_snapshot!("messages_of_knee_and_export", got);
    assert!(!got.contains("dog"), "no note leaves the diary");
    project.treadlight(&["check", "runs", "--notify", "--as-of", "2026-12-21"]);
    assert_eq!(self::got(&project), got);
}
