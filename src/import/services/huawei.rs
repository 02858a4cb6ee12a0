//! Huawei Health: `motion path detail data….json`, every activity of the account in one file.
//!
//! A list of activities; until July 2020 a list of days that hold them in `motionPathData`. It is not quite JSON: numbers
//! stand as keys without quotes. `attribute` holds the points of the track and, behind a mark, a summary, itself JSON: only
//! that is read, for in China the points are shifted by hundreds of metres. Known from six public readers; no real file
//! was at hand. The export is a zip with a password: a locked one is told as such.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::{
    json::{self, Scalar},
    moments::{moment, offset_s},
    part::{IndexError, Part, Row, Rows},
    service::{Head, Service, ServiceFile, not_used, whole},
    spans::elapsed_s,
};
use crate::activity::{Sport, Totals};

/// The row of [`SERVICES`](super::SERVICES).
pub static HUAWEI_HEALTH: Service = Service {
    name: "Huawei Health",
    files: &[
        ServiceFile {
            name: "motion path detail data….json",
            is: is_list,
            else_by_name: None,
            read: |_, reader| read(&whole(reader)?),
            samples,
        },
        ServiceFile {
            name: "health detail data.json",
            is: |head| head.is_json_with(&["samplePoints"]),
            else_by_name: None,
            read: |_, _| not_used("single measurements, no activities"),
            samples: || {
                let file = r#"[{"type":7,"samplePoints":[{"key":"STEP","value":"9"}]}]"#;
                vec![("health detail data.json", file.into())]
            },
        },
    ],
    reads: "activities: distance, times, heart rate",
    how_to_export: "Huawei ID, Privacy centre, Request your data; unpack the zip with its password",
    totals_are_the_devices: true,
    shorter_means_cropped: false,
};

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let since_2020 = r#"[{"sportType":4,"startTime":1772348400000,"endTime":1772350260000,"timeZone":"+0100",
        "totalTime":1800000,"totalDistance":5010,"attribute":"HW_EXT_TRACK_DETAIL@istp=lbs;k=0;lat=54.0;lon=7.0;alt=3.0;t=1.7723484E9\ntp=lbs;k=1;lat=90.0;lon=-80.0;alt=0.0;t=0.0\ntp=h-r;k=1772348400000;v=140\n&&HW_EXT_TRACK_SIMPLIFY@is{\"totalDistance\":5010,\"avgHeartRate\":151,\"maxHeartRate\":170}","partTimeMap":{1.0:360.0},"paceMap":{"1":360.0}}]"#;
    let before = r#"[{"recordDay":20190503,"timeZone":"-0300","motionPathData":[{"sportType":101,
        "startTime":1556860200000,"totalTime":1500000,"attribute":"HW_EXT_TRACK_DETAIL@is\n&&HW_EXT_TRACK_SIMPLIFY@is{\"totalDistance\":4444,\"avgHeartRate\":0}","partTimeMap":{1.0:350}}]}]"#;
    vec![
        ("Motion path detail data & description/motion path detail data1.json", since_2020.into()),
        ("data/motion path detail data.json", before.into()),
    ]
}

/// How the attribute of an activity begins, and where its summary does.
const DETAIL: &[u8] = b"HW_EXT_TRACK_DETAIL@is";
const SUMMARY: &str = "HW_EXT_TRACK_SIMPLIFY@is";

fn is_list(head: &Head<'_>) -> bool {
    let has_detail = || memchr::memmem::find(&head.bytes, DETAIL).is_some();
    head.is_json_with(&["motionPathData"])
        || (head.is_json_with(&["sportType"])
            && (has_detail() || head.is_json_with(&["startTime", "totalTime", "totalDistance"])))
        || (head.is_json() && has_detail())
}

/// An activity, or a day or list that holds some.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Entry {
    sport_type: Scalar,
    /// Milliseconds since 1970, as the end.
    start_time: Scalar,
    end_time: Scalar,
    time_zone: Scalar,
    /// Milliseconds without pauses.
    total_time: Scalar,
    /// Metres.
    total_distance: Scalar,
    attribute: Attribute,
    motion_path_data: Option<Vec<Entry>>,
    data: Option<Vec<Entry>>,
}

/// What the service sums up.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Summary {
    total_distance: Scalar,
    avg_heart_rate: Scalar,
    max_heart_rate: Scalar,
}

fn read(bytes: &[u8]) -> Result<Part, IndexError> {
    let (entries, damage) = json::list::<Entry>(&json::text(bytes))?;
    let mut rows = Vec::new();
    entries.iter().for_each(|entry| entry.put_into(&mut rows, None));
    let mut rows = Rows::of(HUAWEI_HEALTH.name, rows);
    rows.notices.extend(damage);
    Ok(rows.into())
}

impl Entry {
    /// Adds its activities; a day's offset stands for those that state none.
    fn put_into(&self, rows: &mut Vec<Option<Row>>, of_day: Option<i32>) {
        let utc_offset_s = self.time_zone.text().as_deref().and_then(offset_s).or(of_day);
        let held = || self.motion_path_data.iter().chain(&self.data).flatten();
        held().for_each(|entry| entry.put_into(rows, utc_offset_s));
        let is_holder = self.motion_path_data.is_some() || self.data.is_some();
        if !is_holder {
            rows.push(self.row(utc_offset_s));
        }
    }

