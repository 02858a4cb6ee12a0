//! From the analysis to what the charts draw: rows picked and named, nothing computed anew.

use chrono::{Datelike, NaiveDate};

use super::{
    data::{
        CadenceChart, CadencePoint, ChartData, DayCell, Fan, LoadChart, LoadPoint, LoadWeek, MileageBar,
        RunPoint, ShoeLife, Unwarned,
    },
    kit::step::Step,
    periods,
};
use crate::{
    activity::Activity,
    analysis::{
        Analysis,
        cadence::Cadence,
        load::{
            Measure,
            others::StackedLoad,
            series::{LoadSeries, SHARE_PERCENT},
            weekly,
        },
        rules::{Warning, guards::Silence, long_run_spike, weekly_jump},
        shoes::{Shoe, ShoeState},
        silence::{Silent, silent},
    },
    dates,
    report::words,
    units::UnitSystem,
    warning::Level,
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
    let step = Step::of_weeks(shown);
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
        weeks: bars(runs, analysis, &load, Step::Week, first),
        step,
        longer: if step == Step::Week { Vec::new() } else { bars(runs, analysis, &load, step, first) },
        years: periods::year_lines(analysis.days.iter().map(|day| (day.date, day.distance_m))),
        runs: run_points(analysis, &load, first),
        days: day_cells(analysis, first),
        shoes: drawn
            .map(|(position, shoe)| ShoeLife {
                line: life(runs, analysis, Some(position), first),
                ..shoe_life(shoe, units, analysis.as_of)
            })
            .collect(),
        unassigned_m: analysis.shoes.unassigned_m,
        load: load_chart(runs, analysis, first),
        cadence: cadence_chart(&analysis.cadence, units, first),
        unassigned: life(runs, analysis, None, first),
        no_distance: analysis.limits.body.is_some(),
        knee: super::knee_data::knee(runs, analysis, first),
    }
}

/// What asks for nothing does not colour a week, but for the weekly jump: a week is what it is about.
fn marks_its_week(warning: &Warning) -> bool {
    warning.rule == &weekly_jump::RULE || warning.rule.is_load() && warning.level > Level::Info
}

/// The bars of a span: each run counts on its own day.
fn bars(
    runs: &[Activity],
    analysis: &Analysis,
    load: &[&Warning],
    step: Step,
    first: NaiveDate,
) -> Vec<MileageBar> {
    let mut distances: Vec<_> = runs.iter().map(|run| (run.local_date(), run.whole_meters())).collect();
    // by start: who flies west may run on the day before
    distances.sort_by_key(|(date, _)| *date);
    let raised: Vec<_> = load.iter().map(|warning| (warning.date, warning.rule.title)).collect();
    let week_start = analysis.this_week.weekday();
    periods::bars(step, (first, analysis.as_of), week_start, &distances, &raised)
}

fn run_points(analysis: &Analysis, load: &[&Warning], first: NaiveDate) -> Vec<RunPoint> {
    let compared = analysis.sessions.iter().zip(&analysis.comparisons);
    let silent = silent(analysis);
    let silence = |run: &str| {
        let of_run = |s: &&Silent<'_>| s.rule == &long_run_spike::RULE && s.run == Some(run);
        match silent.iter().find(of_run)?.why {
            Silence::CoolingDown(_) => Some(Unwarned::SoonAfter),
            Silence::AfterBreak => Some(Unwarned::AfterBreak),
            Silence::TooSmall => Some(Unwarned::Small),
            Silence::Hole => None,
        }
    };
    compared
        .filter(|(session, _)| session.date >= first)
        .map(|(session, comparison)| RunPoint {
            date: session.date,
            distance_m: session.distance_m,
            ceiling_m: comparison.longest.map(|(longest_m, _)| 110 * longest_m / 100),
            warned: load.iter().any(|w| w.rule == &long_run_spike::RULE && w.run == session.run),
            silence: silence(&session.run),
        })
        .collect()
}

