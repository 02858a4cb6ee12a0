//! The rules: one file each, with formula, source and evidence grade on top.

pub mod acute_chronic;
pub mod descent_spike;
pub mod gap;
pub mod long_run_spike;
pub mod new_shoe;
pub mod no_rest;
pub mod one_pair;
pub mod step_stack;
pub mod ten_percent;
pub mod weekly_jump;
