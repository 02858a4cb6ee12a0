//! Where output goes: stdout for the product, stderr for notices and errors, files written whole or not at all.

use std::{
    fs::{self, Permissions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use anstream::AutoStream;
use anyhow::{Context, Result};
use tempfile::NamedTempFile;

use super::{
    ColorChoice, Options,
    disk::{Disk, System},
    environment,
};
use crate::report::{
    page::Page,
    render::{Layout, text},
};

/// Prints to stdout, colours as asked for.
pub(super) fn print(text: &str, color: ColorChoice) -> Result<()> {
    let choice = match color {
        ColorChoice::Auto => anstream::AutoStream::choice(&io::stdout()),
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    };
    let mut stdout = AutoStream::new(io::stdout().lock(), choice);
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).context("cannot write to standard output")
}

/// Prints a page for people, as wide as their terminal and in the signs that it shows.
pub(super) fn print_page(page: &Page, options: &Options) -> Result<()> {
    print(&text::text(page, environment::layout(options.ascii)), options.color)
}

/// A page for people: as wide as their terminal, or as files are where it goes into one.
pub(super) fn laid_out(page: &Page, options: &Options, file: Option<&Path>) -> String {
    let layout = if file.is_some() { Layout::OF_FILES } else { environment::layout(options.ascii) };
    text::text(page, layout)
}

/// Prints to stdout or, where asked for, into a file.
pub(super) fn print_or_write(text: &str, color: ColorChoice, file: Option<&Path>) -> Result<()> {
    match file {
        Some(file) => write_file(file, text.as_bytes()),
        None => print(text, color),
    }
}

/// JSON for machines that people can read too.
pub(super) fn pretty_json(document: &impl serde::Serialize) -> Result<String> {
    let text = serde_json::to_string_pretty(document).context("cannot write JSON")?;
    Ok(format!("{text}\n"))
}

/// A notice on stderr: about this run of treadlight, not about the runner.
pub(super) fn notice(text: &str) {
    // where stderr is closed there is nobody to tell
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// An error with its causes.
pub(super) fn print_error(error: &anyhow::Error) {
    notice(&format!("error: {error:#}"));
}

/// Whether the reader of our output went away (`treadlight runs | head`): no failure of ours.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let is_pipe = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    };
    error.chain().any(is_pipe)
}

/// Writes a file whole or not at all.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Staged::new(&System, folder, path, bytes, None)?.publish(&System)
}

/// Writes several files into a folder (made if need be): all are written before the first one appears.
pub(super) fn write_files(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    let staged: Vec<Staged> = files
        .iter()
        .map(|(name, bytes)| Staged::new(&System, folder, &folder.join(name), bytes, None))
        .collect::<Result<_>>()?;
    staged.into_iter().try_for_each(|file| file.publish(&System))
}

/// A file written under another name in the same folder, waiting to take its own.
pub(super) struct Staged {
    file: NamedTempFile,
    path: PathBuf,
}

impl Staged {
    /// Writes it, with the permissions of the file that it is to replace, if there is one.
    pub(super) fn new(
        disk: &impl Disk,
        folder: &Path,
        path: &Path,
        bytes: &[u8],
        permissions: Option<Permissions>,
    ) -> Result<Self> {
        let cannot = || format!("cannot write `{}`", path.display());
        let mut file = disk.create(folder).with_context(cannot)?;
        disk.write(file.as_file_mut(), bytes).with_context(cannot)?;
        if let Some(permissions) = permissions {
            disk.allow(file.as_file(), permissions).with_context(cannot)?;
        }
        disk.sync(file.as_file()).with_context(cannot)?;
        Ok(Self { file, path: path.to_owned() })
    }

    /// Takes the place of what has its name.
    pub(super) fn publish(self, disk: &impl Disk) -> Result<()> {
        let cannot = || format!("cannot write `{}`", self.path.display());
        disk.rename(self.file, &self.path).with_context(cannot)
    }

    /// Takes its name, if nothing has it.
    pub(super) fn claim(self, disk: &impl Disk) -> Result<()> {
        let cannot = || format!("cannot write `{}`", self.path.display());
        disk.claim(self.file, &self.path).with_context(cannot)
    }
}
