//! Plain data of one activity: what a file says ([`Recording`]) and what we make of it ([`Activity`]).
//!
//! SI units throughout; a value that is not known is `None`. No logic beyond small accessors.

use std::{borrow::Cow, fmt};

use chrono::{DateTime, FixedOffset, NaiveDate};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A sport by its FIT word in lower snake case: `running`, `cycling`, `cross_country_skiing` …
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sport(Cow<'static, str>);

impl Sport {
    /// Makes a sport from a word as a file spells it: `Trail Running` becomes `trail_running`.
    #[must_use]
    pub fn new(word: &str) -> Self {
        let word = word.trim().to_lowercase();
        Self(word.replace([' ', '-'], "_").into())
    }

    /// A sport by a word that is one already.
    #[must_use]
    pub const fn known(word: &'static str) -> Self {
        Self(Cow::Borrowed(word))
    }

    /// The sport whose distance counts.
    #[must_use]
    pub const fn running() -> Self {
        Self::known("running")
    }

    /// Whether activities of this sport are runs.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.0 == "running"
    }

    /// The FIT word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The file formats that hold activities, poorest first: the order decides which duplicate is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Format {
    /// No file: a row of an export's index.
    Index,
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

/// The device's own totals, where it wrote any (FIT `session`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// FIT `session.total_distance`.
    pub distance_m: Option<f64>,
    /// Watch running, without pauses. FIT `session.total_timer_time`.
    pub timer_time_s: Option<f64>,
    /// From start to stop, with pauses. FIT `session.total_elapsed_time`.
    pub elapsed_time_s: Option<f64>,
    /// FIT `session.total_ascent`.
    pub ascent_m: Option<f64>,
    /// FIT `session.total_descent`.
    pub descent_m: Option<f64>,
    /// FIT `session.avg_heart_rate`.
    pub average_heart_rate_bpm: Option<f64>,
    /// FIT `session.max_heart_rate`.
    pub max_heart_rate_bpm: Option<f64>,
    /// Steps of both feet a minute: 2 × (FIT `avg_running_cadence` + `avg_fractional_cadence`).
    pub average_cadence_spm: Option<f64>,
    /// FIT `session.training_load_peak`, the maker's own unit.
    pub training_load: Option<f64>,
    /// How hard the runner says it was, 0–10: a tenth of FIT `session.workout_rpe`.
    pub session_rpe: Option<f64>,
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

/// Where an activity's distance comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ZoneSource {
    /// The file states the offset.
    #[default]
    Stated,
    /// The index of an export states the offset.
    Index,
    /// The time zone of the first position.
    Position(Tz),
    /// The runner's time zone: that of the settings, else the system's.
    Runner(Tz),
}

/// One sport from start to stop, with every value decided: what tables are made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// Local start to the minute, `2026-11-18T07:02`, with `-2` … on a collision: the same whichever
    /// export it came from. Empty until the import has put all activities in order.
    pub id: String,
    /// Path inside the folder, with `/`.
    pub file: String,
    /// What kind of file it came from.
    pub format: Format,
    /// The name that the runner or the service gave it.
    pub name: Option<String>,
    /// Decided sport.
    pub sport: Sport,
    /// Where the sport comes from.
    pub sport_source: SportSource,
    /// The finer kind in FIT's words.
    pub sub_sport: Option<String>,
    /// Start in the runner's local time.
    pub start: DateTime<FixedOffset>,
    /// Where the local time comes from.
    pub zone_source: ZoneSource,
    /// Distance in metres; `None` where neither device nor track tells.
    pub distance_m: Option<f64>,
    /// Where the distance comes from.
    pub distance_source: Option<DistanceSource>,
    /// The distances that it was chosen from.
    pub distances: Distances,
    /// Watch running.
    pub timer_time_s: Option<f64>,
    /// The device's timer, else time above the stop threshold.
    pub moving_time_s: Option<f64>,
    /// The part of the moving time that was running, not walking; `None` without a track that tells.
    pub running_time_s: Option<f64>,
    /// With pauses.
    pub elapsed_time_s: Option<f64>,
    /// Climb in metres.
    pub ascent_m: Option<f64>,
    /// Descent in metres.
    pub descent_m: Option<f64>,
    /// Mean heart rate.
    pub average_heart_rate_bpm: Option<f64>,
    /// Highest heart rate.
    pub max_heart_rate_bpm: Option<f64>,
    /// Mean steps of both feet a minute.
    pub average_cadence_spm: Option<f64>,
    /// The watch maker's own training load.
    pub training_load: Option<f64>,
    /// How hard the runner says it was, 0–10.
    pub session_rpe: Option<f64>,
    /// How long the heart beat at which rate; empty without a track that tells.
    pub heart_rate_times: HeartRateTimes,
    /// Maker and model.
    pub device: Option<String>,
    /// The gear that the export names, which for a run is a pair of shoes.
    pub gear: Option<String>,
    /// The pair that the runner names in `[runs]`.
    pub shoe: Option<String>,
    /// Whether the runner calls it a race in `[runs]`.
    pub race: bool,
    /// The index of the export that tells of it, a path inside the folder.
    pub index: Option<String>,
    /// What the import noticed.
    pub notes: Vec<Note>,
}

impl Activity {
    /// An activity of which nothing else is known.
    #[must_use]
    pub fn new(file: impl Into<String>, format: Format, sport: Sport, start: DateTime<FixedOffset>) -> Self {
        Self {
            id: String::new(),
            file: file.into(),
            format,
            name: None,
            sport,
            sport_source: SportSource::default(),
            sub_sport: None,
            start,
            zone_source: ZoneSource::default(),
            distance_m: None,
            distance_source: None,
            distances: Distances::default(),
            timer_time_s: None,
            moving_time_s: None,
            running_time_s: None,
            elapsed_time_s: None,
            ascent_m: None,
            descent_m: None,
            average_heart_rate_bpm: None,
            max_heart_rate_bpm: None,
            average_cadence_spm: None,
            training_load: None,
            session_rpe: None,
            heart_rate_times: HeartRateTimes::default(),
            device: None,
            gear: None,
            shoe: None,
            race: false,
            index: None,
            notes: Vec::new(),
        }
    }

    /// The calendar day it counts for: the local date of its start.
    #[must_use]
    pub fn local_date(&self) -> NaiveDate {
        self.start.date_naive()
    }

    /// Whether its distance counts.
    #[must_use]
    pub fn is_run(&self) -> bool {
        self.sport.is_running()
    }

    /// Whether its heart rate is known, at least on average.
    #[must_use]
    pub fn has_heart_rate(&self) -> bool {
        self.heart_rate_times.total_s() > 0 || self.average_heart_rate_bpm.is_some()
    }

    /// Distance in whole metres, as every rule compares it: 12.1 / 11.0 is below 1.1 in floating point.
    #[must_use]
    pub fn whole_meters(&self) -> i64 {
        self.distance_m.map_or(0, |m| m.round() as i64)
    }
}
