//! The import: folders in, activities out, and an outcome for every file.
//!
//! 1. `files` walks the folders and opens each file (gzip, zip); `formats` reads what is in it; `track` adds its points
//!    up. `measure` is one file's way through all that, side by side on all cores; of the points nothing is kept but a
//!    sample. `reading` is where these steps follow each other. What a file came to is remembered ([`cache`]), and a
//!    file that is still the same is not read again.
//! 2. The index of an export (`services`) says more of its activities, or of some that have no file: [`join`](mod@join).
//! 3. `judge` decides sport, distance and local day of each, sets apart what stands there twice, and applies the
//!    runner's own corrections.
//!
//! Nothing here prints, reads a clock or knows polars.

mod artificial;
pub mod cache;
pub mod circumstances;
pub mod files;
pub mod formats;
mod imported;
pub mod join;
pub mod judge;
pub mod measure;
mod names;
mod reading;
pub mod services;
pub mod skipped;
mod start;
pub mod told;
pub mod track;
mod tracks;
mod unused;
mod words;
mod zone;

use std::collections::{HashMap, HashSet};

use chrono::Timelike;

use cache::{Fate, Memory, clock::Clocks};
pub use imported::Import;
use measure::Measured;
pub use reading::read_recordings;
use reading::{Outcome, read_all};
use skipped::{SkipReason, Skipped};

use crate::{
    activity::{Activity, Format, Note},
    import::{
        circumstances::Circumstances,
        files::{find::Found, recognize::Named},
        join::join,
        judge::{assess, assessed::Assessed, duplicates::Duplicate, impossible::refuse_the_impossible},
        names::base_name,
        services::IndexError,
        unused::Unused,
    },
    settings::RunSettings,
};

/// Reads, measures and judges every file found; `on_file` is called after each. `corrections` are the runner's own word.
#[must_use]
pub fn import(
    found: &Found,
    circumstances: Circumstances,
    corrections: &[RunSettings],
    on_file: &(dyn Fn() + Sync),
) -> Import {
    import_remembering(found, circumstances, corrections, &Memory::none(), on_file).import
}

/// An import, and what the next one can take from it.
#[derive(Debug, Default)]
pub struct Remembered {
    /// What it came to.
    pub import: Import,
    /// The caches that have to be written anew, by folder.
    pub renewed: Vec<(usize, Vec<u8>)>,
    /// The clocks under which all of it comes to the same; `None` if something was of the moment.
    clocks: Option<Clocks>,
}

impl Remembered {
    /// The import in bytes, to be recalled by a [`key`](cache::judged::key); `None` if it need not come to the same again.
    #[must_use]
    pub fn judged(&self, key: u64) -> Option<Vec<u8>> {
        cache::judged::write(key, self.clocks?, &self.import)
    }
}

/// The same, without reading files that `memory` knows.
pub fn import_remembering(
    found: &Found,
    circumstances: Circumstances,
    corrections: &[RunSettings],
    memory: &Memory,
    on_file: &(dyn Fn() + Sync),
) -> Remembered {
    let (told, fates): (Vec<_>, Vec<_>) = read_all(found, circumstances, memory, on_file).into_iter().unzip();
    let files = found.sources.iter().zip(&fates);
    let renewed =
        memory.renewed(&files.map(|(file, fate)| (file.root, file.path_in_root(), file.stamp, fate)));
    let of_files = fates.iter().map(Fate::clocks).try_fold(Clocks::ANY, |all, one| Some(all.and(one?)));
    // what they hold is written down, and would stay beside all that is judged
    drop(fates);
    let (import, of_rows) = judge(told.into_iter().flatten().collect(), found, circumstances, corrections);
    let clocks = of_files.filter(|_| found.unreachable.is_empty()).map(|clocks| clocks.and(of_rows));
    Remembered { import, renewed, clocks }
}

