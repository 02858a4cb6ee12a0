//! The rules in plain words, to hold the story against: which days raise which warning.

use chrono::{Days, NaiveDate};

use super::{Run, facts, shoes::Pair};

/// A warning's day and rule.
pub(super) type Fired = (NaiveDate, &'static str);

/// Days with a long-run spike beyond 10 % and 500 m, and its band; without cool-down, which no story day needs.
pub(super) fn long_run_spikes(runs: &[Run]) -> Vec<Fired> {
    let Some(first) = runs.first().map(|run| run.date) else { return Vec::new() };
    let mut fired: Vec<Fired> = Vec::new();
    for run in runs.iter().filter(|run| (run.date - first).num_days() >= 30) {
        let Some(longest) = facts::longest_before_m(runs, run.date) else { continue };
        let (d, above) = (run.distance_m, run.distance_m - longest);
        if 100 * d <= 110 * longest || d < 3000 || above < 500 || silent_after_gap(runs, run.date) {
            continue;
        }
        fired.push((run.date, band(d, longest)));
    }
    fired
}

fn band(d: i64, longest: i64) -> &'static str {
    match () {
        () if 100 * d <= 130 * longest => "SMALL",
        () if d <= 2 * longest => "MODERATE",
        () => "LARGE",
    }
}

/// After 14 days or more without a run: 14 days, and until three runs over ten days are there again.
fn silent_after_gap(runs: &[Run], date: NaiveDate) -> bool {
    let Some(back) = gaps(runs, 14).into_iter().map(|(_, to)| to).rfind(|to| *to <= date) else {
        return false;
    };
    let since: Vec<&Run> = runs.iter().filter(|run| (back..date).contains(&run.date)).collect();
    let span = since.last().map_or(0, |last| (last.date - back).num_days());
    (date - back).num_days() < 14 || since.len() < 3 || span < 10
}

/// Runs on both sides of so many days.
pub(super) fn gaps(runs: &[Run], at_least_days: i64) -> Vec<(NaiveDate, NaiveDate)> {
    let pairs = runs.windows(2).map(|pair| (pair[0].date, pair[1].date));
    pairs.filter(|(from, to)| (*to - *from).num_days() >= at_least_days).collect()
}

/// Days with a weekly jump, without the six days after one of the same level.
pub(super) fn weekly_jumps(runs: &[Run]) -> Vec<Fired> {
    let Some(first) = runs.first().map(|run| run.date) else { return Vec::new() };
    let mut fired: Vec<Fired> = Vec::new();
    for run in runs.iter().filter(|run| (run.date - first).num_days() >= 34) {
        if gaps(runs, 11).iter().any(|(_, to)| (0..28).contains(&(run.date - *to).num_days())) {
            continue;
        }
        let Some(level) = jump_level(runs, run.date) else { continue };
        let repeated =
            |(day, old): &Fired| (run.date - *day).num_days() < 7 && (*old == level || *old == "ATTENTION");
        if !fired.iter().any(repeated) {
            fired.push((run.date, level));
        }
    }
    fired
}

fn jump_level(runs: &[Run], date: NaiveDate) -> Option<&'static str> {
    let a = facts::seven_days_m(runs, date);
    let p = facts::seven_days_m(runs, date - Days::new(7));
    let m = facts::best_of_4_m(runs, date);
    if m > 0 && 100 * a > 130 * m {
        return Some("ATTENTION");
    }
    (p > 0 && 100 * a > 130 * p && 100 * a > 110 * m).then_some("NOTE")
}

/// Second new 30-day longest runs within six days.
pub(super) fn step_stacks(runs: &[Run]) -> Vec<NaiveDate> {
    let news: Vec<NaiveDate> = runs
        .iter()
        .filter(|run| facts::longest_before_m(runs, run.date).is_some_and(|longest| run.distance_m > longest))
        .map(|run| run.date)
        .collect();
    news.windows(2).filter(|pair| (pair[1] - pair[0]).num_days() <= 6).map(|pair| pair[1]).collect()
}

/// The days on which every pair passes the start and the end of its window.
pub(super) fn window_days(pairs: &[Pair], runs: &[Run]) -> Vec<(String, NaiveDate)> {
    let limits = pairs.iter().flat_map(|pair| pair.window_m().map(|limit_m| (pair, limit_m)));
    limits
        .filter_map(|(pair, limit_m)| Some((pair.name.clone(), pair.reaches(runs, limit_m)?.0.date)))
        .collect()
}
