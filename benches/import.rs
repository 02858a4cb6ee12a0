//! Reading: a FIT file, a GPX file, a folder. Throughput counts the bytes of the files.

#![allow(clippy::unwrap_used, reason = "a benchmark of our own files")]

use divan::{Bencher, black_box, counter::BytesCount};
use treadlight::{
    demo::{DemoFile, demo_files},
    import::{self, assess::Circumstances, find},
};

fn main() {
    divan::main();
}

/// The largest sample file of an ending.
fn largest(ending: &str) -> DemoFile {
    let files = demo_files(None).unwrap().into_iter().filter(|file| file.path.ends_with(ending));
    files.max_by_key(|file| file.bytes.len()).unwrap()
}

#[divan::bench]
fn fit_file(bencher: Bencher<'_, '_>) {
    let file = largest(".fit");
    bencher
        .counter(BytesCount::new(file.bytes.len()))
        .bench(|| import::fit::read_recordings(black_box(&file.bytes)).unwrap());
}

#[divan::bench]
fn gpx_file(bencher: Bencher<'_, '_>) {
    let file = largest(".gpx");
    bencher
        .counter(BytesCount::new(file.bytes.len()))
        .bench(|| import::gpx::read_recordings(black_box(&file.bytes)).unwrap());
}

#[divan::bench(args = [40, 200], sample_count = 20)]
fn folder_of_weeks(bencher: Bencher<'_, '_>, weeks: u32) {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = 0;
    for file in demo_files(Some(weeks)).unwrap() {
        let path = folder.path().join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &file.bytes).unwrap();
        bytes += file.bytes.len();
    }
    let now = chrono::NaiveDate::from_ymd_opt(2026, 11, 9).unwrap().and_hms_opt(12, 0, 0).unwrap().and_utc();
    let circumstances = Circumstances { zone: chrono_tz::Europe::Berlin, now };
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let found = find::find_sources(&[folder.path().to_owned()]);
        import::import(&found, circumstances, &[], &|| {})
    });
}
