//! Puts the rows of an index to the files: by the name that the index gives, else by time. A row without a file is an
//! activity of its own: treadmill and hand-typed runs count, or every shoe reads low and every gap is false.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDateTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;

use crate::{
    activity::{Format, HeartRateTimes, Sport, Totals},
    import::{
        cache::clock::Clocks,
        circumstances::{Circumstances, is_possible_start},
        judge::sport,
        measure::Measured,
        services::{Entry, Index, Row, Start},
        track::{TrackSummary, fingerprint::Fingerprint, occupied::Occupied},
        tracks,
    },
};

/// A row and a recording begin the same activity if their starts lie this close …
const SAME_START_MS: i64 = 300_000;
/// … and neither lasts more than so many times the other: a triathlon is not its first leg.
const SAME_LENGTH: i64 = 2;
/// Clocks on walls differ by quarters of an hour, by 14 hours at most from UTC and 26 from each other.
const QUARTER_MS: i64 = 15 * 60_000;
const SECOND_MS: i64 = 1_000;
const FARTHEST_ZONE_MS: i64 = 26 * 3_600_000;
/// A row that tells the day only and a recording of it are the same if their distances differ by at most this share.
const SAME_DISTANCE: f64 = 0.02;
/// No moment of a day is further from the noon of another clock: 12 hours, and from one end of the world to the other.
const FURTHEST_FROM_NOON_MS: i64 = 40 * 3_600_000;
/// So many hours before one that the clocks leap over there is one that they show.
const LONGEST_LEAP_H: i64 = 3;
/// An activity that takes longer is not looked for by time.
const LONGEST_MS: i64 = 86_400_000;

/// What became of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joined {
    /// How many were of no use: without a date that can be, or without distance and time.
    pub useless: usize,
    /// The clocks under which the same dates can be.
    pub(super) clocks: Clocks,
}

/// Gives every recording the row that tells of it, and adds a recording for each row that no file tells of.
pub fn join(indexes: Vec<Index>, measured: &mut Vec<Measured>, circumstances: Circumstances) -> Joined {
    let (found, entries) = tracks::find(indexes.into_iter().flat_map(entries).collect(), measured);
    for one in found {
        for position in one.positions {
            measured[position].begin_as(one.entry.row.start);
            attach(&mut measured[position], one.entry.clone());
        }
    }
    let mut joined = Joined { useless: 0, clocks: Clocks::ANY };
    if entries.is_empty() {
        return joined;
    }
    let latest_unix_ms = circumstances.latest_unix_ms();
    let (of_days, entries): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| matches!(entry.row.start, Some(Start::Day(_))));
    let by_file = positions_by_file(measured);
    let mut by_start: ByStart = measured
        .iter()
        .enumerate()
        .map(|(position, recording)| (recording.start_unix_ms, position))
        .collect();
    let mut without_file = Vec::new();
    for entry in entries {
        let start_unix_ms = entry.row.start.and_then(|start| unix_ms(start, circumstances));
        match named_file(&entry, &by_file, measured, start_unix_ms) {
            Some(position) => {
                // the watch's own copy of the run may lie elsewhere: what the runner changed at the service holds for it
                for copy in same_as(&measured[position], &by_start, measured) {
                    attach(&mut measured[copy], entry.clone());
                }
            }
            None => without_file.push((start_unix_ms, entry)),
        }
    }
    let mut usable = |entry: &Entry, start_unix_ms: Option<i64>| {
        let totals = &entry.row.totals;
        let says_something = totals.distance_m.or(totals.elapsed_time_s).or(totals.timer_time_s).is_some();
        let of_start = start_unix_ms.map_or(Clocks::ANY, |ms| Clocks::of_time(ms, latest_unix_ms));
        joined.clocks = joined.clocks.and(of_start);
        let usable = start_unix_ms.filter(|ms| says_something && is_possible_start(*ms, latest_unix_ms));
        joined.useless += usize::from(usable.is_none());
        usable
    };
    // a triathlon as a whole comes after its legs, so that it finds them
    without_file.sort_by_key(|(_, entry)| is_multisport(&entry.row));
    for (start_unix_ms, entry) in without_file {
        if let Some(start_unix_ms) = usable(&entry, start_unix_ms) {
            put_by_time(&entry, start_unix_ms, &mut by_start, measured);
        }
    }
    let mut days = ByDay::new();
    for entry in of_days {
        let noon_unix_ms = entry.row.start.and_then(|start| unix_ms(start, circumstances));
        if let Some(noon_unix_ms) = usable(&entry, noon_unix_ms) {
            days.entry((entry.index.clone(), noon_unix_ms)).or_default().push(entry);
        }
    }
    for ((_, noon_unix_ms), rows) in days {
        put_by_day(rows, noon_unix_ms, &mut by_start, measured, circumstances.zone);
    }
    joined
}

