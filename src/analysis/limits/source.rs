//! A source's word on how far a run, or seven days, may go.

use chrono::NaiveDate;

use super::{
    breaks::Break,
    counted::{Block, Counted},
    exposure::Exposure,
};
use crate::knee::{
    fold::{Standing, State},
    light::Light,
};

/// What one source allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name, as in `explain caps` and JSON: mostly the rule that set it.
    pub name: &'static str,
    /// What `run` counts.
    pub exposure: Exposure,
    /// The most for one run, in metres or seconds of running; 0: no run. `None`: it says nothing about one run.
    pub run: Option<i64>,
    /// The first day on which a run is possible at all, where one is known.
    pub not_before: Option<NaiveDate>,
    /// The most for seven days, in whole metres; `None`: it says nothing about them.
    pub week_m: Option<i64>,
    /// The first day for which it holds.
    pub from: NaiveDate,
    /// The last day for which it holds; `None` where that depends on what is run.
    pub until: Option<NaiveDate>,
    /// The day that set it; `None` for what is counted anew every day.
    pub raised: Option<NaiveDate>,
    /// Why.
    pub because: Because,
}

impl Source {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// Why a source allows what it allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// So many per cent of the run that counts most in the 30 days before.
    Longest {
        /// That run.
        counted: Counted,
        /// 110, or less by a stricter threshold of the runner's own.
        percent: i64,
    },
    /// A spike: so many per cent of what counted most on the day after it.
    Spike {
        /// The day of the spike.
        date: NaiveDate,
        /// What was run.
        amount: i64,
        /// What counted most on the day after.
        counted: Counted,
        /// 100 after a spike above 30 %, else 110 or less by a stricter threshold.
        percent: i64,
    },
    /// A new longest run, after which no second one follows for six days.
    NewLongest {
        /// Its day.
        date: NaiveDate,
        /// What was run, in metres.
        amount: i64,
    },
    /// A second new longest run within a week.
    SecondLongest {
        /// Its day.
        date: NaiveDate,
        /// What was run, in metres.
        amount: i64,
    },
    /// A share of the longest run, or of the best seven days, before a break.
    Break {
        /// The break.
        rest: Break,
        /// The share in per cent.
        percent: i64,
        /// What counted most before the break, where 1.10 × that is less than the share.
        credit: Option<Counted>,
    },
    /// The seven days before and the best of the last four blocks.
    Blocks {
        /// The last seven days.
        last: Block,
        /// The best of the last four blocks.
        best: Block,
        /// 130, or less by a stricter threshold.
        percent: i64,
    },
    /// A weekly jump: no more than the best block up to that day counts for.
    Jump {
        /// The last of the seven days that jumped.
        date: NaiveDate,
        /// What was run in them, in whole metres.
        week_m: i64,
        /// The best of the four blocks up to that day.
        best_m: i64,
    },
    /// The knee diary.
    Knee {
        /// Where it stands.
        state: State,
        /// A sign of the newest row, while which there is no run.
        standing: Option<Standing>,
        /// Day and light of the row that holds the state.
        entry: Option<(NaiveDate, Light)>,
    },
    /// Words of a source's own, without capital and full stop.
    Said(&'static str),
}
