//! How far the next run and the next seven days may go: credit accounting, so that a spike earns no higher ceiling.
//!
//! ```text
//! credit_i    = d_i, or min(d_i, 1.10 L_i) if run i was a spike
//! C(date)     = highest credit of [date − 30, date − 1]
//! k           = 1.00 if a spike above 30 % lies at most 14 days back, else 1.10
//! cap(date)   = k C, rounded down to 100 m; null before H0 + 30
//! break       : while a break matters (see `gap`) its cap stands in place of k C, never above k × the highest credit
//!               of [last run − 30, last run] before it; after one of 7–13 days never above k C either
//! next run    = cap(as-of), or of the day after if a run stands on as-of
//! next 7 days = 1.30 × max(S7(T), S7(T − 7), S7(T − 14), S7(T − 21)), rounded down to 500 m
//!               S7(t): credits of days t − 6 … t; null if 0, or if the last run is 14 or more days ago
//! ```
//! A threshold of the runner's own below 10 (or 30) per cent stands in place of 1.10 (or 1.30) as k; one above never does.
//! What a cap becomes later supposes that no run longer than those counted comes in between, and no break that has not
//! begun yet. A design choice (evidence grade D). Source: the bands of Frandsen 2025 and of Nielsen 2014.

pub mod running;

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::{
    analysis::{
        caps::running::RunningCap,
        history::{
            breaks::{self, Gap},
            compare::{Comparison, LOOK_BACK_DAYS, SpikeSize, SpikeState},
            sessions::Session,
        },
        rules::{long_run_spike::run_cap_percent, weekly_jump::week_cap_percent},
    },
    dates,
    warning::thresholds::Thresholds,
};

/// Days for which a spike above 30 % freezes the cap.
pub(crate) const FREEZE_DAYS: u64 = 14;
/// Days for which the cap after a smaller spike is stated.
const SMALL_SPIKE_DAYS: u64 = 7;
/// Caps on a run are rounded down to this.
const STEP_M: i64 = 100;
/// Caps on seven days are rounded down to this.
const WEEK_STEP_M: i64 = 500;
/// How many blocks of seven days the best one is taken of.
const BLOCKS: u64 = 4;
/// A last run this many days ago leaves nothing to count seven days from.
const WEEK_UNKNOWN_AFTER_DAYS: i64 = 14;
/// Days between two steps of ten per cent.
const DAYS_A_STEP: u64 = 7;
/// More steps than this (a year) say nothing.
const MOST_STEPS: u64 = 52;
/// How many days ahead caps are followed.
pub const HORIZON_DAYS: u64 = 60;

/// The run that a cap is counted from, in whole metres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Its local date.
    pub date: NaiveDate,
    /// What was run.
    pub distance_m: i64,
    /// What it counts for: less, where it was a spike.
    pub credit_m: i64,
}

/// Where a cap comes from, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// No run at all.
    NoRuns,
    /// Too few days are known.
    ShortHistory {
        /// So many are known …
        days: i64,
        /// … of so many.
        needed: i64,
    },
    /// No run in the 30 days before, or none long enough to count from.
    NothingToCountFrom,
    /// 1.10 × the run that counts most (less by a stricter threshold).
    Longest {
        /// The run that counts most.
        counted: Counted,
        /// So many per cent of it: 110, or less if the runner's own threshold is stricter.
        percent: i64,
    },
    /// 1.00 × the run that counts most, because of a spike above 30 %.
    Frozen {
        /// The run that counts most.
        counted: Counted,
        /// What the spike was, in whole metres.
        spike_m: i64,
        /// When the spike was.
        spike_date: NaiveDate,
        /// The last day of the freeze.
        until: NaiveDate,
    },
    /// A share of the longest run before a break.
    Break {
        /// The break.
        gap: Gap,
        /// The share in per cent.
        percent: i64,
    },
}

/// How far a run may go on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// In whole metres, a multiple of 100 m; `None` where nothing can be said.
    pub cap_m: Option<i64>,
    /// Why.
    pub because: Because,
}

/// Days in a row with the same cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; `None` where it lies more than [`HORIZON_DAYS`] ahead.
    pub until: Option<NaiveDate>,
    /// The cap.
    pub limit: Limit,
}

