//! What kind of file some bytes are, by their first bytes, then by their name; gzip undone, bombs bounded.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use serde::{Deserialize, Serialize};

/// An unpacked file larger than this is refused: a day of one-second records takes 10 MB.
pub const MAX_UNPACKED_BYTES: u64 = 512 << 20;
/// A zip inside a zip is held in memory: makers put years of runs into one.
const MAX_INNER_ZIP_BYTES: u64 = 2 << 30;
/// A packed stream that grows more than this is a bomb once it is beyond [`BOMB_FLOOR_BYTES`].
const MAX_RATIO: u64 = 200;
const BOMB_FLOOR_BYTES: u64 = 16 << 20;
/// U+FEFF in UTF-8, which some programs put first.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// How far into an XML file its first element is looked for.
const XML_HEAD_BYTES: usize = 4096;

/// A kind of file that treadlight knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Read by `import::fit`.
    Fit,
    /// Read by `import::gpx`.
    Gpx,
    /// Read by `import::tcx`.
    Tcx,
    /// Unpacked, then looked at again.
    Gzip,
    /// Opened, every member looked at.
    Zip,
}

impl Kind {
    /// By content. AppleDouble shadows and anything unknown are `None`.
    #[must_use]
    pub fn of_bytes(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            [b'P', b'K', 3 | 5, 4 | 6, ..] => Some(Self::Zip),
            [_, _, _, _, _, _, _, _, b'.', b'F', b'I', b'T', ..] => Some(Self::Fit),
            _ => Self::of_xml(head),
        }
    }

    fn of_xml(head: &[u8]) -> Option<Self> {
        let head = &head[..head.len().min(XML_HEAD_BYTES)];
        let text = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head).trim_ascii_start();
        if !text.starts_with(b"<") {
            return None;
        }
        text.split(|byte| *byte == b'<').skip(1).find_map(|tag| {
            let name = tag.split(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/')).next()?;
            match name.rsplit(|byte| *byte == b':').next()? {
                b"gpx" => Some(Self::Gpx),
                b"TrainingCenterDatabase" => Some(Self::Tcx),
                _ => None,
            }
        })
    }

    /// By the ending of its name, whatever its case.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending.to_lowercase().as_str() {
            "fit" => Self::Fit,
            "gpx" => Self::Gpx,
            "tcx" => Self::Tcx,
            "gz" => Self::Gzip,
            "zip" => Self::Zip,
            _ => return None,
        })
    }

    /// `FIT`, `GPX` …
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Fit => "FIT",
            Self::Gpx => "GPX",
            Self::Tcx => "TCX",
            Self::Gzip => "gzip",
            Self::Zip => "zip",
        }
    }
}

/// What a packed stream held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpacked {
    /// The bytes up to the damage, if there is any.
    pub bytes: Vec<u8>,
    /// What broke, where the stream did not end well.
    pub damage: Option<String>,
}

/// A stream that unpacks to more than this is not unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bomb {
    /// Its size.
    pub packed_bytes: u64,
    /// The limit.
    pub limit_bytes: u64,
}

/// The most that so many packed bytes of a kind may unpack to.
#[must_use]
pub fn unpacked_limit(kind: Kind, packed_bytes: u64) -> u64 {
    let most = if kind == Kind::Zip { MAX_INNER_ZIP_BYTES } else { MAX_UNPACKED_BYTES };
    most.min(BOMB_FLOOR_BYTES.max(packed_bytes.saturating_mul(MAX_RATIO)))
}

/// Undoes gzip (several members too). A broken stream gives what came out before it broke.
///
/// # Errors
/// If it unpacks to more than an activity can hold.
pub fn gunzip(packed: &[u8]) -> Result<Unpacked, Bomb> {
    let packed_bytes = packed.len() as u64;
    let limit = unpacked_limit(Kind::Gzip, packed_bytes);
    let mut bytes = Vec::new();
    let outcome = MultiGzDecoder::new(packed).take(limit + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > limit {
        return Err(Bomb { packed_bytes, limit_bytes: limit });
    }
    Ok(Unpacked { bytes, damage: outcome.err().map(|error| error.to_string()) })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn content_tells_the_kind_whatever_the_name() {
        assert_eq!(Kind::of_bytes(b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT\x00\x00"), Some(Kind::Fit));
        assert_eq!(
            Kind::of_bytes(b"\xEF\xBB\xBF <?xml version='1.0'?><!-- c --><gpx version='1.1'>"),
            Some(Kind::Gpx)
        );
        assert_eq!(Kind::of_bytes(b"<?xml?><x:gpx>"), Some(Kind::Gpx));
        assert_eq!(Kind::of_bytes(b"          <?xml?>\n<TrainingCenterDatabase xmlns='a'>"), Some(Kind::Tcx));
        assert_eq!(Kind::of_bytes(b"PK\x03\x04"), Some(Kind::Zip));
        assert_eq!(Kind::of_bytes(&gzip(b"x")), Some(Kind::Gzip));
        assert_eq!(Kind::of_bytes(b"<html>"), None);
        assert_eq!(Kind::of_bytes(b"\x00\x05\x16\x07"), None);
        assert_eq!(Kind::of_bytes(b""), None);
    }

    #[test]
    fn endings_are_known_in_any_case() {
        assert_eq!(Kind::of_name("a/b.FIT"), Some(Kind::Fit));
        assert_eq!(Kind::of_name("b.gpx.gz"), Some(Kind::Gzip));
        assert_eq!(Kind::of_name("README.md"), None);
        assert_eq!(Kind::of_name("fit"), None);
    }

    #[test]
    fn a_whole_stream_and_a_broken_one_give_what_they_hold() {
        let text = b"all that is in the file, over and over, ".repeat(500);
        let packed = gzip(&text);
        assert_eq!(gunzip(&packed), Ok(Unpacked { bytes: text.clone(), damage: None }));
        let broken = gunzip(&packed[..packed.len() - 6]).unwrap();
        assert!(broken.damage.is_some());
        assert!(text.starts_with(&broken.bytes));
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb = gzip(&vec![0; 20 << 20]);
        assert_eq!(
            gunzip(&bomb),
            Err(Bomb { packed_bytes: bomb.len() as u64, limit_bytes: BOMB_FLOOR_BYTES })
        );
    }
}