/// Start and position of every recording.
type ByStart = BTreeSet<(i64, usize)>;

fn entries(index: Index) -> impl Iterator<Item = Entry> {
    let Index { file, service, rows } = index;
    rows.rows.into_iter().map(move |row| Entry { index: file.clone(), service, by_file: true, row })
}

fn is_multisport(row: &Row) -> bool {
    row.sport
        .as_ref()
        .is_some_and(|sport| matches!(sport.as_str(), "multi_sport" | "multisport" | "triathlon"))
}

/// A row that names no file at hand tells of the recordings of its time, else is an activity of its own.
fn put_by_time(entry: &Entry, start_unix_ms: i64, by_start: &mut ByStart, measured: &mut Vec<Measured>) {
    let alone = of_row_alone(start_unix_ms, entry.clone());
    let mut same = same_as(&alone, by_start, measured);
    if let Some(Start::Local(clock)) = entry.row.start {
        let elsewhere = same_by_clock(&alone, clock, by_start, measured);
        same.extend(elsewhere.into_iter().filter(|position| !same.contains(position)).collect::<Vec<_>>());
    }
    // rows of one index are told apart, or as duplicates of each other: none vanishes
    same.retain(|position| !is_row_of(&measured[*position], &entry.index));
    if !same.is_empty() {
        for position in same {
            attach(&mut measured[position], Entry { by_file: false, ..entry.clone() });
        }
    } else if !(is_multisport(&entry.row) && has_legs(&alone, by_start, measured)) {
        by_start.insert((start_unix_ms, measured.len()));
        measured.push(alone);
    }
}

/// Rows of one index that tell the day only, by that index and the noon of their day.
type ByDay = BTreeMap<(String, i64), Vec<Entry>>;

/// Rows of one day tell of its recordings of the same sport and distance, in order of distance; else each is an
/// activity of its own, however like another it is.
fn put_by_day(
    mut rows: Vec<Entry>,
    noon_unix_ms: i64,
    by_start: &mut ByStart,
    measured: &mut Vec<Measured>,
    zone: Tz,
) {
    let mut free = of_the_day(noon_unix_ms, by_start, measured, zone);
    free.retain(|position| rows.first().is_none_or(|row| !is_row_of(&measured[*position], &row.index)));
    free.sort_by(|a, b| distance_m(&measured[*a]).total_cmp(&distance_m(&measured[*b])));
    rows.sort_by(|a, b| row_distance_m(&a.row).total_cmp(&row_distance_m(&b.row)));
    for entry in rows {
        let partner = free.iter().copied().find(|position| is_as_far(&measured[*position], &entry.row));
        let Some(partner) = partner else {
            by_start.insert((noon_unix_ms, measured.len()));
            measured.push(of_row_alone(noon_unix_ms, entry));
            continue;
        };
        let is_timed = |position: &usize| !is_of_a_day(&measured[*position]);
        let mut copies = same_as(&measured[partner], by_start, measured);
        copies.retain(|position| *position != partner && is_timed(position));
        copies.push(partner);
        free.retain(|position| !copies.contains(position));
        for copy in copies {
            attach(&mut measured[copy], Entry { by_file: false, ..entry.clone() });
        }
    }
}

