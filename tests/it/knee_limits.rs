//! The diary over the limits of the load: the smaller holds, a stop beats all, exit codes and the quiet line follow.

use serde_json::Value;

use crate::project::Project;

/// Runs of 8 km every second day since 1 Oct; today is 24 Nov.
fn runner(lines: &str) -> Project {
    let project = Project::new();
    project.settings("as_of = 2026-11-24\ntimezone = \"Europe/Berlin\"\n");
    for day in (1..=31).step_by(2) {
        project.run(&format!("2026-10-{day:02}T07:00:00+02:00"), 8_000.0);
    }
    for day in (2..=23).step_by(3) {
        project.run(&format!("2026-11-{day:02}T07:00:00+01:00"), 8_000.0);
    }
    project.write("runs/knee.txt", lines);
    project
}

fn check(project: &Project) -> Value {
    project.json(&["check", "runs", "--format", "json"])
}

#[test]
fn without_a_diary_nothing_changes_and_knee_is_null() {
    let check = check(&runner(""));
    assert!(check["knee"].is_null());
    assert_eq!(check["caps"]["next_run_m"], 8_800);
}

#[test]
fn the_smaller_limit_holds_and_a_green_entry_raises_nothing() {
    let amber = check(&runner("2026-11-23 front left 0/3/1/0\n"));
    assert_eq!((&amber["knee"]["state"], &amber["caps"]["next_run_m"]), (&"hold".into(), &6_400.into()));
    let green = check(&runner("2026-11-23 front left 0/0/0/0\n"));
    assert_eq!((&green["knee"]["state"], &green["caps"]["next_run_m"]), (&"clear".into(), &8_800.into()));
}

#[test]
fn a_stop_leaves_no_distance_anywhere_and_is_the_whole_quiet_line() {
    let project = runner("2026-11-24 inner left locked\n");
    let document = check(&project);
    assert_eq!(document["caps"]["next_run_m"], 0);
    assert_eq!(document["caps"]["next_7_days_m"], 0);
    assert_eq!(document["knee"]["see"], "today");
    let quiet = project.treadlight(&["check", "runs", "--quiet", "--exit-code"]);
    assert_eq!(quiet.code, 1);
    assert_eq!(quiet.out, "knee: you noted locked: do not run, see a doctor today\n");
    let text = project.treadlight(&["check", "runs"]).out;
    assert!(text.contains("KNEE\nYou noted: locked.\n→ Do not run. See a doctor today."), "{text}");
    assert!(text.contains("one run: no run: see KNEE"), "{text}");
    let mail = project.treadlight(&["check", "runs", "--format", "markdown"]).out;
    assert!(mail.contains("You noted: locked."), "{mail}");
    let next = project.json(&["next", "runs", "--format", "json", "--distance", "1km"]);
    assert!(next["steps"].as_array().unwrap().iter().all(|step| step["next_run_m"] == 0), "{next}");
    assert!(next["distance"]["fits_from"].is_null(), "{next}");
}

#[test]
fn before_the_first_day_a_run_has_no_distance_and_json_keeps_the_number_beside_the_date() {
    let project = runner("2026-11-23 front left 0/6/3/0\n");
    let document = check(&project);
    assert_eq!(document["knee"]["not_before"], "2026-11-26");
    assert_eq!(document["caps"]["next_run_m"], 4_000);
    let next = project.json(&["next", "runs", "--format", "json"]);
    let steps = next["steps"].as_array().unwrap();
    assert_eq!((&steps[0]["next_run_m"], &steps[0]["until"]), (&0.into(), &"2026-11-25".into()));
    assert_eq!(steps[1]["next_run_m"], 4_000);
}

#[test]
fn on_the_ladder_and_under_their_plan_there_is_no_distance_at_all() {
    for lines in ["2026-11-23 front left 0/6/3/0 from 2km\n", "2026-11-24 seen:off\n"] {
        let document = check(&runner(lines));
        assert!(document["caps"]["next_run_m"].is_null(), "{document}");
        assert!(document["caps"]["next_7_days_m"].is_null(), "{document}");
    }
}

#[test]
fn the_exit_code_follows_the_level() {
    let code = |lines: &str| runner(lines).treadlight(&["check", "runs", "--exit-code"]).code;
    assert_eq!(code(""), 0);
    assert_eq!(code("2026-11-23 front left 0/3/1/0\n"), 0, "hold is said, nothing more");
    assert_eq!(code("2026-11-23 front left 0/6/3/0\n"), 1, "back");
    assert_eq!(code("2026-11-24 front left worst 1 bone\n"), 1, "stop");
}

