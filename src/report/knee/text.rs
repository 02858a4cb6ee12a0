//! Paragraphs as text, Markdown and HTML: no word is made here.

use std::fmt::Write;

use super::page::Part;

/// As text, with `wrap` to break paragraphs (text and indent) and `bold` for headings.
#[must_use]
pub fn text(parts: &[Part], wrap: impl Fn(&str, usize) -> String) -> String {
    let mut out = String::new();
    let mut parts = parts.iter().peekable();
    while let Some(part) = parts.next() {
        match part {
            Part::Heading(heading) => {
                if !out.is_empty() {
                    out.push('\n');
                }
                out.push_str(&wrap(heading, 2));
            }
            Part::Text(text) => out.push_str(&wrap(text, 0)),
            Part::Marked(mark, text) => out.push_str(&wrap(&format!("{mark} {text}"), 2)),
            Part::Action(text) => out.push_str(&wrap(&format!("→ {text}"), 2)),
            Part::Row(cells) => {
                let mut rows = vec![cells];
                while let Some(Part::Row(cells)) = parts.peek() {
                    rows.push(cells);
                    parts.next();
                }
                out.push_str(&table(&rows));
                continue;
            }
        }
        out.push('\n');
    }
    out
}

fn widths(rows: &[&Vec<String>]) -> Vec<usize> {
    let columns = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    (0..columns).map(width).collect()
}

/// Numbers to the right, the first and last column to the left.
fn table(rows: &[&Vec<String>]) -> String {
    let widths = widths(rows);
    let mut out = String::new();
    for row in rows {
        let last = row.len().saturating_sub(1);
        let cells: Vec<String> =
            row.iter()
                .zip(&widths)
                .enumerate()
                .map(|(at, (cell, width))| {
                    if at == 0 || at == last { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
                })
                .collect();
        out.push_str(cells.join("  ").trim_end());
        out.push('\n');
    }
    out
}

/// As Markdown.
#[must_use]
pub fn markdown(parts: &[Part], level: usize) -> String {
    let mut out = String::new();
    let hashes = "#".repeat(level);
    let mut parts = parts.iter().peekable();
    while let Some(part) = parts.next() {
        // a Vec of paragraphs: writing to a String cannot fail
        let _ = match part {
            Part::Heading(heading) => writeln!(out, "{hashes} {}\n", plain(heading)),
            Part::Text(text) => writeln!(out, "{}\n", plain(text)),
            Part::Marked(mark, text) => writeln!(out, "**{mark}** {}\n", plain(text)),
            Part::Action(text) => writeln!(out, "→ **{}**\n", plain(text)),
            Part::Row(head) => {
                let bar = |cells: &[String]| {
                    format!("| {} |", cells.iter().map(|c| plain(c)).collect::<Vec<_>>().join(" | "))
                };
                let mut rows = vec![bar(head), format!("|{}", "---|".repeat(head.len()))];
                while let Some(Part::Row(cells)) = parts.peek() {
                    rows.push(bar(cells));
                    parts.next();
                }
                writeln!(out, "{}\n", rows.join("\n"))
            }
        };
    }
    out
}

/// What Markdown would read as a mark of its own.
fn plain(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if "\\`*_[]<>|#".contains(c) {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

/// The sheet as a page of its own: A4 when printed, nothing loaded from anywhere.
#[must_use]
pub fn html_page(parts: &[Part], title: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
        escaped(title),
        html(parts, "h2")
    )
}

const STYLE: &str = "@page { size: A4; margin: 12mm 14mm; }\n\
body { font: 10.5pt/1.35 system-ui, sans-serif; max-width: 182mm; margin: 1em auto; padding: 0 1em; color: #111; background: #fff; }\n\
h2 { font-size: 11.5pt; margin: .7em 0 .2em; }\np { margin: .2em 0; }\n\
table { border-collapse: collapse; font-size: 9.5pt; }\nth, td { padding: .05em .7em .05em 0; text-align: right; }\n\
th:first-child, td:first-child { text-align: left; }\n\
th:last-child, td:last-child { text-align: left; font-family: ui-monospace, monospace; white-space: pre; }\n\
@media print { body { margin: 0; padding: 0; max-width: none; } }\n";

/// As HTML without a page around it.
#[must_use]
pub fn html(parts: &[Part], heading: &str) -> String {
    let mut out = String::new();
    let mut parts = parts.iter().peekable();
    while let Some(part) = parts.next() {
        let _ = match part {
            Part::Heading(text) => writeln!(out, "<{heading}>{}</{heading}>", escaped(text)),
            Part::Text(text) => writeln!(out, "<p>{}</p>", escaped(text)),
            Part::Marked(mark, text) => writeln!(out, "<p><b>{}</b> {}</p>", escaped(mark), escaped(text)),
            Part::Action(text) => writeln!(out, "<p>→ <b>{}</b></p>", escaped(text)),
            Part::Row(head) => {
                let row = |cells: &[String], tag: &str| {
                    let cells = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell)));
                    format!("<tr>{}</tr>", cells.collect::<String>())
                };
                let mut rows = vec![row(head, "th")];
                while let Some(Part::Row(cells)) = parts.peek() {
                    rows.push(row(cells, "td"));
                    parts.next();
                }
                writeln!(out, "<table>\n{}\n</table>", rows.join("\n"))
            }
        };
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
