//! `treadlight help exports`: which services' exports are read, what of each, and how to get them; made from the table.

use std::fmt::Write;

use anyhow::Result;

use super::{ColorChoice, ExitStatus, output::print};
use crate::import::services::SERVICES;

pub(super) fn run() -> Result<ExitStatus> {
    print(&list(), ColorChoice::Auto)?;
    Ok(ExitStatus::Done)
}

/// Every service with what is read of its export, and how to get that.
#[must_use]
pub fn list() -> String {
    let mut list =
        "Exports that are read, as a folder or as the zip that the service sends. Point treadlight at it.\n"
            .to_owned();
    for service in SERVICES {
        // writing to a String never fails
        let _ = write!(
            list,
            "\n{}\n  Read: {}.\n  Get it: {}.\n",
            service.name, service.reads, service.how_to_export
        );
    }
    list
}
