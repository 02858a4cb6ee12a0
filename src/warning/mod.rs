//! Warnings: what a rule saw, with its numbers. All prose stands in [`prose`], all sources in [`evidence`].

mod a_break;
pub mod acute_chronic;
pub mod evidence;
mod rule;
pub mod thresholds;

use chrono::NaiveDate;

use crate::{settings::ShoeKind, units::Distance};
pub use a_break::{Break, CapUntil};
use acute_chronic::{AcuteChronicDefinition, AcuteChronicLoad};
use evidence::Evidence;
pub use rule::{Level, RuleId};
use thresholds::STUDIED_WEEK_PERCENT;

/// How much longer than the 30-day longest a run was, in the bands of the study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpikeSize {
    /// More than 10, up to 30 % longer.
    Small,
    /// More than 30, up to 100 % longer.
    Moderate,
    /// More than twice as long.
    Large,
}

/// A run longer than this is a long one for a new pair.
pub const LONG_RUN_IN_NEW_PAIR_M: i64 = 10_000;
/// A pair with less than this is new.
pub const NEW_PAIR_BELOW_M: i64 = 50_000;

/// What a new pair of shoes was asked to carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewPairReason {
    /// A run longer than 10 km.
    LongRun,
    /// More than half of seven days.
    HalfOfAWeek {
        /// Whole metres in the pair …
        in_pair_m: i64,
        /// … of so many in the seven days up to the run.
        week_m: i64,
    },
}