/// Joins the indexes and decides what counts; says under which clocks it comes to the same.
fn judge(
    told: Vec<Named<Outcome>>,
    found: &Found,
    circumstances: Circumstances,
    corrections: &[RunSettings],
) -> (Import, Clocks) {
    let mut gathered = gather(told);
    let mut import = Import { ignored: gathered.ignored, ..Import::default() };
    import.skipped = std::mem::take(&mut gathered.skipped);
    import.skipped.extend(found.unreachable.iter().map(|unreachable| Skipped {
        file: unreachable.name.clone(),
        reason: SkipReason::Unreadable(unreachable.error.clone()),
    }));
    import.notices = gathered.notices;
    import.notices.extend(gathered.unused.notices());

    import.pairs = services::pairs::each_once(services::pairs(&gathered.parts));
    let indexes = services::assemble(gathered.parts);
    for index in &indexes {
        import.notices.extend(index.rows.notices.iter().map(|notice| format!("`{}`: {notice}", index.file)));
    }
    let joined = join(indexes, &mut gathered.measured, circumstances);
    match joined.useless {
        0 => {}
        1 => import.notices.push("1 row of an index has no usable date, distance or time".to_owned()),
        rows => import.notices.push(format!("{rows} rows of indexes have no usable date, distance or time")),
    }
    let judge = |measured: Measured| {
        let file = measured.file.clone();
        assess(measured, circumstances).map_err(|reason| Skipped { file, reason })
    };
    let mut assessed = Vec::with_capacity(gathered.measured.len());
    for judged in files::pool::in_shares(gathered.measured, &judge) {
        match judged {
            Ok(activity) => assessed.push(activity),
            Err(skipped) => import.skipped.push(skipped),
        }
    }
    judge::sport::be_a_run_as_fast_as_typed_ones(&mut assessed);
    let (mut kept, duplicates) = set_apart(assessed);
    name_by_start(&mut kept);
    import.notices.extend(two_people(&kept));
    let corrected = judge::corrections::apply(kept, corrections);
    import.skipped.extend(corrected.excluded);
    import.unmatched = corrected.unmatched;
    let with_legs = files_with_legs(&corrected.activities);
    for mut activity in corrected.activities {
        activity.other_sport = judge::other_sport::of(&activity);
        activity.surface = judge::surface::of(&activity);
        judge::impossible::forget_impossible_swim(&mut activity);
        let is_short_leg = |reason: &SkipReason| {
            matches!(reason, SkipReason::TooShort { .. }) && with_legs.contains(&activity.file)
        };
        match refuse_the_impossible(&activity)
            .or_else(|reason| if is_short_leg(&reason) { Ok(()) } else { Err(reason) })
        {
            Ok(()) if activity.is_run() => import.runs.push(activity),
            Ok(()) => import.others.push(activity),
            Err(reason) => import.skipped.push(Skipped { file: activity.file, reason }),
        }
    }
    import.skipped.sort_by(|a, b| a.file.cmp(&b.file));
    import.duplicates = duplicates.into();
    import.files = import.files_told();
    (import, joined.clocks)
}

/// Activities that count, by start, and those told twice. One whose hour is not known overlaps nothing.
fn set_apart(assessed: Vec<Assessed>) -> (Vec<Activity>, Vec<Duplicate>) {
    let is_timed = |one: &Assessed| !one.activity.notes.contains(&Note::TimeOfDayUnknown);
    let (timed, untimed): (Vec<_>, Vec<_>) = assessed.into_iter().partition(is_timed);
    let (mut kept, duplicates) = judge::duplicates::set_apart(timed);
    if !untimed.is_empty() {
        kept.extend(untimed.into_iter().map(|one| one.activity));
        kept.sort_by(|a, b| (a.start, &a.file).cmp(&(b.start, &b.file)));
    }
    (kept, duplicates)
}

/// Files with sessions of running and of other sports: their few metres on foot between two swims are a leg.
fn files_with_legs(activities: &[Activity]) -> HashSet<String> {
    let of_files = activities.iter().filter(|activity| activity.format != Format::Index);
    let (runs, others): (Vec<_>, Vec<_>) = of_files.partition(|activity| activity.is_run());
    let others: HashSet<&str> = others.into_iter().map(|other| other.file.as_str()).collect();
    runs.into_iter().filter(|run| others.contains(run.file.as_str())).map(|run| run.file.clone()).collect()
}

