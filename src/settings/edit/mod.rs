//! Changes to the text of `treadlight.toml` that keep every comment and the order of everything else.
//!
//! What is new goes behind its like; where there is none of its like, to the end of the file, so that a line that is
//! commented out above it still stands where it belongs when its `#` goes.

pub mod runs;
pub mod shoes;

use chrono::{Datelike, NaiveDate};
use toml_edit::{Datetime, DocumentMut, Item, Table, TableLike, Value, value};

use super::{AckSettings, SettingsError, toml_message};
use crate::warning::Rule;

/// The text with a rule silenced; an earlier silence of the same rule is replaced.
///
/// # Errors
/// If the text is no TOML, or holds `acks` of another shape.
pub fn with_ack(text: &str, ack: &AckSettings) -> Result<String, SettingsError> {
    let mut table = Table::new();
    table.insert("rule", value(ack.rule.id));
    if let Some(from) = ack.from {
        table.insert("from", value(datetime(from)));
    }
    table.insert("until", value(datetime(ack.until)));
    table.insert("because", value(ack.because.as_str()));
    with_table(&without_ack(text, ack.rule)?, "acks", table)
}

/// The text with other folders.
///
/// # Errors
/// If the text is no TOML.
pub fn with_folders(text: &str, folders: &[String]) -> Result<String, SettingsError> {
    let mut document = parsed(text)?;
    let folders: Value = folders.iter().collect::<toml_edit::Array>().into();
    let is_new = !document.contains_key("folders");
    set(document.as_table_mut(), "folders", folders);
    if is_new {
        // a key behind a table would belong to it
        let mut head = DocumentMut::new();
        head.insert("folders", document.remove("folders").unwrap_or_default());
        return Ok(format!("{}{text}", with_line_ends_of(text, &head.to_string())));
    }
    Ok(finished(text, &document))
}

/// The text without any silence of a rule.
///
/// # Errors
/// If the text is no TOML.
pub fn without_ack(text: &str, rule: &Rule) -> Result<String, SettingsError> {
    let mut document = parsed(text)?;
    let is_of_the_rule = |table: &dyn TableLike| table.get("rule").and_then(Item::as_str) == Some(rule.id);
    match document.get_mut("acks") {
        Some(Item::ArrayOfTables(acks)) => acks.retain(|table| !is_of_the_rule(table)),
        Some(Item::Value(Value::Array(acks))) => {
            acks.retain(|ack| !ack.as_inline_table().is_some_and(|table| is_of_the_rule(table)));
        }
        _ => {}
    }
    Ok(finished(text, &document))
}

fn parsed(text: &str) -> Result<DocumentMut, SettingsError> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        let span = error.span().unwrap_or_default();
        let before = text.as_bytes().get(..span.start).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        SettingsError { file: None, line, what: toml_message(text, &span, error.message()) }
    })
}

/// The document as text, with the line ends of the text that it came from.
fn finished(text: &str, document: &DocumentMut) -> String {
    with_line_ends_of(text, &document.to_string())
}

fn with_line_ends_of(text: &str, edited: &str) -> String {
    let plain = edited.replace("\r\n", "\n");
    if text.contains("\r\n") { plain.replace('\n', "\r\n") } else { plain }
}

/// The text with one table more under `[[name]]`.
fn with_table(text: &str, name: &str, table: Table) -> Result<String, SettingsError> {
    let mut document = parsed(text)?;
    match document.get_mut(name) {
        None => {
            let mut block = DocumentMut::new();
            block.insert(name, Item::ArrayOfTables([table].into_iter().collect()));
            return Ok(appended(text, &block));
        }
        Some(Item::ArrayOfTables(tables)) => tables.push(table),
        Some(Item::Value(Value::Array(tables))) => tables.push(table.into_inline_table()),
        Some(_) => return Err(misshapen(name, &format!("[[{name}]]"))),
    }
    Ok(finished(text, &document))
}

/// The text with a block behind everything.
fn appended(text: &str, block: &DocumentMut) -> String {
    let gap = match text {
        "" => "",
        _ if text.ends_with("\n\n") || text.ends_with("\n\r\n") => "",
        _ if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let added = with_line_ends_of(text, &format!("{gap}{}\n", block.to_string().trim()));
    format!("{text}{added}")
}

fn misshapen(name: &str, shape: &str) -> SettingsError {
    SettingsError { file: None, line: 1, what: format!("write each of `{name}` as {shape}") }
}

/// The tables under a name, however they are written.
fn tables_of<'a>(document: &'a mut DocumentMut, name: &str) -> Vec<&'a mut dyn TableLike> {
    match document.get_mut(name) {
        Some(Item::ArrayOfTables(tables)) => {
            tables.iter_mut().map(|table| table as &mut dyn TableLike).collect()
        }
        Some(Item::Value(Value::Array(tables))) => tables
            .iter_mut()
            .filter_map(Value::as_inline_table_mut)
            .map(|table| table as &mut dyn TableLike)
            .collect(),
        _ => Vec::new(),
    }
}

