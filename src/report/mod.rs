//! What people and machines read: text, Markdown, a page, JSON, CSV and charts. No arithmetic beyond formatting.

pub mod caps;
pub mod charts;
pub mod csv;
pub mod html;
pub mod json;
pub mod markdown;
pub mod text;
pub mod verdict;
