//! Whether what was run on changed: the days up to a date against those before them.
//!
//! ```text
//! change = share of a surface in the 30 days up to a day − its share in the 60 days before them, ≥ 20 points either way
//! ```
//!
//! Each span needs three runs, and a surface that is known for half of its distance: else a new watch that names surfaces would
//! look like new paths. All of these numbers are chosen here; no study ties a surface to injury. Evidence grade: D.

use chrono::NaiveDate;

use super::ground;
use crate::{
    activity::{Activity, Surface},
    dates,
    fields::beside::Ground,
};

const DAYS: u64 = 30;
const DAYS_BEFORE: u64 = 60;
const FEWEST_RUNS: usize = 3;
const LEAST_POINTS: i64 = 20;

/// A surface whose share changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SurfaceChange {
    /// The surface.
    pub surface: Surface,
    /// Per cent of the distance in the days up to the date, and that distance in metres.
    pub now: (i64, i64),
    /// The same of the days before them.
    pub before: (i64, i64),
}

/// The surfaces whose share changed in the 30 days up to `last`, that day included.
#[must_use]
pub fn changes(runs: &[Activity], last: NaiveDate) -> Vec<SurfaceChange> {
    let middle = dates::days_before(last, DAYS - 1);
    let first = dates::days_before(middle, DAYS_BEFORE);
    let known = |from: NaiveDate, to: NaiveDate| {
        let span: Vec<&Activity> = runs.iter().filter(|run| (from..to).contains(&run.local_date())).collect();
        let ground = ground::of(&span);
        let is_known = 2 * ground.surface_m(Surface::Unknown) <= ground.total_m() && ground.total_m() > 0;
        (is_known && span.len() >= FEWEST_RUNS).then_some(ground)
    };
    let spans = known(middle, dates::days_after(last, 1)).zip(known(first, middle));
    let Some((now, before)) = spans else { return Vec::new() };
    let surfaces = Surface::ALL.into_iter().filter(|surface| *surface != Surface::Unknown);
    let change =
        |surface| SurfaceChange { surface, now: share(&now, surface), before: share(&before, surface) };
    surfaces.map(change).filter(|change| (change.now.0 - change.before.0).abs() >= LEAST_POINTS).collect()
}

/// Whole per cent, and metres in all.
fn share(ground: &Ground, surface: Surface) -> (i64, i64) {
    let total_m = ground.total_m();
    ((100 * ground.surface_m(surface) + total_m / 2) / total_m, total_m)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::{day, run};

    /// A run of 10 km every fifth day up to 31 March, of which `trail` of the last six and `before` of the twelve before
    /// them were on a trail, the others on a road.
    fn runs(trail: usize, before: usize, surface: Surface) -> Vec<Activity> {
        let on = |n: usize| {
            let is_trail = if n < 6 { n < trail } else { n - 6 < before };
            let date = dates::days_before(day("2026-03-31"), 5 * n as u64);
            let run = run(&format!("{date}T08:00:00+01:00"), 10_000, 60);
            Activity { surface: if is_trail { Surface::Trail } else { surface }, ..run }
        };
        (0..18).rev().map(on).collect()
    }

    #[test]
    fn twenty_points_more_on_trails_are_a_change_of_two_surfaces_and_nineteen_are_none() {
        let changed = changes(&runs(3, 3, Surface::Road), day("2026-03-31"));
        let trail = SurfaceChange { surface: Surface::Trail, now: (50, 60_000), before: (25, 120_000) };
        let road = SurfaceChange { surface: Surface::Road, now: (50, 60_000), before: (75, 120_000) };
        assert_eq!(changed, [road, trail]);
        assert_eq!(changes(&runs(3, 4, Surface::Road), day("2026-03-31")), [], "50 % after 33 %");
    }

    #[test]
    fn surfaces_that_are_known_for_less_than_half_of_a_span_say_nothing() {
        assert_eq!(changes(&runs(6, 3, Surface::Unknown), day("2026-03-31")), []);
    }

    #[test]
    fn two_runs_are_too_few() {
        assert_eq!(changes(&runs(3, 3, Surface::Road)[16..], day("2026-03-31")), []);
    }
}
