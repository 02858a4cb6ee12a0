//! What stands in a cell: a day or a time, a number, yes or no.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;

use crate::columns::parquet::read::Cell;

/// A start as a table has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The local day, and the time of it; midnight where only the day is known.
    pub start: NaiveDateTime,
    /// Whether the time is known.
    pub has_time: bool,
}

/// Why a cell is no start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoStart {
    /// It is no date.
    Unreadable,
    /// It states a zone, and nobody said whose days count.
    HasZone,
}

/// A start. `zone`: the one that times with a zone are shown in.
///
/// # Errors
/// Where it is none, or states a zone that nobody asked for.
pub fn when(cell: Cell<'_>, zone: Option<Tz>) -> Result<When, NoStart> {
    match cell {
        Cell::Text(text) => {
            std::str::from_utf8(text).ok().and_then(Parts::of).ok_or(NoStart::Unreadable)?.when(zone)
        }
        Cell::Day(days) => {
            let day =
                i32::try_from(days).ok().and_then(NaiveDate::from_epoch_days).ok_or(NoStart::Unreadable)?;
            Ok(When { start: day.and_time(NaiveTime::MIN), has_time: false })
        }
        Cell::Time { us, is_utc } => {
            let time = DateTime::from_timestamp_micros(us).ok_or(NoStart::Unreadable)?;
            let start = if is_utc { in_zone(time.naive_utc(), zone)? } else { time.naive_utc() };
            Ok(When { start, has_time: true })
        }
        _ => Err(NoStart::Unreadable),
    }
}

fn in_zone(utc: NaiveDateTime, zone: Option<Tz>) -> Result<NaiveDateTime, NoStart> {
    let zone = zone.ok_or(NoStart::HasZone)?;
    Ok(utc.and_utc().with_timezone(&zone).naive_local())
}

/// `2026-11-18`, `2026-11-18T07:02:11.5+01:00` and what lies between.
struct Parts {
    day: NaiveDate,
    time: Option<NaiveTime>,
    offset_s: Option<i64>,
}

impl Parts {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let (day, rest) = text.split_at_checked(10)?;
        let day = date(day.as_bytes())?;
        let Some(rest) = rest.strip_prefix(['T', ' ', 't']) else {
            return rest.is_empty().then_some(Self { day, time: None, offset_s: None });
        };
        let zone_at = rest.find(['Z', 'z', '+', '-', ' ']).unwrap_or(rest.len());
        let (time, zone) = rest.split_at(zone_at);
        let offset_s = if zone.is_empty() { None } else { Some(offset(zone.trim())?) };
        Some(Self { day, time: Some(clock(time)?), offset_s })
    }

    fn when(&self, zone: Option<Tz>) -> Result<When, NoStart> {
        let start = self.day.and_time(self.time.unwrap_or(NaiveTime::MIN));
        let start = match self.offset_s {
            None => start,
            Some(offset_s) => in_zone(start - chrono::Duration::seconds(offset_s), zone)?,
        };
        Ok(When { start, has_time: self.time.is_some() })
    }
}

fn digits(bytes: &[u8]) -> Option<u32> {
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
    bytes.iter().try_fold(0, |number, byte| Some(10 * number + digit(byte)?))
}

fn date(text: &[u8]) -> Option<NaiveDate> {
    let &[.., between, _, _, second, _, _] = text else { return None };
    if !matches!((between, second), (b'-', b'-') | (b'/', b'/')) {
        return None;
    }
    NaiveDate::from_ymd_opt(digits(&text[..4])? as i32, digits(&text[5..7])?, digits(&text[8..])?)
}

fn clock(text: &str) -> Option<NaiveTime> {
    let (whole, _) = text.split_once('.').unwrap_or((text, ""));
    let mut parts = whole.split(':').map(|part| digits(part.as_bytes()).filter(|_| part.len() == 2));
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    NaiveTime::from_hms_opt(hour, minute, second).filter(|_| parts.next().is_none())
}

fn offset(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z" | "UTC") {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let figures: String = text.strip_prefix(['+', '-'])?.chars().filter(|c| *c != ':').collect();
    let number = i64::from(digits(figures.as_bytes())?);
    match figures.len() {
        2 => Some(sign * 3_600 * number),
        4 => Some(sign * (3_600 * (number / 100) + 60 * (number % 100))),
        _ => None,
    }
}

