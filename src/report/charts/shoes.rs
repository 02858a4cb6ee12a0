//! Question: how has the distance of each pair grown, and when is it due for replacement?
//!
//! A row a pair, all over the same dates, each against its own window: so racing pairs and everyday ones can be read side by
//! side, and no label meets another.

use chrono::{Days, NaiveDate};

use super::{
    canvas::{Align, Area, Canvas, Drawn},
    data::{ChartData, ShoeLife},
    frame::{self, Plot, Swatch},
    theme::{self, Type},
};
use crate::dates;

/// Said where no pair is known.
const NO_SHOES: &str = "No shoes set: add them with a [[shoes]] table in treadlight.toml";
/// More pairs than this are not drawn.
const MOST_PAIRS: usize = 12;
/// Where names end, lines start, lines end and states start.
const NAME_WIDTH: f64 = 400.0;
const LINES_LEFT: f64 = 480.0;
const LINES_RIGHT: f64 = 1240.0;
const STATE_LEFT: f64 = 1264.0;
/// Where the rows start and end at most.
const ROWS_TOP: f64 = 196.0;
const ROWS_BOTTOM: f64 = 804.0;
const TALLEST_ROW: f64 = 190.0;
/// Share of a row that stays free above and below its lines.
const FREE_SHARE: f64 = 0.14;
/// Widths of the lines of a life and of the edges of its window.
const LIFE: f64 = 3.5;
const EDGE: f64 = 1.5;
/// Radius of the dot for today, and half the height of the mark for an end.
const DOT: f64 = 6.0;
const END: f64 = 10.0;
/// Points closer than this are drawn as one.
const CLOSEST: f64 = 1.0;
/// From the middle of a row to the middle of each of its two lines of text.
const LINE_OFFSET: f64 = 12.0;
/// Days shown where nothing was run, and days behind today at least.
const SHORTEST_DAYS: u64 = 28;
const LEAST_AHEAD_DAYS: i64 = 14;
/// Forecasts take up to this share of the days shown before today, or so many days.
const AHEAD_SHARE: f64 = 0.35;
const AHEAD_DAYS: i64 = 90;

const NAME: Type = theme::LABEL_STRONG;
const NOTE: Type = Type { em: 20.0, bold: false, color: theme::MUTED };

/// `Shoes: 1 of 3 pairs past its replacement window`.
pub(super) fn title(data: &ChartData) -> String {
    let used: Vec<_> = data.shoes.iter().filter(|pair| pair.retired.is_none()).collect();
    let past = used.iter().filter(|pair| pair.distance_m > pair.window_end_m).count();
    let within = used.iter().filter(|pair| is_in_window(pair)).count();
    let pairs = frame::counted(used.len(), "pair", "pairs");
    match (used.len(), past, within) {
        (0, ..) if data.shoes.is_empty() => "Shoes: none set".to_owned(),
        (0, ..) => "Shoes: every pair retired".to_owned(),
        (1, 0, 0) => "Shoes: 1 pair in use, not yet in its replacement window".to_owned(),
        (_, 0, 0) => format!("Shoes: {pairs} in use, none in its replacement window yet"),
        (_, 0, _) => format!("Shoes: {within} of {pairs} in {} replacement window", its(within)),
        _ => format!("Shoes: {past} of {pairs} past {} replacement window", its(past)),
    }
}

fn its(count: usize) -> &'static str {
    if count == 1 { "its" } else { "their" }
}

fn is_in_window(pair: &ShoeLife) -> bool {
    (pair.window_start_m..=pair.window_end_m).contains(&pair.distance_m)
}