/// What one rule saw, with its numbers. Distances in whole metres.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// See `analysis::long_run_spike`.
    LongRunSpike {
        /// Id of the run.
        run: String,
        /// Its local date.
        date: NaiveDate,
        /// Its distance.
        distance_m: i64,
        /// The longest run of the 30 days before.
        longest_m: i64,
        /// When that one was.
        longest_date: NaiveDate,
        /// The band of the study; `None` below all of them, where only the runner's own threshold speaks.
        size: Option<SpikeSize>,
        /// So many per cent above `longest_m` are told.
        threshold_percent: i64,
        /// Whether the runner calls it a race: then it is a statement, not a warning.
        race: bool,
        /// No run longer than this …
        cap_m: i64,
        /// … up to and including this day.
        until: NaiveDate,
    },
    /// See `analysis::running_minutes`: `long-run-spike` of a session in which running and walking take turns.
    RunningMinutesSpike {
        /// Id of the run.
        run: String,
        /// Its local date.
        date: NaiveDate,
        /// Its running in whole seconds.
        running_s: i64,
        /// The most running of the 30 days before, in whole seconds.
        most_s: i64,
        /// When that one was.
        most_date: NaiveDate,
        /// Whether less than 60 % of it was running; else the sessions before it were mostly like that.
        run_walk: bool,
        /// The band; `None` below all of them, where only the runner's own threshold speaks.
        size: Option<SpikeSize>,
        /// So many per cent above `most_s` are told.
        threshold_percent: i64,
        /// Whether the runner calls it a race: then it is a statement, not a warning.
        race: bool,
        /// No session with more running than this, in seconds: whole minutes …
        cap_s: i64,
        /// … up to and including this day.
        until: NaiveDate,
    },
    /// See `analysis::gap`: the break itself.
    Gap {
        /// Id of the run that ended it; while it lasts, of the last run before it.
        run: String,
        /// The day of that first run back; while it lasts, the day since which it is told this way.
        date: NaiveDate,
        /// The break.
        gap: Break,
    },
    /// See `analysis::gap`: a run above what a break leaves.
    AboveGapCap {
        /// Id of the run.
        run: String,
        /// Its local date.
        date: NaiveDate,
        /// Its distance.
        distance_m: i64,
        /// Whether the runner calls it a race: then it is a statement, not a warning.
        race: bool,
        /// The break, with the caps.
        gap: Break,
    },
    /// See `analysis::weekly_jump`.
    WeeklyJump {
        /// Id of the last run of the seven days.
        run: String,
        /// The last of the seven days.
        date: NaiveDate,
        /// Distance of the seven days.
        week_m: i64,
        /// Distance of the seven days before.
        previous_m: i64,
        /// Highest of the four blocks of seven days before.
        best_m: i64,
        /// That far above the best (ATTENTION), not only above the previous (NOTE).
        attention: bool,
        /// So many per cent above the block or blocks before are told.
        threshold_percent: i64,
        /// No seven days more than this …
        cap_m: i64,
        /// … up to and including this day.
        until: NaiveDate,
    },
    /// See `analysis::step_stack`.
    StepStack {
        /// Id of the second of the two runs.
        run: String,
        /// Its local date.
        date: NaiveDate,
        /// Its distance.
        distance_m: i64,
        /// The longest run of the 30 days before: the first of the two.
        longest_m: i64,
        /// When that one was.
        longest_date: NaiveDate,
        /// Whether the runner calls it a race: then it is a statement, not a warning.
        race: bool,
        /// No run longer than this …
        cap_m: i64,
        /// … up to and including this day.
        until: NaiveDate,
    },
    /// See `analysis::no_rest`.
    NoRest {
        /// Id of the last run.
        run: String,
        /// Its local date.
        date: NaiveDate,
        /// Days with a run …
        run_days: i64,
        /// … of so many up to `date`.
        of_days: i64,
        /// From how many days with a run on it is told.
        threshold_days: i64,
    },
    /// See `analysis::descent_spike`.
    DescentSpike {
        /// Id of the run.
        run: String,
        /// Its local date.
        date: NaiveDate,
        /// Its distance.
        distance_m: i64,
        /// Its descent in whole metres.
        descent_m: i64,
        /// The most descent of a run in the 30 days before, in whole metres.
        most_m: i64,
        /// So many per cent above `most_m` are told …
        threshold_percent: i64,
        /// … from so many metres of descent on.
        least_m: i64,
        /// Whether the runner calls it a race: then it is a statement, not a warning.
        race: bool,
        /// No run with more descent than this …
        limit_m: i64,
        /// … up to and including this day.
        until: NaiveDate,
    },
    /// See `analysis::ten_percent`.
    TenPercent {
        /// Id of the last run of the week.
        run: String,
        /// The last day of the week.
        date: NaiveDate,
        /// Distance of the week.
        week_m: i64,
        /// Distance of the week before.
        previous_m: i64,
    },
    /// See `analysis::acute_chronic`.
    AcuteChronic {
        /// Id of the last run of the seven days.
        run: String,
        /// The last of the seven days.
        date: NaiveDate,
        /// The definition that judges.
        definition: AcuteChronicDefinition,
        /// What every definition comes to, in the order of [`AcuteChronicDefinition::ALL`].
        loads: [AcuteChronicLoad; 3],
    },
    /// See `analysis::shoes`.
    Shoe {
        /// Id of the run during which the limit was reached.
        run: String,
        /// Its local date.
        date: NaiveDate,
        /// The pair.
        shoe: String,
        /// Distance after that run.
        distance_m: i64,
        /// Its replacement window.
        window: [Distance; 2],
        /// Whether it is past the window's end, not only inside.
        past: bool,
        /// The dates between which it reaches the window's end at its recent use.
        reaches_end: Option<(NaiveDate, NaiveDate)>,
        /// Its last day, where the settings say one.
        retired: Option<NaiveDate>,
    },
    /// See `analysis::new_shoe`.
    NewShoe {
        /// Id of the run.
        run: String,
        /// Its local date.
        date: NaiveDate,
        /// The pair.
        shoe: String,
        /// What the pair is for.
        kind: ShoeKind,
        /// Distance of the run.
        distance_m: i64,
        /// What the pair had before it.
        before_m: i64,
        /// What it was asked to carry.
        reason: NewPairReason,
        /// Another pair to turn to.
        other: Option<String>,
        /// The last day of the advice.
        until: NaiveDate,
    },
    /// See `analysis::one_pair`.
    OnePair {
        /// Id of the last run of the 28 days.
        run: String,
        /// Its local date.
        date: NaiveDate,
        /// The pair.
        shoe: String,
        /// Distance in it in the 28 days.
        distance_m: i64,
        /// Distance of all runs in the 28 days.
        all_m: i64,
        /// Another pair to turn to.
        other: Option<String>,
        /// The last day of the advice.
        until: NaiveDate,
    },
}

