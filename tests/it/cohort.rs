//! `treadlight cohort` as a researcher uses it: tables in, tables out, shards, refusals, and what no table tells.

use std::{collections::BTreeMap, fs, path::PathBuf};

use crate::project::{Project, gpx_track};

/// A command that has to do its job.
fn done(project: &Project, arguments: &[&str]) {
    let said = project.treadlight(arguments);
    assert_eq!(said.code, 0, "{arguments:?}: {}", said.all());
}

fn at(project: &Project, name: &str) -> PathBuf {
    project.path().join(name)
}

/// A table as a map from the name of a column to its cells.
fn table(project: &Project, path: &str) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(at(project, path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().unwrap().clone();
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| names.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()).collect()
}

fn column(rows: &[BTreeMap<String, String>], name: &str) -> Vec<String> {
    rows.iter().map(|row| row[name].clone()).collect()
}

/// The sessions of the evidence for the longest run of 30 days, after a day on which nothing was run.
const EVIDENCE: &str = "athlete_id,date,distance_km\n\
    A,2026-01-01,0\nA,2026-03-01,10.0\nA,2026-03-04,6.0\nA,2026-03-08,11.0\nA,2026-03-15,12.1\nA,2026-03-22,13.4\n\
    A,2026-03-29,20.0\nA,2026-04-29,18.0\nA,2026-05-30,5.0\nA,2026-05-31,11.0\n";

/// 30 runners, a run every second day, each farther than the last until a step back; two cells of another sport.
fn study() -> String {
    let mut text = "athlete_id,start,distance_m,duration_s,sport\n".to_owned();
    for athlete in 0..30_i64 {
        for run in 0..60_i64 {
            let day =
                chrono::NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + chrono::Days::new(2 * run as u64);
            let meters = 5_000 + 100 * athlete + 300 * (run % 9) + if run % 17 == 16 { 4_000 } else { 0 };
            let sport = if run == 30 && athlete < 2 { "cycling" } else { "running" };
            text.push_str(&format!("{athlete},{day}T07:{athlete:02}:00,{meters},{},{sport}\n", meters / 3));
        }
    }
    text
}

/// The same rows in an order that knows no runner.
fn shuffled(table: &str) -> String {
    let (head, rows) = table.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    let at = |i: usize| rows[i * 997 % rows.len()];
    let mixed: Vec<&str> = (0..rows.len()).map(at).collect();
    format!("{head}\n{}\n", mixed.join("\n"))
}

const INJURIES: &str = "athlete_id,date,recovered,kind\n3,2025-03-10,2025-03-20,overuse\n4,2025-03-11,,\n5,2025-04-01,2025-04-02,acute\n";

