//! Apple Health's `export.xml`: its `<Workout>` elements, out of gigabytes of single measurements.
//!
//! Names of elements and attributes are those of the document type definition that every export carries at
//! its top (versions 12 to 14 are quoted in public code and bug reports), and of workouts in the tests of
//! half a dozen independent public readers, which agree; no real file was at hand. Three things are not in
//! that definition:
//! - It is broken itself since iOS 16 (several public bug reports show where), so nothing before
//!   `<HealthData` is parsed.
//! - Newer exports tell distance and heart rate in `<WorkoutStatistics>` instead of the workout's own
//!   attributes, and may repeat both for each `<WorkoutActivity>`, a part of the workout. Only children of
//!   the workout itself count.
//! - Dates carry an offset, which those who travelled found to be wrong: it seems to be that of the phone at
//!   the time of the export. The zone of the run stands in the metadata as `HKTimeZone`; where it does, it
//!   decides. The moment is the same either way.
//!
//! `sourceName` is not taken for a name: it is the owner's name for the watch. The file is read as a stream,
//! and the memory it takes does not depend on its length: no single tag may be longer than a megabyte, and
//! places that are no XML are passed over.

use std::io::{self, BufRead, Read};

use chrono::{DateTime, FixedOffset, Offset, TimeZone};
use chrono_tz::Tz;
use quick_xml::{
    Error, Reader,
    events::{BytesStart, Event},
};

use super::{
    part::{IndexError, Row, Rows, Start},
    service::{Service, ServiceFile},
};
use crate::{
    activity::{Sport, Totals},
    import::formats::{kind::BYTE_ORDER_MARK, xml::attribute},
    units::{LARGEST, METERS_PER_MILE},
};

/// The row of [`SERVICES`](super::SERVICES).
pub static APPLE_HEALTH: Service = Service {
    name: "Apple Health",
    files: &[ServiceFile {
        name: "export.xml",
        is: |head| is_index(&head.bytes),
        else_by_name: None,
        read: |_, reader| Ok(read(reader)?.into()),
        samples,
    }],
    reads: "workouts with their routes, distance, times, climb, heart rate",
    how_to_export: "iPhone, Health, your picture, Export All Health Data",
    totals_are_the_devices: true,
    shorter_means_cropped: false,
};

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let file = r#"<?xml version="1.0"?><!DOCTYPE HealthData [<!ELEMENT a EMPTY>]><HealthData locale="de_DE">
        <Record type="x" value="61"/><Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="50.5"
        durationUnit="min" totalDistance="5" totalDistanceUnit="mi" startDate="2026-03-01 08:00:00 +0100"
        endDate="2026-03-01 08:52:00 +0100"><MetadataEntry key="HKTimeZone" value="Europe/Berlin"/>
        <MetadataEntry key="HKElevationAscended" value="4520 cm"/><WorkoutStatistics sum="9" unit="km"
        type="HKQuantityTypeIdentifierDistanceWalkingRunning"/></Workout></HealthData>"#;
    vec![("apple_health_export/export.xml", file.into())]
}

/// How the outermost element begins.
const ROOT: &[u8] = b"<HealthData";
/// A tag or text longer than this many bytes is damage; the longest real ones are a few thousand.
const LONGEST_EVENT: usize = 1 << 20;
/// Elements nested deeper than this are damage; real ones go to six.
const DEEPEST: usize = 1_000;

/// Whether a file that begins like this, in its first hundred bytes or more, is an export of Apple Health.
#[must_use]
pub fn is_index(head: &[u8]) -> bool {
    let mut rest = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head).trim_ascii_start();
    while let Some(after) = after(rest, b"<?", b"?>").or_else(|| after(rest, b"<!--", b"-->")) {
        rest = after.trim_ascii_start();
    }
    rest.starts_with(b"<!DOCTYPE HealthData") || rest.starts_with(ROOT)
}

/// What follows a piece that begins with `open` and ends with `close`.
fn after<'a>(bytes: &'a [u8], open: &[u8], close: &[u8]) -> Option<&'a [u8]> {
    let inside = bytes.strip_prefix(open)?;
    let end = inside.windows(close.len()).position(|window| window == close)?;
    inside.get(end + close.len()..)
}

