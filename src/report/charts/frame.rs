//! What charts share: title lines, legend, value axis, date axis.

use chrono::{Datelike, Days, Months, NaiveDate};
use plotters::{
    coord::{CoordTranslate, cartesian::Cartesian2d, types::RangedCoordf64},
    style::RGBColor,
};

use super::{
    canvas::{self, Align, Area, Canvas, Drawn, OVERSAMPLING},
    theme::{self, Type},
};
use crate::{dates, units::UnitSystem};

/// Space between a swatch and its word, and between two entries of a legend.
const SWATCH_GAP: f64 = 10.0;
const ENTRY_GAP: f64 = 36.0;
/// Space between a plot and the label right of it.
const SIDE_GAP: f64 = 14.0;
/// Side of a legend's box.
pub(super) const SWATCH: f64 = 20.0;
/// How far the middle of lower-case letters stands above the baseline, in ems.
const HALF_X_HEIGHT: f64 = 0.28;
/// How far the middle of digits and capitals stands above the baseline, in ems.
pub(super) const HALF_CAP_HEIGHT: f64 = 0.36;

/// Title and subtitle; a long title shrinks before it is cut. A page that sets them itself gets them instead.
pub(super) fn draw_heading(canvas: &Canvas<'_>, title: &str, subtitle: &str) -> Drawn {
    if canvas.keeps_heading(title, subtitle) {
        return Ok(());
    }
    let width = f64::from(theme::WIDTH) - 2.0 * theme::MARGIN;
    let needed = canvas.width(title, theme::TITLE);
    let em = (theme::TITLE.em * (width / needed).min(1.0)).floor().max(theme::TITLE_SMALLEST_EM);
    draw_fitted(canvas, title, theme::TITLE_BASELINE, theme::TITLE.sized(em))?;
    draw_fitted(canvas, subtitle, theme::SUBTITLE_BASELINE, theme::SUBTITLE)
}

/// A line across the sheet, cut where it is too long.
pub(super) fn draw_fitted(canvas: &Canvas<'_>, text: &str, baseline: f64, style: Type) -> Drawn {
    let width = f64::from(theme::WIDTH) - 2.0 * theme::MARGIN;
    let text = canvas.shortened(text, style, width);
    canvas.text(&text, (theme::MARGIN, baseline), style, Align::Left)?;
    Ok(())
}

/// A sentence in the middle of an empty plot.
pub(super) fn draw_message(canvas: &Canvas<'_>, text: &str) -> Drawn {
    let x = canvas.format().right / 2.0;
    let y = (theme::PLOT_TOP + theme::PLOT_BOTTOM) / 2.0;
    let room = canvas.format().right - 2.0 * canvas.format().margin;
    let share = (room / canvas.width(text, theme::MESSAGE)).min(1.0);
    let style = theme::MESSAGE.sized((theme::MESSAGE.em * share).floor());
    let half = canvas.width(text, style) / 2.0;
    let area = Area { left: x - half, right: x + half, top: y, bottom: y };
    canvas.fill(area.grown(style.em), theme::PAPER)?;
    canvas.text(text, (x, y + style.em * HALF_X_HEIGHT), style, Align::Center)?;
    Ok(())
}

/// Free space right of a plot that is labelled there: the margin and the widest of some lines.
pub(super) fn side_width(canvas: &Canvas<'_>, lines: &[(String, Type)]) -> f64 {
    let widest = lines.iter().map(|(text, style)| canvas.width(text, *style)).fold(0.0, f64::max);
    canvas.format().margin + if lines.is_empty() { 0.0 } else { SIDE_GAP + widest }
}

/// Lines right of a point, the first one centred on it.
pub(super) fn draw_side_label(canvas: &Canvas<'_>, (x, y): (f64, f64), lines: &[(String, Type)]) -> Drawn {
    let extra = lines.len() as f64 * theme::LINE_SPACING - theme::LINE_SPACING / 2.0;
    let mut baseline = baseline_at(y.min(theme::PLOT_BOTTOM - extra), theme::LABEL);
    for (text, style) in lines {
        canvas.text(text, (x + SIDE_GAP, baseline), *style, Align::Left)?;
        baseline += theme::LINE_SPACING;
    }
    Ok(())
}

/// What stands before a word of the legend.
#[derive(Clone, Copy)]
pub(super) enum Swatch {
    Box(RGBColor),
    Framed { fill: RGBColor, frame: RGBColor, width: f64 },
    Dot(RGBColor),
    Triangle(RGBColor),
    Line(RGBColor),
}

