//! The way back after a break of seven days or more: a share of the longest run, and of the best seven days, before it.
//!
//! ```text
//! a run       the share of Lpre (see `breaks`), never above 1.10 × the highest credit of the same days
//! seven days  after 14 days or more: the same share of max(B(l), B(l − 7), B(l − 14), B(l − 21)), l the day of the last run
//!             before it; never below what one run may have
//! ```
//! Every break counts, told or not, also before H0 + 30. A design choice (evidence grade D). Source: coaches' tables.

use chrono::NaiveDate;

use super::{
    asked::{AfterDay, OnDay},
    breaks::Break,
    source::{Because, Source},
};

/// Its name: that of the rule.
pub const NAME: &str = "gap";

/// What a run may have.
pub fn run(asked: &OnDay<'_>, found: &mut Vec<Source>) {
    found.extend(asked.breaks.iter().filter_map(|rest| source(asked, rest)));
}

/// What seven days may have.
pub fn week(asked: &AfterDay<'_>, found: &mut Vec<Source>) {
    let run_m = asked.run_m.unwrap_or_default();
    let long = asked.first.breaks.iter().filter(|rest| rest.is_long());
    let limits = long.filter_map(|rest| source(&asked.first, rest));
    found.extend(limits.map(|source| Source {
        run: None,
        week_m: Some(source.week_m.unwrap_or_default().max(run_m)).filter(|week_m| *week_m > 0),
        ..source
    }));
}

/// The share of the best seven days before a break that holds on a day; `None` where that is nothing.
#[must_use]
pub fn week_m(asked: &OnDay<'_>, rest: &Break) -> Option<i64> {
    let percent = rest.percent_on(asked.day).filter(|_| rest.is_long())?;
    Some(percent * asked.blocks.best(rest.last_run).credit_m / 100).filter(|week_m| *week_m > 0)
}

fn source(asked: &OnDay<'_>, rest: &Break) -> Option<Source> {
    let past = asked.past;
    let percent = rest.percent_on(asked.day)?;
    let share = past.exposure.rounded(rest.longest? * percent / 100);
    // else a spike before the break would be paid out
    let by_credit = rest.credit.map(|counted| past.exposure.rounded(past.percent * counted.credit / 100));
    let credit = rest.credit.filter(|_| by_credit.is_some_and(|by_credit| by_credit < share));
    let most = by_credit.map_or(share, |by_credit| by_credit.min(share));
    let (from, until) = rest.step_on(asked.day);
    Some(Source {
        name: NAME,
        exposure: past.exposure,
        run: (most > 0).then_some(most),
        not_before: None,
        week_m: week_m(asked, rest),
        from,
        until,
        raised: Some(set_on(rest)),
        because: Because::Break { rest: *rest, percent, credit },
    })
}

/// The day of the return, or of the last run before a break that lasts.
fn set_on(rest: &Break) -> NaiveDate {
    rest.returned.unwrap_or(rest.last_run)
}
