//! What keeps rules quiet: steps too small to tell, a message of the days before, a break that blinds.

use chrono::NaiveDate;

use crate::{
    analysis::history::{breaks::BLIND_FROM_DAYS, compare::LOOK_BACK_DAYS, sessions::Session},
    dates,
    warning::Warning,
};

/// Why a rule that held said nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// It was one of the same level less than a week before, on this day.
    CoolingDown(NaiveDate),
    /// The runs since the last break are too few.
    AfterBreak,
    /// The run is short, or hardly longer than what it is held against.
    TooSmall,
    /// A hole in the files: the blocks before are not whole.
    Hole,
}

/// No warning below this distance.
pub const SHORTEST_WARNED_M: i64 = 3_000;
/// No warning for a smaller step than this.
pub const SMALLEST_STEP_M: i64 = 500;
/// A second warning of the same level needs this many days.
pub const COOL_DOWN_DAYS: i64 = 7;
/// A break that blinds silences the rule for this many days after the return …
const SILENT_DAYS: i64 = 14;
/// … and until this many runs …
const RUNS_AFTER_BREAK: usize = 3;
/// … spread over this many days stand in the window.
const RUN_DAYS_AFTER_BREAK: i64 = 10;

/// Whether a run is long enough, and far enough above what it is held against, to be more than measurement noise.
#[must_use]
pub fn worth_a_warning(distance_m: i64, above_m: i64) -> bool {
    distance_m >= SHORTEST_WARNED_M && distance_m - above_m >= SMALLEST_STEP_M
}

/// Whether a warning of at least the level of `next` stands less than [`COOL_DOWN_DAYS`] before. A race holds back no
/// warning, nor does what only the runner's own threshold tells hold back what a study speaks of.
#[must_use]
pub fn cooling_down<F>(earlier: &[Warning<F>], next: &Warning<F>) -> bool {
    held_back_by(earlier, next).is_some()
}

/// The same with the day of the warning that holds it back.
#[must_use]
pub fn held_back_by<F>(earlier: &[Warning<F>], next: &Warning<F>) -> Option<NaiveDate> {
    let since = |warning: &Warning<F>| (next.date - warning.date).num_days();
    let recent = earlier.iter().rev().take_while(|warning| since(warning) < COOL_DOWN_DAYS);
    let mut recent = recent.filter(|warning| next.is_below_studied() || !warning.is_below_studied());
    recent.find(|warning| warning.level >= next.level).map(|warning| warning.date)
}

/// Whether the runs since the last break are still too few to compare with.
#[must_use]
pub fn silent_after_break(sessions: &[Session], i: usize) -> bool {
    let days_between = |a: usize, b: usize| (sessions[b].date - sessions[a].date).num_days();
    let date = sessions[i].date;
    let earliest = dates::days_before(date, LOOK_BACK_DAYS);
    // a break before that is too long ago; runs by start are by date, but for a day where somebody flies west
    let surely_before = dates::days_before(earliest, 2);
    let mut near = (1..=i).rev().take_while(|&j| sessions[j].date >= surely_before);
    let Some(back) = near.find(|&j| days_between(j - 1, j) >= BLIND_FROM_DAYS) else { return false };
    if sessions[back].date < earliest {
        return false;
    }
    let since_return = days_between(back, i);
    since_return < SILENT_DAYS || i - back < RUNS_AFTER_BREAK || since_return < RUN_DAYS_AFTER_BREAK
}
