//! Runs on which a rule of the import acted, and the line that corrects each.

use crate::activity::{Activity, Note};

/// A run that the runner should look at.
pub(crate) struct Suspicion<'a> {
    /// The run.
    pub(crate) run: &'a Activity,
    /// What was guessed or put right.
    pub(crate) reasons: String,
    /// A line for `[runs]`, as it would be if the run is wrong.
    pub(crate) correction: String,
}

/// Suspicious runs, newest first.
pub(crate) fn of(runs: &[Activity]) -> Vec<Suspicion<'_>> {
    let suspicions = runs.iter().rev().filter_map(|run| {
        let notes: Vec<&Note> = run.notes.iter().filter(|note| note.is_suspicious()).collect();
        let mut reasons: Vec<String> = notes.iter().map(ToString::to_string).collect();
        if run.distance_m.is_none() {
            reasons.push("no distance".to_owned());
        }
        let key = correction(run, &notes);
        (!reasons.is_empty()).then(|| Suspicion {
            run,
            reasons: reasons.join("; "),
            correction: format!("\"{}\" = {{ {key} }}", run.id),
        })
    });
    suspicions.collect()
}

/// What may be wrong: the sport where it was guessed, the whole run where it may be another's, else the distance.
fn correction(run: &Activity, notes: &[&Note]) -> String {
    let has = |is: fn(&Note) -> bool| notes.iter().any(|note| is(note));
    if has(|note| matches!(note, Note::SportAssumedFromSpeed | Note::SportFromName)) {
        "sport = \"cycling\"".to_owned()
    } else if has(|note| matches!(note, Note::AtTheSameTimeElsewhere { .. } | Note::DateFromName)) {
        "exclude = true".to_owned()
    } else {
        // an unknown distance is not made up here: the settings ask for it
        let kilometers =
            run.distance_m.map_or_else(|| "?".to_owned(), |meters| format!("{:.2}", meters / 1000.0));
        format!("distance = \"{kilometers} km\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::testing::run;

    #[test]
    fn the_newest_comes_first_with_the_line_that_corrects_it_and_plain_notes_are_no_suspicion() {
        let mut guessed = run("2026-03-01T08:00:00+01:00", 5_000, 30);
        guessed.id = "2026-03-01T08:00".to_owned();
        guessed.notes = vec![Note::SportAssumedFromSpeed];
        let mut ordered = run("2026-03-02T08:00:00+01:00", 7_000, 40);
        ordered.id = "2026-03-02T08:00".to_owned();
        ordered.notes = vec![Note::ChecksumDiffers, Note::TimesSpread];
        let mut plain = run("2026-03-03T08:00:00+01:00", 7_000, 40);
        plain.notes = vec![Note::ChecksumDiffers];
        let mut unmeasured = run("2026-02-28T08:00:00+01:00", 0, 30);
        (unmeasured.id, unmeasured.distance_m) = ("2026-02-28T08:00".to_owned(), None);
        let runs = [unmeasured, guessed, ordered, plain];
        let lines: Vec<String> = of(&runs).into_iter().map(|one| one.correction).collect();
        assert_eq!(
            lines,
            [
                "\"2026-03-02T08:00\" = { distance = \"7.00 km\" }",
                "\"2026-03-01T08:00\" = { sport = \"cycling\" }",
                "\"2026-02-28T08:00\" = { distance = \"? km\" }",
            ]
        );
    }
}
