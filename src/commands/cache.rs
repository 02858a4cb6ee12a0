//! `treadlight cache`, and the files that the cache of the import is kept in: one for each root folder.
//!
//! A cache is never needed. Whatever goes wrong with its files is worth a word with `-v` only.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use tempfile::NamedTempFile;

use super::{
    ColorChoice, ExitStatus, Options, environment,
    output::{self, notice},
};
use crate::{
    dates,
    import::{
        cache::{self, Cache, Memory, judged::Judged},
        files::stamp,
    },
};

/// How every cache file ends.
const ENDING: &str = "treadlight-cache";
/// How every file ends that remembers what all files of some folders came to together.
const JUDGED_ENDING: &str = "treadlight-judged";
/// How every file ends that remembers what was said of files.
pub(super) const SAID_ENDING: &str = "treadlight-said";
/// A larger cache is not read: a hundred thousand runs take less.
const MAX_BYTES: u64 = 256 << 20;

/// What to do with the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheAction {
    /// Say where it lies and how large it is.
    Info,
    /// Delete it.
    Clear,
}

/// The folder that holds the caches of all root folders.
pub(super) struct Store {
    /// None if nothing is to be remembered.
    folder: Option<PathBuf>,
    verbose: bool,
}

impl Store {
    /// The user's own; `--no-cache` turns it off.
    pub(super) fn of_user(options: &Options) -> Self {
        let folder = environment::user_cache().filter(|_| !options.no_cache);
        Self { folder, verbose: options.verbose }
    }

    /// Where the caches lie, if anything is to be remembered.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// What is remembered of the folders; `began` is a time before they are walked.
    pub(super) fn memory(&self, folders: &[PathBuf], began: DateTime<Utc>) -> Memory {
        let Some(began_ns) = stamp::unix_ns(began.into()) else { return Memory::none() };
        let caches = folders.iter().map(|folder| {
            let root = full_path(folder)?;
            let file = self.folder.as_ref()?.join(file_name(&root));
            let cache = read(&file).ok().and_then(|bytes| Cache::from_bytes(bytes, &root).ok());
            if self.verbose {
                let files = cache.as_ref().map_or(0, Cache::files);
                notice(&format!("cache: {} ({files} files)", file.display()));
            }
            Some((root, cache.unwrap_or_default()))
        });
        Memory::new(caches.collect(), began_ns)
    }

    /// The full paths of the folders; those of single files are left out.
    pub(super) fn roots(folders: &[PathBuf]) -> Vec<String> {
        folders.iter().filter_map(|folder| full_path(folder)).collect()
    }

    /// What the files of the folders came to together, the last time that this was written down.
    pub(super) fn judged(&self, folders: &[PathBuf]) -> Option<Judged> {
        let file = self.judged_file(folders)?;
        let judged = Judged::from_bytes(&read(&file).ok()?).ok()?;
        if self.verbose {
            notice(&format!("cache: {} ({} files)", file.display(), judged.files()));
        }
        Some(judged)
    }

    /// Where it is written; nowhere if one of the folders is a single file.
    fn judged_file(&self, folders: &[PathBuf]) -> Option<PathBuf> {
        let roots = Self::roots(folders);
        let store = self.folder.as_ref().filter(|_| roots.len() == folders.len())?;
        Some(store.join(format!("{:016x}.{JUDGED_ENDING}", folder_hash(&roots.join("\n")))))
    }

    /// Writes what is new. Two processes at once both write a whole file, and the last one stays.
    pub(super) fn keep(&self, folders: &[PathBuf], renewed: &[(usize, Vec<u8>)]) {
        let Some(store) = &self.folder else { return };
        for (root, bytes) in renewed {
            let Some(root) = folders.get(*root).and_then(|folder| full_path(folder)) else { continue };
            self.write(&store.join(file_name(&root)), bytes);
        }
    }

    /// Writes what all files came to together.
    pub(super) fn keep_judged(&self, folders: &[PathBuf], bytes: &[u8]) {
        if let Some(file) = self.judged_file(folders) {
            self.write(&file, bytes);
        }
    }

