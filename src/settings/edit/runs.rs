//! Edits of `[runs]`: the runner's own word on single activities.

use toml_edit::{DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::{appended, finished, misshapen, parsed, set};
use crate::{settings::SettingsError, units::Distance};

/// What is said of a run; what is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunEdit {
    /// Whether it does not count at all.
    pub exclude: Option<bool>,
    /// Its true distance.
    pub distance: Option<Distance>,
    /// Its true sport.
    pub sport: Option<String>,
    /// Whether it was a race.
    pub race: Option<bool>,
    /// A note.
    pub note: Option<String>,
}

/// What [`without_run`] takes back; a pair of shoes stays.
const TAKEN_BACK: [&str; 5] = ["exclude", "distance", "sport", "race", "note"];

impl RunEdit {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn values(&self) -> Vec<(&'static str, Value)> {
        let distance = self.distance.map(|distance| ("distance", distance.as_written().into()));
        let said = [
            self.exclude.map(|exclude| ("exclude", exclude.into())),
            distance,
            self.sport.as_deref().map(|sport| ("sport", sport.into())),
            self.race.map(|race| ("race", race.into())),
            self.note.as_deref().map(|note| ("note", note.into())),
        ];
        said.into_iter().flatten().collect()
    }
}

/// The text with more said of a run, by id; what else its entry says stays.
///
/// # Errors
/// If the text is no TOML, or holds `runs` of another shape.
pub fn with_run(text: &str, id: &str, edit: &RunEdit) -> Result<String, SettingsError> {
    with_values(text, &[id.to_owned()], &edit.values())
}

/// The text with values of several runs, by id.
pub(super) fn with_values(
    text: &str,
    ids: &[String],
    values: &[(&'static str, Value)],
) -> Result<String, SettingsError> {
    let mut document = parsed(text)?;
    if !document.contains_key("runs") {
        let mut runs = Table::new();
        ids.iter().try_for_each(|id| say(&mut runs, id, values))?;
        let mut block = DocumentMut::new();
        block.insert("runs", Item::Table(runs));
        return Ok(appended(text, &block));
    }
    let runs = table_of_runs(&mut document)?;
    ids.iter().try_for_each(|id| say(runs, id, values))?;
    Ok(finished(text, &document))
}

/// The text with nothing said of a run, by the id as it is written there, but its pair of shoes.
///
/// # Errors
/// If the text is no TOML, or holds `runs` of another shape.
pub fn without_run(text: &str, id: &str) -> Result<String, SettingsError> {
    let mut document = parsed(text)?;
    if !document.contains_key("runs") {
        return Ok(text.to_owned());
    }
    let runs = table_of_runs(&mut document)?;
    let Some(entry) = runs.get_mut(id).and_then(Item::as_table_like_mut) else {
        return Ok(text.to_owned());
    };
    TAKEN_BACK.iter().for_each(|key| {
        entry.remove(key);
    });
    if entry.is_empty() {
        runs.remove(id);
    } else if let Some(entry) = runs.get_mut(id).and_then(Item::as_inline_table_mut) {
        entry.fmt();
    }
    Ok(finished(text, &document))
}

fn table_of_runs(document: &mut DocumentMut) -> Result<&mut dyn TableLike, SettingsError> {
    let runs = document.get_mut("runs").and_then(Item::as_table_like_mut);
    runs.ok_or_else(|| misshapen("runs", "\"2026-11-18T07:02\" = { … } under [runs]"))
}

fn say(runs: &mut dyn TableLike, id: &str, values: &[(&'static str, Value)]) -> Result<(), SettingsError> {
    let Some(entry) = runs.get_mut(id) else {
        let entry: InlineTable = values.iter().cloned().collect();
        runs.insert(id, toml_edit::value(entry));
        return Ok(());
    };
    if let Some(entry) = entry.as_inline_table_mut() {
        values.iter().for_each(|(key, new)| set(entry, key, new.clone()));
        // in one line there are no comments to lose, and blanks before a comma look odd
        entry.fmt();
        return Ok(());
    }
    let entry = entry.as_table_like_mut().ok_or_else(|| misshapen("runs", "\"2026-11-18T07:02\" = { … }"))?;
    values.iter().for_each(|(key, new)| set(entry, key, new.clone()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::settings as parse;

    const ID: &str = "2026-03-01T08:00";
    const TEXT: &str = "# mine\n\n[runs]  # corrections\n\"2026-03-01T08:00\" = { shoe = \"a\" }  # windy\n\n\
        [[shoes]]\nname = \"a\"\n";

    fn excluded() -> RunEdit {
        RunEdit { exclude: Some(true), note: Some("the drive \"home\"".to_owned()), ..RunEdit::default() }
    }

    #[test]
    fn a_run_is_excluded_with_a_note_and_taken_back_without_a_trace() {
        let edited = with_run("# mine\n", ID, &excluded()).unwrap();
        let said = &parse(&edited).unwrap().runs[0];
        assert_eq!(
            (said.id.as_str(), said.exclude, said.note.as_deref()),
            (ID, true, Some("the drive \"home\""))
        );
        assert!(parse(&without_run(&edited, ID).unwrap()).unwrap().runs.is_empty());
        assert_eq!(without_run("# mine\n", ID).unwrap(), "# mine\n");
    }

    #[test]
    fn what_an_entry_says_besides_stays_and_so_does_every_comment() {
        let edited = with_run(TEXT, ID, &excluded()).unwrap();
        assert!(edited.contains("# mine") && edited.contains("# windy") && edited.contains("# corrections"));
        assert_eq!(parse(&edited).unwrap().runs[0].shoe.as_deref(), Some("a"));
        assert_eq!(without_run(&edited, ID).unwrap(), TEXT);
    }

    #[test]
    fn distance_sport_and_race_are_written_as_settings_are_read() {
        let edit = RunEdit {
            distance: "10.2 km".parse().ok(),
            sport: Some("cycling".to_owned()),
            race: Some(false),
            ..RunEdit::default()
        };
        let edited = with_run("", ID, &edit).unwrap();
        assert_eq!(
            edited,
            "[runs]\n\"2026-03-01T08:00\" = { distance = \"10.2 km\", sport = \"cycling\", race = false }\n"
        );
        assert_eq!(parse(&edited).unwrap().runs[0].distance_m, Some(10_200));
    }

    #[test]
    fn an_entry_of_its_own_table_is_edited_there() {
        let text = "[runs.\"2026-03-01T08:00\"]\nrace = true  # yes\n";
        let edited = with_run(text, ID, &excluded()).unwrap();
        assert!(edited.starts_with(text), "{edited}");
        assert!(parse(&without_run(&edited, ID).unwrap()).unwrap().runs.is_empty());
    }
}
