//! The cache is never needed: whatever happens to the files, to the clock or to the cache itself, what comes out is
//! what comes out without it.

use std::{
    collections::BTreeMap,
    fs::{self, File, FileTimes},
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use treadlight::import::{
    Import,
    cache::{
        Cache, Memory,
        judged::{self, Judged},
    },
    circumstances::Circumstances,
    files::{find, stamp::unix_ns},
    import, import_remembering,
};
use treadlight::settings::{self, RunSettings};

use crate::{
    packed::{gzip, zip},
    project::{Project, fit_run, gpx_track},
};

/// A folder and its caches, as they stay from run to run.
struct Remembered {
    project: Project,
    cache: Option<Vec<u8>>,
    judged: Option<Vec<u8>>,
}

/// What an import depends on besides the files.
#[derive(Clone, Debug)]
struct World {
    now: DateTime<Utc>,
    zone: chrono_tz::Tz,
    corrections: Vec<RunSettings>,
}

impl World {
    fn on(day_text: &str) -> Self {
        Self { now: day(day_text), zone: chrono_tz::Europe::Berlin, corrections: Vec::new() }
    }

    fn circumstances(&self) -> Circumstances {
        Circumstances { zone: self.zone, now: self.now }
    }
}

impl Remembered {
    fn new() -> Self {
        let project = Project::new();
        fs::create_dir_all(project.path().join("runs/deep")).unwrap();
        Self { project, cache: None, judged: None }
    }

    fn folder(&self) -> PathBuf {
        self.project.path().join("runs")
    }

    /// Imports with the caches and keeps them; says whether anything had to be read or judged anew.
    fn import(&mut self, world: &World) -> (Import, bool) {
        let found = find::find_sources(&[self.folder()]);
        let circumstances = world.circumstances();
        let key = judged::key(&["runs".to_owned()], &found, circumstances, &world.corrections);
        let judged = self.judged.as_deref().and_then(|bytes| Judged::from_bytes(bytes).ok());
        if let Some(import) = judged.and_then(|judged| judged.answer(key, circumstances)) {
            return (import, false);
        }
        // seen from later, all files lie still
        let began_ns = unix_ns(SystemTime::now() + Duration::from_secs(60)).unwrap();
        let cache = self.cache.clone().and_then(|bytes| Cache::from_bytes(bytes, "runs").ok());
        let memory = Memory::new(vec![Some(("runs".to_owned(), cache.unwrap_or_default()))], began_ns);
        let mut read = import_remembering(&found, circumstances, &world.corrections, &memory, &|| {});
        self.judged = read.judged(key).or(self.judged.take());
        self.cache = read.renewed.pop().map(|(_, bytes)| bytes).or(self.cache.take());
        (read.import, true)
    }

    fn import_afresh(&self, world: &World) -> Import {
        let found = find::find_sources(&[self.folder()]);
        import(&found, world.circumstances(), &world.corrections, &|| {})
    }
}

fn day(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(&format!("{text}T12:00:00Z")).unwrap().to_utc()
}

/// The runner's word on the run of `content(0)`, and on one that is not there.
fn corrections() -> Vec<RunSettings> {
    let settings = "[runs]\n\"2026-03-01T08:00\" = { distance = \"7 km\", race = true }\n\
        \"2026-03-20T08:00\" = { exclude = true }\n";
    settings::parse(settings, &[]).unwrap().runs
}

/// What a file may hold; all of the first four have one size.
fn content(number: u8) -> Vec<u8> {
    let run = |n: u8| fit_run(&format!("2026-03-{:02}T08:00:00+01:00", n + 1), 5_001.0 + f64::from(n));
    match number {
        n @ 0..4 => run(n),
        4 => gpx_track("2026-04-01T07:00:00Z", 1_800, 3.0, "<type>running</type>").into_bytes(),
        // ahead of some of the clocks below
        5 => gpx_track("2026-12-24T07:00:00Z", 1_800, 3.0, "").into_bytes(),
        6 => gzip(&run(6)),
        7 => {
            zip(&[("a.fit", run(7)), ("deep/b.gpx", gpx_track("2026-05-01T07:00:00Z", 900, 3.0, "").into_bytes())])
        }
        8 => b"Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,\
            Commute,Activity Gear,Filename\n7,\"Mar 1, 2026, 7:00:00 AM\",Hills,Run,,3700,10.05,false,Red shoes,a.fit\n"
            .to_vec(),
        9 => fit_run("2026-03-20T08:00:00+01:00", 5_000.0)[..300].to_vec(),
        10 => Vec::new(),
        _ => b"neither fish nor fowl".to_vec(),
    }
}

const NAMES: [&str; 6] =
    ["a.fit", "b.gpx", "deep/c.fit.gz", "deep/export.zip", "activities.csv", "notes.txt"];

#[derive(Clone, Debug)]
enum Step {
    /// Writes a file, in place if it is there.
    Write(usize, u8),
    /// Writes another file and puts it in its place.
    Replace(usize, u8),
    /// Writes in place and gives the file its old time back, as if nothing had happened.
    WriteUnseen(usize, u8),
    Delete(usize),
    Rename(usize, usize),
    Touch(usize),
    SetBack(usize),
    Clock(usize),
    Zone(usize),
    Correct(bool),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let name = || 0..NAMES.len();
    let step = prop_oneof![
        3 => (name(), 0..12_u8).prop_map(|(name, what)| Step::Write(name, what)),
        2 => (name(), 0..12_u8).prop_map(|(name, what)| Step::Replace(name, what)),
        2 => (name(), 0..4_u8).prop_map(|(name, what)| Step::WriteUnseen(name, what)),
        1 => name().prop_map(Step::Delete),
        1 => (name(), name()).prop_map(|(from, to)| Step::Rename(from, to)),
        1 => name().prop_map(Step::Touch),
        1 => name().prop_map(Step::SetBack),
        1 => (0..CLOCKS.len()).prop_map(Step::Clock),
        1 => (0..ZONES.len()).prop_map(Step::Zone),
        1 => any::<bool>().prop_map(Step::Correct),
    ];
    prop::collection::vec(step, 1..12)
}

const CLOCKS: [&str; 3] = ["2026-03-03", "2026-11-20", "2027-01-01"];
const ZONES: [chrono_tz::Tz; 2] = [chrono_tz::Europe::Berlin, chrono_tz::Pacific::Auckland];

fn set_modified(path: &Path, time: SystemTime) {
    if let Ok(file) = File::options().append(true).open(path) {
        file.set_times(FileTimes::new().set_modified(time)).unwrap();
    }
}

/// Does it, as far as the files are there; errors are steps that change nothing.
fn take(step: &Step, folder: &Path, world: &mut World) {
    let path = |name: &usize| folder.join(NAMES[*name]);
    let modified = |name: &usize| fs::metadata(path(name)).and_then(|metadata| metadata.modified()).ok();
    match step {
        Step::Write(name, what) => fs::write(path(name), content(*what)).unwrap(),
        Step::Replace(name, what) => {
            let time = modified(name);
            let staged = folder.join(".staged");
            fs::write(&staged, content(*what)).unwrap();
            time.into_iter().for_each(|time| set_modified(&staged, time));
            fs::rename(staged, path(name)).unwrap();
        }
        Step::WriteUnseen(name, what) => {
            let time = modified(name);
            fs::write(path(name), content(*what)).unwrap();
            // only unix tells when a file really changed
            time.into_iter().filter(|_| cfg!(unix)).for_each(|time| set_modified(&path(name), time));
        }
        Step::Delete(name) => drop(fs::remove_file(path(name))),
        Step::Rename(from, to) => drop(fs::rename(path(from), path(to))),
        Step::Touch(name) => set_modified(&path(name), SystemTime::now()),
        Step::SetBack(name) => {
            set_modified(&path(name), SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000));
        }
        Step::Clock(which) => world.now = day(CLOCKS[*which]),
        Step::Zone(which) => world.zone = ZONES[*which],
        Step::Correct(does) => world.corrections = if *does { corrections() } else { Vec::new() },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_to_the_files_the_cache_changes_nothing(steps in steps()) {
        let mut remembered = Remembered::new();
        let mut world = World::on(CLOCKS[1]);
        for (name, what) in [(0, 0), (1, 5), (2, 6), (3, 7), (4, 8)] {
            take(&Step::Write(name, what), &remembered.folder(), &mut world);
        }
        for step in &steps {
            prop_assert_eq!(remembered.import(&world).0, remembered.import_afresh(&world), "before {:?}", step);
            prop_assert!(!remembered.import(&world).1, "nothing has changed before {:?}", step);
            // the clock of a file system ticks every few milliseconds
            thread::sleep(Duration::from_millis(12));
            take(step, &remembered.folder(), &mut world);
            prop_assert_eq!(remembered.import(&world).0, remembered.import_afresh(&world), "after {:?}", step);
        }
    }
}

fn two_files() -> Remembered {
    let remembered = Remembered::new();
    fs::write(remembered.folder().join("a.fit"), content(0)).unwrap();
    fs::write(remembered.folder().join("deep/export.zip"), content(7)).unwrap();
    remembered
}

#[test]
fn files_that_lie_still_are_not_read_again_and_touched_ones_are() {
    let mut remembered = two_files();
    let now = &World::on("2026-11-20");
    assert!(remembered.import(now).1, "nothing is known yet");
    assert!(!remembered.import(now).1, "everything is known");
    set_modified(
        &remembered.folder().join("a.fit"),
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000),
    );
    assert!(remembered.import(now).1, "one file has another time");
    fs::remove_file(remembered.folder().join("a.fit")).unwrap();
    assert!(remembered.import(now).1, "one file is gone");
}

