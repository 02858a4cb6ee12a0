//! What kind of file some bytes are, by their first bytes, then by their name.

/// U+FEFF in UTF-8, which some programs put first.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
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

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(Kind::of_bytes(&[0x1f, 0x8b, 8, 0]), Some(Kind::Gzip));
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
}
