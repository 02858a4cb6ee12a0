//! The engine: asks every source of the table, and the lowest wins.
//!
//! Everything is decided by what lay before, so one engine answers for every day of a history.

use chrono::NaiveDate;

use super::{
    answer::{HORIZON_DAYS, Limits, Missing, RunningLimit, Step, WEEK_UNKNOWN_AFTER_DAYS},
    asked::{AfterDay, OnDay},
    blocks::Blocks,
    counted::{Block, Counted},
    exposure::Exposure,
    gap,
    past::Past,
    source::Source,
    table::SOURCES,
};
use crate::{
    analysis::{
        history::{
            breaks::SHORTEST_DAYS,
            compare::{Comparison, LOOK_BACK_DAYS, is_run_walk, most_are_run_walk},
            sessions::Session,
        },
        rules::{long_run_spike::run_cap_percent, weekly_jump::week_cap_percent},
    },
    dates,
    warning::thresholds::Thresholds,
};

/// Limits on seven days are rounded down to this.
const WEEK_STEP_M: i64 = 500;
const SECONDS_PER_MINUTE: i64 = 60;

/// The limits of every day of a history.
#[derive(Clone, Debug)]
pub struct Engine {
    metres: Held,
    running: Held,
    blocks: Blocks,
    /// Of each run whether running and walking took turns, where that is known.
    run_walk: Vec<Option<bool>>,
    week_percent: i64,
}

/// The runs in one exposure and what they have set.
#[derive(Clone, Debug)]
struct Held {
    past: Past,
    /// By the day that set them.
    holds: Vec<Source>,
    longest_hold_days: u64,
}

/// A run above the limit of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Above {
    /// Its day.
    pub date: NaiveDate,
    /// What was run, in whole metres.
    pub distance_m: i64,
    /// The limit of that day, in whole metres.
    pub limit_m: i64,
}

impl Engine {
    /// An engine for a history. `sessions`, with a comparison each, are sorted by start; `h0`: the first known day.
    #[must_use]
    pub fn new(
        sessions: &[Session],
        comparisons: &[Comparison],
        h0: NaiveDate,
        thresholds: Thresholds,
    ) -> Self {
        // by start is by date, but for who flies west
        let mut order: Vec<usize> = (0..sessions.len().min(comparisons.len())).collect();
        order.sort_by_key(|i| sessions[*i].date);
        let sessions: Vec<Session> = order.iter().map(|i| sessions[*i].clone()).collect();
        let comparisons: Vec<Comparison> = order.iter().map(|i| comparisons[*i]).collect();
        let percent = run_cap_percent(thresholds);
        let held = |exposure| Held::new(Past::new(exposure, &sessions, &comparisons, h0, percent));
        let (metres, running) = (held(Exposure::Metres), held(Exposure::RunningSeconds));
        let week_percent = week_cap_percent(thresholds);
        let blocks = Blocks::new(&metres.past, week_percent);
        let run_walk = sessions.iter().map(is_run_walk).collect();
        Self { metres, running, blocks, run_walk, week_percent }
    }

    /// The same of the first `n` runs only.
    #[must_use]
    pub fn of_first(&self, n: usize) -> Self {
        let (metres, running) = (self.metres.of_first(n), self.running.of_first(n));
        let blocks = Blocks::new(&metres.past, self.week_percent);
        let run_walk = self.run_walk.iter().take(n).copied().collect();
        Self { metres, running, blocks, run_walk, week_percent: self.week_percent }
    }

