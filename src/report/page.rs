//! What a report says, apart from how it is shown: a [`Page`] of sections of blocks. [`super::sections`] fill it,
//! [`super::render`] shows it as text, Markdown or HTML.
//!
//! Texts are plain sentences; what stands between two backticks is what is typed. Whatever shows them takes out control
//! characters and escapes what has a meaning there.

use crate::{report::charts::Chart, warning::Level};

/// Everything that a command or a file shows, in its order.
#[derive(Debug, Default)]
pub struct Page {
    /// The parts, from the top.
    pub sections: Vec<Section>,
}

/// A part of a page.
#[derive(Debug)]
pub struct Section {
    /// What stands above it.
    pub heading: Heading,
    /// What it says, in order.
    pub blocks: Vec<Block>,
}

/// What separates a section from the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heading {
    /// Nothing: it goes on.
    Joined,
    /// A blank line.
    Apart,
    /// A plain line above steps of arithmetic.
    Minor(String),
    /// What is explained, by its own name.
    Name(String),
    /// The name of a part. Its words up to the first comma or colon are what the part is called.
    Title(String),
    /// The name of the whole page; text has none.
    Page(String),
}

/// A piece of a section.
#[derive(Debug)]
pub enum Block {
    /// A sentence or a few.
    Text(Tone, String),
    /// A sentence that begins with words to find it by.
    Marked(&'static str, String),
    /// What a run, a week or a pair raised.
    Warning(Box<WarningBlock>),
    /// A rule that cannot speak.
    Unknown {
        /// The rule.
        name: &'static str,
        /// Why it cannot.
        why: String,
    },
    /// Rows of numbers.
    Table(Table),
    /// Names and what belongs to them.
    Pairs(PairsForm, Vec<Pair>),
    /// Names with a distance and a bar.
    Bars(Vec<Bar>),
    /// Numbers as signs in a line.
    Spark {
        /// What they are.
        name: String,
        /// The numbers, none below 0.
        values: Vec<i64>,
        /// Between which they lie.
        text: String,
    },
    /// People, with what there is to say to each.
    Roster(Vec<Entry>),
    /// Lines of a kind.
    List(Vec<Item>),
    /// Lines as they are typed or stand in a file.
    Code(Vec<String>),
    /// Pictures; only pages have any.
    Charts(Vec<Chart>),
    /// What unfolds where a page can do that, and is left out elsewhere.
    More {
        /// What is to be seen before.
        summary: String,
        /// What it hides.
        inside: Vec<Block>,
    },
    /// Arithmetic that unfolds, as `explain` prints it.
    Working {
        /// What is to be seen before.
        summary: String,
        /// The arithmetic.
        sections: Vec<Section>,
    },
}

/// How a sentence stands in its section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As the section's own words.
    Plain,
    /// As one of several of a kind.
    Listed,
    /// The answer to everything.
    Verdict,
    /// What to do.
    Action,
    /// One of several beside the point.
    Muted,
    /// A remark beside the point on the whole section.
    Aside,
    /// A step of arithmetic.
    Step,
    /// What belongs to the line above.
    Detail,
}

/// A warning, ready to be shown.
#[derive(Debug, Default)]
pub struct WarningBlock {
    /// How urgent it is.
    pub level: Level,
    /// What was seen, in two or three words.
    pub title: String,
    /// What was measured, and against what.
    pub fact: String,
    /// What else the same run raised: titles and facts.
    pub also: Vec<(String, String)>,
    /// What it went with in studies, and the grade of that.
    pub association: Option<String>,
    /// How often it was raised before.
    pub history: Option<String>,
    /// What to do.
    pub actions: Vec<String>,
    /// The arithmetic, for pages that unfold it.
    pub working: Vec<Section>,
    /// The source in full, with its DOI.
    pub source: Option<String>,
}

/// Rows of cells below names.
#[derive(Debug)]
pub struct Table {
    /// What the cells are. The first column is named for what a row is.
    pub columns: Vec<Column>,
    /// The rows, from the top.
    pub rows: Vec<Row>,
    /// Whether the names stand above.
    pub has_head: bool,
    /// How rows with a note are marked.
    pub marks: Marks,
    /// Whether its last column is wrapped where a row is too long.
    pub wraps: bool,
    /// What the star of a marked row means.
    pub footnote: Option<String>,
}

/// One column.
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its name where there is little room.
    pub narrow_name: Option<&'static str>,
    /// Where its cells stand.
    pub align: Align,
    /// How many signs it takes; 0: as many as there are.
    pub width: usize,
    /// The same where there is little room; `None`: it is left out there.
    pub narrow_width: Option<usize>,
}

