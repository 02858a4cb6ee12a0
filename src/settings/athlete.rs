//! `[athlete]`: what the training load from heart rate needs to know of the runner. Nothing of it is ever guessed.

use std::ops::RangeInclusive;

use serde::Deserialize;
use toml::Spanned;

use super::{Context, SettingsError};

pub(super) const ATHLETE_KEYS: &[&str] =
    &["max_heart_rate_bpm", "resting_heart_rate_bpm", "sex", "birth_year"];

/// Heart rates that a runner can have at most effort and at rest, in beats per minute.
const MAX_BPM: RangeInclusive<i64> = 120..=240;
const RESTING_BPM: RangeInclusive<i64> = 25..=120;
/// Years in which somebody who runs today can have been born.
const BIRTH_YEARS: RangeInclusive<i32> = 1900..=2100;

/// Whose heart it is, as far as the runner says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AthleteSettings {
    /// The highest heart rate that the runner can reach, in beats per minute.
    pub max_heart_rate_bpm: Option<u8>,
    /// The heart rate at rest, in beats per minute.
    pub resting_heart_rate_bpm: Option<u8>,
    /// Chooses the constants of the training load, and nothing else.
    pub sex: Option<Sex>,
    /// The year of birth, for what the knee diary says to the young and from 55 on.
    pub birth_year: Option<i32>,
}

/// The sexes that the constants of the training load were measured for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Sex {
    Female,
    Male,
}

#[derive(Default, Deserialize)]
pub(super) struct RawAthlete {
    max_heart_rate_bpm: Option<Spanned<i64>>,
    resting_heart_rate_bpm: Option<Spanned<i64>>,
    sex: Option<Spanned<String>>,
    birth_year: Option<Spanned<i32>>,
}

impl Context<'_> {
    pub(super) fn athlete(&self, raw: &RawAthlete) -> Result<AthleteSettings, SettingsError> {
        let bpm = |raw: &Option<Spanned<i64>>, range, what| {
            raw.as_ref().map(|raw| self.heart_rate(raw, range, what)).transpose()
        };
        let max_heart_rate_bpm = bpm(&raw.max_heart_rate_bpm, MAX_BPM, "the highest heart rate")?;
        let resting_heart_rate_bpm = bpm(&raw.resting_heart_rate_bpm, RESTING_BPM, "the heart rate at rest")?;
        if let (Some(max), Some(resting), Some(at)) =
            (max_heart_rate_bpm, resting_heart_rate_bpm, &raw.resting_heart_rate_bpm)
            && resting >= max
        {
            let what =
                format!("the heart rate at rest, {resting} bpm, must lie below the highest, {max} bpm");
            return Err(self.error(&at.span(), what));
        }
        let sex = raw.sex.as_ref().map(|sex| self.sex(sex)).transpose()?;
        let birth_year = raw.birth_year.as_ref().map(|year| self.birth_year(year)).transpose()?;
        Ok(AthleteSettings { max_heart_rate_bpm, resting_heart_rate_bpm, sex, birth_year })
    }

    fn birth_year(&self, raw: &Spanned<i32>) -> Result<i32, SettingsError> {
        let year = *raw.get_ref();
        let known = BIRTH_YEARS.contains(&year).then_some(year);
        known.ok_or_else(|| {
            self.error(&raw.span(), format!("{year} is no year of birth: write one like 1985"))
        })
    }

    fn heart_rate(
        &self,
        raw: &Spanned<i64>,
        range: RangeInclusive<i64>,
        what: &str,
    ) -> Result<u8, SettingsError> {
        let bpm = *raw.get_ref();
        u8::try_from(bpm).ok().filter(|_| range.contains(&bpm)).ok_or_else(|| {
            let (low, high) = (range.start(), range.end());
            self.error(&raw.span(), format!("{what} must lie between {low} and {high} bpm, not at {bpm}"))
        })
    }

    fn sex(&self, raw: &Spanned<String>) -> Result<Sex, SettingsError> {
        match raw.get_ref().as_str() {
            "female" => Ok(Sex::Female),
            "male" => Ok(Sex::Male),
            other => {
                let what = format!("unknown sex `{other}`: write `female` or `male`, or leave the line out");
                Err(self.error(&raw.span(), what))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::settings as parse;

    fn athlete(toml: &str) -> Result<AthleteSettings, String> {
        parse(&format!("[athlete]\n{toml}"))
            .map(|settings| settings.athlete)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn heart_rates_and_sex_are_read_and_nothing_is_guessed() {
        let all = athlete("max_heart_rate_bpm = 190\nresting_heart_rate_bpm = 52\nsex = \"female\"").unwrap();
        assert_eq!((all.max_heart_rate_bpm, all.resting_heart_rate_bpm), (Some(190), Some(52)));
        assert_eq!(all.sex, Some(Sex::Female));
        assert_eq!(athlete("sex = \"male\"").unwrap().sex, Some(Sex::Male));
        assert_eq!(athlete("").unwrap(), AthleteSettings::default());
    }

    #[test]
    fn heart_rates_just_inside_their_ranges_are_read_and_just_outside_are_refused() {
        for (key, range) in [("max_heart_rate_bpm", MAX_BPM), ("resting_heart_rate_bpm", RESTING_BPM)] {
            let (low, high) = range.into_inner();
            for (bpm, fits) in [(low - 1, false), (low, true), (high, true), (high + 1, false), (-1, false)] {
                assert_eq!(athlete(&format!("{key} = {bpm}")).is_ok(), fits, "{key} = {bpm}");
            }
        }
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_line_and_a_way_out() {
        for (toml, message) in [
            (
                "max_heart_rate_bpm = 300",
                "line 2: the highest heart rate must lie between 120 and 240 bpm, not at 300",
            ),
            (
                "max_heart_rate_bpm = 120\nresting_heart_rate_bpm = 120",
                "line 3: the heart rate at rest, 120 bpm, must lie below the highest, 120 bpm",
            ),
            ("sex = \"m\"", "line 2: unknown sex `m`: write `female` or `male`, or leave the line out"),
            (
                "max_heartrate_bpm = 190",
                "line 2: unknown key `max_heartrate_bpm`: did you mean `max_heart_rate_bpm`?",
            ),
        ] {
            assert_eq!(athlete(toml), Err(message.to_owned()));
        }
    }
}
