//! What files came to when they were read: a file that is still the same is not read again.
//!
//! One cache stands for one root folder. Its key is the path inside that folder with the file's
//! [`Stamp`](crate::import::files::stamp::Stamp); its value is what the file, or every member of an archive, came to after it was
//! measured: before indexes are joined and anything is judged, so settings, time zone and most dates of the clock do not
//! matter ([`clock`]). [`format`] says how it is written down. Nothing depends on a cache: what is missing, stale or
//! damaged is read again. The bytes are kept by `commands`; nothing here touches a file.
//!
//! Where no file at all has changed, [`judged`] has the whole import, with all that it was judged by.

pub(super) mod clock;
mod format;
pub mod judged;

use std::{collections::HashMap, ops::Range};

use clock::Clocks;
pub use format::Damaged;

use crate::import::files::stamp::Stamp;

/// What one root folder's files came to.
#[derive(Debug, Default)]
pub struct Cache {
    files: HashMap<String, Remembered>,
    /// The cache file as it was read; values are looked up in it.
    bytes: Vec<u8>,
}

/// One file in a cache.
#[derive(Debug)]
struct Remembered {
    stamp: Stamp,
    clocks: Clocks,
    /// Where its value stands in the bytes.
    value: Range<usize>,
}

impl Cache {
    /// The cache that some bytes hold, which `root` must have written.
    ///
    /// # Errors
    /// If they are damaged, of another version or of another folder.
    pub fn from_bytes(bytes: Vec<u8>, root: &str) -> Result<Self, Damaged> {
        let contents = format::read(&bytes)?;
        if contents.root != root {
            return Err(Damaged);
        }
        let mut files = HashMap::with_capacity(contents.entries.len());
        let mut start = contents.values_start;
        for entry in contents.entries {
            let end =
                start.checked_add(entry.value_bytes).filter(|end| *end <= bytes.len()).ok_or(Damaged)?;
            let remembered = Remembered { stamp: entry.stamp, clocks: entry.clocks, value: start..end };
            files.insert(entry.path.to_owned(), remembered);
            start = end;
        }
        Ok(Self { files, bytes })
    }

    /// What a file came to, if it is still the same, and for which clocks.
    fn value(&self, path: &str, stamp: &Stamp, latest_ms: i64) -> Option<(Clocks, &[u8])> {
        let remembered = self.files.get(path).filter(|file| file.stamp == *stamp)?;
        let value = self.bytes.get(remembered.value.clone())?;
        Some((remembered.clocks, value)).filter(|(clocks, _)| clocks.hold(latest_ms))
    }

    /// How many files it knows.
    #[must_use]
    pub fn files(&self) -> usize {
        self.files.len()
    }

    /// Whether it need not be written anew: no file was read, and none is gone.
    fn says_all_of<'a>(&self, mut fates: impl Iterator<Item = &'a Fate> + Clone) -> bool {
        let is_recalled = |fate: &&Fate| matches!(fate, Fate::Recalled(_));
        fates.clone().filter(is_recalled).count() == self.files()
            && !fates.any(|fate| matches!(fate, Fate::Read(..)))
    }

    /// Its own entry of a file, to be kept.
    fn entry<'a>(&'a self, path: &'a str) -> Option<Entry<'a>> {
        let remembered = self.files.get(path)?;
        let value = self.bytes.get(remembered.value.clone())?;
        Some(Entry { path, stamp: remembered.stamp, clocks: remembered.clocks, value })
    }
}

/// The root folder and the number of files of a cache.
///
/// # Errors
/// If it is damaged or of another version.
pub fn describe(bytes: &[u8]) -> Result<(String, usize), Damaged> {
    let contents = format::read(bytes)?;
    Ok((contents.root.to_owned(), contents.entries.len()))
}

/// A file and what it came to, on the way into a cache.
struct Entry<'a> {
    path: &'a str,
    stamp: Stamp,
    clocks: Clocks,
    value: &'a [u8],
}

/// What became of a file, as far as the cache is concerned.
#[derive(Debug)]
pub(super) enum Fate {
    /// It was in the cache, for these clocks.
    Recalled(Clocks),
    /// It was read, and may be put into the cache.
    Read(Clocks, Vec<u8>),
    /// It was read, and has to be read again next time.
    Unsettled,
}

impl Fate {
    /// The clocks under which it comes to the same again; `None` if that cannot be told.
    pub(super) fn clocks(&self) -> Option<Clocks> {
        match self {
            Self::Recalled(clocks) | Self::Read(clocks, _) => Some(*clocks),
            Self::Unsettled => None,
        }
    }
}

/// The caches of all root folders during one import.
#[derive(Debug, Default)]
pub struct Memory {
    /// By root folder, in the order of the folders; none for a root that keeps nothing.
    roots: Vec<Option<(String, Cache)>>,
    /// Before any file was looked at, in nanoseconds since 1970.
    began_ns: i64,
}

impl Memory {
    /// Nothing is remembered, and nothing will be.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The caches of the root folders, each with its folder's full path; `began_ns` is the time before any file is
    /// looked at, in nanoseconds since 1970.
    #[must_use]
    pub fn new(roots: Vec<Option<(String, Cache)>>, began_ns: i64) -> Self {
        Self { roots, began_ns }
    }

    fn root(&self, root: usize) -> Option<&(String, Cache)> {
        self.roots.get(root)?.as_ref()
    }

    /// What a file of a root folder came to, if it is still the same, and for which clocks.
    pub(super) fn value(
        &self,
        root: usize,
        path: &str,
        stamp: &Stamp,
        latest_ms: i64,
    ) -> Option<(Clocks, &[u8])> {
        self.root(root)?.1.value(path, stamp, latest_ms)
    }

    /// Whether a file that is read now can be remembered.
    pub(super) fn keeps(&self, root: usize, stamp: &Stamp) -> bool {
        self.root(root).is_some() && stamp.is_settled(self.began_ns)
    }

    /// The caches that have to be written anew, by root folder. Files that are gone are forgotten.
    pub(super) fn renewed<'a>(
        &self,
        files: &(impl Iterator<Item = (usize, &'a str, Option<Stamp>, &'a Fate)> + Clone),
    ) -> Vec<(usize, Vec<u8>)> {
        let renew = |(root, kept): (usize, &Option<(String, Cache)>)| {
            let (folder, cache) = kept.as_ref()?;
            let files = files.clone().filter(|(of, ..)| *of == root);
            if cache.says_all_of(files.clone().map(|(.., fate)| fate)) {
                return None;
            }
            let entry = |(_, path, stamp, fate): (_, &'a str, Option<Stamp>, &'a Fate)| match (fate, stamp) {
                (Fate::Recalled(_), _) => cache.entry(path),
                (Fate::Read(clocks, value), Some(stamp)) => {
                    Some(Entry { path, stamp, clocks: *clocks, value })
                }
                _ => None,
            };
            let entries: Vec<Entry<'_>> = files.filter_map(entry).collect();
            Some((root, format::write(folder, &entries)?))
        };
        self.roots.iter().enumerate().filter_map(renew).collect()
    }
}
