//! Every sentence of every warning: fact, association, action. Rules see numbers only, reports see text only.
//!
//! A warning tells a dated fact and a comparison, an association with its confidence interval and its
//! absolute rate, then one action with a number and a date. It never diagnoses and never asks for more running.

use chrono::{Datelike, NaiveDate};

use super::{
    Break, CapUntil, LONG_RUN_IN_NEW_PAIR_M, NEW_PAIR_BELOW_M, NewPairReason, RuleId, SpikeSize, Unknown,
    Warning,
    acute_chronic::{AcuteChronicDefinition, AcuteChronicLoad},
    thresholds::Thresholds,
};
use crate::{
    dates,
    settings::ShoeKind,
    units::{Distance, METERS_PER_MILE, UnitSystem},
};

/// Within this of the threshold a GPS distance cannot tell the sides apart (watches err by 3 to 6 %).
const ABOUT_AT_THE_LINE_PCT: i64 = 2;
const SECONDS_PER_MINUTE: i64 = 60;

impl RuleId {
    /// The heading of its warnings: what was seen, never what to do.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::LongRunSpike => "long-run spike",
            Self::Gap => "break",
            Self::WeeklyJump => "weekly jump",
            Self::StepStack => "step stack",
            Self::NoRest => "no rest day",
            Self::DescentSpike => "descent spike",
            Self::TenPercent => "ten per cent",
            Self::AcuteChronic => "acute:chronic",
            Self::NewShoe => "new pair",
            Self::OnePair => "one pair",
            Self::ShoeWindow | Self::ShoePast => "shoes",
        }
    }
}

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

    /// `21.3 km`, or `a race of 21.3 km`.
    fn run_text(&self, distance_m: i64, units: UnitSystem) -> String {
        let race = if self.is_race() { "a race of " } else { "" };
        format!("{race}{}", units.short(distance_m))
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

    /// The runner's own threshold beside the usual one, where they differ.
    fn own_threshold(&self) -> Option<String> {
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

    /// Fact, association and grade in one paragraph, for machines that show one text.
    #[must_use]
    pub fn message(&self, units: UnitSystem) -> String {
        format!("{} {} {}", self.fact(units), self.association(), self.evidence_tag())
    }

    /// `[evidence B: Frandsen 2025]`.
    #[must_use]
    pub fn evidence_tag(&self) -> String {
        let evidence = self.evidence();
        format!("[evidence {}: {}]", evidence.grade, evidence.cite)
    }

    /// A few words for a list of past warnings: `long-run spike Sun 12 Apr (+18 %)`.
    #[must_use]
    pub fn in_short(&self, today: NaiveDate) -> String {
        let race = if self.is_race() { ", a race" } else { "" };
        let date = format!("{}{race}", dates::relative_to(self.date(), today));
        let title = self.rule().title();
        match self {
            Self::Shoe { shoe, past: true, .. } => format!("{title} {date}: {shoe} past its window"),
            Self::Shoe { shoe, .. } => format!("{title} {date}: {shoe} entered its window"),
            Self::NewShoe { shoe, reason: NewPairReason::LongRun, .. } => {
                format!("{title} {date}: a long run in {shoe}")
            }
            Self::NewShoe { shoe, .. } => format!("{title} {date}: most of a week in {shoe}"),
            Self::OnePair { shoe, .. } => format!("{title} {date}: nearly everything in {shoe}"),
            Self::Gap { gap, .. } => format!("{title} {date}: {} days without a run in your files", gap.days),
            Self::NoRest { run_days, of_days, .. } => {
                format!("{title} {date}: a run on {run_days} of {of_days} days")
            }
            Self::AboveGapCap { .. } => format!("{title} {date}: a run above what it leaves"),
            Self::AcuteChronic { definition, loads, .. } => {
                format!("{title} {date}: {} {}", definition.title(), ratio_number(definition.of(loads)))
            }
            _ => {
                let percent = self.baseline().and_then(|base| whole_percent_above(self.value(), base));
                let what = if self.running_cap().is_some() { " running minutes" } else { "" };
                percent
                    .map_or_else(|| format!("{title} {date}"), |p| format!("{title} {date} (+{p} %{what})"))
            }
        }
    }
}

impl Thresholds {
    /// What a rule judges by beside what it does unless set; `None` where both are the same.
    #[must_use]
    pub fn told(self, rule: RuleId) -> Option<String> {
        let usual = Self::default();
        let text = match rule {
            RuleId::LongRunSpike => format!(
                "Your own threshold is {} %, the studied one {} %.",
                self.long_run_spike_percent, usual.long_run_spike_percent
            ),
            RuleId::WeeklyJump => format!(
                "Your own threshold is {} %, the studied one {} %.",
                self.weekly_jump_percent, usual.weekly_jump_percent
            ),
            RuleId::NoRest => format!(
                "Your own threshold is {} days in a row, the usual one {}; no study has either.",
                self.no_rest_days, usual.no_rest_days
            ),
            RuleId::DescentSpike => format!(
                "Your own threshold is {} % and {} m, the usual one {} % and {} m; no study has either.",
                self.descent_spike_percent,
                self.descent_spike_min_m,
                usual.descent_spike_percent,
                usual.descent_spike_min_m
            ),
            RuleId::AcuteChronic => {
                format!("Your own definition is {}.", self.acute_chronic_definition.title())
            }
            _ => return None,
        };
        self.is_own(rule).then_some(text)
    }
}

impl Unknown {
    /// Too little history: `not enough data (12 of 30 days)`.
    #[must_use]
    pub fn too_short(rule: RuleId, days: i64, needed: i64) -> Self {
        Self { rule, why: format!("not enough data ({days} of {needed} days)") }
    }
}

/// `300–500 mi`, or with both units where they differ.
#[must_use]
pub fn window_text(window: [Distance; 2]) -> String {
    let [start, end] = window;
    if start.written_in == end.written_in {
        let start = start.to_string();
        let number = start.split(' ').next().unwrap_or_default();
        format!("{number}–{end}")
    } else {
        format!("{start} – {end}")
    }
}

/// A window in the unit that it was written in, or in miles where the runner reads miles.
#[must_use]
pub fn window_in(window: [Distance; 2], units: UnitSystem) -> [Distance; 2] {
    match units {
        UnitSystem::Kilometers => window,
        UnitSystem::Miles => window.map(|limit| Distance { written_in: UnitSystem::Miles, ..limit }),
    }
}

/// `Vaporfly 3, a racing pair`; the name alone for an everyday one.
fn pair_of_kind(shoe: &str, kind: ShoeKind) -> String {
    match kind {
        ShoeKind::Daily => shoe.to_owned(),
        ShoeKind::Racing | ShoeKind::Trail => format!("{shoe}, a {} pair", kind.as_str()),
    }
}

/// `14 Jan – 2 Feb`; one date where both are the same.
#[must_use]
pub fn date_range(early: NaiveDate, late: NaiveDate) -> String {
    if early == late {
        dates::short(early)
    } else {
        format!("{} – {}", dates::short(early), dates::short(late))
    }
}

/// The same with the year where the late date is not in the year of `today`.
#[must_use]
pub fn date_range_after(early: NaiveDate, late: NaiveDate, today: NaiveDate) -> String {
    if late.year() == today.year() { date_range(early, late) } else { dates::range(early, late) }
}

/// A cap rounded down as it is shown: to 0.1 km, or to half a mile.
#[must_use]
pub fn cap_text(cap_m: i64, units: UnitSystem) -> String {
    let step_m = match units {
        UnitSystem::Kilometers => 100.0,
        UnitSystem::Miles => METERS_PER_MILE / 2.0,
    };
    let steps = (cap_m as f64 / step_m + 1e-9).floor();
    format!("{:.1} {}", units.from_meters(steps * step_m), units.symbol())
}

impl AcuteChronicDefinition {
    /// The name in texts.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Ewma => "EWMA",
            _ => self.name(),
        }
    }

    /// What is held against what.
    fn comparison(self) -> [&'static str; 2] {
        match self {
            Self::Coupled => ["in 7 days", "a week over the 28 days with them"],
            Self::Uncoupled => ["in 7 days", "a week over the 21 days before"],
            Self::Ewma => ["a week by the weighted mean of 7 days", "by that of 28"],
        }
    }
}

