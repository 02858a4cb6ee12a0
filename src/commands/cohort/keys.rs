//! The ids of folders: `p0001` in the order of their names, or random ones that a key file outside the tables keeps.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    hash::{BuildHasher, RandomState},
    io,
    path::Path,
};

use anyhow::{Context, Result, bail};

use crate::commands::{disk::System, output::Staged};

/// Letters of a random id.
const LETTERS: usize = 10;

/// The id of each name, in the order given.
///
/// # Errors
/// A key file that cannot be read or written, or names a folder twice.
pub(crate) fn ids(names: &[&str], keys: Option<&Path>) -> Result<Vec<String>> {
    let Some(keys) = keys else {
        let width = names.len().to_string().len().max(4);
        return Ok((1..=names.len()).map(|place| format!("p{place:0width$}")).collect());
    };
    let mut known = read(keys)?;
    let mut taken: BTreeSet<String> = known.values().cloned().collect();
    let is_new = names.iter().any(|name| !known.contains_key(*name));
    for name in names {
        known.entry((*name).to_owned()).or_insert_with(|| new_id(&mut taken));
    }
    if is_new {
        write(keys, &known)?;
        // of two processes at once one has written it
        known = read(keys)?;
    }
    names
        .iter()
        .map(|name| {
            known
                .get(*name)
                .cloned()
                .with_context(|| format!("`{}` lost `{name}`: start again", keys.display()))
        })
        .collect()
}

fn new_id(taken: &mut BTreeSet<String>) -> String {
    loop {
        // the system's own randomness keys each hasher
        let mut number = RandomState::new().hash_one(taken.len());
        let letters = (0..LETTERS).map(|_| {
            let letter = (number % 26) as u8;
            number /= 26;
            char::from(b'a' + letter)
        });
        let id: String = letters.collect();
        if taken.insert(id.clone()) {
            return id;
        }
    }
}

fn read(keys: &Path) -> Result<BTreeMap<String, String>> {
    let shown = keys.display();
    let file = match File::open(keys) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(error).with_context(|| format!("cannot read the key file `{shown}`")),
    };
    let mut known = BTreeMap::new();
    let mut table = csv::ReaderBuilder::new().from_reader(file);
    for row in table.records() {
        let row = row.with_context(|| format!("the key file `{shown}` cannot be read"))?;
        let (Some(id), Some(folder)) = (row.get(0), row.get(1)) else {
            bail!("the key file `{shown}`: every line is `person_id,folder`");
        };
        if known.insert(folder.to_owned(), id.to_owned()).is_some() {
            bail!("the key file `{shown}` names the folder `{folder}` twice: leave one line");
        }
    }
    Ok(known)
}

fn write(keys: &Path, known: &BTreeMap<String, String>) -> Result<()> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["person_id", "folder"])?;
    for (folder, id) in known {
        table.write_record([id, folder])?;
    }
    let bytes = table.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    let folder = keys.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let is_new = !keys.exists();
    let staged = Staged::new(&System, folder, keys, &bytes, only_for_the_owner())?;
    let published = if is_new { staged.claim(&System) } else { staged.publish(&System) };
    // somebody else was first: theirs is read
    if is_new && keys.exists() { Ok(()) } else { published }
}

#[cfg(unix)]
fn only_for_the_owner() -> Option<fs::Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(0o600))
}

#[cfg(not(unix))]
fn only_for_the_owner() -> Option<fs::Permissions> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_key_file_folders_are_numbered_in_their_order() {
        assert_eq!(ids(&["anna", "ben"], None).unwrap(), ["p0001", "p0002"]);
    }

    #[test]
    fn a_key_file_is_made_once_kept_and_added_to() {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys.csv");
        let first = ids(&["anna", "ben"], Some(&keys)).unwrap();
        assert!(first.iter().all(|id| id.len() == LETTERS && id.chars().all(|c| c.is_ascii_lowercase())));
        assert_ne!(first[0], first[1]);
        let later = ids(&["anna", "aron", "ben"], Some(&keys)).unwrap();
        assert_eq!([&later[0], &later[2]], [&first[0], &first[1]]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&keys).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_key_file_that_names_a_folder_twice_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys.csv");
        fs::write(&keys, "person_id,folder\na,anna\nb,anna\n").unwrap();
        let error = ids(&["anna"], Some(&keys)).unwrap_err();
        assert!(format!("{error:#}").contains("`anna` twice"), "{error:#}");
    }
}
