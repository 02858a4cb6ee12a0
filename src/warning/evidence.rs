//! How good the evidence behind a rule is, and where it comes from.
//!
//! Grades: B one large prospective cohort; C small, conflicting or retrospective cohorts, or significance
//! lost at longer follow-up; D mechanism, expert or vendor convention; X evidence against its use, so it is off by
//! default. (No rule reaches A.)

/// The grade and the sources of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// `B`, `C`, `D` or `X`.
    pub grade: char,
    /// Short form for the text.
    pub cite: &'static str,
    /// Full form for machines and the curious.
    pub source: &'static str,
}

/// What stands behind a threshold of the runner's own below the studied one.
pub const OWN_THRESHOLD: Evidence = Evidence {
    grade: 'D',
    cite: "your own threshold",
    source: "A threshold of your own below the one that the rule's study looked at",
};

/// What a rate counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Warnings per run.
    Runs,
    /// Warnings per week.
    Weeks,
}

impl Of {
    /// `runs`, `weeks`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Runs => "runs",
            Self::Weeks => "weeks",
        }
    }
}

/// How often a rule fires on runners who change nothing: `cargo run --release --example false_alarms`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BaseRate {
    /// What it counts.
    pub of: Of,
    /// Of so many hundred, lowest and highest over 3 to 6 runs a week.
    pub of_100: &'static str,
}
