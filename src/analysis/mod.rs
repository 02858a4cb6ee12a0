//! From tables to what is said: each rule in its own file, formula, source and evidence grade on top.
//!
//! [`analyze`] is the table of contents. Nothing here prints, reads a clock or touches a file.

pub mod beside;
pub mod cadence;
pub mod history;
pub mod knee_limits;
pub mod limits;
pub mod load;
pub mod plan;
pub mod replay;
pub mod rules;
pub mod shoes;
pub mod silence;

use chrono::NaiveDate;
use polars::prelude::PolarsResult;

use crate::{
    activity::Activity,
    analysis::{
        history::{History, compare::Comparison, sessions::Session},
        rules::{RULES, Warning},
    },
    dates,
    fields::RunRow,
    knee::{
        Knee,
        fold::{Limit, LoadLimits, State},
        sign::Urgency,
    },
    settings::{AckSettings, Settings},
    table::{DayRow, DayTable, RunTable, Span, WeekRow, WeekTable, sums::days_and_weeks},
    warning::{Level, Rule, Unknown, thresholds::Thresholds},
};
use beside::Beside;
use cadence::Cadence;
use limits::{answer::Limits, engine::Engine};
use load::{
    others::OtherLoads,
    series::{LoadHistory, LoadSeries},
    weekly::WeekLoad,
};
use shoes::Shoes;

/// Days after the newest activity at which the export itself is doubted.
const STALE_AFTER_DAYS: i64 = 21;
/// Weeks that EARLIER looks back.
pub const EARLIER_WEEKS: u64 = 52;

/// Everything that reports show, as of a day.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The day it speaks for.
    pub as_of: NaiveDate,
    /// First day of the week that holds `as_of`.
    pub this_week: NaiveDate,
    /// Every calendar day from the first activity to `as_of`.
    pub days: Vec<DayRow>,
    /// Every calendar week from the first activity to `as_of`.
    pub weeks: Vec<WeekRow>,
    /// What was done beside the runs.
    pub beside: Beside,
    /// Runs as rules see them, by start.
    pub sessions: Vec<Session>,
    /// Each session against the 30 days before it.
    pub comparisons: Vec<Comparison>,
    /// The limits of every day.
    pub engine: Engine,
    /// How far the next run and the next seven days may go.
    pub limits: Limits,
    /// The pairs.
    pub shoes: Shoes,
    /// Steps a minute at the usual easy speed; no rule asks it.
    pub cadence: Cadence,
    /// The training load of every run.
    pub loads: LoadHistory,
    /// The training load of other sports, for the chart alone.
    pub other_loads: OtherLoads,
    /// The training load day by day, over the whole history.
    pub load_series: LoadSeries,
    /// The training load of every week, in the order of `weeks`.
    pub week_loads: Vec<WeekLoad>,
    /// Everything that ever fired, oldest first.
    pub warnings: Vec<Warning>,
    /// Rules that cannot tell anything today.
    pub unknown: Vec<Unknown>,
    /// The newest activity, if it is more than three weeks old.
    pub stale_since: Option<NaiveDate>,
    /// From where on they speak.
    pub thresholds: Thresholds,
    /// Rules that speak, most important first.
    pub rules_on: Vec<&'static Rule>,
    /// Rules that the runner has silenced for this day.
    pub silenced: Vec<AckSettings>,
    /// The knee diary, where there is one; its limits are in the limits already.
    pub knee: Option<Knee>,
    /// What the load alone would allow.
    pub load_limits: LoadLimits,
}

/// Makes the tables and asks every rule, as of a day. `runs` and `others` (activities of other sports) are
/// sorted by start and hold nothing later.
///
/// # Errors
/// Only if polars refuses a query.
pub fn analyze(
    runs: &[Activity],
    others: &[Activity],
    settings: &Settings,
    as_of: NaiveDate,
) -> PolarsResult<Analysis> {
    let run_table = RunTable::new(&runs.iter().map(RunRow::of).collect::<Vec<_>>())?;
    let day_table = DayTable::new(&run_table, &[span(runs, others, as_of)], settings.week_start)?;
    let tables = (day_table.rows()?, WeekTable::new(&day_table)?.rows()?);
    Ok(ask(runs, others, settings, as_of, tables))
}

/// The same without polars, where the answer is asked for and not its tables.
#[must_use]
pub fn answer(runs: &[Activity], others: &[Activity], settings: &Settings, as_of: NaiveDate) -> Analysis {
    let tables = days_and_weeks(runs, span(runs, others, as_of), settings.week_start);
    ask(runs, others, settings, as_of, tables)
}

