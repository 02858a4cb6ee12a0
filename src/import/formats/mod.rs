//! The readers: bytes in, recordings out. No clock, no file system.

pub(crate) mod device;
pub mod fit;
pub mod gpx;
pub mod kind;
pub mod tcx;
pub(crate) mod timestamp;
pub(crate) mod xml;
