//! `check --notify`: each active message is handed to the runner's program once, whatever is imported again, renamed or
//! checked at the same time.

mod list;
mod program;
mod reported;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use super::{environment, load::Loaded, output::notice};
use crate::report::{
    page::{Block, Page, Section, Tone},
    sections::messages::Message,
};
use list::List;
use program::Program;
use reported::{Asked, Reported};

/// What came of reporting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Messages that were handed over.
    pub(super) reported: usize,
    /// Messages that wait for the next check, as the program did not take them.
    pub(super) waiting: usize,
}

/// Who is to be told of whose messages.
struct Handover {
    program: Program,
    folders: Vec<PathBuf>,
    pairs: Vec<String>,
    messages: Vec<Message>,
}

/// Hands over what is new.
///
/// # Errors
/// No program in the settings; a list of what was reported that cannot be kept: then nothing is handed over.
pub(super) fn report(loaded: &Loaded) -> Result<Outcome> {
    let handover = Handover::of(loaded)?;
    let mut list = List::open(&state_folder()?)?;
    if list.reported.has_lost(&handover.folders) {
        return handover.begin_anew(&mut list);
    }
    handover.hand_over(&mut list)
}

/// What would be handed over, for people.
///
/// # Errors
/// No program in the settings.
pub(super) fn preview(loaded: &Loaded) -> Result<Page> {
    let handover = Handover::of(loaded)?;
    let reported = List::look(&state_folder()?);
    let news = if reported.has_lost(&handover.folders) { Vec::new() } else { handover.news(&reported) };
    let heading = match news.len() {
        0 => "Nothing new to report.".to_owned(),
        1 => format!("1 message would go to `{}`:", handover.program.name()),
        n => format!("{n} messages would go to `{}`, one a call:", handover.program.name()),
    };
    let mut sections = vec![Section::joined(vec![Block::text(Tone::Plain, heading)])];
    sections.extend(news.iter().map(|message| {
        let lines = message.text.lines().map(|line| Block::text(Tone::Listed, line.to_owned()));
        Section::apart(lines.collect())
    }));
    Ok(Page::of(sections))
}

impl Handover {
    fn of(loaded: &Loaded) -> Result<Self> {
        let settings_folder =
            loaded.settings_file.as_deref().and_then(Path::parent).unwrap_or(Path::new("."));
        let Some(program) = Program::of(&loaded.settings.notify, settings_folder) else {
            let file = loaded.settings_file.as_ref().map_or_else(
                || "the settings (`treadlight init FOLDER` writes some)".to_owned(),
                |file| format!("`{}`", file.display()),
            );
            bail!(
                "nothing says whom to notify: write `[notify]` and a line like \
                 `command = [\"ntfy\", \"publish\", \"knees\"]` into {file}"
            );
        };
        let pairs = loaded.analysis.shoes.pairs.iter().map(|pair| pair.settings.name.clone());
        Ok(Self {
            program,
            folders: whole(loaded.folders()),
            pairs: pairs.collect(),
            messages: loaded.messages(),
        })
    }

    fn news(&self, reported: &Reported) -> Vec<Message> {
        let asked = Asked { folders: &self.folders, pairs: &self.pairs };
        reported.news(self.messages.clone(), asked, &|folder| !folder.exists())
    }

    /// After a loss: what is active now may have been reported, so it counts as that.
    fn begin_anew(&self, list: &mut List) -> Result<Outcome> {
        let mut reported = list.reported.clone();
        reported.add(&self.messages, &self.folders);
        let next = list.prepare(reported).context("nothing was reported")?;
        list.set(next)?;
        Ok(Outcome::default())
    }

    fn hand_over(&self, list: &mut List) -> Result<Outcome> {
        let news = self.news(&list.reported);
        let mut outcome = Outcome::default();
        for (at, message) in news.iter().enumerate() {
            let mut reported = list.reported.clone();
            reported.add(std::slice::from_ref(message), &self.folders);
            let next = list.prepare(reported).with_context(|| {
                format!("{} not reported, as it could not be remembered", counted(news.len() - at))
            })?;
            match self.program.take(message) {
                Ok(()) => {
                    list.set(next).context("a message was reported and could not be remembered")?;
                    outcome.reported += 1;
                }
                Err(refused) => {
                    let left = if refused.ends_it() { news.len() - at } else { 1 };
                    outcome.waiting += left;
                    notice(&format!(
                        "notice: {} not reported, and will be tried again at the next check: `{}` {refused}",
                        counted(left),
                        self.program.name()
                    ));
                    if refused.ends_it() {
                        break;
                    }
                }
            }
        }
        Ok(outcome)
    }
}

fn counted(messages: usize) -> String {
    if messages == 1 { "1 message was".to_owned() } else { format!("{messages} messages were") }
}

fn state_folder() -> Result<PathBuf> {
    environment::user_state().context("no home folder to keep in what was reported: set HOME")
}

/// The folders by their whole names, as text: that is what the list holds.
fn whole(folders: &[PathBuf]) -> Vec<PathBuf> {
    let whole = |folder: &PathBuf| fs::canonicalize(folder).unwrap_or_else(|_| folder.clone());
    folders.iter().map(|folder| PathBuf::from(whole(folder).to_string_lossy().into_owned())).collect()
}
