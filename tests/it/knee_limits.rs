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

#[test]
fn a_plan_is_held_against_the_diary_too() {
    let project = runner("2026-11-24 inner left locked\n");
    project.write("plan.csv", "date,distance\n2026-11-28,3 km\n");
    let stop = project.treadlight(&["next", "runs", "--plan", "plan.csv"]).out.replace('\n', " ");
    assert!(
        stop.contains("Planned, line 2, Sat 28 Nov, 3.0 km: your diary has no run on that day."),
        "{stop}"
    );
    project.write("runs/knee.txt", "2026-11-23 front left 0/3/1/0\n");
    project.write("plan.csv", "date,distance\n2026-11-28,8 km\n2026-11-29,5 km\n");
    let hold = project.treadlight(&["next", "runs", "--plan", "plan.csv"]).out.replace('\n', " ");
    assert!(hold.contains("8.0 km: above the limit of that day by your diary, 6.4 km."), "{hold}");
    assert!(!hold.contains("line 3"), "{hold}");
}
