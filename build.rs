//! Gives the cache of the import a version that nobody can forget to raise: a hash over the readers' sources.
//!
//! What a file came to is remembered only for the very readers that read it, so every change below `src/import` or to
//! what it rests on makes old caches stale; what all files came to, only for the very judges.

use std::{fs, io, path::Path};

/// What the readers' results depend on; `Cargo.lock` has the versions of their crates.
const READERS: [&str; 3] = ["src/import", "src/activity", "Cargo.lock"];
/// What judging depends on besides; a test looks whether it is all that `src/import` names.
const JUDGES: [&str; 3] = ["src/settings", "src/dates.rs", "src/units.rs"];

fn main() -> io::Result<()> {
    let mut hash = Fnv::default();
    add_all(&READERS, &mut hash)?;
    println!("cargo:rustc-env=TREADLIGHT_READERS={:016x}", hash.0);
    add_all(&JUDGES, &mut hash)?;
    println!("cargo:rustc-env=TREADLIGHT_JUDGES={:016x}", hash.0);
    Ok(())
}

fn add_all(paths: &[&str], hash: &mut Fnv) -> io::Result<()> {
    paths.iter().try_for_each(|path| {
        println!("cargo:rerun-if-changed={path}");
        add(Path::new(path), hash)
    })
}

/// Adds a file, or all files of a folder in order. A package from crates.io may lack `Cargo.lock`.
fn add(path: &Path, hash: &mut Fnv) -> io::Result<()> {
    if path.is_dir() {
        let mut inside: Vec<_> =
            fs::read_dir(path)?.map(|entry| entry.map(|e| e.path())).collect::<io::Result<_>>()?;
        inside.sort();
        return inside.iter().try_for_each(|path| add(path, hash));
    }
    hash.add(path.to_string_lossy().as_bytes());
    hash.add(&fs::read(path).unwrap_or_default());
    Ok(())
}

/// FNV-1a: short, and the same on every machine.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
