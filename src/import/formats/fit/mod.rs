//! Reads FIT activity files, whole or damaged, plain or chained.
//!
//! 1. `walk` goes over the bytes once. It compiles `definition`s, reads `record`s in place and copies the
//!    few summary messages into a clean stream.
//! 2. `messages` lets `fitparser` decode that stream: names of sports and watches, scales, subfields.
//! 3. `sessions` puts the records to the sessions, by time, and splits them at pauses.

mod checksum;
mod definition;
mod fields;
mod laps;
mod messages;
mod record;
mod sessions;
#[cfg(test)]
mod tests;
mod time;
mod walk;

use super::{FileFormat, Sign, read_error::ReadError};
use crate::activity::{Note, Recording};

/// The row of [`FORMATS`](super::FORMATS).
pub static FIT: FileFormat =
    FileFormat { label: "FIT", ending: "fit", sign: Sign::Bytes(8, b".FIT"), read: read_recordings };

/// Reads every activity of a FIT file: one recording for each session of each chained segment.
///
/// Keeps what a damaged file holds before the damage and says so in the notes.
///
/// # Errors
/// If there is no session and no dated record in it, see [`ReadError`].
pub fn read_recordings(bytes: &[u8]) -> Result<Vec<Recording>, ReadError> {
    let segments = walk::walk(bytes)?;
    let mut recordings = Vec::new();
    let mut first_error = None;
    let mut homeless_notes: Vec<Note> = Vec::new();
    for segment in segments {
        let note = sessions::walk_note(segment.damage.as_ref(), segment.checksum_differs);
        match sessions::recordings(segment) {
            Ok(read) => recordings.extend(read),
            Err(error) => {
                homeless_notes.extend(note);
                first_error = first_error.or(Some(error));
            }
        }
    }
    match (recordings.last_mut(), first_error) {
        (None, Some(error)) => return Err(error),
        (Some(last), _) => last.notes.extend(homeless_notes),
        (None, None) => {}
    }
    let utc_offset_s = recordings.iter().find_map(|recording| recording.utc_offset_s);
    for recording in &mut recordings {
        recording.utc_offset_s = recording.utc_offset_s.or(utc_offset_s);
    }
    Ok(recordings)
}
