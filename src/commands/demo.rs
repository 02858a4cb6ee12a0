//! `treadlight demo`: the sample data, so that an installed binary can be tried.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use super::{
    ColorChoice, ExitStatus,
    environment::SETTINGS_FILE,
    output::{print, write_file},
};
use crate::demo::demo_files;

pub(super) fn run(dir: &Path, weeks: Option<u32>) -> Result<ExitStatus> {
    refuse_a_folder_of_others(dir)?;
    let files = demo_files(weeks).context("cannot make the sample data")?;
    for file in &files {
        let path = dir.join(&file.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
        }
        write_file(&path, &file.bytes)?;
    }
    let dir = dir.display();
    print(&format!("{} files in {dir}: try `treadlight report {dir}`\n", files.len()), ColorChoice::Auto)?;
    Ok(ExitStatus::Done)
}

/// Sample data goes into a new folder, an empty one, or over older sample data: never between somebody's files.
fn refuse_a_folder_of_others(dir: &Path) -> Result<()> {
    let Ok(mut entries) = fs::read_dir(dir) else { return Ok(()) };
    let settings = fs::read_to_string(dir.join(SETTINGS_FILE)).unwrap_or_default();
    if entries.next().is_some() && !settings.contains("treadlight demo") {
        bail!("the folder `{}` holds files already: name a new one for the sample data", dir.display());
    }
    Ok(())
}