/// Reads the workouts of an `export.xml` as a stream. One that breaks off keeps the workouts before.
///
/// # Errors
/// If it is no such export, or breaks off before its first workout.
pub fn read(mut reader: impl BufRead) -> Result<Rows, IndexError> {
    let before = match skip_to_root(&mut reader) {
        Ok(Some(before)) => before,
        Ok(None) => return Err(IndexError::Damaged("it holds no health data".to_owned())),
        Err(error) => return Err(IndexError::Damaged(error.to_string())),
    };
    let mut found = Found::default();
    let end = read_elements(Guard::new(ROOT.chain(reader), before), &mut found);
    found.finish(end)
}

/// Skips everything up to and with `<HealthData`; how many bytes stood before it, if it comes at all.
fn skip_to_root(reader: &mut impl BufRead) -> io::Result<Option<u64>> {
    let (mut read, mut matched) = (0, 0);
    loop {
        let available = match reader.fill_buf() {
            Ok([]) => return Ok(None),
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = available.iter().position(|byte| {
            matched = match ROOT.get(matched) {
                Some(expected) if expected == byte => matched + 1,
                _ => usize::from(ROOT.first() == Some(byte)),
            };
            matched == ROOT.len()
        });
        let used = end.map_or(available.len(), |at| at + 1);
        reader.consume(used);
        read += used as u64;
        if end.is_some() {
            return Ok(Some(read.saturating_sub(ROOT.len() as u64)));
        }
    }
}

/// Where the reading ended, and why if not for good.
struct End {
    byte: u64,
    failure: Option<String>,
}

/// Tells `found` of every element down to the end. After a place that is no XML it starts afresh behind it.
fn read_elements<R: BufRead>(guard: Guard<R>, found: &mut Found) -> End {
    let mut buffer = Vec::new();
    let mut reader = lenient(guard);
    let mut depth = 0_usize;
    let failure = loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => {
                depth += 1;
                found.open(&tag);
            }
            Ok(Event::Empty(tag)) => {
                found.open(&tag);
                found.close(tag.name().as_ref());
            }
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                found.close(tag.name().as_ref());
            }
            Ok(Event::Eof) => break None,
            Ok(_) => {}
            Err(_) if reader.get_ref().has_ended => break None,
            Err(Error::Io(error)) if !reader.get_ref().is_spent() => break Some(error.to_string()),
            Err(_) => {
                found.damaged_places += 1;
                (reader, depth) = (lenient(reader.into_inner()), 0);
            }
        }
        if depth > DEEPEST {
            // the parser remembers the name of every open element: a new one has forgotten them
            found.damaged_places += 1;
            (reader, depth) = (lenient(reader.into_inner()), 0);
        }
        reader.get_mut().left = LONGEST_EVENT;
    };
    End { byte: reader.get_ref().position, failure }
}

fn lenient<R: BufRead>(source: R) -> Reader<R> {
    let mut reader = Reader::from_reader(source);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.trim_text_start = true;
    reader
}

/// Hands on what another reader holds, and fails when that is asked for more than [`LONGEST_EVENT`] bytes
/// without a new grant.
struct Guard<R> {
    inner: R,
    /// Bytes handed on so far, and before.
    position: u64,
    /// Bytes that may still be handed on.
    left: usize,
    has_ended: bool,
}

impl<R> Guard<R> {
    fn new(inner: R, position: u64) -> Self {
        Self { inner, position, left: LONGEST_EVENT, has_ended: false }
    }

    fn is_spent(&self) -> bool {
        self.left == 0
    }
}

impl<R: BufRead> BufRead for Guard<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.is_spent() {
            return Err(io::Error::other("a tag or text is too long"));
        }
        let available = self.inner.fill_buf()?;
        self.has_ended = available.is_empty();
        Ok(available.get(..self.left).unwrap_or(available))
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
        self.left = self.left.saturating_sub(amount);
        self.position += amount as u64;
    }
}

impl<R: BufRead> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let amount = self.fill_buf()?.read(buffer)?;
        self.consume(amount);
        Ok(amount)
    }
}

/// What was found so far.
#[derive(Default)]
struct Found {
    rows: Vec<Row>,
    workout: Option<Workout>,
    undated: usize,
    damaged_places: usize,
    /// Whether the outermost element was closed.
    is_whole: bool,
}

