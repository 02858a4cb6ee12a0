//! GPX 1.0 and 1.1: every track with times becomes a recording.
//!
//! Read with `quick-xml`, tolerant of unknown elements, undeclared prefixes, a byte order mark and
//! blanks before the first tag; elements are known by their local names. Heart rate and cadence come
//! from the extensions of Garmin (`hr`, `cad`), Cluetrust (`cadence`) and those who copied them.
//! A file that breaks off keeps what it held. Routes and tracks without a time are plans.

use quick_xml::events::BytesStart;

use super::{
    FileFormat, Sign,
    device::without_serial,
    read_error::ReadError,
    timestamp::parse_xml_time,
    xml::{self, Damage, Elements, altitude_m, attribute, degrees, place, whole_number},
};
use crate::activity::{Format, Note, Position, Recording, Sport, TrackPoint};

/// The row of [`FORMATS`](super::FORMATS).
pub static GPX: FileFormat =
    FileFormat { label: "GPX", ending: "gpx", sign: Sign::Root("gpx"), read: read_recordings };

/// Reads every timed track of a GPX file.
///
/// # Errors
/// If nothing in the file was run; see [`ReadError`].
pub fn read_recordings(bytes: &[u8]) -> Result<Vec<Recording>, ReadError> {
    let mut builder = Builder::default();
    let damage = xml::read(bytes, &mut builder);
    builder.finish(damage)
}

/// The elements whose place matters; everything else is `Other`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Gpx,
    Track,
    Segment,
    Point,
    Route,
    RoutePoint,
    Name,
    Type,
    Elevation,
    Time,
    HeartRate,
    Cadence,
    Other,
}

impl Element {
    fn from_local_name(name: &str) -> Self {
        match name {
            "gpx" => Self::Gpx,
            "trk" => Self::Track,
            "trkseg" => Self::Segment,
            "trkpt" => Self::Point,
            "rte" => Self::Route,
            "rtept" => Self::RoutePoint,
            "name" => Self::Name,
            "type" => Self::Type,
            "ele" => Self::Elevation,
            "time" => Self::Time,
            "hr" | "heartrate" => Self::HeartRate,
            "cad" | "cadence" | "RunCadence" => Self::Cadence,
            _ => Self::Other,
        }
    }

    fn holds_text(self) -> bool {
        matches!(
            self,
            Self::Name | Self::Type | Self::Elevation | Self::Time | Self::HeartRate | Self::Cadence
        )
    }
}

/// A point under construction; its time may still be missing.
#[derive(Default)]
struct PointBuilder {
    position: Option<Position>,
    altitude_m: Option<f32>,
    time_unix_ms: Option<i64>,
    heart_rate_bpm: Option<u8>,
    cadence_raw: Option<u8>,
}

#[derive(Default)]
struct Builder {
    path: Vec<Element>,
    text: String,
    creator: Option<String>,
    track: Option<Recording>,
    untimed_points: usize,
    point: Option<PointBuilder>,
    finished: Vec<Recording>,
    planned_points: usize,
    unreadable_time: Option<String>,
}

impl Elements for Builder {
    fn open(&mut self, tag: &BytesStart<'_>) {
        let element = Element::from_local_name(xml::local_name(tag));
        match element {
            Element::Gpx => self.creator = creator(tag),
            Element::Track => {
                self.end_track();
                self.track = Some(Recording { device: self.creator.clone(), ..Recording::new(Format::Gpx) });
            }
            Element::Segment => {
                if let Some(track) = &mut self.track {
                    track.segments.push(Vec::new());
                }
            }
            Element::Point => {
                self.point = Some(PointBuilder { position: position(tag), ..PointBuilder::default() });
            }
            Element::RoutePoint => self.planned_points += 1,
            _ => {}
        }
        if element.holds_text() {
            self.text.clear();
        }
        self.path.push(element);
    }

    fn wants_text(&self) -> bool {
        self.path.last().is_some_and(|element| element.holds_text())
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn close(&mut self) {
        let Some(element) = self.path.pop() else { return };
        match element {
            Element::Point => self.end_point(),
            Element::Track => self.end_track(),
            Element::Name | Element::Type if self.path.last() == Some(&Element::Track) => {
                self.end_track_text(element);
            }
            Element::Elevation | Element::Time | Element::HeartRate | Element::Cadence => {
                self.end_point_text(element);
            }
            _ => {}
        }
    }

    fn is_whole(&self) -> bool {
        self.path.is_empty()
    }
}

impl Builder {
    fn end_track_text(&mut self, element: Element) {
        let text = self.text.trim();
        let Some(track) = self.track.as_mut().filter(|_| !text.is_empty()) else { return };
        if element == Element::Name {
            track.name = Some(text.to_owned());
        } else {
            track.sport = Some(Sport::new(text));
        }
    }

