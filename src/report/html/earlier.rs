//! What warned in the last 52 weeks and is no longer active: a line each, its facts unfolding.

use super::{Page, markup::Html};
use crate::{
    analysis::{EARLIER_WEEKS, replay::replay},
    report::text::replay::one_line,
};

/// Every earlier warning, newest first.
pub(super) fn write(html: &mut Html, page: &Page<'_>) {
    let analysis = page.analysis;
    let earlier = analysis.earlier();
    if earlier.is_empty() {
        return;
    }
    html.tag("<h2>Earlier, last 52 weeks</h2>\n<p class=\"muted\">In all: ");
    html.with_code(&one_line(&replay(analysis, EARLIER_WEEKS))).tag("</p>\n<ul class=\"earlier\">\n");
    for warning in earlier {
        html.around("<li><details><summary>", &warning.in_short(analysis.as_of), "</summary>\n<p>");
        html.text(&warning.fact(page.units));
        if !warning.is_remark() {
            html.tag(" ").text(warning.association()).tag(" ").text(&warning.evidence_tag());
        }
        html.tag("</p></details></li>\n");
    }
    html.tag("</ul>\n");
}
