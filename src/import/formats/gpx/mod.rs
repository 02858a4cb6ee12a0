//! GPX 1.0 and 1.1: every track with times becomes a recording.
//!
//! Read with `quick-xml`, tolerant of unknown elements, undeclared prefixes, a byte order mark and
//! blanks before the first tag; elements are known by their local names. Heart rate and cadence come
//! from the extensions of Garmin (`hr`, `cad`), Cluetrust (`cadence`) and those who copied them.
//! A file that breaks off keeps what it held. Routes and tracks without a time are plans.
//! Points that look like those before them are read without events: [`shape`].

mod point;
mod shape;

use point::{PointBuilder, Value};
use quick_xml::events::BytesStart;
use shape::{Shapes, Sketch};

use super::{
    FileFormat, Sign,
    device::without_serial,
    read_error::ReadError,
    timestamp::parse_xml_time,
    xml::{self, Damage, Elements, attribute},
};
use crate::activity::{Format, Note, Recording, Sport};

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

    /// What the element's text says of its point.
    fn value(self) -> Option<Value> {
        match self {
            Self::Elevation => Some(Value::Elevation),
            Self::Time => Some(Value::Time),
            Self::HeartRate => Some(Value::HeartRate),
            Self::Cadence => Some(Value::Cadence),
            _ => None,
        }
    }

    fn holds_text(self) -> bool {
        matches!(self, Self::Name | Self::Type) || self.value().is_some()
    }

    /// Whether it says something wherever it stands, also inside a point.
    fn is_structure(self) -> bool {
        !matches!(self, Self::Name | Self::Type | Self::Other) && self.value().is_none()
    }
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
    /// Where the event stands that comes next.
    at: usize,
    /// Of the point whose events come, if it may have a shape.
    sketch: Option<Sketch>,
    shapes: Shapes,
}

impl Elements for Builder {
    fn read_ahead(&mut self, document: &str, at: usize) -> usize {
        self.at = at;
        let [.., Element::Track, Element::Segment] = self.path.as_slice() else { return 0 };
        if let Some(sketch) = self.sketch.take() {
            self.shapes.learn(sketch, document, at);
        }
        let Some(segment) = self.track.as_mut().and_then(|track| track.segments.last_mut()) else { return 0 };
        if !self.shapes.are_kept() || document.as_bytes().get(at) != Some(&b'<') {
            return 0;
        }
        let end = self.shapes.read(document.as_bytes(), at, |point| match point {
            Some(point) => segment.push(point),
            None => self.untimed_points += 1,
        });
        end - at
    }

