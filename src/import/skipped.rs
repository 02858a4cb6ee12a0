//! Why a file or an activity does not count, in words that a runner understands.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::import::formats::read_error::ReadError;

/// A file, or one recording of it, that does not count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Skipped {
    /// Path inside the folder.
    pub file: String,
    /// Why.
    pub reason: SkipReason,
}

/// A stream that unpacks to more than this is not unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bomb {
    /// Its size.
    pub packed_bytes: u64,
    /// The limit.
    pub limit_bytes: u64,
}

/// The reason for a skip: a sentence, and a code that stays the same for scripts.
#[derive(Clone, Debug, Error, PartialEq, Serialize, Deserialize)]
pub enum SkipReason {
    /// The file cannot be opened or read.
    #[error("cannot be read, check its permissions: {0}")]
    Unreadable(String),
    /// Its size or time changed twice while it was read.
    #[error("changed while it was being read: run treadlight again when the export is finished")]
    Changing,
    /// Larger than any activity.
    #[error("larger than {} MB: no activity is", .limit_bytes / 1_000_000)]
    TooLarge {
        /// The limit.
        limit_bytes: u64,
    },
    /// Unpacks to far more than an activity can hold.
    #[error("unpacks from {} kB to more than {} MB: no activity does, so it was left packed",
        .0.packed_bytes.div_ceil(1000), .0.limit_bytes / 1_000_000)]
    Bomb(Bomb),
    /// Nothing in it.
    #[error("the file is empty: export it again")]
    EmptyFile,
    /// Its name says that it is an activity file, its content does not.
    #[error("its name says {expected}, its content is something else")]
    NotWhatItsNameSays {
        /// What the name promises.
        expected: Cow<'static, str>,
    },
    /// The gzip stream is broken from the start, or holds no activity file.
    #[error("gzip without a FIT, GPX or TCX file inside: {0}")]
    BadGzip(String),
    /// The zip archive, or one member of it, cannot be read.
    #[error("zip archive that cannot be read: {0}")]
    BadZip(String),
    /// Its reader finds nothing that was run.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// No usable date, so it belongs to no week.
    #[error("no usable date: the clock was not set")]
    NoDate,
    /// Nobody ran at these times.
    #[error("a planned route: its times are invented")]
    ArtificialTimes,
    /// A recording that ended before anything was run.
    #[error("{meters:.0} m in {seconds:.0} s: a recording that was stopped at once, no run")]
    TooShort {
        /// Distance in metres.
        meters: f64,
        /// Seconds from start to stop.
        seconds: f64,
    },
    /// More than a day ahead of the clock.
    #[error("dated {}, which is in the future", crate::dates::long(*date))]
    InTheFuture {
        /// The stated date (UTC).
        date: NaiveDate,
    },
    /// Nothing to measure.
    #[error("only {points} track point{}: nothing to measure", if *points == 1 { "" } else { "s" })]
    TooFewPoints {
        /// How many it has.
        points: usize,
    },
    /// The runner's own word.
    #[error("excluded in treadlight.toml{}", .note.as_ref().map(|note| format!(": {note}")).unwrap_or_default())]
    Excluded {
        /// The runner's reason.
        note: Option<String>,
        /// The activity's id, and the id that the settings write for it.
        ids: [String; 2],
    },
    /// Nobody runs that fast.
    #[error("{:.1} km at {:.1} m/s: faster than any runner, perhaps a ride", .distance_m / 1000.0, speed_mps)]
    ImpossibleSpeed {
        /// Distance in metres.
        distance_m: f64,
        /// Mean moving speed in metres a second.
        speed_mps: f64,
    },
}

impl SkipReason {
    /// Whether a run may be lost by it: worth a notice, unlike settings files and planned routes.
    #[must_use]
    pub fn may_lose_a_run(&self) -> bool {
        match self {
            Self::Read(error) => error.may_lose_a_run(),
            Self::TooFewPoints { .. }
            | Self::ArtificialTimes
            | Self::TooShort { .. }
            | Self::Excluded { .. } => false,
            _ => true,
        }
    }

    /// Whether the runner has excluded the activity of this id.
    #[must_use]
    pub fn excludes(&self, id: &str) -> bool {
        matches!(self, Self::Excluded { ids, .. } if ids.iter().any(|known| known == id))
    }

    /// What a group of files with such a reason is called, for counts: `3 planned`.
    #[must_use]
    pub fn group(&self) -> String {
        match self {
            Self::Unreadable(_) | Self::Changing => "unreadable".to_owned(),
            Self::TooLarge { .. } | Self::Bomb(_) => "too large".to_owned(),
            Self::EmptyFile => "empty".to_owned(),
            Self::NotWhatItsNameSays { .. } => "misnamed".to_owned(),
            Self::BadGzip(_) | Self::BadZip(_) => "broken archive".to_owned(),
            Self::Read(error) => error.group(),
            Self::TooFewPoints { .. } => "without a track".to_owned(),
            Self::ArtificialTimes => "planned".to_owned(),
            Self::TooShort { .. } => "stopped at once".to_owned(),
            Self::NoDate => "without a date".to_owned(),
            Self::InTheFuture { .. } => "dated in the future".to_owned(),
            Self::ImpossibleSpeed { .. } => "impossibly fast".to_owned(),
            Self::Excluded { .. } => "excluded by you".to_owned(),
        }
    }

    /// A short name that does not change between versions.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::Changing => "changing",
            Self::TooLarge { .. } => "too-large",
            Self::Bomb(_) => "bomb",
            Self::Excluded { .. } => "excluded",
            Self::EmptyFile => "empty-file",
            Self::NotWhatItsNameSays { .. } => "not-what-its-name-says",
            Self::BadGzip(_) => "bad-gzip",
            Self::BadZip(_) => "bad-zip",
            Self::Read(error) => error.code(),
            Self::ArtificialTimes => "planned",
            Self::TooShort { .. } => "too-short",
            Self::NoDate => "no-date",
            Self::InTheFuture { .. } => "in-the-future",
            Self::TooFewPoints { .. } => "too-few-points",
            Self::ImpossibleSpeed { .. } => "impossible-speed",
        }
    }
}
