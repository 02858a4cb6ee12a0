//! What is said, a file a part. [`SECTIONS`] is the one list of the parts of the report, in order, with where each stands:
//! a new part is its file and one row there.
//!
//! What other commands show are pages of their own: [`next`], [`runs`], [`days`], [`weeks`], [`shoes`], [`replay`], [`explain`],
//! [`injuries`], [`messages`], [`arithmetic`], [`cap_arithmetic`], [`shoe_edit`], [`knee`]; [`triage`] is one of many runners.

pub mod arithmetic;
pub mod assignment;
mod cadence;
pub mod cap_arithmetic;
pub mod cohort;
pub mod days;
mod earlier;
pub mod explain;
pub mod imported;
pub mod injuries;
pub mod knee;
pub mod messages;
pub mod next;
pub mod replay;
mod running_arithmetic;
pub mod runs;
pub mod shoe_edit;
pub mod shoes;
mod silence;
mod source_arithmetic;
mod stale;
mod surfaces;
pub mod training_load;
pub mod triage;
pub mod verdict;
pub mod warnings;
pub mod weeks;

use crate::{
    analysis::Analysis,
    import::Import,
    report::{
        charts::Chart,
        page::{Block, Page, Section},
    },
    units::UnitSystem,
};

/// Everything that the parts of the report are made of.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// What the files hold.
    pub import: &'a Import,
    /// What the rules say.
    pub analysis: &'a Analysis,
    /// Units to show.
    pub units: UnitSystem,
    /// What it is for.
    pub medium: Medium,
    /// Whether the rows of the knee diary were asked for.
    pub with_diary: bool,
    /// Whether text shows every block, not the first ones only.
    pub all: bool,
}

/// What a report is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// The text of `report` and its file.
    Report,
    /// The text of `check`.
    Check,
    /// What `report --quiet` prints.
    Quiet,
    /// Mail and notes.
    Mail,
    /// `report.html`.
    Page,
}

impl Medium {
    /// Whether it is read from the top to the end: long lists are cut.
    fn is_text(self) -> bool {
        matches!(self, Self::Report | Self::Check | Self::Quiet)
    }
}

use Medium::{Check, Mail, Quiet};

const TEXTS: &[Medium] = &[Medium::Report, Check];
const DOCUMENTS: &[Medium] = &[Mail, Medium::Page];
const ALL: &[Medium] = &[Medium::Report, Check, Mail, Medium::Page];
const EVEN_QUIET: &[Medium] = &[Medium::Report, Check, Quiet, Mail, Medium::Page];

/// A part of the report.
struct Part {
    /// What it says, where it has something to say.
    said: fn(&Report<'_>) -> Option<Section>,
    /// Where it stands.
    on: &'static [Medium],
    /// Whether it says something where no run is known.
    without_runs: bool,
    /// Whether a quiet report says it where no warning is active.
    even_alone: bool,
}

impl Part {
    const fn of_runs(said: fn(&Report<'_>) -> Option<Section>, on: &'static [Medium]) -> Self {
        Self { said, on, without_runs: false, even_alone: false }
    }

    /// Of what is felt, which no rule about load knows of.
    const fn of_the_body(said: fn(&Report<'_>) -> Option<Section>, on: &'static [Medium]) -> Self {
        Self { said, on, without_runs: true, even_alone: true }
    }

    const fn always(said: fn(&Report<'_>) -> Option<Section>, on: &'static [Medium]) -> Self {
        Self { said, on, without_runs: true, even_alone: false }
    }
}

/// The parts of the report, from the top. Text begins with what was imported and closes with what comes next; documents
/// begin with the answer.
static SECTIONS: &[Part] = &[
    Part::always(imported::in_short, TEXTS),
    Part::always(verdict::section, DOCUMENTS),
    Part::of_the_body(knee::first, EVEN_QUIET),
    Part::always(stale::section, EVEN_QUIET),
    Part::of_runs(next::limits, DOCUMENTS),
    Part::of_runs(warnings::section, EVEN_QUIET),
    Part::of_the_body(knee::in_report, EVEN_QUIET),
    Part::of_the_body(knee::diary::section, ALL),
    Part::of_runs(charts, &[Medium::Page]),
    Part::of_runs(weeks::newest, ALL),
    Part::of_runs(surfaces::section, &[Medium::Page]),
    Part::of_runs(next::limits, TEXTS),
    Part::of_runs(cadence::section, &[Medium::Page]),
    Part::of_runs(shoes::in_use, ALL),
    Part::of_runs(earlier::section, &[Medium::Report, Medium::Page]),
    Part::always(imported::in_full, DOCUMENTS),
];

/// The report for its medium.
#[must_use]
pub fn report(report: &Report<'_>) -> Page {
    let has_runs = !report.import.runs.is_empty();
    let is_quiet = report.medium == Quiet && report.analysis.active().is_empty();
    let parts = SECTIONS.iter().filter(|part| part.on.contains(&report.medium));
    let parts = parts.filter(|part| (!is_quiet || part.even_alone) && (has_runs || part.without_runs));
    Page::of(parts.filter_map(|part| (part.said)(report)).collect())
}

/// Every picture, in its order.
fn charts(report: &Report<'_>) -> Option<Section> {
    let drawn = Chart::drawn(report.analysis).collect();
    Some(Section::joined(vec![Block::Charts(drawn)]))
}

/// `1 run`, `2 runs`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `h:mm`, or an en dash where unknown.
fn hours_and_minutes(seconds: Option<f64>) -> String {
    seconds.map_or_else(
        || "–".to_owned(),
        |seconds| {
            let minutes = (seconds / 60.0).round() as i64;
            format!("{}:{:02}", minutes / 60, minutes % 60)
        },
    )
}

/// A whole number, or an en dash where unknown.
fn whole(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.0}"))
}
