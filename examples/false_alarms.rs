//! How often the rules fire on runners who change nothing: 400 invented ones, a year each, 3 to 6 runs a week.
//!
//! ```text
//! cargo run --release --example false_alarms
//! ```
//! Every runner expects the same each week for good: easy runs of 8 km, a long run of 14 km. A tenth of the runs is
//! missed; distances scatter lognormally (20 % easy, 15 % long, and the whole week by 10 %). Whatever fires, fires on
//! nothing. The seed is fixed: the same numbers come out every time.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a study, not the product")]

use std::collections::BTreeSet;

use std::process::ExitCode;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, Weekday};
use treadlight::{
    activity::{Activity, DistanceSource, Format, Sport},
    analysis::{
        Analysis, analyze,
        history::compare::{SpikeSize, SpikeState},
        rules::{self, Facts, acute_chronic, long_run_spike, step_stack, ten_percent, weekly_jump},
    },
    dates,
    settings::Settings,
    warning::{Rule, acute_chronic::AcuteChronicDefinition},
};

const RUNNERS: usize = 100;
/// Weeks before the year that is counted, so that every comparison has its history.
const WARM_UP_WEEKS: u64 = 8;
const WEEKS: u64 = 52;
const EASY_M: f64 = 8_000.0;
const LONG_M: f64 = 14_000.0;
const MISSED: f64 = 0.10;
const EASY_SCATTER: f64 = 0.20;
const LONG_SCATTER: f64 = 0.15;
const WEEK_SCATTER: f64 = 0.10;
/// Days of easy runs, Monday being 0; the long run is on Sunday.
const EASY_DAYS: [(usize, &[u64]); 4] =
    [(3, &[1, 3]), (4, &[1, 3, 5]), (5, &[1, 2, 3, 5]), (6, &[1, 2, 3, 4, 5])];

