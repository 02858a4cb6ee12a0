//! The report as Markdown, for mail and notes.

use std::fmt::{self, Write};

use super::{
    text::{
        imported::summary,
        next, printable, shoes,
        style::mark,
        warnings::{Block, blocks},
        weeks::change,
    },
    verdict,
};
use crate::report::knee::{
    page::{Part, section, signs},
    text as knee_text,
};
use crate::{analysis::Analysis, dates, import::Import, units::UnitSystem};

/// Weeks that the table shows.
const WEEKS_SHOWN: usize = 8;
/// What Markdown gives a meaning within a line.
const SPECIAL: &[char] = &['\\', '`', '*', '_', '[', ']', '<', '>', '#', '|', '~', '&'];

/// Verdict, caps, warnings, weeks and shoes.
///
/// # Errors
/// Never for a `String`.
pub fn check(import: &Import, analysis: &Analysis, units: UnitSystem) -> Result<String, fmt::Error> {
    let mut out = String::new();
    writeln!(out, "# treadlight, {}\n", dates::long(analysis.as_of))?;
    writeln!(out, "**{}**\n", plain(&verdict::sentence(analysis, units)))?;
    if let Some(newest) = analysis.stale_since {
        writeln!(out, "Newest activity: {}. Have you exported lately?\n", dates::long(newest))?;
    }
    if let Some((knee, limit)) = analysis.knee_limit() {
        let mut parts = vec![Part::Heading("Knee".to_owned())];
        parts.extend(section(knee, &limit, units));
        parts.extend(signs());
        out.push_str(&knee_text::markdown(&parts, 2));
    }
    if !import.runs.is_empty() {
        writeln!(out, "- One run: {}", next::run(&analysis.caps, units))?;
        writeln!(out, "- Next 7 days: {}\n", next::week(&analysis.caps, units))?;
        write_warnings(&mut out, analysis, units)?;
        write_weeks(&mut out, analysis, units)?;
        write_shoes(&mut out, analysis, units)?;
    }
    writeln!(out, "{}", plain(&summary(import)))?;
    Ok(out)
}

fn write_warnings(out: &mut String, analysis: &Analysis, units: UnitSystem) -> fmt::Result {
    writeln!(out, "## Warnings, week of {}\n", dates::long(analysis.this_week))?;
    let (load, rest) = blocks(analysis);
    if load.is_empty() && rest.is_empty() {
        writeln!(out, "None: no rule fired in this week or the one before.\n")?;
    }
    load.iter().chain(&rest).try_for_each(|block| write_block(out, block, units))
}

fn write_block(out: &mut String, block: &Block<'_>, units: UnitSystem) -> fmt::Result {
    let warning = block.head;
    let (mark, title, level) = (mark(warning.level), warning.rule.title, warning.level.name());
    writeln!(out, "### {mark} {title} ({level})\n")?;
    for told in block.all() {
        writeln!(out, "{}\n", plain(&told.fact(units)))?;
    }
    if !warning.is_remark() {
        let tag = plain(&warning.evidence_tag());
        writeln!(out, "{} {tag}\n", plain(warning.association()))?;
        for advice in block.advice() {
            writeln!(out, "**→ {}**\n", plain(&advice.action(units)))?;
        }
    }
    Ok(())
}

fn write_weeks(out: &mut String, analysis: &Analysis, units: UnitSystem) -> fmt::Result {
    writeln!(out, "## Weeks\n")?;
    writeln!(out, "| week of | {} | runs | longest | vs 4-week best |", units.symbol())?;
    writeln!(out, "|---|---:|---:|---:|---:|")?;
    for week in analysis.weeks.iter().rev().take(WEEKS_SHOWN) {
        let complete = analysis.is_complete(week.week_start);
        writeln!(
            out,
            "| {}{} | {} | {} | {} | {} |",
            dates::relative_to(week.week_start, analysis.as_of),
            if complete { "" } else { " (so far)" },
            units.number(week.distance_m),
            week.runs,
            week.longest_m.map_or_else(|| "–".to_owned(), |meters| units.number(meters)),
            change(week, complete)
        )?;
    }
    writeln!(out)
}

fn write_shoes(out: &mut String, analysis: &Analysis, units: UnitSystem) -> fmt::Result {
    let mut pairs = analysis.shoes.pairs.iter().filter(|shoe| shoe.in_use).peekable();
    if pairs.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "## Shoes\n")?;
    for shoe in pairs {
        let name = plain(&shoe.settings.name);
        let state = shoes::state_text(shoe, units, analysis.as_of);
        writeln!(out, "- {name}: {}, {state}", shoes::distance_text(shoe, units))?;
    }
    writeln!(out)
}

/// Text that Markdown shows as it is.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for character in printable(text).chars() {
        if SPECIAL.contains(&character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_signs() {
        assert_eq!(plain("*Ghost*_15_ <b>|x"), "\\*Ghost\\*\\_15\\_ \\<b\\>\\|x");
    }
}
