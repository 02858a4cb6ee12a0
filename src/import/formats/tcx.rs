//! Training Center XML (TCX): every `<Activity>` becomes a recording.
//!
//! Read with `quick-xml`, tolerant of unknown elements, undeclared prefixes, a byte order mark and
//! blanks before the first tag (Strava writes ten); elements are known by their local names. Totals
//! are those of the laps together: the running total of the track points may start anywhere, or again
//! with every lap. A file that breaks off keeps what it held. Courses and workouts are plans, whatever
//! times their points carry.

use quick_xml::events::BytesStart;

use super::{
    FileFormat, Sign,
    device::without_serial,
    read_error::ReadError,
    timestamp::parse_xml_time,
    xml::{self, Damage, Elements, altitude_m, attribute, decimal, degrees, place, whole_number},
};
use crate::{
    activity::{Format, Note, Recording, Sport, Totals, TrackPoint},
    units::LARGEST,
};

/// The row of [`FORMATS`](super::FORMATS).
pub static TCX: FileFormat = FileFormat {
    label: "TCX",
    ending: "tcx",
    sign: Sign::Root("TrainingCenterDatabase"),
    read: read_recordings,
};

/// Reads every activity of a TCX file.
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
    Plan,
    Activity,
    Creator,
    Lap,
    Track,
    Point,
    Id,
    Name,
    TotalTime,
    AverageHeartRate,
    MaxHeartRate,
    Time,
    Latitude,
    Longitude,
    Altitude,
    Distance,
    HeartRate,
    /// Stands inside the three heart rates and is part of their text.
    Value,
    Cadence,
    Other,
}

impl Element {
    fn from_local_name(name: &str) -> Self {
        match name {
            "Course" | "Workout" => Self::Plan,
            "Activity" => Self::Activity,
            "Creator" => Self::Creator,
            "Lap" => Self::Lap,
            "Track" => Self::Track,
            "Trackpoint" => Self::Point,
            "Id" => Self::Id,
            "Name" => Self::Name,
            "TotalTimeSeconds" => Self::TotalTime,
            "AverageHeartRateBpm" => Self::AverageHeartRate,
            "MaximumHeartRateBpm" => Self::MaxHeartRate,
            "Time" => Self::Time,
            "LatitudeDegrees" => Self::Latitude,
            "LongitudeDegrees" => Self::Longitude,
            "AltitudeMeters" => Self::Altitude,
            "DistanceMeters" => Self::Distance,
            "HeartRateBpm" => Self::HeartRate,
            "Value" => Self::Value,
            "Cadence" | "RunCadence" => Self::Cadence,
            _ => Self::Other,
        }
    }

    fn holds_text(self) -> bool {
        !matches!(
            self,
            Self::Plan | Self::Activity | Self::Creator | Self::Lap | Self::Track | Self::Point | Self::Other
        )
    }
}

/// A point under construction; its time may still be missing.
#[derive(Default)]
struct PointBuilder {
    time_unix_ms: Option<i64>,
    latitude_deg: Option<f64>,
    longitude_deg: Option<f64>,
    altitude_m: Option<f32>,
    distance_m: Option<f64>,
    heart_rate_bpm: Option<u8>,
    cadence_raw: Option<u8>,
}

impl PointBuilder {
    fn text(&mut self, element: Element, text: &str) {
        match element {
            Element::Latitude => self.latitude_deg = degrees(text, 90.0),
            Element::Longitude => self.longitude_deg = degrees(text, 180.0),
            Element::Altitude => self.altitude_m = altitude_m(text),
            Element::Distance => self.distance_m = amount(text),
            Element::HeartRate => self.heart_rate_bpm = whole_number(text),
            Element::Cadence => self.cadence_raw = self.cadence_raw.or(whole_number(text)),
            _ => {}
        }
    }

