//! Markup that cannot be broken: whatever is opened is closed here, and everything but this program's own tags is escaped.

use quick_xml::escape::escape;

use crate::report::page::printable;

/// A piece of a page, whole in itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Markup(String);

impl Markup {
    /// Text of whatever origin.
    pub(super) fn text(text: &str) -> Self {
        Self(escape(words(text).as_str()).into_owned())
    }

    /// Markup of this program, such as the shapes of a chart.
    pub(super) fn ours(markup: &str) -> Self {
        Self(markup.to_owned())
    }

    /// Nothing.
    pub(super) fn nothing() -> Self {
        Self::default()
    }

    /// This, then that.
    #[allow(clippy::needless_pass_by_value, reason = "pieces are handed on, not looked at")]
    pub(super) fn then(mut self, next: Self) -> Self {
        self.0.push_str(&next.0);
        self
    }

    /// The page.
    pub(super) fn into_text(self) -> String {
        self.0
    }
}

impl FromIterator<Markup> for Markup {
    fn from_iter<T: IntoIterator<Item = Markup>>(pieces: T) -> Self {
        pieces.into_iter().fold(Self::nothing(), Self::then)
    }
}

/// Text of whatever origin, with ordinary blanks and without control characters.
pub(super) fn words(text: &str) -> String {
    printable(text).replace('\u{a0}', " ")
}

/// A tag that waits for what it holds.
#[derive(Debug)]
pub(super) struct Tag {
    name: &'static str,
    attributes: String,
}

/// A tag without attributes.
pub(super) fn tag(name: &'static str) -> Tag {
    Tag { name, attributes: String::new() }
}

impl Tag {
    /// The same with an attribute more; the value is escaped.
    pub(super) fn with(mut self, key: &'static str, value: &str) -> Self {
        self.attributes.push_str(&format!(" {key}=\"{}\"", escape(words(value).as_str())));
        self
    }

    /// The same, if there is a value.
    pub(super) fn with_any(self, key: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// The same with a class.
    pub(super) fn class(self, class: &str) -> Self {
        self.with("class", class)
    }

    /// Around text of whatever origin.
    pub(super) fn say(self, text: &str) -> Markup {
        self.hold([Markup::text(text)])
    }

    /// Around pieces within a line.
    pub(super) fn hold(self, inside: impl IntoIterator<Item = Markup>) -> Markup {
        let Self { name, attributes } = self;
        Markup(format!("<{name}{attributes}>{}</{name}>", inside.into_iter().collect::<Markup>().0))
    }

    /// Around pieces on lines of their own.
    pub(super) fn hold_lines(self, inside: impl IntoIterator<Item = Markup>) -> Markup {
        let lines = inside.into_iter().map(|piece| piece.then(Markup::ours("\n")));
        let lines: Vec<Markup> = std::iter::once(Markup::ours("\n")).chain(lines).collect();
        self.hold(lines)
    }
}
