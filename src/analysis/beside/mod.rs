//! What was done beside the runs, day by day and week by week: other sports, strength, surfaces. No rule and no limit asks it.
//!
//! A week counts its days up to the day of the report. Before the first recording nothing is known, so a first week that is
//! not whole has no count of days without a sport, as it has none of days without a run. [`time`] says what of a recording
//! counts, [`ground`] what was run on.

pub mod change;
pub mod ground;
pub mod time;

use chrono::{Datelike, NaiveDate};

use crate::{
    activity::{Activity, OtherSport},
    dates,
    fields::beside::{Ground, WeekBeside},
    table::{DayRow, WeekRow},
};
use time::{Counted, Reason};

/// How many kinds of sport there are.
const KINDS: usize = OtherSport::ALL.len();

/// What was done beside the runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beside {
    /// Every calendar day, in the order of the table of days.
    pub days: Vec<DayBeside>,
    /// Every calendar week, in the order of the table of weeks.
    pub weeks: Vec<WeekBeside>,
    /// What the runs of each month were run on, oldest first: months without a run are left out.
    pub months: Vec<(NaiveDate, Ground)>,
    /// Recordings whose time does not count, oldest first.
    pub left_out: Vec<LeftOut>,
}

/// A calendar day beside its runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayBeside {
    /// The day.
    pub date: NaiveDate,
    /// Whether there was a run.
    pub has_run: bool,
    /// Which of [`OtherSport::ALL`] there were.
    pub kinds: [bool; KINDS],
    /// Whether a recording does not say if there was any sport: a watch that was left running.
    pub is_unsure: bool,
    /// Whether there was strength or mobility training, in the files or in the knee diary.
    pub has_strength: bool,
    /// Seconds of each kind, of the recordings that have a time.
    times_s: [i64; KINDS],
    /// How many recordings of each kind have one, and how many have none.
    timed: [u32; KINDS],
    untimed: [u32; KINDS],
}

impl DayBeside {
    fn new(day: &DayRow) -> Self {
        Self {
            date: day.date,
            has_run: day.runs > 0,
            kinds: [false; KINDS],
            is_unsure: false,
            has_strength: false,
            times_s: [0; KINDS],
            timed: [0; KINDS],
            untimed: [0; KINDS],
        }
    }

    /// Whether there was another sport.
    #[must_use]
    pub fn has_other_sport(&self) -> bool {
        self.kinds.contains(&true)
    }

    /// Whether there was no sport at all; `None` where nothing says so.
    #[must_use]
    pub fn is_free(&self) -> Option<bool> {
        match (self.has_run || self.has_other_sport(), self.is_unsure) {
            (true, _) => Some(false),
            (false, false) => Some(true),
            (false, true) => None,
        }
    }

    fn add(&mut self, activity: &Activity, counted: Counted) {
        let kind = match counted {
            Counted::Timed(kind, seconds) => {
                self.times_s[kind as usize] += seconds;
                self.timed[kind as usize] += 1;
                kind
            }
            Counted::Not(Reason::NoTime, Some(kind)) => {
                self.untimed[kind as usize] += 1;
                kind
            }
            Counted::Not(Reason::TooLong { .. }, Some(kind)) => {
                self.untimed[kind as usize] += 1;
                self.is_unsure = true;
                return;
            }
            Counted::Not(..) => return,
        };
        self.kinds[kind as usize] = true;
        self.has_strength |= activity.is_strength_or_mobility();
    }
}

/// A recording of another sport whose time does not count.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// Its id.
    pub id: String,
    /// Its day.
    pub date: NaiveDate,
    /// Its sport, in the file's word.
    pub sport: String,
    /// Why.
    pub reason: Reason,
}

/// Sums up what was done. `runs` and `others` are sorted by start, `days` and `weeks` the rows of the tables, oldest first.
#[must_use]
pub fn beside(runs: &[Activity], others: &[Activity], days: &[DayRow], weeks: &[WeekRow]) -> Beside {
    let mut of_days: Vec<DayBeside> = days.iter().map(DayBeside::new).collect();
    let mut left_out = Vec::new();
    for other in others {
        let date = other.local_date();
        let counted = time::counted(other);
        if let Counted::Not(reason, _) = counted {
            left_out.push(LeftOut {
                id: other.id.clone(),
                date,
                sport: other.sport.as_str().replace('_', " "),
                reason,
            });
        }
        if let Ok(at) = of_days.binary_search_by_key(&date, |day| day.date) {
            of_days[at].add(other, counted);
        }
    }
    let mut by_day: Vec<&Activity> = runs.iter().collect();
    // by start: who flies west may run on the day before
    by_day.sort_by_key(|run| run.local_date());
    let mut beside = Beside { days: of_days, months: months(&by_day), left_out, weeks: Vec::new() };
    beside.weeks = weeks.iter().map(|week| beside.week(week.week_start, &by_day)).collect();
    beside
}

impl Beside {
    /// Takes the days on which the knee diary has an exercise.
    pub fn take_exercises(&mut self, dates: impl Iterator<Item = NaiveDate>) {
        for date in dates {
            if let Ok(at) = self.days.binary_search_by_key(&date, |day| day.date) {
                self.days[at].has_strength = true;
            }
        }
        let counts: Vec<u32> =
            self.weeks.iter().map(|week| strength_days(self.days_of(week.week_start))).collect();
        for (week, count) in self.weeks.iter_mut().zip(counts) {
            week.strength_days = count;
        }
    }

    /// The known days of a week.
    #[must_use]
    pub fn days_of(&self, week_start: NaiveDate) -> &[DayBeside] {
        let next = dates::days_after(week_start, 7);
        let from = self.days.partition_point(|day| day.date < week_start);
        let to = self.days.partition_point(|day| day.date < next);
        &self.days[from..to]
    }

    fn week(&self, week_start: NaiveDate, by_day: &[&Activity]) -> WeekBeside {
        let next = dates::days_after(week_start, 7);
        let days = self.days_of(week_start);
        let from = by_day.partition_point(|run| run.local_date() < week_start);
        let to = by_day.partition_point(|run| run.local_date() < next);
        let starts_whole = days.first().is_some_and(|day| day.date == week_start);
        let free: Option<Vec<bool>> = days.iter().map(DayBeside::is_free).collect();
        let free = free.filter(|_| starts_whole);
        WeekBeside {
            week_start,
            times_s: OtherSport::ALL.map(|kind| time_s(days, kind)),
            days_without_sport: free.map(|free| free.into_iter().map(u32::from).sum()),
            strength_days: strength_days(days),
            ground: ground::of(&by_day[from..to]),
        }
    }
}

/// Seconds of a kind on some days: 0 without it, `None` where it has no time.
fn time_s(days: &[DayBeside], kind: OtherSport) -> Option<i64> {
    let at = kind as usize;
    let timed: u32 = days.iter().map(|day| day.timed[at]).sum();
    let untimed: u32 = days.iter().map(|day| day.untimed[at]).sum();
    (timed > 0 || untimed == 0).then(|| days.iter().map(|day| day.times_s[at]).sum())
}

fn strength_days(days: &[DayBeside]) -> u32 {
    days.iter().map(|day| u32::from(day.has_strength)).sum()
}

/// What the runs of each month were run on.
fn months(by_day: &[&Activity]) -> Vec<(NaiveDate, Ground)> {
    let month = |run: &Activity| run.local_date().with_day(1).unwrap_or_else(|| run.local_date());
    let months = by_day.chunk_by(|run, next| month(run) == month(next));
    months.filter_map(|runs| Some((month(runs.first()?), ground::of(runs)))).collect()
}

#[cfg(test)]
mod tests;
