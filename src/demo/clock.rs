//! Civil dates to seconds, and Berlin's clock by the rule of the European Union.

use chrono::{Datelike, Days, NaiveDate};

/// A date known while compiling; one that does not exist is `NaiveDate::MIN`, and a test sees it.
pub(super) const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

/// Days since 1970-01-01.
pub(super) fn epoch_day(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce()) - 719_163
}

/// Seconds since 1970 of so many seconds after local midnight in Berlin (after 3 o'clock in the morning).
pub(super) fn unix_s(date: NaiveDate, local_s: i64) -> i64 {
    epoch_day(date) * 86_400 + local_s - berlin_offset_s(date)
}

/// Local time minus UTC in seconds, from 3 o'clock in the morning on: summer time lasts from the last
/// Sunday of March to the last Sunday of October.
pub(super) fn berlin_offset_s(date: NaiveDate) -> i64 {
    let start = sunday_before_or_on(day(date.year(), 3, 31));
    let end = sunday_before_or_on(day(date.year(), 10, 31));
    if (start..end).contains(&date) { 7200 } else { 3600 }
}

fn sunday_before_or_on(date: NaiveDate) -> NaiveDate {
    date - Days::new(u64::from(date.weekday().num_days_from_sunday()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_changes_on_the_last_sundays_of_march_and_october() {
        let offsets = |days: [NaiveDate; 4]| days.map(berlin_offset_s);
        let y2026 = [day(2026, 3, 28), day(2026, 3, 29), day(2026, 10, 24), day(2026, 10, 25)];
        assert_eq!(offsets(y2026), [3600, 7200, 7200, 3600]);
        let y2024 = [day(2024, 3, 30), day(2024, 3, 31), day(2024, 10, 26), day(2024, 10, 27)];
        assert_eq!(offsets(y2024), [3600, 7200, 7200, 3600]);
    }

    #[test]
    fn a_local_time_becomes_seconds_since_1970() {
        assert_eq!(epoch_day(day(1970, 1, 1)), 0);
        assert_eq!(unix_s(day(2026, 11, 8), 9 * 3600), 1_794_124_800);
    }
}
