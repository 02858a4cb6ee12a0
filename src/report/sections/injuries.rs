//! One runner's injuries beside the rules' alarms: counts, never a ratio.

use chrono::NaiveDate;

use super::counted;
use crate::{
    dates,
    report::page::{Block, Column, Marks, Row, Section, Table, Tone},
    validation::{RunnerCounts, ValidationRow},
};

/// What is counted of one runner.
#[derive(Clone, Debug)]
pub struct Injuries {
    /// First day of the record.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// The counts.
    pub counts: RunnerCounts,
    /// Rows of a kind other than overuse.
    pub of_another_kind: usize,
}

/// The counts, a rule a line, and what they mean.
#[must_use]
pub fn section(injuries: &Injuries) -> Section {
    let counts = &injuries.counts;
    let span = dates::range(injuries.from, injuries.to);
    let title = format!("Injuries beside alarms, {span}: {} judged", counts.injuries);
    let columns = vec![Column::left("rule", 16, Some(16)), Column::left("what its alarms did", 0, Some(0))];
    let alarms = crate::validation::table([counts.clone()]).into_iter().filter(|row| row.window_d > 0);
    let rows: Vec<Row> = one_a_rule(alarms)
        .map(|row| Row { cells: vec![row.rule.clone(), what_they_did(&row)], ..Row::default() })
        .collect();
    let table = Table { columns, rows, has_head: false, marks: Marks::Words, wraps: true, footnote: None };
    let mut blocks = vec![Block::Table(table)];
    blocks.extend(left_out(injuries).into_iter().map(|text| Block::text(Tone::Aside, text)));
    blocks.push(Block::text(Tone::Aside, MEANING));
    Section::titled(title, blocks)
}

const MEANING: &str = "An alarm is a warning that asks to act, races left out; alarms less than 7 days apart are one. It is \
                       false if no injury comes in the 7 days from it on, once these are over. By accident: how many \
                       injuries alarms that know nothing would come before, on as many days. The injuries of one runner are \
                       too few to show whether a rule is of use.";

/// What is counted does not depend on the scale.
fn one_a_rule(rows: impl Iterator<Item = ValidationRow>) -> impl Iterator<Item = ValidationRow> {
    let mut last = String::new();
    rows.filter(move |row| {
        let is_new = row.rule != last;
        last.clone_from(&row.rule);
        is_new
    })
}

/// `1 of 2 injuries within 7 days of an alarm (by accident 0.13); 1 missed; 2 of 3 alarms false, 2.5 a year`.
fn what_they_did(row: &ValidationRow) -> String {
    let count = |count: Option<u32>| count.unwrap_or_default();
    let [injuries, hits, same_day, misses, alarms, false_alarms] =
        [row.injuries, row.hits, row.hits_same_day, row.misses, row.episodes, row.false_alarms].map(count);
    let missed = match (injuries, misses) {
        (0, _) => String::new(),
        _ if alarms == 0 => format!("{misses} missed"),
        _ => {
            let late =
                if same_day > 0 { format!(", {same_day} on its very day: too late") } else { String::new() };
            let chance =
                row.expected_hits.map_or_else(String::new, |hits| format!(" (by accident {hits:.2})"));
            let of = counted(injuries as usize, "injury", "injuries");
            format!("{hits} of {of} within 7 days of an alarm{chance}{late}; {misses} missed")
        }
    };
    let fired = if alarms == 0 {
        "no alarm".to_owned()
    } else {
        let of = counted(alarms as usize, "alarm", "alarms");
        let a_year = row.false_per_year.map_or_else(String::new, |rate| format!(", {rate:.1} a year"));
        format!("{false_alarms} of {of} false{a_year}")
    };
    if missed.is_empty() { fired } else { format!("{missed}; {fired}") }
}

/// What of the file is held against no alarm, and why.
fn left_out(injuries: &Injuries) -> Vec<String> {
    let mut told = Vec::new();
    let not_evaluable = injuries.counts.not_evaluable as usize;
    if not_evaluable > 0 {
        told.push(format!(
            "{} not judged: in the first 30 days of the record, after its end, or while injured already.",
            counted(not_evaluable, "injury is", "injuries are")
        ));
    }
    if injuries.of_another_kind > 0 {
        told.push(format!(
            "{} of another kind than overuse: not judged, but the days from there to recovery do not count.",
            counted(injuries.of_another_kind, "row is", "rows are")
        ));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::testing::day,
        validation::{Alarms, FollowUp, Injury, of_runner},
    };

    fn told(alarms: &[&str], injuries: &[&str]) -> String {
        let injury = |date: &&str| Injury { date: day(date), recovered: Some(day(date)), overuse: true };
        let counts = of_runner(&FollowUp {
            h0: day("2026-01-01"),
            last: day("2026-12-31"),
            runs: &[],
            alarms: &[Alarms { rule: "gap", dates: alarms.iter().map(|date| day(date)).collect() }],
            injuries: &injuries.iter().map(injury).collect::<Vec<_>>(),
        });
        what_they_did(&crate::validation::table([counts])[0])
    }

    #[test]
    fn hits_misses_and_false_alarms_are_told_in_words() {
        // 335 days; three alarms cover 21 of them: 2 injuries · 21/335 = 0.13
        let alarms = ["2026-03-01", "2026-05-01", "2026-07-01"];
        assert_eq!(
            told(&alarms, &["2026-03-05", "2026-10-01"]),
            "1 of 2 injuries within 7 days of an alarm (by accident 0.13); 1 missed; 2 of 3 alarms false, 2.2 a year"
        );
        assert_eq!(
            told(&alarms, &["2026-05-01"]),
            "1 of 1 injury within 7 days of an alarm (by accident 0.06), 1 on its very day: too late; 0 missed; \
             2 of 3 alarms false, 2.2 a year"
        );
    }

    #[test]
    fn without_alarms_every_injury_is_missed_and_without_injuries_every_alarm_is_false() {
        assert_eq!(told(&[], &["2026-03-05"]), "1 missed; no alarm");
        assert_eq!(told(&["2026-03-05"], &[]), "1 of 1 alarm false, 1.1 a year");
        assert_eq!(told(&[], &[]), "no alarm");
    }
}
