//! The knee on a day: rows, lights, limit, who should look at it, what is missing.

use chrono::{Datelike, NaiveDate};

use super::{
    exercises::{self, Circumstances},
    fold::{self, Limit, LoadLimits},
    light::{Age, Light},
    numbers::LOOK_BACK_DAYS,
    place::{self, About, Diary, Placed},
    row::{Problem, Row, Run},
    see::{self, Reason, Watched},
    sign::{Sign, Urgency},
    spot::{Side, Spot},
    standing::{self, Entry, State, before},
    trend,
};

/// Days of the strip of lights: twelve weeks.
const STRIP_DAYS: i64 = 84;
/// Days in which a missing morning is asked for, and in which too few judged runs show no trend.
const FORTNIGHT: i64 = 14;
/// Judged runs that a trend needs.
const TREND_RUNS: usize = 3;

/// The knee on a day.
#[derive(Clone, Debug)]
pub struct Knee {
    /// The day of the report.
    pub as_of: NaiveDate,
    /// The day that the limit is for.
    pub on: NaiveDate,
    /// The rows, by day.
    pub diary: Diary,
    /// The runs, by start.
    pub runs: Vec<Run>,
    /// Why somebody should look at it.
    pub reasons: Vec<Reason>,
    /// The runner's age on the day, as far as it is known.
    pub age: Age,
    /// Date and metres of every run.
    walked: Vec<(NaiveDate, i64)>,
    /// What the fold needs of every row.
    entries: Vec<Entry>,
}

impl Knee {
    /// Reads rows in their places; `None` where no row says anything.
    ///
    /// `problems` are those of reading the files; `runs` lie in the order of their start, none after `as_of`.
    #[must_use]
    pub fn of(
        written: Vec<Row>,
        problems: Vec<Problem>,
        runs: Vec<Run>,
        as_of: NaiveDate,
        birth_year: Option<i32>,
    ) -> Option<Self> {
        let mut diary = place::place(written, &runs, as_of, birth_year);
        diary.problems.splice(0..0, problems);
        // what is wrong with later rows is not known yet
        diary.problems.retain(|problem| problem.date.is_none_or(|date| date <= as_of));
        if diary.rows.is_empty() && diary.problems.is_empty() {
            return None;
        }
        let ran_today = runs.iter().any(|run| run.date() == as_of);
        let on = if ran_today { standing::after(as_of, 1) } else { as_of };
        let age = Age::in_year(as_of.year(), birth_year);
        let reasons = reasons(&diary.rows, as_of, age);
        let walked = runs.iter().map(|run| (run.date(), run.metres)).collect();
        let entries = diary.rows.iter().map(|row| row.entry.clone()).collect();
        Some(Self { as_of, on, diary, runs, reasons, age, walked, entries })
    }

    /// What the diary leaves of the load's limits on a day from [`Self::on`] on.
    #[must_use]
    pub fn limit(&self, on: NaiveDate, load: LoadLimits) -> Limit {
        fold::limit(&self.entries, &self.walked, on, load)
    }

    /// The same where further runs are planned.
    #[must_use]
    pub fn limit_with(&self, planned: &[(NaiveDate, i64)], on: NaiveDate, load: LoadLimits) -> Limit {
        let runs: Vec<(NaiveDate, i64)> = self.walked.iter().chain(planned).copied().collect();
        fold::limit(&self.entries, &runs, on, load)
    }

    /// Where the diary stands on the day of the report.
    #[must_use]
    pub fn state(&self) -> State {
        self.limit(self.on, LoadLimits::default()).state
    }

    /// How soon somebody should look at it.
    #[must_use]
    pub fn see(&self) -> Option<Urgency> {
        see::urgency(&self.reasons)
    }

    /// The newest row with a light.
    #[must_use]
    pub fn newest(&self) -> Option<&Placed> {
        self.diary.rows.iter().rev().find(|row| row.light.is_some())
    }

    /// The row that holds the state: the newest one of its spot that stepped down or stopped; in a stop what stopped.
    #[must_use]
    pub fn cause(&self, limit: &Limit) -> Option<&Placed> {
        let (spot, leg) = limit.of?;
        let of_fold = |row: &&Placed| row.spot == spot && super::spot::Side::legs(row.side).contains(&leg);
        let stops = limit.state == State::Stop;
        let rows = || self.diary.rows.iter().rev().filter(of_fold);
        let stop = rows().find(|row| row.light == Some(Light::Stop)).filter(|_| stops);
        stop.or_else(|| rows().find(|row| row.light.is_some_and(|light| light >= Light::Amber)))
    }

    /// The signs that keep it stopped: those of the rows after the last `seen`.
    #[must_use]
    pub fn stopping_signs(&self) -> Vec<Sign> {
        let after_seen = self.diary.rows.iter().rev().take_while(|row| row.seen.is_none());
        let stopped = after_seen.filter(|row| row.light == Some(Light::Stop));
        let mut signs: Vec<Sign> = stopped.flat_map(|row| row.signs.iter().copied()).collect();
        signs.sort_unstable();
        signs.dedup();
        signs
    }

