//! `[notify]`: the program that hands messages on, as a list, so that no shell ever reads them.

use serde::Deserialize;
use toml::Spanned;

use super::{Context, SettingsError};

pub(super) const NOTIFY_KEYS: &[&str] = &["command"];

#[derive(Default, Deserialize)]
pub(super) struct RawNotify {
    command: Option<Spanned<RawCommand>>,
}

/// A list is what is meant; one text is understood well enough to say so.
#[derive(Deserialize)]
#[serde(untagged)]
enum RawCommand {
    List(Vec<String>),
    Other(serde::de::IgnoredAny),
}

impl Context<'_> {
    /// Program and arguments; empty where there is none.
    pub(super) fn notify(&self, raw: Option<RawNotify>) -> Result<Vec<String>, SettingsError> {
        let Some(command) = raw.and_then(|raw| raw.command) else { return Ok(Vec::new()) };
        let span = command.span();
        let list = match command.into_inner() {
            RawCommand::List(list) => list,
            RawCommand::Other(_) => return Err(self.error(&span, NOT_A_LIST)),
        };
        if list.first().is_none_or(|program| program.trim().is_empty()) {
            return Err(self.error(&span, NO_PROGRAM));
        }
        if list.iter().any(|part| part.contains('\0')) {
            return Err(self.error(&span, "no program takes an argument with a zero byte in it: take it out"));
        }
        Ok(list)
    }
}

const NOT_A_LIST: &str =
    "write the program and its arguments as a list: command = [\"ntfy\", \"publish\", \"knees\"]";
const NO_PROGRAM: &str = "the command names no program: write one like command = [\"ntfy\", \"publish\", \"knees\"], or take the line out";

#[cfg(test)]
mod tests {
    use crate::analysis::rules::settings as parse;

    #[test]
    fn a_command_is_a_list_of_a_program_and_its_arguments() {
        let command = |toml: &str| parse(toml).map(|settings| settings.notify).map_err(|e| e.to_string());
        let ntfy = "[notify]\ncommand = [\"ntfy\", \"publish\", \"knees\"]";
        assert_eq!(command(ntfy), Ok(vec!["ntfy".to_owned(), "publish".to_owned(), "knees".to_owned()]));
        assert_eq!(command("[notify]"), Ok(Vec::new()));
        for (toml, message) in [
            ("command = \"ntfy publish knees\"", super::NOT_A_LIST),
            ("command = [\"ntfy\", 3]", super::NOT_A_LIST),
            ("command = []", super::NO_PROGRAM),
            ("command = [\" \"]", super::NO_PROGRAM),
            ("comand = [\"ntfy\"]", "unknown key `comand`: did you mean `command`?"),
        ] {
            assert_eq!(command(&format!("[notify]\n{toml}")), Err(format!("line 2: {message}")));
        }
        assert!(command("[notify]\ncommand = [\"a\\u0000b\"]").unwrap_err().contains("zero byte"));
    }
}
