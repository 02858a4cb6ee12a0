//! Signs that a knee needs somebody's eyes: what the runner is asked, how soon, and what it does to running.
//!
//! Source: EVIDENCE-KNEE 3.

use std::{fmt, str::FromStr};

use crate::settings::nearest;

/// How soon somebody should look at it; the most urgent last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// Book a physiotherapist or doctor.
    Book,
    /// A doctor within days.
    Days,
    /// A doctor today.
    Today,
    /// The emergency number.
    Emergency,
}

impl Urgency {
    /// The word of the JSON interface.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Book => "book",
            Self::Days => "days",
            Self::Today => "today",
            Self::Emergency => "emergency",
        }
    }
}

/// What a sign does to running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// No run until somebody has seen it.
    NoRun,
    /// The row is red.
    Red,
    /// Red with any number above green.
    RedWithPain,
}

/// A sign of the diary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the table below says what each is")]
pub enum Sign {
    Breathless,
    NoWeight,
    Deformed,
    Locked,
    GivesWay,
    SwollenFast,
    HotUnwell,
    CalfSwollen,
    NumbFoot,
    Bone,
    HipGroin,
    Unwell,
    Procedure,
    Night,
    Swelling,
    Numb,
    Limp,
    Injury,
}

struct Facts {
    sign: Sign,
    code: &'static str,
    question: &'static str,
    urgency: Option<Urgency>,
    effect: Effect,
}

const fn facts(
    sign: Sign,
    code: &'static str,
    question: &'static str,
    urgency: Option<Urgency>,
    effect: Effect,
) -> Facts {
    Facts { sign, code, question, urgency, effect }
}

/// Every sign, the most urgent first, in the order of [`Sign`].
const SIGNS: &[Facts] = &[
    facts(
        Sign::Breathless,
        "breathless",
        "short of breath, chest pain, or coughing blood",
        Some(Urgency::Emergency),
        Effect::NoRun,
    ),
    facts(
        Sign::NoWeight,
        "no-weight",
        "cannot put weight on it, or not four steps",
        Some(Urgency::Today),
        Effect::NoRun,
    ),
    facts(
        Sign::Deformed,
        "deformed",
        "cannot move it, or it changed its shape",
        Some(Urgency::Today),
        Effect::NoRun,
    ),
    facts(Sign::Locked, "locked", "stuck: will not straighten or bend", Some(Urgency::Today), Effect::NoRun),
    facts(Sign::GivesWay, "gives-way", "gave way under you", Some(Urgency::Today), Effect::NoRun),
    facts(
        Sign::SwollenFast,
        "swollen-fast",
        "swelled within hours of a twist, fall or blow, or very much",
        Some(Urgency::Today),
        Effect::NoRun,
    ),
    facts(
        Sign::HotUnwell,
        "hot-unwell",
        "hot and red, with fever, chills or feeling ill",
        Some(Urgency::Today),
        Effect::NoRun,
    ),
    facts(
        Sign::CalfSwollen,
        "calf-swollen",
        "one calf or leg swollen, or warm and painful, or its skin darker or red",
        Some(Urgency::Today),
        Effect::NoRun,
    ),
    facts(Sign::NumbFoot, "numb-foot", "foot numb, cold or pale", Some(Urgency::Today), Effect::NoRun),
    facts(
        Sign::Bone,
        "bone",
        "one finger-tip spot on a bone is sore, hopping hurts, or it hurts in walking after runs",
        Some(Urgency::Days),
        Effect::NoRun,
    ),
    facts(Sign::HipGroin, "hip-groin", "pain in groin or hip on impact", Some(Urgency::Days), Effect::NoRun),
    facts(
        Sign::Unwell,
        "unwell",
        "weight loss, fever without a hot knee, or other joints too",
        Some(Urgency::Days),
        Effect::NoRun,
    ),
    facts(
        Sign::Procedure,
        "procedure",
        "an injection into or operation on this leg, and the clinic has not yet said how to run",
        Some(Urgency::Days),
        Effect::NoRun,
    ),
    facts(Sign::Night, "night", "wakes you, or hurts at rest all the time", Some(Urgency::Days), Effect::Red),
    facts(Sign::Swelling, "swelling", "swollen without an injury", Some(Urgency::Days), Effect::Red),
    facts(Sign::Numb, "numb", "tingling or numb skin about the knee", Some(Urgency::Days), Effect::Red),
    facts(Sign::Limp, "limp", "the pain changed how you ran or walked", None, Effect::Red),
    facts(Sign::Injury, "injury", "a twist, fall or blow started it", None, Effect::RedWithPain),
];

