//! From where on rules speak. Which keys there are, their usual values and their ranges stand with the rules.

use super::Rule;

/// The most keys that all rules together may have; a test holds them to it.
pub const MOST_KEYS: usize = 16;

/// What a key of the settings may hold.
#[derive(Clone, Copy, Debug)]
pub enum Allowed {
    /// A whole number from the first to the second, both included.
    Numbers {
        /// The lowest.
        least: i64,
        /// The highest.
        most: i64,
        /// Its unit, and why not less.
        unit_and_reason: &'static str,
    },
    /// One of these names; the value is its position.
    Names(&'static [&'static str]),
}

/// A key under `[warnings]` that moves where a rule begins to speak.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// Its value unless the runner sets another.
    pub usual: i64,
    /// What it may hold.
    pub allowed: Allowed,
    /// What follows the number in a sentence, with the blank before it: ` %`, ` days in a row`; of names what is chosen.
    pub unit: &'static str,
    /// Whether a study looked at the usual value.
    pub studied: bool,
}

/// What rules judge by, set by the runner or not. Only what differs from the usual is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Thresholds {
    /// By name; what is not set stands last.
    own: [Option<(&'static str, i64)>; MOST_KEYS],
}

impl Thresholds {
    /// The value of a key.
    #[must_use]
    pub fn of(&self, key: &Key) -> i64 {
        let own = self.own.iter().flatten().find(|(name, _)| *name == key.name);
        own.map_or(key.usual, |(_, value)| *value)
    }

    /// The same with another value of a key.
    #[must_use]
    pub fn with(mut self, key: &Key, value: i64) -> Self {
        let place = self.own.iter().position(|own| own.is_none_or(|(name, _)| name == key.name));
        if let Some(place) = place.and_then(|place| self.own.get_mut(place)) {
            *place = (value != key.usual).then_some((key.name, value));
        }
        self.own.sort_unstable_by_key(|own| (own.is_none(), *own));
        self
    }

    /// Whether a rule judges by something else than it does unless set.
    #[must_use]
    pub fn is_own(&self, rule: &Rule) -> bool {
        rule.keys.iter().any(|key| self.of(key) != key.usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn key(name: &'static str, usual: i64) -> Key {
        let allowed = Allowed::Numbers { least: 0, most: 100, unit_and_reason: "per cent" };
        Key { name, usual, allowed, unit: " %", studied: false }
    }

    const A: Key = key("a", 10);
    const B: Key = key("b", 30);

    #[test]
    fn a_key_has_its_usual_value_until_another_is_set_and_the_order_does_not_matter() {
        let own = Thresholds::default().with(&B, 20);
        assert_eq!((own.of(&A), own.of(&B)), (10, 20));
        assert_eq!(own.with(&A, 5), Thresholds::default().with(&A, 5).with(&B, 20));
        assert_eq!(own.with(&B, 25).of(&B), 25);
    }

    #[test]
    fn the_usual_value_is_nothing_of_the_runners_own() {
        let back = Thresholds::default().with(&A, 5).with(&B, 20).with(&A, 10).with(&B, 30);
        assert_eq!(back, Thresholds::default());
    }
}
