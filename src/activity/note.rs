//! What an import noticed, in words that a runner understands.

use std::{borrow::Cow, fmt};

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
    /// Points or segments out of order were put in order.
    TimesPutInOrder,
    /// Points of one time were spread over the gap to the next.
    TimesSpread,
    /// A few points behind a hole of hours were left out: remains of another day.
    StrayPointsDropped {
        /// How many.
        count: usize,
    },
    /// The stated start cannot be, or lies outside the points.
    StartFromPoints,
    /// The clock was not set: the day is that of the file's name.
    DateFromName,
    /// The stated total is far from records and positions, which agree.
    TotalContradicted {
        /// What is stated, in metres.
        total_m: f64,
    },
    /// A source of the distance would make the run impossibly fast.
    ImpossibleSourcePassedOver,
    /// Climb and descent that nobody runs, or that the altitudes contradict, are unknown.
    ClimbUnknown {
        /// What is stated, in metres.
        stated_m: f64,
    },
    /// A distance that nobody swims in that time is unknown: metres read as kilometres, most often.
    SwimDistanceUnknown {
        /// What is stated, in metres.
        stated_m: f64,
    },
    /// The laps say what the session does not.
    TotalsFromLaps,
    /// The file has no heart rate: another recording of the same run has.
    HeartRateFrom {
        /// Its file.
        file: String,
    },
    /// Its places are far from those of another run at the same time.
    AtTheSameTimeElsewhere {
        /// The other run's file.
        file: String,
    },
    /// There is no file: an export's index tells of the activity.
    FromIndexOnly {
        /// The index, without its folder.
        index: String,
    },
    /// An index tells the day of the activity only: it stands at noon, and nothing is told of its hour.
    TimeOfDayUnknown,
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
    /// Set by the runner in `[runs]`.
    Corrected {
        /// `distance`, `sport`.
        what: Cow<'static, str>,
        /// What was imported, for people.
        instead_of: String,
    },
    /// The runner's own note, from `[runs]`.
    OwnNote(String),
}

impl Note {
    /// Whether a rule put something right, or guessed: worth a look by the runner.
    #[must_use]
    pub fn is_suspicious(&self) -> bool {
        !matches!(
            self,
            Self::NoSessionMessage
                | Self::ChecksumDiffers
                | Self::HeartRateSpikesDropped { .. }
                | Self::FromIndexOnly { .. }
                | Self::SportFromIndex { .. }
                | Self::DistanceFromIndex { .. }
                | Self::Corrected { .. }
                | Self::OwnNote(_)
        )
    }
}

impl Note {
    /// What of a recording does not count, and how much of it; empty for notes of another kind.
    fn left_out(&self) -> String {
        match self {
            Self::JumpsCut { count, distance_m } => {
                let jumps = if *count == 1 { "jump" } else { "jumps" };
                format!("{count} GPS {jumps} cut ({:.1} km)", distance_m / 1000.0)
            }
            Self::UntimedPointsDropped { count } => format!("{count} points without a time left out"),
            Self::ImpossibleTimesDropped { count } => {
                format!("{count} points with an impossible time left out")
            }
            Self::RepeatedSegmentsDropped { count: 1 } => "1 repeated segment counted once".to_owned(),
            Self::RepeatedSegmentsDropped { count } => format!("{count} repeated segments counted once"),
            Self::HeartRateSpikesDropped { count: 1 } => "1 heart-rate spike left out".to_owned(),
            Self::HeartRateSpikesDropped { count } => format!("{count} heart-rate spikes left out"),
            Self::StrayPointsDropped { count: 1 } => "1 point hours away from the rest left out".to_owned(),
            Self::StrayPointsDropped { count } => {
                format!("{count} points hours away from the rest left out")
            }
            _ => String::new(),
        }
    }
}

fn impossible_swim(stated_m: f64) -> String {
    let km = stated_m / 1000.0;
    format!("nobody swims {km:.1} km in that time: its distance is unknown (metres read as kilometres?)")
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::JumpsCut { .. }
            | Self::UntimedPointsDropped { .. }
            | Self::ImpossibleTimesDropped { .. }
            | Self::RepeatedSegmentsDropped { .. }
            | Self::HeartRateSpikesDropped { .. }
            | Self::StrayPointsDropped { .. } => f.write_str(&self.left_out()),
            Self::SportAssumedFromSpeed => f.write_str("sport assumed from speed"),
            Self::SportFromName => f.write_str("sport taken from its name"),
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
            Self::ChecksumDiffers => f.write_str("checksum differs, content reads well"),
            Self::TimesPutInOrder => f.write_str("its points were out of order in time: put in order"),
            Self::TimesSpread => f.write_str("several points of one time: spread over the gap to the next"),
            Self::StartFromPoints => f.write_str("its stated start cannot be: it starts with its points"),
            Self::DateFromName => f.write_str("its clock was not set: the date is that of its name"),
            Self::TotalContradicted { total_m } => write!(
                f,
                "its total of {:.1} km is not that of its records and positions, which count",
                total_m / 1000.0
            ),
            Self::ImpossibleSourcePassedOver => {
                f.write_str("a distance that nobody runs in that time was passed over for the next")
            }
            Self::ClimbUnknown { stated_m } => {
                write!(f, "its climb of {stated_m:.0} m cannot be: climb and descent are unknown")
            }
            Self::SwimDistanceUnknown { stated_m } => f.write_str(&impossible_swim(*stated_m)),
            Self::TotalsFromLaps => f.write_str("totals from its laps"),
            Self::HeartRateFrom { file } => write!(f, "heart rate from {file}"),
            Self::AtTheSameTimeElsewhere { file } => write!(f, "at the same time as {file}, but elsewhere"),
            Self::FromIndexOnly { index } => write!(f, "from {index}, no track"),
            Self::TimeOfDayUnknown => f.write_str("time of day not known"),
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
