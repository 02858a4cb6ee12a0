//! What an import noticed, in words that a runner understands.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::sport::Sport;

/// Something about an import that the runner should be able to see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Note {
    /// No file, name or type tells the sport; the speed fits a run.
    SportAssumedFromSpeed,
    /// The sport was read out of the name of the track or file.
    SportFromName,
    /// GPS errors were taken out of the track.
    JumpsCut {
        /// How many.
        count: usize,
        /// How much distance they would have added, in metres.
        distance_m: f64,
    },
    /// The file breaks off or is damaged at this byte; what came before it counts.
    DamagedAt {
        /// Offset into the (unpacked) file.
        byte: usize,
        /// What is wrong there.
        what: String,
    },
    /// The records break off long before the distance that the session message states.
    RecordsEndEarly {
        /// Where the records end, in metres.
        recorded_m: f64,
        /// What the session message says, in metres.
        total_m: f64,
    },
    /// The file has no session message: totals are computed from its records.
    NoSessionMessage,
    /// Points without a time were left out.
    UntimedPointsDropped {
        /// How many.
        count: usize,
    },
    /// Points dated before 2000 or in the future were left out.
    ImpossibleTimesDropped {
        /// How many.
        count: usize,
    },
    /// A checksum does not match, yet the content reads well.
    ChecksumDiffers,
    /// Segments that tell the same time again count once.
    RepeatedSegmentsDropped {
        /// How many.
        count: usize,
    },
    /// Heart rates far above their neighbours were left out.
    HeartRateSpikesDropped {
        /// How many.
        count: usize,
    },
    /// There is no file: an export's index tells of the activity.
    FromIndexOnly {
        /// The index, without its folder.
        index: String,
    },
    /// The index names a sport that the file does not.
    SportFromIndex {
        /// The index, without its folder.
        index: String,
        /// The file's own word, if it has one.
        instead_of: Option<Sport>,
    },
    /// The distance stands in the index only.
    DistanceFromIndex {
        /// The index, without its folder.
        index: String,
    },
    /// The runner cropped the activity at the service: a drive home, most often.
    Cropped {
        /// The index, without its folder.
        index: String,
        /// What the device recorded, in metres.
        recorded_m: f64,
        /// What was left of it, in metres.
        cropped_m: f64,
    },
    /// Set by the runner in `[runs]`: never noted by a reader, so never kept in the cache.
    #[serde(skip)]
    Corrected {
        /// `distance`, `sport`.
        #[serde(skip)]
        what: &'static str,
        /// What was imported, for people.
        instead_of: String,
    },
    /// The runner's own note, from `[runs]`.
    OwnNote(String),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SportAssumedFromSpeed => f.write_str("sport assumed from speed"),
            Self::SportFromName => f.write_str("sport taken from its name"),
            Self::JumpsCut { count, distance_m } => {
                let s = if *count == 1 { "jump" } else { "jumps" };
                write!(f, "{count} GPS {s} cut ({:.1} km)", distance_m / 1000.0)
            }
            Self::DamagedAt { byte, what } => {
                write!(f, "damaged at byte {byte} ({what}): what came before it counts")
            }
            Self::RecordsEndEarly { recorded_m, total_m } => write!(
                f,
                "ends early after {:.1} of {:.1} km; distance from the session message",
                recorded_m / 1000.0,
                total_m / 1000.0
            ),
            Self::NoSessionMessage => f.write_str("no session message: totals computed from its records"),
            Self::UntimedPointsDropped { count } => write!(f, "{count} points without a time left out"),
            Self::ImpossibleTimesDropped { count } => {
                write!(f, "{count} points with an impossible time left out")
            }
            Self::ChecksumDiffers => f.write_str("checksum differs, content reads well"),
            Self::RepeatedSegmentsDropped { count: 1 } => f.write_str("1 repeated segment counted once"),
            Self::RepeatedSegmentsDropped { count } => write!(f, "{count} repeated segments counted once"),
            Self::HeartRateSpikesDropped { count: 1 } => f.write_str("1 heart-rate spike left out"),
            Self::HeartRateSpikesDropped { count } => write!(f, "{count} heart-rate spikes left out"),
            Self::FromIndexOnly { index } => write!(f, "from {index}, no track"),
            Self::SportFromIndex { index, instead_of: None } => write!(f, "sport from {index}"),
            Self::SportFromIndex { index, instead_of: Some(sport) } => {
                write!(f, "sport from {index}; the file says {sport}")
            }
            Self::DistanceFromIndex { index } => write!(f, "distance from {index}"),
            Self::Cropped { index, recorded_m, cropped_m } => write!(
                f,
                "cropped to {:.1} of {:.1} km, says {index}",
                cropped_m / 1000.0,
                recorded_m / 1000.0
            ),
            Self::Corrected { what, instead_of } => {
                write!(f, "{what} set in treadlight.toml, instead of {instead_of}")
            }
            Self::OwnNote(text) => f.write_str(text),
        }
    }
}
