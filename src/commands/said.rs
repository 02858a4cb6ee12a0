//! What was said of files: each remark once, until its file changes.
//!
//! The memory of it lies beside the cache of the import and is never needed: where it cannot be read or written, everything
//! is said again. A file is known by where it lies, whichever folders are named and in which order.

use std::{
    collections::HashSet,
    fmt::Write,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use super::{
    Options,
    cache::{SAID_ENDING, Store},
    output::{self, notice},
    paths,
};

/// Its first line: another version is not read.
const VERSION: &str = "treadlight-said 1";
/// More than so many are not worth remembering: then only those of this time are kept.
const MOST: usize = 50_000;

/// A line about a file, or about several.
#[derive(Debug)]
pub(super) struct Remark {
    file: Option<String>,
    line: String,
}

impl Remark {
    /// About a file, by its name in the import.
    pub(super) fn of_file(file: &str, line: String) -> Self {
        Self { file: Some(file.to_owned()), line }
    }

    /// About the file that the line names first between backticks, if it names one.
    pub(super) fn of_line(line: String) -> Self {
        let file = line.strip_prefix('`').and_then(|rest| rest.split('`').next()).map(str::to_owned);
        Self { file, line }
    }

    /// Changes with the words, and with place, size and time of the file.
    fn key(&self, folders: &[PathBuf]) -> u64 {
        let mut hasher = DefaultHasher::new();
        let file = self.file.as_deref().unwrap_or_default();
        // its name depends on the folders that are named
        self.line.replacen(file, "", 1).hash(&mut hasher);
        match on_disk(file, folders) {
            Some((place, metadata)) => {
                place.hash(&mut hasher);
                metadata.len().hash(&mut hasher);
                metadata.modified().ok().hash(&mut hasher);
            }
            None => file.hash(&mut hasher),
        }
        hasher.finish()
    }
}

/// Where a file lies, and what the disk knows of it or of the archive that holds it.
fn on_disk(file: &str, folders: &[PathBuf]) -> Option<(PathBuf, fs::Metadata)> {
    let whole = PathBuf::from(paths::whole(file, folders));
    let is_file = |path: &&Path| fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
    let holder = whole.ancestors().find(is_file)?;
    let member = whole.strip_prefix(holder).ok()?;
    Some((holder.canonicalize().ok()?.join(member), fs::metadata(holder).ok()?))
}

/// What earlier commands said, and what this one says.
#[derive(Debug)]
pub(super) struct Said {
    /// Where it is remembered; `None`: nowhere, and everything is said.
    memory: Option<PathBuf>,
    before: HashSet<u64>,
    now: HashSet<u64>,
    everything: bool,
}

impl Said {
    /// What was said before; nothing is remembered with `--no-cache`.
    pub(super) fn of_user(options: &Options) -> Self {
        let memory =
            Store::of_user(options).folder().map(|folder| folder.join(format!("files.{SAID_ENDING}")));
        let text = memory.as_ref().and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
        Self { memory, before: read(&text), now: HashSet::new(), everything: options.verbose }
    }

    /// The lines that were not said yet, or all where all are asked for.
    pub(super) fn news(&mut self, remarks: Vec<Remark>, folders: &[PathBuf]) -> Vec<String> {
        let is_news = |remark: &Remark| {
            let key = remark.key(folders);
            self.now.insert(key);
            self.everything || !self.before.contains(&key)
        };
        remarks.into_iter().filter(is_news).map(|remark| remark.line).collect()
    }

    /// Remembers what was said now.
    pub(super) fn keep(self, verbose: bool) {
        let Some(file) = self.memory.filter(|_| !self.now.is_subset(&self.before)) else { return };
        let all =
            if self.before.len() > MOST { self.now } else { self.now.union(&self.before).copied().collect() };
        let folder = file.parent().unwrap_or(Path::new("."));
        let written = fs::create_dir_all(folder)
            .map_err(anyhow::Error::from)
            .and_then(|()| output::write_file(&file, written(&all).as_bytes()));
        if let Err(error) = written
            && verbose
        {
            notice(&format!("notice: what was said of files is not remembered: {error:#}"));
        }
    }
}

fn read(text: &str) -> HashSet<u64> {
    let mut lines = text.lines();
    if lines.next() != Some(VERSION) {
        return HashSet::new();
    }
    lines.filter_map(|line| u64::from_str_radix(line, 16).ok()).collect()
}

fn written(keys: &HashSet<u64>) -> String {
    let mut keys: Vec<&u64> = keys.iter().collect();
    keys.sort_unstable();
    keys.into_iter().fold(format!("{VERSION}\n"), |mut text, key| {
        // a String takes everything
        let _ = writeln!(text, "{key:016x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_read_back_and_damage_is_nothing_said() {
        let keys = HashSet::from([1, u64::MAX]);
        assert_eq!(read(&written(&keys)), keys);
        for damaged in ["", "treadlight-said 2\n0000000000000001\n", "\0\u{1}x"] {
            assert!(read(damaged).is_empty(), "{damaged:?}");
        }
        assert_eq!(read("treadlight-said 1\nhello\n00000000000000ff\n"), HashSet::from([255]));
    }

    #[test]
    fn a_line_names_its_file_between_backticks() {
        assert_eq!(Remark::of_line("`a/b.csv`: 1 row".to_owned()).file.as_deref(), Some("a/b.csv"));
        assert_eq!(Remark::of_line("1 row of an index".to_owned()).file, None);
    }
}
