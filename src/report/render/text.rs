//! A page as text, 80 columns wide or as narrow as the terminal: readable in a terminal, a mail, aloud.

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{
    layout::{Layout, NARROW},
    style::{self, BOLD, DIM},
};
use crate::report::page::{
    Align, Bar, Block, Column, Entry, Heading, Item, Marks, Page, Pair, PairsForm, Row, Section, Table, Tone,
    WarningBlock, printable,
};

/// Columns before a warning's text.
const WARNING_INDENT: usize = 19;
/// Columns before the pairs beside a title.
const IN_LINE_INDENT: usize = 10;
/// Columns between two pairs in a line.
const BETWEEN: usize = 6;
/// Columns of the names of listed pairs.
const LISTED_NAME: usize = 13;
/// Columns of the names of values.
const VALUE_NAME: usize = 12;
/// Cells of a bar.
const BAR_CELLS: usize = 10;
/// A name beside a bar that is longer is cut.
const MAX_NAME: usize = 20;
/// The same where there is little room.
const MAX_NARROW_NAME: usize = 18;
/// Columns of a distance beside a bar.
const DISTANCE: usize = 7;
/// A blank at which no line ends: dates stay together.
const NO_BREAK: char = '\u{a0}';
/// Signs of a spark, from little to much.
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Nothing at all, in a spark.
const NOTHING: char = '·';

/// The page in this layout.
#[must_use]
pub fn text(page: &Page, layout: Layout) -> String {
    sections(&page.sections, layout)
}

/// A few sections in this layout.
pub(super) fn sections(sections: &[Section], layout: Layout) -> String {
    let mut writer = Writer { out: String::new(), layout };
    for section in sections {
        writer.section(section);
    }
    layout.finished(writer.out)
}

/// One text line on its own: a notice, a notification.
#[must_use]
pub fn line(text: &str, layout: Layout) -> String {
    format!("{}\n", layout.spelled(&printable(text)))
}

/// A text that grows.
struct Writer {
    out: String,
    layout: Layout,
}

