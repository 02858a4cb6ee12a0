//! Parts of the names under which files are listed: paths with `/`.

/// A path without its folders.
pub(crate) fn base_name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

/// The name of a file without folders and endings: `7` of `activities/7.fit.gz`.
pub(crate) fn file_stem(file: &str) -> &str {
    let name = base_name(file);
    name.split('.').next().unwrap_or(name)
}