/// Sets a value; a comment behind the old one stays.
fn set(table: &mut dyn TableLike, key: &str, new: impl Into<Value>) {
    let mut new = new.into();
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        None => {
            table.insert(key, Item::Value(new));
        }
    }
}

fn datetime(date: NaiveDate) -> Datetime {
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
    use crate::analysis::rules::{gap, settings as parse, shoe_window, weekly_jump};

    fn ack(rule: &'static Rule, until: &str) -> AckSettings {
        AckSettings {
            rule,
            from: None,
            until: until.parse().unwrap(),
            because: "a \"good\" reason".to_owned(),
        }
    }

    const TEXT: &str = "# mine\nunits = \"mi\"  # miles\n\n[[shoes]]\nname = \"a\"\n\n# the end\n";

    #[test]
    fn every_comment_and_line_stays_and_the_silence_is_read_back() {
        let edited = with_ack(TEXT, &ack(&weekly_jump::RULE, "2026-12-01")).unwrap();
        assert!(edited.starts_with(TEXT), "{edited}");
        assert_eq!(parse(&edited).unwrap().acks, [ack(&weekly_jump::RULE, "2026-12-01")]);
    }

    #[test]
    fn a_second_silence_of_a_rule_replaces_the_first_and_leaves_the_others() {
        let one = with_ack("", &ack(&weekly_jump::RULE, "2026-12-01")).unwrap();
        let two = with_ack(&one, &ack(&shoe_window::PAST, "2026-12-02")).unwrap();
        let three = with_ack(&two, &ack(&weekly_jump::RULE, "2026-12-24")).unwrap();
        let acks = parse(&three).unwrap().acks;
        assert_eq!(acks, [ack(&shoe_window::PAST, "2026-12-02"), ack(&weekly_jump::RULE, "2026-12-24")]);
    }

    #[test]
    fn folders_are_changed_and_nothing_else() {
        let new = ["/mnt/new \"watch\"".to_owned()];
        let edited = with_folders("# mine\nfolders = [\"/old\"]  # moved\nunits = \"mi\"\n", &new).unwrap();
        assert_eq!(edited, "# mine\nfolders = ['/mnt/new \"watch\"']  # moved\nunits = \"mi\"\n");
        let added = with_folders(TEXT, &new).unwrap();
        assert!(added.ends_with(TEXT), "{added}");
        assert_eq!(parse(&added).unwrap().folders, new);
    }

    #[test]
    fn a_silence_ends_and_everything_else_stays() {
        let gap = with_ack(TEXT, &ack(&gap::RULE, "2026-12-01")).unwrap();
        let both = with_ack(&gap, &ack(&weekly_jump::RULE, "2026-12-01")).unwrap();
        assert_eq!(without_ack(&both, &weekly_jump::RULE).unwrap(), gap);
        assert_eq!(without_ack(TEXT, &gap::RULE).unwrap(), TEXT);
    }

    #[test]
    fn a_silence_remembers_the_day_on_which_it_was_set() {
        let since = AckSettings { from: "2026-11-20".parse().ok(), ..ack(&gap::RULE, "2026-12-01") };
        let edited = with_ack("", &since).unwrap();
        assert_eq!(parse(&edited).unwrap().acks, [since]);
    }

    #[test]
    fn broken_settings_are_refused_with_their_line() {
        let error =
            with_ack("units = \"km\"\nfolders = [", &ack(&weekly_jump::RULE, "2026-12-01")).unwrap_err();
        assert_eq!(error.line, 2);
    }

    #[test]
    fn lines_of_windows_stay_so() {
        let edited = with_ack("# mine\r\nunits = \"mi\"\r\n", &ack(&gap::RULE, "2026-12-01")).unwrap();
        assert!(edited.starts_with("# mine\r\nunits = \"mi\"\r\n\r\n[[acks]]\r\n"), "{edited:?}");
        assert_eq!(edited.matches('\n').count(), edited.matches("\r\n").count());
    }

    #[test]
    fn tables_in_a_list_of_their_own_are_edited_there() {
        let text = "acks = [{ rule = \"gap\", until = 2026-12-01, because = \"x\" }]  # all\n";
        let edited = with_ack(text, &ack(&gap::RULE, "2026-12-05")).unwrap();
        assert!(edited.contains("]  # all"), "{edited}");
        assert_eq!(parse(&edited).unwrap().acks, [ack(&gap::RULE, "2026-12-05")]);
        let error = with_ack("[acks]\nrule = \"gap\"", &ack(&gap::RULE, "2026-12-05")).unwrap_err();
        assert_eq!(error.what, "write each of `acks` as [[acks]]");
    }
}
