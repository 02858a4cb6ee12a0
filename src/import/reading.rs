//! From found files to what each came to: recalled from the cache, or opened, read and measured side by side.

use std::sync::atomic::AtomicBool;

use serde::{Deserialize, Serialize};

use super::{
    cache::{Fate, Memory, clock::Clocks},
    circumstances::{Circumstances, is_possible_start},
    measure::{Measured, measure},
    skipped::SkipReason,
    start,
};
use crate::{
    activity::{Note, Recording},
    import::{
        files::{
            buffer::Rooms,
            find::{Found, Source},
            pool,
            recognize::{self, ActivityFile, Named, Unpacked},
            unpack,
        },
        formats::kind::Kind,
        services,
    },
};

/// What one file, or one member of an archive, came to: what the cache keeps.
#[derive(Serialize, Deserialize)]
pub(super) enum Outcome {
    Recordings(Vec<Result<Measured, SkipReason>>),
    Index(Box<services::Read<Measured>>),
    Skipped(SkipReason),
    Ignored,
}

/// Every file: what it came to, and what the cache should know. What is not remembered is read side by side.
pub(super) fn read_all(
    found: &Found,
    circumstances: Circumstances,
    memory: &Memory,
    on_file: &(dyn Fn() + Sync),
) -> Vec<(Vec<Named<Outcome>>, Fate)> {
    let recalled = pool::in_shares(found.sources.iter().collect(), &|source| {
        recall(source, circumstances, memory).inspect(|_| on_file())
    });
    let unknown: Vec<&Source> =
        found.sources.iter().zip(&recalled).filter(|(_, known)| known.is_none()).map(|(s, _)| s).collect();
    let sizes: Vec<u64> = unknown.iter().map(|source| bytes_at_once(source)).collect();
    let rooms = Rooms::default();
    let read = pool::largest_first(&sizes, &|i| {
        let told = read(unknown[i], &rooms, circumstances, memory);
        on_file();
        told
    });
    let mut read = read.into_iter();
    recalled.into_iter().filter_map(|known| known.or_else(|| read.next())).collect()
}

/// How much memory a file's content takes; a zip is read member by member.
fn bytes_at_once(source: &Source) -> u64 {
    let is_zip = Kind::of_name(&source.name) == Some(Kind::Zip);
    source.stamp.filter(|_| !is_zip).map_or(0, |stamp| stamp.bytes)
}

/// What a file came to when it was read before, if it is still the same.
fn recall(
    source: &Source,
    circumstances: Circumstances,
    memory: &Memory,
) -> Option<(Vec<Named<Outcome>>, Fate)> {
    let latest_ms = circumstances.latest_unix_ms();
    let (clocks, value) = memory.value(source.root, source.path_in_root(), &source.stamp?, latest_ms)?;
    let told: Vec<(&str, Outcome)> = postcard::from_bytes(value).ok()?;
    if !told.iter().all(|(_, outcome)| outcome.is_sound(latest_ms)) {
        return None;
    }
    let named =
        |(member, value): (&str, Outcome)| Named { name: [source.name.as_str(), member].concat(), value };
    Some((told.into_iter().map(named).collect(), Fate::Recalled(clocks)))
}

/// Reads a file, and all that is in it.
fn read(
    source: &Source,
    rooms: &Rooms,
    circumstances: Circumstances,
    memory: &Memory,
) -> (Vec<Named<Outcome>>, Fate) {
    let disk_failed = AtomicBool::new(false);
    let read = unpack::unpack(source, rooms, &disk_failed, &|named| read_and_measure(named, circumstances));
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
        let is_sound = |measured: &Measured| is_possible_start(measured.start_unix_ms, latest_ms);
        match self {
            Self::Recordings(results) => results.iter().flatten().all(is_sound),
            Self::Index(read) => read.part.iter().flat_map(|part| &part.recordings).all(is_sound),
            Self::Skipped(_) | Self::Ignored => true,
        }
    }
}

/// Reads and measures everything that stands under one name; says under which clocks it comes to the same.
fn read_and_measure(found: Named<Unpacked>, circumstances: Circumstances) -> (Named<Outcome>, Clocks) {
    let Named { name, value } = found;
    let mut clocks = Clocks::ANY;
    let mut measure = |mut recording: Recording| {
        start::take_date_of_name(&mut recording, &name, circumstances);
        clocks = clocks.and(Clocks::of(&recording, circumstances.latest_unix_ms()));
        measure(recording, circumstances)
    };
    let value = match value {
        Unpacked::Stranger => Outcome::Ignored,
        Unpacked::Skipped(reason) => Outcome::Skipped(reason),
        Unpacked::Index(read) => {
            // a track that cannot be measured says nothing: its row stands alone
            Outcome::Index(Box::new(read.map_recordings(|recording| measure(recording).ok())))
        }
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
    match recognize::recognize(bytes.to_vec().into(), name) {
        Unpacked::Activity(file) => recordings_of(&file),
        Unpacked::Skipped(reason) => Err(reason),
        Unpacked::Index(_) | Unpacked::Stranger => {
            Err(SkipReason::NotWhatItsNameSays { expected: "activity".into() })
        }
    }
}

fn recordings_of(file: &ActivityFile) -> Result<Vec<Recording>, SkipReason> {
    let mut recordings = (file.format.read)(&file.bytes)?;
    if let (Some(what), Some(last)) = (&file.damage, recordings.last_mut()) {
        // the reader saw only the consequence
        last.notes.retain(|note| !matches!(note, Note::DamagedAt { .. }));
        last.notes.push(Note::DamagedAt { byte: file.bytes.len(), what: what.clone() });
    }
    Ok(recordings)
}
