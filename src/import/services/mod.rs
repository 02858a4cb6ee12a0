//! What an export says of its activities beside their files: Strava's and Runkeeper's CSV, Garmin's JSON,
//! Apple's XML. Each reader turns one index into rows; `join` puts them to the files.

pub mod apple;
pub mod garmin;
pub mod pairs;
pub mod runkeeper;
pub mod strava;
pub mod strava_shoes;
mod table;

use std::io::{self, BufRead, Read};

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    activity::{Sport, Totals},
    import::{formats::kind::Kind, join::Index},
};
use garmin::{GarminActivities, GarminGear};
use table::Headings;

/// A CSV or JSON index larger than this is not read; an XML index is streamed, whatever its size.
const MAX_INDEX_BYTES: u64 = 512 << 20;

/// The service whose export holds the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Service {
    /// `activities.csv` of a Strava bulk export.
    Strava,
    /// `…summarizedActivities.json` of a Garmin account export.
    Garmin,
    /// `cardioActivities.csv` of a Runkeeper export.
    Runkeeper,
    /// `export.xml` of Apple Health.
    AppleHealth,
}

impl Service {
    /// Whether the index is written by the phone that recorded: its totals are the device's.
    #[must_use]
    pub fn is_the_device(self) -> bool {
        matches!(self, Self::AppleHealth | Self::Runkeeper)
    }
}

/// When an index says that an activity began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Start {
    /// A moment, and the local offset from UTC in seconds where the index tells.
    Moment {
        /// Milliseconds since 1970-01-01T00:00:00Z.
        unix_ms: i64,
        /// Local time minus UTC in seconds.
        utc_offset_s: Option<i32>,
    },
    /// The clock on the wall, wherever it hung.
    Local(NaiveDateTime),
}

impl Start {
    /// Local time minus UTC in seconds, where the index tells.
    #[must_use]
    pub fn utc_offset_s(self) -> Option<i32> {
        match self {
            Self::Moment { utc_offset_s, .. } => utc_offset_s,
            Self::Local(_) => None,
        }
    }
}

/// What an index says of one activity; a value that it does not tell is `None`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The activity's file as the index names it, relative to the index: `activities/1.fit.gz`.
    pub file: Option<String>,
    /// When it began.
    pub start: Option<Start>,
    /// The sport, in the service's word: `run`, `trail_run`, `running`, `treadmill_running` …
    pub sport: Option<Sport>,
    /// The finer kind in FIT's words: `treadmill`, `trail`.
    pub sub_sport: Option<String>,
    /// The name that the runner or the service gave it.
    pub name: Option<String>,
    /// The gear, which for a run is the pair of shoes.
    pub gear: Option<String>,
    /// Distance, times, climb, heart rate; SI units.
    pub totals: Totals,
}

/// A pair of shoes as an export lists it, worn or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedPair {
    /// Its name.
    pub name: String,
    /// Other names under which the export may tell of its runs.
    pub gear: Vec<String>,
}

impl ListedPair {
    /// A pair with one name only.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self { name: name.trim().to_owned(), gear: Vec::new() }
    }

    /// Every name that it has.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.gear).map(String::as_str)
    }
}

/// Why an index cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
pub enum IndexError {
    /// The headings are not those that are known.
    #[error("an index of activities with unknown headings: {0}")]
    UnknownHeadings(String),
    /// It breaks off or is damaged before its first row.
    #[error("an index of activities that cannot be read: {0}")]
    Damaged(String),
}

/// The rows of an index, and what went wrong on the way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rows {
    /// The rows that can be used, in the order of the index.
    pub rows: Vec<Row>,
    /// Rows without a usable date, and damage further down: a sentence each.
    pub notices: Vec<String>,
}

/// The indexes that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexKind {
    /// Strava's `activities.csv`.
    Strava,
    /// Strava's `shoes.csv`.
    StravaShoes,
    /// Garmin's `…summarizedActivities.json`.
    GarminActivities,
    /// Garmin's `…gear.json`.
    GarminGear,
    /// Runkeeper's `cardioActivities.csv`.
    Runkeeper,
    /// Apple Health's `export.xml`.
    AppleHealth,
}

