//! What stands in OUT beside the tables: which study it is, which shards are done, who is in work.
//!
//! `_shards/study.json` comes first and says what was asked for: a second study is refused. `_shards/00003.json` comes last
//! of all: the shard is done. `_shards/00003.running` names the runners in work, so that one who ends the process twice is
//! left out the third time.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::request::Shard;
use crate::commands::output;

/// A runner who ended the process so often is left out.
const KILLS: u32 = 2;

/// What was asked for: the same for every shard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Study {
    pub(crate) schema_version: String,
    pub(crate) treadlight: String,
    pub(crate) shards: u32,
    pub(crate) format: String,
    pub(crate) tables: Vec<String>,
    pub(crate) as_of: String,
    pub(crate) timezone: String,
    /// Not the path: whoever gets the tables need not know where they come from.
    pub(crate) source: String,
    pub(crate) settings: String,
    pub(crate) injuries: String,
    /// Overuse injuries in the file of injuries.
    pub(crate) reported: Option<u64>,
    pub(crate) ids: String,
}

impl Study {
    /// What differs, and how, with the name of the field.
    fn difference(&self, other: &Self) -> Option<String> {
        let (Ok(serde_json::Value::Object(a)), Ok(serde_json::Value::Object(b))) =
            (serde_json::to_value(self), serde_json::to_value(other))
        else {
            return None;
        };
        let differs = |(key, there): (&String, &serde_json::Value)| {
            let here = b.get(key)?;
            let said = || match key.as_str() {
                "source" | "settings" | "injuries" => format!("of other {key}"),
                _ => format!("{key} is {there} there and {here} here"),
            };
            (there != here).then(said)
        };
        a.iter().find_map(differs)
    }
}

/// What came of a shard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Done {
    pub(crate) shard: u32,
    pub(crate) shards: u32,
    pub(crate) schema_version: String,
    pub(crate) treadlight: String,
    pub(crate) runners: u64,
    pub(crate) failed: u64,
    pub(crate) sessions: u64,
    pub(crate) distance_m: i64,
    pub(crate) first_date: Option<chrono::NaiveDate>,
    pub(crate) last_date: Option<chrono::NaiveDate>,
    /// `day` where no start has a time.
    pub(crate) granularity: String,
    pub(crate) rows: BTreeMap<String, u64>,
}

/// The folder of the marks.
#[derive(Clone, Debug)]
pub(crate) struct Marks {
    out: PathBuf,
}

impl Marks {
    pub(crate) fn of(out: &Path) -> Self {
        Self { out: out.to_owned() }
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.out.join("_shards")
    }

    fn file(&self, shard: Shard, ending: &str) -> PathBuf {
        self.folder().join(format!("{:05}.{ending}", shard.index))
    }

    /// The lines of a shard's runners.
    pub(crate) fn people(&self, shard: Shard) -> PathBuf {
        self.file(shard, "people.jsonl")
    }

    /// Makes the folder and writes what the study is, or looks whether it is the one that is there. All runners at once may
    /// be made anew from the same source; their mark goes first.
    ///
    /// # Errors
    /// Another study in the folder, or a disk that does not take it.
    pub(crate) fn begin(&self, study: &Study, shard: Option<Shard>) -> Result<()> {
        let folder = self.folder();
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
        let file = folder.join("study.json");
        if let Some(there) = self.study()? {
            let Some(difference) = there.difference(study) else {
                return if shard.is_none() { self.forget(Shard::WHOLE) } else { Ok(()) };
            };
            let may_give_way = !self.has_any_shard()
                || (shard.is_none() && there.shards == 1 && there.source == study.source);
            if !may_give_way {
                bail!(
                    "`{}` holds another study ({difference}): name another folder, or delete this one",
                    self.out.display()
                );
            }
            self.forget(Shard::WHOLE)?;
        }
        output::write_file(&file, output::pretty_json(study)?.as_bytes())
    }

    /// The study of the folder.
    ///
    /// # Errors
    /// Where its file cannot be read.
    pub(crate) fn study(&self) -> Result<Option<Study>> {
        read_json(&self.folder().join("study.json"))
    }

