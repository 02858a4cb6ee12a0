//! Whole commands: stdout, stderr and exit code as a user sees them.

use insta::assert_snapshot;

use crate::project::{Project, fit_activity, gpx_track};

#[test]
fn report_prints_warnings_weeks_shoes_and_what_was_earlier() {
    let project = Project::sample();
    assert_snapshot!(project.treadlight(&["report", "runs", "--out", "out"]).all());
}

#[test]
fn check_in_miles() {
    assert_snapshot!(Project::sample().treadlight(&["check", "runs", "--units", "mi"]).all());
}

#[test]
fn check_as_json_has_the_fields_of_the_contract() {
    let mut check = Project::sample().json(&["check", "runs", "--format", "json"]);
    let weeks = check["weeks"].as_array_mut().unwrap();
    weeks.drain(..weeks.len() - 2);
    assert_snapshot!(serde_json::to_string_pretty(&check).unwrap());
}

#[test]
fn runs_and_weeks_as_text() {
    let project = Project::new();
    project.run("2026-03-01T08:00:00+01:00", 10_000.0).run("2026-03-10T18:30:00+01:00", 6_000.0);
    project.write("runs/ride.fit", fit_activity("2026-03-02T08:00:00+01:00", 30_000.0, 2, 0));
    project.write("runs/notes.txt", "not an activity").write("runs/empty.fit", "");
    assert_snapshot!("runs_as_text", project.treadlight(&["runs", "runs", "--as-of", "2026-03-12"]).all());
    assert_snapshot!("weeks_as_text", project.treadlight(&["weeks", "runs", "--as-of", "2026-03-12"]).all());
    assert_snapshot!(
        "runs_as_json",
        project.treadlight(&["runs", "runs", "--as-of", "2026-03-12", "--format", "json"]).all()
    );
    assert_snapshot!(
        "runs_as_csv",
        project.treadlight(&["runs", "runs", "--as-of", "2026-03-12", "--format", "csv"]).all()
    );
    assert_snapshot!(
        "weeks_as_csv",
        project.treadlight(&["weeks", "runs", "--as-of", "2026-03-12", "--format", "csv"]).all()
    );
}

#[test]
fn shoes_as_text() {
    assert_snapshot!(Project::sample().treadlight(&["shoes", "runs"]).all());
}

#[test]
fn a_table_goes_into_a_file_where_asked_for() {
    let project = Project::sample();
    let said = project.treadlight(&["weeks", "runs", "--format", "csv", "--output", "weeks.csv"]);
    assert_eq!((said.code, said.out.as_str()), (0, ""));
    let csv = std::fs::read_to_string(project.path().join("weeks.csv")).unwrap();
    assert!(csv.starts_with("week_start,distance_m,runs,longest_m,"), "{csv}");
    assert_eq!(csv.lines().count(), 1 + 53, "a header and a row for each week");
}

#[test]
fn the_exit_code_tells_of_active_cautions_only_where_asked_for() {
    let sample = Project::sample();
    assert_eq!(sample.treadlight(&["check", "runs"]).code, 0);
    assert_eq!(sample.treadlight(&["check", "runs", "--exit-code"]).code, 1);
    assert_eq!(sample.treadlight(&["check", "runs", "--exit-code", "--as-of", "2026-10-01"]).code, 0);
}

#[test]
fn a_shoe_that_enters_its_window_is_information_and_changes_no_exit_code() {
    let project = Project::new();
    project
        .settings("[[shoes]]\nname = \"a\"\nprior_distance = \"299 mi\"\ndefault = true")
        .run("2026-03-01T08:00:00+01:00", 5_000.0);
    let said = project.treadlight(&["check", "runs", "--exit-code", "--as-of", "2026-03-02"]);
    let one_line = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(one_line.contains("it entered its 300–500 mi window"), "{}", said.out);
    assert_eq!(said.code, 0);
}

#[test]
fn quiet_prints_nothing_when_nothing_is_active() {
    let sample = Project::sample();
    let quiet = sample.treadlight(&["check", "runs", "-q", "--as-of", "2026-10-20"]);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str(), quiet.code), ("", "", 0));
    let active = sample.treadlight(&["check", "runs", "-q"]);
    assert!(active.out.starts_with("Long-run spike on Sun 8 Nov. Keep every run at"), "{}", active.out);
}

