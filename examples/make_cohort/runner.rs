//! One invented runner: habits, growth, breaks, spikes, races, and injuries with an effect that is planted.

use std::collections::VecDeque;

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use fastrand::Rng;

/// An overuse injury follows so many of 1,000 ordinary runs …
const INJURIES_OF_1000_RUNS: f64 = 2.5;
/// … and so many times as many runs longer than 1.1 times the longest of the 30 days before: the planted effect.
const SPIKE_RATIO: f64 = 1.64;
/// Falls and the like follow so many of 1,000 runs, whatever their length.
const ACCIDENTS_OF_1000_RUNS: f64 = 0.3;

/// A Monday; every runner begins within two years of it.
const FIRST_DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2020, 1, 6);
const WEEKS_TO_BEGIN_IN: u64 = 104;
/// Days of easy runs by the number of runs a week, Monday being 0; the long run is on Sunday.
const EASY_DAYS: [&[u64]; 5] = [&[2], &[1, 3], &[1, 3, 5], &[1, 2, 3, 5], &[0, 1, 2, 3, 5]];
const SUNDAY: u64 = 6;

/// What a session was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sport {
    Running,
    Trail,
    Cycling,
}

impl Sport {
    /// As tables write it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Trail => "trail running",
            Self::Cycling => "cycling",
        }
    }
}

/// A row of the table, a file of the folder; a distance of 0 is a day that was looked at without a run.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) start: NaiveDateTime,
    pub(crate) distance_m: i64,
    pub(crate) duration_s: i64,
    pub(crate) sport: Sport,
    pub(crate) race: bool,
    pub(crate) treadmill: bool,
}

/// A row of the injuries.
#[derive(Clone, Debug)]
pub(crate) struct Injury {
    pub(crate) date: NaiveDate,
    pub(crate) recovered: NaiveDate,
    pub(crate) kind: &'static str,
    pub(crate) site: &'static str,
}

/// One runner with all sessions, oldest first.
#[derive(Clone, Debug)]
pub(crate) struct Runner {
    pub(crate) id: String,
    pub(crate) sessions: Vec<Session>,
    pub(crate) injuries: Vec<Injury>,
}

/// How many sessions each runner has.
pub(crate) enum Lengths {
    /// Every one the same.
    Equal(u64),
    /// Few or many, and in the sum exactly what was asked for.
    Shared { rows: u64, weights: u64, before: u64, seed: u64 },
}

impl Lengths {
    pub(crate) fn equal(runs: u64) -> Self {
        Self::Equal(runs)
    }

    pub(crate) fn shared(runners: u64, rows: u64, seed: u64) -> Self {
        let weights = (0..runners).map(|number| Habits::of(&mut chance(seed, number)).weight()).sum();
        Self::Shared { rows, weights, before: 0, seed }
    }

    /// Of the runner that comes next.
    pub(crate) fn next(&mut self, number: u64) -> u64 {
        match self {
            Self::Equal(runs) => *runs,
            Self::Shared { rows, weights, before, seed } => {
                let share =
                    |weight: u64| (u128::from(*rows) * u128::from(weight) / u128::from(*weights)) as u64;
                let begun = share(*before);
                *before += Habits::of(&mut chance(*seed, number)).weight();
                share(*before) - begun
            }
        }
    }
}

