//! The watched folders: whether each is there, still the same, and on a disk that tells of changes.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// File systems of which another computer, or another system on this one, may change files: of that no event comes.
const WITHOUT_EVENTS: &[&str] =
    &["9p", "afs", "ceph", "cifs", "davfs", "nfs", "nfs4", "smb3", "smbfs", "vboxsf", "virtiofs"];

/// What a look at a folder found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// It was there and is not any more.
    Gone,
    /// It is there again, or another folder has its name.
    Back,
}

/// What stays the same for as long as a folder is the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Identity(u64, u64);

/// The folders, and which of them were there at the last look.
#[derive(Debug)]
pub(super) struct Folders {
    known: Vec<(PathBuf, Option<Identity>)>,
}

impl Folders {
    pub(super) fn new(paths: Vec<PathBuf>) -> Self {
        let known = paths.into_iter().map(|path| {
            let identity = identity(&path);
            (path, identity)
        });
        Self { known: known.collect() }
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.known.iter().map(|(path, _)| path.as_path())
    }

    pub(super) fn is_one_away(&self) -> bool {
        self.known.iter().any(|(_, identity)| identity.is_none())
    }

    /// Looks again; those that went away or came back.
    pub(super) fn look(&mut self) -> Vec<(PathBuf, Seen)> {
        let mut found = Vec::new();
        for (path, known) in &mut self.known {
            let now = identity(path);
            if now != *known {
                found.push((path.clone(), if now.is_none() { Seen::Gone } else { Seen::Back }));
            }
            *known = now;
        }
        found
    }

    /// Whether one of them lies on a network share, as far as the system says.
    pub(super) fn need_polling(&self) -> bool {
        let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
        self.paths().any(|path| {
            let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            file_system(&mounts, &whole).is_some_and(is_without_events)
        })
    }
}

fn is_without_events(file_system: &str) -> bool {
    WITHOUT_EVENTS.contains(&file_system) || file_system.starts_with("fuse.")
}

/// The file system that a path lies on, by Linux' `mountinfo`: that of the longest mount point above it.
fn file_system<'a>(mounts: &'a str, path: &Path) -> Option<&'a str> {
    let parse = |line: &'a str| {
        let (mount, source) = line.split_once(" - ")?;
        // blanks in names are written in octal
        let point = mount.split(' ').nth(4)?.replace("\\040", " ");
        path.starts_with(&point).then_some((point.len(), source.split(' ').next()?))
    };
    mounts.lines().filter_map(parse).max_by_key(|(length, _)| *length).map(|(_, file_system)| file_system)
}

#[cfg(unix)]
fn identity(folder: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs::metadata(folder).ok().filter(fs::Metadata::is_dir)?;
    Some(Identity(metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> Option<Identity> {
    let metadata = fs::metadata(folder).ok().filter(fs::Metadata::is_dir)?;
    let since = metadata.created().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(Identity(since.as_secs(), since.subsec_nanos().into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_went_away_and_came_back_is_seen_once_each() {
        let home = tempfile::tempdir().unwrap();
        let runs = home.path().join("runs");
        fs::create_dir(&runs).unwrap();
        let mut folders = Folders::new(vec![runs.clone()]);
        assert_eq!(folders.look(), []);
        fs::rename(&runs, home.path().join("elsewhere")).unwrap();
        assert_eq!(folders.look(), [(runs.clone(), Seen::Gone)]);
        assert!(folders.is_one_away() && folders.look().is_empty());
        fs::create_dir(&runs).unwrap();
        assert_eq!(folders.look(), [(runs, Seen::Back)]);
        assert!(!folders.is_one_away() && folders.look().is_empty());
    }

    #[test]
    fn a_share_in_the_network_is_known_by_its_mount() {
        let mounts = "22 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n\
                      40 22 0:50 / /mnt/my\\040nas rw shared:1 - nfs4 nas:/runs rw,vers=4.2\n\
                      41 22 0:51 / /mnt/watch rw - fuse.jmtpfs jmtpfs rw\n";
        let system = |path: &str| file_system(mounts, Path::new(path));
        assert_eq!(system("/home/anna/runs"), Some("ext4"));
        assert_eq!(system("/mnt/my nas/runs"), Some("nfs4"));
        assert_eq!(system("/mnt/watchers"), Some("ext4"));
        assert!(["nfs4", "fuse.jmtpfs", "cifs"].into_iter().all(is_without_events));
        assert!(!["ext4", "fuseblk", "btrfs"].into_iter().any(is_without_events));
        assert_eq!(file_system("", Path::new("/")), None);
    }
}
