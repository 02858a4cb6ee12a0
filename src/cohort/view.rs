//! One runner as the tables of many see them: what rules know, a day at a time, without any frame.

use chrono::NaiveDate;

use crate::{
    analysis::{
        Analysis,
        history::{
            History,
            compare::{Comparison, compare},
            holes::HOLE_DAYS,
            sessions::Session,
        },
        rules::{RULES, Warning},
        shoes,
    },
    dates,
    settings::Settings,
    table::DayRow,
    validation::{Injury, from_analysis},
};

/// Days that a rolling week holds.
const ROLLING_DAYS: usize = 7;

/// A runner's record as rules see it.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The id in every table.
    pub person_id: &'a str,
    /// The first known day.
    pub h0: NaiveDate,
    /// The last day of the record.
    pub as_of: NaiveDate,
    /// Whether starts are known, not only days.
    pub has_times: bool,
    /// Runs as rules see them, by start.
    pub sessions: &'a [Session],
    /// Each session against the 30 days before it.
    pub comparisons: &'a [Comparison],
    /// Every calendar day from the first known one to the last.
    pub days: &'a [DayRow],
    /// What the rules of the load said, each rule's oldest first.
    pub warnings: &'a [Warning],
    /// What the runner reported; `None` where nobody was asked.
    pub injuries: Option<&'a [Injury]>,
}

/// The same where there is nothing but sessions.
#[derive(Clone, Debug)]
pub struct Record {
    h0: NaiveDate,
    as_of: NaiveDate,
    sessions: Vec<Session>,
    comparisons: Vec<Comparison>,
    days: Vec<DayRow>,
    warnings: Vec<Warning>,
}

impl Record {
    /// Asks the rules of the load about sessions sorted by start.
    #[must_use]
    pub fn of(sessions: Vec<Session>, h0: NaiveDate, as_of: NaiveDate, settings: &Settings) -> Self {
        let comparisons = compare(&sessions, h0);
        let days = days(&sessions, h0, as_of);
        let warnings = warnings(&sessions, &comparisons, &days, (h0, as_of), settings);
        Self { h0, as_of, sessions, comparisons, days, warnings }
    }

    /// As tables see it.
    #[must_use]
    pub fn view<'a>(
        &'a self,
        person_id: &'a str,
        has_times: bool,
        injuries: Option<&'a [Injury]>,
    ) -> View<'a> {
        View {
            person_id,
            h0: self.h0,
            as_of: self.as_of,
            has_times,
            sessions: &self.sessions,
            comparisons: &self.comparisons,
            days: &self.days,
            warnings: &self.warnings,
            injuries,
        }
    }
}

impl<'a> View<'a> {
    /// Of a whole analysis; its warnings are `warnings`.
    #[must_use]
    pub fn of(
        analysis: &'a Analysis,
        person_id: &'a str,
        has_times: bool,
        warnings: &'a [Warning],
        injuries: Option<&'a [Injury]>,
    ) -> Self {
        View {
            person_id,
            h0: analysis.days.first().map_or(analysis.as_of, |day| day.date),
            as_of: analysis.as_of,
            has_times,
            sessions: &analysis.sessions,
            comparisons: &analysis.comparisons,
            days: &analysis.days,
            warnings,
            injuries,
        }
    }

    /// The position of a day.
    pub(super) fn day(&self, date: NaiveDate) -> usize {
        usize::try_from((date - self.h0).num_days()).unwrap_or_default()
    }
}

/// What the rules of the load say, whether or not the settings have them speak.
#[must_use]
pub fn warnings(
    sessions: &[Session],
    comparisons: &[Comparison],
    days: &[DayRow],
    (h0, as_of): (NaiveDate, NaiveDate),
    settings: &Settings,
) -> Vec<Warning> {
    let shoes = shoes::shoes(&[], settings, as_of);
    let history = History {
        runs: &[],
        sessions,
        comparisons,
        days,
        beside: &[],
        weeks: &[],
        shoes: &shoes,
        worn: &[],
        h0,
        as_of,
        thresholds: settings.thresholds,
    };
    let asked = from_analysis::rules();
    let rows = RULES.iter().filter(|row| asked.contains(&row.rule));
    rows.flat_map(|row| (row.ask)(&history)).collect()
}

/// Every calendar day, as the table of days has it.
fn days(sessions: &[Session], h0: NaiveDate, as_of: NaiveDate) -> Vec<DayRow> {
    let mut days: Vec<DayRow> = h0
        .iter_days()
        .take_while(|day| *day <= as_of)
        .map(|date| DayRow {
            date,
            distance_m: 0,
            runs: 0,
            last_7_days_m: 0,
            longest_m: None,
            moving_time_s: None,
        })
        .collect();
    for session in sessions {
        let at = usize::try_from((session.date - h0).num_days());
        if let Some(day) = at.ok().and_then(|at| days.get_mut(at)) {
            day.distance_m += session.distance_m;
            day.runs += session.recordings as u32;
            day.longest_m = day.longest_m.max(Some(session.distance_m));
        }
    }
    let mut week_m = 0;
    for t in 0..days.len() {
        week_m += days[t].distance_m;
        if t >= ROLLING_DAYS {
            week_m -= days[t - ROLLING_DAYS].distance_m;
        }
        days[t].last_7_days_m = week_m;
    }
    days
}

/// The days of holes: so many in a row without a run that they are no rest. A day that somebody looked at is none.
#[must_use]
pub fn covered(days: &[DayRow], looked_at: &[NaiveDate]) -> Vec<bool> {
    let is_empty = |day: &DayRow| day.runs == 0 && !looked_at.contains(&day.date);
    let mut covered = vec![true; days.len()];
    let mut start = 0;
    while start < days.len() {
        let length = days[start..].iter().take_while(|day| is_empty(day)).count();
        if length >= HOLE_DAYS {
            covered[start..start + length].fill(false);
        }
        start += length.max(1);
    }
    covered
}

/// The last day up to which an alarm of a day is looked at.
pub(super) fn is_in_the_week_before(alarm: NaiveDate, date: NaiveDate) -> bool {
    (dates::days_before(date, ROLLING_DAYS as u64 - 1)..=date).contains(&alarm)
}
