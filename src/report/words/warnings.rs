//! What warnings say. A rule's sentences implement [`Words`] for what it saw; its warnings find them in [`words_of`].
//!
//! A warning tells a dated fact and a comparison, an association with its confidence interval and its
//! absolute rate, then one action with a number and a date. It never diagnoses and never asks for more running.

use chrono::NaiveDate;

use super::parts::{cap_text, in_recordings, percent_text, whole_percent_above};
use crate::{
    analysis::rules::{
        Facts, Warning, acute_chronic, descent_spike, no_rest, step_stack, ten_percent, weekly_jump,
    },
    dates,
    report::words::{
        beside,
        ratio::{ratio_number, ratio_text},
    },
    units::UnitSystem,
    warning::{Body, KeepTo, Kept, Rule, Unknown, thresholds::Thresholds},
};

/// The sentences of a rule. `w` is the warning that holds `self`.
pub(super) trait Words {
    /// What was seen, when, and against what.
    fn seen(&self, w: &Warning, units: UnitSystem) -> String;
    /// What studies found, with its uncertainty: no relative effect without its interval.
    fn association(&self, w: &Warning) -> &'static str;
    /// What to do: a verb, a number, a date.
    fn action(&self, w: &Warning, units: UnitSystem) -> String;
    /// What stands behind the date in a list; `None`: by how much the value lies above its baseline.
    fn in_short(&self, _: &Warning) -> Option<String> {
        None
    }
    /// What the runner had set, as far as it matters here.
    fn judged_by(&self, _: &Warning) -> Thresholds {
        Thresholds::default()
    }
}

/// The sentences of what a rule saw.
fn words_of(facts: &Facts) -> &dyn Words {
    match facts {
        Facts::LongRunSpike(seen) => seen,
        Facts::Gap(seen) => seen,
        Facts::WeeklyJump(seen) => seen,
        Facts::StepStack(seen) => seen,
        Facts::Shoes(seen) => seen,
        Facts::NoRest(seen) => seen,
        Facts::NewShoe(seen) => seen,
        Facts::OnePair(seen) => seen,
        Facts::DescentSpike(seen) => seen,
        Facts::TenPercent(seen) => seen,
        Facts::AcuteChronic(seen) => seen,
    }
}

impl Warning {
    fn words(&self) -> &dyn Words {
        words_of(&self.facts)
    }

    /// Fact, association and grade in one paragraph, for machines that show one text.
    #[must_use]
    pub fn message(&self, units: UnitSystem) -> String {
        format!("{} {} {}", self.fact(units), self.association(), self.evidence_tag())
    }

    /// What was seen, when, and against what; the runner's own threshold where it is another than the usual one.
    #[must_use]
    pub fn fact(&self, units: UnitSystem) -> String {
        let seen = self.words().seen(self, units);
        match self.own_threshold() {
            Some(own) => format!("{seen} {own}"),
            None => seen,
        }
    }

    /// The runner's own threshold beside the usual one, where they differ.
    pub(super) fn own_threshold(&self) -> Option<String> {
        self.words().judged_by(self).told(self.rule)
    }

