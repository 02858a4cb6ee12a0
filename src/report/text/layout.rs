//! How wide the text is, and whether it keeps to ASCII: what the reader's terminal can show.
//!
//! Whatever wraps a line asks for the width, deep inside a sentence; so a command sets it once around its work ([`with`])
//! instead of handing it through every function. Where nobody set it, as for every file, lines have 80 columns.

use std::cell::Cell;

use super::wrap_options;

/// Columns of a line where nothing is known of the reader, and at most.
pub const WIDEST: usize = 80;
/// Columns that are asked for at least: below, a table has no room.
pub const NARROWEST: usize = 40;
/// Below so many columns a block's text stands under its title, and tables have fewer columns.
const NARROW: usize = 72;
/// How far text below a title is indented where there is little room.
const NARROW_INDENT: usize = 2;

/// What the reader's terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    columns: usize,
    ascii: bool,
}

impl Layout {
    /// Of files, mails and pages: 80 columns, every sign.
    pub const OF_FILES: Self = Self { columns: WIDEST, ascii: false };

    /// Of a terminal with so many columns (taken as 40 to 80) that shows ASCII alone or every sign.
    #[must_use]
    pub fn of_terminal(columns: usize, ascii: bool) -> Self {
        Self { columns: columns.clamp(NARROWEST, WIDEST), ascii }
    }
}

thread_local! {
    static CURRENT: Cell<Layout> = const { Cell::new(Layout::OF_FILES) };
}

/// Texts that `make` writes have this layout.
pub fn with<T>(layout: Layout, make: impl FnOnce() -> T) -> T {
    struct Restore(Layout);
    impl Drop for Restore {
        fn drop(&mut self) {
            CURRENT.set(self.0);
        }
    }
    let _restore = Restore(CURRENT.replace(layout));
    make()
}

/// Columns of a line.
pub(super) fn columns() -> usize {
    CURRENT.get().columns
}

/// Whether a block's text stands under its title.
pub(super) fn is_narrow() -> bool {
    columns() < NARROW
}

/// Columns before a text that stands beside its title, or under it where there is little room.
pub(super) fn indent(beside: usize) -> usize {
    if is_narrow() { NARROW_INDENT } else { beside }
}

/// The text in signs that the terminal shows.
#[must_use]
pub fn spelled(text: &str) -> String {
    if !CURRENT.get().ascii || text.is_ascii() {
        return text.to_owned();
    }
    text.chars().fold(String::with_capacity(text.len()), |mut out, sign| {
        match in_ascii(sign) {
            Some(letters) => out.push_str(letters),
            None => out.push(sign),
        }
        out
    })
}

/// A text ready for the terminal: lines that no sentence wrapped (a long file name, a row of a table) are wrapped too, so that
/// nothing is cut off.
#[must_use]
pub fn finished(text: &str) -> String {
    if CURRENT.get() == Layout::OF_FILES {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for line in spelled(text).lines() {
        if textwrap::core::display_width(line) <= columns() {
            out.push_str(line);
        } else {
            let leading = line.len() - line.trim_start().len();
            let others = " ".repeat((leading + NARROW_INDENT).min(columns() / 2));
            out.push_str(&textwrap::fill(line, wrap_options("", &others).break_words(true)));
        }
        out.push('\n');
    }
    out
}

/// What stands for a sign where ASCII is all there is; `None` for ASCII itself.
fn in_ascii(sign: char) -> Option<&'static str> {
    Some(match sign {
        sign if sign.is_ascii() => return None,
        '▲' => "!",
        '■' => "#",
        '·' => ".",
        '→' => "->",
        '–' | '−' => "-",
        '—' => "--",
        '×' => "x",
        '÷' => "/",
        '±' => "~",
        '≤' => "<=",
        '≥' => ">=",
        '≈' => "about",
        '…' => "...",
        '“' | '”' => "\"",
        '‘' | '’' => "'",
        '\u{a0}' | '\u{202f}' => " ",
        '▁' | '░' => "_",
        '▂' => ",",
        '▃' => "-",
        '▄' => "~",
        '▅' => "=",
        '▆' => "+",
        '▇' => "*",
        '█' => "#",
        _ => "?",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::text::wrapped;

    #[test]
    fn lines_have_80_columns_unless_a_terminal_has_fewer() {
        let sentence = "four words and more ".repeat(10);
        let widest = |text: &str| text.lines().map(textwrap::core::display_width).max();
        assert!(widest(&wrapped(&sentence, 2)) > Some(70));
        for (asked, most) in [(60, 60), (10, NARROWEST), (500, WIDEST)] {
            let text = with(Layout::of_terminal(asked, false), || wrapped(&sentence, 2));
            assert!(widest(&text) <= Some(most), "{asked}: {text}");
        }
        assert!(widest(&wrapped(&sentence, 2)) > Some(70), "as before");
    }

    #[test]
    fn what_no_sentence_wrapped_is_wrapped_at_last_and_nothing_is_lost() {
        let line = format!("  {}.fit: short\n", "long-name".repeat(9));
        let text = with(Layout::of_terminal(40, false), || finished(&line));
        assert!(text.lines().all(|line| line.len() <= 40), "{text}");
        assert_eq!(text.replace(['\n', ' '], ""), line.replace(['\n', ' '], ""));
        assert_eq!(finished(&line), line);
    }

    #[test]
    fn signs_have_a_form_in_ascii() {
        let ascii = |text: &str| with(Layout::of_terminal(80, true), || finished(text));
        assert_eq!(ascii("▲ 5–6 × ±0 %: −7 % → “ok”…\n"), "! 5-6 x ~0 %: -7 % -> \"ok\"...\n");
        assert_eq!(ascii("Über 跑鞋\n"), "?ber ??\n");
        assert_eq!(ascii("▁▂▃▄▅▆▇█\n"), "_,-~=+*#\n");
    }
}