/// Where a cell's text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// One row.
#[derive(Debug, Default)]
pub struct Row {
    /// As many as there are columns.
    pub cells: Vec<String>,
    /// What sets it apart, such as a week that is not over.
    pub note: Option<&'static str>,
    /// Lines that belong to it.
    pub below: Vec<String>,
}

/// How a table marks rows that have a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// By its words, where there is room; else by a star.
    Words,
    /// By a star.
    Star,
}

/// How pairs stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairsForm {
    /// In a line beside the section's title where they fit, without the reasons.
    InLine,
    /// Below each other, a reason a line.
    Listed,
    /// As values of what is explained.
    Values,
}

/// A name and what belongs to it.
#[derive(Debug, Default)]
pub struct Pair {
    /// Such as `one run`.
    pub name: String,
    /// Such as `up to 16.5 km until 22 Nov`.
    pub value: String,
    /// Why, a sentence each.
    pub reasons: Vec<String>,
}

/// A name with its distance and its way to a limit.
#[derive(Debug)]
pub struct Bar {
    /// Whose it is.
    pub name: String,
    /// Its distance.
    pub distance: String,
    /// How far it has come, and of how much; `None` where there is no limit.
    pub done: Option<(i64, i64)>,
    /// What to know of it.
    pub state: String,
    /// More of it, a line each.
    pub details: Vec<String>,
}

/// A person in a list.
#[derive(Debug)]
pub struct Entry {
    /// Who.
    pub name: String,
    /// How urgent it is.
    pub level: Level,
    /// What was seen, with its number and its day.
    pub fact: String,
    /// The limit that holds.
    pub limit: Option<String>,
    /// What else there is.
    pub also: Vec<String>,
}

/// A line of a list.
#[derive(Debug)]
pub struct Item {
    /// What comes before the text, such as a day.
    pub mark: Option<String>,
    /// The text.
    pub text: String,
    /// What unfolds below it on a page.
    pub more: Option<String>,
}

impl Section {
    /// A section under a title.
    #[must_use]
    pub fn titled(title: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { heading: Heading::Title(title.into()), blocks }
    }

    /// What goes on with the section before.
    #[must_use]
    pub fn joined(blocks: Vec<Block>) -> Self {
        Self { heading: Heading::Joined, blocks }
    }

    /// What stands apart without a heading.
    #[must_use]
    pub fn apart(blocks: Vec<Block>) -> Self {
        Self { heading: Heading::Apart, blocks }
    }

    /// Steps below a plain line.
    #[must_use]
    pub fn steps(head: impl Into<String>, steps: Vec<Block>) -> Self {
        Self { heading: Heading::Minor(head.into()), blocks: steps }
    }

    /// What is explained, under its name.
    #[must_use]
    pub fn named(name: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { heading: Heading::Name(name.into()), blocks }
    }
}

impl Block {
    /// A sentence in a tone.
    #[must_use]
    pub fn text(tone: Tone, text: impl Into<String>) -> Self {
        Self::Text(tone, text.into())
    }

    /// A sentence in the section's own words.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Text(Tone::Plain, text.into())
    }

    /// A step of arithmetic.
    #[must_use]
    pub fn step(text: impl Into<String>) -> Self {
        Self::Text(Tone::Step, text.into())
    }
}

impl Column {
    /// Words, with its widths.
    #[must_use]
    pub fn left(name: impl Into<String>, width: usize, narrow_width: Option<usize>) -> Self {
        Self { name: name.into(), narrow_name: None, align: Align::Left, width, narrow_width }
    }

    /// Numbers, with its widths.
    #[must_use]
    pub fn right(name: impl Into<String>, width: usize, narrow_width: Option<usize>) -> Self {
        Self { align: Align::Right, ..Self::left(name, width, narrow_width) }
    }

    /// The same with another name where there is little room.
    #[must_use]
    pub fn or(self, narrow_name: &'static str) -> Self {
        Self { narrow_name: Some(narrow_name), ..self }
    }
}

impl Table {
    /// Rows below their names, none of them marked.
    #[must_use]
    pub fn plain(columns: Vec<Column>, rows: Vec<Row>) -> Self {
        Self { columns, rows, has_head: true, marks: Marks::Star, wraps: false, footnote: None }
    }
}

impl Item {
    /// A line alone.
    #[must_use]
    pub fn line(text: impl Into<String>) -> Self {
        Self { mark: None, text: text.into(), more: None }
    }
}

impl Page {
    /// A page of some sections.
    #[must_use]
    pub fn of(sections: Vec<Section>) -> Self {
        Self { sections }
    }
}

/// A text without control characters: a name must not move the cursor or break the line.
#[must_use]
pub fn printable(text: &str) -> String {
    text.replace(|c: char| c.is_control(), "\u{fffd}")
}
