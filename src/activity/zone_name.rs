//! A time zone in a cache: its name. The feature of chrono-tz that does the same would have polars built anew for it.

use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Writes the name.
///
/// # Errors
/// What the writer says.
pub(crate) fn serialize<S: Serializer>(zone: &Tz, to: S) -> Result<S::Ok, S::Error> {
    zone.name().serialize(to)
}

/// Reads a zone by its name.
///
/// # Errors
/// If no zone has it.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Tz, D::Error> {
    <&str>::deserialize(from)?.parse().map_err(de::Error::custom)
}
