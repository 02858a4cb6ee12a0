//! A sheet to draw on: plotters elements in chart pixels.
//!
//! Everything is drawn at twice the size and halved at the end, which smooths edges and lets glyphs stand on
//! half pixels. One drawing function serves two sheets: pixels for PNG, and shapes for SVG ([`super::shapes`]).

use std::cell::{Cell, RefCell};

use chrono::NaiveDate;
use plotters::{
    backend::{BitMapBackend, DrawingBackend, SVGBackend},
    coord::Shift,
    drawing::{DrawingArea, IntoDrawingArea},
    element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle, Text},
    style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle},
};

use super::{
    ChartError, DrawingError, Picture,
    font::{FALLBACK, FAMILY, Font, Fonts},
    shapes::{DESCENT, Shapes, Tip, Words, line_of_text},
    theme::{self, Format, Type},
};

/// Drawn pixels per chart pixel.
pub(super) const OVERSAMPLING: u32 = 2;

/// Bytes of a pixel.
const RGB: usize = 3;
/// Nothing is drawn further outside than this, whatever the data say.
const OVERHANG: f64 = 50.0;
/// Distance between two lines of a hatching.
const HATCH_SPACING: f64 = 9.0;

/// The result of drawing.
pub(super) type Drawn = Result<(), ChartError>;

/// A rectangle in chart pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    /// Sides moved outwards.
    pub(super) fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    pub(super) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub(super) fn center(self) -> (f64, f64) {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }
}

/// Which end of a text its position means.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Align {
    Left,
    Center,
    Right,
}

/// What is drawn on.
enum Sheet<'a> {
    Pixels(DrawingArea<BitMapBackend<'a>, Shift>),
    Shapes(DrawingArea<SVGBackend<'a>, Shift>),
}

/// The sheet, and what is said above it.
pub(super) struct Canvas<'a> {
    sheet: Sheet<'a>,
    fonts: Fonts,
    words: RefCell<Words>,
    reach: Cell<(f64, f64)>,
    format: Format,
}