/// How far the next run and the next seven days may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caps {
    /// The day that `next_run_m` is stated for.
    pub date: NaiveDate,
    /// The longest next run, a multiple of 100 m; `None` where nothing can be said.
    pub next_run_m: Option<i64>,
    /// The last day for which that holds; `None` without a cap, or more than [`HORIZON_DAYS`] ahead.
    pub until: Option<NaiveDate>,
    /// The most for the seven days after the day of the report, a multiple of 500 m; `None` where nothing can be said.
    pub next_7_days_m: Option<i64>,
    /// Why the next run may go so far.
    pub because: Because,
    /// How many minutes of running the next session may have, where most sessions are run–walk and there is a cap.
    pub running: Option<RunningCap>,
    /// The caps of the next [`HORIZON_DAYS`], beginning with `date`; never empty.
    pub steps: Vec<Step>,
    /// The last run on or before the day of the report.
    pub last_run: Option<NaiveDate>,
    /// The day of the report.
    pub as_of: NaiveDate,
    /// What the shares follow from.
    pub thresholds: Thresholds,
}

impl Caps {
    /// The first day within the horizon on which a run of so many metres keeps to the cap.
    #[must_use]
    pub fn fits_from(&self, distance_m: i64) -> Option<NaiveDate> {
        let fits = |step: &&Step| step.limit.cap_m.is_some_and(|cap_m| distance_m <= cap_m);
        self.steps.iter().find(fits).map(|step| step.from)
    }

    /// How often a distance beyond every cap of the horizon lies a step of ten per cent away, and the first day of the
    /// last step, with seven days between the steps: arithmetic on the highest cap, not a plan. `None` where the distance
    /// fits without, where there is no cap, or where the runner's own threshold is below such a step.
    #[must_use]
    pub fn steps_of_ten_percent(&self, distance_m: i64) -> Option<(u64, NaiveDate)> {
        if run_cap_percent(self.thresholds) < 110 {
            return None;
        }
        // of equally high caps the earliest
        let highest = self.steps.iter().rev().max_by_key(|step| step.limit.cap_m)?;
        let mut cap_m = highest.limit.cap_m?;
        let mut steps = 0;
        while cap_m < distance_m {
            let next_m = 110 * cap_m / 100 / STEP_M * STEP_M;
            if next_m == cap_m || steps == MOST_STEPS {
                return None;
            }
            (cap_m, steps) = (next_m, steps + 1);
        }
        (steps > 0).then(|| (steps, dates::days_after(highest.from, DAYS_A_STEP * steps)))
    }

    /// Whether the last run is too long ago to count seven days from.
    #[must_use]
    pub fn week_is_unknown(&self) -> bool {
        self.last_run.is_none_or(|last| (self.as_of - last).num_days() >= WEEK_UNKNOWN_AFTER_DAYS)
    }
}

/// The runs that caps are counted from: `sessions` sorted by start, none after the day of the report.
#[derive(Clone, Copy, Debug)]
struct History<'a> {
    sessions: &'a [Session],
    comparisons: &'a [Comparison],
    h0: NaiveDate,
    as_of: NaiveDate,
    /// Whether a break lasts on the day of the next run.
    break_lasts: bool,
    thresholds: Thresholds,
}

/// How far the next run and the next seven days may go, as of a day. `h0`: first known day.
#[must_use]
pub fn caps(
    sessions: &[Session],
    comparisons: &[Comparison],
    h0: NaiveDate,
    as_of: NaiveDate,
    thresholds: Thresholds,
) -> Caps {
    let last_run = sessions.last().map(|session| session.date);
    let date = if last_run == Some(as_of) { dates::days_after(as_of, 1) } else { as_of };
    let break_lasts = last_run.is_some_and(|last| (date - last).num_days() >= breaks::SHORTEST_DAYS);
    let history = History { sessions, comparisons, h0, as_of, break_lasts, thresholds };
    let now = history.limit(date);
    let steps = history.steps(date);
    let until = now.cap_m.and(steps.first()).and_then(|step| step.until);
    let running = now.cap_m.and_then(|_| running::next(sessions, comparisons, date, break_lasts, thresholds));
    let next_7_days_m = next_7_days_m(sessions, comparisons, as_of, thresholds);
    Caps {
        date,
        next_run_m: now.cap_m,
        until,
        next_7_days_m,
        because: now.because,
        running,
        steps,
        last_run,
        as_of,
        thresholds,
    }
}

