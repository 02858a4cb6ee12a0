//! The hold after a weekly jump: seven days at what the best block up to that day counts for.
//!
//! ```text
//! a told jump of day f, of either level    1.00 × max(B(f), B(f − 7), B(f − 14), B(f − 21)) to f + 7
//! ```
//! Of several the smallest. A design choice (evidence grade D). Source: the band of Nielsen 2014.

use super::{
    asked::AfterDay,
    source::{Because, Source},
};
use crate::{analysis::rules::weekly_jump::HOLD_DAYS, dates};

/// Its name: that of the rule.
pub const NAME: &str = "weekly-jump";

/// What seven days may have.
pub fn week(asked: &AfterDay<'_>, found: &mut Vec<Source>) {
    let (blocks, last) = (asked.first.blocks, asked.last);
    let earliest = dates::days_before(last, HOLD_DAYS - 1);
    let jumps = blocks.jumps.iter().rev().skip_while(|jump| jump.date > last);
    for jump in jumps.take_while(|jump| jump.date >= earliest) {
        let best_m = blocks.best(jump.date).credit_m;
        found.push(Source {
            name: NAME,
            exposure: asked.first.past.exposure,
            run: None,
            not_before: None,
            week_m: Some(best_m),
            from: dates::days_after(jump.date, 1),
            until: Some(dates::days_after(jump.date, HOLD_DAYS)),
            raised: Some(jump.date),
            because: Because::Jump { date: jump.date, week_m: jump.week_m, best_m },
        });
    }
}
