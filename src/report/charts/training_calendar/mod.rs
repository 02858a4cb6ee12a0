//! Question: on which days did I run, and how far?
//!
//! A block of weeks, a block a year, and over more than six years a cell a month ([`months`]).

mod cells;
mod marks;
mod months;
mod sums;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use plotters::style::RGBColor;

use super::data::{ChartData, DayCell};
use crate::{
    dates,
    report::charts::kit::{
        canvas::{Align, Area, Canvas, Drawn},
        frame,
        theme::{self, Format},
    },
};
use cells::{
    CELL_GAP, CELLS_BELOW_MONTHS, CELLS_BOTTOM, DARK_SHADE, DAYS_PER_WEEK, LARGEST_CELL, MONTHS_BASELINE,
    OUTLINE, Scale, WEEKDAY_WIDTH, YEAR_WIDTH, draw_today,
};
use months::Months;
use sums::{Columns, Sums};

/// Up to so many weeks stand in one block, more in a block a year.
const MOST_WEEKS_IN_A_BLOCK: i64 = 60;
/// So many weeks of a phone's block can be told apart.
const MOST_WEEKS_ON_A_PHONE: i64 = 30;
/// Columns that a year can touch.
const WEEKS_IN_A_YEAR: i64 = 54;
/// More years than this are drawn by the month.
const MOST_YEARS: usize = 6;
/// Free space between blocks.
const BLOCK_GAP: f64 = 20.0;
/// How much higher than wide a cell may be.
const STEEPEST_CELL: f64 = 1.9;
/// Rows lower than this carry fewer weekdays' names.
const LOW_ROW: f64 = 24.0;
const LOW_ROW_STEP: usize = 3;
/// Cells at least this large carry their distance.
const NUMBERED_CELL: (f64, f64) = (64.0, 40.0);
/// Where the legend of the marks stands.
const MARKS_BASELINE: f64 = theme::LEGEND_BASELINE + theme::NOTE_SPACING;
/// Free space between two months' names.
const NAME_GAP: f64 = 14.0;

/// `Training calendar: runs on 128 of 280 days`.
pub(super) fn title(data: &ChartData) -> String {
    let run = data.days.iter().filter(|day| day.distance_m > 0).count();
    if run == 0 {
        return format!("Training calendar: {}", data.no_runs());
    }
    let days = frame::counted(data.days.len(), "day", "days");
    format!("Training calendar: runs on {} of {days}", frame::number(run))
}

/// Draws the chart.
pub(super) fn draw(canvas: &Canvas<'_>, data: &ChartData) -> Drawn {
    let calendar = Calendar::new(canvas.format(), data);
    if calendar.years() > MOST_YEARS {
        return draw_by_month(canvas, data);
    }
    let sums = calendar.columns().and_then(|columns| Sums::below(columns, data));
    let sums = sums.filter(|_| canvas.format() == theme::WIDE);
    frame::draw_heading(canvas, &title(data), &calendar.subtitle(data, sums.is_some()))?;
    frame::draw_legend(canvas, &calendar.scale.legend(data, "as of"))?;
    frame::draw_legend_at(canvas, MARKS_BASELINE, &marks::legend(&data.days))?;
    for (index, block) in calendar.blocks.iter().enumerate() {
        calendar.draw_block(canvas, index, block)?;
    }
    if data.days.is_empty() {
        frame::draw_no_runs(canvas, data)?;
    }
    sums.map_or(Ok(()), |sums| sums.draw(canvas))
}

fn draw_by_month(canvas: &Canvas<'_>, data: &ChartData) -> Drawn {
    let months = Months::new(canvas.format(), data);
    frame::draw_heading(canvas, &title(data), &months.subtitle(data))?;
    frame::draw_legend(canvas, &months.scale.legend(data, "so far, up to"))?;
    months.draw(canvas, data.units)
}

/// Some weeks side by side.
struct Block<'a> {
    year: Option<i32>,
    /// First day of the first column.
    first: NaiveDate,
    days: &'a [DayCell],
}

