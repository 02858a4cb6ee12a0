//! Any bytes as a FIT file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use treadlight_readers::{import::formats::fit, oracle::check_recordings};

fuzz_target!(|bytes: &[u8]| {
    match fit::read_recordings(bytes) {
        Ok(recordings) => check_recordings(recordings, bytes.len()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
