//! The same run twice: two recordings of the same time, or one run saved again at another hour.
//!
//! - F1: two activities are the same if they overlap, in the time that they occupy, by more than half of the shorter one.
//! - F2: the one that covers clearly more stays (over 10 % and 5 minutes), also against several parts together; else the
//!   richer one: a distance, the device's distance, heart rate, FIT before TCX before GPX; of two rows of an index the
//!   longer one. Its heart rate may come from
//!   the one left out.
//! - F3: a run never gives way to another sport or to an unknown one, nor the other way round, unless both tracks were at
//!   the same places. Typed rows are no device.
//! - F4: sessions of one file with different starts are no duplicates; one that holds two others goes, not its parts.
//! - Two runs at one time, a kilometre apart all the while, are those of two people: both stay, with a note.

use std::{cmp::Reverse, collections::HashMap, ops::Range};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::{
    activity::{Activity, DistanceSource, Format, Note, moment},
    import::{
        judge::{assessed::Assessed, impossible::refuse_the_impossible},
        track::fingerprint::Company,
    },
};

/// A run saved again keeps its seconds: the hours differ by whole steps of time zones.
const ZONE_STEP_MS: i64 = 15 * 60_000;
/// From one end of the world to the other.
const MOST_ZONE_DIFFERENCE_MS: i64 = 14 * 3_600_000;
/// One recording covers clearly more than another if it is longer by this share …
const CLEARLY_MORE: f64 = 1.1;
/// … and by this time.
const CLEARLY_MORE_MS: i64 = 5 * 60_000;
/// Heart rates of this share of a run serve for all of it.
const MOST_OF_IT: f64 = 0.8;

/// An activity that does not count because another one is the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Duplicate {
    /// The activity left out.
    pub activity: Activity,
    /// The file whose activity counts instead.
    pub of: String,
    /// The start of that activity: a file may hold several.
    #[serde(with = "moment")]
    pub of_start: DateTime<FixedOffset>,
    /// Why the other one is kept.
    pub because: String,
}

/// Splits activities into those that count and those that are told already, both by start, then file.
pub fn set_apart(mut activities: Vec<Assessed>) -> (Vec<Activity>, Vec<Duplicate>) {
    activities.sort_by(|a, b| by_start(a).cmp(&by_start(b)));
    let mut judged = Judged::of(&activities);
    judged.tell_parents();
    clusters(&activities).into_iter().for_each(|cluster| judged.keep_the_best(cluster));
    judged.find_saved_again();
    let Judged { told, heart_rates, apart, .. } = judged;
    fill_in(&mut activities, &heart_rates, &apart);

    let (mut kept, mut duplicates) = (Vec::with_capacity(activities.len()), Vec::new());
    for (Assessed { activity, .. }, told) in activities.into_iter().zip(told) {
        match told {
            None => kept.push(activity),
            Some(Told { of, of_start, because }) => {
                duplicates.push(Duplicate { activity, of, of_start, because });
            }
        }
    }
    (kept, duplicates)
}

/// Gives the heart rates of those left out to those that have none, and notes who was elsewhere at the same time.
fn fill_in(activities: &mut [Assessed], heart_rates: &[(usize, usize)], apart: &[(usize, usize)]) {
    for &(to, from) in heart_rates {
        let known = activities[from].activity.clone();
        let activity = &mut activities[to].activity;
        activity.average_heart_rate_bpm = known.average_heart_rate_bpm;
        activity.max_heart_rate_bpm = known.max_heart_rate_bpm;
        activity.heart_rate_times = known.heart_rate_times;
        activity.notes.push(Note::HeartRateFrom { file: known.file });
    }
    for &(one, other) in apart {
        let file = activities[other].activity.file.clone();
        activities[one].activity.notes.push(Note::AtTheSameTimeElsewhere { file });
    }
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

/// When it begins by its start or its points, whichever is earlier.
fn begin_ms(assessed: &Assessed) -> i64 {
    assessed.occupied.start_ms().map_or(start_ms(assessed), |ms| ms.min(start_ms(assessed)))
}

/// Groups activities whose times touch, directly or through others.
fn clusters(activities: &[Assessed]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..activities.len()).collect();
    order.sort_by_key(|&i| (begin_ms(&activities[i]), i));
    let mut clusters: Vec<Range<usize>> = Vec::new();
    let mut latest_end_ms = i64::MIN;
    for at in 0..order.len() {
        let activity = &activities[order[at]];
        let begin_ms = begin_ms(activity);
        // two without any duration may be the same
        let touches = |before: usize| {
            begin_ms < latest_end_ms || self::begin_ms(&activities[order[before]]) == begin_ms
        };
        match clusters.last_mut() {
            Some(cluster) if touches(at - 1) => cluster.end = at + 1,
            _ => clusters.push(at..at + 1),
        }
        latest_end_ms = latest_end_ms.max(activity.occupied.end_ms().unwrap_or(begin_ms));
    }
    clusters.into_iter().filter(|cluster| cluster.len() > 1).map(|cluster| order[cluster].to_vec()).collect()
}

