//! The sources, one row each: whatever tells the runner how far to go comes from here.

use super::{
    asked::{AfterDay, OnDay},
    credit, gap,
    past::Past,
    source::Source,
    spike_hold, step_stack, weekly_jump,
};

/// One kind of source.
#[derive(Debug)]
pub struct Row {
    /// Its name in `explain caps` and JSON.
    pub name: &'static str,
    /// What a run, by its position, sets for the days after it; it looks at nothing later.
    pub set: fn(&Past, usize, &mut Vec<Source>),
    /// What it says of a run on a day.
    pub run: fn(&OnDay<'_>, &mut Vec<Source>),
    /// What it says of the seven days after a day.
    pub week: fn(&AfterDay<'_>, &mut Vec<Source>),
}

/// All sources; of equal limits the first is named.
pub static SOURCES: &[Row] = &[
    Row { name: gap::NAME, set: sets_nothing, run: gap::run, week: gap::week },
    Row { name: credit::NAME, set: sets_nothing, run: credit::run, week: credit::week },
    Row { name: spike_hold::NAME, set: spike_hold::set, run: not_of_runs, week: not_of_weeks },
    Row { name: step_stack::NAME, set: step_stack::set, run: not_of_runs, week: not_of_weeks },
    Row { name: weekly_jump::NAME, set: sets_nothing, run: not_of_runs, week: weekly_jump::week },
];

fn sets_nothing(_: &Past, _: usize, _: &mut Vec<Source>) {}
fn not_of_runs(_: &OnDay<'_>, _: &mut Vec<Source>) {}
fn not_of_weeks(_: &AfterDay<'_>, _: &mut Vec<Source>) {}