    /// What studies found, with its uncertainty.
    #[must_use]
    pub fn association(&self) -> &'static str {
        if self.race {
            "A race by your own word: said for the record. It is load like any other run, so limits and credits count it."
        } else {
            self.words().association(self)
        }
    }

    /// What to do: a verb, a number, a date, none of them over on the day of the report. Of a race what follows from it,
    /// without urging.
    #[must_use]
    pub fn action(&self, units: UnitSystem) -> String {
        let of_load = || self.action_by_load(units);
        match self.keep_to.filter(|keep_to| keep_to.of != Kept::DaysOff).and_then(|keep_to| keep_to.body) {
            None => of_load(),
            Some(Body::NoRun) => "No run: see KNEE.".to_owned(),
            Some(Body::NoDistance) => "No distance for now: see KNEE.".to_owned(),
            Some(Body::NotBefore(first)) => {
                format!("No run before {}: see KNEE. {}", dates::with_weekday(first), of_load())
            }
        }
    }

    fn action_by_load(&self, units: UnitSystem) -> String {
        if !self.race {
            return self.words().action(self, units);
        }
        let Some(keep_to) = self.keep_to else { return "Nothing follows from it.".to_owned() };
        if keep_to.is_over {
            return self.over_text(keep_to, units);
        }
        let per = match keep_to.of {
            Kept::Descent => " of descent a run",
            Kept::DaysOff => "",
            Kept::Running => " a session",
            Kept::Run => " a run",
            Kept::SevenDays => " in 7 days",
        };
        match most_text(keep_to, units) {
            Some(most) => format!("The limit that follows: {most}{per}{}.", until_text(keep_to)),
            None => "Nothing follows from it.".to_owned(),
        }
    }

    /// `[evidence B: Frandsen 2025]`.
    #[must_use]
    pub fn evidence_tag(&self) -> String {
        format!("[evidence {}: {}]", self.evidence.grade, self.evidence.cite)
    }

    /// A few words for a list of past warnings: `long-run spike Sun 12 Apr (+18 %)`.
    #[must_use]
    pub fn in_short(&self, today: NaiveDate) -> String {
        let race = if self.race { ", a race" } else { "" };
        let head = format!("{} {}{race}", self.rule.title, dates::relative_to(self.date, today));
        if let Some(rest) = self.words().in_short(self) {
            return format!("{head}: {rest}");
        }
        let percent = self.compared.baseline.and_then(|base| whole_percent_above(self.compared.value, base));
        let what = if self.is_about_running() { " running minutes" } else { "" };
        percent.map_or_else(|| head.clone(), |percent| format!("{head} (+{percent} %{what})"))
    }

    /// Whether its fact is all that a person has to read: it asks for nothing.
    #[must_use]
    pub fn is_remark(&self) -> bool {
        matches!(&self.facts, Facts::WeeklyJump(jump) if !jump.attention)
    }

    /// Whether it is about a run above what a break leaves.
    #[must_use]
    pub fn is_above_break_cap(&self) -> bool {
        matches!(&self.facts, Facts::Gap(gap) if gap.above.is_some())
    }

    /// Whether both are about the same break.
    #[must_use]
    pub fn is_of_the_break_of(&self, other: &Self) -> bool {
        matches!((&self.facts, &other.facts), (Facts::Gap(a), Facts::Gap(b)) if a.gap.last_run == b.gap.last_run)
    }

    /// Whether both are about how far one pair of shoes has come.
    #[must_use]
    pub fn is_of_the_wear_of(&self, other: &Self) -> bool {
        matches!((&self.facts, &other.facts), (Facts::Shoes(a), Facts::Shoes(b)) if a.shoe == b.shoe)
    }

    /// Whether one line does for both: about the same pair, or about breaks of the shortest kind.
    #[must_use]
    pub fn says_again(&self, other: &Self) -> bool {
        match (&self.facts, &other.facts) {
            (Facts::Shoes(a), Facts::Shoes(b)) => a.shoe == b.shoe,
            (Facts::Gap(a), Facts::Gap(b)) => {
                self.is_break() && other.is_break() && [a, b].iter().all(|seen| seen.is_shortest())
            }
            _ => false,
        }
    }

    /// The distance of a run: `21.3 km`, `a race of 21.3 km`, `44.8 km in two recordings`.
    pub(super) fn run_text(&self, distance_m: i64, units: UnitSystem) -> String {
        let race = if self.race { "a race of " } else { "" };
        format!("{race}{}{}", units.short(distance_m), in_recordings(self.recordings))
    }

    /// `42 % ` above its baseline, or nothing where that is 0.
    pub(super) fn percent_text(&self) -> String {
        percent_text(self.compared.value, self.compared.baseline.unwrap_or_default())
    }

    /// Its baseline as a distance.
    pub(super) fn baseline_text(&self, units: UnitSystem) -> String {
        units.short(self.compared.baseline.unwrap_or_default())
    }

    /// `Keep every run at 16.5 km or less until 2 Dec.`, or that its limit is over.
    pub(super) fn keep_text(&self, what: &str, units: UnitSystem) -> String {
        self.keep_text_or(what, " or less", units)
    }

    /// The same with other words for `or less`.
    pub(super) fn keep_text_or(&self, what: &str, or_less: &str, units: UnitSystem) -> String {
        let Some(keep_to) = self.keep_to else { return String::new() };
        if keep_to.is_over {
            return self.over_text(keep_to, units);
        }
        match most_text(keep_to, units) {
            Some(_) if keep_to.most == Some(0) => "No run for now.".to_owned(),
            Some(most) => format!("Keep {what} at {most}{or_less}{}.", until_text(keep_to)),
            None => "There is too little to count a limit from: begin with short, easy runs.".to_owned(),
        }
    }

    /// `Its limit ended on 23 May; now one run up to 15.4 km.`
    fn over_text(&self, keep_to: KeepTo, units: UnitSystem) -> String {
        let ended = keep_to.set_until.map_or_else(String::new, |day| {
            format!("Its limit ended on {}", dates::relative_to(day, self.date))
        });
        let what = match keep_to.of {
            Kept::Run => "one run",
            Kept::SevenDays => "7 days",
            Kept::Running => "one session",
            Kept::Descent | Kept::DaysOff => return format!("{ended}."),
        };
        match most_text(keep_to, units) {
            Some(most) => format!("{ended}; now {what} up to {most}."),
            None => format!("{ended}."),
        }
    }
}

