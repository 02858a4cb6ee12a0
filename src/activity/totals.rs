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

impl Totals {
    /// These values, and where one is not known that of `later`.
    #[must_use]
    pub fn or(&self, later: &Self) -> Self {
        Self {
            distance_m: self.distance_m.or(later.distance_m),
            timer_time_s: self.timer_time_s.or(later.timer_time_s),
            elapsed_time_s: self.elapsed_time_s.or(later.elapsed_time_s),
            ascent_m: self.ascent_m.or(later.ascent_m),
            descent_m: self.descent_m.or(later.descent_m),
            average_heart_rate_bpm: self.average_heart_rate_bpm.or(later.average_heart_rate_bpm),
            max_heart_rate_bpm: self.max_heart_rate_bpm.or(later.max_heart_rate_bpm),
            average_cadence_spm: self.average_cadence_spm.or(later.average_cadence_spm),
            training_load: self.training_load.or(later.training_load),
            session_rpe: self.session_rpe.or(later.session_rpe),
        }
    }

    /// Every value, to be looked at as a number.
    #[must_use]
    pub fn numbers(&self) -> [Option<f64>; 10] {
        [
            self.distance_m,
            self.timer_time_s,
            self.elapsed_time_s,
            self.ascent_m,
            self.descent_m,
            self.average_heart_rate_bpm,
            self.max_heart_rate_bpm,
            self.average_cadence_spm,
            self.training_load,
            self.session_rpe,
        ]
    }
}
