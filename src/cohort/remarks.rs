//! What to know of a runner whose files were read.

use std::collections::{BTreeMap, HashSet};

use super::reason::Reason;
use crate::{
    activity::{Activity, Note},
    import::Import,
};

/// What to know, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What.
    pub reason: Reason,
    /// Of so many files or runs.
    pub count: usize,
}

/// What the import of one runner leaves to look at.
#[must_use]
pub fn of(import: &Import) -> Vec<Remark> {
    let skipped = import.skipped.iter().filter(|skipped| skipped.reason.may_lose_a_run()).count();
    let remarks = [(Reason::TwoPeople, elsewhere(import)), (Reason::FilesSkipped, skipped)];
    remarks
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(reason, count)| Remark { reason, count })
        .collect()
}

/// How many files were left out for which reason, by the reason's code.
pub type LeftOut = BTreeMap<&'static str, i64>;

/// What of a runner's files does not count.
#[must_use]
pub fn left_out(import: &Import) -> LeftOut {
    let mut left_out = LeftOut::new();
    for file in &import.skipped {
        *left_out.entry(file.reason.code()).or_default() += 1;
    }
    for (reason, count) in [("duplicate", import.duplicates.len()), ("other_sport", import.others.len())] {
        if count > 0 {
            left_out.insert(reason, count as i64);
        }
    }
    left_out
}

/// Runs at the time of another one far away that both count.
fn elsewhere(import: &Import) -> usize {
    let counted = || import.runs.iter().chain(&import.others);
    let files: HashSet<&str> = counted().map(|activity| activity.file.as_str()).collect();
    let is_elsewhere = |activity: &&Activity| {
        let other = |note: &Note| match note {
            Note::AtTheSameTimeElsewhere { file } => files.contains(file.as_str()),
            _ => false,
        };
        activity.notes.iter().any(other)
    };
    counted().filter(is_elsewhere).count()
}
