//! The runner's own word: runs excluded, corrected and taken back; silences set and ended; settings found and mended.

use std::fs;

use crate::project::{Project, Said};

/// Three runs on three days, the last one of 14 km.
fn three_runs() -> Project {
    let project = Project::new();
    project
        .run("2026-03-01T08:00:00+01:00", 5_000.0)
        .run("2026-03-03T08:00:00+01:00", 6_000.0)
        .run("2026-03-05T08:00:00+01:00", 14_000.0)
        .settings("# mine\nunits = \"km\"\nas_of = 2026-03-06\n");
    project
}

fn settings(project: &Project) -> String {
    fs::read_to_string(project.path().join("runs/treadlight.toml")).unwrap()
}

fn ids(project: &Project) -> Vec<String> {
    let runs = project.json(&["runs", "runs", "--format", "json"]);
    runs["runs"].as_array().unwrap().iter().map(|run| run["id"].as_str().unwrap().to_owned()).collect()
}

fn ok(said: &Said) -> &str {
    assert_eq!(said.code, 0, "{}", said.err);
    &said.out
}

fn refused(said: &Said) -> &str {
    assert_eq!(said.code, 2, "{}", said.out);
    &said.err
}

#[test]
fn a_run_is_excluded_explained_and_restored_by_its_id() {
    let project = three_runs();
    let id = "2026-03-05T08:00";
    let file = std::path::Path::new("runs").join("treadlight.toml").display().to_string();
    let exclude = ["runs", "exclude", id, "--note", "the drive home", "--folder", "runs"];
    let said = project.treadlight(&exclude);
    assert_eq!(ok(&said), format!("{id} does not count any more, in {file}\n"));
    assert_eq!(ids(&project), ["2026-03-01T08:00", "2026-03-03T08:00"]);
    assert!(settings(&project).starts_with("# mine\nunits = \"km\"\n"));

    let explained = project.treadlight(&["explain", "runs", id]);
    let out = ok(&explained);
    assert!(out.contains("does not count: excluded in treadlight.toml: the"), "{out}");
    assert!(out.contains(&format!("treadlight runs restore {id}")), "{out}");
    let again = project.treadlight(&exclude);
    assert!(
        refused(&again).contains(&format!("`treadlight runs restore {id}` takes it back")),
        "{}",
        again.err
    );

    let said = project.treadlight(&["runs", "restore", id, "--folder", "runs"]);
    assert_eq!(ok(&said), format!("{id} counts as its file says again, in {file}\n"));
    assert_eq!(ids(&project).len(), 3);
    let nothing = project.treadlight(&["runs", "restore", id, "--folder", "runs"]);
    assert!(
        refused(&nothing)
            .contains(&format!("nothing is said of `{id}` in {file}; excluded or corrected are: none")),
        "{}",
        nothing.err
    );
}

#[test]
fn a_run_is_corrected_and_a_preview_writes_nothing() {
    let project = three_runs();
    let before = settings(&project);
    let set = ["runs", "set", "last", "--distance", "4.2 km", "--race", "--folder", "runs"];
    let preview = project.treadlight(&[&set[..], &["--dry-run"]].concat());
    assert!(ok(&preview).contains("distance = \"4.2 km\", race = true"), "{}", preview.out);
    assert!(preview.out.ends_with("Nothing was written.\n"), "{}", preview.out);
    assert_eq!(settings(&project), before);
    ok(&project.treadlight(&set));
    let runs = project.json(&["runs", "runs", "--format", "json"]);
    assert_eq!((&runs["runs"][2]["distance_m"], &runs["runs"][2]["race"]), (&4200.0.into(), &true.into()));
    let empty = project.treadlight(&["runs", "set", "last", "--folder", "runs"]);
    assert!(refused(&empty).contains("say what is true of it"), "{}", empty.err);
}

#[test]
fn an_id_that_is_not_there_suggests_the_run_of_its_day() {
    let project = three_runs();
    for arguments in [
        &["explain", "runs", "2026-03-03T18:04"][..],
        &["runs", "exclude", "2026-03-03T18:04", "--folder", "runs"],
    ] {
        let said = project.treadlight(arguments);
        assert!(refused(&said).contains("did you mean `2026-03-03T08:00`?"), "{}", said.err);
    }
}

#[test]
fn the_last_run_is_explained_as_last() {
    let project = three_runs();
    let by_id = project.treadlight(&["explain", "runs", "2026-03-05T08:00"]);
    assert_eq!(ok(&project.treadlight(&["explain", "runs", "last"])), ok(&by_id));
}

