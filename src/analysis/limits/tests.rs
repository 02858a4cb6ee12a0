//! The engine against the vectors of the design, and what it promises of any history.

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::Value;

use super::{engine::Engine, exposure::Exposure, source::Source, walk};
use crate::{
    analysis::{
        history::{compare::compare, sessions::Session},
        rules::{long_run_spike, weekly_jump},
        testing::day,
    },
    dates,
    warning::thresholds::Thresholds,
};

/// Runs with distances only.
fn sessions(rows: &[(NaiveDate, i64)]) -> Vec<Session> {
    let session = |&(date, distance_m): &(NaiveDate, i64)| Session::new(date.to_string(), date, distance_m);
    rows.iter().map(session).collect()
}

fn engine(rows: &[(NaiveDate, i64)], h0: NaiveDate, thresholds: Thresholds) -> Engine {
    let sessions = sessions(rows);
    Engine::new(&sessions, &compare(&sessions, h0), h0, thresholds)
}

fn date(value: &Value) -> Option<NaiveDate> {
    value.as_str().map(day)
}

fn rows(value: &Value) -> Vec<(NaiveDate, i64)> {
    let row = |row: &Value| (date(&row[0]).unwrap(), row[1].as_i64().unwrap());
    value.as_array().unwrap().iter().map(row).collect()
}

/// Name, run, week, first and last day.
type Told = (String, Option<i64>, Option<i64>, Option<NaiveDate>, Option<NaiveDate>);

/// A source as the vectors have it: what limits weeks by credits has no first day there.
fn told(source: &Source) -> Told {
    let from = Some(source.from).filter(|_| source.run.is_some() || source.name != "credit");
    (source.name.to_owned(), source.run, source.week_m, from, source.until)
}

fn expected(source: &Value) -> Told {
    let name = source["source"].as_str().unwrap().to_owned();
    let meters = |key: &str| source[key].as_i64();
    (name, meters("run_m"), meters("week_m"), date(&source["from"]), date(&source["until"]))
}

fn run_vectors() -> Value {
    serde_json::from_str(include_str!("../../../tests/data/limits_run_vectors.json")).unwrap()
}

#[test]
fn limits_are_those_of_the_vectors() {
    assert_limits(&run_vectors());
}

#[test]
fn plans_are_judged_as_in_the_vectors() {
    assert_plans(&run_vectors());
}

/// By hand, as CONTRIBUTING says: the reference of the design writes vectors of random histories to this file.
#[test]
#[ignore = "compares with the reference of the design, which writes the file"]
fn limits_and_plans_are_those_of_random_vectors() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/target/limits_random_vectors.json");
    let vectors: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert_limits(&vectors);
    assert_plans(&vectors);
}

fn thresholds_of(vector: &Value) -> Thresholds {
    let percent = |key: &str, usual| vector[key].as_i64().unwrap_or(usual);
    own(percent("long_run_spike_percent", 10), percent("weekly_jump_percent", 30))
}

fn own(run: i64, week: i64) -> Thresholds {
    Thresholds::default().with(&long_run_spike::PERCENT, run).with(&weekly_jump::PERCENT, week)
}

