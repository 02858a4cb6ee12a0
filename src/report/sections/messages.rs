//! Everything active, a message each, for a program that reports what is new: by what a message is known again, and its text.

use chrono::NaiveDate;

use super::{Report, stale};
use crate::{
    analysis::{Analysis, rules::Warning},
    report::words::{knee as knee_words, messages as words},
    units::UnitSystem,
    warning::Level,
};

/// The rule of a message about the knee diary.
const KNEE: &str = "knee";
/// The rule of a message about an old export.
const STALE: &str = "stale-export";

/// What a message is known by: it stays the same when files are imported again, renamed, or corrected a little.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The rule's id, `knee` or `stale-export`.
    pub rule: String,
    /// The pair of shoes, or the state of the knee; `None` for what needs no more than its day.
    pub subject: Option<String>,
    /// The day of what raised it; `None` where no day is known.
    pub date: Option<NaiveDate>,
}

/// Something active.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What it is known by.
    pub key: Key,
    /// How much it asks for: a higher level is news.
    pub level: Level,
    /// Whether the subject is known without its day: a pair enters its window once, whatever distance is put right later.
    pub once: bool,
    /// The day that it is about; that of the report where no other is known.
    pub date: NaiveDate,
    /// The last day of the limit that it names, where it names one.
    pub until: Option<NaiveDate>,
    /// What it says, a line a thought.
    pub text: String,
}

/// Everything active: the knee before the load, then the most urgent first.
#[must_use]
pub fn messages(report: &Report<'_>) -> Vec<Message> {
    let (analysis, units) = (report.analysis, report.units);
    let warnings = analysis.active().into_iter().map(|warning| of_warning(warning, units));
    of_knee(analysis, units).into_iter().chain(of_stale(report)).chain(warnings).collect()
}

fn of_warning(warning: &Warning, units: UnitSystem) -> Message {
    let key = Key {
        rule: warning.rule.id.to_owned(),
        subject: warning.pair().map(str::to_owned),
        date: Some(warning.date),
    };
    Message {
        key,
        level: warning.level,
        once: warning.is_wear(),
        date: warning.date,
        until: warning.until(),
        text: words::of_warning(warning, units),
    }
}

/// What the diary asks for, unless that is nothing.
fn of_knee(analysis: &Analysis, units: UnitSystem) -> Option<Message> {
    let (knee, limit) = analysis.knee_limit()?;
    let text = words::of_knee(knee, &limit, units)?;
    let date = knee.cause(&limit).map(|row| row.date);
    let state = if knee_words::unread(knee, &limit).is_some() { "unread" } else { limit.state.word() };
    Some(Message {
        key: Key { rule: KNEE.to_owned(), subject: Some(state.to_owned()), date },
        level: analysis.knee_level().unwrap_or_default(),
        once: false,
        date: date.unwrap_or(analysis.as_of),
        until: limit.until,
        text,
    })
}

fn of_stale(report: &Report<'_>) -> Option<Message> {
    let newest = report.analysis.stale_since?;
    Some(Message {
        key: Key { rule: STALE.to_owned(), subject: None, date: Some(newest) },
        level: Level::Info,
        once: false,
        date: newest,
        until: None,
        text: stale::sentence(report)?,
    })
}