impl Warning {
    /// The rule that fired.
    #[must_use]
    pub fn rule(&self) -> RuleId {
        match self {
            Self::LongRunSpike { .. } | Self::RunningMinutesSpike { .. } => RuleId::LongRunSpike,
            Self::Gap { .. } | Self::AboveGapCap { .. } => RuleId::Gap,
            Self::WeeklyJump { .. } => RuleId::WeeklyJump,
            Self::StepStack { .. } => RuleId::StepStack,
            Self::NoRest { .. } => RuleId::NoRest,
            Self::DescentSpike { .. } => RuleId::DescentSpike,
            Self::TenPercent { .. } => RuleId::TenPercent,
            Self::AcuteChronic { .. } => RuleId::AcuteChronic,
            Self::Shoe { past: false, .. } => RuleId::ShoeWindow,
            Self::Shoe { past: true, .. } => RuleId::ShoePast,
            Self::NewShoe { .. } => RuleId::NewShoe,
            Self::OnePair { .. } => RuleId::OnePair,
        }
    }

    /// How much it asks for: of a race nothing.
    #[must_use]
    pub fn level(&self) -> Level {
        if self.is_race() { Level::Info } else { self.level_of_training() }
    }

    /// Whether it is a statement about a run that the runner calls a race.
    #[must_use]
    pub fn is_race(&self) -> bool {
        match self {
            Self::LongRunSpike { race, .. }
            | Self::RunningMinutesSpike { race, .. }
            | Self::AboveGapCap { race, .. }
            | Self::StepStack { race, .. }
            | Self::DescentSpike { race, .. } => *race,
            _ => false,
        }
    }

    /// How much it would ask for if it were no race.
    #[must_use]
    pub fn level_of_training(&self) -> Level {
        match self {
            Self::LongRunSpike { size: Some(SpikeSize::Large), .. }
            | Self::RunningMinutesSpike { size: Some(SpikeSize::Large), .. } => Level::Warning,
            Self::LongRunSpike { .. }
            | Self::RunningMinutesSpike { .. }
            | Self::AboveGapCap { .. }
            | Self::StepStack { .. }
            | Self::WeeklyJump { attention: true, .. }
            | Self::Shoe { past: true, .. } => Level::Caution,
            Self::Gap { .. }
            | Self::WeeklyJump { .. }
            | Self::NoRest { .. }
            | Self::DescentSpike { .. }
            | Self::TenPercent { .. }
            | Self::AcuteChronic { .. }
            | Self::NewShoe { .. }
            | Self::OnePair { .. }
            | Self::Shoe { .. } => Level::Info,
        }
    }

