//! Every number of the diary's rules, once.
//!
//! Source: EVIDENCE-KNEE 5.2, 5.3, 5.5, 5.6. Design choices (grade D) but for the green limits and the red one.

/// A number above this is red.
pub const RED_ABOVE: u8 = 5;
/// The same where it may be bone.
pub const BONE_RED_ABOVE: u8 = 2;
/// A number above this where it may be bone: no run until seen.
pub const BONE_STOP_ABOVE: u8 = 5;
/// So much more on the next morning than before the run is red.
pub const MORNING_RED_RISE: u8 = 2;
/// Days after which an entry no longer weighs, and days whose runs say what is usual.
pub const LOOK_BACK_DAYS: i64 = 28;
/// Days whose green runs are known ground.
pub const KNOWN_DAYS: i64 = 14;
/// Days without a run after a red entry.
pub const RED_REST_DAYS: i64 = 2;
/// Green entries that lead out of a hold, or to the next stage.
pub const GREENS_TO_LEAVE: u32 = 2;
/// Days with a run in 28 without which silence is no recovery.
pub const RUN_DAYS_TO_END: usize = 6;
/// Per cent that a red entry leaves.
pub const HALF_PERCENT: i64 = 50;
/// Per cent that an amber entry leaves.
pub const SHORTER_PERCENT: i64 = 80;
/// Per cent of the base for one run in the ramp.
pub const RAMP_RUN_PERCENT: i64 = 110;
/// Per cent of the last seven days in the ramp.
pub const RAMP_WEEK_PERCENT: i64 = 120;
/// Below this the ladder of walking and running begins, in metres.
pub const LEAST_M: i64 = 2000;
/// A longest other run below this says nothing of what is usual, in metres.
pub const USUAL_M: i64 = 3000;
/// Seven days may have at least so many runs of the limit.
pub const WEEK_RUNS: i64 = 2;
/// A pause of so many days after a red entry leads to the ladder.
pub const LADDER_AFTER_DAYS: i64 = 14;
/// Seconds of running beyond a stage with which a session no longer counts for it.
pub const OVER_STAGE_S: i64 = 120;
/// The limit of one run is rounded down to this, in metres.
pub const RUN_STEP_M: i64 = 100;
/// The limit of seven days is rounded down to this, in metres.
pub const WEEK_STEP_M: i64 = 500;

/// Minutes walking, minutes running, how often: the stages of the ladder.
pub const LADDER: [(i64, i64, i64); 7] =
    [(30, 0, 1), (4, 1, 6), (3, 2, 6), (2, 3, 6), (1, 4, 6), (1, 9, 3), (0, 30, 1)];

/// A value rounded down to a step.
pub(super) fn floor_to(step: i64, value: i64) -> i64 {
    value.div_euclid(step) * step
}
