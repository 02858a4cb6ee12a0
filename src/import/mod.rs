//! The import: folders in, activities out, and a word on every file.
//!
//! 1. [`find`] walks the folders. Each file is opened ([`unpack`]: gzip, zip), recognised ([`content`]), read
//!    ([`fit`], [`gpx`], [`tcx`]) and added up ([`measure`]: `clean`, [`track`]) side by side on all cores; of its points
//!    nothing is kept but a sample (`fingerprint`).
//!    What a file came to is remembered ([`cache`]), and a file that is still the same ([`stamp`]) is not read again.
//! 2. An [`index`] of an export says more of its activities, or tells of some that have no file.
//! 3. [`assess`] decides sport ([`sport`]), distance and local day (`zone`) of each.
//! 4. [`duplicates`] sets apart what stands there twice; `corrections` are the runner's own word.
//!
//! Nothing here prints, reads a clock or knows polars.

mod archive;
pub mod assess;
pub mod cache;
mod clean;
pub mod content;
mod corrections;
pub mod duplicates;
pub mod find;
mod fingerprint;
pub mod fit;
pub mod gpx;
pub mod index;
pub mod measure;
pub mod skipped;
pub mod sport;
pub mod stamp;
pub mod tcx;
mod timestamp;
mod totals;
pub mod track;
pub mod unpack;
mod xml;
mod zone;

use std::{
    collections::{HashMap, HashSet},
    sync::atomic::AtomicBool,
};

use chrono::NaiveDate;

use assess::{Circumstances, assess, base_name, refuse_the_impossible};
use cache::{Fate, Memory, clock::Clocks};
use content::Kind;
use duplicates::Duplicate;
use find::{Found, Source};
use index::{IndexError, join::join};
use measure::{Measured, is_possible_start, measure};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use skipped::SkipReason;
use unpack::{ActivityFile, Named, Unpacked};

use crate::{
    activity::{Activity, Format, Note, Recording},
    settings::RunSettings,
};

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
    /// What went wrong with indexes and corrections, a sentence each.
    pub notices: Vec<String>,
}

/// What one file, or one member of an archive, came to: what the cache keeps.
#[derive(Serialize, Deserialize)]
enum Outcome {
    Recordings(Vec<Result<Measured, SkipReason>>),
    Index(Box<Result<index::Part, IndexError>>),
    Skipped(SkipReason),
    Ignored,
}

/// Reads, measures and judges every file found; `on_file` is called after each. `corrections` are the runner's own word.
#[must_use]
pub fn import(
    found: &Found,
    circumstances: Circumstances,
    corrections: &[RunSettings],
    on_file: &(dyn Fn() + Sync),
) -> Import {
    import_remembering(found, circumstances, corrections, &Memory::none(), on_file).0
}

/// The same, without reading files that `memory` knows. Returns the caches that have to be written anew too, by folder.
pub fn import_remembering(
    found: &Found,
    circumstances: Circumstances,
    corrections: &[RunSettings],
    memory: &Memory,
    on_file: &(dyn Fn() + Sync),
) -> (Import, Vec<(usize, Vec<u8>)>) {
    let (told, fates): (Vec<_>, Vec<_>) = read_all(found, circumstances, memory, on_file).into_iter().unzip();
    let files = found.sources.iter().zip(&fates);
    let renewed =
        memory.renewed(files.map(|(file, fate)| (file.root, file.path_in_root(), file.stamp, fate)));
    (judge(told.into_iter().flatten().collect(), found, circumstances, corrections), renewed)
}

