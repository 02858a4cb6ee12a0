//! What people and machines read: text, JSON, CSV and charts. No arithmetic beyond formatting.

pub mod caps;
pub mod charts;
pub mod csv;
pub mod json;
pub mod text;
