//! The dependency rules of ARCHITECTURE.md, held by reading the source.

use std::{
    fs,
    path::{Path, PathBuf},
};

fn source_files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                files.push((name, without_comments_and_tests(&fs::read_to_string(&path).unwrap())));
            }
        }
    }
    assert!(files.len() > 40, "the source was not found");
    files
}

/// Code only: what a comment says or a test uses is no dependency.
fn without_comments_and_tests(text: &str) -> String {
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    code.join("\n").split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned()
}

/// Files that hold one of `words` although they do not start with one of `allowed`.
fn offenders(words: &[&str], allowed: &[&str]) -> Vec<String> {
    source_files()
        .into_iter()
        .filter(|(name, _)| !allowed.iter().any(|start| name.starts_with(start)))
        .filter(|(_, code)| words.iter().any(|word| code.contains(word)))
        .map(|(name, _)| name)
        .collect()
}

const NONE: [String; 0] = [];

#[test]
fn only_the_command_line_names_clap() {
    assert_eq!(offenders(&["clap::", "use clap"], &["cli/"]), NONE);
}

#[test]
fn only_tables_and_analysis_name_polars() {
    assert_eq!(offenders(&["polars"], &["table.rs", "analysis/"]), NONE);
}

#[test]
fn only_charts_name_plotters() {
    assert_eq!(offenders(&["plotters"], &["report/charts/"]), NONE);
}

#[test]
fn only_the_fit_reader_names_fitparser() {
    assert_eq!(offenders(&["fitparser"], &["import/formats/fit/"]), NONE);
}

#[test]
fn nothing_below_the_commands_reads_the_clock_or_the_environment() {
    let words = [
        "Utc::now",
        "Local::now",
        "SystemTime::now",
        "Instant::now",
        "std::env",
        "env::var",
        "chrono::Local",
    ];
    assert_eq!(offenders(&words, &["commands/environment.rs", "main.rs"]), NONE);
}

#[test]
fn nothing_below_the_commands_prints() {
    assert_eq!(offenders(&["println!", "eprint", "stdout()", "stderr()"], &["commands/"]), NONE);
}

#[test]
fn only_commands_and_the_import_touch_files() {
    let words = ["std::fs", "fs::", "File::open", "File::create"];
    assert_eq!(offenders(&words, &["commands/", "import/files/"]), NONE);
}

#[test]
fn dependencies_point_one_way() {
    for (folder, forbidden) in [
        (
            "import/",
            &["crate::analysis", "crate::table", "crate::report", "crate::commands", "crate::warning"][..],
        ),
        ("analysis/", &["crate::report", "crate::commands", "crate::import"]),
        ("table.rs", &["crate::report", "crate::commands", "crate::import", "crate::analysis"]),
        (
            "warning/",
            &["crate::report", "crate::commands", "crate::import", "crate::analysis", "crate::table"],
        ),
        ("report/", &["crate::commands"]),
        (
            "plan.rs",
            &["crate::analysis", "crate::report", "crate::commands", "crate::import", "crate::table"],
        ),
        ("units.rs", &["crate::"]),
        ("dates.rs", &["crate::"]),
        ("activity/", &["crate::"]),
    ] {
        for (name, code) in source_files().into_iter().filter(|(name, _)| name.starts_with(folder)) {
            for word in forbidden {
                assert!(!code.contains(word), "{name} depends on {word}");
            }
        }
    }
}

#[test]
fn main_stays_short() {
    let main = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs")).unwrap();
    assert!(main.lines().count() <= 40);
}

#[test]
fn every_rule_file_states_its_formula_its_source_and_its_grade() {
    for rule in [
        "rules/long_run_spike",
        "rules/gap",
        "rules/weekly_jump",
        "rules/step_stack",
        "rules/no_rest",
        "rules/descent_spike",
        "rules/ten_percent",
        "rules/acute_chronic",
        "caps/mod",
        "load/mod",
        "load/moving",
        "load/series",
        "load/weekly",
        "shoes/mod",
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/analysis/{rule}.rs"));
        let text = fs::read_to_string(path).unwrap();
        let head: String = text.lines().take_while(|line| line.starts_with("//!")).collect();
        for word in ["```text", "Source", "vidence grade"] {
            assert!(head.contains(word), "{rule}: no `{word}` in its head");
        }
    }
}

/// What comes after a recording is measured: no reader needs it.
const AFTER_READING: [&str; 5] = ["cache", "join", "judge", "reading", "tracks"];

#[test]
fn the_fuzz_crate_names_every_module_of_the_readers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(fuzzed) = fs::read_to_string(root.join("fuzz/src/lib.rs")) else {
        println!("skipped: a package from crates.io has no fuzz crate");
        return;
    };
    let import = fs::read_to_string(root.join("src/import/mod.rs")).unwrap();
    let modules = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|line| line.trim().trim_start_matches("pub ").to_owned());
        lines.filter_map(|line| Some(line.strip_prefix("mod ")?.strip_suffix(';')?.to_owned())).collect()
    };
    let fuzzed = modules(&fuzzed);
    let mut missing = modules(&import);
    assert!(missing.len() > 8, "the modules were not found");
    missing.retain(|name| !fuzzed.contains(name) && !AFTER_READING.contains(&name.as_str()));
    assert_eq!(missing, NONE);
}
