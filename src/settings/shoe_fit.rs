//! How a pair fits, in the runner's own words and the maker's millimetres. It is shown and nothing is computed from it.

use std::ops::RangeInclusive;

use serde::Deserialize;
use toml::{Spanned, Value};

use super::{Context, SettingsError};

/// Names that may stand in `comfort`.
pub(super) const COMFORT_KEYS: &[&str] = &[AT_PURCHASE, NOW];
/// The key of the comfort on the day on which the pair was bought.
pub(super) const AT_PURCHASE: &str = "at_purchase";
/// The key of the comfort on the day on which it was last written down.
pub(super) const NOW: &str = "now";

/// From the least comfortable to the most.
pub const COMFORT: RangeInclusive<u8> = 1..=5;
/// From a toe that stands higher than the heel to the steepest shoe.
pub const DROP_MM: RangeInclusive<f64> = -10.0..=30.0;
/// From bare feet to more foam than any rule of racing allows.
pub const STACK_MM: RangeInclusive<f64> = 0.0..=100.0;

/// How to write a comfort.
const COMFORT_FORM: &str =
    "write `comfort = { at_purchase = 4, now = 3 }` with 1 (poor) to 5 (best), or one of both";

/// How a pair fits, as far as the runner says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShoeFit {
    /// Whatever the runner wants to remember.
    pub note: Option<String>,
    /// Comfort when the pair was bought, from 1 to 5.
    pub comfort_at_purchase: Option<u8>,
    /// Comfort now, from 1 to 5.
    pub comfort_now: Option<u8>,
    /// How much higher the heel stands than the toe, in millimetres, as its maker says.
    pub drop_mm: Option<f64>,
    /// How much sole lies below the heel, in millimetres, as its maker says.
    pub stack_mm: Option<f64>,
}

impl ShoeFit {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The keys of a pair that say how it fits.
pub(super) struct RawFit {
    pub(super) note: Option<String>,
    pub(super) comfort: Option<Spanned<Value>>,
    pub(super) drop_mm: Option<Spanned<f64>>,
    pub(super) stack_mm: Option<Spanned<f64>>,
}

/// A comfort at two times.
#[derive(Deserialize)]
struct RawComfort {
    at_purchase: Option<i64>,
    now: Option<i64>,
}

impl Context<'_> {
    pub(super) fn fit(&self, raw: RawFit) -> Result<ShoeFit, SettingsError> {
        let (comfort_at_purchase, comfort_now) =
            raw.comfort.map(|comfort| self.comfort(comfort)).transpose()?.unwrap_or_default();
        let millimetres = |raw: Option<Spanned<f64>>, name, range| {
            raw.map(|raw| self.millimetres(&raw, name, range)).transpose()
        };
        // a note is a line, however it was written
        let note = raw.note.map(|note| note.split_whitespace().collect::<Vec<_>>().join(" "));
        Ok(ShoeFit {
            note: note.filter(|note| !note.is_empty()),
            comfort_at_purchase,
            comfort_now,
            drop_mm: millimetres(raw.drop_mm, "drop_mm", DROP_MM)?,
            stack_mm: millimetres(raw.stack_mm, "stack_mm", STACK_MM)?,
        })
    }

    /// A number alone is what the pair was like when it was bought.
    fn comfort(&self, raw: Spanned<Value>) -> Result<(Option<u8>, Option<u8>), SettingsError> {
        let span = raw.span();
        let error = || self.error(&span, format!("this is no comfort: {COMFORT_FORM}"));
        let both = match raw.into_inner() {
            Value::Integer(at_purchase) => RawComfort { at_purchase: Some(at_purchase), now: None },
            table @ Value::Table(_) => table.try_into().map_err(|_| error())?,
            _ => return Err(error()),
        };
        if both.at_purchase.or(both.now).is_none() {
            return Err(error());
        }
        let grade = |raw: Option<i64>| {
            let grade = |raw| u8::try_from(raw).ok().filter(|grade| COMFORT.contains(grade));
            raw.map(|raw| grade(raw).ok_or_else(error)).transpose()
        };
        Ok((grade(both.at_purchase)?, grade(both.now)?))
    }

