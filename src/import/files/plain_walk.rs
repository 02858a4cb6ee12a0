//! A walk through folders that hold folders and files and nothing else: each file is looked at from its own folder, which
//! spares the system the way there.

use std::{
    fs::{self, DirEntry},
    path::{Path, PathBuf},
};

use super::{pool, stamp::Stamp};

/// An entry keeps its folder open until it is looked at: a process may have a thousand.
const MOST_FOLDERS_OPEN: usize = 200;

/// Every file with its stamp, in no order, none that is hidden; `None` where a link, a device, or anything that cannot be
/// looked at asks for a walk with more care.
pub(super) fn files(folder: &Path, is_hidden: fn(&std::ffi::OsStr) -> bool) -> Option<Vec<(PathBuf, Stamp)>> {
    let mut files = Vec::new();
    let (mut folders, mut open, mut entries) = (vec![folder.to_owned()], 0, Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).ok()? {
            let entry = entry.ok()?;
            let kind = entry.file_type().ok()?;
            if is_hidden(&entry.file_name()) {
                continue;
            }
            match (kind.is_dir(), kind.is_file()) {
                (true, _) => folders.push(entry.path()),
                (_, true) => entries.push(entry),
                _ => return None,
            }
        }
        open += 1;
        if open == MOST_FOLDERS_OPEN {
            files.extend(look_at(std::mem::take(&mut entries))?);
            open = 0;
        }
    }
    files.extend(look_at(entries)?);
    Some(files)
}

/// The larger part of a second run, so side by side.
fn look_at(entries: Vec<DirEntry>) -> Option<Vec<(PathBuf, Stamp)>> {
    let look = |entry: DirEntry| Some((entry.path(), Stamp::of(&entry.metadata().ok()?)));
    pool::in_shares(entries, &look).into_iter().collect()
}
