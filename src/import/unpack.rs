//! From a file on disk to the activity files in it: plain, in gzip, in zip, in zips within zips.
//!
//! Nothing is unpacked to disk. Content decides what a file is, its name only what a broken one should have
//! been. What grows more than 200-fold, or nests deeper than three zips, is refused.

use std::{
    fs,
    io::{BufReader, Cursor, Read, Seek},
    path::Path,
};

use rayon::prelude::*;
use zip::ZipArchive;

use super::{
    content::{self, Kind},
    find::Source,
    index::{self, IndexError, IndexKind},
    skipped::SkipReason,
};

/// A plain file larger than this is not read.
const MAX_FILE_BYTES: u64 = 512 << 20;
/// How much of a file tells its kind.
const HEAD_BYTES: u64 = 4096;
/// An index inside a zip is streamed up to here: years of a health app's records.
const MAX_STREAMED_BYTES: u64 = 4 << 30;
const INDEX_BUFFER_BYTES: usize = 1 << 20;
/// Zips within zips up to here: watch makers nest them.
const MAX_ZIP_DEPTH: usize = 3;

/// Something with a name in every output: a file, or a member as `export.zip/activities/1.fit`.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<T> {
    /// Path inside the folder, members after the archive's name.
    pub name: String,
    /// What it is.
    pub value: T,
}

/// What was found under a name.
#[derive(Clone, Debug, PartialEq)]
pub enum Unpacked {
    /// A FIT, GPX or TCX file.
    Activity(ActivityFile),
    /// The index of an export, read; boxed, as there are few of them.
    Index(Box<Result<index::Part, IndexError>>),
    /// Not to be read, with the reason.
    Skipped(SkipReason),
    /// No activity file at all.
    Stranger,
}

/// The bytes of an activity file.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityFile {
    /// FIT, GPX or TCX.
    pub kind: Kind,
    /// Unpacked.
    pub bytes: Vec<u8>,
    /// What broke while it was unpacked; the bytes before that are there.
    pub damage: Option<String>,
}

/// What becomes of every name: called from several threads.
pub type Visit<'a, T> = &'a (dyn Fn(Named<Unpacked>) -> T + Sync);

/// Opens a file and hands everything in it to `visit`; results in the archive's order.
pub fn unpack<T: Send>(source: &Source, visit: Visit<'_, T>) -> Vec<T> {
    let name = source.name.clone();
    match read_if_activity_file(&source.path, &source.name) {
        Ok(OnDisk::Zip) => {
            let open = || fs::File::open(&source.path).map(BufReader::new);
            unpack_zip(&open, &name, 1, visit)
        }
        Ok(OnDisk::Bytes(bytes)) => vec![visit(Named { value: recognize(bytes, &name), name })],
        Ok(OnDisk::Index(kind, file)) => {
            let read = index::read(kind, BufReader::with_capacity(INDEX_BUFFER_BYTES, file));
            vec![visit(Named { name, value: Unpacked::Index(Box::new(read)) })]
        }
        Ok(OnDisk::Stranger) => vec![visit(Named { name, value: Unpacked::Stranger })],
        Err(reason) => vec![visit(Named { name, value: Unpacked::Skipped(reason) })],
    }
}

/// The same for the bytes of a file in memory.
pub fn unpack_bytes<T: Send>(bytes: Vec<u8>, name: &str, visit: Visit<'_, T>) -> Vec<T> {
    if Kind::of_bytes(&bytes) == Some(Kind::Zip) {
        return unpack_zip(&|| Ok(Cursor::new(bytes.as_slice())), name, 1, visit);
    }
    if let Some(kind) = IndexKind::of(name, &bytes[..bytes.len().min(HEAD_BYTES as usize)]) {
        let value = Unpacked::Index(Box::new(index::read(kind, bytes.as_slice())));
        return vec![visit(Named { value, name: name.to_owned() })];
    }
    vec![visit(Named { value: recognize(bytes, name), name: name.to_owned() })]
}

