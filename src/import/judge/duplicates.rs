//! The same run twice: two activities that overlap in time by more than half of the shorter one, or one run saved
//! again at another hour.

use std::{cmp::Reverse, ops::Range};

use chrono::{DateTime, FixedOffset};

use crate::{
    activity::{Activity, DistanceSource},
    import::judge::{Assessed, refuse_the_impossible},
};

/// A run saved again keeps its seconds: the hours differ by whole steps of time zones.
const ZONE_STEP_MS: i64 = 15 * 60_000;
/// From one end of the world to the other.
const MOST_ZONE_DIFFERENCE_MS: i64 = 14 * 3_600_000;

/// An activity that does not count because another one is the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Duplicate {
    /// The activity left out.
    pub activity: Activity,
    /// The file whose activity counts instead.
    pub of: String,
    /// The start of that activity: a file may hold several.
    pub of_start: DateTime<FixedOffset>,
    /// Why the other one is kept.
    pub because: String,
}

/// Splits activities into those that count and those that are told already, both by start, then file.
pub fn set_apart(activities: Vec<Assessed>) -> (Vec<Activity>, Vec<Duplicate>) {
    let mut order: Vec<usize> = (0..activities.len()).collect();
    order.sort_by_key(|&i| by_start(&activities[i]));
    let sorted: Vec<&Assessed> = order.iter().map(|&i| &activities[i]).collect();
    let mut told: Vec<Option<Told>> = sorted.iter().map(|_| None).collect();
    clusters(&sorted).into_iter().for_each(|cluster| keep_the_richest(cluster, &sorted, &mut told));
    find_saved_again(&sorted, &mut told);

    // an activity is large: each is moved once, when everything is decided
    let mut activities: Vec<Option<Assessed>> = activities.into_iter().map(Some).collect();
    let (mut kept, mut duplicates) = (Vec::with_capacity(order.len()), Vec::new());
    for (position, told) in order.into_iter().zip(told) {
        let Some(Assessed { activity, .. }) = activities[position].take() else { continue };
        match told {
            None => kept.push(activity),
            Some(Told { of, of_start, because }) => {
                duplicates.push(Duplicate { activity, of, of_start, because });
            }
        }
    }
    (kept, duplicates)
}

/// By which other activity one is told already.
struct Told {
    of: String,
    of_start: DateTime<FixedOffset>,
    because: String,
}

impl Told {
    fn by(winner: &Assessed, because: String) -> Self {
        let Activity { file, start, .. } = &winner.activity;
        Self { of: file.clone(), of_start: *start, because }
    }
}

/// By start, then file.
fn by_start(assessed: &Assessed) -> (i64, &str) {
    (start_ms(assessed), &assessed.activity.file)
}

/// Groups activities whose times touch, directly or through others.
fn clusters(sorted: &[&Assessed]) -> Vec<Range<usize>> {
    let mut clusters: Vec<Range<usize>> = Vec::new();
    let mut latest_end_ms = i64::MIN;
    for (at, activity) in sorted.iter().enumerate() {
        // two without any duration may be the same
        let touches =
            |before: &&Assessed| start_ms(activity) < latest_end_ms || start_ms(before) == start_ms(activity);
        match clusters.last_mut() {
            Some(cluster) if touches(&sorted[at - 1]) => cluster.end = at + 1,
            _ => clusters.push(at..at + 1),
        }
        latest_end_ms = latest_end_ms.max(activity.end_unix_ms);
    }
    clusters
}

/// Tells of each in a cluster whether a richer one has the same time.
fn keep_the_richest(cluster: Range<usize>, sorted: &[&Assessed], told: &mut [Option<Told>]) {
    if cluster.len() == 1 {
        return;
    }
    let mut candidates: Vec<usize> = cluster.collect();
    candidates.sort_by_key(|&candidate| Reverse(richness(&sorted[candidate].activity)));
    let mut winners: Vec<&Assessed> = Vec::new();
    for candidate in candidates {
        let activity = sorted[candidate];
        match winners.iter().find(|winner| overlap_by_half(winner, activity)) {
            Some(winner) => {
                let because = because(&winner.activity, &activity.activity);
                told[candidate] = Some(Told::by(winner, format!("same time; {because}")));
            }
            None => winners.push(activity),
        }
    }
}

