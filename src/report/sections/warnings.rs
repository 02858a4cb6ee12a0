//! Warnings: one block a run. What is active is selected here, once for text, Markdown, page and notification.

use super::{Medium, Report, arithmetic, replay};
use crate::{
    analysis::{
        Analysis, EARLIER_WEEKS,
        replay::{Replay, replay},
        rules::Warning,
    },
    dates,
    report::page::{Block as Said, Section, Tone, WarningBlock},
    units::UnitSystem,
    warning::Level,
};

/// Blocks about load that text shows in full.
const LOAD_BLOCKS: usize = 2;

/// A warning with the others that the same run raised.
pub(super) struct Block<'a> {
    pub(super) head: &'a Warning,
    others: Vec<&'a Warning>,
}

/// WARNINGS: what is active, what the runner silenced, and what cannot be told.
pub(super) fn section(report: &Report<'_>) -> Option<Section> {
    let analysis = report.analysis;
    let mut said = Vec::new();
    if let Some(nothing) = nothing_active(analysis) {
        said.push(Said::text(Tone::Plain, nothing));
    }
    said.extend(active(report));
    said.extend(silenceable(analysis));
    for ack in &analysis.silenced {
        let line = format!("silent until {}: {} ({})", dates::long(ack.until), ack.rule.id, ack.because);
        said.push(Said::text(Tone::Muted, line));
    }
    // what only informs is not missed: machines read why it cannot tell
    for unknown in analysis.unknown.iter().filter(|unknown| unknown.rule.is_missed) {
        said.push(Said::Unknown { name: unknown.rule.id, why: unknown.why.clone() });
    }
    Some(Section::titled(format!("Warnings, week of {}", dates::long(analysis.this_week)), said))
}

/// What is said where no warning is active: nothing fired, all that did was silenced.
fn nothing_active(analysis: &Analysis) -> Option<&'static str> {
    match (analysis.active().is_empty(), analysis.silenced.is_empty()) {
        (false, _) => None,
        (true, true) => Some("none: no rule fired in this week or the one before"),
        (true, false) => Some("none apart from what you silenced"),
    }
}

/// The blocks; text has the first about load only.
fn active(report: &Report<'_>) -> Vec<Said> {
    let history = replay(report.analysis, EARLIER_WEEKS);
    let (load, rest) = blocks(report.analysis);
    let is_cut = report.medium.is_text() && !report.all;
    let shown = if is_cut { LOAD_BLOCKS } else { load.len() };
    let said = |block: &Block<'_>| Said::Warning(Box::new(block.said(report, &history)));
    let mut all: Vec<Said> = load.iter().take(shown).map(said).collect();
    if load.len() > shown {
        let more = format!("+{} more: `treadlight check --all` shows them", load.len() - shown);
        all.push(Said::text(Tone::Detail, more));
    }
    all.extend(rest.iter().map(said));
    all
}

/// How to silence what asks to be read.
fn silenceable(analysis: &Analysis) -> Option<Said> {
    let rule = analysis.active().into_iter().find(|warning| !warning.is_remark())?.rule;
    let how = format!("To silence a rule: treadlight ack {} --until DATE --because \"…\"", rule.id);
    Some(Said::text(Tone::Muted, how))
}

/// What it went with in studies, and how good that is known; nothing of what only remarks.
pub(super) fn stated(warning: &Warning) -> Option<String> {
    (!warning.is_remark()).then(|| format!("{} {}", warning.association(), warning.evidence_tag()))
}

/// Everything active as blocks: about load, then the rest; each most urgent first.
pub(super) fn blocks(analysis: &Analysis) -> (Vec<Block<'_>>, Vec<Block<'_>>) {
    let (load, rest): (Vec<_>, Vec<_>) =
        analysis.active().into_iter().partition(|w| w.rule.is_load() && w.level >= Level::Caution);
    let mut blocks = blocks_by_run(&load);
    let rest = join_to_blocks(&mut blocks, one_of_each_pair(rest));
    (blocks, rest)
}

/// Of a pair of shoes, the most urgent and newest line alone.
fn one_of_each_pair(warnings: Vec<&Warning>) -> Vec<&Warning> {
    let mut kept: Vec<&Warning> = Vec::new();
    for warning in warnings {
        if !kept.iter().any(|other| other.is_of_the_wear_of(warning)) {
            kept.push(warning);
        }
    }
    kept
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
    pub(super) fn all(&self) -> impl Iterator<Item = &'a Warning> {
        std::iter::once(self.head).chain(self.others.iter().copied())
    }

    /// What to do: first of all what a break leaves, for the other rules do not know of it; then the head's own advice,
    /// as far as it reaches beyond that.
    fn advice(&self) -> Vec<&'a Warning> {
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

    /// Everything that it says.
    fn said(&self, report: &Report<'_>, history: &Replay<'_>) -> WarningBlock {
        let (warning, units) = (self.head, report.units);
        let also = self.others.iter().map(|other| (other.rule.title.to_owned(), other.fact(units)));
        let says_more = !warning.is_remark();
        let evidence = warning.evidence;
        WarningBlock {
            level: warning.level,
            title: warning.rule.title.to_owned(),
            fact: warning.fact(units),
            also: also.collect(),
            association: stated(warning),
            history: (says_more && warning.rule.is_load())
                .then(|| replay::own_history(history, warning.rule)),
            actions: self.actions(units),
            working: match report.medium {
                Medium::Page => arithmetic::of_day(report.analysis, warning.date, units),
                _ => Vec::new(),
            },
            source: Some(format!("Evidence {}: {}", evidence.grade, evidence.source)),
        }
    }

    /// What to do, a sentence each.
    pub(super) fn actions(&self, units: UnitSystem) -> Vec<String> {
        self.advice().iter().map(|advice| advice.action(units)).collect()
    }
}