#[test]
fn a_file_written_just_now_is_not_trusted_yet() {
    let remembered = two_files();
    let found = find::find_sources(&[remembered.folder()]);
    let began_ns = unix_ns(SystemTime::now()).unwrap();
    let memory = Memory::new(vec![Some(("runs".to_owned(), Cache::default()))], began_ns);
    let renewed =
        import_remembering(&found, World::on("2026-11-20").circumstances(), &[], &memory, &|| {}).renewed;
    assert_eq!(renewed.len(), 0);
}

#[test]
fn a_cache_of_another_folder_is_not_used() {
    let mut remembered = two_files();
    remembered.import(&World::on("2026-11-20"));
    let bytes = remembered.cache.unwrap();
    assert!(Cache::from_bytes(bytes.clone(), "rides").is_err());
    assert_eq!(Cache::from_bytes(bytes, "runs").unwrap().files(), 2);
}

/// Where the checksum of a cache stands, over all that follows it.
const CHECKSUM: std::ops::Range<usize> = 24..28;

#[test]
fn a_cache_with_any_byte_changed_or_cut_anywhere_is_damaged() {
    let mut remembered = two_files();
    remembered.import(&World::on("2026-11-20"));
    let bytes = remembered.cache.unwrap();
    for byte in 0..bytes.len() {
        assert!(Cache::from_bytes(bytes[..byte].to_vec(), "runs").is_err(), "cut at {byte}");
        let mut changed = bytes.clone();
        changed[byte] ^= 0x40;
        assert!(Cache::from_bytes(changed, "runs").is_err(), "changed at {byte}");
    }
}

