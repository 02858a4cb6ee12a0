//! The runner's own word on single activities, from `[runs]` in the settings: it stands above every file.

use chrono::TimeDelta;

use super::sport;
use crate::{
    activity::{Activity, DistanceSource, Note, SportSource},
    import::skipped::{SkipReason, Skipped},
    settings::RunSettings,
};

/// An id may be this far from an activity's start: another watch, another export.
const NEAR: TimeDelta = TimeDelta::minutes(5);

/// Activities as the runner corrected them.
#[derive(Debug, Default)]
pub(crate) struct Corrected {
    pub(crate) activities: Vec<Activity>,
    /// What the runner excluded.
    pub(crate) excluded: Vec<Skipped>,
    /// Ids in the settings that no activity answers to.
    pub(crate) unmatched: Vec<String>,
}

/// Applies every correction to the activity with its id, else to the one that starts nearest within five minutes. An id
/// that ends with `-2` is meant exactly.
pub(crate) fn apply(activities: Vec<Activity>, corrections: &[RunSettings]) -> Corrected {
    let mut corrected = Corrected { activities, ..Corrected::default() };
    let mut excluded = Vec::new();
    for correction in corrections {
        let Some(position) = position_of(correction, corrections, &corrected.activities) else {
            corrected.unmatched.push(correction.id.clone());
            continue;
        };
        correct(&mut corrected.activities[position], correction);
        if correction.exclude {
            excluded.push((position, correction.note.clone(), correction.id.clone()));
        }
    }
    excluded.sort_by_key(|(position, ..)| std::cmp::Reverse(*position));
    excluded.dedup_by_key(|(position, ..)| *position);
    for (position, note, written) in excluded {
        let Activity { file, id, .. } = corrected.activities.remove(position);
        let reason = SkipReason::Excluded { note, ids: [id, written] };
        corrected.excluded.push(Skipped { file, reason });
    }
    corrected
}

/// The same activities with the pairs that other corrections give them.
#[must_use]
pub fn with_pairs_of(mut activities: Vec<Activity>, corrections: &[RunSettings]) -> Vec<Activity> {
    activities.iter_mut().for_each(|activity| activity.shoe = None);
    for correction in corrections.iter().filter(|correction| !correction.exclude) {
        if let (Some(position), Some(_)) =
            (position_of(correction, corrections, &activities), &correction.shoe)
        {
            activities[position].shoe.clone_from(&correction.shoe);
        }
    }
    activities
}

/// The id by which corrections speak of an activity, if they do: its own, or one within five minutes.
#[must_use]
pub fn entry_of<'a>(
    position: usize,
    activities: &[Activity],
    corrections: &'a [RunSettings],
) -> Option<&'a str> {
    let speaks_of_it = |correction: &&RunSettings| {
        !correction.exclude && position_of(correction, corrections, activities) == Some(position)
    };
    corrections.iter().find(speaks_of_it).map(|correction| correction.id.as_str())
}

fn position_of(
    correction: &RunSettings,
    corrections: &[RunSettings],
    activities: &[Activity],
) -> Option<usize> {
    let exact = activities.iter().position(|activity| activity.id == correction.id);
    let second_of_its_minute = correction.id.get(16..).is_some_and(|rest| rest.starts_with('-'));
    if exact.is_some() || second_of_its_minute {
        return exact;
    }
    let apart = |activity: &Activity| (activity.start.naive_local() - correction.start).abs();
    let is_named = |activity: &Activity| corrections.iter().any(|other| other.id == activity.id);
    let near =
        activities.iter().enumerate().filter(|(_, activity)| apart(activity) <= NEAR && !is_named(activity));
    near.min_by_key(|(_, activity)| apart(activity)).map(|(position, _)| position)
}