/// Draws the chart.
///
/// Names show what DejaVu Sans has: Latin, Greek, Cyrillic, Arabic, Hebrew and many symbols. Any other
/// character (Chinese, Japanese, Korean, most emoji) becomes `□`, and right-to-left names stand left to right.
pub(super) fn draw(canvas: &Canvas<'_>, data: &ChartData) -> Drawn {
    let pairs = shown(data);
    frame::draw_heading(canvas, &title(data), &subtitle(data, pairs.len()))?;
    let rows = Rows::new(&pairs, data);
    rows.draw_frame(canvas)?;
    frame::draw_legend(canvas, &legend(&pairs, data))?;
    for (index, pair) in pairs.iter().enumerate() {
        rows.draw_pair(canvas, index, pair)?;
    }
    if shows_unassigned(data) {
        rows.draw_unassigned(canvas, pairs.len(), data)?;
    }
    if data.shoes.is_empty() {
        frame::draw_message(canvas, NO_SHOES)?;
    }
    Ok(())
}

fn subtitle(data: &ChartData, shown: usize) -> String {
    let as_of = dates::long(data.as_of);
    let hidden = match data.shoes.len() - shown {
        0 => String::new(),
        hidden => format!("; {} not shown", frame::counted(hidden, "pair", "pairs")),
    };
    format!("distance of each pair up to {as_of}, each row to its own scale{hidden}")
}

fn legend(pairs: &[&ShoeLife], data: &ChartData) -> Vec<(Swatch, String)> {
    let mut entries = Vec::new();
    let mut explain = |is_there: bool, swatch, text: &str| {
        if is_there {
            entries.push((swatch, text.to_owned()));
        }
    };
    let window = Swatch::Framed { fill: theme::WINDOW, frame: theme::WINDOW_EDGE, width: EDGE };
    explain(pairs.iter().any(|pair| pair.retired.is_none()), Swatch::Line(theme::RUN), "run in it");
    explain(pairs.iter().any(|pair| pair.retired.is_some()), Swatch::Line(theme::AXIS), "retired");
    explain(!pairs.is_empty(), window, "replacement window");
    explain(pairs.iter().any(|pair| is_past(pair)), Swatch::Line(theme::WARN), "past it");
    let fan = "at the pace of the last eight weeks";
    explain(pairs.iter().any(|pair| pair.fan.is_some()), Swatch::Box(theme::RUN_LIGHT), fan);
    explain(data.unassigned_m > 0, Swatch::Line(theme::UNASSIGNED), "in no known pair");
    entries
}

/// As many pairs as fit, in settings order, without those that were retired before the first day shown; retired ones
/// give way first.
fn shown(data: &ChartData) -> Vec<&ShoeLife> {
    let first = first_day(data);
    let alive = || data.shoes.iter().filter(|pair| pair.retired.is_none_or(|retired| retired >= first));
    let used = alive().filter(|pair| pair.retired.is_none()).count();
    let mut room_for_retired = MOST_PAIRS.saturating_sub(used);
    let fits = |pair: &&ShoeLife| {
        let retired = pair.retired.is_some();
        let kept = !retired || room_for_retired > 0;
        room_for_retired -= usize::from(retired && kept);
        kept
    };
    alive().filter(fits).take(MOST_PAIRS).collect()
}

/// The first day of the charts, or the first on which a pair was worn if that is later.
fn first_day(data: &ChartData) -> NaiveDate {
    let earliest = data.as_of.checked_sub_days(Days::new(SHORTEST_DAYS)).unwrap_or(data.as_of);
    let lines = data.shoes.iter().map(|pair| &pair.line).chain([&data.unassigned]);
    let begun = lines.filter_map(|line| line.first()).map(|(date, _)| *date).min();
    let shown_from = data.weeks.first().map_or(earliest, |week| week.week_start);
    begun.map_or(earliest, |begun| begun.max(shown_from)).min(earliest)
}

