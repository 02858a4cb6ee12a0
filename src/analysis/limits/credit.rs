//! Credits: what was run counts, a spike for less, and the next run may be a little longer.
//!
//! ```text
//! a run       1.10 × the highest credit of the 30 days before; nothing before H0 + 30, nor while a break is blind
//! seven days  min(1.30 m, max(1.30 p, 1.10 m)), p = B(T), m = max(B(T), B(T − 7), B(T − 14), B(T − 21)); not while a
//!             break is blind
//! ```
//! So a plan within it raises no weekly jump of either level. A stricter threshold of the runner's own stands in place of
//! 1.10 and 1.30; a laxer one never does. A design choice (evidence grade D).
//! Source: the bands of Frandsen 2025 and of Nielsen 2014.

use super::{
    asked::{AfterDay, OnDay},
    source::{Because, Source},
};
use crate::analysis::rules::weekly_jump::NOTE_PERCENT;

/// Its name.
pub const NAME: &str = "credit";

/// What a run may have.
pub fn run(asked: &OnDay<'_>, found: &mut Vec<Source>) {
    let past = asked.past;
    if asked.is_blind || !past.has_history(asked.day) {
        return;
    }
    let Some(counted) = past.most_credit_before(asked.day, asked.n) else { return };
    let most = past.exposure.rounded(past.percent * counted.credit / 100);
    found.extend((most > 0).then_some(Source {
        name: NAME,
        exposure: past.exposure,
        run: Some(most),
        not_before: None,
        week_m: None,
        from: asked.day,
        until: None,
        raised: None,
        because: Because::Longest { counted, percent: past.percent },
    }));
}

/// What seven days may have.
pub fn week(asked: &AfterDay<'_>, found: &mut Vec<Source>) {
    if asked.first.is_blind || asked.is_unknown {
        return;
    }
    let (last, best) = (asked.first.blocks.on(asked.last), asked.first.blocks.best(asked.last));
    let (percent, p, m) = (asked.percent, last.credit_m, best.credit_m);
    let week_m = (percent * m).min((percent * p).max(percent.min(NOTE_PERCENT) * m)) / 100;
    found.extend((week_m > 0).then_some(Source {
        name: NAME,
        exposure: asked.first.past.exposure,
        run: None,
        not_before: None,
        week_m: Some(week_m),
        from: asked.first.day,
        until: None,
        raised: None,
        because: Because::Blocks { last, best, percent },
    }));
}
