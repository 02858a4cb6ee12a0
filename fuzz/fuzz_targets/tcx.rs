//! Any bytes as a TCX file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use treadlight_readers::{import::formats::tcx, oracle::check_recordings};

fuzz_target!(|bytes: &[u8]| {
    match tcx::read_recordings(bytes) {
        Ok(recordings) => check_recordings(recordings, bytes.len()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
