//! The rows of one runner as sessions, or as activities for the whole analysis.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate, NaiveDateTime};

use super::row::{Fault, InputRow};
use crate::{
    activity::{Activity, DistanceSource, Format, Sport},
    analysis::history::sessions::{Session, is_one_run},
    cohort::tables::quality::QualityRow,
};

/// Sessions of a day without times stand so far apart that they are never joined.
const APART_MINUTES: i64 = 31;

/// What a table says of one runner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunnerRows {
    /// The id, as it stands there.
    pub id: String,
    /// The rows, in any order.
    pub rows: Vec<InputRow>,
    /// How many rows had what fault, and the line of the first.
    pub faults: BTreeMap<Fault, (i64, u64)>,
}

impl RunnerRows {
    /// A row, as it was read from a line.
    pub fn take(&mut self, row: Option<InputRow>, fault: Option<Fault>, line: u64) {
        self.rows.extend(row);
        if let Some(fault) = fault {
            self.fault(fault, line);
        }
    }

    fn fault(&mut self, fault: Fault, line: u64) {
        let (n, first) = self.faults.entry(fault).or_insert((0, line));
        *n += 1;
        *first = (*first).min(line);
    }

    /// Puts the rows in order (of one time the shorter first), leaves out what stands there twice and what is later than
    /// `as_of`.
    pub fn settle(&mut self, as_of: Option<NaiveDate>) {
        self.rows.sort_unstable();
        let before = self.rows.len();
        // of days without times nobody can say that two runs are one
        self.rows.dedup_by(|b, a| a.has_time() && a.is_run() && a == b);
        let doubles = before - self.rows.len();
        let before = self.rows.len();
        self.rows.retain(|row| as_of.is_none_or(|as_of| row.start().date() <= as_of));
        for (fault, n) in [(Fault::Duplicate, doubles), (Fault::TooLate, before - self.rows.len())] {
            if n > 0 {
                self.faults.insert(fault, (n as i64, 0));
            }
        }
    }

    /// The first day of the record, which may be one without a run.
    #[must_use]
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.rows.first().map(|row| row.start().date())
    }

    /// The last day of the record.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.rows.last().map(|row| row.start().date())
    }

    /// Whether the time of a start is known.
    #[must_use]
    pub fn has_times(&self) -> bool {
        self.rows.iter().any(InputRow::has_time)
    }

    /// Days without a session that somebody looked at.
    #[must_use]
    pub fn looked_at(&self) -> Vec<NaiveDate> {
        self.rows.iter().filter(|row| !row.is_run()).map(|row| row.start().date()).collect()
    }

    /// The first day as an activity of no known sport, where somebody only looked at it.
    #[must_use]
    pub fn looked_at_first(&self) -> Option<Activity> {
        let first = self.rows.first().filter(|row| !row.is_run())?;
        let start = first.start().and_utc().fixed_offset();
        Some(Activity::new("", Format::Index, Sport::known("unknown"), start))
    }

    /// Rows left out.
    #[must_use]
    pub fn left_out(&self) -> i64 {
        self.faults.values().map(|(n, _)| n).sum()
    }

    /// What `quality` says of them.
    #[must_use]
    pub fn quality(&self) -> Vec<QualityRow> {
        let detail = |line: u64| if line > 0 { format!("first in line {line}") } else { String::new() };
        let row = |(fault, (n, line)): (&Fault, &(i64, u64))| {
            QualityRow::new(Some(&self.id), "row", fault.code(), *n, &detail(*line))
        };
        self.faults.iter().map(row).collect()
    }

    /// The sessions: rows less than 30 minutes apart are one.
    #[must_use]
    pub fn sessions(&self) -> Vec<Session> {
        let mut sessions: Vec<Session> = Vec::with_capacity(self.rows.len());
        let mut end: Option<NaiveDateTime> = None;
        for row in self.rows.iter().filter(|row| row.is_run()) {
            let (session, start) = (session(row), row.start());
            match (end.filter(|end| row.has_time() && is_one_run(*end, start)), sessions.last_mut()) {
                (Some(_), Some(last)) => last.take(&session),
                _ => sessions.push(session),
            }
            end = row.has_time().then(|| start + Duration::seconds(row.duration_s().unwrap_or(0).into()));
        }
        sessions
    }

    /// The same as activities: what the whole analysis is made of.
    #[must_use]
    pub fn activities(&self) -> Vec<Activity> {
        let mut activities: Vec<Activity> = Vec::with_capacity(self.rows.len());
        let mut of_day = 0;
        let mut day = None;
        for row in self.rows.iter().filter(|row| row.is_run()) {
            let date = row.start().date();
            of_day = if day == Some(date) { of_day + 1 } else { 0 };
            day = Some(date);
            activities.push(activity(row, activities.len(), of_day));
        }
        activities
    }
}

fn session(row: &InputRow) -> Session {
    let start = row.start();
    Session {
        start,
        descent_m: row.descent_m().map(i64::from),
        running_time_s: row.running_s().map(i64::from),
        moving_time_s: row.duration_s().map(i64::from),
        race: row.race(),
        treadmill: row.treadmill(),
        ..Session::new(String::new(), start.date(), row.distance_m.into())
    }
}

fn activity(row: &InputRow, position: usize, of_day: i64) -> Activity {
    let apart = if row.has_time() { 0 } else { of_day * APART_MINUTES };
    let start = (row.start() + Duration::minutes(apart)).and_utc().fixed_offset();
    let seconds = row.duration_s().map(f64::from);
    Activity {
        id: position.to_string(),
        sub_sport: row.treadmill().then(|| "treadmill".to_owned()),
        distance_m: Some(row.distance_m.into()),
        distance_source: Some(DistanceSource::Index),
        moving_time_s: seconds,
        running_time_s: row.running_s().map(f64::from),
        // without a time there is no end that another run could follow
        elapsed_time_s: if row.has_time() { seconds } else { Some(0.0) },
        descent_m: row.descent_m().map(f64::from),
        race: row.race(),
        ..Activity::new("", Format::Index, Sport::running(), start)
    }
}