/// What is found out of activities sorted by their start.
struct Judged<'a> {
    activities: &'a [Assessed],
    told: Vec<Option<Told>>,
    /// Who gets heart rates of whom.
    heart_rates: Vec<(usize, usize)>,
    /// Runs at the same time elsewhere.
    apart: Vec<(usize, usize)>,
}

impl<'a> Judged<'a> {
    fn of(activities: &'a [Assessed]) -> Self {
        let told = activities.iter().map(|_| None).collect();
        Self { activities, told, heart_rates: Vec::new(), apart: Vec::new() }
    }

    /// Sessions that hold two or more others of their file.
    fn tell_parents(&mut self) {
        let mut by_file: HashMap<&str, Vec<usize>> = HashMap::new();
        for (i, one) in self.activities.iter().enumerate() {
            if one.activity.format != Format::Index {
                by_file.entry(&one.activity.file).or_default().push(i);
            }
        }
        for sessions in by_file.into_values().filter(|sessions| sessions.len() > 2) {
            for &parent in &sessions {
                let is_leg = |leg: &&usize| {
                    **leg != parent && holds(&self.activities[parent], &self.activities[**leg])
                };
                let legs: Vec<usize> = sessions.iter().filter(is_leg).copied().collect();
                if let [first, _, ..] = legs.as_slice() {
                    let because = "the file holds its parts".to_owned();
                    self.told[parent] = Some(Told::by(&self.activities[*first], because));
                }
            }
        }
    }

    /// Tells of each in a cluster whether a better one has the same time.
    fn keep_the_best(&mut self, cluster: Vec<usize>) {
        let mut candidates: Vec<usize> = cluster.into_iter().filter(|&i| self.told[i].is_none()).collect();
        candidates.sort_by_key(|&i| (Reverse(richness(&self.activities[i].activity)), i));
        let mut winners: Vec<usize> = Vec::new();
        for candidate in candidates {
            let (same, others): (Vec<usize>, Vec<usize>) =
                winners.iter().partition(|&&winner| self.are_the_same(winner, candidate));
            let Some(&first) = same.first() else {
                winners.push(candidate);
                continue;
            };
            if self.covers_clearly_more(candidate, &same) {
                let file = &self.activities[candidate].activity.file;
                for &part in &same {
                    self.tell(part, candidate, format!("same time; `{file}` has more of it"));
                }
                winners = others;
                winners.push(candidate);
            } else {
                let because = because(&self.activities[first].activity, &self.activities[candidate].activity);
                self.tell(candidate, first, format!("same time; {because}"));
            }
        }
    }

    fn tell(&mut self, loser: usize, winner: usize, because: String) {
        self.told[loser] = Some(Told::by(&self.activities[winner], because));
        let (kept, left_out) = (&self.activities[winner], &self.activities[loser]);
        let overlap_ms = kept.occupied.overlap_ms(&left_out.occupied) as f64;
        let is_most = overlap_ms >= MOST_OF_IT * kept.occupied.length_ms() as f64;
        let is_needed = kept.activity.average_heart_rate_bpm.is_none()
            && left_out.activity.average_heart_rate_bpm.is_some()
            && kept.activity.is_run();
        if is_needed && is_most && !self.heart_rates.iter().any(|(to, _)| *to == winner) {
            self.heart_rates.push((winner, loser));
        }
    }

    /// Whether two activities are the same one. Remembers runs that are not for their places alone.
    fn are_the_same(&mut self, winner: usize, candidate: usize) -> bool {
        let (a, b) = (&self.activities[winner], &self.activities[candidate]);
        let is_session_of_same_file = a.activity.file == b.activity.file
            && a.activity.format != Format::Index
            && start_ms(a) != start_ms(b);
        if is_session_of_same_file || !overlap_by_half(a, b) {
            return false;
        }
        match (a.activity.is_run(), b.activity.is_run()) {
            (true, true) if company(a, b) == Company::Apart => {
                self.apart.push((candidate, winner));
                false
            }
            (true, false) | (false, true) => company(a, b) == Company::Together,
            _ => true,
        }
    }

