//! `treadlight watch`, as a service runs it: started, left alone, ended by a signal.

#![cfg(unix)]

use std::{
    fs::{self, File},
    os::unix::fs::PermissionsExt,
    process::{Child, Command},
    thread::sleep,
    time::Duration,
};

use crate::project::{Project, fit_run};

/// How long a line may take on a busy machine.
const PATIENCE: usize = 600;

/// A watch in the background; its lines go into a file.
struct Watching<'a> {
    project: &'a Project,
    child: Child,
}

impl<'a> Watching<'a> {
    fn start(project: &'a Project, arguments: &[&str]) -> Self {
        let out = File::create(project.path().join("out")).unwrap();
        let err = File::create(project.path().join("err")).unwrap();
        let home = project.path().join("home");
        let child = Command::new(assert_cmd::cargo::cargo_bin("treadlight"))
            .arg("watch")
            .args(arguments)
            .current_dir(project.path())
            .env("HOME", &home)
            .env("XDG_CONFIG_HOME", home.join(".config"))
            .env("XDG_CACHE_HOME", home.join(".cache"))
            .env("XDG_STATE_HOME", home.join(".state"))
            .stdout(out)
            .stderr(err)
            .spawn()
            .unwrap();
        Self { project, child }
    }

    fn out(&self) -> String {
        fs::read_to_string(self.project.path().join("out")).unwrap()
    }

    fn err(&self) -> String {
        fs::read_to_string(self.project.path().join("err")).unwrap()
    }

    /// Waits until something is so.
    fn until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        for _ in 0..PATIENCE {
            if is_so(self) {
                return;
            }
            sleep(Duration::from_millis(100));
        }
        panic!("{what} did not come:\n{}{}", self.out(), self.err());
    }

    fn until_line(&self, part: &str) {
        self.until(part, |watching| watching.out().contains(part));
    }

    /// Ends it as a service manager does; its exit code.
    fn end(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Watching<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// Ten runs of 10 km in October, and a program that counts its calls.
fn runner() -> Project {
    let project = Project::new();
    for day in 10..20 {
        project.run(&format!("2026-10-{day}T07:00:00+01:00"), 10_000.0);
    }
    project.run("2026-09-01T07:00:00+01:00", 10_000.0);
    project.settings("as_of = 2026-10-26\n[notify]\ncommand = [\"../program\"]\n");
    project.write("program", "#!/bin/sh\necho called >> \"$(dirname \"$0\")/got\"\n");
    fs::set_permissions(project.path().join("program"), fs::Permissions::from_mode(0o755)).unwrap();
    project
}

#[test]
fn each_change_that_has_settled_is_one_check_and_one_line_until_a_signal_comes() {
    let project = runner();
    let watching = Watching::start(&project, &["runs"]);
    watching.until_line("11 runs, newest 10.0 km on Mon 19 Oct; ");
    // half a file, then all of it: one check
    let run = fit_run("2026-10-24T07:00:00+01:00", 16_000.0);
    project.write("runs/2026/new.fit", &run[..run.len() / 2]);
    sleep(Duration::from_millis(500));
    project.write("runs/2026/new.fit", &run);
    watching.until_line("12 runs, newest 16.0 km on Sat 24 Oct; ");
    assert_eq!(watching.out().lines().count(), 2, "{}", watching.out());
    assert!(watching.out().contains(" reported"), "{}", watching.out());
    assert_eq!(watching.end(), Some(0));
    let calls = fs::read_to_string(project.path().join("got")).unwrap().lines().count();
    project.treadlight(&["check", "runs", "--notify"]);
    assert_eq!(fs::read_to_string(project.path().join("got")).unwrap().lines().count(), calls);
}

#[test]
fn a_folder_that_vanishes_is_waited_for() {
    let project = runner();
    let watching = Watching::start(&project, &["runs"]);
    watching.until_line("11 runs");
    fs::rename(project.path().join("runs"), project.path().join("away")).unwrap();
    watching.until("the word that it is gone", |watching| {
        watching.err().contains("`runs` is gone: waiting for it")
    });
    fs::rename(project.path().join("away"), project.path().join("runs")).unwrap();
    watching.until("a check of the folder that came back", |watching| watching.out().lines().count() == 2);
    project.run("2026-10-25T07:00:00+01:00", 5_000.0);
    watching.until_line("12 runs");
    assert_eq!(watching.end(), Some(0));
}

#[test]
fn a_folder_without_events_is_looked_at() {
    let project = runner();
    let watching = Watching::start(&project, &["runs", "--poll=1"]);
    watching.until_line("11 runs");
    assert!(watching.err().contains("looking every 1 s"), "{}", watching.err());
    project.run("2026-10-25T07:00:00+01:00", 5_000.0);
    watching.until_line("12 runs");
    assert_eq!(watching.end(), Some(0));
}

#[test]
fn what_goes_wrong_in_one_check_is_said_and_the_watch_goes_on() {
    let project = runner();
    project.settings("as_of = 2026-10-26\n");
    let watching = Watching::start(&project, &["runs"]);
    watching.until_line("11 runs");
    assert!(watching.err().contains("no program under `[notify]`"), "{}", watching.err());
    project.settings("units = \"furlongs\"\n");
    watching.until("the error", |watching| watching.err().contains("unknown units `furlongs`"));
    project.settings("as_of = 2026-10-26\n");
    watching.until("a second line", |watching| watching.out().lines().count() == 2);
    assert_eq!(watching.end(), Some(0));
}

#[test]
fn a_file_and_a_folder_that_is_not_there_cannot_be_watched() {
    let project = runner();
    for (what, why) in [
        ("program", "`program` is a file: name the folder that it lies in"),
        ("nothing", "the folder `nothing` does not exist"),
    ] {
        let said = project.treadlight(&["watch", what]);
        assert!(said.code == 2 && said.err.contains(why), "{}", said.err);
    }
}