/// Blocks, newest on top, and where their cells lie.
struct Calendar<'a> {
    blocks: Vec<Block<'a>>,
    week_start: Weekday,
    as_of: NaiveDate,
    scale: Scale,
    months_baseline: f64,
    /// Between two blocks, with room for names of months where each block has its own.
    block_gap: f64,
    left: f64,
    cell: (f64, f64),
}

impl<'a> Calendar<'a> {
    fn new(format: Format, data: &'a ChartData) -> Self {
        let week_start = data.weeks.first().map_or(Weekday::Mon, |week| week.start.weekday());
        let mut blocks = blocks(&data.days, week_start);
        let by_year = blocks.iter().any(|block| block.year.is_some());
        if format != theme::WIDE && !by_year {
            blocks = blocks.into_iter().flat_map(halves).collect();
        }
        let months_height = if by_year { 0.0 } else { 2.0 * theme::LINE_SPACING + CELLS_BELOW_MONTHS };
        let block_gap = BLOCK_GAP + months_height;
        let left = format.margin + WEEKDAY_WIDTH + if by_year { YEAR_WIDTH } else { 0.0 };
        // A single block has its years in a line above the months.
        let months_baseline = MONTHS_BASELINE - if by_year { theme::LINE_SPACING } else { 0.0 };
        let columns = if by_year { WEEKS_IN_A_YEAR } else { blocks.iter().map(columns).max().unwrap_or(1) };
        Self {
            cell: cell_size(
                format.right - format.margin - left,
                columns,
                months_baseline + CELLS_BELOW_MONTHS,
                (blocks.len(), block_gap),
            ),
            months_baseline,
            block_gap,
            blocks,
            week_start,
            as_of: data.as_of,
            scale: Scale::new(data.days.iter().map(|day| day.distance_m), data.units),
            left,
        }
    }

    fn subtitle(&self, data: &ChartData, has_sums: bool) -> String {
        let per = if has_sums { "per day, below per week" } else { "per day" };
        let unit = data.units.symbol();
        let (Some(first), Some(last)) = (data.days.first(), data.days.last()) else {
            return format!("{unit} {per}");
        };
        format!("{unit} {per}, {}", dates::range(first.date, last.date))
    }

    /// The columns of a single block of weeks.
    fn columns(&self) -> Option<Columns> {
        let [Block { year: None, first, .. }] = self.blocks.as_slice() else { return None };
        Some(Columns {
            first: *first,
            left: self.left,
            width: self.cell.0,
            bottom: self.months_baseline + CELLS_BELOW_MONTHS + DAYS_PER_WEEK as f64 * self.cell.1,
        })
    }

    /// How many blocks are years.
    fn years(&self) -> usize {
        self.blocks.iter().filter(|block| block.year.is_some()).count()
    }

    fn draw_block(&self, canvas: &Canvas<'_>, index: usize, block: &Block<'_>) -> Drawn {
        let cells_top = self.months_baseline + CELLS_BELOW_MONTHS;
        let top = cells_top + index as f64 * (DAYS_PER_WEEK as f64 * self.cell.1 + self.block_gap);
        if index == 0 || block.year.is_none() {
            self.draw_months(canvas, block, top - CELLS_BELOW_MONTHS)?;
        }
        if let Some(year) = block.year {
            let at = (canvas.format().margin, self.weekday_baseline(top, 0));
            canvas.text(&year.to_string(), at, theme::LABEL_STRONG, Align::Left)?;
        }
        self.draw_weekdays(canvas, top)?;
        for day in block.days {
            self.draw_day(canvas, self.cell_area(block, top, day.date), day)?;
        }
        Ok(())
    }

