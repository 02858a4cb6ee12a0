//! `treadlight knee`: entries by flags and from the phone, what follows, and input that is not as it should be.

use std::{fs, process::Stdio};

use crate::project::{Project, said};

/// Runs of 8 km on every second day up to 21 Nov, then one of 9 km on 23 Nov; today is the 24th.
fn runner() -> Project {
    let project = Project::new();
    project.settings("as_of = 2026-11-24\ntimezone = \"Europe/Berlin\"\n");
    for day in (1..=21).step_by(2) {
        project.run(&format!("2026-11-{day:02}T07:00:00+01:00"), 8_000.0);
    }
    project.run("2026-11-23T07:00:00+01:00", 9_000.0);
    project
}

fn knee(project: &Project, arguments: &[&str]) -> crate::project::Said {
    let mut all = vec!["knee"];
    all.extend(arguments);
    all.extend(["--folder", "runs"]);
    project.treadlight(&all)
}

fn json(project: &Project) -> serde_json::Value {
    project.json(&["knee", "runs", "--format", "json"])["knee"].clone()
}

fn diary(project: &Project) -> String {
    fs::read_to_string(project.path().join("runs/treadlight-knee.csv")).unwrap()
}

#[test]
fn without_an_entry_the_page_says_so_and_shows_the_signs() {
    let project = runner();
    let said = project.treadlight(&["knee", "runs"]);
    assert!(said.out.starts_with("No entry in your diary: treadlight knows your load, not your knee."));
    assert!(said.out.contains("Call your emergency number:"), "{}", said.out);
    assert!(json(&project).is_null());
}

#[test]
fn an_entry_by_flags_is_written_and_answered_and_completed() {
    let project = runner();
    let first = knee(
        &project,
        &["log", "last", "--spot", "front", "--side", "left", "--during", "3", "--from", "5km"],
    );
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(first.out.contains("Not for this diary alone"), "the first time: {}", first.out);
    assert!(first.out.contains("Mon 23 Nov, 9.0 km: front of the left knee, 3 of 10 while running. Amber."));
    assert!(first.out.contains("4.0 km or less, no downhill"), "{}", first.out);
    let second = knee(&project, &["log", "last", "--morning", "2"]);
    assert!(!second.out.contains("Not for this diary alone"));
    let lines: Vec<String> = diary(&project).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[1], "2026-11-23,2026-11-23T07:00,front,left,,3,,2,,5.0,,,,");
    let json = json(&project);
    assert_eq!((&json["state"], &json["light"]), (&"back".into(), &"red".into()), "{json}");
    assert_eq!(json["not_before"], "2026-11-26");
}

#[test]
fn a_sign_stops_until_somebody_has_seen_it() {
    let project = runner();
    let stop = knee(&project, &["log", "--spot", "inner", "--side", "right", "--sign", "locked"]);
    assert!(stop.out.contains("You noted: locked."), "{}", stop.out);
    assert!(stop.out.contains("Do not run. See a doctor today."), "{}", stop.out);
    assert!(!stop.out.contains(" km or less"), "no figure beside it: {}", stop.out);
    let exercises = knee(&project, &["exercises", "front"]);
    assert!(exercises.out.contains("No exercises now. See a doctor today."), "{}", exercises.out);
    let seen = knee(&project, &["seen", "--note", "Dr A, today"]);
    assert!(seen.out.contains("Stage 0 of 6: walk 30 min"), "{}", seen.out);
    let plan = knee(&project, &["seen", "--their-plan", "--note", ""]);
    assert!(plan.out.contains("Your doctor's or physio's plan decides."), "{}", plan.out);
    assert!(knee(&project, &["seen", "--on", "2026-12-01", "--note", ""]).err.contains("lies after"));
}