/// What some bytes are; gzip is undone. A zip among them is refused: see [`unpack`].
#[must_use]
pub fn recognize(bytes: Vec<u8>, name: &str) -> Unpacked {
    match Kind::of_bytes(&bytes) {
        Some(Kind::Gzip) => gunzip(&bytes, name),
        Some(kind @ (Kind::Fit | Kind::Gpx | Kind::Tcx)) => {
            Unpacked::Activity(ActivityFile { kind, bytes, damage: None })
        }
        Some(Kind::Zip) => {
            Unpacked::Skipped(SkipReason::BadZip("zip inside gzip: unpack it first".to_owned()))
        }
        None => match Kind::of_name(name) {
            None => Unpacked::Stranger,
            Some(_) if bytes.is_empty() => Unpacked::Skipped(SkipReason::EmptyFile),
            Some(kind) => Unpacked::Skipped(SkipReason::NotWhatItsNameSays { expected: kind.label() }),
        },
    }
}

fn gunzip(packed: &[u8], name: &str) -> Unpacked {
    let unpacked = match content::gunzip(packed) {
        Ok(unpacked) => unpacked,
        Err(bomb) => return Unpacked::Skipped(SkipReason::Bomb(bomb)),
    };
    match Kind::of_bytes(&unpacked.bytes) {
        Some(kind @ (Kind::Fit | Kind::Gpx | Kind::Tcx)) => {
            let damage = unpacked.damage.map(|what| format!("gzip: {what}"));
            Unpacked::Activity(ActivityFile { kind, bytes: unpacked.bytes, damage })
        }
        _ => {
            let inner = name.to_lowercase();
            let expected = Kind::of_name(inner.trim_end_matches(".gz")).map_or("an activity", Kind::label);
            let why = unpacked.damage.unwrap_or_else(|| format!("its content is not {expected}"));
            Unpacked::Skipped(SkipReason::BadGzip(why))
        }
    }
}

/// What lies on disk under a name.
enum OnDisk {
    Bytes(Vec<u8>),
    Zip,
    Index(IndexKind, fs::File),
    Stranger,
}

