//! The three tables, in polars: runs, calendar days, calendar weeks.
//!
//! Column names are the constants of [`column`]; every table hands out typed rows, so that rules and
//! reports never see a frame. Distances are whole metres; an unknown value is null, never 0.

use chrono::{NaiveDate, Weekday};
use polars::prelude::{
    Column, DataFrame, DataType, Expr, IntoLazy, PolarsResult, RollingOptionsFixedWindow,
    SortMultipleOptions, col, len, lit, when,
};

use crate::{activity::Activity, dates};

/// Names of the columns.
pub mod column {
    /// The run's id (text).
    pub const ID: &str = "id";
    /// Local date of the start (date).
    pub const DATE: &str = "local_date";
    /// First day of the calendar week (date).
    pub const WEEK_START: &str = "week_start";
    /// Distance in whole metres (i64).
    pub const DISTANCE_M: &str = "distance_m";
    /// Number of runs (u32).
    pub const RUNS: &str = "runs";
    /// Longest run in whole metres (i64).
    pub const LONGEST_M: &str = "longest_m";
    /// Moving time in seconds (f64, null where unknown).
    pub const MOVING_TIME_S: &str = "moving_time_s";
    /// Climb in metres (f64, null where unknown).
    pub const ASCENT_M: &str = "ascent_m";
    /// Descent in metres (f64, null where unknown).
    pub const DESCENT_M: &str = "descent_m";
    /// Distance of this day and the six before it (i64).
    pub const LAST_7_DAYS_M: &str = "last_7_days_m";
    /// Highest `last_7_days_m` of the week's days (i64).
    pub const PEAK_7_DAYS_M: &str = "peak_7_days_m";
    /// Highest weekly distance of the four weeks before (i64, null in the first week).
    pub const BEST_OF_4_M: &str = "best_of_4_m";
}

use column::{
    ASCENT_M, BEST_OF_4_M, DATE, DESCENT_M, DISTANCE_M, ID, LAST_7_DAYS_M, LONGEST_M, MOVING_TIME_S,
    PEAK_7_DAYS_M, RUNS, WEEK_START,
};

/// Days that a rolling week holds.
const ROLLING_DAYS: usize = 7;
/// Weeks that the best one is taken of.
const WEEKS_COMPARED: usize = 4;

/// A row for each run, by start.
#[derive(Clone, Debug)]
pub struct RunTable {
    frame: DataFrame,
}

impl RunTable {
    /// Columns: [`ID`], [`DATE`], [`DISTANCE_M`], [`MOVING_TIME_S`], [`ASCENT_M`], [`DESCENT_M`]; n rows.
    ///
    /// # Errors
    /// Only if polars refuses the columns.
    pub fn new(runs: &[Activity]) -> PolarsResult<Self> {
        let column = |name: &str, value: fn(&Activity) -> Option<f64>| {
            Column::new(name.into(), runs.iter().map(value).collect::<Vec<_>>())
        };
        let frame = DataFrame::new(
            runs.len(),
            vec![
                Column::new(ID.into(), runs.iter().map(|run| run.id.as_str()).collect::<Vec<_>>()),
                date_column(DATE, runs.iter().map(Activity::local_date))?,
                Column::new(DISTANCE_M.into(), runs.iter().map(Activity::whole_meters).collect::<Vec<_>>()),
                column(MOVING_TIME_S, |run| run.moving_time_s),
                column(ASCENT_M, |run| run.ascent_m),
                column(DESCENT_M, |run| run.descent_m),
            ],
        )?;
        Ok(Self { frame })
    }

    /// The frame itself.
    #[must_use]
    pub fn frame(&self) -> &DataFrame {
        &self.frame
    }
}

/// A row for every calendar day from the first to the last, zeros on days without a run.
#[derive(Clone, Debug)]
pub struct DayTable {
    frame: DataFrame,
}

