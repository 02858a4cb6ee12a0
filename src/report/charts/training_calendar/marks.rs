//! Marks of the days with another sport: a shape a kind, so that no colour has to tell them apart.

use plotters::style::RGBColor;

use super::super::{
    data::DayCell,
    kit::{
        canvas::{Area, Canvas, Drawn},
        frame::Swatch,
        theme,
    },
};
use crate::{activity::OtherSport, report::words::beside::kind_name};

/// Half the size of a mark, at most, and as a share of the cell's shorter side.
const LARGEST: f64 = 8.0;
const SHARE: f64 = 0.24;
/// Between the middles of two marks, in halves of their size.
const STEP: f64 = 2.6;
/// The thickness of the cross, in halves of its size.
const ARM: f64 = 0.36;
/// Where the marks of a cell with a number stand, from its lower edge, in halves of their size.
const BELOW_NUMBER: f64 = 1.4;

/// The marks of a day in its cell, side by side: in its middle, or below the number.
pub(super) fn draw(
    canvas: &Canvas<'_>,
    area: Area,
    day: &DayCell,
    (is_numbered, color): (bool, RGBColor),
) -> Drawn {
    let kinds: Vec<OtherSport> = day.other_sports().collect();
    let Some(gaps) = kinds.len().checked_sub(1) else { return Ok(()) };
    let room = area.width() / (2.0 + STEP * gaps as f64);
    let half = (SHARE * area.width().min(area.height())).min(LARGEST).min(room);
    let (middle, center) = area.center();
    let y = if is_numbered { area.bottom - BELOW_NUMBER * half } else { center };
    let first = middle - STEP * half * gaps as f64 / 2.0;
    for (position, kind) in kinds.into_iter().enumerate() {
        mark(canvas, kind, (first + STEP * half * position as f64, y), half, color)?;
    }
    Ok(())
}

/// The kinds that are marked somewhere, each with its shape.
pub(super) fn legend(days: &[DayCell]) -> Vec<(Swatch, String)> {
    let is_marked = |kind: &OtherSport| days.iter().any(|day| day.other_sports().any(|other| other == *kind));
    let entry = |kind: OtherSport| (Swatch::Mark(swatch(kind)), name(kind).to_owned());
    OtherSport::ALL.into_iter().filter(is_marked).map(entry).collect()
}

/// `; ride, strength`: what a day is said to hold beside its run.
pub(super) fn in_words(day: &DayCell) -> String {
    let names: Vec<&str> = day.other_sports().map(name).collect();
    if names.is_empty() { String::new() } else { format!("; {}", names.join(", ")) }
}

fn name(kind: OtherSport) -> &'static str {
    match kind {
        OtherSport::Other => "other sport",
        kind => kind_name(kind),
    }
}

fn swatch(kind: OtherSport) -> fn(&Canvas<'_>, (f64, f64), f64) -> Drawn {
    match kind {
        OtherSport::Ride => |canvas, at, half| mark(canvas, OtherSport::Ride, at, half, theme::INK),
        OtherSport::Swim => |canvas, at, half| mark(canvas, OtherSport::Swim, at, half, theme::INK),
        OtherSport::Walk => |canvas, at, half| mark(canvas, OtherSport::Walk, at, half, theme::INK),
        OtherSport::Strength => |canvas, at, half| mark(canvas, OtherSport::Strength, at, half, theme::INK),
        OtherSport::Other => |canvas, at, half| mark(canvas, OtherSport::Other, at, half, theme::INK),
    }
}

/// A wheel, a diamond, a hill, a weight, a cross.
fn mark(canvas: &Canvas<'_>, kind: OtherSport, (x, y): (f64, f64), half: f64, color: RGBColor) -> Drawn {
    let around = |half: f64| Area { left: x - half, right: x + half, top: y - half, bottom: y + half };
    match kind {
        OtherSport::Ride => canvas.dot((x, y), half, &color),
        OtherSport::Swim => {
            canvas.polygon(&[(x - half, y), (x, y - half), (x + half, y), (x, y + half)], color)
        }
        OtherSport::Walk => canvas.triangle((x, y + 0.8 * half), 2.0 * half, color),
        OtherSport::Strength => canvas.fill(around(0.85 * half), color),
        OtherSport::Other => {
            let (whole, arm) = (around(half), ARM * half);
            canvas.fill(Area { left: x - arm, right: x + arm, ..whole }, color)?;
            canvas.fill(Area { top: y - arm, bottom: y + arm, ..whole }, color)
        }
    }
}