/// The number of a limit as it is shown.
fn most_text(keep_to: KeepTo, units: UnitSystem) -> Option<String> {
    let most = keep_to.most?;
    Some(match keep_to.of {
        Kept::Run | Kept::SevenDays => cap_text(most, units),
        Kept::Running => super::parts::running_minutes_of(most),
        Kept::Descent => format!("{most} m"),
        Kept::DaysOff => return None,
    })
}

/// ` until 2 Dec`, where it does not hold on.
fn until_text(keep_to: KeepTo) -> String {
    keep_to.until.map_or_else(String::new, |until| format!(" until {}", dates::short(until)))
}

impl Unknown {
    /// Too little history: `not enough data (12 of 30 days)`.
    #[must_use]
    pub fn too_short(rule: &'static Rule, days: i64, needed: i64) -> Self {
        Self { rule, why: format!("not enough data ({days} of {needed} days)") }
    }
}

impl Words for weekly_jump::Seen {
    fn seen(&self, w: &Warning, units: UnitSystem) -> String {
        let week_m = w.compared.value;
        let week = format!("{} in the 7 days to {}", units.short(week_m), dates::with_weekday(w.date));
        let (above_best, best) = (percent_text(week_m, self.best_m), units.short(self.best_m));
        if self.attention {
            return format!(
                "{week}: {above_best}more than the best of the four 7-day blocks before ({best})."
            );
        }
        // the block before was an easy one, so a share of it says little
        format!(
            "{week}: {above_best}more than the best of the four 7-day blocks before ({best}); the last of them had {}.",
            units.short(self.previous_m)
        )
    }

    fn association(&self, w: &Warning) -> &'static str {
        if w.is_below_studied() {
            return "Below the studied 30 %: no study speaks of such a step. Your own threshold does.";
        }
        "In 874 novices, steps of more than 30 % went with 1.6 × as many distance-related injuries, knees among \
         them (95 % CI 0.96–2.66, so chance is possible); 5,205 watch users showed no such link. A sudden \
         change, not a forecast."
    }

    fn action(&self, w: &Warning, units: UnitSystem) -> String {
        w.keep_text("any 7 days", units)
    }

    fn in_short(&self, w: &Warning) -> Option<String> {
        let percent = whole_percent_above(w.compared.value, self.best_m).filter(|_| !self.attention)?;
        Some(format!("+{percent} % above the best of four"))
    }

    fn judged_by(&self, _: &Warning) -> Thresholds {
        Thresholds::default().with(&weekly_jump::PERCENT, self.percent)
    }
}

impl Words for step_stack::Seen {
    fn seen(&self, w: &Warning, units: UnitSystem) -> String {
        format!(
            "{}, {}: longer than any run of the 30 days before, as the {} of {} had been.",
            dates::with_weekday(w.date),
            w.run_text(w.compared.value, units),
            w.baseline_text(units),
            dates::short(self.first_date),
        )
    }

    fn association(&self, _: &Warning) -> &'static str {
        "Small steps compound within days, a limit that the study of long runs names itself. How much that matters \
         has not been measured."
    }

    fn action(&self, w: &Warning, units: UnitSystem) -> String {
        w.keep_text("every run", units)
    }
}

impl no_rest::Seen {
    fn is_streak(self, w: &Warning) -> bool {
        w.compared.value == self.of_days
    }
}

