//! Puts records to the sessions they belong to: a walked segment becomes recordings.
//!
//! F4: a session ends where the next one begins. A session that holds two others whole is their parent: the records are
//! those of its legs. F11: laps fill what a session lacks, and stand for it where there is none.

use super::laps::Laps;
use super::messages::{CleanStream, Messages, SessionMessage};
use super::walk::{Damage, Segment, SessionTimes, TimerEvent};
use crate::activity::{Format, Note, Recording, Sport, TrackPoint};
use crate::import::formats::read_error::ReadError;

/// Records that end below this share of the session's distance (and of its time) break off.
const RECORDED_SHARE: f64 = 0.9;

/// What may be missing in any case, in metres.
const MISSING_AT_LEAST_M: f64 = 200.0;

/// The recordings of one segment; what the walk noticed is noted on the last one.
pub(crate) fn recordings(mut segment: Segment) -> Result<Vec<Recording>, ReadError> {
    let rare = std::mem::replace(&mut segment.rare, CleanStream::new());
    let messages = rare.decode().unwrap_or_else(|what| {
        segment.damage.get_or_insert(Damage { byte: segment.end, what });
        Messages::default()
    });
    let utc_offset_s = segment.utc_offset_s;
    let mut recordings = if messages.sessions.is_empty() {
        vec![without_session(&mut segment, &messages)?]
    } else {
        with_sessions(&mut segment, &messages)
    };
    for recording in &mut recordings {
        recording.device.clone_from(&messages.device);
        recording.utc_offset_s = utc_offset_s;
    }
    if let Some(last) = recordings.last_mut() {
        if segment.undated > 0 {
            last.notes.push(Note::UntimedPointsDropped { count: segment.undated });
        }
        last.notes.extend(walk_note(segment.damage.as_ref(), segment.checksum_differs));
    }
    Ok(recordings)
}

/// What the walk noticed, as a note.
pub(crate) fn walk_note(damage: Option<&Damage>, checksum_differs: bool) -> Option<Note> {
    match damage {
        Some(Damage { byte, what }) => Some(Note::DamagedAt { byte: *byte, what: what.clone() }),
        None => checksum_differs.then_some(Note::ChecksumDiffers),
    }
}

/// One recording from records alone, unless the file is of another kind or holds none.
fn without_session(segment: &mut Segment, messages: &Messages) -> Result<Recording, ReadError> {
    if let Some(kind) = messages.kind.as_deref().filter(|&kind| kind != "activity") {
        return Err(ReadError::NoActivity { kind: everyday(kind) });
    }
    if segment.points.is_empty() && !segment.laps.are_of_use() {
        return Err(nothing_usable(segment));
    }
    let mut recording = Recording::new(Format::Fit);
    recording.sport = only_sport(&messages.sports).or_else(|| segment.laps.sport());
    fill_in_of_laps(&mut recording, &segment.laps, &segment.points);
    if segment.points.is_empty() {
        recording.start_unix_ms = segment.laps.start_unix_ms;
    }
    recording.segments = split_at_pauses(std::mem::take(&mut segment.points), &segment.timer);
    recording.notes.push(Note::NoSessionMessage);
    Ok(recording)
}

/// The laps' totals where neither session nor points tell.
fn fill_in_of_laps(recording: &mut Recording, laps: &Laps, points: &[TrackPoint]) {
    let of_laps = laps.totals();
    let totals = &mut recording.totals;
    let is_missing = totals.distance_m.is_none_or(|meters| meters == 0.0) && !have_distance(points);
    if is_missing && of_laps.distance_m.is_some() {
        totals.distance_m = of_laps.distance_m;
        recording.notes.push(Note::TotalsFromLaps);
    }
    if points.is_empty() {
        totals.timer_time_s = totals.timer_time_s.or(of_laps.timer_time_s);
        totals.elapsed_time_s = totals.elapsed_time_s.or(of_laps.elapsed_time_s);
    }
}

