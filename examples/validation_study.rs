//! Whether the rate ratio within runners says what is true: groups of 1,000 invented runners whose injuries follow a rule that
//! is known, counted as `cohort --injuries` counts them.
//!
//! ```text
//! cargo run --release --example validation_study            # 40 groups a world, less than a minute
//! cargo run --release --example validation_study -- --studies 120
//! ```
//! Each runner runs the same week for 18 months, two to six runs with a long one; distances scatter, runs are missed. An
//! injury comes with a run, a kilometre or a day (the world), and 1.00 or 1.64 times as readily within seven days after an
//! alarm of `long-run-spike`. Spikes, alarms, counts and ratios are the library's own. Three things must hold, or it fails:
//!
//! - on the world's own scale the median ratio is the true one, and with nothing true, injuries by the kilometre and the
//!   exposure "this run was a spike" the median ratio a run is 1.79: long runs are more kilometres, and a ratio of the size of
//!   the primary rule's study comes from nothing. Each within four standard errors of a median: 1.25 times those of one group,
//!   as its interval has them, by the root of the number of groups (of 40 groups 10 % and 25 %);
//! - the interval by formula holds the true ratio in at least 95 % of the groups, less three standard errors;
//! - where nothing is true, chance (`p_null` ≤ 0.05 on the own scale) is ruled out wrongly in at most 5 %, and three more.
//!
//! The seed is fixed: the same numbers come out every time.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a study, not the product")]

use std::process::ExitCode;

use chrono::NaiveDate;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use treadlight::{
    analysis::{
        history::{compare::compare, sessions::Session},
        rules::long_run_spike,
    },
    dates,
    validation::{
        Alarms, FollowUp, Injury, Run, RunnerCounts, Scale, ValidationRow, WINDOW_DAYS, from_analysis,
        of_runner, ratio::Z_95, table,
    },
    warning::thresholds::Thresholds,
};

const RUNNERS: usize = 1_000;
const STUDIES: u64 = 40;
const WEEKS: u64 = 78;
/// Share of the runners who report an injury, about.
const INJURED: f64 = 0.35;
const MISSED: f64 = 0.10;
/// What the study of the primary rule found for its first band.
const TRUE_RATIO: f64 = 1.64;
/// The ratio a run of "this run was a spike" where nothing is true.
const ARTEFACT: f64 = 1.79;
/// Tuesday, Thursday, Saturday, Wednesday, Friday: days of easy runs; the long run is on Sunday.
const EASY_DAYS: [u64; 5] = [1, 3, 5, 2, 4];

/// What an injury comes with, and how much more readily after an alarm.
#[derive(Clone, Copy)]
struct World {
    by: Scale,
    ratio: f64,
}

const WORLDS: [World; 6] = [
    World { by: Scale::Run, ratio: 1.0 },
    World { by: Scale::Run, ratio: TRUE_RATIO },
    World { by: Scale::Km, ratio: 1.0 },
    World { by: Scale::Km, ratio: TRUE_RATIO },
    World { by: Scale::Day, ratio: 1.0 },
    World { by: Scale::Day, ratio: TRUE_RATIO },
];