impl Found {
    fn open(&mut self, tag: &BytesStart<'_>) {
        let name = tag.name();
        if name.as_ref() == "Workout" {
            self.end_workout();
            self.workout = Some(Workout::open(tag));
        } else if let Some(workout) = &mut self.workout {
            workout.child(name.as_ref(), tag);
            workout.depth += 1;
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "Workout" => self.end_workout(),
            "HealthData" => {
                self.end_workout();
                self.is_whole = true;
            }
            _ => {
                if let Some(workout) = &mut self.workout {
                    workout.depth = workout.depth.saturating_sub(1);
                }
            }
        }
    }

    fn end_workout(&mut self) {
        let Some(workout) = self.workout.take() else { return };
        let row = workout.into_row();
        if row.start.is_some() || row.file.is_some() {
            self.rows.push(row);
        } else {
            self.undated += 1;
        }
    }

    /// The rows; a workout that was still open when the file broke off is not whole and does not count.
    fn finish(self, end: End) -> Result<Rows, IndexError> {
        let mut notices = Vec::new();
        if !self.is_whole || end.failure.is_some() {
            let what = end.failure.map(|what| format!(" ({what})")).unwrap_or_default();
            if self.rows.is_empty() {
                return Err(IndexError::Damaged(format!(
                    "it breaks off at byte {}{what}, before its first workout",
                    end.byte
                )));
            }
            notices.push(format!(
                "the Apple Health export breaks off at byte {}{what}: the workouts before that are used",
                end.byte
            ));
        }
        notices.extend(match self.damaged_places {
            0 => None,
            1 => Some("1 damaged place in the Apple Health export was passed over".to_owned()),
            n => Some(format!("{n} damaged places in the Apple Health export were passed over")),
        });
        notices.extend(match self.undated {
            0 => None,
            1 => Some("1 workout in the Apple Health export has no date and is left out".to_owned()),
            n => Some(format!("{n} workouts in the Apple Health export have no date and are left out")),
        });
        Ok(Rows { rows: self.rows, notices })
    }
}

/// A workout under construction.
#[derive(Default)]
struct Workout {
    /// How many elements are open inside it.
    depth: usize,
    sport: Option<Sport>,
    start: Option<DateTime<FixedOffset>>,
    end: Option<DateTime<FixedOffset>>,
    zone: Option<Tz>,
    is_indoors: bool,
    file: Option<String>,
    /// The attribute of older exports.
    distance_m: Option<f64>,
    /// The longest of the statistics: a ride may also tell the metres walked beside it.
    longest_distance_m: Option<f64>,
    timer_time_s: Option<f64>,
    ascent_m: Option<f64>,
    descent_m: Option<f64>,
    /// Whether the child that was opened last is a part of the workout.
    is_in_part: bool,
    /// What each part climbed, where it tells.
    parts_ascent_m: Vec<f64>,
    average_heart_rate_bpm: Option<f64>,
    max_heart_rate_bpm: Option<f64>,
}

impl Workout {
    fn open(tag: &BytesStart<'_>) -> Self {
        let date = |name| attribute(tag, name).as_deref().and_then(date);
        let unit = |name| attribute(tag, name).unwrap_or_default();
        let value = |name| attribute(tag, name).unwrap_or_default();
        Self {
            sport: attribute(tag, "workoutActivityType").as_deref().and_then(sport),
            start: date("startDate"),
            end: date("endDate"),
            distance_m: meters(&value("totalDistance"), &unit("totalDistanceUnit")).filter(|m| *m > 0.0),
            timer_time_s: seconds(&value("duration"), &unit("durationUnit")),
            ..Self::default()
        }
    }

    /// Takes in an element inside the workout; `depth` elements stand between the two.
    fn child(&mut self, name: &str, tag: &BytesStart<'_>) {
        if self.depth == 0 {
            self.is_in_part = name == "WorkoutActivity";
        }
        match name {
            "FileReference" if self.file.is_none() => {
                self.file = attribute(tag, "path").as_deref().and_then(file);
            }
            "WorkoutStatistics" if self.depth == 0 => self.statistics(tag),
            "MetadataEntry" if self.depth == 0 => self.metadata(tag),
            "MetadataEntry" if self.depth == 1 && self.is_in_part => self.metadata_of_part(tag),
            _ => {}
        }
    }

