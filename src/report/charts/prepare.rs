//! From the analysis to what the charts draw: rows picked and named, nothing computed anew.

use chrono::NaiveDate;

use super::data::{ChartData, DayCell, Fan, RunPoint, ShoeLife, WeekBar};
use crate::{
    activity::Activity,
    analysis::{
        Analysis,
        shoes::{Shoe, ShoeState},
    },
    dates,
    units::UnitSystem,
    warning::{Level, RuleId, Warning, prose},
};

/// The data of all charts; `weeks`: only the newest so many, else all.
#[must_use]
pub fn chart_data(
    runs: &[Activity],
    analysis: &Analysis,
    units: UnitSystem,
    weeks: Option<usize>,
) -> ChartData {
    let shown = weeks.unwrap_or(usize::MAX).min(analysis.weeks.len());
    let first = if runs.is_empty() {
        NaiveDate::MAX
    } else {
        dates::days_before(analysis.this_week, 7 * (shown as u64).saturating_sub(1))
    };
    let load: Vec<&Warning> = analysis.warnings.iter().filter(|warning| marks_its_week(warning)).collect();
    let drawn = analysis.shoes.pairs.iter().enumerate();
    let drawn = drawn.filter(|(_, shoe)| shoe.in_use || shoe.settings.retired.is_some());
    ChartData {
        as_of: analysis.as_of,
        units,
        weeks: week_bars(analysis, &load, first),
        runs: run_points(analysis, &load, first),
        days: day_cells(analysis, first),
        shoes: drawn
            .map(|(position, shoe)| ShoeLife {
                line: life(runs, analysis, Some(position), first),
                ..shoe_life(shoe, units, analysis.as_of)
            })
            .collect(),
        unassigned_m: analysis.shoes.unassigned_m,
        unassigned: life(runs, analysis, None, first),
    }
}

/// What asks for nothing does not colour a week, but for the weekly jump: a week is what it is about.
fn marks_its_week(warning: &Warning) -> bool {
    warning.rule() == RuleId::WeeklyJump || warning.rule().is_load() && warning.level() > Level::Info
}

fn week_bars(analysis: &Analysis, load: &[&Warning], first: NaiveDate) -> Vec<WeekBar> {
    let shown = analysis.weeks.iter().filter(|week| week.week_start >= first);
    shown
        .map(|week| {
            let last = dates::days_after(week.week_start, 6);
            let raised = load.iter().filter(|warning| (week.week_start..=last).contains(&warning.date()));
            WeekBar {
                week_start: week.week_start,
                distance_m: week.distance_m,
                longest_m: week.longest_m.unwrap_or_default(),
                complete: analysis.is_complete(week.week_start),
                warnings: raised.map(|warning| warning.rule().title().to_owned()).collect(),
            }
        })
        .collect()
}

fn run_points(analysis: &Analysis, load: &[&Warning], first: NaiveDate) -> Vec<RunPoint> {
    let compared = analysis.sessions.iter().zip(&analysis.comparisons);
    compared
        .filter(|(session, _)| session.date >= first)
        .map(|(session, comparison)| RunPoint {
            date: session.date,
            distance_m: session.distance_m,
            ceiling_m: comparison.longest.map(|(longest_m, _)| 110 * longest_m / 100),
            warned: load
                .iter()
                .any(|w| matches!(w, Warning::LongRunSpike { run, .. } if *run == session.run)),
        })
        .collect()
}

fn day_cells(analysis: &Analysis, first: NaiveDate) -> Vec<DayCell> {
    let shown = analysis.days.iter().filter(|day| day.date >= first);
    shown.map(|day| DayCell { date: day.date, distance_m: day.distance_m }).collect()
}

/// How the distance in a pair, or in none, grew: what it had before, then a point a day. Nothing lies before `first`.
fn life(
    runs: &[Activity],
    analysis: &Analysis,
    pair: Option<usize>,
    first: NaiveDate,
) -> Vec<(NaiveDate, i64)> {
    let settings = pair.and_then(|pair| analysis.shoes.pairs.get(pair)).map(|shoe| &shoe.settings);
    let mut total_m = settings.map_or(0, |settings| settings.prior_distance_m);
    let mut line: Vec<(NaiveDate, i64)> = Vec::new();
    let its_runs = runs.iter().zip(&analysis.shoes.pair_of_run).filter(|(_, of_run)| **of_run == pair);
    for (run, _) in its_runs {
        let date = run.local_date();
        if line.is_empty() {
            let begin = settings.and_then(|settings| settings.from).unwrap_or(date);
            line.push((begin.max(first), total_m));
        }
        total_m += run.whole_meters();
        let date = date.max(first);
        if line.last().is_some_and(|last| last.0 == date) && (line.len() > 1 || date == first) {
            line.pop();
        }
        line.push((date, total_m));
    }
    line
}

fn shoe_life(shoe: &Shoe, units: UnitSystem, as_of: NaiveDate) -> ShoeLife {
    let [start, end] = prose::window_in(shoe.settings.window, units);
    let retired = shoe.settings.retired.filter(|retired| *retired <= as_of);
    let (limit, reaches) =
        if shoe.state == ShoeState::Ok { (start, shoe.reaches_start) } else { (end, shoe.reaches_end) };
    let forecast = match (retired, reaches) {
        (Some(retired), _) => format!("retired {}", dates::long(retired)),
        (None, Some((early, late))) => {
            format!("{limit} about {}", prose::date_range_after(early, late, as_of))
        }
        (None, None) if shoe.state == ShoeState::Past => String::new(),
        (None, None) => "not enough use to say when".to_owned(),
    };
    let fan = |limit_m, (early, late)| Fan { limit_m, early, late };
    let to_end = shoe.reaches_end.map(|reaches| fan(end.meters, reaches));
    ShoeLife {
        name: shoe.settings.name.clone(),
        distance_m: shoe.distance_m,
        window_start_m: start.meters,
        window_end_m: end.meters,
        window_label: prose::window_text([start, end]),
        distance_label: start.written_in.whole(shoe.distance_m),
        state_label: match shoe.state {
            ShoeState::Ok => "ok",
            ShoeState::Window => "in its window",
            ShoeState::Past => "past its window",
        }
        .to_owned(),
        retired,
        forecast,
        line: Vec::new(),
        fan: to_end.or_else(|| shoe.reaches_start.map(|reaches| fan(start.meters, reaches))),
    }
}