    /// The point, if it has a time.
    fn build(self) -> Option<TrackPoint> {
        let degrees = self.latitude_deg.zip(self.longitude_deg);
        Some(TrackPoint {
            time_unix_ms: self.time_unix_ms?,
            position: degrees.and_then(|(latitude_deg, longitude_deg)| place(latitude_deg, longitude_deg)),
            altitude_m: self.altitude_m,
            distance_m: self.distance_m,
            heart_rate_bpm: self.heart_rate_bpm,
            cadence_raw: self.cadence_raw,
        })
    }
}

/// What a lap says of itself.
#[derive(Default)]
struct LapBuilder {
    distance_m: Option<f64>,
    time_s: Option<f64>,
    average_heart_rate_bpm: Option<u8>,
    max_heart_rate_bpm: Option<u8>,
    start_unix_ms: Option<i64>,
    has_points: bool,
}

impl LapBuilder {
    fn text(&mut self, element: Element, text: &str) {
        match element {
            Element::Distance => self.distance_m = amount(text),
            Element::TotalTime => self.time_s = amount(text),
            Element::AverageHeartRate => self.average_heart_rate_bpm = whole_number(text),
            Element::MaxHeartRate => self.max_heart_rate_bpm = whole_number(text),
            _ => {}
        }
    }
}

/// All laps of an activity together.
#[derive(Default)]
struct LapSums {
    distance_m: f64,
    /// A lap with points does not say how far it went: the sum would fall short of them.
    distance_is_partial: bool,
    time_s: f64,
    /// The longest lap, and all before the last one: some programs write times that add up.
    longest_s: f64,
    before_last_s: f64,
    first_start_unix_ms: Option<i64>,
    last_start_unix_ms: Option<i64>,
    heart_rate_time_s: f64,
    heart_beats_bpm_s: f64,
    max_heart_rate_bpm: Option<u8>,
}

impl LapSums {
    fn add(&mut self, lap: &LapBuilder) {
        self.distance_m += lap.distance_m.unwrap_or_default();
        self.distance_is_partial |= lap.distance_m.is_none() && lap.has_points;
        let time_s = lap.time_s.unwrap_or_default();
        self.before_last_s = self.time_s;
        self.time_s += time_s;
        self.longest_s = self.longest_s.max(time_s);
        self.first_start_unix_ms = self.first_start_unix_ms.or(lap.start_unix_ms);
        self.last_start_unix_ms = lap.start_unix_ms;
        if let Some(bpm) = lap.average_heart_rate_bpm {
            self.heart_rate_time_s += time_s;
            self.heart_beats_bpm_s += f64::from(bpm) * time_s;
        }
        self.max_heart_rate_bpm = self.max_heart_rate_bpm.max(lap.max_heart_rate_bpm);
    }

    /// Whether the laps before the last one took clearly longer than there was time between their starts (F11).
    fn times_add_up(&self) -> bool {
        let between_ms =
            self.first_start_unix_ms.zip(self.last_start_unix_ms).map(|(first, last)| last - first);
        between_ms.is_some_and(|ms| ms > 0 && self.before_last_s > 1.25 * ms as f64 / 1000.0)
    }

    /// The totals; a sum of 0 was not measured, so that the track points can tell.
    fn totals(&self) -> Totals {
        let measured = |sum: f64| (sum > 0.0).then_some(sum);
        Totals {
            distance_m: measured(self.distance_m).filter(|_| !self.distance_is_partial),
            timer_time_s: measured(if self.times_add_up() { self.longest_s } else { self.time_s }),
            average_heart_rate_bpm: measured(self.heart_rate_time_s).map(|s| self.heart_beats_bpm_s / s),
            max_heart_rate_bpm: self.max_heart_rate_bpm.map(f64::from),
            ..Totals::default()
        }
    }
}

/// An activity under construction.
struct ActivityBuilder {
    recording: Recording,
    first_lap_start_unix_ms: Option<i64>,
    laps: LapSums,
    starts_segment: bool,
    untimed_points: usize,
}

