//! What must hold for every diary: it never raises a limit, a worse row never does, later rows change nothing earlier.

use chrono::{Days, NaiveDate};
use treadlight::knee::{
    Knee,
    fold::{self, Entry, Limit, LoadLimits, Says, State},
    light::Light,
    phone_rows,
    place::start_of,
    row::Run,
    sign::{Seen, Sign},
    spot::{Side, Spot},
};

const HISTORIES: u64 = 4_000;
const NO_LIMIT: LoadLimits = LoadLimits { run_m: Some(1_000_000_000), week_m: Some(1_000_000_000) };

fn first_day() -> NaiveDate {
    "2026-01-05".parse().unwrap()
}

fn entry(date: NaiveDate, light: Option<Light>, metres: Option<i64>) -> Entry {
    Entry {
        date,
        says: Says::Light(light),
        spot: Spot::Front,
        side: Some(Side::Left),
        metres,
        from_m: None,
        running_s: None,
        walk: false,
        signs: Vec::new(),
        speaks_of_now: true,
    }
}

/// A history of runs with a row each; two spots and both sides.
fn history(random: &mut fastrand::Rng) -> (Vec<Entry>, NaiveDate) {
    let mut date = first_day();
    let lights = [Light::Green, Light::Green, Light::Green, Light::Amber, Light::Red, Light::Wait];
    let entries = (0..random.usize(1..12))
        .map(|_| {
            date = date + Days::new(*random.choice(&[1, 2, 2, 3, 4, 9, 30]).unwrap());
            let light = *random.choice(&lights).unwrap();
            let mut entry = entry(date, Some(light), Some(random.i64(1_500..15_000)));
            entry.spot = *random.choice(&[Spot::Front, Spot::Front, Spot::Outer]).unwrap();
            entry.side = random.choice(&[Side::Left, Side::Both]).copied();
            if light == Light::Red && random.f64() < 0.3 {
                entry.signs = vec![*random.choice(&[Sign::Swelling, Sign::Night]).unwrap()];
            }
            if random.f64() < 0.03 {
                let seen = [Seen::Alone, Seen::Stage(2), Seen::TheirPlan];
                entry.says = Says::Seen(*random.choice(&seen).unwrap());
                entry.metres = None;
            }
            entry
        })
        .collect();
    (entries, date + Days::new(*random.choice(&[1, 2, 5, 13]).unwrap()))
}

fn runs(entries: &[Entry]) -> Vec<(NaiveDate, i64)> {
    entries.iter().filter_map(|entry| Some((entry.date, entry.metres?))).collect()
}

/// The smaller, the stricter. Stages of the ladder are not compared: a red row of February leads onto it, and who has
/// climbed since stands higher than who falls onto it in April.
fn strictness(limit: &Limit) -> i64 {
    match limit.state {
        State::Stop => -3,
        _ if limit.because.is_some() => -2,
        State::Ladder => -1,
        _ => limit.run_m.unwrap_or(i64::MAX),
    }
}

#[test]
fn the_diary_never_raises_a_limit_of_the_load() {
    for seed in 0..HISTORIES {
        let mut random = fastrand::Rng::with_seed(seed);
        let (entries, on) = history(&mut random);
        let load = LoadLimits { run_m: Some(5_000), week_m: Some(20_000) };
        let limit = fold::limit(&entries, &runs(&entries), on, load);
        assert!(limit.run_m.is_none_or(|m| m <= 5_000) && limit.week_m.is_none_or(|m| m <= 20_000));
        assert!(limit.run_m.is_none_or(|m| m % 100 == 0), "seed {seed}: {limit:?}");
        let without = fold::limit(&entries, &runs(&entries), on, LoadLimits::default());
        assert_eq!(without.state, limit.state, "the load decides no state");
    }
}