impl Writer {
    fn section(&mut self, section: &Section) {
        if !self.out.is_empty() && section.heading != Heading::Joined {
            self.out.push('\n');
        }
        let mut blocks = section.blocks.as_slice();
        match &section.heading {
            Heading::Joined | Heading::Apart | Heading::Page(_) => {}
            Heading::Minor(head) => self.plain(&printable(head)),
            Heading::Name(name) => {
                let name = self.layout.wrapped(&printable(name), 2);
                self.styled(BOLD, &name);
            }
            Heading::Title(title) => match blocks.split_first() {
                Some((Block::Table(table), _)) if table.has_head => {}
                Some((Block::Pairs(PairsForm::InLine, pairs), rest)) => {
                    self.pairs_in_line(&called(title), pairs);
                    blocks = rest;
                }
                _ => self.styled(BOLD, &called(&printable(title))),
            },
        }
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Text(tone, text) => self.sentence(*tone, text),
            Block::Marked(mark, text) => self.wrapped(&format!("{mark} {text}"), 2),
            Block::Warning(warning) => self.warning(warning),
            Block::Unknown { name, why } => {
                self.wrapped_in(DIM, &format!("? {name:<17}{why}"), WARNING_INDENT);
            }
            Block::Table(table) => self.table(table),
            Block::Pairs(PairsForm::InLine, pairs) => self.pairs_in_line("", pairs),
            Block::Pairs(PairsForm::Listed, pairs) => {
                for pair in pairs {
                    self.listed(&pair.name, &pair.value);
                    pair.reasons.iter().for_each(|reason| self.listed("", reason));
                }
            }
            Block::Pairs(PairsForm::Values, pairs) => {
                for Pair { name, value, .. } in pairs {
                    self.wrapped(&format!("  {name:<VALUE_NAME$}{value}"), VALUE_NAME + 2);
                }
            }
            Block::Bars(bars) => self.bars(bars),
            Block::Spark { name, values, text } => {
                self.wrapped(&format!("{name}  {}  {text}", spark(values)), 2);
            }
            Block::Roster(entries) => self.roster(entries),
            Block::List(items) => items.iter().for_each(|item| self.item(item)),
            Block::Code(lines) => lines.iter().for_each(|line| self.plain(&printable(line))),
            Block::Charts(_) | Block::More { .. } | Block::Working { .. } => {}
        }
    }

    /// A line as it is.
    fn plain(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn styled(&mut self, style: Style, line: &str) {
        if self.layout.has_styles() {
            self.plain(&format!("{style}{line}{style:#}"));
        } else {
            self.plain(line);
        }
    }

    fn wrapped(&mut self, text: &str, indent: usize) {
        let text = self.layout.wrapped(&printable(text), indent);
        self.plain(&text);
    }

    fn wrapped_in(&mut self, style: Style, text: &str, indent: usize) {
        let text = self.layout.wrapped(&printable(text), indent);
        self.styled(style, &text);
    }

    fn sentence(&mut self, tone: Tone, text: &str) {
        match tone {
            Tone::Plain => self.wrapped(text, 0),
            Tone::Listed => self.wrapped(text, 2),
            Tone::Verdict => self.wrapped_in(BOLD, text, 0),
            Tone::Action => self.wrapped(&format!("→ {text}"), 2),
            Tone::Muted => self.wrapped_in(DIM, text, 2),
            Tone::Aside => self.wrapped_in(DIM, text, 0),
            Tone::Step => self.wrapped(&format!("  {text}"), 4),
            Tone::Detail => self.wrapped(&format!("  {text}"), 2),
        }
    }

    fn warning(&mut self, warning: &WarningBlock) {
        let title = format!("{:<2}{:<17}", style::mark(warning.level), warning.title);
        let mut fact = warning.fact.clone();
        for (also, said) in &warning.also {
            fact.push_str(&format!(" Also {also}: {said}"));
        }
        self.titled(style::of_level(warning.level), &title, &fact);
        let indent = " ".repeat(self.layout.indent(WARNING_INDENT));
        if let Some(association) = &warning.association {
            self.wrapped(&format!("{indent}{association}"), WARNING_INDENT);
        }
        if let Some(history) = &warning.history {
            self.wrapped_in(DIM, &format!("{indent}{history}"), WARNING_INDENT);
        }
        for action in &warning.actions {
            self.wrapped(&format!("{indent}→ {action}"), WARNING_INDENT + 2);
        }
    }

    /// A title in its style with its text beside it, or under it where there is little room.
    fn titled(&mut self, style: Style, title: &str, text: &str) {
        let (title, text) = (self.layout.spelled(&printable(title)), printable(text));
        if self.layout.is_narrow() {
            self.styled(style, title.trim_end());
            return self.wrapped(&format!("  {text}"), 2);
        }
        let text = self.layout.wrapped(&format!("{title}{text}"), title.width());
        // the title keeps its blanks: textwrap swallows none of them, as they stand inside the line
        let text = text.get(title.len()..).unwrap_or_default();
        if self.layout.has_styles() {
            self.plain(&format!("{style}{title}{style:#}{text}"));
        } else {
            self.plain(&format!("{title}{text}"));
        }
    }

    /// Pairs beside a title: in one line where they fit, else one below the other.
    fn pairs_in_line(&mut self, title: &str, pairs: &[Pair]) {
        let texts: Vec<String> =
            pairs.iter().map(|pair| printable(&format!("{}: {}", pair.name, pair.value))).collect();
        if self.layout.is_narrow() {
            self.styled(BOLD, title);
            texts.iter().for_each(|text| self.wrapped(text, IN_LINE_INDENT));
            return;
        }
        let head = format!("{title:<IN_LINE_INDENT$}");
        let head = if self.layout.has_styles() { format!("{BOLD}{head}{BOLD:#}") } else { head };
        let columns: usize = texts.iter().map(|text| text.width()).sum();
        let between = BETWEEN * texts.len().saturating_sub(1);
        if IN_LINE_INDENT + columns + between <= self.layout.columns() {
            return self.plain(&format!("{head}{}", texts.join(&" ".repeat(BETWEEN))));
        }
        self.out.push_str(&head);
        for (line, text) in texts.into_iter().enumerate() {
            let indent = " ".repeat(IN_LINE_INDENT);
            let text = self.layout.wrapped(&format!("{indent}{text}"), IN_LINE_INDENT);
            self.plain(if line == 0 { text.trim_start() } else { &text });
        }
    }

    /// A name and its text.
    fn listed(&mut self, name: &str, text: &str) {
        let item = match (self.layout.is_narrow(), name) {
            (true, "") => format!("  {text}"),
            (true, name) => format!("{name}: {text}"),
            (false, name) => format!("{name:<LISTED_NAME$}{text}"),
        };
        self.wrapped(&item, LISTED_NAME);
    }

    fn item(&mut self, item: &Item) {
        match &item.mark {
            Some(mark) => self.wrapped(&format!("{mark}  {}", item.text), mark.width() + 2),
            None => self.wrapped(&item.text, 2),
        }
    }

    fn roster(&mut self, entries: &[Entry]) {
        let widths = entries.iter().map(|entry| printable(&entry.name).width());
        let columns = widths.max().unwrap_or_default().min(MAX_NAME);
        for entry in entries {
            let name = padded(&cut(&printable(&entry.name), columns), columns, Align::Left);
            let title = format!("{} {name}  ", style::mark(entry.level));
            let said: Vec<&str> =
                [entry.fact.as_str()].into_iter().chain(entry.also.iter().map(String::as_str)).collect();
            let said = said.join("; ");
            let limit = entry.limit.as_ref().map(|limit| format!("→ {limit}"));
            let in_line = limit.as_ref().map_or_else(|| said.clone(), |limit| format!("{said}  {limit}"));
            if title.width() + printable(&in_line).width() <= self.layout.columns()
                && !self.layout.is_narrow()
            {
                self.titled(style::of_level(entry.level), &title, &in_line);
                continue;
            }
            self.titled(style::of_level(entry.level), &title, &said);
            if let Some(limit) = limit {
                let indent = self.layout.indent(title.width());
                self.wrapped(&format!("{}{limit}", " ".repeat(indent)), title.width() + 2);
            }
        }
    }

    fn bars(&mut self, bars: &[Bar]) {
        let most = if self.layout.is_narrow() { MAX_NARROW_NAME } else { MAX_NAME };
        let widths = bars.iter().map(|bar| printable(&bar.name).width());
        let columns = widths.max().unwrap_or_default().min(most);
        for bar in bars {
            self.bar(bar, columns);
            for detail in &bar.details {
                self.wrapped_in(DIM, &format!("  {detail}"), 2);
            }
        }
    }

    fn bar(&mut self, bar: &Bar, columns: usize) {
        let name = padded(&cut(&printable(&bar.name), columns), columns, Align::Left);
        let cells = bar.done.map_or_else(String::new, |(done, of)| format!("{}  ", cells(done, of)));
        let head = self.layout.spelled(&format!("{name}  {:>DISTANCE$}  {cells}", bar.distance));
        let state = printable(&bar.state);
        if self.layout.is_narrow() {
            self.plain(head.trim_end());
            return self.wrapped(&format!("  {}", state.replace(NO_BREAK, " ")), 2);
        }
        let indent = " ".repeat(head.width());
        let state = textwrap::fill(&state, self.layout.wrap_options(&head, &indent));
        self.plain(&state.replace(NO_BREAK, " "));
    }

    fn table(&mut self, table: &Table) {
        let widths: usize = table.columns.iter().map(|column| column.width).sum();
        let is_narrow = self.layout.columns() < widths.max(NARROW);
        if table.has_head {
            let names = table.columns.iter().enumerate().map(|(index, column)| match index {
                0 => column.name.to_uppercase(),
                _ => column.narrow_name.filter(|_| is_narrow).unwrap_or(&column.name).to_owned(),
            });
            let head = line_of(&table.columns, names, is_narrow);
            self.styled(BOLD, &head);
        }
        for row in &table.rows {
            self.row(table, row, is_narrow);
        }
        let is_starred = is_narrow || table.marks == Marks::Star;
        if let Some(footnote) = table.footnote.as_ref().filter(|_| is_starred) {
            self.plain(&format!("* {footnote}"));
        }
    }

    fn row(&mut self, table: &Table, row: &Row, is_narrow: bool) {
        let mark = match (row.note, is_narrow, table.marks) {
            (None, ..) => String::new(),
            (Some(_), true, _) => "*".to_owned(),
            (Some(_), false, Marks::Star) => " *".to_owned(),
            (Some(note), false, Marks::Words) => format!("   ({note})"),
        };
        let cells = row.cells.iter().map(|cell| printable(cell));
        let line = format!("{}{mark}", line_of(&table.columns, cells, is_narrow));
        let line = line.trim_end();
        if table.wraps {
            let columns: usize = table.columns.iter().map(|column| column.width).sum();
            self.wrapped(line, columns + 2);
        } else {
            self.plain(line);
        }
        let first = table.columns.first().map_or(0, |column| column.width);
        for below in &row.below {
            self.wrapped(&format!("{:first$}  {below}", ""), first + 4);
        }
    }
}

