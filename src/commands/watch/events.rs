//! Changes of folders, by the events of the file system or by looking at it again and again; of both only that there was one.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::mpsc::Sender,
    time::Duration,
};

use notify::{
    Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode},
};

use crate::commands::{environment, output::notice};

/// How often folders without events are looked at, in seconds.
pub(super) const POLL_S: u64 = 30;

/// What the watching thread hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// Something moved in a folder.
    Change,
    /// It is to end.
    Signal,
}

/// Where changes of the watched folders come from.
pub(super) struct Events {
    watcher: Option<Box<dyn Watcher + Send>>,
    is_polling: bool,
    filter: Filter,
}

/// What tells a change from what treadlight itself, or a hidden file, does.
#[derive(Clone)]
struct Filter {
    sender: Sender<Heard>,
    own: Vec<PathBuf>,
}

impl Events {
    /// Events of the file system, or a look every so many seconds.
    pub(super) fn new(poll_s: Option<u64>, sender: &Sender<Heard>) -> Self {
        let own = [environment::user_cache(), environment::user_state()].into_iter().flatten().collect();
        let filter = Filter { sender: sender.clone(), own };
        let watcher = match poll_s {
            Some(seconds) => polling(seconds, filter.clone()),
            None => of_system(filter.clone()),
        };
        Self { watcher, is_polling: poll_s.is_some(), filter }
    }

    /// Watches a folder with all that is in it, by looking where the system has no more events to give.
    pub(super) fn add(&mut self, folder: &Path) {
        if self.watch(folder).is_ok() {
            return;
        }
        if !self.is_polling {
            notice(&format!(
                "notice: the system has no events for `{}`: looking every {POLL_S} seconds instead",
                folder.display()
            ));
            self.watcher = polling(POLL_S, self.filter.clone());
            self.is_polling = true;
            if self.watch(folder).is_ok() {
                return;
            }
        }
        notice(&format!("notice: changes in `{}` cannot be seen: start it again", folder.display()));
    }

    /// No longer watches what had this name.
    pub(super) fn remove(&mut self, folder: &Path) {
        if let Some(watcher) = &mut self.watcher {
            // a folder that is gone has no watch left
            let _ = watcher.unwatch(folder);
        }
    }

    fn watch(&mut self, folder: &Path) -> notify::Result<()> {
        match &mut self.watcher {
            Some(watcher) => watcher.watch(folder, RecursiveMode::Recursive),
            None => Err(notify::Error::generic("no watcher")),
        }
    }
}

fn of_system(filter: Filter) -> Option<Box<dyn Watcher + Send>> {
    let watcher = RecommendedWatcher::new(move |event| filter.hear(&event), Config::default()).ok()?;
    Some(Box::new(watcher))
}

fn polling(seconds: u64, filter: Filter) -> Option<Box<dyn Watcher + Send>> {
    let config = Config::default().with_poll_interval(Duration::from_secs(seconds));
    let watcher = PollWatcher::new(move |event| filter.hear(&event), config).ok()?;
    Some(Box::new(watcher))
}

impl Filter {
    fn hear(&self, event: &notify::Result<Event>) {
        if event.as_ref().map_or(true, |event| is_change(event) && self.is_of_runner(event)) {
            // the watch has ended where nobody listens
            let _ = self.sender.send(Heard::Change);
        }
    }

    /// Whether something changed that is neither hidden, which the import would not read, nor treadlight's own, or a check
    /// would follow each check of a home folder.
    fn is_of_runner(&self, event: &Event) -> bool {
        let counts = |path: &PathBuf| {
            !self.own.iter().any(|own| path.starts_with(own)) && !path.file_name().is_some_and(is_hidden)
        };
        event.paths.is_empty() || event.paths.iter().any(counts)
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether something was written, moved or deleted: what treadlight reads is no change.
fn is_change(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => event.need_rescan(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use notify::event::{CreateKind, ModifyKind};

    use super::*;

    fn heard(kind: EventKind, path: &str) -> bool {
        let (sender, receiver) = mpsc::channel();
        let filter = Filter { sender, own: vec![PathBuf::from("/home/anna/AppData/treadlight")] };
        filter.hear(&Ok(Event::new(kind).add_path(PathBuf::from(path))));
        receiver.try_recv().is_ok()
    }

    #[test]
    fn what_is_read_hidden_or_treadlights_own_is_no_change() {
        let created = EventKind::Create(CreateKind::File);
        let run = "/home/anna/.runs/2026/long.fit";
        for kind in [
            created,
            EventKind::Modify(ModifyKind::Any),
            EventKind::Access(AccessKind::Close(AccessMode::Write)),
        ] {
            assert!(heard(kind, run), "{kind:?}");
        }
        for kind in
            [AccessKind::Read, AccessKind::Open(AccessMode::Read), AccessKind::Close(AccessMode::Read)]
        {
            assert!(!heard(EventKind::Access(kind), run), "{kind:?}");
        }
        assert!(!heard(created, "/home/anna/runs/.syncthing.long.fit.tmp"));
        assert!(!heard(created, "/home/anna/AppData/treadlight/reported.json"));
    }
}
