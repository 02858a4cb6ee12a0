//! `treadlight replay`: how often every rule would have warned on one's own history.

use anyhow::Result;

use super::{ExitStatus, Options, load::load, output};
use crate::{analysis::replay::replay, report::text};

pub(super) fn run(options: &Options, weeks: u64) -> Result<ExitStatus> {
    let loaded = load(options)?;
    loaded.tell_about_files(options);
    let text = text::replay::replay(&replay(&loaded.analysis, weeks))?;
    output::print_text(&text, options.color)?;
    Ok(loaded.status(options))
}