const PLAN: &str = "date,distance\n2026-11-24,3 km\n2026-11-26,3 km\n2026-11-28,9 km\n2026-11-29,4 km\n";

/// A plan beside a diary, as JSON.
fn planned(project: &Project) -> Vec<Value> {
    project.write("plan.csv", PLAN);
    let next = project.json(&["next", "runs", "--plan", "plan.csv", "--format", "json"]);
    next["plan"].as_array().unwrap().clone()
}

/// An active long-run spike, so that a warning has something to advise.
fn with_spike(lines: &str) -> Project {
    let project = runner(lines);
    project.run("2026-11-22T07:00:00+01:00", 12_000.0);
    project
}

#[test]
fn while_a_stop_stands_no_output_names_a_distance_to_run() {
    let project = with_spike("2026-11-24 inner left locked\n");
    project.write("plan.csv", PLAN);
    let load = with_spike("");
    let page = project.treadlight(&["report", "runs", "--out", "out"]);
    let files = ["report.html", "warnings.txt"]
        .map(|name| std::fs::read_to_string(project.path().join("out").join(name)).unwrap());
    for arguments in [
        &["check", "runs"][..],
        &["check", "runs", "--quiet"],
        &["check", "runs", "--format", "markdown"],
        &["next", "runs"],
        &["next", "runs", "--distance", "5km"],
        &["next", "runs", "--plan", "plan.csv"],
        &["explain", "runs", "caps"],
        &["explain", "runs", "2026-11-22"],
        &["knee", "runs"],
        &["knee", "sheet", "--folder", "runs"],
    ] {
        let said = project.treadlight(arguments);
        assert_no_distance(&said.out, arguments);
        assert_eq!(said.err, "");
    }
    for text in files.iter().chain([&page.out]) {
        assert_no_distance(text, &["report"]);
    }
    assert!(load.treadlight(&["check", "runs"]).out.contains("or less until"), "the load alone names one");
    let document = check(&project);
    for warning in document["warnings"].as_array().unwrap() {
        assert!(warning["cap_m"].is_null() || warning["cap_m"] == 0, "{warning}");
    }
    let sources = document["caps"]["sources"].as_array().unwrap();
    assert_eq!(sources.len(), 1, "{sources:?}");
    assert_eq!((&sources[0]["source"], &sources[0]["run_m"]), (&"knee-diary".into(), &0.into()));
    for run in planned(&project) {
        assert_eq!((&run["limit_m"], &run["limit_7_days_m"]), (&0.into(), &0.into()), "{run}");
        assert_eq!(run["over"], serde_json::json!(["run", "week"]), "{run}");
        assert!(run["fits_from"].is_null() && run["nearest_m"].is_null(), "{run}");
    }
}

fn assert_no_distance(text: &str, arguments: &[&str]) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in
        ["or less", "one run: up to", "days: up to", "one run up to", "fits from", "fits now", "that fits:"]
    {
        assert!(!text.contains(words), "{arguments:?} says `{words}`:\n{text}");
    }
}

#[test]
fn a_stop_or_a_swollen_knee_stands_above_everything_else() {
    for lines in ["2026-11-24 inner left locked\n", "2026-11-23 front left 0/1/0/0 swelling\n"] {
        let project = with_spike(lines);
        let next = project.treadlight(&["next", "runs"]).out;
        assert!(next.starts_with("KNEE\n"), "{next}");
        let check = project.treadlight(&["check", "runs"]).out;
        assert!(check.find("KNEE\n") < check.find("WARNINGS"), "{check}");
        assert!(check.contains("→ No run: see KNEE."), "{check}");
    }
}

#[test]
fn before_its_first_day_no_warning_advises_a_run() {
    let project = with_spike("2026-11-23 front left 0/6/3/0\n");
    let text = project.treadlight(&["check", "runs"]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("→ No run before Thu 26 Nov: see KNEE. Keep every run at 4.0 km or less"),
        "{text}"
    );
    assert!(text.contains("one run: no run before Thu 26 Nov, then 4.0 km or less: see KNEE"), "{text}");
    let runs = planned(&project);
    let of = |at: usize| (&runs[at]["limit_m"], &runs[at]["over"], &runs[at]["fits_from"]);
    assert_eq!(of(0), (&0.into(), &serde_json::json!(["run"]), &"2026-11-26".into()));
    assert_eq!(of(1), (&4_000.into(), &serde_json::json!([]), &Value::Null));
    assert_eq!(of(2).0, &4_000);
    assert_eq!(of(2).1, &serde_json::json!(["run", "week"]), "3 + 9 km in seven days that may have 8");
}

