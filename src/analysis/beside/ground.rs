//! What some runs were run on, and how much they climbed a kilometre.
//!
//! ```text
//! climb a kilometre = climb of the runs that have one / their kilometres
//! ```
//!
//! A treadmill knows no climb: its kilometres are in neither number.

use crate::{activity::Activity, fields::beside::Ground};

const METRES_PER_KM: f64 = 1000.0;

/// The ground of some runs.
#[must_use]
pub fn of(runs: &[&Activity]) -> Ground {
    let mut ground = Ground::default();
    for run in runs {
        ground.surfaces_m[run.surface as usize] += run.whole_meters();
    }
    ground.ascent_m_per_km = a_kilometre(runs, |run| run.ascent_m);
    ground.descent_m_per_km = a_kilometre(runs, |run| run.descent_m);
    ground
}

/// Metres up or down a kilometre of the runs that have both; `None` without one.
fn a_kilometre(runs: &[&Activity], climb_m: impl Fn(&Activity) -> Option<f64>) -> Option<f64> {
    let known = runs.iter().filter_map(|run| Some((climb_m(run)?, run.distance_m?)));
    let (climb_m, distance_m) =
        known.fold((0.0, 0.0), |(up, far), (climb, meters)| (up + climb, far + meters));
    (distance_m > 0.0).then(|| climb_m / (distance_m / METRES_PER_KM))
}
