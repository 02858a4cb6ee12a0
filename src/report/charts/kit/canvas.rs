//! A sheet to draw on: plotters elements in chart pixels.
//!
//! Everything is drawn at twice the size and halved at the end, which smooths edges and lets glyphs stand on
//! half pixels. One drawing function serves two sheets: pixels for PNG, at any scale with the same layout, and shapes for
//! SVG ([`super::shapes`]). Text stands in [`super::lettering`].

use std::cell::{Cell, RefCell};

use chrono::NaiveDate;
use plotters::{
    backend::{BitMapBackend, SVGBackend},
    coord::Shift,
    drawing::{DrawingArea, IntoDrawingArea},
    element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle},
    style::{Color, RGBColor, ShapeStyle},
};

pub(crate) use super::geometry::{Align, Area, OVERSAMPLING};
use super::{
    font::Fonts,
    geometry::device,
    picture::{ChartError, Picture},
    shapes::{Shapes, Tip, Words},
    theme::{self, Format},
};

/// Bytes of a pixel.
const RGB: usize = 3;
/// Distance between two lines of a hatching.
const HATCH_SPACING: f64 = 9.0;

/// The result of drawing.
pub(crate) type Drawn = Result<(), ChartError>;

/// What is drawn on.
pub(crate) enum Sheet<'a> {
    Pixels(DrawingArea<BitMapBackend<'a>, Shift>),
    Shapes(DrawingArea<SVGBackend<'a>, Shift>),
}

/// The sheet, and what is said above it.
pub(crate) struct Canvas<'a> {
    pub(crate) sheet: Sheet<'a>,
    scale: u32,
    pub(crate) fonts: Fonts,
    words: RefCell<Words>,
    reach: Cell<(f64, f64)>,
    format: Format,
}

