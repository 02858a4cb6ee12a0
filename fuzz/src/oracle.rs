//! What must hold for everything that was read, however broken its file is; an assertion that fails is a find.

use chrono::{DateTime, Utc};

use crate::{
    activity::{Recording, TrackPoint},
    import::{
        circumstances::Circumstances,
        measure::measure,
        services::Read,
        track::{TrackSummary, summarize},
    },
};

/// 2026-11-20T12:00:00Z: nothing is recorded more than a day later.
const NOW_UNIX_S: i64 = 1_795_176_000;

/// Holds the recordings of a file of so many (unpacked) bytes to the rules, adds their tracks up and measures them.
///
/// # Panics
/// If a number is NaN, infinite or off the globe, if there are more points than bytes, or if a note or a reason
/// says nothing.
pub fn check_recordings(recordings: Vec<Recording>, bytes: usize) {
    let points: usize = recordings.iter().map(Recording::point_count).sum();
    assert!(points <= bytes, "{points} points out of {bytes} bytes");
    let now = DateTime::<Utc>::from_timestamp(NOW_UNIX_S, 0).unwrap_or_default();
    for recording in recordings {
        recording.segments.iter().flatten().for_each(check_point);
        assert_finite(&recording.totals.numbers());
        assert_finite(&sums(&summarize(&recording.segments)));
        match measure(recording, Circumstances { zone: chrono_tz::Europe::Berlin, now }) {
            Ok(measured) => {
                assert_finite(&sums(&measured.track));
                assert!(
                    measured.notes.iter().all(|note| !note.to_string().is_empty()),
                    "a note without words"
                );
            }
            Err(reason) => assert!(!reason.to_string().is_empty(), "a reason without words"),
        }
    }
}

/// Holds what a file of a service says to the rules.
///
/// # Panics
/// If a number is NaN or infinite, or if an error, a notice or a name says nothing.
pub fn check_part(read: Read, bytes: usize) {
    match read.part {
        Ok(part) => {
            part.rows.rows.iter().for_each(|row| assert_finite(&row.totals.numbers()));
            assert!(part.rows.notices.iter().all(|notice| !notice.is_empty()), "a notice without words");
            assert!(part.pairs.iter().all(|pair| !pair.name.trim().is_empty()), "a pair without a name");
            check_recordings(part.recordings, bytes);
        }
        Err(error) => assert!(!error.to_string().is_empty(), "an error without words"),
    }
}

fn check_point(point: &TrackPoint) {
    assert_finite(&[point.altitude_m.map(f64::from), point.distance_m]);
    if let Some(place) = point.position {
        assert!(place.latitude_deg.abs() <= 90.0 && place.longitude_deg.abs() <= 180.0, "{place:?}");
    }
}

fn sums(summary: &TrackSummary) -> [Option<f64>; 10] {
    [
        summary.track_distance_m,
        summary.records_distance_m,
        summary.moving_time_s,
        summary.elapsed_time_s,
        summary.ascent_m,
        summary.descent_m,
        summary.average_heart_rate_bpm,
        summary.max_heart_rate_bpm,
        summary.average_cadence_spm,
        Some(summary.jumps.distance_m),
    ]
}

fn assert_finite(numbers: &[Option<f64>]) {
    assert!(numbers.iter().flatten().all(|number| number.is_finite()), "{numbers:?}");
}