/// Tells of runs that are saved again at another hour; the richer one is kept, else the first.
fn find_saved_again(sorted: &[&Assessed], told: &mut [Option<Told>]) {
    let kept: Vec<usize> = (0..sorted.len()).filter(|&i| told[i].is_none()).collect();
    for (count, &later) in kept.iter().enumerate() {
        let near = kept[..count].iter().rev().take_while(|&&earlier| {
            start_ms(sorted[later]) - start_ms(sorted[earlier]) <= MOST_ZONE_DIFFERENCE_MS
        });
        for &earlier in near {
            if told[earlier].is_none() && is_saved_again(sorted[earlier], sorted[later]) {
                let later_is_richer = richness(&sorted[later].activity) > richness(&sorted[earlier].activity);
                let (winner, loser) = if later_is_richer { (later, earlier) } else { (earlier, later) };
                told[loser] = Some(Told::by(sorted[winner], saved_again(sorted[winner], sorted[loser])));
                break;
            }
        }
    }
}

fn saved_again(kept: &Assessed, left_out: &Assessed) -> String {
    let hours = (start_ms(kept) - start_ms(left_out)).abs() as f64 / 3.6e6;
    format!("the same track saved {hours} h apart; {}", because(&kept.activity, &left_out.activity))
}

fn start_ms(assessed: &Assessed) -> i64 {
    assessed.activity.start.timestamp_millis()
}

/// Whether two activities at different hours are one run, saved twice: equal totals never suffice.
fn is_saved_again(a: &Assessed, b: &Assessed) -> bool {
    let apart_ms = (start_ms(a) - start_ms(b)).abs();
    let to_step_ms = apart_ms.rem_euclid(ZONE_STEP_MS);
    let whole_steps = to_step_ms.min(ZONE_STEP_MS - to_step_ms) <= 1_000;
    apart_ms >= ZONE_STEP_MS - 1_000 && whole_steps && a.fingerprint.agrees_with(&b.fingerprint)
}

/// What decides which one is kept: a speed that can be, the device's distance, heart rate, the richer format.
fn richness(activity: &Activity) -> impl Ord + use<> {
    (
        refuse_the_impossible(activity).is_ok(),
        has_device_distance(activity),
        activity.average_heart_rate_bpm.is_some(),
        activity.format,
    )
}

/// Whether two activities overlap by more than half of the shorter one.
fn overlap_by_half(a: &Assessed, b: &Assessed) -> bool {
    let (start_a, start_b) = (a.activity.start.timestamp_millis(), b.activity.start.timestamp_millis());
    let overlap_ms = a.end_unix_ms.min(b.end_unix_ms) - start_a.max(start_b);
    let shorter_ms = (a.end_unix_ms - start_a).min(b.end_unix_ms - start_b);
    let same_moment = shorter_ms <= 0 && start_a == start_b;
    same_moment || (overlap_ms > 0 && 2 * overlap_ms > shorter_ms)
}

/// The device's own distance, in the file or in the index of the phone's export.
fn has_device_distance(activity: &Activity) -> bool {
    activity.distance_source.is_some_and(|source| source.is_device() || source == DistanceSource::Index)
}

