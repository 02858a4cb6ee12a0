//! The three tables, in polars: runs, calendar days, calendar weeks, each of one runner or of many.
//!
//! The table of runs is made of [`RUN_FIELDS`](crate::fields::RUN_FIELDS); the others sum it up by
//! `[runner, day]` and `[runner, week]`. Every table hands out typed rows, so that rules and reports never see a frame.
//! Distances are whole metres; an unknown value is null, never 0.

use std::ops::Range;

use chrono::{NaiveDate, Weekday};
use polars::prelude::{
    Column, DataFrame, DataType, Expr, IntoLazy, JoinArgs, JoinType, PolarsResult, RollingOptionsFixedWindow,
    SortMultipleOptions, TimeUnit, col, len, lit, when,
};

use super::rows::{DayRow, ROLLING_DAYS, Span, WeekRow, best_before};
use crate::{
    dates,
    fields::{Kind, RUN_FIELDS, RUNNER, RunField, RunRow, Value, WHOLE_DISTANCE_M},
};

/// Names of the columns beside those of a run.
mod column {
    /// Local date (date).
    pub(super) const DATE: &str = "local_date";
    /// First day of the calendar week (date).
    pub(super) const WEEK_START: &str = "week_start";
    /// Distance in whole metres (i64).
    pub(super) const DISTANCE_M: &str = "distance_m";
    /// Number of runs (u32).
    pub(super) const RUNS: &str = "runs";
    /// Longest run in whole metres (i64).
    pub(super) const LONGEST_M: &str = "longest_m";
    /// Moving time in seconds (f64, null where unknown).
    pub(super) const MOVING_TIME_S: &str = "moving_time_s";
    /// Climb in metres (f64, null where unknown).
    pub(super) const ASCENT_M: &str = "ascent_m";
    /// Descent in metres (f64, null where unknown).
    pub(super) const DESCENT_M: &str = "descent_m";
    /// Distance of this day and the six before it (i64).
    pub(super) const LAST_7_DAYS_M: &str = "last_7_days_m";
    /// Highest `last_7_days_m` of the week's days (i64).
    pub(super) const PEAK_7_DAYS_M: &str = "peak_7_days_m";
    /// Highest weekly distance of the four weeks before (i64, null in the first week).
    pub(super) const BEST_OF_4_M: &str = "best_of_4_m";
}

use column::{
    ASCENT_M, BEST_OF_4_M, DATE, DESCENT_M, DISTANCE_M, LAST_7_DAYS_M, LONGEST_M, MOVING_TIME_S,
    PEAK_7_DAYS_M, RUNS, WEEK_START,
};

/// The fields of a run that days and weeks are summed up from.
const SUMMED: [&str; 6] = [RUNNER, DATE, WHOLE_DISTANCE_M, MOVING_TIME_S, ASCENT_M, DESCENT_M];

/// A row for each run.
#[derive(Clone, Debug)]
pub struct RunTable {
    frame: DataFrame,
}

