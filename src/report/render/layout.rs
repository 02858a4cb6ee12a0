//! How wide a text is, whether it keeps to ASCII, and whether it has styles: what the reader's terminal can show.

/// Columns of a line where nothing is known of the reader, and at most.
pub const WIDEST: usize = 80;
/// Columns that are asked for at least: below, a table has no room.
pub const NARROWEST: usize = 40;
/// Below so many columns a block's text stands under its title, and tables have fewer columns.
pub(super) const NARROW: usize = 72;
/// How far text below a title is indented where there is little room.
const NARROW_INDENT: usize = 2;

/// What the reader's terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    columns: usize,
    ascii: bool,
    styles: bool,
}

impl Layout {
    /// Of files, mails and pages: 80 columns, every sign, no styles.
    pub const OF_FILES: Self = Self { columns: WIDEST, ascii: false, styles: false };

    /// Of a terminal with so many columns (taken as 40 to 80) that shows ASCII alone or every sign. Styles are written; the
    /// stream that prints them takes them out where there is no colour.
    #[must_use]
    pub fn of_terminal(columns: usize, ascii: bool) -> Self {
        Self { columns: columns.clamp(NARROWEST, WIDEST), ascii, styles: true }
    }

    /// Columns of a line.
    pub(super) fn columns(self) -> usize {
        self.columns
    }

    /// Whether a block's text stands under its title.
    pub(super) fn is_narrow(self) -> bool {
        self.columns < NARROW
    }

    /// Whether headings and levels are styled.
    pub(super) fn has_styles(self) -> bool {
        self.styles
    }

    /// Columns before a text that stands beside its title, or under it where there is little room.
    pub(super) fn indent(self, beside: usize) -> usize {
        if self.is_narrow() { NARROW_INDENT } else { beside }
    }

    /// Text wrapped to the width, every line but the first indented. Names are never broken at a hyphen.
    pub(super) fn wrapped(self, text: &str, indent: usize) -> String {
        textwrap::fill(&self.spelled(text), self.wrap_options("", &" ".repeat(self.indent(indent))))
    }

    /// How every text is wrapped.
    pub(super) fn wrap_options<'a>(self, first: &'a str, others: &'a str) -> textwrap::Options<'a> {
        textwrap::Options::new(self.columns)
            .initial_indent(first)
            .subsequent_indent(others)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
    }

    /// The text in signs that the terminal shows.
    #[must_use]
    pub fn spelled(self, text: &str) -> String {
        if !self.ascii || text.is_ascii() {
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

    /// A text ready for the terminal: lines that no sentence wrapped (a long file name, a row of a table) are wrapped too, so
    /// that nothing is cut off.
    #[must_use]
    pub(super) fn finished(self, text: String) -> String {
        if self.columns == WIDEST && !self.ascii {
            return text;
        }
        let mut out = String::with_capacity(text.len());
        for line in self.spelled(&text).lines() {
            if textwrap::core::display_width(line) <= self.columns {
                out.push_str(line);
            } else {
                let leading = line.len() - line.trim_start().len();
                let others = " ".repeat((leading + NARROW_INDENT).min(self.columns / 2));
                out.push_str(&textwrap::fill(line, self.wrap_options("", &others).break_words(true)));
            }
            out.push('\n');
        }
        out
    }
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

    #[test]
    fn lines_have_80_columns_unless_a_terminal_has_fewer() {
        let sentence = "four words and more ".repeat(10);
        let widest = |text: &str| text.lines().map(textwrap::core::display_width).max();
        assert!(widest(&Layout::OF_FILES.wrapped(&sentence, 2)) > Some(70));
        for (asked, most) in [(60, 60), (10, NARROWEST), (500, WIDEST)] {
            let text = Layout::of_terminal(asked, false).wrapped(&sentence, 2);
            assert!(widest(&text) <= Some(most), "{asked}: {text}");
        }
    }

    #[test]
    fn what_no_sentence_wrapped_is_wrapped_at_last_and_nothing_is_lost() {
        let line = format!("  {}.fit: short\n", "long-name".repeat(9));
        let text = Layout::of_terminal(40, false).finished(line.clone());
        assert!(text.lines().all(|line| line.len() <= 40), "{text}");
        assert_eq!(text.replace(['\n', ' '], ""), line.replace(['\n', ' '], ""));
        assert_eq!(Layout::OF_FILES.finished(line.clone()), line);
    }

    #[test]
    fn signs_have_a_form_in_ascii() {
        let ascii = |text: &str| Layout::of_terminal(80, true).finished(text.to_owned());
        assert_eq!(ascii("▲ 5–6 × ±0 %: −7 % → “ok”…\n"), "! 5-6 x ~0 %: -7 % -> \"ok\"...\n");
        assert_eq!(ascii("Über 跑鞋\n"), "?ber ??\n");
        assert_eq!(ascii("▁▂▃▄▅▆▇█\n"), "_,-~=+*#\n");
    }
}
