//! What holds for every history, not only for the ones that we thought of.

use chrono::{DateTime, FixedOffset, NaiveDate, Weekday};
use proptest::prelude::*;
use treadlight::{
    activity::{Activity, DistanceSource, Format, HeartRateTimes, Sport},
    analysis::{
        Analysis, analyze,
        history::compare::SpikeSize,
        load::{Measure, series::LoadHistory},
        rules::{Facts, Warning},
    },
    dates,
    import::Import,
    report,
    settings::Settings,
    units::UnitSystem,
    warning::{KeepTo, Unit},
};

const FIRST: &str = "2025-06-02T08:00:00+02:00";

/// A run so many days (and hours) after the first, of so many metres.
pub(crate) fn run(day: i64, hour: i64, distance_m: i64, number: usize) -> Activity {
    let start: DateTime<FixedOffset> = DateTime::parse_from_rfc3339(FIRST).unwrap();
    let start = start + chrono::Duration::days(day) + chrono::Duration::hours(hour);
    Activity {
        id: format!("{}-{number}", start.format("%Y-%m-%dT%H:%M")),
        distance_m: Some(distance_m as f64),
        distance_source: Some(DistanceSource::Session),
        timer_time_s: Some(distance_m as f64 / 3.0),
        moving_time_s: (distance_m % 3 > 0).then_some(distance_m as f64 / 3.0),
        running_time_s: (distance_m % 5 > 0)
            .then_some(distance_m as f64 / 3.0 * (distance_m % 11) as f64 / 10.0),
        elapsed_time_s: Some(distance_m as f64 / 3.0),
        ascent_m: (distance_m % 2 > 0).then_some(distance_m as f64 / 100.0),
        descent_m: (distance_m % 2 > 0).then_some(distance_m as f64 / 40.0),
        ..Activity::new(format!("{number:04}.fit"), Format::Fit, Sport::running(), start)
    }
}

pub(crate) fn histories() -> impl Strategy<Value = Vec<Activity>> {
    prop::collection::vec((0..400_i64, 0..12_i64, 0..60_000_i64), 0..120).prop_map(|rows| {
        let mut runs: Vec<Activity> =
            rows.into_iter().enumerate().map(|(n, (day, hour, meters))| run(day, hour, meters, n)).collect();
        runs.sort_by(|a, b| (a.start, &a.file).cmp(&(b.start, &b.file)));
        runs
    })
}

fn analysis_of(runs: &[Activity], as_of: NaiveDate) -> Analysis {
    analyze(runs, &[], &Settings::default(), as_of).unwrap()
}

fn is_lasting_break(warning: &Warning) -> bool {
    matches!(&warning.facts, Facts::Gap(seen) if seen.gap.lasts && seen.above.is_none())
}

pub(crate) fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 7, 15).unwrap()
}

