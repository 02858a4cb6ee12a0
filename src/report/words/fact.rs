//! What was seen, when, and against what.

use super::ratio::ratio_text;
use crate::{
    dates,
    report::words::parts::{
        cap_text, capitalized, hole_text, minutes, pair_of_kind, percent_above, window_in, window_text,
    },
    units::UnitSystem,
    warning::{NewPairReason, Warning, thresholds::Thresholds},
};

/// Within this of the threshold a GPS distance cannot tell the sides apart (watches err by 3 to 6 %).
const ABOUT_AT_THE_LINE_PCT: i64 = 2;

impl Warning {
    /// What was seen, when, and against what; the runner's own threshold where it is another than the usual one.
    #[must_use]
    pub fn fact(&self, units: UnitSystem) -> String {
        let seen = self.seen(units);
        match self.own_threshold() {
            Some(own) => format!("{seen} {own}"),
            None => seen,
        }
    }

    fn seen(&self, units: UnitSystem) -> String {
        match self {
            Self::LongRunSpike { date, distance_m, longest_m, longest_date, threshold_percent, .. } => {
                format!(
                    "{}, {}: {}longer than your longest run in the 30 days before ({}, {}){}.",
                    dates::with_weekday(*date),
                    self.run_text(*distance_m, units),
                    percent_above(*distance_m, *longest_m),
                    units.short(*longest_m),
                    dates::short(*longest_date),
                    about_at_the_line(*distance_m, *longest_m, *threshold_percent),
                )
            }
            Self::RunningMinutesSpike { date, running_s, most_s, most_date, run_walk, .. } => {
                let why = if *run_walk {
                    "Less than 60 % of that session was running."
                } else {
                    "At least half of the sessions of those days were runs with walks."
                };
                let race = if self.is_race() { "a race of " } else { "" };
                format!(
                    "{}, {race}{} running minutes: {}more than the most in the 30 days before ({}, {}). {why}",
                    dates::with_weekday(*date),
                    minutes(*running_s),
                    percent_above(*running_s, *most_s),
                    minutes(*most_s),
                    dates::short(*most_date),
                )
            }
            Self::Gap { gap, .. } => {
                let since = if gap.lasts { "since the last one" } else { "from one to the next" };
                format!("{}: {} days {since}.", capitalized(&hole_text(gap)), gap.days)
            }
            Self::AboveGapCap { date, distance_m, gap, .. } => format!(
                "{}, {}: above the {} that a break of {} days leaves ({}).",
                dates::with_weekday(*date),
                self.run_text(*distance_m, units),
                cap_text(self.cap().map_or(0, |(cap_m, _)| cap_m), units),
                gap.days,
                hole_text(gap),
            ),
            Self::WeeklyJump { date, week_m, best_m, attention: true, .. } => format!(
                "{} in the 7 days to {}: {}more than the best of the four 7-day blocks before ({}).",
                units.short(*week_m),
                dates::with_weekday(*date),
                percent_above(*week_m, *best_m),
                units.short(*best_m),
            ),
            Self::WeeklyJump { date, week_m, previous_m, best_m, .. } => format!(
                "{} in the 7 days to {}: {}more than the 7 days before ({}), {}more than the best of the last four \
                 such blocks ({}).",
                units.short(*week_m),
                dates::with_weekday(*date),
                percent_above(*week_m, *previous_m),
                units.short(*previous_m),
                percent_above(*week_m, *best_m),
                units.short(*best_m),
            ),
            Self::StepStack { date, distance_m, longest_m, longest_date, .. } => format!(
                "{}, {}: longer than any run of the 30 days before, as the {} of {} had been.",
                dates::with_weekday(*date),
                self.run_text(*distance_m, units),
                units.short(*longest_m),
                dates::short(*longest_date),
            ),
            Self::NoRest { date, run_days, of_days, .. } if run_days == of_days => {
                format!("A run on each of the {run_days} days to {}.", dates::with_weekday(*date))
            }
            Self::NoRest { date, run_days, of_days, .. } => format!(
                "A run on {run_days} of the {of_days} days to {}: fewer than two days off in at least three of four weeks.",
                dates::with_weekday(*date)
            ),
            Self::DescentSpike { date, distance_m, descent_m, most_m, .. } => format!(
                "{}, {}: {descent_m} m of descent, {}more than any run of the 30 days before ({most_m} m).",
                dates::with_weekday(*date),
                self.run_text(*distance_m, units),
                percent_above(*descent_m, *most_m),
            ),
            Self::TenPercent { date, week_m, previous_m, .. } => format!(
                "{} in the calendar week to {}: {}more than the week before ({}).",
                units.short(*week_m),
                dates::with_weekday(*date),
                percent_above(*week_m, *previous_m),
                units.short(*previous_m),
            ),
            Self::AcuteChronic { date, definition, loads, .. } => {
                ratio_text(*date, *definition, loads, units)
            }
            Self::Shoe { shoe, distance_m, window, past, date, .. } => {
                let window = window_in(*window, units);
                let place = if *past { "it is past its" } else { "it entered its" };
                format!(
                    "{shoe} has {} since {}: {place} {} window.",
                    window[0].written_in.whole(*distance_m),
                    dates::with_weekday(*date),
                    window_text(window)
                )
            }
            Self::NewShoe { date, shoe, kind, distance_m, before_m, reason, .. } => {
                let day = dates::with_weekday(*date);
                let (pair, before) = (pair_of_kind(shoe, *kind), units.whole(*before_m));
                match reason {
                    NewPairReason::LongRun => {
                        format!("{day}, {} in {pair}, which had {before} before.", units.short(*distance_m))
                    }
                    NewPairReason::HalfOfAWeek { in_pair_m, week_m } => format!(
                        "{} of the {} in the 7 days to {day} were in {pair}, which had {before} before that day.",
                        units.short(*in_pair_m),
                        units.short(*week_m),
                    ),
                }
            }
            Self::OnePair { date, shoe, distance_m, all_m, .. } => format!(
                "{shoe} carried {} of the {} in the 28 days to {}.",
                units.whole(*distance_m),
                units.whole(*all_m),
                dates::with_weekday(*date)
            ),
        }
    }

