//! What the XML readers share: one tolerant pass over the events, and the reading of small values.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use crate::activity::ALTITUDES_M;

/// Where a file breaks off or is damaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Damage {
    /// Offset into the unpacked file.
    pub(super) byte: usize,
    /// What is wrong there.
    pub(super) what: String,
}

/// A reader of elements: told of each as it opens, of its text, and as it closes.
pub(super) trait Elements {
    /// An element begins.
    fn open(&mut self, tag: &BytesStart<'_>);
    /// A piece of text inside the innermost open element.
    fn text(&mut self, text: &str);
    /// The innermost open element ends.
    fn close(&mut self);
    /// Whether every element that was opened is closed.
    fn is_whole(&self) -> bool;
}

/// Reads a whole document, as far as it goes. Names of end tags, prefixes and stray ampersands are not checked.
pub(super) fn read(bytes: &[u8], elements: &mut impl Elements) -> Option<Damage> {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => elements.open(&tag),
            Ok(Event::Empty(tag)) => {
                elements.open(&tag);
                elements.close();
            }
            Ok(Event::End(_)) => elements.close(),
            Ok(Event::Text(text)) => elements.text(&text.xml10_content()),
            Ok(Event::CData(text)) => elements.text(&text.xml10_content()),
            Ok(Event::GeneralRef(entity)) => {
                if let Ok(Some(character)) = entity.resolve_char_ref() {
                    elements.text(character.encode_utf8(&mut [0; 4]));
                } else if let Some(character) = predefined_entity(&entity.xml10_content()) {
                    elements.text(character);
                }
            }
            Ok(Event::Eof) if elements.is_whole() => return None,
            Ok(Event::Eof) => {
                return Some(Damage { byte: bytes.len(), what: "the file breaks off".to_owned() });
            }
            Ok(_) => {}
            Err(error) => {
                // the text may be longer than the bytes, where some were not UTF-8
                let byte = usize::try_from(reader.error_position()).unwrap_or(bytes.len()).min(bytes.len());
                return Some(Damage { byte, what: error.to_string() });
            }
        }
    }
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

/// The value of an attribute.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name)
        .map(|attribute| attribute.value.into_owned())
}

/// Degrees within ±`limit`.
pub(super) fn degrees(text: &str, limit: f64) -> Option<f64> {
    text.trim().parse().ok().filter(|degrees: &f64| degrees.abs() <= limit)
}

/// Metres above sea level.
pub(super) fn altitude_m(text: &str) -> Option<f32> {
    text.trim().parse().ok().filter(|meters| ALTITUDES_M.contains(meters))
}

/// A count from 1 to 255; files write `142`, `142.0` or, for "unknown", 0.
pub(super) fn whole_number(text: &str) -> Option<u8> {
    let number: f64 = text.parse().ok()?;
    (0.5..255.5).contains(&number).then(|| number.round() as u8)
}

#[cfg(test)]
mod tests {
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
    fn degrees_lie_on_the_globe() {
        assert_eq!(degrees(" 54.6 ", 90.0), Some(54.6));
        assert_eq!(degrees("90.1", 90.0), None);
        assert_eq!(degrees("NaN", 90.0), None);
    }
}
