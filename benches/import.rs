//! Reading: one file of each kind beside what bounds it, and a folder, first and second time. Throughput counts the
//! bytes of the files.

#![allow(clippy::unwrap_used, reason = "a benchmark of our own files")]

use std::{
    hint::black_box,
    io::Read,
    path::Path,
    time::{Duration, SystemTime},
};

use divan::{Bencher, counter::BytesCount};
use flate2::read::GzDecoder;
use treadlight::{
    demo::{DemoFile, demo_files},
    import::{
        self,
        cache::{Cache, Memory},
        circumstances::Circumstances,
        files::{content, find, stamp::unix_ns},
    },
};

fn main() {
    divan::main();
}

/// The largest sample file of an ending.
fn largest(ending: &str) -> DemoFile {
    let files = demo_files(None).unwrap().into_iter().filter(|file| file.path.ends_with(ending));
    files.max_by_key(|file| file.bytes.len()).unwrap()
}

/// Records of a long run: the sample's own take a few kilobytes.
fn long(file: DemoFile, between: &str, and: &str) -> Vec<u8> {
    let text = String::from_utf8(file.bytes).unwrap();
    let (start, end) = (text.find(between).unwrap(), text.rfind(and).unwrap() + and.len());
    [&text[..start], &text[start..end].repeat(20), &text[end..]].concat().into_bytes()
}

fn long_gpx() -> Vec<u8> {
    long(largest(".gpx"), "<trkpt", "</trkpt>")
}

#[divan::bench]
fn fit_file(bencher: Bencher<'_, '_>) {
    let bytes = largest(".fit").bytes;
    let counter = BytesCount::new(bytes.len());
    bencher.counter(counter).bench(|| import::formats::fit::read_recordings(black_box(&bytes)).unwrap());
}

#[divan::bench]
fn gpx_file(bencher: Bencher<'_, '_>) {
    let bytes = long_gpx();
    let counter = BytesCount::new(bytes.len());
    bencher.counter(counter).bench(|| import::formats::gpx::read_recordings(black_box(&bytes)).unwrap());
}

/// What bounds a GPX reader on quick-xml: its events and nothing else.
#[divan::bench]
fn gpx_file_by_bare_quick_xml(bencher: Bencher<'_, '_>) {
    let text = String::from_utf8(long_gpx()).unwrap();
    bencher.counter(BytesCount::new(text.len())).bench(|| {
        let mut reader = quick_xml::Reader::from_str(black_box(&text));
        reader.config_mut().check_end_names = false;
        let mut events = 0;
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {
            events += 1;
        }
        events
    });
}

/// The track of the sample's GPX as a Garmin watch would write it.
#[divan::bench]
fn tcx_file(bencher: Bencher<'_, '_>) {
    let point = "<Trackpoint><Time>2026-03-01T07:00:00Z</Time><Position><LatitudeDegrees>54.6</LatitudeDegrees>\
        <LongitudeDegrees>7.0</LongitudeDegrees></Position><AltitudeMeters>1.5</AltitudeMeters><DistanceMeters>12.5\
        </DistanceMeters><HeartRateBpm><Value>141</Value></HeartRateBpm></Trackpoint>\n";
    let bytes = format!(
        "<?xml version=\"1.0\"?><TrainingCenterDatabase><Activities><Activity Sport=\"Running\"><Lap><Track>{}\
        </Track></Lap></Activity></Activities></TrainingCenterDatabase>",
        point.repeat(3_600)
    )
    .into_bytes();
    let counter = BytesCount::new(bytes.len());
    bencher.counter(counter).bench(|| import::formats::tcx::read_recordings(black_box(&bytes)).unwrap());
}

/// The sample's largest packed file, unpacked; throughput counts what comes out.
#[divan::bench]
fn gunzip(bencher: Bencher<'_, '_>) {
    let packed = largest(".gz").bytes;
    let mut unpacked = Vec::new();
    GzDecoder::new(&packed[..]).read_to_end(&mut unpacked).unwrap();
    bencher.counter(BytesCount::new(unpacked.len())).bench(|| content::gunzip(black_box(&packed)).unwrap());
}

/// Writes a history of so many weeks and says how many bytes it takes.
fn write_history(folder: &Path, weeks: u32) -> usize {
    let mut bytes = 0;
    for file in demo_files(Some(weeks)).unwrap() {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &file.bytes).unwrap();
        bytes += file.bytes.len();
    }
    bytes
}

fn circumstances() -> Circumstances {
    let now = chrono::NaiveDate::from_ymd_opt(2026, 11, 9).unwrap().and_hms_opt(12, 0, 0).unwrap().and_utc();
    Circumstances { zone: chrono_tz::Europe::Berlin, now }
}

#[divan::bench(args = [40, 200, 1_000], sample_count = 20)]
fn folder_of_weeks(bencher: Bencher<'_, '_>, weeks: u32) {
    let folder = tempfile::tempdir().unwrap();
    let bytes = write_history(folder.path(), weeks);
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let found = find::find_sources(&[folder.path().to_owned()]);
        import::import(&found, circumstances(), &[], &|| {})
    });
}

#[divan::bench(args = [40, 200, 1_000], sample_count = 20)]
fn folder_of_weeks_again(bencher: Bencher<'_, '_>, weeks: u32) {
    let folder = tempfile::tempdir().unwrap();
    let bytes = write_history(folder.path(), weeks);
    // seen from later, all files lie still
    let began_ns = unix_ns(SystemTime::now() + Duration::from_secs(60)).unwrap();
    let import = |cache| {
        let memory = Memory::new(vec![Some(("runs".to_owned(), cache))], began_ns);
        let found = find::find_sources(&[folder.path().to_owned()]);
        import::import_remembering(&found, circumstances(), &[], &memory, &|| {})
    };
    let renewed = import(Cache::default()).renewed;
    let (_, kept) = renewed.into_iter().next().unwrap();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| import(Cache::from_bytes(black_box(kept.clone()), "runs").unwrap()));
}
