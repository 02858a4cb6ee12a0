//! Memory for the bytes of one file after the other: fresh memory costs the system a page fault every 4 kB, which is
//! most of what reading a file from its cache takes.

use std::{
    io::{self, ErrorKind, Read},
    ops::{Deref, Range},
    sync::{Arc, Mutex, PoisonError},
};

/// The system copies several times as fast to where a line of the processor's cache begins.
const LINE_BYTES: usize = 64;
/// Room for a larger file is given back to the system.
const MOST_KEPT_BYTES: usize = 4 << 20;

/// Rooms that no file is in: as many as there were files at once.
#[derive(Clone, Debug, Default)]
pub struct Rooms(Arc<Mutex<Vec<Vec<u8>>>>);

impl Rooms {
    fn take(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn give_back(&self, room: Vec<u8>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(room);
    }
}

/// The bytes of a file; their room goes back to where it came from.
#[derive(Clone, Debug, Default)]
pub struct Buffer {
    room: Vec<u8>,
    filled: Range<usize>,
    rooms: Option<Rooms>,
}

impl Buffer {
    /// Reads up to `most` bytes into a room.
    ///
    /// # Errors
    /// What the system says.
    pub(crate) fn read(file: &mut impl Read, most: usize, rooms: &Rooms) -> io::Result<Self> {
        let mut room = rooms.take();
        if room.len() < most + LINE_BYTES {
            // what is in it need not be moved
            room.clear();
            room.resize(most + LINE_BYTES, 0);
        }
        let start = room.as_ptr().align_offset(LINE_BYTES).min(LINE_BYTES);
        let mut buffer = Self { room, filled: start..start, rooms: Some(rooms.clone()) };
        while buffer.filled.end < start + most {
            match file.read(&mut buffer.room[buffer.filled.end..start + most]) {
                Ok(0) => break,
                Ok(bytes) => buffer.filled.end += bytes,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(buffer)
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let room = std::mem::take(&mut self.room);
        if let Some(rooms) = self.rooms.take().filter(|_| room.len() <= MOST_KEPT_BYTES) {
            rooms.give_back(room);
        }
    }
}

impl From<Vec<u8>> for Buffer {
    fn from(bytes: Vec<u8>) -> Self {
        Self { filled: 0..bytes.len(), room: bytes, rooms: None }
    }
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.room[self.filled.clone()]
    }
}

impl PartialEq for Buffer {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spare(rooms: &Rooms) -> Vec<usize> {
        rooms.0.lock().unwrap().iter().map(Vec::len).collect()
    }

    #[test]
    fn a_file_after_another_holds_its_own_bytes_alone() {
        let rooms = Rooms::default();
        for bytes in [&b"a longer file"[..], b"short", b"", b"one that is longer than all of those before"] {
            let buffer = Buffer::read(&mut &bytes[..], bytes.len(), &rooms).unwrap();
            assert_eq!(&buffer[..], bytes);
            assert!(buffer.is_empty() || buffer.as_ptr().align_offset(LINE_BYTES) == 0);
        }
        assert_eq!(spare(&rooms).len(), 1, "all in one room");
        let head = Buffer::read(&mut &b"head and body"[..], 4, &rooms).unwrap();
        assert_eq!(&head[..], b"head");
        let short = Buffer::read(&mut &b"cut"[..], 1_000, &rooms).unwrap();
        assert_eq!(&short[..], b"cut");
        assert_eq!(Buffer::from(b"no room".to_vec()), Buffer::read(&mut &b"no room"[..], 7, &rooms).unwrap());
    }

    #[test]
    fn two_files_at_once_do_not_share_their_room() {
        let rooms = Rooms::default();
        let one = Buffer::read(&mut &b"one"[..], 3, &rooms).unwrap();
        let two = Buffer::read(&mut &b"two"[..], 3, &rooms).unwrap();
        assert_eq!((&one[..], &two[..]), (&b"one"[..], &b"two"[..]));
        drop((one, two));
        assert_eq!(spare(&rooms), [3 + LINE_BYTES; 2]);
    }

    #[test]
    fn room_for_a_large_file_is_not_kept() {
        let rooms = Rooms::default();
        drop(Buffer::read(&mut &b"large"[..], MOST_KEPT_BYTES, &rooms).unwrap());
        assert_eq!(spare(&rooms).len(), 0);
        drop(Buffer::read(&mut &b"small"[..], 5, &rooms).unwrap());
        assert_eq!(spare(&rooms), [5 + LINE_BYTES]);
    }
}