    /// Whether one recording has clearly more of the time than others together: a typed row never has.
    fn covers_clearly_more(&self, candidate: usize, others: &[usize]) -> bool {
        let one = &self.activities[candidate];
        let covered_ms: i64 = others.iter().map(|&i| self.activities[i].occupied.length_ms()).sum();
        let length_ms = one.occupied.length_ms();
        let can_be = refuse_the_impossible(&one.activity).is_ok() && one.activity.format != Format::Index;
        can_be
            && one.activity.distance_m.is_some()
            && length_ms as f64 > CLEARLY_MORE * covered_ms as f64
            && length_ms - covered_ms > CLEARLY_MORE_MS
    }

    /// Tells of runs that are saved again at another hour; the richer one is kept, else the first.
    fn find_saved_again(&mut self) {
        let sorted = self.activities;
        let kept: Vec<usize> = (0..sorted.len()).filter(|&i| self.told[i].is_none()).collect();
        for (count, &later) in kept.iter().enumerate() {
            let near = kept[..count].iter().rev().take_while(|&&earlier| {
                start_ms(&sorted[later]) - start_ms(&sorted[earlier]) <= MOST_ZONE_DIFFERENCE_MS
            });
            for &earlier in near {
                if self.told[earlier].is_none() && is_saved_again(&sorted[earlier], &sorted[later]) {
                    let later_is_richer =
                        richness(&sorted[later].activity) > richness(&sorted[earlier].activity);
                    let (winner, loser) = if later_is_richer { (later, earlier) } else { (earlier, later) };
                    let because = saved_again(&sorted[winner], &sorted[loser]);
                    self.told[loser] = Some(Told::by(&sorted[winner], because));
                    break;
                }
            }
        }
    }
}

/// Whether the time of one, from its start on, holds all of another that is shorter.
fn holds(parent: &Assessed, leg: &Assessed) -> bool {
    let span = |one: &Assessed| {
        let start = start_ms(one);
        let elapsed_ms = one.activity.elapsed_time_s.map(|seconds| (seconds * 1000.0) as i64);
        let end = elapsed_ms
            .map(|elapsed| start.saturating_add(elapsed))
            .or(one.occupied.end_ms())
            .unwrap_or(start);
        (start, end)
    };
    let ((start, end), (leg_start, leg_end)) = (span(parent), span(leg));
    let moment_ms = 1_000;
    start <= leg_start
        && leg_end <= end + moment_ms
        && leg_end - leg_start + moment_ms < end - start
        && parent.occupied.length_ms() > leg.occupied.length_ms()
}

fn company(a: &Assessed, b: &Assessed) -> Company {
    match (a.occupied.start_ms(), b.occupied.start_ms()) {
        (Some(first_a), Some(first_b)) => a.fingerprint.company(first_a, &b.fingerprint, first_b),
        _ => Company::Unknown,
    }
}

