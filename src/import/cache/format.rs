//! How a cache is written down: a head with a magic word, the version of the readers and a checksum; then the root
//! folder and the list of files; then the values one after the other, opaque here.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Entry, clock::Clocks};
use crate::import::files::stamp::Stamp;

/// What begins a cache file: a magic word, and the version of what wrote it, see `build.rs`. Another one remembers nothing.
pub(super) type Version = [u8; 24];
/// Of what each file came to.
const FILES: Version = version(b"trdlight", env!("TREADLIGHT_READERS"));
/// Of what all files together came to.
pub(super) const JUDGED: Version = version(b"trdjudge", env!("TREADLIGHT_JUDGES"));
/// Version, checksum of all that follows.
const HEAD_BYTES: usize = size_of::<Version>() + 4;

const fn version(magic: &[u8; 8], hash: &str) -> Version {
    let mut version = [0; _];
    version.split_at_mut(magic.len()).0.copy_from_slice(magic);
    version.split_at_mut(magic.len()).1.copy_from_slice(hash.as_bytes());
    version
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
    let body = body(bytes, &FILES)?;
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
    sealed(&FILES, |bytes| {
        let mut bytes = postcard::to_extend(&(root, list), bytes).ok()?;
        bytes.reserve_exact(entries.iter().map(|entry| entry.value.len()).sum());
        entries.iter().for_each(|entry| bytes.extend(entry.value));
        Some(bytes)
    })
}

/// What stands behind the head of a whole cache of this version.
pub(super) fn body<'a>(bytes: &'a [u8], version: &Version) -> Result<&'a [u8], Damaged> {
    let (head, body) = bytes.split_at_checked(HEAD_BYTES).ok_or(Damaged)?;
    let (found, sum) = head.split_at(size_of::<Version>());
    let is_whole = found == version && sum == crc32fast::hash(body).to_le_bytes();
    is_whole.then_some(body).ok_or(Damaged)
}

/// A cache of this version; `with_body` adds all but its head.
pub(super) fn sealed(
    version: &Version,
    with_body: impl FnOnce(Vec<u8>) -> Option<Vec<u8>>,
) -> Option<Vec<u8>> {
    let mut bytes = version.to_vec();
    bytes.extend([0; 4]);
    let mut bytes = with_body(bytes)?;
    let sum = crc32fast::hash(&bytes[HEAD_BYTES..]).to_le_bytes();
    bytes[size_of::<Version>()..HEAD_BYTES].copy_from_slice(&sum);
    Some(bytes)
}
