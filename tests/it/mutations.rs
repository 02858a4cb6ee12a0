//! Damaged files of every format, made by the thousand: each gets an outcome, sane numbers, and never a panic.

use treadlight::{
    activity::{Note, Recording},
    import::{
        files::{
            content::unpacked_limit,
            recognize::{Named, Unpacked},
            unpack,
        },
        formats::kind::Kind,
        read_recordings,
        services::{self, IndexError, SERVICES},
    },
};
use zip::CompressionMethod;

use crate::{
    packed::{gzip, zip_by},
    project::{fit_run, gpx_track},
};

const START: &str = "2026-03-01T08:00:00+01:00";

/// Numbers that look random and are the same in every run (xorshift64).
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(0x9E37_79B9_7F4A_7C15 ^ seed)
    }

    /// From 0 up to, not including, `limit`; 0 if there is nothing to choose from.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    /// Where a piece of up to `longest` bytes starts and ends.
    fn piece(&mut self, bytes: &[u8], longest: usize) -> (usize, usize) {
        let start = self.below(bytes.len() + 1);
        (start, (start + 1 + self.below(longest)).min(bytes.len()))
    }
}

/// A whole file of each kind, under the name it would have.
fn whole_files() -> Vec<(&'static str, Vec<u8>)> {
    let fit = fit_run(START, 120.0);
    let gpx = gpx_track(START, 50, 3.0, "<name>a &amp; b</name><type>running</type>").into_bytes();
    let fit_gz = gzip(&fit);
    let inner = zip_by(CompressionMethod::Stored, &[("run.gpx", gpx.as_slice()), ("activities.csv", INDEX)]);
    vec![
        ("run.fit", fit.clone()),
        ("run.gpx", gpx),
        ("run.tcx", tcx()),
        ("activities.csv", INDEX.to_vec()),
        ("run.fit.gz", fit_gz.clone()),
        ("run.tcx.gz", gzip(&tcx())),
        (
            "stored.zip",
            zip_by(CompressionMethod::Stored, &[("a/run.fit", fit.as_slice()), ("notes.txt", b"x")]),
        ),
        (
            "packed.zip",
            zip_by(CompressionMethod::Deflated, &[("run.fit.gz", &fit_gz), ("inner.zip", &inner)]),
        ),
    ]
}

/// The same, and every sample of every service.
fn all_files() -> Vec<(&'static str, Vec<u8>)> {
    let files = SERVICES.iter().flat_map(|service| service.files);
    whole_files().into_iter().chain(files.flat_map(|file| (file.samples)())).collect()
}

/// Strava's index of one run.
const INDEX: &[u8] = b"Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Filename,\
    Elapsed Time,Moving Time,Distance\n\
    7,\"Mar 1, 2026, 7:00:00 AM\",\"Hills, twice\",Run,40,\"0.12\",run.gpx,40.0,40.0,120.0\n";

/// Two laps of one point each, 30 m together.
fn tcx() -> Vec<u8> {
    let lap = |second: u32| {
        format!(
            "<Lap StartTime=\"2026-03-01T07:00:{second}Z\"><TotalTimeSeconds>5.0</TotalTimeSeconds>\
             <DistanceMeters>15.0</DistanceMeters><AverageHeartRateBpm><Value>140</Value></AverageHeartRateBpm>\
             <Track><Trackpoint><Time>2026-03-01T07:00:{second}Z</Time><Position><LatitudeDegrees>54.0\
             </LatitudeDegrees><LongitudeDegrees>7.0</LongitudeDegrees></Position><AltitudeMeters>1.5\
             </AltitudeMeters><DistanceMeters>{second}.5</DistanceMeters></Trackpoint></Track></Lap>\n"
        )
    };
    let (first, second) = (lap(10), lap(15));
    format!(
        "<?xml version=\"1.0\"?><TrainingCenterDatabase><Activities><Activity Sport=\"Running\">\
         <Id>2026-03-01T07:00:10Z</Id>{first}{second}</Activity></Activities></TrainingCenterDatabase>"
    )
    .into_bytes()
}

