//! Twelve weeks in a line: `12 weeks  ▅▅▄▆▇  23.5 to 38.9 km a week`.

use std::fmt::{self, Write};

use super::wrapped;
use crate::{analysis::Analysis, table::WeekRow, units::UnitSystem};

/// Weeks in the line.
const WEEKS: usize = 12;
/// From little to much.
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// A week without a run.
const NOTHING: char = '·';

/// The newest weeks, oldest first, and between which distances they lie.
///
/// # Errors
/// Never for a `String`.
pub(super) fn write(out: &mut String, analysis: &Analysis, units: UnitSystem) -> fmt::Result {
    let weeks = &analysis.weeks[analysis.weeks.len().saturating_sub(WEEKS)..];
    let (Some(newest), true) = (weeks.last(), weeks.len() > 1) else { return Ok(()) };
    let whole = weeks.iter().filter(|week| analysis.is_complete(week.week_start)).map(|week| week.distance_m);
    let (Some(least), Some(most)) = (whole.clone().min(), whole.max()) else { return Ok(()) };
    let so_far = if analysis.is_complete(newest.week_start) { "" } else { "; the last is this week so far" };
    let range = format!("{} to {} a week{so_far}", units.number(least), units.short(most));
    writeln!(out, "{}", wrapped(&format!("{} weeks  {}  {range}", weeks.len(), line(weeks)), 2))
}

/// A sign a week, in eight steps of the largest one.
fn line(weeks: &[WeekRow]) -> String {
    let most = weeks.iter().map(|week| week.distance_m).max().unwrap_or_default().max(1);
    let steps = LEVELS.len() as i64;
    let sign = |week: &WeekRow| match week.distance_m {
        ..=0 => NOTHING,
        distance_m => LEVELS[(distance_m.saturating_mul(steps) / most).clamp(1, steps) as usize - 1],
    };
    weeks.iter().map(sign).collect()
}
