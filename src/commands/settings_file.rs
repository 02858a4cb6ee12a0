//! `treadlight.toml` on the disk: found, read, and written anew, whole or not at all ([`TextFile`]).

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{
    disk::{Disk, System},
    environment,
    text_file::{Kind, TextFile, Written},
};
use crate::{
    analysis::rules,
    settings::{Settings, SettingsError},
};

const KIND: Kind = Kind { what: "settings", or_else: "name another with `--config FILE`" };

/// A settings file as it was read; or one that does not exist yet.
#[derive(Debug)]
pub(super) struct SettingsFile {
    file: TextFile,
}

impl SettingsFile {
    /// The first found: `config`, the first folder's, the user's own.
    pub(super) fn find(config: Option<&Path>, folders: &[PathBuf]) -> Result<Option<Self>> {
        if let Some(file) = config {
            let found = Self::read(file)?.with_context(|| {
                format!("settings `{}` do not exist: `treadlight init` writes some", file.display())
            })?;
            return Ok(Some(found));
        }
        let beside = folders.first().map(|folder| folder.join(environment::SETTINGS_FILE));
        for file in [beside, environment::user_settings()].into_iter().flatten() {
            if let Some(found) = Self::read(&file)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Reads a file; `None` if there is none.
    pub(super) fn read(path: &Path) -> Result<Option<Self>> {
        Ok(TextFile::read(path, KIND)?.map(|file| Self { file }))
    }

    /// A file that is to be.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { file: TextFile::new(path, KIND) }
    }

    pub(super) fn path(&self) -> &Path {
        self.file.path()
    }

    /// Whether it has yet to be made.
    pub(super) fn is_new(&self) -> bool {
        self.file.is_new()
    }

    /// What it held when it was read.
    pub(super) fn text(&self) -> &str {
        self.file.text()
    }

    /// The settings in it.
    pub(super) fn settings(&self) -> Result<Settings> {
        rules::settings(self.text()).map_err(|error| self.in_file(error)).context("cannot use the settings")
    }

    /// The settings that an edited text would give, which is never written if it cannot be read back.
    pub(super) fn settings_after(&self, text: &str) -> Result<Settings> {
        // the line is one of a text that nobody has seen
        rules::settings(text)
            .map_err(|error| anyhow::anyhow!("{}", error.what))
            .with_context(|| format!("`{}` is left as it was", self.path().display()))
    }

    /// An error that names the file.
    pub(super) fn in_file(&self, mut error: SettingsError) -> SettingsError {
        error.file = Some(self.path().to_owned());
        error
    }

    /// Writes the text in place of what was read.
    pub(super) fn write(&self, text: &str) -> Result<()> {
        self.write_on(&System, text)
    }

    fn write_on(&self, disk: &impl Disk, text: &str) -> Result<()> {
        match self.file.write_on(disk, text)? {
            Written::Done => Ok(()),
            Written::Meanwhile(why) => bail!("{why}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        cell::Cell,
        fs::{self, File, Permissions},
        io::{self, ErrorKind},
    };

    use tempfile::{NamedTempFile, TempDir};

    use super::*;

    /// A disk on which the step of a number fails; a write that fails has written half.
    struct Failing {
        at: usize,
        step: Cell<usize>,
    }

    impl Failing {
        fn at(at: usize) -> Self {
            Self { at, step: Cell::new(0) }
        }

        fn next(&self) -> io::Result<()> {
            let step = self.step.get();
            self.step.set(step + 1);
            if step == self.at { Err(io::Error::from(ErrorKind::StorageFull)) } else { Ok(()) }
        }
    }

    impl Disk for Failing {
        fn create(&self, folder: &Path) -> io::Result<NamedTempFile> {
            self.next().and_then(|()| System.create(folder))
        }
        fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
            if let Err(error) = self.next() {
                System.write(file, &bytes[..bytes.len() / 2])?;
                return Err(error);
            }
            System.write(file, bytes)
        }
        fn allow(&self, file: &File, permissions: Permissions) -> io::Result<()> {
            self.next().and_then(|()| System.allow(file, permissions))
        }
        fn sync(&self, file: &File) -> io::Result<()> {
            self.next().and_then(|()| System.sync(file))
        }
        fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
            self.next().and_then(|()| System.read(path))
        }
        fn rename(&self, file: NamedTempFile, path: &Path) -> io::Result<()> {
            self.next().and_then(|()| System.rename(file, path))
        }
        fn claim(&self, file: NamedTempFile, path: &Path) -> io::Result<()> {
            self.next().and_then(|()| System.claim(file, path))
        }
    }

    const BEFORE: &str = "# mine\nunits = \"km\"\n";
    const AFTER: &str = "# mine\nunits = \"mi\"\n";

    fn with_settings() -> (TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("treadlight.toml");
        fs::write(&path, BEFORE).unwrap();
        (folder, path)
    }

    fn files_in(folder: &TempDir) -> usize {
        fs::read_dir(folder.path()).unwrap().count()
    }

    #[test]
    fn a_failure_at_any_step_of_an_edit_leaves_the_old_file_whole_and_nothing_beside_it() {
        for step in 0.. {
            let (folder, path) = with_settings();
            let file = SettingsFile::read(&path).unwrap().unwrap();
            let result = file.write_on(&Failing::at(step), AFTER);
            let expected = if result.is_ok() { AFTER } else { BEFORE };
            assert_eq!(fs::read_to_string(&path).unwrap(), expected, "step {step}");
            assert_eq!(files_in(&folder), 1, "step {step}");
            if result.is_ok() {
                assert_eq!(step, 6, "create, write, allow, sync, read, rename");
                break;
            }
        }
    }

    #[test]
    fn a_failure_at_any_step_of_making_a_file_leaves_nothing() {
        for step in 0.. {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("treadlight.toml");
            let result = SettingsFile::new(path.clone()).write_on(&Failing::at(step), AFTER);
            assert_eq!(path.exists(), result.is_ok(), "step {step}");
            assert_eq!(files_in(&folder), usize::from(result.is_ok()), "step {step}");
            if result.is_ok() {
                assert_eq!(step, 4, "create, write, sync, claim");
                break;
            }
        }
    }

    #[test]
    fn what_was_saved_by_hand_meanwhile_is_left_and_told() {
        let (folder, path) = with_settings();
        let file = SettingsFile::read(&path).unwrap().unwrap();
        fs::write(&path, "units = \"mi\"  # by hand\n").unwrap();
        let error = format!("{:#}", file.write(AFTER).unwrap_err());
        assert!(
            error.ends_with("was changed by something else meanwhile and is left as it is: try again"),
            "{error}"
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "units = \"mi\"  # by hand\n");
        assert_eq!(files_in(&folder), 1);
    }

    #[test]
    fn a_file_that_appeared_meanwhile_is_not_written_over() {
        let (_folder, path) = with_settings();
        assert!(SettingsFile::new(path.clone()).write(AFTER).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), BEFORE);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay_and_a_read_only_file_is_not_replaced() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, path) = with_settings();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        let link = folder.path().join("link.toml");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        SettingsFile::read(&link).unwrap().unwrap().write(AFTER).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), AFTER);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, Permissions::from_mode(0o444)).unwrap();
        let error = SettingsFile::read(&link).unwrap().unwrap().write(BEFORE).unwrap_err().to_string();
        assert!(error.contains("is read-only"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), AFTER);
    }

    #[cfg(unix)]
    #[test]
    fn a_second_treadlight_is_kept_out() {
        let (_folder, path) = with_settings();
        let other = File::open(&path).unwrap();
        other.lock().unwrap();
        let error = format!("{:#}", SettingsFile::read(&path).unwrap().unwrap().write(AFTER).unwrap_err());
        assert!(error.ends_with("another treadlight is editing it: try again"), "{error}");
    }
}
