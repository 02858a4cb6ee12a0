//! Parquet, written and read by the low-level crate: no arrow. The only files that name it.

pub mod read;
mod schema;
pub mod write;

pub use parquet::errors::ParquetError;
