//! Whole files, made by our encoder: one test for each thing that real files do.

use super::*;
use crate::activity::{Position, Sport};
use crate::fit_encoder::{FileId, FitEncoder, FitValue, Record, Session, TimerEvent};

/// 2023-11-14T22:13:20Z.
const START: i64 = 1_700_000_000;

const RUNNING: u8 = 1;
const CYCLING: u8 = 2;
const TRANSITION: u8 = 3;

fn started() -> FitEncoder {
    let mut file = FitEncoder::new();
    file.file_id(&FileId::default());
    file
}

/// A fix a second at 3 m/s, `from..to` seconds after the start.
fn add_records(file: &mut FitEncoder, from: i64, to: i64) {
    for second in from..to {
        file.record(&Record {
            time_unix_s: Some(START + second),
            position: Some(Position { latitude_deg: 52.5, longitude_deg: 13.4 + second as f64 * 4e-5 }),
            heart_rate_bpm: Some(140),
            distance_m: Some(3.0 * second as f64),
            ..Record::default()
        });
    }
}

/// A session `from..to` seconds after the start, with 3 m a second.
fn session(sport: u8, from: i64, to: i64) -> Session {
    let seconds = (to - from) as f64;
    Session {
        start_unix_s: Some(START + from),
        time_unix_s: Some(START + to),
        sport: Some(sport),
        elapsed_time_s: Some(seconds),
        timer_time_s: Some(seconds),
        distance_m: Some(3.0 * seconds),
        ..Session::default()
    }
}

fn plain_run() -> FitEncoder {
    let mut file = started();
    add_records(&mut file, 0, 20);
    file.session(&session(RUNNING, 0, 20)).activity(START + 20, 3600, 20.0);
    file
}

fn read(file: &FitEncoder) -> Vec<Recording> {
    read_recordings(&file.finish()).expect("an activity")
}

fn read_one(file: &FitEncoder) -> Recording {
    let mut recordings = read(file);
    assert_eq!(recordings.len(), 1);
    recordings.remove(0)
}

fn seconds_of(recording: &Recording) -> Vec<Vec<i64>> {
    let second = |point: &crate::activity::TrackPoint| point.time_unix_ms / 1000 - START;
    recording.segments.iter().map(|points| points.iter().map(second).collect()).collect()
}

#[test]
fn a_plain_run_reads_whole() {
    let run = read_one(&plain_run());
    assert_eq!(run.sport, Some(Sport::running()));
    assert_eq!(run.start_unix_ms, Some(START * 1000));
    assert_eq!(run.utc_offset_s, Some(3600));
    assert_eq!(run.device.as_deref(), Some("garmin fenix2"));
    assert_eq!(run.totals.distance_m, Some(60.0));
    assert_eq!(run.totals.timer_time_s, Some(20.0));
    assert_eq!(run.point_count(), 20);
    assert_eq!(run.segments[0][19].distance_m, Some(57.0));
    assert_eq!(run.notes, []);
}

#[test]
fn big_endian_files_read_the_same() {
    let mut big = FitEncoder::big_endian();
    big.file_id(&FileId::default());
    add_records(&mut big, 0, 20);
    big.session(&session(RUNNING, 0, 20)).activity(START + 20, 3600, 20.0);
    assert_eq!(read(&big), read(&plain_run()));
}

#[test]
fn the_session_may_stand_first() {
    let mut file = started();
    file.session(&session(RUNNING, 0, 20));
    add_records(&mut file, 0, 20);
    file.activity(START + 20, 3600, 20.0);
    assert_eq!(read(&file), read(&plain_run()));
}

#[test]
fn two_sessions_share_the_records_by_time() {
    let mut file = started();
    add_records(&mut file, 0, 30);
    file.session(&session(RUNNING, 0, 10));
    file.session(&session(TRANSITION, 10, 12));
    file.session(&session(CYCLING, 20, 30));
    let recordings = read(&file);
    let sports: Vec<_> = recordings.iter().map(|r| r.sport.as_ref().map(Sport::as_str)).collect();
    assert_eq!(sports, [Some("running"), Some("transition"), Some("cycling")]);
    let seconds: Vec<Vec<i64>> = recordings.iter().flat_map(seconds_of).collect();
    assert_eq!(seconds, [(0..10).collect(), vec![10, 11, 12], (20..30).collect::<Vec<_>>()]);
}

#[test]
fn a_single_session_gets_records_outside_its_time_too() {
    let mut file = started();
    add_records(&mut file, 0, 30);
    file.session(&session(RUNNING, 5, 10));
    assert_eq!(read_one(&file).point_count(), 30);
}

