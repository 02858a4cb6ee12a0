//! Warnings as blocks: one a run, at most two about load, then "+N more".

use std::fmt::{self, Write};

use super::{
    heading, layout, printable, replay,
    style::{self, DIM},
    wrapped, write_titled,
};
use crate::{
    analysis::{
        Analysis, EARLIER_WEEKS,
        replay::{Replay, replay},
        rules::Warning,
    },
    dates,
    units::UnitSystem,
    warning::Level,
};

/// Columns before a block's text.
const INDENT: usize = 19;
/// Blocks about load that are shown in full.
const LOAD_BLOCKS: usize = 2;

/// A warning with the others that the same run raised.
pub(in crate::report) struct Block<'a> {
    pub(in crate::report) head: &'a Warning,
    others: Vec<&'a Warning>,
}

/// WARNINGS: what is active, and what cannot be told.
///
/// # Errors
/// Never for a `String`.
pub fn write_active(out: &mut String, analysis: &Analysis, units: UnitSystem) -> fmt::Result {
    heading(out, &format!("WARNINGS, week of {}", dates::long(analysis.this_week)))?;
    let active = analysis.active();
    if active.is_empty() && analysis.silenced.is_empty() {
        writeln!(out, "none: no rule fired in this week or the one before")?;
    } else if active.is_empty() {
        writeln!(out, "none apart from what you silenced")?;
    }
    let history = replay(analysis, EARLIER_WEEKS);
    let silenceable = active.iter().find(|warning| !warning.is_remark()).map(|warning| warning.rule);
    let (blocks, rest) = blocks(analysis);
    for block in blocks.iter().take(LOAD_BLOCKS) {
        write_block(out, block, &history, units)?;
    }
    if blocks.len() > LOAD_BLOCKS {
        writeln!(out, "  +{} more: see `treadlight check --format json`", blocks.len() - LOAD_BLOCKS)?;
    }
    for block in rest {
        write_block(out, &block, &history, units)?;
    }
    if let Some(rule) = silenceable {
        let how = format!("To silence a rule: treadlight ack {} --until DATE --because \"…\"", rule.id);
        writeln!(out, "{DIM}{}{DIM:#}", wrapped(&how, 2))?;
    }
    for ack in &analysis.silenced {
        let line = format!("silent until {}: {} ({})", dates::long(ack.until), ack.rule.id, ack.because);
        writeln!(out, "{DIM}{}{DIM:#}", wrapped(&printable(&line), 2))?;
    }
    // what only informs is not missed: machines read why it cannot tell
    for unknown in analysis.unknown.iter().filter(|unknown| unknown.rule.is_missed) {
        let line = format!("? {:<17}{}", unknown.rule.id, unknown.why);
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
    for (newest, told_before) in each_once(earlier) {
        let before = match told_before {
            0 => String::new(),
            1 => ", told once before".to_owned(),
            n => format!(", told {n} times before"),
        };
        writeln!(out, "{}", wrapped(&format!("{}{before}", newest.in_short(analysis.as_of)), 2))?;
    }
    Ok(())
}

/// Warnings (newest first) with those that say the same again folded into the newest, and how many those are.
fn each_once(warnings: Vec<&Warning>) -> Vec<(&Warning, usize)> {
    let mut folded: Vec<(&Warning, usize)> = Vec::new();
    for warning in warnings {
        let same = folded.iter_mut().find(|(newest, _)| newest.says_again(warning));
        match same {
            Some((_, told_before)) => *told_before += 1,
            None => folded.push((warning, 0)),
        }
    }
    folded
}

/// Everything active as blocks: about load, then the rest; each most urgent first.
pub(in crate::report) fn blocks(analysis: &Analysis) -> (Vec<Block<'_>>, Vec<Block<'_>>) {
    let (load, rest): (Vec<_>, Vec<_>) =
        analysis.active().into_iter().partition(|w| w.rule.is_load() && w.level >= Level::Caution);
    let mut blocks = blocks_by_run(&load);
    let rest = join_to_blocks(&mut blocks, rest);
    (blocks, rest)
}

/// Active warnings (most urgent first) gathered by the run that raised them.
fn blocks_by_run<'a>(warnings: &[&'a Warning]) -> Vec<Block<'a>> {
    let mut blocks: Vec<Block<'a>> = Vec::new();
    for &warning in warnings {
        match blocks.iter_mut().find(|block| block.head.run == warning.run) {
            Some(block) => block.others.push(warning),
            None => blocks.push(Block { head: warning, others: Vec::new() }),
        }
    }
    blocks
}

