//! What a pair of shoes is for.

use serde::Deserialize;

use crate::units::Distance;

/// What a pair is for: it decides the default replacement window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShoeKind {
    /// Everyday training: 300–500 miles.
    #[default]
    Daily,
    /// Racing foam: 100–250 miles.
    Racing,
    /// Trail: 300–500 miles.
    Trail,
}

impl ShoeKind {
    /// `daily`, `racing`, `trail`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Racing => "racing",
            Self::Trail => "trail",
        }
    }

    /// The customary replacement window, a material convention without proof of injury (evidence grade D).
    #[must_use]
    pub fn customary_window(self) -> [Distance; 2] {
        match self {
            Self::Daily | Self::Trail => [Distance::miles(300.0), Distance::miles(500.0)],
            Self::Racing => [Distance::miles(100.0), Distance::miles(250.0)],
        }
    }
}