/// A runner without injuries yet.
struct Runner {
    runs: Vec<Run>,
    alarms: [Alarms; 1],
    /// For each day from the first on, the metres run, and whether an alarm lies in the seven days up to it.
    days: Vec<(Vec<i64>, bool)>,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let studies = match (arguments.next().as_deref(), arguments.next()) {
        (None, _) => STUDIES,
        (Some("--studies"), Some(number)) => number.parse().unwrap(),
        _ => {
            println!("write --studies and a number, or nothing");
            return ExitCode::from(2);
        }
    };
    let all: Vec<Vec<Vec<ValidationRow>>> = (0..studies).into_par_iter().map(study).collect();
    println!("Median rate ratio of {studies} groups of {RUNNERS} runners a world\n");
    println!(
        "an injury comes by       true   within 7 days of an alarm     this run was a spike     p ≤ 0.05  covered  injured"
    );
    println!(
        "                                a run    a km    a day       a run    a km    a day    on the own scale"
    );
    let mut failures = Vec::new();
    for (at, world) in WORLDS.into_iter().enumerate() {
        let studies: Vec<_> = all.iter().map(|worlds| &worlds[at]).collect();
        let told = Told { world, studies: &studies };
        told.print();
        failures.extend(told.failures());
    }
    println!("\n{}", if failures.is_empty() { "as it should be".to_owned() } else { failures.join("\n") });
    if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The tables of one group of runners, in each of the worlds.
fn study(seed: u64) -> Vec<Vec<ValidationRow>> {
    let mut chance = Chance(fastrand::Rng::with_seed(1_000_003 * (seed + 1)));
    let runners: Vec<Runner> = (0..RUNNERS).map(|_| runner(&mut chance)).collect();
    let in_world = |world: &World| {
        let base = base_hazard(&runners, *world);
        let counts: Vec<RunnerCounts> =
            runners.iter().map(|runner| counts(runner, injury(runner, *world, base, &mut chance))).collect();
        table(counts)
    };
    WORLDS.iter().map(in_world).collect()
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap()
}

fn last_day() -> NaiveDate {
    dates::days_after(first_day(), 7 * WEEKS - 1)
}

/// A runner who expects the same week for 18 months.
fn runner(chance: &mut Chance) -> Runner {
    let easy_m = 7_500.0 * chance.around_one(0.30);
    let long_m = easy_m * 1.40 * chance.around_one(0.20);
    let easy_days = chance.0.usize(1..=EASY_DAYS.len());
    let mut sessions = Vec::new();
    for week in 0..WEEKS {
        let of_week = chance.around_one(0.12);
        let mut days: Vec<u64> = EASY_DAYS[..easy_days].to_vec();
        days.sort_unstable();
        for (day, expected_m) in days.into_iter().map(|day| (day, easy_m)).chain([(6, long_m)]) {
            let distance_m = expected_m * of_week * chance.around_one(0.20);
            if !chance.happens(MISSED) {
                let date = dates::days_after(first_day(), 7 * week + day);
                sessions.push(Session::new(String::new(), date, distance_m.round() as i64));
            }
        }
    }
    let comparisons = compare(&sessions, first_day());
    let warnings = long_run_spike::warnings(&sessions, &comparisons, Thresholds::default());
    let alarms: Vec<NaiveDate> = warnings.iter().map(|warning| warning.date).collect();
    let mut days: Vec<(Vec<i64>, bool)> = vec![(Vec::new(), false); 7 * WEEKS as usize];
    let place = |date: NaiveDate| (date - first_day()).num_days() as usize;
    sessions.iter().for_each(|session| days[place(session.date)].0.push(session.distance_m));
    for alarm in &alarms {
        days.iter_mut().skip(place(*alarm)).take(WINDOW_DAYS as usize).for_each(|day| day.1 = true);
    }
    Runner {
        runs: from_analysis::runs(&sessions, &comparisons),
        alarms: [Alarms { rule: long_run_spike::RULE.id, dates: alarms }],
        days,
    }
}

/// What one day brings in a world, in its own unit: nothing before the rules can speak.
fn exposure(world: World, (metres, is_alarmed): &(Vec<i64>, bool), run: Option<i64>) -> f64 {
    let amount = match (world.by, run) {
        (Scale::Run, Some(_)) => 1.0,
        (Scale::Km, Some(metres)) => metres as f64 / 1_000.0,
        (Scale::Day, None) => 1.0,
        (Scale::Run, None) => metres.len() as f64,
        (Scale::Km, None) => metres.iter().sum::<i64>() as f64 / 1_000.0,
        (Scale::Day, Some(_)) => 0.0,
    };
    amount * if *is_alarmed { world.ratio } else { 1.0 }
}

/// So much a unit that about [`INJURED`] of the runners are injured.
fn base_hazard(runners: &[Runner], world: World) -> f64 {
    let all: f64 = runners.iter().flat_map(|runner| &runner.days).map(|day| exposure(world, day, None)).sum();
    -(1.0 - INJURED).ln() / (all / runners.len() as f64)
}

/// The first injury of a runner, if one comes.
fn injury(runner: &Runner, world: World, base: f64, chance: &mut Chance) -> Option<Injury> {
    let comes = |day: &(Vec<i64>, bool), chance: &mut Chance| match world.by {
        Scale::Day => chance.happens(1.0 - (-base * exposure(world, day, None)).exp()),
        _ => day
            .0
            .iter()
            .any(|metres| chance.happens(1.0 - (-base * exposure(world, day, Some(*metres))).exp())),
    };
    let at = runner.days.iter().position(|day| comes(day, chance))?;
    Some(Injury { date: dates::days_after(first_day(), at as u64), recovered: None, overuse: true })
}

fn counts(runner: &Runner, injury: Option<Injury>) -> RunnerCounts {
    of_runner(&FollowUp {
        h0: first_day(),
        last: last_day(),
        runs: &runner.runs,
        alarms: &runner.alarms,
        injuries: injury.as_slice(),
    })
}

/// One world in all groups.
struct Told<'a> {
    world: World,
    studies: &'a [&'a Vec<ValidationRow>],
}

