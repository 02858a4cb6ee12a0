//! From what a file says to what we believe: sport, distance, times and local day are decided, each with its source.

pub mod assessed;
pub mod corrections;
pub mod duplicates;
pub mod impossible;
pub(crate) mod other_sport;
pub mod sport;
pub(crate) mod surface;
pub(crate) mod totals;

use chrono::{DateTime, FixedOffset, Offset, TimeZone, Utc};
use chrono_tz::Tz;

use assessed::Assessed;
use impossible::{is_impossible, ratio};
use totals::Chosen;

use super::{measure::Measured, skipped::SkipReason};
use crate::{
    activity::{Activity, DistanceSource, Format, MEAN_SPM, Note, Sport, SportSource, ZoneSource},
    import::{circumstances::Circumstances, names::base_name, services::Start},
};

/// With less moving time than this a speed tells no sport.
const TELLING_TIME_S: f64 = 60.0;

/// Decides everything about one measured recording.
///
/// # Errors
/// Only if its start is no date at all.
pub fn assess(measured: Measured, circumstances: Circumstances) -> Result<Assessed, SkipReason> {
    let (start, zone_source) = local_start(&measured, circumstances.zone)?;
    let (mut chosen, decided) = choose_and_decide(&measured);
    let notes = notes(&measured, &chosen, decided.note);
    if decided.sport.is_running() && is_unmeasured(&chosen) {
        (chosen.totals.distance_m, chosen.distance_source) = (None, None);
    }
    let totals = chosen.totals;
    let (index, row) = measured.index.map(|entry| (entry.index, entry.row)).unzip();
    let (row_name, gear, knee_lines) =
        row.map_or((None, None, String::new()), |row| (row.name, row.gear, row.knee_lines));
    let activity = Activity {
        name: row_name.or(measured.name),
        sport_source: decided.source,
        sub_sport: decided.sub_sport,
        zone_source,
        distance_m: totals.distance_m,
        distance_source: chosen.distance_source,
        distances: chosen.distances,
        timer_time_s: totals.timer_time_s,
        moving_time_s: chosen.moving_time_s,
        running_time_s: chosen.running_time_s,
        elapsed_time_s: totals.elapsed_time_s,
        ascent_m: totals.ascent_m,
        descent_m: totals.descent_m,
        average_heart_rate_bpm: totals.average_heart_rate_bpm,
        max_heart_rate_bpm: totals.max_heart_rate_bpm,
        average_cadence_spm: totals
            .average_cadence_spm
            .filter(|spm| !decided.sport.is_running() || MEAN_SPM.contains(spm)),
        cadence: if decided.sport.is_running() { measured.track.cadence } else { Vec::new() },
        training_load: totals.training_load,
        session_rpe: totals.session_rpe,
        heart_rate_times: measured.heart_rate_times,
        device: measured.device,
        gear,
        knee_lines,
        index,
        parts: measured.parts,
        notes,
        ..Activity::new(measured.file, measured.format, decided.sport, start)
    };
    Ok(Assessed { activity, occupied: measured.occupied, fingerprint: measured.fingerprint })
}

/// Totals and sport. A source of the distance that makes an impossible run gives way to the next one that does not (F11).
fn choose_and_decide(measured: &Measured) -> (Chosen, DecidedSport) {
    let judged = |passed_over: usize| {
        let chosen = totals::choose(measured, passed_over);
        let telling_time_s = chosen.moving_time_s.filter(|seconds| *seconds >= TELLING_TIME_S);
        let speed_mps = ratio(chosen.totals.distance_m, telling_time_s);
        let decided = decide_sport(measured, chosen.totals.distance_m, speed_mps);
        (chosen, decided)
    };
    let is_impossible = |chosen: &Chosen| {
        let time_s = chosen.moving_time_s.or(chosen.totals.elapsed_time_s);
        is_impossible(chosen.totals.distance_m, time_s)
    };
    let (chosen, decided) = judged(0);
    if !(decided.sport.is_running() && is_impossible(&chosen)) {
        return (chosen, decided);
    }
    let mut others = (1..totals::SOURCES).map(judged);
    let possible = others.find(|(chosen, decided)| {
        let is_some = chosen.totals.distance_m.is_some_and(|meters| meters > 0.0);
        is_some && decided.sport.is_running() && !is_impossible(chosen)
    });
    match possible {
        Some((chosen, decided)) => {
            (Chosen { note: Some(Note::ImpossibleSourcePassedOver), ..chosen }, decided)
        }
        None => (chosen, decided),
    }
}

