//! What one runner's files say on a day, in numbers and dates: what a list of many runners is made of. Small, so that of each
//! runner no more than this is kept.

use chrono::NaiveDate;

use super::{reason::Reason, remarks::Remark};
use crate::{
    activity::Activity,
    analysis::{Analysis, limits::source::Because, rules::Warning},
    import::Import,
    knee::{fold::State, sign::Urgency},
    warning::{Compared, Level, Rule},
};

/// What one runner's files say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// The runner's name: that of the folder.
    pub name: String,
    /// Why the runner could not be read; then nothing else is known.
    pub failed: Option<Reason>,
    /// The newest activity of any sport.
    pub last_activity: Option<NaiveDate>,
    /// Days from there to the day of the report.
    pub days_without: Option<i64>,
    /// Active cautions and warnings that the runner has not silenced, most urgent first.
    pub raised: Vec<Raised>,
    /// The knee diary, where it says anything.
    pub knee: Option<KneeState>,
    /// The break whose limit holds.
    pub back: Option<BreakNow>,
    /// How far the next run may go.
    pub next_run: NextRun,
    /// What to look at in the files.
    pub remarks: Vec<Remark>,
}

/// An active caution or warning.
#[derive(Clone, Debug, PartialEq)]
pub struct Raised {
    /// The rule that fired.
    pub rule: &'static Rule,
    /// How urgent.
    pub level: Level,
    /// The day it is about.
    pub date: NaiveDate,
    /// What was measured, and against what.
    pub compared: Compared,
}

/// A knee diary: its state, and who should look at it. No entry, no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KneeState {
    /// What holds.
    pub state: State,
    /// Who should look at it.
    pub see: Option<Urgency>,
    /// How loud that is.
    pub level: Level,
    /// Whether the diary, or a part of it, cannot be read.
    pub is_unread: bool,
}

/// A break whose limit holds on the day of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakNow {
    /// The last run before it.
    pub last_run: NaiveDate,
    /// The first run after it; `None` while it lasts.
    pub returned: Option<NaiveDate>,
    /// Its days.
    pub days: i64,
}

/// How far the next run may go, as the limits' engine has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NextRun {
    /// Whole metres; `None` where nothing can be said, or the diary leaves no number.
    pub most_m: Option<i64>,
    /// The last day for which that holds.
    pub until: Option<NaiveDate>,
}

impl Known {
    /// Of a runner who was read.
    #[must_use]
    pub fn of(name: &str, import: &Import, analysis: &Analysis, mut remarks: Vec<Remark>) -> Self {
        let activities = import.runs.iter().chain(&import.others);
        let last_activity = activities.map(Activity::local_date).max();
        let knee = knee(analysis);
        if knee.is_some_and(|knee| knee.is_unread) {
            remarks.push(Remark { reason: Reason::DiaryUnreadable, count: 1 });
        }
        let (limits, body) = (&analysis.limits, analysis.limits.body);
        let next_run = NextRun { most_m: limits.next_run_m, until: limits.until };
        Self {
            name: name.to_owned(),
            failed: None,
            last_activity,
            days_without: last_activity.map(|last| (analysis.as_of - last).num_days()),
            raised: urgent(analysis).map(raised).collect(),
            knee,
            back: break_now(analysis),
            next_run: if body.is_some() { NextRun::default() } else { next_run },
            remarks,
        }
    }

    /// Of a runner who could not be read.
    #[must_use]
    pub fn failed(name: &str, reason: Reason) -> Self {
        Self { name: name.to_owned(), failed: Some(reason), ..Self::default() }
    }
}

/// Active cautions and warnings, most urgent first.
pub fn urgent(analysis: &Analysis) -> impl Iterator<Item = &Warning> {
    analysis.active().into_iter().filter(|warning| warning.level >= Level::Caution)
}

fn raised(warning: &Warning) -> Raised {
    let Warning { rule, level, date, compared, .. } = warning;
    Raised { rule, level: *level, date: *date, compared: *compared }
}

/// What the diary says, unless that is nothing at all.
fn knee(analysis: &Analysis) -> Option<KneeState> {
    let (knee, limit) = analysis.knee_limit()?;
    let (state, see, is_unread) = (limit.state, knee.see(), knee.unread().is_some());
    let level = analysis.knee_level()?;
    let says_nothing = state == State::Clear && see.is_none() && !is_unread;
    (!says_nothing).then_some(KneeState { state, see, level, is_unread })
}

/// The break whose limit holds, whatever else limits the next run.
fn break_now(analysis: &Analysis) -> Option<BreakNow> {
    analysis.limits.sources.iter().find_map(|source| match &source.because {
        Because::Break { rest, .. } => {
            Some(BreakNow { last_run: rest.last_run, returned: rest.returned, days: rest.days })
        }
        _ => None,
    })
}
