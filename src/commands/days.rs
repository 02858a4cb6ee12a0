//! `treadlight days`: the table of calendar days.

use std::path::Path;

use anyhow::Result;

use super::{ExitStatus, Format, Options, load::load_tables, output, table_file};
use crate::{
    columns::csv,
    report::{
        machine::{self, json},
        sections,
    },
};

pub(super) fn run(options: &Options, format: Format, file: Option<&Path>) -> Result<ExitStatus> {
    table_file::needed(format, file)?;
    let loaded = load_tables(options)?;
    loaded.tell_about_files(options);
    let text = match format {
        Format::Parquet => {
            table_file::write("days", machine::days(&loaded.analysis), file)?;
            return Ok(loaded.status(options));
        }
        Format::Json => output::pretty_json(&json::days(&loaded.analysis))?,
        Format::Csv => csv::table(machine::days(&loaded.analysis))?,
        Format::Text | Format::Markdown | Format::Ics => {
            output::laid_out(&sections::days::all(&loaded.analysis, loaded.units()), options, file)
        }
    };
    output::print_or_write(&text, options.color, file)?;
    Ok(loaded.status(options))
}
