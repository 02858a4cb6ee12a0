//! A text file of the runner's on the disk: read, and written anew, whole or not at all.
//!
//! An edit takes the text that was read and is written only if that is still what the file holds: what somebody saved in an
//! editor meanwhile is never lost. A link to the file stays one, and so do its permissions.

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, bail};

use super::{
    disk::{Disk, System},
    output::Staged,
};

/// What a file is called where it cannot be used, and what to do about one that may not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// `settings`, `knee diary`.
    pub(super) what: &'static str,
    /// After "allow writing to it, or".
    pub(super) or_else: &'static str,
}

/// A file as it was read; or one that does not exist yet.
#[derive(Debug)]
pub(super) struct TextFile {
    path: PathBuf,
    kind: Kind,
    /// What it held; `None` where there is no file yet.
    before: Option<String>,
}

/// What came of writing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// It holds the new text.
    Done,
    /// Something else wrote meanwhile: it is left as it is, and why.
    Meanwhile(String),
}

impl TextFile {
    /// Reads a file; `None` if there is none.
    pub(super) fn read(path: &Path, kind: Kind) -> Result<Option<Self>> {
        let what = kind.what;
        match fs::read(path) {
            Ok(bytes) => {
                let text = String::from_utf8(bytes).ok().with_context(|| {
                    format!("{what} `{}`: not UTF-8 text; save it as UTF-8", path.display())
                })?;
                Ok(Some(Self { path: path.to_owned(), kind, before: Some(text) }))
            }
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read the {what} `{}`", path.display())),
        }
    }

    /// A file that is to be.
    pub(super) fn new(path: PathBuf, kind: Kind) -> Self {
        Self { path, kind, before: None }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it has yet to be made.
    pub(super) fn is_new(&self) -> bool {
        self.before.is_none()
    }

    /// What it held when it was read.
    pub(super) fn text(&self) -> &str {
        self.before.as_deref().unwrap_or_default()
    }

    /// Writes the text in place of what was read, if nothing else wrote meanwhile.
    pub(super) fn write(&self, text: &str) -> Result<Written> {
        self.write_on(&System, text)
    }

    pub(super) fn write_on(&self, disk: &impl Disk, text: &str) -> Result<Written> {
        match &self.before {
            None => self.make(disk, text),
            Some(before) => self.replace(disk, before, text),
        }
    }

    /// A folder that takes no new file, with what to do: the name of a file that never was helps nobody.
    fn closed_folder(&self, error: anyhow::Error) -> anyhow::Error {
        let closed = [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem];
        let is_closed = |cause: &(dyn std::error::Error + 'static)| {
            cause.downcast_ref::<io::Error>().is_some_and(|error| closed.contains(&error.kind()))
        };
        if !error.chain().any(is_closed) {
            return error;
        }
        anyhow!(
            "cannot write `{}`: its folder is read-only: allow writing to it, or {}",
            self.path.display(),
            self.kind.or_else
        )
    }

    fn make(&self, disk: &impl Disk, text: &str) -> Result<Written> {
        let folder = folder_of(&self.path);
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
        let staged = Staged::new(disk, folder, &self.path, text.as_bytes(), None)
            .map_err(|error| self.closed_folder(error))?;
        match staged.claim(disk) {
            Err(error) if self.path.exists() => Ok(Written::Meanwhile(format!("{error:#}"))),
            claimed => claimed.map(|()| Written::Done),
        }
    }

    fn replace(&self, disk: &impl Disk, before: &str, text: &str) -> Result<Written> {
        let path = self.path.display();
        let target = fs::canonicalize(&self.path).with_context(|| format!("cannot find `{path}`"))?;
        let permissions =
            fs::metadata(&target).with_context(|| format!("cannot read `{path}`"))?.permissions();
        if permissions.readonly() {
            bail!("`{path}` is read-only: allow writing to it, or {}", self.kind.or_else);
        }
        let staged = Staged::new(disk, folder_of(&target), &target, text.as_bytes(), Some(permissions))
            .map_err(|error| self.closed_folder(error))?;
        let Some(_lock) = Lock::take(&target).with_context(|| format!("`{path}` is left as it was"))? else {
            let why = "another treadlight is editing it: try again";
            return Ok(Written::Meanwhile(format!("`{path}` is left as it was: {why}")));
        };
        let now =
            disk.read(&target).with_context(|| format!("cannot read the {} `{path}`", self.kind.what))?;
        if now != before.as_bytes() {
            return Ok(Written::Meanwhile(format!(
                "`{path}` was changed by something else meanwhile and is left as it is: try again"
            )));
        }
        staged.publish(disk).map(|()| Written::Done)
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Keeps a second treadlight from the file between the last look and the new name. Where locks are not to be had it holds
/// nothing; on Windows a locked file could not be looked at.
struct Lock {
    _file: Option<fs::File>,
}

impl Lock {
    /// `None`: another treadlight holds it.
    fn take(path: &Path) -> io::Result<Option<Self>> {
        if cfg!(windows) {
            return Ok(Some(Self { _file: None }));
        }
        let file = fs::File::open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: Some(file) })),
            Err(fs::TryLockError::Error(_)) => Ok(Some(Self { _file: None })),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
        }
    }
}