/// The first recorded day to the day of the report.
fn span(runs: &[Activity], others: &[Activity], as_of: NaiveDate) -> Span<'static> {
    let recorded = runs.iter().chain(others).map(Activity::local_date);
    Span { runner: None, first: recorded.min().unwrap_or(as_of).min(as_of), last: as_of }
}

/// Asks every rule about a history and its days and weeks.
fn ask(
    runs: &[Activity],
    others: &[Activity],
    settings: &Settings,
    as_of: NaiveDate,
    (days, weeks): (Vec<DayRow>, Vec<WeekRow>),
) -> Analysis {
    let this_week = dates::week_start(as_of, settings.week_start);
    let h0 = span(runs, others, as_of).first;
    let beside = beside::beside(runs, others, &days, &weeks);
    let sessions = history::sessions::join_sessions(runs, others);
    let comparisons = history::compare::compare(&sessions, h0);
    let thresholds = settings.thresholds;
    let engine = Engine::new(&sessions, &comparisons, h0, thresholds);
    let limits = engine.limits(as_of);
    let shoes = shoes::shoes(runs, settings, as_of);
    let loads = LoadHistory::new(runs, &settings.athlete, as_of);
    let load_series = loads.series(h0);
    let week_loads = load::weekly::weeks(&load_series, &days, &weeks);
    let worn = shoes::wear::worn(runs, &shoes.pair_of_run, &sessions);

    let history = History {
        runs,
        sessions: &sessions,
        comparisons: &comparisons,
        days: &days,
        beside: &beside.days,
        weeks: &weeks,
        shoes: &shoes,
        worn: &worn,
        h0,
        as_of,
        thresholds,
    };
    let rules_on = || RULES.iter().filter(|row| settings.is_on(row.rule));
    let mut warnings: Vec<Warning> = rules_on().flat_map(|row| (row.ask)(&history)).collect();
    warnings.iter_mut().for_each(|warning| limits::keep::fill_in(warning, &limits));
    warnings.sort_by_key(|warning| (warning.date, rules::rank(warning.rule)));
    let unknown = rules_on().filter_map(|row| (row.unknown)(&history)).collect();

    let newest = runs.iter().chain(others).map(Activity::local_date).max();
    let stale_since = newest.filter(|newest| (as_of - *newest).num_days() > STALE_AFTER_DAYS);
    let load_limits = LoadLimits { run_m: limits.next_run_m, week_m: limits.next_7_days_m };
    Analysis {
        cadence: cadence::cadence(runs, &weeks),
        as_of,
        this_week,
        days,
        weeks,
        beside,
        sessions,
        comparisons,
        engine,
        limits,
        shoes,
        loads,
        other_loads: OtherLoads::new(others, settings),
        load_series,
        week_loads,
        warnings,
        unknown,
        stale_since,
        thresholds,
        rules_on: rules_on().map(|row| row.rule).collect(),
        silenced: settings.acks.iter().filter(|ack| ack.until >= as_of).cloned().collect(),
        knee: None,
        load_limits,
    }
}

impl Analysis {
    /// Warnings raised by runs of this and the previous calendar week and breaks that still matter, most urgent first,
    /// then newest first; not those of rules that the runner has silenced.
    #[must_use]
    pub fn active(&self) -> Vec<&Warning> {
        let is_silenced = |warning: &Warning| self.silenced.iter().any(|ack| ack.rule == warning.rule);
        let mut active: Vec<&Warning> =
            self.warnings.iter().filter(|warning| self.is_active(warning) && !is_silenced(warning)).collect();
        active.sort_by_key(|warning| {
            (std::cmp::Reverse((warning.level, warning.date)), rules::rank(warning.rule))
        });
        active
    }

    fn is_active(&self, warning: &Warning) -> bool {
        warning.stands_on(self.as_of, dates::days_before(self.this_week, 7))
    }

    /// Warnings of the last 52 weeks that are no longer active, newest first.
    #[must_use]
    pub fn earlier(&self) -> Vec<&Warning> {
        let from = dates::days_before(self.as_of, 7 * EARLIER_WEEKS);
        let inside = |warning: &&Warning| warning.date >= from && !self.is_active(warning);
        self.warnings.iter().rev().filter(inside).collect()
    }

    /// Whether something active asks to act.
    #[must_use]
    pub fn asks_to_act(&self) -> bool {
        self.active().iter().any(|warning| warning.level >= Level::Caution)
            || self.knee_level().is_some_and(|level| level >= Level::Caution)
    }

