//! Civil dates as people read them, and the first day of a week.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// `18 Nov`.
#[must_use]
pub fn short(date: NaiveDate) -> String {
    date.format("%-d %b").to_string()
}

/// `18 Nov 2026`.
#[must_use]
pub fn long(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

/// `Wed 18 Nov`.
#[must_use]
pub fn with_weekday(date: NaiveDate) -> String {
    date.format("%a %-d %b").to_string()
}

/// `18 Nov`, with the year where it is not the year of `today`.
#[must_use]
pub fn relative_to(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() { short(date) } else { long(date) }
}

/// `2 Mar – 18 Nov 2026`, month and year of the first day only where they differ.
#[must_use]
pub fn range(first: NaiveDate, last: NaiveDate) -> String {
    let end = long(last);
    if first == last {
        end
    } else if first.year() != last.year() {
        format!("{} – {end}", long(first))
    } else if first.month() != last.month() {
        format!("{} – {end}", short(first))
    } else {
        format!("{}–{end}", first.day())
    }
}

/// The first day of the calendar week that holds `date`.
#[must_use]
pub fn week_start(date: NaiveDate, first_weekday: Weekday) -> NaiveDate {
    let days_into_week = date.weekday().days_since(first_weekday);
    days_before(date, u64::from(days_into_week))
}

/// So many days later; the last representable day at most.
#[must_use]
pub fn days_after(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// So many days earlier; the first representable day at most.
#[must_use]
pub fn days_before(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn weeks_start_on_the_chosen_day_also_across_new_year() {
        assert_eq!(week_start(day(2026, 11, 18), Weekday::Mon), day(2026, 11, 16));
        assert_eq!(week_start(day(2026, 11, 16), Weekday::Mon), day(2026, 11, 16));
        assert_eq!(week_start(day(2026, 11, 15), Weekday::Sun), day(2026, 11, 15));
        assert_eq!(week_start(day(2026, 1, 1), Weekday::Mon), day(2025, 12, 29));
    }

    #[test]
    fn dates_read_as_people_write_them() {
        let date = day(2026, 3, 2);
        assert_eq!(short(date), "2 Mar");
        assert_eq!(long(date), "2 Mar 2026");
        assert_eq!(with_weekday(date), "Mon 2 Mar");
        assert_eq!(relative_to(date, day(2027, 1, 1)), "2 Mar 2026");
        assert_eq!(range(date, date), "2 Mar 2026");
        assert_eq!(range(date, day(2026, 3, 18)), "2–18 Mar 2026");
        assert_eq!(range(date, day(2026, 11, 18)), "2 Mar – 18 Nov 2026");
        assert_eq!(range(date, day(2027, 1, 1)), "2 Mar 2026 – 1 Jan 2027");
    }
}
