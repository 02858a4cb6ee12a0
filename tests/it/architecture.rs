//! The dependency rules of ARCHITECTURE.md, held by reading the source.

use std::{collections::BTreeSet, fs, path::Path};

use crate::source::source_files;

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
    assert_eq!(offenders(&["polars"], &["table/", "analysis/"]), NONE);
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
fn only_its_own_files_name_parquet() {
    assert_eq!(offenders(&["parquet::basic", "parquet::file", "use ::parquet"], &["columns/parquet/"]), NONE);
}

#[test]
fn only_the_watch_names_the_watcher() {
    assert_eq!(offenders(&["notify::Watcher", "use notify::{"], &["commands/watch/events.rs"]), NONE);
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
fn what_is_said_knows_no_width_and_no_renderer() {
    let words = ["report::render", "super::render", "textwrap", "anstyle"];
    assert_eq!(offenders(&words, &["commands/", "report/render/", "cli/"]), NONE);
    // a renderer is handed a page: it asks neither history nor words
    for (name, code) in source_files().into_iter().filter(|(name, _)| name.starts_with("report/render/")) {
        for word in
            ["crate::analysis", "crate::import", "crate::activity", "report::sections", "report::words"]
        {
            assert!(!code.contains(word), "{name} depends on {word}");
        }
    }
    assert_eq!(offenders(&["thread_local!", "Box::leak", "strip_str"], &[]), NONE);
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
        ("validation/", &["crate::report", "crate::commands", "crate::import", "crate::table"]),
        ("table/", &["crate::report", "crate::commands", "crate::import", "crate::analysis"]),
        (
            "warning/",
            &["crate::report", "crate::commands", "crate::import", "crate::analysis", "crate::table"],
        ),
        ("cohort/", &["crate::report", "crate::commands"]),
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

/// What of `analysis/` computes by a formula although it is no rule.
const FORMULAS: [&str; 11] = [
    "limits/blocks.rs",
    "limits/credit.rs",
    "limits/gap.rs",
    "limits/spike_hold.rs",
    "limits/step_stack.rs",
    "limits/weekly_jump.rs",
    "load/mod.rs",
    "load/moving.rs",
    "load/series.rs",
    "load/weekly.rs",
    "shoes/mod.rs",
];
/// What of `analysis/rules/` is no rule.
const NO_RULES: [&str; 2] = ["guards.rs", "mod.rs"];

fn rule_files() -> Vec<String> {
    let files = source_files().into_iter().filter_map(|(name, _)| {
        name.strip_prefix("analysis/rules/").filter(|name| !NO_RULES.contains(name)).map(str::to_owned)
    });
    files.collect()
}

#[test]
fn every_rule_file_states_its_formula_its_source_and_its_grade() {
    let rules = rule_files();
    assert!(rules.len() > 8, "the rules were not found");
    let rules = rules.iter().map(|file| format!("rules/{file}"));
    for file in rules.chain(FORMULAS.map(str::to_owned)) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/analysis").join(&file);
        let text = fs::read_to_string(path).unwrap();
        let head: String = text.lines().take_while(|line| line.starts_with("//!")).collect();
        for word in ["```text", "ource", "vidence grade"] {
            assert!(head.contains(word), "{file}: no `{word}` in its head");
        }
    }
}

#[test]
fn every_rule_file_is_in_the_table_and_every_rule_of_the_table_in_the_documents() {
    let table =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/analysis/rules/mod.rs")).unwrap();
    for file in rule_files() {
        let module = file.trim_end_matches(".rs");
        assert!(table.contains(&format!("rule: &{module}::RULE,")), "{file} is not in RULES");
    }
    for document in ["README.md", "docs/evidence.md"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).unwrap();
        for rule in treadlight::analysis::rules::known() {
            assert!(text.contains(&format!("`{}`", rule.id)), "{document} does not name `{}`", rule.id);
        }
    }
}

#[test]
fn rules_are_named_in_their_files_and_in_their_sentences_only() {
    let files = source_files();
    let of_rules = |name: &str| name.starts_with("analysis/rules/") || name.starts_with("report/words/");
    assert!(files.iter().any(|(name, code)| of_rules(name) && code.contains("Facts::DescentSpike")));
    for (name, code) in files.iter().filter(|(name, _)| !of_rules(name)) {
        assert!(!code.replace("WeekFacts::", "").contains("Facts::"), "{name} asks what only one rule knows");
    }
    let named = files.iter().map(|(_, code)| code.matches("DescentSpike").count()).sum::<usize>();
    assert!(named <= 3, "DescentSpike is named {named} times");
}

/// Links of Markdown and paths in backticks that begin like one of the repository's folders.
fn paths_in(text: &str) -> Vec<String> {
    let folders = ["src/", "tests/", "docs/", "benches/", "fuzz/", ".ci/", "sample_data/"];
    let links = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    let ticks = text.split('`').skip(1).step_by(2);
    let quoted = ticks.filter(|quoted| {
        folders.iter().any(|folder| quoted.starts_with(folder)) && !quoted.contains([' ', '*', '…'])
    });
    let local = links.filter(|link| !link.is_empty() && !link.contains(':'));
    local.chain(quoted).map(str::to_owned).collect()
}

#[test]
fn every_path_in_the_documents_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let documents = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "benches/README.md"];
    let mut seen = 0;
    for document in
        documents.into_iter().chain(["docs/cohort.md", "docs/evidence.md", "docs/knee.md", "docs/tables.md"])
    {
        let text = fs::read_to_string(root.join(document)).unwrap();
        let beside = root.join(document).parent().unwrap().to_owned();
        for path in paths_in(&text) {
            let exists = root.join(&path).exists() || beside.join(&path).exists();
            assert!(exists, "{document} names `{path}`, which does not exist");
            seen += 1;
        }
    }
    assert!(seen > 100, "only {seen} paths were found");
}

#[test]
fn caches_are_stale_after_a_change_of_anything_that_the_import_names() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let hashed = fs::read_to_string(root.join("build.rs")).unwrap();
    let mut named = BTreeSet::new();
    for (_, code) in source_files().into_iter().filter(|(name, _)| name.starts_with("import/")) {
        named.extend(rooms_named(&code));
    }
    assert!(named.contains("activity") && named.contains("units"), "{named:?}");
    named.retain(|room| {
        !hashed.contains(&format!("\"src/{room}\"")) && !hashed.contains(&format!("\"src/{room}.rs\""))
    });
    assert_eq!(named, BTreeSet::new());
}

/// The modules at the top that some code names: `crate::units`, `crate::{units, activity::Sport}`.
fn rooms_named(code: &str) -> BTreeSet<String> {
    let word =
        |text: &str| text.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect::<String>();
    let mut rooms = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let Some(list) = rest.strip_prefix('{') else {
            rooms.insert(word(rest));
            continue;
        };
        let mut depth = 1;
        let mut begins = true;
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => begins = true,
                c if begins && c.is_ascii_lowercase() => {
                    rooms.insert(word(&list[at..]));
                    begins = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    rooms
}

/// What comes after a recording is measured: no reader needs it.
const AFTER_READING: [&str; 7] = ["cache", "imported", "join", "judge", "reading", "told", "tracks"];

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
