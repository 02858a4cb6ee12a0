//! From options to an analysis: settings, import, rules. What every command starts with.

use std::{mem::ManuallyDrop, path::PathBuf, thread};

use anyhow::{Context, Result};
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use indicatif::{ProgressBar, ProgressStyle};
use thiserror::Error;

use super::{
    ExitStatus, Options,
    cache::Store,
    environment,
    knee::gather,
    output::{self, notice},
    paths,
    said::{Remark, Said},
    start::{Start, forget_settings_after},
};
use crate::{
    activity::{Activity, Note},
    analysis::{self, Analysis},
    dates,
    import::{
        self, Import,
        cache::{
            Memory,
            judged::{self, Judged},
        },
        circumstances::Circumstances,
        files::find::{self, Found, Source},
        judge::corrections::entry_of,
        skipped::{SkipReason, Skipped},
    },
    knee::Knee,
    report::{
        page::{Page, printable},
        sections::{
            self, Medium, Report, assignment,
            messages::{Message, messages},
            verdict,
        },
    },
    settings::{RunSettings, Settings},
    units::UnitSystem,
};

/// Notices about single files that are printed before "+N more".
const NOTICES: usize = 5;
/// Fewer files than this are read before a progress bar could be seen.
const PROGRESS_FROM_FILES: usize = 50;

/// What helps where nothing was found and an export has no word on it.
const ADVICE: &str = "README says how to get them out of your watch or app";

/// The folders hold no activity file.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("no FIT, GPX or TCX file in {folders}{others}: {advice}")]
pub(super) struct NoActivityFile {
    folders: String,
    others: String,
    /// What to do.
    pub(super) advice: String,
}

/// Everything a command shows.
#[derive(Debug)]
pub struct Loaded {
    /// Settings with the flags on top.
    pub settings: Settings,
    /// What the files hold, nothing later than the day of the report.
    pub import: Import,
    /// What the rules say.
    pub analysis: Analysis,
    /// Activities after the day of the report.
    pub later: usize,
    /// The file that the settings stand in, where there is one.
    pub(super) settings_file: Option<PathBuf>,
    /// The folders that were read.
    folders: Vec<PathBuf>,
    /// Whether the rows of the knee diary were asked for.
    with_diary: bool,
}

impl Loaded {
    /// Units to show.
    #[must_use]
    pub fn units(&self) -> UnitSystem {
        self.settings.units
    }

    /// The report for its medium.
    #[must_use]
    pub fn report(&self, medium: Medium) -> Page {
        sections::report(&self.shown(medium))
    }

    /// The same with every block, however many.
    #[must_use]
    pub fn whole_report(&self, medium: Medium) -> Page {
        sections::report(&Report { all: true, ..self.shown(medium) })
    }

    fn shown(&self, medium: Medium) -> Report<'_> {
        let (import, analysis) = (&self.import, &self.analysis);
        Report { import, analysis, units: self.units(), medium, with_diary: self.with_diary, all: false }
    }

    /// The report in a line or two; none where nothing is active.
    #[must_use]
    pub fn notification(&self) -> Vec<String> {
        verdict::notification(&Report { with_diary: false, ..self.shown(Medium::Quiet) })
    }

    /// Everything active, a message each, for a program that passes on what is new.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        messages(&Report { with_diary: false, ..self.shown(Medium::Quiet) })
    }

    /// The folders that were read.
    pub(super) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// The knee diary, where there is one.
    #[must_use]
    pub fn knee(&self) -> Option<&Knee> {
        self.analysis.knee.as_ref()
    }

    /// Notices about files that were damaged or could not be read, unless quiet was asked for.
    pub fn tell_about_files(&self, options: &Options) {
        if !options.quiet {
            self.say_of_files(options);
            say_lines(&self.unmatched(), "more in [runs] of treadlight.toml");
            tell_about_shoes(self);
            self.tell_about_knee(options.verbose);
        }
    }

    /// What of exports is not used, and whose runs these may be, for a list that names each file's own trouble.
    pub(super) fn tell_about_exports(&self, options: &Options) {
        if !options.quiet {
            say_lines(&self.import.notices, "more: `treadlight check` says them");
        }
    }

    /// What of the diary could not be read, a line each; all of it where more was asked for.
    fn tell_about_knee(&self, all: bool) {
        let problems: Vec<String> =
            self.knee().into_iter().flat_map(|knee| &knee.diary.problems).map(ToString::to_string).collect();
        let shown = if all { problems.len() } else { NOTICES };
        for line in problems.iter().take(shown) {
            output::notice(&format!("notice: {}", printable(line)));
        }
        if problems.len() > shown {
            output::notice(&format!("notice: +{} more about the knee diary: -v", problems.len() - shown));
        }
    }

    /// What was damaged or could not be read: what an earlier command said is not said again, unless the file changed.
    pub(super) fn say_of_files(&self, options: &Options) {
        let remarks = remarks(&self.import);
        let mut said = Said::of_user(options);
        let lines = said.news(remarks, &self.folders);
        say_lines(&lines, "more: `treadlight runs --skipped` lists them");
        said.keep(options.verbose);
    }

    /// Entries of `[runs]` that no activity answers to.
    fn unmatched(&self) -> Vec<String> {
        let said = |id: &String| {
            format!("`{id}` in [runs] of treadlight.toml: no activity starts within 5 minutes of it")
        };
        self.import.unmatched.iter().map(said).collect()
    }

    /// The id by which the settings speak of a run already, else its own.
    pub(super) fn id_in_settings(&self, run: &Activity) -> String {
        let activities: Vec<Activity> = self.import.runs.iter().chain(&self.import.others).cloned().collect();
        let position = activities.iter().position(|activity| activity.id == run.id);
        let entry = position.and_then(|position| entry_of(position, &activities, &self.settings.runs));
        entry.unwrap_or(&run.id).to_owned()
    }

    /// The exit status of a command that did its job.
    #[must_use]
    pub fn status(&self, options: &Options) -> ExitStatus {
        let against_the_runners_wish =
            |skipped: &Skipped| !matches!(skipped.reason, SkipReason::Excluded { .. });
        let failed = options.strict && self.import.skipped.iter().any(against_the_runners_wish);
        if failed { ExitStatus::Failed } else { ExitStatus::Done }
    }
}

