//! A plot: distances or plain numbers over days, its grid lines and the dates under it.

use chrono::{Datelike, NaiveDate};
use plotters::coord::{CoordTranslate, cartesian::Cartesian2d, types::RangedCoordf64};

use super::step::Step;
use super::{
    canvas::{Align, Area, Canvas, Drawn, OVERSAMPLING},
    date_axis::{DAYS_PER_MONTH, DateStep},
    frame::{HALF_CAP_HEIGHT, grouped},
    theme,
};
use crate::units::UnitSystem;

/// What stands on a value axis.
#[derive(Clone, Copy)]
enum Scale {
    Distance(UnitSystem),
    Number,
}

/// A plot of distances, or of plain numbers, over days.
pub(crate) struct Plot {
    /// The plot without its labels.
    pub(crate) area: Area,
    coord: Cartesian2d<RangedCoordf64, RangedCoordf64>,
    first: NaiveDate,
    days: i64,
    scale: Scale,
    highest: f64,
}

/// What a plot has to hold.
pub(crate) struct Extent {
    pub(crate) first: NaiveDate,
    /// Days from the left edge to the right one, at least 1.
    pub(crate) days: i64,
    pub(crate) highest_m: i64,
    /// Free pixels above the highest value, for labels.
    pub(crate) headroom: f64,
    /// Free pixels right of the plot, the margin included.
    pub(crate) right: f64,
}

/// The value axis reaches at least this far, in the runner's units.
const SMALLEST_AXIS: f64 = 5.0;
/// Space between the plot and the numbers at its left.
const TICK_GAP: f64 = 16.0;
/// Days of the shortest week, month and year.
const DAYS_PER_WEEK: u64 = 7;
const SHORTEST_MONTH: u64 = 28;
const SHORTEST_YEAR: u64 = 365;
/// About so many grid lines.
const GRID_LINES: f64 = 6.0;

impl Plot {
    pub(crate) fn new(canvas: &Canvas<'_>, extent: &Extent, units: UnitSystem) -> Self {
        Self::from_top(canvas, extent, theme::PLOT_TOP, units)
    }

    /// The same with another upper end, where no legend stands above it.
    pub(crate) fn from_top(canvas: &Canvas<'_>, extent: &Extent, top: f64, units: UnitSystem) -> Self {
        let needed = units.from_meters(extent.highest_m.max(0) as f64);
        Self::between(canvas, extent, (top, theme::PLOT_BOTTOM), needed, Scale::Distance(units))
    }

    /// A plot of plain numbers up to `needed`, from `top` to `bottom`; the extent's distance is not asked for.
    pub(crate) fn of_numbers(
        canvas: &Canvas<'_>,
        extent: &Extent,
        (top, bottom): (f64, f64),
        needed: f64,
    ) -> Self {
        Self::between(canvas, extent, (top, bottom), needed, Scale::Number)
    }

    fn between(
        canvas: &Canvas<'_>,
        extent: &Extent,
        (top, bottom): (f64, f64),
        needed: f64,
        scale: Scale,
    ) -> Self {
        let height = bottom - top;
        let highest = needed.max(SMALLEST_AXIS) * height / (height - extent.headroom);
        let widest = ticks(highest).into_iter().fold(0.0, |widest: f64, tick| {
            widest.max(canvas.width(&scale.label(tick, highest), theme::TICK))
        });
        let left = canvas.format().margin + widest + TICK_GAP;
        let area = Area { left, top, right: canvas.format().right - extent.right, bottom };
        let days = extent.days.max(1);
        let coord = Cartesian2d::new(0.0..days as f64, 0.0..highest, device_ranges(area));
        Self { area, coord, first: extent.first, days, scale, highest }
    }

    /// A plot of numbers up to `highest` that shares the dates of this one.
    pub(crate) fn strip(&self, (top, bottom): (f64, f64), highest: f64) -> Self {
        let area = Area { top, bottom, ..self.area };
        let coord = Cartesian2d::new(0.0..self.days as f64, 0.0..highest, device_ranges(area));
        Self { area, coord, first: self.first, days: self.days, scale: Scale::Number, highest }
    }

    /// An axis of dates alone, under an area of one's own.
    pub(crate) fn of_dates(area: Area, first: NaiveDate, days: i64, units: UnitSystem) -> Self {
        let days = days.max(1);
        let coord = Cartesian2d::new(0.0..days as f64, 0.0..1.0, device_ranges(area));
        Self { area, coord, first, days, scale: Scale::Distance(units), highest: 1.0 }
    }

    /// Days since the left edge.
    pub(crate) fn day(&self, date: NaiveDate) -> f64 {
        (date - self.first).num_days() as f64
    }

    /// Pixels of a day.
    pub(crate) fn day_width(&self) -> f64 {
        self.area.width() / self.days as f64
    }

    /// Where a day starts.
    pub(crate) fn x(&self, day: f64) -> f64 {
        f64::from(self.coord.translate(&(day, 0.0)).0) / f64::from(OVERSAMPLING)
    }

    /// Where a distance lies.
    pub(crate) fn y(&self, meters: i64) -> f64 {
        let meters = meters.max(0) as f64;
        self.y_of(match self.scale {
            Scale::Distance(units) => units.from_meters(meters),
            Scale::Number => meters,
        })
    }

    /// A distance in the plot's units.
    pub(crate) fn short(&self, meters: i64) -> String {
        match self.scale {
            Scale::Distance(units) => units.short(meters),
            Scale::Number => grouped(meters as f64),
        }
    }

    /// Where a number of the value axis lies.
    pub(crate) fn y_of(&self, value: f64) -> f64 {
        f64::from(self.coord.translate(&(0.0, value.max(0.0))).1) / f64::from(OVERSAMPLING)
    }