/// Whether a distance of nothing only says that nothing measured it.
fn is_unmeasured(chosen: &Chosen) -> bool {
    let time_s = chosen.moving_time_s.or(chosen.totals.elapsed_time_s);
    chosen.totals.distance_m.is_some_and(|meters| meters < 1.0)
        && time_s.is_some_and(|time_s| time_s >= TELLING_TIME_S)
}

/// What the reader noticed, and what was decided against the file's own word.
fn notes(measured: &Measured, chosen: &Chosen, of_sport: Option<Note>) -> Vec<Note> {
    if let (Format::Index, Some(entry)) = (measured.format, &measured.index) {
        let without_file = Note::FromIndexOnly { index: base_name(&entry.index).to_owned() };
        let without_hour = matches!(entry.row.start, Some(Start::Day(_))).then_some(Note::TimeOfDayUnknown);
        return std::iter::once(without_file).chain(without_hour).collect();
    }
    let jumps = measured.track.jumps;
    let summed = chosen.distance_source == Some(DistanceSource::Track);
    let cut = (summed && jumps.count > 0)
        .then_some(Note::JumpsCut { count: jumps.count, distance_m: jumps.distance_m });
    let mut notes = measured.notes.clone();
    notes.extend([chosen.note.clone(), chosen.climb_note.clone(), of_sport, cut].into_iter().flatten());
    notes
}

/// A sport and how it was decided.
struct DecidedSport {
    sport: Sport,
    sub_sport: Option<String>,
    source: SportSource,
    note: Option<Note>,
}

/// The word of an index that names the file (the runner can change it at the service), else the file's own, else an
/// index found by time, else name and speed.
fn decide_sport(measured: &Measured, distance_m: Option<f64>, moving_speed_mps: Option<f64>) -> DecidedSport {
    let own = measured.sport.as_ref().and_then(|said| match measured.format {
        Format::Fit => sport::from_fit(said, measured.sub_sport.as_deref()),
        _ => sport::from_word(said),
    });
    let from_index = measured
        .index
        .as_ref()
        .filter(|entry| (entry.by_file && !entry.row.sport_is_unknown) || own.is_none());
    let named = from_index.and_then(|entry| Some((entry, sport::from_word(entry.row.sport.as_ref()?)?)));
    if let Some((entry, named)) =
        named.filter(|(_, named)| own.as_ref().is_none_or(|o| o.sport != named.sport))
    {
        let note = Note::SportFromIndex {
            index: base_name(&entry.index).to_owned(),
            instead_of: own.map(|decision| decision.sport),
        };
        return DecidedSport {
            sport: named.sport,
            sub_sport: entry.row.sub_sport.clone().or(named.sub_sport),
            source: SportSource::Index,
            note: Some(note),
        };
    }
    let of_index = from_index.and_then(|entry| entry.row.sub_sport.clone());
    let is_own = own.is_some();
    let decision = own.unwrap_or_else(|| {
        sport::decide(measured.sport.as_ref(), &hints(measured, distance_m, moving_speed_mps))
    });
    DecidedSport {
        sub_sport: measured.sub_sport.clone().or(decision.sub_sport).or(of_index),
        source: match decision.note {
            Some(Note::SportFromName) => SportSource::Name,
            Some(Note::SportAssumedFromSpeed) => SportSource::Speed,
            _ if is_own => SportSource::File,
            _ => SportSource::Nothing,
        },
        sport: decision.sport,
        note: decision.note,
    }
}

