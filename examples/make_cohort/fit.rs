//! A session as a watch saves it: to and fro along a meridian on Lake Constance.

use treadlight::{
    activity::Position,
    fit_encoder::{FileId, FitEncoder, Record, Session as Totals, TimerEvent},
};

use super::runner::{Session, Sport};

/// FIT `manufacturer` 255, "development": no maker's name on an invented file.
const DEVELOPMENT: u16 = 255;
/// Where everybody starts, and how far north they turn.
const START: Position = Position { latitude_deg: 47.60, longitude_deg: 9.40 };
const TURN_M: f64 = 1_000.0;
/// Metres of a degree of latitude there.
const METERS_PER_DEGREE: f64 = 111_200.0;
/// The clocks of these files stand an hour before UTC all the year round.
const UTC_OFFSET_S: i64 = 3_600;
const LAKE_ALTITUDE_M: f64 = 395.0;

/// The file of a session, with a point each so many seconds.
pub(crate) fn encode(session: &Session, every_s: u32) -> Vec<u8> {
    let start_unix_s = session.start.and_utc().timestamp() - UTC_OFFSET_S;
    let end_unix_s = start_unix_s + session.duration_s;
    let (sport, sub_sport) = match (session.sport, session.treadmill) {
        (Sport::Running, true) => (1, 1),
        (Sport::Running, false) => (1, 0),
        (Sport::Trail, _) => (1, 3),
        (Sport::Cycling, _) => (2, 0),
    };
    let id = FileId {
        manufacturer: DEVELOPMENT,
        product: 1,
        time_created_unix_s: start_unix_s,
        ..FileId::default()
    };
    let mut file = FitEncoder::new();
    file.file_id(&id).sport(sport, sub_sport).timer(start_unix_s, TimerEvent::Start);
    let seconds = (0..session.duration_s).step_by(every_s.max(1) as usize).chain([session.duration_s]);
    for second in seconds {
        file.record(&point(session, start_unix_s, second));
    }
    file.timer(end_unix_s, TimerEvent::StopAll);
    let duration_s = session.duration_s as f64;
    file.session(&Totals {
        start_unix_s: Some(start_unix_s),
        time_unix_s: Some(end_unix_s),
        sport: Some(sport),
        sub_sport: Some(sub_sport),
        elapsed_time_s: Some(duration_s),
        timer_time_s: Some(duration_s),
        distance_m: Some(session.distance_m as f64),
        average_heart_rate_bpm: Some(145),
        ..Totals::default()
    });
    file.activity(end_unix_s, UTC_OFFSET_S, duration_s);
    file.finish()
}

fn point(session: &Session, start_unix_s: i64, second: i64) -> Record {
    let speed = session.distance_m as f64 / session.duration_s.max(1) as f64;
    let distance_m = speed * second as f64;
    let lap_m = distance_m % (2.0 * TURN_M);
    let north_m = if lap_m > TURN_M { 2.0 * TURN_M - lap_m } else { lap_m };
    let latitude_deg = START.latitude_deg + north_m / METERS_PER_DEGREE;
    let outdoors = !session.treadmill;
    Record {
        time_unix_s: Some(start_unix_s + second),
        position: outdoors.then_some(Position { latitude_deg, ..START }),
        altitude_m: outdoors.then_some(LAKE_ALTITUDE_M),
        heart_rate_bpm: Some(140 + (second / 60 % 12) as u8),
        cadence: Some(84),
        distance_m: Some(distance_m),
        speed_m_per_s: Some(speed),
    }
}
