//! The report as one page: no network, no file beside it. What it says comes from where the text takes it.
//!
//! One file a part: [`head`], [`verdict`], [`warnings`], [`figures`], [`weeks`], [`shoes`], [`imported`], [`earlier`].
//! [`markup`] escapes whatever is not written in this program.

mod earlier;
mod figures;
mod head;
mod imported;
mod markup;
mod shoes;
mod verdict;
mod warnings;
mod weeks;

use crate::{
    analysis::Analysis,
    import::Import,
    report::charts::{Chart, ChartError, data::ChartData, vectors},
    units::UnitSystem,
};
use markup::Html;

/// Everything that the page shows.
struct Page<'a> {
    import: &'a Import,
    analysis: &'a Analysis,
    units: UnitSystem,
}

/// The whole page; `data` is what the charts draw.
///
/// # Errors
/// A chart cannot be drawn.
pub fn report(
    import: &Import,
    analysis: &Analysis,
    units: UnitSystem,
    data: &ChartData,
) -> Result<String, ChartError> {
    let page = Page { import, analysis, units };
    let mut html = Html::default();
    html.tag("<!DOCTYPE html>\n<html lang=\"en\">\n");
    head::write(&mut html, &page);
    html.tag("<body>\n<main>\n");
    verdict::write(&mut html, &page);
    if !import.runs.is_empty() {
        warnings::write(&mut html, &page);
        let drawn: Result<Vec<_>, ChartError> =
            Chart::ALL.into_iter().map(|chart| Ok((chart, vectors::draw(chart, data)?))).collect();
        figures::write(&mut html, &drawn?);
        weeks::write(&mut html, &page);
        shoes::write(&mut html, &page);
        earlier::write(&mut html, &page);
    }
    imported::write(&mut html, &page);
    html.tag("</main>\n");
    head::write_footer(&mut html, &page);
    head::write_script(&mut html);
    html.tag("</body>\n</html>\n");
    Ok(html.into_text())
}
