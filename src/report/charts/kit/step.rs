//! What one bar or dot of a chart stands for: a week, a month or a year.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::dates;

/// What one bar or dot stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// A calendar week.
    #[default]
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// Up to so many weeks, about two years, are drawn as weeks; up to so many, about six years, as months.
const MOST_WEEKS: usize = 106;
const MOST_WEEKS_OF_MONTHS: usize = 318;

impl Step {
    /// The finest that is readable for a span of so many weeks.
    #[must_use]
    pub fn of_weeks(weeks: usize) -> Self {
        match weeks {
            0..=MOST_WEEKS => Self::Week,
            weeks if weeks <= MOST_WEEKS_OF_MONTHS => Self::Month,
            _ => Self::Year,
        }
    }

    /// The first day of the period that holds `date`.
    #[must_use]
    pub fn start(self, date: NaiveDate, week_start: Weekday) -> NaiveDate {
        match self {
            Self::Week => dates::week_start(date, week_start),
            Self::Month => date.with_day(1).unwrap_or(date),
            Self::Year => NaiveDate::from_ymd_opt(date.year(), 1, 1).unwrap_or(date),
        }
    }

    /// The first day after the period that starts on `start`.
    #[must_use]
    pub fn next(self, start: NaiveDate) -> NaiveDate {
        // a day in the next period, then its first day
        match self {
            Self::Week => dates::days_after(start, 7),
            Self::Month => self.start(dates::days_after(start, 31), Weekday::Mon),
            Self::Year => self.start(dates::days_after(start, 366), Weekday::Mon),
        }
    }

    /// `week`, `month`, `year`.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// `week of 2 Nov 2026`, `November 2026`, `2026`.
    pub(crate) fn name(self, start: NaiveDate) -> String {
        match self {
            Self::Week => format!("week of {}", dates::long(start)),
            Self::Month => start.format("%B %Y").to_string(),
            Self::Year => start.year().to_string(),
        }
    }

    /// `Weekly`, `Monthly`, `Yearly`.
    pub(crate) fn adjective(self) -> &'static str {
        match self {
            Self::Week => "Weekly",
            Self::Month => "Monthly",
            Self::Year => "Yearly",
        }
    }
}
