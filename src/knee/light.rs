//! The light of one row.
//!
//! ```text
//! b = before or 0;  w = largest number;  G = green limit of the spot;  red = 5, at bone spots 2
//! STOP   a sign with running "none"; at a bone spot w > 5, night or limp; under 18 night or limp
//! RED    w > red, or a red sign, or morning >= b + 2, or an injury with w > G
//! AMBER  w > G, or after > b, or morning > b, or a painkiller
//! WAIT   during or morning missing
//! GREEN
//! ```
//! Source: EVIDENCE-KNEE 5.2; grade B for front-knee pain (Esculier 2018), C for tendons, D elsewhere and for every number.

use super::{
    numbers::{BONE_RED_ABOVE, BONE_STOP_ABOVE, MORNING_RED_RISE, RED_ABOVE},
    sign::{Effect, Sign},
    spot::{Side, Spot},
};

/// What a row says, from harmless to not: the order is the order of severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Light {
    /// Within the limits of the spot, the next morning known.
    Green,
    /// Not yet known: the number while running or of the next morning is missing.
    Wait,
    /// Above green somewhere.
    Amber,
    /// Much, or still there the next morning, or a red sign.
    Red,
    /// No run until somebody has seen it.
    Stop,
}

impl Light {
    /// Every light, as they are counted and explained.
    pub const ALL: [Self; 5] = [Self::Green, Self::Amber, Self::Red, Self::Stop, Self::Wait];

    /// The word of the JSON interface.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Wait => "wait",
            Self::Amber => "amber",
            Self::Red => "red",
            Self::Stop => "stop",
        }
    }

    /// Amber or red: it steps down, but forbids nothing for good.
    #[must_use]
    pub fn is_bad(self) -> bool {
        matches!(self, Self::Amber | Self::Red)
    }
}

/// Numbers from 0 (none) to 10 (the worst you can imagine); each may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Readings {
    /// Just before the run.
    pub before: Option<u8>,
    /// The worst while running.
    pub during: Option<u8>,
    /// An hour after it.
    pub after: Option<u8>,
    /// The next morning.
    pub morning: Option<u8>,
    /// The worst of a day without a run.
    pub worst: Option<u8>,
}

impl Readings {
    /// The largest number that was written.
    #[must_use]
    pub fn largest(&self) -> Option<u8> {
        [self.before, self.during, self.after, self.morning, self.worst].into_iter().flatten().max()
    }

    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.largest().is_none()
    }
}

/// What a year of birth says, which leaves two ages: each question is answered to the safe side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Age {
    /// Perhaps under 18.
    pub may_be_minor: bool,
    /// Perhaps 55 or older.
    pub may_be_55: bool,
}

impl Age {
    /// In a year; nothing where the year of birth is not known.
    #[must_use]
    pub fn in_year(year: i32, birth_year: Option<i32>) -> Self {
        birth_year.map_or(Self::default(), |birth| Self {
            may_be_minor: year - birth <= 18,
            may_be_55: year - birth >= 55,
        })
    }
}

/// What a row needs to be judged.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// Where it hurts.
    pub spot: Spot,
    /// On which side.
    pub side: Option<Side>,
    /// The numbers.
    pub readings: Readings,
    /// The signs.
    pub signs: &'a [Sign],
    /// Whether a painkiller was taken.
    pub painkiller: bool,
    /// The runner's age.
    pub age: Age,
}

impl Judged<'_> {
    fn has(&self, signs: &[Sign]) -> bool {
        self.signs.iter().any(|sign| signs.contains(sign))
    }

    fn is_stop(&self, bone: bool, worst: u8) -> bool {
        let changed_or_at_night = self.has(&[Sign::Night, Sign::Limp]);
        self.signs.iter().any(|sign| sign.forbids_running())
            || bone && (worst > BONE_STOP_ABOVE || changed_or_at_night)
            || self.age.may_be_minor && changed_or_at_night
    }

    /// The light of a row of a run or a planned walk.
    #[must_use]
    pub fn light(&self) -> Light {
        let bone = self.spot.may_be_bone(self.side);
        let green = self.spot.green_limit(self.side);
        let Readings { before, during, after, morning, .. } = self.readings;
        let before = before.unwrap_or(0);
        let worst = self.readings.largest().unwrap_or(0);
        let rise = morning.map_or(0, |morning| morning.saturating_sub(before));
        let red_sign = self.signs.iter().any(|sign| sign.effect() == Effect::Red);
        let hurt_injury = self.signs.iter().any(|s| s.effect() == Effect::RedWithPain) && worst > green;
        if self.is_stop(bone, worst) {
            Light::Stop
        } else if worst > if bone { BONE_RED_ABOVE } else { RED_ABOVE }
            || red_sign
            || rise >= MORNING_RED_RISE
            || hurt_injury
        {
            Light::Red
        } else if worst > green || after.is_some_and(|after| after > before) || rise > 0 || self.painkiller {
            Light::Amber
        } else if during.is_none() || morning.is_none() {
            Light::Wait
        } else {
            Light::Green
        }
    }

    /// The light of a row of a day: it can only harden. `None`: the row is kept and judges nothing.
    #[must_use]
    pub fn light_of_day(&self) -> Option<Light> {
        Some(self.light()).filter(|light| !matches!(light, Light::Wait | Light::Green))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_birth_leaves_two_ages_and_the_careful_one_counts() {
        assert!(Age::in_year(2026, Some(2008)).may_be_minor);
        assert!(!Age::in_year(2026, Some(2007)).may_be_minor);
        assert!(Age::in_year(2026, Some(1971)).may_be_55);
        assert!(!Age::in_year(2026, Some(1972)).may_be_55);
        assert_eq!(Age::in_year(2026, None), Age::default());
    }
}