fn assert_plans(vectors: &Value) {
    for vector in vectors["plans"].as_array().unwrap() {
        let (known, planned) = (rows(&vector["runs"]), rows(&vector["planned"]));
        let (h0, all) = (date(&vector["h0"]).unwrap(), [&known[..], &planned].concat());
        let engine = engine(&all, h0, thresholds_of(vector));
        for (i, judged) in vector["judged"].as_array().unwrap().iter().enumerate() {
            let fit = walk::fit(&engine, known.len() + i, None);
            let name = format!("{}, run {i}: {}", vector["name"], vector["why"]);
            assert_eq!(fit.limit_m, judged["limit_m"].as_i64(), "{name}");
            assert_eq!(fit.limit_7_days_m, judged["limit_7_days_m"].as_i64(), "{name}");
            assert_eq!(fit.nearest_m, judged["nearest_m"].as_i64(), "{name}");
            assert_eq!(fit.fits_from, date(&judged["fits_from"]), "{name}");
            let over: Vec<&str> = fit.over().collect();
            let over_expected: Vec<&str> =
                judged["over"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            assert_eq!(over, over_expected, "{name}");
        }
    }
}

fn assert_limits(vectors: &Value) {
    for vector in vectors["limits"].as_array().unwrap() {
        let thresholds = thresholds_of(vector);
        let engine = engine(&rows(&vector["runs"]), date(&vector["h0"]).unwrap(), thresholds);
        let limits = engine.limits(date(&vector["as_of"]).unwrap());
        let name = format!("{} on {}: {}", vector["name"], vector["as_of"], vector["why"]);
        assert_eq!(Some(limits.date), date(&vector["date"]), "{name}");
        assert_eq!(limits.next_run_m, vector["next_run_m"].as_i64(), "{name}");
        assert_eq!(limits.until, date(&vector["until"]), "{name}");
        assert_eq!(limits.next_7_days_m, vector["next_7_days_m"].as_i64(), "{name}");
        assert_eq!(limits.next_7_days_until, date(&vector["next_7_days_until"]), "{name}");
        let steps: Vec<_> = limits.steps.iter().map(|step| (Some(step.from), step.most_m)).collect();
        let steps_expected: Vec<_> = vector["steps"]
            .as_array()
            .unwrap()
            .iter()
            .map(|step| (date(&step[0]), step[1].as_i64()))
            .collect();
        assert_eq!(steps, steps_expected, "{name}");
        let mut sources: Vec<Told> = limits.sources.iter().map(told).collect();
        let mut sources_expected: Vec<Told> =
            vector["sources"].as_array().unwrap().iter().map(expected).collect();
        // a limit below 100 m is none, and 0 stands for "no run"
        sources_expected.retain(|told| told.1 != Some(0));
        sources.sort();
        sources_expected.sort();
        assert_eq!(sources, sources_expected, "{name}");
    }
}

#[test]
fn seven_days_are_those_of_the_vectors() {
    let vectors: Value =
        serde_json::from_str(include_str!("../../../tests/data/limits_vectors.json")).unwrap();
    let h0 = day("2026-01-05");
    let on = |day: i64| dates::days_after(h0, day.unsigned_abs());
    for vector in vectors["vectors"].as_array().unwrap() {
        let mut rows: Vec<(NaiveDate, i64)> = Vec::new();
        for (day, meters) in vector["runs"].as_object().unwrap() {
            rows.push((on(day.parse().unwrap()), meters.as_i64().unwrap()));
        }
        rows.sort_unstable();
        let limits = engine(&rows, h0, Thresholds::default()).limits(on(vector["as_of"].as_i64().unwrap()));
        let name = format!("{} on {}", vector["name"], vector["as_of"]);
        assert_eq!(limits.next_7_days_m, vector["next_7_days_m"].as_i64(), "{name}");
        assert_eq!(limits.next_7_days_until, vector["hold_until"].as_i64().map(on), "{name}");
    }
}

/// Run–walk sessions of 30 minutes and 4 km with so many seconds of running.
fn run_walks(rows: &[(&str, i64)]) -> Engine {
    let session = |&(date, running_s): &(&str, i64)| Session {
        running_time_s: Some(running_s),
        moving_time_s: Some(1_800),
        ..Session::new(date.to_owned(), day(date), 4_000)
    };
    let sessions: Vec<Session> = rows.iter().map(session).collect();
    let h0 = day("2026-01-01");
    Engine::new(&sessions, &compare(&sessions, h0), h0, Thresholds::default())
}

#[test]
fn minutes_follow_the_same_rules_as_metres() {
    let rows = [("2026-03-01", 600), ("2026-03-04", 600), ("2026-03-07", 900), ("2026-03-10", 900)];
    let minutes = |n: usize, as_of: &str| {
        let running = run_walks(&rows[..n]).limits(day(as_of)).running;
        running.map(|running| (running.minutes, running.until))
    };
    assert_eq!(minutes(2, "2026-03-04"), Some((11, Some(day("2026-04-03")))), "1.10 × 10 minutes");
    // 15 minutes are half as much again: they count for 11 and hold them for 14 days
    assert_eq!(minutes(3, "2026-03-07"), Some((11, Some(day("2026-03-21")))));
    // 15 minutes are no spike beside 15: they count in full, the hold stays
    assert_eq!(minutes(4, "2026-03-10"), Some((11, Some(day("2026-03-21")))));
    assert_eq!(minutes(4, "2026-03-16"), Some((11, Some(day("2026-03-21")))));
    assert_eq!(minutes(4, "2026-03-24"), Some((11, Some(day("2026-04-09")))), "fourteen days off: 0.75 × 15");
}

#[test]
fn distance_alone_has_no_limit_in_minutes() {
    let rows: Vec<_> = (1..10).map(|n| (day(&format!("2026-03-{n:02}")), 8_000)).collect();
    assert_eq!(
        engine(&rows, day("2026-01-01"), Thresholds::default()).limits(day("2026-03-10")).running,
        None
    );
}

#[test]
fn a_run_above_the_limit_of_its_day_is_found_from_500_metres_on() {
    let mut rows: Vec<_> = [1, 8, 15, 22].map(|n| (day(&format!("2026-03-{n:02}")), 10_000)).to_vec();
    rows.insert(3, (day("2026-03-18"), 11_500));
    let engine = |meters| {
        let rows = [&rows[..], &[(day("2026-03-25"), meters)]].concat();
        engine(&rows, day("2026-01-01"), Thresholds::default())
    };
    // 11.5 km count for 11.0 and hold 12.1 until 25 March
    let above =
        |meters| engine(meters).above(day("2026-03-20")).iter().map(|a| a.limit_m).collect::<Vec<_>>();
    assert_eq!([above(12_599), above(12_600)], [vec![], vec![12_100]]);
    let hold = engine(12_600).hold("long-run-spike", day("2026-03-18"), Exposure::Metres).cloned().unwrap();
    assert_eq!((hold.run, hold.until), (Some(12_100), Some(day("2026-03-25"))));
}

/// A history: days since the run before, and metres.
fn histories() -> impl Strategy<Value = Vec<(NaiveDate, i64)>> {
    let pause = prop_oneof![12 => 0..5_u64, 3 => 5..9_u64, 1 => 9..40_u64, 1 => 40..70_u64];
    let meters = prop_oneof![8 => 3_000..12_000_i64, 2 => 12_000..25_000_i64, 1 => 50..3_000_i64];
    proptest::collection::vec((pause, meters), 1..90).prop_map(|rows| {
        let mut date = day("2025-01-06");
        let mut next = |(pause, meters)| {
            date = dates::days_after(date, pause);
            (date, meters)
        };
        rows.into_iter().map(&mut next).collect()
    })
}

fn known_from() -> impl Strategy<Value = NaiveDate> {
    (0..40_u64).prop_map(|days| dates::days_before(day("2025-01-06"), days))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn later_runs_change_no_limit(rows in histories(), h0 in known_from(), shown in 0..90_usize) {
        let n = shown.min(rows.len() - 1);
        let as_of = dates::days_before(rows[n].0, 1);
        let known: Vec<_> = rows.iter().copied().filter(|row| row.0 <= as_of).collect();
        let all = engine(&rows, h0, Thresholds::default());
        let first = engine(&known, h0, Thresholds::default());
        prop_assert_eq!(all.limits(as_of), first.limits(as_of));
        prop_assert_eq!(all.of_first(known.len()).limits(as_of), first.limits(as_of));
    }

    #[test]
    fn a_run_of_exactly_the_limit_fits_its_day_and_sets_no_lower_one(rows in histories(), h0 in known_from()) {
        let last = rows[rows.len() - 1].0;
        let all = engine(&rows, h0, Thresholds::default());
        for after in [0, 1, 6, 7, 13, 14, 40] {
            let limits = all.limits(dates::days_after(last, after));
            prop_assert_eq!(limits.next_run_m, all.on_day(limits.date));
            prop_assert_eq!(limits.steps[0].most_m, limits.next_run_m);
            prop_assert!(limits.until.is_none_or(|until| until >= limits.date), "no day that has passed");
            prop_assert!(limits.next_7_days_until.is_none_or(|until| until > limits.as_of));
            prop_assert!(limits.next_7_days_m.is_none() || limits.next_7_days_m >= limits.next_run_m);
            let lowest = limits.sources.iter().filter(|s| s.exposure == Exposure::Metres).filter_map(|s| s.run).min();
            prop_assert_eq!(lowest, limits.next_run_m);
        }
    }

    #[test]
    fn a_threshold_of_ones_own_never_raises_a_limit(
        rows in histories(), h0 in known_from(), run in 1..40_i64, week in 1..60_i64,
    ) {
        let (own, laxer) = (own(run, week), own(run.max(10), week.max(30)));
        let as_of = rows[rows.len() - 1].0;
        let limits = |thresholds| engine(&rows, h0, thresholds).limits(as_of);
        let studied = limits(Thresholds::default());
        prop_assert!(limits(own).next_run_m <= studied.next_run_m);
        prop_assert_eq!(limits(laxer), studied);
    }
}
