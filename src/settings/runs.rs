//! `[runs]`: the runner's own word on single activities.

use chrono::NaiveDateTime;
use serde::Deserialize;
use toml::Spanned;

use super::{Context, SettingsError, ShoeSettings};
use crate::{activity::Sport, units::Distance};

pub(super) const RUN_KEYS: &[&str] = &["exclude", "distance", "sport", "shoe", "race", "note"];

/// What the runner says of one activity.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RunSettings {
    /// As written: the activity's id.
    pub id: String,
    /// The local start in it.
    pub start: NaiveDateTime,
    /// Does not count.
    pub exclude: bool,
    /// The true distance.
    pub distance_m: Option<i64>,
    /// The true sport, in the runner's word: `running`, `trail run`, `cycling`.
    pub sport: Option<Sport>,
    /// The pair of shoes: one of `[[shoes]]`.
    pub shoe: Option<String>,
    /// A race: what rules say of it is a statement, not a warning.
    pub race: bool,
    /// Whatever the runner wants to remember.
    pub note: Option<String>,
}

impl RunSettings {
    /// Whether more than a pair of shoes is said of it.
    #[must_use]
    pub fn is_corrected(&self) -> bool {
        self.exclude || self.distance_m.is_some() || self.sport.is_some() || self.race || self.note.is_some()
    }
}

#[derive(Deserialize)]
pub(super) struct RawRun {
    #[serde(default)]
    exclude: bool,
    distance: Option<Spanned<String>>,
    sport: Option<Spanned<String>>,
    shoe: Option<Spanned<String>>,
    #[serde(default)]
    race: bool,
    note: Option<String>,
}

impl Context<'_> {
    pub(super) fn run(
        &self,
        id: String,
        raw: Spanned<RawRun>,
        shoes: &[ShoeSettings],
    ) -> Result<RunSettings, SettingsError> {
        let span = raw.span();
        let RawRun { exclude, distance, sport, shoe, race, note } = raw.into_inner();
        let start = start_in(&id).ok_or_else(|| {
            let what = format!(
                "`{id}` is no run: write its id, like \"2026-11-18T07:02\" (`treadlight runs` lists them)"
            );
            self.error(&span, what)
        })?;
        let distance = distance.map(|text| self.parsed::<Distance>(&text)).transpose()?;
        let sport = sport.map(|word| self.sport(&word)).transpose()?;
        let shoe = shoe.map(|name| self.pair_named(&name, shoes)).transpose()?;
        let distance_m = distance.map(|distance| distance.meters);
        Ok(RunSettings { id, start, exclude, distance_m, sport, shoe, race, note })
    }

    fn sport(&self, word: &Spanned<String>) -> Result<Sport, SettingsError> {
        if word.get_ref().trim().is_empty() {
            return Err(self.error(&word.span(), "write a sport like \"running\" or \"cycling\""));
        }
        Ok(Sport::new(word.get_ref()))
    }
}

/// `2026-11-18T07:02`, with seconds or with `-2` after it.
fn start_in(id: &str) -> Option<NaiveDateTime> {
    let minute = id.get(..16)?;
    let rest = &id[16..];
    let is_known = rest.is_empty() || rest.starts_with('-') || rest.starts_with(':');
    NaiveDateTime::parse_from_str(minute, "%Y-%m-%dT%H:%M").ok().filter(|_| is_known)
}

#[cfg(test)]
mod tests {
    use crate::activity::Sport;
    use crate::analysis::rules::settings as parse;

    #[test]
    fn every_key_of_a_run_is_read() {
        let settings = parse(
            "[[shoes]]\nname = \"Ghost\"\n[runs]\n\"2026-11-18T07:02\" = { shoe = \"ghost\", exclude = true, distance = \"10.2 km\", sport = \"run\", race = true, note = \"flat battery\" }",
        )
        .unwrap();
        let run = &settings.runs[0];
        assert_eq!((run.id.as_str(), run.exclude, run.distance_m), ("2026-11-18T07:02", true, Some(10_200)));
        assert_eq!((run.sport.clone(), run.race), (Some(Sport::new("run")), true));
        assert_eq!((run.shoe.as_deref(), run.note.as_deref()), (Some("Ghost"), Some("flat battery")));
    }

    #[test]
    fn what_is_no_id_no_distance_or_no_pair_is_refused_with_its_line() {
        for (text, message) in [
            (
                "[runs]\n\"yesterday\" = { exclude = true }",
                "line 2: `yesterday` is no run: write its id, like \"2026-11-18T07:02\" (`treadlight runs` lists them)",
            ),
            (
                "[runs]\n\"2026-11-18T07:02\" = { distance = \"10\" }",
                "line 2: `10` has no unit: write it like `35 km` or `300 mi`",
            ),
            (
                "[[shoes]]\nname = \"Ghost 15\"\n[runs]\n\"2026-11-18T07:02\" = { shoe = \"Gost 15\" }",
                "line 4: no pair is named `Gost 15`: did you mean `Ghost 15`?",
            ),
            (
                "[runs]\n\"2026-11-18T07:02\" = { excluded = true }",
                "line 2: unknown key `excluded`: did you mean `exclude`?",
            ),
        ] {
            assert_eq!(parse(text).unwrap_err().to_string(), message);
        }
    }
}
