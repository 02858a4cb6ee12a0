//! What `long-run-spike` says, by distance or by running minutes.

use super::{
    parts::{in_recordings, minutes, percent_text},
    warnings::Words,
};
use crate::{
    analysis::{
        history::compare::SpikeSize,
        rules::{Warning, long_run_spike},
    },
    dates,
    units::UnitSystem,
    warning::thresholds::Thresholds,
};

/// Within this of the threshold a GPS distance cannot tell the sides apart (watches err by 3 to 6 %).
const ABOUT_AT_THE_LINE_PCT: i64 = 2;

impl long_run_spike::Seen {
    fn by_distance(self, w: &Warning, units: UnitSystem) -> String {
        format!(
            "{}, {}: {}longer than your longest run in the 30 days before ({}, {}){}.",
            dates::with_weekday(w.date),
            w.run_text(w.compared.value, units),
            w.percent_text(),
            w.baseline_text(units),
            dates::short(self.baseline_date),
            about_at_the_line(w.compared.value, w.compared.baseline.unwrap_or_default(), self.percent),
        )
    }

    fn by_minutes(self, w: &Warning, run_walk: bool) -> String {
        let why = if run_walk {
            "Less than 60 % of that session was running."
        } else {
            "At least half of the sessions of those days were runs with walks."
        };
        let race = if w.race { "a race of " } else { "" };
        let (running_s, most_s) = (w.compared.value, w.compared.baseline.unwrap_or_default());
        format!(
            "{}, {race}{} running minutes{}: {}more than the most in the 30 days before ({}, {}). {why}",
            dates::with_weekday(w.date),
            minutes(running_s),
            in_recordings(w.recordings),
            percent_text(running_s, most_s),
            minutes(most_s),
            dates::short(self.baseline_date),
        )
    }
}

impl Words for long_run_spike::Seen {
    fn seen(&self, w: &Warning, units: UnitSystem) -> String {
        match self.run_walk {
            Some(run_walk) => self.by_minutes(w, run_walk),
            None => self.by_distance(w, units),
        }
    }

    fn association(&self, _: &Warning) -> &'static str {
        match (self.run_walk, self.size) {
            (Some(_), None) => {
                "Below 10 %, where the study of long runs has ordinary ones. Your own threshold speaks, not a study."
            }
            (Some(_), Some(_)) => {
                "From walking to running distance hardly changes, so minutes stand in for it here. That is our choice: the \
                 study of long runs was about distance, and nobody has measured what such a step in minutes goes with."
            }
            (None, None) => {
                "Below the studied 10 %: in that study such runs are ordinary ones. Your own threshold speaks, not a study."
            }
            (None, Some(SpikeSize::Small)) => {
                "Runs 10–30 % longer were followed by overuse injury 1.6 × as often (95 % CI 1.3–2.1): about 3 in \
                 1,000 runs instead of 2. An association, not proof."
            }
            (None, Some(SpikeSize::Moderate)) => {
                "Runs 30–100 % longer were followed by overuse injury 1.5 × as often (95 % CI 1.2–2.0): about 3 in \
                 1,000 runs instead of 2. An association, not proof."
            }
            (None, Some(SpikeSize::Large)) => {
                "Runs more than twice as long were followed by overuse injury 2.3 × as often (95 % CI 1.5–3.5): about \
                 5 in 1,000 runs instead of 2. An association, not proof."
            }
        }
    }

    fn action(&self, w: &Warning, units: UnitSystem) -> String {
        let what = if self.run_walk.is_some() { "every session" } else { "every run" };
        w.keep_text(what, units)
    }

    fn judged_by(&self, _: &Warning) -> Thresholds {
        Thresholds::default().with(&long_run_spike::PERCENT, self.percent)
    }
}

fn about_at_the_line(value_m: i64, base_m: i64, threshold_percent: i64) -> &'static str {
    if 100 * value_m <= (100 + threshold_percent + ABOUT_AT_THE_LINE_PCT) * base_m {
        ", about at the line of what GPS can tell"
    } else {
        ""
    }
}
