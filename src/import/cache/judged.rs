//! A whole import, for the next time that nothing has changed: not a file, not the zone, not a word of the runner's, and
//! no date that the clock has reached since.
//!
//! What it depends on is its [`key`]; `build.rs` gives it the hash of everything that reads and judges. Where the key is
//! another one, files are recalled one by one as ever, and judged anew.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{
    clock::Clocks,
    format::{self, Damaged, JUDGED},
};
use crate::{
    import::{
        circumstances::Circumstances, circumstances::is_possible_start, files::find::Found, imported::Import,
    },
    settings::RunSettings,
};

/// Changes with every file, with the zone, and with the runner's own word.
#[must_use]
pub fn key(
    roots: &[String],
    found: &Found,
    circumstances: Circumstances,
    corrections: &[RunSettings],
) -> u64 {
    let mut hasher = DefaultHasher::new();
    roots.hash(&mut hasher);
    for source in &found.sources {
        (&source.name, source.root, source.stamp).hash(&mut hasher);
    }
    circumstances.zone.name().hash(&mut hasher);
    corrections.hash(&mut hasher);
    hasher.finish()
}

/// An import that was remembered.
#[derive(Debug)]
pub struct Judged {
    key: u64,
    clocks: Clocks,
    import: Import,
}

impl Judged {
    /// The import that some bytes hold.
    ///
    /// # Errors
    /// If they are damaged, or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Damaged> {
        let body = format::body(bytes, &JUDGED)?;
        let (key, clocks, import) = postcard::from_bytes(body).map_err(|_| Damaged)?;
        Ok(Self { key, clocks, import })
    }

    /// How many files it knows.
    #[must_use]
    pub fn files(&self) -> usize {
        self.import.files
    }

    /// The import, if it is the one that would be made now.
    #[must_use]
    pub fn answer(self, key: u64, circumstances: Circumstances) -> Option<Import> {
        let latest_ms = circumstances.latest_unix_ms();
        let is_the_same = self.key == key && self.clocks.hold(latest_ms);
        // a forged cache may hold any time; of what stands there twice nothing is computed
        let is_sound = |import: &Import| {
            let mut counted = import.runs.iter().chain(&import.others);
            counted.all(|one| is_possible_start(one.start.timestamp_millis(), latest_ms))
        };
        Some(self.import).filter(|import| is_the_same && is_sound(import))
    }
}

/// Writes an import down; `None` only if it cannot be put into bytes.
pub(in crate::import) fn write(key: u64, clocks: Clocks, import: &Import) -> Option<Vec<u8>> {
    format::sealed(&JUDGED, |bytes| postcard::to_extend(&(key, clocks, import), bytes).ok())
}
