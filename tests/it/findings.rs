//! What new users stumbled over: one test a kind, where no other test holds it.

use std::fs;

use chrono::{Days, NaiveDate};

use crate::project::{Project, Said};

/// Sundays of so many kilometres from 4 January 2026 on.
fn sundays(kilometers: &[f64]) -> Project {
    let project = Project::new();
    for (week, kilometers) in (0..).zip(kilometers) {
        let sunday = NaiveDate::from_ymd_opt(2026, 1, 4).unwrap() + Days::new(7 * week);
        project.run(&format!("{sunday}T08:00:00+01:00"), 1000.0 * kilometers);
    }
    project
}

/// What was printed, with single blanks in place of line ends.
fn joined(said: &Said) -> String {
    assert_eq!(said.code, 0, "{}", said.err);
    said.out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Ten Sundays of 10 km, then 14 km on 15 March and 16 km on 18 March.
fn two_spikes() -> Project {
    let project = sundays(&[10.0; 10]);
    project.run("2026-03-15T08:00:00+01:00", 14_000.0).run("2026-03-18T08:00:00+01:00", 16_000.0);
    project
}

#[test]
fn explain_says_why_a_rule_that_held_was_silent() {
    let project = two_spikes();
    let explain = |day: &str| joined(&project.treadlight(&["explain", "runs", day, "--as-of", "2026-03-20"]));
    assert!(!explain("2026-03-15").contains("silent: long-run-spike"), "{}", explain("2026-03-15"));
    let said = explain("2026-03-18");
    assert!(
        said.contains(
            "silent: long-run-spike held not reported: it had fired on 15 Mar, less than 7 days before"
        ),
        "{said}"
    );
}

#[test]
fn explain_says_that_the_runs_after_a_break_are_too_few() {
    let project = sundays(&[10.0; 8]);
    // four weeks without a run, then two runs, the second one much longer
    project.run("2026-03-22T08:00:00+01:00", 5_000.0).run("2026-03-25T08:00:00+01:00", 9_000.0);
    let said = joined(&project.treadlight(&["explain", "runs", "2026-03-25", "--as-of", "2026-03-26"]));
    assert!(said.contains("silent: long-run-spike held not reported: a break of 14 days or more"), "{said}");
}

#[test]
fn explain_names_what_is_silenced_or_disabled_on_a_day_on_which_it_held() {
    let project = two_spikes();
    let explain = || joined(&project.treadlight(&["explain", "runs", "2026-03-15", "--as-of", "2026-03-20"]));
    project.settings("[[acks]]\nrule = \"long-run-spike\"\nuntil = 2026-04-30\nbecause = \"camp\"\n");
    let said = explain();
    assert!(
        said.contains("silent: long-run-spike held not reported: you silenced it until 30 Apr (camp)"),
        "{said}"
    );
    project.settings("[warnings]\ndisable = [\"long-run-spike\"]\n");
    assert!(explain().contains("not asked: long-run-spike (disabled in treadlight.toml)"), "{}", explain());
}

#[test]
fn the_picture_of_long_runs_says_what_became_of_those_that_raised_no_warning() {
    let project = two_spikes();
    project.treadlight(&["report", "runs", "--as-of", "2026-03-20", "--out", "out"]);
    let page = fs::read_to_string(project.path().join("out/report.html")).unwrap();
    assert!(page.contains("; 1 raised a warning, 1 within 7 days of one"), "2 of 12 are above their ceiling");
}

#[test]
fn a_run_in_two_recordings_says_so_and_the_counts_of_runs_are_reconciled() {
    let project = sundays(&[10.0; 10]);
    // 1.5 km, then 13.5 km from 2 minutes after its end on: 15 km, 50 % more than 10
    project.run("2026-03-15T08:00:00+01:00", 1_500.0).run("2026-03-15T08:10:20+01:00", 13_500.0);
    let check = joined(&project.treadlight(&["check", "runs", "--as-of", "2026-03-16"]));
    assert!(check.contains("Sun 15 Mar, 15.0 km in two recordings: 50 % longer than"), "{check}");
    assert!(check.starts_with("12 runs, 4 Jan – 15 Mar 2026"), "{check}");
    assert!(
        check.contains("To the rules they are 11 runs: recordings less than 30 minutes apart count as one."),
        "{check}"
    );
    let replay = joined(&project.treadlight(&["replay", "runs", "--as-of", "2026-03-16"]));
    assert!(replay.contains(": 11 runs in 12 recordings"), "{replay}");
    let explain = joined(&project.treadlight(&["explain", "runs", "2026-03-15", "--as-of", "2026-03-16"]));
    assert!(explain.contains("run 2026-03-15T08:00, 15000 m in two recordings"), "{explain}");
}

#[test]
fn the_quiet_line_gives_the_advice_that_check_gives() {
    // 17 days without a run: for information, with a limit
    let project = sundays(&[10.0; 8]);
    project.run("2026-03-11T08:00:00+01:00", 5_000.0);
    let check = joined(&project.treadlight(&["check", "runs", "--as-of", "2026-03-12"]));
    let line = joined(&project.treadlight(&["check", "runs", "--as-of", "2026-03-12", "-q"]));
    let advice = check.split("→ ").nth(1).unwrap().split(" To silence").next().unwrap();
    assert!(advice.starts_with("Keep every run at 7.5 km or less until"), "{advice}");
    assert!(line.starts_with("Break: No run in your files between") && line.ends_with(advice), "{line}");
    assert!(!line.contains("Nothing asks you to act"), "{line}");
}

#[test]
fn the_quiet_line_names_the_pair_of_shoes() {
    let project = sundays(&[10.0; 8]);
    project.settings("[[shoes]]\nname = \"Ghost\"\nprior_distance = \"790 km\"\ndefault = true\n");
    let line = joined(&project.treadlight(&["check", "runs", "--as-of", "2026-01-12", "-q"]));
    assert_eq!(
        line,
        "Shoes: Ghost has 503 mi: it passed the end of its 300–500 mi window on Sun 11 Jan. \
         Replace it before the next long run. (+1 more)"
    );
}

#[test]
fn a_name_that_is_nothing_gets_the_list_of_rules_and_a_title_is_a_rule() {
    let project = sundays(&[10.0; 3]);
    let said = project.treadlight(&["explain", "runs", "brk"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("rules are long-run-spike, gap, weekly-jump,"), "{}", said.err);
    let title = project.treadlight(&["explain", "runs", "break"]);
    assert_eq!((title.code, title.out), (0, project.treadlight(&["explain", "runs", "gap"]).out));
}

#[test]
fn who_has_set_kilometres_reads_kilometres_of_shoes_too() {
    let project = sundays(&[10.0; 3]);
    let pair = "[[shoes]]\nname = \"Ghost\"\ndefault = true\n";
    let shoes = |more: &[&str]| joined(&project.treadlight(&[&["shoes", "runs"][..], more].concat()));
    project.settings(pair);
    assert!(shoes(&[]).contains("19 mi") && shoes(&[]).contains("300–500 mi window"), "{}", shoes(&[]));
    project.settings(&format!("units = \"km\"\n{pair}"));
    assert!(shoes(&[]).contains("482.8–804.7 km window"), "{}", shoes(&[]));
    assert!(!shoes(&[]).contains(" mi"), "{}", shoes(&[]));
    assert!(shoes(&["--units", "mi"]).contains("300–500 mi window"), "{}", shoes(&["--units", "mi"]));
    project.settings(pair);
    assert!(!shoes(&["--units", "km"]).contains(" mi"), "{}", shoes(&["--units", "km"]));
}

#[test]
fn every_active_warning_is_shown_by_the_command_that_the_rest_is_counted_with() {
    let project = sundays(&[10.0; 10]);
    // three blocks about load: a spike of more than twice, one of 10 to 30 % and the week
    project.run("2026-03-15T08:00:00+01:00", 11_600.0).run("2026-03-17T08:00:00+01:00", 15_600.0);
    project.run("2026-03-19T08:00:00+01:00", 33_000.0);
    let check = |more: &[&str]| {
        let arguments = [&["check", "runs", "--as-of", "2026-03-20"][..], more].concat();
        joined(&project.treadlight(&arguments))
    };
    let (some, all) = (check(&[]), check(&["--all"]));
    assert!(some.contains("+1 more: `treadlight check --all` shows them"), "{some}");
    assert!(!all.contains("more: `treadlight"), "{all}");
    assert_eq!(all.matches('→').count(), some.matches('→').count() + 1, "{all}");
}

#[test]
fn a_weekly_jump_for_information_has_its_advice_in_text_as_in_json() {
    // blocks of 10, 10, 10 and 5 km, then 12 km: 20 % above the best, 140 % above the last
    let project = sundays(&[10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 5.0, 12.0]);
    project.settings("[warnings]\ndisable = [\"long-run-spike\"]\n");
    let json = project.json(&["check", "runs", "--as-of", "2026-02-23", "--format", "json"]);
    let jump = json["warnings"].as_array().unwrap().iter().find(|w| w["rule"] == "weekly-jump").unwrap();
    assert_eq!(jump["level"], "info");
    let action = jump["action"].as_str().unwrap();
    assert!(action.starts_with("Keep any 7 days at "), "{action}");
    let text = joined(&project.treadlight(&["check", "runs", "--as-of", "2026-02-23"]));
    assert!(text.contains(&format!("→ {action}")), "{text}");
}

#[test]
fn a_step_ahead_without_a_limit_says_in_json_what_text_says() {
    // two days are known: enough on 3 February, when the only run is 30 days old, and nothing from the day after on
    let project = sundays(&[10.0]);
    let next = ["next", "runs", "--as-of", "2026-01-06", "--format"];
    let json = project.json(&[&next[..], &["json"]].concat());
    let steps = json["steps"].as_array().unwrap();
    let because = |i: usize| steps[i]["because"].as_str().unwrap();
    assert_eq!(because(0), "Not enough data (2 of 30 days).");
    assert_eq!(steps.last().unwrap()["next_run_m"], serde_json::Value::Null);
    assert_eq!(because(steps.len() - 1), "No run to count from in the 30 days before.");
    let text = joined(&project.treadlight(&next[..4]));
    assert!(text.contains("no run to count from in the 30 days before"), "{text}");
}

#[test]
fn readme_names_both_triggers_of_the_weekly_jump() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let row = readme.lines().find(|line| line.contains("(`weekly-jump`)")).unwrap();
    assert!(row.contains("best of the four blocks") && row.contains("seven days before alone"), "{row}");
}

#[test]
fn documents_say_reported_where_they_mean_it() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"));
    for document in [
        "README.md",
        "CHANGELOG.md",
        "ARCHITECTURE.md",
        "docs/cohort.md",
        "docs/evidence.md",
        "docs/knee.md",
        "docs/tables.md",
    ] {
        let text = fs::read_to_string(format!("{root}/{document}")).unwrap();
        let told =
            text.lines().find(|line| line.split(|c: char| !c.is_alphabetic()).any(|word| word == "told"));
        assert_eq!(told, None, "{document}: said, reported, listed");
    }
}
