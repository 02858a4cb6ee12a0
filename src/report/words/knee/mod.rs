//! Every sentence about the knee: what was noted, what follows, who should look at it.
//!
//! One sentence, one thought. A limit is a limit, never a permission or a goal.

pub mod fixed;

use chrono::NaiveDate;

use crate::{
    dates,
    knee::{
        Knee,
        exercises::NoExercise,
        fold::{Limit, Standing, State},
        ladder,
        light::Light,
        numbers::LOOK_BACK_DAYS,
        place::{About, Placed},
        row::Problem,
        see::Reason,
        sign::{Sign, Urgency},
    },
    units::UnitSystem,
};

/// `6.0 km`: rounded down, so that no unit gives more than the limit.
#[must_use]
pub fn limit_text(metres: i64, units: UnitSystem) -> String {
    format!("{} {}", limit_number(metres, units), units.symbol())
}

/// `6.0`: the same without the unit.
#[must_use]
pub fn limit_number(metres: i64, units: UnitSystem) -> String {
    let tenths = (units.from_meters(metres as f64) * 10.0 + 1e-6).floor() / 10.0;
    format!("{tenths:.1}")
}

/// `Red`.
#[must_use]
pub fn light_name(light: Light) -> &'static str {
    match light {
        Light::Green => "Green",
        Light::Wait => "Incomplete",
        Light::Amber => "Amber",
        Light::Red => "Red",
        Light::Stop => "Stop",
    }
}

/// The letter of a light in a strip: it needs no colour.
#[must_use]
pub fn light_letter(light: Light) -> char {
    match light {
        Light::Green => 'G',
        Light::Wait => 'W',
        Light::Amber => 'A',
        Light::Red => 'R',
        Light::Stop => 'S',
    }
}

/// `1 green, 2 amber, 0 red, 0 stop, 1 incomplete`.
#[must_use]
pub fn counts(count: impl Fn(Light) -> usize) -> String {
    let counted = Light::ALL.map(|light| format!("{} {}", count(light), light_name(light).to_lowercase()));
    counted.join(", ")
}

/// `G green, A amber, R red, S stop, W incomplete`: the letters of a strip.
#[must_use]
pub fn letters() -> String {
    let named = |light| format!("{} {}", light_letter(light), light_name(light).to_lowercase());
    Light::ALL.map(named).join(", ")
}

/// Where the diary stands, for titles; not what a file that cannot be read may change.
#[must_use]
pub fn stands(knee: &Knee, limit: &Limit) -> &'static str {
    if unread(knee, limit).is_some() { "a file cannot be read" } else { state_name(limit.state) }
}

/// The file that cannot be read, where it decides: it may hold a stop, and only a stop, a sign that stands or a
/// professional's plan says as much without it.
#[must_use]
pub fn unread<'a>(knee: &'a Knee, limit: &Limit) -> Option<&'a Problem> {
    let says_as_much = matches!(limit.state, State::Stop | State::Plan) || limit.because.is_some();
    knee.unread().filter(|_| !says_as_much)
}

/// `back`, for people.
#[must_use]
pub fn state_name(state: State) -> &'static str {
    match state {
        State::Clear => "no limit from the diary",
        State::Plan => "their plan",
        State::Ramp => "building up",
        State::Hold => "holding after amber",
        State::Back => "back after red",
        State::Ladder => "walk and run",
        State::Stop => "stop",
    }
}

/// `Tue 3 Nov, 9.0 km: front of the left knee, 6 of 10 while running. Red.`
#[must_use]
pub fn row(row: &Placed, metres: Option<i64>, units: UnitSystem) -> String {
    let distance = metres.map_or_else(String::new, |metres| format!(", {}", units.short(metres)));
    let walk = if row.about == About::Walk { ", a walk" } else { "" };
    let light = row.light.map_or_else(String::new, |light| format!(" {}.", light_name(light)));
    format!(
        "{}{distance}{walk}: {}{}.{light}",
        dates::with_weekday(row.date),
        row.spot.with_side(row.side),
        what_hurt(row)
    )
}

/// `, 6 of 10 while running`, the largest number or the signs.
fn what_hurt(row: &Placed) -> String {
    let readings = row.readings;
    let named = [
        (readings.during, if row.about == About::Walk { "while walking" } else { "while running" }),
        (readings.before, "before it"),
        (readings.after, "an hour after"),
        (readings.morning, "next morning"),
        (readings.worst, "that day"),
    ];
    let largest = readings.largest();
    let number = named.into_iter().find(|(number, _)| number.is_some() && *number == largest);
    let number = match number {
        Some((Some(number), when)) => format!(", {number} of 10 {when}"),
        _ => String::new(),
    };
    let signs: Vec<&str> = row.signs.iter().map(|sign| sign.code()).collect();
    if signs.is_empty() { number } else { format!("{number}; you noted: {}", signs.join(", ")) }
}

