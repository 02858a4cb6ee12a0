//! Why a runner is not read, or what to know of one who is: a closed list of codes that stay the same.

/// A reason; [`Reason::code`] is what tables and JSON have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The folder cannot be looked into.
    FolderUnreadable,
    /// A link that leads nowhere.
    LinkBroken,
    /// A link to the folder of a runner who is in the list already, or to a part of it.
    LinkedTwice,
    /// A link to a folder that holds all of these folders.
    LinkToParent,
    /// The settings of the runner cannot be used.
    SettingsUnusable,
    /// No activity file.
    NoActivityFile,
    /// Activity files, and no run in them.
    NoRun,
    /// The tables cannot be made.
    NotAnalysed,
    /// The program met something that it was not made for.
    Panicked,
    /// In work at two ends of the process.
    KilledTwice,
    /// Two runs at one time, far apart: files of two people.
    TwoPeople,
    /// Files that may hold a run and could not be read.
    FilesSkipped,
    /// The settings name a knee diary that is not there.
    DiaryMissing,
    /// A knee diary or a part of it cannot be read.
    DiaryUnreadable,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 14] = [
        Self::FolderUnreadable,
        Self::LinkBroken,
        Self::LinkedTwice,
        Self::LinkToParent,
        Self::SettingsUnusable,
        Self::NoActivityFile,
        Self::NoRun,
        Self::NotAnalysed,
        Self::Panicked,
        Self::KilledTwice,
        Self::TwoPeople,
        Self::FilesSkipped,
        Self::DiaryMissing,
        Self::DiaryUnreadable,
    ];

    /// Its code in tables and JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::FolderUnreadable => "folder_unreadable",
            Self::LinkBroken => "link_broken",
            Self::LinkedTwice => "linked_twice",
            Self::LinkToParent => "link_to_parent",
            Self::SettingsUnusable => "settings_unusable",
            Self::NoActivityFile => "no_activity_file",
            Self::NoRun => "no_run",
            Self::NotAnalysed => "not_analysed",
            Self::Panicked => "panicked",
            Self::KilledTwice => "killed_twice",
            Self::TwoPeople => "two_people",
            Self::FilesSkipped => "files_skipped",
            Self::DiaryMissing => "diary_missing",
            Self::DiaryUnreadable => "diary_unreadable",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_reason_has_a_code_of_its_own() {
        let codes: HashSet<&str> = Reason::ALL.into_iter().map(Reason::code).collect();
        assert_eq!(codes.len(), Reason::ALL.len());
        assert!(codes.iter().all(|code| code.chars().all(|c| c.is_ascii_lowercase() || c == '_')));
    }
}
