//! Any bytes as a file out of an export: gzip, zip, zips within zips, and what is in them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use treadlight_readers::{
    import::{
        files::{
            content::MAX_UNPACKED_BYTES,
            recognize::{ActivityFile, Named, Unpacked},
            unpack::unpack_bytes,
        },
    },
    oracle::{check_part, check_recordings},
};

fuzz_target!(|bytes: &[u8]| {
    unpack_bytes(bytes.to_vec(), "export.zip", &|named: Named<Unpacked>| {
        assert!(named.name.starts_with("export.zip"), "{}", named.name);
        match named.value {
            Unpacked::Activity(file) => read(&file),
            Unpacked::Index(read) => check_part(*read, usize::MAX),
            Unpacked::Skipped(reason) => assert!(!reason.to_string().is_empty()),
            Unpacked::Stranger => {}
        }
    });
});

fn read(file: &ActivityFile) {
    assert!(file.bytes.len() as u64 <= MAX_UNPACKED_BYTES, "{} bytes", file.bytes.len());
    let recordings = (file.format.read)(&file.bytes).ok();
    check_recordings(recordings.unwrap_or_default(), file.bytes.len());
}
