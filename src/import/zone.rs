//! The time zone of a place, for files that tell UTC only.

use std::sync::OnceLock;

use chrono_tz::Tz;
use tzf_rs::EmbeddedFinder;

use crate::activity::Position;

/// The zone whose clocks hang at a place. `None` at sea: nobody runs there, so the place says nothing.
pub(super) fn zone_at(position: Position) -> Option<Tz> {
    static FINDER: OnceLock<EmbeddedFinder> = OnceLock::new();
    let name =
        FINDER.get_or_init(EmbeddedFinder::new).get_tz_name(position.longitude_deg, position.latitude_deg);
    name.parse().ok().filter(|_| !name.starts_with("Etc/"))
}

/// A zone in the cache: by its name, which is the same in every version of the table.
pub(super) mod by_name {
    use chrono_tz::Tz;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub(in crate::import) fn serialize<S: Serializer>(zone: &Option<Tz>, to: S) -> Result<S::Ok, S::Error> {
        zone.map(Tz::name).serialize(to)
    }

    pub(in crate::import) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Tz>, D::Error> {
        let name: Option<&str> = Option::deserialize(from)?;
        name.map(|name| name.parse().map_err(D::Error::custom)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(latitude_deg: f64, longitude_deg: f64) -> Option<&'static str> {
        zone_at(Position { latitude_deg, longitude_deg }).map(Tz::name)
    }

    #[test]
    fn city_squares_have_their_zones() {
        assert_eq!(name(52.52, 13.40), Some("Europe/Berlin"));
        assert_eq!(name(-36.85, 174.76), Some("Pacific/Auckland"));
        assert_eq!(name(40.78, -73.97), Some("America/New_York"));
        assert_eq!(name(27.70, 85.32), Some("Asia/Kathmandu"));
    }

    #[test]
    fn the_sea_and_the_ends_of_the_globe_tell_nothing_and_never_panic() {
        assert_eq!(name(54.0, 7.0), None);
        for (latitude, longitude) in [(90.0, 180.0), (-90.0, -180.0), (0.0, 0.0), (90.0, 0.0), (0.0, 180.0)] {
            let _ = name(latitude, longitude);
        }
    }
}
