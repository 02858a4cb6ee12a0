//! Warnings as blocks: one a run, at most two about load, then "+N more".

use std::fmt::{self, Write};

use super::{
    heading, printable, replay,
    style::{self, DIM},
    wrapped,
};
use crate::{
    analysis::{Analysis, EARLIER_WEEKS, replay::replay},
    dates,
    units::UnitSystem,
    warning::{Level, Warning},
};

/// Columns before a block's text.
const INDENT: usize = 19;
/// Blocks about load that are shown in full.
const LOAD_BLOCKS: usize = 2;

/// A warning with the others that the same run raised.
struct Block<'a> {
    head: &'a Warning,
    others: Vec<&'a Warning>,
}

/// WARNINGS: what is active, and what cannot be told.
///
/// # Errors
/// Never for a `String`.
pub fn write_active(out: &mut String, analysis: &Analysis, units: UnitSystem) -> fmt::Result {
    heading(out, &format!("WARNINGS, week of {}", dates::long(analysis.this_week)))?;
    let active = analysis.active();
    if active.is_empty() {
        writeln!(out, "none: no rule fired in this week or the one before")?;
    }
    let (load, rest): (Vec<_>, Vec<_>) =
        active.into_iter().partition(|w| w.rule().is_load() && w.level() >= Level::Caution);
    let blocks = blocks_by_run(&load);
    for block in blocks.iter().take(LOAD_BLOCKS) {
        write_block(out, block, units)?;
    }
    if blocks.len() > LOAD_BLOCKS {
        writeln!(out, "  +{} more: see `treadlight check --format json`", blocks.len() - LOAD_BLOCKS)?;
    }
    for warning in rest {
        write_block(out, &Block { head: warning, others: Vec::new() }, units)?;
    }
    for ack in &analysis.silenced {
        let line = format!("silent until {}: {} ({})", dates::long(ack.until), ack.rule.name(), ack.because);
        writeln!(out, "{DIM}{}{DIM:#}", wrapped(&printable(&line), 2))?;
    }
    for unknown in &analysis.unknown {
        let line = format!("? {:<17}{}", unknown.rule.name(), unknown.why);
        writeln!(out, "{DIM}{}{DIM:#}", wrapped(&line, INDENT))?;
    }
    Ok(())
}

/// EARLIER: a line for each warning of the last 52 weeks that is no longer active.
///
/// # Errors
/// Never for a `String`.
pub fn write_earlier(out: &mut String, analysis: &Analysis) -> fmt::Result {
    let earlier = analysis.earlier();
    if earlier.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    heading(out, "EARLIER, last 52 weeks")?;
    let all = replay::one_line(&replay(analysis, EARLIER_WEEKS));
    writeln!(out, "{DIM}{}{DIM:#}", wrapped(&format!("in all: {all}"), 2))?;
    for (newest, told_before) in once_a_pair(earlier) {
        let before = match told_before {
            0 => String::new(),
            1 => ", told once before".to_owned(),
            n => format!(", told {n} times before"),
        };
        writeln!(out, "{}", wrapped(&format!("{}{before}", newest.in_short(analysis.as_of)), 2))?;
    }
    Ok(())
}

/// Warnings (newest first) with those about the same pair and limit folded into the newest, and how many those are.
fn once_a_pair(warnings: Vec<&Warning>) -> Vec<(&Warning, usize)> {
    let mut folded: Vec<(&Warning, usize)> = Vec::new();
    for warning in warnings {
        let same = folded.iter_mut().find(|(newest, _)| match (newest, warning) {
            (Warning::Shoe { shoe, past, .. }, Warning::Shoe { shoe: other, past: other_past, .. }) => {
                shoe == other && past == other_past
            }
            _ => false,
        });
        match same {
            Some((_, told_before)) => *told_before += 1,
            None => folded.push((warning, 0)),
        }
    }
    folded
}

/// Active warnings (most urgent first) gathered by the run that raised them.
fn blocks_by_run<'a>(warnings: &[&'a Warning]) -> Vec<Block<'a>> {
    let mut blocks: Vec<Block<'a>> = Vec::new();
    for &warning in warnings {
        match blocks.iter_mut().find(|block| block.head.run() == warning.run()) {
            Some(block) => block.others.push(warning),
            None => blocks.push(Block { head: warning, others: Vec::new() }),
        }
    }
    blocks
}

fn write_block(out: &mut String, block: &Block<'_>, units: UnitSystem) -> fmt::Result {
    let warning = block.head;
    let style = style::of_level(warning.level());
    let title = format!("{:<2}{:<17}", style::mark(warning.level()), warning.rule().title());
    let mut fact = warning.fact(units);
    for other in &block.others {
        let _ = write!(fact, " Also {}: {}", other.rule().title(), other.fact(units));
    }
    let text = wrapped(&format!("{title}{fact}"), INDENT);
    // the title keeps its blanks: textwrap would swallow none of them, as they stand inside the line
    let body = text.get(title.len()..).unwrap_or_default();
    writeln!(out, "{style}{title}{style:#}{body}")?;
    let indent = " ".repeat(INDENT);
    if warning.level() > Level::Info || !warning.rule().is_load() {
        let association = format!("{indent}{} {}", warning.association(), warning.evidence_tag());
        writeln!(out, "{}", wrapped(&association, INDENT))?;
        let action = format!("{indent}→ {}", warning.action(units));
        writeln!(out, "{}", wrapped(&action, INDENT + 2))?;
    }
    Ok(())
}
