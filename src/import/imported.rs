//! What an import comes to.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    activity::{Activity, Format},
    import::{services::ListedPair, skipped::Skipped, told::Duplicates},
};

/// Everything that an import found: each activity file stands in at least one of the lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Import {
    /// Activities whose sport is running, by start, then file.
    pub runs: Vec<Activity>,
    /// Activities of other sports, by start, then file.
    pub others: Vec<Activity>,
    /// Activities that another one tells already.
    pub duplicates: Duplicates,
    /// What does not count, with the reason.
    pub skipped: Vec<Skipped>,
    /// The pairs of shoes that an export lists, worn or not.
    pub pairs: Vec<ListedPair>,
    /// Files that are no activity files at all.
    pub ignored: usize,
    /// Activity files, whatever came of them.
    pub files: usize,
    /// What went wrong with indexes, a sentence each.
    pub notices: Vec<String>,
    /// Ids of corrections that no activity answers to.
    pub unmatched: Vec<String>,
}

impl Import {
    /// Leaves out every activity that starts after `as_of`, as if it had not been recorded yet;
    /// returns how many.
    pub fn forget_after(&mut self, as_of: NaiveDate) -> usize {
        let count = |import: &Self| import.runs.len() + import.others.len() + import.duplicates.len();
        let before = count(self);
        self.runs.retain(|run| run.local_date() <= as_of);
        self.others.retain(|other| other.local_date() <= as_of);
        self.duplicates.forget_after(as_of);
        let forgotten = before - count(self);
        if forgotten > 0 {
            self.files = self.files_told();
        }
        forgotten
    }

    /// Whether nothing stands in the lists.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
            && self.others.is_empty()
            && self.duplicates.is_empty()
            && self.skipped.is_empty()
    }

    /// The name of every file in the lists; a file with several activities comes as often.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let skipped = self.skipped.iter().map(|skipped| skipped.file.as_str());
        self.activities().map(|activity| activity.file.as_str()).chain(skipped)
    }

    /// Every activity, counted or told twice.
    fn activities(&self) -> impl Iterator<Item = &Activity> {
        let duplicates = self.duplicates.iter().map(|duplicate| &duplicate.activity);
        self.runs.iter().chain(&self.others).chain(duplicates)
    }

    /// How many files stand in the lists: a row of an index is no file.
    pub(super) fn files_told(&self) -> usize {
        let of_files = self.activities().filter(|activity| activity.format != Format::Index);
        let names = of_files.map(|activity| activity.file.as_str());
        names.chain(self.skipped.iter().map(|skipped| skipped.file.as_str())).collect::<HashSet<_>>().len()
    }
}
