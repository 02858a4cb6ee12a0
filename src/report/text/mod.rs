//! The report as text, 80 columns wide or as narrow as the terminal: readable in a terminal, a mail, aloud.
//!
//! One file a part: [`imported`], [`warnings`], [`weeks`], [`next`], [`shoes`], [`runs`], [`explain`], [`arithmetic`],
//! [`cap_arithmetic`], [`replay`], [`training_load`], [`assignment`], [`shoe_edit`], [`sparkline`]; [`layout`] says how wide. Styles are always written; the stream
//! that prints them takes them out where there is no colour.

pub mod arithmetic;
pub mod assignment;
pub mod cap_arithmetic;
pub mod explain;
pub mod imported;
pub mod layout;
pub mod next;
pub mod replay;
mod running_arithmetic;
pub mod runs;
pub mod shoe_edit;
pub mod shoes;
mod sparkline;
pub mod style;
pub mod training_load;
pub mod warnings;
pub mod weeks;

use std::fmt::{self, Write};

use anstyle::Style;
use chrono::NaiveDate;

use crate::{
    activity::Activity,
    analysis::Analysis,
    dates,
    import::Import,
    report::knee::{
        page::{section, signs},
        text as knee_text,
    },
    units::UnitSystem,
    warning::Level,
};
use style::BOLD;

/// Weeks that the report's table shows.
const WEEKS_SHOWN: usize = 8;

/// The whole report, without the list of files that it wrote.
///
/// # Errors
/// Never for a `String`; see [`fmt::Write`].
pub fn report(import: &Import, analysis: &Analysis, units: UnitSystem) -> Result<String, fmt::Error> {
    let mut out = check(import, analysis, units)?;
    warnings::write_earlier(&mut out, analysis)?;
    Ok(out)
}

/// The report without its look back: warnings, weeks, caps, shoes.
///
/// # Errors
/// Never for a `String`.
pub fn check(import: &Import, analysis: &Analysis, units: UnitSystem) -> Result<String, fmt::Error> {
    let mut out = String::new();
    writeln!(out, "{}", wrapped(&imported::summary(import), 0))?;
    out.push_str(&imported::not_counted(import));
    write_stale(&mut out, analysis)?;
    if import.runs.is_empty() {
        write_knee(&mut out, analysis, units)?;
        return Ok(out);
    }
    writeln!(out)?;
    warnings::write_active(&mut out, analysis, units)?;
    write_knee(&mut out, analysis, units)?;
    writeln!(out)?;
    weeks::write_recent(&mut out, analysis, units, WEEKS_SHOWN)?;
    sparkline::write(&mut out, analysis, units)?;
    writeln!(out)?;
    next::write_line(&mut out, &analysis.caps, units)?;
    writeln!(out)?;
    shoes::write_lines(&mut out, analysis, units)?;
    Ok(out)
}

/// KNEE: state, limit and signs, where there is a diary.
fn write_knee(out: &mut String, analysis: &Analysis, units: UnitSystem) -> fmt::Result {
    let Some((knee, limit)) = analysis.knee_limit() else { return Ok(()) };
    writeln!(out)?;
    heading(out, "KNEE")?;
    let mut parts = section(knee, &limit, units);
    parts.extend(signs());
    out.push_str(&knee_text::text(&parts, wrapped));
    Ok(())
}

/// Asks for a newer export where the last activity is old: any advice after a break hangs on that.
fn write_stale(out: &mut String, analysis: &Analysis) -> fmt::Result {
    let Some(newest) = analysis.stale_since else { return Ok(()) };
    writeln!(
        out,
        "Newest activity: {}, {} days before {}. Have you exported lately?",
        dates::long(newest),
        (analysis.as_of - newest).num_days(),
        dates::long(analysis.as_of)
    )
}

/// The active warnings alone; empty when nothing is active.
///
/// # Errors
/// Never for a `String`.
pub fn quiet(analysis: &Analysis, units: UnitSystem) -> Result<String, fmt::Error> {
    let mut out = String::new();
    if !analysis.active().is_empty() {
        write_stale(&mut out, analysis)?;
        warnings::write_active(&mut out, analysis, units)?;
    }
    if analysis.knee_level().is_some_and(|level| level >= Level::Caution) {
        write_knee(&mut out, analysis, units)?;
    }
    Ok(out)
}

/// First and last day of some activities, sorted by start.
fn span_of(activities: &[Activity]) -> Option<(NaiveDate, NaiveDate)> {
    Some((activities.first()?.local_date(), activities.last()?.local_date()))
}

/// Text wrapped to the width, every line but the first indented. Names are never broken at a hyphen.
#[must_use]
pub fn wrapped(text: &str, indent: usize) -> String {
    textwrap::fill(&layout::spelled(text), wrap_options("", &" ".repeat(layout::indent(indent))))
}

/// A title in its style with its text beside it, or under it where there is little room.
fn write_titled(out: &mut String, style: Style, title: &str, text: &str) -> fmt::Result {
    let title = layout::spelled(title);
    if layout::is_narrow() {
        writeln!(out, "{style}{}{style:#}", title.trim_end())?;
        return writeln!(out, "{}", wrapped(&format!("  {text}"), 2));
    }
    let indent = columns_of(&title);
    let text = wrapped(&format!("{title}{text}"), indent);
    // the title keeps its blanks: textwrap swallows none of them, as they stand inside the line
    writeln!(out, "{style}{title}{style:#}{}", text.get(title.len()..).unwrap_or_default())
}

/// How every text is wrapped.
fn wrap_options<'a>(first: &'a str, others: &'a str) -> textwrap::Options<'a> {
    textwrap::Options::new(layout::columns())
        .initial_indent(first)
        .subsequent_indent(others)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
}

/// A file's name without control characters: a name must not move the cursor or break the line.
#[must_use]
pub fn printable(name: &str) -> String {
    name.replace(|c: char| c.is_control(), "\u{fffd}")
}

/// A heading line.
fn heading(out: &mut String, text: &str) -> fmt::Result {
    writeln!(out, "{BOLD}{text}{BOLD:#}")
}

/// How many columns a terminal gives to a text.
fn columns_of(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// `text` filled with blanks to so many columns, as terminals count them.
fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(columns_of(text))))
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
