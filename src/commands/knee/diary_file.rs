//! The diary on the disk: found beside the settings, edited by a function that is asked again if somebody else wrote.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::super::{
    Options, environment,
    settings_file::SettingsFile,
    text_file::{Kind, TextFile, Written},
};
use crate::{knee::diary::Sheet, settings::Settings};

/// Its name, wherever it lies.
pub(crate) const DIARY: &str = "treadlight-knee.csv";
/// How the file is called where it cannot be used.
pub(super) const KIND: Kind =
    Kind { what: "knee diary", or_else: "name another with `diary` below `[knee]` in the settings" };
/// How often an edit is tried where somebody else writes at the same time.
const TRIES: usize = 50;

/// Where the diary lies: `[knee] diary`, else beside the settings, else in the first folder, else in the user's
/// configuration folder.
pub(crate) fn path(
    settings: &Settings,
    settings_file: Option<&Path>,
    folders: &[PathBuf],
) -> Option<PathBuf> {
    let beside = settings_file.and_then(Path::parent);
    if let Some(written) = &settings.diary {
        return Some(environment::path_in_settings(written, beside.unwrap_or(Path::new("."))));
    }
    let first = folders.first().filter(|folder| folder.is_dir()).map(PathBuf::as_path);
    let user = environment::user_settings();
    beside.or(first).or_else(|| user.as_deref().and_then(Path::parent)).map(|folder| folder.join(DIARY))
}

/// Where the diary of these options lies.
pub(super) fn path_of(options: &Options) -> Result<(PathBuf, Settings)> {
    let file = SettingsFile::find(options.config.as_deref(), &options.folders)?;
    let settings = file.as_ref().map_or_else(|| Ok(Settings::default()), SettingsFile::settings)?;
    let path = path(&settings, file.as_ref().map(SettingsFile::path), &options.folders)
        .context("cannot find your configuration folder: name the settings with `--config FILE`")?;
    Ok((path, settings))
}

/// Edits the diary. `edit` changes the sheet, and is asked anew where the file has changed meanwhile: two processes at once
/// lose nothing, and neither does an editor.
///
/// # Errors
/// If the file cannot be read or written; then it is as it was.
pub(super) fn edit(path: &Path, mut change: impl FnMut(&mut Sheet) -> Result<()>) -> Result<bool> {
    let mut last = None;
    for attempt in 0..TRIES {
        let file = TextFile::read(path, KIND)?.unwrap_or_else(|| TextFile::new(path.to_owned(), KIND));
        let mut sheet = Sheet::parse(file.text());
        change(&mut sheet)?;
        let text = sheet.to_string();
        if text == file.text() {
            return Ok(false);
        }
        match file.write(&text)? {
            Written::Done => return Ok(true),
            Written::Meanwhile(why) => last = Some(why),
        }
        std::thread::sleep(std::time::Duration::from_millis(5 + 7 * attempt as u64 % 40));
    }
    Err(anyhow::anyhow!("{}", last.unwrap_or_default()))
}
