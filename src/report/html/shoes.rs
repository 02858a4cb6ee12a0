//! The pairs in use: distance, place in the window, when they reach the next limit.

use super::{Page, markup::Html};
use crate::{
    analysis::shoes::Shoe,
    report::text::shoes::{distance_text, filled, state_text},
};

/// Width of a full bar, in per cent.
const FULL: i64 = 100;

/// Every pair in use, and what is in none.
pub(super) fn write(html: &mut Html, page: &Page<'_>) {
    let shoes = &page.analysis.shoes;
    html.tag("<h2>Shoes</h2>\n");
    if shoes.pairs.is_empty() {
        html.tag("<p>None set. Name your pair: <code>treadlight shoes add</code>.</p>\n");
        return;
    }
    html.tag("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Shoes\">\n<table>\n<thead><tr>");
    html.tag("<th scope=\"col\">pair</th><th scope=\"col\">distance</th>");
    html.tag("<th scope=\"col\" class=\"words\">way to the end of its window</th>");
    html.tag("<th scope=\"col\" class=\"words\">state</th></tr></thead>\n<tbody>\n");
    for shoe in shoes.pairs.iter().filter(|shoe| shoe.in_use) {
        write_pair(html, page, shoe);
    }
    html.tag("</tbody>\n</table>\n</div>\n");
    if shoes.unassigned_m > 0 {
        let distance = page.units.whole(shoes.unassigned_m);
        html.around("<p class=\"muted\">", &distance, " in no pair: no default pair had those days.</p>\n");
    }
}

fn write_pair(html: &mut Html, page: &Page<'_>, shoe: &Shoe) {
    html.around("<tr><th scope=\"row\">", &shoe.settings.name, "</th><td>");
    html.around("", &distance_text(shoe, page.units), "</td><td class=\"words\">");
    let percent = filled(shoe, FULL).to_string();
    html.around(
        "<span class=\"bar\" aria-hidden=\"true\"><span style=\"width:",
        &percent,
        "%\"></span></span> ",
    );
    html.around("", &percent, " %</td><td class=\"words\">");
    html.around("", &state_text(shoe, page.units, page.analysis.as_of), "</td></tr>\n");
}
