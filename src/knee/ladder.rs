//! The ladder of walking and running: seven stages of half an hour.
//!
//! Two green sessions lead to the next stage, amber counts anew, red goes one stage down.
//! Source: EVIDENCE-KNEE 5.5, close to clinics' ladders; no programme is known to be better. Grade D.

use super::numbers::{GREENS_TO_LEAVE, LADDER, OVER_STAGE_S};

/// Minutes of walking, minutes of running, and how often, of a stage.
#[must_use]
pub fn stage(number: u8) -> (i64, i64, i64) {
    LADDER[usize::from(number).min(LADDER.len() - 1)]
}

/// The highest stage.
#[must_use]
pub fn last_stage() -> u8 {
    (LADDER.len() - 1) as u8
}

/// Whether a session with so many seconds of running is one of this stage.
#[must_use]
pub fn is_within(number: u8, running_s: i64) -> bool {
    let (_, run, times) = stage(number);
    running_s <= run * times * 60 + OVER_STAGE_S
}

/// Stage and green sessions at it after one more; one stage beyond the last is the end.
#[must_use]
pub fn after_green(stage: u8, greens: u32) -> (u8, u32) {
    if greens + 1 >= GREENS_TO_LEAVE { (stage + 1, 0) } else { (stage, greens + 1) }
}

/// Whether the ladder lies behind.
#[must_use]
pub fn is_done(stage: u8) -> bool {
    stage > last_stage()
}
