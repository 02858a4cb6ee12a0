//! Whom to talk to first: every runner once, in the most urgent of a few groups. No score, no sum over unlike things.

use std::cmp::{Ordering, Reverse};

use chrono::NaiveDate;

use super::{
    facts::{KneeState, Known},
    natural,
};
use crate::warning::Level;

/// Days without any activity after which that is worth a word: those after which a break begins.
pub const NOTHING_FROM_DAYS: i64 = 7;

/// The groups, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// An active caution or warning that is not silenced; a knee diary's stop is one.
    First,
    /// The knee diary says something else.
    Knee,
    /// The limit of a break holds.
    Back,
    /// No activity of any sport for [`NOTHING_FROM_DAYS`] or more.
    Nothing,
    /// The runner, or some of the files, could not be read, or are of two people.
    Files,
    /// Nothing of all that.
    Quiet,
}

impl Group {
    /// All of them, in their order.
    pub const ALL: [Self; 6] = [Self::First, Self::Knee, Self::Back, Self::Nothing, Self::Files, Self::Quiet];

    /// The word of the JSON interface.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Knee => "knee",
            Self::Back => "back",
            Self::Nothing => "nothing",
            Self::Files => "files",
            Self::Quiet => "quiet",
        }
    }

    /// The most urgent group of a runner.
    #[must_use]
    pub fn of(facts: &Known) -> Self {
        let is_away = facts.days_without.is_none_or(|days| days >= NOTHING_FROM_DAYS);
        if facts.failed.is_some() {
            Self::Files
        } else if !facts.raised.is_empty() || stops(facts) {
            Self::First
        } else if facts.knee.is_some() {
            Self::Knee
        } else if facts.back.is_some() && !is_away {
            Self::Back
        } else if is_away {
            Self::Nothing
        } else if facts.remarks.is_empty() {
            Self::Quiet
        } else {
            Self::Files
        }
    }
}

/// Whether the knee diary says stop, or that a doctor should look at it today: that stands above every rule about load.
#[must_use]
pub fn stops(facts: &Known) -> bool {
    facts.knee.is_some_and(|knee| knee.level >= Level::Warning)
}

/// A runner in a list: what is known, and the same in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What is known.
    pub facts: Known,
    /// What is said of it.
    pub said: Said,
}

/// A runner's line in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The one number and date that matter.
    pub fact: String,
    /// The limit that holds.
    pub limit: Option<String>,
    /// What else there is, in few words each.
    pub also: Vec<String>,
}

/// Every runner once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Triage {
    /// The runners of each group, in the order of the groups.
    pub groups: Vec<(Group, Vec<Line>)>,
    /// Runners of the first group of whom nothing is newer than the day asked for: counted, not listed.
    pub earlier: usize,
}

impl Triage {
    /// Puts runners into their groups. Where a day is given, the first group lists only whom something was raised of since.
    #[must_use]
    pub fn of(lines: Vec<Line>, since: Option<NaiveDate>) -> Self {
        let mut groups: Vec<(Group, Vec<Line>)> = Group::ALL.map(|group| (group, Vec::new())).into();
        let mut earlier = 0;
        for line in lines {
            let group = Group::of(&line.facts);
            if group == Group::First && since.is_some_and(|since| !is_new(&line.facts, since)) {
                earlier += 1;
            } else if let Some((_, of_group)) = groups.iter_mut().find(|(other, _)| *other == group) {
                of_group.push(line);
            }
        }
        groups.iter_mut().for_each(|(group, lines)| lines.sort_by(|a, b| order(*group, &a.facts, &b.facts)));
        Self { groups, earlier }
    }

    /// The runners of a group.
    #[must_use]
    pub fn in_group(&self, group: Group) -> &[Line] {
        self.groups.iter().find(|(other, _)| *other == group).map_or(&[], |(_, lines)| lines)
    }

    /// How many there are in a group, listed or not.
    #[must_use]
    pub fn count(&self, group: Group) -> usize {
        self.in_group(group).len() + if group == Group::First { self.earlier } else { 0 }
    }

    /// How many there are at all.
    #[must_use]
    pub fn runners(&self) -> usize {
        Group::ALL.into_iter().map(|group| self.count(group)).sum()
    }

    /// How many could not be read.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.in_group(Group::Files).iter().filter(|line| line.facts.failed.is_some()).count()
    }
}

/// Whether anything of the first group is new since a day; a stop stays listed as long as it stands.
fn is_new(facts: &Known, since: NaiveDate) -> bool {
    stops(facts) || facts.raised.iter().any(|raised| raised.date >= since)
}

/// The order within a group: the more urgent, then the newer first, then by name.
fn order(group: Group, a: &Known, b: &Known) -> Ordering {
    let of_group = match group {
        Group::First => urgency(a).cmp(&urgency(b)),
        Group::Knee => Reverse(loudness(a)).cmp(&Reverse(loudness(b))),
        Group::Back => Reverse(returned(a)).cmp(&Reverse(returned(b))),
        Group::Nothing => away(a).cmp(&away(b)),
        Group::Files => b.failed.is_some().cmp(&a.failed.is_some()),
        Group::Quiet => Ordering::Equal,
    };
    of_group.then_with(|| natural::compare(&a.name, &b.name))
}

fn urgency(facts: &Known) -> impl Ord {
    let most = facts.raised.first().map(|raised| (raised.level, raised.date));
    Reverse((stops(facts), most))
}

fn loudness(facts: &Known) -> impl Ord {
    facts.knee.map(|KneeState { level, see, state, .. }| (level, see, state))
}

