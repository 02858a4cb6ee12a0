//! `[charts]`: what the charts show beside the runs.

use serde::Deserialize;

/// Names that may stand in `[charts]`.
pub(super) const CHARTS_KEYS: &[&str] = &["other_sports"];

/// What the charts show beside the runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChartSettings {
    /// Whether the chart of training load stacks other sports on the runs.
    pub other_sports: bool,
}

impl Default for ChartSettings {
    fn default() -> Self {
        Self { other_sports: true }
    }
}

#[derive(Default, Deserialize)]
pub(super) struct RawCharts {
    other_sports: Option<bool>,
}

impl From<RawCharts> for ChartSettings {
    fn from(raw: RawCharts) -> Self {
        let usual = Self::default();
        Self { other_sports: raw.other_sports.unwrap_or(usual.other_sports) }
    }
}
