//! What studies found, with its uncertainty: no relative effect without its interval.

use crate::warning::{SpikeSize, Warning};

impl Warning {
    /// What studies found, with its uncertainty.
    #[must_use]
    pub fn association(&self) -> &'static str {
        match self {
            _ if self.is_race() => {
                "A race by your own word: told for the record. It is load like any other run, so caps and credits count it."
            }
            Self::RunningMinutesSpike { size: None, .. } => {
                "Below 10 %, where the study of long runs has ordinary ones. Your own threshold speaks, not a study."
            }
            Self::RunningMinutesSpike { .. } => {
                "From walking to running distance hardly changes, so minutes stand in for it here. That is our choice: the \
                 study of long runs was about distance, and nobody has measured what such a step in minutes goes with."
            }
            Self::LongRunSpike { size: None, .. } => {
                "Below the studied 10 %: in that study such runs are ordinary ones. Your own threshold speaks, not a study."
            }
            Self::LongRunSpike { size: Some(SpikeSize::Small), .. } => {
                "Runs 10–30 % longer were followed by overuse injury 1.6 × as often (95 % CI 1.3–2.1): about 3 in \
                 1,000 runs instead of 2. An association, not proof."
            }
            Self::LongRunSpike { size: Some(SpikeSize::Moderate), .. } => {
                "Runs 30–100 % longer were followed by overuse injury 1.5 × as often (95 % CI 1.2–2.0): about 3 in \
                 1,000 runs instead of 2. An association, not proof."
            }
            Self::LongRunSpike { size: Some(SpikeSize::Large), .. } => {
                "Runs more than twice as long were followed by overuse injury 2.3 × as often (95 % CI 1.5–3.5): about \
                 5 in 1,000 runs instead of 2. An association, not proof."
            }
            Self::Gap { .. } | Self::AboveGapCap { .. } => {
                "Files cannot tell rest from a watch left at home. What a break takes from tendon and bone has not \
                 been measured: these steps follow coaches' tables."
            }
            Self::WeeklyJump { .. } if self.is_below_studied() => {
                "Below the studied 30 %: no study speaks of such a step. Your own threshold does."
            }
            Self::WeeklyJump { .. } => {
                "In 874 novices, steps of more than 30 % went with 1.6 × as many distance-related injuries, knees among \
                 them (95 % CI 0.96–2.66, so chance is possible); 5,205 watch users showed no such link. A sudden \
                 change, not a forecast."
            }
            Self::StepStack { .. } => {
                "Small steps compound within days, a limit that the study of long runs names itself. How much that matters \
                 has not been measured."
            }
            Self::NoRest { .. } => {
                "Of 446 elite endurance athletes, those with fewer than two days off a week told of overuse injury 5.2 × \
                 as often (95 % CI 1.9–14.1; absolute rates not found). Told from memory, with a wide margin."
            }
            Self::DescentSpike { .. } if self.own_threshold().is_some() => {
                "Downhill loads thigh and kneecap more than the flat does. No study has a threshold: this one is yours."
            }
            Self::DescentSpike { .. } => {
                "Downhill loads thigh and kneecap more than the flat does. No study has a threshold: this one is ours."
            }
            Self::TenPercent { .. } => {
                "In a trial with 532 novices a plan of 10 % a week left 20.8 % injured, a common plan 20.3 %: no difference."
            }
            Self::AcuteChronic { .. } => {
                "In two cohorts of runners (435 and 5,205) injuries followed low ratios more often than high ones, likely \
                 as sore runners had cut back; a trial with 482 young footballers who were planned by it found no \
                 difference. No reason to change a run, in either direction."
            }
            Self::Shoe { .. } => {
                "The window is custom and material wear: no study ties shoe distance to injury."
            }
            Self::NewShoe { .. } => {
                "A new pair is a change for foot and leg. The limits are custom: no study has tried them, and none of this \
                 is proof of injury."
            }
            Self::OnePair { .. } => {
                "Of 264 runners, those who ran in several pairs in turn had 0.61 × as many injuries in 22 weeks (95 % CI \
                 0.39–0.97; absolute rates not found). Observed, not tried: they may differ in other ways."
            }
        }
    }
}