impl Swatch {
    fn width(self) -> f64 {
        match self {
            Self::Line(_) => 2.0 * SWATCH,
            Self::Dot(_) => SWATCH * 0.6,
            _ => SWATCH,
        }
    }

    fn draw(self, canvas: &Canvas<'_>, left: f64, middle: f64) -> Drawn {
        let half = SWATCH / 2.0;
        let area = Area { left, right: left + self.width(), top: middle - half, bottom: middle + half };
        match self {
            Self::Box(color) => canvas.fill(area, color),
            Self::Framed { fill, frame, width } => {
                canvas.fill(area, fill)?;
                canvas.outline(area, frame, width)
            }
            Self::Dot(color) => canvas.dot(area.center(), area.width() / 2.0, &color),
            Self::Triangle(color) => canvas.triangle((area.center().0, area.bottom - 1.0), SWATCH, color),
            Self::Line(color) => canvas.level(area.left, area.right, middle, color, 3.0),
        }
    }
}

/// The legend's line under the title lines.
pub(super) fn draw_legend(canvas: &Canvas<'_>, entries: &[(Swatch, String)]) -> Drawn {
    draw_legend_at(canvas, theme::LEGEND_BASELINE, entries)
}

/// A legend's line on another baseline.
pub(super) fn draw_legend_at(canvas: &Canvas<'_>, baseline: f64, entries: &[(Swatch, String)]) -> Drawn {
    if canvas.is_shapes() {
        return keep_legend(canvas, entries);
    }
    let mut x = theme::MARGIN;
    for (swatch, word) in entries {
        let middle = baseline - theme::LEGEND.em * HALF_CAP_HEIGHT;
        swatch.draw(canvas, x, middle)?;
        let at = (x + swatch.width() + SWATCH_GAP, baseline);
        x = canvas.text(word, at, theme::LEGEND, Align::Left)? + ENTRY_GAP;
    }
    Ok(())
}

/// The legend for the page: each swatch as shapes of its own.
fn keep_legend(canvas: &Canvas<'_>, entries: &[(Swatch, String)]) -> Drawn {
    for (swatch, word) in entries {
        let drawn = canvas::shapes(theme::WIDE, |sheet| swatch.draw(sheet, 0.0, SWATCH / 2.0))?;
        canvas.keep_entry(swatch.width(), drawn.svg, word);
    }
    Ok(())
}

/// A line between heading and legend.
pub(super) fn draw_note(canvas: &Canvas<'_>, note: &str, baseline: f64) -> Drawn {
    if canvas.keeps_note(note) {
        return Ok(());
    }
    draw_fitted(canvas, note, baseline, theme::SUBTITLE)
}

/// `1 run`, `2 runs`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

/// `2,982`.
pub(super) fn number(count: usize) -> String {
    grouped(count as f64)
}

/// What stands on a value axis.
#[derive(Clone, Copy)]
enum Scale {
    Distance(UnitSystem),
    Number,
}

/// A plot of distances, or of plain numbers, over days.
pub(super) struct Plot {
    /// The plot without its labels.
    pub(super) area: Area,
    coord: Cartesian2d<RangedCoordf64, RangedCoordf64>,
    first: NaiveDate,
    days: i64,
    scale: Scale,
    highest: f64,
}

/// What a plot has to hold.
pub(super) struct Extent {
    pub(super) first: NaiveDate,
    /// Days from the left edge to the right one, at least 1.
    pub(super) days: i64,
    pub(super) highest_m: i64,
    /// Free pixels above the highest value, for labels.
    pub(super) headroom: f64,
    /// Free pixels right of the plot, the margin included.
    pub(super) right: f64,
}

/// The value axis reaches at least this far, in the runner's units.
const SMALLEST_AXIS: f64 = 5.0;
/// Space between the plot and the numbers at its left.
const TICK_GAP: f64 = 16.0;
/// About so many grid lines.
const GRID_LINES: f64 = 6.0;

impl Plot {
    pub(super) fn new(canvas: &Canvas<'_>, extent: &Extent, units: UnitSystem) -> Self {
        let needed = units.from_meters(extent.highest_m.max(0) as f64);
        let vertical = (theme::PLOT_TOP, theme::PLOT_BOTTOM);
        Self::between(canvas, extent, vertical, needed, Scale::Distance(units))
    }

