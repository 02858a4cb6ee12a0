//! A chart as SVG elements for a page: the same drawing as the picture, in the colours of the page.
//!
//! Plotters writes every shape with its colour in full. Here each colour of the theme becomes the page's
//! (`var(--ink)`), so that one drawing serves light and dark, and what every reader assumes anyway is left out.

use std::borrow::Cow;

use plotters::style::RGBColor;

use super::{Chart, ChartError, data::ChartData, draw_on};
use crate::report::charts::kit::{
    canvas::{self, OVERSAMPLING},
    compact::compact,
    font::FAMILY,
    frame,
    shapes::{Shapes, Tip},
    theme::{self, Format},
};

/// A chart without heading and legend, which the page sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vectors {
    /// What the chart says.
    pub title: String,
    /// What it shows, in which units and from when to when.
    pub subtitle: String,
    /// As wide as the picture.
    pub wide: Drawing,
    /// The same for a phone: letters as large, less beside them.
    pub narrow: Drawing,
    /// What its colours and marks mean.
    pub legend: Vec<Entry>,
    /// What its marks stand for, oldest first: as many as each drawing has places for.
    pub tips: Vec<String>,
}

/// The shapes of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The part of the drawing to show: SVG's `viewBox`.
    pub view_box: String,
    /// SVG elements; texts are escaped. Colours are the variables of [`style_variables`].
    pub elements: String,
    /// Whether it is far higher than wide: paper has no room for that.
    pub is_tall: bool,
    /// Where the marks of [`Vectors::tips`] are, in the view box's units.
    pub places: Vec<(i32, i32)>,
}

/// An entry of a legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it means.
    pub word: String,
    /// The part of the drawing that holds the mark.
    pub view_box: String,
    /// The mark as SVG elements.
    pub elements: String,
}

/// So many times as high as wide is far higher.
const TALL: f64 = 1.4;
/// Free space above and below what is drawn, in chart pixels.
const PADDING: f64 = 8.0;

/// Draws a chart as SVG elements.
///
/// # Errors
/// Plotters refuses; the bundled font is damaged.
pub fn draw(chart: Chart, data: &ChartData) -> Result<Vectors, ChartError> {
    let wide = canvas::shapes(theme::WIDE, |canvas| draw_on(canvas, chart, data))?;
    let narrow = canvas::shapes(theme::NARROW, |canvas| draw_on(canvas, chart, data))?;
    let (wide_drawing, narrow) = (drawing(&wide, theme::WIDE), drawing(&narrow, theme::NARROW));
    let words = wide.words;
    let entries = words.legend.into_iter();
    Ok(Vectors {
        title: words.title,
        subtitle: words.subtitle,
        wide: wide_drawing,
        narrow,
        tips: sorted(&words.tips).into_iter().map(|tip| tip.text.clone()).collect(),
        legend: entries
            .map(|(width, svg, word)| Entry {
                word,
                view_box: view_box(0.0, width, frame::SWATCH),
                elements: tidied(&svg),
            })
            .collect(),
    })
}

/// The shapes, and the part of the sheet that they take.
fn drawing(drawn: &Shapes, format: Format) -> Drawing {
    let (highest, lowest) = drawn.reach;
    let top = highest.min(lowest) - PADDING;
    Drawing {
        view_box: view_box(top, format.right, lowest + PADDING - top),
        elements: compact(&tidied(&drawn.svg)),
        is_tall: lowest - highest > TALL * format.right,
        places: sorted(&drawn.words.tips).into_iter().map(|tip| tip.at).collect(),
    }
}

fn sorted(tips: &[Tip]) -> Vec<&Tip> {
    let mut tips: Vec<_> = tips.iter().collect();
    tips.sort();
    tips
}

fn view_box(top: f64, width: f64, height: f64) -> String {
    let device = |pixels: f64| (pixels * f64::from(OVERSAMPLING)).round();
    format!("0 {} {} {}", device(top), device(width), device(height))
}

/// The colours of the charts as CSS declarations, for light and for dark pages.
#[must_use]
pub fn style_variables() -> [String; 2] {
    let declare = |color: fn(&(&str, RGBColor, RGBColor)) -> RGBColor| {
        let declarations = theme::NAMED.iter().map(|named| format!("--{}:{}", named.0, hex(color(named))));
        declarations.collect::<Vec<_>>().join(";")
    };
    [declare(|named| named.1), declare(|named| named.2)]
}

fn hex(RGBColor(red, green, blue): RGBColor) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

/// Plotters' lines without the outer element: tags with named colours and without defaults. Lines of text are escaped, so
/// none of them looks like a tag, and stay as they are.
fn tidied(svg: &str) -> String {
    let defaults =
        [" opacity=\"1\"".to_owned(), " stroke=\"none\"".to_owned(), format!(" font-family=\"{FAMILY}\"")];
    let colors = theme::NAMED.map(|(name, light, _)| (hex(light), format!("var(--{name})")));
    let mut out = String::with_capacity(svg.len());
    let is_inner = |line: &&str| !line.starts_with("<svg") && !line.starts_with("</svg");
    for line in svg.lines().filter(is_inner) {
        if !line.starts_with('<') {
            out.push_str(line);
            continue;
        }
        let mut tag = Cow::Borrowed(line);
        for default in &defaults {
            if tag.contains(default.as_str()) {
                tag = Cow::Owned(tag.replace(default, ""));
            }
        }
        write_named(&mut out, &tag, &colors);
        if tag.ends_with("/>") || tag.starts_with("</") {
            out.push('\n');
        }
    }
    out
}

