//! One engine, one number: whatever names a limit on a day names the same, and no day that has passed.

use std::path::Path;

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use treadlight::{
    activity::{Activity, Format, Sport},
    analysis::{
        Analysis, analyze,
        plan::check_plan,
        rules::{Warning, guards::silent_after_break},
    },
    dates,
    import::Import,
    plan::PlannedRun,
    report::{
        machine::json,
        page::Page,
        render::{Layout, markdown::markdown, text::text},
        sections::{self, Medium, Report, cap_arithmetic, next, verdict},
        words::{cap_text, limits as words},
    },
    settings::{AckSettings, Settings},
    units::UnitSystem::Kilometers,
    warning::Kept,
};

use crate::properties::{histories, last_day};

fn analysis_of(runs: &[Activity], settings: &Settings, as_of: NaiveDate) -> Analysis {
    analyze(runs, &[], settings, as_of).unwrap()
}

fn known(runs: &[Activity], as_of: NaiveDate) -> Vec<Activity> {
    runs.iter().filter(|run| run.local_date() <= as_of).cloned().collect()
}

/// Days that a sentence names after `until` or `by`, in the year that lies nearest to the day of the report.
fn days_ahead(sentence: &str, as_of: NaiveDate) -> Vec<NaiveDate> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let named = words.windows(3).filter(|words| ["until", "by", "on"].contains(&words[0]));
    let named = named.filter_map(|words| {
        let (day, month) = (words[1], words[2].trim_matches(|c: char| !c.is_alphabetic()));
        let in_year = |year| NaiveDate::parse_from_str(&format!("{day} {month} {year}"), "%d %b %Y").ok();
        let years = [as_of.year() - 1, as_of.year(), as_of.year() + 1].into_iter().filter_map(in_year);
        years.min_by_key(|day| (*day - as_of).num_days().abs())
    });
    named.collect()
}

/// What an active warning says, beside what the engine says.
fn assert_one_number(analysis: &Analysis) {
    let limits = &analysis.limits;
    for warning in analysis.active() {
        let action = warning.action(Kilometers);
        let name = format!("{} on {}: {action}\n{warning:?}\n{limits:?}", analysis.as_of, warning.date);
        assert_number(warning, &action, analysis, &name);
        let ended = action.contains("ended on");
        let days = days_ahead(&action.replace("ended on", "ended"), analysis.as_of);
        assert!(days.iter().all(|day| *day >= analysis.as_of), "{name}");
        assert!(!ended || days.is_empty(), "{name}");
    }
    for warning in analysis.active() {
        let Some(keep_to) = warning.keep_to.filter(|keep_to| !keep_to.is_over) else { continue };
        // an action that has a limit leaves none out of JSON
        match keep_to.of {
            Kept::Run => assert_eq!(warning.cap().map(|cap| cap.0), limits.next_run_m, "{warning:?}"),
            Kept::SevenDays => {
                assert_eq!(warning.cap().map(|cap| cap.0), limits.next_7_days_m, "{warning:?}");
            }
            Kept::Running | Kept::Descent | Kept::DaysOff => {}
        }
    }
    let document = serde_json::to_value(json::check(analysis, Kilometers)).unwrap();
    let caps = &document["caps"];
    assert_eq!(caps["next_run_m"].as_i64(), limits.next_run_m);
    assert_eq!(caps["next_7_days_m"].as_i64(), limits.next_7_days_m);
    for warning in document["warnings"].as_array().unwrap() {
        let cap_m = warning["cap_m"].as_i64();
        let is_week = warning["rule"] == "weekly-jump";
        let now = if is_week { limits.next_7_days_m } else { limits.next_run_m };
        assert!(cap_m.is_none() || cap_m == now, "{warning} {limits:?}");
        let until: Option<NaiveDate> = warning["until"].as_str().map(|day| day.parse().unwrap());
        assert!(until.is_none_or(|until| until >= analysis.as_of), "{warning}");
    }
}

fn assert_number(warning: &Warning, action: &str, analysis: &Analysis, name: &str) {
    let limits = &analysis.limits;
    let Some(keep_to) = warning.keep_to else { return };
    if keep_to.is_over && keep_to.of == Kept::Descent {
        return;
    }
    let now = match keep_to.of {
        Kept::Run => limits.next_run_m.map(|most_m| cap_text(most_m, Kilometers)),
        Kept::SevenDays => limits.next_7_days_m.map(|most_m| cap_text(most_m, Kilometers)),
        Kept::Running => limits.running.as_ref().map(|running| format!("{} running minute", running.minutes)),
        Kept::Descent | Kept::DaysOff => None,
    };
    assert!(now.is_none_or(|now| action.contains(&now)), "{name}");
}

