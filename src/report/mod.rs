//! What people and machines read: text, Markdown, a page, JSON, CSV and charts. No arithmetic beyond formatting.
//!
//! [`words`] holds the sentences, [`sections`] what is said in which order (a [`page`]), [`render`] shows it.

pub mod charts;
pub mod machine;
pub mod page;
pub mod render;
pub mod sections;
mod suspicion;
pub mod words;
