//! Exercises as text: steps, dose, easier and harder, when to stop.

use super::{signs, signs_section};
use crate::{
    knee::{
        Knee,
        exercises::{self, Exercise, NoExercise, ROUTINES},
        spot::Spot,
    },
    report::{
        page::{Block, Page, Section},
        words::knee::{self as words, fixed},
    },
};

/// The exercises of a spot, or why there are none; the signs below.
#[must_use]
pub fn page(knee: Option<&Knee>, spot: Spot, whole_list: bool) -> Page {
    let chosen = knee.map_or_else(
        || without_diary(spot, whole_list),
        |knee| knee.circumstances().exercises(spot, whole_list),
    );
    let title = format!("Exercises, {}", spot.shown());
    let mut head = vec![Block::plain(fixed::NOT_FOR_THIS_DIARY_ALONE)];
    let of_spot = fixed::of_spot(spot).map(Block::plain);
    let mut sections = match chosen {
        Err(why) => {
            head.push(Block::plain(words::no_exercise(why)));
            if why == NoExercise::Acute {
                head.push(Block::plain(fixed::INJURY));
            }
            head.extend(of_spot);
            vec![Section::titled(title, head)]
        }
        Ok(chosen) => {
            head.push(Block::plain(fixed::EXERCISES));
            let listed = chosen.iter().enumerate().map(|(at, exercise)| one(exercise, spot, at + 1));
            let mut rules = vec![Block::plain(fixed::EXERCISES_RULES)];
            rules.extend(knee.map(|knee| Block::plain(words::done_this_week(knee.exercise_days()))));
            rules.extend(of_spot);
            let all = [Section::titled(title, head)].into_iter().chain(listed);
            all.chain([Section::apart(rules)]).collect()
        }
    };
    sections.push(signs_section());
    Page::of(sections)
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

fn one(exercise: &Exercise, spot: Spot, number: usize) -> Section {
    let Exercise { name, target, pose, steps, dose, week, easier, harder, gear, grade, id, .. } = exercise;
    let gear = if gear == "none" { String::new() } else { format!(" You need: {gear}.") };
    let days = match week.as_str() {
        "daily" | "every other day" => week.clone(),
        days => format!("{days} days a week"),
    };
    let mut said = vec![
        Block::plain(format!("{pose} {steps}")),
        Block::plain(format!("{dose}, {days}. Easier: {easier}. Harder: {harder}.{gear}")),
        Block::plain(format!("Stop above {} of 10. [{grade}]", exercise.stop_above(spot))),
    ];
    if let Some(reasons) = exercise.leave_out_if() {
        said.push(Block::plain(format!("Leave out if {reasons}.")));
    }
    Section::named(format!("{number}. {name} ({id}): {target}"), said)
}

/// The spots that have exercises, where none is named.
#[must_use]
pub fn spots() -> String {
    let spots: Vec<String> = exercises::spots().map(|spot| format!("{spot} ({})", spot.shown())).collect();
    spots.join(", ")
}

/// What people do around a run.
#[must_use]
pub fn routines() -> Page {
    let mut said: Vec<Block> =
        ROUTINES.iter().map(|(name, what)| Block::Marked(name, (*what).to_owned())).collect();
    said.push(Block::plain("By custom; none of them is known to prevent an injury. [D]"));
    Page::of(vec![Section::titled("Routines", said), Section::titled("Signs", signs())])
}