#[test]
fn a_silence_goes_to_the_settings_that_reading_the_folder_uses_and_ends_there() {
    let project = three_runs();
    project.write("home/.config/treadlight/treadlight.toml", "# the user's\n");
    let ack = ["ack", "gap", "runs", "--until", "2026-03-20", "--because", "holiday"];
    let file = std::path::Path::new("runs").join("treadlight.toml").display().to_string();
    assert_eq!(ok(&project.treadlight(&ack)), format!("gap is silent until 20 Mar 2026, in {file}\n"));
    assert!(
        settings(&project).contains("[[acks]]\nrule = \"gap\"\nfrom = 2026-03-06\n"),
        "{}",
        settings(&project)
    );
    let users = fs::read_to_string(project.path().join("home/.config/treadlight/treadlight.toml")).unwrap();
    assert_eq!(users, "# the user's\n");

    let end = ["ack", "--end", "gap", "runs"];
    assert_eq!(ok(&project.treadlight(&end)), format!("gap is no longer silent, in {file}\n"));
    assert!(!settings(&project).contains("acks"), "{}", settings(&project));
    assert!(refused(&project.treadlight(&end)).contains(&format!("`gap` is not silent in {file}")));
    assert_eq!(project.treadlight(&["ack", "gap", "runs"]).code, 2, "neither a day nor `--end`");
}

