//! The rows of the shoes chart: a line of text left and right, in between the life of a pair against its window.

use chrono::NaiveDate;

use super::{
    super::data::{ChartData, ShoeLife},
    span::{EDGE, days_ahead, first_day, is_past, shows_unassigned},
};
use crate::report::charts::kit::{
    canvas::{Align, Area, Canvas, Drawn},
    frame,
    plot::Plot,
    theme::{self, Format, Type},
};

/// Where the parts of a row lie.
#[derive(Clone, Copy)]
struct Layout {
    left: f64,
    right: f64,
    name_width: f64,
    lines_left: f64,
    lines_right: f64,
    state_left: f64,
    /// Height of the texts where they stand above the lines, not beside them.
    texts_above: f64,
}

impl Layout {
    const WIDE: Self = Self {
        left: theme::MARGIN,
        right: theme::WIDTH as f64 - theme::MARGIN,
        name_width: 400.0,
        lines_left: 480.0,
        lines_right: 1240.0,
        state_left: 1264.0,
        texts_above: 0.0,
    };

    fn on(format: Format) -> Self {
        if format == theme::WIDE {
            return Self::WIDE;
        }
        let (left, right) = (format.margin, format.right - format.margin);
        Self {
            left,
            right,
            name_width: right - STATE_WIDTH - left - COLUMN_GAP,
            lines_left: left,
            lines_right: right,
            state_left: right - STATE_WIDTH,
            texts_above: 2.0 * theme::LINE_SPACING + TEXT_GAP,
        }
    }

    /// Lines under their texts need more than lines beside them.
    fn lowest_row(self) -> f64 {
        if self.texts_above > 0.0 { self.texts_above + LOWEST_LINES } else { 0.0 }
    }

    /// Room for what is said of the state.
    fn state_width(self) -> f64 {
        let beyond = if self.texts_above > 0.0 { 0.0 } else { theme::MARGIN / 2.0 };
        self.right + beyond - self.state_left
    }
}

/// Free space between a name and a state above the same lines, and around both.
const COLUMN_GAP: f64 = 16.0;
/// Room for a state above the lines.
const STATE_WIDTH: f64 = 264.0;
const TEXT_GAP: f64 = 10.0;
/// Height of the lines under their texts, at least.
const LOWEST_LINES: f64 = 50.0;
/// Where the rows start and end at most.
const ROWS_TOP: f64 = 196.0;
pub(super) const ROWS_BOTTOM: f64 = 804.0;
const TALLEST_ROW: f64 = 190.0;
/// Share of a row that stays free above and below its lines.
const FREE_SHARE: f64 = 0.14;
/// Width of the line of a life.
const LIFE: f64 = 3.5;
/// Radius of the dot for today, and half the height of the mark for an end.
const DOT: f64 = 6.0;
const END: f64 = 10.0;
/// Points closer than this are drawn as one.
const CLOSEST: f64 = 1.0;
/// From the middle of a row to the middle of each of its two lines of text.
const LINE_OFFSET: f64 = 12.0;

const NAME: Type = theme::LABEL_STRONG;
const NOTE: Type = theme::NOTE;

/// The rows and the dates that they share.
pub(super) struct Rows {
    pub(super) dates: Plot,
    as_of: NaiveDate,
    count: usize,
    pub(super) height: f64,
    layout: Layout,
}

/// Where the distances of a row lie.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    pub(super) area: Area,
    highest_m: i64,
}

impl Scale {
    pub(super) fn y(self, meters: i64) -> f64 {
        let share = meters.clamp(0, self.highest_m) as f64 / self.highest_m as f64;
        self.area.bottom - share * self.area.height()
    }
}

impl Rows {
    pub(super) fn new(format: Format, pairs: &[&ShoeLife], data: &ChartData) -> Self {
        let layout = Layout::on(format);
        let count = pairs.len() + usize::from(shows_unassigned(data));
        let height =
            ((ROWS_BOTTOM - ROWS_TOP) / count.max(1) as f64).min(TALLEST_ROW).max(layout.lowest_row());
        let first = first_day(pairs, data);
        let behind = (data.as_of - first).num_days();
        let bottom = ROWS_TOP + count.max(1) as f64 * height;
        let area = Area { left: layout.lines_left, right: layout.lines_right, top: ROWS_TOP, bottom };
        let days = behind + days_ahead(pairs, data, behind) + 1;
        let dates = Plot::of_dates(area, first, days, data.units);
        Self { dates, as_of: data.as_of, count, height, layout }
    }

