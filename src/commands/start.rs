//! Where a command starts: settings, folders and diary, found before any run is read.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use chrono::NaiveDate;

use super::{Options, environment, knee::diary_file, settings_file::SettingsFile};
use crate::{
    dates,
    settings::{Settings, same_name},
};

/// What is to be read, and by which settings.
#[derive(Clone, Debug, Default)]
pub(super) struct Start {
    /// The settings, without what is typed on top.
    pub(super) settings: Settings,
    /// The file that they stand in.
    pub(super) settings_file: Option<PathBuf>,
    /// The folders with the runs.
    pub(super) folders: Vec<PathBuf>,
    /// Where the knee diary lies, whether there is one or not; `None` where none belongs to these runs.
    pub(super) diary: Option<PathBuf>,
}

impl Start {
    /// As a runner typed it.
    ///
    /// # Errors
    /// Unusable settings, no folder.
    pub(super) fn of(options: &Options) -> Result<Self> {
        let (settings, settings_file) = read_settings(options)?;
        let folders = folders(options, &settings, settings_file.as_deref())?;
        let diary = diary_file::path(&settings, settings_file.as_deref(), &folders);
        Ok(Self { settings, settings_file, folders, diary })
    }
}

/// What is later is forgotten, and so is the runner's word on it: pairs that were not bought yet, rules that were not silent
/// yet.
pub(super) fn forget_settings_after(as_of: NaiveDate, settings: &mut Settings) {
    let is_later = |from: Option<NaiveDate>| from.is_some_and(|from| from > as_of);
    settings.runs.retain(|run| run.start.date() <= dates::days_after(as_of, 1));
    settings.acks.retain(|ack| !is_later(ack.from));
    let (later, known): (Vec<_>, Vec<_>) =
        std::mem::take(&mut settings.shoes).into_iter().partition(|pair| is_later(pair.from));
    settings.shoes = known;
    let is_of_later = |name: &str| later.iter().any(|pair| same_name(&pair.name, name));
    settings.shoe_rules.retain(|rule| !is_of_later(&rule.shoe));
    for run in &mut settings.runs {
        run.shoe.take_if(|name| is_of_later(name));
    }
}

/// The settings of the file that counts; the defaults where there is none.
fn read_settings(options: &Options) -> Result<(Settings, Option<PathBuf>)> {
    Ok(match SettingsFile::find(options.config.as_deref(), &options.folders)? {
        Some(file) => (file.settings()?, Some(file.path().to_owned())),
        None => (Settings::default(), None),
    })
}

fn folders(options: &Options, settings: &Settings, settings_file: Option<&Path>) -> Result<Vec<PathBuf>> {
    let base = settings_file.and_then(Path::parent).unwrap_or(Path::new("."));
    let folders: Vec<PathBuf> = if options.folders.is_empty() {
        settings.folders.iter().map(|written| environment::path_in_settings(written, base)).collect()
    } else {
        options.folders.clone()
    };
    if folders.is_empty() {
        bail!(
            "no folder to read: name the one with your watch exports, or remember it with `treadlight init FOLDER`"
        );
    }
    if let Some(missing) = folders.iter().find(|folder| !folder.exists()) {
        let folder = missing.display();
        match settings_file.filter(|_| options.folders.is_empty()) {
            Some(file) => bail!(
                "the folder `{folder}` does not exist; it stands under `folders` in {}: change it there or with \
                 `treadlight init --change FOLDER`, or name another folder here",
                file.display()
            ),
            None => bail!("the folder `{folder}` does not exist: check the spelling, or name another"),
        }
    }
    Ok(folders)
}