#[test]
fn a_day_in_the_past_is_told_as_it_was_then() {
    let sample = Project::sample();
    let april = sample.treadlight(&["check", "runs", "--as-of", "2026-04-13"]);
    assert!(april.out.contains("▲ long-run spike   Sun 12 Apr, 13.4 km: 18 % longer"), "{}", april.out);
    assert!(!april.out.contains("8 Nov"), "nothing of November 2026 is known in April: {}", april.out);
    let early = sample.treadlight(&["check", "runs", "--as-of", "2025-11-22"]);
    assert!(early.out.contains("? long-run-spike   not enough data (12 of 30 days)"), "{}", early.out);
}

#[test]
fn later_files_change_nothing_about_a_past_day() {
    let sample = Project::sample();
    let outputs = || {
        [["check", "text"], ["check", "json"], ["runs", "json"], ["weeks", "csv"]].map(|[command, format]| {
            sample.treadlight(&[command, "runs", "--as-of", "2026-05-10", "--format", format]).all()
        })
    };
    let before = outputs();
    for month in ["06", "07", "08", "09", "10", "11"] {
        std::fs::remove_dir_all(sample.path().join(format!("runs/2026/{month}"))).unwrap();
    }
    assert_eq!(before, outputs());
}

#[test]
fn every_output_is_the_same_under_every_time_zone_and_locale() {
    // each for itself: what was said of a file at its first import is not said again
    let outputs = |zone: &str, locale: &str| {
        let sample = Project::sample();
        ["report", "check", "runs", "weeks", "shoes"].map(|name| {
            let mut command = sample.command(&[name, "runs"]);
            crate::project::said(command.env("TZ", zone).env("LC_ALL", locale)).all()
        })
    };
    assert_eq!(outputs("Pacific/Auckland", "de_DE.UTF-8"), outputs("America/New_York", "C"));
}

/// What `check` and its like say on a terminal of so many columns.
fn in_columns(project: &Project, arguments: &[&str], columns: &str) -> String {
    let mut command = project.command(arguments);
    let said = crate::project::said(command.env("COLUMNS", columns));
    assert_eq!(said.code, 0, "{}", said.err);
    said.out
}

#[test]
fn every_text_fits_a_terminal_of_40_columns_and_loses_nothing() {
    let sample = Project::sample();
    let widest = |text: &str| text.lines().map(unicode_width::UnicodeWidthStr::width).max().unwrap();
    for arguments in [
        &["report", "runs"][..],
        &["check", "runs"],
        &["runs", "runs"],
        &["runs", "runs", "--skipped"],
        &["weeks", "runs"],
        &["next", "runs", "--distance", "21.1km"],
        &["shoes", "runs"],
        &["replay", "runs"],
        &["explain", "runs", "2026-11-08"],
        &["explain", "runs", "caps"],
    ] {
        for columns in ["40", "60", "79"] {
            let text = in_columns(&sample, arguments, columns);
            assert!(widest(&text) <= columns.parse().unwrap(), "{arguments:?} in {columns}:\n{text}");
        }
        let words = |columns: &str| in_columns(&sample, arguments, columns).replace(char::is_whitespace, "");
        assert_eq!(words("200"), words("80"), "no line is longer than 80 columns");
        if arguments[0] == "explain" || arguments[0] == "replay" {
            assert_eq!(words("40"), words("80"), "{arguments:?}");
        }
    }
    insta::assert_snapshot!("check_in_40_columns", in_columns(&sample, &["check", "runs"], "40"));
    insta::assert_snapshot!("weeks_in_40_columns", in_columns(&sample, &["weeks", "runs"], "40"));
}

