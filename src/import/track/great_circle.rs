//! Great-circle distance between two places, fast enough for every step of every track.

use crate::activity::Position;

/// The equatorial radius of WGS 84, as most services take it. It lies 0.11 % above the mean radius, on the
/// side of the error of GPS watches, which read 3 to 6 % short.
pub(crate) const EARTH_RADIUS_M: f64 = 6_378_137.0;
/// Below this angle (radians; steps of 12 km) the first three terms of a series give every digit of a double.
const SMALL_RAD: f64 = 1e-3;

/// A place, and what both steps to its neighbours need of it.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    latitude_rad: f64,
    cos_latitude: f64,
    longitude_deg: f64,
}

impl Place {
    /// `near` is the latitude of places before it.
    #[inline]
    pub(crate) fn new(position: Position, near: &mut Latitude) -> Self {
        let latitude_rad = position.latitude_deg.to_radians();
        let cos_latitude = near.cos_of(latitude_rad);
        Self { latitude_rad, cos_latitude, longitude_deg: position.longitude_deg }
    }

    /// Great-circle distance in metres, by the haversine.
    #[inline]
    pub(crate) fn meters_to(&self, other: &Self) -> f64 {
        let half_lat = (other.latitude_rad - self.latitude_rad) / 2.0;
        let half_lon = (other.longitude_deg - self.longitude_deg).to_radians() / 2.0;
        let (sin_lat, sin_lon) = (sin(half_lat), sin(half_lon));
        let h = sin_lat * sin_lat + self.cos_latitude * other.cos_latitude * (sin_lon * sin_lon);
        2.0 * EARTH_RADIUS_M * asin(h.sqrt().min(1.0))
    }
}

/// A latitude that those of a whole run lie near: their cosines follow from its own.
#[derive(Default)]
pub(crate) struct Latitude {
    known: Option<Known>,
}

struct Known {
    rad: f64,
    sin: f64,
    cos: f64,
}

impl Latitude {
    #[inline]
    fn cos_of(&mut self, rad: f64) -> f64 {
        match &self.known {
            Some(known) if (rad - known.rad).abs() <= SMALL_RAD => {
                known.cos * cos(rad - known.rad) - known.sin * sin(rad - known.rad)
            }
            _ => {
                let (sin, cos) = rad.sin_cos();
                self.known = Some(Known { rad, sin, cos });
                cos
            }
        }
    }
}

#[inline]
fn sin(x: f64) -> f64 {
    if x.abs() > SMALL_RAD {
        return x.sin();
    }
    let square = x * x;
    x * (1.0 - square * (1.0 / 6.0) * (1.0 - square * (1.0 / 20.0)))
}

/// Of a small angle.
#[inline]
fn cos(x: f64) -> f64 {
    let square = x * x;
    1.0 - square * 0.5 * (1.0 - square * (1.0 / 12.0))
}

#[inline]
fn asin(x: f64) -> f64 {
    if x.abs() > SMALL_RAD {
        return x.asin();
    }
    let square = x * x;
    x * (1.0 + square * (1.0 / 6.0 + square * (3.0 / 40.0)))
}

/// Great-circle distance between two places far apart, in metres.
pub(crate) fn meters_between(a: Position, b: Position) -> f64 {
    let mut near = Latitude::default();
    Place::new(a, &mut near).meters_to(&Place::new(b, &mut near))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_degree_of_latitude_is_111_319_m() {
        let at = |latitude_deg| {
            Place::new(Position { latitude_deg, longitude_deg: 7.0 }, &mut Latitude::default())
        };
        assert!((at(54.0).meters_to(&at(55.0)) - 111_319.5).abs() < 1.0);
    }

    #[test]
    fn the_series_give_what_the_functions_give_up_to_where_they_end() {
        for exponent in -120..=0 {
            let x = SMALL_RAD * 10_f64.powf(f64::from(exponent) / 10.0);
            for x in [x, -x] {
                assert!((sin(x) - x.sin()).abs() <= 2.0 * f64::EPSILON * x.abs(), "sin {x}");
                assert!((asin(x) - x.asin()).abs() <= 2.0 * f64::EPSILON * x.abs(), "asin {x}");
                assert!((cos(x) - x.cos()).abs() <= f64::EPSILON, "cos {x}");
            }
        }
        assert_eq!((sin(0.0), asin(0.0)), (0.0, 0.0));
    }

    #[test]
    fn cosines_of_latitudes_near_a_known_one_are_as_good_as_any() {
        let mut near = Latitude::default();
        for step in 0..20_000 {
            // 57 m at a time, from 60 degrees south northwards
            let rad = -1.047 + 1e-5 * f64::from(step);
            assert!((near.cos_of(rad) - rad.cos()).abs() <= 2.0 * f64::EPSILON, "{rad}");
        }
    }
}