    fn statistics(&mut self, tag: &BytesStart<'_>) {
        let kind = attribute(tag, "type").unwrap_or_default();
        let Some(kind) = kind.strip_prefix("HKQuantityTypeIdentifier") else { return };
        let unit = attribute(tag, "unit").unwrap_or_default();
        let value = |name| attribute(tag, name).unwrap_or_default();
        if kind == "HeartRate" {
            self.average_heart_rate_bpm = heart_rate(&value("average"), &unit);
            self.max_heart_rate_bpm = heart_rate(&value("maximum"), &unit);
        } else if kind.starts_with("Distance")
            && let Some(m) = meters(&value("sum"), &unit).filter(|m| *m > 0.0)
        {
            self.longest_distance_m = Some(self.longest_distance_m.map_or(m, |longest| longest.max(m)));
        }
    }

    fn metadata(&mut self, tag: &BytesStart<'_>) {
        let value = attribute(tag, "value").unwrap_or_default();
        let value = value.trim();
        match attribute(tag, "key").as_deref() {
            Some("HKIndoorWorkout") => self.is_indoors = value == "1",
            Some("HKTimeZone") => self.zone = value.parse().ok(),
            Some("HKElevationAscended") => self.ascent_m = length_m(value),
            Some("HKElevationDescended") => self.descent_m = length_m(value),
            _ => {}
        }
    }

    /// Since iOS 26 the climb stands in the parts alone.
    fn metadata_of_part(&mut self, tag: &BytesStart<'_>) {
        let value = attribute(tag, "value").unwrap_or_default();
        if attribute(tag, "key").as_deref() == Some("HKElevationAscended") {
            self.parts_ascent_m.extend(length_m(&value));
        }
    }

    /// The climb of the whole: its own, else that of the only part that tells it.
    fn ascent_m(&self) -> Option<f64> {
        let of_part = match self.parts_ascent_m.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        self.ascent_m.or(of_part)
    }

    fn into_row(self) -> Row {
        let is_treadmill = self.is_indoors && self.sport.as_ref().is_some_and(Sport::is_running);
        let elapsed_s = self.start.zip(self.end).map(|(start, end)| (end - start).num_seconds() as f64);
        let ascent_m = self.ascent_m();
        Row {
            start: self.start.map(|start| moment(start, self.zone)),
            file: self.file,
            sport: self.sport,
            sub_sport: is_treadmill.then(|| "treadmill".to_owned()),
            totals: Totals {
                distance_m: self.distance_m.or(self.longest_distance_m),
                timer_time_s: self.timer_time_s,
                elapsed_time_s: elapsed_s.filter(|s| *s > 0.0 && *s <= LARGEST),
                ascent_m,
                descent_m: self.descent_m,
                average_heart_rate_bpm: self.average_heart_rate_bpm,
                max_heart_rate_bpm: self.max_heart_rate_bpm,
                ..Totals::default()
            },
            ..Row::default()
        }
    }
}

/// The start, with the offset of the run's own zone where that is known.
fn moment(start: DateTime<FixedOffset>, zone: Option<Tz>) -> Start {
    let offset = zone.map_or(*start.offset(), |zone| zone.offset_from_utc_datetime(&start.naive_utc()).fix());
    Start::Moment { unix_ms: start.timestamp_millis(), utc_offset_s: Some(offset.local_minus_utc()) }
}

/// Reads `2026-03-01 08:00:00 +0100`, and `20150301080000+0100` as exports of 2015 wrote it.
fn date(text: &str) -> Option<DateTime<FixedOffset>> {
    let text = text.trim();
    DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S %z")
        .or_else(|_| DateTime::parse_from_str(text, "%Y%m%d%H%M%S%z"))
        .ok()
}

/// `HKWorkoutActivityTypeTraditionalStrengthTraining` is `traditional_strength_training`.
fn sport(kind: &str) -> Option<Sport> {
    let words = kind.trim().strip_prefix("HKWorkoutActivityType")?;
    let mut snake = String::with_capacity(words.len() + 4);
    for letter in words.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter);
    }
    (!snake.is_empty()).then(|| Sport::new(&snake))
}

/// The path of a route, relative to the index.
fn file(path: &str) -> Option<String> {
    let path = path.trim().trim_start_matches('/');
    (!path.is_empty()).then(|| path.to_owned())
}