/// The recordings of a day, by the clock where they were made.
fn of_the_day(noon_unix_ms: i64, by_start: &ByStart, measured: &[Measured], zone: Tz) -> Vec<usize> {
    let day = |unix_ms: i64, zone: Tz| Some(zone.timestamp_millis_opt(unix_ms).single()?.date_naive());
    let wanted = day(noon_unix_ms, zone);
    let local_day = |one: &Measured| {
        let of_index = || one.index.as_ref().and_then(|entry| entry.row.start?.utc_offset_s());
        match (one.utc_offset_s, one.first_zone) {
            (Some(offset_s), _) => day(one.start_unix_ms + 1_000 * i64::from(offset_s), Tz::UTC),
            (None, Some(zone)) => day(one.start_unix_ms, zone),
            (None, None) => match of_index() {
                Some(offset_s) => day(one.start_unix_ms + 1_000 * i64::from(offset_s), Tz::UTC),
                None => day(one.start_unix_ms, zone),
            },
        }
    };
    let near = (noon_unix_ms - FURTHEST_FROM_NOON_MS, 0)..=(noon_unix_ms + FURTHEST_FROM_NOON_MS, usize::MAX);
    let positions = by_start.range(near).map(|(_, position)| *position);
    positions.filter(|position| local_day(&measured[*position]) == wanted).collect()
}

fn is_of_a_day(one: &Measured) -> bool {
    let start = one.index.as_ref().and_then(|entry| entry.row.start);
    one.format == Format::Index && matches!(start, Some(Start::Day(_)))
}

/// Whether a recording is of the row's sport and went as far.
fn is_as_far(one: &Measured, row: &Row) -> bool {
    let known = |sport: &Sport| sport::from_word(sport).map(|decision| decision.sport);
    let of_row = row.sport.as_ref().and_then(known);
    let of_index = || one.index.as_ref().and_then(|entry| entry.row.sport.as_ref());
    let own = one.sport.as_ref().or_else(of_index).and_then(known);
    let (here_m, there_m) = (distance_m(one), row_distance_m(row));
    own.is_none_or(|own| Some(own) == of_row)
        && (here_m - there_m).abs() <= SAME_DISTANCE * there_m
        && there_m > 0.0
}

/// Metres; none at all where nothing tells.
fn distance_m(one: &Measured) -> f64 {
    let of_index = || one.index.as_ref().and_then(|entry| entry.row.totals.distance_m);
    let measured = one.totals.distance_m.or_else(of_index).or(one.track.records_distance_m);
    measured.or(one.track.track_distance_m).unwrap_or_default()
}

fn row_distance_m(row: &Row) -> f64 {
    row.totals.distance_m.unwrap_or_default()
}

/// Whether it is a row of an index, and nothing else.
fn is_row_of(recording: &Measured, index: &str) -> bool {
    let known = recording.index.as_ref().is_some_and(|known| known.index == index);
    recording.format == Format::Index && known
}

fn positions_by_file(measured: &[Measured]) -> HashMap<String, Vec<usize>> {
    let mut positions: HashMap<String, Vec<usize>> = HashMap::new();
    for (position, recording) in measured.iter().enumerate() {
        positions.entry(without_gz(&recording.file).to_owned()).or_default().push(position);
    }
    positions
}

/// People unpack `activities/1.fit.gz`: the index still names the packed file.
fn without_gz(file: &str) -> &str {
    file.strip_suffix(".gz").unwrap_or(file)
}

/// The recording of the file that a row names; of several in one file, the one that starts nearest.
fn named_file(
    entry: &Entry,
    by_file: &HashMap<String, Vec<usize>>,
    measured: &[Measured],
    start_unix_ms: Option<i64>,
) -> Option<usize> {
    let named = without_gz(entry.row.file.as_deref()?);
    let file = match entry.index.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{named}"),
        None => named.to_owned(),
    };
    let apart = |position: &&usize| {
        start_unix_ms.map_or(0, |start_unix_ms| measured[**position].start_unix_ms.abs_diff(start_unix_ms))
    };
    by_file.get(&file)?.iter().min_by_key(apart).copied()
}