impl Sign {
    /// Every sign, the most urgent first.
    pub fn all() -> impl Iterator<Item = Self> {
        SIGNS.iter().map(|facts| facts.sign)
    }

    /// Every code, for suggestions.
    #[must_use]
    pub fn codes() -> Vec<&'static str> {
        SIGNS.iter().map(|facts| facts.code).collect()
    }

    fn facts(self) -> &'static Facts {
        // the table is in the order of the variants: a test holds it
        &SIGNS[self as usize]
    }

    /// `no-weight`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.facts().code
    }

    /// What the runner is asked: `cannot put weight on it, or not four steps`.
    #[must_use]
    pub fn question(self) -> &'static str {
        self.facts().question
    }

    /// How soon somebody should look at it, by this sign alone.
    #[must_use]
    pub fn urgency(self) -> Option<Urgency> {
        self.facts().urgency
    }

    /// What it does to running.
    #[must_use]
    pub fn effect(self) -> Effect {
        self.facts().effect
    }

    /// Whether no run is possible until somebody has seen it.
    #[must_use]
    pub fn forbids_running(self) -> bool {
        self.effect() == Effect::NoRun
    }

    /// The code that may be meant by a word that is none.
    #[must_use]
    pub fn nearest(word: &str) -> Option<&'static str> {
        nearest(word, &Self::codes())
    }
}

impl FromStr for Sign {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        SIGNS.iter().find(|facts| facts.code.eq_ignore_ascii_case(text)).map(|facts| facts.sign).ok_or(())
    }
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A professional has looked: what that changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Ends a stop (stage 0 of the ladder); elsewhere only quiets the advice to be seen.
    Alone,
    /// The ladder at this stage, 0 to 6, from any state.
    Stage(u8),
    /// The professional's own plan decides.
    TheirPlan,
}

impl FromStr for Seen {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.to_ascii_lowercase();
        match text.strip_prefix("seen") {
            Some("") => Ok(Self::Alone),
            Some(":off") => Ok(Self::TheirPlan),
            Some(stage) => match stage.as_bytes() {
                [b':', digit @ b'0'..=b'6'] => Ok(Self::Stage(digit - b'0')),
                _ => Err(()),
            },
            None => Err(()),
        }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alone => f.write_str("seen"),
            Self::Stage(stage) => write!(f, "seen:{stage}"),
            Self::TheirPlan => f.write_str("seen:off"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_signs_and_each_is_read_back_from_its_code() {
        for sign in Sign::all() {
            assert_eq!(sign.facts().sign, sign);
            assert_eq!(sign.code().parse(), Ok(sign));
        }
        assert_eq!(Sign::all().count(), 18);
    }

    #[test]
    fn a_wrong_word_suggests_the_nearest_code() {
        assert_eq!(Sign::nearest("lockd"), Some("locked"));
        assert_eq!(Sign::nearest("giveway"), Some("gives-way"));
        assert_eq!(Sign::nearest("wobbly"), None);
    }

    #[test]
    fn seen_is_written_as_it_is_read() {
        for text in ["seen", "seen:0", "seen:6", "seen:off"] {
            assert_eq!(text.parse::<Seen>().unwrap().to_string(), text);
        }
        for text in ["seen:7", "seen:", "seen:10", "saw", "seen:on"] {
            assert_eq!(text.parse::<Seen>(), Err(()), "{text}");
        }
    }
}
