//! What every chart draws with: canvas, letters, axes, colours.

pub(crate) mod canvas;
pub(crate) mod compact;
pub(crate) mod date_axis;
pub(crate) mod font;
pub(crate) mod frame;
pub(crate) mod geometry;
pub(crate) mod labels;
pub(crate) mod lettering;
pub(crate) mod picture;
pub(crate) mod plot;
pub(crate) mod shapes;
pub(crate) mod step;
pub(crate) mod theme;