/// A `file_id.type` without FIT's sub-kinds: `monitoring_b` is `monitoring`.
fn everyday(kind: &str) -> String {
    let stem = ["_a", "_b", "_daily"].iter().find_map(|end| kind.strip_suffix(end)).unwrap_or(kind);
    stem.replace('_', " ")
}

fn nothing_usable(segment: &Segment) -> ReadError {
    match &segment.damage {
        Some(Damage { byte, what }) => ReadError::Damaged { byte: *byte, what: what.clone() },
        None if segment.undated > 0 => {
            ReadError::Damaged { byte: segment.end, what: "none of its records has a date".to_owned() }
        }
        None => {
            ReadError::Damaged { byte: segment.end, what: "it ends without a session or record".to_owned() }
        }
    }
}

/// The sport that all `sport` messages name; `multisport` if they differ, so that nobody counts it as a run.
fn only_sport(sports: &[Sport]) -> Option<Sport> {
    let (first, others) = sports.split_first()?;
    let same = others.iter().all(|sport| sport == first);
    Some(if same { first.clone() } else { Sport::new("multisport") })
}

fn with_sessions(segment: &mut Segment, messages: &Messages) -> Vec<Recording> {
    let points = std::mem::take(&mut segment.points);
    let windows: Vec<Window> =
        segment.session_times.iter().zip(&messages.sessions).map(|(t, s)| Window::new(t, s)).collect();
    let is_alone = windows.len() == 1;
    let shares = share_out(points, &windows);
    let sessions = messages.sessions.iter().zip(&windows).zip(shares);
    let laps = Some(&segment.laps).filter(|_| is_alone);
    let recordings =
        sessions.map(|((session, window), points)| recording(session, window, points, &segment.timer, laps));
    recordings.collect()
}

/// The time of one session, in milliseconds since 1970.
struct Window {
    start: Option<i64>,
    end: Option<i64>,
}

impl Window {
    /// From the start to start + elapsed time or the message's own time, whichever is later: pauses at the
    /// end are in one of them only.
    fn new(times: &SessionTimes, session: &SessionMessage) -> Self {
        let start = times.start_unix_ms;
        let elapsed_ms = session.totals.elapsed_time_s.map(|s| (s * 1000.0) as i64);
        let end = start.zip(elapsed_ms).map(|(start, elapsed)| start + elapsed);
        let written = times.written_unix_ms.filter(|&written| start.is_none_or(|start| written >= start));
        Self { start, end: end.max(written) }
    }
}

/// Gives every point to the session that started last before it, unless that had ended: so each ends where the next
/// begins. A parent of two others gets none, a single session all points.
fn share_out(points: Vec<TrackPoint>, windows: &[Window]) -> Vec<Vec<TrackPoint>> {
    if windows.len() == 1 {
        return vec![points];
    }
    let mut shares = vec![Vec::new(); windows.len()];
    let legs = windows.iter().enumerate().filter(|(i, _)| !is_parent(*i, windows));
    let mut starts: Vec<(i64, usize)> = legs.filter_map(|(i, window)| Some((window.start?, i))).collect();
    starts.sort_unstable();
    for point in points {
        let started = starts.partition_point(|&(start, _)| start <= point.time_unix_ms);
        let Some(&(_, i)) = started.checked_sub(1).and_then(|last| starts.get(last)) else { continue };
        if windows[i].end.is_none_or(|end| point.time_unix_ms <= end) {
            shares[i].push(point);
        }
    }
    shares
}

/// Whether a session holds two others whole that are shorter.
fn is_parent(parent: usize, windows: &[Window]) -> bool {
    let span = |window: &Window| window.start.zip(window.end);
    let Some((start, end)) = span(&windows[parent]) else { return false };
    let legs = windows.iter().enumerate().filter(|(i, leg)| {
        span(leg).is_some_and(|(leg_start, leg_end)| {
            *i != parent && start <= leg_start && leg_end <= end && leg_end - leg_start < end - start
        })
    });
    legs.count() >= 2
}

