//! `treadlight runs`: what was imported, and what was not, with the reason.

use std::path::Path;

use anyhow::{Result, bail};

use super::{ExitStatus, Format, Options, load::load_tables, output, table_file};
use crate::{
    columns::csv,
    report::{
        machine::{self, json},
        sections,
    },
};

/// Which list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunList {
    /// Every run.
    Runs,
    /// What did not count.
    Skipped,
    /// Runs of which something was guessed or put right.
    Suspicious,
}

pub(super) fn run(
    options: &Options,
    format: Format,
    file: Option<&Path>,
    list: RunList,
) -> Result<ExitStatus> {
    match (list, format) {
        (RunList::Skipped, Format::Json | Format::Csv | Format::Parquet) => {
            bail!(
                "`--skipped` is for the table: `--format json` lists everything, CSV and Parquet hold the runs only"
            )
        }
        (RunList::Suspicious, Format::Csv | Format::Parquet) => {
            bail!(
                "`--suspicious` is for the table and for `--format json`: CSV and Parquet hold the runs only"
            )
        }
        _ => {}
    }
    table_file::needed(format, file)?;
    let loaded = load_tables(options)?;
    loaded.tell_about_exports(options);
    let text = match (format, list) {
        (Format::Parquet, _) => {
            table_file::write("runs", machine::runs(&loaded.import, &loaded.analysis), file)?;
            return Ok(loaded.status(options));
        }
        (Format::Json, RunList::Suspicious) => output::pretty_json(&json::suspicious(&loaded.import))?,
        (Format::Json, _) => output::pretty_json(&json::runs(&loaded.import, &loaded.analysis))?,
        (Format::Csv, _) => csv::table(machine::runs(&loaded.import, &loaded.analysis))?,
        (Format::Text | Format::Markdown | Format::Ics, _) => {
            let (import, units) = (&loaded.import, loaded.units());
            let page = match list {
                RunList::Runs => sections::runs::runs(import, &loaded.analysis.cadence, units),
                RunList::Skipped => sections::runs::skipped(import, units),
                RunList::Suspicious => sections::runs::suspicious(import, units),
            };
            output::laid_out(&page, options, file)
        }
    };
    output::print_or_write(&text, options.color, file)?;
    Ok(loaded.status(options))
}