/// A day of the [`DayTable`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayRow {
    /// The day.
    pub date: NaiveDate,
    /// Distance of its runs in whole metres.
    pub distance_m: i64,
    /// Number of its runs.
    pub runs: u32,
    /// Distance of this day and the six before it, in whole metres.
    pub last_7_days_m: i64,
}

impl DayTable {
    /// Days `first..=last`; runs outside are left out. Empty if `last` lies before `first`.
    ///
    /// # Errors
    /// Only if polars refuses the query.
    pub fn new(
        runs: &RunTable,
        first: NaiveDate,
        last: NaiveDate,
        first_weekday: Weekday,
    ) -> PolarsResult<Self> {
        let days: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= last).collect();
        let calendar = DataFrame::new(
            days.len(),
            vec![
                date_column(DATE, days.iter().copied())?,
                date_column(WEEK_START, days.iter().map(|day| dates::week_start(*day, first_weekday)))?,
            ],
        )?;
        let per_day = runs.frame.clone().lazy().group_by([col(DATE)]).agg([
            col(DISTANCE_M).sum(),
            len().alias(RUNS),
            col(DISTANCE_M).max().alias(LONGEST_M),
            sum_of_known(MOVING_TIME_S),
            sum_of_known(ASCENT_M),
            sum_of_known(DESCENT_M),
        ]);
        let frame = calendar
            .lazy()
            .left_join(per_day, col(DATE), col(DATE))
            .sort([DATE], SortMultipleOptions::default())
            .with_columns([col(DISTANCE_M).fill_null(lit(0_i64)), col(RUNS).fill_null(lit(0_u32))])
            .with_columns([col(DISTANCE_M).rolling_sum(window(ROLLING_DAYS)).alias(LAST_7_DAYS_M)])
            .collect()?;
        Ok(Self { frame })
    }

    /// Typed rows, oldest first.
    ///
    /// # Errors
    /// Only if polars changed the type of a column.
    pub fn rows(&self) -> PolarsResult<Vec<DayRow>> {
        let distance = integers(&self.frame, DISTANCE_M)?;
        let rolling = integers(&self.frame, LAST_7_DAYS_M)?;
        let runs = counts(&self.frame)?;
        Ok(date_values(&self.frame, DATE)?
            .into_iter()
            .enumerate()
            .map(|(i, date)| DayRow {
                date,
                distance_m: distance[i].unwrap_or_default(),
                runs: runs[i],
                last_7_days_m: rolling[i].unwrap_or_default(),
            })
            .collect())
    }
}

/// A row for every calendar week from the first day's to the last day's.
#[derive(Clone, Debug)]
pub struct WeekTable {
    frame: DataFrame,
}

/// A week of the [`WeekTable`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeekRow {
    /// First day of the week.
    pub week_start: NaiveDate,
    /// Distance of its runs in whole metres.
    pub distance_m: i64,
    /// Number of its runs.
    pub runs: u32,
    /// Longest run in whole metres; `None` without a run.
    pub longest_m: Option<i64>,
    /// Moving time in seconds; `None` where no run tells.
    pub moving_time_s: Option<f64>,
    /// Climb in metres; `None` where no run tells.
    pub ascent_m: Option<f64>,
    /// Descent in metres; `None` where no run tells.
    pub descent_m: Option<f64>,
    /// Highest weekly distance of the four weeks before; `None` in the first week.
    pub best_of_4_m: Option<i64>,
    /// Highest distance of seven days in a row that end in this week.
    pub peak_7_days_m: i64,
}