fn recording(
    session: &SessionMessage,
    window: &Window,
    points: Vec<TrackPoint>,
    timer: &[TimerEvent],
    laps: Option<&Laps>,
) -> Recording {
    let mut recording = Recording::new(Format::Fit);
    recording.sport.clone_from(&session.sport);
    recording.sub_sport.clone_from(&session.sub_sport);
    recording.start_unix_ms = window.start;
    recording.totals = session.totals.clone();
    if let Some(laps) = laps.filter(|_| recording.totals.distance_m.is_none_or(|meters| meters == 0.0)) {
        fill_in_of_laps(&mut recording, laps, &points);
    }
    if recording.totals.distance_m == Some(0.0) && have_distance(&points) {
        recording.totals.distance_m = None;
    }
    recording.notes.extend(records_end_early(session, window, &points));
    recording.segments = split_at_pauses(points, timer);
    recording
}

/// Whether the points tell a distance, by the device's total or by two places.
fn have_distance(points: &[TrackPoint]) -> bool {
    points.iter().any(|point| point.distance_m.is_some_and(|m| m > 0.0))
        || points.iter().filter(|point| point.position.is_some()).nth(1).is_some()
}

/// The note that the records break off long before the session's end, by distance and, where it is known,
/// by time: a corrected treadmill distance is no early end.
fn records_end_early(session: &SessionMessage, window: &Window, points: &[TrackPoint]) -> Option<Note> {
    let total_m = session.totals.distance_m?;
    let recorded_m = recorded_distance_m(points)?;
    let short = recorded_m < RECORDED_SHARE * total_m && total_m - recorded_m > MISSING_AT_LEAST_M;
    (short && !reach_the_end(points, window)).then_some(Note::RecordsEndEarly { recorded_m, total_m })
}

/// What the device's running total grew by; it may start anew or far from 0. `None` without two totals.
fn recorded_distance_m(points: &[TrackPoint]) -> Option<f64> {
    let mut totals = points.iter().filter_map(|point| point.distance_m);
    let first = totals.next()?;
    let (_, sum) = totals.fold((first, None), |(last, sum), total| {
        (total, Some(sum.unwrap_or_default() + (total - last).max(0.0)))
    });
    sum
}

/// Whether the points last for most of the session's time; unknown counts as no.
fn reach_the_end(points: &[TrackPoint], window: &Window) -> bool {
    let last = points.iter().map(|point| point.time_unix_ms).max();
    let times = window.start.zip(window.end).zip(last);
    times.is_some_and(|((start, end), last)| (last - start) as f64 >= RECORDED_SHARE * (end - start) as f64)
}

/// Runs of points without a pause between them. Points in a pause, rare as they are, form a run of their own.
fn split_at_pauses(points: Vec<TrackPoint>, timer: &[TimerEvent]) -> Vec<Vec<TrackPoint>> {
    if points.is_empty() {
        return Vec::new();
    }
    let bounds = pause_bounds(timer);
    let (Some(&first), Some(&last)) = (bounds.first(), bounds.last()) else { return vec![points] };
    let phase = |point: &TrackPoint| match point.time_unix_ms {
        early if early < first => 0,
        late if late >= last => bounds.len(),
        between => bounds.partition_point(|&bound| bound <= between),
    };
    points.chunk_by(|a, b| phase(a) == phase(b)).map(<[TrackPoint]>::to_vec).collect()
}

/// The first millisecond after each stop that a later start follows, and that start.
fn pause_bounds(timer: &[TimerEvent]) -> Vec<i64> {
    let mut timer = timer.to_vec();
    timer.sort_by_key(|event| event.time_unix_ms);
    let mut bounds = Vec::new();
    let mut stopped = None;
    for event in timer {
        if !event.running {
            stopped = stopped.or(Some(event.time_unix_ms));
        } else if let Some(stop) = stopped.take()
            && event.time_unix_ms > stop
        {
            bounds.extend([stop + 1, event.time_unix_ms]);
        }
    }
    bounds
}
