//! `treadlight schedule`: what it prints, what it writes, and that it never writes over anything.

use std::{fs, path::Path};

use crate::project::Project;

const SYSTEMS: [&str; 4] = ["systemd", "launchd", "windows", "cron"];

fn schedule(project: &Project, rest: &[&str]) -> crate::project::Said {
    project.treadlight(&[&["schedule"], rest].concat())
}

#[test]
fn every_system_gets_whole_paths_and_how_to_switch_it_on() {
    let project = Project::sample();
    for system in SYSTEMS {
        let said = schedule(&project, &["runs", "--for", system]);
        assert_eq!(said.code, 0, "{}", said.err);
        let program = assert_cmd::cargo::cargo_bin("treadlight").canonicalize().unwrap();
        let folder = project.path().canonicalize().unwrap().join("runs");
        for path in [program, folder] {
            assert!(said.out.contains(path.to_str().unwrap()), "{system}: {}", said.out);
        }
        assert!(said.out.contains("--quiet") && !said.out.contains("--notify"), "{}", said.out);
        assert!(said.err.contains("to switch it on: "), "{}", said.err);
    }
    let settings = project.path().join("runs/treadlight.toml");
    let text = fs::read_to_string(&settings).unwrap() + "\n[notify]\ncommand = [\"ntfy\"]\n";
    fs::write(&settings, text).unwrap();
    assert!(schedule(&project, &["runs", "--for", "cron"]).out.contains(" --quiet --notify\n"));
}

#[test]
fn the_line_of_the_readme_is_what_it_prints() {
    let project = Project::sample();
    project.treadlight(&["init", "runs"]);
    let said = schedule(&project, &["--for", "cron"]);
    let program = assert_cmd::cargo::cargo_bin("treadlight").canonicalize().unwrap();
    let line = said.out.replace(program.to_str().unwrap(), "/usr/local/bin/treadlight");
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    assert!(fs::read_to_string(readme).unwrap().contains(&format!("\n    {line}")), "{line}");
}

#[test]
fn files_are_written_once_and_never_over_others() {
    let project = Project::sample();
    let units = project.path().join("home/.config/systemd/user");
    let write = ["runs", "--for", "systemd", "--every", "day@6:30", "--write"];
    let first = schedule(&project, &write);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(
        fs::read_to_string(units.join("treadlight.timer")).unwrap().contains("OnCalendar=*-*-* 06:30:00")
    );
    fs::remove_file(units.join("treadlight.service")).unwrap();
    fs::write(units.join("treadlight.path"), "mine").unwrap();
    let again = schedule(&project, &write);
    assert!(
        again.code == 2 && again.err.contains("exists already") && again.err.contains("nothing was written")
    );
    assert!(!units.join("treadlight.service").exists());
    assert_eq!(fs::read_to_string(units.join("treadlight.path")).unwrap(), "mine");
}

#[test]
fn what_cannot_be_scheduled_is_one_sentence() {
    let project = Project::sample();
    for (arguments, why) in [
        (vec!["runs", "--every", "someday"], "write one like monday@7:00, or day@6:30 for every day"),
        (vec!["runs", "--for", "cron", "--write"], "paste it into `crontab -e`"),
        (vec!["nowhere"], "the folder `nowhere` does not exist"),
        (vec![], "no folder to read"),
    ] {
        let said = schedule(&project, &arguments);
        assert!(said.code == 2 && said.err.contains(why), "{arguments:?}: {}", said.err);
    }
}

#[test]
fn what_is_one_file_can_be_sent_into_one() {
    let project = Project::sample();
    for (system, begin) in [("launchd", "<?xml "), ("windows", "<Task "), ("cron", "0 7 * * 1 ")] {
        let said = schedule(&project, &["runs", "--for", system]);
        assert!(said.out.starts_with(begin), "{}", said.out);
    }
}
