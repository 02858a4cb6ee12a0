//! A folder with a sub-folder, or an export as `.zip`, for each runner: who is in it, and how one of them is read.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::cohort::{natural, reason::Reason, remarks::LeftOut};

/// A runner's folder, or the export of one as a `.zip`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RunnerFolder {
    /// The name of the folder.
    pub(crate) name: String,
    /// Where it lies.
    pub(crate) path: PathBuf,
}

/// A folder that is not read, or a runner who could not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RunnerFailure {
    /// The name of the folder.
    pub(crate) name: String,
    /// Why.
    pub(crate) reason: Reason,
    /// The same for people: it may name files, and belongs in no table.
    pub(crate) detail: String,
    /// What was in the files and does not count.
    pub(crate) left_out: LeftOut,
}

/// What a source holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Runners {
    /// The runners, in the order of their names.
    pub(crate) runners: Vec<RunnerFolder>,
    /// Folders that should be a runner's and cannot be looked into.
    pub(crate) failed: Vec<RunnerFailure>,
    /// Links that are not followed, as what they lead to is read already.
    pub(crate) left_out: Vec<RunnerFailure>,
    /// Files beside the folders: nobody's.
    pub(crate) files_beside: usize,
    /// Activity files among them.
    pub(crate) activities_beside: usize,
}

/// What a source holds, each folder once: one that stands in it before one that is linked.
///
/// # Errors
/// A source that is missing, is a file, cannot be looked into, or holds no runner's folder.
pub(crate) fn runners(source: &Path) -> Result<Runners> {
    let shown = source.display();
    if source.is_file() {
        bail!("`{shown}` is a file: name the folder that has a sub-folder for each runner");
    }
    if !source.exists() {
        bail!("the folder `{shown}` does not exist: check the spelling, or name another");
    }
    let mut found = Walk::of(source).with_context(|| format!("cannot look into the folder `{shown}`"))?;
    found.links.sort_by(|a, b| natural::compare(&a.name, &b.name));
    for link in std::mem::take(&mut found.links) {
        found.follow(link);
    }
    let mut runners = found.runners;
    runners.runners.sort_by(|a, b| natural::compare(&a.name, &b.name));
    runners.failed.sort_by(|a, b| natural::compare(&a.name, &b.name));
    if runners.runners.is_empty() && runners.failed.is_empty() {
        bail!("{}", runners.nobody(source));
    }
    Ok(runners)
}

impl Runners {
    /// That there is no runner's folder, and what to do.
    fn nobody(&self, source: &Path) -> String {
        let shown = source.display();
        match self.activities_beside {
            0 => format!("no folder in `{shown}`: each runner has a sub-folder there, named for the runner"),
            n => format!(
                "`{shown}` has {n} activity {} and no folder: if it is one runner's, `treadlight report {shown}` reads it; \
                 if not, give each runner a sub-folder",
                if n == 1 { "file" } else { "files" }
            ),
        }
    }

    /// That none of the folders could be read, and what to do.
    pub(crate) fn none_read(&self, source: &Path, first: &RunnerFailure) -> String {
        let shown = source.display();
        let beside = match self.activities_beside {
            0 => String::new(),
            n => format!(
                "; {n} activity files lie beside the folders: if they are one runner's, `treadlight report {shown}` reads them"
            ),
        };
        let (name, detail) = (&first.name, &first.detail);
        format!("no runner of `{shown}` could be read (`{name}`: {detail}){beside}")
    }
}

/// What is gathered of a source.
struct Walk {
    source: PathBuf,
    runners: Runners,
    /// Links to folders, not yet followed.
    links: Vec<RunnerFolder>,
    /// Where the runners' folders really lie.
    places: Vec<(PathBuf, String)>,
}

impl Walk {
    fn of(source: &Path) -> io::Result<Self> {
        let mut walk = Self {
            source: source.canonicalize()?,
            runners: Runners::default(),
            links: Vec::new(),
            places: Vec::new(),
        };
        let mut paths = fs::read_dir(source)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<io::Result<Vec<PathBuf>>>()?;
        paths.sort();
        let is_hidden = |path: &PathBuf| name_of(path).starts_with('.');
        let (folders, files): (Vec<_>, Vec<_>) = paths
            .into_iter()
            .filter(|path| !is_hidden(path))
            .partition(|path| path.is_dir() || is_link(path));
        folders.into_iter().for_each(|path| walk.folder(path));
        files.into_iter().for_each(|path| walk.file(path));
        Ok(walk)
    }

    fn folder(&mut self, path: PathBuf) {
        let runner = RunnerFolder { name: name_of(&path), path };
        match (is_link(&runner.path), fs::metadata(&runner.path)) {
            (false, _) => self.take(runner),
            (true, Ok(target)) if target.is_dir() => self.links.push(runner),
            (true, Ok(_)) => self.file(runner.path),
            (true, Err(error)) => {
                let detail = format!("a link that leads nowhere ({error})");
                self.fail(runner.name, Reason::LinkBroken, detail);
            }
        }
    }

    fn take(&mut self, runner: RunnerFolder) {
        let looked_at = runner.path.canonicalize().and_then(|place| fs::read_dir(&place).map(|_| place));
        match looked_at {
            Ok(place) => {
                self.places.push((place, runner.name.clone()));
                self.runners.runners.push(runner);
            }
            Err(error) => {
                self.fail(runner.name, Reason::FolderUnreadable, format!("cannot be looked into: {error}"));
            }
        }
    }

