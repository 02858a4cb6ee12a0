//! Runners with few days and few injuries, counted by hand, and groups of them.

use chrono::NaiveDate;

use super::*;
use crate::{
    dates,
    fields::{Column, Row, Value},
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn injury(date: &str, recovered: Option<&str>) -> Injury {
    Injury { date: day(date), recovered: recovered.map(day), overuse: true }
}

fn alarms(rule: &'static str, dates: &[&str]) -> Alarms {
    Alarms { rule, dates: dates.iter().map(|date| day(date)).collect() }
}

/// A run of 10 km, or a spike of 20.
fn run(date: &str, spike: bool) -> Run {
    Run { date: day(date), distance_m: if spike { 20_000 } else { 10_000 }, spike }
}

/// A record of 2026, so that the first day that counts is 31 January.
fn counts(runs: &[Run], alarms: &[Alarms], injuries: &[Injury]) -> RunnerCounts {
    of_runner(&FollowUp { h0: day("2026-01-01"), last: day("2026-12-31"), runs, alarms, injuries })
}

/// The runner of the specification: four alarms, two injuries.
fn specified() -> RunnerCounts {
    let alarms = [alarms("long-run-spike", &["2026-03-01", "2026-03-04", "2026-03-20", "2026-06-10"])];
    let injuries = [injury("2026-03-05", Some("2026-03-19")), injury("2026-07-01", Some("2026-07-31"))];
    counts(&[], &alarms, &injuries)
}

#[test]
fn four_alarms_and_two_injuries_are_three_episodes_one_hit_one_miss_and_two_false_alarms() {
    let counts = specified();
    let spike = &counts.exposures[0];
    // 335 days from 31 January on, less 14 and 30 days injured
    assert_eq!((counts.days_at_risk, counts.injuries, counts.not_evaluable), (291, 2, 0));
    assert_eq!((spike.alarm_days, spike.episodes, spike.false_alarms), (19, 3, 2));
    assert_eq!((spike.hits, spike.hits_same_day, spike.misses), (1, 0, 1));
    let rows = table([counts]);
    let row = &rows[0];
    let told = format!(
        "{:.5} {:.4} {:.3} {:.3}",
        row.share_alarm.unwrap(),
        row.expected_hits.unwrap(),
        row.lift.unwrap(),
        row.false_per_year.unwrap()
    );
    assert_eq!(told, "0.06529 0.1306 7.658 2.510");
    assert_eq!(row.rr, None, "one runner has no ratio");
    assert_eq!(row.verdict.words(), "too few injuries for a ratio (0)", "there is no run before an injury");
}

#[test]
fn an_alarm_on_the_day_of_the_injury_is_a_hit_that_came_too_late_and_one_six_days_before_is_a_hit() {
    for (alarm, expected) in [
        ("2026-03-05", (1, 1, 0)),
        ("2026-02-27", (1, 0, 0)),
        ("2026-02-26", (0, 0, 1)),
        ("2026-03-06", (0, 0, 1)),
    ] {
        let injuries = [injury("2026-03-05", None)];
        let spike = counts(&[], &[alarms("gap", &[alarm])], &injuries).exposures.remove(0);
        assert_eq!((spike.hits, spike.hits_same_day, spike.misses), expected, "{alarm}");
    }
}

#[test]
fn alarms_before_the_first_day_that_counts_and_while_injured_are_no_alarms() {
    let dates = ["2026-01-30", "2026-01-31", "2026-03-06", "2026-03-19", "2026-03-20"];
    let injuries = [injury("2026-03-05", Some("2026-03-19"))];
    let spike = counts(&[], &[alarms("gap", &dates)], &injuries).exposures.remove(0);
    assert_eq!((spike.episodes, spike.alarm_days), (2, 14), "of 31 January and 20 March");
}

#[test]
fn an_alarm_whose_seven_days_reach_beyond_the_record_is_not_false_yet() {
    let false_alarms = |alarm: &str| counts(&[], &[alarms("gap", &[alarm])], &[]).exposures[0].false_alarms;
    assert_eq!((false_alarms("2026-12-25"), false_alarms("2026-12-26")), (1, 0));
}

#[test]
fn injuries_of_the_first_30_days_after_the_record_and_while_injured_cannot_be_judged() {
    let injuries = [
        injury("2026-01-30", Some("2026-02-01")),
        injury("2026-03-05", Some("2026-03-19")),
        injury("2026-03-05", None),
        injury("2026-03-19", None),
        injury("2027-01-01", None),
    ];
    let judged = |injuries: &[Injury]| {
        let counts = counts(&[], &[], injuries);
        (counts.injuries, counts.not_evaluable, counts.days_at_risk)
    };
    // without a recovery the year ends on 5 March: 31 January and 1 February are not at risk, 2 February to 5 March are
    assert_eq!(judged(&injuries), (1, 3, 32));
    assert_eq!(judged(&[]), (0, 0, 335));
}

#[test]
fn an_injury_that_is_no_overuse_ends_the_time_at_risk_and_is_no_hit() {
    let fall = Injury { overuse: false, ..injury("2026-03-05", Some("2026-03-19")) };
    let counts = counts(&[], &[alarms("gap", &["2026-03-04"])], &[fall]);
    assert_eq!((counts.injuries, counts.not_evaluable, counts.days_at_risk), (0, 0, 321));
    assert_eq!((counts.exposures[0].hits, counts.exposures[0].false_alarms), (0, 1));
    assert_eq!(counts.first_injury, None);
}

#[test]
fn the_first_injury_knows_runs_metres_and_days_up_to_it_by_exposure() {
    // alarm on 2 February: days 2 to 8 exposed; the run of that day is the spike itself
    let runs = [
        run("2026-01-20", false),
        run("2026-01-31", false),
        run("2026-02-02", true),
        run("2026-02-08", false),
        run("2026-02-09", false),
        run("2026-02-20", false),
    ];
    let alarms = [alarms("long-run-spike", &["2026-02-02"])];
    let counts = counts(&runs, &alarms, &[injury("2026-02-10", None)]);
    let first = counts.first_injury.unwrap();
    let (none, alarm, both) = (0b00, 0b01, 0b11);
    assert_eq!(first.runs, [(none, 2, 20_000), (alarm, 1, 10_000), (both, 1, 20_000)]);
    // 31 January, 1, 9, 10 February; 8 February; 2 to 7 February: the spike was the last run
    assert_eq!(first.days, [(none, 4), (alarm, 1), (both, 6)]);
    assert_eq!((first.at_run, first.at_day), (Some(none), none));
    assert_eq!((counts.runs, counts.runs_m), (4, 50_000));
    let exposed: Vec<(u32, u32, i64)> =
        counts.exposures.iter().map(|e| (e.window_d, e.runs, e.runs_m)).collect();
    assert_eq!(exposed, [(7, 2, 30_000), (0, 1, 20_000)]);
}

#[test]
fn an_injury_more_than_seven_days_after_the_last_run_is_that_of_no_run_but_of_its_day() {
    let first = |date: &str| {
        let runs = [run("2026-02-10", false), run("2026-04-01", false)];
        counts(&runs, &[alarms("gap", &[])], &[injury(date, None)]).first_injury.unwrap()
    };
    assert_eq!(first("2026-02-17").at_run, Some(0));
    assert_eq!((first("2026-02-18").at_run, first("2026-02-18").runs.len()), (None, 0));
    assert_eq!(first("2026-02-18").days, [(0, 19)]);
}

/// So many runners with 20 runs on days in a row up to their injury; the alarm was on the day that `alarm` names.
fn group(runners: usize, alarm: &str) -> Vec<RunnerCounts> {
    let runs: Vec<Run> = (0..20)
        .map(|i| Run { date: dates::days_after(day("2026-02-01"), i), distance_m: 5_000, spike: false })
        .collect();
    let one = counts(&runs, &[alarms("long-run-spike", &[alarm])], &[injury("2026-02-20", None)]);
    vec![one; runners]
}

#[test]
fn twenty_injuries_have_a_ratio_and_nineteen_have_none() {
    // exposed in 7 of 20 runs and injured then (R = 13/20 a runner), or injured in the other 13 (S = 7/20)
    let mixed = |exposed, other| {
        let mut all = group(exposed, "2026-02-14");
        all.extend(group(other, "2026-02-10"));
        table(all)
    };
    let run = &mixed(10, 10)[0];
    let (ratio, low, high) = run.rr.unwrap();
    assert!((ratio - 13.0 / 7.0).abs() < 1e-12 && low < 1.0 && high > ratio, "{run:?}");
    assert_eq!(run.verdict.words(), "a true 1.64 would be missed in about 7 of 10 such groups");
    assert_eq!((run.rr_injuries, run.hits, run.km_ratio), (20, Some(10), Some(1.0)));
    let few = &mixed(10, 9)[0];
    assert_eq!((few.rr, few.p_null, few.rr_boot), (None, None, None));
    assert_eq!(few.verdict.words(), "too few injuries for a ratio (19)");
}

#[test]
fn a_group_is_the_same_in_any_order_and_after_a_line_of_json_each() {
    let mut all = group(15, "2026-02-14");
    all.extend(group(10, "2026-02-10"));
    all.push(specified());
    let forward = table(all.clone());
    let lines: Vec<String> = all.iter().rev().map(|one| serde_json::to_string(one).unwrap()).collect();
    assert_eq!(table(lines.iter().map(|line| serde_json::from_str(line).unwrap())), forward);
    assert!(lines.iter().all(|line| line.len() < 600), "{}", lines[1]);
}

#[test]
fn a_rule_that_only_some_runners_were_asked_keeps_its_own_bit() {
    let runs = [run("2026-02-01", false), run("2026-02-05", true)];
    let injuries = [injury("2026-02-05", None)];
    let spike = || alarms("long-run-spike", &["2026-02-05"]);
    let with_gap = counts(&runs, &[alarms("gap", &["2026-02-01"]), spike()], &injuries);
    let without = counts(&runs, &[spike()], &injuries);
    let rows = table([with_gap, without]);
    let told: Vec<_> = rows
        .iter()
        .filter(|row| row.scale == Scale::Run)
        .map(|row| (row.rule.as_str(), row.window_d, row.hits))
        .collect();
    assert_eq!(told, [("long-run-spike", 7, Some(2)), ("gap", 7, Some(1)), ("long-run-spike", 0, None)]);
    // 20 km exposed against 10 km
    assert_eq!(rows[0].km_ratio, Some(2.0));
}

#[test]
fn every_row_has_a_value_of_every_column_and_none_of_nothing() {
    for row in table([specified()]).iter().chain(&table(group(25, "2026-02-14"))) {
        assert_eq!(row.values().count(), VALIDATION_FIELDS.len());
        let is_missing =
            |(column, value): &(&Column, Value<'_>)| column.is_in_every_row() && *value == Value::Unknown;
        assert!(!row.values().any(|field| is_missing(&field)));
        assert!(!format!("{:?}", row.values().collect::<Vec<_>>()).contains("NaN"));
    }
    assert_eq!(table([]), []);
}

#[test]
fn no_word_of_the_table_promises_or_threatens() {
    let said: Vec<String> = [
        Verdict::TooFew(3),
        Verdict::NoRatio,
        Verdict::ByScale { few: true },
        Verdict::ByScale { few: false },
        Verdict::Few,
        Verdict::Chance,
        Verdict::More,
        Verdict::Less,
    ]
    .map(Verdict::words)
    .into_iter()
    .chain(VALIDATION_FIELDS.iter().map(|field| field.column.meaning.replace("at risk", "")))
    .collect();
    for word in ["risk", "protect", "predict", "danger", "safe", "caus"] {
        assert!(said.iter().all(|text| !text.contains(word)), "{word}");
    }
}