fn because(kept: &Activity, left_out: &Activity) -> String {
    if kept.file == left_out.file {
        return "the file holds it twice".to_owned();
    }
    let reason = if has_device_distance(kept) && !has_device_distance(left_out) {
        "has the device's own distance"
    } else if kept.average_heart_rate_bpm.is_some() && left_out.average_heart_rate_bpm.is_none() {
        "has heart rate"
    } else if kept.format > left_out.format {
        "is the richer format"
    } else {
        "comes first"
    };
    format!("`{}` {reason}", kept.file)
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::{
        activity::{Format, Position, Sport, TrackPoint},
        import::track::fingerprint::Fingerprint,
    };

    fn run(file: &str, start_minute: i64, minutes: i64) -> Assessed {
        let start = DateTime::parse_from_rfc3339("2026-03-01T08:00:00+01:00").unwrap();
        let start = start + Duration::minutes(start_minute);
        let activity = Activity {
            distance_m: Some(5_000.0),
            distance_source: Some(DistanceSource::Track),
            elapsed_time_s: Some(60.0 * minutes as f64),
            ..Activity::new(file, Format::Gpx, Sport::running(), start)
        };
        let end_unix_ms = (start + Duration::minutes(minutes)).timestamp_millis();
        Assessed { activity, end_unix_ms, fingerprint: Fingerprint::default() }
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
    fn a_file_that_holds_a_run_twice_says_so() {
        let (_, duplicates) = set_apart(vec![run("a.fit", 0, 30), run("a.fit", 0, 30)]);
        assert_eq!(duplicates[0].because, "same time; the file holds it twice");
    }

    #[test]
    fn many_activities_in_a_row_are_compared_with_their_neighbours_only() {
        let activities = (0..2_000).map(|i| run(&format!("{i:05}"), 40 * i, 30)).collect();
        let (kept, dropped) = kept_and_dropped(activities);
        assert_eq!((kept.len(), dropped.len()), (2_000, 0));
    }

    /// Half an hour northward, a point every ten seconds.
    fn with_track(mut run: Assessed, start_latitude_deg: f64) -> Assessed {
        let start_ms = start_ms(&run);
        let point = |i: i64| TrackPoint {
            time_unix_ms: start_ms + 10_000 * i,
            position: Some(Position {
                latitude_deg: start_latitude_deg + 0.000_27 * i as f64,
                longitude_deg: 7.0,
            }),
            altitude_m: None,
            distance_m: None,
            heart_rate_bpm: None,
            cadence_raw: None,
        };
        run.fingerprint = Fingerprint::of(&[(0..180).map(point).collect()]);
        run
    }

    #[test]
    fn a_run_saved_again_two_hours_later_counts_once_and_the_pair_is_named() {
        let again = with_track(run("again.gpx", 120, 30), 54.0);
        let (kept, duplicates) = set_apart(vec![with_track(run("first.gpx", 0, 30), 54.0), again]);
        assert_eq!(kept[0].file, "first.gpx");
        assert_eq!((kept.len(), duplicates[0].of.as_str()), (1, "first.gpx"));
        assert_eq!(duplicates[0].because, "the same track saved 2 h apart; `first.gpx` comes first");
    }

    #[test]
    fn the_same_loop_again_at_other_places_or_an_odd_time_is_another_run() {
        let first = || with_track(run("first", 0, 30), 54.0);
        let kept = |second| set_apart(vec![first(), second]).0.len();
        assert_eq!(kept(with_track(run("b", 120, 30), 54.000_1)), 2, "some metres beside");
        assert_eq!(kept(with_track(run("b", 121, 30), 54.0)), 2, "no whole quarter of an hour later");
        assert_eq!(kept(with_track(run("b", 14 * 60, 30), 54.0)), 1, "14 hours are the most");
        assert_eq!(kept(with_track(run("b", 14 * 60 + 15, 30), 54.0)), 2);
        assert_eq!(kept(run("b", 120, 30)), 2, "without a track nothing tells");
    }

    #[test]
    fn the_same_moment_without_any_duration_counts_once() {
        let (kept, dropped) = kept_and_dropped(vec![run("a", 0, 0), run("b", 0, 0), run("c", 1, 0)]);
        assert_eq!((kept.len(), dropped.len()), (2, 1));
    }
}
