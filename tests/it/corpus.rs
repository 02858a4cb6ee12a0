//! Real files of many devices, where they are at hand: they are other people's runs and not part of the repository.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::formats::same_points;

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !folder.is_dir() {
        println!("skipped: no corpus of real files here");
        return None;
    }
    Some(folder)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn our_gpx_reader_sees_what_the_gpx_crate_sees_in_every_real_file_that_it_accepts() {
    let Some(corpus) = corpus() else { return };
    let gpx = |path: &&PathBuf| path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gpx"));
    let compared = files(&corpus.join("small"))
        .iter()
        .filter(gpx)
        .filter(|p| same_points(&fs::read(p).unwrap(), &p.to_string_lossy()))
        .count();
    assert!(compared >= 15, "only {compared} files compared");
}

#[test]
fn no_real_file_cut_in_the_middle_panics_or_invents_distance() {
    let Some(corpus) = corpus() else { return };
    for path in files(&corpus.join("small")) {
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for share in 1..8 {
            let cut = &bytes[..bytes.len() * share / 8];
            for recording in treadlight::import::read_recordings(cut, &name).unwrap_or_default() {
                let points = recording.point_count();
                assert!(points * 3 <= cut.len() * 40, "{name}: {points} points from {} bytes", cut.len());
            }
        }
    }
}
