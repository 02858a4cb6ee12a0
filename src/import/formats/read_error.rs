//! Why a file of a known format holds nothing that was run.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What every reader reports instead of recordings.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadError {
    /// It does not start with a FIT header.
    #[error("not a FIT file: it does not start with a FIT header")]
    NotFit,
    /// It is a FIT file of another kind.
    #[error("a FIT {kind} file, not an activity")]
    NoActivity {
        /// FIT `file_id.type`: `settings`, `monitoring`, `workout`, `course` …
        kind: String,
    },
    /// Nothing in it can be used.
    #[error("no activity can be read from it: {what} (byte {byte})")]
    Damaged {
        /// Offset into the unpacked file.
        byte: usize,
        /// What is wrong there.
        what: String,
    },
    /// Broken as XML before anything useful.
    #[error("not readable as {format}: {what} at byte {byte}")]
    BrokenXml {
        /// `GPX` or `TCX`.
        format: String,
        /// Offset into the unpacked file.
        byte: usize,
        /// What the XML parser says.
        what: String,
    },
    /// Times that nobody can read.
    #[error("its times cannot be read, such as {example:?}: export it again in another format")]
    UnreadableTimes {
        /// One of them.
        example: String,
    },
    /// Only routes, or tracks whose points carry no time.
    #[error("a planned route: it has places but no times")]
    PlannedRoute,
    /// Only courses or workouts.
    #[error("a planned course or workout, not an activity")]
    PlannedWorkout,
    /// No track, or tracks without points.
    #[error("holds no track points")]
    NoPoints,
    /// No activity, or activities that say neither how far nor how long nor where.
    #[error("holds no activity")]
    Nothing,
}

impl ReadError {
    /// Whether a run may be lost by it, unlike with settings files and planned routes.
    #[must_use]
    pub fn may_lose_a_run(&self) -> bool {
        matches!(
            self,
            Self::NotFit | Self::Damaged { .. } | Self::BrokenXml { .. } | Self::UnreadableTimes { .. }
        )
    }

    /// What a group of files with it is called, for counts: `3 planned`.
    #[must_use]
    pub fn group(&self) -> String {
        match self {
            Self::NotFit | Self::Damaged { .. } | Self::BrokenXml { .. } => "damaged".to_owned(),
            Self::NoActivity { kind } => format!("FIT {kind}"),
            Self::UnreadableTimes { .. } => "with unreadable times".to_owned(),
            Self::PlannedRoute | Self::PlannedWorkout => "planned".to_owned(),
            Self::NoPoints | Self::Nothing => "without a track".to_owned(),
        }
    }

    /// A short name that does not change between versions.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFit | Self::Damaged { .. } | Self::BrokenXml { .. } => "damaged",
            Self::NoActivity { .. } => "no-activity",
            Self::UnreadableTimes { .. } => "unreadable-times",
            Self::PlannedRoute | Self::PlannedWorkout => "planned",
            Self::NoPoints | Self::Nothing => "no-points",
        }
    }
}
