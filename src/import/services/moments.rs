//! Moments as services write them: with or without fraction, seconds and offset.

use chrono::NaiveDateTime;

use super::{json::utc_offset_s, part::Start};

/// A moment in UTC, unless the text states another offset: `2026-06-19 04:43:15+0000`, `2025-05-06T00:31:10.250Z`.
pub(crate) fn utc_ms(text: &str) -> Option<i64> {
    let text = text.trim();
    let (clock, offset) = split_offset(text);
    let offset_ms = offset.map_or(Some(0), |offset| offset_s(offset).map(|s| 1_000 * i64::from(s)))?;
    wall_clock(clock).map(|time| time.and_utc().timestamp_millis() - offset_ms)
}

/// The clock on the wall, as a text without offset has it.
pub(crate) fn wall_clock(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().replacen('T', " ", 1);
    ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"]
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(&text, format).ok())
}

/// Seconds of `+05:30`, `-0300`, `UTC+0100`, `+05_30`, `Z`, `-06`, or of milliseconds.
pub(crate) fn offset_s(text: &str) -> Option<i32> {
    let text = text.trim().trim_start_matches("UTC").trim_start_matches("GMT");
    if matches!(text, "" | "Z" | "z") {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number = |digits: &str| digits.parse::<f64>().ok();
    let seconds = match digits.len() {
        1 | 2 => number(&digits)? * 3_600.0,
        3 | 4 => {
            let (hours, minutes) = digits.split_at(digits.len() - 2);
            number(hours)? * 3_600.0 + number(minutes)? * 60.0
        }
        _ => number(&digits)? / 1_000.0,
    };
    utc_offset_s(sign * seconds)
}

/// A moment in UTC and the offset that stands apart from it.
pub(crate) fn moment(unix_ms: i64, utc_offset_s: Option<i32>) -> Start {
    Start::Moment { unix_ms, utc_offset_s }
}

/// A text before and from its offset on.
fn split_offset(text: &str) -> (&str, Option<&str>) {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return (clock, None);
    }
    // the date has two signs of its own
    let after_date = text.char_indices().skip(10).find(|(_, sign)| matches!(sign, '+' | '-'));
    match after_date {
        Some((at, _)) => (text[..at].trim_end(), Some(&text[at..])),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_with_and_without_offset_and_fraction() {
        for text in [
            "2026-03-01 07:00:00+0000",
            "2026-03-01T07:00:00Z",
            "2026-03-01T08:30:00+01:30",
            " 2026-03-01 07:00:00.000",
            "2026-03-01 04:00 -03",
        ] {
            assert_eq!(utc_ms(text), Some(1_772_348_400_000), "{text}");
        }
        assert_eq!(utc_ms("2026-03-01T07:00:00.250Z"), Some(1_772_348_400_250));
        for text in
            ["", "yesterday", "2026-02-30 07:00:00", "2026-03-01 07:00:00+9999", "2026-03-01 07:00:00é+1"]
        {
            assert_eq!(utc_ms(text), None, "{text}");
        }
    }

    #[test]
    fn offsets_are_read_however_they_are_written() {
        let cases = [
            ("+05:30", 19_800),
            ("-0300", -10_800),
            ("UTC+0100", 3_600),
            ("+05_30", 19_800),
            ("7200000", 7_200),
        ];
        for (text, seconds) in cases {
            assert_eq!(offset_s(text), Some(seconds), "{text}");
        }
        assert_eq!((offset_s("Z"), offset_s("-06"), offset_s("+15:00")), (Some(0), Some(-21_600), None));
    }
}