/// `Warnings, week of 9 Nov` as `WARNINGS, week of 9 Nov`.
fn called(title: &str) -> String {
    let end = title.find([',', ':']).unwrap_or(title.len());
    format!("{}{}", title[..end].to_uppercase(), &title[end..])
}

/// The cells of a row side by side.
fn line_of(columns: &[Column], cells: impl Iterator<Item = String>, is_narrow: bool) -> String {
    let shown = columns.iter().zip(cells).filter_map(|(column, cell)| {
        let width = if is_narrow { column.narrow_width? } else { column.width };
        Some(if width == 0 { format!("  {cell}") } else { padded(&cell, width, column.align) })
    });
    shown.collect()
}

/// `text` filled with blanks to so many columns, as terminals count them.
fn padded(text: &str, columns: usize, align: Align) -> String {
    let blanks = " ".repeat(columns.saturating_sub(text.width()));
    match align {
        Align::Left => format!("{text}{blanks}"),
        Align::Right => format!("{blanks}{text}"),
    }
}

/// A name in so many columns, with an ellipsis where something is missing.
fn cut(name: &str, columns: usize) -> String {
    if name.width() <= columns {
        return name.to_owned();
    }
    let mut cut = String::new();
    for character in name.chars() {
        if cut.width() + character.width().unwrap_or_default() >= columns {
            break;
        }
        cut.push(character);
    }
    format!("{cut}…")
}

/// `████████░░`: the share of the way.
fn cells(done: i64, of: i64) -> String {
    let cells = BAR_CELLS as i64;
    let filled = (cells.saturating_mul(done) / of.max(1)).clamp(0, cells) as usize;
    format!("{}{}", "█".repeat(filled), "░".repeat(BAR_CELLS - filled))
}

/// A sign a number, in eight steps of the largest one.
pub(super) fn spark(values: &[i64]) -> String {
    let most = values.iter().copied().max().unwrap_or_default().max(1);
    let steps = LEVELS.len() as i64;
    let sign = |value: &i64| match *value {
        ..=0 => NOTHING,
        value => {
            let step = (value.saturating_mul(steps) / most).clamp(1, steps) as usize;
            LEVELS.get(step - 1).copied().unwrap_or(NOTHING)
        }
    };
    values.iter().map(sign).collect()
}
