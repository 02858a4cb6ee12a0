//! Question: how far has each pair come, and when is it due for replacement?

use plotters::style::RGBColor;

use super::{
    canvas::{Align, Area, Canvas, Drawn},
    data::{ChartData, ShoeBar},
    frame,
    theme::{self, Type},
};
use crate::{dates, units::UnitSystem};

/// Said where no pair is known.
const NO_SHOES: &str = "No shoes set: add them with a [[shoes]] table in treadlight.toml";
/// More pairs than this are not drawn.
const MOST_PAIRS: usize = 12;
/// Where names end, bars start, bars end and states start.
const NAME_WIDTH: f64 = 440.0;
const BARS_LEFT: f64 = 530.0;
const BARS_RIGHT: f64 = 1270.0;
const STATE_LEFT: f64 = 1310.0;
/// Space between a bar and its distance.
const LABEL_GAP: f64 = 10.0;
/// Where the rows start and end at most.
const ROWS_TOP: f64 = 164.0;
const ROWS_BOTTOM: f64 = 836.0;
const TALLEST_ROW: f64 = 190.0;
const TALLEST_BAR: f64 = 56.0;
/// Share of a row that its bar takes, and how far the window reaches beyond the bar.
const BAR_SHARE: f64 = 0.56;
const WINDOW_OVERHANG: f64 = 0.15;
const EDGE: f64 = 2.0;
/// From the middle of a row to the middle of each of its two lines.
const LINE_OFFSET: f64 = 12.0;
/// The axis reaches at least this far.
const SMALLEST_AXIS_M: f64 = 100_000.0;

const NAME: Type = theme::LABEL_STRONG;
const NOTE: Type = Type { em: 20.0, bold: false, color: theme::MUTED };