    fn fail(&mut self, name: String, reason: Reason, detail: String) {
        self.runners.failed.push(RunnerFailure { name, reason, detail, left_out: LeftOut::new() });
    }

    /// A file in the source itself: an export that is named for its runner, or nobody's.
    fn file(&mut self, path: PathBuf) {
        let name = name_of(&path);
        let lower = name.to_lowercase();
        let stem = lower.ends_with(".zip").then(|| name[..name.len() - ".zip".len()].to_owned());
        let is_known = |stem: &String| self.runners.runners.iter().any(|runner| runner.name == *stem);
        if let Some(name) = stem.filter(|stem| !stem.is_empty() && !is_known(stem)) {
            self.runners.runners.push(RunnerFolder { name, path });
            return;
        }
        if is_ours(&lower) {
            return;
        }
        self.runners.files_beside += 1;
        let plain = lower.trim_end_matches(".gz");
        if ACTIVITY_ENDINGS.iter().any(|ending| plain.ends_with(ending)) {
            self.runners.activities_beside += 1;
        }
    }

    /// Takes a linked folder, unless what it leads to is read already.
    fn follow(&mut self, link: RunnerFolder) {
        let Ok(target) = link.path.canonicalize() else {
            return self.fail(link.name, Reason::LinkBroken, "a link that leads nowhere".to_owned());
        };
        let (reason, detail) = if self.source.starts_with(&target) {
            (Reason::LinkToParent, "a link to a folder that holds all of these".to_owned())
        } else if let Some((_, other)) = self.places.iter().find(|(place, _)| target.starts_with(place)) {
            (Reason::LinkedTwice, format!("a link to the folder of `{other}`, which is read already"))
        } else if let Some((_, other)) = self.places.iter().find(|(place, _)| place.starts_with(&target)) {
            (Reason::LinkToParent, format!("a link to a folder that holds that of `{other}`"))
        } else {
            return self.take(link);
        };
        self.runners.left_out.push(RunnerFailure {
            name: link.name,
            reason,
            detail,
            left_out: LeftOut::new(),
        });
    }
}

/// Endings of activity files.
const ACTIVITY_ENDINGS: [&str; 3] = [".fit", ".gpx", ".tcx"];

/// What treadlight writes or reads beside the folders itself.
fn is_ours(name: &str) -> bool {
    name == "treadlight.toml" || name == "triage.html"
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn club(folders: &[&str]) -> TempDir {
        let club = tempfile::tempdir().unwrap();
        folders.iter().for_each(|name| fs::create_dir_all(club.path().join(name)).unwrap());
        club
    }

    fn names(runners: &Runners) -> Vec<&str> {
        runners.runners.iter().map(|runner| runner.name.as_str()).collect()
    }

    #[cfg(unix)]
    fn why(failures: &[RunnerFailure]) -> Vec<(&str, Reason)> {
        failures.iter().map(|failure| (failure.name.as_str(), failure.reason)).collect()
    }

    #[test]
    fn each_folder_and_each_zip_is_a_runner_in_the_order_of_numbers_and_hidden_ones_are_not() {
        let club = club(&["r10", "r2", ".git", "Anna"]);
        for file in ["berta.zip", "r2.zip", "list.csv", "run.fit.gz", ".DS_Store", "treadlight.toml"] {
            fs::write(club.path().join(file), "x").unwrap();
        }
        let found = runners(club.path()).unwrap();
        assert_eq!(names(&found), ["Anna", "berta", "r2", "r10"]);
        // the zip beside the folder of its name, the list, the run
        assert_eq!((found.files_beside, found.activities_beside), (3, 1));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_once_and_never_to_a_parent() {
        let (club, outside) = (club(&["anna/2026", "berta"]), club(&["carla"]));
        let link =
            |target: &Path, name: &str| std::os::unix::fs::symlink(target, club.path().join(name)).unwrap();
        link(&outside.path().join("carla"), "carla");
        link(&outside.path().join("carla"), "caro");
        link(&club.path().join("berta"), "aaa");
        link(&club.path().join("anna/2026"), "this year");
        link(club.path(), "all");
        link(club.path().parent().unwrap(), "more");
        link(outside.path(), "outside");
        link(&outside.path().join("nobody"), "nobody");
        let found = runners(club.path()).unwrap();
        assert_eq!(names(&found), ["anna", "berta", "carla"]);
        assert_eq!(
            why(&found.left_out),
            [
                ("aaa", Reason::LinkedTwice),
                ("all", Reason::LinkToParent),
                ("caro", Reason::LinkedTwice),
                ("more", Reason::LinkToParent),
                ("outside", Reason::LinkToParent),
                ("this year", Reason::LinkedTwice),
            ]
        );
        assert_eq!(found.left_out[0].detail, "a link to the folder of `berta`, which is read already");
        assert_eq!(why(&found.failed), [("nobody", Reason::LinkBroken)]);
    }

    #[test]
    fn a_source_without_folders_says_what_to_do() {
        let error = |path: &Path| format!("{:#}", runners(path).unwrap_err());
        let club = club(&[]);
        assert!(error(club.path()).contains("each runner has a sub-folder there"));
        let run = club.path().join("run.fit");
        fs::write(&run, "x").unwrap();
        let said = error(club.path());
        assert!(
            said.contains("has 1 activity file and no folder") && said.contains("treadlight report"),
            "{said}"
        );
        assert!(error(&run).contains("is a file"));
        assert!(error(&club.path().join("none")).contains("does not exist"));
    }
}
