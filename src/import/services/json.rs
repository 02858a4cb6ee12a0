//! What the readers of JSON share: lists that may break off, values of any kind, and JSON that is not quite JSON.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::part::IndexError;
use crate::{import::formats::kind::BYTE_ORDER_MARK, units::LARGEST};

/// The fastest heart that a watch can state, in beats a minute.
const MOST_HEART_RATE_BPM: f64 = 255.0;
/// No clock on earth is further from UTC.
const MOST_OFFSET_S: f64 = 14.0 * 3_600.0;

/// The file as text: without a byte order mark, and with a � for every byte that is no UTF-8.
pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes))
}

pub(crate) fn damaged(error: &serde_json::Error) -> IndexError {
    IndexError::Damaged(format!("it {} at {}", what(error), place(error)))
}

pub(crate) fn what(error: &serde_json::Error) -> &'static str {
    if error.is_eof() { "breaks off" } else { "is damaged" }
}

pub(crate) fn place(error: &serde_json::Error) -> String {
    format!("line {}, column {}", error.line(), error.column())
}

/// One value of a whole file.
///
/// # Errors
/// If it is damaged, or of another shape.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, IndexError> {
    serde_json::from_str(&strict(text)).map_err(|error| damaged(&error))
}

/// The elements of an array, or the one value that stands in its place, and why what follows them is not there.
///
/// # Errors
/// If it is damaged before its first element.
pub(crate) fn list<T: DeserializeOwned>(text: &str) -> Result<(Vec<T>, Option<String>), IndexError> {
    if !text.trim_start().starts_with('[') {
        return Ok((vec![read(text)?], None));
    }
    let (mut found, text) = (Vec::new(), strict(text));
    match Elements(&mut found).deserialize(&mut serde_json::Deserializer::from_str(&text)) {
        Ok(()) => Ok((found, None)),
        Err(error) if found.is_empty() => Err(damaged(&error)),
        Err(error) => {
            let why = format!("{} at {}: what came before that is used", what(&error), place(&error));
            Ok((found, Some(why)))
        }
    }
}

/// An array whose elements outlive a parser that fails half way.
struct Elements<'a, T>(&'a mut Vec<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Elements<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Elements<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element()? {
            self.0.push(item);
        }
        Ok(())
    }
}

/// JSON made of what some services write instead: a bare `NaN` becomes `null`, a number as a key gets its quotes.
/// One pass over the text; strings stay as they are.
pub(crate) fn strict(text: &str) -> Cow<'_, str> {
    let mut strict = String::new();
    let (mut copied, mut at) = (0, 0);
    let (mut open, mut last) = (Vec::new(), b' ');
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        let rest = &bytes[at..];
        let is_key_place = open.last() == Some(&b'{') && matches!(last, b'{' | b',');
        let (length, instead) = match byte {
            b'"' => (string_length(rest), None),
            b'{' | b'[' => {
                open.push(byte);
                (1, None)
            }
            b'}' | b']' => {
                open.pop();
                (1, None)
            }
            b'-' | b'0'..=b'9' if is_key_place => {
                let key = number_length(rest);
                (key, Some(format!("\"{}\"", &text[at..at + key])))
            }
            b'N' if rest.starts_with(b"NaN") => (3, Some("null".to_owned())),
            b'I' if rest.starts_with(b"Infinity") => (8, Some("null".to_owned())),
            b'-' if rest.starts_with(b"-Infinity") => (9, Some("null".to_owned())),
            _ => (1, None),
        };
        if let Some(instead) = instead {
            strict.push_str(&text[copied..at]);
            strict.push_str(&instead);
            copied = at + length;
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
        at += length;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    strict.push_str(&text[copied..]);
    Cow::Owned(strict)
}

