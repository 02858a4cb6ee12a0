//! What came of the tables of many runners: how many, which tables, and what the rules' alarms were worth there.

use chrono::NaiveDate;

use super::counted;
use crate::{
    capitals::capitalized,
    dates,
    report::page::{Block, Page, Section, Tone},
    units::UnitSystem,
    validation::{Scale, ValidationRow},
};

/// What came of it.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "named for what they are")]
pub struct Summary<'a> {
    pub runners: u64,
    pub failed: u64,
    pub sessions: u64,
    pub distance_m: i64,
    pub span: Option<(NaiveDate, NaiveDate)>,
    pub is_by_day: bool,
    pub tables: Vec<String>,
    pub folder: String,
    pub format: &'static str,
    pub units: UnitSystem,
    pub validation: &'a [ValidationRow],
}

/// The page.
#[must_use]
pub fn page(summary: &Summary<'_>) -> Page {
    let mut blocks = vec![
        Block::text(Tone::Plain, summary.counts()),
        Block::text(
            Tone::Plain,
            format!("{} as {} in {}", summary.tables.join(", "), summary.format, summary.folder),
        ),
    ];
    if summary.is_by_day {
        blocks.push(Block::text(Tone::Aside, BY_DAY));
    }
    let mut sections = vec![Section::apart(blocks)];
    if !summary.validation.is_empty() {
        let rules = summary.validation.chunk_by(|a, b| (&a.rule, a.window_d) == (&b.rule, b.window_d));
        let blocks = rules.map(|rows| Block::text(Tone::Plain, of_rule(rows))).collect();
        sections.push(Section::titled("Injuries beside the alarms".to_owned(), blocks));
    }
    Page::of(sections)
}

const BY_DAY: &str = "The table has dates and no times: a session is what stands in a row, and a spike is that of a day where a \
                      day has one row.";

impl Summary<'_> {
    fn counts(&self) -> String {
        let runners = counted(self.runners as usize, "runner", "runners");
        let sessions = counted(self.sessions as usize, "session", "sessions");
        let distance = self.units.whole(self.distance_m);
        let span =
            self.span.map_or_else(String::new, |(first, last)| format!(", {}", dates::range(first, last)));
        let failed =
            if self.failed > 0 { format!("; {} could not be read", self.failed) } else { String::new() };
        format!("{runners}, {sessions}, {distance}{span}{failed}")
    }
}

/// A rule in a few sentences.
fn of_rule(rows: &[ValidationRow]) -> String {
    let Some(first) = rows.first() else { return String::new() };
    let name = if first.window_d == 0 { format!("{}, this run", first.rule) } else { first.rule.clone() };
    let counts = first.injuries.zip(first.hits).map_or_else(String::new, |(injuries, hits)| {
        let of = counted(injuries as usize, "injury", "injuries");
        let chance = first.expected_hits.map_or_else(String::new, |hits| format!(" (by accident {hits:.1})"));
        let a_year =
            first.false_per_year.map_or_else(String::new, |rate| format!(", {rate:.1} false alarms a year"));
        format!(" {hits} of {of} within {} days of an alarm{chance}{a_year}.", first.window_d)
    });
    let ratios: Vec<String> = rows.iter().filter_map(ratio).collect();
    let ratios = if ratios.is_empty() { String::new() } else { format!(" Ratio {}.", ratios.join(", ")) };
    format!("{name}:{counts}{ratios} {}", sentence(&first.verdict.words()))
}

/// `per run 1.64 (1.31–2.05)`.
fn ratio(row: &ValidationRow) -> Option<String> {
    let (ratio, low, high) = row.rr?;
    let scale = match row.scale {
        Scale::Run => "run",
        Scale::Km => "km",
        Scale::Day => "day",
    };
    Some(format!("per {scale} {ratio:.2} ({low:.2}–{high:.2})"))
}

/// With a capital letter and one full stop.
fn sentence(words: &str) -> String {
    format!("{}.", capitalized(words.trim_end_matches('.')))
}
