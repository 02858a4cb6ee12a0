//! Title, look, and what stands below everything.

use chrono::NaiveDate;

use super::markup::{Markup, tag};
use crate::{dates, report::charts::vectors};

/// Sizes, spacing and print; colours come from the charts' theme.
const STYLE: &str = include_str!("style.css");

/// Tells the values of marks; the page is whole without it.
const SCRIPT: &str = include_str!("hover.js");

/// Nothing but this page's own style and its one script, known by its hash; nothing is asked of any network.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
     style-src 'unsafe-inline'; script-src 'sha256-yamxiCB1hXiybnFonLppBDk40UG5GwHu6MPUByd9VQc='; base-uri 'none'; form-action 'none'\"/>\n";

/// The head of a page of that title.
pub(super) fn head(title: &str) -> Markup {
    let [light, dark] = vectors::style_variables();
    let style =
        ["\n:root{", &light, "}\n@media screen and (prefers-color-scheme:dark){:root{", &dark, "}}\n", STYLE];
    tag("head").hold_lines([
        Markup::ours("<meta charset=\"utf-8\"/>"),
        Markup::ours(POLICY.trim_end()),
        Markup::ours("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>"),
        Markup::ours("<meta name=\"color-scheme\" content=\"light dark\"/>"),
        tag("title").say(title),
        tag("style").hold(style.map(Markup::ours)),
    ])
}

/// The one script, at the end of the page.
pub(super) fn script() -> Markup {
    tag("script").hold([Markup::ours("\n"), Markup::ours(SCRIPT)])
}

/// What a runner is to think of the report.
pub(super) const OF_A_RUNNER: &str = "An association is not proof, and no warning does not mean no risk: most injuries in the \
     studies followed runs that no such rule flags. Pain that changes the way you run belongs to a physio or a doctor.";

/// What a coach is to think of a list of runners.
pub(super) const OF_MANY: &str = "A rule that fired is a reason to ask, not a finding, and an association is not proof: most \
     injuries in the studies followed runs that no such rule flags. Pain that changes the way somebody runs belongs to a physio \
     or a doctor. Files cannot tell rest from a watch left at home.";

/// What to think of it, and who made it.
pub(super) fn footer(caution: &str, as_of: NaiveDate) -> Markup {
    let made = format!(
        "Made on this computer by treadlight {}, as of {}; nothing was sent anywhere.",
        env!("CARGO_PKG_VERSION"),
        dates::long(as_of)
    );
    tag("footer").hold_lines([tag("p").say(caution), tag("p").say(&made)])
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
