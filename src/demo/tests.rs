//! The sample, held against the rules, the readers of its formats and itself.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read as _},
};

use flate2::read::GzDecoder;

use super::{clock::day, *};

fn sample() -> Vec<DemoFile> {
    demo_files(None).unwrap()
}

fn text(files: &[DemoFile], path: &str) -> String {
    let file = files.iter().find(|file| file.path == path).unwrap();
    String::from_utf8(file.bytes.clone()).unwrap()
}

/// Path without `.gz`, and the bytes inside.
fn unpacked(file: &DemoFile) -> (String, Vec<u8>) {
    let Some(inner) = file.path.strip_suffix(".gz") else { return (file.path.clone(), file.bytes.clone()) };
    let mut bytes = Vec::new();
    GzDecoder::new(file.bytes.as_slice()).read_to_end(&mut bytes).unwrap();
    (inner.to_owned(), bytes)
}

fn with_ending(files: &[DemoFile], ending: &str) -> Vec<(String, Vec<u8>)> {
    files.iter().map(unpacked).filter(|(path, _)| path.ends_with(ending)).collect()
}

#[test]
fn the_sample_is_the_same_twice() {
    assert!(sample() == sample());
}

/// A change here means that `sample_data/` has to be written anew.
#[test]
fn the_sample_is_under_3_megabytes_in_all_four_packings() {
    let files = sample();
    let size: usize = files.iter().map(|file| file.bytes.len()).sum();
    assert!(size < 3_000_000, "{size} bytes");
    for ending in ["easy.fit", "easy.fit.gz", "easy.gpx", "easy.gpx.gz"] {
        let count = files.iter().filter(|file| file.path.ends_with(ending)).count();
        assert!(count >= 5, "{count} {ending}");
    }
}

#[test]
fn every_path_stands_once_and_in_order() {
    let files = demo_files(Some(100)).unwrap();
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert!(paths.into_iter().eq(files.iter().map(|file| file.path.as_str())));
}

/// What [`activity_files`] counts, without writing the files.
fn runs(weeks: u32) -> Vec<Run> {
    let run = |outing: &Outing| Run {
        date: outing.date,
        distance_m: match outing.date {
            story::BROKEN_OFF => {
                fit::broken_off(&track::record(outing), fit::RUNNING, BREAKS_OFF_AFTER_M).1.round() as i64
            }
            _ => outing.distance_m,
        },
    };
    story::outings(weeks).iter().filter(|outing| outing.kind.is_run()).map(run).collect()
}

#[test]
fn exactly_the_planned_days_raise_a_warning() {
    for weeks in [52, 120, 500] {
        let runs = &runs(weeks);
        let spikes = [(story::SPRING_SPIKE, "SMALL"), (story::AUTUMN_SPIKE, "MODERATE")];
        assert_eq!(spec::long_run_spikes(runs), spikes, "{weeks}");
        assert_eq!(spec::weekly_jumps(runs), [(story::HOLIDAY_JUMP, "ATTENTION")], "{weeks}");
        assert_eq!(spec::gaps(runs, 7), [story::TIME_OFF], "{weeks}");
        assert_eq!(spec::step_stacks(&runs[runs.len() - 60..]), [], "{weeks}");
    }
}

#[test]
fn the_readme_counts_the_runs_that_the_rules_were_held_against() {
    let of = |runs: &[Run]| runs.iter().map(|run| (run.date, run.distance_m)).collect::<Vec<_>>();
    let (_, contents) = activity_files(52).unwrap();
    assert_eq!(of(&contents.runs), of(&runs(52)));
}

#[test]
fn no_other_day_comes_near_a_threshold() {
    let runs = runs(52);
    let planned = [story::SPRING_SPIKE, story::HOLIDAY_JUMP, story::AUTUMN_SPIKE];
    for run in runs.iter().filter(|run| (run.date - story::FIRST_DAY).num_days() >= 30) {
        let longest = facts::longest_before_m(&runs, run.date).unwrap();
        assert!(planned.contains(&run.date) || 1000 * run.distance_m < 1097 * longest, "{}", run.date);
    }
}

#[test]
fn the_way_back_keeps_below_the_caps_after_a_gap() {
    let runs = runs(52);
    let (last, back) = story::TIME_OFF;
    let before_m = facts::longest_before_m(&runs, last + chrono::Days::new(1)).unwrap();
    for run in runs.iter().filter(|run| run.date >= back) {
        match (run.date - back).num_days() {
            0..=6 => assert!(run.distance_m * 4 <= before_m * 3),
            7..=13 => assert!(run.distance_m * 10 <= before_m * 9),
            _ => {}
        }
    }
}

#[test]
fn the_old_pair_ends_past_its_window_and_the_new_one_enters_it_in_the_last_week() {
    let runs = runs(52);
    let pairs = shoes::pairs(52);
    let days = spec::window_days(&pairs, &runs);
    let expected = [
        ("Pegasus 40", day(2026, 4, 2)),
        ("Pegasus 40", day(2026, 6, 28)),
        ("Ghost 15", day(2026, 11, 5)),
        ("Vaporfly 3", day(2026, 9, 27)),
    ];
    assert_eq!(days, expected.map(|(name, date)| (name.to_owned(), date)));
    let totals: Vec<i64> = pairs.iter().map(|pair| pair.distance_m(&runs)).collect();
    assert_eq!(totals, [831_721, 513_007, 159_730, 161_934]);
    assert_eq!(
        totals.iter().sum::<i64>(),
        260_000 + runs.iter().map(|run| run.distance_m).sum::<i64>(),
        "no run is in no pair"
    );
}