/// What a command wants of a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// What the rules say.
    Answer,
    /// The tables too.
    Tables,
}

/// The history that a command is about. It stays until the program ends: to take thousands of activities apart again would
/// take longer than the rules.
///
/// # Errors
/// As [`read`].
pub fn load(options: &Options) -> Result<ManuallyDrop<Loaded>> {
    Ok(ManuallyDrop::new(read(options)?))
}

/// The same for a command that shows tables.
///
/// # Errors
/// As [`read`].
pub fn load_tables(options: &Options) -> Result<ManuallyDrop<Loaded>> {
    Ok(ManuallyDrop::new(from(Start::of(options)?, options, Wanted::Tables)?))
}

/// Reads settings and files, and asks the rules.
///
/// # Errors
/// Unusable settings, no folder, no activity file at all.
pub fn read(options: &Options) -> Result<Loaded> {
    from(Start::of(options)?, options, Wanted::Answer)
}

/// Reads the files of a start, and asks the rules; nothing is said where `options` are quiet.
///
/// # Errors
/// [`NoActivityFile`]; tables that cannot be made.
pub(super) fn from(start: Start, options: &Options, wanted: Wanted) -> Result<Loaded> {
    let Start { mut settings, settings_file, folders, diary } = start;
    if let Some(units) = options.units {
        settings.show_in(units);
    }
    let zone = settings.timezone.unwrap_or_else(environment::system_zone);
    let now = environment::now();
    let as_of = options.as_of.or(settings.as_of).unwrap_or_else(|| now.with_timezone(&zone).date_naive());
    if options.verbose {
        let file =
            settings_file.as_ref().map_or_else(|| "none".to_owned(), |file| file.display().to_string());
        notice(&format!("settings: {file}\ntime zone: {zone}\nas of: {as_of}"));
    }
    forget_settings_after(as_of, &mut settings);
    let circumstances = Circumstances { zone, now: now.max(end_of(as_of, zone)) };
    let (mut import, knee_files) = read_folders(&folders, circumstances, &settings.runs, options)?;
    let first = import.runs.iter().map(Activity::local_date).min();
    let later = import.forget_after(as_of);
    if later > 0 && options.verbose {
        notice(&format!("{later} activities after {as_of} left out"));
    }
    if let Some(first) = first.filter(|first| *first > as_of && !options.quiet) {
        notice(&format!(
            "notice: no run yet on {}: the first is of {}",
            dates::long(as_of),
            dates::long(first)
        ));
    }
    let mut analysis = match wanted {
        Wanted::Answer => analysis::answer(&import.runs, &import.others, &settings, as_of),
        Wanted::Tables => analysis::analyze(&import.runs, &import.others, &settings, as_of)
            .context("cannot make the tables of runs, days and weeks")?,
    };
    let missing = gather::missing(&settings, diary.as_deref());
    if let Some(missing) = missing.filter(|_| !options.quiet) {
        notice(&format!("notice: {missing}"));
    }
    let knee = gather::knee(&gather::From {
        diary: diary.as_deref(),
        birth_year: settings.athlete.birth_year,
        files: &knee_files,
        runs: &import.runs,
        others: &import.others,
        duplicates: import.duplicates.with_a_word_on_the_knee(),
        today: now.with_timezone(&zone).date_naive(),
        as_of,
    });
    analysis.take_knee(knee);
    // the rules know files by their names in the folder, so those are spelled out last
    if options.with_paths {
        paths::spell_out(&mut import, &folders);
    }
    let with_diary = options.with_diary;
    Ok(Loaded { settings, import, analysis, later, settings_file, folders, with_diary })
}

