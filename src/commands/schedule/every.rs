//! When a check comes: `monday@7:00`, `day@6:30`.

use std::{fmt, str::FromStr};

use chrono::Weekday;

/// The hour of a check that names none.
const HOUR: u8 = 7;

/// A time of the week, or of every day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Every {
    /// `None`: every day.
    pub weekday: Option<Weekday>,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

/// What is no time of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoTime(String);

impl fmt::Display for NoTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no time of a week: write one like monday@7:00, or day@6:30 for every day", self.0)
    }
}

impl std::error::Error for NoTime {}

impl FromStr for Every {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Self, NoTime> {
        let no_time = || NoTime(text.to_owned());
        let (day, time) = text.split_once('@').map_or((text, None), |(day, time)| (day, Some(time)));
        let weekday = match day.to_ascii_lowercase().as_str() {
            "day" | "daily" => None,
            day => Some(day.parse().map_err(|_| no_time())?),
        };
        let (hour, minute) = match time {
            None => (HOUR, 0),
            Some(time) => clock(time).ok_or_else(no_time)?,
        };
        Ok(Self { weekday, hour, minute })
    }
}

/// `7:00`, `07:00`, `7`.
fn clock(text: &str) -> Option<(u8, u8)> {
    let (hour, minute) = text.split_once(':').unwrap_or((text, "00"));
    let number = |text: &str, least: usize, below: u8| {
        let is_number = (least..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|number: &u8| is_number && *number < below)
    };
    Some((number(hour, 1, 24)?, number(minute, 2, 60)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_weekday_or_every_day_with_a_clock() {
        let every = |weekday, hour, minute| Ok(Every { weekday, hour, minute });
        for (text, time) in [
            ("monday@7:00", every(Some(Weekday::Mon), 7, 0)),
            ("Mon@07:05", every(Some(Weekday::Mon), 7, 5)),
            ("sunday@23:59", every(Some(Weekday::Sun), 23, 59)),
            ("day@6:30", every(None, 6, 30)),
            ("daily@0", every(None, 0, 0)),
            ("monday", every(Some(Weekday::Mon), 7, 0)),
        ] {
            assert_eq!(text.parse(), time, "{text}");
        }
        for text in [
            "someday",
            "",
            "@7:00",
            "monday@",
            "monday@24:00",
            "monday@7:60",
            "monday@7:5",
            "monday@-1:00",
            "monday@+7:00",
        ] {
            assert_eq!(text.parse::<Every>(), Err(NoTime(text.to_owned())), "{text}");
        }
    }
}
