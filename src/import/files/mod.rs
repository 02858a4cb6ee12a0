//! From a folder to the bytes of each activity file: walked, stamped, unpacked, recognised, on all cores.

pub(crate) mod archive;
pub mod buffer;
pub mod content;
pub mod find;
mod plain_walk;
pub(crate) mod pool;
pub mod recognize;
pub mod stamp;
pub mod unpack;
