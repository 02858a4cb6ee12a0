//! What a list of many runners says of one: the number and the date that matter, the limit that holds, what else there is.

use chrono::NaiveDate;

use super::limits;
use crate::{
    analysis::{Analysis, rules::Warning},
    cohort::{
        facts::{BreakNow, KneeState, Known, urgent},
        reason::Reason,
        remarks::Remark,
        triage::{Group, NOTHING_FROM_DAYS, Said, stops},
    },
    dates,
    knee::{fold::State, sign::Urgency},
    report::words::knee as knee_words,
    units::UnitSystem,
    warning::Body,
};

/// Secondary facts that are said; more are counted.
const MOST_ALSO: usize = 2;

/// A runner who was read, in words.
#[must_use]
pub fn said(facts: &Known, analysis: &Analysis, units: UnitSystem) -> Said {
    let as_of = analysis.as_of;
    let group = Group::of(facts);
    let warnings: Vec<&Warning> = urgent(analysis).collect();
    let head = warnings.first().filter(|_| group == Group::First && !stops(facts));
    Said {
        fact: told(facts, group, head.copied(), as_of),
        limit: limit(facts, head.copied(), analysis, units),
        also: cut(also(facts, group, &warnings[usize::from(head.is_some())..], as_of)),
    }
}

/// What else there is beside what was told: of load, of the knee, of breaks, of files.
fn also(facts: &Known, group: Group, of_load: &[&Warning], as_of: NaiveDate) -> Vec<String> {
    let is_told = |told: &[Group]| told.contains(&group);
    let is_away = facts.days_without.is_some_and(|days| days >= NOTHING_FROM_DAYS);
    let knee = facts.knee.filter(|_| !is_told(&[Group::Knee]) && !stops(facts));
    // a break that lasts says no more than that nothing came
    let rest = facts
        .back
        .filter(|rest| !is_told(&[Group::Back, Group::Nothing]) && (rest.returned.is_some() || !is_away));
    // that a diary cannot be read is said of the knee
    let remarks = facts.remarks.iter().filter(|remark| remark.reason != Reason::DiaryUnreadable);
    let mut also: Vec<String> = of_load.iter().map(|warning| warning.in_short(as_of)).collect();
    also.extend(knee.map(|knee| format!("knee diary: {}", knee_text(knee))));
    also.extend(rest.map(|rest| back(rest, as_of)));
    also.extend((is_away && !is_told(&[Group::Nothing])).then(|| nothing(facts, as_of)));
    also.extend(remarks.filter(|_| !is_told(&[Group::Files])).map(remark));
    also
}

/// A runner who could not be read.
#[must_use]
pub fn not_read(detail: &str) -> Said {
    Said { fact: detail.to_owned(), ..Said::default() }
}

fn told(facts: &Known, group: Group, head: Option<&Warning>, as_of: NaiveDate) -> String {
    let of_knee = || facts.knee.map(knee_text).unwrap_or_default();
    match group {
        Group::First => head.map_or_else(|| format!("knee diary: {}", of_knee()), |w| w.in_short(as_of)),
        Group::Knee => of_knee(),
        Group::Back => facts.back.map(|rest| back(rest, as_of)).unwrap_or_default(),
        Group::Nothing => nothing(facts, as_of),
        Group::Files => facts.remarks.iter().map(remark).collect::<Vec<_>>().join("; "),
        Group::Quiet => String::new(),
    }
}

/// `back after red; book a physio or doctor`: state and who should look at it, nothing else of a diary.
fn knee_text(knee: KneeState) -> String {
    let see = knee.see.map(|urgency| match urgency {
        Urgency::Emergency => "call the emergency number now",
        Urgency::Today => "see a doctor today",
        Urgency::Days => "see a doctor within days",
        Urgency::Book => "book a physio or doctor",
    });
    // beside what cannot be read only a stop is sure
    let is_sure =
        if knee.is_unread { knee.state == State::Stop } else { knee.state != State::Clear || see.is_none() };
    let state = is_sure.then(|| knee_words::state_name(knee.state));
    let unread = knee.is_unread.then_some("the diary cannot be read");
    let parts: Vec<&str> = [state, see, unread].into_iter().flatten().collect();
    parts.join("; ")
}

/// `back on 4 Nov after 16 days without a run`.
fn back(rest: BreakNow, as_of: NaiveDate) -> String {
    let BreakNow { last_run, returned, days } = rest;
    match returned {
        Some(returned) => {
            format!("back on {} after {days} days without a run", dates::relative_to(returned, as_of))
        }
        None => format!("no run since {} ({days} days)", dates::relative_to(last_run, as_of)),
    }
}

/// `nothing since 20 Oct (20 days)`.
fn nothing(facts: &Known, as_of: NaiveDate) -> String {
    match facts.last_activity.zip(facts.days_without) {
        Some((last, days)) => format!("nothing since {} ({days} days)", dates::relative_to(last, as_of)),
        None => "nothing up to this day".to_owned(),
    }
}

/// `2 files not read`.
fn remark(remark: &Remark) -> String {
    let count = remark.count;
    let plural =
        |one: &str, many: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {many}") };
    match remark.reason {
        Reason::TwoPeople => {
            format!(
                "files of two people? {}",
                plural("run is at the time of another, far away", "runs are at the time of others, far away")
            )
        }
        Reason::FilesSkipped => plural("file not read", "files not read"),
        Reason::DiaryMissing => "the knee diary of the settings is not there".to_owned(),
        Reason::DiaryUnreadable => "the knee diary cannot be read".to_owned(),
        other => other.code().replace('_', " "),
    }
}

/// What the first warning asks to keep to, else how far the next run may go: from the limits' engine, never made here.
fn limit(facts: &Known, head: Option<&Warning>, analysis: &Analysis, units: UnitSystem) -> Option<String> {
    // of files that may be two people's, no limit is anybody's
    if matches!(Group::of(facts), Group::Quiet | Group::Files) {
        return None;
    }
    if let Some(body) = analysis.limits.body {
        return Some(match body {
            Body::NoRun => "No run for now (knee diary).".to_owned(),
            Body::NoDistance => "No distance for now (knee diary).".to_owned(),
            Body::NotBefore(first) => format!("No run before {} (knee diary).", dates::with_weekday(first)),
        });
    }
    if let Some(warning) = head {
        return Some(warning.action(units));
    }
    facts.next_run.most_m?;
    Some(format!("Next run {}.", limits::next_run(&analysis.limits, units)))
}

fn cut(mut also: Vec<String>) -> Vec<String> {
    let more = also.len().saturating_sub(MOST_ALSO);
    if more > 0 {
        also.truncate(MOST_ALSO);
        also.push(format!("+{more} more"));
    }
    also
}
