//! `treadlight watch`: a check after each change of the folders that has settled, and one every morning. It stands by while a
//! folder is away, and ends on a signal.

mod events;
mod folders;

use std::{
    path::PathBuf,
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;

use super::{
    ExitStatus, Options, environment,
    load::{self, Loaded},
    notify,
    output::{self, notice},
    start::Start,
};
use crate::dates;
use events::{Events, Heard};
use folders::{Folders, Seen};

/// A change has settled when nothing moves for so long: a copy in progress is not read halfway.
const SETTLED: Duration = Duration::from_secs(2);
/// Where something always moves a check comes all the same after so many seconds.
const MOST_SETTLING_S: i64 = 60;
/// How often it looks whether the folders are still there, and whether a morning has come.
const HEARTBEAT: Duration = Duration::from_secs(60);
/// The same while a folder is away.
const HEARTBEAT_WHILE_AWAY: Duration = Duration::from_secs(5);
/// The hour from which on a new day is checked: nobody wants a message at midnight.
const MORNING_H: i64 = 7;

/// What there is to do after waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Check,
    Nothing,
    End,
}

/// Watches until a signal comes; `poll_s`: by looking every so many seconds, in place of waiting for events.
pub(super) fn run(options: &Options, poll_s: Option<u64>) -> Result<ExitStatus> {
    let start = Start::of(options)?;
    if let Some(file) = start.folders.iter().find(|folder| !folder.is_dir()) {
        bail!("`{}` is a file: name the folder that it lies in", file.display());
    }
    let (sender, receiver) = mpsc::channel();
    let on_signal = sender.clone();
    let end = move || {
        // where the loop has ended nobody listens, and nobody needs to
        let _ = on_signal.send(Heard::Signal);
    };
    ctrlc::set_handler(end).context("cannot listen for signals")?;
    let zone = start.settings.timezone.unwrap_or_else(environment::system_zone);
    if start.settings.notify.is_empty() {
        notice("notice: no program under `[notify]` in the settings: what is new is only shown here");
    }
    let mut watch = Watch::new(options, start.folders, zone, poll_s, &sender);
    watch.check();
    loop {
        match watch.wait(&receiver) {
            Next::Check => watch.check(),
            Next::Nothing => {}
            Next::End => break,
        }
    }
    Ok(ExitStatus::Done)
}

struct Watch<'a> {
    options: &'a Options,
    zone: Tz,
    folders: Folders,
    events: Events,
    /// The day of the last check, which begins in the morning.
    checked_on: Option<NaiveDate>,
}

impl<'a> Watch<'a> {
    fn new(
        options: &'a Options,
        folders: Vec<PathBuf>,
        zone: Tz,
        poll_s: Option<u64>,
        sender: &Sender<Heard>,
    ) -> Self {
        let folders = Folders::new(folders);
        let every = poll_s.or_else(|| folders.need_polling().then_some(events::POLL_S));
        let mut events = Events::new(every, sender);
        let names: Vec<String> = folders.paths().map(|folder| format!("`{}`", folder.display())).collect();
        let how = every.map_or_else(String::new, |s| format!(", looking every {s} s"));
        notice(&format!("watching {}{how}; Ctrl-C ends it", names.join(", ")));
        folders.paths().for_each(|folder| events.add(folder));
        Self { options, zone, folders, events, checked_on: None }
    }

    /// Waits until there is something to do.
    fn wait(&mut self, receiver: &Receiver<Heard>) -> Next {
        let heartbeat = if self.folders.is_one_away() { HEARTBEAT_WHILE_AWAY } else { HEARTBEAT };
        let changed = match receiver.recv_timeout(heartbeat) {
            Ok(Heard::Change) => {
                if settle(receiver) == Next::End {
                    return Next::End;
                }
                true
            }
            Err(RecvTimeoutError::Timeout) => false,
            Ok(Heard::Signal) | Err(RecvTimeoutError::Disconnected) => return Next::End,
        };
        let came_back = self.look_for_folders();
        if self.folders.is_one_away() {
            return Next::Nothing;
        }
        let is_due = changed || came_back || self.checked_on != Some(self.day());
        if is_due { Next::Check } else { Next::Nothing }
    }

    /// Says which folder went away or came back; whether one came back.
    fn look_for_folders(&mut self) -> bool {
        let mut came_back = false;
        for (folder, seen) in self.folders.look() {
            match seen {
                Seen::Gone => notice(&format!("`{}` is gone: waiting for it", folder.display())),
                Seen::Back => {
                    // what was watched under this name is another folder, or none
                    self.events.remove(&folder);
                    self.events.add(&folder);
                    came_back = true;
                }
            }
        }
        came_back
    }

    /// One check, one line; what goes wrong is said, and the watch goes on.
    fn check(&mut self) {
        self.checked_on = Some(self.day());
        let time = environment::now().with_timezone(&self.zone).format("%Y-%m-%d %H:%M:%S");
        let said = match checked(self.options) {
            Ok(line) => output::print(&format!("{time}  {line}\n"), self.options.color),
            Err(error) => Err(error.context(format!("{time}  not checked"))),
        };
        if let Err(error) = said {
            output::print_error(&error);
        }
    }

    /// The day that began this morning.
    fn day(&self) -> NaiveDate {
        (environment::now().with_timezone(&self.zone) - TimeDelta::hours(MORNING_H)).date_naive()
    }
}

/// Waits until nothing moves any more.
fn settle(receiver: &Receiver<Heard>) -> Next {
    let began = environment::now();
    loop {
        match receiver.recv_timeout(SETTLED) {
            Ok(Heard::Change) if (environment::now() - began).num_seconds() < MOST_SETTLING_S => {}
            Ok(Heard::Change) | Err(RecvTimeoutError::Timeout) => return Next::Check,
            Ok(Heard::Signal) | Err(RecvTimeoutError::Disconnected) => return Next::End,
        }
    }
}

/// What one check came to.
fn checked(options: &Options) -> Result<String> {
    let loaded = load::read(options)?;
    loaded.say_of_files(options);
    let outcome = if loaded.settings.notify.is_empty() { None } else { Some(notify::report(&loaded)?) };
    let reported = match outcome.map(|outcome| (outcome.reported, outcome.waiting)) {
        None | Some((0, 0)) => String::new(),
        Some((reported, 0)) => format!(", {reported} reported"),
        Some((reported, waiting)) => format!(", {reported} reported, {waiting} to be tried again"),
    };
    Ok(format!("{}; {} active{reported}", runs(&loaded), loaded.messages().len()))
}

/// `213 runs, newest 14.0 km on Sun 8 Nov`.
fn runs(loaded: &Loaded) -> String {
    let runs = &loaded.import.runs;
    let newest = runs.last().map(|run| {
        let distance = loaded.units().short(run.whole_meters());
        format!(", newest {distance} on {}", dates::with_weekday(run.local_date()))
    });
    let plural = if runs.len() == 1 { "" } else { "s" };
    format!("{} run{plural}{}", runs.len(), newest.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_has_settled_when_nothing_follows_and_a_signal_ends_the_wait() {
        let (sender, receiver) = mpsc::channel();
        sender.send(Heard::Change).unwrap();
        assert_eq!(settle(&receiver), Next::Check);
        sender.send(Heard::Change).unwrap();
        sender.send(Heard::Signal).unwrap();
        assert_eq!(settle(&receiver), Next::End);
    }
}
