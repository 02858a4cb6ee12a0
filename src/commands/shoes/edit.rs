//! What every edit of the shoes shares: the file, the way back from its text, the preview, the writing.

use std::mem::ManuallyDrop;

use anyhow::{Context, Result};

use super::super::{
    ExitStatus, Options, environment,
    load::{self, Loaded},
    output::{self, notice},
    settings_file::SettingsFile,
};
use crate::{
    analysis::shoes::shoes,
    import::judge::corrections::with_pairs_of,
    report::{
        page::{Block, Page, Section, Tone, printable},
        sections::{
            assignment,
            shoe_edit::{self, BeforeAndAfter, changed_lines},
        },
    },
    settings::{Settings, SettingsError, ShoeSettings, same_name, unknown_pair},
};

/// The settings that an edit starts from.
pub(in crate::commands) struct Opened {
    pub(in crate::commands) file: SettingsFile,
    pub(in crate::commands) settings: Settings,
}

/// Opens the settings that count.
pub(in crate::commands) fn open(options: &Options) -> Result<Opened> {
    let found = SettingsFile::find(options.config.as_deref(), &options.folders)?;
    let file = found.context(
        "no settings to edit: name yours with `--config FILE`, or write some with `treadlight init FOLDER`",
    )?;
    let settings = file.settings()?;
    Ok(Opened { file, settings })
}

/// Opens the settings that count; where there are none, new ones in the user's configuration folder.
pub(in crate::commands) fn open_or_make(options: &Options) -> Result<Opened> {
    if let Some(file) = SettingsFile::find(options.config.as_deref(), &options.folders)? {
        let settings = file.settings()?;
        return Ok(Opened { file, settings });
    }
    let path = environment::user_settings();
    let path = path.context("cannot find your configuration folder: name a file with `--config FILE`")?;
    Ok(Opened { file: SettingsFile::new(path), settings: Settings::default() })
}

impl Opened {
    /// The pair of a name; an unknown one suggests the nearest.
    pub(super) fn pair(&self, name: &str) -> Result<&ShoeSettings> {
        let shoes = &self.settings.shoes;
        shoes.iter().find(|pair| same_name(&pair.name, name)).with_context(|| {
            let hint = unknown_pair(name, shoes);
            hint.replace("add it as [[shoes]] first", "add it with `treadlight shoes add` first")
        })
    }

    /// The edited text, read back.
    pub(in crate::commands) fn edited(self, text: Result<String, SettingsError>) -> Result<Edit> {
        let text = text.map_err(|error| self.file.in_file(error)).context("cannot edit the settings")?;
        let after = self.file.settings_after(&text)?;
        Ok(Edit { file: self.file, before: self.settings, text, after, renamed: None })
    }
}

/// An edit that can be read back and has not been written.
pub(in crate::commands) struct Edit {
    file: SettingsFile,
    before: Settings,
    text: String,
    after: Settings,
    /// The new name of a pair, and the old one.
    renamed: Option<(String, String)>,
}

impl Edit {
    pub(super) fn renaming(self, new: &str, old: &str) -> Self {
        Self { renamed: Some((new.to_owned(), old.to_owned())), ..self }
    }

    /// The settings as they will be.
    pub(super) fn after(&self) -> &Settings {
        &self.after
    }

    /// Writes the edit and says so, or shows what it would do. `loaded`: the history, where it is known already.
    pub(super) fn finish(
        self,
        options: &Options,
        dry_run: bool,
        loaded: Option<&Loaded>,
        did: &str,
    ) -> Result<ExitStatus> {
        let path = self.file.path().display();
        if self.text == self.file.text() {
            output::print(&format!("nothing to change in {path}\n"), options.color)?;
            return Ok(ExitStatus::Done);
        }
        if dry_run {
            let own = if loaded.is_none() { history(options, &self.before)? } else { None };
            output::print_page(&self.preview(loaded.or(own.as_deref())), options)?;
            return Ok(ExitStatus::Done);
        }
        self.file.write(&self.text)?;
        let new = if self.file.is_new() { " (new: there were no settings)" } else { "" };
        output::print(&format!("{}, in {path}{new}\n", printable(did)), options.color)?;
        self.tell_about_rules();
        Ok(ExitStatus::Done)
    }

    /// Writes the edit and says so, or shows the lines that would change: for what is not about shoes.
    pub(in crate::commands) fn finish_lines(
        self,
        options: &Options,
        dry_run: bool,
        did: &str,
    ) -> Result<ExitStatus> {
        let path = self.file.path().display().to_string();
        if self.text == self.file.text() {
            output::print(&format!("nothing to change in {path}\n"), options.color)?;
        } else if dry_run {
            let lines = changed_lines(self.file.text(), &self.text);
            let head = Block::Code(vec![format!("would write to {path}:")]);
            let would = Section::joined(vec![head, Block::Code(lines)]);
            output::print_page(&Page::of(vec![would, nothing_written()]), options)?;
        } else {
            let new = if self.file.is_new() { " (new: there were no settings)" } else { "" };
            self.write()?;
            output::print(&format!("{}, in {path}{new}\n", printable(did)), options.color)?;
        }
        Ok(ExitStatus::Done)
    }

    /// Writes the edit.
    pub(in crate::commands) fn write(&self) -> Result<()> {
        self.file.write(&self.text)
    }

    /// What it would change, in the file and over the history.
    pub(super) fn preview(&self, loaded: Option<&Loaded>) -> Page {
        let path = self.file.path().display();
        let mut sections = vec![Section::joined(vec![
            Block::Code(vec![format!("would write to {path}:")]),
            Block::Code(changed_lines(self.file.text(), &self.text)),
        ])];
        match loaded {
            Some(loaded) => sections.extend(self.history(loaded)),
            None => {
                let unknown = "No folder is known: name one with `--folder FOLDER` to see your history.";
                sections.push(Section::apart(vec![Block::text(Tone::Plain, unknown)]));
            }
        }
        sections.push(nothing_written());
        Page::of(sections)
    }

    fn history(&self, loaded: &Loaded) -> Vec<Section> {
        let runs = &loaded.import.runs;
        let others = loaded.import.others.iter().cloned();
        let all = runs.iter().cloned().chain(others).collect();
        let mut then = with_pairs_of(all, &self.after.runs);
        then.truncate(runs.len());
        let after = shoes(&then, &self.after, loaded.analysis.as_of);
        let renamed = self.renamed.as_ref().map(|(new, old)| (new.as_str(), old.as_str()));
        let mut sections = shoe_edit::history(&BeforeAndAfter {
            runs,
            before: &loaded.analysis.shoes,
            after: &after,
            renamed,
            units: loaded.units(),
        });
        let notices = assignment::notices(&then, &after, &self.after).into_iter();
        let notices = notices.map(|line| Block::text(Tone::Listed, format!("notice: {line}")));
        sections.push(Section::joined(notices.collect()));
        sections
    }

    /// Rules that can never fit once this is written.
    fn tell_about_rules(&self) {
        for line in assignment::idle_rules(&self.after) {
            notice(&format!("notice: {}", printable(&line)));
        }
    }
}

fn nothing_written() -> Section {
    Section::apart(vec![Block::text(Tone::Plain, "Nothing was written.")])
}

/// The history, if a folder is named here or in the settings.
pub(in crate::commands) fn history(
    options: &Options,
    settings: &Settings,
) -> Result<Option<ManuallyDrop<Loaded>>> {
    let is_known = !options.folders.is_empty() || !settings.folders.is_empty();
    is_known.then(|| load::load(options)).transpose()
}
