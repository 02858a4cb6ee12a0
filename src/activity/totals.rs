//! Totals of an activity, the same struct at every stage: as a file, an export's index and the decided activity have them.

use serde::{Deserialize, Serialize};

/// The device's own totals, where it wrote any (FIT `session`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// FIT `session.total_distance`.
    pub distance_m: Option<f64>,
    /// Watch running, without pauses. FIT `session.total_timer_time`.
    pub timer_time_s: Option<f64>,
    /// From start to stop, with pauses. FIT `session.total_elapsed_time`.
    pub elapsed_time_s: Option<f64>,
    /// FIT `session.total_ascent`.
    pub ascent_m: Option<f64>,
    /// FIT `session.total_descent`.
    pub descent_m: Option<f64>,
    /// FIT `session.avg_heart_rate`.
    pub average_heart_rate_bpm: Option<f64>,
    /// FIT `session.max_heart_rate`.
    pub max_heart_rate_bpm: Option<f64>,
    /// Steps of both feet a minute: 2 × (FIT `avg_running_cadence` + `avg_fractional_cadence`).
    pub average_cadence_spm: Option<f64>,
    /// FIT `session.training_load_peak`, the maker's own unit.
    pub training_load: Option<f64>,
    /// How hard the runner says it was, 0–10: a tenth of FIT `session.workout_rpe`.
    pub session_rpe: Option<f64>,
}