impl History<'_> {
    fn limit(&self, date: NaiveDate) -> Limit {
        let nothing = |because| Limit { cap_m: None, because };
        if self.sessions.is_empty() {
            return nothing(Because::NoRuns);
        }
        if date < dates::days_after(self.h0, LOOK_BACK_DAYS) {
            let days = (self.as_of - self.h0).num_days().max(0);
            return nothing(Because::ShortHistory { days, needed: LOOK_BACK_DAYS as i64 });
        }
        let limit = self.by_break_or_runs(date).filter(|limit| limit.cap_m > Some(0));
        limit.unwrap_or_else(|| nothing(Because::NothingToCountFrom))
    }

    fn by_break_or_runs(&self, date: NaiveDate) -> Option<Limit> {
        match self.gap(date) {
            Some(gap) => self.after_break(gap, date),
            None => self.by_runs(&window_before(date), date),
        }
    }

    /// The break that matters on `date`; one that has not begun by the day of the next run is not supposed.
    fn gap(&self, date: NaiveDate) -> Option<Gap> {
        if self.break_lasts {
            breaks::gap_on(self.sessions, date)
        } else {
            breaks::ended_gap_on(self.sessions, date)
        }
    }

    fn after_break(&self, gap: Gap, date: NaiveDate) -> Option<Limit> {
        let by_break =
            Limit { cap_m: gap.cap_m(date), because: Because::Break { gap, percent: gap.percent_on(date)? } };
        // a break looks back 30 days from the last run, that day included
        let window = dates::days_before(gap.last_run, LOOK_BACK_DAYS)..=gap.last_run;
        let by_runs = self.by_runs(&window, date);
        // after a short break the comparison with the 30 days before speaks too
        let usual =
            (gap.days < breaks::BLIND_FROM_DAYS).then(|| self.by_runs(&window_before(date), date)).flatten();
        [by_runs, usual].into_iter().flatten().chain([by_break]).min_by_key(|limit| limit.cap_m)
    }

    fn by_runs(&self, window: &RangeInclusive<NaiveDate>, date: NaiveDate) -> Option<Limit> {
        by_runs(self.sessions, self.comparisons, window, date, self.thresholds)
    }

    fn steps(&self, first: NaiveDate) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        for date in first.iter_days().take(HORIZON_DAYS as usize + 1) {
            let limit = self.limit(date);
            match steps.last_mut() {
                Some(step) if step.limit.cap_m == limit.cap_m => {}
                last => {
                    if let Some(step) = last {
                        step.until = Some(dates::days_before(date, 1));
                    }
                    steps.push(Step { from: date, until: None, limit });
                }
            }
        }
        steps
    }
}

/// The cap on `date` by the runs of a window.
fn by_runs(
    sessions: &[Session],
    comparisons: &[Comparison],
    window: &RangeInclusive<NaiveDate>,
    date: NaiveDate,
    thresholds: Thresholds,
) -> Option<Limit> {
    let recent = || sessions.iter().zip(comparisons).filter(|(session, _)| window.contains(&session.date));
    let frozen_since = dates::days_before(date, FREEZE_DAYS);
    let spike = recent().rfind(|(s, c)| is_big(c) && s.date >= frozen_since);
    let percent = if spike.is_some() { 100 } else { run_cap_percent(thresholds) };
    let counted = counted_in(sessions, comparisons, window).max_by_key(|counted| counted.credit_m)?;
    let because = match spike {
        Some((spike, _)) => {
            let until = dates::days_after(spike.date, FREEZE_DAYS);
            let (spike_m, spike_date) = (spike.distance_m, spike.date);
            Because::Frozen { counted, spike_m, spike_date, until }
        }
        None => Because::Longest { counted, percent },
    };
    Some(Limit { cap_m: Some(counted.credit_m * percent / 100 / STEP_M * STEP_M), because })
}

/// The runs of some days with what they count for.
fn counted_in<'a>(
    sessions: &'a [Session],
    comparisons: &'a [Comparison],
    window: &'a RangeInclusive<NaiveDate>,
) -> impl Iterator<Item = Counted> + 'a {
    let inside = sessions.iter().zip(comparisons).filter(|(session, _)| window.contains(&session.date));
    inside.map(|(session, comparison)| Counted {
        date: session.date,
        distance_m: session.distance_m,
        credit_m: credit_m(session, comparison),
    })
}