fn day_cells(analysis: &Analysis, first: NaiveDate) -> Vec<DayCell> {
    let days = analysis.days.iter().zip(&analysis.beside.days);
    let shown = days.filter(|(day, _)| day.date >= first);
    shown
        .map(|(day, beside)| DayCell { date: day.date, distance_m: day.distance_m, others: beside.kinds })
        .collect()
}

fn cadence_chart(cadence: &Cadence, units: UnitSystem, first: NaiveDate) -> CadenceChart {
    let months = cadence.months.iter().filter(|month| Step::Month.next(month.first) > first);
    CadenceChart {
        pace: cadence.band_m_s.map(|band| words::cadence::pace(band, units)).unwrap_or_default(),
        left_out: words::cadence::left_out(cadence),
        months: months
            .map(|month| CadencePoint { first: month.first, spm: month.median_spm, runs: month.runs })
            .collect(),
    }
}

fn load_chart(runs: &[Activity], analysis: &Analysis, first: NaiveDate) -> LoadChart {
    let series = analysis.loads.series(first);
    let stacked = analysis.other_loads.beside(&series);
    let others = stacked.acute.iter().copied().chain(std::iter::repeat(0.0));
    let points = series.days.iter().zip(others).filter(|(day, _)| day.date >= first);
    let points = points.map(|(day, others)| LoadPoint {
        date: day.date,
        acute: day.acute,
        acute_with_others: day.acute + others,
        chronic: day.chronic,
        warming_up: day.warming_up,
    });
    let weeks = weekly::weeks(&series, &analysis.days, &analysis.weeks);
    let weeks = weeks.iter().zip(&analysis.beside.weeks).filter(|(week, _)| week.week_start >= first);
    let weeks = weeks.map(|(week, beside)| LoadWeek {
        week_start: week.week_start,
        rest_days: week.rest_days,
        free_days: beside.days_without_sport.filter(|_| beside.has_other_sports()),
        monotony: week.monotony,
        complete: analysis.is_complete(week.week_start),
    });
    let unit = match series.measure {
        Measure::Trimp | Measure::TrimpFromAverage => "TRIMP",
        Measure::SessionRpe => "min × rating",
        Measure::Minutes => "minutes",
    };
    LoadChart {
        measure: series.measure.title().to_owned(),
        unit: unit.to_owned(),
        notes: load_notes(runs, analysis, (&series, &stacked), first),
        days: points.collect(),
        weeks: weeks.collect(),
    }
}