/// `Shoes: 1 of 3 pairs past its replacement window`.
pub(super) fn title(data: &ChartData) -> String {
    let used: Vec<_> = data.shoes.iter().filter(|pair| !pair.retired).collect();
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

fn is_in_window(pair: &ShoeBar) -> bool {
    (pair.window_start_m..=pair.window_end_m).contains(&pair.distance_m)
}

/// Draws the chart.
///
/// Names show what DejaVu Sans has: Latin, Greek, Cyrillic, Arabic, Hebrew and many symbols. Any other
/// character (Chinese, Japanese, Korean, most emoji) becomes `□`, and right-to-left names stand left to right.
pub(super) fn draw(canvas: &Canvas<'_>, data: &ChartData) -> Drawn {
    let pairs = shown(&data.shoes);
    frame::draw_heading(canvas, &title(data), &subtitle(data, pairs.len()))?;
    let rows = Rows::new(&pairs, data);
    rows.draw_axis(canvas)?;
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
    let window = if data.shoes.is_empty() { "" } else { "; shaded: its replacement window" };
    let hidden = match data.shoes.len() - shown {
        0 => String::new(),
        hidden => format!("; {} not shown", frame::counted(hidden, "pair", "pairs")),
    };
    format!("distance of each pair up to {as_of}{window}{hidden}")
}

/// As many pairs as fit, in settings order; retired ones give way first.
fn shown(shoes: &[ShoeBar]) -> Vec<&ShoeBar> {
    let used = shoes.iter().filter(|pair| !pair.retired).count();
    let mut room_for_retired = MOST_PAIRS.saturating_sub(used);
    let fits = |pair: &&ShoeBar| {
        let kept = !pair.retired || room_for_retired > 0;
        room_for_retired -= usize::from(pair.retired && kept);
        kept
    };
    shoes.iter().filter(fits).take(MOST_PAIRS).collect()
}

/// Whether there is a row for what was run in no known pair: always, if there are no pairs.
fn shows_unassigned(data: &ChartData) -> bool {
    data.unassigned_m > 0 || data.shoes.is_empty()
}

fn is_past(pair: &ShoeBar) -> bool {
    !pair.retired && pair.distance_m > pair.window_end_m
}

/// The rows and their common scale.
struct Rows {
    units: UnitSystem,
    highest: f64,
    count: usize,
    height: f64,
    bottom: f64,
}

impl Rows {
    fn new(pairs: &[&ShoeBar], data: &ChartData) -> Self {
        let ends = pairs.iter().map(|pair| pair.distance_m.max(pair.window_end_m));
        let highest_m = ends.chain([data.unassigned_m]).max().unwrap_or_default() as f64;
        let count = pairs.len() + usize::from(shows_unassigned(data));
        let height = ((ROWS_BOTTOM - ROWS_TOP) / count as f64).min(TALLEST_ROW);
        Self {
            units: data.units,
            highest: data.units.from_meters(highest_m.max(SMALLEST_AXIS_M)),
            count,
            height,
            bottom: ROWS_TOP + count as f64 * height,
        }
    }

    /// Where a distance lies, with room for a label right of the highest one.
    fn x(&self, meters: i64) -> f64 {
        self.x_of(self.units.from_meters(meters.max(0) as f64))
    }

    fn x_of(&self, value: f64) -> f64 {
        BARS_LEFT + value / self.highest * (BARS_RIGHT - BARS_LEFT)
    }

    fn middle(&self, index: usize) -> f64 {
        ROWS_TOP + (index as f64 + 0.5) * self.height
    }

    fn bar(&self, index: usize, from_m: i64, to_m: i64) -> Area {
        let half = (self.height * BAR_SHARE).min(TALLEST_BAR) / 2.0;
        let (top, bottom) = (self.middle(index) - half, self.middle(index) + half);
        Area { left: self.x(from_m), right: self.x(to_m), top, bottom }
    }

    fn draw_axis(&self, canvas: &Canvas<'_>) -> Drawn {
        for index in 1..self.count {
            let y = ROWS_TOP + index as f64 * self.height;
            canvas.level(theme::MARGIN, f64::from(theme::WIDTH) - theme::MARGIN, y, theme::GRID, 1.5)?;
        }
        let mut free_from = f64::MIN;
        for tick in frame::ticks(self.highest) {
            let x = self.x_of(tick);
            canvas.upright(x, ROWS_TOP, self.bottom, theme::GRID, 1.5)?;
            let label = frame::tick_label(tick, self.units, self.highest);
            if x - canvas.width(&label, theme::TICK) / 2.0 >= free_from {
                let at = (x, self.bottom + theme::TICK.em + 14.0);
                free_from = canvas.text(&label, at, theme::TICK, Align::Center)? + LABEL_GAP;
            }
        }
        canvas.upright(BARS_LEFT, ROWS_TOP, self.bottom, theme::AXIS, 2.0)
    }

    fn draw_pair(&self, canvas: &Canvas<'_>, index: usize, pair: &ShoeBar) -> Drawn {
        let [name, note] = if pair.retired { [NAME.colored(theme::MUTED), NOTE] } else { [NAME, NOTE] };
        self.draw_lines(
            canvas,
            index,
            theme::MARGIN,
            NAME_WIDTH,
            [(&pair.name, name), (&pair.forecast, note)],
        )?;
        let state = if pair.retired { "retired" } else { &pair.state_label };
        let state_type = NAME.colored(if is_past(pair) { theme::WARN } else { name.color });
        let width = f64::from(theme::WIDTH) - theme::MARGIN / 2.0 - STATE_LEFT;
        let window = format!("window {}", pair.window_label);
        let lines = [(state, state_type), (&*window, note)];
        self.draw_lines(canvas, index, STATE_LEFT, width, lines)?;
        self.draw_window(canvas, index, pair)?;
        self.draw_bar(canvas, index, pair)
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

    fn draw_window(&self, canvas: &Canvas<'_>, index: usize, pair: &ShoeBar) -> Drawn {
        let bar = self.bar(index, pair.window_start_m, pair.window_end_m.max(pair.window_start_m));
        let overhang = self.height * WINDOW_OVERHANG;
        let window = Area { top: bar.top - overhang, bottom: bar.bottom + overhang, ..bar };
        canvas.fill(window, theme::WINDOW)?;
        canvas.upright(window.left, window.top, window.bottom, theme::WINDOW_EDGE, EDGE)?;
        canvas.upright(window.right, window.top, window.bottom, theme::WINDOW_EDGE, EDGE)
    }

    fn draw_bar(&self, canvas: &Canvas<'_>, index: usize, pair: &ShoeBar) -> Drawn {
        let bar = self.bar(index, 0, pair.distance_m);
        canvas.fill(bar, if pair.retired { theme::RETIRED } else { theme::RUN })?;
        if is_past(pair) {
            let past = self.bar(index, pair.window_end_m, pair.distance_m);
            canvas.fill(past, theme::WARN)?;
            canvas.upright(past.left, past.top, past.bottom, theme::PAPER, EDGE)?;
        }
        if pair.retired {
            return draw_distance(canvas, &[bar], &pair.distance_label, theme::LABEL, theme::INK);
        }
        let rest = Area { right: bar.right.min(self.x(pair.window_end_m)), ..bar };
        let past = Area { left: rest.right, ..bar };
        draw_distance(canvas, &[past, rest], &pair.distance_label, theme::LABEL_STRONG, theme::PAPER)
    }

    fn draw_unassigned(&self, canvas: &Canvas<'_>, index: usize, data: &ChartData) -> Drawn {
        let name = ("in no known pair", NAME.colored(theme::MUTED));
        self.draw_lines(canvas, index, theme::MARGIN, NAME_WIDTH, [name, ("", NOTE)])?;
        let bar = self.bar(index, 0, data.unassigned_m);
        canvas.fill(bar, theme::UNASSIGNED)?;
        let label = data.units.whole(data.unassigned_m);
        draw_distance(canvas, &[bar], &label, theme::LABEL, theme::INK)
    }
}

/// At the end of the last part of a bar that has room for it, or right of the bar. `parts` start at its end.
fn draw_distance(canvas: &Canvas<'_>, parts: &[Area], label: &str, style: Type, inside: RGBColor) -> Drawn {
    let needed = canvas.width(label, style) + 2.0 * LABEL_GAP;
    let Some(end) = parts.first() else { return Ok(()) };
    let baseline = end.center().1 + style.em * frame::HALF_CAP_HEIGHT;
    let (x, style, align) = match parts.iter().find(|part| part.width() > needed) {
        Some(part) => (part.right - LABEL_GAP, style.colored(inside), Align::Right),
        None => (end.right + LABEL_GAP, style, Align::Left),
    };
    canvas.text(label, (x, baseline), style, align)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Chart, draw as draw_chart, sample, sample::pixel},
        *,
    };

    fn data(shoes: Vec<ShoeBar>) -> ChartData {
        ChartData { shoes, unassigned_m: 84_000, ..sample::one_run() }
    }

    #[test]
    fn each_pair_is_a_bar_in_front_of_its_window() {
        let data = data(sample::pairs());
        let picture = draw_chart(Chart::Shoes, &data).unwrap();
        let rows = Rows::new(&shown(&data.shoes), &data);
        let fills = [theme::RUN, theme::RUN, theme::RUN, theme::RETIRED, theme::UNASSIGNED];
        for (index, fill) in fills.into_iter().enumerate() {
            assert_eq!(pixel(&picture, BARS_LEFT + 10.0, rows.middle(index)), fill, "row {index}");
        }
        let ghost = rows.bar(1, data.shoes[1].window_start_m, data.shoes[1].window_end_m);
        assert_eq!(pixel(&picture, ghost.center().0, ghost.center().1), theme::WINDOW);
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
    fn retired_pairs_give_way_when_there_are_too_many() {
        let shoes: Vec<_> = (0..20).map(|index| sample::pair(&index.to_string(), 100, index < 9)).collect();
        let shown = shown(&shoes);
        assert_eq!(shown.len(), MOST_PAIRS);
        assert_eq!(shown.iter().filter(|pair| pair.retired).count(), 1);
        assert!(subtitle(&data(shoes.clone()), 12).ends_with("; 8 pairs not shown"));
    }

    #[test]
    fn rows_of_twelve_pairs_and_the_rest_end_above_the_axis() {
        let data = data((0..12).map(|index| sample::pair("Pair", index * 70, false)).collect());
        let rows = Rows::new(&shown(&data.shoes), &data);
        assert!(rows.height > 2.0 * theme::LABEL.em + 4.0);
        assert!(rows.bottom <= ROWS_BOTTOM + 0.01);
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
