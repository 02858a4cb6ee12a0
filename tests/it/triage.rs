//! `treadlight triage`: many runners, each once, whatever is wrong with one of them.

use std::fs;

use chrono::NaiveDate;
use insta::assert_snapshot;

use crate::project::{Project, fit_activity, fit_run, gpx_track};

const TODAY: &str = "2026-11-09";

/// A run of so many metres at seven in the morning on each of the days.
fn runs(project: &Project, runner: &str, days: &[(&str, f64)]) {
    for (day, metres) in days {
        project
            .write(&format!("club/{runner}/{day}.fit"), fit_run(&format!("{day}T07:00:00+01:00"), *metres));
    }
}

/// So many metres on every second day from one day to another.
fn steady(project: &Project, runner: &str, from: &str, to: &str, metres: f64) {
    let (from, to): (NaiveDate, NaiveDate) = (from.parse().unwrap(), to.parse().unwrap());
    let days = from.iter_days().take_while(|day| *day <= to).step_by(2).map(|day| day.to_string());
    for day in days {
        runs(project, runner, &[(&day, metres)]);
    }
}

/// Nine folders on Monday 9 November 2026, each with another story.
fn club() -> Project {
    let project = Project::new();
    let all_autumn = |runner: &str| steady(&project, runner, "2026-09-01", "2026-11-06", 10_000.0);
    all_autumn("Anna");
    runs(&project, "Anna", &[("2026-11-08", 14_000.0)]);
    all_autumn("Berta");
    project.write(
        "club/Berta/treadlight-knee.csv",
        "date,run,spot,side,before,during,after,morning,worst,from_km,signs,painkiller,exercises,note\n\
         2026-11-06,2026-11-06T07:00,front,left,,7,,,,,locked,,,fell over the dog\n",
    );
    steady(&project, "Carl", "2026-09-01", "2026-10-15", 12_000.0);
    runs(&project, "Carl", &[("2026-11-05", 6_000.0), ("2026-11-07", 6_000.0)]);
    steady(&project, "Dora", "2026-09-01", "2026-10-25", 8_000.0);
    project.write("club/Emil/treadlight.toml", "units = \"furlongs\"\n");
    runs(&project, "Emil", &[("2026-11-07", 5_000.0)]);
    all_autumn("Fay");
    runs(&project, "Fay", &[("2026-11-08", 14_000.0)]);
    project.write(
        "club/Fay/treadlight.toml",
        "[[acks]]\nrule = \"long-run-spike\"\nuntil = 2026-11-15\nbecause = \"planned\"\n",
    );
    all_autumn("Gus");
    // two watches at one time, two degrees of longitude apart
    all_autumn("Hedi and Ivo");
    let track = gpx_track("2026-11-08T09:00:00+01:00", 1_800, 3.0, "<type>running</type>");
    project.write("club/Hedi and Ivo/hedi.gpx", &track);
    project.write("club/Hedi and Ivo/ivo.gpx", track.replace("lon=\"7\"", "lon=\"9\""));
    runs(&project, "Jo <b>*one*", &[("2026-11-07", 5_000.0)]);
    project
}

/// `triage` on the club's day.
fn triage<'a>(rest: &[&'a str]) -> Vec<&'a str> {
    [&["triage", "club", "--as-of", TODAY], rest].concat()
}