/// Reads a file, unless neither its first bytes nor its name look like an activity file.
fn read_if_activity_file(path: &Path, name: &str) -> Result<OnDisk, SkipReason> {
    for _ in 0..2 {
        let before = stamp(path)?;
        let mut file = fs::File::open(path).map_err(unreadable)?;
        let mut bytes = Vec::new();
        file.by_ref().take(HEAD_BYTES).read_to_end(&mut bytes).map_err(unreadable)?;
        if let Some(kind) = IndexKind::of(name, &bytes) {
            return Ok(OnDisk::Index(kind, fs::File::open(path).map_err(unreadable)?));
        }
        match Kind::of_bytes(&bytes) {
            Some(Kind::Zip) => return Ok(OnDisk::Zip),
            // its head will not change: the name decides, and no reader needs the rest
            None if Kind::of_name(name).is_some() => return Ok(OnDisk::Bytes(bytes)),
            None => return Ok(OnDisk::Stranger),
            Some(_) => {}
        }
        if before.0 > MAX_FILE_BYTES {
            return Err(SkipReason::TooLarge { limit_bytes: MAX_FILE_BYTES });
        }
        bytes.reserve_exact(usize::try_from(before.0).unwrap_or_default().saturating_sub(bytes.len()));
        file.take(MAX_FILE_BYTES).read_to_end(&mut bytes).map_err(unreadable)?;
        if stamp(path)? == before && bytes.len() as u64 == before.0 {
            return Ok(OnDisk::Bytes(bytes));
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

/// Every member of an archive, side by side; `open` gives each thread its own reader.
fn unpack_zip<R, T>(
    open: &(dyn Fn() -> std::io::Result<R> + Sync),
    name: &str,
    depth: usize,
    visit: Visit<'_, T>,
) -> Vec<T>
where
    R: Read + Seek,
    T: Send,
{
    let skipped = |reason| vec![visit(Named { name: name.to_owned(), value: Unpacked::Skipped(reason) })];
    let open_archive = || {
        let reader = open().map_err(unreadable)?;
        ZipArchive::new(reader).map_err(|error| SkipReason::BadZip(format!("{error}: export it again")))
    };
    let members = match open_archive() {
        Ok(archive) => archive.len(),
        Err(reason) => return skipped(reason),
    };
    let unpacked: Vec<Vec<T>> = (0..members)
        .into_par_iter()
        .map_init(open_archive, |archive, member| match archive {
            Ok(archive) => unpack_member(archive, member, name, depth, visit),
            Err(reason) => skipped(reason.clone()),
        })
        .collect();
    unpacked.into_iter().flatten().collect()
}

fn unpack_member<R: Read + Seek, T: Send>(
    archive: &mut ZipArchive<R>,
    member: usize,
    archive_name: &str,
    depth: usize,
    visit: Visit<'_, T>,
) -> Vec<T> {
    let (name, value) = match read_member(archive, member) {
        Ok(None) => return Vec::new(),
        Ok(Some((name, Member::Index(read)))) => (name, Unpacked::Index(Box::new(read))),
        Ok(Some((name, Member::Bytes(unpacked)))) if Kind::of_bytes(&unpacked.bytes) == Some(Kind::Zip) => {
            let name = format!("{archive_name}/{name}");
            return unpack_inner_zip(&unpacked.bytes, name, depth, visit);
        }
        Ok(Some((name, Member::Bytes(unpacked)))) => {
            let mut value = recognize(unpacked.bytes, &name);
            if let Unpacked::Activity(file) = &mut value {
                file.damage = file.damage.take().or(unpacked.damage);
            }
            (name, value)
        }
        Err((name, reason)) => (name, Unpacked::Skipped(reason)),
    };
    vec![visit(Named { name: format!("{archive_name}/{name}"), value })]
}

fn unpack_inner_zip<T: Send>(bytes: &[u8], name: String, depth: usize, visit: Visit<'_, T>) -> Vec<T> {
    if depth == MAX_ZIP_DEPTH {
        let reason =
            SkipReason::BadZip(format!("zips within more than {MAX_ZIP_DEPTH} zips: unpack it first"));
        return vec![visit(Named { name, value: Unpacked::Skipped(reason) })];
    }
    unpack_zip(&|| Ok(Cursor::new(bytes)), &name, depth + 1, visit)
}

/// What a member of an archive holds.
enum Member {
    Bytes(content::Unpacked),
    Index(Result<index::Part, IndexError>),
}

/// A member's name and content; `None` for folders and hidden files. Of strangers only the head is read.
type ReadMember = Result<Option<(String, Member)>, (String, SkipReason)>;

fn read_member<R: Read + Seek>(archive: &mut ZipArchive<R>, member: usize) -> ReadMember {
    let bad = |name: &str, why: String| (name.to_owned(), SkipReason::BadZip(why));
    let mut file =
        archive.by_index(member).map_err(|error| bad(&format!("member {member}"), error.to_string()))?;
    let name = match file.name() {
        Ok(name) => name.replace('\\', "/"),
        Err(error) => return Err(bad(&format!("member {member}"), error.to_string())),
    };
    if !file.is_file() || is_hidden(&name) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let mut damage = file.by_ref().take(HEAD_BYTES).read_to_end(&mut bytes).err();
    if let Some(kind) = IndexKind::of(&name, &bytes) {
        let whole = Cursor::new(bytes).chain(file.take(MAX_STREAMED_BYTES));
        let read = index::read(kind, BufReader::with_capacity(INDEX_BUFFER_BYTES, whole));
        return Ok(Some((name, Member::Index(read))));
    }
    if let Some(kind) = Kind::of_bytes(&bytes).filter(|_| damage.is_none()) {
        let packed_bytes = file.compressed_size();
        let limit = content::unpacked_limit(kind, packed_bytes);
        damage = file.by_ref().take(limit).read_to_end(&mut bytes).err();
        if bytes.len() as u64 > limit {
            return Err((name, SkipReason::Bomb(content::Bomb { packed_bytes, limit_bytes: limit })));
        }
    }
    let damage = damage.map(|error| format!("zip: {error}"));
    Ok(Some((name, Member::Bytes(content::Unpacked { bytes, damage }))))
}

/// Dot files, and the shadows that macOS puts into archives.
fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// Name and kind or code of everything in a zip on disk.
    fn told(bytes: &[u8]) -> Vec<(String, String)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("export.zip");
        fs::write(&path, bytes).unwrap();
        unpack(&Source { path, name: "export.zip".to_owned() }, &|named: Named<Unpacked>| {
            let what = match named.value {
                Unpacked::Activity(file) => file.kind.label().to_owned(),
                Unpacked::Index(_) => "index".to_owned(),
                Unpacked::Skipped(reason) => reason.to_string(),
                Unpacked::Stranger => "stranger".to_owned(),
            };
            (named.name, what)
        })
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(name, what)| ((*name).to_owned(), (*what).to_owned())).collect()
    }

    const GPX: &[u8] = b"<?xml version='1.0'?><gpx version='1.1'></gpx>";

    #[test]
    fn members_are_named_after_their_archive_and_told_by_content() {
        let archive = zip(&[
            ("activities/1.gpx", GPX),
            ("activities/2.dat", GPX),
            ("notes.txt", b"x"),
            ("a.fit", b"x"),
        ]);
        assert_eq!(
            told(&archive),
            pairs(&[
                ("export.zip/activities/1.gpx", "GPX"),
                ("export.zip/activities/2.dat", "GPX"),
                ("export.zip/notes.txt", "stranger"),
                ("export.zip/a.fit", "its name says FIT, its content is something else"),
            ])
        );
    }

    #[test]
    fn hidden_members_are_not_told_at_all() {
        assert_eq!(told(&zip(&[("__MACOSX/._a.fit", b"x"), (".b.fit", b"x")])), []);
    }

    #[test]
    fn zips_within_zips_are_opened_to_depth_three() {
        let inner = zip(&[("run.gpx", GPX)]);
        let second = zip(&[("c.zip", &inner)]);
        let third = zip(&[("b.zip", &second)]);
        assert_eq!(told(&third), pairs(&[("export.zip/b.zip/c.zip/run.gpx", "GPX")]));
        let fourth = zip(&[("a.zip", &third)]);
        let refused = told(&fourth);
        assert_eq!(refused[0].0, "export.zip/a.zip/b.zip/c.zip");
        assert!(refused[0].1.contains("more than 3 zips"), "{refused:?}");
    }

    #[test]
    fn a_bomb_is_refused_and_its_neighbour_read() {
        let mut bomb = GPX.to_vec();
        bomb.resize(20 << 20, b' ');
        let told = told(&zip(&[("bomb.gpx", &bomb), ("run.gpx", GPX)]));
        assert!(
            told[0].1.ends_with(" kB to more than 16 MB: no activity does, so it was left packed"),
            "{told:?}"
        );
        assert_eq!(told[1].1, "GPX");
    }

    #[test]
    fn a_zip_cut_anywhere_is_told_and_nothing_panics() {
        let archive = zip(&[("run.gpx", GPX), ("b.gpx", GPX)]);
        for length in 4..archive.len() {
            let told = told(&archive[..length]);
            assert!(
                told.iter().all(|(_, what)| what.starts_with("zip archive that cannot be read")),
                "{length}: {told:?}"
            );
        }
    }
}
