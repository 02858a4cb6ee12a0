//! Asks for a newer export where the last activity is old: any advice after a break hangs on that.

use super::Report;
use crate::{
    dates,
    report::page::{Block, Section, Tone},
};

/// The sentence, where the newest activity is old.
pub(super) fn section(report: &Report<'_>) -> Option<Section> {
    let text = sentence(report)?;
    Some(Section::joined(vec![Block::text(Tone::Listed, text)]))
}

/// The same for whatever has no sections.
pub(super) fn sentence(report: &Report<'_>) -> Option<String> {
    let analysis = report.analysis;
    let newest = analysis.stale_since?;
    Some(format!(
        "Newest activity: {}, {} days before {}. Have you exported lately?",
        dates::long(newest),
        (analysis.as_of - newest).num_days(),
        dates::long(analysis.as_of)
    ))
}
