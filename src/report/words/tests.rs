//! What every warning says, word for word where numbers matter.

use chrono::NaiveDate;

use super::*;
use crate::{
    analysis::{
        history::compare::SpikeSize,
        rules::{
            Facts, Warning, acute_chronic, descent_spike, gap, long_run_spike,
            new_shoe::{self, NewPairReason},
            no_rest, one_pair, shoe_window, step_stack, ten_percent, weekly_jump,
        },
    },
    dates,
    units::{Distance, UnitSystem},
    warning::{
        self, Break, Compared, KeepTo, Kept, Level, Rule, ShoeKind, Stands, Unit,
        acute_chronic::{AcuteChronicDefinition, AcuteChronicLoad},
        evidence::OWN_THRESHOLD,
        percent_above,
    },
};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// A warning of a rule on a day, in metres: value, baseline and threshold.
fn of(
    rule: &'static Rule,
    date: NaiveDate,
    (value, baseline, threshold): (i64, Option<i64>, i64),
    facts: Facts,
) -> Warning {
    let compared = Compared { value, baseline, threshold, unit: Unit::Metres };
    warning::Warning::new(rule, ("2026-11-18T07:02".to_owned(), date), compared, facts)
}

fn keep(most: i64, of: Kept, until: NaiveDate) -> Option<KeepTo> {
    Some(KeepTo { most: Some(most), until: Some(until), ..KeepTo::set(of, until) })
}

fn spike(distance_m: i64, longest_m: i64, size: SpikeSize) -> Warning {
    let seen =
        long_run_spike::Seen { baseline_date: day(11, 8), size: Some(size), percent: 10, run_walk: None };
    let compared = (distance_m, Some(longest_m), percent_above(longest_m, 10));
    let level = if size == SpikeSize::Large { Level::Warning } else { Level::Caution };
    let keep_to = keep(16_500, Kept::Run, day(12, 2));
    Warning { level, keep_to, ..of(&long_run_spike::RULE, day(11, 18), compared, Facts::LongRunSpike(seen)) }
}

fn running_spike(run_walk: bool) -> Warning {
    let seen = long_run_spike::Seen {
        baseline_date: day(11, 8),
        size: Some(SpikeSize::Moderate),
        percent: 10,
        run_walk: Some(run_walk),
    };
    let compared = Compared { value: 960, baseline: Some(540), threshold: 594, unit: Unit::RunningSeconds };
    Warning {
        compared,
        keep_to: keep(540, Kept::Running, day(12, 2)),
        evidence: long_run_spike::RUNNING_MINUTES,
        ..spike_of(seen)
    }
}

fn spike_of(seen: long_run_spike::Seen) -> Warning {
    Warning { facts: Facts::LongRunSpike(seen), ..spike(21_300, 15_000, SpikeSize::Moderate) }
}

fn jump(attention: bool) -> Warning {
    let seen = weekly_jump::Seen { previous_m: 26_000, best_m: 27_000, attention, percent: 30 };
    let base_m = if attention { 27_000 } else { 26_000 };
    let compared = (36_000, Some(base_m), percent_above(base_m, 30));
    Warning {
        level: if attention { Level::Caution } else { Level::Info },
        keep_to: keep(35_000, Kept::SevenDays, day(5, 10)),
        ..of(&weekly_jump::RULE, day(5, 3), compared, Facts::WeeklyJump(seen))
    }
}

fn shoe(past: bool) -> Warning {
    shoe_in([Distance::miles(300.0), Distance::miles(500.0)], past)
}

fn shoe_in(window: [Distance; 2], past: bool) -> Warning {
    let reaches_end = (!past).then_some((day(12, 14), day(12, 24)));
    let now_m = if past { 823_984 } else { 484_000 };
    let seen = shoe_window::Seen {
        shoe: "Ghost 15".into(),
        window,
        past,
        since: Some(day(11, 4)),
        now_m,
        reaches_end,
    };
    let compared = (now_m, None, window[usize::from(past)].meters);
    let rule = if past { &shoe_window::PAST } else { &shoe_window::RULE };
    of(rule, day(11, 4), compared, Facts::Shoes(seen))
}

