//! One row as it was written, wherever it was written, and what could not be read of it.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::{
    light::Readings,
    sign::{Seen, Sign},
    spot::{Side, Spot},
};

/// A run of the runner, as the diary needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// `2026-11-18T07:02`.
    pub id: String,
    /// The local start.
    pub start: NaiveDateTime,
    /// Its distance in metres.
    pub metres: i64,
    /// Seconds of running in it, where known.
    pub running_s: Option<i64>,
}

impl Run {
    /// The local day of the start.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.start.date()
    }
}

/// Where a row was written.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct At {
    /// The file, or the activity's file.
    pub file: String,
    /// Line in it, counted from 1; `None` for a line of an activity.
    pub line: Option<usize>,
}

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "`{}` line {line}", self.file),
            None => write!(f, "`{}`", self.file),
        }
    }
}

/// Which run a row says that it is about.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Of {
    /// Not said: the only run of its day, else the day itself.
    #[default]
    Unsaid,
    /// A run by its id.
    Run(String),
    /// The run that started nearest to this time.
    Time(NaiveTime),
    /// A planned walk.
    Walk,
    /// The day itself.
    Day,
    /// The morning after the run of the day before.
    MorningOf,
}

/// A row as it was written: one spot, one run or day.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Row {
    /// Where it was written.
    pub at: At,
    /// Written in the diary itself, whose numbers stand above those from the phone.
    pub in_diary: bool,
    /// The local day.
    pub date: Option<NaiveDate>,
    /// Which run.
    pub of: Of,
    /// Where it hurts; `None`: as in the row before.
    pub spot: Option<Spot>,
    /// On which side; `None`: as in the row before.
    pub side: Option<Side>,
    /// The numbers.
    pub readings: Readings,
    /// Where in the run it began, in metres.
    pub from_m: Option<i64>,
    /// Signs.
    pub signs: Vec<Sign>,
    /// A word that may have been a sign could not be read: the row is red until it is mended.
    pub unreadable: bool,
    /// A professional has looked.
    pub seen: Vec<Seen>,
    /// A painkiller, from the day before the run to the morning after.
    pub painkiller: bool,
    /// Exercises that were done.
    pub exercises: Vec<String>,
    /// The runner's words.
    pub note: String,
}

impl Row {
    /// Whether it says something of pain: a row with a note or exercises alone is no entry.
    #[must_use]
    pub fn is_entry(&self) -> bool {
        !self.readings.is_empty() || !self.signs.is_empty() || self.unreadable || self.painkiller
    }

    /// Whether it has words that stand beside no entry and no `seen`.
    #[must_use]
    pub fn is_note(&self) -> bool {
        !self.note.is_empty() && self.seen.is_empty() && !self.is_entry()
    }
}

/// Something that could not be read, or was read otherwise than it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub at: At,
    /// The day of the row, where it has one.
    pub date: Option<NaiveDate>,
    /// What, and what to do.
    pub what: String,
    /// Whether it is a whole file whose rows are not known.
    pub is_file: bool,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.at, self.what)
    }
}
