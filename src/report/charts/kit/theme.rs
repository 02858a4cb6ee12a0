//! One look for every chart: sizes, palette, spacing.
//!
//! The colours stay apart for colour-blind eyes and in greyscale, and none of them speaks alone: whatever a
//! colour says is said by a shape or a word too.

use plotters::style::RGBColor;

/// Pixels of a chart.
pub(crate) const WIDTH: u32 = 1600;
/// Pixels of a chart.
pub(crate) const HEIGHT: u32 = 900;

/// Free space left and right of everything.
pub(crate) const MARGIN: f64 = 60.0;
/// Baselines of the three lines above a plot.
pub(crate) const TITLE_BASELINE: f64 = 82.0;
pub(crate) const SUBTITLE_BASELINE: f64 = 122.0;
pub(crate) const LEGEND_BASELINE: f64 = 172.0;
/// From the subtitle to each line of notes, and from the last of two notes to the legend and to the plot.
pub(crate) const NOTE_SPACING: f64 = 31.0;
pub(crate) const NOTED_LEGEND_BASELINE: f64 = 229.0;
pub(crate) const NOTED_PLOT_TOP: f64 = 258.0;
/// Where plots start and end.
pub(crate) const PLOT_TOP: f64 = 206.0;
pub(crate) const UNLEGENDED_PLOT_TOP: f64 = 164.0;
pub(crate) const PLOT_BOTTOM: f64 = 796.0;
/// Space between a plot and the dates under it.
pub(crate) const TICK_DROP: f64 = 14.0;
/// From one baseline to the next inside a label.
pub(crate) const LINE_SPACING: f64 = 27.0;

/// Widths of grid lines and of whatever only leads the eye, and of base lines.
pub(crate) const GRID_LINE: f64 = 1.5;
pub(crate) const AXIS_LINE: f64 = 2.0;
/// How large a sheet is, in chart pixels: letters and lines are as large on each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Format {
    /// The right edge.
    pub(crate) right: f64,
    /// The lower edge.
    pub(crate) bottom: f64,
    /// Free space left and right of everything.
    pub(crate) margin: f64,
}

/// The picture, and the page on a desktop.
pub(crate) const WIDE: Format = Format { right: WIDTH as f64, bottom: HEIGHT as f64, margin: MARGIN };
/// The page on a phone, which has a margin of its own, and goes on downwards.
pub(crate) const NARROW: Format = Format { right: 600.0, bottom: 2.0 * HEIGHT as f64, margin: 6.0 };

pub(crate) const PAPER: RGBColor = RGBColor(255, 255, 255);
pub(crate) const INK: RGBColor = RGBColor(27, 39, 51);
pub(crate) const MUTED: RGBColor = RGBColor(88, 102, 116);
pub(crate) const GRID: RGBColor = RGBColor(228, 232, 237);
/// The frame of an empty cell.
pub(crate) const EMPTY: RGBColor = RGBColor(207, 214, 222);
pub(crate) const AXIS: RGBColor = RGBColor(148, 160, 172);
/// What lies below a limit, where the limit is too jagged for a line.
pub(crate) const BELOW: RGBColor = RGBColor(241, 244, 247);
/// What was run.
pub(crate) const RUN: RGBColor = RGBColor(52, 115, 173);
/// The same, where only the outline of a total is meant.
pub(crate) const RUN_LIGHT: RGBColor = RGBColor(173, 206, 233);
/// The part that counts most.
pub(crate) const RUN_DARK: RGBColor = RGBColor(24, 79, 134);
/// A warning: always with a triangle or a word.
pub(crate) const WARN: RGBColor = RGBColor(194, 65, 12);
/// A replacement window and its edges.
pub(crate) const WINDOW: RGBColor = RGBColor(246, 232, 203);
pub(crate) const WINDOW_EDGE: RGBColor = RGBColor(201, 162, 75);
/// Distance that belongs to nothing.
pub(crate) const UNASSIGNED: RGBColor = RGBColor(142, 153, 165);
/// An entry of the knee diary within its limits: always a round mark.
pub(crate) const LIGHT_GREEN: RGBColor = RGBColor(46, 125, 80);
/// From little to much.
pub(crate) const SHADES: [RGBColor; 5] = [
    RGBColor(217, 232, 245),
    RGBColor(165, 203, 231),
    RGBColor(99, 160, 211),
    RGBColor(40, 110, 174),
    RGBColor(10, 56, 108),
];

/// Every colour by the name that pages know it by, and what it is on a dark page.
pub(crate) const NAMED: [(&str, RGBColor, RGBColor); 20] = [
    ("paper", PAPER, RGBColor(20, 26, 33)),
    ("ink", INK, RGBColor(231, 236, 241)),
    ("muted", MUTED, RGBColor(164, 177, 190)),
    ("grid", GRID, RGBColor(43, 53, 64)),
    ("empty", EMPTY, RGBColor(66, 79, 92)),
    ("below", BELOW, RGBColor(30, 38, 47)),
    ("axis", AXIS, RGBColor(116, 130, 144)),
    ("run", RUN, RGBColor(96, 158, 214)),
    ("run-light", RUN_LIGHT, RGBColor(46, 78, 108)),
    ("run-dark", RUN_DARK, RGBColor(172, 210, 244)),
    ("warn", WARN, RGBColor(255, 145, 84)),
    ("window", WINDOW, RGBColor(70, 59, 34)),
    ("window-edge", WINDOW_EDGE, RGBColor(201, 162, 75)),
    ("light-green", LIGHT_GREEN, RGBColor(110, 196, 146)),
    ("unassigned", UNASSIGNED, RGBColor(138, 150, 163)),
    // from little to much: on a dark page much is bright
    ("shade-1", SHADES[0], RGBColor(29, 49, 69)),
    ("shade-2", SHADES[1], RGBColor(36, 72, 107)),
    ("shade-3", SHADES[2], RGBColor(44, 96, 148)),
    ("shade-4", SHADES[3], RGBColor(112, 172, 224)),
    ("shade-5", SHADES[4], RGBColor(194, 224, 249)),
];

/// A kind of text: size in pixels per em, weight, colour.
#[derive(Clone, Copy)]
pub(crate) struct Type {
    pub(crate) em: f64,
    pub(crate) bold: bool,
    pub(crate) color: RGBColor,
}

impl Type {
    /// The same in another colour.
    pub(crate) const fn colored(self, color: RGBColor) -> Self {
        Self { color, ..self }
    }

    /// The same in another size.
    pub(crate) const fn sized(self, em: f64) -> Self {
        Self { em, ..self }
    }
}

pub(crate) const TITLE: Type = Type { em: 36.0, bold: true, color: INK };
pub(crate) const SUBTITLE: Type = Type { em: 23.0, bold: false, color: MUTED };
pub(crate) const LEGEND: Type = Type { em: 21.0, bold: false, color: INK };
pub(crate) const LABEL: Type = Type { em: 21.0, bold: false, color: INK };
pub(crate) const LABEL_STRONG: Type = Type { em: 21.0, bold: true, color: INK };
pub(crate) const TICK: Type = Type { em: 21.0, bold: false, color: MUTED };
/// A line that explains another.
pub(crate) const NOTE: Type = Type { em: 20.0, bold: false, color: MUTED };
pub(crate) const MESSAGE: Type = Type { em: 26.0, bold: false, color: MUTED };
/// The smallest size a title shrinks to before it is cut.
pub(crate) const TITLE_SMALLEST_EM: f64 = 26.0;
