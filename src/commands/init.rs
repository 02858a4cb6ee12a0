//! `treadlight init`: a commented `treadlight.toml` that remembers the folders.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{ColorChoice, ExitStatus, environment, output::print, settings_file::SettingsFile};
use crate::settings::edit;

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
    let folders = if folders.is_empty() {
        "# folders = [\"~/watch-exports\"]".to_owned()
    } else {
        let quoted: Vec<String> =
            folders.iter().map(|folder| toml::Value::from(folder.as_str()).to_string()).collect();
        format!("folders = [{}]", quoted.join(", "))
    };
    format!(
        r#"# Settings of treadlight. Everything is optional; a line that starts with # is a comment.

# Where your watch exports lie: read when no folder is named.
{folders}

# units = "mi"                  # km (the default) or mi
# timezone = "Europe/Berlin"    # for files that do not tell; default: this computer's
# week_start = "sunday"         # default: monday

# Your heart, for the training load of the charts: without both rates it counts minutes.
# [athlete]
# max_heart_rate_bpm = 190      # the highest you have seen, not 220 minus your age
# resting_heart_rate_bpm = 52   # in bed, in the morning
# sex = "female"                # or "male": chooses the formula's constants, nothing else

# [warnings]
# disable = ["weekly-jump"]     # rules you do not want: long-run-spike, gap, weekly-jump, step-stack,
#                               # no-rest, descent-spike, shoe-window, shoe-past, new-shoe, one-pair
# enable = ["ten-percent", "acute-chronic"] # off by default: studies speak against them
# long_run_spike_percent = 10   # from where on rules speak: these are the usual values; 10 and 30 % are the studied
# weekly_jump_percent = 30      # ones. A lower value lowers the caps of NEXT too, a higher one never raises them.
# no_rest_days = 14
# descent_spike_percent = 50
# descent_spike_min_m = 150
# acute_chronic_definition = "uncoupled"    # or coupled, or ewma

# A rule that is silent for a while; `treadlight ack RULE --until DATE --because "…"` writes it.
# [[acks]]
# rule = "weekly-jump"
# until = 2026-12-01
# because = "training camp"

# A pair of shoes. Runs between `from` and `retired` (both included) count for the pair with default = true.
# [[shoes]]
# name = "Pegasus 40"
# from = 2026-03-01
# retired = 2026-10-31
# prior_distance = "35 km"      # run in it before your first file
# window = ["300 mi", "500 mi"] # when to think of a new pair; this is the custom
# kind = "daily"                # daily, racing (100-250 mi) or trail
# default = true
# gear = ["Nike Pegasus 40"]    # what Strava or Garmin call it, if they call it otherwise

# Which runs count for which pair: the first rule that fits decides, ahead of `default`. A rule needs one filter or more.
# [[shoe_rules]]
# shoe = "Pegasus 40"
# sub_sport = "treadmill"       # trail, treadmill, track ...
# weekday = ["saturday", "sunday"]
# distance = "..12 km"          # or "8 km..12 km", "20 km.."
# file = "treadmill/"           # a folder, or a pattern such as "*race*.fit"
# from = 2026-03-01
# until = 2026-10-31

# A word of yours on single activities stands above every file; `treadlight runs` shows their ids.
# [runs]
# "2026-11-18T07:02" = {{ exclude = true, note = "the drive home" }}
# "2026-11-20T18:30" = {{ distance = "10.2 km", sport = "running", shoe = "Pegasus 40" }}
# "2026-11-22T09:00" = {{ race = true }}     # what rules say of it is a statement, not a warning
"#
    )
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