    fn draw_weekdays(&self, canvas: &Canvas<'_>, top: f64) -> Drawn {
        let step = if self.cell.1 < LOW_ROW { LOW_ROW_STEP } else { 1 };
        let weekdays = std::iter::successors(Some(self.week_start), |day| Some(day.succ()));
        for (row, weekday) in weekdays.take(DAYS_PER_WEEK as usize).enumerate().step_by(step) {
            let at = (self.left - WEEKDAY_WIDTH, self.weekday_baseline(top, row));
            canvas.text(&weekday.to_string(), at, theme::TICK, Align::Left)?;
        }
        Ok(())
    }

    fn weekday_baseline(&self, top: f64, row: usize) -> f64 {
        let middle = top + (row as f64 + 0.5) * self.cell.1 - CELL_GAP / 2.0;
        middle + theme::TICK.em * frame::HALF_CAP_HEIGHT
    }

    /// Names of months above the columns in which they start.
    fn draw_months(&self, canvas: &Canvas<'_>, block: &Block<'_>, baseline: f64) -> Drawn {
        let mut free_from = f64::MIN;
        for (date, x) in self.months(block) {
            if x < free_from {
                continue;
            }
            let name = date.format("%b").to_string();
            free_from = canvas.text(&name, (x, baseline), theme::TICK, Align::Left)? + NAME_GAP;
            if block.year.is_none() && (date.month() == 1 || date == self.months(block)[0].0) {
                let above = (x, baseline - theme::LINE_SPACING);
                canvas.text(&date.year().to_string(), above, theme::LABEL, Align::Left)?;
            }
        }
        Ok(())
    }

    /// The first shown day of each month and the left edge of its column, a cut first month only if it has room.
    fn months(&self, block: &Block<'_>) -> Vec<(NaiveDate, f64)> {
        let (from, days) = match block.year {
            Some(year) => (NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(block.first), 366),
            None => (block.days.first().map_or(block.first, |day| day.date), block.days.len()),
        };
        let dates = from.iter_days().take(days).filter(|date| *date == from || date.day() == 1);
        let dates = dates.filter(|date| block.year.is_none_or(|year| date.year() == year));
        let mut months: Vec<_> = dates.map(|date| (date, self.cell_area(block, 0.0, date).left)).collect();
        if months.len() > 1 && months[1].1 - months[0].1 < WEEKDAY_WIDTH {
            months.remove(0);
        }
        months
    }

    fn cell_area(&self, block: &Block<'_>, top: f64, date: NaiveDate) -> Area {
        let day = (date - block.first).num_days();
        let left = self.left + (day / DAYS_PER_WEEK) as f64 * self.cell.0;
        let top = top + (day % DAYS_PER_WEEK) as f64 * self.cell.1;
        Area { left, top, right: left + self.cell.0 - CELL_GAP, bottom: top + self.cell.1 - CELL_GAP }
    }

    fn draw_day(&self, canvas: &Canvas<'_>, area: Area, day: &DayCell) -> Drawn {
        if day.distance_m > 0 {
            canvas.fill(area, theme::SHADES[self.scale.shade(day.distance_m)])?;
            self.draw_number(canvas, area, day.distance_m)?;
        } else {
            canvas.outline(area, theme::EMPTY, OUTLINE)?;
        }
        let is_numbered = self.is_numbered(canvas, area, day.distance_m);
        marks::draw(canvas, area, day, (is_numbered, self.ink_on(day.distance_m)))?;
        if day.distance_m > 0 || day.other_sports().next().is_some() {
            canvas.tip(day.date, area.center(), || self.in_words(day));
        }
        if day.date == self.as_of {
            draw_today(canvas, area)?;
        }
        Ok(())
    }

    /// The distance, where cells are large enough.
    fn draw_number(&self, canvas: &Canvas<'_>, area: Area, meters: i64) -> Drawn {
        if !self.is_numbered(canvas, area, meters) {
            return Ok(());
        }
        let number = self.scale.units.number(meters);
        let (x, y) = area.center();
        let at = (x, y + theme::LABEL.em * frame::HALF_CAP_HEIGHT);
        canvas.text(&number, at, theme::LABEL.colored(self.ink_on(meters)), Align::Center)?;
        Ok(())
    }

