//! One bench a stage of `check`, over a thousand weeks of the invented runner, in the order in which the stages follow each
//! other: a regression is seen where it happens. Each says how long the whole history takes.

#![allow(clippy::unwrap_used, reason = "a benchmark of our own files")]

use std::{
    path::PathBuf,
    sync::LazyLock,
    time::{Duration, SystemTime},
};

use chrono::NaiveDate;
use divan::{Bencher, black_box};
use tempfile::TempDir;
use treadlight::{
    activity::Recording,
    analysis::{Analysis, analyze},
    demo::demo_files,
    fields::RunRow,
    import::{
        self, Import, Remembered,
        cache::{
            Cache, Memory,
            judged::{self, Judged},
        },
        circumstances::Circumstances,
        files::{
            find::{self, Found},
            stamp::unix_ns,
        },
        formats::{fit, gpx},
        judge::{assess, duplicates::set_apart},
        measure::{Measured, measure},
    },
    report::{
        render::{layout::Layout, text},
        sections::{self, Medium, Report},
    },
    settings::Settings,
    table::{DayTable, RunTable, Span, WeekTable},
    units::UnitSystem,
};

const WEEKS: u32 = 1_000;
/// The key of the judged import: any will do.
const KEY: u64 = 7;

fn main() {
    divan::main();
}

/// The history on disk.
struct History {
    folder: TempDir,
    fit: Vec<Vec<u8>>,
    gpx: Vec<Vec<u8>>,
}

static HISTORY: LazyLock<History> = LazyLock::new(|| {
    let mut history = History { folder: tempfile::tempdir().unwrap(), fit: Vec::new(), gpx: Vec::new() };
    for file in demo_files(Some(WEEKS)).unwrap() {
        let path = history.folder.path().join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &file.bytes).unwrap();
        match file.path.rsplit_once('.') {
            Some((_, "fit")) => history.fit.push(file.bytes),
            Some((_, "gpx")) => history.gpx.push(file.bytes),
            _ => {}
        }
    }
    history
});

/// What is remembered of the history, and what it came to.
static REMEMBERED: LazyLock<(Vec<u8>, Remembered)> = LazyLock::new(|| {
    let mut read = import_with(Cache::default());
    (read.renewed.pop().unwrap().1, read)
});

static RECORDINGS: LazyLock<Vec<Recording>> = LazyLock::new(|| {
    let fit = HISTORY.fit.iter().flat_map(|bytes| fit::read_recordings(bytes).unwrap());
    fit.chain(HISTORY.gpx.iter().flat_map(|bytes| gpx::read_recordings(bytes).unwrap())).collect()
});

static MEASURED: LazyLock<Vec<Measured>> = LazyLock::new(|| {
    RECORDINGS.iter().filter_map(|one| measure(one.clone(), circumstances()).ok()).collect()
});

static ANALYSIS: LazyLock<Analysis> = LazyLock::new(|| rules(&REMEMBERED.1.import));

fn folders() -> [PathBuf; 1] {
    [HISTORY.folder.path().to_owned()]
}

fn found() -> Found {
    find::find_sources(&folders())
}

fn as_of() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 9).unwrap()
}

fn circumstances() -> Circumstances {
    Circumstances { zone: chrono_tz::Europe::Berlin, now: as_of().and_hms_opt(12, 0, 0).unwrap().and_utc() }
}

fn import_with(cache: Cache) -> Remembered {
    // seen from later, all files lie still
    let began_ns = unix_ns(SystemTime::now() + Duration::from_secs(60)).unwrap();
    let memory = Memory::new(vec![Some(("runs".to_owned(), cache))], began_ns);
    import::import_remembering(&found(), circumstances(), &[], &memory, &|| {})
}

fn rules(import: &Import) -> Analysis {
    analyze(&import.runs, &import.others, &Settings::default(), as_of()).unwrap()
}

#[divan::bench]
fn a_walk(bencher: Bencher<'_, '_>) {
    LazyLock::force(&HISTORY);
    bencher.bench(found);
}

#[divan::bench]
fn b_recall_what_was_judged(bencher: Bencher<'_, '_>) {
    let (found, bytes) = (found(), REMEMBERED.1.judged(KEY).unwrap());
    bencher.bench(|| {
        let key = judged::key(&["runs".to_owned()], black_box(&found), circumstances(), &[]);
        (key, Judged::from_bytes(black_box(&bytes)).unwrap().answer(KEY, circumstances()).unwrap())
    });
}

#[divan::bench]
fn c_recall_each_file_and_judge(bencher: Bencher<'_, '_>) {
    let bytes = &REMEMBERED.0;
    bencher.bench(|| import_with(Cache::from_bytes(black_box(bytes).clone(), "runs").unwrap()));
}

#[divan::bench]
fn d_read_fit(bencher: Bencher<'_, '_>) {
    let files = &HISTORY.fit;
    bencher.bench(|| files.iter().map(|bytes| fit::read_recordings(bytes).unwrap().len()).sum::<usize>());
}

#[divan::bench]
fn e_read_gpx(bencher: Bencher<'_, '_>) {
    let files = &HISTORY.gpx;
    bencher.bench(|| files.iter().map(|bytes| gpx::read_recordings(bytes).unwrap().len()).sum::<usize>());
}

#[divan::bench]
fn f_measure(bencher: Bencher<'_, '_>) {
    bencher
        .with_inputs(|| RECORDINGS.clone())
        .bench_values(|all| all.into_iter().filter_map(|one| measure(one, circumstances()).ok()).count());
}

#[divan::bench]
fn g_judge(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(|| MEASURED.clone()).bench_values(|all| {
        set_apart(all.into_iter().filter_map(|one| assess(one, circumstances()).ok()).collect())
    });
}

#[divan::bench]
fn h_tables(bencher: Bencher<'_, '_>) {
    let runs = &REMEMBERED.1.import.runs;
    let span = Span { runner: None, first: runs[0].local_date(), last: as_of() };
    bencher.bench(|| {
        let rows: Vec<RunRow<'_>> = runs.iter().map(RunRow::of).collect();
        let days = DayTable::new(&RunTable::new(&rows).unwrap(), &[span], chrono::Weekday::Mon).unwrap();
        (days.rows().unwrap(), WeekTable::new(&days).unwrap().rows().unwrap())
    });
}

#[divan::bench]
fn i_tables_and_rules(bencher: Bencher<'_, '_>) {
    let import = &REMEMBERED.1.import;
    bencher.bench(|| rules(black_box(import)));
}

#[divan::bench]
fn j_text(bencher: Bencher<'_, '_>) {
    let (import, analysis) = (&REMEMBERED.1.import, &*ANALYSIS);
    let report = Report {
        import,
        analysis,
        units: UnitSystem::Kilometers,
        medium: Medium::Check,
        with_diary: false,
        all: false,
    };
    bencher.bench(|| text::text(&sections::report(black_box(&report)), Layout::OF_FILES));
}
