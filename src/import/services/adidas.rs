//! adidas Running, before that Runtastic: an activity in up to three files of one name, in `Sport-sessions/`, and the
//! shoes in `User/Shoes/`.
//!
//! - `<id>.json` the session: moments in UTC with their offset, duration without pauses, metres. Until about 2020 plainly
//!   (`distance`, `pulse_avg`), since then in `features`, each a `type` with its `attributes`.
//! - `GPS-data/<id>.json` the track, since then `<id>.gpx`, which is read as any GPX; `Heart-rate-data/<id>.json`.
//! - `User/Shoes/<id>.json` a pair with the ids of its sessions.
//!
//! Taken from one real export of 2018 and from three public readers of newer ones. Times in GPS-data carry the zone of
//! whoever asked for the export; a position of −1, −1 is none; a pulse of 0 was not measured. Numbers of sports are known
//! for those below only: any other is named by its number.

use chrono::DateTime;
use serde::Deserialize;

use super::{
    json::{self, Scalar},
    part::{IndexError, ListedPair, Part, Row, Rows, Start, Tracks},
    service::{Head, Service, ServiceFile, whole},
};
use crate::activity::{ALTITUDES_M, Format, Position, Recording, Sport, Totals, TrackPoint};

/// The row of [`SERVICES`](super::SERVICES).
pub static ADIDAS: Service = Service {
    name: "adidas Running",
    files: &[
        ServiceFile {
            name: "Sport-sessions/….json",
            is: |head| head.is_json_with(&["sport_type_id", "start_time_timezone_offset"]),
            else_by_name: None,
            read: |path, reader| read_session(path, &whole(reader)?),
            samples: session_samples,
        },
        ServiceFile {
            name: "GPS-data/….json",
            is: is_track,
            else_by_name: None,
            read: |_, reader| read_track(&whole(reader)?),
            samples: track_samples,
        },
        ServiceFile {
            name: "User/Shoes/….json",
            is: |head| head.is_json_with(&["equipment_type", "samples_ids"]),
            else_by_name: None,
            read: |_, reader| read_shoe(&whole(reader)?),
            samples: shoe_samples,
        },
    ],
    reads: "sessions with their tracks and heart rates, distance, times, climb, shoes",
    how_to_export: "runtastic.com, Settings, Account & Data, Export data",
    totals_are_the_devices: true,
    shorter_means_cropped: false,
};

fn session_samples() -> Vec<(&'static str, Vec<u8>)> {
    let until_2020 = r#"{"start_time":1772348400000,"end_time":1772350260000,"start_time_timezone_offset":3600000,
        "distance":5010,"duration":1800500,"elevation_gain":51,"elevation_loss":0,"pulse_avg":151,"pulse_max":0,
        "longitude":-1,"notes":"rain","id":"a-1","sport_type_id":"1","user_equipment_ids":["shoe-1"]}"#;
    let since = r#"{"id":"a-2","sport_type_id":"14","start_time":1772434800000,"end_time":1772436600000,
        "start_time_timezone_offset":-10800000,"duration":1800000,"pause":0,"features":[{"type":"initial_values",
        "attributes":{"distance":5000}},{"type":"heart_rate","attributes":{"average":148,"maximum":171}}]}"#;
    vec![("Sport-sessions/a-1.json", until_2020.into()), ("Sport-sessions/a-2.json", since.into())]
}

fn track_samples() -> Vec<(&'static str, Vec<u8>)> {
    let places = r#"[{"version":1,"timestamp":"2026-03-01 08:00:00 +0100","longitude":7.0,"latitude":54.0,
        "altitude":3.5,"accuracy_h":9,"speed":0.0,"duration":0,"distance":0},{"version":1,
        "timestamp":"2026-03-01 08:00:30 +0100","longitude":-1,"latitude":-1,"altitude":4.0,"distance":90}]"#;
    let beats = r#"[{"version":1,"timestamp":"2026-03-01 08:00:00 +0100","heart_rate":142,"duration":0},
        {"version":1,"timestamp":"2026-03-01 08:00:30 +0100","heart_rate":0,"duration":30000}]"#;
    vec![
        ("Sport-sessions/GPS-data/a-1.json", places.into()),
        ("Sport-sessions/Heart-rate-data/a-1.json", beats.into()),
    ]
}

