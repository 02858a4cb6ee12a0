//! What a rule is to settings and outputs, and the levels of what rules say.

use super::{
    evidence::{BaseRate, Evidence},
    thresholds::Key,
};

/// What a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// How much was run, and when.
    Load,
    /// Pairs of shoes.
    Shoes,
}

/// What numbers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Whole metres.
    Metres,
    /// Days.
    Days,
    /// Whole seconds of running.
    RunningSeconds,
}

impl Unit {
    /// `m`, `days`, `s`.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Metres => "m",
            Self::Days => "days",
            Self::RunningSeconds => "s",
        }
    }
}

/// A rule, as settings and outputs know it. Two are the same if their ids are.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name in settings, JSON and commands: `long-run-spike`.
    pub id: &'static str,
    /// The heading of its warnings: what was seen, never what to do.
    pub title: &'static str,
    /// What it looks at.
    pub about: About,
    /// Whether it speaks without being asked for: what trials found no use in does not.
    pub on_by_default: bool,
    /// Whether it is worth a line that it cannot tell yet; machines read that of every rule.
    pub is_missed: bool,
    /// How good the evidence is, and from where.
    pub evidence: Evidence,
    /// How often it fires on runners who change nothing; `None` where no such rate is known.
    pub base_rate: Option<BaseRate>,
    /// What the runner can set about it under `[warnings]`.
    pub keys: &'static [Key],
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

impl Rule {
    /// Whether it is about load, not about shoes.
    #[must_use]
    pub fn is_load(&self) -> bool {
        self.about == About::Load
    }
}

/// How much a warning asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Said; never changes an exit code.
    #[default]
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
