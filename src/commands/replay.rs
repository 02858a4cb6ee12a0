//! `treadlight replay`: how often every rule would have warned on one's own history.

use anyhow::Result;

use super::{ExitStatus, Options, load::load, output};
use crate::{analysis::replay::replay, report::sections};

pub(super) fn run(options: &Options, weeks: u64) -> Result<ExitStatus> {
    let loaded = load(options)?;
    loaded.tell_about_files(options);
    output::print_page(&sections::replay::page(&replay(&loaded.analysis, weeks)), options)?;
    Ok(loaded.status(options))
}
