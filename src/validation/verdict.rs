//! What may be said of a rule in a group: by the number of injuries, and only what all time scales agree on.

/// Fewer injuries have no ratio.
pub(super) const RATIO_FROM: u32 = 20;
/// Fewer miss a ratio of the size that studies found more often than not.
const ENOUGH_FROM: u32 = 80;
/// What chance does less often is told apart from it.
const RARE: f64 = 0.05;

/// A ratio on one scale, as far as the words need it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct OnScale {
    pub(super) ratio: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) p_max: Option<f64>,
}

impl OnScale {
    /// Whether chance alone seldom goes as far, by interval and by draws.
    fn is_told_apart(&self) -> bool {
        (self.low > 1.0 || self.high < 1.0) && self.p_max.is_some_and(|p| p <= RARE)
    }
}

/// The words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Fewer than 20 injuries: so many.
    TooFew(u32),
    /// All injuries came in exposed time, or none did.
    NoRatio,
    /// The ratio lies on different sides of 1. `few`: fewer than 80 injuries.
    ByScale {
        /// Whether there are fewer than 80 injuries.
        few: bool,
    },
    /// 20 to 79 injuries.
    Few,
    /// On at least one scale chance could make it.
    Chance,
    /// Above 1 on every scale, and chance seldom makes it.
    More,
    /// Below 1 on every scale, and chance seldom makes it.
    Less,
}

const MISSED: &str = "a true 1.64 would be missed in about 7 of 10 such groups";
const BY_SCALE: &str = "depends on the time scale: not told apart here";

impl Verdict {
    /// By the first injuries on the scale that has the fewest, and the ratio on each scale.
    pub(super) fn of(injuries: u32, scales: &[Option<OnScale>]) -> Self {
        let known: Vec<OnScale> = scales.iter().flatten().copied().collect();
        let few = injuries < ENOUGH_FROM;
        let all = |holds: fn(&OnScale) -> bool| known.iter().all(holds);
        let any = |holds: fn(&OnScale) -> bool| known.iter().any(holds);
        if injuries < RATIO_FROM {
            Self::TooFew(injuries)
        } else if known.len() < scales.len() {
            Self::NoRatio
        } else if any(|scale| scale.ratio > 1.0) && any(|scale| scale.ratio < 1.0) {
            Self::ByScale { few }
        } else if few {
            Self::Few
        } else if !all(OnScale::is_told_apart) {
            Self::Chance
        } else if all(|scale| scale.ratio > 1.0) {
            Self::More
        } else {
            Self::Less
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::TooFew(injuries) => format!("too few injuries for a ratio ({injuries})"),
            Self::NoRatio => "no ratio: all injuries were reported in exposed time, or none was".to_owned(),
            Self::ByScale { few: true } => format!("{BY_SCALE}; {MISSED}"),
            Self::ByScale { few: false } => BY_SCALE.to_owned(),
            Self::Few => MISSED.to_owned(),
            Self::Chance => "chance could make this ratio".to_owned(),
            Self::More => "injuries were reported more often in exposed time, on every time scale".to_owned(),
            Self::Less => "injuries were reported less often in exposed time, on every time scale".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(ratio: f64, low: f64, high: f64, p_max: f64) -> Option<OnScale> {
        Some(OnScale { ratio, low, high, p_max: Some(p_max) })
    }

    fn words(injuries: u32, scales: [Option<OnScale>; 3]) -> String {
        Verdict::of(injuries, &scales).words()
    }

    #[test]
    fn nineteen_injuries_have_no_ratio_and_twenty_have_one_with_a_caution() {
        let clear = [scale(2.0, 1.5, 2.7, 0.001); 3];
        assert_eq!(words(19, clear), "too few injuries for a ratio (19)");
        assert_eq!(words(20, clear), "a true 1.64 would be missed in about 7 of 10 such groups");
        assert_eq!(words(79, clear), words(20, clear));
        assert_eq!(
            words(80, clear),
            "injuries were reported more often in exposed time, on every time scale"
        );
    }

    #[test]
    fn on_different_sides_of_1_nothing_is_told_apart_however_many_there_are() {
        let apart = [scale(1.4, 1.2, 1.7, 0.001), scale(0.5, 0.4, 0.7, 0.001), scale(1.4, 1.2, 1.7, 0.001)];
        assert_eq!(words(553, apart), "depends on the time scale: not told apart here");
        assert!(words(50, apart).starts_with("depends on the time scale: not told apart here; a true 1.64"));
    }

    #[test]
    fn one_scale_that_chance_could_make_leaves_the_verdict_to_chance() {
        let clear = scale(2.0, 1.5, 2.7, 0.001);
        assert_eq!(words(100, [clear, scale(1.2, 0.9, 1.6, 0.2), clear]), "chance could make this ratio");
        assert_eq!(words(100, [clear, scale(1.5, 1.1, 2.1, 0.08), clear]), "chance could make this ratio");
        let less = scale(0.5, 0.3, 0.8, 0.01);
        assert!(words(100, [less; 3]).contains("less often"));
        assert!(words(100, [clear, None, clear]).starts_with("no ratio"));
    }
}