impl RunTable {
    /// The columns that days and weeks are summed up from; a row for each of `rows`.
    ///
    /// # Errors
    /// Only if polars refuses the columns.
    pub fn new(rows: &[RunRow<'_>]) -> PolarsResult<Self> {
        Self::with(rows, |name| SUMMED.contains(&name))
    }

    /// The columns of the fields whose names are `wanted`.
    fn with(rows: &[RunRow<'_>], wanted: impl Fn(&str) -> bool) -> PolarsResult<Self> {
        let fields = RUN_FIELDS.iter().filter(|field| wanted(field.column.name));
        let columns = fields.map(|field| field_column(field, rows)).collect::<PolarsResult<_>>()?;
        Ok(Self { frame: DataFrame::new(rows.len(), columns)? })
    }
}

/// The column of one field over all rows.
fn field_column(field: &RunField, rows: &[RunRow<'_>]) -> PolarsResult<Column> {
    let name = field.column.name.into();
    let values = rows.iter().map(|row| (field.value)(row));
    Ok(match field.column.kind {
        Kind::Text => Column::new(name, values.map(text).collect::<Vec<_>>()),
        Kind::Texts | Kind::Sums => Column::new(name, values.map(text).collect::<Vec<_>>()),
        Kind::Flag => Column::new(name, values.map(|v| v == Value::Flag(true)).collect::<Vec<_>>()),
        Kind::Date => date_column(field.column.name, values.map(|value| day(&value)))?,
        Kind::Time => Column::new(name, values.map(|value| time_us(&value)).collect::<Vec<_>>())
            .cast(&DataType::Datetime(TimeUnit::Microseconds, None))?,
        Kind::Whole | Kind::Long => Column::new(name, values.map(|value| whole(&value)).collect::<Vec<_>>()),
        Kind::Real(_) => Column::new(name, values.map(|value| real(&value)).collect::<Vec<_>>()),
    })
}

fn text(value: Value<'_>) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.into_owned()),
        Value::Texts(texts) => Some(texts.join("; ")),
        _ => None,
    }
}

fn day(value: &Value<'_>) -> Option<NaiveDate> {
    if let Value::Date(day) = value { Some(*day) } else { None }
}

fn time_us(value: &Value<'_>) -> Option<i64> {
    if let Value::Time(time) = value { Some(time.and_utc().timestamp_micros()) } else { None }
}

fn whole(value: &Value<'_>) -> Option<i64> {
    if let Value::Whole(number) = value { Some(*number) } else { None }
}

fn real(value: &Value<'_>) -> Option<f64> {
    if let Value::Real(number) = value { Some(*number) } else { None }
}

/// A row for every calendar day of each runner's span, zeros on days without a run.
#[derive(Clone, Debug)]
pub struct DayTable {
    frame: DataFrame,
}

impl DayTable {
    /// The days of each span, a span a runner; runs outside are left out.
    ///
    /// # Errors
    /// Only if polars refuses the query.
    pub fn new(runs: &RunTable, spans: &[Span<'_>], first_weekday: Weekday) -> PolarsResult<Self> {
        let per_day = runs.frame.clone().lazy().group_by([col(RUNNER), col(DATE)]).agg([
            col(WHOLE_DISTANCE_M).sum().alias(DISTANCE_M),
            len().alias(RUNS),
            col(WHOLE_DISTANCE_M).max().alias(LONGEST_M),
            sum_of_known(MOVING_TIME_S),
            sum_of_known(ASCENT_M),
            sum_of_known(DESCENT_M),
        ]);
        let key = || [col(RUNNER), col(DATE)];
        let last_7_days = col(DISTANCE_M).rolling_sum(window(ROLLING_DAYS)).over([RUNNER])?;
        let frame = calendar(spans, first_weekday)?
            .lazy()
            .join(per_day, key(), key(), JoinArgs::new(JoinType::Left))
            .sort([RUNNER, DATE], SortMultipleOptions::default())
            .with_columns([col(DISTANCE_M).fill_null(lit(0_i64)), col(RUNS).fill_null(lit(0_u32))])
            .with_columns([last_7_days.alias(LAST_7_DAYS_M)])
            .collect()?;
        Ok(Self { frame })
    }

    /// Typed rows by runner, each runner's oldest first.
    ///
    /// # Errors
    /// Only if polars changed the type of a column.
    pub fn rows(&self) -> PolarsResult<Vec<DayRow>> {
        let distance = integers(&self.frame, DISTANCE_M)?;
        let rolling = integers(&self.frame, LAST_7_DAYS_M)?;
        let runs = counts(&self.frame)?;
        let longest = integers(&self.frame, LONGEST_M)?;
        let moving = reals(&self.frame, MOVING_TIME_S)?;
        Ok(date_values(&self.frame, DATE)?
            .into_iter()
            .enumerate()
            .map(|(i, date)| DayRow {
                date,
                distance_m: distance[i].unwrap_or_default(),
                runs: runs[i],
                last_7_days_m: rolling[i].unwrap_or_default(),
                longest_m: longest[i],
                moving_time_s: moving[i],
            })
            .collect())
    }
}

/// Every day of every span, with the first day of its week.
fn calendar(spans: &[Span<'_>], first_weekday: Weekday) -> PolarsResult<DataFrame> {
    let days = || spans.iter().flat_map(|span| span.days().map(|day| (span.runner.unwrap_or_default(), day)));
    let runners: Vec<&str> = days().map(|(runner, _)| runner).collect();
    DataFrame::new(
        runners.len(),
        vec![
            Column::new(RUNNER.into(), runners),
            date_column(DATE, days().map(|(_, day)| Some(day)))?,
            date_column(WEEK_START, days().map(|(_, day)| Some(dates::week_start(day, first_weekday))))?,
        ],
    )
}

/// A row for every calendar week of each runner, from the first day's to the last day's.
#[derive(Clone, Debug)]
pub struct WeekTable {
    frame: DataFrame,
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
            .group_by_stable([col(RUNNER), col(WEEK_START)])
            .agg([
                col(DISTANCE_M).sum(),
                col(RUNS).sum(),
                col(LONGEST_M).max(),
                sum_of_known(MOVING_TIME_S),
                sum_of_known(ASCENT_M),
                sum_of_known(DESCENT_M),
                col(LAST_7_DAYS_M).max().alias(PEAK_7_DAYS_M),
            ])
            .sort([RUNNER, WEEK_START], SortMultipleOptions::default())
            .collect()?;
        let distances_m = integers(&frame, DISTANCE_M)?;
        let best: Vec<_> =
            runners(&frame)?.into_iter().flat_map(|(_, rows)| best_before(&distances_m[rows])).collect();
        frame.with_column(Column::new(BEST_OF_4_M.into(), best))?;
        Ok(Self { frame })
    }

    /// Typed rows by runner, each runner's oldest first.
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

    /// Every runner with the positions of their [`rows`](Self::rows), in order of their names.
    ///
    /// # Errors
    /// Only if polars changed the type of a column.
    pub fn runners(&self) -> PolarsResult<Vec<(String, Range<usize>)>> {
        runners(&self.frame)
    }
}

/// Every runner of a frame sorted by runner, with their rows.
fn runners(frame: &DataFrame) -> PolarsResult<Vec<(String, Range<usize>)>> {
    let column = frame.column(RUNNER)?.str()?;
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    for (row, name) in column.iter().enumerate() {
        let name = name.unwrap_or_default();
        match found.last_mut() {
            Some((last, rows)) if last == name => rows.end = row + 1,
            _ => found.push((name.to_owned(), row..row + 1)),
        }
    }
    Ok(found)
}

/// A sum that is null, not 0, where every value is null.
fn sum_of_known(name: &str) -> Expr {
    // the highest of none is null; a literal null costs polars eight megabytes of zeros
    when(col(name).count().gt(lit(0_u32))).then(col(name).sum()).otherwise(col(name).max()).alias(name)
}

/// A window of this row and those before it, as many as there are.
fn window(rows: usize) -> RollingOptionsFixedWindow {
    RollingOptionsFixedWindow { window_size: rows, min_periods: 1, ..RollingOptionsFixedWindow::default() }
}

fn date_column(name: &str, days: impl Iterator<Item = Option<NaiveDate>>) -> PolarsResult<Column> {
    let days: Vec<Option<i32>> = days.map(|day| day.map(|day| day.to_epoch_days())).collect();
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

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::{
        activity::{Activity, Format, Sport},
        fields::{Row, WEEK_FIELDS},
    };

    fn run(start: &str, km: f64) -> Activity {
        let start = DateTime::parse_from_rfc3339(&format!("{start}T07:00:00Z")).unwrap();
        let mut run = Activity::new("a.fit", Format::Fit, Sport::running(), start);
        run.distance_m = Some(km * 1000.0);
        run
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn span<'a>(runner: Option<&'a str>, first: &str, last: &str) -> Span<'a> {
        Span { runner, first: day(first), last: day(last) }
    }

    fn tables(rows: &[RunRow<'_>], spans: &[Span<'_>]) -> (Vec<DayRow>, WeekTable) {
        let days = DayTable::new(&RunTable::new(rows).unwrap(), spans, Weekday::Mon).unwrap();
        (days.rows().unwrap(), WeekTable::new(&days).unwrap())
    }

    #[test]
    fn the_table_of_runs_has_every_field_of_the_list() {
        let runs = [run("2026-03-02", 10.0), run("2026-03-03", 12.0)];
        let rows: Vec<RunRow<'_>> = runs.iter().map(RunRow::of).collect();
        let table = RunTable::with(&rows, |_| true).unwrap();
        let names: Vec<&str> = RunRow::columns().map(|column| column.name).collect();
        assert_eq!(table.frame.get_column_names(), names);
        assert_eq!(table.frame.height(), 2);
    }

    #[test]
    fn every_column_of_the_weeks_is_a_field_of_the_list() {
        let (_, weeks) = tables(&[], &[span(None, "2026-03-02", "2026-03-08")]);
        for name in weeks.frame.get_column_names() {
            assert!(WEEK_FIELDS.iter().any(|field| field.column.name == name.as_str()), "{name}");
        }
    }

    #[test]
    fn many_runners_in_one_table_are_each_as_alone() {
        let (anna, ben) = (
            [run("2026-03-03", 10.0), run("2026-03-17", 8.0)],
            [run("2026-03-04", 20.0), run("2026-03-12", 5.0)],
        );
        fn of<'a>(runs: &'a [Activity], runner: Option<&'a str>) -> Vec<RunRow<'a>> {
            runs.iter().map(|run| RunRow { runner, ..RunRow::of(run) }).collect()
        }
        let spans =
            [span(Some("anna"), "2026-03-02", "2026-03-20"), span(Some("ben"), "2026-03-04", "2026-03-15")];
        let mixed: Vec<RunRow<'_>> =
            of(&ben, Some("ben")).into_iter().chain(of(&anna, Some("anna"))).collect();
        let (days, weeks) = tables(&mixed, &spans);
        let rows = weeks.rows().unwrap();
        let (anna_days, anna_weeks) = tables(&of(&anna, None), &[Span { runner: None, ..spans[0] }]);
        let (ben_days, ben_weeks) = tables(&of(&ben, None), &[Span { runner: None, ..spans[1] }]);
        assert_eq!(days, [anna_days, ben_days].concat());
        assert_eq!(rows, [anna_weeks.rows().unwrap(), ben_weeks.rows().unwrap()].concat());
        assert_eq!(weeks.runners().unwrap(), [("anna".to_owned(), 0..3), ("ben".to_owned(), 3..5)]);
        assert_eq!(rows[3].best_of_4_m, None, "another runner's weeks are not compared");
        assert_eq!(
            rows[4],
            WeekRow {
                week_start: day("2026-03-09"),
                distance_m: 5_000,
                best_of_4_m: Some(20_000),
                ..rows[4]
            }
        );
    }
}