/// Every file of a folder with its bytes, below a name.
fn files(project: &Project, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![at(project, folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(project.path()).unwrap().display().to_string();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn exposures_have_the_states_of_the_evidence() {
    let project = Project::new();
    project.write("study.csv", EVIDENCE);
    done(&project, &["cohort", "study.csv", "--out", "out", "--format", "csv", "--tables", "exposures"]);
    let rows = table(&project, "out/exposures/part-00000-of-00001.csv");
    let expected = [
        ("2026-03-01", "", "no_baseline"),
        ("2026-03-04", "10000", "ref"),
        ("2026-03-08", "10000", "ref"),
        ("2026-03-15", "11000", "ref"),
        ("2026-03-22", "12100", "small"),
        ("2026-03-29", "13400", "moderate"),
        ("2026-04-29", "", "no_baseline"),
        ("2026-05-30", "", "no_baseline"),
        ("2026-05-31", "5000", "large"),
    ];
    let got: Vec<_> = rows
        .iter()
        .map(|row| (row["date"].as_str(), row["longest_30d_m"].as_str(), row["state"].as_str()))
        .collect();
    assert_eq!(got, expected);
    assert_eq!(column(&rows, "ratio_longest_30d")[4..6], ["1.107438", "1.492537"]);
    assert_eq!(column(&rows, "start"), [""; 9], "the table has dates only");
    assert_eq!(rows[8]["day_start"], "150");
    assert_eq!(
        (rows[1]["run_start"].as_str(), rows[1]["m_start"].as_str(), rows[1]["m_stop"].as_str()),
        ("1", "10000", "16000")
    );
}

#[test]
fn an_injury_is_the_event_of_the_last_session_at_most_seven_days_before_it() {
    let project = Project::new();
    project.write("study.csv", EVIDENCE);
    let event = |date: &str| {
        project.write("injuries.csv", format!("athlete_id,date,recovered\nA,{date},2026-05-01\n"));
        let out = format!("out-{date}");
        let arguments = [
            "cohort",
            "study.csv",
            "--out",
            &out,
            "--format",
            "csv",
            "--tables",
            "exposures",
            "--injuries",
            "injuries.csv",
        ];
        done(&project, &arguments);
        let rows = table(&project, &format!("{out}/exposures/part-00000-of-00001.csv"));
        let of = |row: &BTreeMap<String, String>| (row["date"].clone(), row["days_to_injury"].clone());
        (rows.iter().filter(|row| row["event"] == "1").map(of).collect::<Vec<_>>(), column(&rows, "at_risk"))
    };
    let (events, at_risk) = event("2026-03-31");
    assert_eq!(events, [("2026-03-29".to_owned(), "2".to_owned())]);
    // 29 April lies before the recovery, 30 May after it
    assert_eq!(at_risk[5..8], ["true", "false", "true"]);
    assert_eq!(event("2026-04-05").0, [("2026-03-29".to_owned(), "7".to_owned())]);
    assert_eq!(event("2026-04-06").0, [], "eight days are too many");
    assert_eq!(event("2026-03-29").0, [("2026-03-29".to_owned(), "0".to_owned())]);
}

#[test]
fn every_order_of_rows_and_every_kind_of_file_gives_the_same_tables() {
    let project = Project::new();
    project
        .write("sorted.csv", study())
        .write("shuffled.csv", shuffled(&study()))
        .write("injuries.csv", INJURIES);
    let semicolons = study().replace(',', ";");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, shuffled(&study()).as_bytes()).unwrap();
    project.write("packed.csv.gz", packed.finish().unwrap()).write("semicolons.csv", semicolons);
    let made = |source: &str| {
        let out = format!("{source}-out");
        let arguments = ["cohort", source, "--out", &out, "--format", "csv", "--injuries", "injuries.csv"];
        done(&project, &arguments);
        let files = files(&project, &out);
        let tables =
            files.into_iter().filter(|(name, _)| name.ends_with(".csv") && !name.contains("quality"));
        tables.map(|(name, bytes)| (name.replace(source, ""), bytes)).collect::<BTreeMap<_, _>>()
    };
    let expected = made("sorted.csv");
    assert_eq!(expected.len(), 7);
    for source in ["shuffled.csv", "packed.csv.gz", "semicolons.csv"] {
        assert!(made(source) == expected, "{source}");
    }
}

#[test]
fn the_exposures_of_the_sessions_alone_are_those_of_the_whole_analysis() {
    let project = Project::new();
    project.write("study.csv", study());
    let exposures = |tables: &str, out: &str| {
        done(&project, &["cohort", "study.csv", "--out", out, "--format", "csv", "--tables", tables]);
        fs::read(at(&project, &format!("{out}/exposures/part-00000-of-00001.csv"))).unwrap()
    };
    assert!(exposures("exposures", "alone") == exposures("exposures,days,persons", "whole"));
    let days = table(&project, "whole/days/part-00000-of-00001.csv");
    let sessions = table(&project, "whole/exposures/part-00000-of-00001.csv");
    let sum = |rows: &[BTreeMap<String, String>]| -> i64 {
        column(rows, "distance_m").iter().map(|m| m.parse::<i64>().unwrap()).sum()
    };
    assert_eq!(sum(&days), sum(&sessions));
    let persons = table(&project, "whole/persons/part-00000-of-00001.csv");
    assert_eq!((persons.len(), sum(&persons)), (30, sum(&sessions)));
    assert_eq!(persons[2]["sessions"], "60");
    assert_eq!(persons[0]["sessions"], "59", "a ride is no session");
}

#[test]
fn parquet_holds_what_csv_holds_and_is_read_back_as_a_source() {
    let project = Project::new();
    project.write("study.csv", study());
    let make = |source: &str, out: &str, format: &str| {
        let arguments = ["cohort", source, "--out", out, "--format", format, "--tables", "exposures"];
        done(&project, &arguments);
    };
    make("study.csv", "csv", "csv");
    make("study.csv", "parquet", "parquet");
    make("parquet/exposures", "again", "csv");
    let expected = table(&project, "csv/exposures/part-00000-of-00001.csv");
    let mut again = table(&project, "again/exposures/part-00000-of-00001.csv");
    // the time from start to stop is not in exposures
    again.iter_mut().zip(&expected).for_each(|(row, before)| {
        row.insert("moving_s".to_owned(), before["moving_s"].clone());
    });
    assert!(again == expected);
}

#[test]
fn shards_in_any_order_hold_each_runner_once_and_collect_asks_for_all_of_them() {
    let project = Project::new();
    project.write("study.csv", study()).write("injuries.csv", INJURIES);
    let common = ["--format", "csv", "--injuries", "injuries.csv"];
    let run = |out: &str, more: &[&str]| {
        let arguments = [&["cohort", "study.csv", "--out", out][..], &common, more].concat();
        project.treadlight(&arguments)
    };
    assert_eq!(run("whole", &[]).code, 0);
    for shard in ["2/3", "0/3"] {
        assert_eq!(run("shards", &["--shard", shard]).code, 0);
    }
    let missing = project.treadlight(&["cohort", "collect", "shards"]);
    assert_eq!(missing.code, 2);
    assert!(
        missing.err.contains("not all of 3 shards are there; missing: 1. Make them with --shard I/3"),
        "{}",
        missing.err
    );
    assert_eq!(run("shards", &["--shard", "1/3"]).code, 0);
    let before = files(&project, "shards");
    let again = run("shards", &["--shard", "1/3"]);
    assert!(again.err.contains("shard 1/3 is done already"), "{}", again.err);
    assert!(files(&project, "shards") == before);
    done(&project, &["cohort", "collect", "shards"]);
    let rows = |out: &str, name: &str| {
        let of_table = files(&project, &format!("{out}/{name}"));
        let texts = of_table.into_values().map(|bytes| String::from_utf8(bytes).unwrap());
        let mut lines: Vec<String> =
            texts.flat_map(|text| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()).collect();
        lines.sort();
        lines
    };
    for name in ["runs", "days", "weeks", "warnings", "exposures", "persons", "quality", "validation"] {
        assert_eq!(rows("shards", name), rows("whole", name), "{name}");
    }
    let persons =
        |out: &str| fs::read(at(&project, &format!("{out}/persons/part-00000-of-00001.csv"))).unwrap();
    assert!(persons("shards") == persons("whole"), "in the same order, too");
}

#[test]
fn a_runner_who_ended_the_process_twice_is_left_out_and_the_others_are_there() {
    let project = Project::new();
    project.write("study.csv", study());
    project.write("out/_shards/00000.running", r#"{"now":["4","5"],"kills":{"4":1}}"#);
    let done = project.treadlight(&["cohort", "study.csv", "--out", "out", "--format", "csv"]);
    assert_eq!(done.code, 3, "{}", done.err);
    let quality = table(&project, "out/quality/part-00000-of-00001.csv");
    let killed: Vec<_> = quality.iter().filter(|row| row["reason"] == "killed_twice").collect();
    assert_eq!(killed.len(), 1);
    assert_eq!(killed[0]["person_id"], "4");
    let persons = table(&project, "out/persons/part-00000-of-00001.csv");
    assert_eq!(persons.iter().filter(|row| row["failed"] == "true").count(), 1);
    assert_eq!(persons.len(), 30);
    assert!(!at(&project, "out/_shards/00000.running").exists());
}

#[test]
fn a_part_that_is_made_again_removes_what_a_killed_process_left_of_it_and_nothing_else() {
    let project = Project::new();
    project.write("study.csv", study());
    let own = ["out/runs/.part-00001-of-00002.csv.aB3xYz.tmp", "out/_shards/.00001.people.jsonl.aB3xYz.tmp"];
    let of_others =
        ["out/runs/.part-00000-of-00002.csv.aB3xYz.tmp", "out/runs/.part-00001-of-00002.csv.notes"];
    for name in own.iter().chain(&of_others) {
        project.write(name, "half a row");
    }
    done(&project, &["cohort", "study.csv", "--out", "out", "--format", "csv", "--shard", "1/2"]);
    assert!(own.iter().all(|name| !at(&project, name).exists()));
    assert!(of_others.iter().all(|name| at(&project, name).exists()));
}

#[test]
fn what_cannot_be_used_is_refused_before_anything_is_written() {
    let project = Project::new();
    project
        .write("unit.csv", "athlete_id,date,distance\nA,2026-03-01,10\n")
        .write("nobody.csv", "date,distance_m\n2026-03-01,10\n")
        .write("zone.csv", "athlete_id,start,distance_m\nA,2026-03-01T08:00:00Z,10000\n")
        .write("study.csv", study())
        .write("club/anna/note.txt", "");
    for (arguments, words) in [
        (
            &["unit.csv", "--out", "out"][..],
            "`distance`: its unit is not known; name it distance_m or distance_km",
        ),
        (&["nobody.csv", "--out", "out"], "no column `athlete_id`"),
        (&["zone.csv", "--out", "out"], "line 2: its start states a time zone: say whose days count"),
        (&["absent.csv", "--out", "out"], "does not exist"),
        (&["club", "--out", "club/out"], "what is written would be read the next time"),
        (&["club", "--out", "out", "--keys", "out/keys.csv"], "could tell who is who"),
        (&["study.csv", "--out", "out", "--keys", "keys.csv"], "--keys is for folders"),
        (&["study.csv", "--out", "out", "--tables", "days,shoes"], "no table `shoes`: there are runs, days"),
        (&["study.csv", "--out", "out", "--tables", "validation"], "needs --injuries FILE"),
        (&["study.csv", "--out", "out", "--shard", "3/3"], "counted from 0: 0/3 to 2/3"),
    ] {
        let refused = project.treadlight(&[&["cohort"], arguments].concat());
        assert_eq!(refused.code, 2, "{arguments:?}");
        assert!(refused.err.contains(words), "{arguments:?}: {}", refused.err);
        assert!(!at(&project, "out").exists() && !at(&project, "club/out").exists(), "{arguments:?}");
    }
    done(&project, &["cohort", "zone.csv", "--out", "out", "--timezone", "Europe/Berlin"]);
}

#[test]
fn a_second_study_in_one_folder_is_refused_and_the_same_one_is_made_anew() {
    let project = Project::new();
    project.write("a.csv", study()).write("b.csv", EVIDENCE);
    let run = |source: &str, more: &[&str]| {
        project.treadlight(&[&["cohort", source, "--out", "out"], more].concat())
    };
    assert_eq!(run("a.csv", &[]).code, 0);
    let before = files(&project, "out");
    let other = run("b.csv", &[]);
    assert_eq!(other.code, 2);
    assert!(other.err.contains("holds another study (of other source"), "{}", other.err);
    assert!(
        run("a.csv", &["--shard", "0/2"]).err.contains("holds another study (shards is 1 there and 2 here)")
    );
    assert!(files(&project, "out") == before);
    assert_eq!(run("a.csv", &["--as-of", "2025-04-01"]).code, 0);
    assert!(files(&project, "out") != before);
}

#[test]
fn a_shard_of_another_version_is_not_collected() {
    let project = Project::new();
    project.write("study.csv", study());
    done(&project, &["cohort", "study.csv", "--out", "out"]);
    let mark = fs::read_to_string(at(&project, "out/_shards/00000.json")).unwrap();
    project.write(
        "out/_shards/00000.json",
        mark.replace("\"schema_version\": \"1.0\"", "\"schema_version\": \"0.9\""),
    );
    let refused = project.treadlight(&["cohort", "collect", "out"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("(schema 0.9)"), "{}", refused.err);
}

#[test]
fn rows_that_cannot_be_used_are_counted_with_their_first_line() {
    let project = Project::new();
    project.write(
        "study.csv",
        "athlete_id,start,distance_m,sport\nA,2026-03-01T08:00:00,10000,running\n,2026-03-02T08:00:00,9000,running\n\
         A,soon,9000,running\nA,2026-03-03T08:00:00,far,running\nA,2026-03-04T08:00:00,9000,swimming\n\
         A,2026-03-01T08:00:00,10000,running\nB,2026-03-01T08:00:00,0,\n",
    );
    let done = project.treadlight(&["cohort", "study.csv", "--out", "out", "--format", "csv"]);
    assert_eq!(done.code, 3);
    assert!(done.err.contains("1 of 2 runners could not be read"), "{}", done.err);
    let quality = table(&project, "out/quality/part-00000-of-00001.csv");
    let found: Vec<String> = quality
        .iter()
        .map(|row| {
            format!("{}/{}/{}/{}/{}", row["person_id"], row["kind"], row["reason"], row["n"], row["detail"])
        })
        .collect();
    assert_eq!(
        found,
        [
            "A/row/bad_date/1/first in line 4",
            "A/row/bad_number/1/first in line 5",
            "A/row/other_sport/1/first in line 6",
            "A/row/duplicate_row/1/",
            "B/runner/no_run/1/",
            "/row/no_id/1/first in line 3",
        ]
    );
}

/// Two runners with places, names, a watch and a pair, one without a run, one with settings that cannot be used.
fn club() -> Project {
    let project = Project::new();
    let run = |start: &str| gpx_track(start, 2_400, 3.0, "<name>Secret loop</name><type>running</type>");
    project
        .write("club/Anna Berg/a1.gpx", run("2026-03-01T08:00:00+01:00"))
        .write("club/Anna Berg/a2.gpx", run("2026-03-03T08:00:00+01:00"))
        .write("club/Anna Berg/treadlight.toml", "[[shoes]]\nname = \"Zanzibar 9\"\nfrom = 2026-01-01\n")
        .write(
            "club/Ben Cole/b1.gpx",
            run("2026-03-02T08:00:00+01:00")
                .replace("creator=\"test\"", "creator=\"Forerunner (S/N 3912345678)\""),
        )
        .write("club/Cleo/readme.txt", "soon")
        .write("club/Dora/d1.gpx", run("2026-03-02T09:00:00+01:00"))
        .write("club/Dora/treadlight.toml", "unitz = \"km\"\n")
        .write("club/Emil/e1.fit", "")
        .write("club/Emil/e2.gpx", "");
    project
}

#[test]
fn one_bad_runner_never_stops_another() {
    let project = club();
    let done =
        project.treadlight(&["cohort", "club", "--out", "out", "--format", "csv", "--as-of", "2026-03-10"]);
    assert_eq!(done.code, 3);
    let persons = table(&project, "out/persons/part-00000-of-00001.csv");
    let of = |row: &BTreeMap<String, String>| {
        (row["person_id"].clone(), row["sessions"].clone(), row["reason"].clone())
    };
    let expected = [
        ("p0001", "2", ""),
        ("p0002", "1", ""),
        ("p0003", "", "no_activity_file"),
        ("p0004", "", "settings_unusable"),
        ("p0005", "", "no_run"),
    ];
    let expected: Vec<_> =
        expected.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect();
    assert_eq!(persons.iter().map(of).collect::<Vec<_>>(), expected);
    assert_eq!(table(&project, "out/runs/part-00000-of-00001.csv").len(), 3);
    let quality = table(&project, "out/quality/part-00000-of-00001.csv");
    let of_emil: Vec<_> = quality.iter().filter(|row| row["person_id"] == "p0005").collect();
    let said: Vec<_> =
        of_emil.iter().map(|row| (row["kind"].as_str(), row["reason"].as_str(), row["n"].as_str())).collect();
    assert_eq!(said, [("file", "empty_file", "2"), ("runner", "no_run", "1")], "nothing vanishes uncounted");
}

#[test]
fn no_table_tells_a_name_a_place_a_file_a_watch_or_a_pair() {
    let project = club();
    for (out, format, more) in [
        ("plain", "csv", &[][..]),
        ("keyed", "csv", &["--keys", "keys.csv"]),
        ("parquet", "parquet", &["--keys", "keys.csv"]),
    ] {
        project.treadlight(
            &[&["cohort", "club", "--out", out, "--format", format, "--as-of", "2026-03-10"], more].concat(),
        );
        for (file, bytes) in files(&project, out) {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            for planted in [
                "Anna",
                "Berg",
                "Cole",
                "Cleo",
                "Dora",
                "Secret",
                "Zanzibar",
                "3912345678",
                ".gpx",
                "54.0",
                "7.000",
            ] {
                assert!(!text.contains(planted), "{file} has {planted}");
            }
        }
    }
    let keys = fs::read_to_string(at(&project, "keys.csv")).unwrap();
    assert!(keys.contains("Anna Berg") && keys.contains("Dora"));
}