    /// A plot of plain numbers up to `needed`, from `top` to `bottom`; the extent's distance is not asked for.
    pub(super) fn of_numbers(
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
    pub(super) fn strip(&self, (top, bottom): (f64, f64), highest: f64) -> Self {
        let area = Area { top, bottom, ..self.area };
        let coord = Cartesian2d::new(0.0..self.days as f64, 0.0..highest, device_ranges(area));
        Self { area, coord, first: self.first, days: self.days, scale: Scale::Number, highest }
    }

    /// An axis of dates alone, under an area of one's own.
    pub(super) fn of_dates(area: Area, first: NaiveDate, days: i64, units: UnitSystem) -> Self {
        let days = days.max(1);
        let coord = Cartesian2d::new(0.0..days as f64, 0.0..1.0, device_ranges(area));
        Self { area, coord, first, days, scale: Scale::Distance(units), highest: 1.0 }
    }

    /// Days since the left edge.
    pub(super) fn day(&self, date: NaiveDate) -> f64 {
        (date - self.first).num_days() as f64
    }

    /// Where a day starts.
    pub(super) fn x(&self, day: f64) -> f64 {
        f64::from(self.coord.translate(&(day, 0.0)).0) / f64::from(OVERSAMPLING)
    }

    /// Where a distance lies.
    pub(super) fn y(&self, meters: i64) -> f64 {
        let meters = meters.max(0) as f64;
        self.y_of(match self.scale {
            Scale::Distance(units) => units.from_meters(meters),
            Scale::Number => meters,
        })
    }

    /// A distance in the plot's units.
    pub(super) fn short(&self, meters: i64) -> String {
        match self.scale {
            Scale::Distance(units) => units.short(meters),
            Scale::Number => grouped(meters as f64),
        }
    }

    /// Where a number of the value axis lies.
    pub(super) fn y_of(&self, value: f64) -> f64 {
        f64::from(self.coord.translate(&(0.0, value.max(0.0))).1) / f64::from(OVERSAMPLING)
    }

    /// Grid lines with their numbers; the unit stands at the highest one.
    pub(super) fn draw_values(&self, canvas: &Canvas<'_>) -> Drawn {
        for tick in ticks(self.highest) {
            self.draw_value(canvas, tick)?;
        }
        Ok(())
    }

    /// One grid line with its number.
    pub(super) fn draw_value(&self, canvas: &Canvas<'_>, value: f64) -> Drawn {
        let y = self.y_of(value);
        canvas.level(self.area.left, self.area.right, y, theme::GRID, 1.5)?;
        let at = (self.area.left - TICK_GAP, y + theme::TICK.em * HALF_CAP_HEIGHT);
        canvas.text(&self.scale.label(value, self.highest), at, theme::TICK, Align::Right)?;
        Ok(())
    }

    /// The base line with dates under it, one a `unit` of days at most, in the middle of that unit.
    pub(super) fn draw_dates(&self, canvas: &Canvas<'_>, unit: u64) -> Drawn {
        canvas.level(self.area.left, self.area.right, self.area.bottom, theme::AXIS, 2.0)?;
        let step = DateStep::fitting(self.days, self.area.width(), unit);
        let shift = if matches!(step, DateStep::Days(_)) { unit as f64 / 2.0 } else { 0.0 };
        let mut year = None;
        for date in step.dates(self.first, self.days) {
            let x = self.x(self.day(date) + shift);
            if shift == 0.0 {
                canvas.upright(x, self.area.bottom, self.area.bottom + 8.0, theme::AXIS, 2.0)?;
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
        let baseline = self.area.bottom + theme::TICK.em + 14.0;
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
pub(super) fn ticks(highest: f64) -> Vec<f64> {
    let rough = highest / GRID_LINES;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= rough).unwrap_or(10.0) * power;
    let count = (highest / step).floor() as i32;
    (0..=count).map(|index| f64::from(index) * step).collect()
}

/// `40`, at the highest grid line `60 km`.
pub(super) fn tick_label(tick: f64, units: UnitSystem, highest: f64) -> String {
    let is_last = ticks(highest).last() == Some(&tick);
    let number = grouped(tick);
    if is_last { format!("{number} {}", units.symbol()) } else { number }
}

/// `12,500`.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// How far apart the dates of an axis are.
#[derive(Clone, Copy, Debug, PartialEq)]
enum DateStep {
    Days(u64),
    Months(u32),
}

/// Pixels that `22 Nov` needs, and `Nov` or `2026`.
const DAY_WIDTH: f64 = 110.0;
const MONTH_WIDTH: f64 = 84.0;
/// Days of a month, to choose a step.
const DAYS_PER_MONTH: f64 = 30.44;
/// No axis has more dates than this.
const MOST_DATES: usize = 40;

impl DateStep {
    const LADDER: [Self; 12] = [
        Self::Days(1),
        Self::Days(2),
        Self::Days(7),
        Self::Days(14),
        Self::Months(1),
        Self::Months(3),
        Self::Months(6),
        Self::Months(12),
        Self::Months(24),
        Self::Months(60),
        Self::Months(120),
        Self::Months(600),
    ];

    /// The finest step, no finer than `unit` days, whose labels do not touch.
    fn fitting(days: i64, width: f64, unit: u64) -> Self {
        let per_day = width / days as f64;
        let fits = |step: &Self| step.days() >= unit as f64 && step.days() * per_day >= step.label_width();
        Self::LADDER.into_iter().find(fits).unwrap_or(Self::Months(600))
    }

    fn days(self) -> f64 {
        match self {
            Self::Days(days) => days as f64,
            Self::Months(months) => f64::from(months) * DAYS_PER_MONTH,
        }
    }

    fn label_width(self) -> f64 {
        if matches!(self, Self::Days(_)) { DAY_WIDTH } else { MONTH_WIDTH }
    }

    /// The dates on an axis of so many days.
    fn dates(self, first: NaiveDate, days: i64) -> Vec<NaiveDate> {
        let start = match self {
            Self::Days(_) => Some(first),
            Self::Months(months) => month_start(first, months),
        };
        let fits = |date: &NaiveDate| (*date - first).num_days() < days;
        std::iter::successors(start, |date| self.after(*date))
            .skip_while(|date| *date < first)
            .take_while(fits)
            .take(MOST_DATES)
            .collect()
    }

    fn after(self, date: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => date.checked_add_days(Days::new(days)),
            Self::Months(months) => date.checked_add_months(Months::new(months)),
        }
    }

    fn needs_year(self) -> bool {
        !matches!(self, Self::Months(months) if months >= 12)
    }

    fn label(self, date: NaiveDate) -> String {
        match self {
            Self::Days(_) => dates::short(date),
            Self::Months(months) if months < 12 => date.format("%b").to_string(),
            Self::Months(_) => date.year().to_string(),
        }
    }
}

/// The first of the month that a step of so many months counts from.
fn month_start(date: NaiveDate, months: u32) -> Option<NaiveDate> {
    let years = (months / 12).max(1) as i32;
    let year = date.year() - date.year().rem_euclid(years);
    let month0 = if months < 12 { date.month0() - date.month0() % months } else { 0 };
    NaiveDate::from_ymd_opt(year, month0 + 1, 1)
}

/// Where a line of text stands so that its small letters are centred on `y`.
pub(super) fn baseline_at(y: f64, style: Type) -> f64 {
    y + style.em * HALF_X_HEIGHT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn labels(first: NaiveDate, days: i64, unit: u64) -> Vec<String> {
        let step = DateStep::fitting(days, 1400.0, unit);
        step.dates(first, days).into_iter().map(|date| step.label(date)).collect()
    }

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

    #[test]
    fn dates_are_days_then_months_then_years_the_longer_the_axis() {
        assert_eq!(labels(date(2026, 11, 2), 21, 7), ["2 Nov", "9 Nov", "16 Nov"]);
        assert_eq!(labels(date(2026, 2, 16), 90, 1).first().map(String::as_str), Some("16 Feb"));
        assert_eq!(labels(date(2026, 2, 16), 280, 7)[..2], ["Mar", "Apr"]);
        assert_eq!(labels(date(2011, 12, 12), 15 * 365, 7)[..2], ["2012", "2013"]);
        assert!(labels(date(1, 1, 1), 900_000, 1).len() <= MOST_DATES);
    }

    #[test]
    fn a_range_of_dates_says_nothing_twice() {
        assert_eq!(dates::range(date(2026, 3, 2), date(2026, 3, 2)), "2 Mar 2026");
        assert_eq!(dates::range(date(2026, 3, 2), date(2026, 3, 8)), "2–8 Mar 2026");
        assert_eq!(dates::range(date(2026, 3, 2), date(2026, 11, 18)), "2 Mar – 18 Nov 2026");
        assert_eq!(dates::range(date(2019, 3, 2), date(2026, 11, 18)), "2 Mar 2019 – 18 Nov 2026");
    }
}
