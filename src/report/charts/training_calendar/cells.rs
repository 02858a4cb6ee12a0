//! Cells of a calendar: where they lie, which shade a distance has, the frame of today.

use super::super::{
    data::ChartData,
    kit::{
        canvas::{Area, Canvas, Drawn},
        frame::Swatch,
        theme,
    },
};
use crate::{dates, units::UnitSystem};

pub(super) const DAYS_PER_WEEK: i64 = 7;
/// Where the months' line stands and the cells start.
pub(super) const MONTHS_BASELINE: f64 = 262.0;
pub(super) const CELLS_BELOW_MONTHS: f64 = 16.0;
pub(super) const CELLS_BOTTOM: f64 = 852.0;
/// Free space between cells.
pub(super) const CELL_GAP: f64 = 3.0;
/// Space for years and for weekdays left of the cells.
pub(super) const YEAR_WIDTH: f64 = 84.0;
pub(super) const WEEKDAY_WIDTH: f64 = 66.0;
/// The largest cell.
pub(super) const LARGEST_CELL: (f64, f64) = (140.0, 84.0);
/// Wide cells that are at least this high carry their distance.
pub(super) const NUMBERED_HEIGHT: f64 = 22.0;
pub(super) const OUTLINE: f64 = 1.5;
const TODAY_OUTLINE: f64 = 3.0;
/// The first shade from which on numbers in cells are white.
pub(super) const DARK_SHADE: usize = 3;

/// A double frame: the day, or the month, of the report.
pub(super) fn draw_today(canvas: &Canvas<'_>, area: Area) -> Drawn {
    canvas.outline(area.grown(TODAY_OUTLINE - 1.0), theme::INK, TODAY_OUTLINE)?;
    canvas.outline(area.grown(-1.0), theme::PAPER, OUTLINE)
}

/// Which shade a distance has: five classes of equal width, the last one open.
pub(super) struct Scale {
    pub(super) units: UnitSystem,
    step: f64,
}

impl Scale {
    /// Widths of a class, in the runner's units.
    const LADDER: [f64; 10] = [1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 30.0, 50.0, 100.0, 200.0];
    /// This share of them lies within the classes.
    const SHARE: f64 = 0.9;

    /// The narrowest classes that hold most of some distances, so that one very long run does not bleach the rest.
    pub(super) fn new(distances: impl Iterator<Item = i64>, units: UnitSystem) -> Self {
        let mut run: Vec<_> = distances.filter(|&meters| meters > 0).collect();
        run.sort_unstable();
        let long = run.get((run.len() as f64 * Self::SHARE) as usize).or(run.last());
        let needed =
            units.from_meters(long.map_or(0.0, |&meters| meters as f64)) / theme::SHADES.len() as f64;
        let step = Self::LADDER.into_iter().find(|step| *step >= needed);
        Self { units, step: step.unwrap_or(Self::LADDER[Self::LADDER.len() - 1]) }
    }

    pub(super) fn shade(&self, meters: i64) -> usize {
        ((self.units.from_meters(meters as f64) / self.step) as usize).min(theme::SHADES.len() - 1)
    }

    pub(super) fn legend(&self, data: &ChartData, today: &str) -> Vec<(Swatch, String)> {
        let no_run = Swatch::Framed { fill: theme::PAPER, frame: theme::EMPTY, width: OUTLINE };
        let framed = Swatch::Framed { fill: theme::PAPER, frame: theme::INK, width: TODAY_OUTLINE };
        let mut entries = vec![(no_run, "no run".to_owned())];
        for (index, shade) in theme::SHADES.into_iter().enumerate() {
            entries.push((Swatch::Box(shade), self.range(index)));
        }
        entries.push((framed, format!("{today} {}", dates::long(data.as_of))));
        entries
    }

    /// `under 5 km`, `5–10`, `20 km or more`.
    fn range(&self, index: usize) -> String {
        let unit = self.units.symbol();
        let (from, to) = (index as f64 * self.step, (index + 1) as f64 * self.step);
        match index {
            0 => format!("under {to} {unit}"),
            last if last + 1 == theme::SHADES.len() => format!("{from} {unit} or more"),
            _ => format!("{from}–{to}"),
        }
    }
}
