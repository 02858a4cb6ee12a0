//! The file of what was reported: read, locked, and written so that nothing is reported twice. Room for a mark is on the disk
//! before its message is handed over, and the mark is set after that has gone well.

use std::{
    fs::{self, File},
    io::ErrorKind,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::reported::Reported;
use crate::commands::{
    disk::System,
    output::{Staged, notice},
};

const NAME: &str = "reported.json";
const LOST_NAME: &str = "reported-unread.json";
const LOCK_NAME: &str = "reported.lock";

/// The list, for as long as nobody else may report anything.
#[derive(Debug)]
pub(super) struct List {
    path: PathBuf,
    pub(super) reported: Reported,
    /// Held, never read.
    _lock: File,
}

/// A list as it is to be, on the disk beside the one that counts.
pub(super) struct Next {
    staged: Staged,
    reported: Reported,
}

impl List {
    /// Waits for others who report, and reads the list; one that cannot be read is set aside.
    pub(super) fn open(folder: &Path) -> Result<Self> {
        let cannot = || format!("cannot keep what was reported in `{}`", folder.display());
        fs::create_dir_all(folder).with_context(cannot)?;
        let lock =
            File::options().create(true).append(true).open(folder.join(LOCK_NAME)).with_context(cannot)?;
        // a disk without locks has no second process on it either
        if let Err(error) = lock.lock()
            && error.kind() != ErrorKind::Unsupported
        {
            return Err(error).with_context(cannot);
        }
        let path = folder.join(NAME);
        let reported = read(&path)?;
        Ok(Self { path, reported, _lock: lock })
    }

    /// What was reported, without waiting and without a change.
    pub(super) fn look(folder: &Path) -> Reported {
        let text = fs::read(folder.join(NAME)).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        match text {
            Some(text) => Reported::parse(&text).unwrap_or_else(|_| Reported::after_loss()),
            None => Reported::default(),
        }
    }

    /// Writes a list beside this one: what has no room on the disk is known before a message is handed over.
    pub(super) fn prepare(&self, reported: Reported) -> Result<Next> {
        let text = reported.text()?;
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let staged = Staged::new(&System, folder, &self.path, text.as_bytes(), None)?;
        Ok(Next { staged, reported })
    }

    /// From now on that list counts.
    pub(super) fn set(&mut self, next: Next) -> Result<()> {
        next.staged.publish(&System)?;
        self.reported = next.reported;
        Ok(())
    }
}

fn read(path: &Path) -> Result<Reported> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Reported::default()),
        Err(error) => return Err(error).with_context(|| format!("cannot read `{}`", path.display())),
    };
    match Reported::parse(&String::from_utf8_lossy(&bytes)) {
        Ok(reported) => Ok(reported),
        Err(why) => {
            let aside = path.with_file_name(LOST_NAME);
            fs::rename(path, &aside)
                .with_context(|| format!("`{}` {why} and cannot be set aside", path.display()))?;
            notice(&format!(
                "notice: `{}` {why}: it lies beside as {LOST_NAME}, and everything active now counts as reported",
                path.display()
            ));
            Ok(Reported::after_loss())
        }
    }
}
