//! Finds the files of a folder tree: sorted, without hidden ones, symlink loops, pipes or devices.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use walkdir::{DirEntry, WalkDir};

use super::{plain_walk, pool, stamp::Stamp};

/// A file that may hold activities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// Its name in every output: the path inside its folder, with `/`.
    pub name: String,
    /// Which of the folders it was found in.
    pub root: usize,
    /// Its size, times and place, if it could be looked at.
    pub stamp: Option<Stamp>,
    /// How much of its name is the folder's own.
    prefix_bytes: usize,
}

impl Source {
    /// A file that no walk found.
    #[must_use]
    pub fn new(path: PathBuf, name: &str) -> Self {
        Self { path, name: name.to_owned(), root: 0, stamp: None, prefix_bytes: 0 }
    }

    /// The path inside its folder, with `/`.
    #[must_use]
    pub fn path_in_root(&self) -> &str {
        self.name.get(self.prefix_bytes..).unwrap_or(&self.name)
    }
}

/// Something in the tree that cannot be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreachable {
    /// Path inside the folder.
    pub name: String,
    /// What the system says.
    pub error: String,
}

/// What a walk found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Regular files, sorted by name.
    pub sources: Vec<Source>,
    /// Folders and files that could not be looked at.
    pub unreachable: Vec<Unreachable>,
}

/// Walks folders (or takes single files) in the given order.
///
/// With several folders every name starts with its folder's own name, so that names stay apart.
#[must_use]
pub fn find_sources(folders: &[PathBuf]) -> Found {
    let mut found = Found::default();
    for (root, folder) in folders.iter().enumerate() {
        let prefix = if folders.len() > 1 { folder_name(folder) } else { String::new() };
        walk(folder, root, &prefix, &mut found);
    }
    if folders.len() > 1 {
        let mut seen = std::collections::HashSet::new();
        found.sources.retain(|source| seen.insert(source.path.clone()));
    }
    found
}

fn walk(folder: &Path, root: usize, prefix: &str, found: &mut Found) {
    let source = |path: PathBuf, stamp: Option<Stamp>| {
        let name = name_within(&path, folder, prefix);
        Source { path, name, root, stamp, prefix_bytes: prefix.len() }
    };
    let mut sources: Vec<Source> = match plain_walk::files(folder, is_hidden) {
        Some(files) => files.into_iter().map(|(path, stamp)| source(path, Some(stamp))).collect(),
        None => {
            let paths = careful_walk(folder, prefix, &mut found.unreachable);
            let mut sources: Vec<Source> = paths.into_iter().map(|path| source(path, None)).collect();
            // two names that are no UTF-8 may look the same
            sources.sort_by_cached_key(|source| (in_order(&source.name), source.path.clone()));
            look_at(&mut sources);
            sources
        }
    };
    found.sources.append(&mut sources);
}

/// Follows links, but not in circles, and says what cannot be looked at.
fn careful_walk(folder: &Path, prefix: &str, unreachable: &mut Vec<Unreachable>) -> Vec<PathBuf> {
    let entries = WalkDir::new(folder).follow_links(true);
    let is_shown = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry.file_name());
    let mut paths = Vec::new();
    for entry in entries.into_iter().filter_entry(is_shown) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => paths.push(entry.into_path()),
            Ok(_) => {}
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => {
                let name = name_within(error.path().unwrap_or(folder), folder, prefix);
                let error = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                unreachable.push(Unreachable { name, error });
            }
        }
    }
    paths
}

/// What names are sorted by: folder by folder, as a walk in order would meet them.
fn in_order(name: &str) -> Vec<u8> {
    name.bytes().map(|byte| if byte == b'/' { 0 } else { byte }).collect()
}

/// Looks at every file by its path.
fn look_at(sources: &mut [Source]) {
    let look = |source: &Source| source.path.metadata().ok().map(|metadata| Stamp::of(&metadata));
    let stamps = pool::in_shares(sources.iter().collect(), &look);
    sources.iter_mut().zip(stamps).for_each(|(source, stamp)| source.stamp = stamp);
}

/// Dot files, which hold the AppleDouble shadows `._name` too.
fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn folder_name(folder: &Path) -> String {
    folder.file_name().map(|name| format!("{}/", name.to_string_lossy())).unwrap_or_default()
}

