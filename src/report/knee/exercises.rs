//! Exercises as text: steps, dose, easier and harder, when to stop.

use super::page::{Part, signs};
use crate::{
    knee::{
        Knee,
        exercises::{self, Exercise, NoExercise, ROUTINES},
        spot::Spot,
    },
    report::words::knee::{self as words, fixed},
};

/// The exercises of a spot, or why there are none; the signs below.
#[must_use]
pub fn page(knee: Option<&Knee>, spot: Spot, whole_list: bool) -> Vec<Part> {
    let mut parts = vec![
        Part::Heading(format!("EXERCISES, {}", spot.shown())),
        Part::Text(fixed::NOT_FOR_THIS_DIARY_ALONE.to_owned()),
    ];
    let chosen = knee.map_or_else(
        || without_diary(spot, whole_list),
        |knee| knee.circumstances().exercises(spot, whole_list),
    );
    match chosen {
        Err(why) => {
            parts.push(Part::Text(words::no_exercise(why)));
            if why == NoExercise::Acute {
                parts.push(Part::Text(fixed::INJURY.to_owned()));
            }
        }
        Ok(chosen) => {
            parts.push(Part::Text(fixed::EXERCISES.to_owned()));
            for (at, exercise) in chosen.iter().enumerate() {
                parts.extend(one(exercise, spot, at + 1));
            }
            parts.push(Part::Text(fixed::EXERCISES_RULES.to_owned()));
            if let Some(knee) = knee {
                parts.push(Part::Text(words::done_this_week(knee.exercise_days())));
            }
        }
    }
    parts.extend(fixed::of_spot(spot).map(|text| Part::Text(text.to_owned())));
    parts.push(Part::Heading("SIGNS".to_owned()));
    parts.extend(signs());
    parts.push(Part::Text(fixed::NOT_A_DEVICE.to_owned()));
    parts
}

fn without_diary(spot: Spot, whole_list: bool) -> Result<Vec<&'static Exercise>, NoExercise> {
    let nothing = exercises::Circumstances {
        rows: &[],
        on: chrono::NaiveDate::MAX,
        state: crate::knee::fold::State::Clear,
        see: None,
        may_be_minor: false,
    };
    nothing.exercises(spot, whole_list)
}

fn one(exercise: &Exercise, spot: Spot, number: usize) -> Vec<Part> {
    let Exercise { name, target, pose, steps, dose, week, easier, harder, gear, grade, id, .. } = exercise;
    let gear = if gear == "none" { String::new() } else { format!(" You need: {gear}.") };
    let days = match week.as_str() {
        "daily" | "every other day" => week.clone(),
        days => format!("{days} days a week"),
    };
    let mut parts = vec![
        Part::Heading(format!("{number}. {name} ({id}): {target}")),
        Part::Text(format!("{pose} {steps}")),
        Part::Text(format!("{dose}, {days}. Easier: {easier}. Harder: {harder}.{gear}")),
        Part::Text(format!("Stop above {} of 10. [{grade}]", exercise.stop_above(spot))),
    ];
    if let Some(reasons) = exercise.leave_out_if() {
        parts.push(Part::Text(format!("Leave out if {reasons}.")));
    }
    parts
}

/// The spots that have exercises, where none is named.
#[must_use]
pub fn spots() -> String {
    let spots: Vec<String> = exercises::spots().map(|spot| format!("{spot} ({})", spot.shown())).collect();
    spots.join(", ")
}

/// What people do around a run.
#[must_use]
pub fn routines() -> Vec<Part> {
    let mut parts = vec![Part::Heading("ROUTINES".to_owned())];
    parts.extend(ROUTINES.iter().map(|(name, what)| Part::Marked(name, (*what).to_owned())));
    parts.push(Part::Text("By custom; none of them is known to prevent an injury. [D]".to_owned()));
    parts.push(Part::Heading("SIGNS".to_owned()));
    parts.extend(signs());
    parts
}
