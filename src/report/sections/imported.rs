//! What the import made of the files: one line of totals, then grouped counts of what did not count, and why.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Report, counted as plural};
use crate::{
    activity::{Activity, OtherSport, SportSource},
    dates,
    import::Import,
    report::page::{Block, Item, Section, Tone},
};

/// For so long after its day an activity of which something is open can change the day's answer.
const MATTERS_DAYS: u64 = 56;
/// Files of a kind that a page names; the rest is counted.
const NAMED: usize = 40;

/// Totals, then what did not count.
pub(super) fn in_short(report: &Report<'_>) -> Option<Section> {
    Some(Section::joined(of_report(report)))
}

/// The same under a title, with what did not count unfolding.
pub(super) fn in_full(report: &Report<'_>) -> Option<Section> {
    let import = report.import;
    let mut said = of_report(report);
    said.extend(import.notices.iter().map(|notice| Block::text(Tone::Muted, notice)));
    let others = import.others.iter().map(|other| {
        let sport = other.sport.as_str().replace('_', " ");
        format!("{}: {sport}, {}", other.file, dates::long(other.local_date()))
    });
    said.extend(unfolding("Other sports", others.collect()));
    let duplicates = import.duplicates.iter().map(|twin| format!("{}: {}", twin.activity.file, twin.because));
    said.extend(unfolding("Duplicates", duplicates.collect()));
    let skipped = import.skipped.iter().map(|skipped| format!("{}: {}", skipped.file, skipped.reason));
    said.extend(unfolding("Skipped", skipped.collect()));
    Some(Section::titled("What was imported", said))
}

fn unfolding(name: &str, lines: Vec<String>) -> Option<Block> {
    let count = lines.len();
    let mut inside = vec![Block::List(lines.into_iter().take(NAMED).map(Item::line).collect())];
    if count > NAMED {
        let rest = format!("+{} more: `treadlight runs --skipped` lists them.", count - NAMED);
        inside.push(Block::text(Tone::Muted, rest));
    }
    let summary = format!("{name}: {count}");
    (count > 0).then_some(Block::More { summary, inside })
}

/// What was imported and what did not count, as every list of runs begins.
pub(super) fn head(import: &Import) -> Vec<Block> {
    head_since(import, NaiveDate::MIN)
}

/// The same for a report: what is open is said while it can matter to the day's answer.
fn of_report(report: &Report<'_>) -> Vec<Block> {
    let since = dates::days_before(report.analysis.as_of, MATTERS_DAYS);
    head_since(report.import, since).into_iter().chain(as_rules_count(report)).collect()
}

/// What is open of activities before `since` is left out.
fn head_since(import: &Import, since: NaiveDate) -> Vec<Block> {
    let mut said = vec![Block::text(Tone::Plain, summary(import))];
    said.extend(not_counted(import, since).into_iter().map(|sentence| Block::text(Tone::Muted, sentence)));
    said
}

/// How many runs the rules see, where they are not as many as recordings.
fn as_rules_count(report: &Report<'_>) -> Option<Block> {
    let runs = report.analysis.sessions.len();
    (runs != report.import.runs.len()).then(|| {
        let runs = plural(runs, "run", "runs");
        let what =
            format!("To the rules they are {runs}: recordings less than 30 minutes apart count as one.");
        Block::text(Tone::Muted, what)
    })
}

/// First and last day of some activities, sorted by start.
fn span_of(activities: &[Activity]) -> Option<(NaiveDate, NaiveDate)> {
    Some((activities.first()?.local_date(), activities.last()?.local_date()))
}

