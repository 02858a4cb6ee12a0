//! `treadlight man`: the manual's main page on stdout, or a page for every command in a folder.

use std::path::Path;

use anyhow::Result;

use super::{
    ColorChoice, ExitStatus,
    output::{print, write_files},
};

/// A page of the manual.
#[derive(Clone, Debug)]
pub struct ManPage {
    /// As `man` looks for it, such as `treadlight-report.1`.
    pub file_name: String,
    /// In roff.
    pub text: String,
}

pub(super) fn run(pages: Vec<ManPage>, out: Option<&Path>) -> Result<ExitStatus> {
    match out {
        None => pages.iter().take(1).try_for_each(|main| print(&main.text, ColorChoice::Auto))?,
        Some(folder) => write(pages, folder)?,
    }
    Ok(ExitStatus::Done)
}

fn write(pages: Vec<ManPage>, folder: &Path) -> Result<()> {
    let files: Vec<_> = pages.into_iter().map(|page| (page.file_name, page.text.into_bytes())).collect();
    write_files(folder, &files)?;
    print(&format!("{} pages in {}\n", files.len(), folder.display()), ColorChoice::Auto)
}
