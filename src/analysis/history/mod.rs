//! What rules and limits know of the past: sessions, holes, comparisons, breaks.

pub mod breaks;
pub mod compare;
pub mod holes;
pub mod sessions;

use chrono::NaiveDate;

use crate::{
    activity::Activity,
    analysis::{
        beside::DayBeside,
        shoes::{Shoes, wear::Worn},
    },
    table::{DayRow, WeekRow},
    warning::thresholds::Thresholds,
};
use compare::Comparison;
use sessions::Session;

/// Everything that a rule may look at, as of a day. Nothing in it is later, except what is planned.
#[derive(Clone, Copy, Debug)]
pub struct History<'a> {
    /// Every recorded run, by start.
    pub runs: &'a [Activity],
    /// Runs as rules see them, by start.
    pub sessions: &'a [Session],
    /// Each session against the 30 days before it.
    pub comparisons: &'a [Comparison],
    /// Every calendar day from the first known one on.
    pub days: &'a [DayRow],
    /// The same days beside their runs; empty where nothing of other sports is known.
    pub beside: &'a [DayBeside],
    /// Every calendar week from the first known day on.
    pub weeks: &'a [WeekRow],
    /// The pairs, and which run was in which.
    pub shoes: &'a Shoes,
    /// What was on the feet, by start.
    pub worn: &'a [Worn],
    /// The first known day.
    pub h0: NaiveDate,
    /// The day of the report.
    pub as_of: NaiveDate,
    /// From where on rules speak.
    pub thresholds: Thresholds,
}