fn read_folders(
    folders: &[PathBuf],
    circumstances: Circumstances,
    corrections: &[RunSettings],
    options: &Options,
) -> Result<(Import, Vec<Source>)> {
    let (import, found) = import_folders(folders, circumstances, corrections, options);
    if import.is_empty() {
        let names: Vec<String> = folders.iter().map(|folder| format!("`{}`", folder.display())).collect();
        let others = match import.ignored {
            0 => String::new(),
            1 => " (one file of another kind)".to_owned(),
            n => format!(" ({n} files of other kinds)"),
        };
        let advice = import.notices.first().map_or(ADVICE, String::as_str).to_owned();
        return Err(NoActivityFile { folders: names.join(", "), others, advice }.into());
    }
    let knee_files = found.sources.into_iter().filter(|source| import::is_knee_text(&source.name));
    Ok((import, knee_files.collect()))
}

/// Takes the import of the last time where nothing has changed since, else makes it anew.
fn import_folders(
    folders: &[PathBuf],
    circumstances: Circumstances,
    corrections: &[RunSettings],
    options: &Options,
) -> (Import, Found) {
    let store = Store::of_user(options);
    let began = environment::now();
    let (recalled, found) = recall_and_find(&store, folders, began);
    let key = judged::key(&Store::roots(folders), &found, circumstances, corrections);
    let memory = match recalled {
        Recalled::Judged(judged) => match judged.answer(key, circumstances) {
            Some(import) => return (import, found),
            None => store.memory(folders, began),
        },
        Recalled::Files(memory) => memory,
    };
    let progress = progress_bar(found.sources.len(), options.quiet);
    let on_file = || progress.inc(1);
    let read = import::import_remembering(&found, circumstances, corrections, &memory, &on_file);
    progress.finish_and_clear();
    store.keep(folders, &read.renewed);
    if let Some(bytes) = read.judged(key) {
        store.keep_judged(folders, &bytes);
    }
    (read.import, found)
}

/// What is remembered of some folders.
enum Recalled {
    /// What all their files came to together.
    Judged(Box<Judged>),
    /// What each file came to.
    Files(Memory),
}

/// Reads what is remembered while the folders are walked.
fn recall_and_find(store: &Store, folders: &[PathBuf], began: DateTime<Utc>) -> (Recalled, Found) {
    let recall = || match store.judged(folders) {
        Some(judged) => Recalled::Judged(Box::new(judged)),
        None => Recalled::Files(store.memory(folders, began)),
    };
    thread::scope(|scope| {
        let recalling = thread::Builder::new().spawn_scoped(scope, recall).ok();
        let found = find::find_sources(folders);
        // where the system has no more threads, one after the other
        let recalled = recalling.and_then(|thread| thread.join().ok()).unwrap_or_else(recall);
        (recalled, found)
    })
}

/// A bar on stderr, drawn on a terminal only.
fn progress_bar(files: usize, quiet: bool) -> ProgressBar {
    if quiet || files < PROGRESS_FROM_FILES {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(files as u64);
    bar.set_style(
        ProgressStyle::with_template("reading {bar:30} {pos}/{len} files")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    bar
}

/// What was damaged or could not be read, each with the file that it is about.
fn remarks(import: &Import) -> Vec<Remark> {
    let of_indexes = import.notices.iter().map(|line| Remark::of_line(line.clone()));
    let damaged = import.runs.iter().flat_map(|run| {
        let notes = run.notes.iter().filter(|note| is_damage(note));
        notes.map(|note| Remark::of_file(&run.file, format!("`{}`: {note}", run.file)))
    });
    let refused = import.skipped.iter().filter(|skipped| skipped.reason.may_lose_a_run());
    let refused = refused.map(|skipped| {
        Remark::of_file(&skipped.file, format!("`{}` skipped: {}", skipped.file, skipped.reason))
    });
    of_indexes.chain(damaged).chain(refused).collect()
}

/// Notices, a line each, a few of them; `more` says where the others are.
fn say_lines(lines: &[String], more: &str) {
    for line in lines.iter().take(NOTICES) {
        output::notice(&format!("notice: {}", printable(line)));
    }
    if lines.len() > NOTICES {
        output::notice(&format!("notice: +{} {more}", lines.len() - NOTICES));
    }
}

/// What the settings ask of shoes and cannot have, a line each, a few of them.
fn tell_about_shoes(loaded: &Loaded) {
    let lines = assignment::notices(&loaded.import.runs, &loaded.analysis.shoes, &loaded.settings);
    say_lines(&lines, "more about shoes");
}

fn is_damage(note: &Note) -> bool {
    matches!(note, Note::DamagedAt { .. } | Note::RecordsEndEarly { .. })
}

/// The end of a day: a file may be dated up to it, whatever the clock says.
fn end_of(day: NaiveDate, zone: Tz) -> chrono::DateTime<chrono::Utc> {
    let midnight = day.and_time(NaiveTime::MIN) + Duration::days(1);
    midnight.and_local_timezone(zone).latest().map_or_else(|| midnight.and_utc(), |time| time.to_utc())
}