#[test]
fn ascii_is_ascii_and_what_machines_read_stays_as_it_is() {
    let sample = Project::sample();
    for arguments in [
        &["report", "runs", "--ascii"][..],
        &["check", "runs", "--ascii"],
        &["check", "runs", "--ascii", "-q"],
        &["runs", "runs", "--ascii"],
        &["weeks", "runs", "--ascii"],
        &["next", "runs", "--ascii"],
        &["shoes", "runs", "--ascii"],
        &["replay", "runs", "--ascii"],
        &["explain", "runs", "caps", "--ascii"],
    ] {
        let said = sample.treadlight(arguments);
        assert!(said.out.is_ascii(), "{arguments:?}:\n{}", said.out);
    }
    insta::assert_snapshot!("check_in_ascii", sample.treadlight(&["check", "runs", "--ascii"]).out);
    let json =
        |more: &[&str]| sample.treadlight(&[&["check", "runs", "--format", "json"], more].concat()).out;
    assert_eq!(json(&["--ascii"]), json(&[]));
    let page = |out: &str| std::fs::read(sample.path().join(out).join("report.html")).unwrap();
    sample.treadlight(&["report", "runs", "--out", "ascii", "--ascii"]);
    sample.treadlight(&["report", "runs", "--out", "plain"]);
    assert!(page("ascii") == page("plain"), "files are the same");
}

#[test]
fn without_a_zone_in_the_settings_the_systems_counts() {
    let project = Project::new();
    let evening = crate::project::gpx_track("2026-03-29T22:30:00Z", 1200, 3.0, "<type>running</type>");
    project.write("runs/a.gpx", evening);
    let date = |zone: &str| {
        let arguments = ["runs", "runs", "--format", "json", "--as-of", "2026-04-05"];
        let said = crate::project::said(project.command(&arguments).env("TZ", zone));
        serde_json::from_str::<serde_json::Value>(&said.out).unwrap()["runs"][0]["local_date"].clone()
    };
    assert_eq!(date("Europe/Berlin"), "2026-03-30");
    assert_eq!(date("America/New_York"), "2026-03-29");
}

#[test]
fn init_remembers_the_folders_and_never_overwrites() {
    let project = Project::new();
    project.run("2026-03-01T08:00:00+01:00", 5_000.0);
    assert_eq!(project.treadlight(&["init", "runs"]).code, 0);
    let said = project.treadlight(&["check", "--as-of", "2026-03-02"]);
    assert!(said.out.starts_with("1 run, 1 Mar 2026 (1 file)"), "{}{}", said.out, said.err);
    let again = project.treadlight(&["init", "runs"]);
    assert_eq!(again.code, 2);
    assert!(
        again.err.contains("exists already: edit it, or name another with `--config FILE`"),
        "{}",
        again.err
    );
}

#[test]
fn colour_is_written_only_where_asked_for() {
    let sample = Project::sample();
    assert!(!sample.treadlight(&["check", "runs"]).out.contains('\u{1b}'));
    assert!(sample.treadlight(&["check", "runs", "--color", "always"]).out.contains('\u{1b}'));
    assert!(!sample.treadlight(&["check", "runs", "--color", "never"]).out.contains('\u{1b}'));
}

#[test]
fn no_line_of_the_report_is_wider_than_80_columns() {
    let sample = Project::sample();
    for command in ["report", "check", "next", "weeks", "shoes"] {
        for line in sample
            .treadlight(&[command, "runs", "--out", "o"][..if command == "report" { 4 } else { 2 }])
            .out
            .lines()
        {
            assert!(line.chars().count() <= 80, "{command}: {line}");
        }
    }
}

#[test]
fn help_and_version_are_there() {
    let project = Project::new();
    let version = project.treadlight(&["--version"]);
    assert_eq!(
        (version.code, version.out.as_str()),
        (0, concat!("treadlight ", env!("CARGO_PKG_VERSION"), "\n"))
    );
    assert_snapshot!(project.treadlight(&["--help"]).all());
}

#[test]
fn a_pair_long_past_its_window_is_one_line_of_what_was_earlier() {
    let project = Project::new();
    project.settings("[[shoes]]\nname = \"a\"\nprior_distance = \"795 km\"\ndefault = true");
    // 20 km every Sunday
    for week in 0..20 {
        let sunday = chrono::NaiveDate::from_ymd_opt(2026, 1, 4).unwrap() + chrono::Days::new(7 * week);
        project.run(&format!("{sunday}T08:00:00+01:00"), 20_000.0);
    }
    let report = |as_of: &str| project.treadlight(&["report", "runs", "--as-of", as_of]).out;
    let said = report("2026-06-15");
    let earlier = said.split("EARLIER").nth(1).unwrap();
    // past 804.7 km on 4 January, then one reminder in eight weeks: 1 March, 26 April
    assert!(earlier.contains("shoes 26 Apr: a past its window, reported twice before"), "{earlier}");
    assert_eq!(earlier.matches("past its window").count(), 1, "{earlier}");
    // where the pair is reported above, it has no second line below
    let said = report("2026-04-27").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("a has 705 mi: it passed the end of its 300–500 mi window on 4 Jan."), "{said}");
    assert!(!said.contains("a past its window"), "{said}");
}