fn shoe_samples() -> Vec<(&'static str, Vec<u8>)> {
    let shoe = r#"{"name":"Red pair","initial_distance":0,"milestones":[{"value":500000,"type":"retirement_distance"}],
        "id":"shoe-1","equipment_id":"e-1","equipment_type":"shoe","samples_ids":["a-1"]}"#;
    vec![("User/Shoes/shoe-1.json", shoe.into())]
}

/// A list of places or heart rates: each names its version and its time.
fn is_track(head: &Head<'_>) -> bool {
    let is_of = |key| head.is_json_with(&["version", "timestamp", "duration", key]);
    is_of("heart_rate") || is_of("latitude")
}

/// A session in either layout.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Session {
    id: Scalar,
    sport_type_id: Scalar,
    /// Milliseconds since 1970.
    start_time: Scalar,
    /// Milliseconds since 1970.
    end_time: Scalar,
    /// Local time minus UTC in milliseconds.
    start_time_timezone_offset: Scalar,
    /// Metres.
    distance: Scalar,
    /// Milliseconds without pauses.
    duration: Scalar,
    elevation_gain: Scalar,
    elevation_loss: Scalar,
    pulse_avg: Scalar,
    pulse_max: Scalar,
    user_equipment_ids: Option<Vec<Scalar>>,
    features: Option<Vec<Feature>>,
}

/// A group of values in the newer layout.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Feature {
    r#type: Scalar,
    attributes: Attributes,
}

/// The values of a group that matter.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Attributes {
    distance: Scalar,
    elevation_gain: Scalar,
    elevation_loss: Scalar,
    average: Scalar,
    maximum: Scalar,
}

fn read_session(path: &str, bytes: &[u8]) -> Result<Part, IndexError> {
    let session: Session = json::read(&json::text(bytes))?;
    let totals = session.totals();
    let is_slip = totals.distance_m.or(totals.timer_time_s).or(totals.elapsed_time_s).is_none();
    Ok(match session.row(path, totals) {
        // a button pressed by mistake has neither end nor distance
        _ if is_slip => Part::default(),
        Some(row) => Rows { rows: vec![row], notices: Vec::new() }.into(),
        None => Rows::of(ADIDAS.name, [None]).into(),
    })
}

impl Session {
    /// The activity; `None` for one without a usable date.
    fn row(&self, path: &str, totals: Totals) -> Option<Row> {
        let unix_ms = self.start_time.unix_ms()?;
        let (sport, sub_sport) = sport(self.sport_type_id.text().as_deref());
        let equipment = self.user_equipment_ids.iter().flatten().filter_map(Scalar::text);
        Some(Row {
            tracks: stem(path).map(|stem| Tracks { begin: format!("{stem}."), hold_more: false }),
            keys: self.id.text().into_iter().chain(equipment).collect(),
            start: Some(Start::Moment {
                unix_ms,
                utc_offset_s: self.start_time_timezone_offset.utc_offset_of_ms(),
            }),
            sport: Some(sport),
            sub_sport: sub_sport.map(str::to_owned),
            totals,
            ..Row::default()
        })
    }