impl ActivityBuilder {
    fn new(sport: Option<Sport>) -> Self {
        Self {
            recording: Recording { sport, ..Recording::new(Format::Tcx) },
            first_lap_start_unix_ms: None,
            laps: LapSums::default(),
            starts_segment: true,
            untimed_points: 0,
        }
    }

    /// Reads a time; the first one with an offset tells the activity's.
    fn time(&mut self, text: &str) -> Option<i64> {
        let time = parse_xml_time(text)?;
        self.recording.utc_offset_s = self.recording.utc_offset_s.or(time.utc_offset_s);
        Some(time.unix_ms)
    }

    fn push(&mut self, point: TrackPoint) {
        let segments = &mut self.recording.segments;
        match segments.last_mut() {
            Some(segment) if !self.starts_segment => segment.push(point),
            _ => segments.push(vec![point]),
        }
        self.starts_segment = false;
    }

    /// The recording, if it says how far, how long or where.
    fn build(mut self) -> Option<Recording> {
        let totals = self.laps.totals();
        if self.recording.segments.is_empty() && totals.distance_m.is_none() && totals.timer_time_s.is_none()
        {
            return None;
        }
        if self.untimed_points > 0 {
            self.recording.notes.push(Note::UntimedPointsDropped { count: self.untimed_points });
        }
        let start_unix_ms = self.recording.start_unix_ms.or(self.first_lap_start_unix_ms);
        Some(Recording { totals, start_unix_ms, ..self.recording })
    }
}

#[derive(Default)]
struct Builder {
    path: Vec<Element>,
    text: String,
    activity: Option<ActivityBuilder>,
    lap: Option<LapBuilder>,
    point: Option<PointBuilder>,
    finished: Vec<Recording>,
    holds_plan: bool,
}

impl Elements for Builder {
    fn open(&mut self, tag: &BytesStart<'_>) {
        let element = Element::from_local_name(xml::local_name(tag));
        match element {
            Element::Plan => {
                self.end_activity();
                self.holds_plan = true;
            }
            Element::Activity => {
                self.end_activity();
                let sport = attribute(tag, "Sport").filter(|word| !word.trim().is_empty());
                self.activity = Some(ActivityBuilder::new(sport.as_deref().map(Sport::new)));
            }
            Element::Lap => self.open_lap(tag),
            Element::Track => {
                // a lap pressed on the run opens a track too; only a second one within a lap is a pause
                if let Some(activity) = &mut self.activity {
                    activity.starts_segment = self.lap.as_ref().is_none_or(|lap| lap.has_points);
                }
            }
            Element::Point => self.point = self.activity.as_ref().map(|_| PointBuilder::default()),
            _ => {}
        }
        if element.holds_text() && element != Element::Value {
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
            Element::Activity => self.end_activity(),
            Element::Lap => self.end_lap(),
            Element::Point => self.end_point(),
            Element::Id | Element::Name => self.end_activity_text(element),
            _ if element.holds_text() => self.end_measurement(element),
            _ => {}
        }
    }

    fn is_whole(&self) -> bool {
        self.path.is_empty()
    }
}

impl Builder {
    fn open_lap(&mut self, tag: &BytesStart<'_>) {
        self.end_lap();
        let Some(activity) = &mut self.activity else { return };
        let start_unix_ms = attribute(tag, "StartTime").and_then(|text| activity.time(&text));
        activity.first_lap_start_unix_ms = activity.first_lap_start_unix_ms.or(start_unix_ms);
        self.lap = Some(LapBuilder { start_unix_ms, ..LapBuilder::default() });
    }

    fn end_activity_text(&mut self, element: Element) {
        let Some(activity) = &mut self.activity else { return };
        match (self.path.last(), element) {
            (Some(Element::Activity), Element::Id) => {
                activity.recording.start_unix_ms = activity.time(&self.text);
            }
            (Some(Element::Creator), Element::Name) => activity.recording.device = without_serial(&self.text),
            _ => {}
        }
    }