/// Reads a mutant as the import does and as a single file; says how many points came out of it.
fn points_of(mutant: &[u8], name: &str) -> usize {
    let limit = unpacked_limit(Kind::Gzip, mutant.len() as u64);
    if let Err(reason) = read_recordings(mutant, name) {
        assert!(!reason.to_string().trim().is_empty(), "{name}: a reason without words: {reason:?}");
    }
    let points = unpack::unpack_bytes(mutant.to_vec(), name, &|found: Named<Unpacked>| {
        assert!(found.name.starts_with(name), "{name}: told as {}", found.name);
        match found.value {
            Unpacked::Activity(file) => {
                assert!(file.bytes.len() as u64 <= limit, "{name}: unpacks to {} bytes", file.bytes.len());
                checked_points(&file.bytes, &found.name)
            }
            Unpacked::Skipped(reason) => {
                assert!(!reason.to_string().trim().is_empty(), "{name}: a reason without words: {reason:?}");
                0
            }
            Unpacked::Index(read) => {
                check_part(&read, &found.name);
                0
            }
            Unpacked::Stranger => 0,
        }
    });
    points.into_iter().sum()
}

/// The points of a FIT, GPX or TCX file, after a look at every number.
fn checked_points(bytes: &[u8], name: &str) -> usize {
    let recordings = match read_recordings(bytes, name) {
        Ok(recordings) => recordings,
        Err(reason) => {
            assert!(!reason.to_string().trim().is_empty(), "{name}: a reason without words: {reason:?}");
            return 0;
        }
    };
    assert!(!recordings.is_empty(), "{name}: read, yet without an activity or a reason");
    recordings.iter().for_each(|recording| check_recording(recording, name));
    let points = recordings.iter().map(Recording::point_count).sum();
    assert!(points <= bytes.len(), "{name}: {points} points from {} bytes", bytes.len());
    points
}

/// A service's file is read in part or refused in words; its numbers are numbers.
fn check_part(read: &services::Read, name: &str) {
    match &read.part {
        Ok(part) => {
            let mut numbers = part.rows.rows.iter().flat_map(|row| row.totals.numbers()).flatten();
            assert!(numbers.all(f64::is_finite), "{name}: {part:?}");
            let notices = &part.rows.notices;
            assert!(notices.iter().all(|notice| !notice.trim().is_empty()), "{name}: {part:?}");
            part.recordings.iter().for_each(|recording| check_recording(recording, name));
            let mut names = part.pairs.iter().map(|pair| &pair.name);
            assert!(names.all(|name| !name.trim().is_empty()), "{name}: {part:?}");
        }
        Err(error) => assert!(!error.to_string().trim().is_empty(), "{name}: {error:?}"),
    }
}

fn check_recording(recording: &Recording, name: &str) {
    let mut numbers = recording.totals.numbers().into_iter().chain(numbers(recording)).flatten();
    assert_eq!(numbers.find(|number| !number.is_finite()), None, "{name}: {recording:?}");
    assert!(recording.notes.iter().all(|note| !note.to_string().is_empty()), "{name}: {recording:?}");
}

/// Every measured number of a recording besides its totals.
fn numbers(recording: &Recording) -> impl Iterator<Item = Option<f64>> {
    let points = recording.segments.iter().flatten().flat_map(|point| {
        let place = point.position;
        let altitude_m = point.altitude_m.map(f64::from);
        [place.map(|p| p.latitude_deg), place.map(|p| p.longitude_deg), altitude_m, point.distance_m]
    });
    let notes = recording.notes.iter().flat_map(|note| match note {
        Note::RecordsEndEarly { recorded_m, total_m } => [Some(*recorded_m), Some(*total_m)],
        _ => [None, None],
    });
    points.chain(notes)
}

#[test]
fn the_whole_files_are_read_to_the_last_point() {
    let points: Vec<usize> = whole_files().iter().map(|(name, bytes)| points_of(bytes, name)).collect();
    assert_eq!(points, [5, 6, 2, 0, 5, 2, 5, 11]);
}

#[test]
fn every_sample_of_a_service_is_recognised_as_its_own_file_and_says_something() {
    for (service, file) in
        SERVICES.iter().flat_map(|service| service.files.iter().map(move |file| (service, file)))
    {
        let samples = (file.samples)();
        assert!(!samples.is_empty(), "{} of {} has no sample", file.name, service.name);
        for (path, bytes) in samples {
            let head = &bytes[..bytes.len().min(4096)];
            let known = services::recognize(path, head).unwrap_or_else(|| panic!("{path} is a stranger"));
            assert_eq!((known.service.name, known.file.name), (service.name, file.name), "{path}");
            let part = match known.read(path, bytes.as_slice()).part {
                // a file of no use is told as such
                Err(IndexError::NotUsed(_)) => continue,
                part => part.unwrap_or_else(|error| panic!("{path}: {error}")),
            };
            let says = part.rows.rows.len() + part.recordings.len() + part.gear.len() + part.pairs.len();
            assert!(says > 0, "{path} says nothing");
            assert_eq!(part.rows.notices, [""; 0], "{path}");
        }
    }
}