/// Outcomes by kind, in the order of the files.
#[derive(Default)]
struct Gathered {
    measured: Vec<Measured>,
    parts: Vec<services::FilePart<Measured>>,
    skipped: Vec<Skipped>,
    notices: Vec<String>,
    unused: Unused,
    ignored: usize,
}

fn gather(outcomes: Vec<Named<Outcome>>) -> Gathered {
    let mut gathered = Gathered { measured: Vec::with_capacity(outcomes.len()), ..Gathered::default() };
    for Named { name, value } in outcomes {
        match value {
            Outcome::Ignored if is_ours(&name) => {}
            Outcome::Ignored => gathered.ignored += 1,
            Outcome::Skipped(reason) => gathered.skipped.push(Skipped { file: name, reason }),
            Outcome::Index(read) => gathered.add_part(*read, name),
            Outcome::Recordings(mut results) => {
                let last = results.pop();
                results.into_iter().for_each(|result| gathered.add(result, name.clone()));
                if let Some(last) = last {
                    gathered.add(last, name);
                }
            }
        }
    }
    gathered
}

impl Gathered {
    fn add_part(&mut self, read: services::Read<Measured>, file: String) {
        match read.part {
            Ok(mut part) => {
                self.unused.add_read(read.service, &part);
                let recordings = std::mem::take(&mut part.recordings);
                self.measured.extend(
                    recordings.into_iter().map(|recording| Measured { file: file.clone(), ..recording }),
                );
                self.parts.push(services::FilePart { file, service: read.service, part });
            }
            Err(IndexError::NotUsed(why)) => self.unused.add(read.service, why),
            Err(error) => self.notices.push(format!("`{file}` is not used: {error}")),
        }
    }

    fn add(&mut self, result: Result<Measured, SkipReason>, file: String) {
        match result {
            Ok(measured) => self.measured.push(Measured { file, ..measured }),
            Err(reason) => self.skipped.push(Skipped { file, reason }),
        }
    }
}

/// That the folder seems to hold the runs of two people.
fn two_people(activities: &[Activity]) -> Option<String> {
    let is_elsewhere = |note: &&Note| matches!(note, Note::AtTheSameTimeElsewhere { .. });
    let elsewhere = activities
        .iter()
        .filter_map(|run| Some((run, run.notes.iter().find(is_elsewhere)?)))
        .collect::<Vec<_>>();
    let (run, Note::AtTheSameTimeElsewhere { file }) = elsewhere.last()? else { return None };
    let times = if elsewhere.len() == 1 { "once".to_owned() } else { format!("{} times", elsewhere.len()) };
    Some(format!(
        "two runs at one time, far apart, {times} (`{}` and `{file}`): if these are two people, give each a folder of \
         their own; if not, leave one out with \"{}\" = {{ exclude = true }} under [runs] in treadlight.toml",
        run.file, run.id
    ))
}

/// Gives every activity (sorted by start) its id.
fn name_by_start(activities: &mut [Activity]) {
    let mut seen: HashMap<i64, usize> = HashMap::with_capacity(activities.len());
    for activity in activities {
        let local = activity.start.naive_local();
        let count = seen.entry(local.and_utc().timestamp().div_euclid(60)).or_default();
        *count += 1;
        let minute = format!("{}T{:02}:{:02}", local.date(), local.hour(), local.minute());
        activity.id = if *count == 1 { minute } else { format!("{minute}-{count}") };
    }
}

/// `knee.txt`, `knee-phone.txt`: lines of the knee diary from a phone, anywhere in the folders.
#[must_use]
pub fn is_knee_text(name: &str) -> bool {
    let name = base_name(name).to_lowercase();
    name == "knee.txt" || name.starts_with("knee-") && name.ends_with(".txt")
}

/// Settings and our own output: neither activities nor strangers.
fn is_ours(name: &str) -> bool {
    let own = ["treadlight.toml", "treadlight-knee.csv", "warnings.txt", "report.html"];
    own.contains(&base_name(name)) || is_knee_text(name)
}
