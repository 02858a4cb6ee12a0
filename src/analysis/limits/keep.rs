//! What a warning asks to keep to: the limit of the day of the report, or that the one that its rule had set is over.

use chrono::NaiveDate;

use super::answer::Limits;
use crate::{
    dates,
    warning::{KeepTo, Kept, Warning},
};

const SECONDS_PER_MINUTE: i64 = 60;

/// The same warning with the limit that holds on the day of the report.
pub fn fill_in<F>(warning: &mut Warning<F>, limits: &Limits) {
    warning.keep_to = warning.keep_to.map(|keep_to| now(keep_to, limits));
}

fn now(keep_to: KeepTo, limits: &Limits) -> KeepTo {
    let first = match keep_to.of {
        Kept::SevenDays => dates::days_after(limits.as_of, 1),
        Kept::Run | Kept::Running => limits.date,
        Kept::Descent | Kept::DaysOff => limits.as_of,
    };
    let is_over = keep_to.set_until.is_some_and(|until| until < first);
    let (most, until) = limit(keep_to, limits);
    let until = until.filter(|until| *until >= limits.as_of);
    KeepTo { most, until, is_over, body: limits.body, ..keep_to }
}

fn limit(keep_to: KeepTo, limits: &Limits) -> (Option<i64>, Option<NaiveDate>) {
    match keep_to.of {
        Kept::Run => (limits.next_run_m, limits.until),
        Kept::SevenDays => (limits.next_7_days_m, limits.next_7_days_until),
        Kept::Running => {
            let running = limits.running.as_ref();
            let minutes = running.map(|running| running.minutes);
            (minutes.map(|minutes| SECONDS_PER_MINUTE * minutes), running.and_then(|running| running.until))
        }
        // metres of descent are the rule's own
        Kept::Descent | Kept::DaysOff => (keep_to.most, keep_to.until),
    }
}
