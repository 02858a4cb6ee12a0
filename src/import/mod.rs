//! The import: folders in, activities out, and a word on every file.
//!
//! [`find`] walks the folders; each file is recognised ([`content`]), read ([`fit`], [`gpx`]) and judged
//! ([`assess`]: [`track`] adds it up, [`sport`] names it) side by side on all cores; [`duplicates`]
//! then sets apart what stands there twice. Nothing here prints, reads a clock or knows polars.

pub mod assess;
pub mod content;
pub mod duplicates;
pub mod find;
pub mod fit;
pub mod gpx;
pub mod skipped;
pub mod sport;
mod timestamp;
pub mod track;

use std::{
    collections::{HashMap, HashSet},
    fs,
    io::Read,
    path::Path,
};

use chrono::NaiveDate;

use assess::{Assessed, Circumstances, assess};
use content::Kind;
use duplicates::Duplicate;
use find::{Found, Source};
use rayon::prelude::*;
use skipped::SkipReason;

use crate::activity::{Activity, Note, Recording};

/// A file larger than this is not read.
const MAX_FILE_BYTES: u64 = 512 << 20;
/// How much of a file tells its kind.
const HEAD_BYTES: u64 = 4096;

/// A file, or one recording of it, that does not count.
#[derive(Clone, Debug, PartialEq)]
pub struct Skipped {
    /// Path inside the folder.
    pub file: String,
    /// Why.
    pub reason: SkipReason,
}

/// Everything that an import found: each activity file stands in at least one of the lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// Activities whose sport is running, by start, then file.
    pub runs: Vec<Activity>,
    /// Activities of other sports, by start, then file.
    pub others: Vec<Activity>,
    /// Activities that another one tells already.
    pub duplicates: Vec<Duplicate>,
    /// What does not count, with the reason.
    pub skipped: Vec<Skipped>,
    /// Files that are no activity files at all.
    pub ignored: usize,
    /// Activity files, whatever came of them.
    pub files: usize,
}

/// What one file came to.
enum Outcome {
    Activities(Vec<Result<Assessed, SkipReason>>),
    Skipped(SkipReason),
    Ignored,
}

/// Reads and judges every file found, side by side; `on_file` is called after each.
#[must_use]
pub fn import(found: &Found, circumstances: Circumstances, on_file: &(dyn Fn() + Sync)) -> Import {
    let outcomes: Vec<Outcome> = found
        .sources
        .par_iter()
        .map(|source| {
            let outcome = import_file(source, circumstances);
            on_file();
            outcome
        })
        .collect();
    let mut import = Import::default();
    let mut assessed = Vec::new();
    for (source, outcome) in found.sources.iter().zip(outcomes) {
        match outcome {
            Outcome::Ignored if is_ours(&source.name) => {}
            Outcome::Ignored => import.ignored += 1,
            Outcome::Skipped(reason) => import.skipped.push(Skipped { file: source.name.clone(), reason }),
            Outcome::Activities(results) => {
                for result in results {
                    match result {
                        Ok(activity) => assessed.push(activity),
                        Err(reason) => import.skipped.push(Skipped { file: source.name.clone(), reason }),
                    }
                }
            }
        }
    }
    for unreachable in &found.unreachable {
        let reason = SkipReason::Unreadable(unreachable.error.clone());
        import.skipped.push(Skipped { file: unreachable.name.clone(), reason });
    }
    import.skipped.sort_by(|a, b| a.file.cmp(&b.file));
    let (mut kept, duplicates) = duplicates::set_apart(assessed);
    name_by_start(&mut kept);
    (import.runs, import.others) = kept.into_iter().partition(Activity::is_run);
    import.duplicates = duplicates;
    import.files = import.files_told();
    import
}

impl Import {
    /// Leaves out every activity that starts after `as_of`, as if it had not been recorded yet;
    /// returns how many.
    pub fn forget_after(&mut self, as_of: NaiveDate) -> usize {
        let count = |import: &Self| import.runs.len() + import.others.len() + import.duplicates.len();
        let before = count(self);
        self.runs.retain(|run| run.local_date() <= as_of);
        self.others.retain(|other| other.local_date() <= as_of);
        self.duplicates.retain(|duplicate| duplicate.activity.local_date() <= as_of);
        self.files = self.files_told();
        before - count(self)
    }

    /// How many files stand in the lists.
    fn files_told(&self) -> usize {
        let activities =
            self.runs.iter().chain(&self.others).chain(self.duplicates.iter().map(|d| &d.activity));
        let names =
            activities.map(|activity| &activity.file).chain(self.skipped.iter().map(|skipped| &skipped.file));
        names.collect::<HashSet<_>>().len()
    }
}

