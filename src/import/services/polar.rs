//! Polar Flow: `training-session-….json` of an account's export, a file for each session.
//!
//! The start is the clock on the wall, the offset stands apart in minutes. Until about 2020 with other names
//! (`distance`, `duration` as `PT3000.500S`, the sport as a word in `exercises`). Of several exercises each is an activity:
//! the legs of a triathlon. Samples hold a bare `NaN`, which is no JSON; they are passed over. Known from the types of two
//! public readers for each layout; no real file was at hand. Plans (`training-target-…`) are no activities.

use serde::Deserialize;

use super::{
    json::{self, Scalar, utc_offset_s},
    moments::{moment, utc_ms, wall_clock},
    part::{IndexError, Part, Row, Rows, Start},
    service::{Head, Service, ServiceFile, not_used, whole},
    spans::elapsed_s,
};
use crate::{
    activity::{Sport, Totals},
    import::words,
};

/// The row of [`SERVICES`](super::SERVICES).
pub static POLAR_FLOW: Service = Service {
    name: "Polar Flow",
    files: &[
        ServiceFile {
            name: "training-session….json",
            is: is_session,
            else_by_name: None,
            read: |_, reader| read(&whole(reader)?),
            samples,
        },
        ServiceFile {
            name: "activity-….json, training-target-….json, account-….json",
            is: |head| head.is_json_with(&["exportVersion"]),
            else_by_name: None,
            read: |_, _| not_used("days, plans and settings, no training sessions"),
            samples: || {
                let file = r#"{"exportVersion":"1.0","startTime":"2026-03-01T18:00:00","exercises":[{"sport":"RUNNING"}]}"#;
                vec![("training-target-2026-03-01-1.json", file.into())]
            },
        },
    ],
    reads: "training sessions: distance, times, climb, heart rate",
    how_to_export: "account.polar.com, Download your data",
    totals_are_the_devices: true,
    shorter_means_cropped: false,
};

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let now = r#"{"exportVersion":"1.0","name":"x","startTime":"2026-03-01T08:00:00","stopTime":"2026-03-01T08:31:00",
        "timezoneOffsetMinutes":60,"durationMillis":1800500,"distanceMeters":5010.0,"hrAvg":151,"hrMax":170,
        "sport":{"id":"17"},"exercises":[{"startTime":"2026-03-01T08:00:00","ascentMeters":41.0,"descentMeters":0,
        "sport":{"id":"17"},"samples":{"samples":[{"type":"HEART_RATE","values":[NaN,120.0]}]}}]}"#;
    let legs = r#"{"exportVersion":"1.0","startTime":"2026-03-02T08:00:00","stopTime":"2026-03-02T10:00:00",
        "timezoneOffsetMinutes":60,"durationMillis":7200000,"distanceMeters":45000,"sport":{"id":"2"},"exercises":[
        {"startTime":"2026-03-02T08:00:00","durationMillis":5400000,"distanceMeters":40000,"sport":{"id":"2"}},
        {"startTime":"2026-03-02T09:30:00","durationMillis":1800000,"distanceMeters":5000,"sport":{"id":"1"}}]}"#;
    let until_2020 = r#"{"exportVersion":"1.3","name":"Running","startTime":"2017-03-05T09:10:00.000",
        "stopTime":"2017-03-05T10:00:30.000","timezoneOffset":-180,"distance":9050.0,"duration":"PT50M0.500S",
        "maximumHeartRate":171,"averageHeartRate":150,"exercises":[{"sport":"TRAIL_RUNNING",
        "heartRate":{"min":88,"avg":149,"max":172}}]}"#;
    vec![
        ("polar-user-data-export/training-session-2026-03-01-1.json", now.into()),
        ("polar-user-data-export/training-session-2026-03-02-2.json", legs.into()),
        ("polar-user-data-export/training-session-2017-03-05-3.json", until_2020.into()),
    ]
}

/// A session took some time; a plan has none yet.
fn is_session(head: &Head<'_>) -> bool {
    let any = |keys: &[&str]| keys.iter().any(|key| head.is_json_with(&[key]));
    let is_named = head.is_json() && head.base_name().starts_with("training-session");
    is_named
        || (head.is_json_with(&["startTime"])
            && any(&["stopTime", "durationMillis"])
            && any(&["timezoneOffsetMinutes", "timezoneOffset", "exportVersion"]))
}