/// A cell that is not what its column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// A number; `None` where there is none, an error where it is none. `decimal_comma`: the table divides cells by another sign
/// than a comma. `whole`: a comma before three figures could stand for thousands, and is no number.
///
/// # Errors
/// Where the cell is no number, or not clearly one.
pub fn number(cell: Cell<'_>, decimal_comma: bool, whole: bool) -> Result<Option<f64>, Unreadable> {
    let text = match cell {
        Cell::Unknown => return Ok(None),
        Cell::Whole(number) => return Ok(Some(number as f64)),
        Cell::Real(number) => return Ok(number.is_finite().then_some(number)),
        Cell::Text(text) => text.trim_ascii(),
        _ => return Err(Unreadable),
    };
    if text.is_empty() || matches!(text, b"NA" | b"NaN" | b"null" | b"NULL") {
        return Ok(None);
    }
    if text.len() < 9
        && let Some(number) = digits(text)
    {
        return Ok(Some(f64::from(number)));
    }
    let text = std::str::from_utf8(text).map_err(|_| Unreadable)?;
    let parsed = match text.split_once(',') {
        None => text.parse(),
        Some((before, after)) if decimal_comma && !(whole && after.len() == 3) => {
            format!("{before}.{after}").parse()
        }
        Some(_) => return Err(Unreadable),
    };
    parsed.ok().filter(|number: &f64| number.is_finite()).map(Some).ok_or(Unreadable)
}

/// Yes or no; what is not there is no.
///
/// # Errors
/// Where it is neither.
pub fn flag(cell: Cell<'_>) -> Result<bool, Unreadable> {
    match cell {
        Cell::Unknown => Ok(false),
        Cell::Flag(flag) => Ok(flag),
        Cell::Whole(number @ (0 | 1)) => Ok(number == 1),
        Cell::Text(text) => match text.trim_ascii().to_ascii_lowercase().as_slice() {
            b"" | b"0" | b"f" | b"false" | b"no" | b"n" | b"na" => Ok(false),
            b"1" | b"t" | b"true" | b"yes" | b"y" => Ok(true),
            _ => Err(Unreadable),
        },
        _ => Err(Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, zone: Option<Tz>) -> String {
        match when(Cell::Text(text.as_bytes()), zone) {
            Ok(When { start, has_time }) => format!("{start} {has_time}"),
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn days_and_local_times_are_read_as_they_stand() {
        for (text, expected) in [
            ("2026-11-18", "2026-11-18 00:00:00 false"),
            ("2026/11/18", "2026-11-18 00:00:00 false"),
            ("2026-11-18T07:02:11", "2026-11-18 07:02:11 true"),
            (" 2026-11-18 07:02 ", "2026-11-18 07:02:00 true"),
            ("2026-11-18T07:02:11.123456", "2026-11-18 07:02:11 true"),
        ] {
            assert_eq!(shown(text, None), expected, "{text}");
        }
        for text in
            ["18.11.2026", "11/18/2026", "2026-13-01", "2026-11-18T25:00", "2026-11-18x", "", "20261118"]
        {
            assert_eq!(shown(text, None), "Unreadable", "{text}");
        }
    }

    #[test]
    fn a_time_with_a_zone_counts_only_in_the_zone_that_was_asked_for() {
        let utc = "2026-11-18T23:30:00Z";
        assert_eq!(shown(utc, None), "HasZone");
        assert_eq!(shown(utc, Some(chrono_tz::Europe::Berlin)), "2026-11-19 00:30:00 true");
        assert_eq!(shown("2026-11-18T23:30:00-0500", Some(chrono_tz::UTC)), "2026-11-19 04:30:00 true");
        assert_eq!(shown("2026-11-18 23:30:00 +01:00", Some(chrono_tz::UTC)), "2026-11-18 22:30:00 true");
        let cell = Cell::Time { us: 1_763_510_400_000_000, is_utc: true };
        assert_eq!(when(cell, None), Err(NoStart::HasZone));
    }

    #[test]
    fn numbers_have_points_and_commas_only_where_no_comma_divides_cells() {
        let of = |text: &str, comma, whole| number(Cell::Text(text.as_bytes()), comma, whole);
        assert_eq!(
            [of("10500", false, true), of("10.5", false, true), of("1e4", false, true)],
            [Ok(Some(10_500.0)), Ok(Some(10.5)), Ok(Some(10_000.0))]
        );
        assert_eq!([of("", false, true), of("NA", false, true)], [Ok(None), Ok(None)]);
        assert_eq!(
            [of("10,5", false, false), of("10,500", true, true), of("x", false, true)],
            [Err(Unreadable); 3]
        );
        assert_eq!([of("10,5", true, false), of("10,500", true, false)], [Ok(Some(10.5)); 2]);
        assert_eq!(of("inf", false, true), Err(Unreadable));
    }

    #[test]
    fn yes_and_no_are_read_in_the_usual_ways() {
        let of = |text: &str| flag(Cell::Text(text.as_bytes()));
        assert_eq!([of("TRUE"), of("1"), of("yes")], [Ok(true); 3]);
        assert_eq!([of("False"), of("0"), of("")], [Ok(false); 3]);
        assert_eq!(of("maybe"), Err(Unreadable));
    }
}
