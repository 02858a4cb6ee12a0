//! Garmin's account export: `DI_CONNECT/DI-Connect-Fitness/…_summarizedActivities.json` lists every activity,
//! `…_gear.json` says which shoes were worn for which.
//!
//! Garmin publishes no description. What is relied on here was compared over several independent public
//! readers of such exports, and checked on two records that one of them quotes word for word from an export
//! of September 2026:
//! - **Metres from centimetres, seconds from milliseconds.** Five readers divide like that, and only so do
//!   distance and duration of the quoted run give the speed that it states, and are the heights of the
//!   quoted hike those of hills.
//! - **Times** are milliseconds since 1970; `startTimeLocal` is the clock on the wall read as if it were UTC:
//!   for the run, one hour of British summer time more than `startTimeGmt`.
//! - **Cadence.** `avgDoubleCadence` counts both feet: it is the quoted run's steps over its minutes.
//!   `avgRunCadence` counts one, as two readers say; no record at hand proves it, so it comes second.
//! - **Gear.** Six readers agree on `gearDTOS` and on `gearActivityDTOs`, a map with `gearPk` as text for its
//!   keys; one quotes a pair of `Shoes` from an export. That other types are `Bike`, `Bike Component` and
//!   `Other`, that types may be translated and that a name may be `Unknown` comes from clients of Garmin's
//!   web service.
//!
//! What we have not seen ourselves is a real file: every value may be missing, null, a number as text, or of
//! another kind, and is then not told.

use std::{collections::HashMap, fmt};

use chrono::DateTime;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::{
    garmin_web::WEB,
    json::{Scalar, damaged, place, text, what},
    part::{IndexError, ListedPair, Part, Row, Rows, Start},
    service::{Service, ServiceFile, whole},
};
use crate::{
    activity::{Sport, Totals},
    units::LARGEST,
};

/// The row of [`SERVICES`](super::SERVICES).
pub static GARMIN: Service = Service {
    name: "Garmin Connect",
    files: &[
        ServiceFile {
            name: "…summarizedActivities.json",
            is: |head| is_activities(head.path),
            else_by_name: None,
            read: |_, reader| Ok(read_activities(&whole(reader)?)?.into()),
            samples: activities_samples,
        },
        ServiceFile {
            name: "…gear.json",
            is: |head| is_gear(head.path),
            else_by_name: None,
            read: |_, reader| read_gear(&whole(reader)?),
            samples: gear_samples,
        },
        WEB,
    ],
    reads: "account export: recordings, distance, times, climb, heart rate, shoes; the list of the web: the same without \
            recordings and shoes",
    how_to_export: "Garmin account, Export Your Data (the mail with the link comes within days); on the web: Activities, Export CSV",
    totals_are_the_devices: false,
    shorter_means_cropped: false,
};

fn activities_samples() -> Vec<(&'static str, Vec<u8>)> {
    let file = r#"[{"summarizedActivitiesExport":[{"activityId":7,"name":"a","activityType":"trail_running",
        "beginTimestamp":1772348400000,"startTimeLocal":1772352000000.0,"duration":3000000.5,"distance":"1012345",
        "elevationGain":12340,"avgHr":151,"avgRunCadence":82.5,"activityTrainingLoad":null,"x":[{"y":1}]}]}]"#;
    vec![("DI_CONNECT/DI-Connect-Fitness/a_0_summarizedActivities.json", file.into())]
}

fn gear_samples() -> Vec<(&'static str, Vec<u8>)> {
    let file = r#"[{"gearDTOS":[{"gearPk":1,"gearTypeName":"Shoes","displayName":"Red","customMakeModel":"R 1"}],
        "gearActivityDTOs":{"1":[{"gearPk":1,"activityId":7}]}}]"#;
    vec![("DI_CONNECT/DI-Connect-Fitness/a_gear.json", file.into())]
}

/// The key of the list of activities.
const ACTIVITIES: &str = "summarizedActivitiesExport";
/// Nobody makes more steps a minute.
const MOST_STEPS: f64 = 500.0;
/// No clock on earth is further from UTC than 14 hours.
const MOST_OFFSET_MS: i64 = 14 * 3_600_000;
/// Clocks differ by quarters of an hour.
const QUARTER_MS: i64 = 15 * 60_000;
/// So many unknown keys are named in a complaint.
const KEYS_NAMED: usize = 5;

