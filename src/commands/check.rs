//! `treadlight check`: the warnings as text, Markdown or JSON, for cron and mail.

use anyhow::Result;

use super::{ExitStatus, Format, Options, load::load, output};
use crate::report::{
    machine::json,
    markdown,
    text::{self, layout},
    verdict,
};

pub(super) fn run(options: &Options, exit_code: bool, format: Format) -> Result<ExitStatus> {
    let loaded = load(options)?;
    loaded.tell_about_files(options);
    let text = match format {
        Format::Json => output::pretty_json(&json::check(&loaded.analysis, loaded.units()))?,
        // one line whatever the width: what shows notifications wraps them itself
        _ if options.quiet => layout::spelled(&verdict::notification(&loaded.analysis, loaded.units())),
        Format::Markdown => markdown::check(&loaded.import, &loaded.analysis, loaded.units())?,
        _ => layout::finished(&text::check(&loaded.import, &loaded.analysis, loaded.units())?),
    };
    output::print(&text, options.color)?;
    match loaded.status(options) {
        ExitStatus::Done if exit_code && loaded.analysis.asks_to_act() => Ok(ExitStatus::WarningsActive),
        status => Ok(status),
    }
}
