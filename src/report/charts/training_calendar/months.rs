//! The calendar of many years: a row a year, a cell a month.

use chrono::{Datelike, NaiveDate};

use super::{
    super::{
        data::{ChartData, DayCell},
        kit::step::Step,
    },
    cells::{
        CELL_GAP, CELLS_BELOW_MONTHS, CELLS_BOTTOM, DARK_SHADE, LARGEST_CELL, MONTHS_BASELINE,
        NUMBERED_HEIGHT, OUTLINE, Scale, YEAR_WIDTH, draw_today,
    },
};
use crate::{
    dates,
    report::charts::kit::{
        canvas::{Align, Area, Canvas, Drawn},
        frame,
        theme::{self, Format},
    },
    units::UnitSystem,
};

/// More years than this are not shown: their rows would be lower than their numbers.
const MOST_YEARS: usize = 22;
const MONTHS: f64 = 12.0;

/// A month with its runs.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Month {
    first: NaiveDate,
    distance_m: i64,
}

/// Years from top to bottom, the newest first.
pub(super) struct Months {
    months: Vec<Month>,
    newest_year: i32,
    /// Years that found no room: the first and the last one.
    left_out: Option<(i32, i32)>,
    pub(super) scale: Scale,
    as_of: NaiveDate,
    cell: (f64, f64),
    left: f64,
    top: f64,
}

impl Months {
    pub(super) fn new(format: Format, data: &ChartData) -> Self {
        let mut months = months(data);
        let newest_year = data.as_of.year();
        let oldest = months.first().map_or(newest_year, |month| month.first.year());
        let first_shown = (newest_year - MOST_YEARS as i32 + 1).max(oldest);
        months.retain(|month| month.first.year() >= first_shown);
        let rows = (newest_year - first_shown + 1).max(1);
        let left = format.margin + YEAR_WIDTH;
        let top = MONTHS_BASELINE - theme::LINE_SPACING + CELLS_BELOW_MONTHS;
        let width = (format.right - format.margin - left) / MONTHS;
        let height = ((CELLS_BOTTOM - top) / f64::from(rows)).min(LARGEST_CELL.1);
        Self {
            left_out: (oldest < first_shown).then_some((oldest, first_shown - 1)),
            scale: Scale::new(months.iter().map(|month| month.distance_m), data.units),
            months,
            newest_year,
            as_of: data.as_of,
            cell: (width, height),
            left,
            top,
        }
    }

    pub(super) fn subtitle(&self, data: &ChartData) -> String {
        let unit = data.units.symbol();
        let first = data.days.first().map_or(data.as_of, |day| day.date);
        let range = dates::range(first, data.as_of);
        match self.left_out {
            None => format!("{unit} per month, {range}"),
            Some((from, to)) if from == to => format!("{unit} per month, {range}; {from} not shown"),
            Some((from, to)) => format!("{unit} per month, {range}; {from}–{to} not shown"),
        }
    }

    pub(super) fn draw(&self, canvas: &Canvas<'_>, units: UnitSystem) -> Drawn {
        self.draw_names(canvas)?;
        for month in &self.months {
            self.draw_month(canvas, month, units)?;
        }
        Ok(())
    }

    /// Months above, years at the left.
    fn draw_names(&self, canvas: &Canvas<'_>) -> Drawn {
        let letters = if frame::months_fit(canvas, self.cell.0) { 3 } else { 1 };
        for month in 1..=12 {
            let Some(first) = NaiveDate::from_ymd_opt(self.newest_year, month, 1) else { continue };
            let at = (self.area(first).center().0, self.top - CELLS_BELOW_MONTHS);
            let mut name = first.format("%b").to_string();
            name.truncate(letters);
            canvas.text(&name, at, theme::TICK, Align::Center)?;
        }
        let mut year = None;
        for month in &self.months {
            if year != Some(month.first.year()) {
                year = Some(month.first.year());
                let y = self.area(month.first).center().1 + theme::LABEL.em * frame::HALF_CAP_HEIGHT;
                let name = month.first.year().to_string();
                canvas.text(&name, (canvas.format().margin, y), theme::LABEL_STRONG, Align::Left)?;
            }
        }
        Ok(())
    }

