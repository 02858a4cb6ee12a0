//! What the TOML parser says, in words that name the key and the next step.

use std::ops::Range;

/// Keys whose values are dates.
const DATE_KEYS: [&str; 4] = ["as_of", "from", "retired", "until"];

/// A sentence for what the parser refused at `span` of `text`.
pub(super) fn toml_message(text: &str, span: &Range<usize>, parsers: &str) -> String {
    let first = parsers.lines().next().unwrap_or("not valid TOML");
    if first.starts_with("duplicate key") {
        let key = text.get(span.clone()).unwrap_or_default().trim_matches(['[', ']', ' ', '"', '\'']);
        return format!(
            "duplicate key `{key}`: it stands further up already; write what belongs to it there, in one place"
        );
    }
    match assignment(text, span.start) {
        Some((key, value)) if DATE_KEYS.contains(&key) => {
            format!("`{key} = {value}` is no date: write year, month and day like 2026-03-01, without quotes")
        }
        _ => first.to_owned(),
    }
}

/// The key and the value whose line holds the byte `at`; of several in braces the one that `at` stands in.
fn assignment(text: &str, at: usize) -> Option<(&str, &str)> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.get(start..)?.lines().next()?;
    let (before, _) = line.get(..at - start)?.rsplit_once('=')?;
    let key = before.trim_end().rsplit(|c: char| !(c.is_alphanumeric() || "_-".contains(c))).next()?;
    let value = line.get(before.len() + 1..)?.split(['#', ',', '}']).next()?;
    Some((key, value.trim()))
}

#[cfg(test)]
mod tests {
    use crate::{
        analysis::rules::{gap, settings as parse},
        settings::edit,
    };

    fn error(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_date_is_named_with_its_key_and_the_way_to_write_one() {
        let shoe = "[[shoes]]\nname = \"a\"\n";
        for value in ["1.6.2021", "2021-6-1", "01/06/2021", "2021-02-30", "\"2021-06-01\"", "2021"] {
            assert_eq!(
                error(&format!("{shoe}from = {value}  # bought\n")),
                format!(
                    "line 3: `from = {value}` is no date: write year, month and day like 2026-03-01, without quotes"
                )
            );
        }
        assert!(error("as_of = 20.11.2026").starts_with("line 1: `as_of = 20.11.2026` is no date: "));
        let inline = "shoes = [{ name = \"a\", from = 1.6.2021, default = true }]";
        assert!(error(inline).starts_with("line 1: `from = 1.6.2021` is no date: "), "{}", error(inline));
    }

    #[test]
    fn a_key_that_stands_there_twice_is_named() {
        let runs = "[runs]\n\"2026-03-01T08:00\" = { exclude = true }\n";
        let twice = format!("units = \"km\"\n{runs}\n{runs}");
        let said = "duplicate key `runs`: it stands further up already; write what belongs to it there, in one place";
        assert_eq!(error(&twice), format!("line 5: {said}"));
        let edited = edit::without_ack(&twice, &gap::RULE).unwrap_err();
        assert_eq!((edited.line, edited.what.as_str()), (5, said));
        assert!(error("units = \"km\"\nunits = \"mi\"").starts_with("line 2: duplicate key `units`: "));
        let id = format!("{runs}\"2026-03-01T08:00\" = {{ race = true }}");
        assert!(error(&id).starts_with("line 3: duplicate key `2026-03-01T08:00`: "), "{}", error(&id));
    }

    #[test]
    fn other_mistakes_keep_the_parsers_words() {
        assert!(error("units = km").starts_with("line 1: "), "{}", error("units = km"));
    }
}