    fn end_measurement(&mut self, element: Element) {
        let text = self.text.trim();
        match (&mut self.point, &mut self.lap, &mut self.activity) {
            (Some(point), _, Some(activity)) if element == Element::Time => {
                point.time_unix_ms = activity.time(text);
            }
            (Some(point), ..) => point.text(element, text),
            (None, Some(lap), _) => lap.text(element, text),
            _ => {}
        }
    }

    fn end_point(&mut self) {
        let (Some(point), Some(activity)) = (self.point.take(), &mut self.activity) else { return };
        match point.build() {
            Some(point) => {
                activity.push(point);
                if let Some(lap) = &mut self.lap {
                    lap.has_points = true;
                }
            }
            None => activity.untimed_points += 1,
        }
    }

    fn end_lap(&mut self) {
        self.point = None;
        if let (Some(lap), Some(activity)) = (self.lap.take(), &mut self.activity) {
            activity.laps.add(&lap);
        }
    }

    fn end_activity(&mut self) {
        self.end_lap();
        self.finished.extend(self.activity.take().and_then(ActivityBuilder::build));
    }

    fn finish(mut self, damage: Option<Damage>) -> Result<Vec<Recording>, ReadError> {
        self.end_activity();
        if let Some(Damage { byte, what }) = damage {
            let Some(last) = self.finished.last_mut() else {
                return Err(ReadError::BrokenXml { format: "TCX".to_owned(), byte, what });
            };
            last.notes.push(Note::DamagedAt { byte, what });
        }
        match (self.finished.is_empty(), self.holds_plan) {
            (false, _) => Ok(self.finished),
            (true, false) => Err(ReadError::Nothing),
            (true, true) => Err(ReadError::PlannedWorkout),
        }
    }
}

