//! The same run twice: two activities that overlap in time by more than half of the shorter one.

use super::assess::Assessed;
use crate::activity::{Activity, DistanceSource};

/// An activity that does not count because another one is the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Duplicate {
    /// The activity left out.
    pub activity: Activity,
    /// The file whose activity counts instead.
    pub of: String,
    /// Why the other one is kept.
    pub because: String,
}

/// Splits activities into those that count and those that are told already, both by start, then file.
pub fn set_apart(mut activities: Vec<Assessed>) -> (Vec<Activity>, Vec<Duplicate>) {
    activities.sort_by(|a, b| order(&a.activity).cmp(&order(&b.activity)));
    let (mut kept, mut duplicates) = (Vec::new(), Vec::new());
    for cluster in clusters(activities) {
        keep_the_richest(cluster, &mut kept, &mut duplicates);
    }
    kept.sort_by(|a, b| order(a).cmp(&order(b)));
    duplicates.sort_by(|a, b| order(&a.activity).cmp(&order(&b.activity)));
    (kept, duplicates)
}

/// By start, then file.
fn order(activity: &Activity) -> (i64, &str) {
    (activity.start.timestamp_millis(), &activity.file)
}

/// Groups activities (sorted by start) whose times touch, directly or through others.
fn clusters(activities: Vec<Assessed>) -> Vec<Vec<Assessed>> {
    let mut clusters: Vec<Vec<Assessed>> = Vec::new();
    let mut latest_end = i64::MIN;
    for activity in activities {
        let start = activity.activity.start.timestamp_millis();
        match clusters.last_mut() {
            Some(cluster) if start < latest_end => cluster.push(activity),
            _ => clusters.push(vec![activity]),
        }
        latest_end =
            latest_end.max(clusters.last().and_then(|c| c.last()).map_or(i64::MIN, |a| a.end_unix_ms));
    }
    clusters
}

fn keep_the_richest(mut cluster: Vec<Assessed>, kept: &mut Vec<Activity>, duplicates: &mut Vec<Duplicate>) {
    cluster.sort_by_key(|candidate| std::cmp::Reverse(richness(&candidate.activity)));
    let mut winners: Vec<Assessed> = Vec::new();
    for candidate in cluster {
        match winners.iter().find(|winner| overlap_by_half(winner, &candidate)) {
            Some(winner) => duplicates.push(Duplicate {
                of: winner.activity.file.clone(),
                because: because(&winner.activity, &candidate.activity),
                activity: candidate.activity,
            }),
            None => winners.push(candidate),
        }
    }
    kept.extend(winners.into_iter().map(|winner| winner.activity));
}

/// What decides which one is kept: the device's distance, heart rate, the richer format.
fn richness(activity: &Activity) -> impl Ord + use<> {
    (
        matches!(activity.distance_source, Some(DistanceSource::Session | DistanceSource::Records)),
        activity.average_heart_rate_bpm.is_some(),
        activity.format,
    )
}

/// Whether two activities overlap by more than half of the shorter one.
fn overlap_by_half(a: &Assessed, b: &Assessed) -> bool {
    let (start_a, start_b) = (a.activity.start.timestamp_millis(), b.activity.start.timestamp_millis());
    let overlap_ms = a.end_unix_ms.min(b.end_unix_ms) - start_a.max(start_b);
    let shorter_ms = (a.end_unix_ms - start_a).min(b.end_unix_ms - start_b);
    overlap_ms > 0 && 2 * overlap_ms > shorter_ms
}

