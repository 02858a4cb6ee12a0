//! No circle of files, and the order in which rooms may know each other, held by reading every `use` of the source.
//!
//! A file depends on the file of the module that a `use` or a `crate::` path names; a `pub use` only passes a name on. A
//! parent that calls its child by name (`ack::run`) is a table of contents and no arrow.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::source_files;

/// The rooms from the ground up; one may know those of lower floors, and itself.
const FLOORS: &[&[&str]] = &[
    &["capitals.rs", "units.rs", "dates.rs", "activity/"],
    &["fields", "warning/", "plan.rs", "fit_encoder.rs"],
    &["table/", "settings/", "columns/"],
    &["knee/"],
    &["import/", "analysis/", "demo/"],
    &["validation/"],
    &["cohort/"],
    &["report/words/", "report/suspicion.rs"],
    &["report/machine/", "report/charts/"],
    &["report/page.rs"],
    &["report/sections/", "report/render/"],
    &["report/mod.rs"],
    &["commands/"],
    &["cli/"],
    &["lib.rs", "main.rs"],
];

type Files = BTreeMap<String, String>;
type Arrows = BTreeMap<String, BTreeSet<String>>;

/// Every file of the source as far as it can name another.
fn source() -> Files {
    source_files().into_iter().map(|(name, code)| (name, names_only(&code))).collect()
}

fn names_only(code: &str) -> String {
    let lines: Vec<&str> = code.lines().map(|line| line.split(" // ").next().unwrap_or_default()).collect();
    // who may see a thing is no use of it
    lines.join("\n").replace("pub(in crate::", "pub(in ")
}

/// `import/files/find.rs` is the module `import::files::find`, `import/mod.rs` is `import`.
fn module_of(file: &str) -> Vec<String> {
    let stem = file.trim_end_matches(".rs").trim_end_matches("/mod");
    if stem == "lib" || stem == "main" { Vec::new() } else { stem.split('/').map(str::to_owned).collect() }
}

/// Every path of a tree such as `a::{b, c::{d, e as f}}`.
fn leaves(tree: &str, before: &[String], found: &mut Vec<Vec<String>>) {
    let mut depth = 0;
    let mut start = 0;
    let mut parts = Vec::new();
    for (at, c) in tree.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&tree[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&tree[start..]);
    for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        let (path, inside) = part.split_once('{').unwrap_or((part, ""));
        let path = path.split(" as ").next().unwrap_or_default();
        let names = path.split("::").map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        let whole: Vec<String> = before.iter().cloned().chain(names).collect();
        if part.contains('{') {
            leaves(inside.trim_end().strip_suffix('}').unwrap_or(inside), &whole, found);
        } else {
            found.push(whole);
        }
    }
}

/// Every path that a file takes something from: its `use`s, and `crate::` in its code.
fn paths_in(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for statement in text.split(';') {
        let is_use = |line: &str| line.trim_start().starts_with("use ");
        let is_passed_on = |line: &str| line.trim_start().starts_with("pub") && line.contains(" use ");
        let used = statement.lines().skip_while(|line| !is_use(line)).collect::<Vec<_>>().join(" ");
        if let Some(tree) = used.trim_start().strip_prefix("use ") {
            leaves(tree, &[], &mut found);
        }
        for line in statement.lines().take_while(|line| !is_use(line) && !is_passed_on(line)) {
            for rest in line.split("crate::").skip(1) {
                let end =
                    rest.find(|c: char| !(c.is_alphanumeric() || "_:".contains(c))).unwrap_or(rest.len());
                leaves(&format!("crate::{}", &rest[..end]), &[], &mut found);
            }
        }
    }
    found
}

