//! Nike Run Club: `activities/<id>.json`, an activity a file, as the programs save it that ask the service for one's own
//! runs. A list of them, or an object that holds one in `activities`, is read too.
//!
//! Moments are milliseconds in UTC without an offset, so the runner's zone tells the local day. Distances are kilometres.
//! Runs that were typed count. Workouts of Nike Training Club are no runs. Known from five public readers.

use serde::Deserialize;

use super::{
    json::{self, Scalar},
    moments::moment,
    part::{IndexError, Part, Row, Rows},
    service::{Head, Service, ServiceFile, whole},
    spans::elapsed_s,
};
use crate::{
    activity::{Sport, Totals},
    import::words,
};

/// The row of [`SERVICES`](super::SERVICES).
pub static NIKE_RUN_CLUB: Service = Service {
    name: "Nike Run Club",
    files: &[ServiceFile {
        name: "activities/….json",
        is: is_activity,
        else_by_name: None,
        read: |_, reader| read(&whole(reader)?),
        samples,
    }],
    reads: "activities: distance, times, heart rate",
    how_to_export: "with one of the programs that save one's own runs from nike.com as JSON",
    totals_are_the_devices: true,
    shorter_means_cropped: false,
};

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let run = r#"{"id":"1","type":"run","app_id":"com.nike.sport.running.ios","start_epoch_ms":1772348400000,
        "end_epoch_ms":1772350260000,"active_duration_ms":1800000,"delete_indicator":false,"summaries":[
        {"metric":"distance","summary":"total","value":5.01},{"metric":"heart_rate","summary":"mean","value":151.5},
        {"metric":"calories","summary":"total","value":300}],"tags":{"com.nike.name":"x","location":"indoors"},
        "metrics":[{"type":"distance","unit":"KM","values":[{"start_epoch_ms":1772348400000,"value":0.1}]}]}"#;
    let list = r#"{"activities":[{"type":"training","app_id":"com.nike.ntc.brand.ios","start_epoch_ms":1772434800000,
        "active_duration_ms":1200000,"summaries":null,"tags":null},{"type":"jogging","start_epoch_ms":1772521200000,
        "active_duration_ms":1800000,"delete_indicator":true}]}"#;
    vec![("activities/1.json", run.into()), ("activities/all.json", list.into())]
}

const METERS_PER_KILOMETER: f64 = 1_000.0;

fn is_activity(head: &Head<'_>) -> bool {
    head.is_json_with(&["start_epoch_ms"])
        && (head.is_json_with(&["active_duration_ms"])
            || memchr::memmem::find(&head.bytes, b"com.nike.").is_some())
}

/// An activity, or what holds some.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Activity {
    r#type: Scalar,
    app_id: Scalar,
    start_epoch_ms: Scalar,
    end_epoch_ms: Scalar,
    /// Without pauses.
    active_duration_ms: Scalar,
    delete_indicator: serde_json::Value,
    summaries: Option<Vec<Summary>>,
    tags: Option<Tags>,
    activities: Option<Vec<Activity>>,
}

/// A sum or mean over the activity.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Summary {
    metric: Scalar,
    summary: Scalar,
    value: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Tags {
    location: Scalar,
}

fn read(bytes: &[u8]) -> Result<Part, IndexError> {
    let (read, damage) = json::list::<Activity>(&json::text(bytes))?;
    let of_each = |one: &Activity| one.activities.as_ref().map_or(0, Vec::len).max(1);
    let mut rows = Vec::with_capacity(read.iter().map(of_each).sum());
    for one in &read {
        match &one.activities {
            Some(held) => rows.extend(held.iter().filter(|held| !held.is_deleted()).map(Activity::row)),
            None if one.is_deleted() => {}
            None => rows.push(one.row()),
        }
    }
    let mut rows = Rows::of(NIKE_RUN_CLUB.name, rows);
    rows.notices.extend(damage);
    Ok(rows.into())
}

impl Activity {
    fn is_deleted(&self) -> bool {
        match &self.delete_indicator {
            serde_json::Value::Bool(is_deleted) => *is_deleted,
            serde_json::Value::String(text) => text == "true",
            _ => false,
        }
    }

    fn row(&self) -> Option<Row> {
        let unix_ms = self.start_epoch_ms.epoch_ms()?;
        let elapsed_s = elapsed_s(unix_ms, self.end_epoch_ms.epoch_ms());
        let (sport, sub_sport) = self.sport();
        let kilometers = self.summary("distance", "total").and_then(Scalar::amount);
        Some(Row {
            start: Some(moment(unix_ms, None)),
            sport: Some(sport),
            sub_sport,
            totals: Totals {
                distance_m: kilometers.map(|km| km * METERS_PER_KILOMETER),
                timer_time_s: self.active_duration_ms.amount().map(|ms| ms / 1_000.0).or(elapsed_s),
                elapsed_time_s: elapsed_s,
                average_heart_rate_bpm: self.summary("heart_rate", "mean").and_then(Scalar::heart_rate_bpm),
                max_heart_rate_bpm: self.summary("heart_rate", "max").and_then(Scalar::heart_rate_bpm),
                ..Totals::default()
            },
            ..Row::default()
        })
    }

    fn summary(&self, metric: &str, kind: &str) -> Option<&Scalar> {
        let is = |said: &Scalar, word: &str| matches!(said, Scalar::Text(text) if text == word);
        let mut all = self.summaries.iter().flatten();
        all.find(|one| is(&one.metric, metric) && is(&one.summary, kind)).map(|one| &one.value)
    }

    fn sport(&self) -> (Sport, Option<String>) {
        let is_workout = self.app_id.text().is_some_and(|app| app.starts_with("com.nike.ntc"));
        let word = self.r#type.text().unwrap_or_else(|| "other".to_owned());
        let (sport, kind) = words::sport(&word);
        let is_indoors = self
            .tags
            .as_ref()
            .and_then(|tags| tags.location.text())
            .is_some_and(|place| place.eq_ignore_ascii_case("indoors"));
        match sport.is_running() {
            true if is_workout => (Sport::known("training"), None),
            true if is_indoors => (sport, Some("treadmill".to_owned())),
            _ => (sport, kind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_activity_gives_kilometres_as_metres_and_its_time_without_pauses() {
        let rows = read(&samples()[0].1).unwrap().rows.rows;
        assert_eq!(rows[0].start, Some(moment(1_772_348_400_000, None)));
        assert_eq!(
            (rows[0].sport.as_ref(), rows[0].sub_sport.as_deref()),
            (Some(&Sport::running()), Some("treadmill"))
        );
        let totals = &rows[0].totals;
        assert_eq!((totals.distance_m, totals.timer_time_s), (Some(5_010.0), Some(1_800.0)));
        assert_eq!((totals.elapsed_time_s, totals.average_heart_rate_bpm), (Some(1_860.0), Some(151.5)));
    }

    #[test]
    fn what_was_deleted_is_nothing_and_a_workout_is_no_run() {
        let rows = read(&samples()[1].1).unwrap().rows.rows;
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].sport.as_ref().unwrap().as_str(), "training");
        let run = br#"{"type":"run","app_id":"com.nike.ntc.x","start_epoch_ms":1772348400000,"active_duration_ms":1e6}"#;
        assert!(!read(run).unwrap().rows.rows[0].sport.as_ref().unwrap().is_running());
    }
}