    /// Whether a shard is done.
    fn has_any_shard(&self) -> bool {
        let names =
            fs::read_dir(self.folder()).into_iter().flatten().flatten().map(|entry| entry.file_name());
        let is_mark = |name: &str| name.strip_suffix(".json").is_some_and(|stem| stem.parse::<u32>().is_ok());
        names.filter_map(|name| name.into_string().ok()).any(|name| is_mark(&name))
    }

    fn forget(&self, shard: Shard) -> Result<()> {
        let file = self.file(shard, "json");
        match fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot remove `{}`", file.display()))
            }
            _ => Ok(()),
        }
    }

    /// What came of a shard, if it is done.
    ///
    /// # Errors
    /// Where its mark cannot be read.
    pub(crate) fn done(&self, shard: Shard) -> Result<Option<Done>> {
        read_json(&self.file(shard, "json"))
    }

    /// That a shard is done.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub(crate) fn commit(&self, shard: Shard, done: &Done) -> Result<()> {
        output::write_file(&self.file(shard, "json"), output::pretty_json(done)?.as_bytes())?;
        // nobody is in work any more; a file that stays names nobody who counts
        let _ = fs::remove_file(self.file(shard, "running"));
        Ok(())
    }

    /// Who was in work when the shard was ended before.
    ///
    /// # Errors
    /// Where that cannot be read or written.
    pub(crate) fn running(&self, shard: Shard) -> Result<Running> {
        let file = self.file(shard, "running");
        let before: RunningFile = read_json(&file).ok().flatten().unwrap_or_default();
        let mut kills = before.kills;
        for id in before.now {
            *kills.entry(id).or_insert(0) += 1;
        }
        Ok(Running { file, kills })
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct RunningFile {
    now: BTreeSet<String>,
    kills: BTreeMap<String, u32>,
}

/// The runners in work.
#[derive(Debug)]
pub(crate) struct Running {
    file: PathBuf,
    kills: BTreeMap<String, u32>,
}

impl Running {
    /// Whether a runner has ended the process so often that it goes on without.
    pub(crate) fn is_left_out(&self, id: &str) -> bool {
        self.kills.get(id).is_some_and(|kills| *kills >= KILLS)
    }

    /// Whether a runner was in work when the process was ended: such a one is worked on alone.
    pub(crate) fn is_suspect(&self, id: &str) -> bool {
        self.kills.contains_key(id)
    }

    /// These runners are in work now.
    ///
    /// # Errors
    /// Where the disk does not take it.
    pub(crate) fn begin<'a>(&mut self, ids: impl Iterator<Item = &'a str>) -> Result<()> {
        let now: BTreeSet<String> = ids.map(str::to_owned).collect();
        let text = serde_json::to_vec(&RunningFile { now, kills: self.kills.clone() })?;
        // no sync: a process that is killed leaves what it has handed to the system
        let temporary = self.file.with_extension("running.tmp");
        fs::write(&temporary, text)
            .and_then(|()| fs::rename(&temporary, &self.file))
            .with_context(|| format!("cannot write `{}`", self.file.display()))
    }

    /// A runner came through.
    pub(crate) fn acquit(&mut self, id: &str) {
        if !self.is_left_out(id) {
            self.kills.remove(id);
        }
    }
}

fn read_json<T: for<'de> Deserialize<'de>>(file: &Path) -> Result<Option<T>> {
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot read `{}`", file.display())),
    };
    let parsed = serde_json::from_slice(&bytes);
    parsed.map(Some).with_context(|| {
        format!("`{}` is damaged: delete the folder that holds it and begin anew", file.display())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runner_in_work_at_two_ends_of_the_process_is_left_out_and_a_bystander_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let marks = Marks::of(folder.path());
        fs::create_dir_all(marks.folder()).unwrap();
        let start = |ids: &[&str]| {
            let mut running = marks.running(Shard::WHOLE).unwrap();
            running.begin(ids.iter().copied()).unwrap();
            running
        };
        start(&["a", "b"]);
        let mut again = marks.running(Shard::WHOLE).unwrap();
        assert!(again.is_suspect("a") && again.is_suspect("b") && !again.is_left_out("b"));
        again.begin(["a"].into_iter()).unwrap();
        again.acquit("a");
        again.begin(["b"].into_iter()).unwrap();
        let third = marks.running(Shard::WHOLE).unwrap();
        assert!(third.is_left_out("b"));
        assert!(!third.is_suspect("a"));
    }
}
