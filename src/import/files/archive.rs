//! Zip archives, read in place: every member side by side, zips within zips.
//!
//! What grows more than 200-fold, nests deeper than three zips, or together unpacks to more than an archive of its size
//! can honestly hold (members may share their bytes) is refused.

use std::{
    io::{self, BufReader, Cursor, Read, Seek, SeekFrom},
    sync::atomic::{AtomicU64, Ordering},
};

use rayon::prelude::*;
use zip::{ZipArchive, result::ZipError};

use super::{
    content,
    recognize::{HEAD_BYTES, INDEX_BUFFER_BYTES, Named, Unpacked, Visit, recognize, unreadable},
};
use crate::import::{
    formats::kind::Kind,
    services,
    skipped::{Bomb, SkipReason},
};

/// An index inside a zip is streamed up to here: years of a health app's records.
const MAX_STREAMED_BYTES: u64 = 4 << 30;
/// Zips within zips up to here: watch makers nest them.
const MAX_ZIP_DEPTH: usize = 3;
/// What is said of an archive with a password.
const LOCKED: &str = "it needs the password you chose when you asked for the export: unpack it first, then point \
    treadlight at the folder";
/// What all members of an archive may unpack to together, whatever its size …
const BUDGET_FLOOR_BYTES: u64 = 1 << 30;
/// … and as a multiple of it.
const MAX_RATIO: u64 = 200;

/// Hands every member of an archive to `visit`, in its order; `open` gives each thread its own reader.
pub(crate) fn unpack_zip<R, T>(
    open: &(dyn Fn() -> io::Result<R> + Sync),
    name: &str,
    visit: Visit<'_, T>,
) -> Vec<T>
where
    R: Read + Seek,
    T: Send,
{
    let bytes = open().and_then(|mut reader| reader.seek(SeekFrom::End(0))).unwrap_or_default();
    let budget_bytes = BUDGET_FLOOR_BYTES.max(bytes.saturating_mul(MAX_RATIO));
    Unpacking { visit, left_bytes: AtomicU64::new(budget_bytes) }.zip(open, name, 1)
}

/// An outermost archive at work.
struct Unpacking<'a, T> {
    visit: Visit<'a, T>,
    /// What its members, and those of the zips in it, may still unpack to.
    left_bytes: AtomicU64,
}

impl<T: Send> Unpacking<'_, T> {
    fn zip<R: Read + Seek>(
        &self,
        open: &(dyn Fn() -> io::Result<R> + Sync),
        name: &str,
        depth: usize,
    ) -> Vec<T> {
        let (members, is_locked) = match Archive::open(open) {
            Ok(mut archive) => (archive.zip.len(), archive.is_locked()),
            Err(reason) => return self.skip(name, reason),
        };
        let locked =
            if is_locked { self.skip(name, SkipReason::BadZip(LOCKED.to_owned())) } else { Vec::new() };
        let unpacked: Vec<Vec<T>> = (0..members)
            .into_par_iter()
            .map_init(
                || Archive::open(open),
                |archive, member| match archive {
                    Ok(archive) => self.member(archive.read(member, &self.left_bytes), name, depth),
                    Err(reason) => self.skip(name, reason.clone()),
                },
            )
            .collect();
        locked.into_iter().chain(unpacked.into_iter().flatten()).collect()
    }

    fn member(&self, member: ReadMember, archive_name: &str, depth: usize) -> Vec<T> {
        let full_name = |name: String| format!("{archive_name}/{name}");
        let (name, value) = match member {
            Ok(None) => return Vec::new(),
            Err((name, reason)) => return self.skip(&full_name(name), reason),
            Ok(Some((name, Member::Index(read)))) => (name, Unpacked::Index(Box::new(read))),
            Ok(Some((name, Member::Bytes(unpacked))))
                if Kind::of_bytes(&unpacked.bytes) == Some(Kind::Zip) =>
            {
                return self.inner_zip(&unpacked.bytes, &full_name(name), depth);
            }
            Ok(Some((name, Member::Bytes(unpacked)))) => {
                let mut value = recognize(unpacked.bytes.into(), &name);
                if let Unpacked::Activity(file) = &mut value {
                    file.damage = file.damage.take().or(unpacked.damage);
                }
                (name, value)
            }
        };
        vec![(self.visit)(Named { name: full_name(name), value })]
    }

    fn inner_zip(&self, bytes: &[u8], name: &str, depth: usize) -> Vec<T> {
        if depth == MAX_ZIP_DEPTH {
            let why = format!("zips within more than {MAX_ZIP_DEPTH} zips: unpack it first");
            return self.skip(name, SkipReason::BadZip(why));
        }
        self.zip(&|| Ok(Cursor::new(bytes)), name, depth + 1)
    }

    fn skip(&self, name: &str, reason: SkipReason) -> Vec<T> {
        vec![(self.visit)(Named { name: name.to_owned(), value: Unpacked::Skipped(reason) })]
    }
}

/// What a member of an archive holds.
enum Member {
    Bytes(content::Unpacked),
    Index(services::Read),
}

/// A member's name and content; `None` for folders and hidden files. Of strangers only the head is read.
type ReadMember = Result<Option<(String, Member)>, (String, SkipReason)>;

/// Why a member cannot be read, and what to do.
fn why(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            "it is locked with a password: unpack it into a folder and give that folder".to_owned()
        }
        error => error.to_string(),
    }
}

