//! When somebody should look at it, and how soon.
//!
//! ```text
//! emergency  breathless            today  a sign of today, or an injury from 55 on
//! days       a sign of days; under 18 with a limp or a bad row; a bone spot red, stopped, or bad on two days of 14
//! book       red on three days of 14; no better after three weeks; six weeks with pain
//! ```
//! Only rows after the last `seen` count; signs for 28 days, those of a stop until `seen`.
//! Source: EVIDENCE-KNEE 5.6 and 3. "A few weeks" is the NHS's word, the days are design choices, grade D.

use chrono::NaiveDate;

use super::{
    fold::Entry,
    fold::Says,
    light::{Age, Light},
    numbers::LOOK_BACK_DAYS,
    sign::{Effect, Sign, Urgency},
};

/// Days in which three red ones count, and a bad row keeps six weeks alive: the day itself and thirteen before.
const FORTNIGHT: i64 = 13;
/// Red days that ask for a professional.
const RED_DAYS: usize = 3;
/// Bad days at a bone spot that do.
const BONE_DAYS: usize = 2;
/// Days of adjusted running after which it should be better.
const THREE_WEEKS: i64 = 21;
/// Days with pain after which somebody should look.
const SIX_WEEKS: i64 = 42;
/// Numbers up to this are no reason.
const GREEN: u8 = 2;
/// So much lower is better.
const BETTER_BY: u8 = 2;

/// Why somebody should look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Reason {
    SignEmergency,
    SignToday,
    Injury55,
    SignDays,
    Under18,
    BoneSpot,
    ThreeRed,
    NotBetter3Weeks,
    SixWeeks,
}

impl Reason {
    /// The word of vectors and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::SignEmergency => "sign-emergency",
            Self::SignToday => "sign-today",
            Self::Injury55 => "injury-55",
            Self::SignDays => "sign-days",
            Self::Under18 => "under-18",
            Self::BoneSpot => "bone-spot",
            Self::ThreeRed => "three-red",
            Self::NotBetter3Weeks => "not-better-3-weeks",
            Self::SixWeeks => "six-weeks",
        }
    }

    /// How soon.
    #[must_use]
    pub fn urgency(self) -> Urgency {
        match self {
            Self::SignEmergency => Urgency::Emergency,
            Self::SignToday | Self::Injury55 => Urgency::Today,
            Self::SignDays | Self::Under18 | Self::BoneSpot => Urgency::Days,
            Self::ThreeRed | Self::NotBetter3Weeks | Self::SixWeeks => Urgency::Book,
        }
    }
}

/// A judged row and its largest number.
#[derive(Clone, Debug)]
pub struct Watched<'a> {
    /// The row.
    pub entry: &'a Entry,
    /// Its largest number, 0 to 10.
    pub worst: Option<u8>,
}

impl Watched<'_> {
    fn light(&self) -> Option<Light> {
        self.entry.light()
    }

    fn is_bad(&self) -> bool {
        self.light().is_some_and(Light::is_bad)
    }

    fn is_stop(&self) -> bool {
        self.light() == Some(Light::Stop)
    }

    fn days_before(&self, on: NaiveDate) -> i64 {
        (on - self.entry.date).num_days()
    }
}