/// Metres of `4520 cm`, value and unit in one.
fn length_m(text: &str) -> Option<f64> {
    text.trim().split_once(' ').and_then(|(number, unit)| meters(number, unit))
}

fn meters(number: &str, unit: &str) -> Option<f64> {
    let meters = match unit.trim() {
        "km" => 1_000.0,
        "m" => 1.0,
        "cm" => 0.01,
        "mi" => METERS_PER_MILE,
        "yd" => 0.914_4,
        "ft" => 0.304_8,
        _ => return None,
    };
    amount(number).map(|number| number * meters).filter(|m| *m <= LARGEST)
}

/// Seconds; none at all were not measured.
fn seconds(number: &str, unit: &str) -> Option<f64> {
    let seconds = match unit.trim() {
        "min" => 60.0,
        "s" | "sec" => 1.0,
        "h" | "hr" => 3_600.0,
        _ => return None,
    };
    amount(number).map(|number| number * seconds).filter(|s| *s > 0.0 && *s <= LARGEST)
}

/// Beats a minute, which is the unit where none is given.
fn heart_rate(number: &str, unit: &str) -> Option<f64> {
    let is_per_minute = matches!(unit.trim(), "" | "count/min");
    amount(number).filter(|bpm| is_per_minute && *bpm > 0.0 && *bpm <= 255.0)
}