    fn totals(&self) -> Totals {
        let seconds = |ms: &Scalar| ms.amount().map(|ms| ms / 1_000.0);
        let elapsed_ms =
            self.start_time.unix_ms().zip(self.end_time.unix_ms()).map(|(start, end)| end - start);
        let climb_is_known = self.elevation_gain.amount().or(self.elevation_loss.amount()).is_some();
        let climb = |meters: &Scalar| meters.number().filter(|m| climb_is_known && (0.0..1e8).contains(m));
        let of = |kinds: &[&str], value: fn(&Attributes) -> &Scalar| {
            let is_one =
                |feature: &&Feature| feature.r#type.text().is_some_and(|kind| kinds.contains(&kind.as_str()));
            let mut found = self.features.iter().flatten().filter(is_one);
            found.find_map(|feature| value(&feature.attributes).amount())
        };
        let distance = |kind| of(&[kind], |attributes| &attributes.distance);
        let beats = |value| of(&["heart_rate"], value).filter(|bpm| *bpm <= 255.0);
        Totals {
            distance_m: self.distance.amount().or(distance("track_metrics")).or(distance("initial_values")),
            timer_time_s: seconds(&self.duration),
            elapsed_time_s: elapsed_ms
                .filter(|ms| (1..100_000_000_000).contains(ms))
                .map(|ms| ms as f64 / 1_000.0),
            ascent_m: climb(&self.elevation_gain).or(of(&["track_metrics"], |a| &a.elevation_gain)),
            descent_m: climb(&self.elevation_loss).or(of(&["track_metrics"], |a| &a.elevation_loss)),
            average_heart_rate_bpm: self.pulse_avg.heart_rate_bpm().or(beats(|a| &a.average)),
            max_heart_rate_bpm: self.pulse_max.heart_rate_bpm().or(beats(|a| &a.maximum)),
            ..Totals::default()
        }
    }
}

/// The sport and the finer kind of a number.
fn sport(number: Option<&str>) -> (Sport, Option<&'static str>) {
    let (sport, kind) = match number {
        Some("1") => ("running", None),
        Some("14") => ("running", Some("treadmill")),
        Some("2") => ("nordic_walking", None),
        Some("3") => ("cycling", None),
        Some("4") => ("cycling", Some("mountain")),
        Some("22") => ("cycling", Some("road")),
        Some("7") => ("hiking", None),
        Some("19") => ("walking", None),
        Some(number) => return (Sport::new(&format!("adidas_{number}")), None),
        None => ("other", None),
    };
    (Sport::known(sport), kind)
}

/// The name of a file without folders and ending.
fn stem(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?;
    Some(name.split('.').next().unwrap_or(name)).filter(|stem| !stem.is_empty())
}

/// A place or a heart rate at a time.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Point {
    timestamp: Scalar,
    latitude: Scalar,
    longitude: Scalar,
    altitude: Scalar,
    heart_rate: Scalar,
}

fn read_track(bytes: &[u8]) -> Result<Part, IndexError> {
    let (points, damage) = json::list::<Point>(&json::text(bytes))?;
    let points: Vec<TrackPoint> = points.iter().filter_map(Point::track_point).collect();
    let recording = Recording { segments: vec![points], ..Recording::new(Format::Json) };
    let rows = Rows { rows: Vec::new(), notices: damage.into_iter().collect() };
    Ok(Part { rows, recordings: vec![recording], ..Part::default() })
}

impl Point {
    fn track_point(&self) -> Option<TrackPoint> {
        let time = DateTime::parse_from_str(&self.timestamp.text()?, "%Y-%m-%d %H:%M:%S %z").ok()?;
        Some(TrackPoint {
            position: self.position(),
            altitude_m: self
                .altitude
                .number()
                .map(|meters| meters as f32)
                .filter(|m| ALTITUDES_M.contains(m)),
            heart_rate_bpm: self
                .heart_rate
                .heart_rate_bpm()
                .map(|bpm| bpm.round() as u8)
                .filter(|bpm| *bpm > 0),
            ..TrackPoint::at(time.timestamp_millis())
        })
    }

    fn position(&self) -> Option<Position> {
        let (latitude_deg, longitude_deg) = (self.latitude.number()?, self.longitude.number()?);
        let is_masked = latitude_deg == -1.0 && longitude_deg == -1.0;
        let is_on_earth = latitude_deg.abs() <= 90.0 && longitude_deg.abs() <= 180.0;
        (is_on_earth && !is_masked).then_some(Position { latitude_deg, longitude_deg })
    }
}

/// A pair of shoes and the sessions it was worn for.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Shoe {
    name: Scalar,
    id: Scalar,
    equipment_id: Scalar,
    samples_ids: Option<Vec<Scalar>>,
}

