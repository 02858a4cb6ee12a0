//! Why a file or an activity does not count, in words that a runner understands.

use chrono::NaiveDate;
use thiserror::Error;

use super::{fit::FitError, gpx::GpxError, tcx::TcxError};

/// The reason for a skip: a sentence, and a code that stays the same for scripts.
#[derive(Clone, Debug, Error, PartialEq)]
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
    /// Nothing in it.
    #[error("the file is empty: export it again")]
    EmptyFile,
    /// Its name says that it is an activity file, its content does not.
    #[error("its name says {expected}, its content is something else")]
    NotWhatItsNameSays {
        /// What the name promises.
        expected: &'static str,
    },
    /// The gzip stream is broken from the start, or holds no activity file.
    #[error("gzip without a FIT, GPX or TCX file inside: {0}")]
    BadGzip(String),
    /// The zip archive, or one member of it, cannot be read.
    #[error("zip archive that cannot be read: {0}")]
    BadZip(String),
    /// See [`FitError`].
    #[error(transparent)]
    Fit(FitError),
    /// See [`GpxError`].
    #[error(transparent)]
    Gpx(GpxError),
    /// See [`TcxError`].
    #[error(transparent)]
    Tcx(TcxError),
    /// No usable date, so it belongs to no week.
    #[error("no usable date: the clock was not set")]
    NoDate,
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
        !matches!(
            self,
            Self::Fit(FitError::NoActivity { .. })
                | Self::Gpx(GpxError::Planned | GpxError::Empty)
                | Self::Tcx(TcxError::Planned | TcxError::Empty)
                | Self::TooFewPoints { .. }
        )
    }

    /// A short name that does not change between versions.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::Changing => "changing",
            Self::TooLarge { .. } => "too-large",
            Self::EmptyFile => "empty-file",
            Self::NotWhatItsNameSays { .. } => "not-what-its-name-says",
            Self::BadGzip(_) => "bad-gzip",
            Self::BadZip(_) => "bad-zip",
            Self::Fit(FitError::NoActivity { .. }) => "no-activity",
            Self::Fit(_) | Self::Gpx(GpxError::Damaged { .. }) | Self::Tcx(TcxError::Damaged { .. }) => {
                "damaged"
            }
            Self::Gpx(GpxError::Planned) | Self::Tcx(TcxError::Planned) => "planned",
            Self::Gpx(GpxError::Empty) | Self::Tcx(TcxError::Empty) => "no-points",
            Self::NoDate => "no-date",
            Self::InTheFuture { .. } => "in-the-future",
            Self::TooFewPoints { .. } => "too-few-points",
            Self::ImpossibleSpeed { .. } => "impossible-speed",
        }
    }
}