/// Apple's file, the only XML, is read as a stream of gigabytes: no program saves it again.
#[test]
fn a_file_of_a_service_says_the_same_in_utf_16_with_a_mark_and_with_other_line_ends() {
    let utf_16 = |order: fn(u16) -> [u8; 2], text: &str| {
        format!("\u{feff}{text}").encode_utf16().flat_map(order).collect::<Vec<u8>>()
    };
    for file in SERVICES.iter().flat_map(|service| service.files) {
        for (path, bytes) in (file.samples)() {
            let text = String::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}').replace("\r\n", "\n");
            if text.starts_with('<') {
                continue;
            }
            let read = |bytes: &[u8]| {
                let head = &bytes[..bytes.len().min(4096)];
                services::recognize(path, head).map(|known| known.read(path, bytes))
            };
            let plain = read(text.as_bytes());
            for (number, wrapped) in [
                utf_16(u16::to_le_bytes, &text),
                utf_16(u16::to_be_bytes, &text),
                format!("\u{feff}{text}").into_bytes(),
                text.replace('\n', "\r\n").into_bytes(),
                text.replace('\n', "\r").into_bytes(),
            ]
            .iter()
            .enumerate()
            {
                assert_eq!(read(wrapped), plain, "{path}, wrapping {number}");
            }
        }
    }
}

#[test]
fn a_file_cut_at_any_byte_is_told_and_invents_no_points() {
    for (name, whole) in all_files() {
        let whole_points = points_of(&whole, name);
        for length in 0..whole.len() {
            let points = points_of(&whole[..length], name);
            assert!(points <= whole_points, "{name} cut at {length}: {points} of {whole_points} points");
        }
    }
}

#[test]
fn a_file_without_its_first_bytes_is_told() {
    for (name, whole) in all_files() {
        for missing in 1..whole.len() {
            points_of(&whole[missing..], name);
        }
    }
}

#[test]
fn a_file_with_any_early_bit_flipped_is_told() {
    for (name, mut bytes) in all_files() {
        for bit in 0..8 * bytes.len().min(100) {
            bytes[bit / 8] ^= 1 << (bit % 8);
            points_of(&bytes, name);
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
    }
}

#[test]
fn a_file_with_some_bytes_changed_anywhere_is_told() {
    let mut dice = Dice::new(1);
    for (name, whole) in all_files() {
        for round in 0..700 {
            let mut mutant = whole.clone();
            for _ in 0..=round % 8 {
                let at = dice.below(mutant.len());
                mutant[at] = dice.below(256) as u8;
            }
            points_of(&mutant, name);
        }
    }
}

#[test]
fn the_head_of_one_file_on_the_tail_of_another_is_told() {
    let mut dice = Dice::new(2);
    let files = whole_files();
    for (name, head) in &files {
        for (_, tail) in &files {
            for _ in 0..80 {
                let (end, start) = (dice.below(head.len() + 1), dice.below(tail.len() + 1));
                points_of(&[&head[..end], &tail[start..]].concat(), name);
            }
        }
    }
}

#[test]
fn a_file_with_pieces_repeated_dropped_or_moved_is_told() {
    let mut dice = Dice::new(3);
    for (name, whole) in all_files() {
        for round in 0..700 {
            let (start, end) = dice.piece(&whole, 200);
            let piece = &whole[start..end];
            let mutant = match round % 3 {
                0 => [&whole[..end], &piece.repeat(1 + dice.below(20)), &whole[end..]].concat(),
                1 => [&whole[..start], &whole[end..]].concat(),
                _ => {
                    let at = dice.below(whole.len() + 1);
                    [&whole[..at], piece, &whole[at..]].concat()
                }
            };
            points_of(&mutant, name);
        }
    }
}

#[test]
fn a_file_with_zeros_or_ones_in_it_or_over_it_is_told() {
    let mut dice = Dice::new(4);
    for (name, whole) in all_files() {
        for round in 0..600 {
            let (start, end) = dice.piece(&whole, 300);
            let run = vec![if round % 2 == 0 { 0x00 } else { 0xFF }; end - start];
            let after = if round % 4 < 2 { start } else { end };
            points_of(&[&whole[..start], &run, &whole[after..]].concat(), name);
        }
    }
}
