//! Plain data of one activity: what a file says ([`Recording`]) and what we make of it ([`Activity`]).
//!
//! SI units throughout; a value that is not known is `None`. No logic beyond small accessors.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate};

/// A sport by its FIT word in lower snake case: `running`, `cycling`, `cross_country_skiing` …
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sport(String);

impl Sport {
    /// Makes a sport from a word as a file spells it: `Trail Running` becomes `trail_running`.
    #[must_use]
    pub fn new(word: &str) -> Self {
        let word = word.trim().to_lowercase();
        Self(word.replace([' ', '-'], "_"))
    }

    /// The sport whose distance counts.
    #[must_use]
    pub fn running() -> Self {
        Self("running".to_owned())
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
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
            Self::Gpx => "GPX",
            Self::Tcx => "TCX",
            Self::Fit => "FIT",
        })
    }
}

/// A place on WGS 84.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Degrees north, −90 to 90.
    pub latitude_deg: f64,
    /// Degrees east, −180 to 180.
    pub longitude_deg: f64,
}

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
    /// As the file gives it: strides (one leg) or steps per minute, see `import::track`.
    pub cadence_raw: Option<u8>,
}

/// The device's own totals, where it wrote any (FIT `session`).
#[derive(Clone, Debug, Default, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
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
    /// Decided sport.
    pub sport: Sport,
    /// The finer kind in FIT's words.
    pub sub_sport: Option<String>,
    /// Start in the runner's local time.
    pub start: DateTime<FixedOffset>,
    /// Distance in metres; `None` where neither device nor track tells.
    pub distance_m: Option<f64>,
    /// Where the distance comes from.
    pub distance_source: Option<DistanceSource>,
    /// Watch running.
    pub timer_time_s: Option<f64>,
    /// The device's timer, else time above the stop threshold.
    pub moving_time_s: Option<f64>,
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
    /// Maker and model.
    pub device: Option<String>,
    /// What the import noticed.
    pub notes: Vec<Note>,
}

impl Activity {
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

    /// Distance in whole metres, as every rule compares it: 12.1 / 11.0 is below 1.1 in floating point.
    #[must_use]
    pub fn whole_meters(&self) -> i64 {
        self.distance_m.map_or(0, |m| m.round() as i64)
    }
}
