//! One runner of many: read in silence, so that nothing about one keeps the others from being read.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{MAIN_SEPARATOR, Path, PathBuf},
};

use anyhow::{Result, bail};
use chrono::NaiveDate;

use super::{
    super::{
        Options, environment,
        knee::{diary_file, gather},
        load::{self, Loaded, NoActivityFile},
        settings_file::SettingsFile,
        start::Start,
    },
    folders::{RunnerFailure, RunnerFolder},
};
use crate::{
    cohort::{
        reason::Reason,
        remarks::{self, LeftOut, Remark},
    },
    settings::Settings,
    units::UnitSystem,
};

/// One runner, read.
#[derive(Debug)]
pub(crate) struct Runner {
    /// Runs, settings and what the rules say.
    pub(crate) loaded: Loaded,
    diary_is_missing: bool,
}

impl Runner {
    /// What to know of the files.
    pub(crate) fn remarks(&self) -> Vec<Remark> {
        let missing = Remark { reason: Reason::DiaryMissing, count: 1 };
        let of_diary = self.diary_is_missing.then_some(missing);
        remarks::of(&self.loaded.import).into_iter().chain(of_diary).collect()
    }
}

/// Why a runner cannot be read: for programs, for people, and what was in the files.
type Why = (Reason, String, LeftOut);

/// What all runners of a source have in common.
#[derive(Clone, Debug)]
pub(crate) struct Common {
    /// The settings of whoever has none of their own.
    settings: Settings,
    /// What was typed, with the day and the units settled.
    options: Options,
    /// The day of the report, the same for everybody.
    pub(crate) as_of: NaiveDate,
    /// The units of the report.
    pub(crate) units: UnitSystem,
}

impl Common {
    /// The settings of whoever has none of their own.
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// From `--config`, else `treadlight.toml` in the source, or beside it where that is a table; what is typed stands above
    /// both.
    ///
    /// # Errors
    /// Settings that cannot be used, or that speak of one runner.
    pub(crate) fn of(source: &Path, options: &Options) -> Result<Self> {
        let file = match &options.config {
            Some(file) => SettingsFile::find(Some(file), &[])?,
            None => {
                let folder = if source.is_file() { source.parent().unwrap_or(source) } else { source };
                SettingsFile::read(&folder.join(environment::SETTINGS_FILE))?
            }
        };
        let settings = file.as_ref().map_or_else(|| Ok(Settings::default()), SettingsFile::settings)?;
        if let Some((file, key)) = file.as_ref().zip(of_one_runner(&settings)) {
            bail!(
                "`{}` holds for every runner, and {key} can only be said of one: write it into the treadlight.toml of that \
                 runner's folder",
                file.path().display()
            );
        }
        let zone = settings.timezone.unwrap_or_else(environment::system_zone);
        let today = || environment::now().with_timezone(&zone).date_naive();
        let as_of = options.as_of.or(settings.as_of).unwrap_or_else(today);
        let units = options.units.unwrap_or(settings.units);
        let options = Options {
            folders: Vec::new(),
            config: None,
            as_of: Some(as_of),
            units: Some(units),
            quiet: true,
            verbose: false,
            ..options.clone()
        };
        Ok(Self { settings, options, as_of, units })
    }

    /// Reads one runner, prints nothing, and keeps only what `work` makes of it: memory is that of one runner a thread. A
    /// panic in either is a failure of this runner.
    ///
    /// # Errors
    /// Why the runner could not be read.
    pub(crate) fn with<T>(
        &self,
        folder: &RunnerFolder,
        work: impl FnOnce(&Runner) -> T,
    ) -> Result<T, RunnerFailure> {
        let failed = |(reason, detail, left_out)| RunnerFailure {
            name: folder.name.clone(),
            reason,
            detail,
            left_out,
        };
        guarded(|| self.read(&folder.path).map(|runner| work(&runner))).map_err(failed)
    }

    fn read(&self, folder: &Path) -> Result<Runner, Why> {
        let start = self.start(folder).map_err(|error| {
            // the runner is named already
            let within = format!("{}{MAIN_SEPARATOR}", folder.display());
            (Reason::SettingsUnusable, format!("{error:#}").replace(&within, ""), LeftOut::new())
        })?;
        let diary_is_missing = gather::missing(&start.settings, start.diary.as_deref()).is_some();
        let loaded = load::from(start, &self.options, load::Wanted::Tables).map_err(|error| {
            match error.downcast_ref() {
                Some(NoActivityFile { advice, .. }) => {
                    (Reason::NoActivityFile, format!("no FIT, GPX or TCX file: {advice}"), LeftOut::new())
                }
                None => (Reason::NotAnalysed, format!("{error:#}"), LeftOut::new()),
            }
        })?;
        if loaded.import.runs.is_empty() && loaded.later == 0 {
            return Err((Reason::NoRun, no_run(&loaded), remarks::left_out(&loaded.import)));
        }
        Ok(Runner { loaded, diary_is_missing })
    }

    /// The runner's own settings, else the common ones. A diary lies in the runner's own folder.
    fn start(&self, folder: &Path) -> Result<Start> {
        let is_folder = folder.is_dir();
        let own =
            if is_folder { SettingsFile::read(&folder.join(environment::SETTINGS_FILE))? } else { None };
        let settings = match &own {
            Some(file) => file.settings()?,
            None => self.settings.clone(),
        };
        let settings_file = own.map(|file| file.path().to_owned());
        let folders: Vec<PathBuf> = vec![folder.to_owned()];
        let diary = diary_file::path(&settings, settings_file.as_deref(), &folders).filter(|_| is_folder);
        Ok(Start { settings, settings_file, folders, diary })
    }
}

/// What of the settings can be said of one runner only.
fn of_one_runner(settings: &Settings) -> Option<&'static str> {
    let said = [
        (!settings.runs.is_empty(), "[runs]"),
        (!settings.shoes.is_empty(), "[[shoes]]"),
        (!settings.shoe_rules.is_empty(), "[[shoe_rules]]"),
        (settings.diary.is_some(), "`diary` below [knee]"),
        (settings.athlete != Settings::default().athlete, "[athlete]"),
    ];
    said.into_iter().find(|(is_said, _)| *is_said).map(|(_, key)| key)
}

/// What the files hold in place of a run.
fn no_run(loaded: &Loaded) -> String {
    let others = match loaded.import.others.len() {
        1 => "1 activity of another sport".to_owned(),
        n => format!("{n} activities of other sports"),
    };
    match loaded.import.skipped.len() {
        0 => format!("no run: {others}"),
        1 => format!("no run: {others}, 1 file not read"),
        n => format!("no run: {others}, {n} files not read"),
    }
}

/// A panic is a failure of this runner only.
fn guarded<T>(read: impl FnOnce() -> Result<T, Why>) -> Result<T, Why> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|cause| {
        let said = cause.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("no word on it");
        let detail = format!("treadlight stopped at this folder: {said}; please report it");
        Err((Reason::Panicked, detail, LeftOut::new()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_failure_with_its_words() {
        let failed = guarded::<()>(|| panic!("index {} of 3", 7)).unwrap_err();
        assert_eq!(failed.0, Reason::Panicked);
        assert!(failed.1.contains("index 7 of 3"), "{}", failed.1);
    }

    #[test]
    fn common_settings_may_not_speak_of_one_runner() {
        let said = Settings { diary: Some("knee.csv".to_owned()), ..Settings::default() };
        assert_eq!(of_one_runner(&said), Some("`diary` below [knee]"));
        assert_eq!(of_one_runner(&Settings { units: UnitSystem::Miles, ..Settings::default() }), None);
    }
}