    fn area(&self, first: NaiveDate) -> Area {
        let left = self.left + f64::from(first.month0()) * self.cell.0;
        let top = self.top + f64::from(self.newest_year - first.year()) * self.cell.1;
        Area { left, top, right: left + self.cell.0 - CELL_GAP, bottom: top + self.cell.1 - CELL_GAP }
    }

    /// Whether all cells have room for their numbers.
    fn is_numbered(&self, canvas: &Canvas<'_>, units: UnitSystem) -> bool {
        let most_m = self.months.iter().map(|month| month.distance_m).max().unwrap_or_default();
        let width = canvas.width(&frame::whole_number(most_m, units), theme::LABEL);
        width <= self.cell.0 - CELL_GAP && self.cell.1 - CELL_GAP >= NUMBERED_HEIGHT
    }

    fn draw_month(&self, canvas: &Canvas<'_>, month: &Month, units: UnitSystem) -> Drawn {
        let area = self.area(month.first);
        if month.distance_m > 0 {
            let shade = self.scale.shade(month.distance_m);
            canvas.fill(area, theme::SHADES[shade])?;
            let number = frame::whole_number(month.distance_m, units);
            if self.is_numbered(canvas, units) {
                let color = if shade >= DARK_SHADE { theme::PAPER } else { theme::INK };
                let (x, y) = area.center();
                let at = (x, y + theme::LABEL.em * frame::HALF_CAP_HEIGHT);
                canvas.text(&number, at, theme::LABEL.colored(color), Align::Center)?;
            }
            let words = || format!("{}: {number} {}", Step::Month.name(month.first), units.symbol());
            canvas.tip(month.first, area.center(), words);
        } else {
            canvas.outline(area, theme::EMPTY, OUTLINE)?;
        }
        if (month.first.year(), month.first.month()) == (self.as_of.year(), self.as_of.month()) {
            draw_today(canvas, area)?;
        }
        Ok(())
    }
}

/// Every month that holds one of the days.
fn months(data: &ChartData) -> Vec<Month> {
    let in_months = data
        .days
        .chunk_by(|day, next| (day.date.year(), day.date.month()) == (next.date.year(), next.date.month()));
    let month = |days: &[DayCell]| {
        let first = days.first()?.date.with_day(1)?;
        Some(Month { first, distance_m: days.iter().map(|day| day.distance_m).fold(0, i64::saturating_add) })
    };
    in_months.filter_map(month).collect()
}

#[cfg(test)]
mod tests {
    use super::{
        super::super::{Chart, draw as draw_chart, sample, sample::pixel},
        *,
    };

    #[test]
    fn a_cell_a_month_holds_all_its_days_in_its_shade() {
        let data = sample::history(520);
        let calendar = Months::new(theme::WIDE, &data);
        let total: i64 = calendar.months.iter().map(|month| month.distance_m).sum();
        assert_eq!(total, data.days.iter().map(|day| day.distance_m).sum::<i64>());
        let picture = draw_chart(Chart::TrainingCalendar, &data).unwrap();
        for month in &calendar.months {
            let area = calendar.area(month.first);
            let shade = theme::SHADES[calendar.scale.shade(month.distance_m)];
            assert_eq!(pixel(&picture, area.left + 8.0, area.top + 8.0), shade, "{}", month.first);
        }
    }

    #[test]
    fn more_years_than_have_room_are_named_as_left_out() {
        let data = sample::history(30 * 52);
        let calendar = Months::new(theme::WIDE, &data);
        assert_eq!(calendar.months.first().map(|month| month.first.year()), Some(2005));
        assert!(calendar.subtitle(&data).ends_with("; 1996–2004 not shown"), "{}", calendar.subtitle(&data));
        assert_eq!(Months::new(theme::WIDE, &sample::history(520)).left_out, None);
    }
}
