//! A local moment in a cache: two numbers, where serde's own way is a text that has to be read again.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

/// Nanoseconds since 1970, and local time minus UTC in seconds.
type Numbers = (i64, i32);

/// Writes the numbers.
///
/// # Errors
/// Outside of the years 1678 to 2262.
pub(crate) fn serialize<S: Serializer>(time: &DateTime<FixedOffset>, to: S) -> Result<S::Ok, S::Error> {
    let unix_ns =
        time.timestamp_nanos_opt().ok_or_else(|| ser::Error::custom("no nanoseconds since 1970"))?;
    let numbers: Numbers = (unix_ns, time.offset().local_minus_utc());
    numbers.serialize(to)
}

/// Reads them.
///
/// # Errors
/// If they are no moment.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<FixedOffset>, D::Error> {
    let (unix_ns, offset_s) = Numbers::deserialize(from)?;
    let offset =
        FixedOffset::east_opt(offset_s).ok_or_else(|| de::Error::custom("no offset of any clock"))?;
    Ok(DateTime::from_timestamp_nanos(unix_ns).with_timezone(&offset))
}