/// A session in either layout, or one of its exercises.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Session {
    /// The clock on the wall, as the end.
    start_time: Scalar,
    stop_time: Scalar,
    /// Local time minus UTC in minutes.
    timezone_offset_minutes: Scalar,
    timezone_offset: Scalar,
    duration_millis: Scalar,
    /// `PT3000.500S`.
    duration: Scalar,
    /// Metres.
    distance_meters: Scalar,
    distance: Scalar,
    ascent_meters: Scalar,
    descent_meters: Scalar,
    hr_avg: Scalar,
    hr_max: Scalar,
    average_heart_rate: Scalar,
    maximum_heart_rate: Scalar,
    heart_rate: HeartRate,
    sport: Said,
    exercises: Option<Vec<Session>>,
}

/// The heart rate of an exercise in the old layout.
#[derive(Default, Deserialize)]
#[serde(default)]
struct HeartRate {
    avg: Scalar,
    max: Scalar,
}

/// A sport by its number or by its word.
#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    Number {
        #[serde(default)]
        id: Scalar,
    },
    Word(Scalar),
}

impl Default for Said {
    fn default() -> Self {
        Self::Word(Scalar::Missing)
    }
}

fn read(bytes: &[u8]) -> Result<Part, IndexError> {
    let (sessions, damage) = json::list::<Session>(&json::text(bytes))?;
    let rows = sessions.into_iter().flat_map(Session::rows);
    let mut rows = Rows::of(POLAR_FLOW.name, rows);
    rows.notices.extend(damage);
    Ok(rows.into())
}

impl Session {
    /// Its activity, or those of its legs; `None` for one without a usable date.
    fn rows(mut self) -> Vec<Option<Row>> {
        let exercises = self.exercises.take().unwrap_or_default();
        let offset = self.utc_offset_s();
        if exercises.len() > 1 {
            let legs: Vec<Option<Row>> = exercises.iter().map(|leg| leg.row(offset, None)).collect();
            if legs.iter().flatten().all(|leg| says_something(&leg.totals))
                && legs.iter().all(Option::is_some)
            {
                return legs;
            }
        }
        vec![self.row(offset, exercises.first())]
    }

    /// `exercise` knows what the session does not.
    fn row(&self, of_session: Option<i32>, exercise: Option<&Self>) -> Option<Row> {
        let utc_offset_s = self.utc_offset_s().or(of_session).or(exercise.and_then(Self::utc_offset_s));
        let start = self.start_time.text().or_else(|| exercise?.start_time.text())?;
        let totals = self.totals();
        let totals = exercise.map_or(totals.clone(), |exercise| totals.or(&exercise.totals()));
        let said = self.sport.known().or_else(|| exercise?.sport.known());
        let (sport, sub_sport) = said.unwrap_or_else(|| (Sport::known("other"), None));
        Some(Row {
            start: Some(start_of(&start, utc_offset_s)?),
            sport: Some(sport),
            sub_sport,
            totals,
            ..Row::default()
        })
    }

    fn utc_offset_s(&self) -> Option<i32> {
        let minutes = self.timezone_offset_minutes.number().or(self.timezone_offset.number());
        minutes.and_then(|minutes| utc_offset_s(60.0 * minutes))
    }

    fn totals(&self) -> Totals {
        let clock_ms = |text: &Scalar| text.text().as_deref().and_then(utc_ms);
        let elapsed_s =
            clock_ms(&self.start_time).and_then(|start| elapsed_s(start, clock_ms(&self.stop_time)));
        let duration_s = self.duration.text().as_deref().and_then(iso_duration_s);
        let climb_is_known = self.ascent_meters.amount().or(self.descent_meters.amount()).is_some();
        let climb = |meters: &Scalar| meters.number().filter(|m| climb_is_known && (0.0..1e6).contains(m));
        let beats = |of: [&Scalar; 3]| of.into_iter().find_map(Scalar::heart_rate_bpm);
        Totals {
            distance_m: self.distance_meters.amount().or(self.distance.amount()),
            timer_time_s: self.duration_millis.amount().map(|ms| ms / 1_000.0).or(duration_s).or(elapsed_s),
            elapsed_time_s: elapsed_s,
            ascent_m: climb(&self.ascent_meters),
            descent_m: climb(&self.descent_meters),
            average_heart_rate_bpm: beats([&self.hr_avg, &self.average_heart_rate, &self.heart_rate.avg]),
            max_heart_rate_bpm: beats([&self.hr_max, &self.maximum_heart_rate, &self.heart_rate.max]),
            ..Totals::default()
        }
    }
}

fn says_something(totals: &Totals) -> bool {
    totals.distance_m.or(totals.timer_time_s).is_some()
}

/// The moment of a clock on the wall with its offset; a text that states an offset itself needs no other.
fn start_of(text: &str, utc_offset_s: Option<i32>) -> Option<Start> {
    match (wall_clock(text), utc_offset_s) {
        (Some(clock), Some(offset_s)) => {
            Some(moment(clock.and_utc().timestamp_millis() - 1_000 * i64::from(offset_s), utc_offset_s))
        }
        (Some(clock), None) => Some(Start::Local(clock)),
        (None, _) => Some(moment(utc_ms(text)?, utc_offset_s)),
    }
}

