//! `treadlight completions`: what a shell reads to complete commands and options, on stdout.

use anyhow::Result;

use super::{ColorChoice, ExitStatus, output::print};

pub(super) fn run(script: &str) -> Result<ExitStatus> {
    print(script, ColorChoice::Auto)?;
    Ok(ExitStatus::Done)
}
