//! `treadlight shoes`: pairs, distance, window, when to replace them.

use anyhow::Result;

use super::{ExitStatus, Format, Options, load::load, output};
use crate::report::{json, text};

pub(super) fn run(options: &Options, format: Format) -> Result<ExitStatus> {
    let loaded = load(options)?;
    loaded.tell_about_files(options);
    let text = if format == Format::Json {
        output::pretty_json(&json::shoes(&loaded.analysis))?
    } else {
        let mut text = String::new();
        text::shoes::write_table(&mut text, &loaded.analysis, loaded.units())?;
        text
    };
    output::print(&text, options.color)?;
    Ok(loaded.status(options))
}
