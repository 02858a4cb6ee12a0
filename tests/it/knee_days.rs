//! From written lines to every limit of every day: the diary never raises one, a worse line never does, and what is written
//! or run later changes nothing of an earlier day.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use treadlight::{
    activity::{Activity, Format, Sport},
    analysis::{Analysis, analyze, plan::check_plan},
    knee::{Knee, phone_rows, row::Run},
    plan::PlannedRun,
    settings::Settings,
    warning::Body,
};

const HISTORIES: u64 = 250;
const DAYS: u64 = 75;

fn first_day() -> NaiveDate {
    "2026-01-05".parse().unwrap()
}

fn run(date: NaiveDate, distance_m: i64) -> Activity {
    let start = date.and_hms_opt(7, 0, 0).unwrap().and_utc().fixed_offset();
    Activity {
        id: format!("{date}T07:00"),
        distance_m: Some(distance_m as f64),
        ..Activity::new(format!("{date}.fit"), Format::Fit, Sport::running(), start)
    }
}

/// A line of the diary: its day, four numbers or the worst of a day, words behind them.
#[derive(Clone, Debug)]
struct Line {
    date: NaiveDate,
    spot: &'static str,
    numbers: [u8; 4],
    of_a_day: bool,
    words: String,
}

impl Line {
    fn random(date: NaiveDate, ran: bool, random: &mut fastrand::Rng) -> Self {
        let number = |random: &mut fastrand::Rng| *random.choice(&[0, 0, 0, 1, 2, 3, 4, 6]).unwrap();
        let words = ["", "", "", "", "", "", "swelling", "night", "limp", "painkiller", "swolen"];
        Self {
            date,
            spot: random.choice(&["front left", "front left", "outer both", "below right"]).unwrap(),
            numbers: std::array::from_fn(|_| number(random)),
            of_a_day: !ran,
            words: (*random.choice(&words).unwrap()).to_owned(),
        }
    }

    fn text(&self) -> String {
        let [before, during, after, morning] = self.numbers;
        let numbers = if self.of_a_day {
            format!("worst {during}")
        } else {
            format!("{before}/{during}/{after}/{morning}")
        };
        format!("{} {} {numbers} {}\n", self.date, self.spot, self.words)
    }
}

/// Runs on about every second day, two thirds of them in the diary.
fn history(seed: u64) -> (Vec<Activity>, Vec<Line>, fastrand::Rng) {
    let mut random = fastrand::Rng::with_seed(seed);
    let (mut runs, mut lines) = (Vec::new(), Vec::new());
    let begin = random.u64(30..60);
    for day in 0..DAYS {
        let date = first_day() + Days::new(day);
        let ran = random.f64() < 0.5;
        if ran {
            runs.push(run(date, random.i64(3_000..12_000)));
        }
        if day >= begin && random.f64() < if ran { 0.7 } else { 0.1 } {
            lines.push(Line::random(date, ran, &mut random));
        }
    }
    (runs, lines, random)
}

fn knee_of(text: &str, runs: &[Activity], as_of: NaiveDate) -> Option<Knee> {
    let (rows, problems) = phone_rows::of_file(text, "knee.txt", "2026-12-31".parse().unwrap());
    let runs = runs.iter().filter(|run| run.local_date() <= as_of).map(|run| Run {
        id: run.id.clone(),
        start: run.start.naive_local(),
        metres: run.whole_meters(),
        running_s: None,
    });
    Knee::of(rows, problems, runs.collect(), as_of, None)
}

fn text(lines: &[Line]) -> String {
    lines.iter().fold(String::new(), |mut text, line| {
        let _ = write!(text, "{}", line.text());
        text
    })
}

fn known(runs: &[Activity], as_of: NaiveDate) -> Vec<Activity> {
    runs.iter().filter(|run| run.local_date() <= as_of).cloned().collect()
}

fn analysis(runs: &[Activity], diary: &str, as_of: NaiveDate) -> Analysis {
    let runs = known(runs, as_of);
    let mut analysis = analyze(&runs, &[], &Settings::default(), as_of).unwrap();
    analysis.take_knee(knee_of(diary, &runs, as_of));
    analysis
}

/// A limit as it binds: no distance is less than any number; where the load says nothing, nothing binds.
fn binding(most_m: Option<i64>, held: bool) -> i64 {
    most_m.unwrap_or(if held { -1 } else { i64::MAX })
}

fn asked(random: &mut fastrand::Rng) -> NaiveDate {
    first_day() + Days::new(random.u64(40..DAYS + 10))
}

#[test]
fn the_diary_raises_no_limit_of_any_day_and_no_warnings_number() {
    for seed in 0..HISTORIES {
        let (runs, lines, mut random) = history(seed);
        let as_of = asked(&mut random);
        let (load, both) = (analysis(&runs, "", as_of), analysis(&runs, &text(&lines), as_of));
        let (before, after) = (&load.limits, &both.limits);
        let is_held = after.body.is_some();
        let name = format!("seed {seed}, {as_of}: {before:?}\n{after:?}");
        assert!(binding(after.next_run_m, is_held) <= binding(before.next_run_m, false), "{name}");
        assert!(binding(after.next_7_days_m, is_held) <= binding(before.next_7_days_m, false), "{name}");
        for date in after.date.iter_days().take(61) {
            let most_m = |analysis: &Analysis| {
                let step = analysis.limits.steps.iter().rev().find(|step| step.from <= date).unwrap();
                step.most_m
            };
            let (most_before, most_after) = (most_m(&load), most_m(&both));
            assert!(
                most_after.is_none() || most_after <= most_before || most_before.is_none(),
                "{date} {name}"
            );
        }
        for (one, other) in load.warnings.iter().zip(&both.warnings) {
            let most =
                |warning: &treadlight::analysis::rules::Warning| warning.cap().map(|(most_m, _)| most_m);
            let (one, other) = (most(one), most(other));
            assert!(other.is_none() || one.is_none() || other <= one, "{name}");
        }
    }
}

