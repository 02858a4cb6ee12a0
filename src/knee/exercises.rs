//! The exercises: a table of data, which of them a spot gets, and which are left out.
//!
//! At most four for a spot, strength before mobility; none after a sign, none where a professional decides, none for spots
//! without a list, never an answer to a load warning.
//!
//! Source: EVIDENCE-KNEE 4, with source and grade on every row.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::{
    numbers::LOOK_BACK_DAYS,
    place::Placed,
    sign::{Sign, Urgency},
    spot::Spot,
    standing::{State, before},
};

/// One exercise, in our own words.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the table's own words")]
pub struct Exercise {
    pub id: String,
    pub name: String,
    pub kind: Kind,
    pub target: String,
    pub spots: Vec<String>,
    pub pose: String,
    pub steps: String,
    pub dose: String,
    pub week: String,
    pub harder: String,
    pub easier: String,
    pub stop_above: u8,
    pub gear: String,
    pub grade: String,
    pub source: String,
    pub not_if: Vec<String>,
}

/// What an exercise is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the words say it")]
pub enum Kind {
    Strength,
    Tendon,
    Mobility,
}

#[derive(Deserialize)]
struct Table {
    exercise: Vec<Exercise>,
}

/// A table that cannot be read is empty: a test reads it.
static EXERCISES: LazyLock<Vec<Exercise>> = LazyLock::new(|| {
    toml::from_str(include_str!("exercises.toml")).map_or_else(|_| Vec::new(), |table: Table| table.exercise)
});

/// What is printed for a spot without `--all`, in this order.
const PROGRAMMES: &[(Spot, [&str; 4])] = &[
    (Spot::Front, ["side-leg-raise", "chair-squat", "bridge", "leg-raise"]),
    (Spot::Outer, ["side-leg-raise", "hip-hike", "bridge", "outer-hip"]),
    (Spot::Below, ["seated-hold", "belt-squat", "leg-press", "calf-raise"]),
    (Spot::Above, ["seated-hold", "chair-squat", "leg-press", "calf-raise"]),
];

/// Until there is a drawing that is right: shown by `--all` only.
const ONLY_WITH_ALL: [&str; 2] = ["lunge-reach", "ninety"];
/// Days after a twist, fall or blow without exercises.
const ACUTE_DAYS: i64 = 6;

/// Every exercise, in the order of the table.
#[must_use]
pub fn all() -> &'static [Exercise] {
    &EXERCISES
}

/// The exercise with an id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Exercise> {
    all().iter().find(|exercise| exercise.id.eq_ignore_ascii_case(id))
}

/// Every id, for suggestions.
#[must_use]
pub fn ids() -> Vec<&'static str> {
    all().iter().map(|exercise| exercise.id.as_str()).collect()
}

/// Whether a spot has a list at all.
#[must_use]
pub fn has_list(spot: Spot) -> bool {
    PROGRAMMES.iter().any(|(known, _)| *known == spot)
}

/// The spots that have a list.
pub fn spots() -> impl Iterator<Item = Spot> {
    PROGRAMMES.iter().map(|(spot, _)| *spot)
}

/// Why no exercise is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoExercise {
    /// Somebody should look at it first.
    See(Urgency),
    /// No run until somebody has seen it.
    Stopped,
    /// A professional's plan decides.
    TheirPlan,
    /// A twist, fall or blow in the last seven days.
    Acute,
    /// The spot has no list.
    NoList(Spot),
}

/// What is known of the runner on a day.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The rows of the diary.
    pub rows: &'a [Placed],
    /// The day.
    pub on: NaiveDate,
    /// Where the diary stands.
    pub state: State,
    /// How soon somebody should look at it.
    pub see: Option<Urgency>,
    /// Perhaps under 18.
    pub may_be_minor: bool,
}