#[test]
fn a_date_that_comes_true_is_judged_anew() {
    let mut remembered = two_files();
    // a run of 24 Dec, and a row of 1 Mar without its file
    fs::write(remembered.folder().join("b.gpx"), content(5)).unwrap();
    fs::write(remembered.folder().join("activities.csv"), content(8)).unwrap();
    fs::remove_file(remembered.folder().join("a.fit")).unwrap();
    let runs = |(import, is_new): (Import, bool)| (import.runs.len(), is_new);
    assert_eq!(runs(remembered.import(&World::on("2026-02-27"))), (0, true));
    assert_eq!(runs(remembered.import(&World::on("2026-02-27"))), (0, false));
    assert_eq!(runs(remembered.import(&World::on("2026-03-01"))), (1, true), "the row's day is here");
    assert_eq!(runs(remembered.import(&World::on("2026-03-02"))), (1, false));
    let summer = remembered.import(&World::on("2026-06-01")).0.runs.len();
    assert_eq!(runs(remembered.import(&World::on("2026-12-01"))), (summer, false), "no date between them");
    assert_eq!(runs(remembered.import(&World::on("2026-12-25"))), (summer + 1, true));
}

#[test]
fn a_judged_import_with_any_byte_changed_or_cut_anywhere_is_damaged_and_a_forged_one_never_panics() {
    let mut remembered = two_files();
    let world = World::on("2026-11-20");
    remembered.import(&world);
    let bytes = remembered.judged.unwrap();
    for place in 0..bytes.len() {
        assert!(Judged::from_bytes(&bytes[..place]).is_err(), "cut at {place}");
        let mut changed = bytes.clone();
        changed[place] ^= 0x40;
        assert!(Judged::from_bytes(&changed).is_err(), "changed at {place}");
        for byte in [0, 1, 0x7F, 0x80, 0xFF].into_iter().filter(|_| place >= CHECKSUM.end) {
            changed[place] = byte;
            let sum = crc32fast::hash(&changed[CHECKSUM.end..]).to_le_bytes();
            changed[CHECKSUM].copy_from_slice(&sum);
            drop(Judged::from_bytes(&changed).map(|judged| judged.answer(0, world.circumstances())));
        }
    }
}

