//! What the XML readers share: one tolerant pass over the events, and the reading of small values.

use std::{borrow::Cow, str::FromStr};

use memchr::{memchr, memchr2, memchr3};
use quick_xml::{
    Reader,
    events::{BytesStart, BytesText, Event},
};

use crate::activity::{ALTITUDES_M, Position};

/// So many bytes are looked through one by one.
const FEW_BYTES: usize = 10;

/// Where a file breaks off or is damaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    /// Offset into the unpacked file.
    pub(crate) byte: usize,
    /// What is wrong there.
    pub(crate) what: String,
}

/// A reader of elements: told of each as it opens, of its text, and as it closes.
pub(crate) trait Elements {
    /// An element begins.
    fn open(&mut self, tag: &BytesStart<'_>);
    /// Whether text inside the innermost open element is of any use.
    fn wants_text(&self) -> bool;
    /// A piece of text inside the innermost open element, which wants it.
    fn text(&mut self, text: &str);
    /// The innermost open element ends.
    fn close(&mut self);
    /// Whether every element that was opened is closed.
    fn is_whole(&self) -> bool;
    /// What comes next stands at a byte of the document: reads as much of it as it can by itself, and says how many bytes
    /// these are.
    fn read_ahead(&mut self, _document: &str, _at: usize) -> usize {
        0
    }
}

/// Reads a whole document, as far as it goes. Names of end tags, prefixes and stray ampersands are not checked.
///
/// Plain tags and text, nearly all of a track, are found here; everything else is left to `quick-xml`, which reads on
/// from where it stands, one event at a time. Both see the same: the tests compare them on damaged files.
pub(crate) fn read(bytes: &[u8], elements: &mut impl Elements) -> Option<Damage> {
    // nearly always the bytes are UTF-8 and stay where they are
    let text = match from_utf_16(bytes) {
        Some(text) => Cow::Owned(text),
        None => str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed),
    };
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(&text);
    while !rest.is_empty() {
        let ahead = elements.read_ahead(&text, text.len() - rest.len());
        if ahead > 0 {
            rest = rest.get(ahead..).unwrap_or_default();
            continue;
        }
        let read = match read_plain(rest, elements) {
            Some(length) => length,
            None => match read_with_quick_xml(rest, elements) {
                Ok(length) => length,
                Err((byte, what)) => {
                    // the text may be longer than the bytes, where some were not UTF-8
                    let byte = (text.len() - rest.len() + byte).min(bytes.len());
                    return Some(Damage { byte, what });
                }
            },
        };
        rest = rest.get(read.max(1)..).unwrap_or_default();
    }
    (!elements.is_whole()).then(|| Damage { byte: bytes.len(), what: "the file breaks off".to_owned() })
}

