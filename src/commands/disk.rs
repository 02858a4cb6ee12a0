//! The steps of writing a file, so that tests can let each of them fail.

use std::{
    fs::{self, File, Permissions},
    io::{self, Write},
    path::Path,
};

use tempfile::NamedTempFile;

/// What a write asks of the disk, in this order.
pub(super) trait Disk {
    /// A new file under another name beside the one that is meant.
    fn create(&self, folder: &Path) -> io::Result<NamedTempFile>;
    /// Its content.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()>;
    /// Who may read it.
    fn allow(&self, file: &File, permissions: Permissions) -> io::Result<()>;
    /// Waits until the content is on the disk.
    fn sync(&self, file: &File) -> io::Result<()>;
    /// What stands under a name now.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// Gives it its name, in place of what has it.
    fn rename(&self, file: NamedTempFile, path: &Path) -> io::Result<()>;
    /// Gives it its name, if nothing has it.
    fn claim(&self, file: NamedTempFile, path: &Path) -> io::Result<()>;
}

/// The computer's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct System;

impl Disk for System {
    fn create(&self, folder: &Path) -> io::Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".treadlight-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        builder.tempfile_in(folder)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    fn allow(&self, file: &File, permissions: Permissions) -> io::Result<()> {
        file.set_permissions(permissions)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn rename(&self, file: NamedTempFile, path: &Path) -> io::Result<()> {
        file.persist(path).map(drop).map_err(|error| error.error)
    }

    fn claim(&self, file: NamedTempFile, path: &Path) -> io::Result<()> {
        file.persist_noclobber(path).map(drop).map_err(|error| error.error)
    }
}
