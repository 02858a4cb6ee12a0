//! `treadlight init`: a commented `treadlight.toml` that remembers the folders.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{ColorChoice, ExitStatus, environment, output::print, settings_file::SettingsFile};
use crate::settings::edit;

/// What is written: a comment for everything that can be set.
const TEMPLATE: &str = include_str!("init.toml");
/// The line of the template that the folders take the place of.
const NO_FOLDERS: &str = "# folders = [\"~/watch-exports\"]";

pub(super) fn run(folders: &[PathBuf], config: Option<PathBuf>, change: bool) -> Result<ExitStatus> {
    let file = config
        .or_else(environment::user_settings)
        .context("cannot tell your configuration folder: name a file with `--config FILE`")?;
    match SettingsFile::read(&file)? {
        Some(old) if change => return change_folders(&old, folders),
        Some(_) => bail!(
            "`{}` exists already: edit it, or name another with `--config FILE`; \
             `treadlight init --change FOLDER` changes its folders and nothing else",
            file.display()
        ),
        None => {}
    }
    let folders = folders.iter().map(|folder| absolute(folder)).collect::<Result<Vec<_>>>()?;
    SettingsFile::new(file.clone()).write(&settings_text(&folders))?;
    print(&format!("wrote {}\n", file.display()), ColorChoice::Auto)?;
    Ok(ExitStatus::Done)
}

/// Other folders in settings that exist: everything else stays.
fn change_folders(file: &SettingsFile, folders: &[PathBuf]) -> Result<ExitStatus> {
    if folders.is_empty() {
        bail!("name the folders to remember instead: `treadlight init --change FOLDER`");
    }
    let folders = folders.iter().map(|folder| absolute(folder)).collect::<Result<Vec<_>>>()?;
    let text = edit::with_folders(file.text(), &folders).map_err(|error| file.in_file(error));
    let text = text.context("cannot edit the settings")?;
    file.settings_after(&text)?;
    file.write(&text)?;
    let text = format!("reads {} from now on, in {}\n", folders.join(", "), file.path().display());
    print(&text, ColorChoice::Auto)?;
    Ok(ExitStatus::Done)
}

/// Folders are remembered in full: cron starts elsewhere.
fn absolute(folder: &Path) -> Result<String> {
    let full = std::path::absolute(folder).with_context(|| format!("cannot find `{}`", folder.display()))?;
    if !full.is_dir() {
        bail!("the folder `{}` does not exist: check the spelling", folder.display());
    }
    Ok(full.to_string_lossy().into_owned())
}

fn settings_text(folders: &[String]) -> String {
    if folders.is_empty() {
        return TEMPLATE.to_owned();
    }
    let quoted: Vec<String> =
        folders.iter().map(|folder| toml::Value::from(folder.as_str()).to_string()).collect();
    let folders = format!("folders = [{}]", quoted.join(", "));
    TEMPLATE.replacen(NO_FOLDERS, &folders, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings;

    #[test]
    fn what_init_writes_is_read_and_so_is_every_line_that_it_suggests() {
        let text = settings_text(&["/home/a \"b\"/runs".to_owned()]);
        assert_eq!(settings::parse(&text).unwrap().folders, ["/home/a \"b\"/runs"]);
        let suggested: String = text
            .lines()
            .filter_map(|line| line.strip_prefix("# "))
            .filter(|line| line.contains(" = ") || line.starts_with('['))
            .filter(|line| !line.starts_with("A ") && !line.starts_with("Which "))
            .map(|line| format!("{line}\n"))
            .collect();
        let settings = settings::parse(&suggested).unwrap();
        assert_eq!(settings.shoes[0].name, "Pegasus 40");
        assert_eq!(settings.athlete.max_heart_rate_bpm, Some(190));
        assert_eq!((settings.runs.len(), settings.runs[2].race), (3, true));
        assert_eq!(settings.shoe_rules[0].filters().len(), 6);
    }
}