#[test]
fn every_runner_stands_once_in_the_most_urgent_group() {
    let club = club();
    assert_snapshot!("triage_as_text", club.treadlight(&triage(&[])).all());
    assert_snapshot!("triage_as_json", club.treadlight(&triage(&["--format", "json"])).all());
    let json: serde_json::Value =
        serde_json::from_str(&club.treadlight(&triage(&["--format", "json"])).out).unwrap();
    let mut names: Vec<&str> =
        json["runners"].as_array().unwrap().iter().map(|runner| runner["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    let folders = ["Anna", "Berta", "Carl", "Dora", "Emil", "Fay", "Gus", "Hedi and Ivo", "Jo <b>*one*"];
    assert_eq!(names, folders);
}

#[test]
fn of_a_knee_diary_no_entry_and_no_number_is_shown() {
    let club = club();
    club.treadlight(&triage(&["--out", "triage.html"]));
    let page = fs::read_to_string(club.path().join("triage.html")).unwrap();
    for shown in
        [club.treadlight(&triage(&[])).out, club.treadlight(&triage(&["--format", "json"])).out, page]
    {
        for private in ["dog", "7 of 10", "locked", "front", "left knee"] {
            assert!(!shown.contains(private), "{private}: {shown}");
        }
        assert!(shown.contains("stop"), "{shown}");
    }
}

#[test]
fn a_diary_that_cannot_be_read_is_named_and_leaves_no_distance() {
    let club = club();
    club.write("club/Gus/treadlight-knee.csv", [0xff, 0xfe, 0x00]);
    let said = club.treadlight(&triage(&[]));
    assert!(
        said.out.contains("Gus  the diary cannot be read  → No distance for now (knee diary).\n"),
        "{}",
        said.out
    );
    let json: serde_json::Value =
        serde_json::from_str(&club.treadlight(&triage(&["--format", "json"])).out).unwrap();
    let gus = json["runners"].as_array().unwrap().iter().find(|runner| runner["name"] == "Gus").unwrap();
    assert_eq!((&gus["group"], &gus["remarks"][0]["reason"]), (&"knee".into(), &"diary_unreadable".into()));
    assert!(gus["next_run_m"].is_null(), "{gus}");
}

#[test]
fn the_page_is_whole_and_escapes_names() {
    let club = club();
    let said = club.treadlight(&triage(&["--out", "triage.html"]));
    assert_eq!(said.code, 3, "{}", said.err);
    let page = fs::read_to_string(club.path().join("triage.html")).unwrap();
    assert!(page.contains("Jo &lt;b&gt;*one*") && !page.contains("<b>*one*"));
    assert!(!page.contains("<script") && !page.contains("http://"));
    let main = &page[page.find("<main>").unwrap()..];
    assert_snapshot!("triage_as_page", main);
}

#[test]
fn nothing_that_is_said_of_many_claims_safety_or_asks_for_more() {
    let club = club();
    club.treadlight(&triage(&["--out", "triage.html"]));
    let page = fs::read_to_string(club.path().join("triage.html")).unwrap();
    let body = &page[page.find("<main>").unwrap()..];
    for text in [club.treadlight(&triage(&[])).out, body.to_owned()] {
        let text = text.to_lowercase();
        for word in ["risk", "safe", "run more", "increase", "score", "danger"] {
            assert!(!text.contains(word), "`{word}` in: {text}");
        }
    }
}

#[test]
fn since_a_day_only_what_is_new_is_listed_first_and_the_rest_is_counted() {
    let club = club();
    steady(&club, "Kim", "2026-09-01", "2026-10-31", 10_000.0);
    runs(&club, "Kim", &[("2026-11-02", 14_000.0), ("2026-11-05", 5_000.0)]);
    let said = club.treadlight(&triage(&["--since", "2026-11-06"])).out;
    assert!(said.contains("TALK TO FIRST, 3"), "{said}");
    assert!(!said.contains("Kim"), "raised on 2 Nov: {said}");
    assert!(said.contains("+1 with nothing new since 6 Nov"), "{said}");
    // a stop stays until somebody has seen it
    let later = club.treadlight(&triage(&["--since", "2026-11-09"])).out;
    assert!(later.contains("Berta") && !later.contains("Anna"), "{later}");
    let refused = club.treadlight(&triage(&["--since", "2026-11-10"]));
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("--since 2026-11-10 is after 2026-11-09"), "{}", refused.err);
}

#[test]
fn the_exit_code_says_whether_all_were_read() {
    let club = club();
    let said = club.treadlight(&triage(&[]));
    assert_eq!((said.code, said.err.as_str()), (3, "notice: 1 of 9 runners was not read: see FILES\n"));
    fs::remove_file(club.path().join("club/Emil/treadlight.toml")).unwrap();
    let said = club.treadlight(&triage(&[]));
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    club.write("club/Gus/broken.fit", &fit_run("2026-11-07T07:00:00+01:00", 5_000.0)[..40]);
    assert_eq!(club.treadlight(&triage(&[])).code, 0);
    assert_eq!(club.treadlight(&triage(&["--strict"])).code, 2);
}

#[test]
fn one_runner_at_a_time_or_several_say_the_same() {
    let club = club();
    let one = club.treadlight(&triage(&["--jobs", "1", "--no-cache"])).all();
    for jobs in ["2", "7"] {
        assert_eq!(one, club.treadlight(&triage(&["--jobs", jobs])).all(), "{jobs} jobs");
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_runner_is_not_read_twice_and_a_link_elsewhere_is() {
    let club = club();
    fs::rename(club.path().join("club/Fay"), club.path().join("Fay")).unwrap();
    let link = |target: &str, name: &str| {
        std::os::unix::fs::symlink(club.path().join(target), club.path().join("club").join(name)).unwrap();
    };
    link("Fay", "Fay");
    link("club/Gus", "Augustus");
    link("club", "everybody");
    let said = club.treadlight(&triage(&[]));
    assert!(said.out.contains("Fay, Gus"), "{}", said.out);
    assert!(
        said.out.contains("not followed: Augustus, a link to the folder of `Gus`, which is read already"),
        "{}",
        said.out
    );
    assert!(said.out.contains("not followed: everybody, a link to a folder that holds all of these"));
    assert!(said.out.contains(", 9 runners:"), "{}", said.out);
}

#[test]
fn a_source_that_cannot_be_many_runners_says_what_to_do() {
    let project = Project::new();
    project.run("2026-11-07T07:00:00+01:00", 5_000.0).write("empty/anna/notes.txt", "x");
    project.write("table.csv", "athlete_id,date,distance_km\n");
    project.write("ride/anna/ride.fit", fit_activity("2026-11-02T08:00:00+01:00", 30_000.0, 2, 0));
    let error = |source: &str| {
        let said = project.treadlight(&["triage", source]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
        said.err
    };
    assert!(
        error("runs")
            .contains("has 1 activity file and no folder: if it is one runner's, `treadlight report runs`")
    );
    assert!(error("nowhere").contains("the folder `nowhere` does not exist"));
    assert!(error("table.csv").contains("no row of `table.csv` says whose session it is"));
    project.write("notes.csv", "what,when\nrun,today\n");
    assert!(error("notes.csv").contains("no column `athlete_id`"));
    assert!(error("empty").contains("no runner of `empty` could be read (`anna`: no FIT, GPX or TCX file"));
    assert!(error("ride").contains("`anna`: no run: 1 activity of another sport"));
}

#[test]
fn common_settings_hold_for_whoever_has_none_and_may_not_speak_of_one_runner() {
    let club = club();
    club.write("club/treadlight.toml", "as_of = 2026-11-09\nunits = \"mi\"\n");
    let said = club.treadlight(&["triage", "club"]);
    assert!(said.out.starts_with("Mon 9 Nov 2026, 9 runners:"), "{}", said.out);
    assert!(said.out.contains(" mi or less") && !said.out.contains(" km"), "{}", said.out);
    club.write("common.toml", "[[shoes]]\nname = \"a\"\n");
    let said = club.treadlight(&["triage", "club", "--config", "common.toml"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("`common.toml` holds for every runner, and [[shoes]] can only be said of one"),
        "{}",
        said.err
    );
}

#[test]
fn a_line_fits_its_width_and_the_quiet_list_has_only_what_asks_for_a_word() {
    let club = club();
    let mut narrow = club.command(&triage(&[]));
    let said = crate::project::said(narrow.env("COLUMNS", "40"));
    assert!(said.out.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 40), "{}", said.out);
    let quiet = club.treadlight(&triage(&["--quiet"])).out;
    assert!(
        quiet.starts_with("TALK TO FIRST") && !quiet.contains("QUIET") && !quiet.contains("FILES"),
        "{quiet}"
    );
}

#[test]
fn the_runners_of_a_table_are_listed_as_those_of_folders_in_any_order_of_its_rows() {
    let project = Project::new();
    let mut rows: Vec<String> = Vec::new();
    let days: Vec<NaiveDate> =
        "2026-09-01".parse::<NaiveDate>().unwrap().iter_days().step_by(2).take(34).collect();
    for runner in ["7", "12"] {
        let until = if runner == "7" { 34 } else { 20 };
        rows.extend(days[..until].iter().map(|day| format!("{runner},{day}T07:00:00,10000")));
    }
    rows.push("7,2026-11-08T07:00:00,14000".to_owned());
    rows.push("7,2026-11-08,far".to_owned());
    let table = |rows: &[String]| format!("athlete_id,start,distance_m\n{}\n", rows.join("\n"));
    rows.sort_by_key(|row| (row.starts_with("12"), row.clone()));
    project.write("ordered.csv", table(&rows));
    rows.sort_by_key(|row| row.chars().rev().collect::<String>());
    project.write("shuffled.csv", table(&rows));
    let of = |source: &str| project.treadlight(&["triage", source, "--as-of", TODAY]);
    let said = of("ordered.csv");
    assert_eq!(said.code, 0, "{}", said.all());
    assert!(said.err.contains("notice: 1 row of the table does not count: "), "{}", said.err);
    assert_snapshot!("a_table", said.out);
    assert_eq!(of("shuffled.csv").out, said.out);
}