/// The file whose module is the longest beginning of a path, seen from a module.
fn file_of(path: &[String], from: &[String], modules: &BTreeMap<Vec<String>, String>) -> Option<String> {
    let mut base = from.to_vec();
    let mut rest = path;
    match path.first()?.as_str() {
        "crate" => (base, rest) = (Vec::new(), &path[1..]),
        "self" => rest = &path[1..],
        "super" => {
            while rest.first().is_some_and(|name| name == "super") {
                base.pop();
                rest = &rest[1..];
            }
        }
        _ => {}
    }
    let whole: Vec<String> = base.iter().chain(rest).cloned().collect();
    let shortest = if path[0] == "crate" { 1 } else { base.len().max(1) };
    let is_outside = !matches!(path[0].as_str(), "crate" | "self" | "super");
    let lengths = (shortest..=whole.len()).rev();
    let found = lengths.filter(|length| !is_outside || *length > base.len());
    found.filter_map(|length| modules.get(&whole[..length])).next().cloned()
}

fn arrows(files: &Files) -> Arrows {
    let modules: BTreeMap<Vec<String>, String> =
        files.keys().filter(|file| *file != "main.rs").map(|file| (module_of(file), file.clone())).collect();
    let of_file = |(file, text): (&String, &String)| {
        let from = module_of(file);
        let to = paths_in(text).into_iter().filter_map(|path| file_of(&path, &from, &modules));
        (file.clone(), to.filter(|to| to != file && to != "lib.rs").collect())
    };
    files.iter().map(of_file).collect()
}

fn reachable(from: &str, arrows: &Arrows) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> = vec![from];
    while let Some(file) = open.pop() {
        for to in &arrows[file] {
            if seen.insert(to.clone()) {
                open.push(to);
            }
        }
    }
    seen
}

/// Groups of files each of which depends on every other, through whatever lies between.
fn circles(arrows: &Arrows) -> BTreeSet<Vec<String>> {
    let reach: BTreeMap<&String, BTreeSet<String>> =
        arrows.keys().map(|file| (file, reachable(file, arrows))).collect();
    let circle = |file: &String| -> Vec<String> {
        reach[file].iter().filter(|other| reach[other].contains(file)).cloned().collect()
    };
    reach.iter().filter(|(file, to)| to.contains(**file)).map(|(file, _)| circle(file)).collect()
}

#[test]
fn what_stands_below_an_item_of_tests_is_read_too() {
    let charts = &source()["report/charts/mod.rs"];
    let (_, below) = charts.split_once("#[cfg(test)]").expect("the sample of the charts is for tests");
    assert!(below.contains("use kit::canvas"));
    assert!(!charts.contains("mod tests"));
}

#[test]
fn no_files_depend_on_each_other_in_a_circle() {
    let arrows = arrows(&source());
    assert!(arrows.values().map(BTreeSet::len).sum::<usize>() > 300, "the arrows were not found");
    let circles = circles(&arrows);
    assert!(circles.is_empty(), "circles of files: {circles:#?}");
}

fn floor_of(file: &str) -> usize {
    let floor = FLOORS.iter().position(|rooms| rooms.iter().any(|room| file.starts_with(room)));
    floor.unwrap_or_else(|| panic!("{file} stands in no room"))
}

#[test]
fn no_room_knows_one_above_it_or_beside_it() {
    let mut upward = Vec::new();
    for (from, all) in arrows(&source()) {
        for to in all {
            let room = |file: &str| FLOORS[floor_of(file)].iter().position(|room| file.starts_with(room));
            let is_up = floor_of(&to) > floor_of(&from);
            let is_beside = floor_of(&to) == floor_of(&from) && room(&to) != room(&from);
            if is_up || is_beside {
                upward.push(format!("{from} -> {to}"));
            }
        }
    }
    assert!(upward.is_empty(), "{upward:#?}");
}

#[test]
fn trees_of_use_are_taken_apart() {
    let paths = paths_in(
        "use crate::{a::{self, B}, c::D as E};\nuse super::f;\nfn x() { crate::g::h() }\npub use crate::i::J;",
    );
    let joined: Vec<String> = paths.iter().map(|path| path.join("::")).collect();
    assert_eq!(joined, ["crate::a::self", "crate::a::B", "crate::c::D", "super::f", "crate::g::h"]);
}
