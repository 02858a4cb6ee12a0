//! A page as Markdown, for mail and notes.

use super::{style::mark, text::spark};
use crate::capitals::capitalized;
use crate::report::page::{
    Align, Bar, Block, Entry, Heading, Item, Page, Pair, Row, Section, Table, Tone, WarningBlock, printable,
};

/// What Markdown gives a meaning within a line.
const SPECIAL: &[char] = &['\\', '`', '*', '_', '[', ']', '<', '>', '#', '|', '~', '&'];

/// The page.
#[must_use]
pub fn markdown(page: &Page) -> String {
    let paragraphs: Vec<String> = page.sections.iter().flat_map(of_section).collect();
    format!("{}\n", paragraphs.join("\n\n"))
}

/// Heading and blocks, a paragraph each.
fn of_section(section: &Section) -> Vec<String> {
    let heading = match &section.heading {
        Heading::Joined | Heading::Apart => None,
        Heading::Page(name) => Some(format!("# {}", plain(name))),
        Heading::Title(name) | Heading::Name(name) => Some(format!("## {}", plain(name))),
        Heading::Minor(name) => Some(format!("### {}", plain(name))),
    };
    let blocks = section.blocks.iter().filter_map(of_block);
    heading.into_iter().chain(blocks).collect()
}

fn of_block(block: &Block) -> Option<String> {
    Some(match block {
        Block::Text(Tone::Verdict, text) => format!("**{}**", plain(text)),
        Block::Text(Tone::Action, text) => format!("**→ {}**", plain(text)),
        Block::Text(_, text) => coded(text),
        Block::Marked(mark, text) => format!("**{}** {}", plain(mark), coded(text)),
        Block::Warning(warning) => of_warning(warning),
        Block::Unknown { name, why } => format!("? {}: {}", plain(name), plain(why)),
        Block::Table(table) => of_table(table),
        Block::Pairs(_, pairs) => lines(pairs, |Pair { name, value, .. }| {
            format!("- {}: {}", plain(&capitalized(name)), plain(value))
        }),
        Block::Bars(bars) => lines(bars, |Bar { name, distance, state, .. }| {
            format!("- {}: {}, {}", plain(name), plain(distance), coded(state))
        }),
        Block::Spark { name, values, text } => format!("{}  {}  {}", plain(name), spark(values), plain(text)),
        Block::Roster(entries) => lines(entries, of_entry),
        Block::List(items) => lines(items, |Item { mark, text, .. }| match mark {
            Some(mark) => format!("- {}: {}", plain(mark), coded(text)),
            None => format!("- {}", coded(text)),
        }),
        Block::Code(code) => lines(code, |line| format!("    {}", printable(line))),
        Block::Charts(_) | Block::More { .. } | Block::Working { .. } => return None,
    })
}

fn lines<T>(of: &[T], line: impl Fn(&T) -> String) -> String {
    of.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn of_warning(warning: &WarningBlock) -> String {
    let (mark, level) = (mark(warning.level), warning.level.name());
    let mut said = vec![format!("### {mark} {} ({level})", plain(&warning.title)), plain(&warning.fact)];
    said.extend(warning.also.iter().map(|(title, fact)| format!("Also {}: {}", plain(title), plain(fact))));
    said.extend(warning.association.iter().chain(&warning.history).map(|text| plain(text)));
    said.extend(warning.actions.iter().map(|action| format!("**→ {}**", plain(action))));
    said.join("\n\n")
}

/// `- ▲ **Anna**: long-run spike 8 Nov (+42 %). **→ Keep every run at 16.5 km or less until 22 Nov.**`
fn of_entry(entry: &Entry) -> String {
    let said: Vec<String> = [&entry.fact].into_iter().chain(&entry.also).map(|text| plain(text)).collect();
    let limit = entry.limit.as_ref().map_or_else(String::new, |limit| format!(" **→ {}**", plain(limit)));
    format!("- {} **{}**: {}{limit}", mark(entry.level), plain(&entry.name), said.join("; "))
}

fn of_table(table: &Table) -> String {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let names = table.columns.iter().map(|column| plain(&column.name)).collect();
    let rule = table.columns.iter().map(|column| match column.align {
        Align::Left => "---",
        Align::Right => "---:",
    });
    let rule = format!("|{}|", rule.collect::<Vec<_>>().join("|"));
    let rows = table.rows.iter().map(|row| line(cells(row)));
    [line(names), rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

/// The cells of a row; its note stands beside its name, what belongs to it in its last cell.
fn cells(row: &Row) -> Vec<String> {
    let mut cells: Vec<String> = row.cells.iter().map(|cell| plain(cell)).collect();
    if let (Some(note), Some(first)) = (row.note, cells.first_mut()) {
        first.push_str(&format!(" ({note})"));
    }
    if let Some(last) = cells.last_mut() {
        row.below.iter().for_each(|below| last.push_str(&format!("; {}", plain(below))));
    }
    cells
}

/// Text in which what stands between two backticks is what is typed.
fn coded(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return plain(text);
    }
    let part = |(index, part): (usize, &&str)| match index % 2 {
        0 => plain(part),
        _ => format!("`{}`", printable(part)),
    };
    parts.iter().enumerate().map(part).collect()
}

/// Text that Markdown shows as it is.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for character in printable(text).replace('\u{a0}', " ").chars() {
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

    #[test]
    fn what_is_typed_is_code_and_a_single_backtick_is_a_sign() {
        assert_eq!(
            coded("`treadlight runs --skipped` lists *them*"),
            "`treadlight runs --skipped` lists \\*them\\*"
        );
        assert_eq!(coded("a`b"), "a\\`b");
    }
}