    fn is_numbered(&self, canvas: &Canvas<'_>, area: Area, meters: i64) -> bool {
        let width = canvas.width(&self.scale.units.number(meters), theme::LABEL);
        let fits = width + NAME_GAP / 2.0 < area.width();
        meters > 0 && fits && area.width() >= NUMBERED_CELL.0 && area.height() >= NUMBERED_CELL.1
    }

    /// What can be read on the shade of a distance.
    fn ink_on(&self, meters: i64) -> RGBColor {
        let is_dark = meters > 0 && self.scale.shade(meters) >= DARK_SHADE;
        if is_dark { theme::PAPER } else { theme::INK }
    }

    /// `Sat 7 Nov 2026: 5.1 km; strength`.
    fn in_words(&self, day: &DayCell) -> String {
        let run = match day.distance_m {
            0 => "no run".to_owned(),
            meters => self.scale.units.short(meters),
        };
        let (date, year) = (dates::with_weekday(day.date), day.date.year());
        format!("{date} {year}: {run}{}", marks::in_words(day))
    }
}

/// One block, or one a year with the newest first.
fn blocks(days: &[DayCell], week_start: Weekday) -> Vec<Block<'_>> {
    let Some(first) = days.first() else { return Vec::new() };
    let whole = Block { year: None, first: week_of(first.date, week_start), days };
    if columns(&whole) <= MOST_WEEKS_IN_A_BLOCK {
        return vec![whole];
    }
    let years = days.chunk_by(|day, next| day.date.year() == next.date.year());
    let block = |days: &'_ [DayCell]| -> Option<(i32, NaiveDate)> {
        let year = days.first()?.date.year();
        Some((year, week_of(NaiveDate::from_ymd_opt(year, 1, 1)?, week_start)))
    };
    let mut blocks: Vec<_> = years
        .filter_map(|days| block(days).map(|(year, first)| Block { year: Some(year), first, days }))
        .collect();
    blocks.reverse();
    blocks
}

