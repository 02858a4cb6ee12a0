//! Which of the stated and computed totals count: the device's own, the track's, or those of an export's index.

use crate::{
    activity::{DistanceSource, Distances, Format, Note, Totals},
    import::{measure::Measured, names::base_name, services::Entry},
};

/// A service's distance below this share of the device's was cropped by the runner; a damaged file's distance below
/// this share of the service's broke off.
const SHORTENED_BELOW: f64 = 0.9;

/// The totals that count.
pub(crate) struct Chosen {
    /// Distance, times, climb, heart rate, cadence.
    pub(crate) totals: Totals,
    /// The device's timer, else time above the stop threshold, else what the index says.
    pub(crate) moving_time_s: Option<f64>,
    /// The part of the moving time that was running, by the track; `None` where the index replaces the track.
    pub(crate) running_time_s: Option<f64>,
    /// Where the distance comes from.
    pub(crate) distance_source: Option<DistanceSource>,
    /// The distances that it was chosen from.
    pub(crate) distances: Distances,
    /// What the runner should know of the choice.
    pub(crate) note: Option<Note>,
}

/// Chooses every total: the device's, else the track's, else that of an index which names the file.
pub(crate) fn choose(measured: &Measured) -> Chosen {
    let distances = distances(measured);
    let distance = choose_distance(measured, distances);
    let row = |is_wanted: bool| {
        measured.index.as_ref().filter(|_| is_wanted).map(|e| e.row.totals.clone()).unwrap_or_default()
    };
    // the time goes with the distance: half of the time for the whole distance makes a ride of a run
    let first = row(distance.replaces_the_file);
    let last = row(measured.index.as_ref().is_some_and(|entry| entry.by_file));
    let (device, track) = (&measured.totals, &measured.track);
    let timer_time_s = first.timer_time_s.or(device.timer_time_s);
    let totals = Totals {
        distance_m: distance.meters,
        timer_time_s,
        elapsed_time_s: first
            .elapsed_time_s
            .or(device.elapsed_time_s)
            .or(track.elapsed_time_s)
            .or(last.elapsed_time_s),
        ascent_m: device.ascent_m.or(track.ascent_m).or(last.ascent_m),
        descent_m: device.descent_m.or(track.descent_m).or(last.descent_m),
        average_heart_rate_bpm: device
            .average_heart_rate_bpm
            .or(track.average_heart_rate_bpm)
            .or(last.average_heart_rate_bpm),
        max_heart_rate_bpm: device
            .max_heart_rate_bpm
            .or(track.max_heart_rate_bpm)
            .or(last.max_heart_rate_bpm),
        average_cadence_spm: device
            .average_cadence_spm
            .or(track.average_cadence_spm)
            .or(last.average_cadence_spm),
        training_load: device.training_load,
        session_rpe: device.session_rpe,
    };
    let moving_time_s = timer_time_s.or(track.moving_time_s).or(last.timer_time_s);
    let of_track = track.running_time_s.filter(|_| !distance.replaces_the_file);
    Chosen {
        moving_time_s,
        running_time_s: of_track
            .map(|running_s| moving_time_s.map_or(running_s, |moving_s| running_s.min(moving_s))),
        totals,
        distance_source: distance.source,
        distances,
        note: distance.note,
    }
}

fn distances(measured: &Measured) -> Distances {
    let from_row_alone = measured.format == Format::Index;
    Distances {
        session_m: measured.totals.distance_m.filter(|_| !from_row_alone),
        records_m: measured.track.records_distance_m,
        track_m: measured.track.track_distance_m,
        index_m: measured.index.as_ref().and_then(|entry| entry.row.totals.distance_m),
    }
}

/// A distance and why it is that.
#[derive(Default)]
struct ChosenDistance {
    meters: Option<f64>,
    source: Option<DistanceSource>,
    note: Option<Note>,
    /// Whether the index knows better than the file, so that its times count too.
    replaces_the_file: bool,
}

/// The device's total, else its records', else the phone's own total in the index of its export, else the sum over the
/// track, else what the index says. Cropped where the runner cropped it, whole where the file breaks off.
fn choose_distance(measured: &Measured, stated: Distances) -> ChosenDistance {
    let entry = measured.index.as_deref();
    // the phone that made the track made the total too: it is the device
    let of_phone =
        entry.filter(|entry| entry.by_file && entry.service.totals_are_the_devices).and(stated.index_m);
    let sources = [
        (stated.session_m, DistanceSource::Session),
        (stated.records_m, DistanceSource::Records),
        (of_phone, DistanceSource::Index),
        (stated.track_m, DistanceSource::Track),
        (stated.index_m, DistanceSource::Index),
    ];
    let known = sources.into_iter().find_map(|(meters, source)| Some((meters?, source)));
    let Some((meters, source)) = known else { return ChosenDistance::default() };
    if let Some((index_m, note)) = entry.and_then(|entry| of_index_instead(measured, entry, meters)) {
        return ChosenDistance {
            meters: Some(index_m),
            source: Some(DistanceSource::Index),
            note: Some(note),
            replaces_the_file: true,
        };
    }
    let index = entry.filter(|_| source == DistanceSource::Index).map(index_name);
    ChosenDistance {
        meters: Some(meters),
        source: Some(source),
        note: index.map(|index| Note::DistanceFromIndex { index }),
        replaces_the_file: false,
    }
}

/// The distance of an index that knows better than the file, which says `meters`.
fn of_index_instead(measured: &Measured, entry: &Entry, meters: f64) -> Option<(f64, Note)> {
    let index_m = entry.row.totals.distance_m?;
    if entry.service.shorter_means_cropped && index_m < SHORTENED_BELOW * meters {
        let note = Note::Cropped { index: index_name(entry), recorded_m: meters, cropped_m: index_m };
        return Some((index_m, note));
    }
    let breaks_off = measured.notes.iter().any(|note| matches!(note, Note::DamagedAt { .. }));
    (breaks_off && meters < SHORTENED_BELOW * index_m)
        .then(|| (index_m, Note::DistanceFromIndex { index: index_name(entry) }))
}

fn index_name(entry: &Entry) -> String {
    base_name(&entry.index).to_owned()
}