impl WeekTable {
    /// Sums the days up.
    ///
    /// # Errors
    /// Only if polars refuses the query.
    pub fn new(days: &DayTable) -> PolarsResult<Self> {
        let mut frame = days
            .frame
            .clone()
            .lazy()
            .group_by_stable([col(WEEK_START)])
            .agg([
                col(DISTANCE_M).sum(),
                col(RUNS).sum(),
                col(LONGEST_M).max(),
                sum_of_known(MOVING_TIME_S),
                sum_of_known(ASCENT_M),
                sum_of_known(DESCENT_M),
                col(LAST_7_DAYS_M).max().alias(PEAK_7_DAYS_M),
            ])
            .sort([WEEK_START], SortMultipleOptions::default())
            .collect()?;
        let best = best_before(&integers(&frame, DISTANCE_M)?);
        frame.with_column(Column::new(BEST_OF_4_M.into(), best))?;
        Ok(Self { frame })
    }

    /// Typed rows, oldest first.
    ///
    /// # Errors
    /// Only if polars changed the type of a column.
    pub fn rows(&self) -> PolarsResult<Vec<WeekRow>> {
        let distance = integers(&self.frame, DISTANCE_M)?;
        let longest = integers(&self.frame, LONGEST_M)?;
        let best = integers(&self.frame, BEST_OF_4_M)?;
        let peak = integers(&self.frame, PEAK_7_DAYS_M)?;
        let runs = counts(&self.frame)?;
        let moving = reals(&self.frame, MOVING_TIME_S)?;
        let ascent = reals(&self.frame, ASCENT_M)?;
        let descent = reals(&self.frame, DESCENT_M)?;
        Ok(date_values(&self.frame, WEEK_START)?
            .into_iter()
            .enumerate()
            .map(|(i, week_start)| WeekRow {
                week_start,
                distance_m: distance[i].unwrap_or_default(),
                runs: runs[i],
                longest_m: longest[i],
                moving_time_s: moving[i],
                ascent_m: ascent[i],
                descent_m: descent[i],
                best_of_4_m: best[i],
                peak_7_days_m: peak[i].unwrap_or_default(),
            })
            .collect())
    }
}

/// A sum that is null, not 0, where every value is null.
fn sum_of_known(name: &str) -> Expr {
    // the highest of none is null; a literal null costs polars eight megabytes of zeros
    when(col(name).count().gt(lit(0_u32))).then(col(name).sum()).otherwise(col(name).max()).alias(name)
}

/// The highest of the rows before each, as far back as weeks are compared. Not by a shift of polars: the null that comes
/// in costs as much as a literal one.
fn best_before(distances_m: &[Option<i64>]) -> Vec<Option<i64>> {
    let before = |row: usize| &distances_m[row.saturating_sub(WEEKS_COMPARED)..row];
    (0..distances_m.len()).map(|row| before(row).iter().flatten().max().copied()).collect()
}

/// A window of this row and those before it, as many as there are.
fn window(rows: usize) -> RollingOptionsFixedWindow {
    RollingOptionsFixedWindow { window_size: rows, min_periods: 1, ..RollingOptionsFixedWindow::default() }
}

fn date_column(name: &str, days: impl Iterator<Item = NaiveDate>) -> PolarsResult<Column> {
    let days: Vec<i32> = days.map(|day| day.to_epoch_days()).collect();
    Column::new(name.into(), days).cast(&DataType::Date)
}

fn date_values(frame: &DataFrame, name: &str) -> PolarsResult<Vec<NaiveDate>> {
    let days = frame.column(name)?.cast(&DataType::Int32)?;
    Ok(days.i32()?.iter().flatten().filter_map(NaiveDate::from_epoch_days).collect())
}

fn integers(frame: &DataFrame, name: &str) -> PolarsResult<Vec<Option<i64>>> {
    Ok(frame.column(name)?.i64()?.iter().collect())
}

fn reals(frame: &DataFrame, name: &str) -> PolarsResult<Vec<Option<f64>>> {
    Ok(frame.column(name)?.f64()?.iter().collect())
}

fn counts(frame: &DataFrame) -> PolarsResult<Vec<u32>> {
    Ok(frame.column(RUNS)?.u32()?.iter().map(Option::unwrap_or_default).collect())
}