/// The text of a file in UTF-16 of either order, told by its mark or by the zero beside its first `<`.
pub(crate) fn from_utf_16(bytes: &[u8]) -> Option<String> {
    let (is_little_endian, text) = match bytes {
        [0xFF, 0xFE, text @ ..] => (true, text),
        [0xFE, 0xFF, text @ ..] => (false, text),
        [b'<', 0, ..] => (true, bytes),
        [0, b'<', ..] => (false, bytes),
        _ => return None,
    };
    let read = if is_little_endian { u16::from_le_bytes } else { u16::from_be_bytes };
    let units = text.as_chunks::<2>().0.iter().map(|pair| read(*pair));
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// Reads text up to the next markup, or one tag, and says how long it is; `None` if it is neither.
fn read_plain(rest: &str, elements: &mut impl Elements) -> Option<usize> {
    match rest.as_bytes() {
        [b'<', b'!' | b'?', ..] | [b'&', ..] => None,
        [b'<', b'/', ..] => {
            let is_end = |byte| matches!(byte, b'>' | b'"' | b'\'');
            let length = position(rest.as_bytes(), is_end, |far| memchr3(b'>', b'"', b'\'', far))?;
            (rest.as_bytes()[length] == b'>').then(|| elements.close())?;
            Some(length + 1)
        }
        [b'<', tag @ ..] => {
            let length = tag_length(tag)?;
            let content = &rest[1..=length];
            let (content, is_empty) =
                content.strip_suffix('/').map_or((content, false), |content| (content, true));
            let is_blank = |byte| matches!(byte, b' ' | b'\r' | b'\n' | b'\t');
            let name_length = content.bytes().position(is_blank).unwrap_or(content.len());
            elements.open(&BytesStart::from_content(content, name_length));
            if is_empty {
                elements.close();
            }
            Some(length + 2)
        }
        text => {
            let is_markup = |byte| matches!(byte, b'<' | b'&');
            let length = position(text, is_markup, |far| memchr2(b'<', b'&', far)).unwrap_or(text.len());
            if elements.wants_text() {
                elements.text(&BytesText::from_escaped(&rest[..length]).xml10_content());
            }
            Some(length)
        }
    }
}

/// Where a byte first stands that is looked for: mostly within a few, for which a fast search begins too slowly.
fn position(
    bytes: &[u8],
    is_looked_for: impl Fn(u8) -> bool,
    fast: impl Fn(&[u8]) -> Option<usize>,
) -> Option<usize> {
    let (near, far) = bytes.split_at(bytes.len().min(FEW_BYTES));
    let position = near.iter().position(|byte| is_looked_for(*byte));
    position.or_else(|| Some(near.len() + fast(far)?))
}

/// Bytes of a tag before its `>`, which may stand in quotes before that.
fn tag_length(tag: &[u8]) -> Option<usize> {
    let length = position(tag, |byte| byte == b'>', |far| memchr(b'>', far))?;
    // both are added up in bytes, sixteen at once
    let is_odd = tag[..length].iter().fold(0, |odd, byte| odd ^ u8::from(*byte == b'"'));
    let other = tag[..length].iter().fold(0, |any, byte| any | u8::from(*byte == b'\''));
    if is_odd | other == 0 { Some(length) } else { quoted_tag_length(tag) }
}

/// The same, with an eye on every quote.
fn quoted_tag_length(tag: &[u8]) -> Option<usize> {
    let mut quote = None;
    tag.iter().position(|&byte| {
        match (quote, byte) {
            (None, b'>') => return true,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
        false
    })
}

/// Reads one event and says how long it is, or where it is damaged, and how.
fn read_with_quick_xml(rest: &str, elements: &mut impl Elements) -> Result<usize, (usize, String)> {
    let mut reader = Reader::from_str(rest);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let offset = |offset| usize::try_from(offset).unwrap_or(rest.len());
    let wants_text = elements.wants_text();
    match reader.read_event() {
        Ok(Event::Start(tag)) => elements.open(&tag),
        Ok(Event::Empty(tag)) => {
            elements.open(&tag);
            elements.close();
        }
        Ok(Event::End(_)) => elements.close(),
        Ok(Event::Text(_) | Event::CData(_) | Event::GeneralRef(_)) if !wants_text => {}
        Ok(Event::Text(text)) => elements.text(&text.xml10_content()),
        Ok(Event::CData(text)) => elements.text(&text.xml10_content()),
        Ok(Event::GeneralRef(entity)) => {
            if let Ok(Some(character)) = entity.resolve_char_ref() {
                elements.text(character.encode_utf8(&mut [0; 4]));
            } else if let Some(character) = predefined_entity(&entity.xml10_content()) {
                elements.text(character);
            }
        }
        Ok(_) => {}
        Err(error) => return Err((offset(reader.error_position()), error.to_string())),
    }
    Ok(offset(reader.buffer_position()))
}

fn predefined_entity(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    })
}

/// An element's name without the prefix of its namespace.
pub(crate) fn local_name<'a>(tag: &'a BytesStart<'_>) -> &'a str {
    let name = tag.name().into_inner();
    name.bytes().position(|byte| byte == b':').map_or(name, |colon| &name[colon + 1..])
}

/// The value of an attribute.
pub(crate) fn attribute<'a>(tag: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name);
    found.map(|attribute| attribute.value)
}

/// A number; some programs write a decimal comma.
pub(crate) fn decimal<T: FromStr>(text: &str) -> Option<T> {
    let text = text.trim();
    text.parse().or_else(|_| text.replace(',', ".").parse()).ok()
}

/// Degrees within ±`limit`.
pub(crate) fn degrees(text: &str, limit: f64) -> Option<f64> {
    decimal(text).filter(|degrees: &f64| degrees.abs() <= limit)
}

/// A place, unless it is where a device without a fix says it is: 0, 0.
pub(crate) fn place(latitude_deg: f64, longitude_deg: f64) -> Option<Position> {
    let is_fix = latitude_deg.abs() > 1e-6 || longitude_deg.abs() > 1e-6;
    is_fix.then_some(Position { latitude_deg, longitude_deg })
}

/// Metres above sea level.
pub(crate) fn altitude_m(text: &str) -> Option<f32> {
    decimal(text).filter(|meters| ALTITUDES_M.contains(meters))
}

