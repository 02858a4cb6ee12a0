//! How often the rules would have warned: counts beside those of runners without any trend, then a line a warning.

use super::counted;
use crate::{
    analysis::{replay::Replay, rules::Warning},
    dates,
    report::page::{Block, Column, Item, Marks, Page, Row, Section, Table},
    warning::{Rule, evidence::Of},
};

/// The whole replay.
#[must_use]
pub fn page(replay: &Replay<'_>) -> Page {
    let recordings = if replay.recordings == replay.runs {
        String::new()
    } else {
        format!(" in {} recordings", replay.recordings)
    };
    let runs = counted(replay.runs, "run", "runs");
    let title = format!("Replay, {}: {runs}{recordings}", dates::range(replay.from, replay.to));
    let mut sections = vec![Section::titled(title, vec![Block::Table(counts(replay))])];
    if !replay.warnings.is_empty() {
        let item = |warning: &&Warning| Item {
            mark: Some(warning.date.to_string()),
            text: warning.in_short(replay.to),
            more: None,
        };
        sections.push(Section::apart(vec![Block::List(replay.warnings.iter().map(item).collect())]));
    }
    Page::of(sections)
}

fn counts(replay: &Replay<'_>) -> Table {
    let columns = vec![
        Column::left("rule", 16, Some(16)),
        Column::right("times", 4, Some(4)),
        Column::left("share", 0, Some(0)),
    ];
    let row = |(rule, count): (&'static Rule, usize)| Row {
        cells: vec![rule.id.to_owned(), count.to_string(), share(replay, rule, count).unwrap_or_default()],
        ..Row::default()
    };
    let rows = replay.counts().into_iter().map(row).collect();
    Table { columns, rows, has_head: false, marks: Marks::Words, wraps: true, footnote: None }
}

/// `2.8 of 100 runs; runners without any trend: 2–4`; `None` for rules that have no such rate.
fn share(replay: &Replay<'_>, rule: &Rule, count: usize) -> Option<String> {
    let base = rule.base_rate?;
    let of = match base.of {
        Of::Runs => replay.runs as f64,
        Of::Weeks => replay.weeks(),
    };
    let own = if of > 0.0 { format!("{:.1}", 100.0 * count as f64 / of) } else { "–".to_owned() };
    if replay.thresholds.is_own(rule) {
        return Some(format!("{own} of 100 {}, by what you set", base.of.name()));
    }
    Some(format!("{own} of 100 {}; runners without any trend: {}", base.of.name(), base.of_100))
}

/// How often a rule that warns now has warned on the runner's own history, beside its base rate: `Your last 52 weeks: fired 5 times, 3.1
/// of 100 runs; runners without any trend: 2.0–3.7.`
#[must_use]
pub fn own_history(replay: &Replay<'_>, rule: &Rule) -> String {
    let count = replay.count(rule);
    let weeks = replay.weeks().ceil();
    let weeks = if weeks > 1.0 { format!("{weeks:.0} weeks") } else { "week".to_owned() };
    if count == 0 {
        // a break that lasts may have been told first before these weeks
        return format!("It has stood since before your last {weeks}.");
    }
    let times = match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    };
    let share = share(replay, rule, count).map_or_else(String::new, |share| format!(", {share}"));
    format!("Your last {weeks}: fired {times}{share}.")
}

/// The one line of the report: `In these weeks: long-run-spike 6, weekly-jump 2 …`; empty if nothing fired.
#[must_use]
pub fn one_line(replay: &Replay<'_>) -> String {
    let counts = replay.counts().into_iter().filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts.map(|(rule, count)| format!("{} {count}", rule.id)).collect();
    if counts.is_empty() {
        return String::new();
    }
    format!("{} (`treadlight replay`)", counts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{
            analyze,
            replay::replay,
            rules::gap,
            testing::{day, run},
        },
        settings::Settings,
    };

    #[test]
    fn a_break_that_was_told_before_these_weeks_and_lasts_has_not_fired_0_times() {
        let runs = [run("2025-01-05T08:00:00+01:00", 10_000, 60)];
        let analysis = analyze(&runs, &[], &Settings::default(), day("2026-11-20")).unwrap();
        assert_eq!(analysis.active()[0].rule, &gap::RULE);
        let told = own_history(&replay(&analysis, 52), &gap::RULE);
        assert_eq!(told, "It has stood since before your last 52 weeks.");
    }
}