#[test]
fn every_gpx_is_read_by_the_gpx_crate() {
    for (path, bytes) in with_ending(&sample(), ".gpx") {
        let gpx = ::gpx::read(Cursor::new(bytes)).unwrap();
        if path == PLANNED_ROUTE {
            assert_eq!((gpx.tracks.len(), gpx.routes.len()), (0, 1));
            continue;
        }
        assert_eq!(gpx.tracks[0].type_.as_deref(), Some("running"), "{path}");
        let points = gpx.tracks[0].segments.iter().flat_map(|segment| &segment.points);
        assert!(points.clone().count() > 100 && points.clone().all(|point| point.time.is_some()), "{path}");
    }
}

#[test]
fn a_gpx_track_is_as_long_as_its_plan() {
    let files = with_ending(&sample(), ".gpx");
    for outing in story::outings(52).iter().filter(|o| o.path().contains(".gpx")) {
        let (_, bytes) = files.iter().find(|(path, _)| outing.path().starts_with(path.as_str())).unwrap();
        let gpx = ::gpx::read(Cursor::new(bytes)).unwrap();
        let position = |p: &::gpx::Waypoint| crate::activity::Position {
            latitude_deg: p.point().y(),
            longitude_deg: p.point().x(),
        };
        let length = |s: &::gpx::TrackSegment| -> f64 {
            s.points.windows(2).map(|w| routes::distance_m(position(&w[0]), position(&w[1]))).sum()
        };
        let total: f64 = gpx.tracks[0].segments.iter().map(length).sum();
        assert!((total - outing.distance_m as f64).abs() < 0.2, "{}: {total}", outing.path());
    }
}

fn field(records: &[fitparser::FitDataRecord], kind: &str, name: &str) -> Option<String> {
    let record = records.iter().rev().find(|r| r.kind().to_string() == kind)?;
    record.fields().iter().find(|f| f.name() == name).map(|f| f.value().to_string())
}

#[test]
fn every_whole_fit_is_read_by_fitparser() {
    let files = with_ending(&sample(), ".fit");
    for outing in story::outings(52).iter().filter(|o| o.path().contains(".fit")) {
        let (path, bytes) = files.iter().find(|(path, _)| outing.path().starts_with(path.as_str())).unwrap();
        let read = fitparser::from_bytes(bytes);
        if outing.date == story::BROKEN_OFF {
            assert!(read.is_err());
            continue;
        }
        let records = read.unwrap();
        let distance =
            field(&records, "session", "total_distance").map(|meters| meters.parse::<f64>().unwrap());
        let planned = (outing.kind != Kind::Strength).then_some(outing.distance_m as f64);
        let is_as_planned = match (distance, planned) {
            (Some(distance), Some(planned)) => (distance - planned).abs() < 0.02,
            (distance, planned) => distance == planned,
        };
        assert!(is_as_planned, "{path}: {distance:?}");
        let sport = match outing.kind {
            Kind::Ride => "cycling",
            Kind::Swim => "swimming",
            Kind::Strength => "training",
            _ => "running",
        };
        assert_eq!(field(&records, "session", "sport").as_deref(), Some(sport), "{path}");
    }
}

#[test]
fn the_treadmill_file_has_no_positions() {
    let (_, bytes) = with_ending(&sample(), "2026-03-24-treadmill.fit").remove(0);
    let records = fitparser::from_bytes(&bytes).unwrap();
    assert_eq!(field(&records, "session", "sub_sport").as_deref(), Some("treadmill"));
    assert_eq!(field(&records, "record", "position_lat"), None);
}

#[test]
fn the_broken_file_holds_its_records_and_no_session() {
    let outing = story::outings(52).into_iter().find(|o| o.date == story::BROKEN_OFF).unwrap();
    let (bytes, recorded_m) = fit::broken_off(&track::record(&outing), fit::RUNNING, BREAKS_OFF_AFTER_M);
    assert!((5_190.0..5_220.0).contains(&recorded_m), "{recorded_m}");
    let complete = fit::whole(&track::record(&outing), fit::RUNNING);
    assert!(complete.starts_with(&bytes) && bytes.len() < complete.len() * 2 / 3);
}

#[test]
fn the_readme_says_what_treadlight_must_find() {
    let files = sample();
    let readme = text(&files, "README.md");
    assert!(readme.contains("| 8 Nov | active | long-run-spike | caution | 21."), "{readme}");
}

#[test]
fn a_longer_history_has_settings_and_no_readme() {
    let files = demo_files(Some(72)).unwrap();
    assert!(text(&files, "treadlight.toml").contains("Old pair 1"));
    assert!(files.iter().all(|file| file.path != "README.md"));
}