impl Circumstances<'_> {
    /// Whether anything speaks against every exercise.
    #[must_use]
    pub fn gate(&self) -> Option<NoExercise> {
        let recent_injury = self
            .rows
            .iter()
            .any(|row| row.signs.contains(&Sign::Injury) && row.date >= before(self.on, ACUTE_DAYS));
        match (self.see, self.state) {
            (Some(urgency @ (Urgency::Emergency | Urgency::Today | Urgency::Days)), _) => {
                Some(NoExercise::See(urgency))
            }
            (_, State::Stop) => Some(NoExercise::Stopped),
            (_, State::Plan) => Some(NoExercise::TheirPlan),
            _ => recent_injury.then_some(NoExercise::Acute),
        }
    }

    /// The exercises of a spot: its programme, each that is left out replaced by the next of the spot in the table,
    /// strength before mobility; or all of the spot.
    ///
    /// # Errors
    /// Why there are none.
    pub fn exercises(&self, spot: Spot, whole_list: bool) -> Result<Vec<&'static Exercise>, NoExercise> {
        if let Some(reason) = self.gate() {
            return Err(reason);
        }
        let programme = PROGRAMMES.iter().find(|(known, _)| *known == spot);
        let Some((_, programme)) = programme else { return Err(NoExercise::NoList(spot)) };
        let fits = |exercise: &&&'static Exercise| {
            exercise.spots.iter().any(|code| code == spot.code()) && !self.is_left_out(exercise)
        };
        if whole_list {
            return Ok(all().iter().filter(|exercise| fits(&exercise)).collect());
        }
        let mut chosen: Vec<&'static Exercise> = programme
            .iter()
            .filter_map(|id| by_id(id))
            .filter(|exercise| !self.is_left_out(exercise))
            .collect();
        let strength_first = [false, true];
        let spare = strength_first.into_iter().flat_map(|mobility| {
            all().iter().filter(move |exercise| (exercise.kind == Kind::Mobility) == mobility)
        });
        for exercise in spare {
            let known = chosen.iter().any(|chosen| chosen.id == exercise.id);
            let hidden = ONLY_WITH_ALL.contains(&exercise.id.as_str());
            if chosen.len() < programme.len() && !known && !hidden && fits(&&exercise) {
                chosen.push(exercise);
            }
        }
        Ok(chosen)
    }

    /// Left out by a spot or sign that stands in the rows of 28 days, or by age.
    fn is_left_out(&self, exercise: &Exercise) -> bool {
        let since = before(self.on, LOOK_BACK_DAYS);
        let stands = |word: &str| {
            self.rows.iter().filter(|row| row.date >= since && row.seen.is_none()).any(|row| {
                row.spot.code() == word && row.light.is_some_and(|light| light != super::light::Light::Green)
                    || row.signs.iter().any(|sign| sign.code() == word)
            })
        };
        self.may_be_minor && exercise.kind == Kind::Tendon || exercise.not_if.iter().any(|word| stands(word))
    }
}

impl Exercise {
    /// The runner's own reasons to leave it out, as the end of `Leave out if …`.
    #[must_use]
    pub fn leave_out_if(&self) -> Option<String> {
        let reasons: Vec<&str> = self.not_if.iter().filter_map(|word| in_words(word)).collect();
        (!reasons.is_empty()).then(|| reasons.join(", or "))
    }

    /// The number above which to stop: the smaller of its own and the spot's green limit.
    #[must_use]
    pub fn stop_above(&self, spot: Spot) -> u8 {
        self.stop_above.min(spot.green_limit(None))
    }
}

/// Words of `not_if` that only the runner can answer.
fn in_words(word: &str) -> Option<&'static str> {
    Some(match word {
        "kneel" => "kneeling hurts",
        "balance" => "you fall easily",
        "back" => "it hurts your back",
        "pressure" => "you have high blood pressure or heart disease",
        "supine" => "you are past the fourth month of pregnancy",
        _ => return None,
    })
}

/// Days of the seven up to `on` with at least one exercise that builds strength.
#[must_use]
pub fn days_done(done: &[(NaiveDate, String)], on: NaiveDate) -> usize {
    let first = before(on, 6);
    let mut days: Vec<NaiveDate> = done
        .iter()
        .filter(|(date, _)| (first..=on).contains(date))
        .filter(|(_, id)| by_id(id).is_some_and(|exercise| exercise.kind != Kind::Mobility))
        .map(|(date, _)| *date)
        .collect();
    days.sort_unstable();
    days.dedup();
    days.len()
}