#[test]
fn what_cannot_be_is_refused_by_commands_with_the_next_step() {
    let project = runner();
    for (arguments, message) in [
        (&["log", "--during", "11"][..], "write a whole number: 0 none, 10 the worst you can imagine"),
        (&["log", "--during", "2.5"], "write a whole number"),
        (&["log", "--during", "-1"], "write a whole number"),
        (&["log", "--during", "a lot"], "write a whole number"),
        (&["log", "--sign", "lockd"], "unknown sign: did you mean `locked`?"),
        (&["log", "--spot", "fornt", "--worst", "1"], "unknown spot: did you mean `front`?"),
        (
            &["log", "2026-12-01", "--worst", "1"],
            "2026-12-01 lies after 2026-11-24: nothing is written ahead",
        ),
        (&["log", "2026-11-22", "--during", "1"], "no run on 2026-11-22: use --worst"),
        (&["log", "2026-11-22T08:00", "--during", "1"], "no run 2026-11-22T08:00 among your files"),
        (&["log", "last", "--during", "1", "--from", "12km"], "--from 12.0 km lies beyond the run of 9.0 km"),
        (&["log"], "nothing to write"),
        (&["exercises", "--done", "brigde"], "no exercise `brigde`: bridge?"),
    ] {
        let said = knee(&project, arguments);
        assert_eq!(said.code, 2, "{arguments:?}");
        assert!(said.err.contains(message), "{arguments:?}: {}", said.err);
    }
    assert!(!project.path().join("runs/treadlight-knee.csv").exists());
}

#[test]
fn a_diary_from_a_spreadsheet_counts_and_what_is_wrong_in_it_is_named_with_its_line() {
    let project = runner();
    project.write(
        "runs/treadlight-knee.csv",
        "\u{feff}note;during;morning;date;side;spot;signs\r\nok;3,0;1;2026-11-19;left;front;\r\n\
         ;11;;2026-11-21;left;front;lockd\r\nlater;1;;2026-12-24;left;front;\r\nold;1;;1970-01-01;;;\r\n",
    );
    let said = project.treadlight(&["knee", "runs"]);
    assert_eq!(said.code, 0);
    for line in [
        "line 3: during `11` is not 0 to 10: it is read as empty",
        "line 3: unknown sign `lockd`: locked? the row is red until it is mended",
        "line 4: 2026-12-24 lies after today",
        "line 5: 1970-01-01 lies long ago",
    ] {
        let out = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(out.contains(line), "{line}: {out}");
    }
    assert_eq!(json(&project)["light"], "red");
    knee(&project, &["log", "last", "--during", "0"]);
    assert!(diary(&project).starts_with("\u{feff}note;during;morning;date;side;spot;signs;run\r\nok;3,0;1;"));
}

#[test]
fn entries_come_from_a_text_file_and_from_stravas_private_note_and_signs_are_united() {
    let project = runner();
    project.write("runs/phone/knee.txt", "# my knee\n2026-11-21 front left 0/3/1/0 : stairs\n");
    project.write("runs/knee-travel.txt", "2026-11-23 0/2/0/0\n");
    let heading = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,\
                   Activity Private Note,Filename,Moving Time,Distance";
    let row = "7,\"Nov 23, 2026, 6:00:00 AM\",Morning,Run,easy,3000,\"good\n #knee 1/2/1/1, limp\",,3000,9.0";
    project.write("runs/activities.csv", format!("{heading}\n{row}\n"));
    let rows = knee(&project, &["export"]).out;
    let lines: Vec<&str> = rows.lines().skip(1).collect();
    assert_eq!(lines[0], "2026-11-21,2026-11-21T07:00,front,left,0,3,1,0,,,,,,stairs", "{rows}");
    assert_eq!(lines[1], "2026-11-23,2026-11-23T07:00,front,left,1,2,1,1,,,limp,,,", "{rows}");
    assert_eq!(json(&project)["light"], "red");
    assert!(!project.treadlight(&["runs", "runs", "--format", "json"]).out.contains("#knee"));
}

#[test]
fn an_export_is_a_diary_again_as_csv_and_as_json() {
    let project = runner();
    knee(
        &project,
        &[
            "log",
            "last",
            "--spot",
            "outer",
            "--side",
            "both",
            "--before",
            "1",
            "--during",
            "4",
            "--painkiller",
        ],
    );
    knee(&project, &["seen", "--stage", "3", "--note", "Dr B"]);
    let csv = knee(&project, &["export"]).out;
    let json = knee(&project, &["export", "--format", "json"]).out;
    for (name, text) in [("out.csv", &csv), ("out.json", &json)] {
        let other = runner();
        other.write(name, text);
        let added = knee(&other, &["import", name]);
        assert!(added.out.starts_with("added 2 of 2 rows"), "{}{}", added.out, added.err);
        assert_eq!(knee(&other, &["export"]).out, csv);
        assert!(knee(&other, &["import", name]).out.starts_with("added 0 of 2 rows"));
    }
}

