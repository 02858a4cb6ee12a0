//! Memory for the bytes of one file after the other: fresh memory costs the system a page fault every 4 kB, which is
//! most of what reading a file from its cache takes.

use std::{
    cell::RefCell,
    io::{self, ErrorKind, Read},
    ops::{Deref, Range},
};

/// The system copies several times as fast to where a line of the processor's cache begins.
const LINE_BYTES: usize = 64;
/// Room for a larger file is given back to the system.
const MOST_KEPT_BYTES: usize = 4 << 20;

thread_local! {
    /// The room of the file before, on this thread.
    static SPARE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The bytes of a file; their room is used again for the next one.
#[derive(Clone, Debug, Default)]
pub struct Buffer {
    room: Vec<u8>,
    filled: Range<usize>,
}

impl Buffer {
    /// Reads up to `most` bytes.
    ///
    /// # Errors
    /// What the system says.
    pub(crate) fn read(file: &mut impl Read, most: usize) -> io::Result<Self> {
        let mut room = SPARE.take();
        if room.len() < most + LINE_BYTES {
            // what is in it need not be moved
            room.clear();
            room.resize(most + LINE_BYTES, 0);
        }
        let start = room.as_ptr().align_offset(LINE_BYTES).min(LINE_BYTES);
        let mut buffer = Self { room, filled: start..start };
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
        if room.capacity() <= MOST_KEPT_BYTES {
            // a thread that ends has no use for it
            let _ = SPARE.try_with(|spare| {
                if spare.borrow().len() < room.len() {
                    spare.replace(room);
                }
            });
        }
    }
}

impl From<Vec<u8>> for Buffer {
    fn from(bytes: Vec<u8>) -> Self {
        Self { filled: 0..bytes.len(), room: bytes }
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

    #[test]
    fn a_file_after_another_holds_its_own_bytes_alone() {
        for bytes in [&b"a longer file"[..], b"short", b"", b"one that is longer than all of those before"] {
            let buffer = Buffer::read(&mut &bytes[..], bytes.len()).unwrap();
            assert_eq!(&buffer[..], bytes);
            assert!(buffer.is_empty() || buffer.as_ptr().align_offset(LINE_BYTES) == 0);
        }
        let head = Buffer::read(&mut &b"head and body"[..], 4).unwrap();
        assert_eq!(&head[..], b"head");
        let short = Buffer::read(&mut &b"cut"[..], 1_000).unwrap();
        assert_eq!(&short[..], b"cut");
    }

    #[test]
    fn two_files_at_once_do_not_share_their_room() {
        let one = Buffer::read(&mut &b"one"[..], 3).unwrap();
        let two = Buffer::read(&mut &b"two"[..], 3).unwrap();
        assert_eq!(
            (&one[..], &two[..], &Buffer::from(b"three".to_vec())[..]),
            (&b"one"[..], &b"two"[..], &b"three"[..])
        );
    }

    #[test]
    fn room_for_a_large_file_is_not_kept() {
        drop(Buffer::read(&mut &b"large"[..], MOST_KEPT_BYTES + 1).unwrap());
        assert!(SPARE.with(|spare| spare.borrow().len() <= MOST_KEPT_BYTES));
        drop(Buffer::read(&mut &b"small"[..], 5).unwrap());
        assert_eq!(SPARE.with(|spare| spare.borrow().len()), 5 + LINE_BYTES);
    }
}