/// What holds from now on, without the arrow; `None` while nothing does. `on` is the day that the limit is for.
#[must_use]
pub fn action(knee: &Knee, limit: &Limit, units: UnitSystem) -> Option<String> {
    if let Some(standing) = limit.because {
        return Some(while_standing(standing).to_owned());
    }
    if let Some(unread) = unread(knee, limit) {
        return Some(format!("{unread}."));
    }
    Some(match limit.state {
        State::Clear => return None,
        State::Stop => stop(knee),
        State::Plan => {
            "Your doctor's or physio's plan decides. treadlight gives no distance. A red entry still counts."
                .to_owned()
        }
        State::Ladder => ladder_action(knee, limit),
        State::Ramp => match limit.run_m {
            Some(metres) => format!(
                "Two green entries. The limit of one run is now {}. It is a limit, not a goal.",
                limit_text(metres, units)
            ),
            None => "Two green entries. treadlight has no distance yet: it needs 30 days of runs.".to_owned(),
        },
        State::Hold | State::Back => step_down(knee, limit, units),
    })
}

/// `No run while it is swollen. See someone within days.`
#[must_use]
pub fn while_standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Swollen => "No run while it is swollen. See someone within days.",
        Standing::Night => "No run while it hurts at night. See someone within days.",
    }
}

fn stop(knee: &Knee) -> String {
    let urgent = match knee.see() {
        Some(Urgency::Emergency) => "Call your emergency number.",
        Some(Urgency::Today) => "See a doctor today.",
        _ => "See a doctor within days.",
    };
    format!("Do not run. {urgent} When a doctor or physio has examined it: treadlight knee seen")
}

/// The signs that keep it stopped, `locked`; where there is none, the pain itself.
#[must_use]
pub fn stopped_by(knee: &Knee) -> String {
    let signs: Vec<&str> = knee.stopping_signs().into_iter().map(Sign::code).collect();
    if signs.is_empty() { "pain that may come from bone".to_owned() } else { signs.join(", ") }
}

fn not_before(knee: &Knee, limit: &Limit) -> Option<NaiveDate> {
    limit.not_before.filter(|date| *date > knee.on || *date > knee.as_of && knee.on == knee.as_of)
}

fn step_down(knee: &Knee, limit: &Limit, units: UnitSystem) -> String {
    let distance = limit_text(limit.run_m.unwrap_or(0), units);
    let rest = not_before(knee, limit)
        .map(|date| format!("No run before {}. After that ", dates::with_weekday(date)));
    let start = rest.unwrap_or_default();
    if limit.state == State::Back {
        format!(
            "{start}{distance} or less; none if walking or stairs hurt more than 2 of 10 or the knee is swollen."
        )
    } else {
        format!(
            "{start}{distance} or less, no downhill, until two more entries are green with none amber or red between."
        )
    }
}

/// `walk 3 min, run 2 min, 6 times`.
#[must_use]
pub fn stage_text(stage: u8) -> String {
    match ladder::stage(stage) {
        (walk, 0, _) => format!("walk {walk} min"),
        (0, run, _) => format!("run {run} min"),
        (walk, run, times) => format!("walk {walk} min, run {run} min, {times} times"),
    }
}

fn ladder_action(knee: &Knee, limit: &Limit) -> String {
    let stage = limit.stage.unwrap_or(0);
    let when = not_before(knee, limit)
        .map_or_else(String::new, |date| format!("; not before {}", dates::with_weekday(date)));
    format!(
        "Stage {stage} of {}: {}{when}. Only if stairs and 30 minutes of brisk walking hurt 2 of 10 or less.",
        ladder::last_stage(),
        stage_text(stage)
    )
}

/// The end of a limit, said for two weeks.
#[must_use]
pub fn ended(knee: &Knee, limit: &Limit) -> Option<String> {
    let rows = knee.diary.rows.iter().rev();
    let bad = rows.filter(|row| row.light.is_some_and(Light::is_bad)).find(|row| row.date <= knee.as_of)?;
    let days = (knee.as_of - bad.date).num_days();
    let recent = (LOOK_BACK_DAYS + 1..=LOOK_BACK_DAYS + 14).contains(&days);
    (limit.state == State::Clear && recent).then(|| {
        format!(
            "The limit of {} ended: 28 days without amber or red. That does not say the knee is well.",
            dates::relative_to(bad.date, knee.as_of)
        )
    })
}

/// Who should look at it and why, with the arrow: `Red on three days of 14. → Book a physio or doctor; …`
#[must_use]
pub fn see(knee: &Knee) -> Option<String> {
    let urgency = knee.see()?;
    let why =
        knee.reasons.iter().find(|reason| reason.urgency() == urgency).map(|reason| reason_text(*reason))?;
    let what = match urgency {
        Urgency::Emergency => "Call your emergency number now.",
        Urgency::Today => "Do not run. See a doctor today.",
        Urgency::Days => "See a doctor within days; take treadlight knee sheet along.",
        Urgency::Book => "Book a physio or doctor; take treadlight knee sheet along.",
    };
    Some(format!("{why} → {what}"))
}

