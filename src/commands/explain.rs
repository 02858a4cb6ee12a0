//! `treadlight explain`: why a file counts as it does.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::{ExitStatus, Options, load::load, output};
use crate::{
    report::text::explain::{Found, explain},
    settings::nearest,
};

pub(super) fn run(options: &Options, mut paths: Vec<PathBuf>) -> Result<ExitStatus> {
    let what = paths.pop().context("name a file or the id of a run")?;
    let options = Options { folders: paths, ..options.clone() };
    let loaded = load(&options)?;
    let inside = options.folders.iter().find_map(|folder| what.strip_prefix(folder).ok()).unwrap_or(&what);
    let name = inside.to_string_lossy().replace('\\', "/");
    let found = Found::find(&loaded.import, &name, |run| loaded.analysis.shoe_of(run));
    if found.is_empty() {
        let files: Vec<&str> = loaded.import.names().collect();
        let hint = nearest(&name, &files).map_or_else(
            || "`treadlight runs` and `treadlight runs --skipped` list all".to_owned(),
            |file| format!("did you mean `{file}`?"),
        );
        bail!("`{name}` is no file or run that was imported: {hint}");
    }
    output::print(&explain(&loaded.import, &found, loaded.units())?, options.color)?;
    Ok(ExitStatus::Done)
}
