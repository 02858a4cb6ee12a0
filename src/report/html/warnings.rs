//! What is active: what was seen, what it was followed by in studies, what to do, and the arithmetic unfolding.

use super::{Page, markup::Html};
use crate::{
    analysis::{
        EARLIER_WEEKS,
        replay::{Replay, replay},
    },
    dates,
    report::text::{
        arithmetic, replay, style,
        warnings::{Block, blocks},
    },
    warning::Level,
};

/// Every active warning, what the runner silenced, and what cannot be told.
pub(super) fn write(html: &mut Html, page: &Page<'_>) {
    let analysis = page.analysis;
    html.around("<h2>Warnings, week of ", &dates::long(analysis.this_week), "</h2>\n");
    let (load, rest) = blocks(analysis);
    if load.is_empty() && rest.is_empty() {
        html.tag("<p>None: no rule fired in this week or the one before.</p>\n");
    }
    let history = replay(analysis, EARLIER_WEEKS);
    for block in load.iter().chain(&rest) {
        write_block(html, page, block, &history);
    }
    for ack in &analysis.silenced {
        let line = format!("Silent until {}: {} ({})", dates::long(ack.until), ack.rule.id, ack.because);
        html.around("<p class=\"muted\">", &line, "</p>\n");
    }
    for unknown in &analysis.unknown {
        let line = format!("{}: {}", unknown.rule.id, unknown.why);
        html.around("<p class=\"muted\">? ", &line, "</p>\n");
    }
}

fn write_block(html: &mut Html, page: &Page<'_>, block: &Block<'_>, history: &Replay<'_>) {
    let (warning, units) = (block.head, page.units);
    let act = warning.level >= Level::Caution;
    html.tag(if act { "<article class=\"warning act\">\n" } else { "<article class=\"warning\">\n" });
    html.around("<h3><span class=\"mark\" aria-hidden=\"true\">", style::mark(warning.level), "</span> ");
    html.around("", warning.rule.title, " <span class=\"level\">");
    html.around("(", warning.level.name(), ")</span></h3>\n");
    for (index, told) in block.all().enumerate() {
        html.tag("<p>");
        if index > 0 {
            html.around("Also ", told.rule.title, ": ");
        }
        html.text(&told.fact(units)).tag("</p>\n");
    }
    if !warning.is_remark() {
        html.around("<p>", warning.association(), " ").around("", &warning.evidence_tag(), "</p>\n");
        for advice in block.advice() {
            html.around("<p class=\"action\">→ ", &advice.action(units), "</p>\n");
        }
        if warning.rule.is_load() {
            html.around("<p class=\"muted\">", &replay::own_history(history, warning.rule), "</p>\n");
        }
    }
    write_arithmetic(html, page, block);
    html.tag("</article>\n");
}

/// What `explain DATE` prints, and the source in full.
fn write_arithmetic(html: &mut Html, page: &Page<'_>, block: &Block<'_>) {
    let warning = block.head;
    html.tag("<details><summary>The arithmetic and the source</summary>\n<pre>");
    let text = arithmetic::of_day(page.analysis, warning.date, page.units).unwrap_or_default();
    html.lines(&anstream::adapter::strip_str(&text).to_string());
    let evidence = warning.evidence;
    html.around("</pre>\n<p>Evidence ", &evidence.grade.to_string(), ": ").cited(evidence.source);
    html.tag("</p></details>\n");
}
