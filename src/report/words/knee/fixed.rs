//! What is said in fixed words: signs, for whom the diary is not enough, where the rules come from.
//!
//! Source: EVIDENCE-KNEE 6. Reviewed word by word: change nothing here without its sources.

use crate::knee::spot::Spot;

/// Under every output about pain: `(urgency, what)`.
pub const SIGNS: [(&str, &str); 5] = [
    ("Call your emergency number:", "chest pain, trouble breathing or coughing blood."),
    (
        "Do not run, see a doctor today:",
        "you cannot take four steps; the knee is stuck, gave way or changed its shape; it swelled within hours of a twist, \
         fall or blow, or very much; it is hot and you feel ill; one calf or leg is swollen, or warm and painful, or red; \
         the foot is numb, cold or pale.",
    ),
    (
        "Do not run, see a doctor within days:",
        "one sore spot on a bone; hopping hurts; pain in groin or hip; fever or weight loss.",
    ),
    ("Within days:", "pain at night or at rest, swelling without a fall, numb skin."),
    (
        "Under 18 with a limp:",
        "do not run; a doctor within days, today with fever or if walking is hard; the hip must be examined too. This list \
         is not complete: if you are worried, ask.",
    ),
];

/// Nothing of it is a medical device.
pub const NOT_A_DEVICE: &str = "Not a medical device, not for diagnosis or treatment.";

/// For whom the diary alone is not enough: at the first entry, above exercises, in the docs.
pub const NOT_FOR_THIS_DIARY_ALONE: &str = "Not for this diary alone: an operation or injection in that leg in the last \
    three months, a joint replacement, pregnancy and three months after birth, inflammatory arthritis, brittle bones or \
    an earlier stress fracture, missed periods or not eating enough, a clot or blood thinners, very loose joints, under \
    18. Ask your doctor or physio for your own limits, then: treadlight knee seen --their-plan.";

/// What needs no entry.
pub const NEEDS_NO_ENTRY: &str =
    "Sore muscles in both thighs or calves for three days after hard running, and blisters, need no entry.";

/// The scale.
pub const SCALE: &str = "0 none, 10 the worst you can imagine";

/// No row yet.
pub const NO_ENTRY: &str = "No entry in your diary: treadlight knows your load, not your knee.";

/// Above exercises.
pub const EXERCISES: &str = "General exercises, used in studies or by custom for people with pain there. Nobody has \
    examined your knee. Pain at most 2 of 10 (3 for a tendon), back to before by next morning; stop at sharp pain, \
    locking or giving way.";

/// How to go on with exercises.
pub const EXERCISES_RULES: &str = "If an exercise hurts more, take the easier form; if that happens twice, leave it out. \
    One harder step after two weeks at 1 of 10 or less. Six weeks before judging.";

/// Spots without a list.
pub const NO_EXERCISES: &str =
    "For pain there treadlight has no exercises: different causes need different care.";

/// Spots that may be bone.
pub const BONE: &str = "Pain here can come from bone. Do not run while walking or hopping hurts, or if one spot on the \
    bone is sore.";

/// When a clot is likelier, under spots `calf` and `behind`.
pub const CLOT: &str = "A clot in the leg is likelier after an operation, plaster, a long journey, in pregnancy or after \
    birth, with the pill, cancer or an earlier clot.";

/// A painkiller was noted.
pub const PAINKILLER: &str = "You noted a painkiller. It can hide pain, so this run is not green.";

/// A twist, fall or blow in the first week.
pub const INJURY: &str = "After a twist, fall or blow ask a doctor whether an X-ray is needed if you are 55 or older, the \
    kneecap alone or the outer bone below the knee is sore, you cannot bend the knee to a right angle, or could not take \
    four steps then or now. None of these does not mean that nothing is wrong.";

/// How runners fared in one study.
pub const COURSE: &str = "Of 138 runners with a new knee injury 71 in 100 said 16 months later that they had recovered \
    (Cloosterman 2020).";

const WHY_FRONT: &str = "In one trial 69 runners with diagnosed kneecap pain learned to keep it at 2 of 10 or less, gone \
    within an hour and no worse next morning. After 20 weeks no difference was seen between them and runners who also did \
    exercises or changed their stride (Esculier 2018). Nobody ran without advice. The kilometres are ours. [idea B, \
    numbers D]";

const WHY_ELSEWHERE: &str =
    "This rule is borrowed from kneecap and tendon pain. It was not tested for pain there. [D]";

/// Where the rule of a spot comes from.
#[must_use]
pub fn why(spot: Spot) -> &'static str {
    if spot == Spot::Front { WHY_FRONT } else { WHY_ELSEWHERE }
}

/// What is said of a spot before anything else.
#[must_use]
pub fn of_spot(spot: Spot) -> Option<&'static str> {
    match spot {
        Spot::Calf | Spot::Behind => Some(CLOT),
        spot if spot.may_be_bone(None) => Some(BONE),
        _ => None,
    }
}