    /// How far the next run and the next seven days may go, as of the end of a day.
    #[must_use]
    pub fn limits(&self, as_of: NaiveDate) -> Limits {
        let (date, n, lasting) = self.next(as_of);
        let mut sources = self.metres.sources(&self.blocks, date, n, lasting);
        sources.sort_by_key(|source| (source.run.is_none(), source.run));
        let next_run_m = lowest(&sources);
        let steps = self.steps(date, n, lasting);
        let (week, next_7_days_m) = self.week(as_of);
        let running = self.running_limit(date, n, lasting);
        let binding = sources.iter().find(|source| source.run.is_some());
        let limits = Limits {
            as_of,
            last_run: n.checked_sub(1).map(|last| self.metres.past.efforts[last].date),
            date,
            next_run_m,
            until: next_run_m.and(steps.first()).and_then(|step| step.until),
            not_before: not_before(&sources, date),
            because: binding.map(|source| source.because.clone()),
            missing: next_run_m.is_none().then(|| self.missing(as_of, date, n)),
            running: running.clone().filter(|_| next_run_m.is_some()).map(|(limit, _)| limit),
            next_7_days_m,
            next_7_days_until: week.as_ref().and_then(|source| source.until),
            week_because: week.map(|source| source.because),
            steps,
            run_percent: self.metres.past.percent,
            sources,
            body: None,
        };
        let of_running = running.into_iter().flat_map(|(_, sources)| sources);
        let of_weeks = self.week_sources(as_of).into_iter().filter(|source| source.name != gap::NAME);
        let sources = limits.sources.iter().cloned().chain(of_running).chain(of_weeks).collect();
        Limits { sources, ..limits }
    }

    /// How far a run on a day may go, by the runs of the days before it; `None` where nothing can be said.
    #[must_use]
    pub fn on_day(&self, day: NaiveDate) -> Option<i64> {
        let n = self.metres.past.before(day);
        let sources = self.metres.sources(&self.blocks, day, n, self.is_break(n, day));
        if not_before(&sources, day).is_some() { Some(0) } else { lowest(&sources) }
    }

    /// How far the seven days up to a day may go: what was left to them seven days before and, while a break of 14 days or
    /// more limits that day, its share. `None` where nothing can be said.
    #[must_use]
    pub fn on_block(&self, day: NaiveDate) -> Option<i64> {
        let (_, before) = self.week(dates::days_before(day, 7));
        let n = self.metres.past.before(day);
        let asked = OnDay::new(&self.metres.past, &self.blocks, day, n, true);
        let run_m = self.on_day(day).unwrap_or_default();
        let long = asked.breaks.iter().filter(|rest| rest.is_long());
        let shares = long.map(|rest| {
            let week_m = gap::week_m(&asked, rest).unwrap_or_default();
            rounded_week(week_m, run_m)
        });
        shares.chain(before).min()
    }

    /// What was run in the seven days up to a day, by the first `n` runs, in whole metres.
    #[must_use]
    pub fn run_in_block(&self, day: NaiveDate, n: usize) -> i64 {
        let days = self.metres.past.window(dates::days_before(day, 6), day, n);
        days.iter().filter_map(|effort| effort.amount).sum()
    }

    /// Runs from a day on that were above the limit of their day by 500 m or more, oldest first.
    #[must_use]
    pub fn above(&self, since: NaiveDate) -> Vec<Above> {
        let efforts = &self.metres.past.efforts[self.metres.past.before(since)..];
        let above = efforts.iter().filter_map(|effort| {
            let (distance_m, limit_m) = effort.amount.zip(self.on_day(effort.date))?;
            let is_above = Exposure::Metres.is_telling(distance_m, limit_m);
            is_above.then_some(Above { date: effort.date, distance_m, limit_m })
        });
        above.collect()
    }

    /// What a run of a day has set, by the name of the source, in one exposure.
    #[cfg(test)]
    pub(crate) fn hold(&self, name: &str, raised: NaiveDate, exposure: Exposure) -> Option<&Source> {
        let holds = match exposure {
            Exposure::Metres => &self.metres.holds,
            Exposure::RunningSeconds => &self.running.holds,
        };
        let of_day = holds.iter().filter(|hold| hold.raised == Some(raised) && hold.name == name);
        of_day.min_by_key(|hold| hold.run)
    }

    /// The runs of the 30 days before a day with what they count for, oldest first.
    #[must_use]
    pub fn counted_before(&self, day: NaiveDate, exposure: Exposure) -> Vec<Counted> {
        let past = match exposure {
            Exposure::Metres => &self.metres.past,
            Exposure::RunningSeconds => &self.running.past,
        };
        past.counted_before(day)
    }