/// Sundays of 10 km, from 4 January to 22 February 2026.
fn steady_sundays() -> Project {
    let project = Project::new();
    for week in 0..8 {
        let sunday = chrono::NaiveDate::from_ymd_opt(2026, 1, 4).unwrap() + chrono::Days::new(7 * week);
        project.run(&format!("{sunday}T08:00:00+01:00"), 10_000.0);
    }
    project
}

#[test]
fn a_run_more_than_twice_as_long_is_a_warning_of_the_highest_level_with_one_block_for_both_rules() {
    let project = steady_sundays();
    project.run("2026-03-01T08:00:00+01:00", 21_000.0);
    assert_snapshot!(project.treadlight(&["check", "runs", "--as-of", "2026-03-01", "--exit-code"]).all());
}

#[test]
fn rules_that_are_off_by_default_speak_where_the_settings_ask_for_them() {
    let project = steady_sundays();
    project.run("2026-02-25T08:00:00+01:00", 8_000.0).run("2026-03-01T08:00:00+01:00", 10_000.0);
    let told = |settings: &str, more: &[&str]| {
        project.settings(settings);
        let arguments = [&["check", "runs", "--as-of", "2026-03-02"], more].concat();
        project.treadlight(&arguments).out
    };
    let rules = |settings: &str| -> Vec<String> {
        let json: serde_json::Value = serde_json::from_str(&told(settings, &["--format", "json"])).unwrap();
        let warnings = json["warnings"].as_array().unwrap().clone();
        let off_by_default = ["ten-percent", "acute-chronic"];
        let named = warnings.iter().filter_map(|warning| warning["rule"].as_str());
        named.filter(|rule| off_by_default.contains(rule)).map(str::to_owned).collect()
    };
    assert_eq!(rules(""), Vec::<String>::new());
    let both = "[warnings]\nenable = [\"ten-percent\", \"acute-chronic\"]";
    assert_eq!(rules(both), ["acute-chronic", "ten-percent"], "by date: Wednesday, then Sunday");
    assert_snapshot!("off_by_default_as_text", told(both, &[]));
    let ewma = format!("{both}\nacute_chronic_definition = \"ewma\"");
    let json: serde_json::Value = serde_json::from_str(&told(&ewma, &["--format", "json"])).unwrap();
    let listed: Vec<&serde_json::Value> =
        json["warnings"].as_array().unwrap().iter().filter(|w| w["rule"] == "acute-chronic").collect();
    assert_snapshot!("acute_chronic_as_json", serde_json::to_string_pretty(&listed).unwrap());
    assert_snapshot!(
        "acute_chronic_explained",
        project.treadlight(&["explain", "runs", "acute-chronic", "--as-of", "2026-03-02"]).out
    );
}

#[test]
fn a_race_is_a_statement_that_changes_neither_exit_code_nor_caps() {
    let project = steady_sundays();
    project.run("2026-03-01T08:00:00+01:00", 21_000.0);
    let arguments = ["check", "runs", "--as-of", "2026-03-01"];
    let json = || project.json(&[&arguments[..], &["--format", "json"]].concat());
    let training = json();
    project
        .settings("[runs]\n\"2026-03-01T08:00\" = { race = true }\n[warnings]\ndisable = [\"weekly-jump\"]");
    assert_snapshot!(project.treadlight(&[&arguments[..], &["--exit-code"]].concat()).all());
    let race = json();
    assert_eq!(race["caps"], training["caps"]);
    let spike_in = |check: &serde_json::Value| {
        let warnings = check["warnings"].as_array().unwrap();
        warnings.iter().find(|warning| warning["rule"] == "long-run-spike").cloned().unwrap()
    };
    let spike = spike_in(&race);
    assert_eq!((&spike["level"], &spike["race"]), (&"info".into(), &true.into()));
    assert_eq!(spike["cap_m"], spike_in(&training)["cap_m"]);
    let runs = project.json(&["runs", "runs", "--as-of", "2026-03-01", "--format", "json"]);
    assert_eq!((&runs["runs"][0]["race"], &runs["runs"][8]["race"]), (&false.into(), &true.into()));
    let text = project.treadlight(&["runs", "runs", "--as-of", "2026-03-01"]).out;
    assert_eq!(text.matches("race · ").count(), 1, "{text}");
}