impl IndexKind {
    /// By content where it tells, else by name. An activity file is none, whatever it is called.
    #[must_use]
    pub fn of(name: &str, head: &[u8]) -> Option<Self> {
        if Kind::of_bytes(head).is_some() {
            return None;
        }
        let base = name.rsplit('/').next().unwrap_or(name);
        let of_name = match base {
            "activities.csv" => Some(Self::Strava),
            _ if garmin::is_activities(base) => Some(Self::GarminActivities),
            _ if garmin::is_gear(base) => Some(Self::GarminGear),
            _ => None,
        };
        Self::of_headings(head).or_else(|| apple::is_index(head).then_some(Self::AppleHealth)).or(of_name)
    }

    fn of_headings(head: &[u8]) -> Option<Self> {
        let headings = Headings::of(head)?;
        if strava::is_index(&headings) {
            Some(Self::Strava)
        } else if strava_shoes::is_index(&headings) {
            Some(Self::StravaShoes)
        } else {
            runkeeper::is_index(&headings).then_some(Self::Runkeeper)
        }
    }
}

/// What one index file holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Part {
    /// Rows that are whole.
    Rows(Service, Rows),
    /// Rows that may find their shoes in a [`Part::GarminGear`].
    GarminActivities(GarminActivities),
    /// Shoes by Garmin's number of the activity.
    GarminGear(GarminGear),
    /// Pairs of shoes alone.
    Shoes(Vec<ListedPair>),
}

/// Reads an index of a known kind.
///
/// # Errors
/// If nothing of it can be used.
pub fn read(kind: IndexKind, reader: impl BufRead) -> Result<Part, IndexError> {
    if kind == IndexKind::AppleHealth {
        return Ok(Part::Rows(Service::AppleHealth, apple::read(reader)?));
    }
    let bytes = read_whole(reader).map_err(|error| IndexError::Damaged(error.to_string()))?;
    Ok(match kind {
        IndexKind::Strava => Part::Rows(Service::Strava, strava::read(&bytes)?),
        IndexKind::StravaShoes => Part::Shoes(strava_shoes::read(&bytes)?),
        IndexKind::Runkeeper => Part::Rows(Service::Runkeeper, runkeeper::read(&bytes)?),
        IndexKind::GarminGear => Part::GarminGear(garmin::read_gear(&bytes)?),
        IndexKind::GarminActivities | IndexKind::AppleHealth => {
            Part::GarminActivities(garmin::read_activities(&bytes)?)
        }
    })
}

fn read_whole(reader: impl BufRead) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_INDEX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_INDEX_BYTES {
        return Err(io::Error::other(format!("larger than {} MB", MAX_INDEX_BYTES / 1_000_000)));
    }
    Ok(bytes)
}

/// The pairs that the parts list; one may stand in several.
#[must_use]
pub fn pairs(parts: &[(String, Part)]) -> Vec<ListedPair> {
    let listed = parts.iter().flat_map(|(_, part)| match part {
        Part::Shoes(pairs) => pairs.clone(),
        Part::GarminGear(gear) => gear.pairs.iter().map(|name| ListedPair::named(name)).collect(),
        Part::Rows(..) | Part::GarminActivities(_) => Vec::new(),
    });
    listed.collect()
}

/// Puts the parts of an export together: every index with its file's name.
#[must_use]
pub fn assemble(parts: Vec<(String, Part)>) -> Vec<Index> {
    let mut gear = GarminGear::default();
    for (_, part) in &parts {
        if let Part::GarminGear(more) = part {
            gear.extend(more);
        }
    }
    let indexes = parts.into_iter().filter_map(|(file, part)| match part {
        Part::Rows(service, rows) => Some(Index { file, service, rows }),
        Part::GarminActivities(activities) => {
            Some(Index { file, service: Service::Garmin, rows: activities.with_gear(&gear) })
        }
        Part::GarminGear(_) | Part::Shoes(_) => None,
    });
    indexes.collect()
}