/// Draws on a fresh white sheet and hands the picture back.
pub(super) fn paint(draw: impl FnOnce(&Canvas<'_>) -> Drawn) -> Result<Picture, ChartError> {
    let (width, height) = (theme::WIDTH * OVERSAMPLING, theme::HEIGHT * OVERSAMPLING);
    let mut pixels = vec![u8::MAX; width as usize * height as usize * RGB];
    {
        let area = BitMapBackend::with_buffer(&mut pixels, (width, height)).into_drawing_area();
        let canvas = Canvas::on(Sheet::Pixels(area), theme::WIDE)?;
        draw(&canvas)?;
        canvas.present()?;
    }
    Ok(Picture { width: theme::WIDTH, height: theme::HEIGHT, rgb: halved(&pixels, width as usize) })
}

/// Draws as SVG elements, as plotters writes them; hands heading and legend back instead of drawing them.
pub(super) fn shapes(format: Format, draw: impl FnOnce(&Canvas<'_>) -> Drawn) -> Result<Shapes, ChartError> {
    let mut svg = String::new();
    let (words, reach) = {
        let size = (format.right as u32 * OVERSAMPLING, format.bottom as u32 * OVERSAMPLING);
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        let canvas = Canvas::on(Sheet::Shapes(area), format)?;
        draw(&canvas)?;
        canvas.present()?;
        (canvas.words.take(), canvas.reach.get())
    };
    Ok(Shapes { words, svg, reach })
}

/// The mean of every two by two pixels.
fn halved(pixels: &[u8], width: usize) -> Vec<u8> {
    let row = width * RGB;
    let mut out = Vec::with_capacity(pixels.len() / 4);
    for rows in pixels.chunks_exact(row * 2) {
        let (upper, lower) = rows.split_at(row);
        for (above, below) in upper.chunks_exact(2 * RGB).zip(lower.chunks_exact(2 * RGB)) {
            out.extend((0..RGB).map(|channel| {
                let sum = [above[channel], above[channel + RGB], below[channel], below[channel + RGB]];
                ((sum.into_iter().map(u16::from).sum::<u16>() + 2) / 4) as u8
            }));
        }
    }
    out
}

impl<'a> Canvas<'a> {
    fn on(sheet: Sheet<'a>, format: Format) -> Result<Self, ChartError> {
        Ok(Self {
            sheet,
            fonts: Fonts::load()?,
            words: RefCell::default(),
            reach: Cell::new((f64::MAX, 0.0)),
            format,
        })
    }

    /// How wide the sheet is.
    pub(super) fn format(&self) -> Format {
        self.format
    }

    fn present(&self) -> Drawn {
        match &self.sheet {
            Sheet::Pixels(area) => area.present()?,
            Sheet::Shapes(area) => area.present().map_err(ChartError::Shapes)?,
        }
        Ok(())
    }

    /// Keeps the heading where the page that holds the chart sets it; else it has to be drawn.
    pub(super) fn keeps_heading(&self, title: &str, subtitle: &str) -> bool {
        if self.is_shapes() {
            let mut words = self.words.borrow_mut();
            (words.title, words.subtitle) = (title.to_owned(), subtitle.to_owned());
        }
        self.is_shapes()
    }

    /// The same of a line below the heading.
    pub(super) fn keeps_note(&self, note: &str) -> bool {
        if self.is_shapes() {
            let mut words = self.words.borrow_mut();
            words.subtitle = format!("{}; {note}", words.subtitle);
        }
        self.is_shapes()
    }

    /// Keeps an entry of the legend for the page.
    pub(super) fn keep_entry(&self, width: f64, shapes: String, word: &str) {
        self.words.borrow_mut().legend.push((width, shapes, word.to_owned()));
    }

    /// Keeps for the page what the mark of a day stands for.
    pub(super) fn tip(&self, date: NaiveDate, (x, y): (f64, f64), text: impl FnOnce() -> String) {
        if self.is_shapes() {
            self.words.borrow_mut().tips.push(Tip { date, text: text(), at: device(x, y) });
        }
    }

    /// Whether the page sets heading and legend.
    pub(super) fn is_shapes(&self) -> bool {
        matches!(self.sheet, Sheet::Shapes(_))
    }

    fn reaches(&self, top: f64, bottom: f64) {
        let inside = |y: f64| y.clamp(0.0, self.format.bottom);
        let (highest, lowest) = self.reach.get();
        self.reach.set((highest.min(inside(top)), lowest.max(inside(bottom))));
    }

    /// A filled rectangle.
    pub(super) fn fill(&self, area: Area, color: RGBColor) -> Drawn {
        self.reaches(area.top, area.bottom);
        self.draw(&Rectangle::new(
            [device(area.left, area.top), device(area.right, area.bottom)],
            color.filled(),
        ))
    }

    /// A frame inside the rectangle's edge.
    pub(super) fn outline(&self, area: Area, color: RGBColor, width: f64) -> Drawn {
        let Area { left, top, right, bottom } = area;
        self.fill(Area { bottom: top + width, ..area }, color)?;
        self.fill(Area { top: bottom - width, ..area }, color)?;
        self.fill(Area { right: left + width, ..area }, color)?;
        self.fill(Area { left: right - width, ..area }, color)
    }

    /// Slanted lines in a frame.
    pub(super) fn hatch(&self, area: Area, lines: RGBColor, frame: RGBColor, width: f64) -> Drawn {
        self.slanted_lines(area.grown(-width / 2.0), lines, width)?;
        self.outline(area, frame, width)
    }

    fn slanted_lines(&self, area: Area, color: RGBColor, width: f64) -> Drawn {
        let mut start = area.left - area.height();
        start -= start.rem_euclid(HATCH_SPACING);
        while start < area.right {
            let from_x = start.max(area.left);
            let to_x = (start + area.height()).min(area.right);
            if from_x < to_x {
                let y = |x: f64| area.bottom - (x - start);
                self.path(&[(from_x, y(from_x)), (to_x, y(to_x))], color, width)?;
            }
            start += HATCH_SPACING;
        }
        Ok(())
    }

    /// A level line, crisp.
    pub(super) fn level(&self, from_x: f64, to_x: f64, y: f64, color: RGBColor, width: f64) -> Drawn {
        self.fill(Area { left: from_x, right: to_x, top: y - width / 2.0, bottom: y + width / 2.0 }, color)
    }

    /// An upright line, crisp.
    pub(super) fn upright(&self, x: f64, from_y: f64, to_y: f64, color: RGBColor, width: f64) -> Drawn {
        let (top, bottom) = (from_y.min(to_y), from_y.max(to_y));
        self.fill(Area { left: x - width / 2.0, right: x + width / 2.0, top, bottom }, color)
    }

    /// A line through points.
    pub(super) fn path(&self, points: &[(f64, f64)], color: RGBColor, width: f64) -> Drawn {
        let stroke = (width * f64::from(OVERSAMPLING)).round().max(1.0) as u32;
        let points: Vec<_> = points.iter().map(|&(x, y)| device(x, y)).collect();
        self.draw(&PathElement::new(points, ShapeStyle::from(color).stroke_width(stroke)))
    }

    /// A filled circle.
    pub(super) fn dot(&self, (x, y): (f64, f64), radius: f64, color: &impl Color) -> Drawn {
        let radius = (radius * f64::from(OVERSAMPLING)).round() as i32;
        self.draw(&Circle::new(device(x, y), radius, color.filled()))
    }

    /// A triangle standing on its side; `y` is its lower edge.
    pub(super) fn triangle(&self, (x, y): (f64, f64), width: f64, color: RGBColor) -> Drawn {
        let corners = [(x - width / 2.0, y), (x, y - width * TRIANGLE_SLOPE), (x + width / 2.0, y)];
        self.polygon(&corners, color)
    }

    /// A filled shape with these corners.
    pub(super) fn polygon(&self, corners: &[(f64, f64)], color: RGBColor) -> Drawn {
        let corners: Vec<_> = corners.iter().map(|&(x, y)| device(x, y)).collect();
        self.draw(&Polygon::new(corners, color.filled()))
    }

    /// A line of text standing on `baseline`; hands back where it ends.
    pub(super) fn text(
        &self,
        text: &str,
        (x, baseline): (f64, f64),
        style: Type,
        align: Align,
    ) -> Result<f64, ChartError> {
        match &self.sheet {
            Sheet::Pixels(_) => self.glyphs(text, (x, baseline), style, align),
            Sheet::Shapes(area) => {
                self.reaches(baseline - style.em, baseline + style.em * DESCENT);
                let line = line_of_text(text, (x, baseline), style, align);
                area.draw(&line).map_err(ChartError::Shapes)?;
                let width = self.width(text, style);
                Ok(match align {
                    Align::Left => x + width,
                    Align::Center => x + width / 2.0,
                    Align::Right => x,
                })
            }
        }
    }

    /// The same glyph by glyph.
    fn glyphs(
        &self,
        text: &str,
        (x, baseline): (f64, f64),
        style: Type,
        align: Align,
    ) -> Result<f64, ChartError> {
        let font = self.font(style);
        let size = glyph_size(style, &font);
        let scale = f64::from(size) / font.line_height;
        let weight = if style.bold { FontStyle::Bold } else { FontStyle::Normal };
        let drawn: TextStyle<'_> =
            FontDesc::new(FontFamily::Name(FAMILY), f64::from(size), weight).color(&style.color);
        let width = self.width(text, style);
        let start = match align {
            Align::Left => x,
            Align::Center => x - width / 2.0,
            Align::Right => x - width,
        };
        // Plotters puts the baseline half the font size below the position.
        let top = (baseline * f64::from(OVERSAMPLING)).round() as i32 - size / 2;
        let mut pen = start * f64::from(OVERSAMPLING);
        for character in readable(text, &font).chars() {
            let advance = font.advance(character);
            let ink = pen.round() + (advance.bearing * scale).floor();
            self.draw(&Text::new(character.to_string(), (ink as i32, top), drawn.clone()))?;
            pen += advance.width * scale;
        }
        Ok(start + width)
    }

    /// How wide a text is.
    pub(super) fn width(&self, text: &str, style: Type) -> f64 {
        let font = self.font(style);
        let scale = f64::from(glyph_size(style, &font)) / font.line_height / f64::from(OVERSAMPLING);
        readable(text, &font).chars().map(|character| font.advance(character).width * scale).sum()
    }

    /// The text, cut with an ellipsis where it is wider than `width`.
    pub(super) fn shortened(&self, text: &str, style: Type, width: f64) -> String {
        if self.width(text, style) <= width {
            return text.to_owned();
        }
        let mut kept = String::new();
        for character in text.chars() {
            kept.push(character);
            if self.width(&format!("{kept}…"), style) > width {
                kept.pop();
                break;
            }
        }
        format!("{}…", kept.trim_end())
    }

    fn font(&self, style: Type) -> Font {
        if style.bold { self.fonts.bold } else { self.fonts.regular }
    }

    fn draw<E>(&self, element: &E) -> Drawn
    where
        for<'b> &'b E: PointCollection<'b, (i32, i32)>,
        E: Drawable<BitMapBackend<'a>> + Drawable<SVGBackend<'a>>,
    {
        match &self.sheet {
            Sheet::Pixels(area) => area.draw(element)?,
            Sheet::Shapes(area) => area.draw(element).map_err(ChartError::Shapes)?,
        }
        Ok(())
    }
}

/// Height of a triangle for a width of one.
pub(super) const TRIANGLE_SLOPE: f64 = 0.88;

/// Plotters' font size: even, so that all glyphs of a line stand on the same pixel row.
fn glyph_size(style: Type, font: &Font) -> i32 {
    let half = style.em * font.line_height * f64::from(OVERSAMPLING) / 2.0;
    2 * half.round() as i32
}

/// The text with characters that the font lacks replaced, and invisible ones left out.
fn readable(text: &str, font: &Font) -> String {
    let visible = text.chars().filter(|&character| !is_invisible(character));
    visible
        .map(|character| match character {
            character if character.is_whitespace() || character.is_control() => ' ',
            character if font.has(character) => character,
            _ => FALLBACK,
        })
        .collect()
}

/// Joiners, direction marks and variation selectors: parts of other characters, without ink.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}'
        | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Chart pixels to drawn pixels, never far outside of the sheet.
pub(super) fn device(x: f64, y: f64) -> (i32, i32) {
    let scaled = |value: f64, size: u32| {
        let inside = value.clamp(-OVERHANG, f64::from(size) + OVERHANG);
        (inside * f64::from(OVERSAMPLING)).round() as i32
    };
    (scaled(x, theme::WIDTH), scaled(y, theme::NARROW.bottom as u32))
}

/// What plotters says when drawing into memory fails.
pub(super) type BackendError = <BitMapBackend<'static> as DrawingBackend>::ErrorType;

impl From<DrawingError> for ChartError {
    fn from(error: DrawingError) -> Self {
        Self::Drawing(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_canvas(look: impl Fn(&Canvas<'_>)) {
        paint(|canvas| {
            look(canvas);
            Ok(())
        })
        .unwrap();
    }

    #[test]
    fn a_long_text_is_cut_to_its_width_with_an_ellipsis() {
        on_canvas(|canvas| {
            let short = canvas.shortened("Saucony Endorphin Speed 4 (race day only)", theme::LABEL, 200.0);
            assert!(short.starts_with("Saucony") && short.ends_with('…'), "{short}");
            assert!(canvas.width(&short, theme::LABEL) <= 200.0);
            assert_eq!(canvas.shortened("Ghost 15", theme::LABEL, 200.0), "Ghost 15");
        });
    }

    #[test]
    fn characters_without_a_glyph_become_boxes_and_invisible_ones_vanish() {
        let font = Fonts::load().unwrap().regular;
        assert_eq!(readable("跑鞋 Ultra\u{fe0f}\n2", &font), "□□ Ultra 2");
    }

    #[test]
    fn text_ends_where_its_width_says() {
        let style = theme::TITLE;
        let mut expected = 0.0;
        let picture = paint(|canvas| {
            expected = canvas.text("H", (100.0, 200.0), style, Align::Left)?;
            Ok(())
        });
        let picture = picture.unwrap();
        let is_ink = |x: u32, y: u32| picture.rgb[((y * picture.width + x) * 3) as usize] < 128;
        let inked: Vec<_> =
            (0..picture.width).filter(|&x| (0..picture.height).any(|y| is_ink(x, y))).collect();
        assert!(inked[0] >= 100 && f64::from(inked[inked.len() - 1]) < expected);
        assert!(is_ink(inked[0] + 1, 198) && !is_ink(inked[0] + 1, 201), "stands on its baseline");
    }

    #[test]
    fn drawing_far_outside_of_the_sheet_neither_hangs_nor_fails() {
        let far = 1e300;
        let area = Area { left: -far, top: -far, right: far, bottom: 10.0 };
        let picture = paint(|canvas| {
            canvas.fill(area, theme::RUN)?;
            canvas.path(&[(-far, far), (far, 0.0)], theme::INK, 2.0)?;
            canvas.dot((f64::NAN, far), 3.0, &theme::RUN)
        });
        assert_eq!(picture.unwrap().rgb[..3], [theme::RUN.0, theme::RUN.1, theme::RUN.2]);
    }
}
