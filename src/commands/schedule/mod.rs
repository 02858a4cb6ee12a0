//! `treadlight schedule`: what makes a computer check by itself, printed or written, never switched on.

mod cron;
mod every;
mod job;
mod launchd;
mod systemd;
#[cfg(test)]
mod tests;
mod windows;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

pub use every::Every;

use super::{
    ColorChoice, ExitStatus, Options, environment,
    output::{self, notice},
    start::Start,
    text_file::{Kind, TextFile, Written},
};
use job::{Job, Unit};

const KIND: Kind = Kind { what: "schedule", or_else: "print it without `--write`" };

/// What to schedule.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// When.
    pub every: Every,
    /// For which system; `None`: for this one.
    pub system: Option<SystemName>,
    /// Whether files are written.
    pub write: bool,
}

/// The systems, in the order of [`SYSTEMS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say it")]
pub enum SystemName {
    Systemd,
    Launchd,
    Windows,
    Cron,
}

/// What starts programs by the clock.
struct System {
    name: SystemName,
    units: fn(&Job) -> Vec<Unit>,
    /// Where its files belong; `None` where there is no such place.
    folder: fn() -> Option<PathBuf>,
    /// The line that switches it on.
    enable: &'static str,
}

static SYSTEMS: &[System] = &[
    System {
        name: SystemName::Systemd,
        units: systemd::units,
        folder: || Some(environment::user_configuration()?.join("systemd").join("user")),
        enable: systemd::ENABLE,
    },
    System {
        name: SystemName::Launchd,
        units: launchd::units,
        folder: || Some(environment::home()?.join("Library").join("LaunchAgents")),
        enable: launchd::ENABLE,
    },
    System {
        name: SystemName::Windows,
        units: windows::units,
        folder: || Some(environment::user_configuration()?.join("treadlight")),
        enable: windows::ENABLE,
    },
    System { name: SystemName::Cron, units: cron::units, folder: || None, enable: cron::ENABLE },
];

pub(super) fn run(options: &Options, schedule: &Schedule) -> Result<ExitStatus> {
    let job = job(options, schedule.every)?;
    let name = schedule.system.unwrap_or(OF_THIS_COMPUTER);
    let Some(system) = SYSTEMS.iter().find(|system| system.name == name) else {
        bail!("no such system");
    };
    let units = (system.units)(&job);
    let folder = (system.folder)();
    if schedule.write {
        let folder = folder.context(
            "a crontab is no file of yours: print the line without `--write`, and paste it into `crontab -e`",
        )?;
        write(&folder, &units)?;
        notice(&format!("to switch it on: {}", system.enable));
        return Ok(ExitStatus::Done);
    }
    output::print(&text(folder.as_deref(), &units), ColorChoice::Never)?;
    let how = if folder.is_some() { "`--write` writes it; " } else { "" };
    notice(&format!("{how}to switch it on: {}", system.enable));
    Ok(ExitStatus::Done)
}

const OF_THIS_COMPUTER: SystemName = if cfg!(target_os = "macos") {
    SystemName::Launchd
} else if cfg!(windows) {
    SystemName::Windows
} else if cfg!(target_os = "linux") {
    SystemName::Systemd
} else {
    SystemName::Cron
};

/// The check that these options ask for, by whole paths: services start elsewhere.
fn job(options: &Options, every: Every) -> Result<Job> {
    let start = Start::of(options)?;
    let mut arguments = vec!["check".to_owned()];
    for folder in &options.folders {
        arguments.push(whole(folder)?);
    }
    if let Some(config) = &options.config {
        arguments.extend(["--config".to_owned(), whole(config)?]);
    }
    arguments.push("--quiet".to_owned());
    if !start.settings.notify.is_empty() {
        arguments.push("--notify".to_owned());
    }
    let log = environment::user_state().unwrap_or_default().join("schedule.log");
    Ok(Job {
        program: whole(&environment::program()?)?,
        arguments,
        folders: start.folders.iter().map(|folder| whole(folder)).collect::<Result<_>>()?,
        every,
        log: whole(&log)?,
    })
}

/// A path that fits on a line of a file.
fn whole(path: &Path) -> Result<String> {
    let whole = std::path::absolute(path).with_context(|| format!("cannot find `{}`", path.display()))?;
    let text = whole.to_str().filter(|text| !text.chars().any(char::is_control));
    let text = text.with_context(|| {
        format!(
            "`{}` cannot stand in a schedule: rename what is no UTF-8 or has a line break",
            path.display()
        )
    })?;
    Ok(text.to_owned())
}

/// Each file with its place above it; a line alone is printed as it is.
fn text(folder: Option<&Path>, units: &[Unit]) -> String {
    let Some(folder) = folder else { return units.iter().map(|unit| unit.text.as_str()).collect() };
    let said = units.iter().map(|unit| format!("# {}\n{}", folder.join(unit.name).display(), unit.text));
    said.collect::<Vec<_>>().join("\n")
}

/// Writes the files, none of them over another one.
fn write(folder: &Path, units: &[Unit]) -> Result<()> {
    let files: Vec<(PathBuf, &Unit)> = units.iter().map(|unit| (folder.join(unit.name), unit)).collect();
    let exists = |path: &Path| {
        format!(
            "`{}` exists already: delete it first, or compare it with what `treadlight schedule` prints; nothing was written",
            path.display()
        )
    };
    if let Some((path, _)) = files.iter().find(|(path, _)| path.exists()) {
        bail!(exists(path));
    }
    for (path, unit) in files {
        match TextFile::new(path.clone(), KIND).write(&unit.text)? {
            Written::Done => output::print(&format!("wrote {}\n", path.display()), ColorChoice::Never)?,
            Written::Meanwhile(why) => bail!("{why}"),
        }
    }
    Ok(())
}
