//! What a source is asked: how far a run may go on a day, or the seven days after one.

use chrono::NaiveDate;

use super::{
    blocks::Blocks,
    breaks::{self, Break},
    past::Past,
};

/// How far may a run go on a day?
#[derive(Debug)]
pub struct OnDay<'a> {
    /// The runs.
    pub past: &'a Past,
    /// Their blocks of seven days.
    pub blocks: &'a Blocks,
    /// The day of the run.
    pub day: NaiveDate,
    /// By so many of the runs.
    pub n: usize,
    /// The breaks that matter on that day.
    pub breaks: Vec<Break>,
    /// Whether one of them stands in place of what the 30 days before hold.
    pub is_blind: bool,
}

impl<'a> OnDay<'a> {
    /// The question for a day, by the first `n` runs; `lasting`: with a break that the run would end.
    #[must_use]
    pub fn new(past: &'a Past, blocks: &'a Blocks, day: NaiveDate, n: usize, lasting: bool) -> Self {
        let breaks = breaks::breaks(past, day, n, lasting);
        let is_blind = breaks::is_blind(&breaks, day);
        Self { past, blocks, day, n, breaks, is_blind }
    }
}

/// How far may the seven days after a day go?
#[derive(Debug)]
pub struct AfterDay<'a> {
    /// The day after, on which the seven days begin: a break that has not ended is none.
    pub first: OnDay<'a>,
    /// The day.
    pub last: NaiveDate,
    /// Whether the last run is too long ago to count seven days from.
    pub is_unknown: bool,
    /// How far one run may go.
    pub run_m: Option<i64>,
    /// How far seven days may go, in per cent of what counts: 130, or less by a stricter threshold.
    pub percent: i64,
}