#[test]
fn a_threshold_of_ones_own_is_told_and_lowers_the_caps() {
    let project = steady_sundays();
    project.run("2026-02-25T08:00:00+01:00", 2_000.0).run("2026-03-01T08:00:00+01:00", 10_700.0);
    let check = || project.treadlight(&["check", "runs", "--as-of", "2026-03-01"]).out;
    assert!(
        check().contains("none: no rule fired") && check().contains("up to 11.1 km until 7 Mar"),
        "{}",
        check()
    );
    project.settings("[warnings]\nlong_run_spike_percent = 5");
    assert_snapshot!(check());
    assert_snapshot!(
        "own_threshold_explained",
        ["long-run-spike", "2026-03-01"]
            .map(|what| project.treadlight(&["explain", "runs", what, "--as-of", "2026-03-01"]).out)
            .concat()
    );
    project.settings("[warnings]\nlong_run_spike_percent = 31");
    let refused = project.treadlight(&["check", "runs"]);
    assert_eq!(refused.code, 2);
    let one_line = refused.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        one_line.contains("treadlight.toml` line 2: 31 is out of range: write 1 to 30 per cent"),
        "{one_line}"
    );
}

#[test]
fn a_disabled_rule_is_silent_and_so_are_its_unknowns() {
    let project = steady_sundays();
    project.run("2026-03-01T08:00:00+01:00", 21_000.0);
    project.settings("[warnings]\ndisable = [\"long-run-spike\", \"weekly-jump\", \"gap\"]");
    let said = project.treadlight(&["check", "runs", "--as-of", "2026-03-01", "--exit-code"]);
    assert_eq!(said.code, 0);
    assert!(said.out.contains("none: no rule fired"), "{}", said.out);
    let early = project.treadlight(&["check", "runs", "--as-of", "2026-01-10"]);
    assert!(!early.out.contains("\n? "), "{}", early.out);
}

#[test]
fn a_break_that_lasts_is_told_after_the_question_for_an_export_and_changes_no_exit_code() {
    let told = |as_of: &str, more: &[&str]| {
        steady_sundays().treadlight(&[&["check", "runs", "--as-of", as_of, "--exit-code"], more].concat())
    };
    let said = told("2026-03-08", &[]);
    assert_eq!(said.code, 0);
    let one_line = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "· break No run in your files between 22 Feb and 8 Mar: 14 days since the last one. Files cannot",
        "→ Once you run again: keep the first runs at 7.5 km or less until 24 Mar.",
    ] {
        assert!(one_line.contains(part), "{}", said.out);
    }
    let quiet = told("2026-03-20", &["--quiet"]);
    assert!(quiet.out.starts_with("Newest activity: 22 Feb 2026"), "{}", quiet.out);
    assert_eq!(quiet.out.matches("No run in your files").count(), 1, "{}", quiet.out);
}

