//! `treadlight report`: import, print warnings, write the page and charts.

use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;

use super::{ExitStatus, Options, Span, load::load, output, paths};
use crate::report::{
    charts::{self, Chart, PictureScale, data::ChartData, prepare},
    page::{Block, Section, Tone},
    render::{Layout, html, text},
    sections::Medium,
};

/// The name of the text beside the charts.
const WARNINGS_FILE: &str = "warnings.txt";
/// The name of the page that holds everything.
const PAGE_FILE: &str = "report.html";

pub(super) fn run(options: &Options, out: &Path, span: Span, scale: PictureScale) -> Result<ExitStatus> {
    let loaded = load(options)?;
    loaded.tell_about_files(options);
    let weeks = match span {
        Span::Weeks(weeks) => Some(weeks),
        Span::All => None,
    };
    let data = prepare::chart_data(&loaded.import.runs, &loaded.analysis, loaded.units(), weeks);
    let report = loaded.report(Medium::Report);
    let for_files = || {
        let page = html::html(&loaded.report(Medium::Page), loaded.analysis.as_of, &data);
        (page, text::text(&report, Layout::OF_FILES))
    };
    let ((page, in_file), pictures) = rayon::join(for_files, || pictures(&data, scale));
    let page = page.with_context(|| format!("cannot write {PAGE_FILE}"))?;
    let mut files = vec![(PAGE_FILE.to_owned(), page.into_bytes())];
    files.extend(pictures?);
    files.push((WARNINGS_FILE.to_owned(), in_file.into_bytes()));
    output::write_files(out, &files)
        .context("nothing was written; choose another folder with `--out DIR`")?;

    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    if options.quiet {
        output::print_page(&loaded.report(Medium::Quiet), options)?;
    } else {
        let folder = folder_with_slash(&paths::in_report(out, options.with_paths));
        let written = format!("written to {folder}: {}", names.join(" "));
        let mut page = report;
        page.sections.push(Section::apart(vec![Block::text(Tone::Listed, written)]));
        output::print_page(&page, options)?;
    }
    Ok(loaded.status(options))
}

/// Every chart as a PNG file, drawn on all cores.
fn pictures(data: &ChartData, scale: PictureScale) -> Result<Vec<(String, Vec<u8>)>> {
    let drawn: Vec<Chart> = Chart::drawn(data.knee.is_some()).collect();
    let charts = drawn.into_par_iter().map(|chart| {
        let name = chart.file_name();
        let png = charts::draw_scaled(chart, data, scale).and_then(|picture| picture.to_png());
        Ok((name.to_owned(), png.with_context(|| format!("cannot draw {name}"))?))
    });
    charts.collect()
}

fn folder_with_slash(folder: &Path) -> String {
    let name = folder.display().to_string();
    if name.ends_with(std::path::MAIN_SEPARATOR) { name } else { format!("{name}/") }
}