fn new_shoe(reason: NewPairReason, kind: ShoeKind) -> Warning {
    let seen = new_shoe::Seen {
        shoe: "Ghost 15".into(),
        kind,
        before_m: 23_000,
        reason,
        other: Some("Pegasus 40".into()),
        until: day(11, 18),
    };
    let compared = match reason {
        NewPairReason::LongRun => (14_040, None, 10_000),
        NewPairReason::HalfOfAWeek { in_pair_m, week_m } => (in_pair_m, Some(week_m), week_m / 2),
    };
    of(&new_shoe::RULE, day(11, 4), compared, Facts::NewShoe(seen))
}

fn one_pair(other: Option<&str>) -> Warning {
    let seen = one_pair::Seen { shoe: "Ghost 15".into(), other: other.map(str::to_owned), until: day(12, 2) };
    of(&one_pair::RULE, day(11, 4), (121_000, Some(130_000), 117_000), Facts::OnePair(seen))
}

const HALF_OF_A_WEEK: NewPairReason = NewPairReason::HalfOfAWeek { in_pair_m: 20_000, week_m: 35_000 };

/// The break of so many days before 18 August, 18 km before it.
fn a_break(days: i64, lasts: bool) -> Break {
    Break {
        last_run: dates::days_before(day(8, 18), days.unsigned_abs()),
        up_to: day(8, 18),
        lasts,
        days,
        told_from_days: [57, 31, 14, 7].into_iter().find(|from| *from <= days).unwrap(),
    }
}

fn gap(days: i64, lasts: bool) -> Warning {
    let gap = a_break(days, lasts);
    let (share_m, last_day) = match days {
        ..14 => (18_000, day(8, 24)),
        14..31 => (13_500, day(8, 31)),
        31..57 => (9_000, day(8, 31)),
        _ => (5_900, day(8, 24)),
    };
    let keep_to =
        KeepTo { set_until: (!lasts).then_some(last_day), ..keep(share_m, Kept::Run, day(8, 24)).unwrap() };
    let stands = if lasts { Stands::Open } else { Stands::Until(last_day) };
    Warning { keep_to: Some(keep_to), stands, ..of_gap(day(8, 18), gap::Seen { gap, above: None }) }
}

fn of_gap(date: NaiveDate, seen: gap::Seen) -> Warning {
    let (days, from) = (seen.gap.days, seen.gap.told_from_days);
    let compared = Compared { value: days, baseline: None, threshold: from, unit: Unit::Days };
    Warning { compared, ..of(&gap::RULE, date, (0, None, 0), Facts::Gap(seen)) }
}

fn above_gap_cap() -> Warning {
    let seen = gap::Seen {
        gap: a_break(16, false),
        above: Some(gap::AboveShare { distance_m: 17_000, share_m: 16_200 }),
    };
    Warning {
        level: Level::Caution,
        keep_to: keep(16_200, Kept::Run, day(8, 31)),
        ..of_gap(day(8, 26), seen)
    }
}

fn step_stack() -> Warning {
    let compared = (12_100, Some(11_000), 11_000);
    let seen = step_stack::Seen { first_date: day(6, 2) };
    Warning {
        level: Level::Caution,
        keep_to: keep(12_100, Kept::Run, day(6, 11)),
        ..of(&step_stack::RULE, day(6, 4), compared, Facts::StepStack(seen))
    }
}

fn no_rest(run_days: i64, of_days: i64) -> Warning {
    let compared = Compared { value: run_days, baseline: None, threshold: 14, unit: Unit::Days };
    let facts = Facts::NoRest(no_rest::Seen { of_days, between: None });
    let last_day = dates::days_after(day(3, 14), if run_days == of_days { 3 } else { 7 });
    let keep_to = Some(KeepTo::set(Kept::DaysOff, last_day));
    Warning { compared, keep_to, ..of(&no_rest::RULE, day(3, 14), (0, None, 0), facts) }
}

