//! Limits in a calendar, read back by another library; notes with properties; the page in a browser.

use std::{fs, io::BufReader};

use chrono::{Days, NaiveDate};
use ical::{IcalParser, parser::ical::component::IcalEvent};

use crate::project::{Project, said};

fn events(text: &str) -> Vec<IcalEvent> {
    let mut calendars = IcalParser::new(BufReader::new(text.as_bytes()));
    let calendar = calendars.next().unwrap().unwrap();
    assert!(calendars.next().is_none());
    calendar.events
}

fn value(event: &IcalEvent, name: &str) -> String {
    let property = event.properties.iter().find(|property| property.name == name);
    property.and_then(|property| property.value.clone()).unwrap_or_else(|| panic!("no {name}"))
}

/// Its first and its last day.
fn days(event: &IcalEvent) -> [NaiveDate; 2] {
    let day = |name| NaiveDate::parse_from_str(&value(event, name), "%Y%m%d").unwrap();
    [day("DTSTART"), day("DTEND") - Days::new(1)]
}

fn calendar(project: &Project, rest: &[&str]) -> String {
    let said = project.treadlight(&[&["next", "runs", "--format", "ics"], rest].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    said.out
}

#[test]
fn the_calendar_has_the_limits_and_days_of_next_and_the_forecast_of_the_shoes() {
    let project = Project::sample();
    let text = calendar(&project, &[]);
    let events = events(&text);
    let next = project.json(&["next", "runs", "--format", "json"]);
    let steps = next["steps"].as_array().unwrap();
    for (step, (slot, title)) in steps
        .iter()
        .zip([("limit-run-now", "One run up to 16.5 km"), ("limit-run-next", "One run up to 18.1 km")])
    {
        let uid = format!("{slot}@treadlight");
        let event = events.iter().find(|event| value(event, "UID") == uid).unwrap();
        assert_eq!(value(event, "SUMMARY"), title);
        let [first, last] = days(event);
        assert_eq!(Some(first.to_string().as_str()), step["from"].as_str());
        if let Some(until) = step["until"].as_str() {
            assert_eq!(last.to_string(), until);
        }
    }
    let shoe = events.iter().find(|event| value(event, "UID").starts_with("shoe-")).unwrap();
    assert_eq!(value(shoe, "SUMMARY"), "Ghost 15 reaches 500 mi");
    assert_eq!(days(shoe).map(|day| day.to_string()), ["2027-01-22", "2027-02-22"]);
    assert!(text.contains("\r\n") && !text.replace("\r\n", "").contains('\n'));
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
}

#[test]
fn a_later_report_changes_events_instead_of_doubling_them() {
    let project = Project::sample();
    let [early, late] = ["2026-11-08", "2026-11-09"].map(|day| calendar(&project, &["--as-of", day]));
    assert_eq!(late, calendar(&project, &["--as-of", "2026-11-09"]), "the same on the same day");
    let [early, late] = [&early, &late].map(|text| events(text));
    for event in &late {
        let same: Vec<&IcalEvent> =
            early.iter().filter(|other| value(other, "UID") == value(event, "UID")).collect();
        assert!(same.len() <= 1);
        for other in same {
            let sequence = |event| value(event, "SEQUENCE").parse::<u32>().unwrap();
            assert!(sequence(event) > sequence(other));
        }
    }
    let uids: std::collections::BTreeSet<String> = late.iter().map(|event| value(event, "UID")).collect();
    assert_eq!(uids.len(), late.len());
}

#[test]
fn in_a_stop_of_the_knee_no_event_names_a_distance() {
    let project = Project::sample();
    project.write(
        "runs/treadlight-knee.csv",
        "date,run,spot,side,before,during,after,morning,worst,from_km,signs,painkiller,exercises,note\n\
         2026-11-08,,front,left,,7,,,,,locked,,,fell over the dog\n",
    );
    let text = calendar(&project, &[]);
    let titles: Vec<String> = events(&text).iter().map(|event| value(event, "SUMMARY")).collect();
    assert!(!titles.iter().any(|title| title.contains("km")), "{titles:?}");
    assert!(titles.contains(&"No run: see your knee diary".to_owned()), "{titles:?}");
    assert!(!text.contains("dog"), "no note leaves the diary");
}

#[test]
fn a_pair_may_have_any_name() {
    let project = Project::sample();
    let settings = project.path().join("runs/treadlight.toml");
    let name = "Ghost 15; blå, „die schnellen“ für sehr lange Läufe im Winter ÄÖÜ";
    let text = fs::read_to_string(&settings).unwrap().replace("Ghost 15", name);
    fs::write(&settings, text).unwrap();
    let text = calendar(&project, &[]);
    let titles: Vec<String> = events(&text).iter().map(|event| value(event, "SUMMARY")).collect();
    let escaped = name.replace(';', "\\;").replace(',', "\\,");
    assert!(titles.contains(&format!("{escaped} reaches 500 mi")), "{titles:?}");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
}

#[test]
fn the_own_calendar_is_no_plan() {
    let project = Project::sample();
    project.write("own.ics", calendar(&project, &[]));
    let said = project.treadlight(&["next", "runs", "--plan", "own.ics"]);
    assert_eq!(said.code, 2, "{}", said.out);
    insta::assert_snapshot!("the_own_calendar_as_a_plan", said.err);
    let both = project.treadlight(&["next", "runs", "--format", "ics", "--distance", "10km"]);
    assert!(both.code == 2 && both.err.contains("a calendar has the limits alone"), "{}", both.err);
}

#[test]
fn a_report_writes_the_calendar_beside_and_says_where_it_cannot() {
    let project = Project::sample();
    let said = project.treadlight(&["report", "runs", "--out", "out", "--ics", "limits.ics", "--quiet"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(fs::read_to_string(project.path().join("limits.ics")).unwrap(), calendar(&project, &[]));
    let said =
        project.treadlight(&["report", "runs", "--out", "out", "--ics", "missing/limits.ics", "--quiet"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("the report was written, the calendar was not"), "{}", said.err);
    assert!(project.path().join("out/report.html").exists());
}

#[test]
fn a_note_has_properties_that_say_what_the_json_says() {
    let project = Project::sample();
    let note = project.treadlight(&["check", "runs", "--format", "markdown", "--front-matter"]).out;
    let head = note.split("---\n").nth(1).unwrap();
    insta::assert_snapshot!("front_matter", head);
    let check = project.json(&["check", "runs", "--format", "json"]);
    assert!(head.contains(&format!("next_run_until: {}", check["caps"]["until"].as_str().unwrap())));
    let bare = project.treadlight(&["check", "runs", "--format", "markdown"]).out;
    assert!(note.ends_with(&bare));
    let text = project.treadlight(&["check", "runs", "--front-matter"]);
    assert!(text.code == 2 && text.err.contains("add `--format markdown`"), "{}", text.err);
}

#[test]
#[cfg(target_os = "linux")]
fn the_page_opens_in_a_browser_or_says_that_there_is_none() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::sample();
    let browser = project.path().join("bin/xdg-open");
    project.write(
        "bin/xdg-open",
        format!("#!/bin/sh\necho noise; echo \"$1\" > '{}/shown'\n", project.path().display()),
    );
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    let report = ["report", "runs", "--out", "out", "--open", "--quiet"];
    let path = |path: String| said(project.command(&report).env("PATH", path));
    let shown = path(format!("{}:/usr/bin:/bin", browser.parent().unwrap().display()));
    assert!(shown.code == 0 && !shown.out.contains("noise"), "{}", shown.err);
    let file = project.path().join("shown");
    for _ in 0..100 {
        if fs::read_to_string(&file).is_ok_and(|text| text.ends_with('\n')) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert!(fs::read_to_string(file).unwrap().ends_with("out/report.html\n"));
    let none = path(project.path().join("empty").display().to_string());
    assert_eq!(none.code, 0);
    assert!(none.err.contains("no browser was found here: open `out/report.html` yourself"), "{}", none.err);
}
