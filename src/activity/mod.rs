//! Plain data of one activity: what a file says ([`Recording`]) and what we make of it ([`Activity`]).
//!
//! SI units throughout; a value that is not known is `None`. No logic beyond small accessors.

mod beside;
mod cadence;
pub(crate) mod moment;
mod note;
mod recording;
mod sources;
mod sport;
mod totals;
mod zone_name;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

pub use beside::{OtherSport, Surface};
pub use cadence::{CadenceAt, MEAN_SPM, both_feet};
pub use note::Note;
pub use recording::{ALTITUDES_M, Format, HeartRateTimes, Position, Recording, TrackPoint};
pub use sources::{DistanceSource, Distances, SportSource, ZoneSource};
pub use sport::Sport;
pub use totals::Totals;

/// One sport from start to stop, with every value decided: what tables are made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// The kind of sport beside running; `None` for a run, and for what is no sport.
    pub other_sport: Option<OtherSport>,
    /// What it was run on.
    pub surface: Surface,
    /// Start in the runner's local time.
    #[serde(with = "moment")]
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
    /// Median steps of both feet a minute at each speed, slow to fast; of runs whose track tells.
    pub cadence: Vec<CadenceAt>,
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
    /// Lines of description and private note that begin with `#knee`: the runner's diary.
    pub knee_lines: String,
    /// The index of the export that tells of it, a path inside the folder.
    pub index: Option<String>,
    /// Its parts, where pauses of half an hour divide it: two sessions for the rules.
    pub parts: Vec<Part>,
    /// What the import noticed.
    pub notes: Vec<Note>,
}

/// A part of an activity between long pauses.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Seconds from the start of the activity.
    pub after_s: f64,
    /// With its short pauses, in seconds.
    pub elapsed_time_s: f64,
    /// Of the distance, from 0 to 1.
    pub share: f64,
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
            other_sport: None,
            surface: Surface::Unknown,
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
            cadence: Vec::new(),
            training_load: None,
            session_rpe: None,
            heart_rate_times: HeartRateTimes::default(),
            device: None,
            gear: None,
            shoe: None,
            race: false,
            knee_lines: String::new(),
            index: None,
            parts: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The calendar day it counts for: the local date of its start.
    #[must_use]
    pub fn local_date(&self) -> NaiveDate {
        self.start.date_naive()
    }

    /// Whether that it is a run was guessed from its name or its speed.
    #[must_use]
    pub fn is_guessed_run(&self) -> bool {
        self.is_run() && matches!(self.sport_source, SportSource::Name | SportSource::Speed)
    }

    /// Whether it was run on a treadmill.
    #[must_use]
    pub fn is_on_treadmill(&self) -> bool {
        self.surface == Surface::Treadmill
            || matches!(self.sub_sport.as_deref(), Some("treadmill" | "indoor_running"))
    }

    /// Whether it was for strength or mobility: those two are counted as days, beside the runs.
    #[must_use]
    pub fn is_strength_or_mobility(&self) -> bool {
        const MOBILITY: [&str; 6] =
            ["yoga", "pilates", "mobility", "stretching", "flexibility", "flexibility_training"];
        let words = [Some(self.sport.as_str()), self.sub_sport.as_deref()];
        self.other_sport == Some(OtherSport::Strength)
            || self.other_sport.is_some() && words.into_iter().flatten().any(|word| MOBILITY.contains(&word))
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