    /// The day it is about.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        match self {
            Self::LongRunSpike { date, .. }
            | Self::RunningMinutesSpike { date, .. }
            | Self::Gap { date, .. }
            | Self::AboveGapCap { date, .. }
            | Self::WeeklyJump { date, .. }
            | Self::StepStack { date, .. }
            | Self::NoRest { date, .. }
            | Self::DescentSpike { date, .. }
            | Self::TenPercent { date, .. }
            | Self::AcuteChronic { date, .. }
            | Self::NewShoe { date, .. }
            | Self::OnePair { date, .. }
            | Self::Shoe { date, .. } => *date,
        }
    }

    /// The run that raised it.
    #[must_use]
    pub fn run(&self) -> &str {
        match self {
            Self::LongRunSpike { run, .. }
            | Self::RunningMinutesSpike { run, .. }
            | Self::Gap { run, .. }
            | Self::AboveGapCap { run, .. }
            | Self::WeeklyJump { run, .. }
            | Self::StepStack { run, .. }
            | Self::NoRest { run, .. }
            | Self::DescentSpike { run, .. }
            | Self::TenPercent { run, .. }
            | Self::AcuteChronic { run, .. }
            | Self::NewShoe { run, .. }
            | Self::OnePair { run, .. }
            | Self::Shoe { run, .. } => run,
        }
    }

    /// What was measured: metres for runs, weeks and shoes (for `new-shoe` of the long run, or in the pair in seven days; for
    /// `one-pair` in the pair in 28 days), metres of descent for `descent-spike`, days for `gap` and
    /// `no-rest` (days with a run), seconds for running minutes.
    #[must_use]
    pub fn value(&self) -> i64 {
        match self {
            Self::LongRunSpike { distance_m, .. }
            | Self::StepStack { distance_m, .. }
            | Self::NewShoe { distance_m, reason: NewPairReason::LongRun, .. }
            | Self::OnePair { distance_m, .. }
            | Self::Shoe { distance_m, .. } => *distance_m,
            Self::NewShoe { reason: NewPairReason::HalfOfAWeek { in_pair_m, .. }, .. } => *in_pair_m,
            Self::RunningMinutesSpike { running_s, .. } => *running_s,
            Self::NoRest { run_days, .. } => *run_days,
            Self::DescentSpike { descent_m, .. } => *descent_m,
            Self::Gap { gap, .. } | Self::AboveGapCap { gap, .. } => gap.days,
            Self::WeeklyJump { week_m, .. } | Self::TenPercent { week_m, .. } => *week_m,
            Self::AcuteChronic { definition, loads, .. } => definition.of(loads).acute_m,
        }
    }

    /// What it is compared with, in the unit of [`Self::value`]: for `new-shoe` all distance of the seven days, for `one-pair` of
    /// the 28 days; none for `gap`, `no-rest`, a window and a long run in a new pair.
    #[must_use]
    pub fn baseline(&self) -> Option<i64> {
        match self {
            Self::LongRunSpike { longest_m, .. } | Self::StepStack { longest_m, .. } => Some(*longest_m),
            Self::RunningMinutesSpike { most_s, .. } => Some(*most_s),
            Self::DescentSpike { most_m, .. } => Some(*most_m),
            Self::NewShoe { reason: NewPairReason::HalfOfAWeek { week_m, .. }, .. } => Some(*week_m),
            Self::OnePair { all_m, .. } => Some(*all_m),
            Self::WeeklyJump { best_m, attention: true, .. } => Some(*best_m),
            Self::WeeklyJump { previous_m, .. } | Self::TenPercent { previous_m, .. } => Some(*previous_m),
            Self::AcuteChronic { definition, loads, .. } => Some(definition.of(loads).chronic_m()),
            Self::Gap { .. }
            | Self::AboveGapCap { .. }
            | Self::NoRest { .. }
            | Self::NewShoe { .. }
            | Self::Shoe { .. } => None,
        }
    }

    /// The limit that was passed (for `gap` and `no-rest`: reached), in the unit of [`Self::value`].
    #[must_use]
    pub fn threshold(&self) -> i64 {
        match self {
            Self::LongRunSpike { longest_m, threshold_percent, .. } => above(*longest_m, *threshold_percent),
            Self::RunningMinutesSpike { most_s, threshold_percent, .. } => above(*most_s, *threshold_percent),
            Self::StepStack { longest_m, .. } => *longest_m,
            Self::NoRest { threshold_days, .. } => *threshold_days,
            Self::DescentSpike { most_m, threshold_percent, .. } => above(*most_m, *threshold_percent),
            Self::Gap { gap, .. } | Self::AboveGapCap { gap, .. } => gap.told_from_days,
            Self::WeeklyJump { best_m, attention: true, threshold_percent, .. } => {
                above(*best_m, *threshold_percent)
            }
            Self::WeeklyJump { previous_m, threshold_percent, .. } => above(*previous_m, *threshold_percent),
            Self::TenPercent { previous_m, .. } => above(*previous_m, 10),
            Self::AcuteChronic { definition, loads, .. } => definition.of(loads).threshold_m(),
            Self::Shoe { window, past, .. } => window[usize::from(*past)].meters,
            Self::NewShoe { reason: NewPairReason::LongRun, .. } => LONG_RUN_IN_NEW_PAIR_M,
            Self::NewShoe { reason: NewPairReason::HalfOfAWeek { week_m, .. }, .. } => week_m / 2,
            Self::OnePair { all_m, .. } => all_m * 9 / 10,
        }
    }

    /// Whether only the runner's own threshold speaks: the study of the rule has nothing below its own.
    #[must_use]
    pub fn is_below_studied(&self) -> bool {
        match self {
            Self::LongRunSpike { size, .. } | Self::RunningMinutesSpike { size, .. } => size.is_none(),
            Self::WeeklyJump { week_m, .. } => {
                self.baseline().is_some_and(|base_m| *week_m <= above(base_m, STUDIED_WEEK_PERCENT))
            }
            _ => false,
        }
    }

    /// The distance that it asks to keep to, in metres, and the last day for which. For `gap` the first step of the
    /// way back, counted from the day of the report while the break lasts.
    #[must_use]
    pub fn cap(&self) -> Option<(i64, NaiveDate)> {
        let cap = match self {
            Self::LongRunSpike { cap_m, until, .. }
            | Self::WeeklyJump { cap_m, until, .. }
            | Self::StepStack { cap_m, until, .. } => Some(CapUntil { cap_m: *cap_m, until: *until }),
            Self::Gap { gap, .. } => gap.cap_on(gap.up_to),
            Self::AboveGapCap { gap, date, .. } => gap.cap_on(*date),
            Self::RunningMinutesSpike { .. }
            | Self::NoRest { .. }
            | Self::DescentSpike { .. }
            | Self::TenPercent { .. }
            | Self::AcuteChronic { .. }
            | Self::NewShoe { .. }
            | Self::OnePair { .. }
            | Self::Shoe { .. } => None,
        };
        cap.map(|cap| (cap.cap_m, cap.until))
    }

    /// The running that it asks to keep to, in seconds (whole minutes), and the last day for which.
    #[must_use]
    pub fn running_cap(&self) -> Option<(i64, NaiveDate)> {
        match self {
            Self::RunningMinutesSpike { cap_s, until, .. } => Some((*cap_s, *until)),
            _ => None,
        }
    }

    /// What value, threshold and baseline count: `m`, `days`, or `s` of running.
    #[must_use]
    pub fn unit(&self) -> &'static str {
        match self {
            Self::RunningMinutesSpike { .. } => "s",
            _ => self.rule().unit(),
        }
    }

    /// Whether it stands on `today`: raised since the first day of the week before, or a break that still matters. A pair
    /// that is retired by then needs no word any more.
    #[must_use]
    pub fn stands_on(&self, today: NaiveDate, previous_week: NaiveDate) -> bool {
        match self {
            Self::Gap { gap, .. } => gap.stands_on(today),
            Self::Shoe { date, retired, .. } => {
                *date >= previous_week && retired.is_none_or(|retired| retired > today)
            }
            _ => self.date() >= previous_week,
        }
    }

    /// Whether its fact is all that a person has to read: it asks for nothing.
    #[must_use]
    pub fn is_remark(&self) -> bool {
        matches!(self, Self::WeeklyJump { attention: false, .. })
    }

    /// How good the evidence for it is, and from where; none of a study where only the runner's own threshold speaks.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        match self {
            _ if self.is_below_studied() => evidence::OWN_THRESHOLD,
            Self::RunningMinutesSpike { .. } => evidence::RUNNING_MINUTES,
            _ => evidence::of(self.rule()),
        }
    }
}

/// So many per cent above a value, rounded down.
fn above(value: i64, percent: i64) -> i64 {
    value * (100 + percent) / 100
}

/// A rule that cannot say anything on the day of the report, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The rule.
    pub rule: RuleId,
    /// Why, in words.
    pub why: String,
}
