//! What charts share around their plots: title lines, legend, labels at the right edge, how numbers are written.

use plotters::style::RGBColor;

use super::{
    canvas::{self, Align, Area, Canvas, Drawn},
    labels::spread,
    theme::{self, Type},
};
use crate::{dates, report::charts::data::ChartData, units::UnitSystem};

/// Space between a swatch and its word, and between two entries of a legend.
const SWATCH_GAP: f64 = 10.0;
const ENTRY_GAP: f64 = 36.0;
/// Space between a plot and the label right of it.
const SIDE_GAP: f64 = 14.0;
/// Free pixels for the lines that tie labels to ends.
const LEADER: f64 = 16.0;
/// Side of a legend's box.
pub(crate) const SWATCH: f64 = 20.0;
/// How far the middle of lower-case letters stands above the baseline, in ems.
const HALF_X_HEIGHT: f64 = 0.28;
/// How far the middle of digits and capitals stands above the baseline, in ems.
pub(crate) const HALF_CAP_HEIGHT: f64 = 0.36;

/// Title and subtitle; a long title shrinks before it is cut. A page that sets them itself gets them instead.
pub(crate) fn draw_heading(canvas: &Canvas<'_>, title: &str, subtitle: &str) -> Drawn {
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
pub(crate) fn draw_fitted(canvas: &Canvas<'_>, text: &str, baseline: f64, style: Type) -> Drawn {
    let width = f64::from(theme::WIDTH) - 2.0 * theme::MARGIN;
    let text = canvas.shortened(text, style, width);
    canvas.text(&text, (theme::MARGIN, baseline), style, Align::Left)?;
    Ok(())
}

/// A sentence in the middle of an empty plot.
pub(crate) fn draw_message(canvas: &Canvas<'_>, text: &str) -> Drawn {
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

/// `No runs up to 20 Nov 2026`, or since when.
pub(crate) fn draw_no_runs(canvas: &Canvas<'_>, data: &ChartData) -> Drawn {
    if data.knows_runs() {
        return draw_message(canvas, &data.no_runs().replacen('n', "N", 1));
    }
    draw_message(canvas, &format!("No runs up to {}", dates::long(data.as_of)))
}

/// Free space right of a plot that is labelled there: the margin and the widest of some lines.
pub(crate) fn side_width(canvas: &Canvas<'_>, lines: &[(String, Type)]) -> f64 {
    let widest = lines.iter().map(|(text, style)| canvas.width(text, *style)).fold(0.0, f64::max);
    canvas.format().margin + if lines.is_empty() { 0.0 } else { SIDE_GAP + widest }
}

/// Lines right of a point, the first one centred on it.
pub(crate) fn draw_side_label(canvas: &Canvas<'_>, (x, y): (f64, f64), lines: &[(String, Type)]) -> Drawn {
    let extra = lines.len() as f64 * theme::LINE_SPACING - theme::LINE_SPACING / 2.0;
    let mut baseline = baseline_at(y.min(theme::PLOT_BOTTOM - extra), theme::LABEL);
    for (text, style) in lines {
        canvas.text(text, (x + SIDE_GAP, baseline), *style, Align::Left)?;
        baseline += theme::LINE_SPACING;
    }
    Ok(())
}

/// One line right of each line's end, moved apart, tied to it by a thin line where it stands elsewhere.
pub(crate) fn draw_end_labels(canvas: &Canvas<'_>, plot: Area, ends: &[((f64, f64), String, Type)]) -> Drawn {
    let wanted: Vec<f64> = ends.iter().map(|((_, y), ..)| *y).collect();
    let half = theme::LINE_SPACING / 2.0;
    let heights = spread(&wanted, (plot.top + half, plot.bottom - half));
    for ((end, text, style), height) in ends.iter().zip(heights) {
        let label = (plot.right + SIDE_GAP + LEADER, height);
        let moved = (height - end.1).abs() > 1.0 || plot.right - end.0 > LEADER;
        if moved {
            let corner = (plot.right.max(end.0), end.1);
            canvas.path(&[*end, corner, (label.0 - 3.0, height)], theme::AXIS, theme::GRID_LINE)?;
        }
        canvas.text(text, (label.0, baseline_at(height, *style)), *style, Align::Left)?;
    }
    Ok(())
}

/// Free space right of a plot whose lines are labelled at their ends.
pub(crate) fn end_width(canvas: &Canvas<'_>, ends: &[(String, Type)]) -> f64 {
    side_width(canvas, ends) + LEADER
}

/// Whether months of so many pixels have room for three letters.
pub(crate) fn months_fit(canvas: &Canvas<'_>, width: f64) -> bool {
    canvas.width("Mar ", theme::TICK) < width
}

/// What stands before a word of the legend.
#[derive(Clone, Copy)]
pub(crate) enum Swatch {
    Box(RGBColor),
    Framed {
        fill: RGBColor,
        frame: RGBColor,
        width: f64,
    },
    Dot(RGBColor),
    Triangle(RGBColor),
    Line(RGBColor),
    /// A light of the knee diary, drawn by its chart.
    Mark(fn(&Canvas<'_>, (f64, f64), f64) -> Drawn),
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
            Self::Mark(draw) => draw(canvas, area.center(), 0.4 * SWATCH),
        }
    }
}

/// The legend's line under the title lines.
pub(crate) fn draw_legend(canvas: &Canvas<'_>, entries: &[(Swatch, String)]) -> Drawn {
    draw_legend_at(canvas, theme::LEGEND_BASELINE, entries)
}

/// A legend's line on another baseline.
pub(crate) fn draw_legend_at(canvas: &Canvas<'_>, baseline: f64, entries: &[(Swatch, String)]) -> Drawn {
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

/// Lines between heading and legend; a page sets them behind the subtitle.
pub(crate) fn draw_notes(canvas: &Canvas<'_>, notes: &[String]) -> Drawn {
    let mut baseline = theme::SUBTITLE_BASELINE;
    for note in notes {
        baseline += theme::NOTE_SPACING;
        if !canvas.keeps_note(note) {
            draw_fitted(canvas, note, baseline, theme::SUBTITLE)?;
        }
    }
    Ok(())
}

/// `1 run`, `2 runs`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

/// `2,982`.
pub(crate) fn number(count: usize) -> String {
    grouped(count as f64)
}

/// `1,520 km`.
pub(crate) fn whole(meters: i64, units: UnitSystem) -> String {
    format!("{} {}", whole_number(meters, units), units.symbol())
}

/// `1,520`.
pub(crate) fn whole_number(meters: i64, units: UnitSystem) -> String {
    grouped(units.from_meters(meters as f64))
}

/// `12,500`.
pub(crate) fn grouped(number: f64) -> String {
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

/// Where a line of text stands so that its small letters are centred on `y`.
pub(crate) fn baseline_at(y: f64, style: Type) -> f64 {
    y + style.em * HALF_X_HEIGHT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1_000, 2_982_123].map(number), ["0", "999", "1,000", "2,982,123"]);
        assert_eq!([counted(1, "run", "runs"), counted(1_200, "run", "runs")], ["1 run", "1,200 runs"]);
    }
}
