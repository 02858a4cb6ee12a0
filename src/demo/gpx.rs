//! GPX 1.1 as a phone writes it, through the `gpx` crate.

use gpx::{Gpx, GpxVersion, Route, TrackSegment, Waypoint, errors::GpxError};
use time::{Duration, OffsetDateTime};

use super::{
    routes::Loop,
    track::{Point, Track},
};
use crate::activity::Position;

const CREATOR: &str = "treadlight demo";

/// A recorded run: positions, altitudes and times in UTC, a track segment for every stretch without pause.
pub(super) fn run(track: &Track, word: &str) -> Result<Vec<u8>, GpxError> {
    let segments = track.segments.iter().map(|points| segment(points)).collect();
    let recorded = gpx::Track {
        name: Some(format!("{}, {word}", track.way)),
        type_: Some("running".to_owned()),
        segments,
        ..gpx::Track::default()
    };
    write(&Gpx { tracks: vec![recorded], ..empty() })
}

/// A planned route: a way to follow so many times round, without times.
pub(super) fn planned_route(way: &Loop, rounds: usize, name: &str) -> Result<Vec<u8>, GpxError> {
    let corners = way.corner_positions();
    let points = corners.iter().cycle().take(rounds * corners.len()).map(|p| waypoint(*p)).collect();
    let route = Route { name: Some(name.to_owned()), points, ..Route::default() };
    write(&Gpx { routes: vec![route], ..empty() })
}

fn empty() -> Gpx {
    Gpx { version: GpxVersion::Gpx11, creator: Some(CREATOR.to_owned()), ..Gpx::default() }
}

fn write(gpx: &Gpx) -> Result<Vec<u8>, GpxError> {
    let mut bytes = Vec::new();
    gpx::write(gpx, &mut bytes)?;
    Ok(bytes)
}

fn segment(points: &[Point]) -> TrackSegment {
    TrackSegment { points: points.iter().filter_map(track_point).collect() }
}

fn track_point(point: &Point) -> Option<Waypoint> {
    let mut waypoint = waypoint(point.position?);
    waypoint.elevation = point.altitude_m.map(|m| (m * 10.0).round() / 10.0);
    waypoint.time = Some((OffsetDateTime::UNIX_EPOCH + Duration::seconds(point.time_unix_s)).into());
    Some(waypoint)
}

/// Seven decimals of a degree: a centimetre.
fn waypoint(position: Position) -> Waypoint {
    let decimals = |degrees: f64| (degrees * 1.0e7).round() / 1.0e7;
    Waypoint::new((decimals(position.longitude_deg), decimals(position.latitude_deg)).into())
}