#[test]
fn later_rows_and_runs_change_nothing_earlier_and_the_order_of_days_does_not_count() {
    for seed in 0..HISTORIES {
        let mut random = fastrand::Rng::with_seed(seed);
        let (mut entries, on) = history(&mut random);
        let mut runs = runs(&entries);
        let limit = fold::limit(&entries, &runs, on, NO_LIMIT);
        entries.push(entry(on, Some(Light::Stop), Some(5_000)));
        entries.push(entry(on + Days::new(1), Some(Light::Red), None));
        runs.push((on, 5_000));
        assert_eq!(fold::limit(&entries, &runs, on, NO_LIMIT), limit, "seed {seed}");
        entries.reverse();
        runs.reverse();
        assert_eq!(fold::limit(&entries, &runs, on, NO_LIMIT), limit, "seed {seed}");
    }
}

#[test]
fn a_worse_row_or_a_further_bad_one_never_raises_a_limit() {
    for seed in 0..HISTORIES {
        let mut random = fastrand::Rng::with_seed(seed);
        let (mut entries, on) = history(&mut random);
        entries.retain(|entry| matches!(entry.says, Says::Light(_)));
        if entries.is_empty() {
            continue;
        }
        let runs = runs(&entries);
        let at = random.usize(..entries.len());
        let harder = match entries[at].light() {
            Some(Light::Green | Light::Wait) | None => Light::Amber,
            Some(Light::Amber) => Light::Red,
            Some(_) => Light::Stop,
        };
        let compare = |before: &[Entry], after: &[Entry], what: &str| {
            let [before, after] = [before, after].map(|entries| fold::limit(entries, &runs, on, NO_LIMIT));
            let holds = strictness(&after) <= strictness(&before);
            assert!(holds, "seed {seed}, {what}: {before:?} became {after:?}");
        };
        let mut worse = entries.clone();
        worse[at].says = Says::Light(Some(harder));
        compare(&entries, &worse, "a worse light");
        worse[at].says = Says::Light(Some(Light::Red));
        worse[at].signs = vec![Sign::Swelling];
        if entries[at].light() != Some(Light::Stop) {
            compare(&entries, &worse, "swelling");
        }
        entries.iter_mut().for_each(|entry| entry.signs.clear());
        let mut further = entries.clone();
        let light = *random.choice(&[Light::Amber, Light::Red]).unwrap();
        further.push(entry(entries[at].date + Days::new(1), Some(light), None));
        compare(&entries, &further, "a further bad row");
    }
}

#[test]
fn a_row_that_says_nothing_of_now_does_not_end_the_time_of_a_swelling() {
    let swollen = Entry { signs: vec![Sign::Swelling], ..entry(first_day(), Some(Light::Red), Some(9_000)) };
    let mut later = entry(first_day() + Days::new(2), Some(Light::Amber), None);
    later.speaks_of_now = false;
    let runs = runs(std::slice::from_ref(&swollen));
    let on = first_day() + Days::new(3);
    let limit = fold::limit(&[swollen.clone(), later.clone()], &runs, on, NO_LIMIT);
    assert_eq!((limit.run_m, limit.because), (Some(0), Some(fold::Standing::Swollen)));
    later.speaks_of_now = true;
    assert_eq!(fold::limit(&[swollen, later], &runs, on, NO_LIMIT).because, None);
}

/// From written lines to the limit: exercises, notes and words that cannot be read end nothing.
#[test]
fn only_a_line_with_a_number_ends_the_time_of_a_swelling() {
    let run =
        |id: &str| Run { id: id.to_owned(), start: start_of(id).unwrap(), metres: 9_000, running_s: None };
    let knee = |more: &str| {
        let text = format!("2026-11-03 front left 0/3/1/1 swelling\n{more}");
        let today = "2026-11-28".parse().unwrap();
        let (rows, problems) = phone_rows::of_file(&text, "knee.txt", today);
        Knee::of(rows, problems, vec![run("2026-11-03T07:00")], "2026-11-06".parse().unwrap(), None).unwrap()
    };
    let swollen = |more: &str| {
        let knee = knee(more);
        knee.limit(knee.on, NO_LIMIT).because.is_some()
    };
    for line in ["", "2026-11-05 : better", "2026-11-05 painkiller", "2026-11-05 swolen", "2026-11-05 limp"] {
        assert!(swollen(line), "{line}");
    }
    assert!(!swollen("2026-11-05 worst 1"));
}
