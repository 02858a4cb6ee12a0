//! Times as XML files write them: `2017-07-29T14:46:35.000Z`, with or without fraction and offset.

use chrono::{DateTime, NaiveDateTime};

/// A moment and, if the text states one other than UTC, the local offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct XmlTime {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub unix_ms: i64,
    /// Local time minus UTC in seconds; `None` for no offset, and for `Z` or `+00:00`, which programs write
    /// wherever the runner is.
    pub utc_offset_s: Option<i32>,
}

/// Reads an `xsd:dateTime`, and what programs write for one (F14): a blank for the `T`, offsets as `+0200` or `+02`, a
/// comma before the fraction, no seconds, no dashes and colons, or a number since 1970. Without offset it is UTC.
pub(crate) fn parse_xml_time(text: &str) -> Option<XmlTime> {
    let text = text.trim();
    if let Some(unix_ms) = in_plain_form(text.as_bytes()) {
        return Some(XmlTime { unix_ms, utc_offset_s: None });
    }
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        let offset_s = time.offset().local_minus_utc();
        return Some(XmlTime {
            unix_ms: time.timestamp_millis(),
            utc_offset_s: Some(offset_s).filter(|offset_s| *offset_s != 0),
        });
    }
    since_1970(text).or_else(|| in_loose_form(text))
}

/// Seconds since 1970 in ten digits, milliseconds in thirteen.
fn since_1970(text: &str) -> Option<XmlTime> {
    let number: i64 =
        Some(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()?;
    let unix_ms = match text.len() {
        10 => number * 1000,
        13 => number,
        _ => return None,
    };
    Some(XmlTime { unix_ms, utc_offset_s: None })
}

fn in_loose_form(text: &str) -> Option<XmlTime> {
    const FORMS: [&str; 5] = [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
        "%Y%m%dT%H%M%S%.f",
        "%Y/%m/%dT%H:%M:%S%.f",
        "%Y-%m-%dT%H%M%S%.f",
    ];
    let text = text.replace(',', ".").replace('t', "T");
    let (clock, offset_s) = without_offset(text.trim_end_matches(['Z', 'z']).trim_end());
    let clock = if clock.contains('T') { clock.to_owned() } else { clock.replacen(' ', "T", 1) };
    let naive = FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(&clock, form).ok())?;
    let unix_ms = naive.and_utc().timestamp_millis() - 1000 * i64::from(offset_s.unwrap_or(0));
    Some(XmlTime { unix_ms, utc_offset_s: offset_s.filter(|offset_s| *offset_s != 0) })
}

/// A time and the offset behind it in seconds: `+02:00`, `+0200`, `+02`.
fn without_offset(text: &str) -> (&str, Option<i32>) {
    let Some(at) = text.rfind(['+', '-']).filter(|at| text[..*at].contains([':', 'T', ' '])) else {
        return (text, None);
    };
    let digits: String = text[at + 1..].chars().filter(|c| *c != ':').collect();
    let is_offset = matches!(digits.len(), 2 | 4) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let Some(number) = is_offset.then(|| digits.parse::<i32>().ok()).flatten() else { return (text, None) };
    let (hours, minutes) = if digits.len() == 2 { (number, 0) } else { (number / 100, number % 100) };
    let seconds = 3600 * hours + 60 * minutes;
    let is_west = text.as_bytes()[at] == b'-';
    (text[..at].trim_end(), Some(if is_west { -seconds } else { seconds }))
}