fn descent_spike() -> Warning {
    let seen = descent_spike::Seen { distance_m: 12_000, percent: 50, least_m: 150 };
    Warning {
        keep_to: keep(370, Kept::Descent, day(3, 21)),
        ..of(&descent_spike::RULE, day(3, 14), (400, Some(250), 375), Facts::DescentSpike(seen))
    }
}

fn ten_percent() -> Warning {
    let compared = (30_000, Some(25_000), 27_500);
    of(&ten_percent::RULE, day(5, 3), compared, Facts::TenPercent(ten_percent::Seen))
}

fn acute_chronic(definition: AcuteChronicDefinition) -> Warning {
    let load = |acute_m, chronic_sum_m, weeks| AcuteChronicLoad { acute_m, chronic_sum_m, weeks };
    let loads = [load(33_000, 93_000, 4), load(33_000, 60_000, 3), load(40_600, 26_000, 1)];
    let load = definition.of(&loads);
    let compared = (load.acute_m, Some(load.chronic_m()), load.threshold_m());
    let facts = Facts::AcuteChronic(acute_chronic::Seen { definition, loads });
    of(&acute_chronic::RULE, day(5, 3), compared, facts)
}

/// The same by thresholds of the runner's own: 5 % for a run 7 % longer, 20 % for a week, 10 days, 40 % and 80 m.
fn by_own_thresholds() -> [Warning; 4] {
    let seen = long_run_spike::Seen { baseline_date: day(11, 8), size: None, percent: 5, run_walk: None };
    let run = Warning {
        evidence: OWN_THRESHOLD,
        facts: Facts::LongRunSpike(seen),
        ..spike(16_050, 15_000, SpikeSize::Small)
    };
    let seen = weekly_jump::Seen { previous_m: 26_000, best_m: 27_000, attention: true, percent: 20 };
    let mut week = Warning { evidence: OWN_THRESHOLD, facts: Facts::WeeklyJump(seen), ..jump(true) };
    (week.compared.value, week.compared.threshold) = (33_000, 32_400);
    let mut rest = no_rest(10, 10);
    rest.compared.threshold = 10;
    let seen = descent_spike::Seen { distance_m: 12_000, percent: 40, least_m: 80 };
    [run, week, rest, Warning { facts: Facts::DescentSpike(seen), ..descent_spike() }]
}

/// The same as a race, of what is about a run.
fn raced(warning: &Warning) -> Option<Warning> {
    let is_of_a_run = match &warning.facts {
        Facts::LongRunSpike(_) | Facts::StepStack(_) | Facts::DescentSpike(_) => true,
        Facts::Gap(gap) => gap.above.is_some(),
        _ => false,
    };
    is_of_a_run.then(|| warning.clone().of_race(true))
}

fn every_warning() -> Vec<Warning> {
    let sizes = [SpikeSize::Small, SpikeSize::Moderate, SpikeSize::Large];
    let mut all: Vec<Warning> = sizes.into_iter().map(|size| spike(21_300, 15_000, size)).collect();
    all.extend([jump(true), jump(false), shoe(true), shoe(false)]);
    all.extend([7, 16, 41, 60].map(|days| gap(days, false)));
    all.extend([
        running_spike(true),
        running_spike(false),
        gap(16, true),
        above_gap_cap(),
        step_stack(),
        no_rest(14, 14),
        no_rest(22, 28),
        descent_spike(),
        ten_percent(),
        new_shoe(NewPairReason::LongRun, ShoeKind::Racing),
        new_shoe(HALF_OF_A_WEEK, ShoeKind::Daily),
        one_pair(None),
        one_pair(Some("Pegasus 40")),
    ]);
    all.extend(AcuteChronicDefinition::ALL.map(acute_chronic));
    all.extend(by_own_thresholds());
    let races: Vec<Warning> = all.iter().filter_map(raced).collect();
    all.extend(races);
    all
}

