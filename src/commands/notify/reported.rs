//! What was reported before, runner by runner: pure. A message is known by its key, never by its words or numbers, so that a
//! file imported again, renamed or corrected a little reports nothing twice; a higher level is news.
//!
//! A runner is known by the folders. Folders that are gone were renamed or moved: what was reported of them counts for every
//! other, which hides a message only where two runners have the same one on the same day.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    report::sections::messages::{Key, Message},
    settings::same_name,
    warning::Level,
};

/// The version of the file.
const SCHEMA: u32 = 1;

/// Everything that was reported.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(super) struct Reported {
    schema: u32,
    /// Whether the lists before this one were lost: of a runner without one, everything active then counts as reported.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    lost: bool,
    runners: Vec<Runner>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
struct Runner {
    folders: Vec<PathBuf>,
    reported: Vec<Entry>,
}

/// A message that was handed over.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
struct Entry {
    rule: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<NaiveDate>,
    level: String,
}

/// Whose messages are asked about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    /// The folders, as whole paths.
    pub(super) folders: &'a [PathBuf],
    /// The names of all pairs: another name in the list is one that was renamed.
    pub(super) pairs: &'a [String],
}

impl Default for Reported {
    fn default() -> Self {
        Self { schema: SCHEMA, lost: false, runners: Vec::new() }
    }
}

impl Reported {
    /// Reads the file's text.
    ///
    /// # Errors
    /// Damage, and another version, each in words that stand behind the file's name.
    pub(super) fn parse(text: &str) -> Result<Self> {
        #[derive(Deserialize)]
        struct Version {
            schema: u32,
        }
        match serde_json::from_str::<Version>(text) {
            Ok(Version { schema }) if schema > SCHEMA => bail!("was written by a newer treadlight"),
            Ok(Version { schema: SCHEMA }) => {}
            _ => bail!("is damaged"),
        }
        serde_json::from_str(text).or_else(|_| bail!("is damaged"))
    }

    /// In place of lists that were lost.
    pub(super) fn after_loss() -> Self {
        Self { lost: true, ..Self::default() }
    }

    /// Whether the list of a runner was lost, and nothing has taken its place yet.
    pub(super) fn has_lost(&self, folders: &[PathBuf]) -> bool {
        self.lost && !self.runners.iter().any(|runner| runner.is_of(folders))
    }

    /// The messages that were not reported yet; `is_gone` says whether a folder is no longer there.
    pub(super) fn news(
        &self,
        messages: Vec<Message>,
        asked: Asked<'_>,
        is_gone: &dyn Fn(&Path) -> bool,
    ) -> Vec<Message> {
        let counts = |runner: &&Runner| {
            runner.is_of(asked.folders) || runner.folders.iter().all(|folder| is_gone(folder))
        };
        let entries: Vec<&Entry> = self.runners.iter().filter(counts).flat_map(|r| &r.reported).collect();
        let mut news: Vec<Message> = Vec::new();
        for message in messages {
            let is_old = entries.iter().any(|entry| entry.covers(&message, asked.pairs))
                || news.iter().any(|other| Entry::of(other).covers(&message, asked.pairs));
            if !is_old {
                news.push(message);
            }
        }
        news
    }

    /// Remembers messages of a runner.
    pub(super) fn add(&mut self, messages: &[Message], folders: &[PathBuf]) {
        self.own(folders).reported.extend(messages.iter().map(Entry::of));
    }

    /// The list of a runner, made where there is none; it goes by all names under which the runner was asked for.
    fn own(&mut self, folders: &[PathBuf]) -> &mut Runner {
        let at = self.runners.iter().position(|runner| runner.is_of(folders)).unwrap_or_else(|| {
            self.runners.push(Runner { folders: Vec::new(), reported: Vec::new() });
            self.runners.len() - 1
        });
        let own = &mut self.runners[at];
        for folder in folders {
            if !own.folders.contains(folder) {
                own.folders.push(folder.clone());
            }
        }
        own
    }

    /// The file's text.
    ///
    /// # Errors
    /// A path that is no text.
    pub(super) fn text(&self) -> Result<String> {
        Ok(format!("{}\n", serde_json::to_string_pretty(self)?))
    }
}

impl Runner {
    /// Whether one of the folders is one of its own, lies in it, or holds it.
    fn is_of(&self, folders: &[PathBuf]) -> bool {
        self.folders
            .iter()
            .any(|own| folders.iter().any(|asked| own.starts_with(asked) || asked.starts_with(own)))
    }
}

impl Entry {
    fn of(message: &Message) -> Self {
        let Key { rule, subject, date } = message.key.clone();
        Self { rule, subject, date, level: message.level.name().to_owned() }
    }

