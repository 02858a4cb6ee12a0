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

pub use a_break::Break;
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
    /// Days without a run: there is no number, only a last day.
    DaysOff,
}

/// What a warning asks to keep to. The rule says what it is about and until when its own limit holds; the number, and the day
/// until which that holds, are those of the day of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepTo {
    /// What it is about.
    pub of: Kept,
    /// The last day of the limit that the rule has set; `None` while that depends on what is run.
    pub set_until: Option<NaiveDate>,
    /// Not more than this on the day of the report, in the unit of `of`; `None` where nothing can be said.
    pub most: Option<i64>,
    /// The last day for which, that day included; `None` where it holds on.
    pub until: Option<NaiveDate>,
    /// Whether the limit that the rule has set is over on the day of the report.
    pub is_over: bool,
    /// What the knee diary says first: it stands above every number.
    pub body: Option<Body>,
}

/// What the knee diary leaves of every limit of load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// No run, with no day on which that ends.
    NoRun,
    /// No run before a day.
    NotBefore(NaiveDate),
    /// Walking and running in turns, or a professional's plan: no distance, no minutes.
    NoDistance,
}

impl KeepTo {
    /// What a rule sets: limits fill in the number.
    #[must_use]
    pub fn set(of: Kept, until: NaiveDate) -> Self {
        Self { of, set_until: Some(until), most: None, until: None, is_over: false, body: None }
    }
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
    /// How many recordings the run is made of.
    pub recordings: usize,
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
            recordings: 1,
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
            recordings: self.recordings,
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

    /// The distance to keep to on the day of the report, in metres, and the last day for which; `None` where its limit is over.
    #[must_use]
    pub fn cap(&self) -> Option<(i64, Option<NaiveDate>)> {
        self.now(|of| matches!(of, Kept::Run | Kept::SevenDays))
    }

    /// The running to keep to on the day of the report, in seconds (whole minutes), and the last day for which; `None` where
    /// its limit is over.
    #[must_use]
    pub fn running_cap(&self) -> Option<(i64, Option<NaiveDate>)> {
        self.now(|of| of == Kept::Running)
    }

    /// The last day of the distance or the running to keep to; `None` where there is none, or it holds on.
    #[must_use]
    pub fn until(&self) -> Option<NaiveDate> {
        self.cap().or_else(|| self.running_cap()).and_then(|(_, until)| until)
    }

    fn now(&self, is_of: fn(Kept) -> bool) -> Option<(i64, Option<NaiveDate>)> {
        let keep_to = self.keep_to.filter(|keep_to| is_of(keep_to.of) && !keep_to.is_over)?;
        Some((keep_to.most?, keep_to.until))
    }

    /// Whether it is about running minutes in place of distance.
    #[must_use]
    pub fn is_about_running(&self) -> bool {
        self.compared.unit == Unit::RunningSeconds
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