    /// Lays the knee diary over the limits.
    pub fn take_knee(&mut self, knee: Option<Knee>) {
        if let Some(knee) = &knee {
            knee_limits::lay_over(&mut self.limits, knee);
            let limits = &self.limits;
            self.warnings.iter_mut().for_each(|warning| limits::keep::fill_in(warning, limits));
        }
        if let Some(knee) = &knee {
            self.beside.take_exercises(knee.diary.exercises.iter().map(|(date, _)| *date));
        }
        self.knee = knee;
    }

    /// What the diary leaves of the load's limits for the next run.
    #[must_use]
    pub fn knee_limit(&self) -> Option<(&Knee, Limit)> {
        self.knee.as_ref().map(|knee| (knee, knee.limit(knee.on, self.load_limits)))
    }

    /// How loud the diary is: a stop, and what a doctor should see today, above a step down.
    #[must_use]
    pub fn knee_level(&self) -> Option<Level> {
        let (knee, limit) = self.knee_limit()?;
        let by_state = match limit.state {
            State::Stop => Level::Warning,
            State::Back | State::Ladder => Level::Caution,
            _ => Level::Info,
        };
        let by_urgency = match knee.see() {
            Some(Urgency::Emergency | Urgency::Today) => Level::Warning,
            Some(_) => Level::Caution,
            None => Level::Info,
        };
        let by_files = if knee.unread().is_some() { Level::Caution } else { Level::Info };
        Some(by_state.max(by_urgency).max(by_files))
    }

    /// Whether a calendar week is over on the day of the report.
    #[must_use]
    pub fn is_complete(&self, week_start: NaiveDate) -> bool {
        dates::days_after(week_start, 6) <= self.as_of
    }

    /// The pair of a run, by the run's position in the import.
    #[must_use]
    pub fn shoe_of(&self, run: usize) -> Option<&str> {
        let pair = self.shoes.pair_of_run.get(run).copied().flatten()?;
        self.shoes.pairs.get(pair).map(|shoe| shoe.settings.name.as_str())
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! Small builders for the rules' tests.

    use chrono::{DateTime, NaiveDate};

    use super::history::sessions::Session;
    use crate::{
        activity::{Activity, DistanceSource, Format, Sport},
        dates,
        table::DayRow,
    };

    pub(crate) fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    pub(crate) fn sessions(rows: &[(&str, i64)]) -> Vec<Session> {
        let session =
            |&(date, distance_m): &(&str, i64)| Session::new(format!("{date}T08:00"), day(date), distance_m);
        rows.iter().map(session).collect()
    }

    /// Days in a row with so many metres each; a day of 0 m has no run.
    pub(crate) fn day_rows(first: &str, meters: &[i64]) -> Vec<DayRow> {
        (0..meters.len())
            .map(|t| DayRow {
                date: dates::days_after(day(first), t as u64),
                distance_m: meters[t],
                runs: u32::from(meters[t] > 0),
                last_7_days_m: meters[t.saturating_sub(6)..=t].iter().sum(),
                longest_m: (meters[t] > 0).then_some(meters[t]),
                moving_time_s: None,
            })
            .collect()
    }

    /// A run of an hour every week from a day on.
    pub(crate) fn weekly_runs(first: &str, meters: &[i64]) -> Vec<Activity> {
        let date = |week: usize| dates::days_after(day(first), 7 * week as u64);
        let run = |(week, m): (usize, &i64)| run(&format!("{}T08:00:00+01:00", date(week)), *m, 60);
        meters.iter().enumerate().map(run).collect()
    }

    pub(crate) fn run(start: &str, distance_m: i64, minutes: i64) -> Activity {
        activity("running", start, distance_m, minutes)
    }

    pub(crate) fn activity(sport: &str, start: &str, distance_m: i64, minutes: i64) -> Activity {
        let start = DateTime::parse_from_rfc3339(start).unwrap();
        let seconds = Some(60.0 * minutes as f64);
        let file = format!("{}.fit", start.format("%Y-%m-%dT%H%M"));
        Activity {
            id: start.format("%Y-%m-%dT%H:%M").to_string(),
            distance_m: Some(distance_m as f64),
            distance_source: Some(DistanceSource::Session),
            timer_time_s: seconds,
            moving_time_s: seconds,
            elapsed_time_s: seconds,
            ..Activity::new(&file, Format::Fit, Sport::new(sport), start)
        }
    }
}
