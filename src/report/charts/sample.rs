//! Histories to draw in tests, and a look at what was drawn.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use plotters::style::RGBColor;

use super::{
    Picture,
    data::{
        CadenceChart, CadencePoint, ChartData, DayCell, Fan, KneeChart, KneePoint, KneeSpan, LoadChart,
        LoadPoint, LoadWeek, MileageBar, RunPoint, ShoeLife,
    },
    kit::step::Step,
    periods,
};
use crate::{
    analysis::load::moving::Recursion,
    knee::{fold::State, light::Light},
    report::words::knee as words,
    units::UnitSystem,
};

/// The day all samples speak for: a Friday.
pub(crate) fn as_of() -> NaiveDate {
    date(2026, 11, 20)
}

/// A date that exists.
pub(crate) fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Nothing was ever run.
pub(crate) fn no_runs() -> ChartData {
    from_runs(&[], 1)
}

/// A single run, yesterday.
pub(crate) fn one_run() -> ChartData {
    from_runs(&[(date(2026, 11, 19), 5_230)], 1)
}

/// So many weeks with four runs each, a long-run spike and a weekly jump in the last twelve.
pub(crate) fn history(weeks: u64) -> ChartData {
    let first = monday(as_of()) - Days::new((weeks - 1) * 7);
    let mut runs = Vec::new();
    for week in 0..weeks {
        let start = first + Days::new(week * 7);
        let cycle = if week % 4 == 3 { 70 } else { 100 + (week % 4) as i64 * 6 };
        let season = 80 + (week % 52).min(52 - week % 52) as i64 * 2;
        let ago = weeks - 1 - week;
        let jump = if ago == 9 { 150 } else { 100 };
        for (weekday, meters) in [(1, 7_400), (3, 9_100), (5, 5_600), (6, 14_200)] {
            let wobble = (week * 37 + weekday * 101) % 23;
            let spike = if weekday == 6 && ago == 4 { 135 } else { 100 };
            let meters = meters * cycle / 100 * season / 100 * jump / 100 * spike / 100;
            if wobble != 7 {
                runs.push((start + Days::new(weekday), meters + wobble as i64 * 61));
            }
        }
    }
    runs.retain(|(date, _)| *date <= as_of());
    ChartData { knee: Some(knee(weeks)), ..from_runs(&runs, weeks) }
}

/// An amber, a red and two green entries, the newest on the Tuesday before.
fn knee(weeks: u64) -> KneeChart {
    let first = monday(as_of()) - Days::new(7 * (weeks.min(16) - 1));
    let day = |ago: u64| (as_of() - Days::new(ago)).max(first);
    let lights = [(24, 3, Light::Amber), (19, 6, Light::Red), (9, 2, Light::Green), (3, 1, Light::Green)];
    let span = |from, to, state| KneeSpan { first: day(from), last: day(to), state };
    let limit = |ago: u64| match ago {
        17..19 => 0,
        19.. => 6_400,
        _ => 4_500,
    };
    let bar = |week: u64| MileageBar {
        start: first + Days::new(7 * week),
        next: first + Days::new(7 * week + 7),
        distance_m: 21_000 + 1_500 * (week % 4) as i64,
        longest_m: 9_000,
        complete: week + 1 < weeks.min(16),
        warnings: Vec::new(),
    };
    let mut states = vec![span(23, 19, State::Hold), span(18, 9, State::Back), span(8, 0, State::Ramp)];
    states.retain(|span| span.first < span.last);
    KneeChart {
        first,
        stands: words::state_name(State::Ramp),
        points: lights
            .map(|(ago, number, light)| KneePoint { date: day(ago), number: Some(number), light })
            .into(),
        states,
        limits: (0..24)
            .rev()
            .filter(|ago| as_of() - Days::new(*ago) >= first)
            .map(|ago| (day(ago), Some(limit(ago))))
            .collect(),
        weeks: (0..weeks.min(16)).map(bar).collect(),
    }
}

/// Charts data with the warnings that the rules would roughly raise.
pub(crate) fn from_runs(runs: &[(NaiveDate, i64)], weeks: u64) -> ChartData {
    let first = monday(as_of()) - Days::new((weeks - 1) * 7);
    let runs: Vec<_> = (0..runs.len()).map(|index| point(runs, index)).collect();
    let mut bars: Vec<MileageBar> = Vec::new();
    for week in 0..weeks {
        let bar = bar(first + Days::new(week * 7), &runs, &bars);
        bars.push(bar);
    }
    let days = first.iter_days().take_while(|day| *day <= as_of()).map(|date| DayCell {
        date,
        distance_m: runs.iter().filter(|run| run.date == date).map(|run| run.distance_m).sum(),
        others: [false; 5],
    });
    let days: Vec<DayCell> = days.collect();
    let step = Step::of_weeks(weeks as usize);
    let distances: Vec<_> = runs.iter().map(|run| (run.date, run.distance_m)).collect();
    let warned = runs.iter().filter(|run| run.warned).map(|run| (run.date, "long-run spike"));
    let warned: Vec<_> = warned.collect();
    ChartData {
        step,
        longer: if step == Step::Week {
            Vec::new()
        } else {
            periods::bars(step, (first, as_of()), Weekday::Mon, &distances, &warned)
        },
        years: periods::year_lines(days.iter().map(|day| (day.date, day.distance_m))),
        as_of: as_of(),
        units: UnitSystem::Kilometers,
        load: load(&days, &bars),
        cadence: cadence(&days),
        days,
        weeks: bars,
        runs,
        shoes: Vec::new(),
        unassigned_m: 0,
        unassigned: Vec::new(),
        no_distance: false,
        knee: None,
    }
}