/// Joins the indexes and decides what counts.
fn judge(
    told: Vec<Named<Outcome>>,
    found: &Found,
    circumstances: Circumstances,
    corrections: &[RunSettings],
) -> Import {
    let mut gathered = gather(told);
    let mut import = Import { ignored: gathered.ignored, ..Import::default() };
    import.skipped = std::mem::take(&mut gathered.skipped);
    import.skipped.extend(found.unreachable.iter().map(|unreachable| Skipped {
        file: unreachable.name.clone(),
        reason: SkipReason::Unreadable(unreachable.error.clone()),
    }));
    import.notices = gathered.notices;

    let indexes = index::assemble(gathered.parts);
    for index in &indexes {
        import.notices.extend(index.rows.notices.iter().map(|notice| format!("`{}`: {notice}", index.file)));
    }
    match join(indexes, &mut gathered.measured, circumstances) {
        0 => {}
        1 => import.notices.push("1 row of an index has no usable date, distance or time".to_owned()),
        rows => import.notices.push(format!("{rows} rows of indexes have no usable date, distance or time")),
    }
    let mut assessed = Vec::new();
    for measured in gathered.measured {
        let file = measured.file.clone();
        match assess(measured, circumstances) {
            Ok(activity) => assessed.push(activity),
            Err(reason) => import.skipped.push(Skipped { file, reason }),
        }
    }
    let (mut kept, duplicates) = duplicates::set_apart(assessed);
    name_by_start(&mut kept);
    let corrected = corrections::apply(kept, corrections);
    import.skipped.extend(corrected.excluded);
    import.notices.extend(
        corrected.unmatched.into_iter().map(|id| {
            format!("`{id}` in [runs] of treadlight.toml: no activity starts within 5 minutes of it")
        }),
    );
    for activity in corrected.activities {
        match refuse_the_impossible(&activity) {
            Ok(()) if activity.is_run() => import.runs.push(activity),
            Ok(()) => import.others.push(activity),
            Err(reason) => import.skipped.push(Skipped { file: activity.file, reason }),
        }
    }
    import.skipped.sort_by(|a, b| a.file.cmp(&b.file));
    import.duplicates = duplicates;
    import.files = import.files_told();
    import
}

/// Every file, side by side: what it came to, and what the cache should know.
fn read_all(
    found: &Found,
    circumstances: Circumstances,
    memory: &Memory,
    on_file: &(dyn Fn() + Sync),
) -> Vec<(Vec<Named<Outcome>>, Fate)> {
    let read = |source: &Source| {
        let told = match recall(source, circumstances, memory) {
            Some(told) => (told, Fate::Recalled),
            None => read(source, circumstances, memory),
        };
        on_file();
        told
    };
    found.sources.par_iter().map(read).collect()
}

/// What a file came to when it was read before, if it is still the same.
fn recall(source: &Source, circumstances: Circumstances, memory: &Memory) -> Option<Vec<Named<Outcome>>> {
    let latest_ms = circumstances.latest_unix_ms();
    let value = memory.value(source.root, source.path_in_root(), &source.stamp?, latest_ms)?;
    let told: Vec<(&str, Outcome)> = postcard::from_bytes(value).ok()?;
    if !told.iter().all(|(_, outcome)| outcome.is_sound(latest_ms)) {
        return None;
    }
    let named = told.into_iter().map(|(member, mut outcome)| {
        let name = format!("{}{member}", source.name);
        outcome.rename(&name);
        Named { name, value: outcome }
    });
    Some(named.collect())
}

/// Reads a file, and all that is in it.
fn read(source: &Source, circumstances: Circumstances, memory: &Memory) -> (Vec<Named<Outcome>>, Fate) {
    let disk_failed = AtomicBool::new(false);
    let read = unpack::unpack(source, &disk_failed, &|named| read_and_measure(named, circumstances));
    let (told, clocks): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let is_settled = source.stamp.is_some_and(|stamp| memory.keeps(source.root, &stamp));
    if !is_settled || disk_failed.into_inner() || told.iter().any(|named| named.value.is_of_the_moment()) {
        return (told, Fate::Unsettled);
    }
    let members: Vec<(&str, &Outcome)> = told
        .iter()
        .map(|named| (named.name.strip_prefix(&source.name).unwrap_or_default(), &named.value))
        .collect();
    let fate = postcard::to_allocvec(&members).map_or(Fate::Unsettled, |value| {
        Fate::Read(clocks.into_iter().fold(Clocks::ANY, Clocks::and), value)
    });
    (told, fate)
}

impl Outcome {
    /// Whether the next attempt may come to something else, although the file is the same.
    fn is_of_the_moment(&self) -> bool {
        matches!(self, Self::Skipped(SkipReason::Unreadable(_) | SkipReason::Changing))
    }

    /// Whether a reader can have come to it: a forged cache may hold any time.
    fn is_sound(&self, latest_ms: i64) -> bool {
        let Self::Recordings(results) = self else { return true };
        results.iter().flatten().all(|measured| is_possible_start(measured.start_unix_ms, latest_ms))
    }

    /// Puts everything in it under this name.
    fn rename(&mut self, name: &str) {
        if let Self::Recordings(results) = self {
            results.iter_mut().flatten().for_each(|measured| name.clone_into(&mut measured.file));
        }
    }
}

/// Outcomes by kind, in the order of the files.
#[derive(Default)]
struct Gathered {
    measured: Vec<Measured>,
    parts: Vec<(String, index::Part)>,
    skipped: Vec<Skipped>,
    notices: Vec<String>,
    ignored: usize,
}