#[test]
fn a_spike_is_told_with_date_distance_share_and_comparison() {
    let warning = spike(21_300, 15_000, SpikeSize::Moderate);
    assert_eq!(
        warning.fact(UnitSystem::Kilometers),
        "Wed 18 Nov, 21.3 km: 42 % longer than your longest run in the 30 days before (15.0 km, 8 Nov)."
    );
    assert_eq!(warning.action(UnitSystem::Kilometers), "Keep every run at 16.5 km or less until 2 Dec.");
    assert_eq!(warning.action(UnitSystem::Miles), "Keep every run at 10.0 mi or less until 2 Dec.");
    assert_eq!(warning.in_short(day(11, 20)), "long-run spike 18 Nov (+42 %)");
}

#[test]
fn a_limit_that_is_over_says_so_with_what_holds_now_and_no_day_that_has_passed() {
    let over = |warning: Warning, most| {
        let keep_to = warning.keep_to.map(|keep_to| KeepTo { most, until: None, is_over: true, ..keep_to });
        let warning = Warning { keep_to, ..warning };
        assert_eq!((warning.cap(), warning.running_cap()), (None, None));
        warning.action(UnitSystem::Kilometers)
    };
    let long = || spike(21_300, 15_000, SpikeSize::Moderate);
    assert_eq!(over(long(), Some(15_400)), "Its limit ended on 2 Dec; now one run up to 15.4 km.");
    assert_eq!(over(long(), None), "Its limit ended on 2 Dec.");
    assert_eq!(
        over(long().of_race(true), Some(15_400)),
        "Its limit ended on 2 Dec; now one run up to 15.4 km."
    );
    assert_eq!(over(jump(true), Some(46_500)), "Its limit ended on 10 May; now 7 days up to 46.5 km.");
    assert_eq!(
        over(running_spike(true), Some(540)),
        "Its limit ended on 2 Dec; now one session up to 9 running minutes."
    );
    assert_eq!(over(descent_spike(), Some(370)), "Its limit ended on 21 Mar.");
    assert_eq!(over(no_rest(14, 14), None), "Plan one day without a run.");
    assert_eq!(over(gap(16, false), Some(12_100)), "Its limit ended on 31 Aug; now one run up to 12.1 km.");
}

#[test]
fn a_limit_without_a_last_day_names_none() {
    let mut warning = spike(21_300, 15_000, SpikeSize::Moderate);
    warning.keep_to = warning.keep_to.map(|keep_to| KeepTo { until: None, ..keep_to });
    assert_eq!(warning.action(UnitSystem::Kilometers), "Keep every run at 16.5 km or less.");
}

#[test]
fn a_step_in_running_minutes_is_told_in_minutes_and_cites_no_study_for_them() {
    let warning = running_spike(true);
    assert_eq!(
        warning.fact(UnitSystem::Miles),
        "Wed 18 Nov, 16 running minutes: 78 % more than the most in the 30 days before (9, 8 Nov). Less than 60 % of \
         that session was running."
    );
    assert_eq!(
        warning.action(UnitSystem::Miles),
        "Keep every session at 9 running minutes or less until 2 Dec."
    );
    assert!(warning.association().contains("our choice") && !warning.association().contains(" × "));
    assert_eq!(warning.evidence.grade, 'D');
    assert_eq!((warning.compared.unit.symbol(), warning.cap()), ("s", None));
    assert_eq!(warning.in_short(day(11, 20)), "long-run spike 18 Nov (+78 % running minutes)");
    let out = running_spike(false).fact(UnitSystem::Kilometers);
    assert!(out.ends_with("At least half of the sessions of those days were runs with walks."), "{out}");
}

#[test]
fn a_spike_within_the_error_of_gps_says_so() {
    let fact = |distance_m| spike(distance_m, 10_000, SpikeSize::Small).fact(UnitSystem::Kilometers);
    assert!(fact(11_200).ends_with("about at the line of what GPS can tell."));
    assert!(!fact(11_201).contains("about at the line"));
}

#[test]
fn shoes_are_told_in_the_unit_of_their_window() {
    assert_eq!(
        shoe(false).fact(UnitSystem::Kilometers),
        "Ghost 15 has 301 mi: it entered its 300–500 mi window on Wed 4 Nov."
    );
    assert_eq!(
        shoe(true).fact(UnitSystem::Kilometers),
        "Ghost 15 has 512 mi: it passed the end of its 300–500 mi window on Wed 4 Nov."
    );
}

