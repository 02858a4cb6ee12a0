//! The source of treadlight, for the tests that read it.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Every file of `src` by its path from there, without comments and tests.
pub(crate) fn source_files() -> Vec<(String, String)> {
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