/// An open archive.
struct Archive<R> {
    zip: ZipArchive<R>,
    /// Its size: no member is packed into more, whatever it says.
    bytes: u64,
}

impl<R: Read + Seek> Archive<R> {
    fn open(open: &(dyn Fn() -> io::Result<R> + Sync)) -> Result<Self, SkipReason> {
        let mut reader = open().map_err(unreadable)?;
        let bytes = reader.seek(SeekFrom::End(0)).map_err(unreadable)?;
        let zip = ZipArchive::new(reader);
        let zip = zip.map_err(|error| SkipReason::BadZip(format!("{error}: export it again")))?;
        Ok(Self { zip, bytes })
    }

    /// Whether a password keeps some member closed.
    fn is_locked(&mut self) -> bool {
        (0..self.zip.len()).any(|member| self.zip.by_index_raw(member).is_ok_and(|file| file.encrypted()))
    }

    /// Reads a member, and takes what it unpacks to off `left_bytes`.
    fn read(&mut self, member: usize, left_bytes: &AtomicU64) -> ReadMember {
        let bad = |name: &str, why: String| (name.to_owned(), SkipReason::BadZip(why));
        // the whole archive is told as locked, once
        if self.zip.by_index_raw(member).is_ok_and(|file| file.encrypted()) {
            return Ok(None);
        }
        let mut file =
            self.zip.by_index(member).map_err(|error| bad(&format!("member {member}"), why(&error)))?;
        let name = match file.name() {
            Ok(name) => name.replace('\\', "/"),
            Err(error) => return Err(bad(&format!("member {member}"), error.to_string())),
        };
        if !file.is_file() || is_hidden(&name) {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let mut damage = file.by_ref().take(HEAD_BYTES).read_to_end(&mut bytes).err();
        let left = left_bytes.load(Ordering::Relaxed);
        if let Some(known) = services::recognize(&name, &bytes) {
            let mut rest = file.take(MAX_STREAMED_BYTES.min(left));
            let whole = Cursor::new(bytes).chain(&mut rest);
            let read = known.read(&name, BufReader::with_capacity(INDEX_BUFFER_BYTES, whole));
            spend(left_bytes, MAX_STREAMED_BYTES.min(left) - rest.limit());
            return Ok(Some((name, Member::Index(read))));
        }
        if let Some(kind) = Kind::of_bytes(&bytes).filter(|_| damage.is_none()) {
            let packed_bytes = file.compressed_size().min(self.bytes);
            let limit_bytes = content::unpacked_limit(kind, packed_bytes).min(left);
            damage = file.by_ref().take(limit_bytes).read_to_end(&mut bytes).err();
            spend(left_bytes, bytes.len() as u64);
            if bytes.len() as u64 > limit_bytes {
                return Err((name, SkipReason::Bomb(Bomb { packed_bytes, limit_bytes })));
            }
        }
        let damage = damage.map(|error| format!("zip: {error}"));
        Ok(Some((name, Member::Bytes(content::Unpacked { bytes, damage }))))
    }
}

/// Takes bytes off a budget, which never falls below nothing.
fn spend(left_bytes: &AtomicU64, bytes: u64) {
    let less = |left: u64| Some(left.saturating_sub(bytes));
    // it is always set: the closure never gives `None`
    let _ = left_bytes.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
}

/// Dot files, and the shadows that macOS puts into archives.
fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

#[cfg(test)]
mod tests {
    use std::{fs, io::Write, sync::atomic::AtomicBool};

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;
    use crate::import::files::{buffer::Rooms, find::Source, unpack::unpack};

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
        unpack(
            &Source::new(path, "export.zip"),
            &Rooms::default(),
            &AtomicBool::default(),
            &|named: Named<Unpacked>| {
                let what = match named.value {
                    Unpacked::Activity(file) => file.format.label.to_owned(),
                    Unpacked::Index(_) => "index".to_owned(),
                    Unpacked::Skipped(reason) => reason.to_string(),
                    Unpacked::Stranger => "stranger".to_owned(),
                };
                (named.name, what)
            },
        )
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
    fn a_bomb_that_lies_about_its_packed_size_is_refused_too() {
        let mut bomb = GPX.to_vec();
        bomb.resize(20 << 20, b' ');
        let mut lying = zip(&[("bomb.gpx", &bomb)]);
        let entry = lying.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
        lying[entry + 20..entry + 24].copy_from_slice(&(1_u32 << 28).to_le_bytes());
        let told = told(&lying);
        assert!(told[0].1.contains(" kB to more than 16 MB"), "{told:?}");
    }

    #[test]
    fn members_that_together_unpack_to_more_than_the_budget_are_refused_from_there_on() {
        let run = [GPX, &[b' '; 1_000]].concat();
        let archive = zip(&[("a.gpx", &run), ("b.gpx", &run), ("c.gpx", &run)]);
        let told = |budget_bytes: u64| {
            let visit = |named: Named<Unpacked>| matches!(named.value, Unpacked::Activity(_));
            let unpacking = Unpacking { visit: &visit, left_bytes: AtomicU64::new(budget_bytes) };
            // one after the other: side by side two may find the same budget
            let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
            let read =
                alone.install(|| unpacking.zip(&|| Ok(Cursor::new(archive.as_slice())), "export.zip", 1));
            read.into_iter().filter(|read| *read).count()
        };
        let each = run.len() as u64;
        assert_eq!(told(3 * each), 3);
        assert_eq!(told(2 * each - 1), 1);
        assert_eq!(told(0), 0);
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
