//! A judged row, and where the diary can stand.

use chrono::{Days, NaiveDate};

use super::{
    light::Light,
    sign::{Seen, Sign},
    spot::{Side, Spot},
};

/// A judged row, as the fold needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The local day of the run, or the day itself.
    pub date: NaiveDate,
    /// What it says.
    pub says: Says,
    /// Where it hurts; without meaning for [`Says::Seen`].
    pub spot: Spot,
    /// On which side; `None` counts for the left leg.
    pub side: Option<Side>,
    /// Metres of the run; `None` for a row of a day or a walk.
    pub metres: Option<i64>,
    /// Where in the run it began, in metres.
    pub from_m: Option<i64>,
    /// Seconds of running in the run, where known.
    pub running_s: Option<i64>,
    /// A planned walk.
    pub walk: bool,
    /// Signs that were noted.
    pub signs: Vec<Sign>,
    /// Whether it says how the knee is: only such a row can end the time of a standing sign. A row with a painkiller
    /// alone, or with a word that could not be read (`swolen`), cannot.
    pub speaks_of_now: bool,
}

/// What a judged row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// A light; `None`: it judges nothing, but ends the time of a sign.
    Light(Option<Light>),
    /// A professional has looked.
    Seen(Seen),
}

impl Entry {
    /// The light, where it has one.
    #[must_use]
    pub fn light(&self) -> Option<Light> {
        match self.says {
            Says::Light(light) => light,
            Says::Seen(_) => None,
        }
    }

    pub(super) fn is_seen(&self) -> bool {
        matches!(self.says, Says::Seen(_))
    }

    /// Whether pain there can come from bone.
    #[must_use]
    pub fn may_be_bone(&self) -> bool {
        self.spot.may_be_bone(self.side)
    }
}

/// Where the diary stands; the strictest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Nothing holds.
    Clear,
    /// A professional's plan decides.
    Plan,
    /// On the way up, by tenths.
    Ramp,
    /// After an amber entry.
    Hold,
    /// After a red entry.
    Back,
    /// Walking and running in turns.
    Ladder,
    /// No run until somebody has seen it.
    Stop,
}

impl State {
    /// The word of the JSON interface.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Plan => "plan",
            Self::Ramp => "ramp",
            Self::Hold => "hold",
            Self::Back => "back",
            Self::Ladder => "ladder",
            Self::Stop => "stop",
        }
    }
}

/// Why no run is possible while the newest row carries its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Pain at night or at rest.
    Night,
    /// Swollen without an injury.
    Swollen,
}

impl Standing {
    /// The word of the JSON interface.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Night => "pain at night",
            Self::Swollen => "swollen",
        }
    }

    /// What a row's signs say; of both, the swelling.
    pub(super) fn of(signs: &[Sign]) -> Option<Self> {
        if signs.contains(&Sign::Swelling) {
            Some(Self::Swollen)
        } else {
            signs.contains(&Sign::Night).then_some(Self::Night)
        }
    }
}

pub(super) fn after(date: NaiveDate, days: i64) -> NaiveDate {
    date.checked_add_days(Days::new(days.unsigned_abs())).unwrap_or(NaiveDate::MAX)
}

pub(super) fn before(date: NaiveDate, days: i64) -> NaiveDate {
    date.checked_sub_days(Days::new(days.unsigned_abs())).unwrap_or(NaiveDate::MIN)
}
