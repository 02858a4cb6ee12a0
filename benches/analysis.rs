//! Tables, rules and a chart over histories of 10, 1,000 and 100,000 runs.

#![allow(clippy::unwrap_used, reason = "a benchmark of our own data")]

use chrono::{DateTime, Duration};
use divan::{Bencher, black_box, counter::ItemsCount};
use treadlight::{
    activity::{Activity, DistanceSource, Format, Sport},
    analysis::analyze,
    report::charts::{self, Chart, prepare},
    settings::Settings,
    units::UnitSystem,
};

fn main() {
    divan::main();
}

/// So many runs, four a week (ten a day from 20,000 on, or history would reach back to the Stone Age).
fn runs(count: usize) -> Vec<Activity> {
    let hours_between = if count > 20_000 { 2 } else { 42 };
    let first = DateTime::parse_from_rfc3339("2000-01-03T08:00:00+01:00").unwrap();
    (0..count)
        .map(|i| {
            let start = first + Duration::hours(hours_between * i64::try_from(i).unwrap());
            let distance_m = 5_000.0 + 1_000.0 * f64::from(u32::try_from(i % 11).unwrap());
            let time_s = Some(distance_m / 3.0);
            Activity {
                id: start.format("%Y-%m-%dT%H:%M").to_string(),
                distance_m: Some(distance_m),
                distance_source: Some(DistanceSource::Session),
                timer_time_s: time_s,
                moving_time_s: time_s,
                elapsed_time_s: time_s,
                ascent_m: Some(50.0),
                descent_m: Some(50.0),
                average_heart_rate_bpm: Some(140.0),
                max_heart_rate_bpm: Some(160.0),
                average_cadence_spm: Some(164.0),
                ..Activity::new(format!("{i:06}.fit"), Format::Fit, Sport::running(), start)
            }
        })
        .collect()
}

#[divan::bench(args = [10, 1_000, 100_000], sample_count = 20)]
fn tables_and_rules(bencher: Bencher<'_, '_>, count: usize) {
    let runs = runs(count);
    let as_of = runs.last().unwrap().local_date();
    bencher
        .counter(ItemsCount::new(count))
        .bench(|| analyze(black_box(&runs), &[], &Settings::default(), as_of).unwrap());
}

#[divan::bench(args = [52, 520], sample_count = 20)]
fn weekly_mileage_chart_of_weeks(bencher: Bencher<'_, '_>, weeks: usize) {
    let runs = runs(4 * weeks);
    let analysis = analyze(&runs, &[], &Settings::default(), runs.last().unwrap().local_date()).unwrap();
    let data = prepare::chart_data(&runs, &analysis, UnitSystem::Kilometers, None);
    bencher.bench(|| charts::draw(Chart::WeeklyMileage, black_box(&data)).unwrap().to_png().unwrap());
}