fn gather(outcomes: Vec<Named<Outcome>>) -> Gathered {
    let mut gathered = Gathered::default();
    for Named { name, value } in outcomes {
        match value {
            Outcome::Ignored if is_ours(&name) => {}
            Outcome::Ignored => gathered.ignored += 1,
            Outcome::Skipped(reason) => gathered.skipped.push(Skipped { file: name, reason }),
            Outcome::Index(part) => match *part {
                Ok(part) => gathered.parts.push((name, part)),
                Err(error) => gathered.notices.push(format!("`{name}` is not used: {error}")),
            },
            Outcome::Recordings(results) => {
                for result in results {
                    match result {
                        Ok(measured) => gathered.measured.push(measured),
                        Err(reason) => gathered.skipped.push(Skipped { file: name.clone(), reason }),
                    }
                }
            }
        }
    }
    gathered
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

    /// The name of every file in the lists; a file with several activities comes as often.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let skipped = self.skipped.iter().map(|skipped| skipped.file.as_str());
        self.activities().map(|activity| activity.file.as_str()).chain(skipped)
    }

    /// Every activity, counted or told twice.
    fn activities(&self) -> impl Iterator<Item = &Activity> {
        let duplicates = self.duplicates.iter().map(|duplicate| &duplicate.activity);
        self.runs.iter().chain(&self.others).chain(duplicates)
    }

    /// How many files stand in the lists: a row of an index is no file.
    fn files_told(&self) -> usize {
        let of_files = self.activities().filter(|activity| activity.format != Format::Index);
        let names = of_files.map(|activity| activity.file.as_str());
        names.chain(self.skipped.iter().map(|skipped| skipped.file.as_str())).collect::<HashSet<_>>().len()
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

/// Settings and our own output: neither activities nor strangers.
fn is_ours(name: &str) -> bool {
    matches!(base_name(name), "treadlight.toml" | "warnings.txt" | "report.html")
}

/// Reads and measures everything that stands under one name; says under which clocks it comes to the same.
fn read_and_measure(found: Named<Unpacked>, circumstances: Circumstances) -> (Named<Outcome>, Clocks) {
    let Named { name, value } = found;
    let mut clocks = Clocks::ANY;
    let mut measure = |recording: Recording| {
        clocks = clocks.and(Clocks::of(&recording, circumstances.latest_unix_ms()));
        measure(recording, &name, circumstances)
    };
    let value = match value {
        Unpacked::Stranger => Outcome::Ignored,
        Unpacked::Skipped(reason) => Outcome::Skipped(reason),
        Unpacked::Index(part) => Outcome::Index(part),
        Unpacked::Activity(file) => match recordings_of(&file) {
            Ok(recordings) => Outcome::Recordings(recordings.into_iter().map(&mut measure).collect()),
            Err(reason) => Outcome::Skipped(reason),
        },
    };
    (Named { name, value }, clocks)
}

/// Reads the recordings of a FIT, GPX or TCX file, in gzip or not, by its content.
///
/// # Errors
/// The reason why the file holds nothing that counts.
pub fn read_recordings(bytes: &[u8], name: &str) -> Result<Vec<Recording>, SkipReason> {
    match unpack::recognize(bytes.to_vec(), name) {
        Unpacked::Activity(file) => recordings_of(&file),
        Unpacked::Skipped(reason) => Err(reason),
        Unpacked::Index(_) | Unpacked::Stranger => {
            Err(SkipReason::NotWhatItsNameSays { expected: "activity".into() })
        }
    }
}

fn recordings_of(file: &ActivityFile) -> Result<Vec<Recording>, SkipReason> {
    let mut recordings = match file.kind {
        Kind::Fit => fit::read_recordings(&file.bytes).map_err(SkipReason::Fit),
        Kind::Gpx => gpx::read_recordings(&file.bytes).map_err(SkipReason::Gpx),
        Kind::Tcx => tcx::read_recordings(&file.bytes).map_err(SkipReason::Tcx),
        Kind::Zip | Kind::Gzip => Err(SkipReason::NotWhatItsNameSays { expected: "activity".into() }),
    }?;
    if let (Some(what), Some(last)) = (&file.damage, recordings.last_mut()) {
        // the reader saw only the consequence
        last.notes.retain(|note| !matches!(note, Note::DamagedAt { .. }));
        last.notes.push(Note::DamagedAt { byte: file.bytes.len(), what: what.clone() });
    }
    Ok(recordings)
}