    fn end_point_text(&mut self, element: Element) {
        let Some(point) = &mut self.point else { return };
        let text = self.text.trim();
        match element {
            Element::Time => {
                if let Some(time) = parse_xml_time(text) {
                    point.time_unix_ms = Some(time.unix_ms);
                    if let Some(track) = &mut self.track {
                        track.utc_offset_s = track.utc_offset_s.or(time.utc_offset_s);
                    }
                } else if !text.is_empty() {
                    self.unreadable_time.get_or_insert_with(|| text.chars().take(40).collect());
                }
            }
            Element::Elevation => point.altitude_m = altitude_m(text),
            Element::HeartRate => point.heart_rate_bpm = whole_number(text),
            Element::Cadence => point.cadence_raw = whole_number(text),
            _ => {}
        }
    }

    fn end_point(&mut self) {
        let (Some(point), Some(track)) = (self.point.take(), &mut self.track) else { return };
        let Some(time_unix_ms) = point.time_unix_ms else {
            self.untimed_points += 1;
            return;
        };
        if track.segments.is_empty() {
            track.segments.push(Vec::new());
        }
        if let Some(segment) = track.segments.last_mut() {
            segment.push(TrackPoint {
                time_unix_ms,
                position: point.position,
                altitude_m: point.altitude_m,
                distance_m: None,
                heart_rate_bpm: point.heart_rate_bpm,
                cadence_raw: point.cadence_raw,
            });
        }
    }

    fn end_track(&mut self) {
        let Some(mut track) = self.track.take() else { return };
        let untimed = std::mem::take(&mut self.untimed_points);
        track.segments.retain(|segment| !segment.is_empty());
        if track.segments.is_empty() {
            self.planned_points += untimed;
            return;
        }
        if untimed > 0 {
            track.notes.push(Note::UntimedPointsDropped { count: untimed });
        }
        self.finished.push(track);
    }

