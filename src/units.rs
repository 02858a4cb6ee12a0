//! Distances and how they are written. Everything is stored in metres and converted only when shown.

use std::{fmt, str::FromStr};

use thiserror::Error;

/// Metres in an international mile.
pub const METERS_PER_MILE: f64 = 1609.344;

/// Metres or seconds above this are a broken number: three years, or 2,500 times round the earth.
pub const LARGEST: f64 = 1e8;

/// The units that a runner reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnitSystem {
    /// Kilometres.
    #[default]
    Kilometers,
    /// Miles.
    Miles,
}

impl UnitSystem {
    /// Metres in one of these units.
    #[must_use]
    pub fn meters_per_unit(self) -> f64 {
        match self {
            Self::Kilometers => 1000.0,
            Self::Miles => METERS_PER_MILE,
        }
    }

    /// `km` or `mi`.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Kilometers => "km",
            Self::Miles => "mi",
        }
    }

    /// A distance as a number in these units.
    #[must_use]
    pub fn from_meters(self, meters: f64) -> f64 {
        meters / self.meters_per_unit()
    }

    /// The number alone, with one decimal: `21.3`.
    #[must_use]
    pub fn number(self, meters: i64) -> String {
        format!("{:.1}", self.from_meters(meters as f64))
    }

    /// Number and unit with one decimal: `21.3 km`.
    #[must_use]
    pub fn short(self, meters: i64) -> String {
        format!("{} {}", self.number(meters), self.symbol())
    }

    /// Number and unit without decimals, for shoes and totals: `221 km`.
    #[must_use]
    pub fn whole(self, meters: i64) -> String {
        format!("{:.0} {}", self.from_meters(meters as f64), self.symbol())
    }
}

/// A word that is no unit system.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("unknown units `{0}`: write `km` or `mi`")]
pub struct UnitSystemError(String);

impl FromStr for UnitSystem {
    type Err = UnitSystemError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().to_lowercase().as_str() {
            "km" => Ok(Self::Kilometers),
            "mi" => Ok(Self::Miles),
            _ => Err(UnitSystemError(text.to_owned())),
        }
    }
}

/// A distance as somebody wrote it, unit kept: `300 mi`, `35 km`, `12.5km`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distance {
    /// In whole metres, rounded to the nearest.
    pub meters: i64,
    /// The unit it was written in.
    pub written_in: UnitSystem,
}

impl Distance {
    /// So many miles.
    #[must_use]
    pub fn miles(miles: f64) -> Self {
        Self { meters: (miles * METERS_PER_MILE).round() as i64, written_in: UnitSystem::Miles }
    }

    /// As settings write it, to the metre in kilometres: `35 km`, `10.25 km`, `300 mi`.
    #[must_use]
    pub fn as_written(&self) -> String {
        let number = self.written_in.from_meters(self.meters as f64);
        format!("{} {}", (number * 1_000.0).round() / 1_000.0, self.written_in.symbol())
    }
}

impl fmt::Display for Distance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.written_in.from_meters(self.meters as f64);
        let rounded = (number * 10.0).round() / 10.0;
        write!(f, "{rounded} {}", self.written_in.symbol())
    }
}

/// A text that is no distance.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum DistanceError {
    /// No unit at the end.
    #[error("`{0}` has no unit: write it like `35 km` or `300 mi`")]
    NoUnit(String),
    /// The part before the unit is no number.
    #[error("`{0}` is no distance: write it like `35 km` or `300 mi`")]
    NoNumber(String),
    /// Below zero, or more than once round the earth a hundred times.
    #[error("`{0}` is out of range: a distance lies between 0 and 4,000,000 km")]
    OutOfRange(String),
}

impl FromStr for Distance {
    type Err = DistanceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.trim().to_lowercase();
        let (number, written_in) = if let Some(number) = lower.strip_suffix("km") {
            (number, UnitSystem::Kilometers)
        } else if let Some(number) = lower.strip_suffix("mi") {
            (number, UnitSystem::Miles)
        } else {
            return Err(DistanceError::NoUnit(text.to_owned()));
        };
        let number: f64 = number.trim().parse().map_err(|_| DistanceError::NoNumber(text.to_owned()))?;
        let meters = number * written_in.meters_per_unit();
        if !(0.0..=4.0e9).contains(&meters) {
            return Err(DistanceError::OutOfRange(text.to_owned()));
        }
        Ok(Self { meters: meters.round() as i64, written_in })
    }
}

/// Distances from one to another, both included; an end that is not written is open: `8 km..12 km`, `..12 km`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DistanceRange {
    /// The shortest.
    pub from: Option<Distance>,
    /// The longest.
    pub to: Option<Distance>,
}