/// Whether a file of this name, with or without folders before it, holds activities.
#[must_use]
pub fn is_activities(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with("summarizedactivities.json")
}

/// Whether a file of this name, with or without folders before it, holds gear.
#[must_use]
pub fn is_gear(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let file = name.rsplit(['/', '\\']).next().unwrap_or(&name);
    file == "gear.json" || file.ends_with("_gear.json")
}

/// Reads a `…summarizedActivities.json`. One that breaks off keeps the activities before.
///
/// # Errors
/// If it is no such list, or damaged before its first activity.
pub fn read_activities(bytes: &[u8]) -> Result<Rows, IndexError> {
    let text = text(bytes);
    let mut found = Found::default();
    match List(&mut found).deserialize(&mut serde_json::Deserializer::from_str(&text)) {
        Ok(()) if found.has_list => Ok(found.finish()),
        Ok(()) if found.keys.is_empty() => Ok(found.finish()),
        Ok(()) => Err(IndexError::UnknownHeadings(found.keys.join(", "))),
        Err(error) if found.rows.is_empty() => Err(damaged(&error)),
        Err(error) => {
            let (what, place) = (what(&error), place(&error));
            found.notices.push(format!(
                "Garmin's list of activities {what} at {place}: the activities before that are used"
            ));
            Ok(found.finish())
        }
    }
}

/// Reads a `…gear.json`.
///
/// # Errors
/// If it is damaged.
pub fn read_gear(bytes: &[u8]) -> Result<Part, IndexError> {
    let text = text(bytes);
    let files: Vec<GearFile> = if text.trim_start().starts_with('{') {
        serde_json::from_str(&text).map(|file| vec![file])
    } else {
        serde_json::from_str(&text)
    }
    .map_err(|error| damaged(&error))?;
    let mut gear = Part::default();
    for file in files {
        file.wear(&mut gear);
    }
    Ok(gear)
}

/// What was found in the list so far; it outlives a parser that fails half way.
#[derive(Default)]
struct Found {
    rows: Vec<Row>,
    notices: Vec<String>,
    undated: usize,
    has_list: bool,
    keys: Vec<String>,
}

impl Found {
    fn push(&mut self, summary: Summary) {
        match summary.into_row() {
            Some(row) => self.rows.push(row),
            None => self.undated += 1,
        }
    }

    fn finish(mut self) -> Rows {
        let notice = match self.undated {
            0 => None,
            1 => Some("1 activity in Garmin's list has no date and is left out".to_owned()),
            n => Some(format!("{n} activities in Garmin's list have no date and are left out")),
        };
        self.notices.extend(notice);
        Rows { rows: self.rows, notices: self.notices }
    }
}

/// The outermost array, or one of the objects in it.
struct List<'a>(&'a mut Found);

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of activities")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(List(self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(key) = entries.next_key::<String>()? {
            if key == ACTIVITIES {
                self.0.has_list = true;
                entries.next_value_seed(Summaries(self.0))?;
            } else {
                entries.next_value::<IgnoredAny>()?;
                if self.0.keys.len() < KEYS_NAMED {
                    self.0.keys.push(key);
                }
            }
        }
        Ok(())
    }
}

/// The array of activities: each is taken in as soon as it is read.
struct Summaries<'a>(&'a mut Found);

impl<'de> DeserializeSeed<'de> for Summaries<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Summaries<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of activities")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(summary) = items.next_element::<Option<Summary>>()? {
            if let Some(summary) = summary {
                self.0.push(summary);
            }
        }
        Ok(())
    }
}

/// One activity in Garmin's words and units.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Summary {
    activity_id: Scalar,
    name: Scalar,
    activity_type: Scalar,
    /// Milliseconds since 1970.
    begin_timestamp: Scalar,
    /// Milliseconds since 1970.
    start_time_gmt: Scalar,
    /// Milliseconds since 1970 on the clock on the wall.
    start_time_local: Scalar,
    /// Milliseconds without pauses.
    duration: Scalar,
    /// Milliseconds with pauses.
    elapsed_duration: Scalar,
    /// Centimetres.
    distance: Scalar,
    /// Centimetres.
    elevation_gain: Scalar,
    /// Centimetres.
    elevation_loss: Scalar,
    avg_hr: Scalar,
    max_hr: Scalar,
    /// Steps of one foot a minute.
    avg_run_cadence: Scalar,
    /// Steps of both feet a minute.
    avg_double_cadence: Scalar,
    /// Garmin's own unit.
    activity_training_load: Scalar,
}