fn saved_again(kept: &Assessed, left_out: &Assessed) -> String {
    let quarters = ((start_ms(kept) - start_ms(left_out)).abs() as f64 / ZONE_STEP_MS as f64).round();
    format!(
        "the same track saved {} h apart; {}",
        quarters / 4.0,
        because(&kept.activity, &left_out.activity)
    )
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

/// What decides which one is kept: a speed that can be, a distance, the device's distance, heart rate, the richer format;
/// of two rows of an index, which know no more, the longer distance.
fn richness(activity: &Activity) -> impl Ord + use<> {
    (
        refuse_the_impossible(activity).is_ok(),
        activity.distance_m.is_some(),
        has_device_distance(activity),
        activity.average_heart_rate_bpm.is_some(),
        activity.format,
        (activity.format == Format::Index).then_some(activity.distance_m.unwrap_or_default() as i64),
    )
}

/// Whether two activities overlap by more than half of the shorter one.
fn overlap_by_half(a: &Assessed, b: &Assessed) -> bool {
    let shorter_ms = a.occupied.length_ms().min(b.occupied.length_ms());
    let same_moment = shorter_ms <= 0 && begin_ms(a) == begin_ms(b);
    same_moment || (shorter_ms > 0 && 2 * a.occupied.overlap_ms(&b.occupied) > shorter_ms)
}

/// The device's own distance, in the file or in the index of the phone's export. A row alone may be typed.
fn has_device_distance(activity: &Activity) -> bool {
    let of_phone = |source| source == DistanceSource::Index && activity.format != Format::Index;
    activity.distance_source.is_some_and(|source| source.is_device() || of_phone(source))
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
        activity::{Position, Sport, TrackPoint},
        import::track::{fingerprint::Fingerprint, occupied::Occupied},
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
        let occupied = Occupied::span(start.timestamp_millis(), 60_000 * minutes);
        Assessed { activity, occupied, fingerprint: Fingerprint::default() }
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

    #[test]
    fn the_one_that_covers_clearly_more_stays_whatever_the_other_knows() {
        let mut watch = run("watch.fit", 0, 50);
        watch.activity.format = Format::Fit;
        watch.activity.average_heart_rate_bpm = Some(150.0);
        let kept = |minutes| kept_and_dropped(vec![watch.clone(), run("phone.gpx", 0, minutes)]).0;
        assert_eq!(kept(56), ["phone.gpx"]);
        assert_eq!(kept(55), ["watch.fit"], "10 % are not over 10 %");
    }

    #[test]
    fn two_parts_that_cover_as_much_as_the_whole_stay_and_half_of_it_does_not() {
        let mut parts = vec![run("a.fit", 0, 30), run("b.fit", 30, 30)];
        parts.iter_mut().for_each(|part| part.activity.format = Format::Fit);
        let whole = run("whole.gpx", 0, 61);
        assert_eq!(kept_and_dropped([parts.clone(), vec![whole.clone()]].concat()).0, ["a.fit", "b.fit"]);
        assert_eq!(kept_and_dropped(vec![parts[0].clone(), whole]).0, ["whole.gpx"]);
    }

    #[test]
    fn a_run_and_another_sport_are_the_same_only_at_the_same_places() {
        let other = |mut one: Assessed| {
            one.activity.sport = Sport::new("hiking");
            one.activity.distance_source = Some(DistanceSource::Session);
            one
        };
        let run_at = |latitude| with_track(run("run.gpx", 0, 30), latitude);
        let hike_at = |latitude| other(with_track(run("hike.fit", 0, 30), latitude));
        assert_eq!(kept_and_dropped(vec![run_at(54.0), hike_at(54.0)]).0, ["hike.fit"]);
        assert_eq!(kept_and_dropped(vec![run_at(54.0), hike_at(54.1)]).0.len(), 2);
        assert_eq!(kept_and_dropped(vec![run("run.gpx", 0, 30), other(run("hike.fit", 0, 30))]).0.len(), 2);
    }

    #[test]
    fn two_runs_at_one_time_far_apart_both_count_and_are_noted() {
        let two = vec![with_track(run("a.gpx", 0, 30), 54.0), with_track(run("b.gpx", 0, 30), 54.1)];
        let (kept, duplicates) = set_apart(two);
        assert_eq!((kept.len(), duplicates.len()), (2, 0));
        assert_eq!(kept[1].notes, [Note::AtTheSameTimeElsewhere { file: "a.gpx".to_owned() }]);
    }

    #[test]
    fn sessions_of_one_file_are_no_duplicates_and_the_one_that_holds_the_others_goes() {
        let legs = vec![run("tri.fit", 0, 100), run("tri.fit", 1, 30), run("tri.fit", 32, 50)];
        let (kept, duplicates) = set_apart(legs.clone());
        assert_eq!(
            kept.iter().map(|leg| leg.elapsed_time_s.unwrap()).collect::<Vec<_>>(),
            [1_800.0, 3_000.0]
        );
        assert_eq!(duplicates[0].because, "the file holds its parts");
        assert_eq!(set_apart(legs[..2].to_vec()).0.len(), 2, "of two none is the parent");
    }

    #[test]
    fn the_one_that_is_kept_takes_the_heart_rate_of_the_other() {
        let mut watch = run("watch.fit", 0, 50);
        watch.activity.average_heart_rate_bpm = Some(150.0);
        let mut pod = run("pod.fit", 0, 52);
        pod.activity.distance_source = Some(DistanceSource::Session);
        let (kept, _) = set_apart(vec![watch, pod]);
        assert_eq!((kept[0].file.as_str(), kept[0].average_heart_rate_bpm), ("pod.fit", Some(150.0)));
        assert_eq!(kept[0].notes, [Note::HeartRateFrom { file: "watch.fit".to_owned() }]);
    }
}