/// What tells a sport besides the file's own word. A row of an index has no speed of its own: it was typed.
fn hints(measured: &Measured, distance_m: Option<f64>, moving_speed_mps: Option<f64>) -> sport::Hints<'_> {
    let is_file = measured.format != Format::Index;
    sport::Hints {
        name: measured.name.as_deref().unwrap_or_default(),
        file: if is_file { &measured.file } else { "" },
        device: measured.device.as_deref().unwrap_or_default(),
        moving_speed_mps: moving_speed_mps.filter(|_| is_file || measured.sport.is_none()),
        distance_m,
    }
}

/// The local time of a start (F6): the offset that the file states, else that of the first position's zone, else what an
/// index says (some write that of the day of the export), else that of the runner's zone.
///
/// An offset of 0 is what devices write that know none: it is believed only if clocks at the place show it at that moment,
/// or without a place those of the runner. A virtual activity has no place: it takes the runner's zone.
fn local_start(measured: &Measured, zone: Tz) -> Result<(DateTime<FixedOffset>, ZoneSource), SkipReason> {
    let utc = DateTime::from_timestamp_millis(measured.start_unix_ms).ok_or(SkipReason::NoDate)?;
    let stated = |offset_s: i32| FixedOffset::east_opt(offset_s).map(|offset| utc.with_timezone(&offset));
    let is_zero = measured.utc_offset_s == Some(0);
    let by_zone = |zone: Tz, source: ZoneSource| {
        let start = in_zone(utc, zone);
        let is_true = is_zero && start.offset().local_minus_utc() == 0;
        (start, if is_true { ZoneSource::Stated } else { source })
    };
    if let Some(start) = measured.utc_offset_s.filter(|_| !is_zero).and_then(stated) {
        return Ok((start, ZoneSource::Stated));
    }
    if is_virtual(measured) {
        return Ok(by_zone(zone, ZoneSource::Runner(zone)));
    }
    if let Some(zone) = measured.first_zone {
        return Ok(by_zone(zone, ZoneSource::Position(zone)));
    }
    let of_index = measured.index.as_ref().and_then(|entry| entry.row.start?.utc_offset_s());
    if let Some(start) = of_index.and_then(stated) {
        return Ok((start, ZoneSource::Index));
    }
    Ok(by_zone(zone, ZoneSource::Runner(zone)))
}

/// Whether a run or ride was on a screen: its places are those of a game.
fn is_virtual(measured: &Measured) -> bool {
    let row = measured.index.as_ref().map(|entry| &entry.row);
    let sports = [measured.sport.as_ref(), row.and_then(|row| row.sport.as_ref())];
    let kinds = [measured.sub_sport.as_deref(), row.and_then(|row| row.sub_sport.as_deref())];
    let words = sports.into_iter().flatten().map(Sport::as_str).chain(kinds.into_iter().flatten());
    let of_game =
        |device: &str| ["zwift", "rouvy"].iter().any(|game| device.to_lowercase().starts_with(game));
    words.into_iter().any(|word| word.contains("virtual")) || measured.device.as_deref().is_some_and(of_game)
}

