//! What shows that a file is still the one that was read: its size, its times, its place on the disk.

use std::{
    fs::Metadata,
    time::{SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

/// Clocks of file systems tick this coarsely: FAT keeps even seconds only.
const COARSEST_TICK_NS: i64 = 2_000_000_000;

/// All of a file that can be known without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Its size.
    pub bytes: u64,
    /// When it was last written, in nanoseconds since 1970; programs can set it back.
    modified_ns: Option<i64>,
    /// When its content or its name last changed, which no program can set back; where the system does not keep that
    /// (Windows), when it was made.
    changed_ns: Option<i64>,
    /// Which file of which disk, where the system tells.
    place: Option<(u64, u64)>,
}

impl Stamp {
    /// The stamp that a look at a file gives.
    #[must_use]
    pub fn of(metadata: &Metadata) -> Self {
        Self {
            bytes: metadata.len(),
            modified_ns: metadata.modified().ok().and_then(unix_ns),
            changed_ns: changed_ns(metadata),
            place: place(metadata),
        }
    }

    /// Whether the file lay still for so long before `now_ns` (nanoseconds since 1970) that any later change must give
    /// it other times.
    #[must_use]
    pub fn is_settled(&self, now_ns: i64) -> bool {
        let last = self.modified_ns.max(self.changed_ns);
        last.is_some_and(|last| last < now_ns.saturating_sub(COARSEST_TICK_NS))
    }
}

/// Nanoseconds since 1970; `None` outside of the years 1678 to 2262.
#[must_use]
pub fn unix_ns(time: SystemTime) -> Option<i64> {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).ok(),
        Err(before) => i64::try_from(before.duration().as_nanos()).ok().map(|ns| -ns),
    }
}

#[cfg(unix)]
fn changed_ns(metadata: &Metadata) -> Option<i64> {
    use std::os::unix::fs::MetadataExt;
    metadata.ctime().checked_mul(1_000_000_000)?.checked_add(metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed_ns(metadata: &Metadata) -> Option<i64> {
    metadata.created().ok().and_then(unix_ns)
}

#[cfg(unix)]
fn place(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn place(_metadata: &Metadata) -> Option<(u64, u64)> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_settled_once_its_times_lie_more_than_two_seconds_back() {
        let at = |modified_ns, changed_ns| Stamp { bytes: 1, modified_ns, changed_ns, place: None };
        let now_ns = 10_000_000_000;
        assert!(at(Some(7_999_999_999), None).is_settled(now_ns));
        assert!(!at(Some(8_000_000_000), None).is_settled(now_ns));
        assert!(!at(Some(0), Some(9_000_000_000)).is_settled(now_ns), "set back a second ago");
        assert!(!at(Some(11_000_000_000), None).is_settled(now_ns), "from the future");
        assert!(!at(None, None).is_settled(now_ns), "no times at all");
    }
}