fn read_shoe(bytes: &[u8]) -> Result<Part, IndexError> {
    let shoe: Shoe = json::read(&json::text(bytes))?;
    let Some(name) = shoe.name.text() else { return Ok(Part::default()) };
    let sessions = shoe.samples_ids.iter().flatten().filter_map(Scalar::text);
    // sessions name the shoe, public readers do not agree by which of its two ids
    let keys = sessions.chain(shoe.id.text()).chain(shoe.equipment_id.text());
    let gear = keys.map(|key| (key, name.clone())).collect();
    Ok(Part { gear, pairs: vec![ListedPair::named(&name)], ..Part::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(text: &str) -> Option<Row> {
        read_session("x/Sport-sessions/a-1.json", text.as_bytes()).unwrap().rows.rows.into_iter().next()
    }

    #[test]
    fn a_session_of_either_layout_gives_start_offset_sport_and_totals() {
        let rows: Vec<Row> =
            session_samples().iter().filter_map(|(_, file)| session(str::from_utf8(file).unwrap())).collect();
        let moment = |unix_ms, offset_s| Some(Start::Moment { unix_ms, utc_offset_s: Some(offset_s) });
        assert_eq!(rows[0].start, moment(1_772_348_400_000, 3_600));
        assert_eq!((rows[0].totals.distance_m, rows[0].totals.timer_time_s), (Some(5_010.0), Some(1_800.5)));
        assert_eq!((rows[0].totals.elapsed_time_s, rows[0].totals.descent_m), (Some(1_860.0), Some(0.0)));
        assert_eq!(
            (rows[0].totals.average_heart_rate_bpm, rows[0].totals.max_heart_rate_bpm),
            (Some(151.0), None)
        );
        assert_eq!(rows[0].keys, ["a-1", "shoe-1"]);
        assert_eq!(rows[0].tracks.as_ref().unwrap().begin, "a-1.");
        assert_eq!(rows[1].start, moment(1_772_434_800_000, -10_800));
        assert_eq!(
            (rows[1].sub_sport.as_deref(), rows[1].totals.distance_m),
            (Some("treadmill"), Some(5_000.0))
        );
        assert_eq!(rows[1].totals.average_heart_rate_bpm, Some(148.0));
    }

    #[test]
    fn a_button_pressed_by_mistake_is_nothing_and_an_unknown_sport_is_named_by_its_number() {
        assert_eq!(
            session(r#"{"start_time":1772348400000,"distance":0,"duration":0,"sport_type_id":"1"}"#),
            None
        );
        let undated = read_session("a.json", br#"{"start_time":null,"distance":5000,"sport_type_id":"1"}"#);
        let notice = "1 activity of adidas Running without a usable date stands there and is left out";
        assert_eq!(undated.unwrap().rows.notices, [notice]);
        let row = session(r#"{"start_time":1772348400000,"distance":9,"sport_type_id":"35"}"#).unwrap();
        assert_eq!(row.sport.unwrap().as_str(), "adidas_35");
    }

    #[test]
    fn points_give_places_and_beats_and_a_masked_place_is_none() {
        let read = |sample: usize| {
            read_track(&track_samples()[sample].1).unwrap().recordings.remove(0).segments.remove(0)
        };
        let places = read(0);
        assert_eq!(places[0].time_unix_ms, 1_772_348_400_000);
        assert_eq!(places[0].position, Some(Position { latitude_deg: 54.0, longitude_deg: 7.0 }));
        assert_eq!((places[1].position, places[1].altitude_m), (None, Some(4.0)));
        let beats: Vec<_> = read(1).iter().map(|point| point.heart_rate_bpm).collect();
        assert_eq!(beats, [Some(142), None]);
    }

    #[test]
    fn a_shoe_is_known_by_its_sessions_and_by_its_own_ids() {
        let part = read_shoe(&shoe_samples()[0].1).unwrap();
        let keys: Vec<&str> = part.gear.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["a-1", "shoe-1", "e-1"]);
        assert_eq!(part.pairs, [ListedPair::named("Red pair")]);
    }
}
