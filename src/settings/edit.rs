//! Changes to the text of `treadlight.toml` that keep every comment and the order of everything else.

use chrono::NaiveDate;
use toml_edit::{ArrayOfTables, Datetime, DocumentMut, Item, Table, value};

use super::{AckSettings, SettingsError};

/// The text with a rule silenced; an earlier silence of the same rule is replaced.
///
/// # Errors
/// If the text is no TOML, or holds `acks` of another shape.
pub fn with_ack(text: &str, ack: &AckSettings) -> Result<String, SettingsError> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let before = text.as_bytes().get(..error.span().map_or(0, |span| span.start)).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        SettingsError { file: None, line, what: error.message().to_owned() }
    })?;
    let acks = document.entry("acks").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(acks) = acks.as_array_of_tables_mut() else {
        let what = "write each of `acks` as [[acks]]".to_owned();
        return Err(SettingsError { file: None, line: 1, what });
    };
    acks.retain(|table| table.get("rule").and_then(Item::as_str) != Some(ack.rule.name()));
    let mut table = Table::new();
    table.insert("rule", value(ack.rule.name()));
    table.insert("until", value(datetime(ack.until)));
    table.insert("because", value(ack.because.as_str()));
    acks.push(table);
    Ok(document.to_string())
}

fn datetime(date: NaiveDate) -> Datetime {
    use chrono::Datelike;
    let date = toml_edit::Date {
        year: u16::try_from(date.year()).unwrap_or_default(),
        month: u8::try_from(date.month()).unwrap_or_default(),
        day: u8::try_from(date.day()).unwrap_or_default(),
    };
    Datetime { date: Some(date), time: None, offset: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{settings::parse, warning::RuleId};

    fn ack(rule: RuleId, until: &str) -> AckSettings {
        AckSettings { rule, until: until.parse().unwrap(), because: "a \"good\" reason".to_owned() }
    }

    const TEXT: &str = "# mine\nunits = \"mi\"  # miles\n\n[[shoes]]\nname = \"a\"\n\n# the end\n";

    #[test]
    fn every_comment_and_line_stays_and_the_silence_is_read_back() {
        let edited = with_ack(TEXT, &ack(RuleId::WeeklyJump, "2026-12-01")).unwrap();
        for line in TEXT.lines() {
            assert!(edited.lines().any(|kept| kept == line), "{line:?} is gone: {edited}");
        }
        assert_eq!(parse(&edited).unwrap().acks, [ack(RuleId::WeeklyJump, "2026-12-01")]);
    }

    #[test]
    fn a_second_silence_of_a_rule_replaces_the_first_and_leaves_the_others() {
        let one = with_ack("", &ack(RuleId::WeeklyJump, "2026-12-01")).unwrap();
        let two = with_ack(&one, &ack(RuleId::ShoePast, "2026-12-02")).unwrap();
        let three = with_ack(&two, &ack(RuleId::WeeklyJump, "2026-12-24")).unwrap();
        let acks = parse(&three).unwrap().acks;
        assert_eq!(acks, [ack(RuleId::ShoePast, "2026-12-02"), ack(RuleId::WeeklyJump, "2026-12-24")]);
    }

    #[test]
    fn broken_settings_are_refused_with_their_line() {
        let error =
            with_ack("units = \"km\"\nfolders = [", &ack(RuleId::WeeklyJump, "2026-12-01")).unwrap_err();
        assert_eq!(error.line, 2);
    }
}