impl Told<'_> {
    fn rows(&self, window_d: u64, scale: Scale) -> Vec<&ValidationRow> {
        let is_wanted = |row: &&ValidationRow| u64::from(row.window_d) == window_d && row.scale == scale;
        self.studies.iter().filter_map(|rows| rows.iter().find(is_wanted)).collect()
    }

    fn median(&self, window_d: u64, scale: Scale) -> f64 {
        median(
            self.rows(window_d, scale).iter().filter_map(|row| row.rr).map(|(ratio, _, _)| ratio).collect(),
        )
    }

    /// Share of the groups of which something holds on the world's own scale.
    fn share(&self, holds: impl Fn(&ValidationRow) -> bool) -> f64 {
        let own = self.rows(WINDOW_DAYS, self.world.by);
        own.iter().filter(|row| holds(row)).count() as f64 / own.len() as f64
    }

    fn rejected(&self) -> f64 {
        self.share(|row| row.p_null.is_some_and(|p| p <= 0.05))
    }

    fn covered(&self) -> f64 {
        self.share(|row| row.rr.is_some_and(|(_, low, high)| (low..=high).contains(&self.world.ratio)))
    }

    fn print(&self) {
        let own = self.rows(WINDOW_DAYS, self.world.by);
        let injured = own.iter().map(|row| f64::from(row.rr_injuries)).sum::<f64>() / own.len() as f64;
        let medians =
            |window_d| Scale::ALL.map(|scale| format!("{:>8.2}", self.median(window_d, scale))).concat();
        println!(
            "{:<22}{:>7.2}{}    {}{:>13.2}{:>9.2}{injured:>9.0}",
            self.world.by.name(),
            self.world.ratio,
            medians(WINDOW_DAYS),
            medians(0),
            self.rejected(),
            self.covered(),
        );
    }

    /// What should not be.
    fn failures(&self) -> Vec<String> {
        let World { by, ratio } = self.world;
        let mut failures = vec![self.off(WINDOW_DAYS, by, ratio)];
        if by == Scale::Km && ratio == 1.0 {
            failures.push(self.off(0, Scale::Run, ARTEFACT));
        }
        let groups = self.studies.len() as f64;
        let three_errors = 3.0 * (0.05 * 0.95 / groups).sqrt();
        if self.covered() < 0.95 - three_errors {
            failures.push(Some(format!(
                "the interval holds the true ratio in {:.2} of the groups",
                self.covered()
            )));
        }
        if ratio == 1.0 && self.rejected() > 0.05 + three_errors {
            failures
                .push(Some(format!("chance is ruled out wrongly in {:.2} of the groups", self.rejected())));
        }
        let named = |failure| format!("injuries by {}, true {ratio:.2}: {failure}", by.name());
        failures.into_iter().flatten().map(named).collect()
    }

    /// Where a median lies too far from what it should be.
    fn off(&self, window_d: u64, scale: Scale, expected: f64) -> Option<String> {
        let rows = self.rows(window_d, scale);
        let errors: Vec<f64> = rows
            .iter()
            .filter_map(|row| row.rr)
            .map(|(_, low, high)| (high / low).ln() / (2.0 * Z_95))
            .collect();
        let of_one = errors.iter().sum::<f64>() / errors.len() as f64;
        let error = 1.25 * of_one / (errors.len() as f64).sqrt();
        let seen = self.median(window_d, scale);
        ((seen / expected).ln().abs() > 4.0 * error || seen.is_nan()).then(|| {
            format!(
                "the median ratio a {}, {window_d} days, is {seen:.2}, not {expected:.2} (standard error {:.0} %)",
                scale.name(),
                100.0 * error
            )
        })
    }
}

fn median(mut ratios: Vec<f64>) -> f64 {
    ratios.sort_unstable_by(f64::total_cmp);
    if ratios.is_empty() {
        f64::NAN
    } else {
        (ratios[(ratios.len() - 1) / 2] + ratios[ratios.len() / 2]) / 2.0
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
