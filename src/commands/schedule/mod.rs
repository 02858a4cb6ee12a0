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
    /// The line that switches it on, of its first file.
    enable: fn(&Path) -> String,
}

static SYSTEMS: &[System] = &[
    System {
        name: SystemName::Systemd,
        units: systemd::units,
        folder: || Some(environment::user_configuration()?.join("systemd").join("user")),
        enable: systemd::enable,
    },
    System {
        name: SystemName::Launchd,
        units: launchd::units,
        folder: || Some(environment::home()?.join("Library").join("LaunchAgents")),
        enable: launchd::enable,
    },
    System {
        name: SystemName::Windows,
        units: windows::units,
        folder: || Some(environment::user_configuration()?.join("treadlight")),
        enable: windows::enable,
    },
    System { name: SystemName::Cron, units: cron::units, folder: || None, enable: cron::enable },
];

pub(super) fn run(options: &Options, schedule: &Schedule) -> Result<ExitStatus> {
    let job = job(options, schedule.every)?;
    let name = schedule.system.unwrap_or(OF_THIS_COMPUTER);
    let Some(system) = SYSTEMS.iter().find(|system| system.name == name) else {
        bail!("no such system");
    };
    let units = (system.units)(&job);
    let folder = (system.folder)();
    let first = units.first().map_or("", |unit| unit.name);
    let enable = (system.enable)(&folder.clone().unwrap_or_default().join(first));
    if schedule.write {
        let folder = folder.context(
            "a crontab is no file of yours: print the line without `--write`, and paste it into `crontab -e`",
        )?;
        write(&folder, &units)?;
        notice(&format!("to switch it on: {enable}"));
        return Ok(ExitStatus::Done);
    }
    output::print(&text(&units), ColorChoice::Never)?;
    let how = folder
        .map_or_else(String::new, |folder| format!("`--write` writes it to `{}`; then, ", folder.display()));
    notice(&format!("{how}to switch it on: {enable}"));
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
    // where macOS keeps what programs say; no other system asks
    let log = environment::home().unwrap_or_default().join("Library").join("Logs").join("treadlight.log");
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

/// One file as it is, so that it can be sent into one; of several each with its name above it.
fn text(units: &[Unit]) -> String {
    if let [unit] = units {
        return unit.text.clone();
    }
    let said = units.iter().map(|unit| format!("# {}\n{}", unit.name, unit.text));
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
