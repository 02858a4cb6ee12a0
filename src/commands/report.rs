//! `treadlight report`: import, print warnings, write the page and charts.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rayon::prelude::*;

use super::{
    ExitStatus, Options, Span, browser,
    load::{Loaded, load_tables},
    output, paths,
};
use crate::{
    analysis::Analysis,
    report::{
        charts::{self, Chart, PictureScale, data::ChartData, prepare},
        machine::ics,
        page::{Block, Section, Tone},
        render::{Layout, html, text},
        sections::Medium,
    },
};

/// The name of the text beside the charts.
const WARNINGS_FILE: &str = "warnings.txt";
/// The name of the page that holds everything.
const PAGE_FILE: &str = "report.html";

/// What `report` writes.
#[derive(Clone, Debug)]
pub struct Report {
    /// The folder for page, charts and text.
    pub out: PathBuf,
    /// How many weeks the charts show.
    pub span: Span,
    /// The size of the pictures.
    pub scale: PictureScale,
    /// The calendar that is written too.
    pub ics: Option<PathBuf>,
    /// Whether the page is shown in the browser.
    pub open: bool,
}

pub(super) fn run(options: &Options, of: &Report) -> Result<ExitStatus> {
    let loaded = load_tables(options)?;
    loaded.tell_about_files(options);
    let files = files(&loaded, of)?;
    output::write_files(&of.out, &files)
        .context("nothing was written; choose another folder with `--out DIR`")?;
    print(&loaded, options, of, &files)?;
    if let Some(file) = &of.ics {
        let calendar = ics::calendar(&loaded.analysis, loaded.units());
        output::write_file(file, calendar.as_bytes())
            .context("the report was written, the calendar was not; name another file with `--ics FILE`")?;
    }
    if of.open {
        browser::show(&of.out.join(PAGE_FILE));
    }
    Ok(loaded.status(options))
}

/// Every file of the report by its name.
fn files(loaded: &Loaded, of: &Report) -> Result<Vec<(String, Vec<u8>)>> {
    let weeks = match of.span {
        Span::Weeks(weeks) => Some(weeks),
        Span::All => None,
    };
    let data = prepare::chart_data(&loaded.import.runs, &loaded.analysis, loaded.units(), weeks);
    let for_files = || {
        let page = html::html(&loaded.report(Medium::Page), loaded.analysis.as_of, &data);
        (page, text::text(&loaded.report(Medium::Report), Layout::OF_FILES))
    };
    let ((page, in_file), pictures) = rayon::join(for_files, || pictures(&loaded.analysis, &data, of.scale));
    let page = page.with_context(|| format!("cannot write {PAGE_FILE}"))?;
    let mut files = vec![(PAGE_FILE.to_owned(), page.into_bytes())];
    files.extend(pictures?);
    files.push((WARNINGS_FILE.to_owned(), in_file.into_bytes()));
    Ok(files)
}

/// The report as text, and where the files are.
fn print(loaded: &Loaded, options: &Options, of: &Report, files: &[(String, Vec<u8>)]) -> Result<()> {
    if options.quiet {
        return output::print_page(&loaded.report(Medium::Quiet), options);
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let folder = folder_with_slash(&paths::in_report(&of.out, options.with_paths));
    let written = format!("written to {folder}: {}", names.join(" "));
    let mut page = loaded.report(Medium::Report);
    page.sections.push(Section::apart(vec![Block::text(Tone::Listed, written)]));
    output::print_page(&page, options)
}

/// Every chart as a PNG file, drawn on all cores.
fn pictures(analysis: &Analysis, data: &ChartData, scale: PictureScale) -> Result<Vec<(String, Vec<u8>)>> {
    let drawn: Vec<Chart> = Chart::drawn(analysis).collect();
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