/// The first row that tells of a recording stands, unless a later one names its file; gear is taken from either.
fn attach(recording: &mut Measured, mut entry: Entry) {
    if entry.by_file && entry.service.totals_are_the_devices {
        // what the phone says of the whole activity; its track may be one of several parts
        recording.totals = recording.totals.or(&Totals { distance_m: None, ..entry.row.totals.clone() });
    }
    if let Some(timer_s) = entry.row.totals.timer_time_s.filter(|_| entry.by_file) {
        // the other parts lie within the whole activity, and are told as its duplicates
        recording.occupied.reach(recording.start_unix_ms, (timer_s * 1000.0) as i64);
    }
    if let (Format::Index, Some(known)) = (recording.format, &mut recording.index) {
        // two rows and no file: one may know what the other does not
        recording.totals = recording.totals.or(&entry.row.totals);
        known.row.totals = known.row.totals.or(&entry.row.totals);
        if let (Some(Start::Moment { utc_offset_s, .. }), Some(start)) =
            (&mut known.row.start, entry.row.start)
        {
            *utc_offset_s = utc_offset_s.or(start.utc_offset_s());
        }
    }
    match &mut recording.index {
        Some(known) if known.by_file || !entry.by_file => {
            known.row.gear = known.row.gear.take().or(entry.row.gear);
            known.row.take_knee_lines(&entry.row.knee_lines);
        }
        known => {
            if let Some(known) = known.take() {
                entry.row.gear = entry.row.gear.or(known.row.gear);
                entry.row.take_knee_lines(&known.row.knee_lines);
            }
            *known = Some(Box::new(entry));
        }
    }
}

fn unix_ms(start: Start, circumstances: Circumstances) -> Option<i64> {
    let in_zone = |time: NaiveDateTime| {
        // an hour that the clocks leap over, where the runner lives, was one where the run was
        let leap = TimeDelta::hours(LONGEST_LEAP_H);
        let ms = |time: NaiveDateTime| {
            Some(circumstances.zone.from_local_datetime(&time).earliest()?.timestamp_millis())
        };
        ms(time).or_else(|| Some(ms(time.checked_sub_signed(leap)?)? + leap.num_milliseconds()))
    };
    match start {
        Start::Moment { unix_ms, .. } => Some(unix_ms),
        Start::Local(time) => in_zone(time),
        Start::Day(day) => day.and_hms_opt(12, 0, 0).and_then(in_zone),
    }
}

fn of_row_alone(start_unix_ms: i64, entry: Entry) -> Measured {
    let ran_s = entry.row.totals.timer_time_s.or(entry.row.totals.elapsed_time_s).unwrap_or_default();
    Measured {
        occupied: Occupied::span(start_unix_ms, (ran_s * 1000.0) as i64),
        parts: Vec::new(),
        file: entry.row.track_file.clone().unwrap_or_else(|| entry.index.clone()),
        format: Format::Index,
        sport: entry.row.sport.clone(),
        sub_sport: entry.row.sub_sport.clone(),
        name: entry.row.name.clone(),
        start_unix_ms,
        utc_offset_s: None,
        device: None,
        totals: entry.row.totals.clone(),
        track: TrackSummary::default(),
        heart_rate_times: HeartRateTimes::default(),
        first_position: None,
        first_zone: None,
        fingerprint: Fingerprint::default(),
        index: Some(Box::new(entry)),
        notes: Vec::new(),
    }
}

/// How long it took; at least a moment, so that even a row without any time lies somewhere.
fn length_ms(one: &Measured) -> i64 {
    (one.end_unix_ms() - one.start_unix_ms).max(1)
}

/// Recordings that may share time with `one`.
fn near<'a>(one: &Measured, by_start: &'a ByStart) -> impl Iterator<Item = usize> + use<'a> {
    let first = one.start_unix_ms.saturating_sub(LONGEST_MS);
    let last = one.end_unix_ms().max(one.start_unix_ms.saturating_add(SAME_START_MS));
    by_start.range((first, 0)..=(last, usize::MAX)).map(|(_, position)| *position)
}

