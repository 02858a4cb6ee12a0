//! Which dates stand under a plot: days, then months, then years, the longer it is.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::dates;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum DateStep {
    Days(u64),
    Months(u32),
}

/// Pixels that `22 Nov` needs, and `Nov` or `2026`.
const DAY_WIDTH: f64 = 110.0;
const MONTH_WIDTH: f64 = 84.0;
/// Days of a month, to choose a step.
pub(crate) const DAYS_PER_MONTH: f64 = 30.44;
/// No axis has more dates than this.
const MOST_DATES: usize = 40;

impl DateStep {
    const LADDER: [Self; 12] = [
        Self::Days(1),
        Self::Days(2),
        Self::Days(7),
        Self::Days(14),
        Self::Months(1),
        Self::Months(3),
        Self::Months(6),
        Self::Months(12),
        Self::Months(24),
        Self::Months(60),
        Self::Months(120),
        Self::Months(600),
    ];

    /// The finest step, no finer than `unit` days, whose labels do not touch.
    pub(crate) fn fitting(days: i64, width: f64, unit: u64) -> Self {
        let per_day = width / days as f64;
        let fits = |step: &Self| step.days() >= unit as f64 && step.days() * per_day >= step.label_width();
        Self::LADDER.into_iter().find(fits).unwrap_or(Self::Months(600))
    }

    fn days(self) -> f64 {
        match self {
            Self::Days(days) => days as f64,
            Self::Months(months) => f64::from(months) * DAYS_PER_MONTH,
        }
    }

    fn label_width(self) -> f64 {
        if matches!(self, Self::Days(_)) { DAY_WIDTH } else { MONTH_WIDTH }
    }

    /// The dates on an axis of so many days.
    pub(crate) fn dates(self, first: NaiveDate, days: i64) -> Vec<NaiveDate> {
        let start = match self {
            Self::Days(_) => Some(first),
            Self::Months(months) => month_start(first, months),
        };
        let fits = |date: &NaiveDate| (*date - first).num_days() < days;
        std::iter::successors(start, |date| self.after(*date))
            .skip_while(|date| *date < first)
            .take_while(fits)
            .take(MOST_DATES)
            .collect()
    }

    fn after(self, date: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => date.checked_add_days(Days::new(days)),
            Self::Months(months) => date.checked_add_months(Months::new(months)),
        }
    }

    pub(crate) fn needs_year(self) -> bool {
        !matches!(self, Self::Months(months) if months >= 12)
    }

    pub(crate) fn label(self, date: NaiveDate) -> String {
        match self {
            Self::Days(_) => dates::short(date),
            Self::Months(months) if months < 12 => date.format("%b").to_string(),
            Self::Months(_) => date.year().to_string(),
        }
    }
}

/// The first of the month that a step of so many months counts from.
fn month_start(date: NaiveDate, months: u32) -> Option<NaiveDate> {
    let years = (months / 12).max(1) as i32;
    let year = date.year() - date.year().rem_euclid(years);
    let month0 = if months < 12 { date.month0() - date.month0() % months } else { 0 };
    NaiveDate::from_ymd_opt(year, month0 + 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn labels(first: NaiveDate, days: i64, unit: u64) -> Vec<String> {
        let step = DateStep::fitting(days, 1400.0, unit);
        step.dates(first, days).into_iter().map(|date| step.label(date)).collect()
    }

    #[test]
    fn dates_are_days_then_months_then_years_the_longer_the_axis() {
        assert_eq!(labels(date(2026, 11, 2), 21, 7), ["2 Nov", "9 Nov", "16 Nov"]);
        assert_eq!(labels(date(2026, 2, 16), 90, 1).first().map(String::as_str), Some("16 Feb"));
        assert_eq!(labels(date(2026, 2, 16), 280, 7)[..2], ["Mar", "Apr"]);
        assert_eq!(labels(date(2011, 12, 12), 15 * 365, 7)[..2], ["2012", "2013"]);
        assert!(labels(date(1, 1, 1), 900_000, 1).len() <= MOST_DATES);
    }

    #[test]
    fn a_range_of_dates_says_nothing_twice() {
        assert_eq!(dates::range(date(2026, 3, 2), date(2026, 3, 2)), "2 Mar 2026");
        assert_eq!(dates::range(date(2026, 3, 2), date(2026, 3, 8)), "2–8 Mar 2026");
        assert_eq!(dates::range(date(2026, 3, 2), date(2026, 11, 18)), "2 Mar – 18 Nov 2026");
        assert_eq!(dates::range(date(2019, 3, 2), date(2026, 11, 18)), "2 Mar 2019 – 18 Nov 2026");
    }
}
