//! Any bytes as the index of an export: the first byte chooses which, the rest is the file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use treadlight_readers::{
    import::index::{self, IndexKind},
    oracle::check_index,
};

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, file)) = bytes.split_first() else { return };
    let kind = match choice % 5 {
        0 => IndexKind::Strava,
        1 => IndexKind::GarminActivities,
        2 => IndexKind::GarminGear,
        3 => IndexKind::Runkeeper,
        _ => IndexKind::AppleHealth,
    };
    check_index(&index::read(kind, file));
});