#[test]
fn a_run_above_the_gap_cap_is_a_caution_that_tells_its_break() {
    let project = steady_sundays();
    project.run("2026-03-15T08:00:00+01:00", 9_000.0);
    let said = project.treadlight(&["check", "runs", "--as-of", "2026-03-15", "--exit-code"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("▲ break            Sun 15 Mar, 9.0 km: above the 7.5 km"), "{}", said.out);
    assert!(!said.out.contains("from one to the next"), "told once: {}", said.out);
    let check = project.json(&["check", "runs", "--as-of", "2026-03-15", "--format", "json"]);
    let of_that_day = check["warnings"].as_array().unwrap().iter().filter(|w| w["date"] == "2026-03-15");
    let levels: Vec<&str> = of_that_day.map(|w| w["level"].as_str().unwrap()).collect();
    assert_eq!(levels, ["caution", "info"], "machines read both");
}

#[test]
fn an_old_export_is_asked_about() {
    let said = steady_sundays().treadlight(&["check", "runs", "--as-of", "2026-03-20"]);
    assert!(
        said.out
            .replace("\n  ", " ")
            .contains("Newest activity: 22 Feb 2026, 26 days before 20 Mar 2026. Have you exported lately?"),
        "{}",
        said.out
    );
    let said = steady_sundays().treadlight(&["check", "runs", "--as-of", "2026-03-15"]);
    assert!(!said.out.contains("exported"), "21 days are no reason to ask: {}", said.out);
}

#[test]
fn explain_tells_where_every_value_of_a_run_comes_from() {
    let project = steady_sundays();
    project.write("runs/copy.gpx", gpx_track("2026-02-22T08:00:00+01:00", 3_333, 3.0, ""));
    project.settings(
        "[[shoes]]\nname = \"Ghost 15\"\ndefault = true\n\
         [runs]\n\"2026-02-22T08:02\" = { distance = \"10.2 km\", note = \"long way home\" }",
    );
    let told = |what: &str| project.treadlight(&["explain", "runs", what, "--as-of", "2026-03-01"]).all();
    assert_snapshot!(told("2026-02-22T080000+0100.fit") + &told("runs/copy.gpx") + &told("2026-02-15T08:00"));
    let unknown = project.treadlight(&["explain", "runs", "copy.gx"]);
    assert_eq!(
        (unknown.code, unknown.err.as_str()),
        (
            2,
            "error: `copy.gx` is no rule, not `caps` or `last`, no date like 2026-03-01, and no file or run that was imported: did you \
             mean `copy.gpx`?\n"
        )
    );
}

#[test]
fn what_did_not_count_is_grouped_in_one_line_and_listed_on_demand() {
    let project = steady_sundays();
    project.write("runs/ride.fit", fit_activity("2026-03-02T08:00:00+01:00", 30_000.0, 2, 0));
    project.write("runs/unknown.fit", fit_activity("2026-03-03T08:00:00+01:00", 8_000.0, 0, 0));
    project.write("runs/copy.gpx", gpx_track("2026-02-22T08:00:00+01:00", 3_333, 3.0, ""));
    project.write("runs/empty.fit", "");
    assert_snapshot!(project.treadlight(&["runs", "runs", "--skipped", "--as-of", "2026-03-12"]).all());
    let csv = project.treadlight(&["runs", "runs", "--skipped", "--format", "csv"]);
    assert_eq!((csv.code, csv.out.as_str()), (2, ""));
}

#[test]
fn replay_counts_every_rule_beside_runners_without_any_trend() {
    let sample = Project::sample();
    assert_snapshot!(sample.treadlight(&["replay", "runs"]).all());
    let short = sample.treadlight(&["replay", "runs", "--weeks", "2"]);
    assert!(short.out.starts_with("REPLAY, 27 Oct – 9 Nov 2026: 8 runs"), "{}", short.out);
}

#[test]
fn a_silenced_rule_is_named_with_its_reason_and_changes_no_exit_code() {
    let project = steady_sundays();
    project.run("2026-03-01T08:00:00+01:00", 14_000.0).settings("# mine\nunits = \"km\"");
    let check = ["check", "runs", "--as-of", "2026-03-01", "--exit-code"];
    assert_eq!(project.treadlight(&check).code, 1);
    for rule in ["long-run-spike", "weekly-jump"] {
        let said = project.treadlight(&[
            "ack",
            rule,
            "--until",
            "2026-03-10",
            "--because",
            "race camp",
            "--config",
            "runs/treadlight.toml",
        ]);
        let file = std::path::Path::new("runs").join("treadlight.toml");
        let told = format!("{rule} is silent until 10 Mar 2026, in {}\n", file.display());
        assert_eq!((said.code, said.out), (0, told));
    }
    let silent = project.treadlight(&check);
    assert_eq!(silent.code, 0);
    assert!(silent.out.contains("\nnone apart from what you silenced\n"), "{}", silent.out);
    assert!(silent.out.contains("silent until 10 Mar 2026: long-run-spike (race camp)\n"), "{}", silent.out);
    let later = project.treadlight(&["check", "runs", "--as-of", "2026-03-11", "--exit-code"]);
    assert_eq!(later.code, 0, "no longer a warning of this week or the one before: {}", later.out);
    let settings = std::fs::read_to_string(project.path().join("runs/treadlight.toml")).unwrap();
    assert!(settings.starts_with("# mine\nunits = \"km\"\n"), "{settings}");
}

#[test]
fn a_silence_of_an_unknown_rule_or_without_settings_is_an_error() {
    let project = Project::new();
    let ack = |rule: &str| {
        project.treadlight(&["ack", rule, "--until", "2026-03-10", "--because", "x", "--config", "none.toml"])
    };
    let said = ack("week-jump");
    let unknown = "error: unknown rule `week-jump`: did you mean `weekly-jump`?\n";
    assert_eq!((said.code, said.err.as_str()), (2, unknown));
    assert!(ack("weekly-jump").err.starts_with("error: settings `none.toml` do not exist: name yours"));
}

#[test]
fn explain_shows_the_window_the_numbers_and_the_inequality_of_a_day_and_a_rule() {
    let sample = Project::sample();
    let told = |what: &str| sample.treadlight(&["explain", "runs", what]).out;
    assert_snapshot!(told("2026-11-08") + "\n" + &told("weekly-jump") + "\n" + &told("2026-11-02"));
}

#[test]
fn explain_caps_shows_the_runs_that_count_the_factor_and_the_rounding() {
    let sample = Project::sample();
    let told = |as_of: &str| sample.treadlight(&["explain", "runs", "caps", "--as-of", as_of]).out;
    // a spike yesterday, the second week after a break, too little history
    assert_snapshot!(told("2026-11-09") + "\n" + &told("2026-08-26") + "\n" + &told("2025-11-22"));
}

#[test]
fn next_tells_how_far_why_until_when_and_what_comes_after() {
    let sample = Project::sample();
    let told = |arguments: &[&str]| sample.treadlight(&[&["next", "runs"], arguments].concat()).out;
    assert_snapshot!(
        [
            told(&["--distance", "18 km"]),
            told(&["--distance", "21.1km"]),
            told(&["--units", "mi", "--as-of", "2026-11-20"]),
            told(&["--as-of", "2025-11-22"]),
            told(&["--as-of", "2027-02-10"]),
        ]
        .join("\n")
    );
}

#[test]
fn next_as_json_has_caps_steps_distance_and_plan() {
    let sample = Project::sample();
    sample.write("plan.csv", "date,distance\n2026-11-15,12 km\n2026-11-22,17 km\n");
    let arguments = ["next", "runs", "--format", "json", "--distance", "18km", "--plan", "plan.csv"];
    let next = sample.json(&arguments);
    assert_eq!(next["caps"], sample.json(&["check", "runs", "--format", "json"])["caps"]);
    assert_eq!(next["steps"][1]["next_run_m"], 18_100);
    assert_eq!(next["distance"]["fits_from"], "2026-11-23");
    assert_eq!(next["plan"][0]["rules"], serde_json::json!([]));
    assert_eq!(next["plan"][1]["line"], 3);
}

#[test]
fn a_plan_is_checked_ahead_and_its_bad_rows_are_named() {
    let sample = Project::sample();
    sample.write("plan.csv", "date,distance\n2026-11-15,12 km\n2026-11-22,24 km\n2026-11-25,10 km\n");
    sample.write(
        "plan.ics",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261206\nSUMMARY:Long, 24 km\nEND:VEVENT\n",
    );
    sample.write("bad.csv", "date,distance\n2026-11-15,12\n");
    let told = |file: &str| sample.treadlight(&["next", "runs", "--plan", file, "-q"]).all();
    assert_snapshot!(told("plan.csv") + &told("plan.ics") + &told("bad.csv"));
    let none = sample.treadlight(&["next", "runs", "--plan", "none.csv"]);
    assert_eq!(none.code, 2);
    assert!(none.err.starts_with("error: cannot read the plan `none.csv`: "), "{}", none.err);
}
