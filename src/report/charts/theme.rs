//! One look for every chart: sizes, palette, spacing.
//!
//! The colours stay apart for colour-blind eyes and in greyscale, and none of them speaks alone: whatever a
//! colour says is said by a shape or a word too.

use plotters::style::RGBColor;

/// Pixels of a chart.
pub(super) const WIDTH: u32 = 1600;
/// Pixels of a chart.
pub(super) const HEIGHT: u32 = 900;

/// Free space left and right of everything.
pub(super) const MARGIN: f64 = 60.0;
/// Baselines of the three lines above a plot.
pub(super) const TITLE_BASELINE: f64 = 82.0;
pub(super) const SUBTITLE_BASELINE: f64 = 122.0;
pub(super) const LEGEND_BASELINE: f64 = 172.0;
/// Where plots start and end.
pub(super) const PLOT_TOP: f64 = 206.0;
pub(super) const PLOT_BOTTOM: f64 = 796.0;
/// From one baseline to the next inside a label.
pub(super) const LINE_SPACING: f64 = 27.0;

pub(super) const PAPER: RGBColor = RGBColor(255, 255, 255);
pub(super) const INK: RGBColor = RGBColor(27, 39, 51);
pub(super) const MUTED: RGBColor = RGBColor(88, 102, 116);
pub(super) const GRID: RGBColor = RGBColor(228, 232, 237);
/// The frame of an empty cell.
pub(super) const EMPTY: RGBColor = RGBColor(207, 214, 222);
pub(super) const AXIS: RGBColor = RGBColor(148, 160, 172);
/// What was run.
pub(super) const RUN: RGBColor = RGBColor(52, 115, 173);
/// The same, where only the outline of a total is meant.
pub(super) const RUN_LIGHT: RGBColor = RGBColor(173, 206, 233);
/// The part that counts most.
pub(super) const RUN_DARK: RGBColor = RGBColor(24, 79, 134);
/// A warning: always with a triangle or a word.
pub(super) const WARN: RGBColor = RGBColor(194, 65, 12);
/// A replacement window and its edges.
pub(super) const WINDOW: RGBColor = RGBColor(246, 232, 203);
pub(super) const WINDOW_EDGE: RGBColor = RGBColor(201, 162, 75);
/// Distance that belongs to nothing.
pub(super) const UNASSIGNED: RGBColor = RGBColor(142, 153, 165);
/// From little to much.
pub(super) const SHADES: [RGBColor; 5] = [
    RGBColor(217, 232, 245),
    RGBColor(165, 203, 231),
    RGBColor(99, 160, 211),
    RGBColor(40, 110, 174),
    RGBColor(10, 56, 108),
];

/// A kind of text: size in pixels per em, weight, colour.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub(super) em: f64,
    pub(super) bold: bool,
    pub(super) color: RGBColor,
}

impl Type {
    /// The same in another colour.
    pub(super) const fn colored(self, color: RGBColor) -> Self {
        Self { color, ..self }
    }

    /// The same in another size.
    pub(super) const fn sized(self, em: f64) -> Self {
        Self { em, ..self }
    }
}

pub(super) const TITLE: Type = Type { em: 36.0, bold: true, color: INK };
pub(super) const SUBTITLE: Type = Type { em: 23.0, bold: false, color: MUTED };
pub(super) const LEGEND: Type = Type { em: 21.0, bold: false, color: INK };
pub(super) const LABEL: Type = Type { em: 21.0, bold: false, color: INK };
pub(super) const LABEL_STRONG: Type = Type { em: 21.0, bold: true, color: INK };
pub(super) const TICK: Type = Type { em: 21.0, bold: false, color: MUTED };
pub(super) const MESSAGE: Type = Type { em: 26.0, bold: false, color: MUTED };
/// The smallest size a title shrinks to before it is cut.
pub(super) const TITLE_SMALLEST_EM: f64 = 26.0;
