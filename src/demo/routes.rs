//! Loops on the open North Sea, round 54.6° N 7.0° E: nobody lives there.
//!
//! A small flat map in metres is enough: the loops lie within 4 km of its middle.

use crate::activity::Position;

const MIDDLE: Position = Position { latitude_deg: 54.6, longitude_deg: 7.0 };
/// Sine and cosine of the middle's latitude, as numbers: the last bit of `sin` differs between platforms.
const SIN_MIDDLE: f64 = 0.815_127_795_728_554_2;
const COS_MIDDLE: f64 = 0.579_281_172_342_678_8;
const RADIANS_PER_DEGREE: f64 = 0.017_453_292_519_943_295;
/// On a sphere with the equatorial radius of WGS 84, 6,378,137 m, as the import takes it.
const METERS_PER_DEGREE: f64 = 111_319.490_793_273_58;

/// Metres east and north of the map's middle.
pub(super) type Place = (f64, f64);

/// A closed way over the water.
#[derive(Debug)]
pub(super) struct Loop {
    /// What the runner calls it.
    pub(super) name: &'static str,
    /// Metres east and north; the last corner is joined to the first.
    corners: &'static [Place],
    /// How high its hills are above its lowest place, in metres.
    hill_m: f64,
    /// How many hills a round has.
    hills: f64,
}

/// From the shortest to the longest.
pub(super) const LOOPS: [Loop; 5] = [
    Loop {
        name: "Gull loop",
        corners: &[
            (0.0, 0.0),
            (260.0, 90.0),
            (520.0, 40.0),
            (760.0, 210.0),
            (820.0, 480.0),
            (640.0, 700.0),
            (380.0, 690.0),
            (150.0, 560.0),
            (-40.0, 300.0),
        ],
        hill_m: 4.0,
        hills: 1.0,
    },
    Loop {
        name: "Seal loop",
        corners: &[
            (0.0, 0.0),
            (-310.0, -60.0),
            (-560.0, -330.0),
            (-980.0, -300.0),
            (-1240.0, 20.0),
            (-1180.0, 420.0),
            (-840.0, 610.0),
            (-690.0, 380.0),
            (-420.0, 460.0),
            (-130.0, 250.0),
        ],
        hill_m: 14.0,
        hills: 2.0,
    },
    Loop {
        name: "Lightship loop",
        corners: &[
            (0.0, 0.0),
            (230.0, -420.0),
            (690.0, -560.0),
            (900.0, -980.0),
            (1430.0, -1010.0),
            (1720.0, -590.0),
            (1560.0, -180.0),
            (1690.0, 260.0),
            (1240.0, 480.0),
            (820.0, 290.0),
            (410.0, 330.0),
        ],
        hill_m: 9.0,
        hills: 3.0,
    },
    Loop {
        name: "Sandbank loop",
        corners: &[
            (0.0, 0.0),
            (-180.0, 520.0),
            (110.0, 980.0),
            (-90.0, 1490.0),
            (330.0, 1910.0),
            (940.0, 1870.0),
            (1220.0, 2260.0),
            (1790.0, 2110.0),
            (1930.0, 1540.0),
            (1580.0, 1120.0),
            (1640.0, 610.0),
            (1130.0, 320.0),
            (560.0, 190.0),
        ],
        hill_m: 24.0,
        hills: 2.0,
    },
    Loop {
        name: "Wind farm loop",
        corners: &[
            (0.0, 0.0),
            (-600.0, 240.0),
            (-1290.0, 100.0),
            (-1840.0, 540.0),
            (-2560.0, 440.0),
            (-3080.0, -140.0),
            (-2950.0, -890.0),
            (-3310.0, -1480.0),
            (-2760.0, -2010.0),
            (-1980.0, -1930.0),
            (-1480.0, -2380.0),
            (-730.0, -2080.0),
            (-450.0, -1420.0),
            (100.0, -1000.0),
            (270.0, -410.0),
        ],
        hill_m: 19.0,
        hills: 4.0,
    },
];

impl Loop {
    /// Metres round.
    pub(super) fn length_m(&self) -> f64 {
        self.sides().map(|(a, b)| flat_m(a, b)).sum()
    }

    /// The place after so many metres, round and round.
    pub(super) fn place(&self, along_m: f64) -> Place {
        let mut left = self.within_round(along_m) * self.length_m();
        for (a, b) in self.sides() {
            let side = flat_m(a, b);
            if left <= side {
                let share = left / side;
                return (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share);
            }
            left -= side;
        }
        self.corners.first().copied().unwrap_or_default()
    }