fn because(kept: &Activity, left_out: &Activity) -> String {
    let device_distance =
        |a: &Activity| matches!(a.distance_source, Some(DistanceSource::Session | DistanceSource::Records));
    let reason = if device_distance(kept) && !device_distance(left_out) {
        "has the device's own distance"
    } else if kept.average_heart_rate_bpm.is_some() && left_out.average_heart_rate_bpm.is_none() {
        "has heart rate"
    } else if kept.format > left_out.format {
        "is the richer format"
    } else {
        "comes first"
    };
    format!("same time; `{}` {reason}", kept.file)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration};

    use super::*;
    use crate::activity::{Format, Sport};

    fn run(file: &str, start_minute: i64, minutes: i64) -> Assessed {
        let start = DateTime::parse_from_rfc3339("2026-03-01T08:00:00+01:00").unwrap();
        let start = start + Duration::minutes(start_minute);
        let activity = Activity {
            id: String::new(),
            file: file.to_owned(),
            format: Format::Gpx,
            sport: Sport::running(),
            sub_sport: None,
            start,
            distance_m: Some(5_000.0),
            distance_source: Some(DistanceSource::Track),
            timer_time_s: None,
            moving_time_s: None,
            elapsed_time_s: Some(60.0 * minutes as f64),
            ascent_m: None,
            descent_m: None,
            average_heart_rate_bpm: None,
            max_heart_rate_bpm: None,
            average_cadence_spm: None,
            training_load: None,
            device: None,
            notes: Vec::new(),
        };
        Assessed { activity, end_unix_ms: (start + Duration::minutes(minutes)).timestamp_millis() }
    }

    fn kept_and_dropped(activities: Vec<Assessed>) -> (Vec<String>, Vec<(String, String)>) {
        let (kept, duplicates) = set_apart(activities);
        let dropped = duplicates.into_iter().map(|d| (d.activity.file, d.of)).collect();
        (kept.into_iter().map(|a| a.file).collect(), dropped)
    }

    #[test]
    fn an_overlap_of_half_the_shorter_one_is_two_runs_and_a_minute_more_is_one() {
        let (kept, dropped) = kept_and_dropped(vec![run("a", 0, 60), run("b", 45, 30)]);
        assert_eq!((kept.len(), dropped.len()), (2, 0));
        let (kept, dropped) = kept_and_dropped(vec![run("a", 0, 60), run("b", 44, 30)]);
        assert_eq!((kept, dropped), (vec!["a".to_owned()], vec![("b".to_owned(), "a".to_owned())]));
    }

    #[test]
    fn two_runs_a_day_on_the_same_loop_are_two_runs() {
        let (kept, dropped) = kept_and_dropped(vec![run("a", 0, 30), run("b", 30, 30)]);
        assert_eq!((kept.len(), dropped.len()), (2, 0));
    }

    #[test]
    fn the_one_with_device_distance_then_heart_rate_then_fit_is_kept() {
        let plain = run("plain.gpx", 0, 30);
        let mut fit = run("z.fit", 0, 30);
        fit.activity.format = Format::Fit;
        let mut heart = run("heart.gpx", 0, 30);
        heart.activity.average_heart_rate_bpm = Some(150.0);
        let mut device = run("device.gpx", 0, 30);
        device.activity.distance_source = Some(DistanceSource::Session);
        let kept = |list: &[&Assessed]| kept_and_dropped(list.iter().map(|a| (*a).clone()).collect()).0;
        assert_eq!(kept(&[&plain, &fit]), ["z.fit"]);
        assert_eq!(kept(&[&plain, &fit, &heart]), ["heart.gpx"]);
        assert_eq!(kept(&[&plain, &fit, &heart, &device]), ["device.gpx"]);
    }

    #[test]
    fn the_reason_names_the_file_that_counts() {
        let mut fit = run("b.fit", 0, 30);
        fit.activity.format = Format::Fit;
        let (_, duplicates) = set_apart(vec![run("a.gpx", 0, 30), fit]);
        assert_eq!(duplicates[0].because, "same time; `b.fit` is the richer format");
    }

    #[test]
    fn many_activities_in_a_row_are_compared_with_their_neighbours_only() {
        let activities = (0..2_000).map(|i| run(&format!("{i:05}"), 40 * i, 30)).collect();
        let (kept, dropped) = kept_and_dropped(activities);
        assert_eq!((kept.len(), dropped.len()), (2_000, 0));
    }
}