/// A minute for every 180 m, three days off a week.
fn load(days: &[DayCell], weeks: &[MileageBar]) -> LoadChart {
    let minutes: Vec<f64> = days.iter().map(|day| day.distance_m as f64 / 180.0).collect();
    let averages = |days| Recursion::DRAWN.averages(days, 0.0, &minutes);
    let points = days.iter().zip(averages(7).into_iter().zip(averages(42))).enumerate();
    let week = |(n, week): (usize, &MileageBar)| LoadWeek {
        week_start: week.start,
        rest_days: Some(3),
        free_days: None,
        monotony: (week.complete && week.distance_m > 0).then_some(0.8 + (n % 7) as f64 / 5.0),
        complete: week.complete,
    };
    LoadChart {
        measure: "minutes".to_owned(),
        unit: "minutes".to_owned(),
        notes: vec!["1 of 9 runs left out".to_owned(), "days without a file count 0".to_owned()],
        days: points
            .map(|(n, (day, (acute, chronic)))| LoadPoint {
                date: day.date,
                acute,
                acute_with_others: acute,
                chronic,
                warming_up: n < 42,
            })
            .collect(),
        weeks: weeks.iter().enumerate().map(week).collect(),
    }
}

/// From 162 to 170 steps, up and down, in every month with a run.
fn cadence(days: &[DayCell]) -> CadenceChart {
    let mut months: Vec<CadencePoint> = Vec::new();
    for day in days.iter().filter(|day| day.distance_m > 0) {
        let first = Step::Month.start(day.date, Weekday::Mon);
        let spm = 162.0 + f64::from(first.month0() % 5) * 2.0;
        match months.last_mut().filter(|month| month.first == first) {
            Some(month) => month.runs += 1,
            None => months.push(CadencePoint { first, spm, runs: 1 }),
        }
    }
    let left_out = "2 on a treadmill".to_owned();
    CadenceChart { pace: "5:33–6:04 a km".to_owned(), left_out, months }
}

fn monday(date: NaiveDate) -> NaiveDate {
    date - Days::new(u64::from(date.weekday().num_days_from_monday()))
}

fn point(runs: &[(NaiveDate, i64)], index: usize) -> RunPoint {
    let (date, distance_m) = runs[index];
    let before = runs[..index].iter().filter(|(other, _)| (date - *other).num_days() <= 30);
    let longest = before.map(|(_, meters)| *meters).max();
    let known = (date - runs[0].0).num_days() >= 28;
    let ceiling_m = longest.filter(|_| known).map(|longest| longest * 11 / 10);
    let warned = ceiling_m.is_some_and(|ceiling| distance_m > ceiling);
    RunPoint { date, distance_m, ceiling_m, warned, silence: None }
}

fn bar(week_start: NaiveDate, runs: &[RunPoint], before: &[MileageBar]) -> MileageBar {
    let end = week_start + Days::new(7);
    let runs: Vec<_> = runs.iter().filter(|run| (week_start..end).contains(&run.date)).collect();
    let distance_m = runs.iter().map(|run| run.distance_m).sum();
    let best = before.iter().rev().take(4).map(|bar| bar.distance_m).max().unwrap_or(i64::MAX / 2);
    let mut warnings = Vec::new();
    if runs.iter().any(|run| run.warned) {
        warnings.push("long-run spike".to_owned());
    }
    if before.len() >= 4 && distance_m > best + best * 3 / 10 {
        warnings.push("weekly jump".to_owned());
    }
    MileageBar {
        start: week_start,
        next: end,
        distance_m,
        longest_m: runs.iter().map(|run| run.distance_m).max().unwrap_or_default(),
        complete: end <= as_of() + Days::new(1),
        warnings,
    }
}

/// A pair with a window in miles, worn for 40 weeks.
pub(crate) fn pair(name: &str, miles: i64, retired: bool) -> ShoeLife {
    let state = match miles {
        ..300 => "ok",
        300..=500 => "in its window",
        _ => "past its window",
    };
    let forecast = if miles < 300 { "reaches 300 mi about 14 Jan – 2 Feb" } else { "" };
    let last = if retired { as_of() - Days::new(60) } else { as_of() };
    let weeks = 40;
    let point =
        |week: i64| (last - Days::new((weeks - week).unsigned_abs() * 7), miles * 1_609 * week / weeks);
    ShoeLife {
        name: name.to_owned(),
        distance_m: miles * 1_609,
        window_start_m: 482_803,
        window_end_m: 804_672,
        window_label: "300–500 mi".to_owned(),
        distance_label: format!("{miles} mi"),
        state_label: state.to_owned(),
        retired: retired.then_some(last),
        forecast: if retired { String::new() } else { forecast.to_owned() },
        line: (0..=weeks).map(point).collect(),
        fan: (!retired && miles < 500).then(|| Fan {
            limit_m: 804_672,
            early: as_of() + Days::new(90),
            late: as_of() + Days::new(140),
        }),
    }
}

/// Pairs in every state.
pub(crate) fn pairs() -> Vec<ShoeLife> {
    vec![
        pair("Pegasus 40", 512, false),
        pair("Ghost 15", 221, false),
        pair("Speedgoat 5", 388, false),
        pair("Kinvara 13", 467, true),
    ]
}

/// The color of a pixel.
pub(crate) fn pixel(picture: &Picture, x: f64, y: f64) -> RGBColor {
    let at = (y as usize * picture.width as usize + x as usize) * 3;
    RGBColor(picture.rgb[at], picture.rgb[at + 1], picture.rgb[at + 2])
}

/// How many pixels have exactly this color.
pub(crate) fn count(picture: &Picture, color: RGBColor) -> usize {
    picture.rgb.chunks_exact(3).filter(|pixel| *pixel == [color.0, color.1, color.2]).count()
}