/// What does not count as a block about load: named in the block of its run where there is one, else a block of its own.
/// What rules state of a race stands in one block.
/// Shoes and breaks keep theirs, for they have their own advice, and what is off by default, for it comes with what speaks
/// against it; a break that a run above its cap tells is left out.
fn join_to_blocks<'a>(blocks: &mut [Block<'a>], rest: Vec<&'a Warning>) -> Vec<Block<'a>> {
    let mut own: Vec<Block<'a>> = Vec::new();
    for warning in rest {
        let rule = warning.rule;
        let keeps_its_own = !rule.is_load() || !rule.on_by_default || warning.is_break();
        let of_its_run = blocks.iter_mut().find(|block| !keeps_its_own && block.head.run == warning.run);
        if let Some(block) = of_its_run {
            block.others.push(warning);
        } else if let Some(race) = own.iter_mut().find(|block| block.is_race_of(warning)) {
            race.others.push(warning);
        } else if !blocks.iter().take(LOAD_BLOCKS).any(|block| block.tells_break_of(warning)) {
            own.push(Block { head: warning, others: Vec::new() });
        }
    }
    own
}

impl<'a> Block<'a> {
    /// Everything in it, the head first.
    pub(in crate::report) fn all(&self) -> impl Iterator<Item = &'a Warning> {
        std::iter::once(self.head).chain(self.others.iter().copied())
    }

    /// What to do: first of all what a break leaves, for the other rules do not know of it; then the head's own advice,
    /// as far as it reaches beyond that.
    pub(in crate::report) fn advice(&self) -> Vec<&'a Warning> {
        let Some(after_break) = self.all().find(|warning| warning.is_above_break_cap()) else {
            return vec![self.head];
        };
        let until = |warning: &Warning| warning.cap().or(warning.running_cap()).map(|(_, until)| until);
        let beyond = Some(self.head).filter(|head| until(head) > until(after_break));
        std::iter::once(after_break).chain(beyond).collect()
    }

    /// Whether both are about the same race.
    fn is_race_of(&self, warning: &Warning) -> bool {
        self.head.race && warning.race && self.head.run == warning.run
    }

    /// Whether it tells the break that `warning` is about.
    fn tells_break_of(&self, warning: &Warning) -> bool {
        warning.is_break()
            && self.all().any(|told| told.is_above_break_cap() && told.is_of_the_break_of(warning))
    }
}

fn write_block(out: &mut String, block: &Block<'_>, history: &Replay<'_>, units: UnitSystem) -> fmt::Result {
    let warning = block.head;
    let style = style::of_level(warning.level);
    let title = format!("{:<2}{:<17}", style::mark(warning.level), warning.rule.title);
    let mut fact = warning.fact(units);
    for other in &block.others {
        let _ = write!(fact, " Also {}: {}", other.rule.title, other.fact(units));
    }
    write_titled(out, style, &title, &fact)?;
    let indent = " ".repeat(layout::indent(INDENT));
    if !warning.is_remark() {
        let association = format!("{indent}{} {}", warning.association(), warning.evidence_tag());
        writeln!(out, "{}", wrapped(&association, INDENT))?;
        if warning.rule.is_load() {
            let history = format!("{indent}{}", replay::own_history(history, warning.rule));
            writeln!(out, "{DIM}{}{DIM:#}", wrapped(&history, INDENT))?;
        }
        for advice in block.advice() {
            let action = format!("{indent}→ {}", advice.action(units));
            writeln!(out, "{}", wrapped(&action, INDENT + 2))?;
        }
    }
    Ok(())
}