    fn millimetres(
        &self,
        raw: &Spanned<f64>,
        name: &str,
        range: RangeInclusive<f64>,
    ) -> Result<f64, SettingsError> {
        let millimetres = *raw.get_ref();
        // not a number lies in no range
        range.contains(&millimetres).then_some(millimetres).ok_or_else(|| {
            let (low, high) = range.into_inner();
            self.error(&raw.span(), format!("`{name}` lies between {low} and {high}, not at {millimetres}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::settings as parse;

    fn fit(toml: &str) -> Result<ShoeFit, String> {
        let settings = parse(&format!("[[shoes]]\nname = \"a\"\n{toml}"));
        settings.map(|mut settings| settings.shoes.remove(0).fit).map_err(|error| error.to_string())
    }

    #[test]
    fn everything_that_a_pair_can_say_of_its_fit_is_read_and_nothing_is_guessed() {
        let all = "note = \"\"\"narrow\n toe box\"\"\"\ncomfort = { at_purchase = 5, now = 3 }\ndrop_mm = 8\nstack_mm = 32.5";
        let expected = ShoeFit {
            note: Some("narrow toe box".to_owned()),
            comfort_at_purchase: Some(5),
            comfort_now: Some(3),
            drop_mm: Some(8.0),
            stack_mm: Some(32.5),
        };
        assert_eq!(fit(all), Ok(expected));
        assert_eq!(fit(""), Ok(ShoeFit::default()));
        assert_eq!(fit("note = \" \""), Ok(ShoeFit::default()));
    }

    #[test]
    fn a_comfort_may_be_known_at_one_of_both_times_only() {
        let both = |toml| fit(toml).map(|fit| (fit.comfort_at_purchase, fit.comfort_now));
        assert_eq!(both("comfort = 4"), Ok((Some(4), None)));
        assert_eq!(both("comfort = { at_purchase = 4 }"), Ok((Some(4), None)));
        assert_eq!(both("comfort = { now = 2 }"), Ok((None, Some(2))));
    }

    #[test]
    fn numbers_just_inside_their_ranges_are_read_and_just_outside_are_refused() {
        let inside =
            ["comfort = 1", "comfort = 5", "drop_mm = -10", "drop_mm = 30", "stack_mm = 0", "stack_mm = 100"];
        for toml in inside {
            assert!(fit(toml).is_ok(), "{toml}");
        }
        let outside = [
            "comfort = 0",
            "comfort = 6",
            "comfort = 300",
            "comfort = -1",
            "comfort = 4.5",
            "comfort = \"4\"",
            "comfort = [4, 3]",
            "comfort = {}",
            "comfort = { now = 6 }",
            "comfort = { now = \"3\" }",
        ];
        for toml in outside {
            assert_eq!(fit(toml), Err(format!("line 3: this is no comfort: {COMFORT_FORM}")), "{toml}");
        }
        for (toml, message) in [
            ("drop_mm = -10.1", "line 3: `drop_mm` lies between -10 and 30, not at -10.1"),
            ("drop_mm = nan", "line 3: `drop_mm` lies between -10 and 30, not at NaN"),
            ("stack_mm = inf", "line 3: `stack_mm` lies between 0 and 100, not at inf"),
            ("stack_mm = -1", "line 3: `stack_mm` lies between 0 and 100, not at -1"),
            ("comfort = { bought = 4 }", "line 3: unknown key `bought`: known are at_purchase, now"),
            ("comfort = { at_purchse = 4 }", "line 3: unknown key `at_purchse`: did you mean `at_purchase`?"),
            ("drop = 8", "line 3: unknown key `drop`: did you mean `drop_mm`?"),
        ] {
            assert_eq!(fit(toml), Err(message.to_owned()));
        }
        assert!(fit("drop_mm = \"8\"").unwrap_err().starts_with("line 3: "));
        assert!(fit("note = 8").unwrap_err().starts_with("line 3: "));
    }
}