    fn finish(mut self, damage: Option<Damage>) -> Result<Vec<Recording>, ReadError> {
        self.end_track();
        if let Some(Damage { byte, what }) = damage {
            let Some(last) = self.finished.last_mut() else {
                return Err(ReadError::BrokenXml { format: "GPX".to_owned(), byte, what });
            };
            last.notes.push(Note::DamagedAt { byte, what });
        }
        match (self.finished.is_empty(), self.planned_points, self.unreadable_time) {
            (false, ..) => Ok(self.finished),
            (true, 0, _) => Err(ReadError::NoPoints),
            (true, _, Some(example)) => Err(ReadError::UnreadableTimes { example }),
            (true, _, None) => Err(ReadError::PlannedRoute),
        }
    }
}

fn creator(tag: &BytesStart<'_>) -> Option<String> {
    attribute(tag, "creator").as_deref().and_then(without_serial)
}

fn position(tag: &BytesStart<'_>) -> Option<Position> {
    let (mut latitude, mut longitude) = (None, None);
    for attribute in tag.attributes().with_checks(false).flatten() {
        match attribute.key.as_ref() {
            "lat" => latitude = latitude.or(Some(degrees(&attribute.value, 90.0))),
            "lon" => longitude = longitude.or(Some(degrees(&attribute.value, 180.0))),
            _ => {}
        }
    }
    place(latitude??, longitude??)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gpx(body: &str) -> Vec<u8> {
        format!(r#"<?xml version="1.0"?><gpx version="1.1" creator="Test Watch">{body}</gpx>"#).into_bytes()
    }

    const TWO_POINTS: &str = r#"<trkseg>
        <trkpt lat="54.6" lon="7.0"><ele>1.5</ele><time>2026-03-01T07:00:00Z</time></trkpt>
        <trkpt lat="54.601" lon="7.0"><time>2026-03-01T07:00:30Z</time></trkpt></trkseg>"#;

    #[test]
    fn a_track_gives_name_type_creator_and_points() {
        let file =
            gpx(&format!("<trk><name>Rain &amp; wind</name><type>Trail Running</type>{TWO_POINTS}</trk>"));
        let recordings = read_recordings(&file).unwrap();
        let run = &recordings[0];
        assert_eq!(run.name.as_deref(), Some("Rain & wind"));
        assert_eq!(run.sport, Some(Sport::new("trail_running")));
        assert_eq!(run.device.as_deref(), Some("Test Watch"));
        assert_eq!(run.point_count(), 2);
        let first = run.segments[0][0];
        assert_eq!(first.time_unix_ms, 1_772_348_400_000);
        assert_eq!(first.altitude_m, Some(1.5));
        assert_eq!(first.position, Some(Position { latitude_deg: 54.6, longitude_deg: 7.0 }));
    }

    #[test]
    fn heart_rate_and_cadence_come_from_extensions_of_any_prefix_even_undeclared() {
        let file = gpx(r#"<trk><trkseg><trkpt lat="54.6" lon="7.0"><time>2026-03-01T07:00:00Z</time>
            <extensions><x:TrackPointExtension><x:hr>141.6</x:hr><y:cad>82</y:cad></x:TrackPointExtension>
            </extensions></trkpt></trkseg></trk>"#);
        let point = read_recordings(&file).unwrap()[0].segments[0][0];
        assert_eq!((point.heart_rate_bpm, point.cadence_raw), (Some(142), Some(82)));
    }

    #[test]
    fn a_byte_order_mark_and_blanks_before_the_first_tag_are_no_matter() {
        let mut file = b"\xEF\xBB\xBF   \n".to_vec();
        file.extend(gpx(&format!("<trk>{TWO_POINTS}</trk>")));
        assert_eq!(read_recordings(&file).unwrap()[0].point_count(), 2);
    }

    #[test]
    fn routes_and_tracks_without_times_are_plans() {
        let route = gpx(r#"<rte><rtept lat="54.6" lon="7.0"/><rtept lat="54.7" lon="7.0"/></rte>"#);
        let untimed = gpx(r#"<trk><type>running</type><trkseg><trkpt lat="54.6" lon="7.0"/></trkseg></trk>"#);
        assert_eq!(read_recordings(&route), Err(ReadError::PlannedRoute));
        assert_eq!(read_recordings(&untimed), Err(ReadError::PlannedRoute));
    }

    #[test]
    fn a_file_without_points_is_empty() {
        assert_eq!(read_recordings(&gpx("<trk><trkseg/></trk>")), Err(ReadError::NoPoints));
        assert_eq!(read_recordings(&gpx("")), Err(ReadError::NoPoints));
    }

    #[test]
    fn untimed_points_between_timed_ones_are_left_out_with_a_note() {
        let file = gpx(r#"<trk><trkseg><trkpt lat="1" lon="1"><time>2026-03-01T07:00:00Z</time></trkpt>
            <trkpt lat="1" lon="1"/></trkseg></trk>"#);
        let run = &read_recordings(&file).unwrap()[0];
        assert_eq!(run.notes, [Note::UntimedPointsDropped { count: 1 }]);
    }

    #[test]
    fn an_explicit_offset_is_kept_and_z_is_none() {
        let file = gpx(r#"<trk><trkseg><trkpt lat="1" lon="1"><time>2026-03-01T09:00:00+02:00</time></trkpt>
            </trkseg></trk>"#);
        assert_eq!(read_recordings(&file).unwrap()[0].utc_offset_s, Some(7_200));
        let file = gpx(&format!("<trk>{TWO_POINTS}</trk>"));
        assert_eq!(read_recordings(&file).unwrap()[0].utc_offset_s, None);
    }

    #[test]
    fn every_track_is_a_recording_and_every_segment_is_kept_apart() {
        let file = gpx(&format!("<trk>{TWO_POINTS}{TWO_POINTS}</trk><trk>{TWO_POINTS}</trk>"));
        let recordings = read_recordings(&file).unwrap();
        assert_eq!(recordings.iter().map(|r| r.segments.len()).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn a_file_cut_anywhere_keeps_its_whole_points_or_says_where_it_breaks() {
        let file = gpx(&format!("<trk><name>é</name>{TWO_POINTS}</trk>"));
        for length in 0..file.len() {
            match read_recordings(&file[..length]) {
                Ok(recordings) => {
                    let notes = &recordings[0].notes;
                    assert!(matches!(notes.last(), Some(Note::DamagedAt { .. })), "at {length}: {notes:?}");
                }
                Err(ReadError::BrokenXml { byte, .. }) => assert!(byte <= length),
                Err(other) => assert!(length < 60, "at {length}: {other}"),
            }
        }
    }
}