    /// Whether it says the same as a message, at its level or a higher one.
    fn covers(&self, message: &Message, pairs: &[String]) -> bool {
        let key = &message.key;
        let same_subject = match (&self.subject, &key.subject) {
            (Some(own), Some(asked)) => same_name(own, asked),
            (own, asked) => own.is_none() && asked.is_none(),
        };
        let is_known = |name: &String| pairs.iter().any(|pair| same_name(pair, name));
        let is_pair = key.subject.as_ref().is_some_and(is_known);
        let was_renamed = is_pair && self.subject.as_ref().is_some_and(|own| !is_known(own));
        let same_date = self.date == key.date;
        let is_same = if message.once {
            same_subject || (was_renamed && same_date)
        } else {
            same_date && (same_subject || was_renamed)
        };
        self.rule == key.rule && is_same && self.level() >= message.level
    }

    /// A level that nobody knows is above all that are known: nothing is reported twice.
    fn level(&self) -> Level {
        let named =
            [Level::Info, Level::Caution, Level::Warning].into_iter().find(|l| l.name() == self.level);
        named.unwrap_or(Level::Warning)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(rule: &str, subject: Option<&str>, date: &str, level: Level) -> Message {
        let date: NaiveDate = date.parse().unwrap();
        Message {
            key: Key { rule: rule.to_owned(), subject: subject.map(str::to_owned), date: Some(date) },
            level,
            once: rule == "shoe-window",
            date,
            until: None,
            text: "Something.".to_owned(),
        }
    }

    fn spike(date: &str, level: Level) -> Message {
        message("long-run-spike", None, date, level)
    }

    /// What is news in a folder after something was reported in another, whose folder is gone or not.
    fn news(before: &[Message], of: &str, now: Message, is_gone: bool, pairs: &[&str]) -> bool {
        let mut reported = Reported::default();
        reported.add(before, &[PathBuf::from("/runs")]);
        let reported = Reported::parse(&reported.text().unwrap()).unwrap();
        let pairs: Vec<String> = pairs.iter().map(ToString::to_string).collect();
        let folders = [PathBuf::from(of)];
        let asked = Asked { folders: &folders, pairs: &pairs };
        !reported.news(vec![now], asked, &|_| is_gone).is_empty()
    }

    #[test]
    fn a_message_is_known_by_rule_day_and_level_and_only_a_higher_level_is_news() {
        let before = [spike("2026-11-08", Level::Caution)];
        for (date, level, is_news) in [
            ("2026-11-08", Level::Caution, false),
            ("2026-11-08", Level::Info, false),
            ("2026-11-08", Level::Warning, true),
            ("2026-11-15", Level::Caution, true),
        ] {
            assert_eq!(news(&before, "/runs", spike(date, level), false, &[]), is_news, "{date} {level:?}");
        }
    }

    #[test]
    fn another_runner_has_news_and_a_folder_that_was_renamed_has_not() {
        let before = [spike("2026-11-08", Level::Caution)];
        let is_news = |of, is_gone| news(&before, of, before[0].clone(), is_gone, &[]);
        assert!(is_news("/anna", false) && !is_news("/renamed", true));
        assert!(!is_news("/runs/2026", false) && !is_news("/", false));
    }

    #[test]
    fn a_pair_enters_its_window_once_also_under_a_new_name_and_with_a_corrected_day() {
        let before = [message("shoe-window", Some("Ghost 15"), "2026-11-05", Level::Info)];
        let is_news = |subject, date, pairs: &[&str]| {
            news(&before, "/runs", message("shoe-window", Some(subject), date, Level::Info), false, pairs)
        };
        assert!(!is_news("ghost 15", "2026-11-07", &["Ghost 15"]));
        assert!(!is_news("Ghost, blue", "2026-11-05", &["Ghost, blue"]), "renamed");
        assert!(is_news("Pegasus", "2026-11-05", &["Ghost 15", "Pegasus"]), "another pair on the same day");
    }

    #[test]
    fn a_knee_state_is_known_by_its_day() {
        let before = [message("knee", Some("hold"), "2026-11-05", Level::Info)];
        let is_news =
            |state, date| news(&before, "/runs", message("knee", Some(state), date, Level::Info), false, &[]);
        assert!(!is_news("hold", "2026-11-05"));
        assert!(is_news("ramp", "2026-11-05") && is_news("hold", "2026-11-09"));
    }

    #[test]
    fn after_a_loss_each_runner_begins_anew_once() {
        let mut reported = Reported::after_loss();
        let [runs, anna] = ["/runs", "/anna"].map(|folder| [PathBuf::from(folder)]);
        reported.add(&[], &runs);
        let reported = Reported::parse(&reported.text().unwrap()).unwrap();
        assert!(!reported.has_lost(&runs) && reported.has_lost(&anna));
        assert!(!Reported::default().has_lost(&anna), "nothing was lost");
    }

    #[test]
    fn damage_and_newer_versions_are_told_apart() {
        let why = |text: &str| Reported::parse(text).unwrap_err().to_string();
        assert_eq!(why("{\"schema\": 2}"), "was written by a newer treadlight");
        for damaged in ["", "{", "[]", "{\"schema\": 0}", "{\"schema\": 1}", "\0"] {
            assert_eq!(why(damaged), "is damaged", "{damaged:?}");
        }
    }
}
