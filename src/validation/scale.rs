//! What an injury rate is counted in: the same injuries give another ratio a run, a kilometre and a day.

/// A time scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scale {
    /// Runs.
    Run,
    /// Kilometres; counted in whole metres.
    Km,
    /// Days.
    Day,
}

impl Scale {
    /// Every scale, in the order of the table.
    pub const ALL: [Self; 3] = [Self::Run, Self::Km, Self::Day];

    /// `run`, `km`, `day`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Km => "km",
            Self::Day => "day",
        }
    }
}
