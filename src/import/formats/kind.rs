//! What kind of file some bytes are, by their first bytes, then by their name.

use super::{FORMATS, FileFormat, Sign, xml::from_utf_16};

/// U+FEFF in UTF-8, which some programs put first.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// How far into an XML file its first element is looked for.
const XML_HEAD_BYTES: usize = 4096;

/// A kind of file that treadlight knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Read by its format.
    Activity(&'static FileFormat),
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
            _ => Self::of_signs(head).or_else(|| Self::of_xml(head)),
        }
    }

    fn of_signs(head: &[u8]) -> Option<Self> {
        let has_sign = |format: &&&'static FileFormat| match format.sign {
            Sign::Bytes(at, bytes) => head.get(at..).is_some_and(|rest| rest.starts_with(bytes)),
            Sign::Root(_) => false,
        };
        FORMATS.iter().find(has_sign).map(|format| Self::Activity(format))
    }

    fn of_xml(head: &[u8]) -> Option<Self> {
        let head = &head[..head.len().min(XML_HEAD_BYTES)];
        if let Some(text) = from_utf_16(head) {
            return Self::of_xml(text.as_bytes());
        }
        let text = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head).trim_ascii_start();
        if !text.starts_with(b"<") {
            return None;
        }
        text.split(|byte| *byte == b'<').skip(1).find_map(|tag| {
            let name = tag.split(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/')).next()?;
            let name = name.rsplit(|byte| *byte == b':').next()?;
            let is_root = |format: &&&'static FileFormat| {
                matches!(format.sign, Sign::Root(root) if root.as_bytes() == name)
            };
            FORMATS.iter().find(is_root).map(|format| Self::Activity(format))
        })
    }

    /// By the ending of its name, whatever its case.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_lowercase().as_str() {
            "gz" => Some(Self::Gzip),
            "zip" => Some(Self::Zip),
            ending => {
                let format = FORMATS.iter().find(|format| format.ending == ending)?;
                Some(Self::Activity(format))
            }
        }
    }

    /// `FIT`, `GPX` …
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Activity(format) => format.label,
            Self::Gzip => "gzip",
            Self::Zip => "zip",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::formats::{fit::FIT, gpx::GPX, tcx::TCX};

    #[test]
    fn content_tells_the_kind_whatever_the_name() {
        assert_eq!(
            Kind::of_bytes(b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT\x00\x00"),
            Some(Kind::Activity(&FIT))
        );
        assert_eq!(
            Kind::of_bytes(b"\xEF\xBB\xBF <?xml version='1.0'?><!-- c --><gpx version='1.1'>"),
            Some(Kind::Activity(&GPX))
        );
        assert_eq!(Kind::of_bytes(b"<?xml?><x:gpx>"), Some(Kind::Activity(&GPX)));
        assert_eq!(
            Kind::of_bytes(b"          <?xml?>\n<TrainingCenterDatabase xmlns='a'>"),
            Some(Kind::Activity(&TCX))
        );
        assert_eq!(Kind::of_bytes(b"PK\x03\x04"), Some(Kind::Zip));
        assert_eq!(Kind::of_bytes(&[0x1f, 0x8b, 8, 0]), Some(Kind::Gzip));
        assert_eq!(Kind::of_bytes(b"<html>"), None);
        assert_eq!(Kind::of_bytes(b"\x00\x05\x16\x07"), None);
        assert_eq!(Kind::of_bytes(b""), None);
    }

    #[test]
    fn endings_are_known_in_any_case() {
        assert_eq!(Kind::of_name("a/b.FIT"), Some(Kind::Activity(&FIT)));
        assert_eq!(Kind::of_name("b.gpx.gz"), Some(Kind::Gzip));
        assert_eq!(Kind::of_name("README.md"), None);
        assert_eq!(Kind::of_name("fit"), None);
    }
}
