//! What a canvas of shapes has beside one of pixels: words that the page sets, and text as one element a line.

use chrono::NaiveDate;
use plotters::{
    element::Text,
    style::{
        FontDesc, FontFamily, FontStyle, TextStyle,
        text_anchor::{HPos, Pos, VPos},
    },
};

use super::{
    font::FAMILY,
    geometry::{Align, OVERSAMPLING, device},
    theme::Type,
};

/// The words of a chart whose page sets them itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Words {
    pub(crate) title: String,
    pub(crate) subtitle: String,
    /// Width of the swatch in chart pixels, its shapes, its word.
    pub(crate) legend: Vec<(f64, String, String)>,
    /// What is shown to a reader who points at a mark.
    pub(crate) tips: Vec<Tip>,
}

/// What a mark stands for; in the order of days, then of words, so that drawings of one chart agree.
#[derive(Clone, Debug, PartialEq, PartialOrd, Eq, Ord)]
pub(crate) struct Tip {
    pub(crate) date: NaiveDate,
    pub(crate) text: String,
    /// Where the mark is, in drawn pixels.
    pub(crate) at: (i32, i32),
}

/// A chart as plotters writes it.
pub(crate) struct Shapes {
    pub(crate) words: Words,
    pub(crate) svg: String,
    /// The highest and the lowest line that anything is drawn on, in chart pixels; the other way round where nothing is.
    pub(crate) reach: (f64, f64),
}

/// Plotters' SVG writes the font size divided by this, and lets a text hang this share of it below its position.
const SVG_LINE_HEIGHT: f64 = 1.24;
const SVG_ASCENT: f64 = 0.76;
/// How far letters reach below the baseline, in ems.
pub(crate) const DESCENT: f64 = 0.25;

/// A line of text as one element: the reader's own font sets it.
pub(crate) fn line_of_text(
    text: &str,
    (x, baseline): (f64, f64),
    style: Type,
    align: Align,
) -> Text<'static, (i32, i32), String> {
    let size = style.em * f64::from(OVERSAMPLING);
    let weight = if style.bold { FontStyle::Bold } else { FontStyle::Normal };
    let anchor = match align {
        Align::Left => HPos::Left,
        Align::Center => HPos::Center,
        Align::Right => HPos::Right,
    };
    let drawn: TextStyle<'static> =
        FontDesc::new(FontFamily::Name(FAMILY), size * SVG_LINE_HEIGHT, weight).color(&style.color);
    let visible: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let (x, baseline) = device(x, baseline, f64::from(OVERSAMPLING));
    let top = baseline - (size * SVG_ASCENT).round() as i32;
    Text::new(visible, (x, top), drawn.pos(Pos::new(anchor, VPos::Top)))
}