/// `412 runs, 2 Mar 2019 – 18 Nov 2026 (430 files: 9 other sports, 6 duplicates, 3 skipped)`.
#[must_use]
pub fn summary(import: &Import) -> String {
    let runs = match import.runs.len() {
        0 => "no runs".to_owned(),
        n => plural(n, "run", "runs"),
    };
    let span = span_of(&import.runs)
        .map_or_else(String::new, |(first, last)| format!(", {}", dates::range(first, last)));
    let counts: Vec<String> = [
        (import.others.len(), "other sport", "other sports"),
        (import.duplicates.len(), "duplicate", "duplicates"),
        (import.skipped.len(), "skipped", "skipped"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| plural(count, one, many))
    .collect();
    let files = plural(import.files, "file", "files");
    let detail = if counts.is_empty() { files } else { format!("{files}: {}", counts.join(", ")) };
    format!("{runs}{span} ({detail})")
}

/// What did not count, by kind, and the one-line fix for activities whose sport nobody knows: a sentence each.
fn not_counted(import: &Import, since: NaiveDate) -> Vec<String> {
    let mut sentences = Vec::new();
    let sports = counted(import.others.iter().map(sport_name));
    let reasons = counted(import.skipped.iter().map(|skipped| skipped.reason.group()));
    let mut parts = Vec::new();
    if !sports.is_empty() {
        parts.push(sports.join(", "));
    }
    if !reasons.is_empty() {
        parts.push(format!("skipped {}", reasons.join(", ")));
    }
    if !parts.is_empty() {
        sentences.push(format!("Not counted: {}. `treadlight runs --skipped` lists them.", parts.join("; ")));
    }
    sentences.extend(sport_unknown(&import.others, since));
    sentences.extend(distance_unknown(&import.runs, since));
    sentences
}

/// Whether the word of its sport names none.
fn is_vague(other: &Activity) -> bool {
    matches!(other.sport.as_str(), "generic" | "training" | "unknown")
}

/// The sport of an activity; of a vague one the finer kind, where that names a sport.
fn sport_name(other: &Activity) -> String {
    let is_known = other.other_sport.is_some_and(|kind| kind != OtherSport::Other);
    let finer = other.sub_sport.as_deref().filter(|_| is_vague(other) && is_known);
    finer.unwrap_or(other.sport.as_str()).replace('_', " ")
}

/// Files whose device did not say what was done are never guessed: the runner can say it.
fn sport_unknown(others: &[Activity], since: NaiveDate) -> Option<String> {
    let unknown: Vec<&Activity> = others
        .iter()
        .filter(|other| {
            other.sport_source == SportSource::Nothing
                || is_vague(other) && other.other_sport.is_none_or(|kind| kind == OtherSport::Other)
        })
        .collect();
    let newest = unknown.last().filter(|newest| newest.local_date() >= since)?;
    let activities = plural(unknown.len(), "activity does", "activities do");
    Some(format!(
        "{activities} not say which sport: if one was a run, `treadlight runs set {} --sport running` counts it.",
        newest.id
    ))
}

/// Runs of which nothing tells how far they were: they count for no distance until the runner says it.
fn distance_unknown(runs: &[Activity], since: NaiveDate) -> Option<String> {
    let unknown: Vec<&Activity> = runs.iter().filter(|run| run.distance_m.is_none()).collect();
    let newest = unknown.last().filter(|newest| newest.local_date() >= since)?;
    let runs = plural(unknown.len(), "run has no distance", "runs have no distance");
    Some(format!(
        "{runs} (shown as –, counted as 0): `treadlight runs set {} --distance 5km` gives it one.",
        newest.id
    ))
}

/// `8 FIT monitoring`, `2 planned` …: most frequent first, then by name.
fn counted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(name, count)| format!("{count} {name}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::testing::{activity, day, run},
        import::{
            formats::read_error::ReadError,
            skipped::{SkipReason, Skipped},
        },
    };

    fn skipped(reason: SkipReason) -> Skipped {
        Skipped { file: "a".to_owned(), reason }
    }

    #[test]
    fn what_did_not_count_is_grouped_with_the_most_frequent_first() {
        let monitoring =
            || skipped(SkipReason::Read(ReadError::NoActivity { kind: "monitoring".to_owned() }));
        let import = Import {
            runs: vec![run("2026-03-01T08:00:00+01:00", 5_000, 30)],
            others: vec![
                activity("walking", "2026-03-02T08:00:00+01:00", 5_000, 60),
                activity("cycling", "2026-03-03T08:00:00+01:00", 5_000, 20),
                activity("cycling", "2026-03-04T08:00:00+01:00", 5_000, 20),
            ],
            skipped: vec![monitoring(), skipped(SkipReason::Read(ReadError::PlannedRoute)), monitoring()],
            files: 7,
            ..Import::default()
        };
        assert_eq!(summary(&import), "1 run, 1 Mar 2026 (7 files: 3 other sports, 3 skipped)");
        assert_eq!(
            not_counted(&import, NaiveDate::MIN),
            ["Not counted: 2 cycling, 1 walking; skipped 2 FIT monitoring, 1 planned. \
             `treadlight runs --skipped` lists them."]
        );
    }

    #[test]
    fn an_activity_without_a_sport_is_told_with_the_line_that_makes_it_a_run() {
        let import = Import {
            others: vec![activity("generic", "2026-03-03T08:00:00+01:00", 5_000, 20)],
            ..Import::default()
        };
        assert_eq!(
            not_counted(&import, day("2026-03-03")).last().unwrap(),
            "1 activity does not say which sport: if one was a run, \
             `treadlight runs set 2026-03-03T08:00 --sport running` counts it."
        );
        assert_eq!(
            not_counted(&import, day("2026-03-04")).len(),
            1,
            "too long ago to change the day's answer"
        );
    }

    #[test]
    fn where_everything_counted_nothing_is_said() {
        assert_eq!(not_counted(&Import::default(), NaiveDate::MIN), [""; 0]);
    }
}