#[test]
fn of_entries_written_at_the_same_time_none_is_lost() {
    let project = runner();
    knee(&project, &["log", "--worst", "1", "--spot", "front", "--side", "left"]);
    let children: Vec<_> = (0..6)
        .map(|number| {
            let note = format!("note {number}");
            let arguments = ["knee", "log", "--worst", "1", "--note", &note, "--folder", "runs"];
            let command = project.command(&arguments);
            let mut child = std::process::Command::new(command.get_program());
            for (name, value) in command.get_envs() {
                if let Some(value) = value {
                    child.env(name, value);
                }
            }
            child.args(arguments).current_dir(project.path()).stdout(Stdio::null()).stderr(Stdio::null());
            child.spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let diary = diary(&project);
    for number in 0..6 {
        assert!(diary.contains(&format!("note {number}")), "{diary}");
    }
}

#[test]
fn a_diary_that_cannot_be_read_is_named_and_the_rest_counts() {
    let project = runner();
    project.write("runs/treadlight-knee.csv", [0xff, 0xfe, 0x00]);
    project.write("runs/knee.txt", "2026-11-23 front left 0/4/1/0\n");
    let said = project.treadlight(&["knee", "runs"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("treadlight-knee.csv"), "{}", said.out);
    assert!(said.out.contains("4 of 10 while running. Amber."), "{}", said.out);
    let log = knee(&project, &["log", "last", "--during", "1"]);
    assert_eq!(log.code, 2);
    assert!(log.err.contains("not UTF-8 text"), "{}", log.err);
}

#[test]
fn as_of_is_exact() {
    let project = runner();
    project.write("runs/knee.txt", "2026-11-21 front left 0/1/0/3\n2026-11-23 front left 0/8/0/0\n");
    let light = |as_of: &str| {
        project.json(&["knee", "runs", "--format", "json", "--as-of", as_of])["knee"]["light"].clone()
    };
    assert_eq!(light("2026-11-21"), "wait");
    assert_eq!(light("2026-11-22"), "red");
    assert!(light("2026-11-20").is_null());
}

/// What no output about the knee may say.
const NEVER: &[&str] = &[
    "safe",
    "allowed",
    "may run",
    " ok ",
    "settled",
    "fine to run",
    "cleared",
    "healed",
    "caused by",
    "prevents",
    "weak muscle",
    "wear and tear",
    "overuse injury",
    "patellofemoral",
    "tendinopathy",
    "iliotibial",
    "meniscus",
    "chondro",
    "osteoarthritis",
    "well done",
    "great job",
    "no red flag",
    "push through",
    "ibuprofen",
    "brace",
    "insole",
    "surgery",
];

/// Names of conditions stand in docs/knee.md and in no output whatever.
const CONDITIONS: &[&str] = &[
    "patellofemoral",
    "tendinopathy",
    "tendinitis",
    "iliotibial",
    "itb",
    "meniscus",
    "chondro",
    "osteoarthritis",
    "pes anserinus",
    "popliteus",
    "runner's knee",
    "jumper's knee",
];

#[test]
fn no_output_names_a_condition_permits_a_run_or_praises() {
    let mut said_by_all = String::new();
    for lines in [
        "",
        "2026-11-23 front left 0/1/0/0\n",
        "2026-11-21 front left 0/3/1/0\n2026-11-23 front left 0/4/-/-\n",
        "2026-11-21 outer right 0/7/1/0 painkiller\n2026-11-22 worst 3 swelling\n",
        "2026-11-21 front left 0/7/1/0\n2026-11-23 front left 0/7/1/0\n",
        "2026-11-21 shin left 0/4/1/0\n2026-11-23 calf right 0/1/1/0 calf-swollen\n",
        "2026-11-19 front left 0/3/1/0\n2026-11-21 front left 0/0/0/0\n2026-11-22 worst 0\n2026-11-22 seen:off\n",
        "2026-11-15 front left 0/6/0/0\n2026-11-17 front left 0/6/0/0\n2026-11-19 front left 0/6/0/0 night\n",
        "2026-11-20 front both seen:2\n2026-11-21 front left 0/1/0/0\n2026-11-23 injury 0/3/0/0\n",
    ] {
        let project = runner();
        project.write("runs/knee.txt", lines);
        for arguments in [
            &["knee", "runs"][..],
            &["knee", "exercises", "--folder", "runs"],
            &["knee", "exercises", "front", "--all", "--folder", "runs"],
            &["knee", "exercises", "below", "--all", "--folder", "runs"],
            &["knee", "exercises", "inside", "--folder", "runs"],
            &["knee", "exercises", "--routines", "--folder", "runs"],
            &["knee", "sheet", "--folder", "runs"],
            &["knee", "sheet", "--folder", "runs", "--format", "html"],
            &["knee", "sheet", "--folder", "runs", "--format", "markdown"],
            &["check", "runs"],
            &["check", "runs", "--quiet"],
            &["check", "runs", "--with-diary"],
            &["check", "runs", "--format", "markdown"],
            &["check", "runs", "--format", "json"],
            &["next", "runs"],
            &["next", "runs", "--format", "json"],
            &["explain", "runs", "caps"],
            &["knee", "runs", "--format", "json"],
        ] {
            let said = said(&mut project.command(arguments));
            assert_ne!(said.code, 2, "{arguments:?} {lines}: {}", said.err);
            let text = said.out.to_lowercase();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            for word in CONDITIONS {
                assert!(!text.contains(word), "{arguments:?} says `{word}`:\n{}", said.out);
            }
            if arguments[0] == "knee" {
                for word in NEVER {
                    assert!(!text.contains(word), "{arguments:?} says `{word}`:\n{}", said.out);
                }
            }
            said_by_all.push_str(&said.out);
        }
    }
    assert!(said_by_all.contains("Red"), "the diaries were read");
}

#[test]
fn the_sheet_is_deterministic_has_no_name_unless_set_and_fits_one_page() {
    let project = runner();
    project.write("runs/knee.txt", "2026-11-21 front left 0/3/1/0\n2026-11-23 0/6/2/1 swelling\n");
    let sheet = knee(&project, &["sheet"]).out;
    assert_eq!(sheet, knee(&project, &["sheet"]).out);
    assert!(sheet.lines().count() <= 60, "{} lines\n{sheet}", sheet.lines().count());
    assert!(sheet.contains("Signs: swollen without an injury (23 Nov)."), "{sheet}");
    let named = knee(&project, &["sheet", "--name", "A <b>", "--out", "sheet.html"]);
    assert_eq!(named.code, 0);
    let html = fs::read_to_string(project.path().join("sheet.html")).unwrap();
    assert!(html.contains("A &lt;b&gt;") && html.contains("@page{size:A4"), "{html}");
    assert!(!html.contains("http"), "nothing is loaded from anywhere");
}

#[test]
fn exercises_are_at_most_four_and_done_ones_are_counted_by_day() {
    let project = runner();
    project.write("runs/knee.txt", "2026-11-21 front left 0/3/1/0\n");
    let four = knee(&project, &["exercises"]).out;
    assert_eq!(four.matches("Easier:").count(), 4, "{four}");
    assert!(four.contains("Stop above 2 of 10. [B]"), "{four}");
    let done = knee(&project, &["exercises", "--done", "bridge", "clam"]);
    assert!(done.out.contains("in the last seven: 1 of 3."), "{}{}", done.out, done.err);
    assert!(diary(&project).contains("2026-11-24,,,,,,,,,,,,bridge clam,"));
    let inside = knee(&project, &["exercises", "inside"]).out.replace('\n', " ");
    assert!(inside.contains("different causes need different care"), "{inside}");
}

#[test]
fn rows_and_notes_stand_in_reports_only_where_they_are_asked_for() {
    let project = runner();
    project.write(
        "runs/knee.txt",
        "2026-11-21 front left 0/3/1/0 : cobbles <b>hurt</b>\n2026-11-23 front left 0/1/0/0 numb\n",
    );
    for arguments in [&["check", "runs"][..], &["check", "runs", "--format", "markdown"]] {
        let without = project.treadlight(arguments).out;
        assert!(!without.contains("cobbles"), "{without}");
        let with = project.treadlight(&[arguments, &["--with-diary"]].concat()).out;
        assert!(with.contains("cobbles"), "{with}");
    }
    let with = project.treadlight(&["check", "runs", "--with-diary"]).out;
    assert!(with.contains("KNEE DIARY"), "{with}");
    let line = with.lines().find(|line| line.starts_with("Sat 21 Nov ")).unwrap();
    assert_eq!(
        line.split_whitespace().collect::<Vec<_>>(),
        ["Sat", "21", "Nov", "front", "left", "8.0", "0", "3", "1", "0", "amber"]
    );
    assert!(
        with.contains("Mon 23 Nov: numb\n") && with.contains("Sat 21 Nov: cobbles <b>hurt</b>\n"),
        "{with}"
    );
    for (out, more) in [("plain", &[][..]), ("asked", &["--with-diary"])] {
        project.treadlight(&[&["report", "runs", "--out", out], more].concat());
        let page = fs::read_to_string(project.path().join(out).join("report.html")).unwrap();
        assert_eq!(page.contains("cobbles &lt;b&gt;hurt"), out == "asked");
        assert!(project.path().join(out).join("knee.png").exists());
    }
}

/// Each with its line, what was read instead, and nothing else lost.
#[test]
fn what_is_wrong_in_a_diary_is_said_with_its_line_and_the_rest_counts() {
    let project = runner();
    project.write(
        "runs/treadlight-knee.csv",
        "date,run,spot,side,before,during,after,morning,signs\n\
         2026-11-05,,front,left,0,2.5,0,0,\n\
         2026-11-07,,front,left,0,-1,0,0,\n\
         2026-11-09,,front,left,0,a lot,0,0,\n\
         2026-11-10,,front,left,,2,,,\n\
         2026-11-11,,fornt,left,0,1,0,0,\n\
         2026-11-13,,front,left,0,1,0,0,\n\
         2026-11-13,,front,left,0,6,0,0,\n\
         2026-11-14,2026-11-14T07:00,front,left,0,1,0,0,\n\
         2027-11-13,,front,left,0,1,0,0,\n",
    );
    let said = project.treadlight(&["knee", "runs", "-v"]);
    assert_eq!(said.code, 0);
    for line in [
        "line 2: during `2.5` is not 0 to 10: it is read as empty",
        "line 3: during `-1` is not 0 to 10: it is read as empty",
        "line 4: during `a lot` is not 0 to 10: it is read as empty",
        "line 5: no run on 2026-11-10: counted as a row of its day",
        "line 6: unknown spot `fornt`: front?",
        "line 8: a second row for one run and spot: only what is worse in it counts",
        "line 9: run 2026-11-14T07:00 is not among the files: counted as a row of its day",
        "line 10: 2027-11-13 lies after today",
    ] {
        let line = format!("notice: `treadlight-knee.csv` {line}");
        assert!(said.err.contains(&line), "{line}: {}", said.err);
    }
    let json = json(&project);
    assert_eq!((&json["entries"], &json["light"]), (&8.into(), &"red".into()), "{json}");
}

#[test]
fn a_note_of_a_day_alone_stands_in_the_export_and_comes_back() {
    let project = runner();
    project.write("wellness.csv", "id,injury,comments\n2026-11-02,2,\"left, knee\"\n");
    knee(&project, &["log", "last", "--spot", "front", "--side", "left", "--during", "1"]);
    let added = knee(&project, &["import", "wellness.csv"]);
    assert!(added.out.starts_with("added 1 of 1 rows"), "{} {}", added.out, added.err);
    let csv = knee(&project, &["export"]).out;
    assert!(csv.contains("\n2026-11-02,,,,,,,,,,,,,\"intervals: niggle: left, knee\"\n"), "{csv}");
    let exported = knee(&project, &["export", "--format", "json"]).out;
    project.write("back.json", exported);
    fs::remove_file(project.path().join("runs/treadlight-knee.csv")).unwrap();
    knee(&project, &["import", "back.json"]);
    assert_eq!(knee(&project, &["export"]).out, csv);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_to_is_said_with_what_to_do() {
    use std::os::unix::fs::PermissionsExt;
    let project = runner();
    project.write("runs/treadlight-knee.csv", "date,during\n2026-11-21,1\n");
    let folder = project.path().join("runs");
    let mode = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    let may_write_anyway = fs::File::create(folder.join("probe")).is_ok();
    let answer = knee(&project, &["log", "last", "--during", "2"]);
    mode(0o755);
    // an administrator may write everywhere
    if may_write_anyway {
        return;
    }
    assert_eq!(answer.code, 2);
    assert!(
        answer.err.contains("its folder is read-only: allow writing to it, or name another"),
        "{}",
        answer.err
    );
    assert_eq!(diary(&project), "date,during\n2026-11-21,1\n");
}
