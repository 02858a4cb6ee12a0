//! What a service is: its files, how each is recognised and read, and what of it may be believed.

use std::{
    borrow::Cow,
    cell::OnceCell,
    fmt,
    io::{self, BufRead, Read},
};

use super::{
    part::{IndexError, Part},
    table::Headings,
};
use crate::import::formats::{kind::BYTE_ORDER_MARK, xml::from_utf_16};

/// A file of an export larger than this is not read, unless its reader takes it as a stream.
const MAX_INDEX_BYTES: u64 = 512 << 20;

/// A service or app whose export is read.
pub struct Service {
    /// Its name, for people.
    pub name: &'static str,
    /// The files of its export that are read.
    pub files: &'static [ServiceFile],
    /// What is read of it, a few words.
    pub reads: &'static str,
    /// How a runner gets the export.
    pub how_to_export: &'static str,
    /// Whether what recorded the activity wrote the totals too.
    pub totals_are_the_devices: bool,
    /// Whether a distance shorter than that of the activity's file was cropped by the runner.
    pub shorter_means_cropped: bool,
}

/// One kind of file in a service's export.
pub struct ServiceFile {
    /// Its name as the service gives it, `…` for what differs.
    pub name: &'static str,
    /// Whether a file is one.
    pub is: fn(&Head<'_>) -> bool,
    /// A name under which a file that no service recognises is handed to this reader: it says what is wrong.
    pub else_by_name: Option<&'static str>,
    /// Reads it: its path, its content.
    pub read: fn(&str, &mut dyn BufRead) -> Result<Part, IndexError>,
    /// Invented files of the kind with paths that tell, for tests and fuzzing.
    pub samples: fn() -> Vec<(&'static str, Vec<u8>)>,
}

impl Service {
    /// Its name with the article: `a Fitbit`, `an Endomondo`.
    #[must_use]
    pub fn with_article(&self) -> String {
        let begins_with_a_vowel = self.name.starts_with(|c: char| "AEIOaeio".contains(c));
        format!("{} {}", if begins_with_a_vowel { "an" } else { "a" }, self.name)
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Service {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// The beginning of a file that may be one of a service's.
pub struct Head<'a> {
    /// Its path.
    pub path: &'a str,
    /// Its first bytes, in UTF-8 and without a mark if it is text.
    pub bytes: Cow<'a, [u8]>,
    headings: OnceCell<Option<Headings>>,
}

impl<'a> Head<'a> {
    /// Of a path and the first bytes there; a few thousand are enough.
    #[must_use]
    pub fn new(path: &'a str, bytes: &'a [u8]) -> Self {
        let bytes = match from_utf_16(bytes) {
            Some(text) => Cow::Owned(text.into_bytes()),
            None => Cow::Borrowed(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)),
        };
        Self { path, bytes, headings: OnceCell::new() }
    }

    /// The name without folders.
    #[must_use]
    pub fn base_name(&self) -> &'a str {
        self.path.rsplit(['/', '\\']).next().unwrap_or(self.path)
    }

    /// Its first line as headings, if it can be a table.
    pub(crate) fn headings(&self) -> Option<&Headings> {
        self.headings.get_or_init(|| Headings::of(&self.bytes).filter(|_| !self.is_json())).as_ref()
    }

    /// Whether it may be JSON: an object or an array.
    #[must_use]
    pub fn is_json(&self) -> bool {
        matches!(self.bytes.trim_ascii_start().first(), Some(b'{' | b'['))
    }

    /// Whether it may be JSON that has all of these keys near its beginning, at any depth.
    #[must_use]
    pub fn is_json_with(&self, keys: &[&str]) -> bool {
        let is_key = |key: &&str| {
            let quoted = format!("\"{key}\"");
            let at = |from: usize| memchr::memmem::find(&self.bytes[from..], quoted.as_bytes());
            at(0).is_some_and(|at| {
                let rest = self.bytes.get(at + quoted.len()..).unwrap_or_default();
                rest.trim_ascii_start().first() == Some(&b':')
            })
        };
        self.is_json() && keys.iter().all(is_key)
    }
}

/// What comes of a file of which nothing can be used.
pub(crate) fn not_used(why: &str) -> Result<Part, IndexError> {
    Err(IndexError::NotUsed(why.to_owned()))
}

/// All bytes of a file that is not too long for memory; what some spreadsheets save as UTF-16 becomes UTF-8.
pub(crate) fn whole(reader: &mut dyn BufRead) -> Result<Vec<u8>, IndexError> {
    let mut bytes = Vec::new();
    let read = reader.take(MAX_INDEX_BYTES + 1).read_to_end(&mut bytes);
    let too_long = || io::Error::other(format!("larger than {} MB", MAX_INDEX_BYTES / 1_000_000));
    let read = read.and_then(|read| if read as u64 > MAX_INDEX_BYTES { Err(too_long()) } else { Ok(()) });
    read.map(|()| from_utf_16(&bytes).map_or(bytes, String::into_bytes))
        .map_err(|error| IndexError::Damaged(error.to_string()))
}