/// Gives every activity (sorted by start) its id.
fn name_by_start(activities: &mut [Activity]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for activity in activities {
        let minute = activity.start.format("%Y-%m-%dT%H:%M").to_string();
        let count = seen.entry(minute.clone()).or_default();
        *count += 1;
        activity.id = if *count == 1 { minute } else { format!("{minute}-{count}") };
    }
}

/// Settings, indexes of exports and our own output: neither activities nor strangers.
fn is_ours(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    matches!(name, "treadlight.toml" | "activities.csv" | "warnings.txt" | "report.html")
}

fn import_file(source: &Source, circumstances: Circumstances) -> Outcome {
    match read_if_activity_file(&source.path, &source.name) {
        Ok(Some(bytes)) => import_bytes(&bytes, &source.name, circumstances),
        Ok(None) => Outcome::Ignored,
        Err(reason) => Outcome::Skipped(reason),
    }
}

/// Reads a file, unless neither its first bytes nor its name look like an activity file.
fn read_if_activity_file(path: &Path, name: &str) -> Result<Option<Vec<u8>>, SkipReason> {
    for _ in 0..2 {
        let before = stamp(path)?;
        let mut file = fs::File::open(path).map_err(unreadable)?;
        let mut bytes = Vec::new();
        file.by_ref().take(HEAD_BYTES).read_to_end(&mut bytes).map_err(unreadable)?;
        if Kind::of_bytes(&bytes).is_none() {
            // its head will not change: the name decides, and no reader needs the rest
            return Ok(Kind::of_name(name).map(|_| bytes));
        }
        if before.0 > MAX_FILE_BYTES {
            return Err(SkipReason::TooLarge { limit_bytes: MAX_FILE_BYTES });
        }
        bytes.reserve_exact(usize::try_from(before.0).unwrap_or_default().saturating_sub(bytes.len()));
        file.take(MAX_FILE_BYTES).read_to_end(&mut bytes).map_err(unreadable)?;
        if stamp(path)? == before && bytes.len() as u64 == before.0 {
            return Ok(Some(bytes));
        }
    }
    Err(SkipReason::Changing)
}

/// Size and modification time: what shows that a file changed under our hands.
fn stamp(path: &Path) -> Result<(u64, Option<std::time::SystemTime>), SkipReason> {
    let metadata = fs::metadata(path).map_err(unreadable)?;
    Ok((metadata.len(), metadata.modified().ok()))
}

#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
fn unreadable(error: std::io::Error) -> SkipReason {
    SkipReason::Unreadable(error.to_string())
}

fn import_bytes(bytes: &[u8], name: &str, circumstances: Circumstances) -> Outcome {
    match read_recordings(bytes, name) {
        Ok(recordings) => Outcome::Activities(
            recordings.into_iter().map(|recording| assess(recording, name, circumstances)).collect(),
        ),
        Err(reason) => Outcome::Skipped(reason),
    }
}

/// Reads the recordings of a FIT or GPX file, packed or not, by its content.
///
/// # Errors
/// The reason why the file holds nothing that counts.
pub fn read_recordings(bytes: &[u8], name: &str) -> Result<Vec<Recording>, SkipReason> {
    match Kind::of_bytes(bytes) {
        Some(Kind::Gzip) => read_gzip(bytes, name),
        Some(kind) => read_plain(kind, bytes),
        None if bytes.is_empty() => Err(SkipReason::EmptyFile),
        None => {
            let expected = Kind::of_name(name).map_or("activity", Kind::label);
            Err(SkipReason::NotWhatItsNameSays { expected })
        }
    }
}

fn read_plain(kind: Kind, bytes: &[u8]) -> Result<Vec<Recording>, SkipReason> {
    match kind {
        Kind::Fit => fit::read_recordings(bytes).map_err(SkipReason::Fit),
        Kind::Gpx => gpx::read_recordings(bytes).map_err(SkipReason::Gpx),
        Kind::Tcx | Kind::Zip | Kind::Gzip => Err(SkipReason::NotYet(kind.label())),
    }
}

fn read_gzip(packed: &[u8], name: &str) -> Result<Vec<Recording>, SkipReason> {
    let unpacked = content::gunzip(packed).map_err(|why| SkipReason::BadGzip(why.into_owned()))?;
    let inner_name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".GZ")).unwrap_or(name);
    let Some(kind) = Kind::of_bytes(&unpacked.bytes) else {
        let expected = Kind::of_name(inner_name).map_or("an activity", Kind::label);
        let why = unpacked.damage.unwrap_or_else(|| format!("its content is not {expected}"));
        return Err(SkipReason::BadGzip(why));
    };
    let mut recordings = read_plain(kind, &unpacked.bytes)?;
    if let (Some(what), Some(last)) = (unpacked.damage, recordings.last_mut()) {
        last.notes.retain(|note| !matches!(note, Note::DamagedAt { .. }));
        last.notes.push(Note::DamagedAt { byte: unpacked.bytes.len(), what: format!("gzip: {what}") });
    }
    Ok(recordings)
}
