//! What was found under a name: by content, then by name; gzip is undone.

use super::{buffer::Buffer, content};
use crate::import::{
    formats::{FileFormat, kind::Kind},
    services,
    skipped::SkipReason,
};

/// How much of a file tells its kind.
pub(crate) const HEAD_BYTES: u64 = 4096;
/// An index is read in pieces of this size.
pub(crate) const INDEX_BUFFER_BYTES: usize = 1 << 20;

/// Something with a name in every output: a file, or a member as `export.zip/activities/1.fit`.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<T> {
    /// Path inside the folder, members after the archive's name.
    pub name: String,
    /// What it is.
    pub value: T,
}

/// What was found under a name.
#[derive(Clone, Debug, PartialEq)]
pub enum Unpacked {
    /// A FIT, GPX or TCX file.
    Activity(ActivityFile),
    /// The index of an export, read; boxed, as there are few of them.
    Index(Box<services::Read>),
    /// Not to be read, with the reason.
    Skipped(SkipReason),
    /// No activity file at all.
    Stranger,
}

/// The bytes of an activity file.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityFile {
    /// Who reads it.
    pub format: &'static FileFormat,
    /// Unpacked.
    pub bytes: Buffer,
    /// What broke while it was unpacked; the bytes before that are there.
    pub damage: Option<String>,
}

/// What becomes of every name: called from several threads.
pub type Visit<'a, T> = &'a (dyn Fn(Named<Unpacked>) -> T + Sync);

/// What some bytes are; gzip is undone. A zip among them is refused: see [`unpack`].
#[must_use]
pub fn recognize(bytes: Buffer, name: &str) -> Unpacked {
    match Kind::of_bytes(&bytes) {
        Some(Kind::Gzip) => gunzip(&bytes, name),
        Some(Kind::Activity(format)) => Unpacked::Activity(ActivityFile { format, bytes, damage: None }),
        Some(Kind::Zip) => {
            Unpacked::Skipped(SkipReason::BadZip("zip inside gzip: unpack it first".to_owned()))
        }
        None => match Kind::of_name(name) {
            None => Unpacked::Stranger,
            Some(_) if bytes.is_empty() => Unpacked::Skipped(SkipReason::EmptyFile),
            Some(kind) => Unpacked::Skipped(SkipReason::NotWhatItsNameSays { expected: kind.label().into() }),
        },
    }
}

fn gunzip(packed: &[u8], name: &str) -> Unpacked {
    let unpacked = match content::gunzip(packed) {
        Ok(unpacked) => unpacked,
        Err(bomb) => return Unpacked::Skipped(SkipReason::Bomb(bomb)),
    };
    match Kind::of_bytes(&unpacked.bytes) {
        Some(Kind::Activity(format)) => {
            let damage = unpacked.damage.map(|what| format!("gzip: {what}"));
            Unpacked::Activity(ActivityFile { format, bytes: unpacked.bytes.into(), damage })
        }
        _ => {
            let inner = name.to_lowercase();
            let expected = Kind::of_name(inner.trim_end_matches(".gz")).map_or("an activity", Kind::label);
            let why = unpacked.damage.unwrap_or_else(|| format!("its content is not {expected}"));
            Unpacked::Skipped(SkipReason::BadGzip(why))
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
pub(crate) fn unreadable(error: std::io::Error) -> SkipReason {
    SkipReason::Unreadable(error.to_string())
}
