//! Which sport an activity is: what its file says, else its name, else its speed.

use crate::activity::{Note, Sport};

/// Without any other hint an activity of this moving speed is a run (metres a second).
const RUN_SPEED_MPS: std::ops::RangeInclusive<f64> = 1.7..=6.0;
/// A name may say "run", but not of something this slow or fast.
const NAMED_RUN_SPEED_MPS: std::ops::RangeInclusive<f64> = 0.8..=6.7;

/// A decided sport.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The sport; `unknown` where nothing tells.
    pub sport: Sport,
    /// The finer kind, if the word held one.
    pub sub_sport: Option<String>,
    /// How it was decided, if not by the file itself.
    pub note: Option<Note>,
}

impl Decision {
    fn plain(sport: Sport) -> Self {
        Self { sport, sub_sport: None, note: None }
    }
}

/// Decides the sport of an activity.
///
/// `said`: the word in the file; `names`: the activity's and the file's name; `moving_speed_mps`: metres a second,
/// `None` where there was too little movement to tell.
pub fn decide(said: Option<&Sport>, names: &[&str], moving_speed_mps: Option<f64>) -> Decision {
    if let Some(decision) = said.and_then(from_word) {
        return decision;
    }
    let fits_named_run = moving_speed_mps.is_none_or(|speed| NAMED_RUN_SPEED_MPS.contains(&speed));
    let named = names.iter().find_map(|name| from_name(name));
    if let Some(sport) = named.filter(|sport| !sport.is_running() || fits_named_run) {
        return Decision { note: Some(Note::SportFromName), ..Decision::plain(sport) };
    }
    if moving_speed_mps.is_some_and(|speed| RUN_SPEED_MPS.contains(&speed)) {
        return Decision { note: Some(Note::SportAssumedFromSpeed), ..Decision::plain(Sport::running()) };
    }
    Decision::plain(Sport::known("unknown"))
}

/// A file's own word. Strava writes numbers; some apps write that they do not know.
pub(crate) fn from_word(said: &Sport) -> Option<Decision> {
    let word = said.as_str();
    let sport = match word {
        "" | "unknown" | "uncategorized" | "none" => return None,
        "running" | "9" | "run" | "jog" | "jogging" => "running",
        "1" | "17" | "ride" | "biking" | "bike" => "cycling",
        "4" | "hike" => "hiking",
        "10" | "walk" => "walking",
        "16" | "swim" => "swimming",
        _ => return Some(running_kind(word).unwrap_or_else(|| Decision::plain(said.clone()))),
    };
    Some(Decision::plain(Sport::known(sport)))
}

/// `trail_running`, `virtual_run` …: a run of a kind.
fn running_kind(word: &str) -> Option<Decision> {
    let kind = word.strip_suffix("_running").or_else(|| word.strip_suffix("_run"))?;
    Some(Decision { sub_sport: Some(kind.to_owned()), ..Decision::plain(Sport::running()) })
}

/// The sport that a name speaks of, by its first word that is one.
fn from_name(name: &str) -> Option<Sport> {
    name.split(|c: char| !c.is_alphabetic()).find_map(|word| {
        Some(Sport::known(match word.to_lowercase().as_str() {
            "run" | "running" | "jog" | "jogging" | "treadmill" | "lauf" | "laufen" => "running",
            "ride" | "cycling" | "biking" | "bike" => "cycling",
            "walk" | "walking" => "walking",
            "hike" | "hiking" => "hiking",
            "swim" | "swimming" => "swimming",
            _ => return None,
        }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(said: Option<&str>, names: &[&str], speed: Option<f64>) -> (String, Option<Note>) {
        let decision = decide(said.map(Sport::new).as_ref(), names, speed);
        (decision.sport.to_string(), decision.note)
    }

    #[test]
    fn the_files_own_word_stands_whatever_name_and_speed() {
        assert_eq!(decided(Some("Biking"), &["Morning Run"], Some(3.0)), ("cycling".into(), None));
        assert_eq!(decided(Some("Run"), &["Ride"], Some(0.3)), ("running".into(), None));
        assert_eq!(decided(Some("kayaking"), &[], Some(3.0)), ("kayaking".into(), None));
        assert_eq!(decided(Some("generic"), &["run"], Some(3.0)), ("generic".into(), None));
    }

    #[test]
    fn stravas_numbers_are_sports() {
        for (number, sport) in
            [("9", "running"), ("1", "cycling"), ("10", "walking"), ("16", "swimming"), ("17", "cycling")]
        {
            assert_eq!(decided(Some(number), &[], None).0, sport);
        }
    }

    #[test]
    fn a_kind_of_running_is_running_with_a_sub_sport() {
        let decision = decide(Some(&Sport::new("Trail Running")), &[], None);
        assert_eq!((decision.sport, decision.sub_sport.as_deref()), (Sport::running(), Some("trail")));
    }

    #[test]
    fn without_a_word_the_name_tells_if_the_speed_fits() {
        assert_eq!(
            decided(None, &["20170708-154835-Run"], Some(3.0)),
            ("running".into(), Some(Note::SportFromName))
        );
        assert_eq!(decided(None, &["Swim"], Some(3.0)), ("swimming".into(), Some(Note::SportFromName)));
        assert_eq!(decided(Some("unknown"), &["run"], Some(9.0)), ("unknown".into(), None));
    }

    #[test]
    fn without_word_and_name_the_speed_tells_between_1_7_and_6_0() {
        let at = |speed| decided(None, &["track"], Some(speed)).0;
        assert_eq!([at(1.69), at(1.7), at(6.0), at(6.01)], ["unknown", "running", "running", "unknown"]);
        assert_eq!(decided(None, &[], Some(3.0)).1, Some(Note::SportAssumedFromSpeed));
        assert_eq!(decided(None, &[], None), ("unknown".into(), None));
    }
}