    /// Rows of the last 84 days that have a light.
    pub fn strip(&self) -> impl Iterator<Item = &Placed> {
        let first = before(self.as_of, STRIP_DAYS - 1);
        self.diary.rows.iter().filter(move |row| row.date >= first && row.light.is_some())
    }

    /// How many rows of the strip have a light.
    #[must_use]
    pub fn count(&self, light: Light) -> usize {
        self.strip().filter(|row| row.light == Some(light)).count()
    }

    /// Rows of runs of the last 14 days whose number while running or of the next morning is missing.
    pub fn waiting(&self) -> impl Iterator<Item = (&Placed, &Run)> {
        let first = before(self.as_of, FORTNIGHT - 1);
        let waits = move |row: &&Placed| row.date >= first && row.light == Some(Light::Wait);
        self.diary.rows.iter().filter(waits).filter_map(|row| match row.about {
            About::Run(run) => Some((row, self.runs.get(run)?)),
            _ => None,
        })
    }

    /// Spots and sides, as written, whose own state is not clear; the newest first.
    #[must_use]
    pub fn open_spots(&self) -> Vec<(Spot, Option<Side>)> {
        let mut spots: Vec<(Spot, Option<Side>)> = Vec::new();
        for row in self.diary.rows.iter().rev().filter(|row| row.seen.is_none()) {
            if !spots.contains(&(row.spot, row.side)) {
                spots.push((row.spot, row.side));
            }
        }
        spots.retain(|(spot, side)| {
            let own = |entry: &&Entry| entry.is_seen() || entry.spot == *spot && entry.side == *side;
            let entries: Vec<Entry> = self.entries.iter().filter(own).cloned().collect();
            fold::limit(&entries, &self.walked, self.on, LoadLimits::default()).state != State::Clear
        });
        spots
    }

    /// Entries: all rows read.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.diary.rows.len()
    }

    /// Whether the worst of a week is rising, by spot; `None` where there are too few rows.
    #[must_use]
    pub fn rising(&self, spot: Spot) -> Option<bool> {
        let rows: Vec<(NaiveDate, u8)> = self
            .diary
            .rows
            .iter()
            .filter(|row| row.spot == spot)
            .filter_map(|row| Some((row.date, row.readings.during?)))
            .collect();
        trend::rising(&rows, self.as_of)
    }

    /// Runs of the last 14 days, and those of them that the diary judges: from three on it shows a trend.
    #[must_use]
    pub fn judged_of_recent(&self) -> (usize, usize, bool) {
        let first = before(self.as_of, FORTNIGHT - 1);
        let recent: Vec<usize> = (0..self.runs.len()).filter(|at| self.runs[*at].date() >= first).collect();
        let is_judged = |run: &&usize| {
            let about = About::Run(**run);
            self.diary
                .rows
                .iter()
                .any(|row| row.about == about && row.light.is_some_and(|l| l != Light::Wait))
        };
        let judged = recent.iter().filter(is_judged).count();
        (judged, recent.len(), judged >= TREND_RUNS)
    }

    /// The newest entry's day, where it lies more than 28 days back.
    #[must_use]
    pub fn silent_since(&self) -> Option<NaiveDate> {
        let newest = self.diary.rows.iter().map(|row| row.date).max()?;
        ((self.as_of - newest).num_days() > LOOK_BACK_DAYS).then_some(newest)
    }

    /// Problems of the last 28 days, and those without a day: they are said on stdout too.
    pub fn recent_problems(&self) -> impl Iterator<Item = &Problem> {
        let first = before(self.as_of, LOOK_BACK_DAYS);
        self.diary
            .problems
            .iter()
            .filter(move |problem| problem.date.is_none_or(|date| date >= first && date <= self.as_of))
    }

    /// A file of the diary that cannot be read: what it says may be a stop.
    #[must_use]
    pub fn unread(&self) -> Option<&Problem> {
        self.diary.problems.iter().find(|problem| problem.is_file)
    }

    /// What the choice of exercises needs.
    #[must_use]
    pub fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            rows: &self.diary.rows,
            on: self.as_of,
            state: self.state(),
            see: self.see(),
            may_be_minor: self.age.may_be_minor,
        }
    }

    /// Days of the last seven with an exercise that builds strength.
    #[must_use]
    pub fn exercise_days(&self) -> usize {
        exercises::days_done(&self.diary.exercises, self.as_of)
    }
}

fn reasons(rows: &[Placed], as_of: NaiveDate, age: Age) -> Vec<Reason> {
    let watched: Vec<Watched<'_>> =
        rows.iter().map(|row| Watched { entry: &row.entry, worst: row.readings.largest() }).collect();
    see::reasons(&watched, as_of, age)
}