fn in_zone(utc: DateTime<Utc>, zone: Tz) -> DateTime<FixedOffset> {
    utc.with_timezone(&zone.offset_from_utc_datetime(&utc.naive_utc()).fix())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{impossible::refuse_the_impossible, *};
    use crate::{
        activity::{Position, Recording, Totals, TrackPoint},
        import::{
            measure::measure,
            services::{Entry, Row, Service, apple::APPLE_HEALTH, garmin::GARMIN, strava::STRAVA},
        },
    };

    fn judged(recording: Recording, file: &str) -> Result<Activity, SkipReason> {
        let measured = Measured { file: file.to_owned(), ..measure(recording, circumstances())? };
        let activity = assess(measured, circumstances())?.activity;
        refuse_the_impossible(&activity).map(|()| activity)
    }

    fn circumstances() -> Circumstances {
        let now = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(12, 0, 0).unwrap().and_utc();
        Circumstances { zone: chrono_tz::Europe::Berlin, now }
    }

    fn point(utc: &str, latitude_deg: f64) -> TrackPoint {
        TrackPoint {
            position: Some(Position { latitude_deg, longitude_deg: 7.0 }),
            ..TrackPoint::at(DateTime::parse_from_rfc3339(utc).unwrap().timestamp_millis())
        }
    }

    fn recording(points: Vec<TrackPoint>) -> Recording {
        Recording { segments: vec![points], ..Recording::new(Format::Gpx) }
    }

    fn ten_minutes_at_3_mps() -> Recording {
        // 0.0162 degrees of latitude are 1801 m
        recording(vec![point("2026-03-29T22:30:00Z", 54.0), point("2026-03-29T22:40:00Z", 54.0162)])
    }

    #[test]
    fn a_run_late_on_sunday_utc_counts_for_monday_in_berlin() {
        let run = judged(ten_minutes_at_3_mps(), "a.gpx").unwrap();
        assert_eq!(run.start.to_rfc3339(), "2026-03-30T00:30:00+02:00");
        assert_eq!(run.local_date(), NaiveDate::from_ymd_opt(2026, 3, 30).unwrap());
    }

    #[test]
    fn local_dates_of_the_evidence_table() {
        for (utc, zone, local_date) in [
            ("2026-03-29T22:30:00Z", chrono_tz::Europe::Berlin, "2026-03-30"),
            ("2026-03-28T23:30:00Z", chrono_tz::Europe::Berlin, "2026-03-29"),
            ("2026-03-30T06:30:00Z", chrono_tz::America::Los_Angeles, "2026-03-29"),
        ] {
            let utc = DateTime::parse_from_rfc3339(utc).unwrap().to_utc();
            assert_eq!(in_zone(utc, zone).date_naive().to_string(), local_date);
        }
    }

    #[test]
    fn the_offset_in_the_file_comes_before_the_zone() {
        let mut run = ten_minutes_at_3_mps();
        run.utc_offset_s = Some(-5 * 3600);
        let run = judged(run, "a.gpx").unwrap();
        assert_eq!(run.start.to_rfc3339(), "2026-03-29T17:30:00-05:00");
    }

    #[test]
    fn the_sessions_distance_comes_before_records_and_track() {
        let mut run = ten_minutes_at_3_mps();
        run.segments[0][0].distance_m = Some(10.0);
        run.segments[0][1].distance_m = Some(1_900.0);
        let by_records = judged(run.clone(), "a.fit").unwrap();
        assert_eq!(
            (by_records.distance_m, by_records.distance_source),
            (Some(1_890.0), Some(DistanceSource::Records))
        );
        run.totals.distance_m = Some(1_950.0);
        let by_session = judged(run, "a.fit").unwrap();
        assert_eq!(by_session.distance_source, Some(DistanceSource::Session));
    }

    #[test]
    fn one_point_alone_is_no_activity() {
        let lone = recording(vec![point("2026-03-29T22:30:00Z", 54.0)]);
        assert_eq!(judged(lone, "a.gpx"), Err(SkipReason::TooFewPoints { points: 1 }));
    }

    #[test]
    fn a_clock_that_jumped_for_a_moment_loses_its_points_and_is_told() {
        let mut run = ten_minutes_at_3_mps();
        run.segments[0].insert(0, point("1999-12-31T23:59:59Z", 54.0));
        run.segments[0].push(point("2076-03-06T02:58:20Z", 54.0));
        let run = judged(run, "a.gpx").unwrap();
        assert_eq!(run.start.to_rfc3339(), "2026-03-30T00:30:00+02:00");
        assert!(run.notes.contains(&Note::ImpossibleTimesDropped { count: 2 }));
    }

    #[test]
    fn dates_before_2000_or_after_tomorrow_are_no_dates() {
        for undated in ["1999-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "7502-01-01T00:00:00Z"] {
            let old = recording(vec![point(undated, 54.0), point(undated, 54.1)]);
            assert_eq!(judged(old, "a.gpx"), Err(SkipReason::NoDate), "{undated}");
        }
        let tomorrow =
            recording(vec![point("2026-11-21T11:00:00Z", 54.0), point("2026-11-21T11:10:00Z", 54.016)]);
        assert!(judged(tomorrow, "a.gpx").is_ok());
        let later =
            recording(vec![point("2026-11-21T13:00:00Z", 54.0), point("2026-11-21T13:10:00Z", 54.016)]);
        let date = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        assert_eq!(judged(later, "a.gpx"), Err(SkipReason::InTheFuture { date }));
    }

    #[test]
    fn a_run_of_more_than_5_km_at_more_than_6_7_mps_is_impossible() {
        let mut run = ten_minutes_at_3_mps();
        run.sport = Some(Sport::running());
        run.segments.iter_mut().flatten().for_each(|point| point.position = None);
        run.totals.timer_time_s = Some(1_000.0);
        for (meters, possible) in [(6_700.0, true), (6_701.0, false)] {
            run.totals.distance_m = Some(meters);
            assert_eq!(judged(run.clone(), "a.fit").is_ok(), possible, "{meters}");
        }
        run.totals.timer_time_s = Some(500.0);
        run.totals.distance_m = Some(5_000.0);
        assert!(judged(run, "a.fit").is_ok());
    }

    #[test]
    fn a_total_that_makes_an_impossible_run_gives_way_to_the_track() {
        let mut run = ten_minutes_at_3_mps();
        run.sport = Some(Sport::running());
        run.totals.distance_m = Some(18_010.0);
        let run = judged(run, "a.fit").unwrap();
        assert_eq!(run.distance_m.map(f64::round), Some(1_803.0));
        assert!(run.notes.contains(&Note::ImpossibleSourcePassedOver));
    }

    #[test]
    fn an_offset_of_0_is_believed_only_where_and_when_clocks_show_it() {
        let start = |offset_s, longitude_deg: f64, latitude_deg: f64| {
            let mut run = ten_minutes_at_3_mps();
            run.utc_offset_s = Some(offset_s);
            for point in run.segments.iter_mut().flatten() {
                point.position = Some(Position { latitude_deg, longitude_deg });
            }
            judged(run, "a.fit").unwrap().start.to_rfc3339()
        };
        assert_eq!(start(0, -3.7, 40.4), "2026-03-30T00:30:00+02:00", "Madrid");
        assert_eq!(start(0, -22.0, 64.1), "2026-03-29T22:30:00+00:00", "Reykjavik");
        assert_eq!(start(3_600, -22.0, 64.1), "2026-03-29T23:30:00+01:00", "another offset is believed");
        let mut indoors = recording(vec![]);
        indoors.utc_offset_s = Some(0);
        indoors.start_unix_ms = Some(point("2026-03-29T22:30:00Z", 0.0).time_unix_ms);
        indoors.totals.timer_time_s = Some(600.0);
        let indoors = judged(indoors, "a.fit").unwrap();
        assert_eq!(
            indoors.start.to_rfc3339(),
            "2026-03-30T00:30:00+02:00",
            "without a place the runner's zone"
        );
    }

    #[test]
    fn a_virtual_run_takes_the_runners_zone() {
        let mut run = ten_minutes_at_3_mps();
        run.sub_sport = Some("virtual_activity".to_owned());
        for point in run.segments.iter_mut().flatten() {
            point.position = Some(Position { latitude_deg: -9.45, longitude_deg: 159.97 });
        }
        assert_eq!(judged(run, "a.fit").unwrap().start.to_rfc3339(), "2026-03-30T00:30:00+02:00");
    }

    #[test]
    fn a_recording_that_was_stopped_at_once_is_no_run() {
        let mut run = recording(vec![]);
        run.sport = Some(Sport::running());
        run.start_unix_ms = Some(point("2026-03-29T22:30:00Z", 0.0).time_unix_ms);
        let mut of = |meters, seconds| {
            run.totals.distance_m = Some(meters);
            run.totals.timer_time_s = Some(seconds);
            judged(run.clone(), "a.fit")
        };
        assert_eq!(of(0.0, 7.0), Err(SkipReason::TooShort { meters: 0.0, seconds: 7.0 }));
        assert!(of(10.0, 7.0).is_ok());
        assert_eq!(of(0.0, 1_800.0).map(|run| run.distance_m), Ok(None), "nothing measured it");
    }

    #[test]
    fn the_zone_of_the_first_position_comes_before_the_runners() {
        let mut run = ten_minutes_at_3_mps();
        for point in run.segments.iter_mut().flatten() {
            point.position = Some(Position { latitude_deg: 40.78, longitude_deg: -73.97 });
        }
        let run = judged(run, "central-park.gpx").unwrap();
        assert_eq!(run.start.to_rfc3339(), "2026-03-29T18:30:00-04:00");
        assert_eq!(run.zone_source, ZoneSource::Position(chrono_tz::America::New_York));
    }

    #[test]
    fn a_run_on_new_years_eve_counts_for_the_year_and_week_of_its_local_day() {
        let mut run = ten_minutes_at_3_mps();
        for point in run.segments.iter_mut().flatten() {
            point.time_unix_ms =
                DateTime::parse_from_rfc3339("2025-12-31T23:30:00Z").unwrap().timestamp_millis();
        }
        run.start_unix_ms = Some(run.segments[0][0].time_unix_ms);
        run.totals.timer_time_s = Some(600.0);
        let run = judged(run, "a.gpx").unwrap();
        assert_eq!(run.local_date(), NaiveDate::from_ymd_opt(2026, 1, 1).unwrap());
        let week = crate::dates::week_start(run.local_date(), chrono::Weekday::Mon);
        assert_eq!(week, NaiveDate::from_ymd_opt(2025, 12, 29).unwrap());
    }

    fn with_row(service: &'static Service, by_file: bool, row: Row) -> Activity {
        let mut measured = measure(ten_minutes_at_3_mps(), circumstances()).unwrap();
        measured.index = Some(Box::new(Entry { index: "activities.csv".to_owned(), service, by_file, row }));
        assess(measured, circumstances()).unwrap().activity
    }

    fn row(sport: Option<&str>, distance_m: Option<f64>) -> Row {
        Row {
            sport: sport.map(Sport::new),
            totals: Totals { distance_m, ..Totals::default() },
            ..Row::default()
        }
    }

    #[test]
    fn a_strava_distance_shorter_by_more_than_a_tenth_was_cropped_and_a_tenth_is_not() {
        let recorded = with_row(&STRAVA, true, row(None, None)).distance_m.unwrap();
        let cropped = with_row(&STRAVA, true, row(None, Some(0.89 * recorded)));
        assert_eq!(cropped.distance_m, Some(0.89 * recorded));
        assert_eq!(cropped.notes[0].to_string(), "cropped to 1.6 of 1.8 km, says activities.csv");
        for other in [0.91 * recorded, 1.5 * recorded] {
            let kept = with_row(&STRAVA, true, row(None, Some(other)));
            assert_eq!(
                (kept.distance_m, kept.distance_source),
                (Some(recorded), Some(DistanceSource::Track))
            );
        }
    }

    #[test]
    fn a_phones_own_distance_stands_above_the_sum_over_its_track() {
        let run = with_row(&APPLE_HEALTH, true, row(None, Some(1_850.0)));
        assert_eq!((run.distance_m, run.distance_source), (Some(1_850.0), Some(DistanceSource::Index)));
        let found_by_time = with_row(&APPLE_HEALTH, false, row(None, Some(1_850.0)));
        assert_eq!(found_by_time.distance_source, Some(DistanceSource::Track));
    }

    #[test]
    fn the_sport_of_an_index_that_names_the_file_stands_and_one_found_by_time_only_fills_a_hole() {
        let mut measured = measure(ten_minutes_at_3_mps(), circumstances()).unwrap();
        measured.sport = Some(Sport::running());
        for (by_file, sport) in [(true, "cycling"), (false, "running")] {
            measured.index = Some(Box::new(Entry {
                index: "activities.csv".to_owned(),
                service: &STRAVA,
                by_file,
                row: row(Some("ride"), None),
            }));
            let activity = assess(measured.clone(), circumstances()).unwrap().activity;
            assert_eq!(activity.sport, Sport::new(sport));
        }
        assert_eq!(with_row(&GARMIN, false, row(Some("ride"), None)).sport, Sport::new("cycling"));
    }
}