    /// Grid lines with their numbers; the unit stands at the highest one.
    pub(crate) fn draw_values(&self, canvas: &Canvas<'_>) -> Drawn {
        for tick in ticks(self.highest) {
            self.draw_value(canvas, tick)?;
        }
        Ok(())
    }

    /// One grid line with its number.
    pub(crate) fn draw_value(&self, canvas: &Canvas<'_>, value: f64) -> Drawn {
        self.draw_named_value(canvas, value, &self.scale.label(value, self.highest))
    }

    /// One grid line with a name of its own.
    pub(crate) fn draw_named_value(&self, canvas: &Canvas<'_>, value: f64, name: &str) -> Drawn {
        let y = self.y_of(value);
        canvas.level(self.area.left, self.area.right, y, theme::GRID, theme::GRID_LINE)?;
        let at = (self.area.left - TICK_GAP, y + theme::TICK.em * HALF_CAP_HEIGHT);
        canvas.text(name, at, theme::TICK, Align::Right)?;
        Ok(())
    }

    /// The base line with dates under it, one a `unit` of days at most, in the middle of that unit.
    pub(crate) fn draw_dates(&self, canvas: &Canvas<'_>, unit: u64) -> Drawn {
        self.draw_dates_in(canvas, unit, |step| match step {
            DateStep::Days(_) => unit as f64 / 2.0,
            DateStep::Months(_) => 0.0,
        })
    }

    /// The base line with dates under the middles of weeks, months or years.
    pub(crate) fn draw_periods(&self, canvas: &Canvas<'_>, step: Step) -> Drawn {
        match step {
            Step::Week => self.draw_dates(canvas, DAYS_PER_WEEK),
            Step::Month => self.draw_dates_in(canvas, SHORTEST_MONTH, |_| DAYS_PER_MONTH / 2.0),
            Step::Year => self.draw_dates_in(canvas, SHORTEST_YEAR, |_| DAYS_PER_MONTH * 6.0),
        }
    }

    /// Dates so many days behind their own places.
    fn draw_dates_in(&self, canvas: &Canvas<'_>, unit: u64, shift: impl Fn(DateStep) -> f64) -> Drawn {
        canvas.level(self.area.left, self.area.right, self.area.bottom, theme::AXIS, theme::AXIS_LINE)?;
        let step = DateStep::fitting(self.days, self.area.width(), unit);
        let mut year = None;
        for date in step.dates(self.first, self.days) {
            let shift = shift(step);
            let x = self.x(self.day(date) + shift);
            if shift == 0.0 {
                canvas.upright(x, self.area.bottom, self.area.bottom + 8.0, theme::AXIS, theme::AXIS_LINE)?;
            }
            self.draw_date(canvas, x, date, step, year)?;
            year = Some(date.year());
        }
        Ok(())
    }

    fn draw_date(
        &self,
        canvas: &Canvas<'_>,
        x: f64,
        date: NaiveDate,
        step: DateStep,
        year: Option<i32>,
    ) -> Drawn {
        let baseline = self.area.bottom + theme::TICK.em + theme::TICK_DROP;
        let label = step.label(date);
        let half = canvas.width(&label, theme::TICK) / 2.0;
        // a narrow sheet has no room beside its plot
        let narrow = canvas.format() != theme::WIDE;
        let x = if narrow { x.clamp(half, canvas.format().right - half) } else { x };
        canvas.text(&label, (x, baseline), theme::TICK, Align::Center)?;
        if step.needs_year() && year != Some(date.year()) {
            let below = (x, baseline + theme::LINE_SPACING);
            canvas.text(&date.year().to_string(), below, theme::TICK.colored(theme::INK), Align::Center)?;
        }
        Ok(())
    }
}

impl Scale {
    fn label(self, tick: f64, highest: f64) -> String {
        match self {
            Self::Distance(units) => tick_label(tick, units, highest),
            Self::Number => grouped(tick),
        }
    }
}

/// Plot edges in drawn pixels, bottom to top.
fn device_ranges(area: Area) -> (std::ops::Range<i32>, std::ops::Range<i32>) {
    let device = |value: f64| (value * f64::from(OVERSAMPLING)).round() as i32;
    (device(area.left)..device(area.right), device(area.bottom)..device(area.top))
}

/// Round numbers from 0 to `highest`.
pub(crate) fn ticks(highest: f64) -> Vec<f64> {
    let rough = highest / GRID_LINES;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= rough).unwrap_or(10.0) * power;
    let count = (highest / step).floor() as i32;
    (0..=count).map(|index| f64::from(index) * step).collect()
}

/// `40`, at the highest grid line `60 km`.
pub(crate) fn tick_label(tick: f64, units: UnitSystem, highest: f64) -> String {
    let is_last = ticks(highest).last() == Some(&tick);
    let number = grouped(tick);
    if is_last { format!("{number} {}", units.symbol()) } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_axes_have_few_round_numbers_whatever_the_range() {
        assert_eq!(ticks(78.3), [0.0, 20.0, 40.0, 60.0]);
        assert_eq!(ticks(5.0), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        for highest in [5.0, 9.99, 1e3, 12_345.0, 1e16] {
            assert!((3..=8).contains(&ticks(highest).len()), "{highest}");
        }
    }

    #[test]
    fn the_unit_stands_at_the_highest_number_only() {
        assert_eq!(tick_label(40.0, UnitSystem::Kilometers, 78.0), "40");
        assert_eq!(tick_label(60.0, UnitSystem::Kilometers, 78.0), "60 km");
        assert_eq!(tick_label(1_000.0, UnitSystem::Miles, 1_100.0), "1,000 mi");
    }
}