#[test]
fn segments_break_at_pauses() {
    let mut file = started();
    file.timer(START, TimerEvent::Start);
    add_records(&mut file, 0, 6);
    file.timer(START + 5, TimerEvent::StopAll).timer(START + 9, TimerEvent::Start);
    add_records(&mut file, 9, 12);
    file.timer(START + 11, TimerEvent::StopAll).session(&session(RUNNING, 0, 12));
    assert_eq!(seconds_of(&read_one(&file)), [vec![0, 1, 2, 3, 4, 5], vec![9, 10, 11]]);
}

#[test]
fn events_may_stand_before_all_records() {
    let mut file = started();
    file.timer(START + 2, TimerEvent::StopAll).timer(START + 4, TimerEvent::Start);
    add_records(&mut file, 0, 6);
    file.session(&session(RUNNING, 0, 6));
    assert_eq!(seconds_of(&read_one(&file)), [vec![0, 1, 2], vec![3], vec![4, 5]]);
}

#[test]
fn without_a_session_the_records_count() {
    let mut file = started();
    file.sport(RUNNING, 3);
    add_records(&mut file, 0, 20);
    let run = read_one(&file);
    assert_eq!(run.sport, Some(Sport::running()));
    assert_eq!((run.start_unix_ms, run.totals.distance_m), (None, None));
    assert_eq!(run.notes, [Note::NoSessionMessage]);
}

#[test]
fn without_session_or_sport_the_sport_is_not_known() {
    let mut file = started();
    add_records(&mut file, 0, 20);
    assert_eq!(read_one(&file).sport, None);
}

#[test]
fn several_sports_without_a_session_are_no_run() {
    let mut file = started();
    file.sport(RUNNING, 0).sport(CYCLING, 0);
    add_records(&mut file, 0, 20);
    assert_eq!(read_one(&file).sport, Some(Sport::new("multisport")));
}

#[test]
fn generic_stays_generic_and_only_sub_sports_lose_it() {
    let mut file = started();
    file.session(&Session { sport: Some(0), sub_sport: Some(0), ..session(0, 0, 20) });
    file.session(&Session { sub_sport: Some(3), ..session(RUNNING, 20, 30) });
    let recordings = read(&file);
    assert_eq!(recordings[0].sport, Some(Sport::new("generic")));
    assert_eq!(recordings[0].sub_sport, None);
    assert_eq!(recordings[1].sub_sport.as_deref(), Some("trail"));
}

#[test]
fn a_session_without_distance_leaves_it_to_the_records() {
    for distance_m in [None, Some(0.0)] {
        let mut file = started();
        add_records(&mut file, 0, 20);
        file.session(&Session { distance_m, ..session(RUNNING, 0, 20) });
        assert_eq!(read_one(&file).totals.distance_m, None);
    }
}

#[test]
fn a_session_of_zero_meters_stays_one_where_no_record_says_more() {
    let mut file = started();
    file.record(&Record { time_unix_s: Some(START), heart_rate_bpm: Some(140), ..Record::default() });
    file.session(&Session { distance_m: Some(0.0), ..session(RUNNING, 0, 20) });
    assert_eq!(read_one(&file).totals.distance_m, Some(0.0));
}

#[test]
fn records_that_break_off_are_noted() {
    let mut file = started();
    add_records(&mut file, 0, 100);
    file.session(&session(RUNNING, 0, 1000));
    let note = Note::RecordsEndEarly { recorded_m: 297.0, total_m: 3000.0 };
    assert_eq!(read_one(&file).notes, [note]);
}

#[test]
fn a_corrected_treadmill_distance_is_no_early_end() {
    let mut file = started();
    add_records(&mut file, 0, 1000);
    file.session(&Session { distance_m: Some(4000.0), ..session(RUNNING, 0, 1000) });
    assert_eq!(read_one(&file).notes, []);
}

#[test]
fn a_clock_that_counts_from_power_up_gives_no_date() {
    let since_power_up = 631_065_600 + 17_217_864;
    let mut file = started();
    for second in 0..3 {
        let time_unix_s = Some(since_power_up + second);
        file.record(&Record { time_unix_s, distance_m: Some(3.0), ..Record::default() });
    }
    file.session(&Session { start_unix_s: Some(since_power_up), ..session(RUNNING, 0, 20) });
    let run = read_one(&file);
    assert_eq!((run.start_unix_ms, run.point_count()), (None, 0));
    assert_eq!(run.notes, [Note::UntimedPointsDropped { count: 3 }]);
    assert_eq!(run.totals.distance_m, Some(60.0));
}

