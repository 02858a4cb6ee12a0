//! Warnings: what a rule saw, with its numbers. All sentences stand in `report::words`.
//!
//! A [`Rule`] says what a rule is to settings and outputs, a [`Warning`] what one saw. What only that rule knows is the
//! warning's `facts`, a type of the rule's own file.

mod a_break;
pub mod acute_chronic;
pub mod evidence;
mod pair_kind;
mod rule;
pub mod thresholds;

use chrono::NaiveDate;

pub use a_break::{Break, CapUntil};
use evidence::{Evidence, OWN_THRESHOLD};
pub use pair_kind::ShoeKind;
pub use rule::{About, Level, Rule, Unit};

/// What was measured, and against what. All in `unit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// What was measured.
    pub value: i64,
    /// What it is held against; `None` where the rule knows a threshold only.
    pub baseline: Option<i64>,
    /// The limit that was passed (of counted days: reached).
    pub threshold: i64,
    /// What all three count.
    pub unit: Unit,
}

/// What a limit is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Whole metres of one run.
    Run,
    /// Whole metres of any seven days.
    SevenDays,
    /// Whole seconds of running in one session.
    Running,
    /// Whole metres of descent in one run.
    Descent,
}

/// What a warning asks to keep to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepTo {
    /// Not more than this, in the unit of `of`.
    pub most: i64,
    /// What it is about.
    pub of: Kept,
    /// The last day for which, that day included.
    pub until: NaiveDate,
}

/// How long a warning counts as active.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// In the calendar week of its day and in the next one.
    TwoWeeks,
    /// The same, but not from this day on: the pair of shoes is retired.
    TwoWeeksBefore(NaiveDate),
    /// Up to this day, that day included.
    Until(NaiveDate),
    /// As long as the report knows no better.
    Open,
}

/// What one rule saw. `F` holds what only that rule knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning<F> {
    /// The rule that fired.
    pub rule: &'static Rule,
    /// How much it asks for: of a race nothing.
    pub level: Level,
    /// Id of the run that raised it; of a break that lasts, the last run before it.
    pub run: String,
    /// The day it is about.
    pub date: NaiveDate,
    /// Whether it is a statement about a run that the runner calls a race.
    pub race: bool,
    /// What was measured, and against what.
    pub compared: Compared,
    /// What it asks to keep to, where that is a number.
    pub keep_to: Option<KeepTo>,
    /// How long it counts as active.
    pub stands: Stands,
    /// How good the evidence for it is, and from where.
    pub evidence: Evidence,
    /// What only this rule knows.
    pub facts: F,
}

impl<F> Warning<F> {
    /// A warning of a rule that asks for nothing in numbers, by the evidence of that rule.
    #[must_use]
    pub fn new(rule: &'static Rule, (run, date): (String, NaiveDate), compared: Compared, facts: F) -> Self {
        Self {
            rule,
            level: Level::Info,
            run,
            date,
            race: false,
            compared,
            keep_to: None,
            stands: Stands::TwoWeeks,
            evidence: rule.evidence,
            facts,
        }
    }

    /// The same as a statement about a race where `race` says so.
    #[must_use]
    pub fn of_race(self, race: bool) -> Self {
        let level = if race { Level::Info } else { self.level };
        Self { race, level, ..self }
    }

    /// The same with other facts.
    #[must_use]
    pub fn map<G>(self, facts: fn(F) -> G) -> Warning<G> {
        Warning {
            rule: self.rule,
            level: self.level,
            run: self.run,
            date: self.date,
            race: self.race,
            compared: self.compared,
            keep_to: self.keep_to,
            stands: self.stands,
            evidence: self.evidence,
            facts: facts(self.facts),
        }
    }

    /// Whether only the runner's own threshold speaks: the study of the rule has nothing below its own.
    #[must_use]
    pub fn is_below_studied(&self) -> bool {
        self.evidence == OWN_THRESHOLD
    }

    /// The distance that it asks to keep to, in metres, and the last day for which. Of a break the first step of the way
    /// back, counted from the day of the report while it lasts.
    #[must_use]
    pub fn cap(&self) -> Option<(i64, NaiveDate)> {
        self.keep_to
            .filter(|keep_to| matches!(keep_to.of, Kept::Run | Kept::SevenDays))
            .map(|keep_to| (keep_to.most, keep_to.until))
    }

    /// The running that it asks to keep to, in seconds (whole minutes), and the last day for which.
    #[must_use]
    pub fn running_cap(&self) -> Option<(i64, NaiveDate)> {
        self.keep_to
            .filter(|keep_to| keep_to.of == Kept::Running)
            .map(|keep_to| (keep_to.most, keep_to.until))
    }

    /// Whether it is active on `today`; `previous_week` is the first day of the calendar week before.
    #[must_use]
    pub fn stands_on(&self, today: NaiveDate, previous_week: NaiveDate) -> bool {
        let in_two_weeks = self.date >= previous_week;
        match self.stands {
            Stands::TwoWeeks => in_two_weeks,
            Stands::TwoWeeksBefore(day) => in_two_weeks && today < day,
            Stands::Until(day) => today <= day,
            Stands::Open => true,
        }
    }
}

/// So many per cent above a value, rounded down.
#[must_use]
pub fn percent_above(value: i64, percent: i64) -> i64 {
    value * (100 + percent) / 100
}

/// A rule that cannot say anything on the day of the report, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The rule.
    pub rule: &'static Rule,
    /// Why, in words.
    pub why: String,
}
