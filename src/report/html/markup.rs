//! Markup that cannot be broken into: tags are written in this program, everything else is escaped.

use quick_xml::escape::escape;

use crate::report::{
    charts::vectors::{Drawing, Entry},
    text::printable,
};

/// Where a DOI in a source leads.
const DOI: &str = "https://doi.org/";
const DOI_MARK: &str = "doi:";

/// A page that grows.
#[derive(Default)]
pub(super) struct Html(String);

impl Html {
    /// Markup of this program.
    pub(super) fn tag(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Text of whatever origin.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.0.push_str(&escape(printable(text).as_str()));
        self
    }

    /// Text between tags: `("<p>", text, "</p>")`.
    pub(super) fn around(&mut self, open: &'static str, text: &str, close: &'static str) -> &mut Self {
        self.tag(open).text(text).tag(close)
    }

    /// Text in which what stands between backticks is what is typed.
    pub(super) fn with_code(&mut self, text: &str) -> &mut Self {
        for (index, part) in text.split('`').enumerate() {
            match index % 2 {
                0 => self.text(part),
                _ => self.around("<code>", part, "</code>"),
            };
        }
        self
    }

    /// Lines of text that keep their line ends.
    pub(super) fn lines(&mut self, text: &str) -> &mut Self {
        for line in text.lines() {
            self.text(line).tag("\n");
        }
        self
    }

    /// Text whose DOIs are links.
    pub(super) fn cited(&mut self, text: &str) -> &mut Self {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(DOI_MARK) {
            let end = after.find([' ', ',', ';', ':', ')']).unwrap_or(after.len());
            let (doi, next) = after.split_at(end);
            self.text(before).tag("<a href=\"").text(DOI).text(doi).tag("\">").text(DOI_MARK).text(doi);
            self.tag("</a>");
            rest = next;
        }
        self.text(rest)
    }

    /// Colours of this program.
    pub(super) fn style_variables(&mut self, declarations: &str) -> &mut Self {
        self.0.push_str(declarations);
        self
    }

    /// The shapes of a chart, which are markup already.
    pub(super) fn shapes(&mut self, drawing: &Drawing) -> &mut Self {
        self.0.push_str(&drawing.elements);
        self
    }

    /// The mark of a legend's entry, which is markup already.
    pub(super) fn mark(&mut self, entry: &Entry) -> &mut Self {
        self.0.push_str(&entry.elements);
        self
    }

    /// The page.
    pub(super) fn into_text(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Html)) -> String {
        let mut html = Html::default();
        write(&mut html);
        html.into_text()
    }

    #[test]
    fn text_never_becomes_markup() {
        let text = written(|html| {
            html.text("<script>\"x\" & 'y'\u{1b}[1m</script>");
        });
        assert_eq!(text, "&lt;script&gt;&quot;x&quot; &amp; &apos;y&apos;\u{fffd}[1m&lt;/script&gt;");
    }

    #[test]
    fn what_is_typed_is_code_and_stays_text() {
        let text = written(|html| {
            html.with_code("Not counted: 1 <planned>. `treadlight runs` lists them.");
        });
        assert_eq!(text, "Not counted: 1 &lt;planned&gt;. <code>treadlight runs</code> lists them.");
    }

    #[test]
    fn a_doi_becomes_a_link_and_the_rest_stays_text() {
        let text = written(|html| {
            html.cited("Frandsen 2025, doi:10.1136/bjsports-2024-109380: 5,205 <runners>");
        });
        assert_eq!(
            text,
            "Frandsen 2025, <a href=\"https://doi.org/10.1136/bjsports-2024-109380\">doi:10.1136/bjsports-2024-109380\
             </a>: 5,205 &lt;runners&gt;"
        );
    }
}