#[test]
fn compressed_timestamps_count_on_from_the_last_time() {
    let mut file = started();
    // Its five low bits are 30.
    let first_fit_s: u32 = 0x3FB6_865E;
    let first = i64::from(first_fit_s) + 631_065_600;
    file.message(1, 20, &[(253, Some(FitValue::U32(first_fit_s)))]);
    file.message(2, 20, &[(3, Some(FitValue::U8(140)))]);
    for later in [1u8, 2, 5, 30] {
        file.raw(&[0xC0 | ((30 + later) % 32), 141]);
    }
    file.session(&session(RUNNING, 0, 20));
    let run = read_one(&file);
    let times: Vec<i64> = run.segments[0].iter().map(|point| point.time_unix_ms / 1000 - first).collect();
    assert_eq!(times, [0, 1, 2, 5, 30]);
    assert_eq!(run.segments[0][1].heart_rate_bpm, Some(141));
    assert_eq!(run.notes, [Note::UntimedPointsDropped { count: 1 }]);
}

#[test]
fn developer_fields_are_stepped_over() {
    let mut file = started();
    let time = |second: i64| ((START - 631_065_600 + second) as u32).to_le_bytes();
    // A record with time, heart rate and a developer field of three bytes that nothing describes.
    file.raw(&[0x61, 0, 0, 20, 0, 2, 253, 4, 0x86, 3, 1, 2, 1, 0, 3, 0]);
    for second in 0..5 {
        file.raw(&[1]).raw(&time(second)).raw(&[150, 9, 9, 9]);
    }
    // A session with one, too.
    file.raw(&[0x63, 0, 0, 18, 0, 2, 2, 4, 0x86, 5, 1, 0, 1, 1, 2, 0]).raw(&[3]).raw(&time(0));
    file.raw(&[RUNNING, 7, 7]);
    let run = read_one(&file);
    assert_eq!(run.sport, Some(Sport::running()));
    assert_eq!(run.start_unix_ms, Some(START * 1000));
    assert_eq!(run.segments[0].iter().filter_map(|point| point.heart_rate_bpm).collect::<Vec<_>>(), [150; 5]);
}

#[test]
fn unknown_messages_are_stepped_over() {
    let mut file = started();
    file.message(7, 65_280, &[(0, Some(FitValue::Text("a maker's own".to_owned())))]);
    add_records(&mut file, 0, 20);
    file.session(&session(RUNNING, 0, 20)).activity(START + 20, 3600, 20.0);
    assert_eq!(read(&file), read(&plain_run()));
}

#[test]
fn chained_segments_are_activities_of_their_own() {
    let bytes = [plain_run().finish(), plain_run().finish()].concat();
    let recordings = read_recordings(&bytes).expect("two");
    assert_eq!(recordings, [read(&plain_run()), read(&plain_run())].concat());
}

#[test]
fn a_chained_segment_cannot_use_definitions_of_the_one_before() {
    let mut second = FitEncoder::new();
    second.raw(&[1; 30]);
    let first = plain_run().finish();
    let recordings = read_recordings(&[first.clone(), second.finish()].concat()).expect("the first");
    let damage =
        Note::DamagedAt { byte: first.len() + 14, what: "a message without a definition".to_owned() };
    assert_eq!(recordings.len(), 1);
    assert_eq!(recordings[0].notes, [damage]);
}

#[test]
fn a_damaged_segment_does_not_hide_the_next_one() {
    let mut damaged = started();
    add_records(&mut damaged, 0, 20);
    damaged.raw(&[0x0F]);
    let recordings = read_recordings(&[damaged.finish(), plain_run().finish()].concat()).expect("both");
    assert_eq!(recordings.len(), 2);
    assert!(matches!(recordings[0].notes[..], [Note::NoSessionMessage, Note::DamagedAt { .. }]));
    assert_eq!(recordings[1], read_one(&plain_run()));
}

#[test]
fn a_wrong_checksum_is_noted() {
    let mut bytes = plain_run().finish();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let recordings = read_recordings(&bytes).expect("reads well");
    assert_eq!(recordings[0].notes, [Note::ChecksumDiffers]);
}

#[test]
fn garbage_after_a_whole_file_is_noted() {
    let mut bytes = plain_run().finish();
    let length = bytes.len();
    bytes.extend(b"what a download manager left behind");
    let recordings = read_recordings(&bytes).expect("the first segment");
    let damage = Note::DamagedAt { byte: length, what: "what follows is not FIT".to_owned() };
    assert_eq!(recordings[0].notes, [damage]);
}

#[test]
fn noise_just_before_damage_is_taken_back() {
    let mut file = started();
    file.session(&session(RUNNING, 0, 20));
    add_records(&mut file, 0, 20);
    add_records(&mut file, 2_000_000_000, 2_000_000_001);
    file.raw(&[0x0F]);
    assert_eq!(read_one(&file).point_count(), 20);
}

