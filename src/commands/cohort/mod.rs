//! Many runners: a folder with a sub-folder for each.

#![allow(dead_code, reason = "the commands that read many runners follow")]

pub(crate) mod folders;
pub(crate) mod runner;
pub(crate) mod side_by_side;