/// The runs of the 30 days before a day with what they count for, oldest first: what its cap is taken from.
#[must_use]
pub fn counted_before(sessions: &[Session], comparisons: &[Comparison], date: NaiveDate) -> Vec<Counted> {
    counted_in(sessions, comparisons, &window_before(date)).collect()
}

fn is_big(comparison: &Comparison) -> bool {
    matches!(comparison.state, SpikeState::Spike(SpikeSize::Moderate | SpikeSize::Large))
}

/// Metres that a session earns towards the next cap.
#[must_use]
pub fn credit_m(session: &Session, comparison: &Comparison) -> i64 {
    match (comparison.state, comparison.longest) {
        (SpikeState::Spike(_), Some((longest_m, _))) => session.distance_m.min(110 * longest_m / 100),
        _ => session.distance_m,
    }
}

/// How far a run may go on the day after the last of `sessions`, as NEXT says it on that day; `None` without a session.
#[must_use]
pub fn day_after(sessions: &[Session], comparisons: &[Comparison], thresholds: Thresholds) -> Option<Limit> {
    let last = sessions.last()?.date;
    let history = History { sessions, comparisons, h0: last, as_of: last, break_lasts: false, thresholds };
    history.by_break_or_runs(dates::days_after(last, 1))
}

/// The 30 days before a day.
pub(crate) fn window_before(date: NaiveDate) -> RangeInclusive<NaiveDate> {
    dates::days_before(date, LOOK_BACK_DAYS)..=dates::days_before(date, 1)
}

/// The cap after the last of `sessions`, a spike, and the last day for which it is stated: what NEXT says on that day.
#[must_use]
pub fn after_spike(
    sessions: &[Session],
    comparisons: &[Comparison],
    size: Option<SpikeSize>,
    thresholds: Thresholds,
) -> Option<(i64, NaiveDate)> {
    let date = sessions.last()?.date;
    let limit = day_after(sessions, comparisons, thresholds)?;
    let gap = match limit.because {
        Because::Break { gap, .. } => Some(gap),
        _ => None,
    };
    Some((limit.cap_m?, stated_until(date, size, gap)))
}

/// The last day for which the cap after a spike is stated: while the break holds that it comes from, else 7 or 14 days.
pub(crate) fn stated_until(spike: NaiveDate, size: Option<SpikeSize>, gap: Option<Gap>) -> NaiveDate {
    let days = if size <= Some(SpikeSize::Small) { SMALL_SPIKE_DAYS } else { FREEZE_DAYS };
    let by_break = gap.and_then(|gap| gap.holds_until(dates::days_after(spike, 1)));
    by_break.unwrap_or_else(|| dates::days_after(spike, days))
}

fn next_7_days_m(
    sessions: &[Session],
    comparisons: &[Comparison],
    as_of: NaiveDate,
    thresholds: Thresholds,
) -> Option<i64> {
    let last_run = sessions.last()?.date;
    if (as_of - last_run).num_days() >= WEEK_UNKNOWN_AFTER_DAYS {
        return None;
    }
    let best_m =
        credit_blocks(sessions, comparisons, as_of).into_iter().map(|(_, credit_m)| credit_m).max()?;
    let cap_m = week_cap_percent(thresholds) * best_m / 100 / WEEK_STEP_M * WEEK_STEP_M;
    (cap_m > 0).then_some(cap_m)
}