#[test]
fn under_miles_every_window_is_told_in_miles() {
    let warning = shoe_in(["480 km", "800 km"].map(|text| text.parse().unwrap()), false);
    assert!(warning.fact(UnitSystem::Kilometers).ends_with("it entered its 480–800 km window on Wed 4 Nov."));
    assert_eq!(
        warning.fact(UnitSystem::Miles),
        "Ghost 15 has 301 mi: it entered its 298.3–497.1 mi window on Wed 4 Nov."
    );
}

#[test]
fn a_new_pair_is_told_with_what_it_had_and_with_a_number_and_a_date() {
    let long = new_shoe(NewPairReason::LongRun, ShoeKind::Trail);
    assert_eq!(
        long.fact(UnitSystem::Kilometers),
        "Wed 4 Nov, 14.0 km in Ghost 15, a trail pair, which had 23 km before."
    );
    assert_eq!(
        long.action(UnitSystem::Kilometers),
        "Keep runs in it at 10.0 km or less until it has 50 km or until 18 Nov, whichever comes first."
    );
    let half = new_shoe(HALF_OF_A_WEEK, ShoeKind::Daily);
    assert_eq!(
        half.fact(UnitSystem::Kilometers),
        "20.0 km of the 35.0 km in the 7 days to Wed 4 Nov were in Ghost 15, which had 23 km before that day."
    );
    assert_eq!(
        half.action(UnitSystem::Miles),
        "Keep it to half of your distance or less until it has 31 mi or until 18 Nov, whichever comes first: wear \
         Pegasus 40 in between."
    );
    assert_eq!(
        (half.compared.value, half.compared.threshold, half.compared.baseline),
        (20_000, 17_500, Some(35_000))
    );
    assert_eq!(
        (long.compared.value, long.compared.threshold, long.compared.baseline),
        (14_040, 10_000, None)
    );
}

#[test]
fn one_pair_is_told_with_its_share_and_the_pair_to_turn_to() {
    let warning = one_pair(Some("Pegasus 40"));
    assert_eq!(
        warning.fact(UnitSystem::Kilometers),
        "Ghost 15 carried 121 km of the 130 km in the 28 days to Wed 4 Nov."
    );
    assert_eq!(warning.action(UnitSystem::Kilometers), "Take Pegasus 40 for one run in three until 2 Dec.");
    assert_eq!(
        (warning.compared.value, warning.compared.threshold, warning.compared.baseline),
        (121_000, 117_000, Some(130_000))
    );
    assert_eq!(warning.in_short(day(11, 20)), "one pair 4 Nov: nearly everything in Ghost 15");
}

#[test]
fn a_retired_pair_is_not_told_of_any_more() {
    let retired_on = |date| {
        let warning = Warning { stands: Stands::TwoWeeksBefore(date), ..shoe(true) };
        warning.stands_on(day(11, 6), day(10, 26))
    };
    assert!(shoe(true).stands_on(day(11, 6), day(10, 26)));
    assert!(!retired_on(day(11, 6)) && retired_on(day(11, 7)));
}

#[test]
fn a_break_is_told_as_what_the_files_lack_with_the_limit_of_the_day() {
    let fact = |warning: &Warning| warning.fact(UnitSystem::Kilometers);
    let action = |warning: &Warning| warning.action(UnitSystem::Kilometers);
    let over = gap(16, false);
    assert_eq!(fact(&over), "No run in your files between 2 Aug and 18 Aug: 16 days from one to the next.");
    assert_eq!(action(&over), "Keep every run at 13.5 km or less until 24 Aug.");
    assert_eq!(over.in_short(day(11, 9)), "break 18 Aug: 16 days without a run in your files");
    let open = gap(16, true);
    assert_eq!(fact(&open), "No run in your files between 2 Aug and 18 Aug: 16 days since the last one.");
    assert_eq!(action(&open), "Once you run again: keep the first runs at 13.5 km or less until 24 Aug.");
    assert_eq!(
        action(&gap(60, false)),
        "Keep every run at 5.9 km or 30 minutes, whichever is shorter, until 24 Aug; run and walk in turns, every \
         other day."
    );
}