#[test]
fn a_cache_forged_with_a_right_checksum_never_panics() {
    let mut remembered = two_files();
    remembered.import(&World::on("2026-11-20"));
    let bytes = remembered.cache.clone().unwrap();
    let found = find::find_sources(&[remembered.folder()]);
    for place in CHECKSUM.end..bytes.len() {
        for byte in [0, 1, 0x7F, 0x80, 0xFF] {
            let mut forged = bytes.clone();
            forged[place] = byte;
            let sum = crc32fast::hash(&forged[CHECKSUM.end..]).to_le_bytes();
            forged[CHECKSUM].copy_from_slice(&sum);
            let Ok(cache) = Cache::from_bytes(forged, "runs") else { continue };
            let memory = Memory::new(vec![Some(("runs".to_owned(), cache))], 0);
            import_remembering(&found, World::on("2026-11-20").circumstances(), &[], &memory, &|| {});
        }
    }
}

/// Everything that lies in the cache folder, by name.
fn cache_files(project: &Project) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(project.path().join("home/.cache/treadlight")).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn the_second_run_says_the_same_and_a_broken_or_missing_cache_harms_nobody() {
    let project = Project::sample();
    let arguments = ["runs", "runs", "--format", "json", "--as-of", "2026-11-09"];
    let without_cache = project.treadlight(&[&arguments[..], &["--no-cache"]].concat());
    assert_eq!(cache_files(&project).len(), 0);
    // until the files have lain still for two seconds nothing is remembered
    thread::sleep(Duration::from_millis(2_100));
    assert_eq!(project.treadlight(&arguments).out, without_cache.out);
    let kept = cache_files(&project);
    assert_eq!(kept.len(), 2, "each file, and all together");
    assert_eq!(project.treadlight(&arguments).out, without_cache.out);
    assert_eq!(cache_files(&project), kept, "nothing new is nothing to write");

    for (path, bytes) in &kept {
        fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    }
    assert!(project.treadlight(&["cache", "info"]).out.contains("damaged, or written by another version"));
    assert_eq!(project.treadlight(&arguments).out, without_cache.out);
    assert_eq!(cache_files(&project), kept, "it is written anew");

    let told = project.treadlight(&["cache", "info"]).out;
    assert!(told.contains("runs: 198 files"), "{told}");
    assert!(project.treadlight(&["cache", "clear"]).out.starts_with("the cache of 1 folder is deleted"));
    assert_eq!(cache_files(&project).len(), 0);
    assert!(project.treadlight(&["cache", "info"]).out.starts_with("nothing is cached in"));
    assert_eq!(project.treadlight(&arguments).out, without_cache.out);
}

#[test]
fn where_the_cache_cannot_be_written_everything_works_and_only_the_verbose_learn_of_it() {
    let project = Project::sample();
    project.write("home/.cache", "a file where a folder should be");
    thread::sleep(Duration::from_millis(2_100));
    let said = project.treadlight(&["check", "runs", "--as-of", "2026-11-09"]);
    let without_cache = project.treadlight(&["check", "runs", "--as-of", "2026-11-09", "--no-cache"]);
    assert_eq!(said.all(), without_cache.all());
    let said = project.treadlight(&["check", "runs", "--as-of", "2026-11-09", "-v"]);
    assert!(said.err.contains("nothing is remembered for the next time"), "{}", said.err);
}