/// A tag with the names of its colours.
fn write_named(out: &mut String, tag: &str, colors: &[(String, String)]) {
    let mut rest = tag;
    while let Some(quote) = rest.find("\"#") {
        let (before, color) = rest.split_at(quote + 1);
        out.push_str(before);
        let named = colors.iter().find_map(|(hex, name)| Some((color.strip_prefix(hex.as_str())?, name)));
        rest = match named {
            Some((after, name)) => {
                out.push_str(name);
                after
            }
            None => {
                out.push('#');
                &color[1..]
            }
        };
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::sample;

    fn data() -> ChartData {
        ChartData { shoes: sample::pairs(), ..sample::history(40) }
    }

    #[test]
    fn every_colour_of_every_chart_is_one_of_the_page() {
        for chart in Chart::all() {
            let vectors = draw(chart, &data()).unwrap();
            for elements in [vectors.wide.elements, vectors.narrow.elements] {
                assert!(!elements.contains("\"#"), "{chart:?}: {elements}");
                assert!(elements.contains("var(--muted)"), "{chart:?}");
            }
        }
    }

    #[test]
    fn no_two_colours_of_the_theme_are_the_same() {
        let mut light: Vec<String> = theme::NAMED.iter().map(|named| hex(named.1)).collect();
        light.sort();
        light.dedup();
        assert_eq!(light.len(), theme::NAMED.len());
    }

    /// Relative luminance of WCAG 2.
    fn luminance(RGBColor(red, green, blue): RGBColor) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.039_28 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(one: RGBColor, other: RGBColor) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn texts_stand_out_from_light_and_dark_pages_as_wcag_aa_asks() {
        let color = |name: &str| theme::NAMED.into_iter().find(|named| named.0 == name).unwrap();
        let (paper, ink) = (color("paper"), color("ink"));
        let on_shades =
            [("shade-1", ink), ("shade-2", ink), ("shade-3", ink), ("shade-4", paper), ("shade-5", paper)];
        let on_paper = ["ink", "muted", "warn"].map(|name| (name, paper));
        for (name, under) in on_paper.into_iter().chain(on_shades) {
            let named = color(name);
            let contrasts = [contrast(named.1, under.1), contrast(named.2, under.2)];
            assert!(contrasts.iter().all(|contrast| *contrast >= 4.5), "{name}: {contrasts:?}");
        }
    }

    #[test]
    fn a_chart_says_its_heading_beside_its_shapes() {
        for chart in Chart::all() {
            let vectors = draw(chart, &data()).unwrap();
            assert_eq!(vectors.title, chart.title(&data()));
            assert!(!vectors.subtitle.is_empty() && !vectors.wide.elements.contains(&vectors.title));
            let labels_its_lines = matches!(chart, Chart::YearOverYear | Chart::Monotony | Chart::Cadence);
            assert_eq!(vectors.legend.len() >= 2, !labels_its_lines, "{chart:?}");
            for entry in &vectors.legend {
                let drawn = vectors.wide.elements.contains(&format!(">{}<", entry.word));
                assert!(!entry.elements.is_empty() && !drawn, "{}", entry.word);
            }
        }
    }

    #[test]
    fn both_drawings_have_a_place_for_whatever_a_mark_stands_for() {
        let data = data();
        let vectors = draw(Chart::WeeklyMileage, &data).unwrap();
        assert_eq!(vectors.tips.len(), data.weeks.len());
        assert!(vectors.tips[0].starts_with("week of "), "{}", vectors.tips[0]);
        for chart in Chart::all() {
            let vectors = draw(chart, &data).unwrap();
            assert_eq!(vectors.wide.places.len(), vectors.tips.len(), "{chart:?}");
            assert_eq!(vectors.narrow.places.len(), vectors.tips.len(), "{chart:?}");
        }
    }

    #[test]
    fn names_cannot_become_tags() {
        let mut data = data();
        data.shoes[0].name = "<script>alert(1)</script>\n<b> & \"co\"".to_owned();
        let vectors = draw(Chart::Shoes, &data).unwrap();
        for elements in [vectors.wide.elements, vectors.narrow.elements] {
            assert!(!elements.contains("<script") && !elements.contains("<b>"), "{elements}");
            assert!(elements.contains("&lt;script"), "{elements}");
        }
    }

    #[test]
    fn tags_lose_what_every_reader_assumes_and_texts_stay_as_they_are() {
        let svg = "<svg width=\"1\">\n<rect x=\"1\" opacity=\"1\" fill=\"#1B2733\" stroke=\"none\"/>\n\
                   <text fill=\"#586674\">\nopacity=\"1\" #1B2733\n</text>\n</svg>\n";
        assert_eq!(
            tidied(svg),
            "<rect x=\"1\" fill=\"var(--ink)\"/>\n<text fill=\"var(--muted)\">opacity=\"1\" #1B2733</text>\n"
        );
    }
}
