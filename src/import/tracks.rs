//! Puts rows to the recordings that bear their name: of some services one activity lies in a session, a track and a file
//! of heart rates, all with the name of the session.
//!
//! What the service wrote goes first: start, offset from UTC and sport are the session's. A file of the service's own
//! JSON is no activity beside its session; an activity file that lies there twice is told as any duplicate.

use std::collections::BTreeMap;

use crate::{
    activity::{Format, Note},
    import::{
        measure::Measured,
        names::base_name,
        services::{Entry, Start, Tracks},
    },
};

/// Positions of recordings by their file's name without folders.
type ByName = BTreeMap<String, Vec<usize>>;

/// A row whose recordings were found.
pub(super) struct Found {
    /// The row.
    pub(super) entry: Entry,
    /// Where its recordings stand; each is the whole activity.
    pub(super) positions: Vec<usize>,
}

/// Rows with and without recordings of their name. Recordings that are part of another, or that nothing tells of, go.
pub(super) fn find(entries: Vec<Entry>, measured: &mut Vec<Measured>) -> (Vec<Found>, Vec<Entry>) {
    let has_parts = measured.iter().any(|recording| recording.format == Format::Json);
    if !has_parts && entries.iter().all(|entry| entry.row.tracks.is_none()) {
        return (Vec::new(), entries);
    }
    let by_name = by_name(measured);
    let mut goes = vec![false; measured.len()];
    let (mut found, mut alone) = (Vec::new(), Vec::new());
    for mut entry in entries {
        let positions = entry.row.tracks.as_ref().map(|tracks| named(tracks, &by_name)).unwrap_or_default();
        let positions: Vec<usize> = positions.into_iter().filter(|position| !goes[*position]).collect();
        match (positions.first(), &entry.row.tracks) {
            (Some(first), Some(Tracks { hold_more: true, .. })) => {
                entry.row.track_file = Some(measured[*first].file.clone());
                positions.iter().for_each(|position| goes[*position] = true);
                alone.push(entry);
            }
            (Some(_), _) => {
                let positions = whole(&positions, measured, &mut goes);
                found.push(Found { entry, positions });
            }
            (None, _) => alone.push(entry),
        }
    }
    let positions = let_go(measured, &goes, &found);
    for one in &mut found {
        one.positions = one.positions.iter().filter_map(|position| positions[*position]).collect();
    }
    (found, alone)
}

fn by_name(measured: &[Measured]) -> ByName {
    let mut by_name = ByName::new();
    for (position, recording) in measured.iter().enumerate() {
        by_name.entry(base_name(&recording.file).to_owned()).or_default().push(position);
    }
    by_name
}

fn named(tracks: &Tracks, by_name: &ByName) -> Vec<usize> {
    let begin = tracks.begin.as_str();
    let names = by_name.range(begin.to_owned()..).take_while(|(name, _)| name.starts_with(begin));
    names.flat_map(|(_, positions)| positions).copied().collect()
}

/// The recordings that are whole, once every part has given them what it knows: activity files, else one of the parts.
fn whole(positions: &[usize], measured: &mut [Measured], goes: &mut [bool]) -> Vec<usize> {
    let (mut parts, mut whole): (Vec<usize>, Vec<usize>) =
        positions.iter().partition(|position| measured[**position].format == Format::Json);
    if whole.is_empty() {
        // the track before the heart rates
        parts.sort_by_key(|position| measured[*position].track.track_distance_m.is_none());
        whole.extend(parts.first());
        parts.remove(0);
    }
    for part in parts {
        goes[part] = true;
        for one in &whole {
            let part = measured[part].clone();
            measured[*one].take_heart_rates(part);
        }
    }
    whole
}

/// Lets parts go that others have taken in, and heart rates of no session; says where the rest stands then.
fn let_go(measured: &mut Vec<Measured>, goes: &[bool], found: &[Found]) -> Vec<Option<usize>> {
    let mut is_found = vec![false; goes.len()];
    found.iter().flat_map(|one| &one.positions).for_each(|position| is_found[*position] = true);
    let mut kept = 0;
    let stays = |position: usize, recording: &Measured| {
        let is_an_activity = recording.format != Format::Json || recording.track.track_distance_m.is_some();
        !goes[position] && (is_found[position] || is_an_activity)
    };
    let places: Vec<Option<usize>> = measured
        .iter()
        .enumerate()
        .map(|(position, recording)| {
            stays(position, recording).then(|| {
                kept += 1;
                kept - 1
            })
        })
        .collect();
    let mut places_left = places.iter();
    measured.retain(|_| places_left.next().is_some_and(Option::is_some));
    places
}

impl Measured {
    /// Takes the heart rates of another recording of the same activity, where it has none.
    fn take_heart_rates(&mut self, other: Self) {
        if self.heart_rate_times.total_s() > 0 {
            return;
        }
        self.heart_rate_times = other.heart_rate_times;
        let (known, track) = (&mut self.track, other.track);
        known.average_heart_rate_bpm = known.average_heart_rate_bpm.or(track.average_heart_rate_bpm);
        known.max_heart_rate_bpm = known.max_heart_rate_bpm.or(track.max_heart_rate_bpm);
        let spikes =
            other.notes.into_iter().filter(|note| matches!(note, Note::HeartRateSpikesDropped { .. }));
        self.notes.extend(spikes);
    }

    /// Begins when and where its session says.
    pub(super) fn begin_as(&mut self, start: Option<Start>) {
        let Some(Start::Moment { unix_ms, utc_offset_s }) = start else { return };
        self.start_unix_ms = unix_ms;
        self.utc_offset_s = utc_offset_s.or(self.utc_offset_s);
    }
}
