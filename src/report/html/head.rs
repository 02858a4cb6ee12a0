//! Title, look, and what stands below everything.

use super::{Page, markup::Html};
use crate::{dates, report::charts::vectors};

/// Sizes, spacing and print; colours come from the charts' theme.
const STYLE: &str = include_str!("style.css");

/// Tells the values of marks; the page is whole without it.
const SCRIPT: &str = include_str!("hover.js");

/// Nothing but this page's own style and its one script, known by its hash; nothing is asked of any network.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
     style-src 'unsafe-inline'; script-src 'sha256-yamxiCB1hXiybnFonLppBDk40UG5GwHu6MPUByd9VQc='; base-uri 'none'; form-action 'none'\"/>\n";

/// The head of the page.
pub(super) fn write(html: &mut Html, page: &Page<'_>) {
    html.tag("<head>\n<meta charset=\"utf-8\"/>\n").tag(POLICY);
    html.tag("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    html.tag("<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>treadlight, as of ");
    html.text(&dates::long(page.analysis.as_of)).tag("</title>\n<style>\n");
    let [light, dark] = vectors::style_variables();
    html.tag(":root{").style_variables(&light).tag("}\n");
    html.tag("@media screen and (prefers-color-scheme:dark){:root{").style_variables(&dark).tag("}}\n");
    html.tag(STYLE).tag("</style>\n</head>\n");
}

/// The one script, at the end of the page.
pub(super) fn write_script(html: &mut Html) {
    html.tag("<script>\n").tag(SCRIPT).tag("</script>\n");
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

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_policy_allows_this_script_and_no_other() {
        let hash = STANDARD.encode(Sha256::digest(format!("\n{SCRIPT}")));
        assert!(POLICY.contains(&format!("script-src 'sha256-{hash}';")), "write sha256-{hash}");
    }

    #[test]
    fn the_script_is_well_formed_inside_a_page_of_xml() {
        assert!(!SCRIPT.contains(['<', '&']));
    }
}
