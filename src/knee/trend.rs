//! Whether the worst of a week is rising.
//!
//! ```text
//! rising = worst `during` of the last 7 days >= 2 above that of the 7 before, or higher twice running (three blocks)
//! ```
//! Each block needs two rows or more. One line, no limit.
//! Source: EVIDENCE-KNEE 5.4 (the pain-monitoring model asks for no rise from week to week). Grade C.

use chrono::NaiveDate;

/// A rise of so much is one, whatever was before.
const RISE: u8 = 2;
/// Rows that a block of seven days needs.
const LEAST_ROWS: usize = 2;

/// `None` where there are too few rows.
#[must_use]
pub fn rising(rows: &[(NaiveDate, u8)], on: NaiveDate) -> Option<bool> {
    let block = |weeks: i64| -> Option<u8> {
        let days = 7 * weeks..7 * (weeks + 1);
        let in_block = rows.iter().filter(|(date, _)| days.contains(&(on - *date).num_days()));
        let numbers: Vec<u8> = in_block.map(|(_, number)| *number).collect();
        (numbers.len() >= LEAST_ROWS).then(|| numbers.into_iter().max()).flatten()
    };
    let (last, before) = (block(0)?, block(1)?);
    Some(last >= before + RISE || block(2).is_some_and(|earlier| last > before && before > earlier))
}