/// What stands behind the numbers of a series, the most important first.
fn load_notes(
    runs: &[Activity],
    analysis: &Analysis,
    (series, stacked): (&LoadSeries, &StackedLoad),
    first: NaiveDate,
) -> Vec<String> {
    let sources = series.sources;
    let of_runs = |count: usize| format!("{count} of {} runs", sources.runs);
    let hearts = runs.iter().filter(|run| run.local_date() >= first && run.has_heart_rate()).count();
    let heart_note = match (series.measure, analysis.loads.counts_heart_rates()) {
        (Measure::Trimp | Measure::TrimpFromAverage, _) => None,
        (_, false) if 2 * hearts > sources.runs => {
            Some("set your heart rates under [athlete] for TRIMP".to_owned())
        }
        (_, true) if hearts > 0 => {
            Some(format!("only {} have a heart rate: TRIMP needs {SHARE_PERCENT} %", of_runs(hearts)))
        }
        _ => None,
    };
    [
        heart_note,
        (sources.estimated > 0)
            .then(|| format!("{} estimated from their minutes", of_runs(sources.estimated))),
        (sources.untimed > 0).then(|| format!("{} left out: no time is known", of_runs(sources.untimed))),
        (sources.before_first > 0).then(|| {
            let what = if series.measure == Measure::SessionRpe { "rating" } else { "heart rate" };
            format!("{} left out: before the first with a {what}", of_runs(sources.before_first))
        }),
        (sources.from_average > 0)
            .then(|| format!("{} by their average heart rate", of_runs(sources.from_average))),
        Some(others_note(stacked)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What becomes of other sports.
fn others_note(stacked: &StackedLoad) -> String {
    match (stacked.acute.is_empty(), stacked.left_out) {
        (true, _) => "other sports and days without a file count as 0".to_owned(),
        (false, 0) => "other sports count in no rule; days without a file as 0".to_owned(),
        (false, n) => {
            format!(
                "other sports count in no rule, {n} without this measure left out; days without a file as 0"
            )
        }
    }
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
    let [start, end] = words::window_in(shoe.settings.window, units);
    let retired = shoe.settings.retired.filter(|retired| *retired <= as_of);
    let (limit, reaches) =
        if shoe.state == ShoeState::Ok { (start, shoe.reaches_start) } else { (end, shoe.reaches_end) };
    let forecast = match (retired, reaches) {
        (Some(retired), _) => format!("retired {}", dates::long(retired)),
        (None, Some((early, late))) => {
            format!("{limit} about {}", words::date_range_after(early, late, as_of))
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
        window_label: words::window_text([start, end]),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{
            analyze,
            testing::{day, run},
        },
        settings::Settings,
    };

    /// Ten half hours on the first days of March, the first `hearts` of them at 150 bpm on average.
    fn notes(hearts: u32, settings: &Settings, change: impl Fn(&mut Vec<Activity>)) -> Vec<String> {
        let mut runs: Vec<Activity> =
            (1..=10).map(|n| run(&format!("2026-03-{n:02}T08:00:00+01:00"), 5_000, 30)).collect();
        runs.iter_mut().take(hearts as usize).for_each(|run| run.average_heart_rate_bpm = Some(150.0));
        change(&mut runs);
        let analysis = analyze(&runs, &[], settings, day("2026-03-12")).unwrap();
        chart_data(&runs, &analysis, UnitSystem::Kilometers, None).load.notes
    }

    const ALWAYS: &str = "other sports and days without a file count as 0";

    fn with_heart_rates() -> Settings {
        let mut settings = Settings::default();
        (settings.athlete.max_heart_rate_bpm, settings.athlete.resting_heart_rate_bpm) =
            (Some(190), Some(60));
        settings
    }

    #[test]
    fn the_chart_says_how_many_runs_are_estimated_or_come_from_an_average() {
        assert_eq!(
            notes(9, &with_heart_rates(), |_| ()),
            ["1 of 10 runs estimated from their minutes", "9 of 10 runs by their average heart rate", ALWAYS]
        );
    }

    #[test]
    fn the_chart_says_what_is_missing_for_a_load_from_heart_rate() {
        assert_eq!(
            notes(6, &Settings::default(), |_| ()),
            ["set your heart rates under [athlete] for TRIMP", ALWAYS]
        );
        assert_eq!(
            notes(7, &with_heart_rates(), |_| ()),
            ["only 7 of 10 runs have a heart rate: TRIMP needs 80 %", ALWAYS]
        );
        assert_eq!(notes(0, &Settings::default(), |_| ()), [ALWAYS]);
    }

    #[test]
    fn the_chart_says_which_runs_it_leaves_out() {
        let untimed = |runs: &mut Vec<Activity>| {
            (runs[4].moving_time_s, runs[4].timer_time_s, runs[4].elapsed_time_s) = (None, None, None);
        };
        assert_eq!(
            notes(0, &Settings::default(), untimed),
            ["1 of 10 runs left out: no time is known", ALWAYS]
        );
        let first = |runs: &mut Vec<Activity>| runs[0].average_heart_rate_bpm = None;
        assert_eq!(
            notes(10, &with_heart_rates(), first)[0],
            "1 of 10 runs left out: before the first with a heart rate"
        );
    }
}