/// Days from today to the right edge: to the last forecast, but no further than the past can bear.
fn days_ahead(pairs: &[&ShoeLife], data: &ChartData, days_behind: i64) -> i64 {
    let last = pairs.iter().filter_map(|pair| pair.fan).map(|fan| (fan.late - data.as_of).num_days()).max();
    let most = AHEAD_DAYS.max((days_behind as f64 * AHEAD_SHARE) as i64);
    last.unwrap_or_default().clamp(LEAST_AHEAD_DAYS, most)
}

/// Whether there is a row for what was run in no known pair: always, if there are no pairs.
fn shows_unassigned(data: &ChartData) -> bool {
    data.unassigned_m > 0 || data.shoes.is_empty()
}

fn is_past(pair: &ShoeLife) -> bool {
    pair.retired.is_none() && pair.distance_m > pair.window_end_m
}

/// The rows and the dates that they share.
struct Rows {
    dates: Plot,
    as_of: NaiveDate,
    count: usize,
    height: f64,
}

/// Where the distances of a row lie.
#[derive(Clone, Copy)]
struct Scale {
    area: Area,
    highest_m: i64,
}

impl Scale {
    fn y(self, meters: i64) -> f64 {
        let share = meters.clamp(0, self.highest_m) as f64 / self.highest_m as f64;
        self.area.bottom - share * self.area.height()
    }
}

impl Rows {
    fn new(pairs: &[&ShoeLife], data: &ChartData) -> Self {
        let count = pairs.len() + usize::from(shows_unassigned(data));
        let height = ((ROWS_BOTTOM - ROWS_TOP) / count.max(1) as f64).min(TALLEST_ROW);
        let first = first_day(data);
        let behind = (data.as_of - first).num_days();
        let bottom = ROWS_TOP + count.max(1) as f64 * height;
        let area = Area { left: LINES_LEFT, right: LINES_RIGHT, top: ROWS_TOP, bottom };
        let days = behind + days_ahead(pairs, data, behind) + 1;
        let dates = Plot::of_dates(area, first, days, data.units);
        Self { dates, as_of: data.as_of, count, height }
    }

    /// The end of a day.
    fn x(&self, date: NaiveDate) -> f64 {
        self.dates.x(self.dates.day(date) + 1.0).clamp(LINES_LEFT, LINES_RIGHT)
    }

    fn top(&self, index: usize) -> f64 {
        ROWS_TOP + index as f64 * self.height
    }

    fn middle(&self, index: usize) -> f64 {
        self.top(index) + self.height / 2.0
    }

    fn scale(&self, index: usize, highest_m: i64) -> Scale {
        let free = self.height * FREE_SHARE;
        let (top, bottom) = (self.top(index) + free, self.top(index) + self.height - free);
        Scale {
            area: Area { left: LINES_LEFT, right: LINES_RIGHT, top, bottom },
            highest_m: highest_m.max(1),
        }
    }

    fn of_pair(&self, index: usize, pair: &ShoeLife) -> Scale {
        self.scale(index, pair.window_end_m.max(pair.distance_m))
    }

    fn draw_frame(&self, canvas: &Canvas<'_>) -> Drawn {
        for index in 1..self.count {
            let y = self.top(index);
            canvas.level(theme::MARGIN, f64::from(theme::WIDTH) - theme::MARGIN, y, theme::GRID, 1.5)?;
        }
        let today = self.x(self.as_of);
        canvas.upright(today, ROWS_TOP, self.dates.area.bottom, theme::EMPTY, 1.5)?;
        self.dates.draw_dates(canvas, 1)
    }

