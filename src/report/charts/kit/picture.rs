//! A drawn chart as pixels, its scale, and why it could not be drawn.

use std::str::FromStr;

use plotters::{
    backend::{BitMapBackend, DrawingBackend},
    drawing::DrawingAreaErrorKind,
};
use thiserror::Error;

/// A chart that cannot be drawn.
#[derive(Debug, Error)]
pub enum ChartError {
    /// The font inside the program is damaged.
    #[error("the bundled font DejaVu Sans cannot be read")]
    Font,
    /// Plotters refused.
    #[error("cannot draw the chart")]
    Drawing(#[source] DrawingError),
    /// Plotters refused to write shapes.
    #[error("cannot draw the chart as SVG")]
    Shapes(#[source] ShapesError),
    /// The picture cannot be written as PNG.
    #[error("cannot write the chart as PNG")]
    Png(#[source] png::EncodingError),
}

/// What plotters says when drawing into memory fails.
pub type DrawingError = DrawingAreaErrorKind<BackendError>;

/// What plotters says when writing shapes into memory fails.
pub type ShapesError = DrawingAreaErrorKind<std::io::Error>;

/// A drawn chart: rows from the top, three bytes a pixel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green and blue of each pixel.
    pub rgb: Vec<u8>,
}

impl Picture {
    /// The picture as PNG file content; the same bytes for the same picture.
    pub fn to_png(&self) -> Result<Vec<u8>, ChartError> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        encoder.set_filter(png::Filter::Up);
        let mut writer = encoder.write_header().map_err(ChartError::Png)?;
        writer.write_image_data(&self.rgb).map_err(ChartError::Png)?;
        writer.finish().map_err(ChartError::Png)?;
        Ok(bytes)
    }
}

/// How many times larger than 1600 by 900 pixels a picture is, with everything in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PictureScale {
    /// 1600 by 900 pixels.
    #[default]
    One,
    /// 3200 by 1800 pixels, for sharp screens and paper.
    Two,
}

/// A word that is no scale.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("write 1 for pictures of 1600 by 900 pixels, or 2 for 3200 by 1800")]
pub struct PictureScaleError;

impl FromStr for PictureScale {
    type Err = PictureScaleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "1" => Ok(Self::One),
            "2" => Ok(Self::Two),
            _ => Err(PictureScaleError),
        }
    }
}

/// What plotters says when its memory fails.
pub(crate) type BackendError = <BitMapBackend<'static> as DrawingBackend>::ErrorType;

impl From<DrawingError> for ChartError {
    fn from(error: DrawingError) -> Self {
        Self::Drawing(error)
    }
}