    /// The last four blocks of seven days up to a day, newest first, with what they count for.
    #[must_use]
    pub fn blocks(&self, last: NaiveDate) -> [Block; 4] {
        self.blocks.four(last)
    }

    /// Day and metres of a run, by its position in time.
    #[must_use]
    pub fn run(&self, i: usize) -> Option<(NaiveDate, i64)> {
        let effort = self.metres.past.efforts.get(i)?;
        Some((effort.date, effort.amount?))
    }

    /// The day of the next run, the number of runs known, and whether a break lasts on that day.
    fn next(&self, as_of: NaiveDate) -> (NaiveDate, usize, bool) {
        let n = self.metres.past.up_to(as_of);
        let ran = n.checked_sub(1).is_some_and(|last| self.metres.past.efforts[last].date == as_of);
        let date = if ran { dates::days_after(as_of, 1) } else { as_of };
        (date, n, self.is_break(n, date))
    }

    fn is_break(&self, n: usize, day: NaiveDate) -> bool {
        let last = n.checked_sub(1).map(|last| self.metres.past.efforts[last].date);
        last.is_some_and(|last| (day - last).num_days() >= SHORTEST_DAYS)
    }

    fn steps(&self, first: NaiveDate, n: usize, lasting: bool) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        for day in first.iter_days().take(HORIZON_DAYS as usize + 1) {
            let sources = self.metres.sources(&self.blocks, day, n, lasting);
            let lowest = sources.into_iter().filter(|s| s.run.is_some()).min_by_key(|s| s.run);
            let most_m = lowest.as_ref().and_then(|source| source.run);
            match steps.last_mut() {
                Some(step) if step.most_m == most_m => continue,
                Some(step) => step.until = Some(dates::days_before(day, 1)),
                None => {}
            }
            let because = lowest.map(|source| source.because);
            steps.push(Step { from: day, until: None, most_m, because });
        }
        steps
    }

    /// What limits the seven days after a day, and to how much: never below what one run may have.
    fn week(&self, as_of: NaiveDate) -> (Option<Source>, Option<i64>) {
        let sources = self.week_sources(as_of);
        let limiting = sources.into_iter().filter(|source| source.week_m.is_some());
        let Some(binding) = limiting.min_by_key(|source| (source.week_m, source.until)) else {
            return (None, None);
        };
        let run_m = self.next_run_m(as_of).unwrap_or_default();
        let is_none = binding.week_m == Some(0);
        let week_m = binding.week_m.map(|week_m| rounded_week(week_m, run_m));
        match week_m.filter(|week_m| *week_m > 0 || is_none) {
            None => (None, None),
            week_m => (Some(binding), week_m),
        }
    }

    fn week_sources(&self, as_of: NaiveDate) -> Vec<Source> {
        let n = self.metres.past.up_to(as_of);
        let last_run = n.checked_sub(1).map(|last| self.metres.past.efforts[last].date);
        let first = OnDay::new(&self.metres.past, &self.blocks, dates::days_after(as_of, 1), n, false);
        let asked = AfterDay {
            first,
            last: as_of,
            is_unknown: last_run.is_none_or(|last| (as_of - last).num_days() >= WEEK_UNKNOWN_AFTER_DAYS),
            run_m: self.next_run_m(as_of),
            percent: self.week_percent,
        };
        let mut found = Vec::new();
        SOURCES.iter().for_each(|row| (row.week)(&asked, &mut found));
        found
    }

    fn next_run_m(&self, as_of: NaiveDate) -> Option<i64> {
        let (date, n, lasting) = self.next(as_of);
        lowest(&self.metres.sources(&self.blocks, date, n, lasting))
    }

    /// The limit in minutes and all that it comes from, where at least half of the sessions of the 30 days before are run and
    /// walk, or one of them has set a limit in minutes that holds.
    fn running_limit(&self, day: NaiveDate, n: usize, lasting: bool) -> Option<(RunningLimit, Vec<Source>)> {
        let on = |day| {
            let mut sources = self.running.sources(&self.blocks, day, n, lasting);
            sources.retain(|source| source.run.is_some());
            sources.sort_by_key(|source| source.run);
            sources
        };
        let sources = on(day);
        let binding = sources.first()?;
        let known = self.running.past.before(dates::days_before(day, LOOK_BACK_DAYS)).min(n)..n;
        let is_held = sources.iter().any(|source| source.raised.is_some() && source.name != gap::NAME);
        if !is_held && !most_are_run_walk(self.run_walk.get(known).unwrap_or_default().iter().copied()) {
            return None;
        }
        let minutes = |sources: &[Source]| lowest(sources).map(|s| s / SECONDS_PER_MINUTE);
        let now = minutes(&sources);
        let later = day.iter_days().skip(1).take(HORIZON_DAYS as usize);
        let changes = later.into_iter().find(|day| minutes(&on(*day)) != now);
        let until = changes.map(|day| dates::days_before(day, 1));
        let limit = RunningLimit { minutes: now?, until, because: binding.because.clone() };
        Some((limit, sources))
    }

    fn missing(&self, as_of: NaiveDate, date: NaiveDate, n: usize) -> Missing {
        let past = &self.metres.past;
        if n == 0 {
            Missing::NoRuns
        } else if past.has_history(date) {
            Missing::NothingToCountFrom
        } else {
            let days = (as_of - past.h0).num_days().max(0);
            Missing::ShortHistory { days, needed: LOOK_BACK_DAYS as i64 }
        }
    }
}

