//! Warnings: what a rule saw, with its numbers. All prose stands in [`prose`], all sources in [`evidence`].

pub mod evidence;
pub mod prose;

use chrono::NaiveDate;

use crate::units::Distance;
use evidence::Evidence;

/// The rules, by the names that settings, JSON and text use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleId {
    /// One run against the longest of the 30 days before.
    LongRunSpike,
    /// Seven days against the four blocks of seven days before.
    WeeklyJump,
    /// A pair of shoes enters its replacement window.
    ShoeWindow,
    /// A pair of shoes is past its replacement window.
    ShoePast,
}

impl RuleId {
    /// Every rule, most important first.
    pub const ALL: &[Self] = &[Self::LongRunSpike, Self::WeeklyJump, Self::ShoePast, Self::ShoeWindow];

    /// The name in settings and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LongRunSpike => "long-run-spike",
            Self::WeeklyJump => "weekly-jump",
            Self::ShoeWindow => "shoe-window",
            Self::ShoePast => "shoe-past",
        }
    }

    /// The rule of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.name() == name)
    }

    /// Whether it is about load, not about shoes.
    #[must_use]
    pub fn is_load(self) -> bool {
        matches!(self, Self::LongRunSpike | Self::WeeklyJump)
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

/// How much longer than the 30-day longest a run was, in the bands of the study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpikeSize {
    /// More than 10, up to 30 % longer.
    Small,
    /// More than 30, up to 100 % longer.
    Moderate,
    /// More than twice as long.
    Large,
}

/// What one rule saw, with its numbers. Distances in whole metres.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// See `analysis::long_run_spike`.
    LongRunSpike {
        /// Id of the run.
        run: String,
        /// Its local date.
        date: NaiveDate,
        /// Its distance.
        distance_m: i64,
        /// The longest run of the 30 days before.
        longest_m: i64,
        /// When that one was.
        longest_date: NaiveDate,
        /// The band.
        size: SpikeSize,
        /// No run longer than this …
        cap_m: i64,
        /// … up to and including this day.
        until: NaiveDate,
    },
    /// See `analysis::weekly_jump`.
    WeeklyJump {
        /// Id of the last run of the seven days.
        run: String,
        /// The last of the seven days.
        date: NaiveDate,
        /// Distance of the seven days.
        week_m: i64,
        /// Distance of the seven days before.
        previous_m: i64,
        /// Highest of the four blocks of seven days before.
        best_m: i64,
        /// More than 30 % above the best (ATTENTION), not only above the previous (NOTE).
        attention: bool,
        /// No seven days more than this …
        cap_m: i64,
        /// … up to and including this day.
        until: NaiveDate,
    },
    /// See `analysis::shoes`.
    Shoe {
        /// Id of the run during which the limit was reached.
        run: String,
        /// Its local date.
        date: NaiveDate,
        /// The pair.
        shoe: String,
        /// Distance after that run.
        distance_m: i64,
        /// Its replacement window.
        window: [Distance; 2],
        /// Whether it is past the window's end, not only inside.
        past: bool,
        /// The dates between which it reaches the window's end at its recent use.
        reaches_end: Option<(NaiveDate, NaiveDate)>,
    },
}

impl Warning {
    /// The rule that fired.
    #[must_use]
    pub fn rule(&self) -> RuleId {
        match self {
            Self::LongRunSpike { .. } => RuleId::LongRunSpike,
            Self::WeeklyJump { .. } => RuleId::WeeklyJump,
            Self::Shoe { past: false, .. } => RuleId::ShoeWindow,
            Self::Shoe { past: true, .. } => RuleId::ShoePast,
        }
    }

    /// How much it asks for.
    #[must_use]
    pub fn level(&self) -> Level {
        match self {
            Self::LongRunSpike { size: SpikeSize::Large, .. } => Level::Warning,
            Self::LongRunSpike { .. }
            | Self::WeeklyJump { attention: true, .. }
            | Self::Shoe { past: true, .. } => Level::Caution,
            Self::WeeklyJump { .. } | Self::Shoe { .. } => Level::Info,
        }
    }

    /// The day it is about.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        match self {
            Self::LongRunSpike { date, .. } | Self::WeeklyJump { date, .. } | Self::Shoe { date, .. } => {
                *date
            }
        }
    }

    /// The run that raised it.
    #[must_use]
    pub fn run(&self) -> &str {
        match self {
            Self::LongRunSpike { run, .. } | Self::WeeklyJump { run, .. } | Self::Shoe { run, .. } => run,
        }
    }

    /// What was measured, in metres.
    #[must_use]
    pub fn value_m(&self) -> i64 {
        match self {
            Self::LongRunSpike { distance_m, .. } | Self::Shoe { distance_m, .. } => *distance_m,
            Self::WeeklyJump { week_m, .. } => *week_m,
        }
    }

    /// What it is compared with, in metres: none for shoes.
    #[must_use]
    pub fn baseline_m(&self) -> Option<i64> {
        match self {
            Self::LongRunSpike { longest_m, .. } => Some(*longest_m),
            Self::WeeklyJump { best_m, attention: true, .. } => Some(*best_m),
            Self::WeeklyJump { previous_m, .. } => Some(*previous_m),
            Self::Shoe { .. } => None,
        }
    }

    /// The limit that was passed, in metres.
    #[must_use]
    pub fn threshold_m(&self) -> i64 {
        match self {
            Self::LongRunSpike { longest_m, .. } => longest_m * 110 / 100,
            Self::WeeklyJump { best_m, attention: true, .. } => best_m * 130 / 100,
            Self::WeeklyJump { previous_m, .. } => previous_m * 130 / 100,
            Self::Shoe { window, past, .. } => window[usize::from(*past)].meters,
        }
    }

    /// The distance that it asks to keep to, in metres, and the last day for which.
    #[must_use]
    pub fn cap(&self) -> Option<(i64, NaiveDate)> {
        match self {
            Self::LongRunSpike { cap_m, until, .. } | Self::WeeklyJump { cap_m, until, .. } => {
                Some((*cap_m, *until))
            }
            Self::Shoe { .. } => None,
        }
    }

    /// How good the evidence for it is, and from where.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        evidence::of(self.rule())
    }
}

/// A rule that cannot say anything on the day of the report, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The rule.
    pub rule: RuleId,
    /// Why, in words.
    pub why: String,
}