fn main() -> ExitCode {
    println!("Firing rates on 4 × {RUNNERS} runners without any trend, {WEEKS} weeks each\n");
    println!("{:<44}{:>8}{:>8}{:>8}{:>8}", "runs a week", 3, 4, 5, 6);
    let tallies: Vec<Tally> = EASY_DAYS.iter().map(|(runs, days)| tally(*runs, days)).collect();
    for row in ROWS {
        print!("{:<44}", row.name);
        for tally in &tallies {
            print!("{:>7.2}%", 100.0 * (row.count)(tally) / (row.of)(tally));
        }
        println!();
    }
    let misstated: Vec<String> = TOLD.iter().filter_map(|told| told.misstated(&tallies)).collect();
    println!(
        "\n{}",
        if misstated.is_empty() { "as treadlight tells it".to_owned() } else { misstated.join("\n") }
    );
    if misstated.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What treadlight tells of a rule's rate, and what it is.
struct Told {
    rule: &'static Rule,
    count: fn(&Tally) -> f64,
    of: fn(&Tally) -> f64,
}

const TOLD: &[Told] = &[
    Told { rule: &long_run_spike::RULE, count: |t| t.spikes, of: |t| t.runs },
    Told { rule: &weekly_jump::RULE, count: |t| t.notes + t.attentions, of: |t| t.weeks },
    Told { rule: &step_stack::RULE, count: |t| t.step_stacks, of: |t| t.runs },
    Told { rule: &ten_percent::RULE, count: |t| t.ten_percents, of: |t| t.weeks },
    Told { rule: &acute_chronic::RULE, count: |t| t.ratios[1], of: |t| t.weeks },
];

impl Told {
    /// The rate that treadlight tells if it is another one than that of the tallies, as many decimals given.
    fn misstated(&self, tallies: &[Tally]) -> Option<String> {
        let told = self.rule.base_rate.map_or("none", |rate| rate.of_100);
        let decimals = told.split('–').next()?.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let rates = tallies.iter().map(|tally| 100.0 * (self.count)(tally) / (self.of)(tally));
        let lowest = format!("{:.decimals$}", rates.clone().fold(f64::INFINITY, f64::min));
        let highest = format!("{:.decimals$}", rates.fold(0.0, f64::max));
        let counted = if lowest == highest { lowest } else { format!("{lowest}–{highest}") };
        (told != counted)
            .then(|| format!("{}: treadlight tells {told} of 100, here it is {counted}", self.rule.id))
    }
}

/// What is counted over all runners of one kind.
#[derive(Default)]
struct Tally {
    runs: f64,
    weeks: f64,
    spikes: f64,
    spikes_above_30: f64,
    weeks_with_spike: f64,
    spike_warnings: f64,
    step_stacks: f64,
    ten_percents: f64,
    notes: f64,
    attentions: f64,
    /// By definition: weeks with a day above 1.5, and messages.
    weeks_above_ratio: [f64; 3],
    ratios: [f64; 3],
    calendar_weeks_above_10: f64,
    calendar_weeks_above_30: f64,
}

struct Row {
    name: &'static str,
    count: fn(&Tally) -> f64,
    of: fn(&Tally) -> f64,
}

const ROWS: &[Row] = &[
    Row { name: "long-run spike, of runs", count: |t| t.spikes, of: |t| t.runs },
    Row { name: "long-run spike above 30 %, of runs", count: |t| t.spikes_above_30, of: |t| t.runs },
    Row { name: "long-run spike, of weeks", count: |t| t.weeks_with_spike, of: |t| t.weeks },
    Row { name: "long-run spike as warned, of weeks", count: |t| t.spike_warnings, of: |t| t.weeks },
    Row { name: "weekly jump NOTE, of weeks", count: |t| t.notes, of: |t| t.weeks },
    Row { name: "weekly jump ATTENTION, of weeks", count: |t| t.attentions, of: |t| t.weeks },
    Row { name: "step stack, of runs", count: |t| t.step_stacks, of: |t| t.runs },
    Row { name: "ten per cent as listed, of weeks", count: |t| t.ten_percents, of: |t| t.weeks },
    Row {
        name: "coupled ratio above 1.5 on a day, of weeks",
        count: |t| t.weeks_above_ratio[0],
        of: |t| t.weeks,
    },
    Row { name: "coupled ratio as listed, of weeks", count: |t| t.ratios[0], of: |t| t.weeks },
    Row {
        name: "uncoupled ratio above 1.5 on a day, of weeks",
        count: |t| t.weeks_above_ratio[1],
        of: |t| t.weeks,
    },
    Row { name: "uncoupled ratio as listed, of weeks", count: |t| t.ratios[1], of: |t| t.weeks },
    Row {
        name: "EWMA ratio above 1.5 on a day, of weeks",
        count: |t| t.weeks_above_ratio[2],
        of: |t| t.weeks,
    },
    Row { name: "EWMA ratio as listed, of weeks", count: |t| t.ratios[2], of: |t| t.weeks },
    Row {
        name: "calendar week above +10 %, of weeks",
        count: |t| t.calendar_weeks_above_10,
        of: |t| t.weeks,
    },
    Row {
        name: "calendar week above +30 %, of weeks",
        count: |t| t.calendar_weeks_above_30,
        of: |t| t.weeks,
    },
];

fn tally(runs_a_week: usize, easy_days: &[u64]) -> Tally {
    let mut tally = Tally::default();
    for runner in 0..RUNNERS {
        let mut chance = Chance(fastrand::Rng::with_seed((1_000 * runs_a_week + runner) as u64));
        let runs = history(&mut chance, easy_days);
        let as_of = dates::days_after(first_day(), 7 * (WARM_UP_WEEKS + WEEKS) - 1);
        let analysis = analyze(&runs, &[], &everything_on(), as_of).unwrap();
        count(&analysis, &mut tally);
    }
    tally
}

/// With the rules that are off by default.
fn everything_on() -> Settings {
    Settings { enabled_rules: rules::known(), ..Settings::default() }
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap()
}

/// The runs of one runner, by start.
fn history(chance: &mut Chance, easy_days: &[u64]) -> Vec<Activity> {
    let mut runs = Vec::new();
    for week in 0..WARM_UP_WEEKS + WEEKS {
        let of_week = chance.around_one(WEEK_SCATTER);
        let easy = easy_days.iter().map(|day| (*day, EASY_M, EASY_SCATTER));
        for (day, expected_m, scatter) in easy.chain([(6, LONG_M, LONG_SCATTER)]) {
            let distance_m = expected_m * of_week * chance.around_one(scatter);
            if !chance.happens(MISSED) {
                runs.push(run(first_day() + Days::new(7 * week + day), distance_m));
            }
        }
    }
    runs
}

fn run(date: NaiveDate, distance_m: f64) -> Activity {
    let start: DateTime<FixedOffset> = date.and_hms_opt(8, 0, 0).unwrap().and_utc().fixed_offset();
    Activity {
        id: start.format("%Y-%m-%dT%H:%M").to_string(),
        distance_m: Some(distance_m),
        distance_source: Some(DistanceSource::Session),
        moving_time_s: Some(distance_m / 3.0),
        ..Activity::new("invented", Format::Fit, Sport::running(), start)
    }
}

/// Adds the counted year of one runner.
fn count(analysis: &Analysis, tally: &mut Tally) {
    let from = dates::days_after(first_day(), 7 * WARM_UP_WEEKS);
    let compared = analysis.sessions.iter().zip(&analysis.comparisons).filter(|(s, _)| s.date >= from);
    let mut weeks_with_spike = BTreeSet::new();
    for (session, comparison) in compared {
        tally.runs += 1.0;
        if let SpikeState::Spike(size) = comparison.state {
            tally.spikes += 1.0;
            tally.spikes_above_30 += f64::from(u8::from(size > SpikeSize::Small));
            weeks_with_spike.insert(dates::week_start(session.date, Weekday::Mon));
        }
    }
    tally.weeks += WEEKS as f64;
    tally.weeks_with_spike += weeks_with_spike.len() as f64;
    for warning in analysis.warnings.iter().filter(|warning| warning.date >= from) {
        match &warning.facts {
            Facts::LongRunSpike(_) => tally.spike_warnings += 1.0,
            Facts::WeeklyJump(seen) if seen.attention => tally.attentions += 1.0,
            Facts::WeeklyJump(_) => tally.notes += 1.0,
            Facts::StepStack(_) => tally.step_stacks += 1.0,
            Facts::TenPercent(_) => tally.ten_percents += 1.0,
            _ => {}
        }
    }
    count_ratios(analysis, from, tally);
    for pair in analysis.weeks.windows(2).filter(|pair| pair[1].week_start >= from) {
        let above = |percent: i64| 100 * pair[1].distance_m > percent * pair[0].distance_m;
        tally.calendar_weeks_above_10 += f64::from(u8::from(above(110)));
        tally.calendar_weeks_above_30 += f64::from(u8::from(above(130)));
    }
}

/// Adds what `acute-chronic` would list by each definition, and the weeks behind it.
fn count_ratios(analysis: &Analysis, from: NaiveDate, tally: &mut Tally) {
    let loads = acute_chronic::loads(&analysis.days);
    for (i, definition) in AcuteChronicDefinition::ALL.into_iter().enumerate() {
        let above = analysis.days.iter().zip(&loads).filter(|(day, loads)| {
            day.date >= from && loads.is_some_and(|loads| definition.of(&loads).is_above())
        });
        let weeks: BTreeSet<NaiveDate> =
            above.map(|(day, _)| dates::week_start(day.date, Weekday::Mon)).collect();
        tally.weeks_above_ratio[i] += weeks.len() as f64;
        let listed = acute_chronic::warnings(&analysis.days, &analysis.sessions, definition);
        tally.ratios[i] += listed.iter().filter(|warning| warning.date >= from).count() as f64;
    }
}

/// Chance with a fixed seed.
struct Chance(fastrand::Rng);

impl Chance {
    fn happens(&mut self, share: f64) -> bool {
        self.0.f64() < share
    }

    /// A lognormal factor with mean 1 and this coefficient of variation.
    fn around_one(&mut self, variation: f64) -> f64 {
        let sigma = (1.0 + variation * variation).ln().sqrt();
        (sigma * self.normal() - sigma * sigma / 2.0).exp()
    }

    /// A standard normal number (Box and Muller).
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.0.f64()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.0.f64()).cos()
    }
}