/// The last four blocks of seven days up to a day, newest first: the last day of each and the metres that its runs count
/// for.
#[must_use]
pub fn credit_blocks(
    sessions: &[Session],
    comparisons: &[Comparison],
    as_of: NaiveDate,
) -> Vec<(NaiveDate, i64)> {
    let block = |block| {
        let last = dates::days_before(as_of, 7 * block);
        let days = dates::days_before(last, 6)..=last;
        (last, counted_in(sessions, comparisons, &days).map(|counted| counted.credit_m).sum())
    };
    (0..BLOCKS).map(block).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{
        history::compare::compare,
        rules::{long_run_spike, weekly_jump},
        testing::{day, sessions},
    };

    #[test]
    fn the_evidence_vectors_give_their_caps() {
        let sessions = sessions(&[
            ("2026-03-01", 10_000),
            ("2026-03-04", 6_000),
            ("2026-03-08", 11_000),
            ("2026-03-15", 12_100),
            ("2026-03-22", 13_400),
            ("2026-03-29", 20_000),
        ]);
        let comparisons = compare(&sessions, day("2026-01-01"));
        // breaks not looked at
        let by_runs_m = |date| {
            let date = day(date);
            by_runs(&sessions, &comparisons, &window_before(date), date, Thresholds::default())?.cap_m
        };
        for (date, cap) in [
            ("2026-03-23", 14_600),
            ("2026-03-30", 14_700),
            ("2026-04-12", 14_700),
            ("2026-04-13", 16_200),
            ("2026-04-28", 16_200),
        ] {
            assert_eq!(by_runs_m(date), Some(cap), "{date}");
        }
        assert_eq!(by_runs_m("2026-04-29"), None);
    }

    #[test]
    fn a_big_spike_is_capped_for_14_days_and_a_small_one_for_7() {
        let after = |distance_m| {
            cap_after_spike(&[("2026-03-22", 10_000), ("2026-03-25", 5_000), ("2026-03-29", distance_m)])
        };
        assert_eq!(after(12_000), (12_100, day("2026-04-05")));
        assert_eq!(after(14_000), (11_000, day("2026-04-12")));
    }

    #[test]
    fn a_spike_right_after_a_week_off_is_capped_by_what_the_week_off_leaves_first() {
        let rows = [("2026-03-22", 10_000), ("2026-03-29", 14_000)];
        assert_eq!(cap_after_spike(&rows), (10_000, day("2026-04-04")), "not 11.0 km until 12 April");
        assert_eq!(next(&rows, "2026-03-29"), told(10_000, "2026-04-04"), "the same as NEXT says");
    }

    #[test]
    fn the_cap_of_a_spike_is_what_next_says_on_its_day_whatever_spike_or_break_came_before() {
        let earlier: [&[(&str, i64)]; 4] = [
            &[("2026-03-20", 10_000), ("2026-03-25", 5_000)],
            &[("2026-03-10", 10_000), ("2026-03-20", 5_000), ("2026-03-25", 5_000)],
            &[("2026-03-08", 10_000), ("2026-03-10", 14_000), ("2026-03-21", 5_000), ("2026-03-26", 5_000)],
            &[("2026-03-02", 20_000), ("2026-03-20", 9_000), ("2026-03-22", 9_000)],
        ];
        for rows in earlier {
            let rows = [rows, &[("2026-03-29", 29_000)]].concat();
            assert_eq!(Some(cap_after_spike(&rows).0), next(&rows, "2026-03-29").0, "{rows:?}");
        }
    }

    fn cap_after_spike(rows: &[(&str, i64)]) -> (i64, NaiveDate) {
        let sessions = sessions(rows);
        let comparisons = compare(&sessions, day("2026-01-01"));
        let Some(SpikeState::Spike(size)) = comparisons.last().map(|last| last.state) else {
            panic!("no spike")
        };
        after_spike(&sessions, &comparisons, Some(size), Thresholds::default()).unwrap()
    }

    fn caps_of(rows: &[(&str, i64)], h0: &str, as_of: &str) -> Caps {
        caps_by(Thresholds::default(), rows, h0, as_of)
    }

    fn caps_by(own: Thresholds, rows: &[(&str, i64)], h0: &str, as_of: &str) -> Caps {
        let sessions = sessions(rows);
        caps(&sessions, &compare(&sessions, day(h0)), day(h0), day(as_of), own)
    }

    #[test]
    fn a_stricter_threshold_lowers_both_caps_and_a_laxer_one_leaves_them() {
        let rows = [("2026-03-01", 10_000), ("2026-03-07", 10_000)];
        let with = |run_percent, week_percent| {
            let own = Thresholds::default()
                .with(&long_run_spike::PERCENT, run_percent)
                .with(&weekly_jump::PERCENT, week_percent);
            let caps = caps_by(own, &rows, "2026-01-01", "2026-03-08");
            (caps.next_run_m, caps.next_7_days_m, caps.steps_of_ten_percent(20_000).is_some())
        };
        assert_eq!(with(5, 20), (Some(10_500), Some(12_000), false));
        assert_eq!(with(10, 30), (Some(11_000), Some(13_000), true));
        assert_eq!(with(20, 50), (Some(11_000), Some(13_000), true));
    }

    /// Number and last day of the next run.
    fn next(rows: &[(&str, i64)], as_of: &str) -> (Option<i64>, Option<String>) {
        let caps = caps_of(rows, "2026-01-01", as_of);
        (caps.next_run_m, caps.until.map(|until| until.to_string()))
    }

    fn told(cap_m: i64, until: &str) -> (Option<i64>, Option<String>) {
        (Some(cap_m), Some(until.to_owned()))
    }

    /// Steady Wednesdays of 4 km and Sundays of 10 km, the last one of 14 km.
    const SPIKE: [(&str, i64); 7] = [
        ("2026-03-08", 10_000),
        ("2026-03-11", 4_000),
        ("2026-03-15", 10_000),
        ("2026-03-18", 4_000),
        ("2026-03-22", 10_000),
        ("2026-03-25", 4_000),
        ("2026-03-29", 14_000),
    ];

    #[test]
    fn a_run_on_the_day_itself_moves_the_cap_to_the_next_day() {
        assert_eq!(caps_of(&SPIKE, "2026-01-01", "2026-03-28").date, day("2026-03-28"));
        assert_eq!(caps_of(&SPIKE, "2026-01-01", "2026-03-29").date, day("2026-03-30"));
        // 14.0 km against 10.0 km: 40 % longer, it counts as 11.0 km and freezes the cap until 14 days after
        assert_eq!(next(&SPIKE, "2026-03-29"), told(11_000, "2026-04-12"));
        assert_eq!(
            next(&SPIKE[..5], "2026-03-22"),
            told(11_000, "2026-04-21"),
            "the longest leaves on the 31st day"
        );
    }

    #[test]
    fn after_the_freeze_the_cap_is_ten_per_cent_above_what_the_spike_counts_for() {
        let caps = caps_of(&SPIKE, "2026-01-01", "2026-03-30");
        let steps: Vec<_> = caps.steps.iter().map(|step| (step.from.to_string(), step.limit.cap_m)).collect();
        assert_eq!(
            steps,
            [
                ("2026-03-30".to_owned(), Some(11_000)),
                ("2026-04-13".to_owned(), Some(12_100)),
                ("2026-04-29".to_owned(), None)
            ]
        );
        assert_eq!(caps.fits_from(11_000), Some(day("2026-03-30")));
        assert_eq!(caps.fits_from(11_001), Some(day("2026-04-13")));
        assert_eq!(caps.fits_from(12_101), None);
        // from 12.1 km on 13 April: 13.3, 14.6 and 16.0 km on 20 April, 27 April and 4 May
        assert_eq!(caps.steps_of_ten_percent(13_300), Some((1, day("2026-04-20"))));
        assert_eq!(caps.steps_of_ten_percent(16_000), Some((3, day("2026-05-04"))));
        assert_eq!(caps.steps_of_ten_percent(12_100), None, "fits without");
        assert_eq!(caps.steps_of_ten_percent(4_000_000_000), None, "more than a year of steps");
    }

    #[test]
    fn a_break_stands_in_place_of_the_runs_and_lowers_the_cap_with_every_band() {
        let rows = [("2026-02-25", 17_000), ("2026-03-01", 18_000)];
        assert_eq!(next(&rows, "2026-03-07"), told(19_800, "2026-03-31"), "6 days are no break");
        assert_eq!(next(&rows, "2026-03-08"), told(18_000, "2026-03-14"), "7 to 13 days");
        assert_eq!(next(&rows, "2026-03-15"), told(13_500, "2026-03-31"), "14 to 30 days");
        assert_eq!(next(&rows, "2026-04-01"), told(9_000, "2026-04-26"), "31 to 56 days");
        assert_eq!(next(&rows, "2026-04-27"), (Some(5_900), None), "from 57 days on, for good");
    }

    #[test]
    fn the_evidence_vectors_of_a_break_give_their_caps() {
        // (days of the break, first seven days, second week), 18 km before it: `gap_lpre18`
        for (days, first, second) in
            [(10, 18_000, None), (20, 13_500, Some(16_200)), (41, 9_000, Some(13_500)), (60, 5_900, None)]
        {
            let returned = dates::days_after(day("2026-03-01"), days);
            let returned_on = returned.to_string();
            let fourth_day = dates::days_after(returned, 3).to_string();
            let rows = [("2026-03-01", 18_000), (returned_on.as_str(), 3_000), (fourth_day.as_str(), 3_000)];
            let on = |days_after| {
                let as_of = dates::days_after(returned, days_after).to_string();
                let rows = if days_after == 1 { &rows[..2] } else { &rows[..] };
                caps_of(rows, "2026-01-01", &as_of)
            };
            assert_eq!(on(1).next_run_m, Some(first), "{days} days");
            assert_eq!(on(1).until, Some(dates::days_after(returned, 6)), "{days} days");
            if second.is_some() {
                assert_eq!(on(7).next_run_m, second, "{days} days");
                assert_eq!(on(7).until, Some(dates::days_after(returned, 13)), "{days} days");
            } else {
                assert!(matches!(on(7).because, Because::Longest { .. }), "{days} days");
            }
        }
        let rows = [("2026-03-01", 18_000), ("2026-03-06", 3_000)];
        assert_eq!(
            caps_of(&rows, "2026-01-01", "2026-03-07").next_run_m,
            Some(19_800),
            "5 days are no break"
        );
    }

    #[test]
    fn a_break_after_a_spike_earns_no_higher_ceiling_than_the_spike_counts_for() {
        // 14.0 km counts as 11.0 km: 1.00 × 14.0 km after seven days off would pay the spike out
        assert_eq!(next(&SPIKE, "2026-04-05"), told(11_000, "2026-04-11"));
        // from 14 days on 0.75 × 14.0 = 10.5 km
        assert_eq!(next(&SPIKE, "2026-04-12"), told(10_500, "2026-04-28"));
    }

    #[test]
    fn a_longest_run_that_left_the_window_during_a_short_break_counts_no_more() {
        let mut rows = vec![("2026-03-01", 20_000), ("2026-03-07", 10_000), ("2026-03-13", 10_000)];
        rows.extend([("2026-03-19", 10_000), ("2026-03-25", 10_000)]);
        // 7 days off: 20.0 km lie 31 days back
        assert_eq!(next(&rows, "2026-04-01").0, Some(11_000));
    }

    #[test]
    fn without_30_days_known_there_is_no_cap_on_a_run_and_that_is_said() {
        let rows =
            [1, 7, 13, 19, 25, 29].map(|d| (format!("2026-01-{d:02}"), if d == 29 { 10_000 } else { 8_000 }));
        let rows: Vec<(&str, i64)> = rows.iter().map(|(date, m)| (date.as_str(), *m)).collect();
        let caps = caps_of(&rows, "2026-01-01", "2026-01-30");
        assert_eq!((caps.next_run_m, caps.until), (None, None));
        assert_eq!(caps.because, Because::ShortHistory { days: 29, needed: 30 });
        assert_eq!(caps.steps[1].from, day("2026-01-31"));
        assert_eq!(next(&rows, "2026-01-31").0, Some(11_000), "a run without history counts in full");
        assert_eq!(caps_of(&[], "2026-01-01", "2026-03-01").because, Because::NoRuns);
        assert_eq!(next(&[("2026-03-01", 90)], "2026-03-02"), (None, None), "90 m are nothing to count from");
    }

    #[test]
    fn seven_days_may_have_130_per_cent_of_the_best_of_four_blocks_of_credits() {
        let week = |rows: &[(&str, i64)], as_of: &str| caps_of(rows, "2026-01-01", as_of).next_7_days_m;
        // 14 km counted as 11.0 km, and 4 km: 1.30 × 15.0 = 19.5; the week before 1.30 × 14.0 = 18.2
        assert_eq!(week(&SPIKE, "2026-03-29"), Some(19_500));
        assert_eq!(week(&SPIKE[..5], "2026-03-22"), Some(18_000));
        // the first of four blocks begins 27 days before
        let early = [("2026-03-01", 20_000), ("2026-03-20", 10_000)];
        assert_eq!(week(&early, "2026-03-28"), Some(26_000));
        assert_eq!(week(&early, "2026-03-29"), Some(13_000));
        assert_eq!(week(&early, "2026-04-02"), Some(13_000), "13 days after the last run");
        assert_eq!(week(&early, "2026-04-03"), None, "14 days after the last run");
        assert_eq!(week(&[("2026-03-20", 384)], "2026-03-21"), None, "130 % of 384 m is less than 500 m");
    }
}
