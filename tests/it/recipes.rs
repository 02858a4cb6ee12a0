//! The lines of docs/recipes.md do what stands beside them; programs that are not treadlight are stand-ins that write down
//! what they were given.

#![cfg(unix)]

use std::{fs, os::unix::fs::PermissionsExt, process::Command as Process};

use assert_cmd::cargo::cargo_bin;

use crate::project::Project;

/// The blocks of a language below a heading.
fn blocks(heading: &str, language: &str) -> Vec<String> {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/recipes.md")).unwrap();
    let section = page.split("\n## ").find(|section| section.starts_with(heading)).unwrap();
    let fenced = section.split("```").skip(1).step_by(2);
    let start = format!("{language}\n");
    fenced.filter_map(|block| block.strip_prefix(&start)).map(str::to_owned).collect()
}

/// The sample, remembered in the user's settings, with stand-ins for other programs.
fn project(settings: &str) -> Project {
    let project = Project::sample();
    project.treadlight(&["init", "runs"]);
    let beside = project.path().join("runs/treadlight.toml");
    let own = project.path().join("home/.config/treadlight/treadlight.toml");
    let sample = fs::read_to_string(beside.clone()).unwrap();
    let folders = fs::read_to_string(&own).unwrap();
    let folders = folders.lines().find(|line| line.starts_with("folders")).unwrap().to_owned();
    fs::remove_file(beside).unwrap();
    fs::write(own, format!("{folders}\n{sample}\n{settings}")).unwrap();
    for program in ["ntfy", "mail", "docker"] {
        let script =
            format!("#!/bin/sh\n{{ echo \"$# $*\"; cat; }} >> \"$(dirname \"$0\")/{program}.got\"\n");
        project.write(&format!("bin/{program}"), script);
        let path = project.path().join("bin").join(program);
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    project
}

fn got(project: &Project, program: &str) -> String {
    fs::read_to_string(project.path().join(format!("bin/{program}.got"))).unwrap_or_default()
}

/// Runs lines of a shell in the project's folder; what they printed.
fn shell(project: &Project, lines: &str) -> String {
    let program = cargo_bin("treadlight");
    let own = project.path().join("bin");
    let path = format!(
        "{}:{}:{}",
        own.display(),
        program.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let home = project.path().join("home");
    let mut command = Process::new("sh");
    command.current_dir(project.path()).args(["-e", "-c", lines]).env("PATH", path).env("HOME", &home);
    for (name, folder) in
        [("XDG_CONFIG_HOME", ".config"), ("XDG_CACHE_HOME", ".cache"), ("XDG_STATE_HOME", ".state")]
    {
        command.env(name, home.join(folder));
    }
    let output = command.stdin(std::process::Stdio::null()).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{lines}\n{err}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_message_goes_to_ntfy_and_to_mail_once_each() {
    for (heading, program, arguments) in [
        ("A message on the phone", "ntfy", "2 publish my-knees-8f3a61c0"),
        ("A mail", "mail", "3 -s treadlight anna@example.org"),
    ] {
        let project = project(&blocks(heading, "toml")[0]);
        let line = &blocks(heading, "sh")[0];
        shell(&project, line);
        shell(&project, line);
        let got = got(&project, program);
        let first = format!("{arguments}\nLong-run spike: Sun 8 Nov, 21.3 km");
        assert_eq!(got.matches(&first).count(), 1, "{got}");
        assert_eq!(
            got.lines().filter(|line| *line == arguments).count(),
            2,
            "a spike and a pair of shoes: {got}"
        );
    }
}

#[test]
fn a_letter_comes_where_there_is_something_to_say() {
    let lines = blocks("A mail", "sh")[1].replace("/tmp/", "");
    let project = project("");
    shell(&project, &lines);
    assert!(got(&project, "mail").contains("Long-run spike on Sun 8 Nov."), "{}", got(&project, "mail"));
    let quiet = Project::new();
    quiet.run("2026-10-01T08:00:00+01:00", 5_000.0).settings("as_of = 2026-10-02\n");
    let said = shell(&quiet, &lines.replace("--quiet", "runs --quiet"));
    assert_eq!((said.as_str(), got(&quiet, "mail").as_str()), ("", ""));
}

#[test]
fn a_note_is_written_whole_with_its_properties() {
    let project = project("");
    fs::create_dir(project.path().join("vault")).unwrap();
    shell(&project, &blocks("A note", "sh")[0]);
    let note = fs::read_to_string(project.path().join("vault/treadlight.md")).unwrap();
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/recipes.md")).unwrap();
    let named = page.split("The properties on top (").nth(1).unwrap().split(')').next().unwrap();
    let head = note.split("---\n").nth(1).unwrap();
    for name in named.split('`').skip(1).step_by(2) {
        assert!(
            head.contains(&format!("\n{name}: ")) || head.starts_with(&format!("{name}: ")),
            "{name}: {head}"
        );
    }
}

#[test]
fn home_assistant_finds_what_its_templates_name() {
    let project = project("");
    let yaml = &blocks("Home Assistant", "yaml")[0];
    let commands: Vec<&str> =
        yaml.lines().filter_map(|line| line.trim().strip_prefix("command: \"")?.strip_suffix('"')).collect();
    assert_eq!(commands.len(), 2);
    for command in commands {
        let json: serde_json::Value = serde_json::from_str(&shell(&project, command)).unwrap();
        let paths = yaml.split("value_json.").skip(1);
        for path in paths.map(|rest| rest.split([' ', '|', '}']).next().unwrap()) {
            let found = path.split('.').try_fold(&json, |value, name| value.get(name));
            assert!(found.is_some(), "no {path} in the JSON");
        }
        assert!(json["warnings"][0].get("active").is_some());
    }
}

#[test]
fn prometheus_gets_lines_that_it_can_read() {
    if Process::new("jq").arg("--version").output().is_err() {
        println!("skipped: no jq here");
        return;
    }
    let project = project("");
    fs::create_dir(project.path().join("node-exporter")).unwrap();
    shell(&project, &blocks("Prometheus", "sh")[0]);
    let lines = fs::read_to_string(project.path().join("node-exporter/treadlight.prom")).unwrap();
    insta::assert_snapshot!("prometheus", lines);
}

#[test]
fn the_container_is_asked_for_what_treadlight_knows() {
    let project = project("");
    shell(&project, &blocks("A NAS", "sh")[0]);
    let got = got(&project, "docker");
    let asked = got.lines().next().unwrap().split(" treadlight ").nth(1).unwrap();
    let said = shell(&project, &format!("cd runs; treadlight {asked}"));
    assert!(said.contains("Long-run spike"), "{said}");
}

#[test]
fn the_service_starts_a_command_that_there_is() {
    let unit = &blocks("A folder that is watched", "ini")[0];
    let start =
        unit.lines().find_map(|line| line.strip_prefix("ExecStart=/usr/local/bin/treadlight ")).unwrap();
    let said = Project::new().treadlight(&[start, "--help"]);
    assert_eq!(said.code, 0, "{}", said.err);
}
