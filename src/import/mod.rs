//! The import: folders in, activities out, and a word on every file.
//!
//! [`find`] walks the folders; each file is opened ([`unpack`]: gzip, zip) and recognised ([`content`]), read
//! ([`fit`], [`gpx`], [`tcx`]) and judged ([`assess`]: [`track`] adds it up, [`sport`] names it) side by side on all
//! cores; [`duplicates`] then sets apart what stands there twice. Nothing here prints, reads a clock or knows polars.

pub mod assess;
pub mod content;
pub mod duplicates;
pub mod find;
pub mod fit;
pub mod gpx;
pub mod skipped;
pub mod sport;
pub mod tcx;
mod timestamp;
pub mod track;
pub mod unpack;
mod xml;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use assess::{Assessed, Circumstances, assess};
use content::Kind;
use duplicates::Duplicate;
use find::Found;
use rayon::prelude::*;
use skipped::SkipReason;
use unpack::{ActivityFile, Named, Unpacked};

use crate::activity::{Activity, Note, Recording};

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

/// What one file, or one member of an archive, came to.
enum Outcome {
    Activities(Vec<Result<Assessed, SkipReason>>),
    Skipped(SkipReason),
    Ignored,
}

/// Reads and judges every file found, side by side; `on_file` is called after each.
#[must_use]
pub fn import(found: &Found, circumstances: Circumstances, on_file: &(dyn Fn() + Sync)) -> Import {
    let outcomes: Vec<Vec<Named<Outcome>>> = found
        .sources
        .par_iter()
        .map(|source| {
            let outcomes = unpack::unpack(source, &|named| judge(named, circumstances));
            on_file();
            outcomes
        })
        .collect();
    let mut import = Import::default();
    let mut assessed = Vec::new();
    for Named { name, value } in outcomes.into_iter().flatten() {
        match value {
            Outcome::Ignored if is_ours(&name) => {}
            Outcome::Ignored => import.ignored += 1,
            Outcome::Skipped(reason) => import.skipped.push(Skipped { file: name, reason }),
            Outcome::Activities(results) => {
                for result in results {
                    match result {
                        Ok(activity) => assessed.push(activity),
                        Err(reason) => import.skipped.push(Skipped { file: name.clone(), reason }),
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

/// Judges everything that stands under one name.
fn judge(found: Named<Unpacked>, circumstances: Circumstances) -> Named<Outcome> {
    let Named { name, value } = found;
    let value = match value {
        Unpacked::Stranger => Outcome::Ignored,
        Unpacked::Skipped(reason) => Outcome::Skipped(reason),
        Unpacked::Activity(file) => match recordings_of(&file) {
            Ok(recordings) => Outcome::Activities(
                recordings.into_iter().map(|recording| assess(recording, &name, circumstances)).collect(),
            ),
            Err(reason) => Outcome::Skipped(reason),
        },
    };
    Named { name, value }
}

/// Reads the recordings of a FIT, GPX or TCX file, in gzip or not, by its content.
///
/// # Errors
/// The reason why the file holds nothing that counts.
pub fn read_recordings(bytes: &[u8], name: &str) -> Result<Vec<Recording>, SkipReason> {
    match unpack::recognize(bytes.to_vec(), name) {
        Unpacked::Activity(file) => recordings_of(&file),
        Unpacked::Skipped(reason) => Err(reason),
        Unpacked::Stranger => Err(SkipReason::NotWhatItsNameSays { expected: "activity" }),
    }
}

fn recordings_of(file: &ActivityFile) -> Result<Vec<Recording>, SkipReason> {
    let mut recordings = match file.kind {
        Kind::Fit => fit::read_recordings(&file.bytes).map_err(SkipReason::Fit),
        Kind::Gpx => gpx::read_recordings(&file.bytes).map_err(SkipReason::Gpx),
        Kind::Tcx => tcx::read_recordings(&file.bytes).map_err(SkipReason::Tcx),
        Kind::Zip | Kind::Gzip => Err(SkipReason::NotWhatItsNameSays { expected: "activity" }),
    }?;
    if let (Some(what), Some(last)) = (&file.damage, recordings.last_mut()) {
        // the reader saw only the consequence
        last.notes.retain(|note| !matches!(note, Note::DamagedAt { .. }));
        last.notes.push(Note::DamagedAt { byte: file.bytes.len(), what: what.clone() });
    }
    Ok(recordings)
}