impl Summary {
    /// The row, if the activity has a date.
    fn into_row(self) -> Option<Row> {
        let start = Some(self.start()?);
        let totals = self.totals();
        let (sport, sub_sport) = self.activity_type.text().as_deref().map_or((None, None), sport);
        let name = self.name.text();
        let keys = self.activity_id.whole().map(|id| id.to_string()).into_iter().collect();
        Some(Row { keys, start, sport, sub_sport, name, totals, ..Row::default() })
    }

    fn start(&self) -> Option<Start> {
        let gmt_ms = self.start_time_gmt.unix_ms();
        let local_ms = self.start_time_local.unix_ms();
        let Some(unix_ms) = self.begin_timestamp.unix_ms().or(gmt_ms) else {
            return local_ms
                .and_then(DateTime::from_timestamp_millis)
                .map(|clock| Start::Local(clock.naive_utc()));
        };
        let utc_offset_s = local_ms.and_then(|local_ms| offset_s(local_ms, gmt_ms.unwrap_or(unix_ms)));
        Some(Start::Moment { unix_ms, utc_offset_s })
    }

    fn totals(&self) -> Totals {
        let scaled = |value: &Scalar, by: f64, most: f64| {
            value.number().map(|number| number / by).filter(|number| (0.0..=most).contains(number))
        };
        let positive =
            |value: &Scalar, by, most| scaled(value, by, most).filter(|number: &f64| *number > 0.0);
        let both_feet = positive(&self.avg_double_cadence, 1.0, MOST_STEPS);
        let one_foot = positive(&self.avg_run_cadence, 0.5, MOST_STEPS);
        Totals {
            distance_m: positive(&self.distance, 100.0, LARGEST),
            timer_time_s: positive(&self.duration, 1_000.0, LARGEST),
            elapsed_time_s: positive(&self.elapsed_duration, 1_000.0, LARGEST),
            ascent_m: scaled(&self.elevation_gain, 100.0, LARGEST),
            descent_m: scaled(&self.elevation_loss, 100.0, LARGEST),
            average_heart_rate_bpm: positive(&self.avg_hr, 1.0, 255.0),
            max_heart_rate_bpm: positive(&self.max_hr, 1.0, 255.0),
            average_cadence_spm: both_feet.or(one_foot),
            training_load: positive(&self.activity_training_load, 1.0, LARGEST),
            session_rpe: None,
        }
    }
}

/// Local time minus UTC in seconds, if the two tell a time zone that can be.
fn offset_s(local_ms: i64, utc_ms: i64) -> Option<i32> {
    let offset_ms = local_ms.checked_sub(utc_ms)?;
    let is_zone = offset_ms.abs() <= MOST_OFFSET_MS && offset_ms % QUARTER_MS == 0;
    is_zone.then(|| i32::try_from(offset_ms / 1_000).ok()).flatten()
}

/// The sport and the finer kind by FIT's words; what is no run stays in Garmin's.
fn sport(activity_type: &str) -> (Option<Sport>, Option<String>) {
    let word = Sport::new(activity_type);
    let kind = match word.as_str() {
        "running" | "ultra_run" => None,
        "trail_running" => Some("trail"),
        "treadmill_running" => Some("treadmill"),
        "track_running" => Some("track"),
        "indoor_running" => Some("indoor_running"),
        "virtual_run" => Some("virtual_activity"),
        "street_running" => Some("street"),
        "obstacle_run" => Some("obstacle"),
        _ => return (Some(word), None),
    };
    (Some(Sport::running()), kind.map(str::to_owned))
}

/// What a gear file holds.
#[derive(Default, Deserialize)]
#[serde(default)]
struct GearFile {
    #[serde(rename = "gearDTOS")]
    pieces: Option<Vec<Option<Piece>>>,
    #[serde(rename = "gearActivityDTOs")]
    uses: Option<HashMap<String, Option<Vec<Option<Use>>>>>,
}

/// One piece of gear.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Piece {
    gear_pk: Scalar,
    display_name: Scalar,
    custom_make_model: Scalar,
    gear_make_name: Scalar,
    gear_model_name: Scalar,
    gear_type_name: Scalar,
}

