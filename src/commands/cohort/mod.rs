//! Many runners: a folder with a sub-folder for each, or one table of all.

mod collect;
mod folder_source;
pub(crate) mod folders;
mod keys;
mod marks;
mod ordered;
mod pipeline;
mod request;
pub(crate) mod runner;
pub(crate) mod side_by_side;
mod sink;
mod sorted;
mod study;
mod table_files;
pub(crate) mod table_runners;

use std::path::PathBuf;

use anyhow::Result;

use super::{ExitStatus, Format, Options, output};
use crate::cohort::schema;
pub use request::{Request, Shard};

/// What `treadlight cohort` can do.
#[derive(Clone, Debug)]
pub enum CohortAction {
    /// Make the tables.
    Make(Request),
    /// Put shards together.
    Collect {
        /// The folder that was `--out`.
        out: PathBuf,
        /// The rest.
        options: Options,
    },
    /// Show the data dictionary.
    Schema {
        /// JSON or Markdown.
        format: Format,
    },
}

pub(super) fn run(action: CohortAction) -> Result<ExitStatus> {
    match action {
        CohortAction::Make(request) => study::run(&request),
        CohortAction::Collect { out, options } => collect::run(&out, &options),
        CohortAction::Schema { format } => {
            let text = match format {
                Format::Json => output::pretty_json(&schema::json())?,
                _ => schema::markdown(),
            };
            output::print(&text, super::ColorChoice::Never)?;
            Ok(ExitStatus::Done)
        }
    }
}