/// Whether one of the last six days has a run of the first days after a break: a new longest run then sets no limit, as the
/// reference of the engine has it, yet the rule counts it as the first of two.
fn follows_a_silent_one(analysis: &Analysis) -> bool {
    let since = dates::days_before(analysis.limits.date, 6);
    let recent = (0..analysis.sessions.len()).filter(|i| analysis.sessions[*i].date >= since);
    recent.into_iter().any(|i| silent_after_break(&analysis.sessions, i))
}

/// A run of exactly NEXT on its first day is not over it, and 100 m more is.
fn assert_plan(analysis: &Analysis, runs: &[Activity], others: &[Activity], settings: &Settings) {
    let limits = &analysis.limits;
    let Some(most_m) = limits.next_run_m.filter(|most_m| *most_m > 0) else { return };
    for (distance_m, over) in [(most_m, false), (most_m + 100, true)] {
        let planned = [PlannedRun { date: limits.date, distance_m, line: 2 }];
        let check = check_plan(analysis, runs, others, settings, &planned).unwrap();
        let fit = check.runs[0].fit;
        assert_eq!(fit.limit_m, Some(most_m), "{limits:?}");
        assert_eq!(fit.is_over_run, over, "{limits:?}");
        assert!(fit.nearest_m.is_none_or(|nearest_m| nearest_m <= most_m), "{fit:?}");
        let raised = check.runs[0].rules();
        assert!(over || !raised.contains(&"long-run-spike"), "{raised:?} {limits:?}");
        let stacks = raised.contains(&"step-stack") && !follows_a_silent_one(analysis);
        assert!(over || !stacks, "{raised:?} {limits:?}");
    }
}

