//! `treadlight check`: the warnings as text, Markdown or JSON, for cron and mail.

use anyhow::{Result, bail};

use super::{
    ExitStatus, Format, Options, environment,
    load::{Loaded, load},
    notify, output,
};
use crate::report::{
    machine::{front_matter, json},
    render::{markdown, text},
    sections::Medium,
};

/// What `check` shows and does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// Whether the exit code says that something is active.
    pub exit_code: bool,
    /// Whether every warning is shown.
    pub all: bool,
    /// How it is printed.
    pub format: Format,
    /// Whether Markdown has properties on top.
    pub front_matter: bool,
    /// Whether what is new goes to the runner's program.
    pub notify: Notify,
}

/// What becomes of messages that were not reported yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notify {
    /// Nothing.
    #[default]
    No,
    /// They are handed to the program of the settings.
    Report,
    /// They are shown in place of everything else.
    Preview,
}

pub(super) fn run(options: &Options, check: Check) -> Result<ExitStatus> {
    if check.front_matter && check.format != Format::Markdown {
        bail!("`--front-matter` stands on top of a note: add `--format markdown`");
    }
    let loaded = load(options)?;
    loaded.tell_about_files(options);
    if check.notify == Notify::Preview {
        output::print_page(&notify::preview(&loaded)?, options)?;
        return Ok(loaded.status(options));
    }
    output::print(&text(&loaded, options, check)?, options.color)?;
    let waiting = if check.notify == Notify::Report { notify::report(&loaded)?.waiting } else { 0 };
    match loaded.status(options) {
        _ if waiting > 0 && options.strict => Ok(ExitStatus::Failed),
        ExitStatus::Done if check.exit_code && loaded.analysis.asks_to_act() => {
            Ok(ExitStatus::WarningsActive)
        }
        status => Ok(status),
    }
}

fn text(loaded: &Loaded, options: &Options, check: Check) -> Result<String> {
    Ok(match check.format {
        Format::Json => output::pretty_json(&json::check(&loaded.analysis, loaded.units()))?,
        // lines whatever the width: what shows notifications wraps them itself
        _ if options.quiet => {
            let layout = environment::layout(options.ascii);
            loaded.notification().iter().map(|line| text::line(line, layout)).collect()
        }
        Format::Markdown => {
            let note = markdown::markdown(&loaded.report(Medium::Mail));
            let properties = || front_matter::front_matter(&loaded.analysis, loaded.units());
            if check.front_matter { properties() + &note } else { note }
        }
        _ => {
            let report =
                if check.all { loaded.whole_report(Medium::Check) } else { loaded.report(Medium::Check) };
            text::text(&report, environment::layout(options.ascii))
        }
    })
}