#[test]
fn on_the_ladder_no_distance_fits_and_their_plan_is_above_nothing() {
    let ladder = with_spike("2026-11-23 front left 0/6/3/0 from 2km\n");
    for run in planned(&ladder) {
        assert_eq!(run["over"], serde_json::json!(["run"]), "{run}");
        assert!(run["limit_m"].is_null() && run["fits_from"].is_null(), "{run}");
    }
    let text = ladder.treadlight(&["check", "runs"]).out;
    assert!(text.contains("→ No distance for now: see KNEE."), "{text}");
    assert!(!text.contains("begin with short, easy runs"), "{text}");
    for run in planned(&with_spike("2026-11-24 seen:off\n")) {
        assert_eq!((&run["over"], &run["limit_m"]), (&serde_json::json!([]), &Value::Null), "{run}");
    }
}

#[test]
fn a_plan_is_held_against_the_diary_in_words_too() {
    let project = runner("2026-11-24 inner left locked\n");
    project.write("plan.csv", "date,distance\n2026-11-28,3 km\n");
    let words = |project: &Project| {
        let said = project.treadlight(&["next", "runs", "--plan", "plan.csv"]).out;
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let stop = words(&project);
    assert!(
        stop.contains("Sat 28 Nov, 3.0 km: your knee diary leaves no run on that day. → see KNEE (line 2)"),
        "{stop}"
    );
    project.write("runs/knee.txt", "2026-11-23 front left 0/3/1/0\n");
    project.write("plan.csv", "date,distance\n2026-11-28,8 km\n2026-11-29,4 km\n");
    let hold = words(&project);
    assert!(hold.contains("Sat 28 Nov, 8.0 km: above the 6.4 km of that day."), "{hold}");
    assert!(!hold.contains("(line 3)"), "{hold}");
}

#[test]
fn limits_name_the_diary_where_it_is_the_reason() {
    let document = check(&runner("2026-11-23 front left 0/3/1/0\n"));
    assert_eq!(document["caps"]["because"], "Your knee diary, amber on 23 Nov.");
    assert_eq!(document["caps"]["sources"][0]["source"], "knee-diary");
    let caps = runner("2026-11-23 front left 0/3/1/0\n").treadlight(&["explain", "runs", "caps"]).out;
    assert!(caps.contains("knee-diary: one run up to 6.4 km"), "{caps}");
}

#[test]
fn a_diary_that_cannot_be_read_leaves_no_distance_for_it_may_hold_a_stop() {
    let project = runner("");
    project.write("runs/treadlight-knee.csv", [0xff, 0xfe, 0x00]);
    let document = check(&project);
    assert!(document["caps"]["next_run_m"].is_null() && document["caps"]["next_7_days_m"].is_null());
    assert!(document["knee"]["next_run_m"].is_null(), "{}", document["knee"]);
    let text = project.treadlight(&["check", "runs"]).out.replace("\n  ", " ");
    assert!(text.contains("one run: no distance: see KNEE"), "{text}");
    assert!(text.contains("so there is no distance until it can be"), "{text}");
    let quiet = project.treadlight(&["check", "runs", "--quiet", "--exit-code"]);
    assert!(
        quiet.code == 1 && quiet.out.starts_with("knee: `treadlight-knee.csv`: cannot be read"),
        "{}",
        quiet.out
    );
}

#[test]
fn beside_a_file_that_cannot_be_read_there_is_no_stage_and_no_title_says_that_all_is_clear() {
    let project = runner("");
    project.write("runs/treadlight-knee.csv", [0xff, 0xfe, 0x00]);
    let page = project.treadlight(&["knee", "runs"]).out;
    assert!(page.starts_with("KNEE, 24 Nov: a file cannot be read\n→ `treadlight-knee.csv`"), "{page}");
    assert!(!page.contains("are in the diary; from 3 on"), "{page}");
    let sheet = project.treadlight(&["knee", "sheet", "--folder", "runs"]).out;
    assert!(sheet.contains("Limits today: `treadlight-knee.csv`: cannot be read"), "{sheet}");
    // on the ladder the file may hold a stop, too
    let ladder = runner("2026-11-23 front left 0/7/1/0\n2026-11-24 seen:1\n");
    assert_eq!(check(&ladder)["knee"]["stage"], 1);
    ladder.write("runs/treadlight-knee.csv", [0xff, 0xfe, 0x00]);
    assert!(check(&ladder)["knee"]["stage"].is_null());
    for arguments in [&["check", "runs"][..], &["knee", "runs"], &["check", "runs", "--quiet"]] {
        let said = ladder.treadlight(arguments).out;
        assert!(said.contains("`treadlight-knee.csv`: cannot be read"), "{said}");
        assert!(!said.contains("walk 4 min"), "{said}");
    }
    // a stop says as much, and the file is named beside it
    let stop = runner("2026-11-23 front left 0/1/1/0 locked\n");
    stop.write("runs/treadlight-knee.csv", [0xff, 0xfe, 0x00]);
    let said = stop.treadlight(&["check", "runs"]).out;
    assert!(said.contains("→ Do not run. See a doctor today."), "{said}");
    assert!(said.contains("To mend: `treadlight-knee.csv`: cannot be read"), "{said}");
}

#[test]
fn a_stop_in_a_diary_with_the_line_ends_of_an_old_spreadsheet_is_a_stop() {
    let project = runner("");
    project
        .write("runs/treadlight-knee.csv", "date,spot,side,during,signs\r2026-11-23,front,left,1,locked\r");
    assert_eq!(check(&project)["knee"]["state"], "stop");
    let phone = runner("2026-11-21 front left 0/1/0/0\r2026-11-23 front left 0/1/0/0 locked\r");
    assert_eq!(check(&phone)["knee"]["state"], "stop");
}

#[test]
fn a_stop_has_no_figure_in_explain_caps_or_at_the_chart_of_long_runs() {
    let project = runner("2026-11-23 front left 0/1/1/0 locked\n");
    let caps = project.treadlight(&["explain", "runs", "caps"]).out;
    assert!(caps.contains("knee-diary: no run: your knee diary"), "{caps}");
    assert!(!caps.contains(" km"), "{caps}");
    project.treadlight(&["report", "runs", "--out", "out"]);
    let page = std::fs::read_to_string(project.path().join("out/report.html")).unwrap();
    let label = |page: &str| page.matches(">ceiling<").count();
    let number = |page: &str| page.matches(">8.8 km<").count();
    assert!(label(&page) > 0 && number(&page) == 0, "{} {}", label(&page), number(&page));
    let green = runner("2026-11-23 front left 0/1/0/0\n");
    green.treadlight(&["report", "runs", "--out", "out"]);
    let page = std::fs::read_to_string(green.path().join("out/report.html")).unwrap();
    assert_eq!(label(&page), number(&page));
}

#[test]
fn after_a_stop_that_was_seen_the_ladder_names_the_stop_and_no_older_red() {
    let project =
        runner("2026-11-17 front left 0/7/1/0\n2026-11-20 front left 0/8/1/0 locked\n2026-11-23 seen\n");
    assert_eq!(check(&project)["knee"]["because"], "stop 2026-11-20 locked");
    let page = project.treadlight(&["knee", "runs"]).out;
    assert!(page.contains("Fri 20 Nov, 8.0 km: front of the left knee, 8 of 10"), "{page}");
    assert!(page.contains("→ Stage 0 of 6"), "{page}");
}

#[test]
fn the_sheet_counts_a_stop_as_the_page_does() {
    let project = runner("2026-11-21 front left 0/3/0/0\n2026-11-23 front left 0/1/1/0 locked\n");
    let counted = "0 green, 1 amber, 0 red, 1 stop, 0 incomplete.";
    for arguments in [&["knee", "runs"][..], &["knee", "sheet", "--folder", "runs"]] {
        let said = project.treadlight(arguments).out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(counted), "{said}");
    }
}

