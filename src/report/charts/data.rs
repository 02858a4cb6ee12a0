//! What the charts draw: plain rows, distances in metres, dates as civil dates.

use chrono::NaiveDate;

use super::kit::step::Step;
use crate::{
    activity::OtherSport,
    dates,
    knee::{fold::State, light::Light},
    units::UnitSystem,
};

/// Everything the charts need.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartData {
    /// The day the report speaks for.
    pub as_of: NaiveDate,
    /// Units to label in.
    pub units: UnitSystem,
    /// One bar a calendar week, oldest first, no week missing; the last one holds `as_of`.
    pub weeks: Vec<MileageBar>,
    /// What a bar of the mileage and monotony charts stands for, by how long the span is.
    pub step: Step,
    /// The bars of months or years over the same span; empty where weeks are drawn.
    pub longer: Vec<MileageBar>,
    /// One line a calendar year of the whole history, whatever the span, oldest first.
    pub years: Vec<YearLine>,
    /// One point a run, oldest first.
    pub runs: Vec<RunPoint>,
    /// One cell a calendar day, oldest first, no day missing, up to `as_of`.
    pub days: Vec<DayCell>,
    /// One row a pair, in settings order.
    pub shoes: Vec<ShoeLife>,
    /// Metres run in no known pair.
    pub unassigned_m: i64,
    /// How they grew: as [`ShoeLife::line`].
    pub unassigned: Vec<(NaiveDate, i64)>,
    /// The training load of the same weeks.
    pub load: LoadChart,
    /// The cadence of the same months.
    pub cadence: CadenceChart,
    /// The knee diary leaves no distance to run today: nothing here may read as one.
    pub no_distance: bool,
    /// The knee diary over the weeks, where there is one.
    pub knee: Option<KneeChart>,
}

impl ChartData {
    /// The bars of the mileage chart.
    #[must_use]
    pub fn bars(&self) -> &[MileageBar] {
        if self.step == Step::Week { &self.weeks } else { &self.longer }
    }

    /// Whether anything was ever run, be it before the span.
    #[must_use]
    pub fn knows_runs(&self) -> bool {
        !self.runs.is_empty() || self.years.iter().any(|year| !year.line.is_empty())
    }

    /// `no runs yet`, or `no runs since 31 Oct 2026` where all of them lie before the span.
    #[must_use]
    pub fn no_runs(&self) -> String {
        match self.weeks.first().filter(|_| self.knows_runs()) {
            Some(first) => format!("no runs since {}", dates::long(first.start)),
            None => "no runs yet".to_owned(),
        }
    }
}

/// The knee diary and what was run meanwhile, at most a year.
#[derive(Clone, Debug, PartialEq)]
pub struct KneeChart {
    /// The first day, which begins a week.
    pub first: NaiveDate,
    /// Where the diary stands now, in words.
    pub stands: &'static str,
    /// Entries with a light, oldest first.
    pub points: Vec<KneePoint>,
    /// Where the diary stood, without holes.
    pub states: Vec<KneeSpan>,
    /// The diary's limit of one run on each day, in metres; `None`: the diary names none.
    pub limits: Vec<(NaiveDate, Option<i64>)>,
    /// The weeks.
    pub weeks: Vec<MileageBar>,
}

/// An entry of the knee diary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KneePoint {
    /// Its day.
    pub date: NaiveDate,
    /// Its largest number; `None`: a sign alone.
    pub number: Option<u8>,
    /// Its light.
    pub light: Light,
}

/// Days in a row on which the diary stood in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KneeSpan {
    /// The first.
    pub first: NaiveDate,
    /// The last.
    pub last: NaiveDate,
    /// The state.
    pub state: State,
}

/// The charts of load: acute and chronic, monotony.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadChart {
    /// What is counted, e.g. `TRIMP from heart rate`.
    pub measure: String,
    /// Its unit as short as possible, e.g. `TRIMP`.
    pub unit: String,
    /// What stands behind the numbers, the most important first: one line under the title.
    pub notes: Vec<String>,
    /// One point a calendar day, oldest first, no day missing, up to `as_of`; empty without any load.
    pub days: Vec<LoadPoint>,
    /// One a calendar week, in the order of the weeks.
    pub weeks: Vec<LoadWeek>,
}

/// The chart of cadence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CadenceChart {
    /// The speed, as pace.
    pub pace: String,
    /// What was left out; empty where nothing was.
    pub left_out: String,
    /// Months with runs enough, oldest first.
    pub months: Vec<CadencePoint>,
}

/// A month of the chart of cadence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CadencePoint {
    /// Its first day.
    pub first: NaiveDate,
    /// Median steps of both feet a minute.
    pub spm: f64,
    /// Of so many runs.
    pub runs: usize,
}