    /// Metres above sea level there: the runner runs on water, and the water has hills.
    pub(super) fn altitude_m(&self, along_m: f64) -> f64 {
        let phase = self.within_round(along_m) * self.hills;
        let slope = (2.0 * (phase - phase.floor()) - 1.0).abs();
        6.0 + self.hill_m * (1.0 - slope * slope * (3.0 - 2.0 * slope))
    }

    /// The corners as a way to follow, back to the first.
    pub(super) fn corner_positions(&self) -> Vec<Position> {
        self.corners.iter().chain(self.corners.first()).map(|place| position(*place)).collect()
    }

    fn within_round(&self, along_m: f64) -> f64 {
        let rounds = along_m / self.length_m();
        rounds - rounds.floor()
    }

    fn sides(&self) -> impl Iterator<Item = (Place, Place)> {
        self.corners.iter().copied().zip(self.corners.iter().copied().cycle().skip(1))
    }
}

/// A place on the globe, to a ten-millionth of a degree (a centimetre), as GPX writes it.
pub(super) fn position((east_m, north_m): Place) -> Position {
    let latitude_deg = MIDDLE.latitude_deg + north_m / METERS_PER_DEGREE;
    let longitude_deg = MIDDLE.longitude_deg + east_m / (METERS_PER_DEGREE * COS_MIDDLE);
    Position {
        latitude_deg: to_seventh_decimal(latitude_deg),
        longitude_deg: to_seventh_decimal(longitude_deg),
    }
}

/// Metres between two near places of the map; within a millionth of the haversine formula.
pub(super) fn distance_m(a: Position, b: Position) -> f64 {
    let north_m = (b.latitude_deg - a.latitude_deg) * METERS_PER_DEGREE;
    let cosine = cosine((a.latitude_deg + b.latitude_deg) / 2.0);
    let east_m = (b.longitude_deg - a.longitude_deg) * METERS_PER_DEGREE * cosine;
    (north_m * north_m + east_m * east_m).sqrt()
}

/// Cosine of a latitude near the middle, by three terms of its Taylor series.
fn cosine(latitude_deg: f64) -> f64 {
    let off = (latitude_deg - MIDDLE.latitude_deg) * RADIANS_PER_DEGREE;
    COS_MIDDLE - SIN_MIDDLE * off - COS_MIDDLE * off * off / 2.0
}

fn to_seventh_decimal(degrees: f64) -> f64 {
    (degrees * 1.0e7).round() / 1.0e7
}

fn flat_m(a: Place, b: Place) -> f64 {
    let (east, north) = (b.0 - a.0, b.1 - a.1);
    (east * east + north * north).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The textbook formula, in tests only: its sines may differ in the last bit.
    fn haversine_m(a: Position, b: Position) -> f64 {
        let (lat_a, lat_b) = (a.latitude_deg.to_radians(), b.latitude_deg.to_radians());
        let (lat, lon) = (lat_b - lat_a, (b.longitude_deg - a.longitude_deg).to_radians());
        let h = (lat / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * (lon / 2.0).sin().powi(2);
        2.0 * 6_378_137.0 * h.sqrt().asin()
    }

    #[test]
    fn short_distances_equal_the_haversine_formula() {
        for way in &LOOPS {
            for step in 0..100 {
                let along = f64::from(step) * 73.0;
                let (a, b) = (position(way.place(along)), position(way.place(along + 25.0)));
                let (ours, exact) = (distance_m(a, b), haversine_m(a, b));
                assert!((ours / exact - 1.0).abs() < 1.0e-6, "{ours} {exact}");
            }
        }
    }

    #[test]
    fn the_loops_have_different_lengths() {
        let lengths = LOOPS.each_ref().map(|way| way.length_m().round() as i64);
        assert_eq!(lengths, [2544, 3507, 5270, 7327, 10_555]);
    }

    #[test]
    fn a_loop_is_closed_and_no_hill_is_steep() {
        for way in &LOOPS {
            assert_eq!(way.place(0.0), way.place(way.length_m()));
            let climb_per_km = way.hill_m * way.hills / way.length_m() * 1000.0;
            assert!(climb_per_km < 10.0, "{}: {climb_per_km}", way.name);
        }
    }
}
