//! Sections and their blocks as HTML.

use super::{
    figures::figures,
    inline::{cited, coded},
    markup::{Markup, tag},
};
use crate::{
    report::{
        charts::{ChartError, data::ChartData},
        page::{
            Align, Bar, Block, Column, Entry, Heading, Item, Pair, PairsForm, Row, Section, Table, Tone,
            WarningBlock,
        },
        render::{Layout, style::mark, text},
    },
    warning::Level,
};

/// A section with its heading; `data` is what its charts draw, of which there are none without it.
pub(super) fn section(section: &Section, data: Option<&ChartData>) -> Result<Markup, ChartError> {
    let (heading, title) = match &section.heading {
        Heading::Page(title) => (tag("h1").say(title), title.as_str()),
        Heading::Title(title) | Heading::Name(title) => (tag("h2").say(title), title.as_str()),
        Heading::Minor(title) => (tag("h3").say(title), title.as_str()),
        Heading::Joined | Heading::Apart => (Markup::nothing(), ""),
    };
    let blocks = section.blocks.iter().map(|said| Ok(block(said, title, data)?.then(Markup::ours("\n"))));
    Ok(heading.then(Markup::ours("\n")).then(blocks.collect::<Result<Markup, ChartError>>()?))
}

/// A block in the section of that title.
fn block(block: &Block, title: &str, data: Option<&ChartData>) -> Result<Markup, ChartError> {
    Ok(match block {
        Block::Text(tone, text) => sentence(*tone, text),
        Block::Marked(mark, text) => tag("p").hold([tag("b").say(mark), Markup::text(" "), coded(text)]),
        Block::Warning(said) => warning(said),
        Block::Unknown { name, why } => muted(&format!("? {name}: {why}")),
        Block::Table(said) => table(said, title),
        Block::Pairs(form, said) => pairs(*form, said),
        Block::Bars(said) => bars(said, title),
        Block::Spark { name, values, text } => muted(&format!("{name} {} {text}", text::spark(values))),
        Block::Roster(entries) => roster(entries),
        Block::List(items) => list(items),
        Block::Code(lines) => tag("pre").hold_lines(lines.iter().map(|line| Markup::text(line))),
        Block::Charts(charts) => data.map_or_else(|| Ok(Markup::nothing()), |data| figures(charts, data))?,
        Block::More { summary, inside } => {
            let inside = inside.iter().map(|said| self::block(said, title, data));
            unfolding(summary, inside.collect::<Result<Vec<_>, _>>()?)
        }
        Block::Working { summary, sections } => unfolding(summary, vec![working(sections)]),
    })
}

fn sentence(tone: Tone, text: &str) -> Markup {
    match tone {
        Tone::Verdict => tag("p").class("verdict").hold([coded(text)]),
        Tone::Action => tag("p").class("action").say(&format!("→ {text}")),
        Tone::Muted | Tone::Aside => tag("p").class("muted").hold([coded(text)]),
        Tone::Plain | Tone::Listed | Tone::Step | Tone::Detail => tag("p").hold([coded(text)]),
    }
}

fn muted(text: &str) -> Markup {
    tag("p").class("muted").say(text)
}

fn unfolding(summary: &str, inside: Vec<Markup>) -> Markup {
    let summary = tag("summary").say(summary);
    tag("details").hold_lines([summary].into_iter().chain(inside))
}

/// What `explain` prints, line by line.
fn working(sections: &[Section]) -> Markup {
    let lines = text::sections(sections, Layout::OF_FILES);
    tag("pre").hold(lines.lines().map(|line| Markup::text(line).then(Markup::ours("\n"))))
}

fn warning(warning: &WarningBlock) -> Markup {
    let acts = warning.level >= Level::Caution;
    let mark = tag("span").class("mark").with("aria-hidden", "true").say(mark(warning.level));
    let title = Markup::text(&format!(" {} ", warning.title));
    let level = tag("span").class("level").say(&format!("({})", warning.level.name()));
    let mut said = vec![tag("h3").hold([mark, title, level]), tag("p").say(&warning.fact)];
    said.extend(warning.also.iter().map(|(title, fact)| tag("p").say(&format!("Also {title}: {fact}"))));
    said.extend(warning.association.iter().map(|text| tag("p").say(text)));
    said.extend(warning.actions.iter().map(|action| tag("p").class("action").say(&format!("→ {action}"))));
    said.extend(warning.history.iter().map(|text| muted(text)));
    said.extend(warning.source.iter().map(|source| {
        let source = tag("p").hold([cited(source)]);
        unfolding("The arithmetic and the source", vec![working(&warning.working), source])
    }));
    tag("article").class(if acts { "warning act" } else { "warning" }).hold_lines(said)
}

