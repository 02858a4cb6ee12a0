//! The sums of weeks below a block of weeks: a bar a column, where cells of a year leave the paper empty.

use chrono::NaiveDate;

use super::{
    super::{
        data::{ChartData, MileageBar},
        kit::{
            canvas::{Align, Area, Canvas, Drawn},
            theme,
        },
    },
    cells::{CELL_GAP, CELLS_BOTTOM, DAYS_PER_WEEK, OUTLINE, WEEKDAY_WIDTH},
};
use crate::units::UnitSystem;

/// Less room than this below the cells stays empty.
const LEAST_ROOM: f64 = 150.0;
/// Between the cells and the highest number, and between a bar and its number.
const GAP: f64 = 24.0;
const NUMBER_GAP: f64 = 8.0;

/// The columns of cells above.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    /// First day of the first one.
    pub(super) first: NaiveDate,
    /// Left edge of the first one.
    pub(super) left: f64,
    /// Width of each, its gap included.
    pub(super) width: f64,
    /// Where the cells end.
    pub(super) bottom: f64,
}

/// The bars of the weeks of one block.
pub(super) struct Sums<'a> {
    columns: Columns,
    weeks: &'a [MileageBar],
    units: UnitSystem,
    highest_m: i64,
    /// Where the highest bar ends.
    top: f64,
}

impl<'a> Sums<'a> {
    /// `None` where the cells leave no room, or nothing was run.
    pub(super) fn below(columns: Columns, data: &'a ChartData) -> Option<Self> {
        let highest_m = data.weeks.iter().map(|week| week.distance_m).max().filter(|most_m| *most_m > 0)?;
        let top = columns.bottom + GAP + theme::LINE_SPACING;
        (CELLS_BOTTOM - columns.bottom >= LEAST_ROOM).then_some(Self {
            columns,
            weeks: &data.weeks,
            units: data.units,
            highest_m,
            top,
        })
    }

    pub(super) fn draw(&self, canvas: &Canvas<'_>) -> Drawn {
        let Columns { left, width, .. } = self.columns;
        let name = (left - WEEKDAY_WIDTH, CELLS_BOTTOM - NUMBER_GAP);
        canvas.text("Week", name, theme::TICK, Align::Left)?;
        for week in self.weeks {
            if week.complete {
                canvas.fill(self.area(week), theme::RUN)?;
            } else if week.distance_m > 0 {
                canvas.outline(self.area(week), theme::RUN, OUTLINE)?;
            }
        }
        let right = left + self.weeks.len() as f64 * width - CELL_GAP;
        canvas.level(left, right, CELLS_BOTTOM, theme::AXIS, theme::AXIS_LINE)?;
        self.draw_highest(canvas)
    }

    /// The number of the highest, of the newest one if several are as high.
    fn draw_highest(&self, canvas: &Canvas<'_>) -> Drawn {
        let Some(week) = self.weeks.iter().rev().find(|week| week.distance_m == self.highest_m) else {
            return Ok(());
        };
        let area = self.area(week);
        let number = self.units.short(week.distance_m);
        let half = canvas.width(&number, theme::LABEL) / 2.0;
        let rightmost = canvas.format().right - canvas.format().margin - half;
        let x = area.center().0.min(rightmost).max(self.columns.left + half);
        canvas.text(&number, (x, area.top - NUMBER_GAP), theme::LABEL, Align::Center)?;
        Ok(())
    }

    fn area(&self, week: &MileageBar) -> Area {
        let column = ((week.start - self.columns.first).num_days() / DAYS_PER_WEEK) as f64;
        let left = self.columns.left + column * self.columns.width;
        let height = (CELLS_BOTTOM - self.top) * week.distance_m as f64 / self.highest_m as f64;
        let right = left + self.columns.width - CELL_GAP;
        Area { left, top: CELLS_BOTTOM - height, right, bottom: CELLS_BOTTOM }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            super::{Chart, draw as draw_chart, sample, sample::pixel},
            Calendar,
        },
        *,
    };

    fn sums(data: &ChartData) -> Option<Sums<'_>> {
        Sums::below(Calendar::new(theme::WIDE, data).columns()?, data)
    }

    #[test]
    fn a_year_of_weeks_fills_its_paper_down_to_the_lower_edge_with_a_bar_for_each_week() {
        let data = sample::history(52);
        let sums = sums(&data).unwrap();
        let picture = draw_chart(Chart::TrainingCalendar, &data).unwrap();
        for week in data.weeks.iter().filter(|week| week.complete && week.distance_m > 5_000) {
            let area = sums.area(week);
            assert_eq!(pixel(&picture, area.center().0, CELLS_BOTTOM - 4.0), theme::RUN, "{}", week.start);
        }
        let highest = data.weeks.iter().max_by_key(|week| week.distance_m).unwrap();
        assert!((sums.area(highest).top - sums.top).abs() < 1e-9);
    }

    #[test]
    fn large_cells_blocks_of_years_and_a_year_without_runs_have_no_sums_below() {
        assert!(sums(&sample::history(8)).is_none(), "the cells fill the paper");
        assert!(sums(&sample::history(156)).is_none(), "a block a year");
        assert!(sums(&sample::no_runs()).is_none());
    }
}
