//! How a page is shown: as [`text`], [`markdown`] or [`html`]. None of them knows what a run is.

pub mod html;
pub mod layout;
pub mod markdown;
mod style;
pub mod text;

pub use layout::Layout;
