//! What to do: a verb, a number, a date.

use chrono::NaiveDate;

use crate::{
    dates,
    report::words::parts::{
        SECONDS_PER_MINUTE, cap_text, capitalized, date_range_after, running_minutes, window_in,
    },
    units::UnitSystem,
    warning::{Break, CapUntil, LONG_RUN_IN_NEW_PAIR_M, NEW_PAIR_BELOW_M, NewPairReason, Warning},
};

impl Warning {
    /// What to do: a verb, a number, a date.
    #[must_use]
    pub fn action(&self, units: UnitSystem) -> String {
        match self {
            _ if self.is_race() => self.after_race(units),
            Self::LongRunSpike { cap_m, until, .. } => {
                format!(
                    "Keep every run at {} or less until {}.",
                    cap_text(*cap_m, units),
                    dates::short(*until)
                )
            }
            Self::RunningMinutesSpike { cap_s, until, .. } => format!(
                "Keep every session at {} or less until {}.",
                running_minutes(cap_s / SECONDS_PER_MINUTE),
                dates::short(*until)
            ),
            Self::Gap { gap, .. } => way_back(gap, gap.up_to, units),
            Self::AboveGapCap { gap, date, .. } => way_back(gap, *date, units),
            Self::WeeklyJump { cap_m, until, .. } => {
                format!(
                    "Keep any 7 days at {} or less until {}.",
                    cap_text(*cap_m, units),
                    dates::short(*until)
                )
            }
            Self::StepStack { cap_m, until, .. } => format!(
                "Keep every run at {} or less until {}.",
                cap_text(*cap_m, units),
                dates::short(*until)
            ),
            Self::NoRest { date, run_days, of_days, .. } => {
                let (count, within) = if run_days == of_days { ("one day", 3) } else { ("two days", 7) };
                format!("Plan {count} without a run by {}.", dates::short(dates::days_after(*date, within)))
            }
            Self::DescentSpike { limit_m, until, .. } => {
                format!(
                    "Keep the descent of every run at {limit_m} m or less until {}.",
                    dates::short(*until)
                )
            }
            Self::TenPercent { .. } | Self::AcuteChronic { .. } => {
                "Nothing to do: listed as your settings ask for it.".to_owned()
            }
            Self::Shoe { past: true, .. } => "Replace it before the next long run.".to_owned(),
            Self::Shoe { window, date, reaches_end: Some((early, late)), .. } => format!(
                "Have the next pair ready: at its recent use it reaches {} about {}.",
                window_in(*window, units)[1],
                date_range_after(*early, *late, *date)
            ),
            Self::Shoe { .. } => "Look at the soles and plan the next pair.".to_owned(),
            Self::NewShoe { reason, other, until, .. } => {
                let up_to = format!(
                    "until it has {} or until {}, whichever comes first",
                    units.whole(NEW_PAIR_BELOW_M),
                    dates::short(*until)
                );
                let other =
                    other.as_ref().map_or_else(String::new, |other| format!(": wear {other} in between"));
                match reason {
                    NewPairReason::LongRun => {
                        let cap = cap_text(LONG_RUN_IN_NEW_PAIR_M, units);
                        format!("Keep runs in it at {cap} or less {up_to}.")
                    }
                    NewPairReason::HalfOfAWeek { .. } => {
                        format!("Keep it to half of your distance or less {up_to}{other}.")
                    }
                }
            }
            Self::OnePair { other: Some(other), until, .. } => {
                format!("Take {other} for one run in three until {}.", dates::short(*until))
            }
            Self::OnePair { until, .. } => format!(
                "If you have a second pair, take it for one run in three until {}, and name it in your settings.",
                dates::short(*until)
            ),
        }
    }

    /// What follows from a race, without urging.
    fn after_race(&self, units: UnitSystem) -> String {
        let (limit, until) = match (self, self.cap()) {
            (Self::DescentSpike { limit_m, until, .. }, _) => {
                (format!("{limit_m} m of descent a run"), *until)
            }
            (Self::RunningMinutesSpike { cap_s, until, .. }, _) => {
                (format!("{} a session", running_minutes(cap_s / SECONDS_PER_MINUTE)), *until)
            }
            (_, Some((cap_m, until))) => (format!("{} a run", cap_text(cap_m, units)), until),
            (_, None) => return "Nothing follows from it.".to_owned(),
        };
        format!("The cap that follows: {limit} until {}.", dates::short(until))
    }
}

/// What to keep to from `date` on, step by step.
fn way_back(gap: &Break, date: NaiveDate, units: UnitSystem) -> String {
    let novice = gap.told_from_days > 56;
    let or_minutes = if novice { " or 30 minutes, whichever is shorter," } else { " or less" };
    let step = |cap: &CapUntil| {
        format!("at {}{or_minutes} until {}", cap_text(cap.cap_m, units), dates::short(cap.until))
    };
    let steps: Vec<String> = gap.caps.iter().filter(|cap| date <= cap.until).map(step).collect();
    let keep = if steps.is_empty() {
        "begin with short, easy runs".to_owned()
    } else {
        format!("keep every run {}", steps.join(", then "))
    };
    let manner = if novice { "; run and walk in turns, every other day" } else { "" };
    if gap.lasts {
        format!("Back on {}: {keep}{manner}.", dates::short(gap.up_to))
    } else {
        format!("{}{manner}.", capitalized(&keep))
    }
}
