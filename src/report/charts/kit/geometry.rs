//! Places on a sheet: chart pixels, areas, and the pixels that are drawn.

use super::theme;

/// Drawn pixels per chart pixel at scale 1, and what layouts are rounded to at every scale.
pub(crate) const OVERSAMPLING: u32 = 2;
/// Nothing is drawn further outside than this, whatever the data say.
const OVERHANG: f64 = 50.0;

/// A rectangle in chart pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Area {
    /// Sides moved outwards.
    pub(crate) fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    pub(crate) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub(crate) fn center(self) -> (f64, f64) {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }
}

/// Which end of a text its position means.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Align {
    Left,
    Center,
    Right,
}

/// Chart pixels to drawn pixels, never far outside of the sheet.
pub(crate) fn device(x: f64, y: f64, density: f64) -> (i32, i32) {
    let scaled = |value: f64, size: u32| {
        let inside = value.clamp(-OVERHANG, f64::from(size) + OVERHANG);
        (inside * density).round() as i32
    };
    (scaled(x, theme::WIDTH), scaled(y, theme::NARROW.bottom as u32))
}