/// A stream of chance for every runner: who runs does not depend on how many do.
fn chance(seed: u64, number: u64) -> Rng {
    Rng::with_seed(seed.wrapping_mul(0xD134_2543_DE82_EF95) ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

fn happens(rng: &mut Rng, probability: f64) -> bool {
    rng.f64() < probability
}

/// Evenly from `low` to `high`.
fn between(rng: &mut Rng, low: f64, high: f64) -> f64 {
    low + (high - low) * rng.f64()
}

/// About normal, from −3 to 3: no function of a library of mathematics, whose last bit differs between machines.
fn scatter(rng: &mut Rng) -> f64 {
    let sum: f64 = (0..12).map(|_| rng.f64()).sum();
    (sum - 6.0).clamp(-3.0, 3.0)
}

/// What does not change about a runner.
struct Habits {
    easy_days: &'static [u64],
    weeks: u64,
    easy_m: f64,
    long_times: f64,
    s_per_km: f64,
    on_trails: bool,
    begins_in_week: u64,
}

impl Habits {
    fn of(rng: &mut Rng) -> Self {
        Self {
            easy_days: EASY_DAYS[rng.usize(..EASY_DAYS.len())],
            weeks: rng.u64(8..=60),
            easy_m: between(rng, 4_500.0, 11_500.0),
            long_times: between(rng, 1.3, 2.1),
            s_per_km: between(rng, 290.0, 400.0),
            on_trails: happens(rng, 0.1),
            begins_in_week: rng.u64(..WEEKS_TO_BEGIN_IN),
        }
    }

    fn weight(&self) -> u64 {
        (self.easy_days.len() as u64 + 1) * self.weeks
    }
}

impl Runner {
    /// The runner of this number with exactly so many sessions.
    pub(crate) fn invent(seed: u64, number: u64, sessions: u64) -> Self {
        let mut rng = chance(seed, number);
        let habits = Habits::of(&mut rng);
        let mut life = Life::new(habits, rng, sessions as usize);
        while life.sessions.len() < life.most {
            life.week();
        }
        Self { id: format!("r{number:06}"), sessions: life.sessions, injuries: life.injuries }
    }
}

/// A runner's weeks as they go by.
struct Life {
    habits: Habits,
    rng: Rng,
    most: usize,
    monday: NaiveDate,
    week: u64,
    /// How much of the habitual distance it is at present.
    form: f64,
    injured_until: Option<NaiveDate>,
    /// Runs of the last 30 days.
    recent: VecDeque<(NaiveDate, i64)>,
    sessions: Vec<Session>,
    injuries: Vec<Injury>,
}

impl Life {
    fn new(habits: Habits, rng: Rng, most: usize) -> Self {
        let monday = FIRST_DAY.unwrap_or_default() + Days::new(7 * habits.begins_in_week);
        Self {
            habits,
            rng,
            most,
            monday,
            week: 0,
            form: 1.0,
            injured_until: None,
            recent: VecDeque::new(),
            sessions: Vec::with_capacity(most),
            injuries: Vec::new(),
        }
    }

    /// One week: off, or easy runs and a long one.
    fn week(&mut self) {
        if happens(&mut self.rng, 0.03) {
            let off = self.rng.u64(1..=4);
            self.form *= if off > 1 { 0.75 } else { 0.95 };
            self.monday = self.monday + Days::new(7 * off);
            self.week = 0;
        }
        let is_light = self.week % 4 == 3;
        let level = self.form * if is_light { 0.75 } else { 1.0 } * (1.0 + 0.08 * scatter(&mut self.rng));
        for day in self.habits.easy_days {
            if !happens(&mut self.rng, 0.1) {
                self.easy(self.monday + Days::new(*day), level);
            }
        }
        self.long(self.monday + Days::new(SUNDAY), level);
        self.form = (self.form * if is_light { 1.0 } else { 1.02 }).clamp(0.5, 1.6);
        self.monday = self.monday + Days::new(7);
        self.week += 1;
    }

    fn easy(&mut self, date: NaiveDate, level: f64) {
        let meters = self.habits.easy_m * level * (1.0 + 0.2 * scatter(&mut self.rng));
        let sport = if happens(&mut self.rng, 0.01) { Sport::Cycling } else { Sport::Running };
        let treadmill = sport == Sport::Running && happens(&mut self.rng, 0.04);
        let nothing = happens(&mut self.rng, 0.002);
        self.add(date, if nothing { 0.0 } else { meters.max(1_500.0) }, sport, false, treadmill);
        // a second run of the same day
        if happens(&mut self.rng, 0.01) {
            self.add(date, (meters / 2.0).max(1_500.0), Sport::Running, false, false);
        }
    }

    fn long(&mut self, date: NaiveDate, level: f64) {
        let usual =
            self.habits.easy_m * self.habits.long_times * level * (1.0 + 0.12 * scatter(&mut self.rng));
        let race = happens(&mut self.rng, 0.02);
        let spike = race || happens(&mut self.rng, 0.04);
        let times = if spike { between(&mut self.rng, 1.15, 2.3) } else { 1.0 };
        let sport = if self.habits.on_trails { Sport::Trail } else { Sport::Running };
        self.add(date, (usual * times).clamp(2_000.0, 60_000.0), sport, race, false);
    }

    fn add(&mut self, date: NaiveDate, meters: f64, sport: Sport, race: bool, treadmill: bool) {
        let is_injured = self.injured_until.is_some_and(|until| date < until);
        if is_injured || self.sessions.len() == self.most {
            return;
        }
        let second = self.sessions.last().is_some_and(|last| last.start.date() == date);
        let hour = if second { 18 } else { self.rng.i64(6..=9) };
        let after_midnight = TimeDelta::minutes(60 * hour + self.rng.i64(0..60));
        let pace = self.habits.s_per_km * (1.0 + 0.05 * scatter(&mut self.rng));
        let pace = if sport == Sport::Cycling { pace / 2.5 } else { pace };
        let distance_m = meters.round() as i64;
        let start = date.and_hms_opt(0, 0, 0).unwrap_or_default() + after_midnight;
        let duration_s = (distance_m as f64 / 1_000.0 * pace).round() as i64;
        self.sessions.push(Session { start, distance_m, duration_s, sport, race, treadmill });
        if sport != Sport::Cycling && distance_m > 0 {
            self.body(date, distance_m);
        }
    }

    /// What a run does to the body.
    fn body(&mut self, date: NaiveDate, distance_m: i64) {
        while self.recent.front().is_some_and(|(day, _)| (date - *day).num_days() > 30) {
            self.recent.pop_front();
        }
        let longest = self.recent.iter().map(|(_, meters)| *meters).max();
        let is_spike = longest.is_some_and(|longest| 10 * distance_m > 11 * longest);
        self.recent.push_back((date, distance_m));
        let overuse = INJURIES_OF_1000_RUNS / 1_000.0 * if is_spike { SPIKE_RATIO } else { 1.0 };
        let overuse = happens(&mut self.rng, overuse);
        let accident = happens(&mut self.rng, ACCIDENTS_OF_1000_RUNS / 1_000.0);
        if overuse || accident {
            let felt = date + Days::new(self.rng.u64(..=2));
            let recovered = felt + Days::new(self.rng.u64(7..=49));
            let site = ["knee", "shin", "achilles", "foot", "hip"][self.rng.usize(..5)];
            let kind = if overuse { "overuse" } else { "acute" };
            self.injuries.push(Injury { date: felt, recovered, kind, site });
            self.injured_until = Some(recovered);
            self.form = (self.form * 0.7).max(0.5);
        }
    }
}