/// Metres or seconds from 0 up to what an activity can hold.
fn amount(text: &str) -> Option<f64> {
    decimal(text).filter(|number| (0.0..=LARGEST).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{activity::Position, import::track::summarize};

    fn tcx(body: &str) -> Vec<u8> {
        format!(r#"<?xml version="1.0"?><TrainingCenterDatabase xmlns="x">{body}</TrainingCenterDatabase>"#)
            .into_bytes()
    }

    /// A run of `laps` that started at 07:00.
    fn run_of(laps: &str) -> Vec<u8> {
        tcx(&format!(
            "<Activities><Activity Sport='Running'><Id>2026-03-01T07:00:00Z</Id>
            {laps}</Activity></Activities>"
        ))
    }

    fn lap(seconds: u32, meters: u32, rest: &str) -> String {
        format!(
            r#"<Lap StartTime="2026-03-01T07:00:00Z"><TotalTimeSeconds>{seconds}.0</TotalTimeSeconds>
            <DistanceMeters>{meters}.0</DistanceMeters><Calories>100</Calories>{rest}</Lap>"#
        )
    }

    fn point(second: u32, rest: &str) -> String {
        format!("<Trackpoint><Time>2026-03-01T07:00:{second:02}Z</Time>{rest}</Trackpoint>")
    }

    fn track(points: &[String]) -> String {
        format!("<Track>{}</Track>", points.concat())
    }

    fn only(file: &[u8]) -> Recording {
        let mut recordings = read_recordings(file).unwrap();
        assert_eq!(recordings.len(), 1);
        recordings.remove(0)
    }

    fn first_point(point: &str) -> TrackPoint {
        only(&run_of(&lap(60, 200, &track(&[point.to_owned()])))).segments[0][0]
    }

    #[test]
    fn laps_are_summed_to_totals_and_calories_are_no_matter() {
        let hearts = |average: u32, max: u32| {
            format!(
                "<AverageHeartRateBpm xsi:type='t'><Value>{average}</Value></AverageHeartRateBpm>
                <MaximumHeartRateBpm> <Value> {max} </Value> </MaximumHeartRateBpm>"
            )
        };
        let laps = [lap(300, 1000, &hearts(140, 170)), lap(100, 400, &hearts(160, 165)), lap(50, 100, "")];
        let run = only(&run_of(&laps.concat()));
        assert_eq!(run.totals.distance_m, Some(1_500.0));
        assert_eq!(run.totals.timer_time_s, Some(450.0));
        assert_eq!(run.totals.average_heart_rate_bpm, Some(145.0));
        assert_eq!(run.totals.max_heart_rate_bpm, Some(170.0));
        assert_eq!((run.format, &run.sport), (Format::Tcx, &Some(Sport::running())));
        assert_eq!(run.start_unix_ms, Some(1_772_348_400_000));
        assert_eq!(run.point_count(), 0);
    }

    #[test]
    fn a_point_gives_time_place_altitude_and_running_total() {
        let read = first_point(&point(
            5,
            "<Position><LatitudeDegrees>54.6</LatitudeDegrees>
            <LongitudeDegrees>7</LongitudeDegrees></Position>
            <AltitudeMeters>1.5</AltitudeMeters><DistanceMeters>12.25</DistanceMeters>",
        ));
        assert_eq!(read.time_unix_ms, 1_772_348_405_000);
        assert_eq!(read.position, Some(Position { latitude_deg: 54.6, longitude_deg: 7.0 }));
        assert_eq!((read.altitude_m, read.distance_m), (Some(1.5), Some(12.25)));
    }

    #[test]
    fn heart_rate_and_cadence_come_from_elements_and_from_extensions_of_any_prefix_even_undeclared() {
        let of = |rest| {
            let read = first_point(&point(0, rest));
            (read.heart_rate_bpm, read.cadence_raw)
        };
        let element = "<HeartRateBpm><Value>141.6</Value></HeartRateBpm><Cadence>82</Cadence>";
        assert_eq!(of(element), (Some(142), Some(82)));
        let extension = "<Extensions><ns3:TPX><ns3:RunCadence>83</ns3:RunCadence></ns3:TPX></Extensions>";
        assert_eq!(of(extension), (None, Some(83)));
        assert_eq!(of("<HeartRateBpm>150</HeartRateBpm><Cadence>0</Cadence>"), (Some(150), None));
        assert_eq!(of("<HeartRateBpm><Value>0</Value></HeartRateBpm>"), (None, None));
    }

    #[test]
    fn a_heart_rate_of_zero_in_a_lap_is_none() {
        let zero = "<AverageHeartRateBpm><Value>0</Value></AverageHeartRateBpm>
            <MaximumHeartRateBpm><Value>0</Value></MaximumHeartRateBpm>";
        let totals = only(&run_of(&lap(60, 200, zero))).totals;
        assert_eq!((totals.average_heart_rate_bpm, totals.max_heart_rate_bpm), (None, None));
    }

    #[test]
    fn every_activity_is_a_recording_with_its_own_laps_and_sport() {
        let activity = |sport: &str, meters| {
            format!("<Activity Sport='{sport}'><Id>x</Id>{}</Activity>", lap(60, meters, ""))
        };
        let three = [activity("running", 200), activity("Biking", 500), activity("Other", 50)].concat();
        let recordings = read_recordings(&tcx(&format!("<Activities>{three}</Activities>"))).unwrap();
        let told = recordings.iter().map(|r| (r.sport.as_ref().unwrap().as_str(), r.totals.distance_m));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [("running", Some(200.0)), ("biking", Some(500.0)), ("other", Some(50.0))]
        );
        assert_eq!(
            recordings[2].start_unix_ms,
            Some(1_772_348_400_000),
            "an Id that is no time: the lap tells"
        );
    }

    #[test]
    fn a_multisport_session_gives_its_activities_without_transitions() {
        let file = tcx(&format!(
            "<Activities><MultiSportSession><Id>2026-03-01T05:00:00Z</Id>
            <FirstSport><Activity Sport='Biking'><Id>2026-03-01T05:00:00Z</Id>{}</Activity></FirstSport>
            <NextSport><Transition StartTime='2026-03-01T06:58:00Z'><TotalTimeSeconds>90</TotalTimeSeconds>
            <DistanceMeters>70</DistanceMeters>{}</Transition>
            <Activity Sport='Running'><Id>2026-03-01T07:00:00Z</Id>{}</Activity></NextSport>
            </MultiSportSession></Activities>",
            lap(6000, 50_000, ""),
            track(&[point(0, "")]),
            lap(1500, 5000, "")
        ));
        let recordings = read_recordings(&file).unwrap();
        let told = recordings.iter().map(|r| (r.totals.distance_m, r.start_unix_ms, r.point_count()));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [(Some(50_000.0), Some(1_772_341_200_000), 0), (Some(5_000.0), Some(1_772_348_400_000), 0)]
        );
    }

    #[test]
    fn a_course_or_workout_is_planned_even_with_times() {
        let points = track(&[point(0, ""), point(9, "")]);
        let course =
            tcx(&format!("<Courses><Course><Name>x</Name>{}{points}</Course></Courses>", lap(9, 9, "")));
        assert_eq!(read_recordings(&course), Err(ReadError::PlannedWorkout));
        let workout = tcx("<Workouts><Workout Sport='Running'><Name>x</Name></Workout></Workouts>");
        assert_eq!(read_recordings(&workout), Err(ReadError::PlannedWorkout));
    }

    #[test]
    fn a_course_beside_an_activity_adds_nothing_to_it() {
        let file = tcx(&format!(
            "<Activities><Activity Sport='Running'>{}</Activity></Activities>
            <Courses><Course>{}{}</Course></Courses>",
            lap(60, 200, ""),
            lap(9, 9, ""),
            track(&[point(0, "")])
        ));
        let run = only(&file);
        assert_eq!((run.totals.distance_m, run.point_count()), (Some(200.0), 0));
    }

    #[test]
    fn a_byte_order_mark_and_blanks_before_the_first_tag_are_no_matter() {
        for before in ["          ", "\u{feff}", "\u{feff} \r\n\t"] {
            let file = [before.as_bytes(), &run_of(&lap(60, 200, ""))].concat();
            let run = only(&file);
            assert_eq!((run.totals.distance_m, run.notes), (Some(200.0), vec![]), "{before:?}");
        }
    }

    #[test]
    fn a_running_total_that_starts_at_41_993_m_is_not_the_distance() {
        let at = |second, meters| point(second, &format!("<DistanceMeters>{meters}</DistanceMeters>"));
        let points = track(&[point(0, ""), at(1, 41_993.0), at(40, 42_292.0)]);
        let run = only(&run_of(&lap(131, 299, &points)));
        assert_eq!(run.totals.distance_m, Some(299.0));
        let without_lap = only(&run_of(&format!("<Lap>{points}</Lap>")));
        assert_eq!(without_lap.totals.distance_m, None);
        assert_eq!(summarize(&without_lap.segments).records_distance_m, Some(299.0));
    }

    #[test]
    fn a_running_total_that_restarts_with_every_lap_leaves_the_sum_of_the_laps() {
        let points = track(&[
            point(0, "<DistanceMeters>0</DistanceMeters>"),
            point(9, "<DistanceMeters>1000</DistanceMeters>"),
        ]);
        let run = only(&run_of(&lap(300, 1000, &points).repeat(3)));
        assert_eq!(run.totals.distance_m, Some(3_000.0));
    }

    #[test]
    fn a_lap_without_distance_leaves_the_distance_to_the_points() {
        let points = track(&[point(0, "")]);
        let silent = format!("<Lap><TotalTimeSeconds>60</TotalTimeSeconds>{points}</Lap>");
        let run = only(&run_of(&[lap(300, 1000, &points), silent].concat()));
        assert_eq!(run.totals.distance_m, None);
        assert_eq!(run.totals.timer_time_s, Some(360.0));
        let pause = "<Lap><TotalTimeSeconds>60</TotalTimeSeconds></Lap>".to_owned();
        let run = only(&run_of(&[lap(300, 1000, &points), pause].concat()));
        assert_eq!(run.totals.distance_m, Some(1_000.0), "a lap without points takes nothing from the sum");
    }

    #[test]
    fn laps_of_zero_metres_leave_the_distance_to_the_points() {
        let points = track(&[point(0, "<DistanceMeters>5</DistanceMeters>")]);
        assert_eq!(only(&run_of(&lap(300, 0, &points).repeat(2))).totals.distance_m, None);
        assert_eq!(
            only(&run_of(&[lap(300, 0, &points), lap(9, 7, "")].concat())).totals.distance_m,
            Some(7.0)
        );
    }

    #[test]
    fn a_second_track_in_a_lap_is_a_segment_and_a_lap_press_is_not() {
        let tracks = [track(&[point(0, ""), point(1, "")]), "<Track/>".to_owned(), track(&[point(9, "")])];
        let run = only(&run_of(&lap(60, 200, &tracks.concat()).repeat(2)));
        assert_eq!(run.segments.iter().map(Vec::len).collect::<Vec<_>>(), [2, 3, 1]);
    }

    #[test]
    fn points_without_a_time_are_left_out_with_a_note() {
        let points = track(&[
            point(0, ""),
            "<Trackpoint/>".to_owned(),
            "<Trackpoint><Time>noon</Time></Trackpoint>".to_owned(),
        ]);
        let run = only(&run_of(&lap(60, 200, &points)));
        assert_eq!((run.point_count(), run.notes), (1, vec![Note::UntimedPointsDropped { count: 2 }]));
    }

    #[test]
    fn an_explicit_offset_is_kept_and_z_is_none() {
        assert_eq!(only(&run_of(&lap(60, 200, &track(&[point(0, "")])))).utc_offset_s, None);
        let offset = "<Trackpoint><Time>2026-03-01T09:00:00.000+02:00</Time></Trackpoint>".to_owned();
        let run = only(&run_of(&lap(60, 200, &track(&[offset]))));
        assert_eq!(run.utc_offset_s, Some(7_200));
        assert_eq!(run.segments[0][0].time_unix_ms, 1_772_348_400_000);
    }

    #[test]
    fn the_device_is_the_creator_never_the_author_or_a_serial_number() {
        let by = |name: &str| {
            only(&run_of(&format!(
                "{}<Training><Plan><Name>Tuesday</Name></Plan></Training>
                <Creator xsi:type='Device_t'><Name>{name}</Name><UnitId>3812345678</UnitId></Creator>",
                lap(60, 200, "")
            )))
            .device
        };
        assert_eq!(by("Swim &amp; Run 2").as_deref(), Some("Swim & Run 2"));
        assert_eq!(by("Forerunner 310XT 3812345678").as_deref(), Some("Forerunner 310XT"));
        assert_eq!(by("EDGE705 (Unit ID 3812345678)").as_deref(), Some("EDGE705"));
        assert_eq!(by(" "), None);
        let author = tcx(&format!(
            "<Activities><Activity>{}</Activity></Activities><Author><Name>Connect</Name></Author>",
            lap(60, 200, "")
        ));
        assert_eq!((only(&author).device, only(&author).sport), (None, None));
    }

    #[test]
    fn impossible_numbers_are_none() {
        let read = first_point(&point(
            0,
            "<Position><LatitudeDegrees>180</LatitudeDegrees><LongitudeDegrees>7</LongitudeDegrees></Position>
            <AltitudeMeters>inf</AltitudeMeters><DistanceMeters>-1</DistanceMeters>
            <HeartRateBpm><Value>400</Value></HeartRateBpm><Cadence>NaN</Cadence>",
        ));
        assert_eq!((read.position, read.altitude_m, read.distance_m), (None, None, None));
        assert_eq!((read.heart_rate_bpm, read.cadence_raw), (None, None));
        let endless =
            "<Lap><TotalTimeSeconds>1e300</TotalTimeSeconds><DistanceMeters>9</DistanceMeters></Lap>";
        assert_eq!(only(&run_of(endless)).totals.timer_time_s, None);
    }

    #[test]
    fn a_file_without_anything_run_is_empty() {
        for body in ["", "<Activities/>", "<Activities><Activity Sport='Running'/></Activities>"] {
            assert_eq!(read_recordings(&tcx(body)), Err(ReadError::Nothing), "{body}");
        }
        assert_eq!(read_recordings(b""), Err(ReadError::Nothing));
        let folders = "<Folders><Courses><CourseFolder Name='x'/></Courses></Folders>";
        assert_eq!(read_recordings(&tcx(folders)), Err(ReadError::Nothing));
        let untimed = track(&["<Trackpoint/>".to_owned()]);
        assert_eq!(read_recordings(&run_of(&format!("<Lap>{untimed}</Lap>"))), Err(ReadError::Nothing));
    }

    #[test]
    fn a_file_cut_anywhere_keeps_its_whole_points_or_says_where_it_breaks() {
        let points = track(&[point(0, "<Cadence>82</Cadence>"), point(1, ""), point(2, "")]);
        let file =
            run_of(&[lap(60, 200, &points), lap(30, 100, &points), "<Notes>é</Notes>".into()].concat());
        let whole = only(&file);
        let all: Vec<TrackPoint> = whole.segments.concat();
        let mut most = 0;
        for length in 0..file.len() {
            match read_recordings(&file[..length]) {
                Ok(recordings) => {
                    let (run, kept) = (&recordings[0], recordings[0].segments.concat());
                    assert!(
                        matches!(run.notes.last(), Some(Note::DamagedAt { byte, .. }) if *byte <= length)
                    );
                    assert!(all.starts_with(&kept) && kept.len() >= most, "at {length}: {kept:?}");
                    most = kept.len();
                }
                Err(ReadError::BrokenXml { byte, .. }) => assert!(byte <= length && most == 0),
                Err(other) => assert!(length < 60, "at {length}: {other}"),
            }
        }
        assert_eq!(most, all.len());
    }

    #[test]
    fn a_cut_within_the_head_of_a_lap_does_not_spoil_the_laps_before_it() {
        let file = run_of(&lap(300, 1000, &track(&[point(0, "")])).repeat(2));
        let cut = file.windows(5).rposition(|tag| tag == b"<Dist").unwrap();
        let run = only(&file[..cut]);
        assert_eq!((run.totals.distance_m, run.totals.timer_time_s), (Some(1_000.0), Some(600.0)));
    }

    #[test]
    fn broken_nesting_unmatched_ends_and_broken_bytes_never_panic() {
        let file =
            run_of(&lap(60, 200, &track(&[point(0, "<HeartRateBpm><Value>9</Value></HeartRateBpm>")])));
        for at in 0..file.len() {
            for byte in [b'<', b'>', b'/', b'&', b'"', b'!', 0, 0xff] {
                let mut broken = file.clone();
                broken[at] = byte;
                let _ = read_recordings(&broken);
            }
        }
        let _ = read_recordings(&b"</Activity></Lap></Trackpoint>".repeat(50));
        let _ = read_recordings(&b"<Activity><Lap><Trackpoint><Time>".repeat(50_000));
    }
}