fn correct(activity: &mut Activity, correction: &RunSettings) {
    if let Some(decided) = correction.sport.as_ref().map(sport::of_the_runner)
        && (decided.sport != activity.sport || decided.sub_sport.is_some())
    {
        let instead_of = activity.sport.to_string();
        activity.notes.retain(|note| !matches!(note, Note::SportAssumedFromSpeed | Note::SportFromName));
        activity.notes.push(Note::Corrected { what: "sport".into(), instead_of });
        activity.sport = decided.sport;
        activity.sub_sport = decided.sub_sport;
        activity.sport_source = SportSource::Settings;
    }
    if let Some(meters) = correction.distance_m {
        let instead_of =
            activity.distance_m.map_or_else(|| "none".to_owned(), |m| format!("{:.2} km", m / 1000.0));
        activity.notes.push(Note::Corrected { what: "distance".into(), instead_of });
        activity.distance_m = Some(meters as f64);
        activity.distance_source = Some(DistanceSource::Settings);
    }
    activity.race = correction.race;
    activity.shoe = correction.shoe.clone().or(activity.shoe.take());
    activity.notes.extend(correction.note.clone().map(Note::OwnNote));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        activity::{Format, Sport},
        analysis::rules,
    };

    fn activity(start: &str) -> Activity {
        let start = chrono::DateTime::parse_from_rfc3339(start).unwrap();
        Activity {
            id: start.format("%Y-%m-%dT%H:%M").to_string(),
            distance_m: Some(5_000.0),
            ..Activity::new("a.fit", Format::Fit, Sport::new("generic"), start)
        }
    }

    fn applied(runs: &str, starts: &[&str]) -> Corrected {
        let settings = rules::settings(&format!("[runs]\n{runs}")).unwrap();
        apply(starts.iter().map(|start| activity(start)).collect(), &settings.runs)
    }

    const AT_EIGHT: &str = "2026-03-01T08:00:30+01:00";

    #[test]
    fn sport_distance_and_note_are_set_and_what_was_imported_is_told() {
        let corrected = applied(
            "\"2026-03-01T08:00\" = { sport = \"running\", distance = \"10.2 km\", race = true, note = \"treadmill\" }",
            &[AT_EIGHT],
        );
        let run = &corrected.activities[0];
        assert!(run.is_run() && run.race);
        assert_eq!((run.distance_m, run.distance_source), (Some(10_200.0), Some(DistanceSource::Settings)));
        let notes: Vec<String> = run.notes.iter().map(ToString::to_string).collect();
        assert_eq!(
            notes,
            [
                "sport set in treadlight.toml, instead of generic",
                "distance set in treadlight.toml, instead of 5.00 km",
                "treadmill"
            ]
        );
    }

    #[test]
    fn an_id_within_five_minutes_is_the_nearest_activity_and_one_further_away_is_told() {
        let starts = ["2026-03-01T08:00:00+01:00", "2026-03-01T08:07:00+01:00"];
        let corrected = applied("\"2026-03-01T08:05\" = { exclude = true }", &starts);
        assert_eq!(corrected.activities[0].start.to_rfc3339(), starts[0]);
        assert_eq!((corrected.excluded.len(), corrected.unmatched.len()), (1, 0));
        let corrected = applied("\"2026-03-01T08:06\" = { exclude = true }", &[AT_EIGHT]);
        assert_eq!(corrected.unmatched, ["2026-03-01T08:06"]);
        assert_eq!(corrected.activities.len(), 1);
    }

    #[test]
    fn an_exact_id_comes_before_a_nearer_start() {
        let mut second = activity("2026-03-01T08:00:10+01:00");
        second.id = "2026-03-01T08:00-2".to_owned();
        let settings = rules::settings("[runs]\n\"2026-03-01T08:00-2\" = { exclude = true }").unwrap();
        let corrected = apply(vec![activity("2026-03-01T08:00:00+01:00"), second], &settings.runs);
        assert_eq!(corrected.activities[0].id, "2026-03-01T08:00");
    }

    #[test]
    fn an_activity_that_another_line_names_is_not_taken_for_a_near_one() {
        let starts = ["2026-03-01T08:00:00+01:00", "2026-03-01T08:05:00+01:00"];
        let lines =
            "\"2026-03-01T08:03\" = { exclude = true }\n\"2026-03-01T08:05\" = { note = \"cool-down\" }";
        assert_eq!(applied(lines, &starts).activities[0].id, "2026-03-01T08:05");
    }

    #[test]
    fn an_activity_is_spoken_of_by_its_id_or_one_near_it() {
        let activities = [AT_EIGHT, "2026-03-02T08:00:00+01:00"].map(activity);
        let settings = rules::settings("[runs]\n\"2026-03-01T08:03\" = { note = \"x\" }").unwrap();
        let entry = |position| entry_of(position, &activities, &settings.runs);
        assert_eq!((entry(0), entry(1)), (Some("2026-03-01T08:03"), None));
    }

    #[test]
    fn pairs_are_given_anew_by_other_corrections() {
        let pairs = |id: &str| {
            let text = format!("[[shoes]]\nname = \"a\"\n[runs]\n\"{id}\" = {{ shoe = \"a\" }}");
            rules::settings(&text).unwrap().runs
        };
        let activities = vec![activity(AT_EIGHT), activity("2026-03-02T08:00:00+01:00")];
        let first = with_pairs_of(activities, &pairs("2026-03-01T08:00"));
        assert_eq!(first.iter().map(|a| a.shoe.is_some()).collect::<Vec<_>>(), [true, false]);
        let second = with_pairs_of(first, &pairs("2026-03-02T08:04"));
        assert_eq!(second.iter().map(|a| a.shoe.is_some()).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn two_exclusions_take_out_the_two_that_they_name() {
        let corrected = applied(
            "\"2026-03-01T08:00\" = { exclude = true }\n\"2026-03-03T08:00\" = { exclude = true, note = \"drive\" }",
            &[AT_EIGHT, "2026-03-02T08:00:00+01:00", "2026-03-03T08:00:00+01:00"],
        );
        assert_eq!(corrected.activities[0].id, "2026-03-02T08:00");
        assert_eq!(corrected.excluded[0].reason.to_string(), "excluded in treadlight.toml: drive");
    }
}
