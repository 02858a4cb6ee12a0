//! From lights to a limit: one state for each spot and leg, the strictest of them holds.
//!
//! ```text
//! CLEAR at first. AMBER -> HOLD, RED -> BACK, STOP -> STOP until somebody has seen it
//! base  = AMBER: min(known, 80 % of the run, usual)   RED: 50 % of min(run, known, usual)
//! two GREEN lead from BACK over HOLD to RAMP; 28 days after the last bad row it is over
//! below 2 km, or red twice: LADDER of walking and running
//! ```
//! Pure integer arithmetic in metres and days. A later row changes nothing about an earlier day, and no row raises a
//! limit that the training load gave: both are property tests.
//!
//! Source: EVIDENCE-KNEE 5.3 and 5.5, with its reference `knee_vectors.py`. The idea is grade B for front-knee pain
//! (Esculier 2018), every number a design choice, grade D.

use chrono::NaiveDate;

use super::{
    machine::Machine,
    numbers::{
        LOOK_BACK_DAYS, RAMP_RUN_PERCENT, RAMP_WEEK_PERCENT, RED_REST_DAYS, RUN_STEP_M, WEEK_RUNS,
        WEEK_STEP_M, floor_to,
    },
    spot::{Side, Spot},
    standing::{after, before},
};

pub use super::standing::{Entry, Says, Standing, State};

/// The load's own limits, which the diary never raises; `None` where the load has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LoadLimits {
    /// One run, in metres.
    pub run_m: Option<i64>,
    /// Seven days, in metres.
    pub week_m: Option<i64>,
}

/// What the diary leaves of the load's limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Where it stands.
    pub state: State,
    /// One run at most, in metres; `None`: no figure.
    pub run_m: Option<i64>,
    /// Seven days at most, in metres; `None`: no figure.
    pub week_m: Option<i64>,
    /// The first day that a run is possible; `None`: none is known.
    pub not_before: Option<NaiveDate>,
    /// The stage of the ladder, 0 to 6.
    pub stage: Option<u8>,
    /// Why no run is possible at all while the newest row says so.
    pub because: Option<Standing>,
    /// The last day of the state without a further row; `None` where silence does not end it.
    pub until: Option<NaiveDate>,
    /// Whose state it is: spot and leg of the strictest fold.
    pub of: Option<(Spot, Side)>,
}

/// One fold's result, before the folds are laid side by side.
#[derive(Clone, Copy, Debug)]
struct Folded {
    limit: Limit,
    /// The day since which a standing sign holds.
    since: Option<NaiveDate>,
    /// The newest row of the fold.
    newest: Option<NaiveDate>,
}

/// The limit for a run on the day `on`.
///
/// `entries` may come in any order; rows of one day keep theirs. `runs` are date and metres of every run, logged or not.
/// Runs before `on` count, and of the day itself only rows that belong to no run.
#[must_use]
pub fn limit(entries: &[Entry], runs: &[(NaiveDate, i64)], on: NaiveDate, load: LoadLimits) -> Limit {
    let mut rows: Vec<&Entry> =
        entries.iter().filter(|e| e.date < on || e.date == on && e.metres.is_none()).collect();
    rows.sort_by_key(|entry| entry.date);
    let mut runs: Vec<(NaiveDate, i64)> = runs.iter().copied().filter(|(date, _)| *date < on).collect();
    runs.sort_unstable();
    let folds: Vec<Folded> = if keys(&rows).is_empty() {
        vec![fold(&rows, None, &runs, on, load)]
    } else {
        keys(&rows)
            .into_iter()
            .map(|key| {
                let of_key: Vec<&Entry> =
                    rows.iter().copied().filter(|entry| counts_for(entry, key)).collect();
                fold(&of_key, Some(key), &runs, on, load)
            })
            .collect()
    };
    strictest(&folds)
}

