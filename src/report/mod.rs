//! What people and machines read: text, Markdown, a page, JSON, CSV and charts. No arithmetic beyond formatting.

pub mod charts;
pub mod html;
pub mod knee;
pub mod machine;
pub mod markdown;
pub mod text;
pub mod verdict;
pub mod words;