/// A day of the chart of acute and chronic load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoadPoint {
    /// The day.
    pub date: NaiveDate,
    /// The average that forgets within about a week.
    pub acute: f64,
    /// The same with other sports; the same number without one.
    pub acute_with_others: f64,
    /// The average that forgets within about six weeks.
    pub chronic: f64,
    /// Whether both still start up from 0.
    pub warming_up: bool,
}

/// A week of the monotony chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoadWeek {
    /// First day of the week.
    pub week_start: NaiveDate,
    /// Days without a run, so far in a week that is not over; `None` in a first week that is not whole.
    pub rest_days: Option<u32>,
    /// Days without any sport, where there was one beside the runs.
    pub free_days: Option<u32>,
    /// Mean by standard deviation of the daily loads; `None` in a week that is not over or has no run.
    pub monotony: Option<f64>,
    /// Whether the week is over.
    pub complete: bool,
}

/// A week, month or year of the mileage chart.
#[derive(Clone, Debug, PartialEq)]
pub struct MileageBar {
    /// Its first day.
    pub start: NaiveDate,
    /// The first day after it.
    pub next: NaiveDate,
    /// Distance of all runs.
    pub distance_m: i64,
    /// Longest run of the period (part of the bar, drawn darker).
    pub longest_m: i64,
    /// False for the one that `as_of` is in, unless `as_of` is its last day.
    pub complete: bool,
    /// Short names of load warnings raised in it, e.g. `long-run spike`, `weekly jump`.
    pub warnings: Vec<String>,
}

/// How the distance of a calendar year grew.
#[derive(Clone, Debug, PartialEq)]
pub struct YearLine {
    /// The year.
    pub year: i32,
    /// Its first day that the files know of: 1 January but for the year in which they begin.
    pub from: NaiveDate,
    /// Metres since then at the end of each day with a run, oldest first.
    pub line: Vec<(NaiveDate, i64)>,
}

impl YearLine {
    /// Metres at the end of a day.
    #[must_use]
    pub fn total_m(&self, date: NaiveDate) -> i64 {
        let up_to = self.line.partition_point(|(day, _)| *day <= date);
        up_to.checked_sub(1).map_or(0, |last| self.line[last].1)
    }
}

/// A run of the long-runs chart.
#[derive(Clone, Debug, PartialEq)]
pub struct RunPoint {
    /// Local date.
    pub date: NaiveDate,
    /// Distance.
    pub distance_m: i64,
    /// 1.10 × the longest run of the 30 days before; `None` without such a run or history.
    pub ceiling_m: Option<i64>,
    /// Whether a long-run-spike warning was raised by this run.
    pub warned: bool,
    /// Why none was, where it is above its ceiling all the same.
    pub silence: Option<Unwarned>,
}

/// Why a run above its ceiling raised no warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwarned {
    /// Another one was warned of within the week before.
    SoonAfter,
    /// It was one of the first runs after a break.
    AfterBreak,
    /// Less than 3 km, or less than 500 m more.
    Small,
}

/// A day of the training calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct DayCell {
    /// The day.
    pub date: NaiveDate,
    /// Distance of all runs, 0 on days without one.
    pub distance_m: i64,
    /// Which of [`OtherSport::ALL`] there were beside.
    pub others: [bool; OtherSport::ALL.len()],
}

impl DayCell {
    /// The other sports of the day.
    pub fn other_sports(&self) -> impl Iterator<Item = OtherSport> {
        OtherSport::ALL.into_iter().zip(self.others).filter_map(|(kind, there_was)| there_was.then_some(kind))
    }
}

/// A pair of the shoes chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ShoeLife {
    /// The pair's name.
    pub name: String,
    /// Distance so far, prior distance included.
    pub distance_m: i64,
    /// Where its replacement window starts.
    pub window_start_m: i64,
    /// Where its replacement window ends.
    pub window_end_m: i64,
    /// The window as written, e.g. `300–500 mi`.
    pub window_label: String,
    /// The distance as shown, in the window's unit, e.g. `221 mi`.
    pub distance_label: String,
    /// `ok`, `in its window`, `past its window`.
    pub state_label: String,
    /// Its last day, if that is over.
    pub retired: Option<NaiveDate>,
    /// One line about when it reaches the next limit, empty if there is nothing to say.
    pub forecast: String,
    /// Its distance at the end of each day with a run, oldest first, from what it had when it was first worn.
    pub line: Vec<(NaiveDate, i64)>,
    /// Where it goes from here.
    pub fan: Option<Fan>,
}

/// A distance that a pair reaches between two dates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fan {
    /// The distance.
    pub limit_m: i64,
    /// The first date.
    pub early: NaiveDate,
    /// The last date.
    pub late: NaiveDate,
}
