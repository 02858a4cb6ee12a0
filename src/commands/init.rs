//! `treadlight init`: a commented `treadlight.toml` that remembers the folders.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{ColorChoice, ExitStatus, environment, output::print, settings_file::SettingsFile};
use crate::{
    analysis::rules,
    settings::edit,
    warning::{
        Rule,
        thresholds::{Allowed, Key},
    },
};

/// What is written: a comment for everything that can be set.
const TEMPLATE: &str = include_str!("init.toml");
/// The line of the template that the folders take the place of.
const NO_FOLDERS: &str = "# folders = [\"~/watch-exports\"]";
/// The lines of the template that all rules and their keys take the place of.
const NO_RULES: &str = "# [warnings]\n";
/// Columns of comments that are put together.
const COMMENT_COLUMNS: usize = 100;

pub(super) fn run(folders: &[PathBuf], config: Option<PathBuf>, change: bool) -> Result<ExitStatus> {
    let file = config
        .or_else(environment::user_settings)
        .context("cannot find your configuration folder: name a file with `--config FILE`")?;
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
    let template = TEMPLATE.replacen(NO_RULES, &warnings_text(), 1);
    if folders.is_empty() {
        return template;
    }
    let quoted: Vec<String> =
        folders.iter().map(|folder| toml::Value::from(folder.as_str()).to_string()).collect();
    let folders = format!("folders = [{}]", quoted.join(", "));
    template.replacen(NO_FOLDERS, &folders, 1)
}

/// Every rule and every key of one, as they are unless set.
fn warnings_text() -> String {
    let known = rules::known();
    let named =
        |on: bool| -> Vec<&Rule> { known.iter().copied().filter(|rule| rule.on_by_default == on).collect() };
    let ids = |rules: &[&Rule]| rules.iter().map(|rule| rule.id).collect::<Vec<_>>().join(", ");
    let on = textwrap::fill(
        &format!("Rules that you can switch off: {}.", ids(&named(true))),
        textwrap::Options::new(COMMENT_COLUMNS).initial_indent("# ").subsequent_indent("# "),
    );
    let off: Vec<String> = named(false).iter().map(|rule| format!("\"{}\"", rule.id)).collect();
    let keys: String = known.iter().flat_map(|rule| rule.keys).map(key_text).collect();
    format!(
        "{on}\n# [warnings]\n# disable = [\"weekly-jump\"]\n# enable = [{}] # off by default: studies speak against \
         them\n\n# From where on rules speak: these are the usual values, and 10 and 30 % are the studied ones. A lower\n\
         # value lowers the limits of NEXT too, a higher one never raises them.\n{keys}",
        off.join(", ")
    )
}

/// `# no_rest_days = 14`.
fn key_text(key: &Key) -> String {
    let Allowed::Names(names) = key.allowed else { return format!("# {} = {}\n", key.name, key.usual) };
    let usual = usize::try_from(key.usual).ok().and_then(|usual| names.get(usual)).unwrap_or(&"");
    let others: Vec<&str> = names.iter().copied().filter(|name| name != usual).collect();
    format!("# {} = \"{usual}\"    # or {}\n", key.name, others.join(", or "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_init_writes_is_read_and_so_is_every_line_that_it_suggests() {
        let text = settings_text(&["/home/a \"b\"/runs".to_owned()]);
        assert_eq!(rules::settings(&text).unwrap().folders, ["/home/a \"b\"/runs"]);
        let suggested: String = text
            .lines()
            .filter_map(|line| line.strip_prefix("# "))
            .filter(|line| line.contains(" = ") || line.starts_with('['))
            .filter(|line| !line.starts_with("A ") && !line.starts_with("Which "))
            .map(|line| format!("{line}\n"))
            .collect();
        let settings = rules::settings(&suggested).unwrap();
        assert_eq!(settings.shoes[0].name, "Pegasus 40");
        assert_eq!(settings.athlete.max_heart_rate_bpm, Some(190));
        assert_eq!((settings.runs.len(), settings.runs[2].race), (3, true));
        assert_eq!(settings.shoe_rules[0].filters().len(), 6);
    }
}
