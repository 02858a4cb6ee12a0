//! Words within a line: what is typed, what is cited.

use super::markup::{Markup, tag};

/// Where a DOI in a source leads.
const DOI: &str = "https://doi.org/";
const DOI_MARK: &str = "doi:";

/// Text in which what stands between two backticks is what is typed.
pub(super) fn coded(text: &str) -> Markup {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return Markup::text(text);
    }
    let part = |(index, part): (usize, &&str)| match index % 2 {
        0 => Markup::text(part),
        _ => tag("code").say(part),
    };
    parts.iter().enumerate().map(part).collect()
}

/// Text whose DOIs are links.
pub(super) fn cited(text: &str) -> Markup {
    let Some((before, after)) = text.split_once(DOI_MARK) else { return Markup::text(text) };
    let end = after.find([' ', ',', ';', ':', ')']).unwrap_or(after.len());
    let (doi, rest) = after.split_at(end);
    let link = tag("a").with("href", &format!("{DOI}{doi}")).say(&format!("{DOI_MARK}{doi}"));
    Markup::text(before).then(link).then(cited(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_becomes_markup() {
        let text = coded("<script>\"x\" & 'y'\u{1b}[1m</script>").into_text();
        assert_eq!(text, "&lt;script&gt;&quot;x&quot; &amp; &apos;y&apos;\u{fffd}[1m&lt;/script&gt;");
    }

    #[test]
    fn what_is_typed_is_code_and_stays_text() {
        let text = coded("Not counted: 1 <planned>. `treadlight runs` lists them.").into_text();
        assert_eq!(text, "Not counted: 1 &lt;planned&gt;. <code>treadlight runs</code> lists them.");
        assert_eq!(coded("a`b").into_text(), "a`b");
    }

    #[test]
    fn a_doi_becomes_a_link_and_the_rest_stays_text() {
        let text = cited("Frandsen 2025, doi:10.1136/bjsports-2024-109380: 5,205 <runners>").into_text();
        assert_eq!(
            text,
            "Frandsen 2025, <a href=\"https://doi.org/10.1136/bjsports-2024-109380\">doi:10.1136/bjsports-2024-109380\
             </a>: 5,205 &lt;runners&gt;"
        );
    }
}
