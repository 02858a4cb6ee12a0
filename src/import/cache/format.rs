//! How a cache is written down: a head with a magic word, the version of the readers and a checksum; then the root
//! folder and the list of files; then the values one after the other, opaque here.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Entry, clock::Clocks};
use crate::import::files::stamp::Stamp;

/// Begins every cache file.
const MAGIC: [u8; 8] = *b"trdlight";
/// The readers that wrote it, see `build.rs`: another version remembers nothing.
const READERS: &[u8; 16] = readers();
/// Magic word, readers, checksum of all that follows.
const HEAD_BYTES: usize = MAGIC.len() + READERS.len() + 4;

const fn readers() -> &'static [u8; 16] {
    match env!("TREADLIGHT_READERS").as_bytes().first_chunk() {
        Some(readers) => readers,
        None => b"unknown readers.",
    }
}

/// A cache that cannot be used: broken, foreign, or of another version.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("damaged, or written by another version")]
pub struct Damaged;

/// What stands in a cache before its values.
pub(super) struct Contents<'a> {
    /// The full path of the root folder.
    pub(super) root: &'a str,
    /// Its files.
    pub(super) entries: Vec<EntryHead<'a>>,
    /// Where the values begin.
    pub(super) values_start: usize,
}

/// A file, as the list tells of it.
#[derive(Serialize, Deserialize)]
pub(super) struct EntryHead<'a> {
    /// Path inside the root folder, with `/`.
    pub(super) path: &'a str,
    pub(super) stamp: Stamp,
    pub(super) clocks: Clocks,
    /// How long its value is.
    pub(super) value_bytes: usize,
}

/// Reads everything but the values.
///
/// Lengths are believed only as far as there are bytes: `postcard` takes room for a megabyte at most before it has read
/// as much.
pub(super) fn read(bytes: &[u8]) -> Result<Contents<'_>, Damaged> {
    let (head, body) = bytes.split_at_checked(HEAD_BYTES).ok_or(Damaged)?;
    let (version, sum) = head.split_at(HEAD_BYTES - 4);
    if version != version_bytes() || sum != crc32fast::hash(body).to_le_bytes() {
        return Err(Damaged);
    }
    let (list, values) =
        postcard::take_from_bytes::<(&str, Vec<EntryHead<'_>>)>(body).map_err(|_| Damaged)?;
    Ok(Contents { root: list.0, entries: list.1, values_start: bytes.len() - values.len() })
}

/// Writes a cache; `None` only if it cannot be put into bytes.
pub(super) fn write(root: &str, entries: &[Entry<'_>]) -> Option<Vec<u8>> {
    let list: Vec<EntryHead<'_>> = entries
        .iter()
        .map(|entry| EntryHead {
            path: entry.path,
            stamp: entry.stamp,
            clocks: entry.clocks,
            value_bytes: entry.value.len(),
        })
        .collect();
    let mut bytes = version_bytes().to_vec();
    bytes.extend([0; 4]);
    let mut bytes = postcard::to_extend(&(root, list), bytes).ok()?;
    bytes.reserve_exact(entries.iter().map(|entry| entry.value.len()).sum());
    for entry in entries {
        bytes.extend(entry.value);
    }
    let sum = crc32fast::hash(&bytes[HEAD_BYTES..]).to_le_bytes();
    bytes[HEAD_BYTES - 4..HEAD_BYTES].copy_from_slice(&sum);
    Some(bytes)
}

fn version_bytes() -> [u8; HEAD_BYTES - 4] {
    let mut version = [0; HEAD_BYTES - 4];
    version[..MAGIC.len()].copy_from_slice(&MAGIC);
    version[MAGIC.len()..].copy_from_slice(READERS);
    version
}