impl Words for no_rest::Seen {
    fn seen(&self, w: &Warning, _: UnitSystem) -> String {
        let (run_days, of_days, date) = (w.compared.value, self.of_days, dates::with_weekday(w.date));
        if self.is_streak(w) {
            return format!("A run on each of the {run_days} days to {date}.");
        }
        format!(
            "A run on {run_days} of the {of_days} days to {date}: fewer than two days off in at least three of four \
             weeks.{}",
            self.between.map_or_else(String::new, |between| beside::between(of_days - run_days, between)),
        )
    }

    fn association(&self, _: &Warning) -> &'static str {
        "Of 446 elite endurance athletes, those with fewer than two days off a week reported overuse injury 5.2 × \
         as often (95 % CI 1.9–14.1; absolute rates not found). From memory, with a wide margin."
    }

    fn action(&self, w: &Warning, _: UnitSystem) -> String {
        let count = if self.is_streak(w) { "one day" } else { "two days" };
        let last_day = w.keep_to.filter(|keep_to| !keep_to.is_over).and_then(|keep_to| keep_to.set_until);
        match last_day {
            Some(day) => format!("Plan {count} without a run by {}.", dates::short(day)),
            None => format!("Plan {count} without a run."),
        }
    }

    fn in_short(&self, w: &Warning) -> Option<String> {
        Some(format!("a run on {} of {} days", w.compared.value, self.of_days))
    }

    fn judged_by(&self, w: &Warning) -> Thresholds {
        let usual = Thresholds::default();
        if self.is_streak(w) { usual.with(&no_rest::DAYS, w.compared.threshold) } else { usual }
    }
}

impl Words for descent_spike::Seen {
    fn seen(&self, w: &Warning, units: UnitSystem) -> String {
        format!(
            "{}, {}: {} m of descent, {}more than any run of the 30 days before ({} m).",
            dates::with_weekday(w.date),
            w.run_text(self.distance_m, units),
            w.compared.value,
            w.percent_text(),
            w.compared.baseline.unwrap_or_default(),
        )
    }

    fn association(&self, w: &Warning) -> &'static str {
        if w.own_threshold().is_some() {
            return "Downhill loads thigh and kneecap more than the flat does. No study has a threshold: this one is yours.";
        }
        "Downhill loads thigh and kneecap more than the flat does. No study has a threshold: this one is ours."
    }

    fn action(&self, w: &Warning, units: UnitSystem) -> String {
        w.keep_text("the descent of every run", units)
    }

    fn judged_by(&self, _: &Warning) -> Thresholds {
        let usual = Thresholds::default();
        usual.with(&descent_spike::PERCENT, self.percent).with(&descent_spike::LEAST_M, self.least_m)
    }
}

/// What rules advise that only speak as the settings ask for them.
const NOTHING_TO_DO: &str = "Nothing to do: listed as your settings ask for it.";

impl Words for ten_percent::Seen {
    fn seen(&self, w: &Warning, units: UnitSystem) -> String {
        format!(
            "{} in the calendar week to {}: {}more than the week before ({}).",
            units.short(w.compared.value),
            dates::with_weekday(w.date),
            w.percent_text(),
            w.baseline_text(units),
        )
    }

    fn association(&self, _: &Warning) -> &'static str {
        "In a trial with 532 novices a plan of 10 % a week left 20.8 % injured, a common plan 20.3 %: no difference."
    }

    fn action(&self, _: &Warning, _: UnitSystem) -> String {
        NOTHING_TO_DO.to_owned()
    }
}

impl Words for acute_chronic::Seen {
    fn seen(&self, w: &Warning, units: UnitSystem) -> String {
        ratio_text(w.date, self.definition, &self.loads, units)
    }

    fn association(&self, _: &Warning) -> &'static str {
        "In two cohorts of runners (435 and 5,205) injuries followed low ratios more often than high ones, likely \
         as sore runners had cut back; a trial with 482 young footballers who were planned by it found no \
         difference. No reason to change a run, in either direction."
    }

    fn action(&self, _: &Warning, _: UnitSystem) -> String {
        NOTHING_TO_DO.to_owned()
    }

    fn in_short(&self, _: &Warning) -> Option<String> {
        Some(format!("{} {}", self.definition.title(), ratio_number(self.definition.of(&self.loads))))
    }
}