/// A count from 1 to 255; files write `142`, `142.0` or, for "unknown", 0.
pub(crate) fn whole_number(text: &str) -> Option<u8> {
    if let Ok(count) = text.parse() {
        return Some(count).filter(|count| *count > 0);
    }
    let number: f64 = text.parse().ok()?;
    (0.5..255.5).contains(&number).then(|| number.round() as u8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn counts_are_rounded_and_zero_is_unknown() {
        assert_eq!(
            ["142", "141.6", "0", "0.4", "256", "-3", "NaN", "x"].map(whole_number),
            [Some(142), Some(142), None, None, None, None, None, None]
        );
    }

    #[test]
    fn altitudes_lie_between_the_dead_sea_and_the_sky() {
        assert_eq!(altitude_m(" 1.5 "), Some(1.5));
        assert_eq!((altitude_m("-1000"), altitude_m("20000")), (Some(-1_000.0), Some(20_000.0)));
        for text in ["-1000.5", "20001", "3e38", "-3e38", "1e39", "NaN", "x"] {
            assert_eq!(altitude_m(text), None, "{text}");
        }
    }

    #[test]
    fn a_decimal_comma_is_a_point() {
        assert_eq!((degrees("52,5", 90.0), altitude_m("40,25")), (Some(52.5), Some(40.25)));
        assert_eq!(degrees("52,5,1", 90.0), None);
    }

    #[test]
    fn utf_16_of_either_order_is_text() {
        let text = "<gpx>é</gpx>";
        let bytes = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        assert_eq!(from_utf_16(&bytes(u16::to_le_bytes)).as_deref(), Some(text));
        assert_eq!(
            from_utf_16(&[&[0xFE, 0xFF][..], &bytes(u16::to_be_bytes)].concat()).as_deref(),
            Some(text)
        );
        assert_eq!(from_utf_16(text.as_bytes()), None);
    }

    #[test]
    fn degrees_lie_on_the_globe() {
        assert_eq!(degrees(" 54.6 ", 90.0), Some(54.6));
        assert_eq!(degrees("90.1", 90.0), None);
        assert_eq!(degrees("NaN", 90.0), None);
    }

    /// What a reader is told, with the text between two tags in one piece.
    #[derive(Debug, Default, PartialEq)]
    struct Told {
        events: Vec<String>,
        open: usize,
    }

    impl Elements for Told {
        fn open(&mut self, tag: &BytesStart<'_>) {
            let attributes: Vec<_> = tag.attributes().with_checks(false).flatten().collect();
            self.events.push(format!("open {} {attributes:?}", local_name(tag)));
            self.open += 1;
        }

        fn wants_text(&self) -> bool {
            !self.open.is_multiple_of(3)
        }

        fn text(&mut self, text: &str) {
            match self.events.last_mut().filter(|event| event.starts_with("text")) {
                Some(event) => event.push_str(text),
                None => self.events.push(format!("text {text}")),
            }
        }

        fn close(&mut self) {
            self.events.push("close".to_owned());
            self.open = self.open.saturating_sub(1);
        }

        fn is_whole(&self) -> bool {
            self.open == 0
        }
    }

    /// The same pass, with every event left to `quick-xml`.
    fn read_with_quick_xml_alone(text: &str, elements: &mut impl Elements) -> Option<Damage> {
        let mut rest = text;
        while !rest.is_empty() {
            match read_with_quick_xml(rest, elements) {
                Ok(length) => rest = rest.get(length.max(1)..).unwrap_or_default(),
                Err((byte, what)) => return Some(Damage { byte: text.len() - rest.len() + byte, what }),
            }
        }
        (!elements.is_whole()).then(|| Damage { byte: text.len(), what: "the file breaks off".to_owned() })
    }

    /// Whole elements, and the bytes that break them.
    const PIECES: [&str; 38] = [
        "<",
        ">",
        "/",
        "\"",
        "'",
        "&",
        "=",
        "!",
        "?",
        "-",
        "]",
        ";",
        ":",
        " ",
        "\n",
        "\r\n",
        "a",
        "é",
        "0123456789",
        "<trkpt lat=\"51.12\" lon=\"7.1\">",
        "</trkpt>",
        "<ele>",
        "</ele>",
        "<ns3:hr>",
        "</ns3:hr>",
        "<time/>",
        "<name a='>' b=\"</c>\">",
        "</name >",
        "<a b=\"it's\" c='\"'/>",
        "2026-03-01T07:00:00Z",
        "&amp;",
        "&#65;",
        "&x;",
        "<!-- > -->",
        "<![CDATA[<&]]>",
        "<?xml version=\"1.0\"?>",
        "<!DOCTYPE a>",
        "a long text without any markup ",
    ];

    proptest! {
        #[test]
        fn plain_tags_and_texts_are_told_as_quick_xml_tells_them(
            pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40),
        ) {
            let text = pieces.concat();
            let (mut told, mut expected) = (Told::default(), Told::default());
            let damage = read(text.as_bytes(), &mut told);
            let expected_damage = read_with_quick_xml_alone(&text, &mut expected);
            prop_assert_eq!(told, expected);
            prop_assert_eq!(damage, expected_damage);
        }
    }
}
