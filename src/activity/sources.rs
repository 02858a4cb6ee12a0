//! Where a decided value comes from.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::zone_name;

/// Where an activity's distance comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DistanceSource {
    /// The device's total.
    Session,
    /// The device's running total in its records.
    Records,
    /// Summed over the positions.
    Track,
    /// The index of an export.
    Index,
    /// The runner's own word in `[runs]`.
    Settings,
}

impl DistanceSource {
    /// Whether the device measured it.
    #[must_use]
    pub fn is_device(self) -> bool {
        matches!(self, Self::Session | Self::Records)
    }
}

/// Every distance that was stated or computed, in metres: one of them counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Distances {
    /// The device's total.
    pub session_m: Option<f64>,
    /// The device's running total in its records.
    pub records_m: Option<f64>,
    /// Summed over the positions.
    pub track_m: Option<f64>,
    /// The index of an export.
    pub index_m: Option<f64>,
}

/// Where an activity's sport comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SportSource {
    /// The file's own word.
    #[default]
    File,
    /// The index of an export.
    Index,
    /// The name of the activity or file.
    Name,
    /// Its speed.
    Speed,
    /// Nothing tells.
    Nothing,
    /// The runner's own word in `[runs]`.
    Settings,
}

/// Where the local time comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ZoneSource {
    /// The file states the offset.
    #[default]
    Stated,
    /// The index of an export states the offset.
    Index,
    /// The time zone of the first position.
    Position(#[serde(with = "zone_name")] Tz),
    /// The runner's time zone: that of the settings, else the system's.
    Runner(#[serde(with = "zone_name")] Tz),
}