/// Milliseconds since 1970 of `2017-07-29T14:46:35Z` or `2017-07-29T14:46:35.000Z`, which nearly all files write; `None`
/// for any other form, for leap seconds and for days that only a calendar can tell.
fn in_plain_form(text: &[u8]) -> Option<i64> {
    let (seconds, fraction) = text.strip_suffix(b"Z")?.split_first_chunk::<19>()?;
    let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'T', h0, h1, b':', i0, i1, b':', s0, s1] = seconds
    else {
        return None;
    };
    let ms = match fraction {
        [] => 0,
        &[b'.', a, b, c] => number(&[a, b, c])?,
        _ => return None,
    };
    let (year, month, day) = (number(&[y0, y1, y2, y3])?, number(&[m0, m1])?, number(&[d0, d1])?);
    let (hour, minute, second) = (number(&[h0, h1])?, number(&[i0, i1])?, number(&[s0, s1])?);
    let is_plain = (1970..=2999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=28).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    is_plain.then(|| (((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000 + ms)
}

/// Times in plain form one after the other, most of them of one day.
#[derive(Debug, Default)]
pub(super) struct PlainTimes {
    day: [u8; 11],
    midnight_unix_ms: i64,
}

impl PlainTimes {
    /// Milliseconds since 1970 of a time in UTC at the start of some bytes, and its length; `None` for any form that nearly
    /// no file has.
    #[inline]
    pub(super) fn read(&mut self, bytes: &[u8]) -> Option<(i64, usize)> {
        let (&[day @ .., h0, h1, b':', i0, i1, b':', s0, s1], fraction) = bytes.split_first_chunk::<19>()?
        else {
            return None;
        };
        if day != self.day {
            let midnight = [&day[..], b"00:00:00Z"].concat();
            self.midnight_unix_ms = parse_xml_time(str::from_utf8(&midnight).ok()?)?.unix_ms;
            self.day = day;
        }
        let (hour, minute, second) = (two_digits(h0, h1)?, two_digits(i0, i1)?, two_digits(s0, s1)?);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let (fraction_ms, zone) = match fraction {
            // up to nanoseconds, which nobody needs
            &[b'.', a, b, c, ref finer @ ..] => {
                let digits = finer.iter().take(7).take_while(|byte| byte.is_ascii_digit()).count();
                (number(&[a, b, c])?, finer.get(digits..).filter(|_| digits <= 6)?)
            }
            zone => (0, zone),
        };
        let zone_bytes = if zone.starts_with(b"Z") { 1 } else { zone.starts_with(b"+00:00").then_some(6)? };
        let unix_ms = self.midnight_unix_ms + ((hour * 60 + minute) * 60 + second) * 1000 + fraction_ms;
        Some((unix_ms, bytes.len() - zone.len() + zone_bytes))
    }
}

#[inline]
fn two_digits(tens: u8, ones: u8) -> Option<i64> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then_some(10 * i64::from(tens) + i64::from(ones))
}

/// A number of a few digits and nothing else.
fn number(digits: &[u8]) -> Option<i64> {
    digits
        .iter()
        .try_fold(0, |number, digit| digit.is_ascii_digit().then(|| 10 * number + i64::from(digit - b'0')))
}

/// Days since 1970-01-01. The year is counted from March, so that its odd day comes last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year / 4 - year / 100 + year / 400 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_write_for_a_time_is_read_too() {
        let is = |text: &str| parse_xml_time(text).map(|time| (time.unix_ms, time.utc_offset_s));
        let moment = 1_792_224_000_000; // 2026-10-17T08:00:00Z
        for (text, offset_s) in [
            ("2026-10-17T10:00:00+0200", Some(7_200)),
            ("2026-10-17T10:00:00+02", Some(7_200)),
            ("2026-10-17T03:30:00.000-0430", Some(-16_200)),
            ("2026-10-17 08:00:00", None),
            ("2026-10-17 10:00:00 +02:00", Some(7_200)),
            ("2026-10-17T08:00:00,000Z", None),
            ("2026-10-17T08:00Z", None),
            ("20261017T080000Z", None),
            ("2026/10/17 08:00:00", None),
            ("2026-10-17t08:00:00z", None),
            ("1792224000", None),
            ("1792224000000", None),
        ] {
            assert_eq!(is(text), Some((moment, offset_s)), "{text}");
        }
        for text in
            ["", "2026-10-17", "10:00", "2026-13-17T08:00:00Z", "179222400", "+02", "2026-10-17T+02", "a,b"]
        {
            assert_eq!(is(text), None, "{text}");
        }
    }

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
    fn the_plain_form_is_what_the_calendar_says_on_every_day() {
        let first = NaiveDateTime::parse_from_str("1970-01-01T00:00:00", "%Y-%m-%dT%H:%M:%S").unwrap();
        for hour in (0..400_000_i64).map(|n| n * 23 + n % 7) {
            let time = first + chrono::Duration::hours(hour) + chrono::Duration::milliseconds(hour % 61_000);
            let text = time.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
            let plain = in_plain_form(text.as_bytes());
            assert!(plain.is_none_or(|ms| ms == time.and_utc().timestamp_millis()), "{text}: {plain:?}");
            assert_eq!(parse_xml_time(&text).unwrap().unix_ms, time.and_utc().timestamp_millis(), "{text}");
        }
        assert!(in_plain_form(b"2026-02-28T23:59:59Z").is_some());
    }

    #[test]
    fn times_one_after_the_other_are_what_each_is_by_itself() {
        let mut times = PlainTimes::default();
        for text in [
            "2026-02-28T23:59:59Z",
            "2026-03-01T00:00:00Z",
            "2026-12-31T07:00:00.250Z",
            "2026-12-31T07:00:00.2509999Z",
            "2026-12-31T07:00:00+00:00",
            "2026-12-31 07:00:01.999999999Z",
            "1969-12-31T23:59:59.001Z",
        ] {
            let expected = parse_xml_time(text).map(|time| (time.unix_ms, text.len()));
            assert_eq!(times.read(format!("{text}<").as_bytes()), expected, "{text}");
            assert!(expected.is_some());
        }
        for text in [
            "2026-02-30T00:00:00Z",
            "2026-12-31T24:00:00Z",
            "2026-12-31T07:60:00Z",
            "2026-12-31T07:00:60Z",
            "2026-12-31T07:00:00+02:00",
            "2026-12-31T07:00:00.2Z",
            "2026-12-31T07:00:00.1234567890Z",
            "2026-12-31T07:00:0x",
            "2026-12-31T07:00:00",
        ] {
            assert_eq!(times.read(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["", "yesterday", "2026-02-30T00:00:00Z", "2026-02-03"] {
            assert_eq!(parse_xml_time(text), None, "{text}");
        }
    }
}
