//! A track point under construction: what each of its values may be.

use memchr::{memchr2, memchr3};

use crate::{
    activity::{ALTITUDES_M, TrackPoint},
    import::formats::{
        decimal,
        timestamp::{PlainTimes, XmlTime, parse_xml_time},
        xml::{altitude_m, degrees, place, whole_number},
    },
};

const MOST_LATITUDE_DEG: f64 = 90.0;
const MOST_LONGITUDE_DEG: f64 = 180.0;

/// A value of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Latitude,
    Longitude,
    Elevation,
    Time,
    HeartRate,
    Cadence,
}

/// A point whose time may still be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct PointBuilder {
    latitude_deg: Option<f64>,
    longitude_deg: Option<f64>,
    altitude_m: Option<f32>,
    time_unix_ms: Option<i64>,
    heart_rate_bpm: Option<u8>,
    cadence_raw: Option<u8>,
}

impl PointBuilder {
    /// Takes a value as its text says it; the time has its own [`Self::set_time`].
    pub(super) fn set(&mut self, value: Value, text: &str) {
        match value {
            Value::Latitude => self.latitude_deg = degrees(text, MOST_LATITUDE_DEG),
            Value::Longitude => self.longitude_deg = degrees(text, MOST_LONGITUDE_DEG),
            Value::Elevation => self.altitude_m = altitude_m(text),
            Value::HeartRate => self.heart_rate_bpm = whole_number(text),
            Value::Cadence => self.cadence_raw = whole_number(text),
            Value::Time => {}
        }
    }

    /// Takes the time.
    pub(super) fn set_time(&mut self, time: XmlTime) {
        self.time_unix_ms = Some(time.unix_ms);
    }

    /// Takes the value at the start of `rest`, and says how long its text is. `None` where only the events can tell: what
    /// is no plain text, no number of degrees, no time in UTC.
    #[inline]
    pub(super) fn read(&mut self, value: Value, rest: &[u8], times: &mut PlainTimes) -> Option<usize> {
        match value {
            Value::Latitude => read_degrees(rest, MOST_LATITUDE_DEG, &mut self.latitude_deg),
            Value::Longitude => read_degrees(rest, MOST_LONGITUDE_DEG, &mut self.longitude_deg),
            Value::Elevation => {
                match decimal::single(rest).filter(|(_, length)| ends_at(rest, *length, b'<')) {
                    Some((meters, length)) => {
                        self.altitude_m = Some(meters).filter(|meters| ALTITUDES_M.contains(meters));
                        Some(length)
                    }
                    None => self.read_text(value, rest),
                }
            }
            Value::HeartRate => {
                read_count(rest, &mut self.heart_rate_bpm).or_else(|| self.read_text(value, rest))
            }
            Value::Cadence => read_count(rest, &mut self.cadence_raw).or_else(|| self.read_text(value, rest)),
            Value::Time => {
                let (unix_ms, length) =
                    match times.read(rest).filter(|(_, length)| ends_at(rest, *length, b'<')) {
                        Some(read) => read,
                        None => read_time(rest)?,
                    };
                self.time_unix_ms = Some(unix_ms);
                Some(length)
            }
        }
    }

    #[cold]
    fn read_text(&mut self, value: Value, rest: &[u8]) -> Option<usize> {
        let text = text(rest)?;
        self.set(value, text.trim());
        Some(text.len())
    }

    /// The point, if its time is known. A device's "no fix" is no place.
    #[inline]
    pub(super) fn finish(self) -> Option<TrackPoint> {
        Some(TrackPoint {
            time_unix_ms: self.time_unix_ms?,
            position: self.latitude_deg.zip(self.longitude_deg).and_then(|(north, east)| place(north, east)),
            altitude_m: self.altitude_m,
            distance_m: None,
            heart_rate_bpm: self.heart_rate_bpm,
            cadence_raw: self.cadence_raw,
        })
    }
}

#[inline]
fn ends_at(rest: &[u8], length: usize, end: u8) -> bool {
    rest.get(length) == Some(&end)
}

/// Text up to the next tag, without entities in it.
fn text(rest: &[u8]) -> Option<&str> {
    let length = memchr2(b'<', b'&', rest).filter(|length| rest[*length] == b'<')?;
    str::from_utf8(&rest[..length]).ok()
}

#[inline]
fn read_degrees(rest: &[u8], most: f64, to: &mut Option<f64>) -> Option<usize> {
    let plain = decimal::double(rest).filter(|(_, length)| ends_at(rest, *length, b'"'));
    let (number, length) = plain.filter(|(degrees, _)| degrees.abs() <= most).or_else(|| {
        let length = memchr3(b'"', b'&', b'<', rest).filter(|length| rest[*length] == b'"')?;
        Some((degrees(str::from_utf8(&rest[..length]).ok()?, most)?, length))
    })?;
    *to = Some(number);
    Some(length)
}

#[inline]
fn read_count(rest: &[u8], to: &mut Option<u8>) -> Option<usize> {
    let (number, length) =
        decimal::up_to_three_digits(rest).filter(|(_, length)| ends_at(rest, *length, b'<'))?;
    // 0 is "unknown"
    *to = u8::try_from(number).ok().filter(|count| *count > 0);
    Some(length)
}

#[cold]
fn read_time(rest: &[u8]) -> Option<(i64, usize)> {
    let text = text(rest)?;
    let time = parse_xml_time(text).filter(|time| time.utc_offset_s.is_none())?;
    Some((time.unix_ms, text.len()))
}