/// Bytes of a string from its opening quote to its closing one, or to the end.
fn string_length(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

fn number_length(text: &[u8]) -> usize {
    let is_of_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E');
    text.iter().position(|byte| !is_of_number(byte)).unwrap_or(text.len())
}

/// Whole seconds of an offset from UTC, if a clock can differ by it.
pub(crate) fn utc_offset_s(seconds: f64) -> Option<i32> {
    (seconds.abs() <= MOST_OFFSET_S).then_some(seconds as i32)
}

/// A single value, whatever its kind; arrays, objects and truth values are read over.
#[derive(Default)]
pub(crate) enum Scalar {
    #[default]
    Missing,
    Whole(i64),
    Number(f64),
    Text(String),
}

impl Scalar {
    /// A number that is finite.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Missing => None,
            Self::Whole(number) => Some(*number as f64),
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
        }
        .filter(|number| number.is_finite())
    }

    /// A whole number, exact where it is written as one.
    pub(crate) fn whole(&self) -> Option<i64> {
        let exact = match self {
            Self::Whole(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Missing | Self::Number(_) => None,
        };
        // beyond 2^53 the digits of a fraction are no longer those that were meant
        exact.or_else(|| self.number().filter(|number| number.abs() < 9e15).map(|number| number as i64))
    }

    /// Milliseconds since 1970, if the clock was set at all.
    pub(crate) fn unix_ms(&self) -> Option<i64> {
        self.whole().filter(|ms| *ms > 0)
    }

    /// A number above 0 that metres or seconds can be. Services write 0 or -1 for what they do not know.
    pub(crate) fn amount(&self) -> Option<f64> {
        self.number().filter(|number| *number > 0.0 && *number <= LARGEST)
    }

    /// Beats a minute, above 0.
    pub(crate) fn heart_rate_bpm(&self) -> Option<f64> {
        self.number().filter(|bpm| *bpm > 0.0 && *bpm <= MOST_HEART_RATE_BPM)
    }

    /// Local time minus UTC in whole seconds out of milliseconds, if a clock can differ by it.
    pub(crate) fn utc_offset_of_ms(&self) -> Option<i32> {
        self.number().and_then(|ms| utc_offset_s(ms / 1_000.0))
    }

    /// A text that is not blank; numbers as they are written.
    pub(crate) fn text(&self) -> Option<String> {
        match self {
            Self::Missing | Self::Number(_) => None,
            Self::Whole(number) => Some(number.to_string()),
            Self::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        }
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Scalar, E> {
        Ok(Scalar::Missing)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Scalar, E> {
        Ok(Scalar::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
        Ok(i64::try_from(number).map_or(Scalar::Number(number as f64), Scalar::Whole))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Missing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Scalar, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Missing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Scalar, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_nan_is_null_and_a_number_as_a_key_gets_its_quotes() {
        assert_eq!(strict(r#"{"a":[NaN, 1, -Infinity]}"#), r#"{"a":[null, 1, null]}"#);
        assert_eq!(strict(r#"{"m": {1.0: 461.0, 2.0:5}}"#), r#"{"m": {"1.0": 461.0, "2.0":5}}"#);
        for plain in [r#"{"a":"NaN","b":[1,-2,{"c":3}]}"#, r#""\"{1:NaN""#, "", "[", r#"{"a\"#] {
            assert_eq!(strict(plain), plain);
        }
    }

    #[test]
    fn a_list_that_breaks_off_keeps_its_beginning_and_one_value_is_a_list_too() {
        assert_eq!(list::<i64>("[1,2]").unwrap(), (vec![1, 2], None));
        assert_eq!(list::<i64>("7").unwrap(), (vec![7], None));
        let (kept, why) = list::<i64>("[1,2,").unwrap();
        assert_eq!((kept, why.is_some()), (vec![1, 2], true));
        assert!(list::<i64>("[").is_err());
    }

    #[test]
    fn offsets_reach_to_fourteen_hours() {
        assert_eq!(utc_offset_s(14.0 * 3_600.0), Some(50_400));
        assert_eq!((utc_offset_s(-50_401.0), utc_offset_s(f64::NAN)), (None, None));
    }
}