impl Held {
    fn new(past: Past) -> Self {
        let mut holds = Vec::new();
        for i in 0..past.efforts.len() {
            SOURCES.iter().for_each(|row| (row.set)(&past, i, &mut holds));
        }
        let days = |hold: &Source| (hold.until.unwrap_or(hold.from) - hold.from).num_days().unsigned_abs();
        let longest_hold_days = holds.iter().map(days).max().unwrap_or_default();
        Self { past, holds, longest_hold_days }
    }

    /// What a run looks at lies before it, so what the first runs have set stays; only the last day is set anew.
    fn of_first(&self, n: usize) -> Self {
        let efforts = self.past.efforts.iter().take(n).cloned().collect();
        let Past { exposure, h0, percent, .. } = self.past;
        let past = Past { exposure, h0, percent, efforts };
        let Some(last) = past.efforts.last().map(|effort| effort.date) else { return Self::new(past) };
        let kept = self.holds.iter().take_while(|hold| hold.raised < Some(last));
        let mut holds: Vec<Source> = kept.cloned().collect();
        for i in past.before(last)..past.efforts.len() {
            SOURCES.iter().for_each(|row| (row.set)(&past, i, &mut holds));
        }
        Self { past, holds, longest_hold_days: self.longest_hold_days }
    }

    /// Everything that limits a run on a day, by the first `n` runs.
    fn sources(&self, blocks: &Blocks, day: NaiveDate, n: usize, lasting: bool) -> Vec<Source> {
        let asked = OnDay::new(&self.past, blocks, day, n, lasting);
        let mut found = Vec::new();
        SOURCES.iter().for_each(|row| (row.run)(&asked, &mut found));
        let Some(last) = n.checked_sub(1).map(|last| self.past.efforts[last].date) else { return found };
        let earliest = dates::days_before(day, self.longest_hold_days);
        let first = self.holds.partition_point(|hold| hold.from < earliest);
        let known = self.holds[first..].iter().take_while(|hold| hold.raised <= Some(last));
        found.extend(known.filter(|hold| hold.run.is_some() && hold.holds_on(day)).cloned());
        found
    }
}

/// Seven days are rounded down, and never below what one run may have.
fn rounded_week(week_m: i64, run_m: i64) -> i64 {
    (week_m / WEEK_STEP_M * WEEK_STEP_M).max(run_m)
}

fn lowest(sources: &[Source]) -> Option<i64> {
    sources.iter().filter_map(|source| source.run).min()
}

fn not_before(sources: &[Source], day: NaiveDate) -> Option<NaiveDate> {
    sources.iter().filter_map(|source| source.not_before).max().filter(|first| *first > day)
}