/// One activity that a piece of gear was used for.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Use {
    activity_id: Scalar,
}

impl GearFile {
    /// Enters the shoes of every activity; of two pairs for one activity the one listed first.
    fn wear(self, gear: &mut Part) {
        let mut uses = self.uses.unwrap_or_default();
        for piece in self.pieces.into_iter().flatten().flatten().filter(Piece::may_be_shoes) {
            let (Some(key), Some(name)) = (piece.gear_pk.text(), piece.name()) else { continue };
            let used = uses.remove(&key).flatten().into_iter().flatten().flatten();
            for id in used.filter_map(|used| used.activity_id.whole()) {
                gear.gear.push((id.to_string(), name.clone()));
            }
            gear.pairs.push(ListedPair::named(&name));
        }
    }
}

impl Piece {
    /// Whether it is a pair of shoes or might be: a type in a language that we do not know is not excluded.
    fn may_be_shoes(&self) -> bool {
        let kind = self.gear_type_name.text().unwrap_or_default().to_lowercase();
        kind != "other" && !kind.starts_with("bike")
    }

    fn name(&self) -> Option<String> {
        let made = || {
            let words = [proper_name(&self.gear_make_name), proper_name(&self.gear_model_name)];
            let words: Vec<String> = words.into_iter().flatten().collect();
            (!words.is_empty()).then(|| words.join(" "))
        };
        proper_name(&self.display_name).or_else(|| proper_name(&self.custom_make_model)).or_else(made)
    }
}