/// Seconds of `PT3000.500S`, `PT1H2M3S`; none of 0.
fn iso_duration_s(text: &str) -> Option<f64> {
    let mut rest = text.trim().strip_prefix("PT")?;
    let mut total_s = 0.0;
    while !rest.is_empty() {
        let unit = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let number: f64 =
            rest[..unit].replace(',', ".").parse().ok().filter(|number| (0.0..1e8).contains(number))?;
        total_s += number
            * match rest.as_bytes().get(unit)? {
                b'H' => 3_600.0,
                b'M' => 60.0,
                b'S' => 1.0,
                _ => return None,
            };
        rest = &rest[unit + 1..];
    }
    Some(total_s).filter(|s| *s > 0.0 && *s <= 1e8)
}

impl Said {
    /// The sport and the finer kind; `None` where none is said.
    fn known(&self) -> Option<(Sport, Option<String>)> {
        match self {
            Self::Word(said) | Self::Number { id: said } => {
                said.text().map(|text| match text.parse::<u32>() {
                    Ok(number) => of_number(number),
                    Err(_) => words::sport(&text),
                })
            }
        }
    }
}

fn of_number(number: u32) -> (Sport, Option<String>) {
    let (sport, kind) = match number {
        1 | 4 => ("running", None),
        17 => ("running", Some("treadmill")),
        19 => ("running", Some("street")),
        27 => ("running", Some("trail")),
        3 => ("walking", None),
        9 => ("nordic_walking", None),
        11 => ("hiking", None),
        2 => ("cycling", None),
        5 => ("cycling", Some("mountain")),
        18 => ("cycling", Some("indoor_cycling")),
        38 => ("cycling", Some("road")),
        23 => ("swimming", None),
        number => return (Sport::new(&format!("polar_{number}")), None),
    };
    (Sport::known(sport), kind.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_sample(number: usize) -> Vec<Row> {
        read(&samples()[number].1).unwrap().rows.rows
    }

    #[test]
    fn the_clock_on_the_wall_and_the_offset_give_the_moment() {
        let rows = of_sample(0);
        assert_eq!(rows[0].start, Some(moment(1_772_348_400_000, Some(3_600))));
        assert_eq!(
            (rows[0].sport.as_ref(), rows[0].sub_sport.as_deref()),
            (Some(&Sport::running()), Some("treadmill"))
        );
        let totals = &rows[0].totals;
        assert_eq!((totals.distance_m, totals.timer_time_s), (Some(5_010.0), Some(1_800.5)));
        assert_eq!((totals.elapsed_time_s, totals.ascent_m), (Some(1_860.0), Some(41.0)));
        assert_eq!((totals.average_heart_rate_bpm, totals.max_heart_rate_bpm), (Some(151.0), Some(170.0)));
        let none = read(br#"{"startTime":"2026-03-01T08:00:00","durationMillis":60000}"#).unwrap().rows.rows;
        assert_eq!(none[0].start, Some(Start::Local("2026-03-01T08:00:00".parse().unwrap())));
    }

    #[test]
    fn the_legs_of_a_triathlon_are_the_activities() {
        let rows = of_sample(1);
        let legs: Vec<_> =
            rows.iter().map(|row| (row.sport.clone().unwrap(), row.totals.distance_m)).collect();
        assert_eq!(legs, [(Sport::known("cycling"), Some(40_000.0)), (Sport::running(), Some(5_000.0))]);
        assert_eq!(rows[1].start, Some(moment(1_772_440_200_000, Some(3_600))));
    }

    #[test]
    fn the_old_layout_says_the_same_with_other_names() {
        let rows = of_sample(2);
        assert_eq!(rows[0].start.unwrap().utc_offset_s(), Some(-10_800));
        assert_eq!(
            (rows[0].sport.as_ref(), rows[0].sub_sport.as_deref()),
            (Some(&Sport::running()), Some("trail"))
        );
        assert_eq!((rows[0].totals.distance_m, rows[0].totals.timer_time_s), (Some(9_050.0), Some(3_000.5)));
        assert_eq!(rows[0].totals.average_heart_rate_bpm, Some(150.0));
    }

    #[test]
    fn durations_are_read_to_the_fraction() {
        assert_eq!(
            ["PT3000.500S", "PT1H2M3S", "PT30M", "PT0S", "3000", "PT5X", "PT-1S", "PTS"].map(iso_duration_s),
            [Some(3_000.5), Some(3_723.0), Some(1_800.0), None, None, None, None, None]
        );
    }
}
