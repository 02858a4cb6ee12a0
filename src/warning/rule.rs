//! The rules and the levels of what they say, by the names that settings, JSON and text use.

/// The rules, by the names that settings, JSON and text use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleId {
    /// One run against the longest of the 30 days before.
    LongRunSpike,
    /// Days without a run, and the way back.
    Gap,
    /// Seven days against the four blocks of seven days before.
    WeeklyJump,
    /// Two new longest runs within a week.
    StepStack,
    /// A pair of shoes enters its replacement window.
    ShoeWindow,
    /// A pair of shoes is past its replacement window.
    ShoePast,
    /// Hardly a day without a run.
    NoRest,
    /// A pair of shoes with hardly any distance carries a long run or most of a week.
    NewShoe,
    /// Nearly everything of four weeks was run in one pair of shoes.
    OnePair,
    /// Far more downhill than before.
    DescentSpike,
    /// A calendar week against the one before; off by default.
    TenPercent,
    /// Seven days against four weeks; off by default.
    AcuteChronic,
}

impl RuleId {
    /// Every rule, most important first.
    pub const ALL: &[Self] = &[
        Self::LongRunSpike,
        Self::Gap,
        Self::WeeklyJump,
        Self::StepStack,
        Self::ShoePast,
        Self::ShoeWindow,
        Self::NoRest,
        Self::NewShoe,
        Self::OnePair,
        Self::DescentSpike,
        Self::TenPercent,
        Self::AcuteChronic,
    ];

    /// The name in settings and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LongRunSpike => "long-run-spike",
            Self::Gap => "gap",
            Self::WeeklyJump => "weekly-jump",
            Self::StepStack => "step-stack",
            Self::NoRest => "no-rest",
            Self::DescentSpike => "descent-spike",
            Self::TenPercent => "ten-percent",
            Self::AcuteChronic => "acute-chronic",
            Self::NewShoe => "new-shoe",
            Self::OnePair => "one-pair",
            Self::ShoeWindow => "shoe-window",
            Self::ShoePast => "shoe-past",
        }
    }

    /// The rule of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.name() == name)
    }

    /// Whether it speaks without being asked for: what trials found no use in does not.
    #[must_use]
    pub fn is_on_by_default(self) -> bool {
        !matches!(self, Self::TenPercent | Self::AcuteChronic)
    }

    /// What its value, threshold and baseline count unless a warning says otherwise: `m` or `days`.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Gap | Self::NoRest => "days",
            _ => "m",
        }
    }

    /// Whether it is about load, not about shoes.
    #[must_use]
    pub fn is_load(self) -> bool {
        !matches!(self, Self::ShoeWindow | Self::ShoePast | Self::NewShoe | Self::OnePair)
    }
}

/// How much a warning asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Said; never changes an exit code.
    Info,
    /// Worth acting on.
    Caution,
    /// Act on it now.
    Warning,
}

impl Level {
    /// `info`, `caution`, `warning`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Caution => "caution",
            Self::Warning => "warning",
        }
    }
}