/// Not exercises: what people do around a run, and what is known of it. All grade D.
pub const ROUTINES: &[(&str, &str)] = &[
    (
        "Warm-up",
        "5 to 10 minutes of brisk walking or easy jogging, then leg swings, hip circles and walking lunges.",
    ),
    (
        "Cool-down",
        "5 to 10 minutes slower, until your breath is calm. Then stretches of 15 to 30 s, if you like them.",
    ),
    ("Stretching", "It feels good to many. That it protects anybody has not been shown."),
    (
        "Ice",
        "For comfort only. Wrapped in cloth, 15 minutes at most. Look at the skin after 5. Never on numb skin.",
    ),
    ("Other sport", "Cycling or swimming on days without a run, if it does not hurt."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exercise_is_complete_and_names_only_known_words() {
        assert_eq!(all().len(), 24);
        let own = ["acute", "kneel", "balance", "back", "pressure", "supine"];
        for exercise in all() {
            assert_eq!(all().iter().filter(|other| other.id == exercise.id).count(), 1);
            assert!(exercise.spots.iter().all(|spot| spot.parse::<Spot>().is_ok()), "{}", exercise.id);
            for word in &exercise.not_if {
                let known = word.parse::<Spot>().is_ok() || word.parse::<Sign>().is_ok();
                assert!(known || own.contains(&word.as_str()), "{word}");
            }
            assert!("ABCDX".contains(&exercise.grade) && matches!(exercise.stop_above, 2 | 3));
        }
        for (spot, ids) in PROGRAMMES {
            for id in ids {
                assert!(by_id(id).unwrap().spots.contains(&spot.code().to_owned()), "{id}");
            }
        }
    }

    fn clear() -> Circumstances<'static> {
        Circumstances {
            rows: &[],
            on: "2026-11-20".parse().unwrap(),
            state: State::Clear,
            see: None,
            may_be_minor: false,
        }
    }

    fn ids_of(circumstances: &Circumstances<'_>, spot: Spot) -> Vec<&'static str> {
        circumstances.exercises(spot, false).unwrap().iter().map(|e| e.id.as_str()).collect()
    }

    #[test]
    fn a_spot_gets_its_four_and_a_minor_no_tendon_loading() {
        assert_eq!(ids_of(&clear(), Spot::Front), ["side-leg-raise", "chair-squat", "bridge", "leg-raise"]);
        let young = Circumstances { may_be_minor: true, ..clear() };
        let below = young.exercises(Spot::Below, true).unwrap();
        assert!(below.iter().all(|exercise| exercise.kind != Kind::Tendon));
    }

    #[test]
    fn no_exercise_after_a_sign_in_a_stop_under_a_plan_or_for_a_spot_without_list() {
        let gate = |circumstances: Circumstances<'_>, spot| circumstances.exercises(spot, false).unwrap_err();
        let days = Circumstances { see: Some(Urgency::Days), ..clear() };
        assert_eq!(gate(days, Spot::Front), NoExercise::See(Urgency::Days));
        assert_eq!(gate(Circumstances { state: State::Stop, ..clear() }, Spot::Front), NoExercise::Stopped);
        assert_eq!(gate(Circumstances { state: State::Plan, ..clear() }, Spot::Front), NoExercise::TheirPlan);
        assert_eq!(gate(clear(), Spot::Inside), NoExercise::NoList(Spot::Inside));
        let book = Circumstances { see: Some(Urgency::Book), ..clear() };
        assert!(book.exercises(Spot::Front, false).is_ok());
    }

    #[test]
    fn days_with_strength_are_counted_once_and_mobility_is_not() {
        let on: NaiveDate = "2026-11-20".parse().unwrap();
        let done = [
            ("2026-11-20", "bridge"),
            ("2026-11-20", "clam"),
            ("2026-11-14", "clam"),
            ("2026-11-13", "clam"),
            ("2026-11-19", "ninety"),
        ]
        .map(|(date, id)| (date.parse().unwrap(), id.to_owned()));
        assert_eq!(days_done(&done, on), 2);
    }
}
