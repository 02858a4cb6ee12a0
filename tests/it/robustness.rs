//! The whole program on folders that nobody would make on purpose: too many files, damaged ones, locked ones.

use std::{
    fs,
    time::{Duration, Instant},
};

use crate::project::{Project, fit_run, gpx_track};

const START: &str = "2026-03-01T08:00:00+01:00";

/// As many files as a folder may be made of before a test is done with waiting.
const MOST_FILES: usize = 100_000;
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Fills a folder with empty FIT files, notes and hidden files in turn; says how many of each there are.
fn fill(project: &Project) -> usize {
    let folder = project.path().join("runs");
    let start = Instant::now();
    let mut thirds = 0;
    while 3 * thirds < MOST_FILES && start.elapsed() < LONGEST_WAIT {
        // folders of 3,000, as a file system likes them
        let folder = folder.join(format!("{:03}", thirds / 1_000));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{thirds:06}.fit")), "").unwrap();
        fs::write(folder.join(format!("{thirds:06}.txt")), "a note").unwrap();
        fs::write(folder.join(format!(".{thirds:06}.fit")), "hidden").unwrap();
        thirds += 1;
    }
    if 3 * thirds < MOST_FILES {
        println!("skipped in part: only {} files could be made in {LONGEST_WAIT:?}", 3 * thirds);
    }
    thirds
}

#[test]
fn a_hundred_thousand_tiny_files_are_counted() {
    let project = Project::new();
    project.run(START, 5_000.0);
    let thirds = fill(&project);
    let runs = project.json(&["runs", "runs", "--format", "json", "--as-of", "2026-03-02"]);
    let skipped = runs["skipped"].as_array().unwrap();
    assert_eq!((runs["runs"].as_array().unwrap().len(), skipped.len()), (1, thirds));
    assert!(skipped.iter().all(|skipped| skipped["code"] == "empty-file"));
    assert_eq!(runs["ignored"], thirds);
    let said = project.treadlight(&["check", "runs", "--as-of", "2026-03-02"]);
    assert!(said.out.starts_with("1 run, 1 Mar 2026 ("), "{}", said.out);
    assert!(said.err.contains(&format!("notice: +{} more: ", thirds - 5)), "{}", said.err);
    assert!(said.err.lines().count() <= 10, "a few lines, not one for each: {}", said.err);
}

#[test]
fn a_folder_of_damaged_files_gives_a_report_and_a_word_on_each() {
    let project = Project::new();
    let (fit, gpx) = (fit_run(START, 600.0), gpx_track(START, 100, 3.0, "").into_bytes());
    let mut files = 0;
    for (ending, whole) in [("fit", fit), ("gpx", gpx)] {
        for number in 1..100 {
            // a bit flipped in the first part, the end cut off: some can be read, some cannot
            let mut bytes = whole[..whole.len() - number].to_vec();
            bytes[12 + number] ^= 1 << (number % 8);
            project.write(&format!("runs/{number:03}.{ending}"), bytes);
            files += 1;
        }
    }
    // a flipped bit may move a date into the future: what lies after the day of the report is not told
    let runs = project.json(&["runs", "runs", "--format", "json", "--as-of", "2099-12-31"]);
    let lists = ["runs", "others", "duplicates", "skipped"];
    let mut told: Vec<&str> = lists
        .iter()
        .flat_map(|list| runs[list].as_array().unwrap())
        .map(|entry| entry["file"].as_str().unwrap())
        .collect();
    told.sort_unstable();
    told.dedup();
    assert_eq!(told.len() + runs["ignored"].as_u64().unwrap() as usize, files);
    let said = project.treadlight(&["report", "runs", "--as-of", "2026-03-02", "--out", "out"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(!said.err.contains("panicked"), "{}", said.err);
}

#[test]
#[cfg(unix)]
fn a_folder_without_read_permission_is_skipped_with_the_reason_and_its_neighbours_are_read() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::new();
    project.run(START, 5_000.0).write("runs/locked/run.fit", fit_run("2026-03-02T08:00:00+01:00", 5_000.0));
    let locked = project.path().join("runs/locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read_dir(&locked).is_ok() {
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
        println!("skipped: permissions do not stop this user");
        return;
    }
    let runs = project.json(&["runs", "runs", "--format", "json", "--as-of", "2026-03-02"]);
    let said = project.treadlight(&["check", "runs", "--as-of", "2026-03-02"]);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(runs["runs"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&runs["skipped"][0]["file"], &runs["skipped"][0]["code"]),
        (&"locked".into(), &"unreadable".into())
    );
    assert!(said.err.starts_with("notice: `locked` skipped: cannot be read"), "{}", said.err);
}