fn reason_text(reason: Reason) -> &'static str {
    match reason {
        Reason::SignEmergency => "You noted chest pain, trouble breathing or coughing blood.",
        Reason::SignToday => "You noted a sign that a doctor should look at today.",
        Reason::Injury55 => {
            "After a twist, fall or blow from 55 on, a doctor asks whether an X-ray is needed."
        }
        Reason::SignDays => "You noted a sign that a doctor should look at.",
        Reason::Under18 => {
            "Under 18, a limp or knee pain that stops a run is for a doctor; the hip is examined too."
        }
        Reason::BoneSpot => "Pain there can come from bone.",
        Reason::ThreeRed => "Red on three days of 14.",
        Reason::NotBetter3Weeks => "No better after three weeks.",
        Reason::SixWeeks => "Six weeks with pain.",
    }
}

/// `Still missing: the morning of Wed 4 Nov, after the run of Tue 3 Nov.`
#[must_use]
pub fn missing(knee: &Knee) -> Vec<String> {
    knee.waiting()
        .map(|(row, run)| {
            let of = dates::with_weekday(run.date());
            let next = dates::days_after(run.date(), 1);
            if row.readings.during.is_none() {
                format!("Still missing: the number while running, for the run of {of}.")
            } else if next > knee.as_of {
                format!(
                    "Tomorrow: the number of the morning of {}, after the run of {of}.",
                    dates::with_weekday(next)
                )
            } else {
                format!("Still missing: the morning of {}, after the run of {of}.", dates::with_weekday(next))
            }
        })
        .collect()
}

/// The trend, or from when on there is one.
#[must_use]
pub fn trend(knee: &Knee, limit: &Limit) -> Option<String> {
    if knee.unread().is_some() {
        return None;
    }
    let (judged, runs, enough) = knee.judged_of_recent();
    if !enough {
        let s = if runs == 1 { "run" } else { "runs" };
        let are = if judged == 1 { "is" } else { "are" };
        return (runs > 0).then(|| {
            format!(
                "{judged} of your last {runs} {s} (14 days) {are} in the diary; from 3 on it shows a trend."
            )
        });
    }
    let spot = limit.of.map(|(spot, _)| spot)?;
    knee.rising(spot)?.then(|| "The worst number while running is higher than the week before.".to_owned())
}

/// `In the 14 days before: long-run spike 1 Nov (+42 %). It came before the pain; it may not be the reason.`
#[must_use]
pub fn before(warnings: &[String]) -> Option<String> {
    let said = warnings.join(", ");
    match warnings.len() {
        0 => None,
        1 => {
            Some(format!("In the 14 days before: {said}. It came before the pain; it may not be the reason."))
        }
        _ => Some(format!(
            "In the 14 days before: {said}. They came before the pain; they may not be the reason."
        )),
    }
}

/// `No entry since 3 Nov. treadlight knows your load, not your knee.`
#[must_use]
pub fn silent(knee: &Knee) -> Option<String> {
    knee.silent_since().map(|date| {
        format!(
            "No entry since {}. treadlight knows your load, not your knee.",
            dates::relative_to(date, knee.as_of)
        )
    })
}

/// One line for a notification: never a distance in a stop.
#[must_use]
pub fn quiet(knee: &Knee, limit: &Limit, units: UnitSystem) -> Option<String> {
    if limit.state == State::Stop {
        let urgent = match knee.see() {
            Some(Urgency::Emergency) => "call your emergency number",
            Some(Urgency::Today) => "see a doctor today",
            _ => "see a doctor within days",
        };
        return Some(format!("knee: you noted {}: do not run, {urgent}", stopped_by(knee)));
    }
    let is_loud = limit.state > State::Hold || limit.because.is_some() || knee.unread().is_some();
    let state = action(knee, limit, units).filter(|_| is_loud);
    match (state, see(knee)) {
        (None, None) => None,
        (state, see) => {
            let parts: Vec<String> = state.into_iter().chain(see).collect();
            Some(format!("knee: {}", parts.join(" ")))
        }
    }
}

/// Why there is no exercise.
#[must_use]
pub fn no_exercise(why: NoExercise) -> String {
    match why {
        NoExercise::See(Urgency::Emergency) => "No exercises now. Call your emergency number.".to_owned(),
        NoExercise::See(Urgency::Today) => "No exercises now. See a doctor today.".to_owned(),
        NoExercise::See(_) => {
            "No exercises until somebody has looked at it. See a doctor within days.".to_owned()
        }
        NoExercise::Stopped => "No exercises until a doctor or physio has examined it.".to_owned(),
        NoExercise::TheirPlan => "Your physio's exercises count, not these.".to_owned(),
        NoExercise::Acute => "No exercises in the week after a twist, fall or blow.".to_owned(),
        NoExercise::NoList(_) => fixed::NO_EXERCISES.to_owned(),
    }
}

/// `Strength on 2 of 7 days; 3 are asked for.`: no praise, no blame.
#[must_use]
pub fn done_this_week(days: usize) -> String {
    format!("Days with a strength exercise in the last seven: {days} of 3.")
}