/// The recordings of the same activity: `one` itself where it is among them, copies in other formats and folders.
fn same_as(one: &Measured, by_start: &ByStart, measured: &[Measured]) -> Vec<usize> {
    let is_same = |position: &usize| {
        let other = &measured[*position];
        let (length_ms, other_length_ms) = (length_ms(one), length_ms(other));
        let starts_near = other.start_unix_ms.abs_diff(one.start_unix_ms) <= SAME_START_MS.unsigned_abs();
        // without any time, the start is all there is to go by
        let is_untimed = length_ms == 1 || other_length_ms == 1;
        let as_long =
            length_ms <= SAME_LENGTH * other_length_ms && other_length_ms <= SAME_LENGTH * length_ms;
        starts_near && (is_untimed || (as_long && overlap_by_half(one, other)))
    };
    near(one, by_start).filter(is_same).collect()
}

/// The recordings that began when the clock on the wall showed this where they were made; of those that do not tell where,
/// the ones of the same distance and time that began a whole number of quarters earlier or later.
fn same_by_clock(
    alone: &Measured,
    clock: NaiveDateTime,
    by_start: &ByStart,
    measured: &[Measured],
) -> Vec<usize> {
    let begins_within = |ms: i64| alone.start_unix_ms.saturating_add(ms);
    let near =
        by_start.range((begins_within(-FARTHEST_ZONE_MS), 0)..=(begins_within(FARTHEST_ZONE_MS), usize::MAX));
    let is_same = |position: &usize| {
        let other = &measured[*position];
        let utc = |offset_s: i32| (clock.and_utc().timestamp_millis()) - 1_000 * i64::from(offset_s);
        match offset_s(other) {
            Some(offset_s) => begin_as_one(alone, utc(offset_s), other),
            None => is_quarters_apart(alone, other) && agree(alone, other),
        }
    };
    near.map(|(_, position)| *position).filter(is_same).collect()
}

/// Local time minus UTC where a recording was made, if it tells; a row of an index is no recording.
fn offset_s(recording: &Measured) -> Option<i32> {
    let in_zone = || {
        let utc = DateTime::from_timestamp_millis(recording.start_unix_ms)?;
        Some(recording.first_zone?.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc())
    };
    recording.utc_offset_s.or_else(in_zone)
}

/// Whether a row that began at this moment is the recording: near in time and as long.
fn begin_as_one(row: &Measured, start_unix_ms: i64, other: &Measured) -> bool {
    let (length, other_length) = (length_ms(row), length_ms(other));
    let is_untimed = length == 1 || other_length == 1;
    other.start_unix_ms.abs_diff(start_unix_ms) <= SAME_START_MS.unsigned_abs()
        && (is_untimed || (length <= SAME_LENGTH * other_length && other_length <= SAME_LENGTH * length))
}

fn is_quarters_apart(row: &Measured, other: &Measured) -> bool {
    let apart_ms = (row.start_unix_ms - other.start_unix_ms).abs();
    let to_quarter_ms = apart_ms.rem_euclid(QUARTER_MS);
    other.format != Format::Index && to_quarter_ms.min(QUARTER_MS - to_quarter_ms) <= SECOND_MS
}

/// Whether distance and time are the same to a hundredth.
fn agree(row: &Measured, other: &Measured) -> bool {
    let near =
        |a: Option<f64>, b: Option<f64>| a.zip(b).is_some_and(|(a, b)| (a - b).abs() <= 0.01 * a.max(b));
    let other_m = other.totals.distance_m.or(other.track.records_distance_m).or(other.track.track_distance_m);
    let other_s = other.totals.timer_time_s.or(other.track.moving_time_s);
    near(row.totals.distance_m, other_m) && near(row.totals.timer_time_s, other_s)
}

/// Whether others take up more than half of the shorter: the legs of a triathlon.
fn has_legs(one: &Measured, by_start: &ByStart, measured: &[Measured]) -> bool {
    near(one, by_start).any(|position| overlap_by_half(one, &measured[position]))
}

fn overlap_by_half(a: &Measured, b: &Measured) -> bool {
    2 * overlap_ms(a, b) > length_ms(a).min(length_ms(b))
}

fn overlap_ms(a: &Measured, b: &Measured) -> i64 {
    let end = |one: &Measured| one.start_unix_ms + length_ms(one);
    end(a).min(end(b)) - a.start_unix_ms.max(b.start_unix_ms)
}
