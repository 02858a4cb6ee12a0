//! What `treadlight cohort` is asked for, and what is refused before anything is written.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

use anyhow::{Result, bail};
use chrono_tz::Tz;

use crate::{
    cohort::{person::OF_A_RUNNER, sheet::Format, tables::TABLES},
    commands::Options,
};

/// What was typed.
#[derive(Clone, Debug)]
pub struct Request {
    /// A folder of runners, or a table.
    pub source: PathBuf,
    /// Where the tables go.
    pub out: PathBuf,
    /// How they are written.
    pub format: Format,
    /// Which of them; empty: all.
    pub tables: Vec<String>,
    /// Injuries that runners reported.
    pub injuries: Option<PathBuf>,
    /// Whose id is whose folder.
    pub keys: Option<PathBuf>,
    /// Which part of the runners.
    pub shard: Option<Shard>,
    /// Threads.
    pub jobs: Option<usize>,
    /// Whose days count where a table has times with a zone.
    pub timezone: Option<Tz>,
    /// The rest.
    pub options: Options,
}

/// One of so many parts of the runners, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which.
    pub index: u32,
    /// Of how many.
    pub of: u32,
}

impl Shard {
    /// All runners.
    pub(crate) const WHOLE: Self = Self { index: 0, of: 1 };

    /// Whether a runner is in it; the same on every machine.
    pub(crate) fn holds(self, id: &[u8]) -> bool {
        self.of == 1 || crc32fast::hash(id) % self.of == self.index
    }

    /// The name of its file of a table, without the ending.
    pub(crate) fn part(self) -> String {
        format!("part-{:05}-of-{:05}", self.index, self.of)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed =
            text.split_once('/').and_then(|(index, of)| Some((index.parse().ok()?, of.parse().ok()?)));
        match parsed {
            Some((index, of)) if index < of && of <= 100_000 => Ok(Self { index, of }),
            Some((_, of)) if (1..=100_000).contains(&of) => {
                Err(format!("shards are counted from 0: 0/{of} to {}/{of}", of - 1))
            }
            _ => Err("write I/N, such as 0/48 for the first of 48 shards".to_owned()),
        }
    }
}

impl Request {
    /// The part of the runners, the whole if none was asked for.
    pub(crate) fn part(&self) -> Shard {
        self.shard.unwrap_or(Shard::WHOLE)
    }

    /// The names of the tables to make, in the order of [`TABLES`].
    ///
    /// # Errors
    /// For a name that no table has.
    pub(crate) fn tables(&self) -> Result<Vec<&'static str>> {
        let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
        if let Some(unknown) = self.tables.iter().find(|table| !names.contains(&table.as_str())) {
            bail!("no table `{unknown}`: there are {}", names.join(", "));
        }
        if self.injuries.is_none() && self.tables.iter().any(|table| table == "validation") {
            bail!("the table `validation` needs --injuries FILE");
        }
        let wanted = |table: &str| match table {
            "quality" => true,
            "validation" => self.injuries.is_some(),
            _ => self.tables.is_empty() || self.tables.iter().any(|wanted| wanted == table),
        };
        Ok(names.into_iter().filter(|table| wanted(table)).collect())
    }

    /// Tables of which each runner has rows, with their places in
    /// [`Rows::pieces`](crate::cohort::person::Rows::pieces).
    pub(crate) fn of_a_runner(tables: &[&str]) -> Vec<usize> {
        (0..OF_A_RUNNER.len()).filter(|at| tables.contains(&OF_A_RUNNER[*at].name)).collect()
    }

    /// Refuses what would mix what is read with what is written.
    ///
    /// # Errors
    /// A source that is missing, an `--out` inside it, a `--keys` inside either.
    pub(crate) fn check(&self) -> Result<()> {
        let (source, out) = (self.source.display(), self.out.display());
        if !self.source.exists() {
            bail!("`{source}` does not exist: check the spelling, or name another folder or table");
        }
        let place = real(&self.source);
        let out_place = real(&self.out);
        if out_place.starts_with(&place) {
            bail!(
                "--out `{out}` lies in `{source}`: what is written would be read the next time; name a folder outside it"
            );
        }
        if out_place.exists() && !out_place.is_dir() {
            bail!("--out `{out}` is a file: name a folder");
        }
        if let Some(keys) = &self.keys {
            if self.source.is_file() {
                bail!("--keys is for folders: a table's ids are taken as they are");
            }
            let keys_place = real(keys);
            for (folder, shown) in [(&out_place, &self.out), (&place, &self.source)] {
                if keys_place.starts_with(folder) {
                    bail!(
                        "--keys `{}` lies in `{}`: whoever gets that folder could tell who is who; keep the file elsewhere",
                        keys.display(),
                        shown.display()
                    );
                }
            }
        }
        Ok(())
    }
}

/// Where a path really leads, also one that is not there yet.
fn real(path: &Path) -> PathBuf {
    if let Ok(place) = path.canonicalize() {
        return place;
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default();
    let parent = if parent == path { parent.to_owned() } else { real_parent(parent) };
    parent.join(name)
}

fn real_parent(parent: &Path) -> PathBuf {
    match parent.canonicalize() {
        Ok(place) => place,
        Err(_) if parent.parent().is_some() => real(parent),
        Err(_) => parent.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_counted_from_nought_and_hold_each_runner_once() {
        assert_eq!("3/48".parse(), Ok(Shard { index: 3, of: 48 }));
        assert_eq!("3/48".parse::<Shard>().unwrap().part(), "part-00003-of-00048");
        assert!("48/48".parse::<Shard>().unwrap_err().contains("0/48 to 47/48"));
        for wrong in ["3", "a/b", "1/0", "-1/4", ""] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
        for id in ["1", "anna", "p0001", ""] {
            let holders = (0..7).filter(|index| Shard { index: *index, of: 7 }.holds(id.as_bytes())).count();
            assert_eq!(holders, 1, "{id}");
        }
    }
}