/// Every spot and leg that a row names, in order.
fn keys(rows: &[&Entry]) -> Vec<(Spot, Side)> {
    let named = rows.iter().filter(|entry| !entry.is_seen());
    let mut keys: Vec<(Spot, Side)> =
        named.flat_map(|entry| Side::legs(entry.side).iter().map(|leg| (entry.spot, *leg))).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn counts_for(entry: &Entry, (spot, leg): (Spot, Side)) -> bool {
    entry.is_seen() || entry.spot == spot && Side::legs(entry.side).contains(&leg)
}

fn fold(
    rows: &[&Entry],
    key: Option<(Spot, Side)>,
    runs: &[(NaiveDate, i64)],
    on: NaiveDate,
    load: LoadLimits,
) -> Folded {
    let mut machine = Machine::new(runs);
    rows.iter().for_each(|row| machine.take(row));
    machine.arrive(on);
    let newest = rows.iter().filter(|row| !row.is_seen()).map(|row| row.date).max();
    let mut limit = of_machine(&machine, on, load);
    limit.of = key;
    match machine.sign {
        Some((since, standing))
            if limit.state != State::Stop && (on - since).num_days() <= LOOK_BACK_DAYS =>
        {
            let limit = Limit {
                state: State::Back,
                run_m: Some(0),
                week_m: Some(0),
                not_before: None,
                stage: None,
                because: Some(standing),
                until: None,
                of: key,
            };
            Folded { limit, since: Some(since), newest }
        }
        _ => Folded { limit, since: None, newest },
    }
}

/// What a machine that has arrived at a day says.
fn of_machine(machine: &Machine<'_>, on: NaiveDate, load: LoadLimits) -> Limit {
    let silent = Limit {
        state: machine.state,
        run_m: None,
        week_m: None,
        not_before: Some(on),
        stage: None,
        because: None,
        until: None,
        of: None,
    };
    match machine.state {
        State::Clear => Limit { run_m: load.run_m, week_m: load.week_m, ..silent },
        State::Plan => silent,
        State::Stop => Limit { run_m: Some(0), week_m: Some(0), not_before: None, ..silent },
        State::Ladder => {
            Limit { not_before: Some(first_day(machine, on)), stage: Some(machine.stage), ..silent }
        }
        State::Ramp | State::Hold | State::Back => with_numbers(machine, on, load, silent),
    }
}

fn with_numbers(machine: &Machine<'_>, on: NaiveDate, load: LoadLimits, silent: Limit) -> Limit {
    let until =
        machine.bad.map(|bad| after(bad.date, LOOK_BACK_DAYS)).filter(|_| machine.state != State::Back);
    let (mut run_m, mut week_m) = (machine.base_m.unwrap_or(0), machine.week_m);
    if machine.state == State::Ramp {
        run_m = RAMP_RUN_PERCENT * run_m / 100;
        let last_seven_days = machine.metres_of_seven_days_to(before(on, 1));
        week_m = week_m.max(RAMP_WEEK_PERCENT * last_seven_days / 100);
        if load.run_m.is_none() {
            return Limit { until, ..silent };
        }
    }
    let run_m = floor_to(RUN_STEP_M, run_m);
    let week_m = floor_to(WEEK_STEP_M, week_m).max(run_m * WEEK_RUNS);
    let lower = |own: i64, load: Option<i64>| Some(load.map_or(own, |load| load.min(own)));
    Limit {
        run_m: lower(run_m, load.run_m),
        week_m: lower(week_m, load.week_m),
        not_before: Some(first_day(machine, on)),
        until,
        ..silent
    }
}

/// The first day that a run is possible.
fn first_day(machine: &Machine<'_>, on: NaiveDate) -> NaiveDate {
    let rests = matches!(machine.state, State::Back | State::Ladder);
    let after_red = machine.red_on.filter(|_| rests).map(|red| after(red, RED_REST_DAYS + 1));
    let needs_a_day_between = match machine.state {
        State::Ladder => true,
        State::Hold | State::Back => machine.bad.is_some_and(|bad| bad.spot != Spot::Front),
        _ => false,
    };
    let last_run = machine.runs.last().filter(|_| needs_a_day_between).map(|(date, _)| after(*date, 2));
    [Some(on), after_red, last_run].into_iter().flatten().max().unwrap_or(on)
}

/// The folds side by side: the strictest state, the least of each figure, the latest first day, the lowest stage.
fn strictest(folds: &[Folded]) -> Limit {
    let top = folds.iter().max_by_key(|folded| (folded.limit.state, folded.newest));
    let Some(top) = top.map(|folded| folded.limit) else { return CLEAR };
    let standing = folds.iter().filter(|folded| folded.limit.because.is_some());
    let newest = standing.max_by_key(|folded| (folded.since, folded.limit.because));
    if let Some(newest) = newest
        && top.state != State::Stop
    {
        return newest.limit;
    }
    let least = |of: fn(&Limit) -> Option<i64>| folds.iter().filter_map(|folded| of(&folded.limit)).min();
    let numbered = !matches!(top.state, State::Stop | State::Ladder | State::Plan);
    let latest = folds.iter().filter_map(|folded| folded.limit.not_before).max();
    let lowest_stage = folds.iter().filter_map(|folded| folded.limit.stage).min();
    Limit {
        run_m: if numbered { least(|limit| limit.run_m) } else { top.run_m },
        week_m: if numbered { least(|limit| limit.week_m) } else { top.week_m },
        not_before: latest.filter(|_| top.state != State::Stop),
        stage: lowest_stage.filter(|_| top.state == State::Ladder),
        ..top
    }
}

/// Nothing holds and nothing is known.
const CLEAR: Limit = Limit {
    state: State::Clear,
    run_m: None,
    week_m: None,
    not_before: None,
    stage: None,
    because: None,
    until: None,
    of: None,
};