fn name_within(path: &Path, folder: &Path, prefix: &str) -> String {
    if let Some(inside) = plainly_within(path, folder) {
        return format!("{prefix}{inside}");
    }
    let inside = path.strip_prefix(folder).ok().filter(|inside| !inside.as_os_str().is_empty());
    let inside = inside.unwrap_or_else(|| path.file_name().map_or(path, Path::new));
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    format!("{prefix}{}", parts.join("/"))
}

/// The same without a look at every part, where a walk has put one name after the other.
fn plainly_within<'a>(path: &'a Path, folder: &Path) -> Option<&'a str> {
    let inside = path.to_str()?.strip_prefix(folder.to_str()?)?.trim_start_matches('/');
    (std::path::MAIN_SEPARATOR == '/' && !inside.is_empty()).then_some(inside)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn names(folders: &[PathBuf]) -> Vec<String> {
        find_sources(folders).sources.into_iter().map(|source| source.name).collect()
    }

    #[test]
    fn files_are_found_in_order_and_hidden_ones_are_not() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("2026/02")).unwrap();
        fs::create_dir_all(folder.path().join(".trash")).unwrap();
        for file in ["b.fit", "2026/02/a.gpx", ".hidden.fit", "._b.fit", ".trash/c.fit"] {
            fs::write(folder.path().join(file), "x").unwrap();
        }
        assert_eq!(names(&[folder.path().to_owned()]), ["2026/02/a.gpx", "b.fit"]);
    }

    #[test]
    fn a_folder_comes_where_its_name_comes_and_every_file_is_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["a/z.fit", "a b/y.fit", "a-b.fit", "a.fit", "b/c/d.fit", "b/c.fit"] {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let sorted = ["a/z.fit", "a b/y.fit", "a-b.fit", "a.fit", "b/c/d.fit", "b/c.fit"];
        assert_eq!(names(&[folder.path().to_owned()]), sorted);
        (0..1_000).for_each(|i| fs::write(folder.path().join(format!("{i}.gpx")), "xy").unwrap());
        let found = find_sources(&[folder.path().to_owned()]);
        assert_eq!(found.sources.len(), sorted.len() + 1_000);
        let bytes = found.sources.iter().map(|source| source.stamp.unwrap().bytes);
        assert_eq!(bytes.sum::<u64>() as usize, sorted.len() + 2_000);
    }

    #[test]
    fn several_folders_keep_their_names_and_the_same_file_is_found_once() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("one")).unwrap();
        fs::write(folder.path().join("one/a.fit"), "x").unwrap();
        let one = folder.path().join("one");
        assert_eq!(names(&[one.clone(), one]), ["one/a.fit"]);
    }

    #[test]
    #[cfg(unix)]
    fn a_symlink_loop_ends_and_a_pipe_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.fit"), "x").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
        let pipe = folder.path().join("pipe.fit");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if !made.is_ok_and(|status| status.success()) {
            println!("skipped in part: no mkfifo here");
        }
        let found = find_sources(&[folder.path().to_owned()]);
        assert_eq!(found.sources.len(), 1);
        assert_eq!(found.unreachable, []);
    }

    #[test]
    #[cfg(unix)]
    fn a_walk_without_links_finds_what_a_careful_one_finds() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for i in 0..450 {
            let name = format!("{}/{}{i}.fit", i % 300, if i % 50 == 7 { "." } else { "" });
            fs::create_dir_all(path(&name).parent().unwrap()).unwrap();
            fs::write(path(&name), "x".repeat(i)).unwrap();
        }
        let plainly = find_sources(&[folder.path().to_owned()]);
        assert_eq!(plainly.sources.len(), 441);
        assert!(plain_walk::files(folder.path(), is_hidden).is_some());
        // a link into nowhere asks for care, and is nothing to read
        std::os::unix::fs::symlink("nowhere", path("7/link.fit")).unwrap();
        assert!(plain_walk::files(folder.path(), is_hidden).is_none());
        let carefully = find_sources(&[folder.path().to_owned()]);
        assert_eq!(carefully.sources, plainly.sources);
        assert_eq!(carefully.unreachable.len(), 1);
    }

    #[test]
    fn a_single_file_can_stand_for_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.fit");
        fs::write(&file, "x").unwrap();
        assert_eq!(names(&[file]), ["a.fit"]);
    }
}