    /// The end of a day.
    pub(super) fn x(&self, date: NaiveDate) -> f64 {
        self.dates.x(self.dates.day(date) + 1.0).clamp(self.layout.lines_left, self.layout.lines_right)
    }

    fn top(&self, index: usize) -> f64 {
        ROWS_TOP + index as f64 * self.height
    }

    fn middle(&self, index: usize) -> f64 {
        self.top(index) + self.height / 2.0
    }

    pub(super) fn scale(&self, index: usize, highest_m: i64) -> Scale {
        let Layout { lines_left, lines_right, texts_above, .. } = self.layout;
        let above = texts_above.min(self.height / 2.0);
        let free = (self.height - above) * FREE_SHARE;
        let (top, bottom) = (self.top(index) + above + free, self.top(index) + self.height - free);
        Scale {
            area: Area { left: lines_left, right: lines_right, top, bottom },
            highest_m: highest_m.max(1),
        }
    }

    pub(super) fn of_pair(&self, index: usize, pair: &ShoeLife) -> Scale {
        self.scale(index, pair.window_end_m.max(pair.distance_m))
    }

    pub(super) fn draw_frame(&self, canvas: &Canvas<'_>) -> Drawn {
        for index in 1..self.count {
            let y = self.top(index);
            canvas.level(self.layout.left, self.layout.right, y, theme::GRID, theme::GRID_LINE)?;
        }
        let today = self.x(self.as_of);
        if self.layout.texts_above > 0.0 {
            for index in 0..self.count {
                let Area { top, bottom, .. } = self.scale(index, 1).area;
                canvas.upright(today, top, bottom, theme::EMPTY, theme::GRID_LINE)?;
            }
        } else {
            canvas.upright(today, ROWS_TOP, self.dates.area.bottom, theme::EMPTY, theme::GRID_LINE)?;
        }
        self.dates.draw_dates(canvas, 1)
    }

    pub(super) fn draw_pair(&self, canvas: &Canvas<'_>, index: usize, pair: &ShoeLife) -> Drawn {
        let retired = pair.retired.is_some();
        let name = if retired { NAME.colored(theme::MUTED) } else { NAME };
        let lines = [(&*pair.name, name), (&*pair.forecast, NOTE)];
        self.draw_lines(canvas, index, self.layout.left, self.layout.name_width, lines)?;
        let state = if retired { "retired" } else { &pair.state_label };
        let state = format!("{}, {state}", pair.distance_label);
        let state_type = NAME.colored(if is_past(pair) { theme::WARN } else { name.color });
        let width = self.layout.state_width();
        let window = format!("window {}", pair.window_label);
        self.draw_lines(
            canvas,
            index,
            self.layout.state_left,
            width,
            [(&*state, state_type), (&*window, NOTE)],
        )?;
        self.draw_window(canvas, index, pair)?;
        self.draw_fan(canvas, index, pair)?;
        self.draw_life(canvas, index, pair)
    }

    /// One or two lines, centred on the row.
    fn draw_lines(
        &self,
        canvas: &Canvas<'_>,
        index: usize,
        left: f64,
        width: f64,
        lines: [(&str, Type); 2],
    ) -> Drawn {
        let offset = if lines[1].0.is_empty() { 0.0 } else { LINE_OFFSET };
        let middle = if self.layout.texts_above > 0.0 {
            self.top(index) + (self.layout.texts_above / 2.0).min(self.height / 4.0) + TEXT_GAP / 2.0
        } else {
            self.middle(index)
        };
        for ((text, style), offset) in lines.into_iter().zip([-offset, offset]) {
            let text = canvas.shortened(text, style, width);
            let baseline = frame::baseline_at(middle + offset, style);
            canvas.text(&text, (left, baseline), style, Align::Left)?;
        }
        Ok(())
    }

    /// The window, from the pair's first day to its last or to the right edge.
    fn draw_window(&self, canvas: &Canvas<'_>, index: usize, pair: &ShoeLife) -> Drawn {
        let scale = self.of_pair(index, pair);
        let left = pair.line.first().map_or(self.layout.lines_left, |(date, _)| self.x(*date));
        let right = pair.retired.map_or(self.layout.lines_right, |retired| self.x(retired));
        let (top, bottom) = (scale.y(pair.window_end_m), scale.y(pair.window_start_m));
        canvas.fill(Area { left, right, top, bottom }, theme::WINDOW)?;
        canvas.level(left, right, top, theme::WINDOW_EDGE, EDGE)?;
        canvas.level(left, right, bottom, theme::WINDOW_EDGE, EDGE)
    }

