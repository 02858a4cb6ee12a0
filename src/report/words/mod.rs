//! Every sentence about load, limits and shoes. Rules and limits see numbers only, reports see text only.

pub mod beside;
mod breaks;
pub mod cadence;
pub mod calendar;
pub mod knee;
pub mod limits;
pub mod messages;
mod parts;
mod ratio;
mod shoes;
mod spikes;
#[cfg(test)]
mod tests;
mod thresholds;
pub mod triage;
mod warnings;

pub use crate::report::words::parts::{
    cap_text, date_range_after, in_recordings, running_minutes, window_in, window_text,
};
pub use crate::report::words::shoes::shoe_fit;
