//! What one file of an export says: rows, recordings, gear and pairs, each under keys that put them together.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::activity::{Recording, Sport, Totals};

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
    /// The day, at an hour that is not told.
    Day(NaiveDate),
}

impl Start {
    /// Local time minus UTC in seconds, where the index tells.
    #[must_use]
    pub fn utc_offset_s(self) -> Option<i32> {
        match self {
            Self::Moment { utc_offset_s, .. } => utc_offset_s,
            Self::Local(_) | Self::Day(_) => None,
        }
    }
}

/// The recordings of a row, by the beginning of their files' names without folders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracks {
    /// How the names begin: `2665ea0f-792e.` of `GPS-data/2665ea0f-792e.json` and `Heart-rate-data/2665ea0f-792e.json`.
    pub begin: String,
    /// Whether they hold more than the activity: then nothing of them is used.
    pub hold_more: bool,
}

/// What an index says of one activity; a value that it does not tell is `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The activity's file as the index names it, relative to the index: `activities/1.fit.gz`.
    pub file: Option<String>,
    /// Its recordings, where their names tell.
    pub tracks: Option<Tracks>,
    /// The file of a recording that holds more than the activity: it is listed under that name.
    #[serde(skip)]
    pub track_file: Option<String>,
    /// The numbers under which [`Part::gear`] may know it, the surest first.
    pub keys: Vec<String>,
    /// When it began.
    pub start: Option<Start>,
    /// The sport, in the service's word: `run`, `trail_run`, `running`, `treadmill_running` …
    pub sport: Option<Sport>,
    /// Whether the service's word for the sport is not known: then the activity's own file decides.
    pub sport_is_unknown: bool,
    /// The finer kind in FIT's words: `treadmill`, `trail`.
    pub sub_sport: Option<String>,
    /// The name that the runner or the service gave it.
    pub name: Option<String>,
    /// The gear, which for a run is the pair of shoes.
    pub gear: Option<String>,
    /// Lines of description and private note that begin with `#knee`; nothing else of them is kept.
    pub knee_lines: String,
    /// Distance, times, climb, heart rate; SI units.
    pub totals: Totals,
}

impl Row {
    /// Further `#knee` lines about the same activity.
    pub fn take_knee_lines(&mut self, further: &str) {
        for line in further.lines().filter(|line| !line.is_empty()) {
            if !self.knee_lines.lines().any(|known| known == line) {
                self.knee_lines = format!("{}\n{line}", self.knee_lines).trim_start().to_owned();
            }
        }
    }
}

/// The lines of some texts that begin with `#knee`, after blanks and in any case: nothing else of a note is kept.
#[must_use]
pub fn knee_lines<'a>(texts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    const MARK: &str = "#knee";
    let is_ours = |line: &&str| {
        line.trim_start().get(..MARK.len()).is_some_and(|start| start.eq_ignore_ascii_case(MARK))
    };
    texts.into_iter().flatten().flat_map(str::lines).filter(is_ours).collect::<Vec<_>>().join("\n")
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
    /// It is of a service that is known, but no activity can be got out of it.
    #[error("{0}")]
    NotUsed(String),
}

/// The rows of an index, and what went wrong on the way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rows {
    /// The rows that can be used, in the order of the index.
    pub rows: Vec<Row>,
    /// Rows without a usable date, and damage further down: a sentence each.
    pub notices: Vec<String>,
}

impl Rows {
    /// Rows of a file; `None` for one without a usable date. What took less than a minute, or went slower than 0.1 m/s over
    /// all of its time, is a button pressed by mistake.
    pub(crate) fn of(service: &str, rows: impl IntoIterator<Item = Option<Row>>) -> Self {
        let (mut kept, mut undated, mut slips) = (Vec::new(), 0, 0);
        for row in rows {
            match row {
                None => undated += 1,
                Some(row) if is_slip(&row) => slips += 1,
                Some(row) => kept.push(row),
            }
        }
        let told = |count: usize, what: &str| match count {
            0 => None,
            1 => Some(format!("1 activity of {service} {what} and is left out")),
            _ => Some(format!("{count} activities of {service} {what} and are left out")),
        };
        let notices = [
            told(undated, "without a usable date stands there"),
            told(slips, "took less than a minute or went nowhere"),
        ];
        Self { rows: kept, notices: notices.into_iter().flatten().collect() }
    }
}

/// Shorter than this is no activity, in seconds; slower no movement, in metres a second.
const LEAST_S: f64 = 60.0;
const LEAST_MPS: f64 = 0.1;

/// The sports that go somewhere.
const MOVING: [&str; 4] = ["running", "walking", "hiking", "cycling"];

fn is_slip(row: &Row) -> bool {
    let totals = &row.totals;
    let Some(time_s) = totals.timer_time_s.or(totals.elapsed_time_s) else { return false };
    // a gym class goes nowhere, and is no slip
    let is_to_move = row.sport.as_ref().is_none_or(|sport| MOVING.contains(&sport.as_str()));
    time_s < LEAST_S || (is_to_move && totals.distance_m.is_some_and(|meters| meters < LEAST_MPS * time_s))
}

/// What one file of an export holds. An activity may lie in several: they meet under the names and keys given here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part<T = Recording> {
    /// Activities, see [`Row::tracks`] and [`Row::keys`].
    pub rows: Rows,
    /// Tracks and heart rates of single activities, which are known by this file's name.
    pub recordings: Vec<T>,
    /// Key of an activity, or of its gear, and the name of a pair of shoes.
    pub gear: Vec<(String, String)>,
    /// Pairs of shoes, worn or not.
    pub pairs: Vec<ListedPair>,
}

impl<T> Default for Part<T> {
    fn default() -> Self {
        Self { rows: Rows::default(), recordings: Vec::new(), gear: Vec::new(), pairs: Vec::new() }
    }
}

impl<T> From<Rows> for Part<T> {
    fn from(rows: Rows) -> Self {
        Self { rows, ..Self::default() }
    }
}

impl<T> From<Vec<ListedPair>> for Part<T> {
    fn from(pairs: Vec<ListedPair>) -> Self {
        Self { pairs, ..Self::default() }
    }
}

impl<T> Part<T> {
    /// The same with every recording made into something else, or left out.
    pub fn map_recordings<U>(self, map: impl FnMut(T) -> Option<U>) -> Part<U> {
        let Self { rows, recordings, gear, pairs } = self;
        Part { rows, recordings: recordings.into_iter().filter_map(map).collect(), gear, pairs }
    }
}
