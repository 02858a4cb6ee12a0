//! Whole paths, for those who ask for them (`--with-paths`): everywhere else a file's name starts at the folder given.

use std::path::{Path, PathBuf};

use crate::import::Import;

/// Every file of the import by its whole path.
pub(super) fn spell_out(import: &mut Import, folders: &[PathBuf]) {
    let folders: Vec<PathBuf> =
        folders.iter().map(|folder| std::path::absolute(folder).unwrap_or_else(|_| folder.clone())).collect();
    let whole = |file: &mut String| *file = whole(file, &folders);
    import.runs.iter_mut().chain(&mut import.others).for_each(|activity| whole(&mut activity.file));
    import.duplicates.change(|duplicate| {
        whole(&mut duplicate.activity.file);
        whole(&mut duplicate.of);
    });
    import.skipped.iter_mut().for_each(|skipped| whole(&mut skipped.file));
}

/// The path of a file whose name starts at its folder, or, where there are several folders, with its folder's name.
pub(super) fn whole(file: &str, folders: &[PathBuf]) -> String {
    let inside = |folder: &PathBuf| -> Option<PathBuf> {
        let name = folder.file_name()?.to_string_lossy();
        if folders.len() == 1 {
            // a file that was given itself is named by its own name
            return Some(if folder.is_file() { beside(folder, file, &name)? } else { folder.join(file) });
        }
        let inside = file.strip_prefix(&*name)?.strip_prefix('/')?;
        if folder.is_file() { beside(folder, inside, &name) } else { Some(folder.join(inside)) }
    };
    let paths = folders.iter().filter_map(inside);
    let mut paths = paths.collect::<Vec<_>>();
    // of two folders with one name the one that has the file
    let found = paths.iter().position(|path| path.exists()).unwrap_or_default();
    if paths.is_empty() { file.to_owned() } else { paths.swap_remove(found).display().to_string() }
}

/// A file given itself, or what is packed in it.
fn beside(given: &Path, file: &str, name: &str) -> Option<PathBuf> {
    let packed = file.strip_prefix(name)?;
    Some(PathBuf::from(format!("{}{packed}", given.display())))
}

/// A folder to name in a report: as it was typed, or only its last part where that would tell where the report's reader lives.
pub(super) fn in_report(folder: &Path, with_paths: bool) -> PathBuf {
    if with_paths {
        return std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    }
    match folder.file_name() {
        Some(name) if folder.is_absolute() => PathBuf::from(name),
        _ => folder.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_one_folder_and_of_several_has_its_whole_path() {
        let (one, two) = (PathBuf::from("/home/anna/watch"), PathBuf::from("/mnt/strava"));
        let single = std::slice::from_ref(&one);
        assert_eq!(whole("2026/a.fit", single), "/home/anna/watch/2026/a.fit");
        assert_eq!(whole("x.zip/a.fit.gz", single), "/home/anna/watch/x.zip/a.fit.gz");
        let both = [one, two];
        assert_eq!(whole("strava/a.fit", &both), "/mnt/strava/a.fit");
        assert_eq!(whole("watch/a.fit", &both), "/home/anna/watch/a.fit");
        assert_eq!(whole("elsewhere/a.fit", &both), "elsewhere/a.fit");
    }

    #[test]
    fn a_folder_outside_of_here_is_named_by_its_last_part() {
        assert_eq!(in_report(Path::new("reports/today"), false), Path::new("reports/today"));
        let absolute = std::path::absolute("reports").unwrap();
        assert_eq!(in_report(&absolute, false), Path::new("reports"));
        assert_eq!(in_report(Path::new("reports"), true), absolute);
    }
}
