//! Where it hurts: the places a runner can name, never the structure below the skin.
//!
//! Source: EVIDENCE-KNEE 2 (eight areas, regions and "all over" are what people can point at; Thompson 2009).

use std::{fmt, str::FromStr};

/// A place that a runner can point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the table below says what each is")]
pub enum Spot {
    Front,
    Below,
    Above,
    Outer,
    Inner,
    Behind,
    Inside,
    Whole,
    Calf,
    Achilles,
    Other,
    Hip,
    Thigh,
    Shin,
    Foot,
}

/// How the numbers of a place are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Green up to 2, red above 5.
    Joint,
    /// Green up to 3, red above 5: tendons bear a little more in the studies.
    Tendon,
    /// Green at 0 only, red above 2: it may be bone.
    Bone,
}

/// What is known of a place: one row a place.
struct Facts {
    spot: Spot,
    code: &'static str,
    /// Shown in a list: `around or behind the kneecap`.
    shown: &'static str,
    /// `front of the`, `knee`, `knees`: with a side in between it reads `front of the left knee`.
    words: (&'static str, &'static str, &'static str),
    often_worse_with: &'static str,
    kind: Kind,
}

const fn facts(
    spot: Spot,
    code: &'static str,
    shown: &'static str,
    words: (&'static str, &'static str, &'static str),
    often_worse_with: &'static str,
    kind: Kind,
) -> Facts {
    Facts { spot, code, shown, words, often_worse_with, kind }
}

/// Every place, in the order of [`Spot`].
const SPOTS: &[Facts] = &[
    facts(
        Spot::Front,
        "front",
        "around or behind the kneecap",
        ("front of", "knee", "knees"),
        "stairs, squats, downhill, long sitting",
        Kind::Joint,
    ),
    facts(
        Spot::Below,
        "below",
        "just below the kneecap",
        ("below", "kneecap", "kneecaps"),
        "jumping, braking, downhill",
        Kind::Tendon,
    ),
    facts(
        Spot::Above,
        "above",
        "just above the kneecap",
        ("above", "kneecap", "kneecaps"),
        "deep bends, hills",
        Kind::Tendon,
    ),
    facts(
        Spot::Outer,
        "outer",
        "outer side of the knee",
        ("outer side of", "knee", "knees"),
        "the same distance each time, downhill, a sloping road",
        Kind::Joint,
    ),
    facts(
        Spot::Inner,
        "inner",
        "inner side of the knee",
        ("inner side of", "knee", "knees"),
        "twisting",
        Kind::Joint,
    ),
    facts(Spot::Behind, "behind", "back of the knee", ("back of", "knee", "knees"), "", Kind::Joint),
    facts(
        Spot::Inside,
        "inside",
        "deep in the joint",
        ("deep in", "knee", "knees"),
        "twisting, squatting",
        Kind::Joint,
    ),
    facts(
        Spot::Whole,
        "whole",
        "all over the knee, cannot point",
        ("all over", "knee", "knees"),
        "",
        Kind::Joint,
    ),
    facts(Spot::Calf, "calf", "calf", ("", "calf", "calves"), "", Kind::Joint),
    facts(
        Spot::Achilles,
        "achilles",
        "Achilles tendon",
        ("", "Achilles tendon", "Achilles tendons"),
        "",
        Kind::Tendon,
    ),
    facts(Spot::Other, "other", "another place", ("another place,", "side", "sides"), "", Kind::Joint),
    facts(Spot::Hip, "hip", "hip or groin", ("", "hip", "hips"), "impact", Kind::Bone),
    facts(Spot::Thigh, "thigh", "thigh", ("", "thigh", "thighs"), "impact", Kind::Bone),
    facts(Spot::Shin, "shin", "shin", ("", "shin", "shins"), "impact", Kind::Bone),
    facts(Spot::Foot, "foot", "foot", ("", "foot", "feet"), "impact", Kind::Bone),
];

impl Spot {
    /// Every place.
    pub fn all() -> impl Iterator<Item = Self> {
        SPOTS.iter().map(|facts| facts.spot)
    }

    /// Every code, for suggestions.
    #[must_use]
    pub fn codes() -> Vec<&'static str> {
        SPOTS.iter().map(|facts| facts.code).collect()
    }

    fn facts(self) -> &'static Facts {
        // the table is in the order of the variants: a test holds it
        &SPOTS[self as usize]
    }