    /// From today's distance to the limit, between the early and the late date, cut at the right edge.
    fn draw_fan(&self, canvas: &Canvas<'_>, index: usize, pair: &ShoeLife) -> Drawn {
        let Some(fan) = pair.fan else { return Ok(()) };
        let scale = self.of_pair(index, pair);
        let today = (self.x(self.as_of), scale.y(pair.distance_m));
        let edge = |date: NaiveDate| {
            let x = self.dates.x(self.dates.day(date) + 1.0);
            let share = ((self.layout.lines_right - today.0) / (x - today.0).max(1.0)).min(1.0);
            let y = scale.y(fan.limit_m);
            (today.0 + share * (x - today.0), today.1 + share * (y - today.1))
        };
        let (early, late) = (edge(fan.early), edge(fan.late));
        let corner = (late.0, early.1);
        canvas.polygon(&[today, early, corner, late], theme::RUN_LIGHT)?;
        canvas.path(&[today, early], theme::RUN, EDGE)?;
        canvas.path(&[today, late], theme::RUN, EDGE)
    }

    fn draw_life(&self, canvas: &Canvas<'_>, index: usize, pair: &ShoeLife) -> Drawn {
        let scale = self.of_pair(index, pair);
        let color = if pair.retired.is_some() { theme::AXIS } else { theme::RUN };
        let points = self.points(scale, &pair.line, pair.retired.unwrap_or(self.as_of));
        canvas.path(&points, color, LIFE)?;
        let Some(end) = points.last().copied() else { return Ok(()) };
        if pair.retired.is_some() {
            return canvas.upright(end.0, end.1 - END, end.1 + END, theme::MUTED, LIFE);
        }
        if is_past(pair) {
            let limit = scale.y(pair.window_end_m);
            canvas.path(&part_above(&points, limit), theme::WARN, LIFE + 1.0)?;
        }
        canvas.dot(end, DOT, &if is_past(pair) { theme::WARN } else { theme::RUN_DARK })
    }

    /// A line of distances up to its last day; points that fall together are one.
    fn points(&self, scale: Scale, line: &[(NaiveDate, i64)], last: NaiveDate) -> Vec<(f64, f64)> {
        let mut points: Vec<(f64, f64)> = Vec::new();
        for (date, meters) in line {
            let point = (self.x(*date), scale.y(*meters));
            let is_apart = |(x, y): &(f64, f64)| point.0 - x >= CLOSEST || y - point.1 >= CLOSEST;
            match points.last_mut() {
                Some(before) if !is_apart(before) => *before = point,
                _ => points.push(point),
            }
        }
        let end = points.last().map(|(_, y)| (self.x(last), *y));
        points.extend(end.filter(|end| points.last().is_some_and(|last| end.0 - last.0 >= CLOSEST)));
        points
    }

    pub(super) fn draw_unassigned(&self, canvas: &Canvas<'_>, index: usize, data: &ChartData) -> Drawn {
        let name = ("in no known pair", NAME.colored(theme::MUTED));
        self.draw_lines(canvas, index, self.layout.left, self.layout.name_width, [name, ("", NOTE)])?;
        let label = data.units.whole(data.unassigned_m);
        let width = self.layout.state_width();
        let label = (&*label, NAME.colored(theme::MUTED));
        self.draw_lines(canvas, index, self.layout.state_left, width, [label, ("", NOTE)])?;
        let scale = self.scale(index, data.unassigned_m);
        let mut corners = self.points(scale, &data.unassigned, self.as_of);
        if let (Some(first), Some(last)) = (corners.first().copied(), corners.last().copied()) {
            corners.extend([(last.0, scale.area.bottom), (first.0, scale.area.bottom)]);
            canvas.polygon(&corners, theme::GRID)?;
            canvas.path(&corners[..corners.len() - 2], theme::UNASSIGNED, LIFE)?;
        }
        Ok(())
    }
}

/// The part of a growing line that lies above a level.
pub(super) fn part_above(points: &[(f64, f64)], level: f64) -> Vec<(f64, f64)> {
    let above = points.partition_point(|(_, y)| *y > level);
    let crossing = above.checked_sub(1).and_then(|below| points.get(below)).zip(points.get(above)).map(
        |((x0, y0), (x1, y1))| {
            let share = if y0 > y1 { (y0 - level) / (y0 - y1) } else { 0.0 };
            (x0 + share * (x1 - x0), level)
        },
    );
    crossing.into_iter().chain(points[above..].iter().copied()).collect()
}