/// A warning without what holds on the day of the report, which is another day's matter.
fn as_it_fired(warning: &Warning) -> Warning {
    let keep_to = |keep_to| KeepTo { most: None, until: None, is_over: false, ..keep_to };
    Warning { keep_to: warning.keep_to.map(keep_to), ..warning.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn week_sums_equal_the_sum_of_the_runs(runs in histories()) {
        let analysis = analysis_of(&runs, last_day());
        let total: i64 = runs.iter().map(Activity::whole_meters).sum();
        prop_assert_eq!(analysis.weeks.iter().map(|week| week.distance_m).sum::<i64>(), total);
        prop_assert_eq!(analysis.days.iter().map(|day| day.distance_m).sum::<i64>(), total);
        prop_assert_eq!(analysis.weeks.iter().map(|week| week.runs as usize).sum::<usize>(), runs.len());
    }

    #[test]
    fn weekly_rows_are_what_a_plain_loop_over_the_runs_gives(runs in histories()) {
        let analysis = analysis_of(&runs, last_day());
        for (i, week) in analysis.weeks.iter().enumerate() {
            let inside: Vec<&Activity> =
                runs.iter().filter(|r| dates::week_start(r.local_date(), Weekday::Mon) == week.week_start).collect();
            prop_assert_eq!(week.longest_m, inside.iter().map(|r| r.whole_meters()).max());
            prop_assert_eq!(week.ascent_m.is_some(), inside.iter().any(|r| r.ascent_m.is_some()));
            let four = &analysis.weeks[i.saturating_sub(4)..i];
            prop_assert_eq!(week.best_of_4_m, four.iter().map(|w| w.distance_m).max());
            prop_assert!(week.peak_7_days_m >= week.longest_m.unwrap_or_default());
        }
    }

    #[test]
    fn every_calendar_day_and_week_has_exactly_one_row(runs in histories()) {
        let analysis = analysis_of(&runs, last_day());
        prop_assert!(analysis.days.windows(2).all(|pair| pair[1].date == dates::days_after(pair[0].date, 1)));
        prop_assert!(analysis.weeks.windows(2).all(|p| p[1].week_start == dates::days_after(p[0].week_start, 7)));
        prop_assert_eq!(analysis.days.last().map(|day| day.date), Some(last_day()));
    }

    #[test]
    fn adding_later_runs_changes_nothing_about_an_earlier_day(runs in histories(), day in 30..300_i64) {
        let as_of = DateTime::parse_from_rfc3339(FIRST).unwrap().date_naive() + chrono::Duration::days(day);
        let known: Vec<Activity> = runs.iter().filter(|run| run.local_date() <= as_of).cloned().collect();
        let mut import = Import { runs: runs.clone(), ..Import::default() };
        import.forget_after(as_of);
        prop_assert_eq!(&import.runs, &known);
        let then = analysis_of(&known, as_of);
        let later = analysis_of(&runs, last_day());
        let told_later: Vec<_> =
            later.warnings.iter().filter(|w| w.date <= as_of && !is_lasting_break(w)).map(as_it_fired).collect();
        // a break that lasts is told as it stands; once a run ended it, it is told on the day of that run instead
        let told_then: Vec<_> = then.warnings.iter().filter(|w| !is_lasting_break(w)).map(as_it_fired).collect();
        prop_assert_eq!(told_then, told_later);
        let last = runs.iter().map(Activity::local_date).filter(|date| *date <= as_of).max();
        let days_since = last.map_or(0, |last| (as_of - last).num_days());
        let told = then.warnings.iter().filter(|w| is_lasting_break(w)).count();
        // a break of less than two weeks may be the runner's habit
        let range = usize::from(days_since >= 14)..=usize::from(days_since >= 7);
        prop_assert!(range.contains(&told), "{} breaks told after {} days", told, days_since);
    }

    #[test]
    fn a_run_as_long_as_the_cap_raises_no_long_run_spike(runs in histories(), day in 30..400_i64) {
        let as_of = DateTime::parse_from_rfc3339(FIRST).unwrap().date_naive() + chrono::Duration::days(day);
        let mut known: Vec<Activity> = runs.into_iter().filter(|run| run.local_date() <= as_of).collect();
        let caps = analysis_of(&known, as_of).limits;
        if let Some(cap_m) = caps.next_run_m {
            let days = (caps.date - DateTime::parse_from_rfc3339(FIRST).unwrap().date_naive()).num_days();
            let running_time_s = caps.running.as_ref().map(|running| 60.0 * running.minutes as f64);
            known.push(Activity { running_time_s, ..run(days, 12, cap_m, 9_999) });
            let spikes: Vec<_> = analysis_of(&known, caps.date).warnings.into_iter()
                .filter(|w| w.date == caps.date && w.rule.id == "long-run-spike").collect();
            prop_assert_eq!(spikes, vec![]);
        }
    }

    #[test]
    fn caps_are_multiples_of_100_and_500_metres_and_know_nothing_of_later_runs(
        runs in histories(), day in 0..400_i64
    ) {
        let as_of = DateTime::parse_from_rfc3339(FIRST).unwrap().date_naive() + chrono::Duration::days(day);
        let known: Vec<Activity> = runs.iter().filter(|run| run.local_date() <= as_of).cloned().collect();
        let mut import = Import { runs, ..Import::default() };
        import.forget_after(as_of);
        let caps = analysis_of(&import.runs, as_of).limits;
        prop_assert_eq!(&caps, &analysis_of(&known, as_of).limits);
        prop_assert!(caps.next_run_m.is_none_or(|m| m > 0 && m % 100 == 0), "{:?}", caps);
        prop_assert!(caps.next_7_days_m.is_none_or(|m| m > 0 && (m % 500 == 0 || Some(m) == caps.next_run_m)), "{:?}", caps);
        prop_assert!(caps.until.is_none_or(|until| until >= caps.date), "{:?}", caps);
        prop_assert!(caps.next_run_m.is_some() || caps.until.is_none(), "{:?}", caps);
    }

    #[test]
    fn a_spike_above_30_per_cent_never_raises_the_cap_above_110_per_cent_of_the_longest_before_it(
        runs in histories()
    ) {
        for warning in analysis_of(&runs, last_day()).warnings {
            let (Facts::LongRunSpike(seen), Unit::Metres) = (warning.facts, warning.compared.unit) else { continue };
            let (run, date, size) = (warning.run, warning.date, seen.size);
            let longest_m = warning.compared.baseline.unwrap();
            let known: Vec<Activity> = runs.iter().filter(|run| run.local_date() <= date).cloned().collect();
            let analysis = analysis_of(&known, date);
            let is_last = analysis.sessions.last().is_some_and(|session| session.run == run);
            if size > Some(SpikeSize::Small) && is_last {
                prop_assert!(analysis.limits.next_run_m <= Some(110 * longest_m / 100), "{:?}", analysis.limits);
            }
        }
    }

    #[test]
    fn no_output_ever_holds_nan_or_infinity(runs in histories(), as_of_day in 0..420_i64) {
        let as_of = DateTime::parse_from_rfc3339(FIRST).unwrap().date_naive() + chrono::Duration::days(as_of_day);
        let mut import = Import { runs, ..Import::default() };
        import.forget_after(as_of);
        let analysis = analysis_of(&import.runs, as_of);
        for units in [UnitSystem::Kilometers, UnitSystem::Miles] {
            let page = report::sections::report(&report::sections::Report {
                all: false,
                import: &import,
                analysis: &analysis,
                units,
                medium: report::sections::Medium::Report,
                with_diary: true,
            });
            let text = report::render::text::text(&page, report::render::Layout::OF_FILES);
            let json = serde_json::to_string(&report::machine::json::check(&analysis, units)).unwrap();
            for word in ["NaN", "inf ", "inf%", "−inf", "null,\"distance_m\""] {
                prop_assert!(!text.contains(word), "{}", text);
                prop_assert!(!json.contains(word), "{}", json);
            }
        }
    }

    #[test]
    fn a_warning_stands_above_its_threshold(runs in histories()) {
        for warning in analysis_of(&runs, last_day()).warnings {
            let is_gap = warning.rule.id == "gap";
            let counts_days = is_gap || warning.rule.id == "no-rest";
            prop_assert!(warning.compared.value > warning.compared.threshold || counts_days, "{:?}", warning);
            prop_assert!(warning.compared.value >= warning.compared.threshold, "{:?}", warning);
        }
    }
}

#[test]
fn the_order_of_files_changes_nothing() {
    use treadlight::import::{circumstances::Circumstances, files::find, import};
    let project = crate::project::Project::sample();
    let circumstances = Circumstances {
        zone: chrono_tz::Europe::Berlin,
        now: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(12, 0, 0).unwrap().and_utc(),
    };
    let mut found = find::find_sources(&[project.path().join("runs")]);
    let forwards = import(&found, circumstances, &[], &|| {});
    found.sources.reverse();
    assert_eq!(import(&found, circumstances, &[], &|| {}), forwards);
    let middle = found.sources.len() / 3;
    found.sources.rotate_left(middle);
    assert_eq!(import(&found, circumstances, &[], &|| {}), forwards);
}

/// A history in which heart rates, ratings and times come and go, with what the settings may say.
fn beating_histories() -> impl Strategy<Value = (Vec<Activity>, Settings)> {
    let heart = (any::<bool>(), prop::collection::vec((0..=255_u8, 0..4_000_000_u64), 0..6), 0..260_i32);
    let row = (0..400_i64, 0..12_i64, 0..60_000_i64, heart, 0..15_i32, 0..8_u8);
    let athlete = prop::option::of((120..=240_u8, 25..120_u8));
    (prop::collection::vec(row, 0..60), athlete).prop_map(|(rows, athlete)| {
        let mut runs: Vec<Activity> = rows.into_iter().enumerate().map(beating_run).collect();
        runs.sort_by(|a, b| (a.start, &a.file).cmp(&(b.start, &b.file)));
        let mut settings = Settings::default();
        if let Some((max, resting)) = athlete {
            settings.athlete.max_heart_rate_bpm = Some(max);
            settings.athlete.resting_heart_rate_bpm = Some(resting);
        }
        (runs, settings)
    })
}

type Heart = (bool, Vec<(u8, u64)>, i32);

fn beating_run(
    (number, (day, hour, meters, (has_average, rates, average), rpe, timeless)): (
        usize,
        (i64, i64, i64, Heart, i32, u8),
    ),
) -> Activity {
    let mut run = run(day, hour, meters, number);
    let mut held_ms = [0; 256];
    rates.into_iter().for_each(|(bpm, ms)| held_ms[usize::from(bpm)] += ms);
    run.heart_rate_times = HeartRateTimes::from_milliseconds(&held_ms);
    run.average_heart_rate_bpm = has_average.then_some(f64::from(average));
    run.session_rpe = (rpe > 4).then_some(f64::from(rpe - 4));
    if timeless == 0 {
        (run.timer_time_s, run.moving_time_s, run.elapsed_time_s) = (None, None, None);
    }
    run
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_load_of_a_run_and_of_a_day_never_depends_on_later_runs(
        (runs, settings) in beating_histories(), day in 0..400_i64
    ) {
        let as_of = DateTime::parse_from_rfc3339(FIRST).unwrap().date_naive() + chrono::Duration::days(day);
        let known: Vec<Activity> = runs.iter().filter(|run| run.local_date() <= as_of).cloned().collect();
        let then = LoadHistory::new(&known, &settings.athlete, as_of);
        let later = LoadHistory::new(&runs, &settings.athlete, last_day());
        for i in 0..known.len() {
            prop_assert_eq!(then.best_of(i), later.best_of(i));
        }
        for measure in [Measure::Trimp, Measure::SessionRpe, Measure::Minutes] {
            let earlier = then.series_of(measure, NaiveDate::MIN).days;
            let all = later.series_of(measure, NaiveDate::MIN).days;
            prop_assert_eq!(&earlier[..], &all[..earlier.len()]);
        }
    }

    #[test]
    fn a_load_is_finite_never_negative_and_every_run_is_told_where_it_comes_from(
        (runs, settings) in beating_histories()
    ) {
        let analysis = analyze(&runs, &[], &settings, last_day()).unwrap();
        let good = |value: f64| value.is_finite() && value >= 0.0;
        for day in &analysis.load_series.days {
            prop_assert!(good(day.load) && good(day.acute) && good(day.chronic), "{:?}", day);
        }
        for week in &analysis.week_loads {
            let values = [week.load, week.acute, week.chronic, week.monotony, week.strain];
            prop_assert!(values.into_iter().flatten().all(good), "{:?}", week);
            prop_assert!(week.monotony.is_none_or(|monotony| monotony <= 10.0));
            prop_assert!(week.rest_days.is_none_or(|days| days <= 7));
        }
        let sources = analysis.load_series.sources;
        prop_assert_eq!(sources.runs, runs.len());
        prop_assert!(sources.estimated + sources.from_average + sources.left_out() <= sources.runs);
        let import = Import { runs, ..Import::default() };
        let json = serde_json::to_value(report::machine::json::runs(&import, &analysis)).unwrap();
        for run in json["runs"].as_array().unwrap() {
            prop_assert_eq!(run["training_load"].is_null(), run["training_load_measure"].is_null());
        }
    }

    #[test]
    fn the_loads_of_the_weeks_add_up_to_those_of_the_days((runs, settings) in beating_histories()) {
        let analysis = analyze(&runs, &[], &settings, last_day()).unwrap();
        let of_days: f64 = analysis.load_series.days.iter().map(|day| day.load).sum();
        let of_weeks: f64 = analysis.week_loads.iter().filter_map(|week| week.load).sum();
        prop_assert!(of_weeks <= of_days + 1e-6 * (1.0 + of_days));
        if analysis.load_series.sources.left_out() == 0 {
            prop_assert!((of_weeks - of_days).abs() <= 1e-6 * (1.0 + of_days), "{} {}", of_weeks, of_days);
        }
    }
}