fn returned(facts: &Known) -> Option<NaiveDate> {
    facts.back.and_then(|back| back.returned)
}

/// Who was last here comes first; who never was comes last.
fn away(facts: &Known) -> (bool, Option<i64>) {
    (facts.days_without.is_none(), facts.days_without)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::rules,
        cohort::{
            facts::{BreakNow, Raised},
            reason::Reason,
            remarks::Remark,
        },
        knee::{fold::State, sign::Urgency},
        warning::{Compared, Unit},
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A runner who ran yesterday and of whom nothing is to be said.
    fn quiet(name: &str) -> Known {
        Known { name: name.to_owned(), days_without: Some(1), ..Known::default() }
    }

    fn with_warning(facts: Known, level: Level, date: &str) -> Known {
        let compared = Compared { value: 14, baseline: Some(10), threshold: 11, unit: Unit::Metres };
        let raised = Raised { rule: rules::known()[0], level, date: day(date), compared };
        Known { raised: vec![raised], ..facts }
    }

    fn with_knee(facts: Known, state: State, level: Level) -> Known {
        let see = (level == Level::Warning).then_some(Urgency::Today);
        Known { knee: Some(KneeState { state, see, level, is_unread: false }), ..facts }
    }

    fn with_break(facts: Known, returned: Option<&str>) -> Known {
        let rest = BreakNow { last_run: day("2026-10-15"), returned: returned.map(day), days: 21 };
        Known { back: Some(rest), ..facts }
    }

    fn away(facts: Known, days: i64) -> Known {
        Known { days_without: Some(days), ..facts }
    }

    fn with_remark(facts: Known) -> Known {
        Known { remarks: vec![Remark { reason: Reason::TwoPeople, count: 1 }], ..facts }
    }

    #[test]
    fn a_runner_stands_in_the_first_group_that_holds() {
        let all = |facts| with_remark(away(with_break(with_knee(facts, State::Hold, Level::Info), None), 9));
        let first = with_warning(all(quiet("a")), Level::Caution, "2026-11-08");
        assert_eq!(Group::of(&first), Group::First);
        assert_eq!(Group::of(&all(quiet("a"))), Group::Knee);
        let back = with_break(quiet("a"), Some("2026-11-05"));
        assert_eq!(Group::of(&with_remark(back.clone())), Group::Back);
        assert_eq!(Group::of(&away(back, 7)), Group::Nothing);
        assert_eq!(Group::of(&with_remark(away(quiet("a"), 7))), Group::Nothing);
        assert_eq!(Group::of(&with_remark(away(quiet("a"), 6))), Group::Files);
        assert_eq!(Group::of(&quiet("a")), Group::Quiet);
        assert_eq!(Group::of(&Known::failed("a", Reason::NoRun)), Group::Files);
        let not_begun = Known { days_without: None, ..quiet("a") };
        assert_eq!(Group::of(&not_begun), Group::Nothing);
    }

    #[test]
    fn a_stop_stands_above_every_caution_of_load() {
        let stop = with_knee(quiet("Zoe"), State::Stop, Level::Warning);
        let lines = vec![
            line(with_warning(quiet("b"), Level::Caution, "2026-11-07")),
            line(with_warning(quiet("c"), Level::Caution, "2026-11-08")),
            line(with_warning(quiet("d"), Level::Warning, "2026-11-01")),
            line(stop),
            line(with_warning(quiet("a"), Level::Caution, "2026-11-07")),
        ];
        let triage = Triage::of(lines, None);
        assert_eq!(names(&triage, Group::First), ["Zoe", "d", "c", "a", "b"]);
    }

    #[test]
    fn since_a_day_older_warnings_are_counted_and_every_runner_still_is() {
        let lines = vec![
            line(with_warning(quiet("new"), Level::Caution, "2026-11-02")),
            line(with_warning(quiet("old"), Level::Warning, "2026-11-01")),
            line(with_knee(quiet("stop"), State::Stop, Level::Warning)),
            line(away(quiet("away"), 30)),
            line(Known::failed("failed", Reason::Panicked)),
            line(quiet("quiet")),
        ];
        let triage = Triage::of(lines, Some(day("2026-11-02")));
        assert_eq!(names(&triage, Group::First), ["stop", "new"]);
        assert_eq!((triage.earlier, triage.count(Group::First)), (1, 3));
        assert_eq!((triage.runners(), triage.failed()), (6, 1));
    }

    #[test]
    fn who_came_back_last_and_who_was_here_last_comes_first() {
        let lines = vec![
            line(with_break(quiet("early"), Some("2026-11-02"))),
            line(with_break(quiet("late"), Some("2026-11-05"))),
            line(away(quiet("long"), 90)),
            line(Known { days_without: None, ..quiet("never") }),
            line(away(quiet("short"), 8)),
            line(with_remark(quiet("a"))),
            line(Known::failed("b", Reason::NoRun)),
            line(quiet("runner 10")),
            line(quiet("runner 9")),
        ];
        let triage = Triage::of(lines, None);
        assert_eq!(names(&triage, Group::Back), ["late", "early"]);
        assert_eq!(names(&triage, Group::Nothing), ["short", "long", "never"]);
        assert_eq!(names(&triage, Group::Files), ["b", "a"]);
        assert_eq!(names(&triage, Group::Quiet), ["runner 9", "runner 10"]);
    }

    fn line(facts: Known) -> Line {
        Line { facts, said: Said::default() }
    }

    fn names(triage: &Triage, group: Group) -> Vec<&str> {
        triage.in_group(group).iter().map(|line| line.facts.name.as_str()).collect()
    }
}