#[test]
fn a_plan_asks_the_diary_for_each_of_its_days() {
    for seed in 0..HISTORIES {
        let (runs, lines, mut random) = history(seed);
        let as_of = asked(&mut random);
        let (load, both) = (analysis(&runs, "", as_of), analysis(&runs, &text(&lines), as_of));
        let mut plan: Vec<PlannedRun> = (0..6)
            .map(|line| PlannedRun {
                date: both.limits.date + Days::new(3 * line + random.u64(0..3)),
                distance_m: random.i64(1_000..9_000),
                line,
            })
            .collect();
        plan.sort_by_key(|run| run.date);
        let known = known(&runs, as_of);
        let check =
            |analysis: &Analysis| check_plan(analysis, &known, &[], &Settings::default(), &plan).unwrap();
        let is_plan = both.knee_limit().is_some_and(|(_, limit)| limit.state.word() == "plan");
        for (before, after) in check(&load).runs.iter().zip(&check(&both).runs) {
            let name = format!("seed {seed}, {as_of}: {before:?}\n{after:?}");
            assert!(is_plan || !before.fit.is_over() || after.fit.is_over(), "{name}");
            assert!(
                after.fit.limit_m.is_none() || after.fit.limit_m <= before.fit.limit_m.or(Some(i64::MAX))
            );
            if let (Some(first), true) = (both.limits.not_before, after.fit.is_over()) {
                assert!(after.fit.fits_from.is_none_or(|date| date >= first), "{name}");
            }
            if both.limits.body == Some(Body::NoRun) && after.run.date <= both.limits.date {
                assert!(after.fit.is_over_run && after.fit.nearest_m.is_none(), "{name}");
            }
        }
        // exactly NEXT on its first day is within it, 100 m more is not
        let (limits, first) = (&both.limits, both.limits.not_before.unwrap_or(both.limits.date));
        let of_first = limits.steps.iter().rev().find(|step| step.from <= first).and_then(|step| step.most_m);
        if let Some(most_m) = of_first.filter(|most_m| *most_m > 0 && limits.next_run_m.is_some()) {
            for (distance_m, is_over) in [(most_m, false), (most_m + 100, true)] {
                let planned = [PlannedRun { date: first, distance_m, line: 2 }];
                let check = check_plan(&both, &known, &[], &Settings::default(), &planned).unwrap();
                assert_eq!(check.runs[0].fit.is_over_run, is_over, "seed {seed}, {as_of}: {limits:?}");
            }
        }
    }
}

#[test]
fn what_is_written_or_run_later_changes_nothing_earlier_and_a_morning_counts_from_its_own_day() {
    for seed in 0..HISTORIES {
        let (runs, lines, mut random) = history(seed);
        let as_of = asked(&mut random);
        let whole = analysis(&runs, &text(&lines), as_of);
        let mut cut: Vec<Line> = lines.iter().filter(|line| line.date <= as_of).cloned().collect();
        for line in cut.iter_mut().filter(|line| line.date == as_of && !line.of_a_day) {
            // the morning after today has not come: any number there is as good as none
            line.numbers[3] = 10 - line.numbers[3];
        }
        let then = analysis(&runs, &text(&cut), as_of);
        assert_eq!(whole.limits, then.limits, "seed {seed}, {as_of}");
        let limit = |analysis: &Analysis| analysis.knee_limit().map(|(knee, limit)| (limit, knee.see()));
        assert_eq!(limit(&whole), limit(&then), "seed {seed}, {as_of}");
    }
}

/// Numbers only: while swelling or pain at night stands there is no run, and a bad line that no longer names it ends that
/// by decision, so lines with such a sign stay as they are.
#[test]
fn a_worse_number_a_further_sign_or_a_word_that_cannot_be_read_raises_no_limit() {
    for seed in 0..4 * HISTORIES {
        let (runs, lines, mut random) = history(seed);
        let as_of = asked(&mut random);
        let lines: Vec<Line> = lines.into_iter().filter(|line| line.date < as_of).collect();
        if lines.is_empty() {
            continue;
        }
        let at = random.usize(..lines.len());
        let mut worse = lines.clone();
        let line = &mut worse[at];
        match random.u8(0..4) {
            0 => line.numbers[1] = (line.numbers[1] + random.u8(1..6)).min(10),
            1 if !line.of_a_day => line.numbers[3] = (line.numbers[3] + random.u8(1..6)).min(10),
            2 => line.words = format!("{} limp", line.words),
            _ => line.words = format!("{} bnoe", line.words),
        }
        let knees = [&lines, &worse].map(|lines| knee_of(&text(lines), &known(&runs, as_of), as_of).unwrap());
        let [before, after] = knees.map(|knee| strictness(&knee));
        assert!(
            after <= before,
            "seed {seed}, {as_of}: {before} became {after}\n{}\n{}",
            text(&lines),
            text(&worse)
        );
    }
}

/// The smaller, the stricter.
fn strictness(knee: &Knee) -> i64 {
    let limit =
        knee.limit(knee.on, treadlight::knee::fold::LoadLimits { run_m: Some(1_000_000), week_m: None });
    match limit.state.word() {
        "stop" => -3,
        _ if limit.because.is_some() => -2,
        "ladder" => -1,
        _ => limit.run_m.unwrap_or(i64::MAX),
    }
}