#[test]
fn steps_days_off_and_descent_are_told_with_their_numbers() {
    let told =
        |warning: &Warning| (warning.fact(UnitSystem::Kilometers), warning.action(UnitSystem::Kilometers));
    for (warning, fact, action) in [
        (
            step_stack(),
            "Thu 4 Jun, 12.1 km: longer than any run of the 30 days before, as the 11.0 km of 2 Jun had been.",
            "Keep every run at 12.1 km or less until 11 Jun.",
        ),
        (
            no_rest(14, 14),
            "A run on each of the 14 days to Sat 14 Mar.",
            "Plan one day without a run by 17 Mar.",
        ),
        (
            no_rest(22, 28),
            "A run on 22 of the 28 days to Sat 14 Mar: fewer than two days off in at least three of four weeks.",
            "Plan two days without a run by 21 Mar.",
        ),
        (
            descent_spike(),
            "Sat 14 Mar, 12.0 km: 400 m of descent, 60 % more than any run of the 30 days before (250 m).",
            "Keep the descent of every run at 370 m or less until 21 Mar.",
        ),
    ] {
        assert_eq!(told(&warning), (fact.to_owned(), action.to_owned()));
    }
}

#[test]
fn an_own_threshold_is_told_beside_the_studied_one_and_cites_no_study_below_it() {
    let [run, week, rest, descent] = by_own_thresholds();
    assert_eq!(
        run.fact(UnitSystem::Kilometers),
        "Wed 18 Nov, 16.1 km: 7 % longer than your longest run in the 30 days before (15.0 km, 8 Nov), about at the \
         line of what GPS can tell. Your own threshold is 5 %, the studied one 10 %."
    );
    let ends = |warning: &Warning, end: &str| {
        let fact = warning.fact(UnitSystem::Kilometers);
        assert!(fact.ends_with(end), "{fact}");
    };
    ends(&week, "Your own threshold is 20 %, the studied one 30 %.");
    ends(&rest, "Your own threshold is 10 days in a row, the usual one 14; no study has either.");
    ends(&descent, "Your own threshold is 40 % and 80 m, the usual one 50 % and 150 m; no study has either.");
    assert!(run.is_below_studied() && week.is_below_studied());
    for below in [run, week] {
        assert!(below.association().starts_with("Below the studied "), "{below:?}");
        assert_eq!(below.evidence_tag(), "[evidence D: your own threshold]");
    }
    assert!(!jump(true).is_below_studied() && !spike(21_300, 15_000, SpikeSize::Small).is_below_studied());
}

#[test]
fn a_race_is_stated_with_its_comparison_and_the_caps_that_follow_and_asks_for_nothing() {
    let races = [spike(21_300, 15_000, SpikeSize::Large), above_gap_cap(), step_stack(), descent_spike()];
    for race in races.each_ref().map(|training| raced(training).unwrap()) {
        assert_eq!(race.level, Level::Info);
        assert!(!race.action(UnitSystem::Kilometers).contains("Keep"), "{race:?}");
        assert!(!race.association().contains(" × "), "{race:?}");
    }
    let race = raced(&races[0]).unwrap();
    assert_eq!(
        race.fact(UnitSystem::Kilometers),
        "Wed 18 Nov, a race of 21.3 km: 42 % longer than your longest run in the 30 days before (15.0 km, 8 Nov)."
    );
    assert_eq!(race.action(UnitSystem::Kilometers), "The limit that follows: 16.5 km a run until 2 Dec.");
    assert_eq!(race.in_short(day(11, 20)), "long-run spike 18 Nov, a race (+42 %)");
    let hilly = raced(&descent_spike()).unwrap().action(UnitSystem::Kilometers);
    assert_eq!(hilly, "The limit that follows: 370 m of descent a run until 21 Mar.");
}

