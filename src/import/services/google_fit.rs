//! Google Fit in Google's Takeout: `All Sessions/<start>_<SPORT>.json`, a session a file.
//!
//! Starts are UTC; the offset stands in the file's name alone, with `_` for `:`. Of `aggregate` the metres are read; which
//! number of a heart rate's summary is its mean is not known. A TCX in `Activities/` whose name begins as the session's
//! holds the idle minutes before and after it too: the session counts. Seen in one real export of walks.

use serde::Deserialize;

use super::{
    json::{self, Scalar},
    moments::{moment, offset_s, utc_ms},
    part::{IndexError, Part, Row, Rows, Tracks},
    service::{Service, ServiceFile, not_used, whole},
    spans::elapsed_s,
};
use crate::{activity::Totals, import::words};

/// The row of [`SERVICES`](super::SERVICES).
pub static GOOGLE_FIT: Service = Service {
    name: "Google Fit",
    files: &[
        ServiceFile {
            name: "All Sessions/….json",
            is: |head| head.is_json_with(&["fitnessActivity", "startTime"]),
            else_by_name: None,
            read: |path, reader| read(path, &whole(reader)?),
            samples,
        },
        ServiceFile {
            name: "Daily activity metrics/….csv",
            is: |head| head.headings().is_some_and(|known| known.hold(&["Move Minutes count"])),
            else_by_name: None,
            read: |_, _| not_used("sums of days, no sessions"),
            samples: || {
                vec![(
                    "Takeout/Fit/Daily activity metrics/2026-03-01.csv",
                    "Start time,End time,Move Minutes count\n00:00,00:15,9\n".into(),
                )]
            },
        },
    ],
    reads: "sessions: distance and times",
    how_to_export: "takeout.google.com, Fit",
    totals_are_the_devices: true,
    shorter_means_cropped: false,
};

/// Bytes of a start in a file's name, to the second.
const CLOCK_BYTES: usize = 19;

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let run = r#"{"fitnessActivity":"running.treadmill","startTime":"2026-03-01T07:00:00.686Z",
        "endTime":"2026-03-01T07:30:10Z","duration":"1800.186s","segment":[{"fitnessActivity":"running"}],
        "aggregate":[{"metricName":"com.google.step_count.delta","intValue":4500},
        {"metricName":"com.google.distance.delta","floatValue":5001.5}]}"#;
    vec![("Takeout/Fit/All Sessions/2026-03-01T08_00_00.686+01_00_RUNNING_TREADMILL.json", run.into())]
}

/// A session.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Session {
    fitness_activity: Scalar,
    start_time: Scalar,
    end_time: Scalar,
    /// Seconds with an `s` behind.
    duration: Scalar,
    aggregate: Option<Vec<Metric>>,
}

/// A sum over the session.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Metric {
    metric_name: Scalar,
    float_value: Scalar,
}

fn read(path: &str, bytes: &[u8]) -> Result<Part, IndexError> {
    let session: Session = json::read(&json::text(bytes))?;
    let is_asleep_or_carried = session.fitness_activity.text().is_some_and(|word| {
        let kind = word.split('.').next().unwrap_or_default();
        matches!(kind, "sleep" | "still" | "in_vehicle" | "exiting_vehicle" | "tilting")
    });
    if is_asleep_or_carried {
        return Ok(Part::default());
    }
    Ok(Rows::of(GOOGLE_FIT.name, [session.row(path)]).into())
}

impl Session {
    fn row(&self, path: &str) -> Option<Row> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let unix_ms = self.start_time.text().as_deref().and_then(utc_ms)?;
        let span_s = elapsed_s(unix_ms, self.end_time.text().as_deref().and_then(utc_ms));
        let duration = self.duration.text().and_then(|text| text.trim_end_matches('s').parse::<f64>().ok());
        let is_distance =
            |metric: &&Metric| metric.metric_name.text().as_deref() == Some("com.google.distance.delta");
        let distance = self.aggregate.iter().flatten().find(is_distance);
        // `running.treadmill` is a treadmill
        let word = self.fitness_activity.text().unwrap_or_else(|| "other".to_owned());
        let (kind, finer) = word.split_once('.').unwrap_or((&word, ""));
        let (sport, of_kind) = words::sport(kind);
        let (_, of_finer) = words::sport(finer);
        let stamp = stamp(name);
        Some(Row {
            tracks: stamp.map(|(begin, _)| Tracks { begin: begin.to_owned(), hold_more: true }),
            start: Some(moment(unix_ms, stamp.and_then(|(_, offset)| offset_s(offset)))),
            sport: Some(sport),
            sub_sport: of_finer.or(of_kind),
            totals: Totals {
                distance_m: distance.and_then(|metric| metric.float_value.amount()),
                timer_time_s: duration.filter(|s| *s > 0.0 && *s <= 1e8).or(span_s),
                elapsed_time_s: span_s,
                ..Totals::default()
            },
            ..Row::default()
        })
    }
}

/// `2026-03-01T08_00_00.686+01_00_` of a file's name, and the offset in it.
fn stamp(name: &str) -> Option<(&str, &str)> {
    let after_clock = name.get(CLOCK_BYTES..)?;
    let sign = CLOCK_BYTES + after_clock.find(['+', '-', 'Z'])?;
    let length = if name[sign..].starts_with('Z') { 1 } else { "+01_00".len() };
    let end = sign + length;
    let offset = name.get(sign..end)?;
    (name.get(end..)?.starts_with('_')).then_some((&name[..=end], offset))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_gives_the_moment_the_offset_of_its_name_and_metres() {
        let (path, bytes) = &samples()[0];
        let row = read(path, bytes).unwrap().rows.rows.remove(0);
        assert_eq!(row.start, Some(moment(1_772_348_400_686, Some(3_600))));
        assert_eq!((row.totals.distance_m, row.totals.timer_time_s), (Some(5_001.5), Some(1_800.186)));
        assert_eq!((row.sport.unwrap().as_str(), row.sub_sport.as_deref()), ("running", Some("treadmill")));
        assert_eq!(row.tracks.unwrap().begin, "2026-03-01T08_00_00.686+01_00_");
    }

    #[test]
    fn sleep_is_no_activity_and_a_renamed_file_has_no_offset() {
        assert_eq!(
            read("a.json", br#"{"fitnessActivity":"sleep","startTime":"2026-03-01T07:00:00Z"}"#),
            Ok(Part::default())
        );
        assert_eq!(stamp("session.json"), None);
        assert_eq!(stamp("2026-03-01T08_00_00Z_WALKING.json"), Some(("2026-03-01T08_00_00Z_", "Z")));
        assert_eq!((stamp("2026-03-01T08_00_00.686+é"), stamp("")), (None, None));
    }
}