/// The ratio that judges with its two sides, then the others.
fn ratio_text(
    date: NaiveDate,
    definition: AcuteChronicDefinition,
    loads: &[AcuteChronicLoad; 3],
    units: UnitSystem,
) -> String {
    let load = definition.of(loads);
    let [acute, chronic] = definition.comparison();
    let others = AcuteChronicDefinition::ALL.into_iter().filter(|other| *other != definition);
    let others: Vec<String> =
        others.map(|other| format!("{} {}", other.title(), ratio_number(other.of(loads)))).collect();
    format!(
        "{}: acute:chronic ratio {}, {} ({} {acute}, {} {chronic}); {}. The line of 1.5 is custom.",
        dates::with_weekday(date),
        ratio_number(load),
        definition.title(),
        units.short(load.acute_m),
        units.short(load.chronic_m()),
        others.join(", "),
    )
}

/// `1.62`, or what it is where nothing was run before.
fn ratio_number(load: AcuteChronicLoad) -> String {
    load.ratio().map_or_else(|| "undefined".to_owned(), |ratio| format!("{ratio:.2}"))
}

/// `no run in your files between 2 Aug and 18 Aug`.
fn hole_text(gap: &Break) -> String {
    let from = dates::relative_to(gap.last_run, gap.up_to);
    format!("no run in your files between {from} and {}", dates::short(gap.up_to))
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

/// Whole minutes of so many seconds, to the nearest.
fn minutes(seconds: i64) -> i64 {
    (seconds + SECONDS_PER_MINUTE / 2) / SECONDS_PER_MINUTE
}

/// `17 running minutes`.
#[must_use]
pub fn running_minutes(minutes: i64) -> String {
    let plural = if minutes == 1 { "" } else { "s" };
    format!("{minutes} running minute{plural}")
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `42 % ` (with the blank that follows), or nothing where the base is 0.
fn percent_above(value_m: i64, base_m: i64) -> String {
    whole_percent_above(value_m, base_m).map_or_else(String::new, |percent| format!("{percent} % "))
}

/// By how many whole per cent a value lies above a base.
fn whole_percent_above(value_m: i64, base_m: i64) -> Option<i64> {
    (base_m > 0).then(|| ((value_m - base_m) as f64 * 100.0 / base_m as f64).round() as i64)
}

fn about_at_the_line(value_m: i64, base_m: i64, threshold_percent: i64) -> &'static str {
    if 100 * value_m <= (100 + threshold_percent + ABOUT_AT_THE_LINE_PCT) * base_m {
        ", about at the line of what GPS can tell"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::warning::Level;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn spike(distance_m: i64, longest_m: i64, size: SpikeSize) -> Warning {
        Warning::LongRunSpike {
            run: "2026-11-18T07:02".into(),
            date: day(11, 18),
            distance_m,
            longest_m,
            longest_date: day(11, 8),
            size: Some(size),
            threshold_percent: 10,
            race: false,
            cap_m: 16_500,
            until: day(12, 2),
        }
    }

    fn running_spike(run_walk: bool) -> Warning {
        Warning::RunningMinutesSpike {
            run: String::new(),
            date: day(11, 18),
            running_s: 960,
            most_s: 540,
            most_date: day(11, 8),
            run_walk,
            size: Some(SpikeSize::Moderate),
            threshold_percent: 10,
            race: false,
            cap_s: 540,
            until: day(12, 2),
        }
    }

    fn jump(attention: bool) -> Warning {
        Warning::WeeklyJump {
            run: "2026-05-03T09:00".into(),
            date: day(5, 3),
            week_m: 36_000,
            previous_m: 26_000,
            best_m: 27_000,
            attention,
            threshold_percent: 30,
            cap_m: 35_000,
            until: day(5, 10),
        }
    }

    fn shoe(past: bool) -> Warning {
        Warning::Shoe {
            run: "2026-11-04T18:00".into(),
            date: day(11, 4),
            shoe: "Ghost 15".into(),
            distance_m: if past { 823_984 } else { 484_000 },
            window: [Distance::miles(300.0), Distance::miles(500.0)],
            past,
            reaches_end: Some((day(12, 14), day(12, 24))),
            retired: None,
        }
    }

    fn new_shoe(reason: NewPairReason, kind: ShoeKind) -> Warning {
        Warning::NewShoe {
            run: "2026-11-04T18:00".into(),
            date: day(11, 4),
            shoe: "Ghost 15".into(),
            kind,
            distance_m: 14_040,
            before_m: 23_000,
            reason,
            other: Some("Pegasus 40".into()),
            until: day(11, 18),
        }
    }

    fn one_pair(other: Option<&str>) -> Warning {
        Warning::OnePair {
            run: "2026-11-04T18:00".into(),
            date: day(11, 4),
            shoe: "Ghost 15".into(),
            distance_m: 121_000,
            all_m: 130_000,
            other: other.map(str::to_owned),
            until: day(12, 2),
        }
    }

    const HALF_OF_A_WEEK: NewPairReason = NewPairReason::HalfOfAWeek { in_pair_m: 20_000, week_m: 35_000 };

    /// The break of so many days before 18 August, 18 km before it.
    fn a_break(days: i64, lasts: bool) -> Break {
        let caps = match days {
            ..14 => vec![(18_000, day(8, 24))],
            14..31 => vec![(13_500, day(8, 24)), (16_200, day(8, 31))],
            31..57 => vec![(9_000, day(8, 24)), (13_500, day(8, 31))],
            _ => vec![(5_900, day(8, 24))],
        };
        Break {
            last_run: dates::days_before(day(8, 18), days.unsigned_abs()),
            up_to: day(8, 18),
            lasts,
            days,
            told_from_days: [57, 31, 14, 7].into_iter().find(|from| *from <= days).unwrap(),
            caps: caps.into_iter().map(|(cap_m, until)| CapUntil { cap_m, until }).collect(),
        }
    }

    fn gap(days: i64, lasts: bool) -> Warning {
        Warning::Gap { run: "2026-08-18T18:40".into(), date: day(8, 18), gap: a_break(days, lasts) }
    }

    fn above_gap_cap() -> Warning {
        Warning::AboveGapCap {
            run: "2026-08-26T18:40".into(),
            date: day(8, 26),
            distance_m: 17_000,
            race: false,
            gap: a_break(16, false),
        }
    }

    fn step_stack() -> Warning {
        Warning::StepStack {
            run: "2026-06-04T18:40".into(),
            date: day(6, 4),
            distance_m: 12_100,
            longest_m: 11_000,
            longest_date: day(6, 2),
            race: false,
            cap_m: 12_100,
            until: day(6, 11),
        }
    }

    fn no_rest(run_days: i64, of_days: i64) -> Warning {
        Warning::NoRest {
            run: "2026-03-14T07:00".into(),
            date: day(3, 14),
            run_days,
            of_days,
            threshold_days: 14,
        }
    }

    fn descent_spike() -> Warning {
        Warning::DescentSpike {
            run: "2026-03-14T07:00".into(),
            date: day(3, 14),
            distance_m: 12_000,
            descent_m: 400,
            most_m: 250,
            threshold_percent: 50,
            least_m: 150,
            race: false,
            limit_m: 370,
            until: day(3, 21),
        }
    }

    fn ten_percent() -> Warning {
        Warning::TenPercent {
            run: "2026-05-03T09:00".into(),
            date: day(5, 3),
            week_m: 30_000,
            previous_m: 25_000,
        }
    }

    fn acute_chronic(definition: AcuteChronicDefinition) -> Warning {
        let load = |acute_m, chronic_sum_m, weeks| AcuteChronicLoad { acute_m, chronic_sum_m, weeks };
        Warning::AcuteChronic {
            run: "2026-05-03T09:00".into(),
            date: day(5, 3),
            definition,
            loads: [load(33_000, 93_000, 4), load(33_000, 60_000, 3), load(40_600, 26_000, 1)],
        }
    }

    /// The same as a race.
    fn raced(mut warning: Warning) -> Warning {
        if let Warning::LongRunSpike { race, .. }
        | Warning::RunningMinutesSpike { race, .. }
        | Warning::AboveGapCap { race, .. }
        | Warning::StepStack { race, .. }
        | Warning::DescentSpike { race, .. } = &mut warning
        {
            *race = true;
        }
        warning
    }

    /// The same by thresholds of the runner's own: 5 % for a run 7 % longer, 20 % for a week, 10 days, 40 % and 80 m.
    fn by_own_thresholds() -> [Warning; 4] {
        let mut own = [spike(16_050, 15_000, SpikeSize::Small), jump(true), no_rest(10, 10), descent_spike()];
        for warning in &mut own {
            match warning {
                Warning::LongRunSpike { size, threshold_percent, .. } => {
                    (*size, *threshold_percent) = (None, 5);
                }
                Warning::WeeklyJump { week_m, threshold_percent, .. } => {
                    (*week_m, *threshold_percent) = (33_000, 20);
                }
                Warning::NoRest { threshold_days, .. } => *threshold_days = 10,
                Warning::DescentSpike { threshold_percent, least_m, .. } => {
                    (*threshold_percent, *least_m) = (40, 80);
                }
                other => panic!("{other:?}"),
            }
        }
        own
    }

    fn every_warning() -> Vec<Warning> {
        let sizes = [SpikeSize::Small, SpikeSize::Moderate, SpikeSize::Large];
        let mut all: Vec<Warning> = sizes.into_iter().map(|size| spike(21_300, 15_000, size)).collect();
        all.extend([jump(true), jump(false), shoe(true), shoe(false)]);
        all.extend([7, 16, 41, 60].map(|days| gap(days, false)));
        all.extend([
            running_spike(true),
            running_spike(false),
            gap(16, true),
            above_gap_cap(),
            step_stack(),
            no_rest(14, 14),
            no_rest(22, 28),
            descent_spike(),
            ten_percent(),
            new_shoe(NewPairReason::LongRun, ShoeKind::Racing),
            new_shoe(HALF_OF_A_WEEK, ShoeKind::Daily),
            one_pair(None),
            one_pair(Some("Pegasus 40")),
        ]);
        all.extend(AcuteChronicDefinition::ALL.map(acute_chronic));
        all.extend(by_own_thresholds());
        let races: Vec<Warning> = all.iter().cloned().map(raced).filter(Warning::is_race).collect();
        all.extend(races);
        all
    }

    #[test]
    fn a_spike_is_told_with_date_distance_share_and_comparison() {
        let warning = spike(21_300, 15_000, SpikeSize::Moderate);
        assert_eq!(
            warning.fact(UnitSystem::Kilometers),
            "Wed 18 Nov, 21.3 km: 42 % longer than your longest run in the 30 days before (15.0 km, 8 Nov)."
        );
        assert_eq!(warning.action(UnitSystem::Kilometers), "Keep every run at 16.5 km or less until 2 Dec.");
        assert_eq!(warning.action(UnitSystem::Miles), "Keep every run at 10.0 mi or less until 2 Dec.");
        assert_eq!(warning.in_short(day(11, 20)), "long-run spike 18 Nov (+42 %)");
    }

    #[test]
    fn a_step_in_running_minutes_is_told_in_minutes_and_cites_no_study_for_them() {
        let warning = running_spike(true);
        assert_eq!(
            warning.fact(UnitSystem::Miles),
            "Wed 18 Nov, 16 running minutes: 78 % more than the most in the 30 days before (9, 8 Nov). Less than 60 % of \
             that session was running."
        );
        assert_eq!(
            warning.action(UnitSystem::Miles),
            "Keep every session at 9 running minutes or less until 2 Dec."
        );
        assert!(warning.association().contains("our choice") && !warning.association().contains(" × "));
        assert_eq!(warning.evidence().grade, 'D');
        assert_eq!((warning.unit(), warning.cap()), ("s", None));
        assert_eq!(warning.in_short(day(11, 20)), "long-run spike 18 Nov (+78 % running minutes)");
        let out = running_spike(false).fact(UnitSystem::Kilometers);
        assert!(out.ends_with("At least half of the sessions of those days were runs with walks."), "{out}");
    }

    #[test]
    fn a_spike_within_the_error_of_gps_says_so() {
        let fact = |distance_m| spike(distance_m, 10_000, SpikeSize::Small).fact(UnitSystem::Kilometers);
        assert!(fact(11_200).ends_with("about at the line of what GPS can tell."));
        assert!(!fact(11_201).contains("about at the line"));
    }

    #[test]
    fn shoes_are_told_in_the_unit_of_their_window() {
        assert_eq!(
            shoe(false).fact(UnitSystem::Kilometers),
            "Ghost 15 has 301 mi since Wed 4 Nov: it entered its 300–500 mi window."
        );
        assert_eq!(
            shoe(true).fact(UnitSystem::Kilometers),
            "Ghost 15 has 512 mi since Wed 4 Nov: it is past its 300–500 mi window."
        );
    }

    #[test]
    fn under_miles_every_window_is_told_in_miles() {
        let mut warning = shoe(false);
        if let Warning::Shoe { window, .. } = &mut warning {
            *window = ["480 km", "800 km"].map(|text| text.parse().unwrap());
        }
        assert!(warning.fact(UnitSystem::Kilometers).ends_with("it entered its 480–800 km window."));
        assert_eq!(
            warning.fact(UnitSystem::Miles),
            "Ghost 15 has 301 mi since Wed 4 Nov: it entered its 298.3–497.1 mi window."
        );
    }

    #[test]
    fn a_new_pair_is_told_with_what_it_had_and_with_a_number_and_a_date() {
        let long = new_shoe(NewPairReason::LongRun, ShoeKind::Trail);
        assert_eq!(
            long.fact(UnitSystem::Kilometers),
            "Wed 4 Nov, 14.0 km in Ghost 15, a trail pair, which had 23 km before."
        );
        assert_eq!(
            long.action(UnitSystem::Kilometers),
            "Keep runs in it at 10.0 km or less until it has 50 km or until 18 Nov, whichever comes first."
        );
        let half = new_shoe(HALF_OF_A_WEEK, ShoeKind::Daily);
        assert_eq!(
            half.fact(UnitSystem::Kilometers),
            "20.0 km of the 35.0 km in the 7 days to Wed 4 Nov were in Ghost 15, which had 23 km before that day."
        );
        assert_eq!(
            half.action(UnitSystem::Miles),
            "Keep it to half of your distance or less until it has 31 mi or until 18 Nov, whichever comes first: wear \
             Pegasus 40 in between."
        );
        assert_eq!((half.value(), half.threshold(), half.baseline()), (20_000, 17_500, Some(35_000)));
        assert_eq!((long.value(), long.threshold(), long.baseline()), (14_040, 10_000, None));
    }

    #[test]
    fn one_pair_is_told_with_its_share_and_the_pair_to_turn_to() {
        let warning = one_pair(Some("Pegasus 40"));
        assert_eq!(
            warning.fact(UnitSystem::Kilometers),
            "Ghost 15 carried 121 km of the 130 km in the 28 days to Wed 4 Nov."
        );
        assert_eq!(
            warning.action(UnitSystem::Kilometers),
            "Take Pegasus 40 for one run in three until 2 Dec."
        );
        assert_eq!(
            (warning.value(), warning.threshold(), warning.baseline()),
            (121_000, 117_000, Some(130_000))
        );
        assert_eq!(warning.in_short(day(11, 20)), "one pair 4 Nov: nearly everything in Ghost 15");
    }

    #[test]
    fn a_retired_pair_is_not_told_of_any_more() {
        let retired_on = |date| {
            let mut warning = shoe(true);
            if let Warning::Shoe { retired, .. } = &mut warning {
                *retired = Some(date);
            }
            warning.stands_on(day(11, 6), day(10, 26))
        };
        assert!(shoe(true).stands_on(day(11, 6), day(10, 26)));
        assert!(!retired_on(day(11, 6)) && retired_on(day(11, 7)));
    }

    #[test]
    fn a_break_is_told_as_what_the_files_lack_with_every_step_of_the_way_back() {
        let fact = |warning: &Warning| warning.fact(UnitSystem::Kilometers);
        let action = |warning: &Warning| warning.action(UnitSystem::Kilometers);
        let over = gap(16, false);
        assert_eq!(
            fact(&over),
            "No run in your files between 2 Aug and 18 Aug: 16 days from one to the next."
        );
        assert_eq!(
            action(&over),
            "Keep every run at 13.5 km or less until 24 Aug, then at 16.2 km or less until 31 Aug."
        );
        assert_eq!(over.in_short(day(11, 9)), "break 18 Aug: 16 days without a run in your files");
        let open = gap(16, true);
        assert_eq!(fact(&open), "No run in your files between 2 Aug and 18 Aug: 16 days since the last one.");
        assert!(action(&open).starts_with("Back on 18 Aug: keep every run at 13.5 km"), "{}", action(&open));
        assert_eq!(
            action(&gap(60, false)),
            "Keep every run at 5.9 km or 30 minutes, whichever is shorter, until 24 Aug; run and walk in turns, every \
             other day."
        );
    }

    #[test]
    fn steps_days_off_and_descent_are_told_with_their_numbers() {
        let told = |warning: &Warning| {
            (warning.fact(UnitSystem::Kilometers), warning.action(UnitSystem::Kilometers))
        };
        for (warning, fact, action) in [
            (
                step_stack(),
                "Thu 4 Jun, 12.1 km: longer than any run of the 30 days before, as the 11.0 km of 2 Jun had been.",
                "Keep every run at 12.1 km or less until 11 Jun.",
            ),
            (
                no_rest(14, 14),
                "A run on each of the 14 days to Sat 14 Mar.",
                "Plan one day without a run by 17 Mar.",
            ),
            (
                no_rest(22, 28),
                "A run on 22 of the 28 days to Sat 14 Mar: fewer than two days off in at least three of four weeks.",
                "Plan two days without a run by 21 Mar.",
            ),
            (
                descent_spike(),
                "Sat 14 Mar, 12.0 km: 400 m of descent, 60 % more than any run of the 30 days before (250 m).",
                "Keep the descent of every run at 370 m or less until 21 Mar.",
            ),
        ] {
            assert_eq!(told(&warning), (fact.to_owned(), action.to_owned()));
        }
    }

    #[test]
    fn an_own_threshold_is_told_beside_the_studied_one_and_cites_no_study_below_it() {
        let [run, week, rest, descent] = by_own_thresholds();
        assert_eq!(
            run.fact(UnitSystem::Kilometers),
            "Wed 18 Nov, 16.1 km: 7 % longer than your longest run in the 30 days before (15.0 km, 8 Nov), about at the \
             line of what GPS can tell. Your own threshold is 5 %, the studied one 10 %."
        );
        let ends = |warning: &Warning, end: &str| {
            let fact = warning.fact(UnitSystem::Kilometers);
            assert!(fact.ends_with(end), "{fact}");
        };
        ends(&week, "Your own threshold is 20 %, the studied one 30 %.");
        ends(&rest, "Your own threshold is 10 days in a row, the usual one 14; no study has either.");
        ends(
            &descent,
            "Your own threshold is 40 % and 80 m, the usual one 50 % and 150 m; no study has either.",
        );
        assert!(run.is_below_studied() && week.is_below_studied());
        for below in [run, week] {
            assert!(below.association().starts_with("Below the studied "), "{below:?}");
            assert_eq!(below.evidence_tag(), "[evidence D: your own threshold]");
        }
        assert!(
            !jump(true).is_below_studied() && !spike(21_300, 15_000, SpikeSize::Small).is_below_studied()
        );
    }

    #[test]
    fn a_race_is_stated_with_its_comparison_and_the_caps_that_follow_and_asks_for_nothing() {
        let races = [spike(21_300, 15_000, SpikeSize::Large), above_gap_cap(), step_stack(), descent_spike()];
        for race in races.clone().map(raced) {
            assert_eq!(race.level(), Level::Info);
            assert!(!race.action(UnitSystem::Kilometers).contains("Keep"), "{race:?}");
            assert!(!race.association().contains(" × "), "{race:?}");
        }
        assert!(races.iter().all(|training| training.level() <= training.level_of_training()));
        let race = raced(races[0].clone());
        assert_eq!(
            race.fact(UnitSystem::Kilometers),
            "Wed 18 Nov, a race of 21.3 km: 42 % longer than your longest run in the 30 days before (15.0 km, 8 Nov)."
        );
        assert_eq!(race.action(UnitSystem::Kilometers), "The cap that follows: 16.5 km a run until 2 Dec.");
        assert_eq!(race.in_short(day(11, 20)), "long-run spike 18 Nov, a race (+42 %)");
        let hilly = raced(descent_spike()).action(UnitSystem::Kilometers);
        assert_eq!(hilly, "The cap that follows: 370 m of descent a run until 21 Mar.");
    }

    #[test]
    fn a_ratio_names_its_definition_and_tells_the_two_others() {
        let fact = |definition| acute_chronic(definition).fact(UnitSystem::Kilometers);
        assert_eq!(
            fact(AcuteChronicDefinition::Uncoupled),
            "Sun 3 May: acute:chronic ratio 1.65, uncoupled (33.0 km in 7 days, 20.0 km a week over the 21 days before); \
             coupled 1.42, EWMA 1.56. The line of 1.5 is custom."
        );
        assert_eq!(
            fact(AcuteChronicDefinition::Ewma),
            "Sun 3 May: acute:chronic ratio 1.56, EWMA (40.6 km a week by the weighted mean of 7 days, 26.0 km by that of \
             28); coupled 1.42, uncoupled 1.65. The line of 1.5 is custom."
        );
        let short = acute_chronic(AcuteChronicDefinition::Coupled).in_short(day(11, 9));
        assert_eq!(short, "acute:chronic 3 May: coupled 1.42");
    }

    #[test]
    fn a_run_above_the_gap_cap_is_told_with_the_cap_of_its_own_day() {
        let warning = above_gap_cap();
        assert_eq!(
            warning.fact(UnitSystem::Kilometers),
            "Wed 26 Aug, 17.0 km: above the 16.2 km that a break of 16 days leaves (no run in your files between 2 Aug \
             and 18 Aug)."
        );
        assert_eq!(warning.action(UnitSystem::Kilometers), "Keep every run at 16.2 km or less until 31 Aug.");
        assert_eq!(warning.cap(), Some((16_200, day(8, 31))));
    }

    #[test]
    fn a_break_stands_while_it_lasts_and_while_a_cap_holds() {
        let stands = |warning: &Warning, date| warning.stands_on(date, date);
        assert!(stands(&gap(16, true), day(12, 31)));
        assert!(stands(&gap(16, false), day(8, 31)) && !stands(&gap(16, false), day(9, 1)));
        assert!(stands(&gap(7, false), day(8, 24)) && !stands(&gap(7, false), day(8, 25)));
    }

    #[test]
    fn caps_are_rounded_down() {
        assert_eq!(cap_text(16_599, UnitSystem::Kilometers), "16.5 km");
        assert_eq!(cap_text(16_600, UnitSystem::Kilometers), "16.6 km");
        assert_eq!(cap_text(16_600, UnitSystem::Miles), "10.0 mi");
        assert_eq!(cap_text(804_672, UnitSystem::Miles), "500.0 mi");
    }

    #[test]
    fn no_warning_uses_a_word_that_claims_too_much_or_asks_for_more() {
        let forbidden = [
            "will ",
            "cause",
            "prevent",
            "safe",
            "danger",
            "optimal",
            "overtrain",
            "diagnos",
            "run more",
            "add ",
            "increase",
        ];
        for warning in every_warning() {
            for units in [UnitSystem::Kilometers, UnitSystem::Miles] {
                let text = format!("{} {}", warning.message(units), warning.action(units)).to_lowercase();
                for word in forbidden {
                    assert!(!text.contains(word), "`{word}` in: {text}");
                }
            }
        }
    }

    #[test]
    fn a_relative_effect_never_stands_without_its_interval() {
        for warning in every_warning() {
            let text = warning.association();
            assert_eq!(text.contains(" × "), text.contains("95 % CI"), "{text}");
        }
    }
}
