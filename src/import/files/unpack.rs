//! From a file on disk to the activity files in it: plain, in gzip, in zip ([`archive`](super::archive)).
//!
//! Nothing is unpacked to disk. Content decides what a file is, its name only what a broken one should have been.

use std::{
    fs,
    io::{self, BufReader, Cursor, Read, Seek, SeekFrom},
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use super::{
    archive,
    buffer::{Buffer, Rooms},
    find::Source,
    recognize::{HEAD_BYTES, INDEX_BUFFER_BYTES, Named, Unpacked, Visit, recognize, unreadable},
};
use crate::import::{
    formats::kind::Kind,
    services::{self, Recognized},
    skipped::SkipReason,
};

/// A plain file larger than this is not read.
const MAX_FILE_BYTES: u64 = 512 << 20;
/// A larger one has to show by its head that it is worth reading.
const MOST_AT_ONCE_BYTES: u64 = 4 << 20;

/// Opens a file and hands everything in it to `visit`; results in the archive's order. `disk_failed` is set if the
/// system could not read on: then what was read may be less than there is.
pub fn unpack<T: Send>(
    source: &Source,
    rooms: &Rooms,
    disk_failed: &AtomicBool,
    visit: Visit<'_, T>,
) -> Vec<T> {
    let name = source.name.clone();
    match read_if_activity_file(&source.path, &source.name, rooms) {
        Ok(OnDisk::Zip) => {
            let open =
                || fs::File::open(&source.path).map(|file| BufReader::new(OnDiskFile { file, disk_failed }));
            archive::unpack_zip(&open, &name, visit)
        }
        Ok(OnDisk::Bytes(bytes)) => vec![visit(Named { value: recognize(bytes, &name), name })],
        Ok(OnDisk::Index(known, file)) => {
            let file = OnDiskFile { file, disk_failed };
            let read = known.read(&name, BufReader::with_capacity(INDEX_BUFFER_BYTES, file));
            vec![visit(Named { name, value: Unpacked::Index(Box::new(read)) })]
        }
        Ok(OnDisk::Stranger) => vec![visit(Named { name, value: Unpacked::Stranger })],
        Err(reason) => vec![visit(Named { name, value: Unpacked::Skipped(reason) })],
    }
}

/// The same for the bytes of a file in memory.
pub fn unpack_bytes<T: Send>(bytes: Vec<u8>, name: &str, visit: Visit<'_, T>) -> Vec<T> {
    if Kind::of_bytes(&bytes) == Some(Kind::Zip) {
        return archive::unpack_zip(&|| Ok(Cursor::new(bytes.as_slice())), name, visit);
    }
    if let Some(known) = services::recognize(name, &bytes[..bytes.len().min(HEAD_BYTES as usize)]) {
        let value = Unpacked::Index(Box::new(known.read(name, bytes.as_slice())));
        return vec![visit(Named { value, name: name.to_owned() })];
    }
    vec![visit(Named { value: recognize(bytes.into(), name), name: name.to_owned() })]
}

/// A file that is read piece by piece, long after it was opened: it tells when the disk fails.
struct OnDiskFile<'a> {
    file: fs::File,
    disk_failed: &'a AtomicBool,
}

impl Read for OnDiskFile<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.read(buffer).inspect_err(|_| self.disk_failed.store(true, Ordering::Relaxed))
    }
}

impl Seek for OnDiskFile<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        // a broken archive sends us to impossible places: that is no fault of the disk
        self.file.seek(to)
    }
}

/// What lies on disk under a name.
enum OnDisk {
    Bytes(Buffer),
    Zip,
    Index(Recognized, fs::File),
    Stranger,
}

/// Reads a file, unless neither its first bytes nor its name look like an activity file.
fn read_if_activity_file(path: &Path, name: &str, rooms: &Rooms) -> Result<OnDisk, SkipReason> {
    for _ in 0..2 {
        let mut file = fs::File::open(path).map_err(unreadable)?;
        let before = stamp(&file)?;
        // what its name promises to be worth it is read at once, of all else the head first
        let is_promised = matches!(Kind::of_name(name), Some(Kind::Activity(_) | Kind::Gzip));
        let is_read_at_once = is_promised && before.0 <= MOST_AT_ONCE_BYTES;
        let head_bytes = if is_read_at_once { before.0 } else { HEAD_BYTES };
        let head = Buffer::read(&mut file, in_memory(head_bytes), rooms).map_err(unreadable)?;
        let start = &head[..head.len().min(in_memory(HEAD_BYTES))];
        if let Some(known) = services::recognize(name, start) {
            return Ok(OnDisk::Index(known, fs::File::open(path).map_err(unreadable)?));
        }
        match Kind::of_bytes(start) {
            Some(Kind::Zip) => return Ok(OnDisk::Zip),
            // its head will not change: the name decides, and no reader needs the rest
            None if Kind::of_name(name).is_some() => return Ok(OnDisk::Bytes(head)),
            None => return Ok(OnDisk::Stranger),
            Some(_) if before.0 > MAX_FILE_BYTES => {
                return Err(SkipReason::TooLarge { limit_bytes: MAX_FILE_BYTES });
            }
            Some(_) => {}
        }
        let bytes = if is_read_at_once {
            head
        } else {
            read_whole(&mut file, before.0, rooms).map_err(unreadable)?
        };
        if stamp(&file)? == before && bytes.len() as u64 == before.0 {
            return Ok(OnDisk::Bytes(bytes));
        }
    }
    Err(SkipReason::Changing)
}

fn read_whole(file: &mut fs::File, bytes: u64, rooms: &Rooms) -> io::Result<Buffer> {
    file.rewind()?;
    Buffer::read(file, in_memory(bytes), rooms)
}

fn in_memory(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

/// Size and modification time: what shows that a file changed under our hands.
fn stamp(file: &fs::File) -> Result<(u64, Option<std::time::SystemTime>), SkipReason> {
    let metadata = file.metadata().map_err(unreadable)?;
    Ok((metadata.len(), metadata.modified().ok()))
}
