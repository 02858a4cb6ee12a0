//! Title, look, and what stands below everything.

use super::{Page, markup::Html};
use crate::{dates, report::charts::vectors};

/// Sizes, spacing and print; colours come from the charts' theme.
const STYLE: &str = include_str!("style.css");

/// The head of the page.
pub(super) fn write(html: &mut Html, page: &Page<'_>) {
    html.tag("<head>\n<meta charset=\"utf-8\"/>\n");
    html.tag("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    html.tag("<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>treadlight, as of ");
    html.text(&dates::long(page.analysis.as_of)).tag("</title>\n<style>\n");
    let [light, dark] = vectors::style_variables();
    html.tag(":root{").style_variables(&light).tag("}\n");
    html.tag("@media screen and (prefers-color-scheme:dark){:root{").style_variables(&dark).tag("}}\n");
    html.tag(STYLE).tag("</style>\n</head>\n");
}

/// What to think of it, and who made it.
pub(super) fn write_footer(html: &mut Html, page: &Page<'_>) {
    html.tag("<footer>\n<p>An association is not proof, and no warning does not mean no risk: most injuries in the studies ");
    html.tag("followed runs that no such rule flags. Pain that changes the way you run belongs to a physio or a doctor.</p>\n<p>");
    html.text(&format!(
        "Made on this computer by treadlight {}, as of {}; nothing was sent anywhere.",
        env!("CARGO_PKG_VERSION"),
        dates::long(page.analysis.as_of)
    ));
    html.tag("</p>\n</footer>\n");
}