/// A name that says something: Garmin fills gaps with `Unknown` and `Other`.
fn proper_name(name: &Scalar) -> Option<String> {
    name.text().filter(|name| !["unknown", "other"].contains(&name.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::services::{FilePart, assemble};

    /// 2026-03-01T07:00:00Z.
    const SEVEN_MS: i64 = 1_772_348_400_000;

    fn export(activities: &str) -> Vec<u8> {
        format!(r#"[{{"summarizedActivitiesExport":[{activities}]}}]"#).into_bytes()
    }

    fn dated(rest: &str) -> String {
        format!(r#"{{"beginTimestamp":{SEVEN_MS}{rest}}}"#)
    }

    fn only(activity: &str) -> Row {
        let mut read = read_activities(&export(activity)).unwrap();
        assert_eq!((read.rows.len(), read.notices.len()), (1, 0), "{read:?}");
        read.rows.remove(0)
    }

    fn run() -> String {
        format!(
            r#"{{"activityId":111,"uuidMsb":-1,"name":" Morning – Järvi ","activityType":"trail_running",
            "beginTimestamp":{SEVEN_MS},"startTimeGmt":{SEVEN_MS}.0,"startTimeLocal":{},
            "splits":[{{"duration":1,"measurements":[{{"value":2}}]}}],"duration":3000000.5,
            "elapsedDuration":3120000,"movingDuration":2900000,"distance":1012345.0,"elevationGain":12340,
            "elevationLoss":0,"avgHr":151.0,"maxHr":176,"avgRunCadence":82.5,"activityTrainingLoad":120.5,
            "favorite":false}}"#,
            SEVEN_MS + 2 * 3_600_000
        )
    }

    #[test]
    fn centimetres_and_milliseconds_become_metres_and_seconds() {
        let row = only(&run());
        let expected = Totals {
            distance_m: Some(10_123.45),
            timer_time_s: Some(3_000.000_5),
            elapsed_time_s: Some(3_120.0),
            ascent_m: Some(123.4),
            descent_m: Some(0.0),
            average_heart_rate_bpm: Some(151.0),
            max_heart_rate_bpm: Some(176.0),
            average_cadence_spm: Some(165.0),
            training_load: Some(120.5),
            session_rpe: None,
        };
        assert_eq!(row.totals, expected);
        assert_eq!(row.start, Some(Start::Moment { unix_ms: SEVEN_MS, utc_offset_s: Some(7_200) }));
        assert_eq!((row.name.as_deref(), row.sub_sport.as_deref()), (Some("Morning – Järvi"), Some("trail")));
        assert_eq!((row.sport, row.file, row.gear), (Some(Sport::running()), None, None));
    }

    #[test]
    fn the_cadence_of_both_feet_goes_before_that_of_one() {
        let both = only(&dated(r#","avgRunCadence":90,"avgDoubleCadence":171.5"#));
        assert_eq!(both.totals.average_cadence_spm, Some(171.5));
    }

    #[test]
    fn nulls_missing_fields_and_numbers_as_text_are_read() {
        let row = only(&dated(
            r#","name":null,"activityType":null,"distance":"500000","duration":" 1500000 ",
            "elapsedDuration":null,"avgHr":{"value":1},"maxHr":[1,2],"elevationGain":"high""#,
        ));
        let expected = Totals { distance_m: Some(5_000.0), timer_time_s: Some(1_500.0), ..Totals::default() };
        assert_eq!((row.totals, row.name, row.sport), (expected, None, None));
    }

    #[test]
    fn zero_and_impossible_numbers_are_not_told() {
        let row = only(&dated(
            r#","distance":0,"duration":-5,"avgHr":0,"maxHr":256,"elevationGain":-1,"avgRunCadence":251,
            "elapsedDuration":1e300,"activityTrainingLoad":0"#,
        ));
        assert_eq!(row.totals, Totals::default());
    }

    #[test]
    fn the_local_offset_is_a_quarter_of_an_hour_within_14_hours() {
        let offset = |difference_ms: i64| {
            let local_ms = SEVEN_MS + difference_ms;
            match only(&dated(&format!(r#","startTimeLocal":{local_ms}"#))).start {
                Some(Start::Moment { utc_offset_s, .. }) => utc_offset_s,
                other => unreachable!("{other:?}"),
            }
        };
        assert_eq!(offset(0), Some(0));
        assert_eq!(offset(-12_600_000), Some(-12_600), "Newfoundland");
        assert_eq!(offset(20_700_000), Some(20_700), "Nepal");
        assert_eq!((offset(50_400_000), offset(51_300_000)), (Some(50_400), None));
        assert_eq!(offset(3_601_000), None, "a clock that was one second off");
    }

    #[test]
    fn a_start_is_the_timestamp_else_gmt_else_the_clock_on_the_wall() {
        let start = |activity: &str| only(activity).start;
        let moment = Some(Start::Moment { unix_ms: SEVEN_MS, utc_offset_s: None });
        assert_eq!(start(&format!(r#"{{"startTimeGmt":{SEVEN_MS},"beginTimestamp":0}}"#)), moment);
        assert_eq!(start(&format!(r#"{{"startTimeGmt":"{SEVEN_MS}"}}"#)), moment);
        let clock = DateTime::from_timestamp_millis(SEVEN_MS).unwrap().naive_utc();
        assert_eq!(start(&format!(r#"{{"startTimeLocal":{SEVEN_MS}}}"#)), Some(Start::Local(clock)));
    }

    #[test]
    fn activities_without_a_date_are_left_out_with_a_notice() {
        let read = read_activities(&export(&format!(r#"{{"activityId":1}},{},{{}},null"#, run()))).unwrap();
        assert_eq!(read.rows.len(), 1);
        assert_eq!(read.notices, ["2 activities in Garmin's list have no date and are left out"]);
    }

    #[test]
    fn every_kind_of_run_is_a_run() {
        let read = |word: &str| {
            let row = only(&dated(&format!(r#","activityType":"{word}""#)));
            let sport = row.sport.map(|sport| sport.as_str().to_owned()).unwrap();
            format!("{sport} {}", row.sub_sport.unwrap_or_default())
        };
        assert_eq!(read("running"), "running ");
        assert_eq!(read("ultra_run"), "running ");
        assert_eq!(read("TREADMILL_RUNNING"), "running treadmill");
        assert_eq!(read("track_running"), "running track");
        assert_eq!(read("indoor_running"), "running indoor_running");
        assert_eq!(read("virtual_run"), "running virtual_activity");
        assert_eq!(read("street_running"), "running street");
        assert_eq!(read("obstacle_run"), "running obstacle");
        assert_eq!(read("road_biking"), "road_biking ");
        assert_eq!(read("multi_sport"), "multi_sport ");
    }

    #[test]
    fn several_lists_and_a_list_without_its_array_are_read() {
        let list = |id: u8| format!(r#"{{"summarizedActivitiesExport":[{}]}}"#, with_id(id));
        let both = format!("[{},{},null]", list(1), list(2));
        let ids = |text: &str| -> Vec<String> {
            read_activities(text.as_bytes()).unwrap().rows.into_iter().flat_map(|row| row.keys).collect()
        };
        assert_eq!(ids(&both), ["1", "2"]);
        assert_eq!(ids(&list(3)), ["3"]);
        assert_eq!(ids(&format!("\u{feff}{}", list(4))), ["4"]);
        assert_eq!(ids(r#"[{"summarizedActivitiesExport":null}]"#), [""; 0]);
    }

    fn with_id(id: u8) -> String {
        dated(&format!(r#","activityId":{id}"#))
    }

    #[test]
    fn a_file_of_something_else_names_its_keys() {
        let other = br#"[{"sleep":[1],"steps":{"a":[]}}]"#;
        assert_eq!(read_activities(other), Err(IndexError::UnknownHeadings("sleep, steps".to_owned())));
        assert_eq!(read_activities(b"[]"), Ok(Rows::default()));
        assert!(matches!(read_activities(b"\"text\""), Err(IndexError::Damaged(_))));
    }

    #[test]
    fn a_list_that_breaks_off_keeps_what_came_before() {
        let whole = export(&format!("{},\n{}", with_id(1), with_id(2)));
        let read = read_activities(&whole[..whole.len() - 10]).unwrap();
        assert_eq!(read.rows.len(), 1);
        let place = "line 2, column 40";
        let notice =
            format!("Garmin's list of activities breaks off at {place}: the activities before that are used");
        assert_eq!(read.notices, [notice]);
        let early = read_activities(&whole[..40]);
        assert_eq!(early, Err(IndexError::Damaged("it breaks off at line 1, column 40".to_owned())));
    }

    #[test]
    fn a_byte_that_is_no_utf_8_spoils_one_name_only() {
        let mut file = export(&format!("{},{}", dated(r#","name":"a?b""#), with_id(2)));
        let at = file.iter().position(|byte| *byte == b'?').unwrap();
        file[at] = 0xff;
        let read = read_activities(&file).unwrap();
        assert_eq!((read.rows.len(), read.rows[0].name.as_deref()), (2, Some("a\u{fffd}b")));
    }

    /// The pair that was worn for an activity.
    fn worn(part: &Part, id: u32) -> Option<&str> {
        let mut gear = part.gear.iter();
        gear.find(|(key, _)| *key == id.to_string()).map(|(_, name)| name.as_str())
    }

    fn gear_file(gear: &str, uses: &str) -> Vec<u8> {
        format!(r#"[{{"gearDTOS":[{gear}],"gearActivityDTOs":{{{uses}}},"gearCollections":null}}]"#)
            .into_bytes()
    }

    #[test]
    fn shoes_come_to_the_activities_they_were_worn_for() {
        let gear = read_gear(&gear_file(
            r#"{"gearPk":1,"displayName":"Red pair","customMakeModel":"x","gearTypeName":"Shoes"},
            {"gearPk":2,"displayName":null,"customMakeModel":" Blue pair ","gearTypeName":null},
            {"gearPk":3,"displayName":"Bike","gearTypeName":"Bike"},
            {"gearPk":"4","displayName":"","gearMakeName":"Make","gearModelName":"Model","gearTypeName":"SHOES"}"#,
            r#""1":[{"activityId":111,"gearPk":1},null],"2":[{"activityId":"222"}],"3":[{"activityId":333}],
            "4":[{"activityId":444}],"5":[{"activityId":555}]"#,
        ))
        .unwrap();
        let name = |id: u32| worn(&gear, id);
        assert_eq!(
            [111, 222, 333, 444, 555].map(name),
            [Some("Red pair"), Some("Blue pair"), None, Some("Make Model"), None]
        );
        let rows = read_activities(&export(&format!("{},{}", run(), with_id(9)))).unwrap();
        let part = |part: Part| FilePart { file: "a.json".to_owned(), service: &GARMIN, part };
        let rows = assemble(vec![part(rows.into()), part(gear)]).remove(0).rows.rows;
        assert_eq!(rows[0].gear.as_deref(), Some("Red pair"));
        assert_eq!(rows[1].gear, None);
    }

    #[test]
    fn bikes_and_other_things_are_no_shoes_and_unknown_is_no_name() {
        let name = |gear: &str| {
            let file = gear_file(&format!(r#"{{"gearPk":1,{gear}}}"#), r#""1":[{"activityId":7}]"#);
            worn(&read_gear(&file).unwrap(), 7).map(str::to_owned)
        };
        assert_eq!(name(r#""displayName":"x","gearTypeName":"Bike Component""#), None);
        assert_eq!(name(r#""displayName":"x","gearTypeName":"Other""#), None);
        assert_eq!(name(r#""displayName":"x","gearTypeName":"Schuhe""#).as_deref(), Some("x"));
        assert_eq!(name(r#""displayName":"Unknown","customMakeModel":"Red""#).as_deref(), Some("Red"));
        assert_eq!(name(r#""gearMakeName":"Other","gearModelName":"Model""#).as_deref(), Some("Model"));
        assert_eq!(name(r#""displayName":"Unknown""#), None);
    }

    #[test]
    fn of_two_pairs_for_one_run_the_first_listed_counts() {
        let gear = read_gear(&gear_file(
            r#"{"gearPk":9,"displayName":"First"},{"gearPk":1,"displayName":"Second"}"#,
            r#""1":[{"activityId":7}],"9":[{"activityId":7}]"#,
        ));
        let other = read_gear(&gear_file(
            r#"{"gearPk":1,"displayName":"Third"}"#,
            r#""1":[{"activityId":7},{"activityId":8}]"#,
        ));
        let rows = read_activities(&export(&format!("{},{}", with_id(7), with_id(8)))).unwrap();
        let part = |part: Part| FilePart { file: "a.json".to_owned(), service: &GARMIN, part };
        let parts = vec![part(rows.into()), part(gear.unwrap()), part(other.unwrap())];
        let rows = assemble(parts).remove(0).rows.rows;
        assert_eq!(
            rows.iter().map(|row| row.gear.as_deref()).collect::<Vec<_>>(),
            [Some("First"), Some("Third")]
        );
    }

    #[test]
    fn a_gear_file_may_be_empty_or_one_object_but_not_broken() {
        for empty in ["[]", "{}", r#"[{"gearDTOS":null}]"#, r#" {"gearDTOS":[null,{}]}"#] {
            assert_eq!(read_gear(empty.as_bytes()), Ok(Part::default()), "{empty}");
        }
        let broken = IndexError::Damaged("it breaks off at line 1, column 14".to_owned());
        assert_eq!(read_gear(br#"[{"gearDTOS":["#), Err(broken));
        assert!(read_gear(b"").is_err());
    }

    #[test]
    fn files_are_known_by_the_end_of_their_names() {
        assert!(is_activities("DI_CONNECT/DI-Connect-Fitness/someone_0_summarizedActivities.json"));
        assert!(
            is_activities("SUMMARIZEDACTIVITIES.JSON") && !is_activities("summarizedActivities.json.bak")
        );
        assert!(
            is_gear("a/b/someone@example.org_gear.json") && is_gear("Gear.JSON") && is_gear("a\\gear.json")
        );
        assert!(!is_gear("swimgear.json") && !is_gear("gear.json/x") && !is_gear(""));
    }

    #[test]
    fn cut_anywhere_or_with_any_byte_changed_nothing_panics() {
        let file = export(&format!("{},{}", run(), with_id(2)));
        let gear = gear_file(r#"{"gearPk":1,"displayName":"x"}"#, r#""1":[{"activityId":111}]"#);
        let mut most = 0;
        for length in 0..file.len() {
            let kept = read_activities(&file[..length]).map_or(0, |read| read.rows.len());
            assert!(kept >= most, "at {length}");
            most = kept;
        }
        assert_eq!(most, 2);
        for bytes in [&file, &gear] {
            for at in 0..bytes.len() {
                for byte in [b'"', b'{', b'}', b'[', b']', b',', b'9', b'-', b'\\', 0, 0xff] {
                    let mut broken = bytes.clone();
                    broken[at] = byte;
                    let _ = read_activities(&broken);
                    let _ = read_gear(&broken);
                }
            }
            for length in 0..bytes.len() {
                let _ = read_gear(&bytes[..length]);
            }
        }
        let _ = read_activities(&b"[".repeat(100_000));
        let _ = read_gear(&b"[{\"gearDTOS\":".repeat(100_000));
        let deep = [br#"[{"summarizedActivitiesExport":[{"name":"#.to_vec(), b"[".repeat(100_000)].concat();
        let _ = read_activities(&deep);
    }
}
