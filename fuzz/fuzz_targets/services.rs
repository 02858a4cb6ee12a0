//! Any bytes as a file of a service's export: the first byte chooses which, the rest is the file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use treadlight_readers::{
    import::services::{Recognized, SERVICES},
    oracle::check_part,
};

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, file)) = bytes.split_first() else { return };
    let mut kinds = SERVICES.iter().flat_map(|&service| {
        service.files.iter().map(move |file| Recognized { service, file })
    });
    let count = SERVICES.iter().map(|service| service.files.len()).sum::<usize>();
    let Some(kind) = kinds.nth(usize::from(*choice) % count) else { return };
    check_part(kind.read("Takeout/2026-03-01T08_00_00+01_00_RUNNING.json", file), file.len());
});
