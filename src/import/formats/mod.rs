//! The readers: bytes in, recordings out. No clock, no file system. [`FORMATS`] is the one list of them.

mod decimal;
pub(crate) mod device;
pub mod fit;
pub mod gpx;
pub mod kind;
pub mod read_error;
pub mod tcx;
pub(crate) mod timestamp;
pub(crate) mod xml;

use crate::activity::Recording;
use read_error::ReadError;

/// A format of activity files.
#[derive(Debug)]
pub struct FileFormat {
    /// `FIT`, `GPX` …
    pub label: &'static str,
    /// The ending of its files' names, in small letters.
    pub ending: &'static str,
    /// How its files are known by their first bytes.
    pub sign: Sign,
    /// Reads every activity of a file.
    pub read: fn(&[u8]) -> Result<Vec<Recording>, ReadError>,
}

/// How files of a format are known, whatever their names.
#[derive(Debug)]
pub enum Sign {
    /// By bytes at a place from the start.
    Bytes(usize, &'static [u8]),
    /// By the name of their first XML elements.
    Root(&'static str),
}

/// Every format of activity files: one row each, beside its reader.
pub static FORMATS: [&FileFormat; 3] = [&fit::FIT, &gpx::GPX, &tcx::TCX];

impl PartialEq for FileFormat {
    fn eq(&self, other: &Self) -> bool {
        self.label == other.label
    }
}