/// A table may be wider than a phone: then it scrolls, for keyboards too.
fn scrolling(title: &str, head: Vec<Markup>, rows: Vec<Markup>) -> Markup {
    let head = tag("thead").hold([tag("tr").hold(head)]);
    let table = tag("table").hold_lines([head, tag("tbody").hold_lines(rows)]);
    let scrolls = tag("div").class("wide").with("tabindex", "0").with("role", "group");
    scrolls.with("aria-label", title).hold([table])
}

fn table(table: &Table, title: &str) -> Markup {
    let name = |column: &Column| head_cell(&column.name, class_of(column));
    let rows = table.rows.iter().map(|said| row(said, &table.columns)).collect();
    scrolling(title, table.columns.iter().map(name).collect(), rows)
}

fn head_cell(name: &str, class: Option<&str>) -> Markup {
    tag("th").with("scope", "col").with_any("class", class).say(name)
}

fn class_of(column: &Column) -> Option<&'static str> {
    (column.align == Align::Left && column.width == 0).then_some("words")
}

fn row(row: &Row, columns: &[Column]) -> Markup {
    let cell = |(index, (cell, column)): (usize, (&String, &Column))| match (index, row.note) {
        (0, None) => tag("th").with("scope", "row").say(cell),
        (0, Some(note)) => tag("th").with("scope", "row").say(&format!("{cell} ({note})")),
        _ => tag("td").with_any("class", class_of(column)).say(cell),
    };
    tag("tr").hold(row.cells.iter().zip(columns).enumerate().map(cell))
}

fn pairs(form: PairsForm, pairs: &[Pair]) -> Markup {
    let pair = |Pair { name, value, reasons }: &Pair| {
        let reasons = reasons.iter().map(|reason| tag("dd").class("why").say(reason));
        tag("div").hold([tag("dt").say(name), tag("dd").say(value)].into_iter().chain(reasons))
    };
    let class = if form == PairsForm::InLine { "caps" } else { "values" };
    tag("dl").class(class).hold_lines(pairs.iter().map(pair))
}

fn bars(bars: &[Bar], title: &str) -> Markup {
    let words = Some("words");
    let head = vec![
        head_cell("pair", None),
        head_cell("distance", None),
        head_cell("way to the end of its window", words),
        head_cell("state", words),
    ];
    scrolling(title, head, bars.iter().map(bar).collect())
}

fn bar(bar: &Bar) -> Markup {
    let way = bar.done.map(|(done, of)| {
        let percent = (done.saturating_mul(100) / of.max(1)).clamp(0, 100);
        let filled = tag("span").with("style", &format!("width:{percent}%")).say("");
        let drawn = tag("span").class("bar").with("aria-hidden", "true").hold([filled]);
        drawn.then(Markup::text(&format!(" {percent} %")))
    });
    let details = bar.details.iter().map(|detail| muted(detail));
    tag("tr").hold([
        tag("th").with("scope", "row").say(&bar.name),
        tag("td").say(&bar.distance),
        tag("td").class("words").hold(way),
        tag("td").class("words").hold([coded(&bar.state)].into_iter().chain(details)),
    ])
}

/// A line a person: name, what was seen, the limit that holds. One below the other on a phone.
fn roster(entries: &[Entry]) -> Markup {
    tag("ul").class("roster").hold_lines(entries.iter().map(|entry| {
        let mark = tag("span").class("mark").with("aria-hidden", "true").say(mark(entry.level));
        let level = tag("span").class("unseen").say(&format!(" ({})", entry.level.name()));
        let name = tag("b").hold([mark, Markup::text(&entry.name), level]);
        let also =
            entry.also.iter().map(|also| Markup::text("; ").then(tag("span").class("muted").say(also)));
        let said = tag("span").hold([coded(&entry.fact)].into_iter().chain(also));
        let limit = entry.limit.as_ref().map(|limit| tag("span").class("limit").say(&format!("→ {limit}")));
        let acts = (entry.level >= Level::Caution).then_some("act");
        tag("li").with_any("class", acts).hold([name, said].into_iter().chain(limit))
    }))
}

fn list(items: &[Item]) -> Markup {
    let item = |Item { mark, text, more }: &Item| {
        let mark = mark.iter().map(|mark| Markup::text(&format!("{mark} ")));
        let line: Markup = mark.chain([coded(text)]).collect();
        tag("li").hold([match more {
            Some(more) => tag("details").hold([tag("summary").hold([line]), tag("p").say(more)]),
            None => line,
        }])
    };
    let unfolds = items.iter().any(|item| item.more.is_some());
    tag("ul").with_any("class", unfolds.then_some("earlier")).hold_lines(items.iter().map(item))
}