    fn draw_pair(&self, canvas: &Canvas<'_>, index: usize, pair: &ShoeLife) -> Drawn {
        let retired = pair.retired.is_some();
        let name = if retired { NAME.colored(theme::MUTED) } else { NAME };
        let lines = [(&*pair.name, name), (&*pair.forecast, NOTE)];
        self.draw_lines(canvas, index, theme::MARGIN, NAME_WIDTH, lines)?;
        let state = if retired { "retired" } else { &pair.state_label };
        let state = format!("{}, {state}", pair.distance_label);
        let state_type = NAME.colored(if is_past(pair) { theme::WARN } else { name.color });
        let width = f64::from(theme::WIDTH) - theme::MARGIN / 2.0 - STATE_LEFT;
        let window = format!("window {}", pair.window_label);
        self.draw_lines(canvas, index, STATE_LEFT, width, [(&*state, state_type), (&*window, NOTE)])?;
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
        for ((text, style), offset) in lines.into_iter().zip([-offset, offset]) {
            let text = canvas.shortened(text, style, width);
            let baseline = frame::baseline_at(self.middle(index) + offset, style);
            canvas.text(&text, (left, baseline), style, Align::Left)?;
        }
        Ok(())
    }

    /// The window, from the pair's first day to its last or to the right edge.
    fn draw_window(&self, canvas: &Canvas<'_>, index: usize, pair: &ShoeLife) -> Drawn {
        let scale = self.of_pair(index, pair);
        let left = pair.line.first().map_or(LINES_LEFT, |(date, _)| self.x(*date));
        let right = pair.retired.map_or(LINES_RIGHT, |retired| self.x(retired));
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
            let share = ((LINES_RIGHT - today.0) / (x - today.0).max(1.0)).min(1.0);
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

    fn draw_unassigned(&self, canvas: &Canvas<'_>, index: usize, data: &ChartData) -> Drawn {
        let name = ("in no known pair", NAME.colored(theme::MUTED));
        self.draw_lines(canvas, index, theme::MARGIN, NAME_WIDTH, [name, ("", NOTE)])?;
        let label = data.units.whole(data.unassigned_m);
        let width = f64::from(theme::WIDTH) - theme::MARGIN / 2.0 - STATE_LEFT;
        let label = (&*label, NAME.colored(theme::MUTED));
        self.draw_lines(canvas, index, STATE_LEFT, width, [label, ("", NOTE)])?;
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
fn part_above(points: &[(f64, f64)], level: f64) -> Vec<(f64, f64)> {
    let above = points.partition_point(|(_, y)| *y > level);
    let crossing = above.checked_sub(1).and_then(|below| points.get(below)).zip(points.get(above)).map(
        |((x0, y0), (x1, y1))| {
            let share = if y0 > y1 { (y0 - level) / (y0 - y1) } else { 0.0 };
            (x0 + share * (x1 - x0), level)
        },
    );
    crossing.into_iter().chain(points[above..].iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Chart, draw as draw_chart, sample, sample::pixel},
        *,
    };

    fn data(shoes: Vec<ShoeLife>) -> ChartData {
        let unassigned = vec![(sample::date(2026, 3, 1), 20_000), (sample::date(2026, 6, 1), 84_000)];
        ChartData { shoes, unassigned_m: 84_000, unassigned, ..sample::history(60) }
    }

    #[test]
    fn each_pair_is_a_growing_line_in_front_of_its_window() {
        let data = data(sample::pairs());
        let picture = draw_chart(Chart::Shoes, &data).unwrap();
        let pairs = shown(&data);
        let rows = Rows::new(&pairs, &data);
        for (index, pair) in pairs.iter().enumerate() {
            let (date, meters) = pair.line[20];
            let at = (rows.x(date), rows.of_pair(index, pair).y(meters));
            let color = if pair.retired.is_some() { theme::AXIS } else { theme::RUN };
            assert_eq!(pixel(&picture, at.0, at.1), color, "row {index}");
        }
        let scale = rows.of_pair(1, pairs[1]);
        let in_window = (pairs[1].window_start_m + pairs[1].window_end_m) / 2;
        assert_eq!(pixel(&picture, rows.x(pairs[1].line[20].0), scale.y(in_window)), theme::WINDOW);
        let unassigned = rows.scale(4, data.unassigned_m);
        let end = (rows.x(data.as_of) - 6.0, unassigned.y(data.unassigned_m));
        assert_eq!(pixel(&picture, end.0, end.1), theme::UNASSIGNED);
        assert_eq!(pixel(&picture, end.0, unassigned.area.center().1), theme::GRID);
    }

    #[test]
    fn the_forecast_is_a_fan_from_today_to_the_limit() {
        let data = data(vec![sample::pair("Ghost", 320, false)]);
        let picture = draw_chart(Chart::Shoes, &data).unwrap();
        let pairs = shown(&data);
        let rows = Rows::new(&pairs, &data);
        let fan = pairs[0].fan.unwrap();
        let between = fan.early + Days::new(4);
        let y = rows.of_pair(0, pairs[0]).y(fan.limit_m - 40_000);
        assert_eq!(pixel(&picture, rows.x(between), y), theme::RUN_LIGHT);
    }

    #[test]
    fn only_a_pair_past_its_window_is_marked() {
        let past = draw_chart(Chart::Shoes, &data(vec![sample::pair("Pegasus", 620, false)])).unwrap();
        assert!(sample::count(&past, theme::WARN) > 300);
        let fine = [sample::pair("Ghost", 221, false), sample::pair("Old", 900, true)];
        let fine = draw_chart(Chart::Shoes, &data(fine.to_vec())).unwrap();
        assert_eq!(sample::count(&fine, theme::WARN), 0);
    }

    #[test]
    fn the_part_above_a_level_starts_where_the_line_crosses_it() {
        let line = [(0.0, 100.0), (10.0, 60.0), (20.0, 20.0)];
        assert_eq!(part_above(&line, 40.0), [(15.0, 40.0), (20.0, 20.0)]);
        assert_eq!(part_above(&line, 0.0), []);
    }

    #[test]
    fn retired_pairs_give_way_when_there_are_too_many() {
        let shoes: Vec<_> = (0..20).map(|index| sample::pair(&index.to_string(), 100, index < 9)).collect();
        let data = data(shoes);
        let shown = shown(&data);
        assert_eq!(shown.len(), MOST_PAIRS);
        assert_eq!(shown.iter().filter(|pair| pair.retired.is_some()).count(), 1);
        assert!(subtitle(&data, 12).ends_with("; 8 pairs not shown"));
    }

    #[test]
    fn pairs_retired_before_the_first_day_shown_are_left_out_and_counted() {
        let mut old = sample::pair("Old", 400, true);
        old.retired = Some(sample::date(2020, 1, 1));
        old.line = vec![(sample::date(2025, 12, 1), 600_000)];
        let data = data(vec![old, sample::pair("Ghost", 221, false)]);
        assert_eq!(shown(&data).len(), 1);
        assert!(subtitle(&data, 1).ends_with("; 1 pair not shown"));
    }

    #[test]
    fn rows_of_twelve_pairs_and_the_rest_end_above_the_axis() {
        let data = data((0..12).map(|index| sample::pair("Pair", index * 70, false)).collect());
        let rows = Rows::new(&shown(&data), &data);
        assert!(rows.height > 2.0 * theme::LABEL.em + 4.0);
        assert!(rows.dates.area.bottom <= ROWS_BOTTOM + 0.01);
    }

    #[test]
    fn the_title_says_the_worst_that_is_true() {
        let title = |miles: &[i64]| {
            super::title(&data(miles.iter().map(|&miles| sample::pair("", miles, false)).collect()))
        };
        assert_eq!(title(&[]), "Shoes: none set");
        assert_eq!(title(&[100]), "Shoes: 1 pair in use, not yet in its replacement window");
        assert_eq!(title(&[100, 9]), "Shoes: 2 pairs in use, none in its replacement window yet");
        assert_eq!(title(&[100, 350]), "Shoes: 1 of 2 pairs in its replacement window");
        assert_eq!(title(&[100, 350, 512, 600]), "Shoes: 2 of 4 pairs past their replacement window");
    }
}
