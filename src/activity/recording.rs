//! One activity as its file has it, with every point: the output of every reader.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{note::Note, sport::Sport, totals::Totals};

/// The file formats that hold activities, poorest first: the order decides which duplicate is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Format {
    /// No file: a row of an export's index.
    Index,
    /// A service's own JSON.
    Json,
    /// GPS Exchange Format 1.0 or 1.1.
    Gpx,
    /// Garmin's Training Center XML.
    Tcx,
    /// Garmin's Flexible and Interoperable Data Transfer.
    Fit,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Index => "index",
            Self::Json => "JSON",
            Self::Gpx => "GPX",
            Self::Tcx => "TCX",
            Self::Fit => "FIT",
        })
    }
}

/// A place on WGS 84.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Degrees north, −90 to 90.
    pub latitude_deg: f64,
    /// Degrees east, −180 to 180.
    pub longitude_deg: f64,
}

/// Metres above sea level from below the Dead Sea to above every mountain: anything else is a broken number, and the
/// climb to the largest `f32` would be infinite.
pub const ALTITUDES_M: std::ops::RangeInclusive<f32> = -1_000.0..=20_000.0;

/// One fix of a track. FIT calls it a record, GPX a `trkpt`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrackPoint {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub time_unix_ms: i64,
    /// Where, if the device had a fix.
    pub position: Option<Position>,
    /// Altitude above sea level in metres.
    pub altitude_m: Option<f32>,
    /// The device's own running total in metres (FIT `record.distance`).
    pub distance_m: Option<f64>,
    /// Beats per minute.
    pub heart_rate_bpm: Option<u8>,
    /// As the file gives it: strides (one leg) or steps per minute, see `import::readings`.
    pub cadence_raw: Option<u8>,
}

impl TrackPoint {
    /// A point of which nothing but the time is known, in milliseconds since 1970.
    #[must_use]
    #[inline]
    pub const fn at(time_unix_ms: i64) -> Self {
        Self {
            time_unix_ms,
            position: None,
            altitude_m: None,
            distance_m: None,
            heart_rate_bpm: None,
            cadence_raw: None,
        }
    }
}

/// Whole seconds at each heart rate while the watch was running: a few bytes for each beat between the lowest and the
/// highest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeartRateTimes {
    lowest_bpm: u8,
    seconds: Box<[u16]>,
}

impl HeartRateTimes {
    /// From the milliseconds at 0, 1 … 255 beats a minute. More than 18 hours at one rate are 18 hours.
    #[must_use]
    pub fn from_milliseconds(held_ms: &[u64; 256]) -> Self {
        let seconds = |ms: u64| u16::try_from((ms + 500) / 1000).unwrap_or(u16::MAX);
        let is_held = |ms: &u64| seconds(*ms) > 0;
        let (Some(lowest), Some(highest)) =
            (held_ms.iter().position(is_held), held_ms.iter().rposition(is_held))
        else {
            return Self::default();
        };
        Self {
            lowest_bpm: u8::try_from(lowest).unwrap_or_default(),
            seconds: held_ms[lowest..=highest].iter().map(|ms| seconds(*ms)).collect(),
        }
    }

    /// Every heart rate in beats per minute with its seconds, lowest first, none without time.
    pub fn iter(&self) -> impl Iterator<Item = (u8, u16)> + '_ {
        (self.lowest_bpm..=u8::MAX).zip(self.seconds.iter().copied()).filter(|(_, seconds)| *seconds > 0)
    }

    /// Seconds with a heart rate.
    #[must_use]
    pub fn total_s(&self) -> u64 {
        self.seconds.iter().copied().map(u64::from).sum()
    }
}

/// One activity as its file tells it, before anything is decided: the output of every reader.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// What kind of file it stood in.
    pub format: Format,
    /// The sport, if the file names one.
    pub sport: Option<Sport>,
    /// The finer kind, in FIT's words: `trail`, `treadmill`, `track` …
    pub sub_sport: Option<String>,
    /// The name that the runner or the service gave it.
    pub name: Option<String>,
    /// The start that the device states, in milliseconds since 1970; else the first point's time counts.
    pub start_unix_ms: Option<i64>,
    /// Local time minus UTC in seconds, if the file tells.
    pub utc_offset_s: Option<i32>,
    /// Maker and model, never a serial number.
    pub device: Option<String>,
    /// The device's totals.
    pub totals: Totals,
    /// Runs of points without a pause between them, in file order.
    pub segments: Vec<Vec<TrackPoint>>,
    /// What the reader noticed.
    pub notes: Vec<Note>,
}

impl Recording {
    /// An empty recording of a format: readers fill in what they find.
    #[must_use]
    pub fn new(format: Format) -> Self {
        Self {
            format,
            sport: None,
            sub_sport: None,
            name: None,
            start_unix_ms: None,
            utc_offset_s: None,
            device: None,
            totals: Totals::default(),
            segments: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// How many points the track has over all segments.
    #[must_use]
    pub fn point_count(&self) -> usize {
        self.segments.iter().map(Vec::len).sum()
    }
}