#[test]
fn a_header_without_a_length_is_read_to_the_end() {
    let mut bytes = plain_run().finish();
    bytes[4..8].fill(0);
    let recordings = read_recordings(&bytes).expect("all of it");
    assert_eq!(recordings[0].totals.distance_m, Some(60.0));
    let damage = Note::DamagedAt { byte: 4, what: "its header gives no length".to_owned() };
    assert_eq!(recordings[0].notes, [damage]);
}

#[test]
fn local_time_tells_the_offset() {
    let offset = |longitude_deg, seconds| {
        let mut file = started();
        file.record(&Record {
            time_unix_s: Some(START),
            position: Some(Position { latitude_deg: 5.0, longitude_deg }),
            ..Record::default()
        });
        file.session(&session(RUNNING, 0, 20)).activity(START + 20, seconds, 20.0);
        read_one(&file).utc_offset_s
    };
    assert_eq!(offset(-73.9, -5 * 3600), Some(-5 * 3600));
    assert_eq!(offset(80.0, 5 * 3600 + 1800), Some(5 * 3600 + 1800));
    assert_eq!(offset(-1.0, 0), Some(0));
    // Whether it is true there and then is judged where zones are known.
    assert_eq!(offset(-73.9, 0), Some(0));
    assert_eq!(offset(-73.9, 20 * 3600), None);
}

#[test]
fn files_of_other_kinds_say_what_they_are() {
    let cases = [(2, "settings"), (5, "workout"), (6, "course"), (9, "weight"), (32, "monitoring")];
    for (kind, word) in cases {
        let mut file = FitEncoder::new();
        file.file_id(&FileId { kind, ..FileId::default() });
        add_records(&mut file, 0, 20);
        let error = read_recordings(&file.finish()).expect_err("no activity");
        assert_eq!(error, ReadError::NoActivity { kind: word.to_owned() });
    }
}

#[test]
fn errors_read_as_sentences() {
    let text = |bytes: &[u8]| read_recordings(bytes).expect_err("no activity").to_string();
    assert_eq!(text(b""), "not a FIT file: it does not start with a FIT header");
    assert_eq!(text(b"<?xml version=\"1.0\"?>"), "not a FIT file: it does not start with a FIT header");
    assert_eq!(
        text(&started().finish()),
        "no activity can be read from it: it ends without a session or record (byte 44)"
    );
    let mut settings = FitEncoder::new();
    settings.file_id(&FileId { kind: 2, ..FileId::default() });
    assert_eq!(text(&settings.finish()), "a FIT settings file, not an activity");
    let mut undated = started();
    undated.record(&Record { heart_rate_bpm: Some(140), ..Record::default() });
    assert!(
        text(&undated.finish())
            .starts_with("no activity can be read from it: none of its records has a date")
    );
}

#[test]
fn a_file_cut_at_any_byte_keeps_what_it_held() {
    let whole = plain_run().finish();
    let mut most = 0;
    for length in 0..whole.len() {
        match read_recordings(&whole[..length]) {
            Ok(recordings) => {
                assert_eq!(recordings.len(), 1, "{length} bytes");
                let damaged = |note: &Note| matches!(note, Note::DamagedAt { byte, .. } if *byte == length);
                assert!(recordings[0].notes.iter().any(damaged), "{length} bytes");
                assert!(recordings[0].point_count() >= most, "{length} bytes");
                most = recordings[0].point_count();
            }
            Err(ReadError::NotFit) => assert!(length < 12, "{length} bytes"),
            Err(error) => assert!(most == 0, "{length} bytes: {error}"),
        }
    }
    assert_eq!(most, 20);
}

#[test]
fn no_flipped_bit_panics() {
    let mut bytes = [plain_run().finish(), plain_run().finish()].concat();
    for byte in 0..bytes.len() {
        for bit in 0..8 {
            bytes[byte] ^= 1 << bit;
            let read = read_recordings(&bytes);
            assert!(byte < 12 || read.is_ok(), "byte {byte}, bit {bit}: {read:?}");
            bytes[byte] ^= 1 << bit;
        }
    }
}

#[test]
fn a_flood_of_sessions_ends() {
    let mut file = started();
    for _ in 0..100_000 {
        file.session(&session(RUNNING, 0, 20));
    }
    assert!(read(&file).len() < 1000);
}

#[test]
fn a_flood_of_segments_ends() {
    let recordings = read_recordings(&plain_run().finish().repeat(1000)).expect("some");
    assert!(recordings.len() < 1000);
}
