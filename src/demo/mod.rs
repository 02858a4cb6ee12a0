//! The sample data of `treadlight demo`: an invented runner's files, made out of nothing but arithmetic.
//!
//! `story` says who ran when and how far, `track` turns a run into points, `fit` and `gpx` write
//! them, `texts` adds the settings and a README that says what treadlight must find. No clock, no file
//! system and no function whose last bit differs between platforms: the same bytes everywhere.

mod clock;
mod facts;
mod fit;
mod gpx;
mod knee;
mod noise;
mod routes;
mod shoe_texts;
mod shoes;
#[cfg(test)]
mod spec;
mod story;
mod texts;
mod track;
mod words;

use std::io::{self, Write as _};

use ::gpx::errors::GpxError;
use chrono::NaiveDate;
use flate2::{Compression, GzBuilder};
use thiserror::Error;

use story::{Kind, Outing, Packing};
use track::Track;

/// How far the broken file gets, in metres.
const BREAKS_OFF_AFTER_M: f64 = 5_220.0;
const PLANNED_ROUTE: &str = "routes/planned-half-marathon.gpx";

/// One file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoFile {
    /// Path inside the folder, with `/`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A file that could not be made.
#[derive(Debug, Error)]
pub enum DemoError {
    /// The GPX writer refused.
    #[error("cannot make `{path}` as GPX")]
    Gpx {
        /// Path inside the folder.
        path: String,
        /// What the writer says.
        source: GpxError,
    },
    /// The gzip writer refused.
    #[error("cannot gzip `{path}`")]
    Gzip {
        /// Path inside the folder.
        path: String,
        /// What the writer says.
        source: io::Error,
    },
}

/// The files of the sample, sorted by path; or with `weeks` a history of so many weeks up to the same day,
/// without README, for benchmarks.
///
/// # Errors
///
/// Where a writer refuses, which no writer into memory does.
pub fn demo_files(weeks: Option<u32>) -> Result<Vec<DemoFile>, DemoError> {
    let is_sample = weeks.is_none();
    let weeks = weeks.unwrap_or(story::story_weeks());
    let (mut files, contents) = activity_files(weeks)?;
    let pairs = shoes::pairs(weeks);
    files.push(text_file("treadlight.toml", texts::settings(&pairs, &contents.named)));
    if is_sample {
        files.push(text_file("README.md", texts::readme(&contents, &pairs)));
        files.push(text_file("treadlight-knee.csv", knee::diary()));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// A run as treadlight must count it.
#[derive(Clone, Debug)]
struct Run {
    date: NaiveDate,
    distance_m: i64,
}

/// What was put into the files.
#[derive(Clone, Debug, Default)]
struct Contents {
    /// By date.
    runs: Vec<Run>,
    /// FIT and GPX files, gzipped or not.
    activity_files: usize,
    /// Paths.
    others: Vec<(String, Kind)>,
    duplicate: String,
    duplicate_of: String,
    planned_route: String,
    broken_off: BrokenOff,
    /// Ids of runs, each with the pair that the settings name for it.
    named: Vec<(String, &'static str)>,
}

/// The run whose file breaks off.
#[derive(Clone, Debug, Default)]
struct BrokenOff {
    path: String,
    planned_m: i64,
    recorded_m: i64,
}

fn activity_files(weeks: u32) -> Result<(Vec<DemoFile>, Contents), DemoError> {
    let mut files = Vec::new();
    let mut contents = Contents::default();
    for outing in story::outings(weeks) {
        add_outing(&outing, &mut files, &mut contents)?;
    }
    files.push(planned_route(&mut contents)?);
    contents.activity_files = files.len();
    Ok((files, contents))
}

fn add_outing(outing: &Outing, files: &mut Vec<DemoFile>, contents: &mut Contents) -> Result<(), DemoError> {
    let track = track::record(outing);
    let path = outing.path();
    let mut distance_m = outing.distance_m;
    if outing.date == story::BROKEN_OFF {
        let (bytes, recorded_m) = fit::broken_off(&track, fit::RUNNING, BREAKS_OFF_AFTER_M);
        distance_m = recorded_m.round() as i64;
        contents.broken_off =
            BrokenOff { path: path.clone(), planned_m: outing.distance_m, recorded_m: distance_m };
        files.push(DemoFile { path: path.clone(), bytes });
    } else {
        files.push(packed(outing, &track, &path)?);
    }
    if outing.kind.is_run() {
        contents.named.extend(shoes::named_on(outing.date).map(|name| (outing.id(), name)));
        contents.runs.push(Run { date: outing.date, distance_m });
    } else {
        contents.others.push((path.clone(), outing.kind));
    }
    if outing.date == story::TWICE {
        let again = path.replace(".fit", "-again.gpx");
        files.push(gpx_file(outing, &track, &again)?);
        (contents.duplicate, contents.duplicate_of) = (again, path);
    }
    Ok(())
}

fn packed(outing: &Outing, track: &Track, path: &str) -> Result<DemoFile, DemoError> {
    let sport = match outing.kind {
        Kind::Ride => fit::CYCLING,
        Kind::Swim => fit::SWIMMING,
        Kind::Strength => fit::STRENGTH,
        Kind::Treadmill => fit::TREADMILL,
        Kind::Easy | Kind::Long | Kind::Holiday => fit::RUNNING,
    };
    let fit_file = || DemoFile { path: path.to_owned(), bytes: fit::whole(track, sport) };
    match outing.packing {
        Packing::Fit => Ok(fit_file()),
        Packing::FitGz => gzipped(fit_file()),
        Packing::Gpx => gpx_file(outing, track, path),
        Packing::GpxGz => gzipped(gpx_file(outing, track, path)?),
    }
}

fn gpx_file(outing: &Outing, track: &Track, path: &str) -> Result<DemoFile, DemoError> {
    let bytes = gpx::run(track, outing.kind.word()).map_err(|source| gpx_error(path, source))?;
    Ok(DemoFile { path: path.to_owned(), bytes })
}

fn planned_route(contents: &mut Contents) -> Result<DemoFile, DemoError> {
    let bytes = gpx::planned_route(&routes::LOOPS[4], 2, "Half marathon, two rounds of the wind farm loop")
        .map_err(|source| gpx_error(PLANNED_ROUTE, source))?;
    PLANNED_ROUTE.clone_into(&mut contents.planned_route);
    Ok(DemoFile { path: PLANNED_ROUTE.to_owned(), bytes })
}

fn gpx_error(path: &str, source: GpxError) -> DemoError {
    DemoError::Gpx { path: path.to_owned(), source }
}

/// Without time, name or operating system in its header: the same bytes everywhere.
fn gzipped(file: DemoFile) -> Result<DemoFile, DemoError> {
    const UNKNOWN_SYSTEM: u8 = 255;
    let builder = GzBuilder::new().mtime(0).operating_system(UNKNOWN_SYSTEM);
    let mut encoder = builder.write(Vec::new(), Compression::default());
    match encoder.write_all(&file.bytes).and_then(|()| encoder.finish()) {
        Ok(bytes) => Ok(DemoFile { path: file.path, bytes }),
        Err(source) => Err(DemoError::Gzip { path: file.path, source }),
    }
}

fn text_file(path: &str, text: String) -> DemoFile {
    DemoFile { path: path.to_owned(), bytes: text.into_bytes() }
}

#[cfg(test)]
mod tests;