#[test]
fn a_past_day_knows_neither_pairs_bought_later_nor_silences_set_later() {
    let project = three_runs();
    project.settings(
        "[[shoes]]\nname = \"old\"\ndefault = true\n[[shoes]]\nname = \"new\"\nfrom = 2026-03-04\n\
         [[shoe_rules]]\nshoe = \"new\"\ndistance = \"10 km..\"\n\
         [[acks]]\nrule = \"long-run-spike\"\nfrom = 2026-03-05\nuntil = 2026-12-31\nbecause = \"x\"\n",
    );
    let shoes = |as_of: &str| {
        let shoes = project.json(&["shoes", "runs", "--format", "json", "--as-of", as_of]);
        shoes["shoes"].as_array().unwrap().iter().map(|shoe| shoe["name"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(shoes("2026-03-03"), ["\"old\""]);
    assert_eq!(shoes("2026-03-04"), ["\"old\"", "\"new\""]);
    let check = |as_of: &str| project.treadlight(&["check", "runs", "--as-of", as_of]).out;
    assert!(!check("2026-03-04").contains("silent until"), "{}", check("2026-03-04"));
}

#[test]
fn before_the_first_run_the_day_of_the_first_is_said() {
    let project = three_runs();
    let said = project.treadlight(&["check", "runs", "--as-of", "2026-02-01"]);
    assert_eq!(said.code, 0);
    assert!(
        said.err.contains("notice: no run yet on 1 Feb 2026: the first is of 1 Mar 2026\n"),
        "{}",
        said.err
    );
}

#[test]
fn a_folder_that_moved_is_traced_to_the_settings_and_changed_there() {
    let project = three_runs();
    ok(&project.treadlight(&["init", "runs"]));
    fs::rename(project.path().join("runs"), project.path().join("moved")).unwrap();
    let said = project.treadlight(&["check"]);
    let error = refused(&said);
    assert!(error.contains("it stands under `folders` in ") && error.contains("treadlight.toml"), "{error}");
    assert!(error.contains("`treadlight init --change FOLDER`"), "{error}");
    let refusal = project.treadlight(&["init", "moved"]);
    assert!(refused(&refusal).contains("`treadlight init --change FOLDER`"), "{}", refusal.err);
    ok(&project.treadlight(&["init", "--change", "moved"]));
    ok(&project.treadlight(&["check"]));
    let typed = project.treadlight(&["check", "gone"]);
    assert!(
        refused(&typed).contains("the folder `gone` does not exist: check the spelling"),
        "{}",
        typed.err
    );
}

#[test]
fn a_folder_without_runs_is_an_error_about_the_folder_only() {
    let project = Project::new();
    project.settings("[runs]\n\"2026-03-01T08:00\" = { exclude = true }\n");
    let said = project.treadlight(&["check", "runs"]);
    let error = refused(&said);
    assert!(error.contains("no FIT, GPX or TCX file in `runs`") && !error.contains("[runs]"), "{error}");
}

#[test]
fn a_rule_for_shoes_that_fits_no_run_so_far_says_so() {
    let project = three_runs();
    project.settings("[[shoes]]\nname = \"a\"\n");
    let rule = |distance: &str| {
        project.treadlight(&["shoes", "rule", "a", "--distance", distance, "--folder", "runs"])
    };
    let none = rule("30 km..");
    assert!(none.err.contains("no run so far fits distance = \"30 km..\""), "{}", none.err);
    assert_eq!(none.code, 0);
    assert_eq!(rule("10 km..").err.matches("no run so far").count(), 0);
}

#[test]
fn csv_holds_no_formula_and_json_the_name_as_it_is() {
    let project = Project::new();
    project.write("runs/=cmd.fit", crate::project::fit_run("2026-03-01T08:00:00+01:00", 5_000.0));
    let csv = project.treadlight(&["runs", "runs", "--format", "csv"]);
    assert!(ok(&csv).contains(",'=cmd.fit,"), "{}", csv.out);
    let json = project.json(&["runs", "runs", "--format", "json"]);
    assert_eq!(json["runs"][0]["file"], "=cmd.fit");
}

#[test]
fn what_was_said_of_a_file_is_said_once_until_the_file_changes() {
    let project = three_runs();
    project.write("runs/broken.fit", b"\x0e\x10FIT nothing of it");
    let check = |more: &[&str]| project.treadlight(&[&["check", "runs"][..], more].concat()).err;
    let quiet = check(&["--quiet"]);
    assert_eq!(quiet, "", "and nothing is remembered as said");
    let without = check(&["--no-cache"]);
    assert!(without.contains("`broken.fit` skipped"), "{without}");
    let first = check(&[]);
    assert_eq!(first, without);
    assert_eq!(check(&[]), "", "once");
    assert_eq!(check(&["--no-cache"]), without, "without a memory as ever");
    assert!(check(&["-v"]).contains("`broken.fit` skipped"), "all for those who ask");
    let listed = project.treadlight(&["runs", "runs", "--skipped"]);
    assert!(listed.out.contains("broken.fit"), "{}", listed.out);
    project.write("runs/broken.fit", b"\x0e\x10FIT nothing of it, once more");
    assert_eq!(check(&[]), first, "it changed");
    assert_eq!(check(&[]), "");
    ok(&project.treadlight(&["cache", "clear"]));
    assert_eq!(check(&[]), first, "forgotten with the cache");
}

#[test]
fn a_file_is_remembered_whichever_folders_are_named_and_another_of_its_name_is_not() {
    let project = three_runs();
    project.write("runs/broken.fit", b"\x0e\x10FIT nothing of it");
    project.write("more/broken.fit", b"\x0e\x10FIT nothing of it");
    project.write("more/run.fit", crate::project::fit_run("2026-03-02T08:00:00+01:00", 5_000.0));
    let check = |folders: &[&str]| project.treadlight(&[&["check"][..], folders].concat()).err;
    assert_eq!(check(&["runs"]).matches("broken.fit` skipped").count(), 1);
    let both = check(&["runs", "more"]);
    assert_eq!(both.matches("broken.fit` skipped").count(), 1, "the one that was not said yet: {both}");
    assert!(both.contains("`more/broken.fit`"), "{both}");
    for folders in [&["more", "runs"][..], &["more"], &["./more"], &["runs"], &["more", "runs"]] {
        assert_eq!(check(folders), "", "{folders:?}");
    }
    for command in [&["next", "runs"][..], &["weeks", "runs"], &["runs", "runs"], &["shoes", "runs"]] {
        assert_eq!(project.treadlight(command).err, "", "{command:?}");
    }
}

#[test]
fn where_nothing_can_be_remembered_everything_is_said_each_time() {
    let project = three_runs();
    project.write("runs/broken.fit", b"\x0e\x10FIT nothing of it");
    // no folder can be made in a file
    project.write("home/.cache", "in the way");
    for _ in 0..2 {
        let said = project.treadlight(&["check", "runs"]);
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(said.err.contains("`broken.fit` skipped"), "{}", said.err);
    }
}

#[test]
fn a_damaged_memory_of_what_was_said_harms_nobody() {
    let project = three_runs();
    project.write("runs/broken.fit", b"\x0e\x10FIT nothing of it");
    let check = || project.treadlight(&["check", "runs"]);
    let first = check().err;
    let mut memories = Vec::new();
    for entry in walkdir(&project.path().join("home/.cache")) {
        if entry.extension().is_some_and(|ending| ending == "treadlight-said") {
            memories.push(entry);
        }
    }
    assert_eq!(memories.len(), 1);
    fs::write(&memories[0], b"\xff\x00 nonsense").unwrap();
    let again = check();
    assert_eq!((again.code, again.err), (0, first));
    assert_eq!(check().err, "");
}

fn walkdir(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(walkdir(&path)) } else { found.push(path) }
    }
    found
}
