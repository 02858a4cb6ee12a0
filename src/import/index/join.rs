//! Puts the rows of an index to the files: by the name that the index gives, else by time. A row without a file is an
//! activity of its own: treadmill and hand-typed runs count, or every shoe reads low and every gap is false.

use std::collections::HashMap;

use chrono::TimeZone;

use super::{Row, Rows, Service, Start};
use crate::{
    activity::Format,
    import::{
        assess::Circumstances,
        fingerprint::Fingerprint,
        measure::{Entry, Measured, is_possible_start},
        track::TrackSummary,
    },
};

/// A row and a recording begin the same activity if their starts lie this close …
const SAME_START_MS: i64 = 300_000;
/// … and neither lasts more than so many times the other: a triathlon is not its first leg.
const SAME_LENGTH: i64 = 2;
/// An activity that takes longer is not looked for by time.
const LONGEST_MS: i64 = 86_400_000;

/// One index of an export.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// The index file, a path inside the folder.
    pub file: String,
    /// Whose it is.
    pub service: Service,
    /// What it says.
    pub rows: Rows,
}

/// Gives every recording the row that tells of it, and adds a recording for each row that no file tells of.
/// Returns how many rows were of no use: without a date that can be, or without distance and time.
pub fn join(indexes: Vec<Index>, measured: &mut Vec<Measured>, circumstances: Circumstances) -> usize {
    let files = measured.len();
    let by_file = positions_by_file(measured);
    let by_start = positions_by_start(measured);
    let mut useless = 0;
    for index in indexes {
        let folder = index.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        for row in index.rows.rows {
            let entry =
                |row, by_file| Entry { index: index.file.clone(), service: index.service, by_file, row };
            let start_unix_ms = row.start.and_then(|start| unix_ms(start, circumstances));
            if let Some(position) = named_file(&row, folder, &by_file, measured, start_unix_ms) {
                attach(&mut measured[position], entry(row, true));
                continue;
            }
            let told = row.totals.distance_m.or(row.totals.elapsed_time_s).or(row.totals.timer_time_s);
            let Some(start_unix_ms) = start_unix_ms
                .filter(|ms| told.is_some() && is_possible_start(*ms, circumstances.latest_unix_ms()))
            else {
                useless += 1;
                continue;
            };
            let alone = of_row_alone(&index.file, start_unix_ms, entry(row, true));
            match by_time(&alone, &by_start, &measured[..files]) {
                ByTime::Same(positions) => {
                    for position in positions {
                        let mut entry = alone.index.clone();
                        entry.iter_mut().for_each(|entry| entry.by_file = false);
                        entry.into_iter().for_each(|entry| attach(&mut measured[position], entry));
                    }
                }
                ByTime::Inside => {}
                ByTime::Nothing => measured.push(alone),
            }
        }
    }
    useless
}

fn positions_by_file(measured: &[Measured]) -> HashMap<String, Vec<usize>> {
    let mut positions: HashMap<String, Vec<usize>> = HashMap::new();
    for (position, recording) in measured.iter().enumerate() {
        positions.entry(without_gz(&recording.file).to_owned()).or_default().push(position);
    }
    positions
}

/// Start and position of every recording, by start.
fn positions_by_start(measured: &[Measured]) -> Vec<(i64, usize)> {
    let mut starts: Vec<(i64, usize)> = measured
        .iter()
        .enumerate()
        .map(|(position, recording)| (recording.start_unix_ms, position))
        .collect();
    starts.sort_unstable();
    starts
}

/// People unpack `activities/1.fit.gz`: the index still names the packed file.
fn without_gz(file: &str) -> &str {
    file.strip_suffix(".gz").unwrap_or(file)
}

/// The recording of the file that a row names; of several in one file, the one that starts nearest.
fn named_file(
    row: &Row,
    folder: &str,
    by_file: &HashMap<String, Vec<usize>>,
    measured: &[Measured],
    start_unix_ms: Option<i64>,
) -> Option<usize> {
    let named = without_gz(row.file.as_deref()?);
    let file = if folder.is_empty() { named.to_owned() } else { format!("{folder}/{named}") };
    let near = |position: &&usize| {
        measured[**position]
            .start_unix_ms
            .abs_diff(start_unix_ms.unwrap_or(measured[**position].start_unix_ms))
    };
    by_file.get(&file)?.iter().min_by_key(near).copied()
}

/// The first row that tells of a recording stands.
fn attach(recording: &mut Measured, entry: Entry) {
    if let Some(Start::Moment { utc_offset_s, .. }) = entry.row.start {
        recording.utc_offset_s = recording.utc_offset_s.or(utc_offset_s);
    }
    if recording.index.is_none() {
        recording.index = Some(entry);
    } else if let (Some(known), Some(gear)) = (&mut recording.index, entry.row.gear) {
        known.row.gear.get_or_insert(gear);
    }
}

fn unix_ms(start: Start, circumstances: Circumstances) -> Option<i64> {
    match start {
        Start::Moment { unix_ms, .. } => Some(unix_ms),
        Start::Local(time) => {
            circumstances.zone.from_local_datetime(&time).earliest().map(|time| time.timestamp_millis())
        }
    }
}

fn of_row_alone(index: &str, start_unix_ms: i64, entry: Entry) -> Measured {
    Measured {
        file: index.to_owned(),
        format: Format::Index,
        sport: entry.row.sport.clone(),
        sub_sport: entry.row.sub_sport.clone(),
        name: entry.row.name.clone(),
        start_unix_ms,
        utc_offset_s: match entry.row.start {
            Some(Start::Moment { utc_offset_s, .. }) => utc_offset_s,
            _ => None,
        },
        device: None,
        totals: entry.row.totals.clone(),
        track: TrackSummary::default(),
        first_position: None,
        fingerprint: Fingerprint::default(),
        index: Some(entry),
        notes: Vec::new(),
    }
}

/// What the files hold at the time of a row.
enum ByTime {
    /// The same activity, perhaps in several files.
    Same(Vec<usize>),
    /// Others, which take up more than half of the shorter: legs of a triathlon.
    Inside,
    /// Nothing.
    Nothing,
}

fn by_time(row: &Measured, by_start: &[(i64, usize)], files: &[Measured]) -> ByTime {
    let (start, end) = (row.start_unix_ms, row.end_unix_ms());
    let from = by_start.partition_point(|(other, _)| *other < start - LONGEST_MS);
    let near = by_start[from..].iter().take_while(|(other, _)| *other <= end.max(start + SAME_START_MS));
    let (mut same, mut inside) = (Vec::new(), false);
    for &(_, position) in near {
        let other = &files[position];
        let length_ms = (end - start).max(1);
        let other_length_ms = (other.end_unix_ms() - other.start_unix_ms).max(1);
        if other.start_unix_ms.abs_diff(start) <= SAME_START_MS.unsigned_abs()
            && length_ms <= SAME_LENGTH * other_length_ms
            && other_length_ms <= SAME_LENGTH * length_ms
        {
            same.push(position);
        }
        let overlap_ms = end.min(other.end_unix_ms()) - start.max(other.start_unix_ms);
        inside |= 2 * overlap_ms > length_ms.min(other_length_ms);
    }
    match (same.is_empty(), inside) {
        (false, _) => ByTime::Same(same),
        (true, true) => ByTime::Inside,
        (true, false) => ByTime::Nothing,
    }
}