/// Every reason that holds on a day, in a fixed order; the most urgent one decides how soon.
///
/// Rows may come in any order; rows of one day keep theirs, and of a `seen` and a sign of one day the later line wins.
#[must_use]
pub fn reasons(rows: &[Watched<'_>], on: NaiveDate, age: Age) -> Vec<Reason> {
    let mut rows: Vec<Watched<'_>> = rows.iter().filter(|row| row.entry.date <= on).cloned().collect();
    rows.sort_by_key(|row| row.entry.date);
    let last_seen = rows.iter().rposition(|row| matches!(row.entry.says, Says::Seen(_)));
    let seen_on = last_seen.map(|at| rows[at].entry.date);
    let since = &rows[last_seen.map_or(0, |at| at + 1)..];
    let mut reasons = by_signs(since, on, age);
    reasons.extend(by_spot_and_reds(since, on));
    reasons.extend(by_course(&rows, seen_on, on));
    reasons
}

/// How soon, by the most urgent reason.
#[must_use]
pub fn urgency(reasons: &[Reason]) -> Option<Urgency> {
    reasons.iter().map(|reason| reason.urgency()).max()
}

fn by_signs(since: &[Watched<'_>], on: NaiveDate, age: Age) -> Vec<Reason> {
    let recent = |row: &&Watched<'_>| row.days_before(on) <= LOOK_BACK_DAYS;
    // a stop has no end
    let counting = since.iter().filter(|row| recent(row) || row.is_stop());
    let signs: Vec<Sign> = counting.flat_map(|row| row.entry.signs.iter().copied()).collect();
    let any = |urgency| signs.iter().any(|sign| sign.urgency() == Some(urgency));
    let injured = signs.iter().any(|sign| sign.effect() == Effect::RedWithPain);
    let young_and_sore =
        age.may_be_minor && (signs.contains(&Sign::Limp) || since.iter().filter(recent).any(Watched::is_bad));
    [
        (any(Urgency::Emergency), Reason::SignEmergency),
        (any(Urgency::Today), Reason::SignToday),
        (injured && age.may_be_55, Reason::Injury55),
        (any(Urgency::Days), Reason::SignDays),
        (young_and_sore, Reason::Under18),
    ]
    .into_iter()
    .filter_map(|(holds, reason)| holds.then_some(reason))
    .collect()
}

fn by_spot_and_reds(since: &[Watched<'_>], on: NaiveDate) -> Vec<Reason> {
    let recent = |row: &&Watched<'_>| row.days_before(on) <= LOOK_BACK_DAYS;
    let in_fortnight = |row: &&Watched<'_>| row.days_before(on) <= FORTNIGHT;
    let bone = |row: &&Watched<'_>| row.entry.may_be_bone();
    let sore = days(since.iter().filter(in_fortnight).filter(bone).filter(|row| row.is_bad()));
    let red = |row: &&Watched<'_>| row.light() == Some(Light::Red);
    let red_bone = since.iter().filter(recent).filter(bone).any(|row| red(&row));
    let stopped_bone = since.iter().filter(bone).any(Watched::is_stop);
    let mut reasons = Vec::new();
    if sore >= BONE_DAYS || red_bone || stopped_bone {
        reasons.push(Reason::BoneSpot);
    }
    if days(since.iter().filter(in_fortnight).filter(red)) >= RED_DAYS {
        reasons.push(Reason::ThreeRed);
    }
    reasons
}

fn days<'a>(rows: impl Iterator<Item = &'a Watched<'a>>) -> usize {
    let mut days: Vec<NaiveDate> = rows.map(|row| row.entry.date).collect();
    days.dedup();
    days.len()
}

/// The episode: bad rows at most 28 days apart, from a `seen` on anew.
fn by_course(rows: &[Watched<'_>], seen_on: Option<NaiveDate>, on: NaiveDate) -> Vec<Reason> {
    let mut episode: Option<(NaiveDate, NaiveDate)> = None;
    for row in rows.iter().filter(|row| row.is_bad() || row.is_stop()) {
        let date = row.entry.date;
        episode = Some(match episode {
            Some((first, last)) if (date - last).num_days() <= LOOK_BACK_DAYS => (first, date),
            _ => (date, date),
        });
    }
    let Some((first, last)) = episode.filter(|(_, last)| (on - *last).num_days() <= LOOK_BACK_DAYS) else {
        return Vec::new();
    };
    let start = seen_on.map_or(first, |seen| seen.max(first));
    let lasted = (on - start).num_days();
    let mut reasons = Vec::new();
    if lasted >= THREE_WEEKS && is_no_better(rows, start, on) {
        reasons.push(Reason::NotBetter3Weeks);
    }
    if lasted >= SIX_WEEKS && (on - last).num_days() <= FORTNIGHT {
        reasons.push(Reason::SixWeeks);
    }
    reasons
}

/// The worst of the last seven days against the worst of the first seven, each with two rows or more.
fn is_no_better(rows: &[Watched<'_>], start: NaiveDate, on: NaiveDate) -> bool {
    let worst = |days_in: &dyn Fn(NaiveDate) -> i64| -> Option<u8> {
        let in_week = rows.iter().filter(|row| (0..=6).contains(&days_in(row.entry.date)));
        let numbers: Vec<u8> = in_week.filter_map(|row| row.worst).collect();
        (numbers.len() >= 2).then(|| numbers.into_iter().max()).flatten()
    };
    let first = worst(&|date| (date - start).num_days());
    let last = worst(&|date| (on - date).num_days());
    matches!((first, last), (Some(first), Some(last)) if last > GREEN && last + BETTER_BY > first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_urgency_is_that_of_the_most_urgent_reason() {
        assert_eq!(urgency(&[]), None);
        assert_eq!(urgency(&[Reason::ThreeRed, Reason::SignDays]), Some(Urgency::Days));
    }
}