    fn write(&self, file: &Path, bytes: &[u8]) {
        if let Err(error) = write_unless_it_fails(file, bytes)
            && self.verbose
        {
            notice(&format!("notice: nothing is remembered for the next time: {error:#}"));
        }
    }
}

/// Writes a file under another name first. It need not be on the disk yet: its checksum tells if a crash has broken it.
fn write_unless_it_fails(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().context("a cache without a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    let cannot = || format!("cannot write `{}`", path.display());
    let mut file = NamedTempFile::new_in(folder).with_context(cannot)?;
    file.write_all(bytes).with_context(cannot)?;
    file.persist(path).with_context(cannot)?;
    Ok(())
}

/// The full path of a root folder; `None` for a single file, which is not worth a cache.
fn full_path(folder: &Path) -> Option<String> {
    let full = folder.canonicalize().ok().filter(|full| full.is_dir())?;
    full.to_str().map(str::to_owned)
}

/// A name for a root folder's cache: a hash of its path. Two folders of one hash would take turns, no more.
fn file_name(root: &str) -> String {
    format!("{:016x}.{ENDING}", folder_hash(root))
}

/// FNV-1a of a path.
pub(super) fn folder_hash(path: &str) -> u64 {
    path.bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(file)?;
    let bytes = file.metadata()?.len();
    if bytes > MAX_BYTES {
        return Err(io::Error::other("larger than any cache"));
    }
    let mut content = Vec::with_capacity(usize::try_from(bytes).unwrap_or_default());
    file.take(MAX_BYTES).read_to_end(&mut content)?;
    Ok(content)
}

/// Runs `treadlight cache info` or `treadlight cache clear`.
pub(super) fn run(action: CacheAction) -> Result<ExitStatus> {
    let folder = environment::user_cache().context("cannot find your cache folder: is HOME set?")?;
    let caches = files(&folder, ENDING)?;
    let text = match action {
        CacheAction::Info => info(&folder, &caches),
        CacheAction::Clear => {
            delete(&files(&folder, SAID_ENDING)?)?;
            delete(&files(&folder, JUDGED_ENDING)?)?;
            clear(&folder, &caches)?
        }
    };
    output::print(&text, ColorChoice::Auto)?;
    Ok(ExitStatus::Done)
}

/// The files of an ending in the cache folder, by name.
pub(super) fn files(folder: &Path, wanted: &str) -> Result<Vec<PathBuf>> {
    let cannot = || format!("cannot look into the cache folder `{}`", folder.display());
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(cannot),
    };
    let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>();
    let mut files = paths.with_context(cannot)?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == wanted));
    files.sort();
    Ok(files)
}

fn info(folder: &Path, files: &[PathBuf]) -> String {
    if files.is_empty() {
        return format!("nothing is cached in {}\n", folder.display());
    }
    let mut text = format!("cache in {}\n", folder.display());
    for file in files {
        let described = read(file).map_err(|error| error.to_string()).and_then(|bytes| {
            let (root, files) = cache::describe(&bytes).map_err(|error| error.to_string())?;
            let s = if files == 1 { "" } else { "s" };
            Ok(format!("{root}: {files} file{s}, {} kB", bytes.len().div_ceil(1000)))
        });
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let line = described.unwrap_or_else(|why| format!("{name}: {why}; the next run replaces it"));
        let day = fs::metadata(file).and_then(|metadata| metadata.modified()).map(local_day);
        let written = day.map(|day| format!(", written {day}")).unwrap_or_default();
        text.push_str(&format!("  {line}{written}\n"));
    }
    text
}

fn local_day(time: SystemTime) -> String {
    dates::long(DateTime::<Utc>::from(time).with_timezone(&environment::system_zone()).date_naive())
}

fn delete(files: &[PathBuf]) -> Result<()> {
    for file in files {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot delete `{}`", file.display()));
            }
            _ => {}
        }
    }
    Ok(())
}

fn clear(folder: &Path, files: &[PathBuf]) -> Result<String> {
    delete(files)?;
    let what = match files.len() {
        0 => "nothing was cached".to_owned(),
        1 => "the cache of 1 folder is deleted".to_owned(),
        n => format!("the caches of {n} folders are deleted"),
    };
    Ok(format!("{what} ({}): the next run reads every file again\n", folder.display()))
}