fn amount(number: &str) -> Option<f64> {
    number.trim().parse().ok().filter(|number| (0.0..=LARGEST).contains(number))
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    const DTD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 12 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ATTLIST VisionPrescription
  brand            CDATA #IMPLIED
<!ELEMENT RightEye EMPTY>
<!ATTLIST RightEye
  sphere           CDATA \"unclosed
>
]>
";
    const RECORD: &str = "<Record type=\"HKQuantityTypeIdentifierHeartRate\" sourceName=\"Watch\"
  device=\"&lt;&lt;HKDevice: 0x1>, name:Watch>\" startDate=\"2026-03-01 07:00:00 +0100\" value=\"61\">
  <MetadataEntry key=\"HKIndoorWorkout\" value=\"1\"/></Record>\n";
    /// 2026-03-01T07:00:00Z.
    const SEVEN_MS: i64 = 1_772_348_400_000;

    fn export(body: &str) -> String {
        format!("{DTD}<HealthData locale=\"de_DE\">\n{RECORD}{body}\n{RECORD}</HealthData>\n")
    }

    fn workout(attributes: &str, children: &str) -> String {
        format!(
            "<Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\" {attributes}
            startDate=\"2026-03-01 08:00:00 +0100\" endDate=\"2026-03-01 08:52:00 +0100\">{children}</Workout>"
        )
    }

    fn only(body: &str) -> Row {
        let mut read = read(export(body).as_bytes()).unwrap();
        assert_eq!((read.rows.len(), read.notices.len()), (1, 0), "{read:?}");
        read.rows.remove(0)
    }

    fn new_run() -> String {
        workout(
            "duration=\"50.5\" durationUnit=\"min\" sourceName=\"Watch\"",
            "<MetadataEntry key=\"HKIndoorWorkout\" value=\"0\"/>
            <MetadataEntry key=\"HKElevationAscended\" value=\"4520 cm\"/>
            <WorkoutActivity uuid=\"x\" duration=\"10\" durationUnit=\"min\">
            <WorkoutStatistics type=\"HKQuantityTypeIdentifierDistanceWalkingRunning\" sum=\"99\" unit=\"km\"/>
            <MetadataEntry key=\"HKElevationAscended\" value=\"262 cm\"/></WorkoutActivity>
            <WorkoutStatistics type=\"HKQuantityTypeIdentifierDistanceWalkingRunning\" sum=\"8.5\" unit=\"km\"/>
            <WorkoutStatistics type=\"HKQuantityTypeIdentifierHeartRate\" average=\"151.2\" minimum=\"98\"
            maximum=\"176\" unit=\"count/min\"/>
            <WorkoutStatistics type=\"HKQuantityTypeIdentifierActiveEnergyBurned\" sum=\"512\" unit=\"kcal\"/>
            <WorkoutRoute sourceName=\"Watch\"><MetadataEntry key=\"HKTimeZone\" value=\"Asia/Tokyo\"/>
            <FileReference path=\"/workout-routes/route_2026-03-01_8.52am.gpx\"/></WorkoutRoute>",
        )
    }

    #[test]
    fn a_workout_of_a_newer_export_tells_its_statistics_and_its_route() {
        let row = only(&new_run());
        let expected = Totals {
            distance_m: Some(8_500.0),
            timer_time_s: Some(3_030.0),
            elapsed_time_s: Some(3_120.0),
            ascent_m: Some(45.2),
            average_heart_rate_bpm: Some(151.2),
            max_heart_rate_bpm: Some(176.0),
            ..Totals::default()
        };
        assert_eq!(row.totals, expected);
        assert_eq!(row.file.as_deref(), Some("workout-routes/route_2026-03-01_8.52am.gpx"));
        assert_eq!(row.start, Some(Start::Moment { unix_ms: SEVEN_MS, utc_offset_s: Some(3_600) }));
        assert_eq!((row.sport, row.sub_sport, row.name), (Some(Sport::running()), None, None));
    }

    #[test]
    fn the_climb_of_the_only_part_that_tells_it_is_that_of_the_workout() {
        let part = |climb: &str| {
            format!(
                "<WorkoutActivity uuid=\"x\"><WorkoutEvent type=\"y\"/><MetadataEntry key=\"HKElevationAscended\" \
                value=\"{climb}\"/></WorkoutActivity>"
            )
        };
        let route = "<WorkoutRoute><MetadataEntry key=\"HKElevationAscended\" value=\"9 m\"/></WorkoutRoute>";
        let ascent = |children: &str| only(&workout("", children)).totals.ascent_m;
        assert_eq!(ascent(&(part("45443 cm") + route)), Some(454.43));
        assert_eq!(ascent(&(part("10 m") + &part("20 m"))), None, "parts may overlap");
        assert_eq!(ascent(route), None);
    }

    #[test]
    fn an_older_export_tells_the_distance_in_its_attributes() {
        let distance = |attributes: &str| only(&workout(attributes, "")).totals.distance_m;
        assert_eq!(distance("totalDistance=\"5.5\" totalDistanceUnit=\"km\""), Some(5_500.0));
        assert_eq!(distance("totalDistance=\"10\" totalDistanceUnit=\"mi\""), Some(16_093.44));
        assert_eq!(distance("totalDistance=\"800\" totalDistanceUnit=\"m\""), Some(800.0));
        assert_eq!(distance("totalDistance=\"0\" totalDistanceUnit=\"km\""), None, "not measured");
        assert_eq!(distance("totalDistance=\"5\""), None, "five of what?");
        assert_eq!(distance("totalDistance=\"NaN\" totalDistanceUnit=\"km\""), None);
        assert_eq!(distance("totalDistance=\"-1\" totalDistanceUnit=\"m\""), None);
    }

    #[test]
    fn a_duration_is_in_minutes_seconds_or_hours() {
        let time = |attributes: &str| only(&workout(attributes, "")).totals.timer_time_s;
        assert_eq!(time("duration=\"1.5\" durationUnit=\"min\""), Some(90.0));
        assert_eq!(time("duration=\"90\" durationUnit=\"s\""), Some(90.0));
        assert_eq!(time("duration=\"1.5\" durationUnit=\"hr\""), Some(5_400.0));
        assert_eq!(time("duration=\"0\" durationUnit=\"min\""), None);
        assert_eq!(time("duration=\"5\""), None);
    }

    #[test]
    fn the_longest_distance_is_that_of_the_workout() {
        let ride = "<Workout workoutActivityType='HKWorkoutActivityTypeCycling'
            startDate='2026-03-01 08:00:00 +0100'>
            <WorkoutStatistics type='HKQuantityTypeIdentifierDistanceWalkingRunning' sum='200' unit='m'/>
            <WorkoutStatistics type='HKQuantityTypeIdentifierDistanceCycling' sum='20' unit='km'/>
            <WorkoutStatistics type='HKQuantityTypeIdentifierDistanceSwimming' sum='50' unit='yd'/></Workout>";
        let row = only(ride);
        assert_eq!((row.totals.distance_m, row.totals.elapsed_time_s), (Some(20_000.0), None));
    }

    #[test]
    fn an_indoor_run_is_on_the_treadmill_and_an_indoor_ride_is_not() {
        let indoors = workout("", "<MetadataEntry key=\"HKIndoorWorkout\" value=\"1\"/>");
        assert_eq!(only(&indoors).sub_sport.as_deref(), Some("treadmill"));
        assert_eq!(only(&indoors.replace("TypeRunning", "TypeCycling")).sub_sport, None);
    }

    #[test]
    fn sports_are_written_in_snake_case() {
        let word = |kind: &str| sport(kind).map(|sport| sport.as_str().to_owned());
        assert_eq!(word("HKWorkoutActivityTypeRunning").as_deref(), Some("running"));
        assert_eq!(word("HKWorkoutActivityTypeSwimming").as_deref(), Some("swimming"));
        let strength = "HKWorkoutActivityTypeTraditionalStrengthTraining";
        assert_eq!(word(strength).as_deref(), Some("traditional_strength_training"));
        assert_eq!((word("HKWorkoutActivityType"), word("Running"), word("")), (None, None, None));
    }

    #[test]
    fn the_zone_of_the_run_goes_before_the_zone_of_the_export() {
        let offset = |zone: &str| {
            let entry = format!("<MetadataEntry key=\"HKTimeZone\" value=\"{zone}\"/>");
            match only(&workout("", &entry)).start {
                Some(Start::Moment { unix_ms: SEVEN_MS, utc_offset_s }) => utc_offset_s,
                other => unreachable!("{other:?}"),
            }
        };
        assert_eq!(offset("Asia/Kathmandu"), Some(20_700));
        assert_eq!(offset("America/New_York"), Some(-18_000), "before the clocks go forward");
        assert_eq!(offset("Nowhere/Atall"), Some(3_600));
    }

    #[test]
    fn dates_of_2015_are_read_and_nonsense_is_not() {
        assert_eq!(date("2026-03-01 08:00:00 +0100").unwrap().timestamp_millis(), SEVEN_MS);
        assert_eq!(date("20260301080000+0100").unwrap().timestamp_millis(), SEVEN_MS);
        for text in ["", "2026-03-01", "2026-03-01 08:00:00", "2026-13-01 08:00:00 +0100", "x"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn a_workout_without_a_date_is_left_out_unless_it_names_its_file() {
        let bare = "<Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\"/>".repeat(2);
        let routed = "<Workout><WorkoutRoute><FileReference path=\"a.gpx\"/></WorkoutRoute></Workout>";
        let read = read(export(&format!("{bare}{routed}")).as_bytes()).unwrap();
        assert_eq!(read.rows.len(), 1);
        assert_eq!((read.rows[0].file.as_deref(), read.rows[0].start), (Some("a.gpx"), None));
        assert_eq!(read.notices, ["2 workouts in the Apple Health export have no date and are left out"]);
    }

    #[test]
    fn a_file_that_breaks_off_keeps_the_whole_workouts_before() {
        let file = export(&format!("{}{}", new_run(), workout("", "")));
        let cut = file.rfind("</Workout>").unwrap();
        let kept = read(&file.as_bytes()[..cut]).unwrap();
        assert_eq!(kept.rows.len(), 1);
        let notice =
            format!("the Apple Health export breaks off at byte {cut}: the workouts before that are used");
        assert_eq!(kept.notices, [notice]);
        let first = file.find("<Workout ").unwrap();
        let early = read(&file.as_bytes()[..first]);
        let text = format!("it breaks off at byte {first}, before its first workout");
        assert_eq!(early, Err(IndexError::Damaged(text)));
    }

    #[test]
    fn an_export_without_workouts_is_empty_and_something_else_is_damaged() {
        assert_eq!(read(export("").as_bytes()), Ok(Rows::default()));
        for other in ["", "<gpx/>", DTD, "<HealthDat"] {
            let text = "it holds no health data".to_owned();
            assert_eq!(read(other.as_bytes()), Err(IndexError::Damaged(text)), "{other}");
        }
    }

    #[test]
    fn bytes_that_are_no_utf_8_or_no_xml_cost_only_their_own_tag() {
        let file = export(&format!("<Record value=\"!?\"/><!bad>{}", new_run()));
        let at = file.find("!?").unwrap();
        let mut file = file.into_bytes();
        file[at] = 0xff;
        let kept = read(file.as_slice()).unwrap();
        assert_eq!(kept.rows.len(), 1);
        assert_eq!(kept.notices, ["2 damaged places in the Apple Health export were passed over"]);
    }

    #[test]
    fn a_workout_that_is_never_closed_ends_where_the_next_begins() {
        let open = new_run().replace("</Workout>", "");
        let kept = read(export(&format!("{open}</a>{open}")).as_bytes()).unwrap();
        let distances: Vec<_> = kept.rows.iter().map(|row| row.totals.distance_m).collect();
        assert_eq!((distances, kept.notices), (vec![Some(8_500.0); 2], vec![]));
    }

    #[test]
    fn an_endless_tag_or_text_is_passed_over_a_megabyte_at_a_time() {
        let (before, after) =
            (format!("{DTD}<HealthData>{}", new_run()), format!("\">{}</HealthData>", new_run()));
        for start in ["<Record a=\"", "text", "<!-- "] {
            let endless = io::repeat(b'a').take(5 << 20);
            let start = [before.as_bytes(), start.as_bytes()].concat();
            let file = BufReader::new(start.chain(endless).chain(after.as_bytes()));
            let kept = read(file).unwrap();
            assert_eq!(kept.rows.len(), 2, "{:?}", kept.notices);
            assert_eq!(kept.notices, ["5 damaged places in the Apple Health export were passed over"]);
        }
    }

    #[test]
    fn elements_that_are_never_closed_do_not_fill_the_memory() {
        let file = export(&format!("{}{}", "<a>".repeat(2_500), new_run()));
        let kept = read(file.as_bytes()).unwrap();
        assert_eq!(kept.rows.len(), 1);
        assert_eq!(kept.notices, ["2 damaged places in the Apple Health export were passed over"]);
    }

    #[test]
    fn a_reader_that_fails_ends_the_file_there() {
        struct Failing;
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the archive is damaged"))
            }
        }
        let start = format!("{DTD}<HealthData>{}", new_run());
        let kept = read(BufReader::new(start.as_bytes().chain(Failing))).unwrap();
        assert_eq!(kept.rows.len(), 1);
        let notice = format!(
            "the Apple Health export breaks off at byte {} (the archive is damaged): the workouts before that \
             are used",
            start.len()
        );
        assert_eq!(kept.notices, [notice]);
        assert!(read(BufReader::new(Failing)).is_err());
    }

    #[test]
    fn an_export_is_known_by_its_beginning() {
        assert!(is_index(DTD.as_bytes()) && is_index(&DTD.as_bytes()[..60]));
        assert!(is_index(b"\xef\xbb\xbf \n<!-- x --><HealthData locale=\"en\">"));
        assert!(!is_index(b"<gpx><!-- <HealthData --></gpx>") && !is_index(b"") && !is_index(b"<?xml"));
        assert!(!is_index(b"<?xml version=\"1.0\"?><ClinicalDocument>"));
    }

    #[test]
    fn buffers_of_any_size_read_the_same() {
        let file = export(&new_run());
        let whole = read(file.as_bytes());
        for capacity in [1, 2, 3, 7, 64, 1_000] {
            assert_eq!(read(BufReader::with_capacity(capacity, file.as_bytes())), whole, "{capacity}");
        }
    }

    #[test]
    fn cut_anywhere_or_with_any_byte_changed_nothing_panics() {
        let file = export(&format!("{}{}", new_run(), workout("", ""))).into_bytes();
        let mut most = 0;
        for length in 0..file.len() {
            let kept = read(&file[..length]).map_or(0, |read| read.rows.len());
            assert!(kept >= most, "at {length}");
            most = kept;
        }
        assert_eq!(most, 2);
        for at in 0..file.len() {
            for byte in [b'<', b'>', b'/', b'&', b'"', b'!', b'?', 0, 0xff] {
                let mut broken = file.clone();
                broken[at] = byte;
                let _ = read(broken.as_slice());
                let _ = is_index(&broken);
            }
        }
        let _ = read(format!("{DTD}<HealthData>{}", "</Workout>".repeat(1_000)).as_bytes());
        let _ = read(format!("{DTD}<HealthData>{}", "<Workout>".repeat(1_000)).as_bytes());
    }
}
