//! Breaks: seven days or more between two runs, and for how long they matter.
//!
//! ```text
//! g     = days between two runs, or between the last run and the day asked about
//! Lpre  = longest run in [last run − 30, last run]; its shares: `history::breaks`
//! ```
//! A break of less than 14 days is no news, and holds nothing, where the 28 days before it hold another one: who runs once
//! a week has one every week. Source: coaching tables (Daniels), a design choice (evidence grade D).

use chrono::NaiveDate;

use super::{counted::Counted, past::Past};
use crate::{
    analysis::history::{
        breaks::{
            AFTERMATH_DAYS, BLIND_FROM_DAYS, Band, SHORTEST_DAYS, STEP_DAYS, band, habit_since, is_habit,
            percent_on,
        },
        compare::LOOK_BACK_DAYS,
    },
    dates,
};

/// A break between two runs, or from the last run up to the day asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// The last run before it.
    pub last_run: NaiveDate,
    /// The first run after it; `None` while it lasts.
    pub returned: Option<NaiveDate>,
    /// Days between the last run and the return, or the day asked about.
    pub days: i64,
    /// The most of the 30 days up to the last run, in metres or seconds of running; `None` where it is not known.
    pub longest: Option<i64>,
    /// What counts most of the same days.
    pub credit: Option<Counted>,
}

impl Break {
    fn band(&self) -> Option<&'static Band> {
        band(self.days)
    }

    /// Which share of what was before it a run on a day may have, in per cent; `None` where it no longer matters.
    #[must_use]
    pub fn percent_on(&self, day: NaiveDate) -> Option<i64> {
        percent_on(self.days, self.returned, day)
    }

    /// The first and the last day of the share that holds on a day; while it lasts, of its band.
    #[must_use]
    pub fn step_on(&self, day: NaiveDate) -> (NaiveDate, Option<NaiveDate>) {
        let after = |date, days: i64| dates::days_after(date, days.unsigned_abs());
        let Some(returned) = self.returned else {
            let (from, to) = self.band().map_or((0, None), |band| (band.from, band.to));
            return (after(self.last_run, from), to.map(|to| after(self.last_run, to)));
        };
        let second = (day - returned).num_days() >= STEP_DAYS;
        let from = after(returned, if second { STEP_DAYS } else { 0 });
        (from, Some(after(from, STEP_DAYS - 1)))
    }

    /// Whether it is long enough to stand in place of the comparison with the 30 days before.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.days >= BLIND_FROM_DAYS
    }

    fn strictness(&self, day: NaiveDate) -> i64 {
        self.longest.unwrap_or_default() * self.percent_on(day).unwrap_or_default()
    }
}

/// Every break that matters on a day, by the first `n` runs; `lasting`: with the one that a run on this day would end.
#[must_use]
pub fn breaks(past: &Past, day: NaiveDate, n: usize, lasting: bool) -> Vec<Break> {
    let n = n.min(past.before(day));
    let date = |i: usize| past.efforts[i].date;
    let recent = (1..n).rev().take_while(|i| (day - date(*i)).num_days() < AFTERMATH_DAYS);
    let mut found: Vec<Break> = recent.filter_map(|i| between(past, i, date(i), Some(date(i)))).collect();
    found.extend(lasting.then(|| between(past, n, day, None)).flatten());
    found.retain(|rest| rest.percent_on(day).is_some() && !is_usual(past, rest));
    found
}

/// Whether the strictest of the breaks of a day is one of 14 days or more: the 30 days before hold the first runs only, so
/// the break stands in place of what counts in them.
#[must_use]
pub fn is_blind(breaks: &[Break], day: NaiveDate) -> bool {
    breaks.iter().min_by_key(|rest| rest.strictness(day)).is_some_and(Break::is_long)
}

/// The break between the first `n` runs and a day.
fn between(past: &Past, n: usize, until: NaiveDate, returned: Option<NaiveDate>) -> Option<Break> {
    let last_run = past.efforts.get(n.checked_sub(1)?)?.date;
    let days = (until - last_run).num_days();
    if days < SHORTEST_DAYS {
        return None;
    }
    let first = dates::days_before(last_run, LOOK_BACK_DAYS);
    let longest = past.window(first, last_run, n).iter().filter_map(|effort| effort.amount).max();
    Some(Break { last_run, returned, days, longest, credit: past.most_credit(first, last_run, n) })
}

fn is_usual(past: &Past, rest: &Break) -> bool {
    let recent = past.window(habit_since(rest.last_run), rest.last_run, usize::MAX);
    is_habit(rest.days, recent.iter().map(|effort| effort.date))
}
