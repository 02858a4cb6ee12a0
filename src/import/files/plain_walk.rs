//! A walk through folders that hold folders and files and nothing else: each file is looked at from its own folder, which
//! spares the system the way there.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, DirEntry},
    path::{Path, PathBuf},
};

use super::{pool, stamp::Stamp};

/// An entry keeps its folder open until it is looked at: a process may have a thousand.
const MOST_FOLDERS_OPEN: usize = 200;

/// Every file with its stamp, folder by folder in the order of their names, none that is hidden; `None` where a link, a
/// device, or anything that cannot be looked at asks for a walk with more care.
pub(super) fn files(folder: &Path, is_hidden: fn(&OsStr) -> bool) -> Option<Vec<(PathBuf, Stamp)>> {
    let mut files = Vec::new();
    let (mut ahead, mut open, mut entries) = (contents(folder, is_hidden)?, 1, Vec::new());
    while let Some(next) = ahead.pop() {
        if !next.is_folder {
            entries.push(next.entry);
            continue;
        }
        ahead.extend(contents(&next.entry.path(), is_hidden)?);
        open += 1;
        if open == MOST_FOLDERS_OPEN {
            files.extend(look_at(std::mem::take(&mut entries))?);
            open = 0;
        }
    }
    files.extend(look_at(entries)?);
    Some(files)
}

/// A folder or a file on the way.
struct Next {
    name: OsString,
    entry: DirEntry,
    is_folder: bool,
}

/// What a folder holds, the first by name at the end.
fn contents(folder: &Path, is_hidden: fn(&OsStr) -> bool) -> Option<Vec<Next>> {
    let mut contents = Vec::new();
    for entry in fs::read_dir(folder).ok()? {
        let entry = entry.ok()?;
        let kind = entry.file_type().ok()?;
        let name = entry.file_name();
        if is_hidden(&name) {
            continue;
        }
        if !kind.is_dir() && !kind.is_file() {
            return None;
        }
        contents.push(Next { name, entry, is_folder: kind.is_dir() });
    }
    contents.sort_unstable_by(|a, b| b.name.cmp(&a.name));
    Some(contents)
}

/// The larger part of a second run, so side by side.
fn look_at(entries: Vec<DirEntry>) -> Option<Vec<(PathBuf, Stamp)>> {
    let look = |entry: DirEntry| Some((entry.path(), Stamp::of(&entry.metadata().ok()?)));
    pool::in_shares(entries, &look).into_iter().collect()
}