impl DistanceRange {
    /// Whether so many whole metres lie in it.
    #[must_use]
    pub fn holds(&self, meters: i64) -> bool {
        self.from.is_none_or(|from| from.meters <= meters) && self.to.is_none_or(|to| meters <= to.meters)
    }
}

impl fmt::Display for DistanceRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.from.iter().try_for_each(|from| write!(f, "{from}"))?;
        f.write_str("..")?;
        self.to.iter().try_for_each(|to| write!(f, "{to}"))
    }
}

/// A text that is no range of distances.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum DistanceRangeError {
    /// No two dots, or nothing on either side.
    #[error("`{0}` is no range: write it like `300mi..500mi`, `..12km` or `20km..`")]
    NoRange(String),
    /// One end is no distance.
    #[error(transparent)]
    Distance(#[from] DistanceError),
    /// The end does not lie behind the start.
    #[error("`{0}` ends before it starts: write the shorter one first")]
    Backwards(String),
}

impl FromStr for DistanceRange {
    type Err = DistanceRangeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let ends = text.split_once("..").map(|(from, to)| (from.trim(), to.trim()));
        let (from, to) = ends
            .filter(|(from, to)| !(from.is_empty() && to.is_empty()))
            .ok_or_else(|| DistanceRangeError::NoRange(text.to_owned()))?;
        let end = |text: &str| if text.is_empty() { Ok(None) } else { text.parse().map(Some) };
        let range: Self = Self { from: end(from)?, to: end(to)? };
        match (range.from, range.to) {
            (Some(from), Some(to)) if from.meters >= to.meters => {
                Err(DistanceRangeError::Backwards(text.to_owned()))
            }
            _ => Ok(range),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_both_ends_and_may_be_open_at_one() {
        let range: DistanceRange = "8 km..12km".parse().unwrap();
        assert_eq!([7_999, 8_000, 12_000, 12_001].map(|m| range.holds(m)), [false, true, true, false]);
        assert_eq!(range.to_string(), "8 km..12 km");
        let open =
            |text: &str| text.parse::<DistanceRange>().map(|range| (range.holds(0), range.to_string()));
        assert_eq!(open("..12km"), Ok((true, "..12 km".into())));
        assert_eq!(open("13.1 mi .. "), Ok((false, "13.1 mi..".into())));
    }

    #[test]
    fn a_range_without_dots_ends_or_sense_is_refused() {
        let error = |text: &str| text.parse::<DistanceRange>().unwrap_err();
        assert_eq!(error("12km"), DistanceRangeError::NoRange("12km".into()));
        assert_eq!(error(" .. "), DistanceRangeError::NoRange(" .. ".into()));
        assert_eq!(error("8..12km"), DistanceRangeError::Distance(DistanceError::NoUnit("8".into())));
        assert_eq!(error("500mi..300mi"), DistanceRangeError::Backwards("500mi..300mi".into()));
        assert_eq!(error("5km..5km"), DistanceRangeError::Backwards("5km..5km".into()));
    }

    #[test]
    fn a_distance_is_read_with_or_without_a_blank_and_keeps_its_unit() {
        assert_eq!("35 km".parse(), Ok(Distance { meters: 35_000, written_in: UnitSystem::Kilometers }));
        assert_eq!("300mi".parse(), Ok(Distance { meters: 482_803, written_in: UnitSystem::Miles }));
        assert_eq!(" 12.5 KM ".parse::<Distance>().map(|d| d.meters), Ok(12_500));
    }

    #[test]
    fn a_distance_without_unit_number_or_sense_is_refused() {
        assert_eq!("35".parse::<Distance>(), Err(DistanceError::NoUnit("35".into())));
        assert_eq!("far km".parse::<Distance>(), Err(DistanceError::NoNumber("far km".into())));
        assert_eq!("-1 km".parse::<Distance>(), Err(DistanceError::OutOfRange("-1 km".into())));
        assert_eq!("NaN km".parse::<Distance>(), Err(DistanceError::OutOfRange("NaN km".into())));
        assert_eq!("inf mi".parse::<Distance>(), Err(DistanceError::OutOfRange("inf mi".into())));
    }

    #[test]
    fn a_distance_is_shown_as_it_was_written() {
        assert_eq!("300 mi".parse::<Distance>().map(|d| d.to_string()), Ok("300 mi".into()));
        assert_eq!("12.5km".parse::<Distance>().map(|d| d.to_string()), Ok("12.5 km".into()));
    }

    #[test]
    fn meters_are_converted_only_when_shown() {
        assert_eq!(UnitSystem::Kilometers.short(21_312), "21.3 km");
        assert_eq!(UnitSystem::Miles.short(21_312), "13.2 mi");
        assert_eq!(UnitSystem::Miles.whole(804_672), "500 mi");
    }
}