#[test]
fn a_week_after_an_easy_one_is_held_against_the_best_of_four_not_against_the_easy_one() {
    let seen = weekly_jump::Seen { previous_m: 3_200, best_m: 27_000, attention: false, percent: 30 };
    let mut note = Warning { facts: Facts::WeeklyJump(seen), ..jump(false) };
    note.compared.value = 32_400;
    assert_eq!(
        note.fact(UnitSystem::Kilometers),
        "32.4 km in the 7 days to Sun 3 May: 20 % more than the best of the four 7-day blocks before (27.0 km); the \
         last of them had 3.2 km."
    );
    assert_eq!(note.in_short(day(11, 9)), "weekly jump 3 May: +20 % above the best of four");
}

#[test]
fn a_ratio_names_its_definition_and_tells_the_two_others() {
    let fact = |definition| acute_chronic(definition).fact(UnitSystem::Kilometers);
    assert_eq!(
        fact(AcuteChronicDefinition::Uncoupled),
        "Sun 3 May: acute:chronic ratio 1.65, uncoupled (33.0 km in 7 days, 20.0 km a week over the 21 days before); \
         coupled 1.42, EWMA 1.56. The line of 1.5 is custom."
    );
    assert_eq!(
        fact(AcuteChronicDefinition::Ewma),
        "Sun 3 May: acute:chronic ratio 1.56, EWMA (40.6 km a week by the weighted mean of 7 days, 26.0 km by that of \
         28); coupled 1.42, uncoupled 1.65. The line of 1.5 is custom."
    );
    let short = acute_chronic(AcuteChronicDefinition::Coupled).in_short(day(11, 9));
    assert_eq!(short, "acute:chronic 3 May: coupled 1.42");
}

#[test]
fn a_run_above_the_gap_cap_is_told_with_the_cap_of_its_own_day() {
    let warning = above_gap_cap();
    assert_eq!(
        warning.fact(UnitSystem::Kilometers),
        "Wed 26 Aug, 17.0 km: above the 16.2 km that a break of 16 days leaves (no run in your files between 2 Aug \
         and 18 Aug)."
    );
    assert_eq!(warning.action(UnitSystem::Kilometers), "Keep every run at 16.2 km or less until 31 Aug.");
    assert_eq!(warning.cap(), Some((16_200, Some(day(8, 31)))));
}

#[test]
fn a_break_stands_while_it_lasts_and_while_a_cap_holds() {
    let stands = |warning: &Warning, date| warning.stands_on(date, date);
    assert!(stands(&gap(16, true), day(12, 31)));
    assert!(stands(&gap(16, false), day(8, 31)) && !stands(&gap(16, false), day(9, 1)));
    assert!(stands(&gap(7, false), day(8, 24)) && !stands(&gap(7, false), day(8, 25)));
}

#[test]
fn caps_are_rounded_down() {
    assert_eq!(cap_text(16_599, UnitSystem::Kilometers), "16.5 km");
    assert_eq!(cap_text(16_600, UnitSystem::Kilometers), "16.6 km");
    assert_eq!(cap_text(16_600, UnitSystem::Miles), "10.0 mi");
    assert_eq!(cap_text(804_672, UnitSystem::Miles), "500.0 mi");
}

#[test]
fn no_warning_uses_a_word_that_claims_too_much_or_asks_for_more() {
    let forbidden = [
        "will ",
        "cause",
        "prevent",
        "safe",
        "danger",
        "optimal",
        "overtrain",
        "diagnos",
        "run more",
        "add ",
        "increase",
    ];
    for warning in every_warning() {
        for units in [UnitSystem::Kilometers, UnitSystem::Miles] {
            let text = format!("{} {}", warning.message(units), warning.action(units)).to_lowercase();
            for word in forbidden {
                assert!(!text.contains(word), "`{word}` in: {text}");
            }
        }
    }
}

#[test]
fn a_relative_effect_never_stands_without_its_interval() {
    for warning in every_warning() {
        let text = warning.association();
        assert_eq!(text.contains(" × "), text.contains("95 % CI"), "{text}");
    }
}
