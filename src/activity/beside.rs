//! What an activity is beside its distance: a kind of sport other than running, or what a run was run on.

use serde::{Deserialize, Serialize};

/// Kinds of sport beside running, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OtherSport {
    /// On a bicycle, indoors too.
    Ride,
    /// In a pool or in open water.
    Swim,
    /// A walk or a hike.
    Walk,
    /// Strength training.
    Strength,
    /// Any other, also one that the file does not name.
    Other,
}

impl OtherSport {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Ride, Self::Swim, Self::Walk, Self::Strength, Self::Other];

    /// The name in JSON: `ride`, `swim`, `walk`, `strength`, `other`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ride => "ride",
            Self::Swim => "swim",
            Self::Walk => "walk",
            Self::Strength => "strength",
            Self::Other => "other",
        }
    }
}

/// What a run was run on, in the order in which it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Surface {
    /// A road or a street.
    Road,
    /// A trail.
    Trail,
    /// A running track.
    Track,
    /// A treadmill.
    Treadmill,
    /// Neither kind, index nor name says it.
    #[default]
    Unknown,
}

impl Surface {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Road, Self::Trail, Self::Track, Self::Treadmill, Self::Unknown];

    /// The name in JSON: `road`, `trail`, `track`, `treadmill`, `unknown`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Road => "road",
            Self::Trail => "trail",
            Self::Track => "track",
            Self::Treadmill => "treadmill",
            Self::Unknown => "unknown",
        }
    }
}
