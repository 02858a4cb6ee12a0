//! FIT's clock: seconds since 1989-12-31T00:00:00Z.

/// FIT's second 0 in Unix time.
const FIT_EPOCH_UNIX_S: i64 = 631_065_600;

/// Below this a timestamp counts from when the device was switched on (FIT `date_time`, `min`).
const FIRST_DATED_S: i64 = 0x1000_0000;

/// The largest difference between local time and UTC we believe; the world has −12 to +14 h.
const WIDEST_OFFSET_S: i64 = 15 * 3600;

/// Milliseconds since 1970 of a FIT `date_time`, unless it counts from power-up.
pub(crate) fn unix_ms(fit_s: i64) -> Option<i64> {
    (fit_s >= FIRST_DATED_S).then_some((fit_s + FIT_EPOCH_UNIX_S) * 1000)
}

/// A compressed header's time: the five low bits of the next second that has them.
pub(crate) fn roll_on(last_s: i64, five_bits: u8) -> i64 {
    last_s + ((i64::from(five_bits) - last_s) & 0x1F)
}

/// Local time minus UTC in seconds from `activity.timestamp` and `activity.local_timestamp`, to the quarter
/// of an hour that zones have.
pub(crate) fn utc_offset_s(utc_s: i64, local_s: i64) -> Option<i32> {
    if utc_s < FIRST_DATED_S || local_s < FIRST_DATED_S {
        return None;
    }
    let offset = (local_s - utc_s + 450).div_euclid(900) * 900;
    i32::try_from(offset).ok().filter(|_| offset.abs() <= WIDEST_OFFSET_S)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_from_power_up_is_no_date() {
        assert_eq!(unix_ms(17_217_864), None);
        assert_eq!(unix_ms(0x0FFF_FFFF), None);
        assert_eq!(unix_ms(0x1000_0000), Some(899_501_056_000));
    }

    #[test]
    fn five_bits_roll_over() {
        assert_eq!(roll_on(0x1234_5660, 0), 0x1234_5660);
        assert_eq!(roll_on(0x1234_5660, 31), 0x1234_567F);
        assert_eq!(roll_on(0x1234_567F, 1), 0x1234_5681);
    }

    #[test]
    fn offsets_round_to_quarters_and_stay_within_fifteen_hours() {
        let utc = 900_000_000;
        let cases = [
            (7200, Some(7200)),
            (7195, Some(7200)),
            (-3 * 3600 - 1800, Some(-12_600)),
            (449, Some(0)),
            (450, Some(900)),
            (15 * 3600, Some(54_000)),
            (15 * 3600 + 450, None),
            (-16 * 3600, None),
        ];
        for (difference, expected) in cases {
            assert_eq!(utc_offset_s(utc, utc + difference), expected, "{difference} s");
        }
        assert_eq!(utc_offset_s(utc, 0), None);
        assert_eq!(utc_offset_s(5, 5), None);
    }
}