#[test]
fn a_diary_that_the_settings_name_and_that_is_not_there_is_said() {
    let project = runner("");
    project.settings("as_of = 2026-11-24\ntimezone = \"Europe/Berlin\"\n[knee]\ndiary = \"kne.csv\"\n");
    let said = project.treadlight(&["check", "runs"]);
    assert!(
        said.err.contains("kne.csv` does not exist (`diary` below `[knee]` in the settings)"),
        "{}",
        said.err
    );
    assert!(said.out.contains("No entry in your diary"), "{}", said.out);
    assert!(check(&project)["knee"].is_null());
}

#[test]
fn load_and_pain_stand_side_by_side_and_neither_is_called_the_reason() {
    let project = with_spike("2026-11-23 front left 0/3/1/0\n");
    for arguments in [&["check", "runs"][..], &["knee", "runs"]] {
        let said = project.treadlight(arguments).out.split_whitespace().collect::<Vec<_>>().join(" ");
        let beside = "In the 14 days before: long-run spike 22 Nov (+50 %). \
                      It came before the pain; it may not be the reason.";
        assert!(said.contains(beside), "{said}");
    }
    let without = runner("2026-11-23 front left 0/3/1/0\n").treadlight(&["knee", "runs"]).out;
    assert!(!without.contains("may not be the reason"), "{without}");
}
