//! Any bytes as a GPX file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use treadlight_readers::{import::formats::gpx, oracle::check_recordings};

fuzz_target!(|bytes: &[u8]| {
    match gpx::read_recordings(bytes) {
        Ok(recordings) => check_recordings(recordings, bytes.len()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
