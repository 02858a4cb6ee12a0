//! `treadlight check`: the warnings as text, Markdown or JSON, for cron and mail.

use anyhow::Result;

use super::{ExitStatus, Format, Options, environment, load::load, output};
use crate::report::{
    machine::json,
    render::{markdown, text},
    sections::Medium,
};

pub(super) fn run(options: &Options, exit_code: bool, all: bool, format: Format) -> Result<ExitStatus> {
    let loaded = load(options)?;
    loaded.tell_about_files(options);
    let text = match format {
        Format::Json => output::pretty_json(&json::check(&loaded.analysis, loaded.units()))?,
        // lines whatever the width: what shows notifications wraps them itself
        _ if options.quiet => {
            let layout = environment::layout(options.ascii);
            loaded.notification().iter().map(|line| text::line(line, layout)).collect()
        }
        Format::Markdown => markdown::markdown(&loaded.report(Medium::Mail)),
        _ => {
            let report = if all { loaded.whole_report(Medium::Check) } else { loaded.report(Medium::Check) };
            text::text(&report, environment::layout(options.ascii))
        }
    };
    output::print(&text, options.color)?;
    match loaded.status(options) {
        ExitStatus::Done if exit_code && loaded.analysis.asks_to_act() => Ok(ExitStatus::WarningsActive),
        status => Ok(status),
    }
}