/// Draws on a fresh white sheet and hands the picture back, so many times as large as the theme says.
pub(crate) fn paint(scale: u32, draw: impl FnOnce(&Canvas<'_>) -> Drawn) -> Result<Picture, ChartError> {
    let (width, height) = (theme::WIDTH * scale * OVERSAMPLING, theme::HEIGHT * scale * OVERSAMPLING);
    let mut pixels = vec![u8::MAX; width as usize * height as usize * RGB];
    {
        let area = BitMapBackend::with_buffer(&mut pixels, (width, height)).into_drawing_area();
        let canvas = Canvas::on(Sheet::Pixels(area), theme::WIDE, scale)?;
        draw(&canvas)?;
        canvas.present()?;
    }
    let rgb = halved(&pixels, width as usize);
    Ok(Picture { width: theme::WIDTH * scale, height: theme::HEIGHT * scale, rgb })
}

/// Draws as SVG elements, as plotters writes them; hands heading and legend back instead of drawing them.
pub(crate) fn shapes(format: Format, draw: impl FnOnce(&Canvas<'_>) -> Drawn) -> Result<Shapes, ChartError> {
    let mut svg = String::new();
    let (words, reach) = {
        let size = (format.right as u32 * OVERSAMPLING, format.bottom as u32 * OVERSAMPLING);
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        let canvas = Canvas::on(Sheet::Shapes(area), format, 1)?;
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
    fn on(sheet: Sheet<'a>, format: Format, scale: u32) -> Result<Self, ChartError> {
        Ok(Self {
            sheet,
            scale,
            fonts: Fonts::load()?,
            words: RefCell::default(),
            reach: Cell::new((f64::MAX, 0.0)),
            format,
        })
    }

    /// How wide the sheet is.
    pub(crate) fn format(&self) -> Format {
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
    pub(crate) fn keeps_heading(&self, title: &str, subtitle: &str) -> bool {
        if self.is_shapes() {
            let mut words = self.words.borrow_mut();
            (words.title, words.subtitle) = (title.to_owned(), subtitle.to_owned());
        }
        self.is_shapes()
    }

    /// The same of a line below the heading.
    pub(crate) fn keeps_note(&self, note: &str) -> bool {
        if self.is_shapes() {
            let mut words = self.words.borrow_mut();
            words.subtitle = format!("{}; {note}", words.subtitle);
        }
        self.is_shapes()
    }

    /// Keeps an entry of the legend for the page.
    pub(crate) fn keep_entry(&self, width: f64, shapes: String, word: &str) {
        self.words.borrow_mut().legend.push((width, shapes, word.to_owned()));
    }

    /// Keeps for the page what the mark of a day stands for.
    pub(crate) fn tip(&self, date: NaiveDate, (x, y): (f64, f64), text: impl FnOnce() -> String) {
        if self.is_shapes() {
            self.words.borrow_mut().tips.push(Tip { date, text: text(), at: self.device(x, y) });
        }
    }

    /// Whether the page sets heading and legend.
    pub(crate) fn is_shapes(&self) -> bool {
        matches!(self.sheet, Sheet::Shapes(_))
    }

    /// How many times larger than scale 1 everything is drawn.
    pub(crate) fn enlargement(&self) -> i32 {
        self.scale as i32
    }

    /// Drawn pixels per chart pixel.
    pub(crate) fn density(&self) -> f64 {
        f64::from(OVERSAMPLING * self.scale)
    }

    fn device(&self, x: f64, y: f64) -> (i32, i32) {
        device(x, y, self.density())
    }

    pub(crate) fn reaches(&self, top: f64, bottom: f64) {
        let inside = |y: f64| y.clamp(0.0, self.format.bottom);
        let (highest, lowest) = self.reach.get();
        self.reach.set((highest.min(inside(top)), lowest.max(inside(bottom))));
    }

    /// A filled rectangle.
    pub(crate) fn fill(&self, area: Area, color: RGBColor) -> Drawn {
        self.reaches(area.top, area.bottom);
        self.draw(&Rectangle::new(
            [self.device(area.left, area.top), self.device(area.right, area.bottom)],
            color.filled(),
        ))
    }

    /// A frame inside the rectangle's edge.
    pub(crate) fn outline(&self, area: Area, color: RGBColor, width: f64) -> Drawn {
        let Area { left, top, right, bottom } = area;
        self.fill(Area { bottom: top + width, ..area }, color)?;
        self.fill(Area { top: bottom - width, ..area }, color)?;
        self.fill(Area { right: left + width, ..area }, color)?;
        self.fill(Area { left: right - width, ..area }, color)
    }

    /// Slanted lines in a frame.
    pub(crate) fn hatch(&self, area: Area, lines: RGBColor, frame: RGBColor, width: f64) -> Drawn {
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
    pub(crate) fn level(&self, from_x: f64, to_x: f64, y: f64, color: RGBColor, width: f64) -> Drawn {
        self.fill(Area { left: from_x, right: to_x, top: y - width / 2.0, bottom: y + width / 2.0 }, color)
    }

    /// An upright line, crisp.
    pub(crate) fn upright(&self, x: f64, from_y: f64, to_y: f64, color: RGBColor, width: f64) -> Drawn {
        let (top, bottom) = (from_y.min(to_y), from_y.max(to_y));
        self.fill(Area { left: x - width / 2.0, right: x + width / 2.0, top, bottom }, color)
    }

    /// A line through points.
    pub(crate) fn path(&self, points: &[(f64, f64)], color: RGBColor, width: f64) -> Drawn {
        let stroke = (width * self.density()).round().max(1.0) as u32;
        let points: Vec<_> = points.iter().map(|&(x, y)| self.device(x, y)).collect();
        self.draw(&PathElement::new(points, ShapeStyle::from(color).stroke_width(stroke)))
    }

    /// A filled circle.
    pub(crate) fn dot(&self, (x, y): (f64, f64), radius: f64, color: &impl Color) -> Drawn {
        let radius = (radius * self.density()).round() as i32;
        self.draw(&Circle::new(self.device(x, y), radius, color.filled()))
    }

    /// A triangle standing on its side; `y` is its lower edge.
    pub(crate) fn triangle(&self, (x, y): (f64, f64), width: f64, color: RGBColor) -> Drawn {
        let corners = [(x - width / 2.0, y), (x, y - width * TRIANGLE_SLOPE), (x + width / 2.0, y)];
        self.polygon(&corners, color)
    }

    /// A filled shape with these corners.
    pub(crate) fn polygon(&self, corners: &[(f64, f64)], color: RGBColor) -> Drawn {
        let corners: Vec<_> = corners.iter().map(|&(x, y)| self.device(x, y)).collect();
        self.draw(&Polygon::new(corners, color.filled()))
    }

    pub(crate) fn draw<E>(&self, element: &E) -> Drawn
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
pub(crate) const TRIANGLE_SLOPE: f64 = 0.88;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawing_far_outside_of_the_sheet_neither_hangs_nor_fails() {
        let far = 1e300;
        let area = Area { left: -far, top: -far, right: far, bottom: 10.0 };
        let picture = paint(1, |canvas| {
            canvas.fill(area, theme::RUN)?;
            canvas.path(&[(-far, far), (far, 0.0)], theme::INK, 2.0)?;
            canvas.dot((f64::NAN, far), 3.0, &theme::RUN)
        });
        assert_eq!(picture.unwrap().rgb[..3], [theme::RUN.0, theme::RUN.1, theme::RUN.2]);
    }
}