/// Text of one line, without what Markdown adds.
fn flat(text: &str) -> String {
    text.replace(['\\', '*', '`'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn as_text(page: &Page) -> String {
    flat(&text(page, Layout::OF_FILES))
}

/// Report, mail, page, notification, `next` and `explain caps` say the same advice and the same two limits.
fn assert_every_voice(analysis: &Analysis, runs: &[Activity]) {
    let import = Import { runs: runs.to_vec(), ..Import::default() };
    let report = |medium| Report {
        import: &import,
        analysis,
        units: Kilometers,
        medium,
        with_diary: false,
        all: true,
    };
    let said = |medium| sections::report(&report(medium));
    let mut voices = vec![
        ("report", as_text(&said(Medium::Report))),
        ("check", as_text(&said(Medium::Check))),
        ("mail", flat(&markdown(&said(Medium::Mail)))),
        ("page", as_text(&said(Medium::Page))),
    ];
    if runs.is_empty() {
        return;
    }
    let line = verdict::sentence(analysis, Kilometers);
    // it ends with what to do; a part of what was seen may stand before that
    let (_, acts) = line.split_once(". ").unwrap_or_default();
    let acts = acts.split(" (+").next().unwrap_or_default();
    for (voice, text) in &voices {
        for act in acts.split(". ").map(|act| act.trim_end_matches('.')) {
            assert!(text.contains(act), "{voice} lacks “{act}” of “{line}”: {text}");
        }
        assert!(!text.contains("fired 0 times"), "{voice}: {text}");
    }
    let limits = &analysis.limits;
    voices.push(("next", as_text(&next::page(limits, None, None, Kilometers))));
    for (voice, text) in &voices {
        for limit in [words::next_run(limits, Kilometers), words::next_7_days(limits, Kilometers)] {
            assert!(text.contains(&flat(&limit)), "{voice} lacks “{limit}”: {text}");
        }
    }
    let caps = as_text(&Page::of(cap_arithmetic::of_caps(analysis, Kilometers)));
    for most_m in [limits.next_run_m, limits.next_7_days_m].into_iter().flatten() {
        assert!(caps.contains(&cap_text(most_m, Kilometers)), "{most_m} m is not in {caps}");
    }
}

/// A planned run once it is run.
fn planned_run(run: PlannedRun, number: usize) -> Activity {
    let start = run.date.and_hms_opt(18, 0, 0).unwrap().and_utc().fixed_offset();
    Activity {
        id: format!("run {number}"),
        distance_m: Some(run.distance_m as f64),
        ..Activity::new(format!("plan-{number}.fit"), Format::Fit, Sport::running(), start)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_voice_names_the_limit_of_the_engine(runs in histories(), day in 0..420_u64) {
        let as_of = dates::days_before(last_day(), day);
        let runs = known(&runs, as_of);
        let settings = Settings::default();
        let analysis = analysis_of(&runs, &settings, as_of);
        assert_one_number(&analysis);
        assert_every_voice(&analysis, &runs);
        assert_plan(&analysis, &runs, &[], &settings);
    }

    #[test]
    fn what_is_silenced_disabled_or_a_race_changes_no_limit(runs in histories(), day in 0..420_u64) {
        let as_of = dates::days_before(last_day(), day);
        let mut runs = known(&runs, as_of);
        let limits = analysis_of(&runs, &Settings::default(), as_of).limits;
        let rules: Vec<_> = treadlight::analysis::rules::known();
        let silenced = |rule: &&'static treadlight::warning::Rule| AckSettings {
            rule, from: None, until: as_of, because: "a test".to_owned(),
        };
        let acks = Settings { acks: rules.iter().map(silenced).collect(), ..Settings::default() };
        let disabled = Settings { disabled_rules: rules, ..Settings::default() };
        prop_assert_eq!(&analysis_of(&runs, &acks, as_of).limits, &limits);
        prop_assert_eq!(&analysis_of(&runs, &disabled, as_of).limits, &limits);
        runs.iter_mut().for_each(|run| run.race = true);
        let races = analysis_of(&runs, &Settings::default(), as_of);
        prop_assert_eq!(&races.limits, &limits);
        assert_one_number(&races);
    }

    #[test]
    fn a_plan_raises_what_its_runs_raise_once_they_are_run(
        runs in histories(), day in 0..400_u64, planned in prop::collection::vec((0..5_u64, 2_000..25_000_i64), 1..8),
    ) {
        let as_of = dates::days_before(last_day(), day);
        let runs = known(&runs, as_of);
        let settings = Settings::default();
        let analysis = analysis_of(&runs, &settings, as_of);
        let mut date = analysis.limits.date;
        let mut rows: Vec<PlannedRun> = Vec::new();
        for (line, (pause, distance_m)) in (2..).zip(planned) {
            rows.push(PlannedRun { date, distance_m, line });
            date = dates::days_after(date, pause + 1);
        }
        let check = check_plan(&analysis, &runs, &[], &settings, &rows).unwrap();
        let mut all = runs;
        for (n, judged) in check.runs.iter().enumerate() {
            all.push(planned_run(judged.run, n));
            let told = analysis_of(&all, &settings, judged.run.date).warnings;
            let id = &all.last().unwrap().id;
            let mut rules: Vec<&str> =
                told.iter().filter(|warning| &warning.run == id && !warning.is_break()).map(|warning| warning.rule.id).collect();
            rules.retain(|rule| !["shoe-window", "shoe-past", "new-shoe", "one-pair"].contains(rule));
            rules.sort_unstable();
            rules.dedup();
            let mut planned = judged.rules();
            planned.sort_unstable();
            prop_assert_eq!(planned, rules);
        }
    }
}

/// The runs of a folder, read as the program reads them.
fn runs_of(folder: &Path) -> (Vec<Activity>, Vec<Activity>) {
    use treadlight::import::{circumstances::Circumstances, files::find::find_sources, import};
    let circumstances = Circumstances {
        zone: chrono_tz::UTC,
        now: NaiveDate::from_ymd_opt(2100, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap().and_utc(),
    };
    let import = import(&find_sources(&[folder.to_owned()]), circumstances, &[], &|| ());
    (import.runs, import.others)
}

/// Every third day of a history, from its first run to 20 days after its last.
fn assert_every_third_day(
    (runs, others): (&[Activity], &[Activity]),
    settings: &Settings,
    with_plan: impl Fn(&Analysis, &[Activity], &[Activity]),
) {
    let (first, last) = (runs[0].local_date(), runs[runs.len() - 1].local_date());
    let mut as_of = first;
    while as_of <= dates::days_after(last, 20) {
        let (runs, others) = (known(runs, as_of), known(others, as_of));
        let analysis = analyze(&runs, &others, settings, as_of).unwrap();
        assert_one_number(&analysis);
        assert_every_voice(&analysis, &runs);
        with_plan(&analysis, &runs, &others);
        as_of = dates::days_after(as_of, 3);
    }
}

#[test]
fn the_sample_hears_one_number_on_every_third_day() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data");
    let settings = std::fs::read_to_string(folder.join("treadlight.toml")).unwrap();
    let (runs, others) = runs_of(&folder);
    let settings = treadlight::analysis::rules::settings(&settings).unwrap();
    assert_every_third_day((&runs, &others), &settings, |analysis, runs, others| {
        assert_plan(analysis, runs, others, &settings);
    });
}

#[test]
fn real_histories_hear_one_number_on_every_third_day() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/history");
    if !folder.is_dir() {
        println!("skipped: no corpus of real histories here");
        return;
    }
    for history in ["FIT", "GPX"] {
        let (runs, others) = runs_of(&folder.join(history));
        assert_every_third_day((&runs, &others), &Settings::default(), |_, _, _| ());
    }
}