/// The two halves of a long block, in the order of the calendar: a phone shows no more weeks side by side.
fn halves(block: Block<'_>) -> Vec<Block<'_>> {
    let weeks = columns(&block);
    if weeks <= MOST_WEEKS_ON_A_PHONE {
        return vec![block];
    }
    let second = block.first + Days::new(((weeks + 1) / 2 * DAYS_PER_WEEK) as u64);
    let split = block.days.partition_point(|day| day.date < second);
    let (older, newer) = block.days.split_at(split);
    vec![Block { days: older, ..block }, Block { first: second, days: newer, ..block }]
}

/// The first day of a date's week.
fn week_of(date: NaiveDate, week_start: Weekday) -> NaiveDate {
    let days = date.weekday().days_since(week_start);
    date.checked_sub_days(Days::new(u64::from(days))).unwrap_or(date)
}

fn columns(block: &Block<'_>) -> i64 {
    let last = block.days.last().map_or(block.first, |day| day.date);
    (last - block.first).num_days() / DAYS_PER_WEEK + 1
}

/// Width and height of a cell, its gap included.
fn cell_size(room: f64, columns: i64, top: f64, (blocks, block_gap): (usize, f64)) -> (f64, f64) {
    let width = (room / columns as f64).min(LARGEST_CELL.0);
    let gaps = blocks.saturating_sub(1) as f64 * block_gap;
    let height = (CELLS_BOTTOM - top - gaps) / (blocks.max(1) as i64 * DAYS_PER_WEEK) as f64;
    (width, height.min(width * STEEPEST_CELL).min(LARGEST_CELL.1))
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Chart, draw as draw_chart, sample, sample::pixel},
        *,
    };

    #[test]
    fn every_day_is_a_cell_in_its_shade_or_empty() {
        let data = sample::history(40);
        let picture = draw_chart(Chart::TrainingCalendar, &data).unwrap();
        let calendar = Calendar::new(theme::WIDE, &data);
        let block = &calendar.blocks[0];
        let top = calendar.months_baseline + CELLS_BELOW_MONTHS;
        for day in &data.days {
            let (x, y) = calendar.cell_area(block, top, day.date).center();
            let shade = theme::SHADES[calendar.scale.shade(day.distance_m)];
            let expected = if day.distance_m > 0 { shade } else { theme::PAPER };
            assert_eq!(pixel(&picture, x, y), expected, "{}", day.date);
        }
    }

    #[test]
    fn a_long_history_has_a_block_a_year_with_the_newest_on_top() {
        let data = sample::history(260);
        let calendar = Calendar::new(theme::WIDE, &data);
        let years: Vec<_> = calendar.blocks.iter().filter_map(|block| block.year).collect();
        assert_eq!(years, [2026, 2025, 2024, 2023, 2022, 2021]);
        assert_eq!(calendar.subtitle(&data, false), "km per day, 29 Nov 2021 – 20 Nov 2026");
    }

    #[test]
    fn on_a_phone_a_year_stands_in_two_halves_the_earlier_one_above() {
        let data = sample::history(52);
        let calendar = Calendar::new(theme::NARROW, &data);
        assert_eq!(calendar.blocks.len(), 2);
        assert!(calendar.blocks[0].first < calendar.blocks[1].first);
        assert_eq!(calendar.blocks[1].days.last().unwrap().date, data.as_of);
    }

    #[test]
    fn weeks_start_on_the_weekday_of_the_first_week() {
        let mut data = sample::history(3);
        for week in &mut data.weeks {
            week.start = week.start.pred_opt().unwrap();
        }
        assert_eq!(Calendar::new(theme::WIDE, &data).week_start, Weekday::Sun);
        assert_eq!(Calendar::new(theme::WIDE, &data).blocks[0].first, sample::date(2026, 11, 1));
    }

    #[test]
    fn the_legend_states_the_ranges_and_one_very_long_run_does_not_bleach_the_rest() {
        let mut data = sample::history(40);
        data.days[1].distance_m = 900_000;
        let words: Vec<_> = Calendar::new(theme::WIDE, &data)
            .scale
            .legend(&data, "as of")
            .into_iter()
            .map(|(_, word)| word)
            .collect();
        let expected =
            ["no run", "under 5 km", "5–10", "10–15", "15–20", "20 km or more", "as of 20 Nov 2026"];
        assert_eq!(words, expected);
    }

    #[test]
    fn shades_grow_darker_in_greyscale_too() {
        let grey = |RGBColor(red, green, blue): RGBColor| {
            0.299 * f64::from(red) + 0.587 * f64::from(green) + 0.114 * f64::from(blue)
        };
        assert!(theme::SHADES.windows(2).all(|pair| grey(pair[0]) - grey(pair[1]) > 25.0));
    }

    #[test]
    fn days_with_another_sport_carry_a_shape_a_kind_and_the_legend_names_those_there_are() {
        let mut data = sample::history(8);
        let free = data.days.iter().position(|day| day.distance_m == 0).unwrap();
        data.days[free].others = [false, false, false, true, false];
        let words: Vec<String> = marks::legend(&data.days).into_iter().map(|(_, word)| word).collect();
        assert_eq!(words, ["strength"]);
        let picture = draw_chart(Chart::TrainingCalendar, &data).unwrap();
        let calendar = Calendar::new(theme::WIDE, &data);
        let top = calendar.months_baseline + CELLS_BELOW_MONTHS;
        let (x, y) = calendar.cell_area(&calendar.blocks[0], top, data.days[free].date).center();
        assert_eq!(pixel(&picture, x, y), theme::INK);
        assert!(calendar.in_words(&data.days[free]).ends_with(": no run; strength"));
        assert!(marks::legend(&sample::history(8).days).is_empty());
    }
}
