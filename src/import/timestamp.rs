//! Times as XML files write them: `2017-07-29T14:46:35.000Z`, with or without fraction and offset.

use chrono::{DateTime, NaiveDateTime};

/// A moment and, if the text states one other than UTC, the local offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct XmlTime {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub unix_ms: i64,
    /// Local time minus UTC in seconds; `None` for no offset, and for `Z` or `+00:00`, which programs write
    /// wherever the runner is.
    pub utc_offset_s: Option<i32>,
}

/// Reads an `xsd:dateTime`. A text without offset counts as UTC.
pub(super) fn parse_xml_time(text: &str) -> Option<XmlTime> {
    let text = text.trim();
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        let offset_s = time.offset().local_minus_utc();
        return Some(XmlTime {
            unix_ms: time.timestamp_millis(),
            utc_offset_s: Some(offset_s).filter(|offset_s| *offset_s != 0),
        });
    }
    let naive =
        NaiveDateTime::parse_from_str(text.trim_end_matches(['Z', 'z']), "%Y-%m-%dT%H:%M:%S%.f").ok()?;
    Some(XmlTime { unix_ms: naive.and_utc().timestamp_millis(), utc_offset_s: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utc_fractions_offsets_and_missing_zones_are_read() {
        let time = |text| parse_xml_time(text).map(|t| (t.unix_ms, t.utc_offset_s));
        assert_eq!(time("1970-01-01T00:00:01Z"), Some((1_000, None)));
        assert_eq!(time(" 1970-01-01T00:00:01.250Z\n"), Some((1_250, None)));
        assert_eq!(time("1970-01-01T02:00:01+02:00"), Some((1_000, Some(7_200))));
        assert_eq!(time("1970-01-01T00:00:01+00:00"), Some((1_000, None)));
        assert_eq!(time("1970-01-01T00:00:01"), Some((1_000, None)));
        assert_eq!(time("1970-01-01T00:00:01.5"), Some((1_500, None)));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["", "yesterday", "2026-02-30T00:00:00Z", "2026-02-03"] {
            assert_eq!(parse_xml_time(text), None, "{text}");
        }
    }
}