    /// `front`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.facts().code
    }

    /// `around or behind the kneecap`.
    #[must_use]
    pub fn shown(self) -> &'static str {
        self.facts().shown
    }

    /// `stairs, squats, downhill, long sitting`; empty where nothing is usual.
    #[must_use]
    pub fn often_worse_with(self) -> &'static str {
        self.facts().often_worse_with
    }

    /// `front of the left knee`, `both calves`.
    #[must_use]
    pub fn with_side(self, side: Option<Side>) -> String {
        let (before, one, two) = self.facts().words;
        let thing = match (side, before) {
            (Some(Side::Both), _) => format!("both {two}"),
            (Some(side), "") => format!("{} {one}", side.code()),
            (Some(side), _) => format!("the {} {one}", side.code()),
            (None, "") => one.to_owned(),
            (None, _) => format!("the {one}"),
        };
        match (self, side, before) {
            (Self::Other, None, _) => "another place".to_owned(),
            (_, _, "") => thing,
            _ => format!("{before} {thing}"),
        }
    }

    /// The highest number that is still green, 0 to 10.
    #[must_use]
    pub fn green_limit(self, side: Option<Side>) -> u8 {
        match self.facts().kind {
            Kind::Tendon => 3,
            Kind::Bone if self.may_be_bone(side) => 0,
            _ => 2,
        }
    }

    /// Whether pain there can come from bone. Both thighs at once are sore muscles more often: judged as the knee is.
    #[must_use]
    pub fn may_be_bone(self, side: Option<Side>) -> bool {
        self.facts().kind == Kind::Bone && !(self == Self::Thigh && side == Some(Side::Both))
    }

    /// Whether it is judged as a tendon is.
    #[must_use]
    pub fn is_tendon(self) -> bool {
        self.facts().kind == Kind::Tendon
    }
}

impl FromStr for Spot {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        SPOTS.iter().find(|facts| facts.code.eq_ignore_ascii_case(text)).map(|facts| facts.spot).ok_or(())
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Which leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "they say themselves")]
pub enum Side {
    Left,
    Right,
    Both,
}

impl Side {
    /// `left`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Both => "both",
        }
    }

    /// Every code.
    #[must_use]
    pub fn codes() -> [&'static str; 3] {
        ["left", "right", "both"]
    }

    /// The legs that a row counts for; a row without a side counts for the left.
    #[must_use]
    pub fn legs(side: Option<Self>) -> &'static [Self] {
        match side {
            None | Some(Self::Left) => &[Self::Left],
            Some(Self::Right) => &[Self::Right],
            Some(Self::Both) => &[Self::Left, Self::Right],
        }
    }
}

impl FromStr for Side {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.to_ascii_lowercase().as_str() {
            "left" | "l" => Ok(Self::Left),
            "right" | "r" => Ok(Self::Right),
            "both" | "b" => Ok(Self::Both),
            _ => Err(()),
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_places_and_each_is_read_back_from_its_code() {
        for spot in Spot::all() {
            assert_eq!(spot.facts().spot, spot);
            assert_eq!(spot.code().parse(), Ok(spot));
        }
        assert_eq!(Spot::all().count(), 15);
    }

    #[test]
    fn a_place_and_its_side_read_as_a_phrase() {
        assert_eq!(Spot::Front.with_side(Some(Side::Left)), "front of the left knee");
        assert_eq!(Spot::Below.with_side(Some(Side::Both)), "below both kneecaps");
        assert_eq!(Spot::Calf.with_side(Some(Side::Right)), "right calf");
        assert_eq!(Spot::Foot.with_side(Some(Side::Both)), "both feet");
        assert_eq!(Spot::Other.with_side(None), "another place");
        assert_eq!(Spot::Whole.with_side(None), "all over the knee");
    }
}