    fn open(&mut self, tag: &BytesStart<'_>) {
        let element = Element::from_local_name(xml::local_name(tag));
        self.sketch_element(element, tag.len());
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
                self.point = Some(placed(tag));
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
        if let Some(sketch) = &mut self.sketch
            && let Some(value) = self.path.last().and_then(|element| element.value())
            && !sketch.text(value, self.at, text.len())
        {
            self.sketch = None;
        }
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
            _ => {
                if let Some(value) = element.value() {
                    self.end_value(value);
                }
            }
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

    /// Notes what opens inside a point that may have a shape, and gives up on one that is not plain.
    fn sketch_element(&mut self, element: Element, tag_bytes: usize) {
        if element == Element::Point {
            let is_in_place = matches!(self.path.as_slice(), [.., Element::Track, Element::Segment]);
            self.sketch = (self.shapes.miss() && is_in_place).then(|| Sketch::new(self.at, tag_bytes));
            return;
        }
        let Some(sketch) = &mut self.sketch else { return };
        let is_inside_value = self.path.last().is_some_and(|parent| parent.value().is_some());
        let is_plain = !element.is_structure() && !is_inside_value;
        if !is_plain || element.value().is_some_and(|value| !sketch.open(value)) {
            self.sketch = None;
        }
    }

    fn end_value(&mut self, value: Value) {
        let Some(point) = &mut self.point else { return };
        let text = self.text.trim();
        if value != Value::Time {
            point.set(value, text);
        } else if let Some(time) = parse_xml_time(text) {
            point.set_time(time);
            if let Some(track) = &mut self.track {
                track.utc_offset_s = track.utc_offset_s.or(time.utc_offset_s);
            }
        } else if !text.is_empty() {
            self.unreadable_time.get_or_insert_with(|| text.chars().take(40).collect());
        }
    }

    fn end_point(&mut self) {
        let (Some(point), Some(track)) = (self.point.take(), &mut self.track) else { return };
        let Some(point) = point.finish() else {
            self.untimed_points += 1;
            return;
        };
        if track.segments.is_empty() {
            track.segments.push(Vec::new());
        }
        if let Some(segment) = track.segments.last_mut() {
            segment.push(point);
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

/// A point of which the place is known; of an attribute that stands there twice the first one counts.
fn placed(tag: &BytesStart<'_>) -> PointBuilder {
    let mut point = PointBuilder::default();
    for (value, name) in [(Value::Latitude, "lat"), (Value::Longitude, "lon")] {
        if let Some(text) = attribute(tag, name) {
            point.set(value, &text);
        }
    }
    point
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::activity::Position;

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

    /// What the events alone make of a file.
    fn read_by_events(bytes: &[u8]) -> Result<Vec<Recording>, ReadError> {
        let mut builder = Builder { shapes: Shapes::given_up(), ..Builder::default() };
        let damage = xml::read(bytes, &mut builder);
        builder.finish(damage)
    }

    /// A point with some of its values, and with what may stand between them.
    fn any_point() -> impl Strategy<Value = String> {
        let degrees =
            prop::sample::select(&["54.6", "-7.000000000000001", "7,5", "0", "91", "1e1", "x", ""][..]);
        let tag = prop::sample::select(
            &[
                "<trkpt lat=\"LAT\" lon=\"LON\">",
                "<trkpt lon=\"LON\" lat=\"LAT\" >",
                "<trkpt lat='LAT' lon=\"LON\">",
                "<trkpt lat=\"LAT\">",
                "<trkpt lat=\"LAT\" lat=\"LON\" lon=\"1\" id=\" lat=\">",
                "<trkpt lat=\"LAT\" lon=\"LON\"/>",
            ][..],
        );
        let inside = prop::sample::select(
            &[
                "<ele>1.5</ele>",
                "<ele>-20.25</ele>",
                "<ele>1e2</ele>",
                "<ele/>",
                "<ele></ele>",
                "<ele><![CDATA[5]]></ele>",
                "<ele>5<x/></ele>",
                "<time>2026-03-01T07:00:00Z</time>",
                "<time>2026-03-01T07:00:01.5Z</time>",
                "<time>2026-03-01T09:00:00+02:00</time>",
                "<time> 2026-03-31T07:00:00.250Z\r\n</time>",
                "<time>soon</time>",
                "<hr>142</hr>",
                "<x:hr>141.6</x:hr>",
                "<hr>0</hr>",
                "<hr>1&#52;2</hr>",
                "<cad>82</cad>",
                "<cad a=\"b\">300</cad>",
                "<extensions><a:b c=\"d\">",
                "</a:b></extensions>",
                "<name>n</name>",
                "<!-- <ele>9</ele> -->",
                "\n  ",
                "é &amp; text",
                "<trkpt lat=\"1\" lon=\"2\">",
                "</trkseg><trkseg>",
            ][..],
        );
        (tag, degrees.clone(), degrees, prop::collection::vec(inside, 0..6)).prop_map(
            |(tag, lat, lon, inside)| {
                let tag = tag.replace("LAT", lat).replace("LON", lon);
                let close = if tag.ends_with("/>") { "" } else { "</trkpt>" };
                [&tag, &inside.concat(), close].concat()
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn points_are_read_as_the_events_tell_them(
            kinds in prop::collection::vec(any_point(), 1..4),
            order in prop::collection::vec((0_usize..4, 0..3_usize), 0..12),
            digits in "[0-9]{12}",
            cut in any::<prop::sample::Index>(),
            is_cut in prop::bool::weighted(0.2),
        ) {
            let mut digits = digits.chars().cycle();
            let points = order.iter().map(|(kind, blanks)| {
                let point = kinds[kind % kinds.len()].clone() + &"\n ".repeat(*blanks);
                // other values of the same form
                point.chars().map(|c| if c == '6' { digits.next().unwrap() } else { c }).collect::<String>()
            });
            let mut file = gpx(&format!("<trk><trkseg>{}</trkseg></trk>", points.collect::<String>()));
            if is_cut {
                file.truncate(cut.index(file.len()));
            }
            prop_assert_eq!(read_recordings(&file), read_by_events(&file));
        }
    }

    #[test]
    fn points_of_one_shape_are_read_without_events() {
        let point = |i: i32| {
            format!("<trkpt lat=\"54.{i}\" lon=\"7.0\"><time>2026-03-01T07:00:{i}Z</time></trkpt>\n")
        };
        let file = gpx(&format!("<trk><trkseg>{}</trkseg></trk>", (10..60).map(point).collect::<String>()));
        let mut builder = Builder::default();
        assert_eq!(xml::read(&file, &mut builder), None);
        assert_eq!(builder.shapes.counts(), (49, 1));
        assert_eq!(builder.finish(None).unwrap()[0].point_count(), 50);
    }

    #[test]
    fn a_file_of_changing_shapes_is_left_to_the_events() {
        let point = |i: usize| {
            format!(
                "<trkpt lat=\"54.6\" lon=\"7.0\">{}<time>2026-03-01T07:00:00Z</time></trkpt>",
                " ".repeat(i % 97)
            )
        };
        let file = gpx(&format!("<trk><trkseg>{}</trkseg></trk>", (0..500).map(point).collect::<String>()));
        let mut builder = Builder::default();
        assert_eq!(xml::read(&file, &mut builder), None);
        assert_eq!(builder.shapes.counts(), (0, 500));
        assert!(!builder.shapes.are_kept());
        assert_eq!(builder.finish(None).unwrap()[0].point_count(), 500);
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
