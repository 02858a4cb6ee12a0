//! The sport of an activity, by its FIT word.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

/// A sport by its FIT word in lower snake case: `running`, `cycling`, `cross_country_skiing` …
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sport(Cow<'static, str>);

impl Sport {
    /// Makes a sport from a word as a file spells it: `Trail Running` and `TrailRunning` become `trail_running`.
    #[must_use]
    pub fn new(word: &str) -> Self {
        let mut snake = String::with_capacity(word.len());
        let mut after_lower = false;
        for letter in word.trim().chars() {
            if letter.is_uppercase() && after_lower {
                snake.push('_');
            }
            after_lower = letter.is_lowercase();
            match letter {
                ' ' | '-' => snake.push('_'),
                letter => snake.extend(letter.to_lowercase()),
            }
        }
        Self(snake.into())
    }

    /// A sport by a word that is one already.
    #[must_use]
    pub const fn known(word: &'static str) -> Self {
        Self(Cow::Borrowed(word))
    }

    /// The sport whose distance counts.
    #[must_use]
    pub const fn running() -> Self {
        Self::known("running")
    }

    /// Whether activities of this sport are runs.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.0 == "running"
    }

    /// The FIT word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
