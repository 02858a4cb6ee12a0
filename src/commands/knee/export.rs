//! `treadlight knee export`: every row as it counts, as CSV that is a diary again, or as JSON.

use std::path::Path;

use anyhow::Result;

use super::{
    super::{ExitStatus, Format, Options, output},
    load_knee,
};
use crate::{knee::diary::Sheet, report::machine::knee as machine};

pub(super) fn run(format: Format, out: Option<&Path>, options: &Options) -> Result<ExitStatus> {
    let loaded = load_knee(options)?;
    let knee = loaded.knee();
    let text = if format == Format::Json {
        output::pretty_json(&machine::rows(knee))?
    } else {
        let mut sheet = Sheet::parse("");
        for row in machine::cells(knee) {
            sheet.append(&row);
        }
        sheet.to_string()
    };
    output::print_or_write(&text, options.color, out)?;
    Ok(ExitStatus::Done)
}
