//! How many steps a minute were made at which speed.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// A mean cadence below this counts one leg (strides), above it both (steps).
const STRIDES_BELOW: f64 = 120.0;

/// Mean steps of both feet a minute that a run can have, with its walks and stops.
pub const MEAN_SPM: RangeInclusive<f64> = 90.0..=240.0;

/// Steps of both feet a minute, of a mean of whatever a device counts.
#[must_use]
pub fn both_feet(mean: f64) -> f64 {
    if mean < STRIDES_BELOW { 2.0 * mean } else { mean }
}

/// The step rate of a run at one speed. Steps of both feet count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CadenceAt {
    /// Which speed: from `speed_bin` quarters of a metre a second up to, but not at, one quarter more.
    pub speed_bin: u8,
    /// How long it was run with a known cadence, in seconds.
    pub seconds: u16,
    /// The median of the step rates, in tenths of a step a minute; `None` where the device counts in a way that cannot be
    /// told: neither strides nor steps of a run, or both.
    pub tenths_spm: Option<u16>,
}

impl CadenceAt {
    /// Speeds of a quarter of a metre a second each.
    pub const BINS_PER_M_S: u8 = 4;

    /// The ends of a speed in metres a second.
    #[must_use]
    pub fn band_m_s(speed_bin: u8) -> [f64; 2] {
        [speed_bin, speed_bin.saturating_add(1)].map(|bin| f64::from(bin) / f64::from(Self::BINS_PER_M_S))
    }

    /// The median of the step rates in steps a minute.
    #[must_use]
    pub fn spm(&self) -> Option<f64> {
        self.tenths_spm.map(|tenths| f64::from(tenths) / 10.0)
    }
}