    fn row(&self, utc_offset_s: Option<i32>) -> Option<Row> {
        let unix_ms = self.start_time.epoch_ms()?;
        let (sport, sub_sport) = sport(self.sport_type.whole());
        let summary = &self.attribute.0;
        let elapsed_s = elapsed_s(unix_ms, self.end_time.epoch_ms());
        Some(Row {
            start: Some(moment(unix_ms, utc_offset_s)),
            sport: Some(sport),
            sub_sport: sub_sport.map(str::to_owned),
            totals: Totals {
                distance_m: self.total_distance.amount().or(summary.total_distance.amount()),
                timer_time_s: self.total_time.amount().map(|ms| ms / 1_000.0).or(elapsed_s),
                elapsed_time_s: elapsed_s,
                average_heart_rate_bpm: summary.avg_heart_rate.heart_rate_bpm(),
                max_heart_rate_bpm: summary.max_heart_rate.heart_rate_bpm(),
                ..Totals::default()
            },
            ..Row::default()
        })
    }
}

/// The sport and the finer kind of a number.
fn sport(number: Option<i64>) -> (Sport, Option<&'static str>) {
    let (sport, kind) = match number {
        Some(4) => ("running", None),
        Some(101) => ("running", Some("treadmill")),
        Some(118) => ("running", Some("trail")),
        Some(5) => ("walking", None),
        Some(3) => ("cycling", None),
        Some(103) => ("cycling", Some("indoor_cycling")),
        Some(2 | 282) => ("hiking", None),
        Some(102) => ("swimming", Some("lap_swimming")),
        Some(104) => ("swimming", Some("open_water")),
        Some(111) => ("fitness_equipment", Some("elliptical")),
        Some(number) => return (Sport::new(&format!("huawei_{number}")), None),
        None => ("other", None),
    };
    (Sport::known(sport), kind)
}

/// The summary out of an attribute. The points before it, most of the file, are never held.
#[derive(Default)]
struct Attribute(Summary);

impl Attribute {
    fn of(text: &str) -> Self {
        let summary = text.rfind(SUMMARY).map(|at| &text[at + SUMMARY.len()..]);
        let beginning = |text: &str| serde_json::Deserializer::from_str(text).into_iter().next();
        Self(summary.and_then(|text| beginning(text)?.ok()).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Attribute {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AttributeVisitor)
    }
}

struct AttributeVisitor;

impl<'de> Visitor<'de> for AttributeVisitor {
    type Value = Attribute;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a track")
    }

    fn visit_str<E>(self, text: &str) -> Result<Attribute, E> {
        Ok(Attribute::of(text))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Attribute, E> {
        Ok(Attribute::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Attribute, E> {
        Ok(Attribute::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Attribute, E> {
        Ok(Attribute::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Attribute, E> {
        Ok(Attribute::default())
    }

    fn visit_unit<E>(self) -> Result<Attribute, E> {
        Ok(Attribute::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Attribute, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Attribute::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Attribute, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Attribute::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Row> {
        read(text.as_bytes()).unwrap().rows.rows
    }

    fn of_sample(number: usize) -> Row {
        rows(str::from_utf8(&samples()[number].1).unwrap()).remove(0)
    }

    #[test]
    fn an_activity_gives_start_offset_and_totals_and_its_summary_the_heart_rate() {
        let row = of_sample(0);
        assert_eq!(row.start, Some(moment(1_772_348_400_000, Some(3_600))));
        assert_eq!((row.sport, row.sub_sport), (Some(Sport::running()), None));
        assert_eq!((row.totals.distance_m, row.totals.timer_time_s), (Some(5_010.0), Some(1_800.0)));
        assert_eq!(row.totals.elapsed_time_s, Some(1_860.0));
        let beats = (row.totals.average_heart_rate_bpm, row.totals.max_heart_rate_bpm);
        assert_eq!(beats, (Some(151.0), Some(170.0)));
    }

    #[test]
    fn a_day_of_the_old_layout_lends_its_offset_and_a_heart_rate_of_0_is_not_known() {
        let row = of_sample(1);
        assert_eq!(row.start, Some(moment(1_556_860_200_000, Some(-10_800))));
        assert_eq!(row.sub_sport.as_deref(), Some("treadmill"));
        assert_eq!((row.totals.distance_m, row.totals.average_heart_rate_bpm), (Some(4_444.0), None));
    }

    #[test]
    fn an_unknown_number_is_named_and_a_list_may_stand_in_an_object() {
        let row = &rows(
            r#"{"data":[{"sportType":77,"startTime":1772348400000,"totalTime":60000,"attribute":null}]}"#,
        )[0];
        assert_eq!(row.sport.as_ref().unwrap().as_str(), "huawei_77");
    }

    #[test]
    fn a_file_that_breaks_off_keeps_what_came_before() {
        let whole = str::from_utf8(&samples()[0].1).unwrap().trim_end_matches(']').to_owned();
        let part = read(format!("{whole},{{\"sportType\":4").as_bytes()).unwrap();
        assert_eq!((part.rows.rows.len(), part.rows.notices.len()), (1, 1));
    }
}
