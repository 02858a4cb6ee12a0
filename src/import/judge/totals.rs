//! Which of the stated and computed totals count: the device's own, the track's, or those of an export's index.
//!
//! - F11: where records and positions agree within a tenth, and the stated total is off by more than a quarter, the
//!   records count, with a note. Indoors the total stands (the belt is calibrated afterwards), and where the records
//!   break off early. A time that goes with such a total and is longer than the track falls with it.
//! - F13: climb and descent above 300 m a kilometre, or more than five times those of the altitudes, are unknown.

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
    /// The same for climb and descent.
    pub(crate) climb_note: Option<Note>,
}

/// Of how many sources a distance may come.
pub(crate) const SOURCES: usize = 5;
/// Records and positions agree if they differ by no more than this share …
const AGREE_WITHIN: f64 = 0.1;
/// … and a total that differs by more than this share of them is wrong.
const CONTRADICTED_BY: f64 = 0.25;
/// The points have to tell of this share of the time, or they may have broken off.
const COVERED_SHARE: f64 = 0.65;
/// Metres of climb a kilometre that nobody runs.
const STEEPEST_M_PER_KM: f64 = 300.0;
/// Stated climb may be so many times that of the altitudes …
const CLIMB_TIMES: f64 = 5.0;
/// … and so much more, in metres: small climbs are noise.
const CLIMB_NOISE_M: f64 = 100.0;

/// Chooses every total: the device's, else the track's, else that of an index which names the file.
/// The first `passed_over` sources of a distance are not asked.
pub(crate) fn choose(measured: &Measured, passed_over: usize) -> Chosen {
    let distances = distances(measured);
    let distance = choose_distance(measured, distances, passed_over);
    let row = |is_wanted: bool| {
        measured.index.as_ref().filter(|_| is_wanted).map(|e| e.row.totals.clone()).unwrap_or_default()
    };
    // the time goes with the distance: half of the time for the whole distance makes a ride of a run
    let first = row(distance.replaces_the_file);
    let last = row(measured.index.as_ref().is_some_and(|entry| entry.by_file));
    let (device, track) = (&measured.totals, &measured.track);
    let is_too_long =
        |timer: &f64| track.elapsed_time_s.is_some_and(|span| *timer > (1.0 + CONTRADICTED_BY) * span);
    let device_timer_s =
        device.timer_time_s.filter(|timer| !(distance.is_contradicted && is_too_long(timer)));
    let timer_time_s = first.timer_time_s.or(device_timer_s);
    let (ascent_m, up_note) = climb(device.ascent_m, track.ascent_m, distance.meters);
    let (descent_m, down_note) = climb(device.descent_m, track.descent_m, distance.meters);
    let totals = Totals {
        distance_m: distance.meters,
        timer_time_s,
        elapsed_time_s: first
            .elapsed_time_s
            .or(device.elapsed_time_s)
            .or(track.elapsed_time_s)
            .or(last.elapsed_time_s),
        ascent_m: ascent_m.or(last.ascent_m.filter(|_| up_note.is_none())),
        descent_m: descent_m.or(last.descent_m.filter(|_| down_note.is_none())),
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
        climb_note: up_note.or(down_note),
    }
}

/// Climb, or descent, that can be: the device's, else that of the altitudes.
fn climb(
    stated_m: Option<f64>,
    of_altitudes_m: Option<f64>,
    distance_m: Option<f64>,
) -> (Option<f64>, Option<Note>) {
    let is_too_steep = |meters: f64| {
        let steepest_m = distance_m.map(|distance_m| distance_m / 1000.0 * STEEPEST_M_PER_KM);
        meters > CLIMB_NOISE_M && steepest_m.is_some_and(|steepest_m| meters > steepest_m)
    };
    let is_denied = |meters: f64| {
        of_altitudes_m.is_some_and(|altitudes_m| meters > CLIMB_TIMES * altitudes_m + CLIMB_NOISE_M)
    };
    match stated_m.or(of_altitudes_m) {
        Some(meters) if is_too_steep(meters) || is_denied(meters) => {
            (None, Some(Note::ClimbUnknown { stated_m: meters }))
        }
        meters => (meters, None),
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
    /// Whether records and positions speak against the stated total.
    is_contradicted: bool,
}

/// Whether records and positions agree, and the stated total is far from both.
fn is_contradicted(measured: &Measured, stated: Distances) -> bool {
    let (Some(total_m), Some(records_m), Some(track_m)) =
        (stated.session_m, stated.records_m, stated.track_m)
    else {
        return false;
    };
    let kind = measured.sub_sport.as_deref().unwrap_or_default();
    let is_indoors = kind.contains("treadmill") || kind.contains("indoor");
    let breaks_off = |note: &Note| matches!(note, Note::DamagedAt { .. } | Note::RecordsEndEarly { .. });
    let covered = measured
        .totals
        .timer_time_s
        .zip(measured.track.elapsed_time_s)
        .is_none_or(|(timer, span)| span >= COVERED_SHARE * timer);
    let agree = (records_m - track_m).abs() <= AGREE_WITHIN * records_m.max(track_m);
    let is_far = (total_m - records_m).abs() > CONTRADICTED_BY * records_m;
    agree && is_far && covered && !is_indoors && !measured.notes.iter().any(breaks_off)
}

/// The device's total, else its records', else the phone's own total in the index of its export, else the sum over the
/// track, else what the index says. Cropped where the runner cropped it, whole where the file breaks off.
fn choose_distance(measured: &Measured, stated: Distances, passed_over: usize) -> ChosenDistance {
    let entry = measured.index.as_deref();
    // the phone that made the track made the total too: it is the device
    let of_phone =
        entry.filter(|entry| entry.by_file && entry.service.totals_are_the_devices).and(stated.index_m);
    let is_contradicted = is_contradicted(measured, stated);
    let sources: [_; SOURCES] = [
        (stated.session_m.filter(|_| !is_contradicted), DistanceSource::Session),
        (stated.records_m, DistanceSource::Records),
        (of_phone, DistanceSource::Index),
        (stated.track_m, DistanceSource::Track),
        (stated.index_m, DistanceSource::Index),
    ];
    let known = sources.into_iter().skip(passed_over).find_map(|(meters, source)| Some((meters?, source)));
    let Some((meters, source)) = known else { return ChosenDistance::default() };
    if let Some((index_m, note)) = entry.and_then(|entry| of_index_instead(measured, entry, meters)) {
        return ChosenDistance {
            meters: Some(index_m),
            source: Some(DistanceSource::Index),
            note: Some(note),
            replaces_the_file: true,
            is_contradicted,
        };
    }
    let index = entry.filter(|_| source == DistanceSource::Index).map(index_name);
    ChosenDistance {
        meters: Some(meters),
        source: Some(source),
        note: match (is_contradicted, stated.session_m) {
            (true, Some(total_m)) => Some(Note::TotalContradicted { total_m }),
            _ => index.map(|index| Note::DistanceFromIndex { index }),
        },
        replaces_the_file: false,
        is_contradicted,
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
