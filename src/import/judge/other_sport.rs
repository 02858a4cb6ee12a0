//! Which kind of sport an activity is that is no run, by the word that its sport was decided to be.
//!
//! A word that nobody lists (`padel`), and an activity whose file names no sport, are of the kind "other": its time is known,
//! and no kind is guessed. A drive, a flight and the change between two legs of a triathlon are no sport.

use crate::{
    activity::{Activity, OtherSport},
    import::words,
};

/// Words of strength training, in lower case without accents.
const STRENGTH: [&str; 20] = [
    "strength",
    "weight",
    "weights",
    "weightlifting",
    "powerlifting",
    "kettlebell",
    "calisthenics",
    "core",
    "krafttraining",
    "kraft",
    "musculation",
    "renforcement",
    "poids",
    "pesas",
    "fuerza",
    "pesi",
    "forza",
    "krachttraining",
    "styrketraning",
    "styrketrening",
];
/// Words that say nothing of the kind: the finer kind beside them may.
const VAGUE: [&str; 6] = ["generic", "training", "fitness_equipment", "unknown", "other", "workout"];

/// The kind of sport; `None` for what is no sport, and for a run.
pub(crate) fn of(activity: &Activity) -> Option<OtherSport> {
    let sport = activity.sport.as_str();
    let kind = activity.sub_sport.as_deref().unwrap_or_default();
    if activity.is_run() || sport == "transition" {
        return None;
    }
    if is_strength(sport) || is_strength(kind) {
        return Some(OtherSport::Strength);
    }
    of_word(if VAGUE.contains(&sport) { kind } else { sport })
}

fn of_word(word: &str) -> Option<OtherSport> {
    let meaning = words::meaning(word);
    Some(match meaning.other {
        Some("motor" | "flying") => return None,
        // a swimrun is as much the one as the other
        Some(_) if meaning.run => OtherSport::Other,
        Some("cycling") => OtherSport::Ride,
        Some("swimming") => OtherSport::Swim,
        Some(sport) if words::is_on_foot(sport) => OtherSport::Walk,
        _ => OtherSport::Other,
    })
}

fn is_strength(word: &str) -> bool {
    words::words(word).iter().any(|word| STRENGTH.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::activity::{Format, Sport};

    fn kind(sport: &str, sub_sport: Option<&str>) -> Option<&'static str> {
        let start = DateTime::parse_from_rfc3339("2026-11-02T18:00:00+01:00").unwrap();
        let mut activity = Activity::new("a.fit", Format::Fit, Sport::new(sport), start);
        activity.sub_sport = sub_sport.map(str::to_owned);
        of(&activity).map(OtherSport::name)
    }

    #[test]
    fn words_of_files_and_services_are_of_five_kinds() {
        for (word, expected) in [
            ("cycling", "ride"),
            ("e_biking", "ride"),
            ("Mountain Bike Ride", "ride"),
            ("swimming", "swim"),
            ("Open Water Swimming", "swim"),
            ("walking", "walk"),
            ("hiking", "walk"),
            ("mountaineering", "walk"),
            ("Weight Training", "strength"),
            ("Krafttraining", "strength"),
            ("functional_strength_training", "strength"),
            ("yoga", "other"),
            ("padel", "other"),
            ("swim_run", "other"),
            ("cross_country_skiing", "other"),
            ("unknown", "other"),
            ("generic", "other"),
        ] {
            assert_eq!(kind(word, None), Some(expected), "{word}");
        }
    }

    #[test]
    fn a_vague_word_is_told_by_the_finer_kind_beside_it() {
        assert_eq!(kind("training", Some("strength_training")), Some("strength"));
        assert_eq!(kind("fitness_equipment", Some("indoor_cycling")), Some("ride"));
        assert_eq!(kind("fitness_equipment", Some("elliptical")), Some("other"));
        assert_eq!(kind("training", Some("cardio_training")), Some("other"));
        assert_eq!(kind("swimming", Some("lap_swimming")), Some("swim"));
    }

    #[test]
    fn a_drive_a_flight_a_transition_and_a_run_are_no_other_sport() {
        for word in ["driving", "motorcycling", "flying", "transition", "running"] {
            assert_eq!(kind(word, None), None, "{word}");
        }
    }
}
