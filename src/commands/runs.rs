//! `treadlight runs`: what was imported, and what was not, with the reason.

use std::path::Path;

use anyhow::{Result, bail};

use super::{ExitStatus, Format, Options, load::load, output};
use crate::report::{
    machine::{self, csv, json},
    text,
};

pub(super) fn run(
    options: &Options,
    format: Format,
    file: Option<&Path>,
    skipped: bool,
) -> Result<ExitStatus> {
    if skipped && format != Format::Text {
        bail!("`--skipped` is for the table: `--format json` lists everything, CSV holds the runs only");
    }
    let loaded = load(options)?;
    let text = match format {
        Format::Json => output::pretty_json(&json::runs(&loaded.import, &loaded.analysis))?,
        Format::Csv => csv::table(machine::runs(&loaded.import, &loaded.analysis))?,
        Format::Text | Format::Markdown => output::laid_out(file, || {
            let table = if skipped { text::runs::skipped } else { text::runs::runs };
            table(&loaded.import, loaded.units())
        })?,
    };
    output::print_or_write(&text, options.color, file)?;
    Ok(loaded.status(options))
}