    /// `21.3 km`, or `a race of 21.3 km`.
    fn run_text(&self, distance_m: i64, units: UnitSystem) -> String {
        let race = if self.is_race() { "a race of " } else { "" };
        format!("{race}{}", units.short(distance_m))
    }

    /// The runner's own threshold beside the usual one, where they differ.
    pub(crate) fn own_threshold(&self) -> Option<String> {
        let usual = Thresholds::default();
        let judged_by = match self {
            Self::LongRunSpike { threshold_percent, .. }
            | Self::RunningMinutesSpike { threshold_percent, .. } => {
                Thresholds { long_run_spike_percent: *threshold_percent, ..usual }
            }
            Self::WeeklyJump { threshold_percent, .. } => {
                Thresholds { weekly_jump_percent: *threshold_percent, ..usual }
            }
            Self::NoRest { run_days, of_days, threshold_days, .. } if run_days == of_days => {
                Thresholds { no_rest_days: *threshold_days, ..usual }
            }
            Self::DescentSpike { threshold_percent, least_m, .. } => Thresholds {
                descent_spike_percent: *threshold_percent,
                descent_spike_min_m: *least_m,
                ..usual
            },
            _ => usual,
        };
        judged_by.told(self.rule())
    }
}

fn about_at_the_line(value_m: i64, base_m: i64, threshold_percent: i64) -> &'static str {
    if 100 * value_m <= (100 + threshold_percent + ABOUT_AT_THE_LINE_PCT) * base_m {
        ", about at the line of what GPS can tell"
    } else {
        ""
    }
}
